"""Which deviations ask for an explanation, and which of them nobody has given."""

from ctanalysis.analysis.known import Known
from ctanalysis.analysis.tracking import TO_DATE, YEAR_TO_DATE
from ctanalysis.project.sheets import Sheet

NEARLY = 1e-9  # a deviation that is calculated to be the tolerance is not beyond it


def deviates(known: Known, sheet: Sheet) -> float | None:
    """The deviation of an indicator that asks for an explanation; None where none does.

    That of the fiscal year to date; where the year has no target, that of the project to date. It asks for one where
    it is more than the tolerance of project.toml, above or below; exactly the tolerance is not more.
    """
    for horizon in (YEAR_TO_DATE, TO_DATE):
        row = known.tracked.get((sheet.code, horizon))
        if row is not None and row.expected_by:
            beyond = row.deviation is not None and abs(row.deviation) > known.project.facts.tracking.tolerance + NEARLY
            return row.deviation if beyond else None
    return None


def is_short(known: Known, deviation: float) -> bool:
    """Whether a deviation is below what was expected by more than the tolerance."""
    return deviation < -known.project.facts.tracking.tolerance - NEARLY


def outstanding(known: Known) -> tuple[tuple[Sheet, float], ...]:
    """The indicators whose deviation asks for an explanation that nobody gave, with it, in the order of the sheets."""
    found = ((sheet, deviates(known, sheet)) for sheet in known.project.sheets)
    return tuple(
        (sheet, deviation)
        for sheet, deviation in found
        if deviation is not None and known.project.explanation(sheet.code, known.period) is None
    )
