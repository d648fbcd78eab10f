"""By how much the numbers of an indicator vary by chance: what a test of them has to allow for.

a sum of what rows add     its own parts: the total / the effective number (see statistics.sums)
a count, of rows or people its quarters: variance / mean about season and level (see statistics.season)
"""

from ctanalysis.analysis.known import Known
from ctanalysis.analysis.statistics.compared import INDEPENDENT, Spread
from ctanalysis.analysis.statistics.season import seasonal
from ctanalysis.analysis.values import Value

EFFECTIVE = "effective number"  # as indicators.evidence names it


def spread(known: Known, code: str) -> Spread:
    """How a number of an indicator varies about its mean; of a sum as one of as many units."""
    sheet = known.project.sheet(code)
    season = seasonal(*_series(known, code))
    of_quarters = Spread(season.dispersion, season.degrees) if season.degrees else INDEPENDENT
    if sheet.measure != "sum":
        return of_quarters
    own = _of_parts(known, code)
    return Spread(own) if own > of_quarters.dispersion else of_quarters


def apart(known: Known, code: str) -> float:
    """Variance over mean of how a number falls into categories: 1 where each is of a person who is counted once.

    What moves the whole from quarter to quarter moves all categories, and is not in it: of sums only their own parts,
    of calls and the like, which one person may make several of, what the quarters show.
    """
    sheet = known.project.sheet(code)
    if sheet.measure == "sum":
        return _of_parts(known, code)
    return 1.0 if sheet.measure == "people" else spread(known, code).dispersion


def _series(known: Known, code: str) -> tuple[list[float], list[int]]:
    """The values of the quarters that are told and whole, NaN for others, and which of its year each one is."""
    quarters = known.series.get(code, ())
    calendar = known.project.calendar
    return (
        [value.value if _counts(value) else float("nan") for value in quarters],
        [calendar.containing(value.start, "quarter").number for value in quarters],
    )


def _counts(value: Value) -> bool:
    return value.shown and not value.lack


def _of_parts(known: Known, code: str) -> float:
    """The total of the period over its effective number; 1 where that is not told."""
    total, effective = known.total(code), known.evidence(code).get(EFFECTIVE)
    return total.value / effective if total and total.shown and effective else 1.0
