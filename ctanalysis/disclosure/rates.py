"""Rates at the gate: the number itself goes through, as that of a count would, and the rate is made of what comes out.

    rate ─▶ number ─▶ the gate ─▶ about 35 ─▶ about 35 x per / residents
                                  fewer than 5 ─▶ fewer than 5 in number

Residents are public, so that a rate tells what its number tells, and no more.
"""

from collections.abc import Mapping

import pandas as pd

from ctanalysis.indicators.rates import rate
from ctanalysis.indicators.values import NO_NUMBER
from ctanalysis.project import Project
from ctanalysis.project.calculations import Rate

IN_NUMBER = " in number"  # behind the "fewer than 5" of a rate: so small is its number, and not the rate
RESIDENTS = "residents"  # the column beside the numbers while they are at the gate


def as_numbers(values: pd.DataFrame, project: Project) -> pd.DataFrame:
    """Exact values with each rate's number in its place, and the column residents, which is NaN of all others.

    values: with indicator, value, numerator, denominator and status, as indicators.calculate returns them.
    """
    rates = values["indicator"].isin(_per(project)).to_numpy(bool)
    numbers, residents = (values[name].where(rates) for name in ("numerator", "denominator"))
    is_known = rates & numbers.notna().to_numpy(bool)
    return values.assign(
        value=values["value"].mask(rates, numbers),
        numerator=values["numerator"].mask(rates),
        denominator=values["denominator"].mask(rates),
        status=values["status"].mask(is_known, "exact"),  # where only the residents are not known
        **{RESIDENTS: residents},
    )


def as_rates(cells: pd.DataFrame, project: Project) -> pd.DataFrame:
    """What the gate tells of as_numbers, with rates in the place of their numbers.

    numerator is the number as it is told, denominator the residents; without residents there is no data.
    """
    per = cells["indicator"].map(_per(project)).astype(float)
    rates, residents = per.notna(), cells[RESIDENTS]
    none = rates & ~(residents > 0) & ~cells["status"].isin(NO_NUMBER)
    number = cells["value"].mask(none)
    return cells.assign(
        value=cells["value"].mask(rates, rate(number, per, residents)),
        numerator=cells["numerator"].mask(rates, number),
        denominator=cells["denominator"].mask(rates, residents),
        status=cells["status"].mask(none, "no data"),
    ).drop(columns=RESIDENTS)


def _per(project: Project) -> Mapping[str, int]:
    """By code of the rates, for how many residents they are."""
    sheets = project.every_sheet
    return {one.code: one.calculation.per for one in sheets if isinstance(one.calculation, Rate)}


def bounds(number: tuple[float, float], per: int, residents: float) -> tuple[float, float]:
    """The rates of the least and the most for which a number stands; NaN where there are no residents."""
    least, most = (float(rate(end, per, residents)) for end in number)
    return least, most
