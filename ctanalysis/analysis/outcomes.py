"""The shares before and after of which a gain is the difference, where the project tells them too."""

from ctanalysis.analysis.known import Known
from ctanalysis.analysis.values import Value
from ctanalysis.project.row_calculations import Gain
from ctanalysis.project.sheets import Sheet

Sides = tuple[Value | None, Value | None]


def sides(known: Known, sheet: Sheet) -> Sides:
    """The totals, in the period, of the shares whose numerator is the gain's field before, and its field after.

    They are of the same table, and of nothing but that field being true; None where the project has no such share.
    """
    gain = sheet.calculation
    if not isinstance(gain, Gain):
        return None, None
    return _share(known, gain, gain.before), _share(known, gain, gain.after)


def _share(known: Known, gain: Gain, name: str) -> Value | None:
    for sheet in known.project.sheets:
        where = getattr(getattr(sheet.calculation, "numerator", None), "where", {})
        is_same = sheet.measure == "share" and sheet.row_calculation.table == gain.table and [*where] == [name]
        if is_same and where[name].among == (True,):
            total = known.total(sheet.code)
            return total if total and total.number else None
    return None
