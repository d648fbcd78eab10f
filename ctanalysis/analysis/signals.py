"""Signals in a series: whether the latest quarter is within what the earlier ones vary by.

Known ─▶ quarterly series of one definition ─▶ control chart ─▶ Signal: usual, or which rule fired, and since when
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ctanalysis.analysis.known import Known, once
from ctanalysis.analysis.series import Series, adds_up, quarterly
from ctanalysis.analysis.statistics.chart import Chart, Kind, charted
from ctanalysis.analysis.statistics.control import Limits
from ctanalysis.analysis.values import Value
from ctanalysis.project.sheets import Sheet

CLASSED, NO_PARTS, NOT_INDEPENDENT = "told as classes", "parts not told", "not independent"


@dataclass(frozen=True)
class Signal:
    """What the control chart of an indicator says of its latest quarter.

    series: its quarters; limits: of each, with the centre (None: it has none). usual: whether the latest quarter was
    judged and no rule fired. rule: "beyond limits" or "run" (eight in a row on one side), empty where none fired;
    side: 1 above, -1 below; since: the first quarter of those for which it fired. p_value: two-sided, for the family of
    all claims; 1 where the latest quarter is not judged. adjusted: whether season is taken into account. dispersion:
    how much more than a Poisson process small counts vary. shifts: the first quarters of the shifts that were
    recognised before, since when limits were calculated anew; base: the first and the last quarter that limits are
    from. not_applied: rules ("all", "run", "below") that were not, with why.
    """

    sheet: Sheet
    series: tuple[Value, ...]
    limits: tuple[Limits | None, ...]
    usual: bool
    rule: str
    side: int
    since: Value | None
    p_value: float
    adjusted: bool
    dispersion: float
    shifts: tuple[Value, ...]
    base: tuple[Value, Value] | None
    not_applied: tuple[tuple[str, str], ...]

    @property
    def latest(self) -> Value:
        """The quarter that is judged."""
        return self.series[-1]

    @property
    def judged(self) -> bool:
        """Whether the latest quarter was judged."""
        return self.usual or bool(self.rule)


@once
def signals(known: Known) -> tuple[Signal, ...]:
    """A Signal for each indicator with a quarterly series that is told in numbers, in the order of the sheets.

    Counts, people counted once, sums and shares are charted. What is carried over from quarter to quarter (levels,
    people counted in each period anew) and means of other units each time are not: their quarters are no sample of one
    process; rates have the chart of their number.
    """
    every = ((sheet, quarterly(known, sheet)) for sheet in known.project.sheets)
    return tuple(_signal(sheet, series) for sheet, series in every if series.known)


def _signal(sheet: Sheet, series: Series) -> Signal:
    why_not, kind = _kind(sheet, series)
    if kind is None:
        return _as_signal(sheet, series, None, why_not)
    ends = [_chart(kind, series, end) for end in _ends(series.values[-1])]
    rules = {(chart.rule, chart.side) for chart in ends}
    chart = max(ends, key=lambda one: -1.0 if math.isnan(one.p_value) else one.p_value)  # what all it stands for says
    return _as_signal(sheet, series, chart, "", fired=len(rules) == 1)


def _kind(sheet: Sheet, series: Series) -> tuple[str, Kind | None]:
    """Why a series is not charted, or how it is."""
    if series.classed:
        return CLASSED, None
    if sheet.measure == "share" and not sheet.rounds and sheet.adds_up:
        parts = all(value.of_parts for value in series.known)
        return ("", "shares") if parts else (NO_PARTS, None)
    if not adds_up(sheet):
        return NOT_INDEPENDENT, None
    return "", "amounts" if sheet.measure == "sum" else "counts"


def _ends(value: Value) -> tuple[float, ...]:
    """The least and the most that the judged value stands for."""
    return (value.value,) if not value.low < value.high else (value.low, value.high)


def _chart(kind: Kind, series: Series, latest: float) -> Chart:
    """The chart of a series whose last value is taken to be this number."""
    numbers: Sequence[float] = [*series.numbers[:-1], math.nan if math.isnan(series.numbers[-1]) else latest]
    if kind != "shares":
        return charted(kind, numbers, series.quarters)
    known = [not math.isnan(number) for number in numbers]
    denominators = [one.denominator if is_known else 0.0 for one, is_known in zip(series.values, known, strict=True)]
    parts = [number * below if below else math.nan for number, below in zip(numbers, denominators, strict=True)]
    return charted(kind, parts, series.quarters, denominators)


def _as_signal(sheet: Sheet, series: Series, chart: Chart | None, why_not: str, fired: bool = True) -> Signal:
    if chart is None:
        none = (None,) * len(series.values)
        return Signal(sheet, series.values, none, False, "", 0, None, 1.0, False, 1.0, (), None, (("all", why_not),))
    rule = chart.rule if fired else ""
    values = series.values
    return Signal(
        sheet,
        values,
        chart.limits,
        usual=chart.judged and not rule,
        rule=rule,
        side=chart.side if rule else 0,
        since=values[chart.since] if rule and chart.since is not None else None,
        p_value=chart.p_value if chart.judged else 1.0,
        adjusted=chart.adjusted,
        dispersion=chart.dispersion,
        shifts=tuple(values[place] for place in chart.shifts),
        base=(values[chart.base[0]], values[chart.base[1]]) if chart.base else None,
        not_applied=chart.not_applied,
    )
