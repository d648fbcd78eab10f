"""One indicator over time: a panel for it, or one for each category of a breakdown."""

from functools import partial
from typing import Any

import pandas as pd

from ctanalysis.figures import grid
from ctanalysis.figures.about import NUMBERS
from ctanalysis.figures.chart import Chart
from ctanalysis.figures.grid import Bar, Panel
from ctanalysis.figures.quarters import draw_panels
from ctanalysis.figures.words import heads, say
from ctanalysis.language import Speech
from ctanalysis.tables.shorthand import SHORT, explained
from ctanalysis.tables.table import Table

ENGLISH = Speech()  # in which evaluators ask, and are answered
ALL = ""  # the panel of what is not broken down


def over_time(data: pd.DataFrame, name: str, title: str, synthetic: bool, notes: tuple[str, ...] = ()) -> Chart:
    """A bar for each period, in a panel for each category.

    data: a row for each bar, in order: period (its label), category (ALL of what is not broken down), value (empty
    where no number is told), status and told (in words); low and high, where a range is told. A bar that is not told
    is its status in shorthand, and no zero.
    """
    values = data["value"] if "high" not in data else data["value"].fillna(data["high"])
    most = float(values.max(skipna=True)) if values.notna().any() else 0.0
    groups = {str(category): of for (category,), of in data.groupby(["category"], sort=False)}
    panels = tuple(_panel(category, of, most) for category, of in groups.items())
    first, last = (str(data["period"].iloc[place]) for place in (0, -1)) if len(data) else ("", "")
    labels = dict.fromkeys(data["period"])
    told = {category: dict(zip(of["period"], of["told"], strict=True)) for category, of in groups.items()}
    lines = tuple((label, *(of.get(label, "–") for of in told.values())) for label in labels)
    states = explained(bar.state for panel in panels for bar in panel.bars)
    period, value = heads(ENGLISH, "period", "value")
    return Chart(
        name=name,
        title=title,
        alt=say(ENGLISH, "over_time.alt", title=title, panels=len(panels), first=first, last=last),
        data=data.reset_index(drop=True),
        height=grid.height(panels),
        draw=partial(draw_panels, panels=panels),
        synthetic=synthetic,
        notes=(*states, *notes),
        table=Table(title, (period, *(category or value for category in told)), lines),
    )


def _panel(category: str, rows: pd.DataFrame, most: float) -> Panel:
    """most: of all numbers, so that the panels have one scale and can be compared."""
    last: Any = [*rows.itertuples(index=False)][-1]
    told = say(ENGLISH, "over_time.latest", label=last.period, told=last.told)
    return Panel(category, told, tuple(map(_bar, rows.itertuples(index=False))), most)


def _bar(row: Any) -> Bar:
    quarter = row.period[-2:-1] == "Q"
    group = row.period[2:6] if quarter else row.period
    low, high = getattr(row, "low", float("nan")), getattr(row, "high", float("nan"))
    if row.status in NUMBERS and pd.notna(row.value):
        return Bar(group, row.value, row.value)
    return Bar(group, low, high) if pd.notna(high) else Bar(group, 0, 0, SHORT.get(row.status, row.status))
