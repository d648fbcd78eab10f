"""Which deviations from what was expected are told of, which ask for an explanation, and which of them have none."""

from dataclasses import dataclass

from ctanalysis.analysis.known import Known
from ctanalysis.analysis.tracking import TO_DATE, YEAR_TO_DATE
from ctanalysis.analysis.values import Value
from ctanalysis.project.sheets import Sheet

NEARLY = 1e-9  # a deviation that is calculated to be the tolerance is not beyond it
FEWEST = 10  # things: of fewer that were expected one more or less is over a tenth, so that no per cent is told


@dataclass(frozen=True)
class Deviation:
    """How far a total is from what was expected of it by now: relative to that, and the number it is held against."""

    value: Value
    part: float
    expected: float

    @property
    def sheet(self) -> Sheet:
        """Of what indicator."""
        return self.value.sheet

    @property
    def few(self) -> bool:
        """Whether it is told in numbers, as so few things were expected."""
        return of_few(self.sheet, self.expected)

    @property
    def is_whole(self) -> bool:
        """Whether it is one thing or more: half a thing too many or too few is none, whatever per cent that is."""
        return not _counts_things(self.sheet) or abs(self.value.value - self.expected) > 1 - NEARLY


def of_few(sheet: Sheet, expected: float) -> bool:
    """Whether so few things were expected that a per cent of them says nothing."""
    return _counts_things(sheet) and expected < FEWEST - 0.5  # as it is shown


def deviation(known: Known, sheet: Sheet, horizon: str) -> Deviation | None:
    """How far an indicator is from what was expected at a horizon; None where nothing was, or no number is told."""
    row, value = known.tracked.get((sheet.code, horizon)), known.total(sheet.code, horizon)
    if row is None or value is None or row.deviation is None:
        return None
    end = row.expected if row.expected is not None and value.value < row.expected else row.expected_high
    return Deviation(value, row.deviation, value.value if end is None else end)


def deviates(known: Known, sheet: Sheet) -> Deviation | None:
    """The deviation of an indicator that asks for an explanation; None where none does.

    That of the fiscal year to date; where the year has no target, that of the project to date. It asks for one where
    it is more than the tolerance of project.toml, above or below, and of things that are counted one or more; exactly
    the tolerance is not more.
    """
    for horizon in (YEAR_TO_DATE, TO_DATE):
        row = known.tracked.get((sheet.code, horizon))
        if row is not None and row.expected_by:
            found = deviation(known, sheet, horizon)
            return found if found and _is_beyond(known, found) else None
    return None


def is_short(known: Known, found: Deviation) -> bool:
    """Whether a deviation is below what was expected by more than the tolerance."""
    return found.part < 0 and _is_beyond(known, found)


def outstanding(known: Known) -> tuple[Deviation, ...]:
    """The deviations that ask for an explanation that nobody gave, in the order of the sheets."""
    found = (deviates(known, sheet) for sheet in known.project.sheets)
    return tuple(
        one for one in found if one is not None and known.project.explanation(one.sheet.code, known.period) is None
    )


def _is_beyond(known: Known, found: Deviation) -> bool:
    return abs(found.part) > known.project.facts.tracking.tolerance + NEARLY and found.is_whole


def _counts_things(sheet: Sheet) -> bool:
    return sheet.measure in ("count", "people")
