"""By how much the numbers of an indicator vary by chance: what a test of them has to allow for.

a sum of what rows add     its own parts: the total / the effective number (see statistics.sums)
a count, of rows or people its quarters: variance / mean about season and level (see statistics.season)

In a project's first quarters nobody knows yet how they vary: None, and nothing is claimed; but of sums, by their parts.
"""

from ctanalysis.analysis.known import Known
from ctanalysis.analysis.series import quarterly
from ctanalysis.analysis.statistics.compared import KNOWN, Spread
from ctanalysis.analysis.statistics.season import Season, seasonal
from ctanalysis.indicators.evidence import COMPARED, EFFECTIVE, UNITS

FEWEST = 3  # degrees of freedom: four quarters of one year, before which their variance says nothing


def spread(known: Known, code: str) -> Spread | None:
    """How a number of an indicator varies about its mean; of a sum as one of as many units. None: not known yet."""
    season = _season(known, code)
    of_quarters = Spread(season.dispersion, season.degrees) if season.degrees >= FEWEST else None
    own = _of_parts(known, code) if known.project.sheet(code).measure == "sum" else None
    if own and (of_quarters is None or own.dispersion > of_quarters.dispersion):
        return own
    return of_quarters


def apart(known: Known, code: str) -> float | None:
    """Variance over mean of how a number falls into categories: 1 where each is of a person who is counted once.

    What moves the whole from quarter to quarter moves all categories, and is not in it: of sums only their own parts,
    of calls and the like, which one person may make several of, what the quarters show.
    """
    sheet = known.project.sheet(code)
    if sheet.measure == "sum":
        own = _of_parts(known, code)
        return own.dispersion if own else None
    return 1.0 if sheet.measure == "people" else _season(known, code).dispersion


def _season(known: Known, code: str) -> Season:
    """Season and dispersion of the quarters that are told and whole."""
    series = quarterly(known, known.project.sheet(code))
    return seasonal(series.numbers, series.quarters)


def _of_parts(known: Known, code: str) -> Spread | None:
    """A total over its effective number, at least 1: of the period, or of an earlier one where that is not told.

    It is an estimate, from so many units less one; of rounded numbers the most that it can be, from the fewest units.
    None where no period's is told: the units are too few.
    """
    for horizon in COMPARED:
        total, told = known.total(code, horizon), known.evidence(code, horizon)
        effective, units = told.get(EFFECTIVE), told.get(UNITS)
        if total and total.shown and total.value > 0 and effective and effective.low > 0:
            degrees = units.low - 1 if units and units.low > 1 else KNOWN
            return Spread(max(1.0, total.high / effective.low), degrees)
    return None
