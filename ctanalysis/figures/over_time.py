"""One indicator over time: a panel for it, or one for each category of a breakdown."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from ctanalysis.figures import boxes, layout
from ctanalysis.figures.chart import BLUE, STYLE, Chart
from ctanalysis.figures.quarters import FEWEST

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NUMBERS = ("exact", "rounded")
ALL = ""  # the panel of what is not broken down


def over_time(data: pd.DataFrame, name: str, title: str, synthetic: bool, notes: tuple[str, ...] = ()) -> Chart:
    """A bar for each period, in a panel for each category.

    data: a row for each bar, in order: period (its label), category (ALL of what is not broken down), value (empty
    where no number is told), status and told (in words). A bar that is not told is its status, and no zero.
    """
    panels = {category: of for (category,), of in data.groupby(["category"], sort=False)}
    words = [f"{category or title}: {_in_words(of)}." for category, of in panels.items()]
    return Chart(
        name=name,
        title=title,
        alt=" ".join([f"{title}.", *words, *notes]),
        data=data.reset_index(drop=True),
        height=1.2 * len(panels) + 0.7,
        draw=partial(_draw, most=float(data["value"].max(skipna=True))),
        synthetic=synthetic,
        notes=notes,
    )


def _in_words(rows: pd.DataFrame) -> str:
    return ", ".join(f"{period} {told}" for period, told in zip(rows["period"], rows["told"], strict=True))


def _draw(figure: "Figure", data: pd.DataFrame, most: float) -> None:
    """most: of all numbers, so that the panels have one scale and can be compared."""
    groups = [*data.groupby("category", sort=False)]
    panels = figure.subplots(len(groups), squeeze=False)[:, 0]
    for panel, (category, rows) in zip(panels, groups, strict=True):
        _panel(panel, rows, most)
        panel.set_title(str(category))
    numbers = [label for panel in panels for label in panel.get_yticklabels()]
    layout.sides(figure, [label.get_text() for label in numbers], STYLE["font.size"])
    panels[-1].xaxis.set_visible(True)
    panels[-1].set_xticks(range(len(rows)), rows["period"], rotation=45)


def _panel(panel: "Axes", rows: pd.DataFrame, most: float) -> None:
    from matplotlib.ticker import MaxNLocator  # only who draws waits for it

    values = rows["value"].fillna(0)
    panel.set_xlim(-0.6, max(len(rows), FEWEST) - 0.4)
    panel.set_ylim(min(0, values.min()), max(1, most * 1.05) if most > 0 else 1)
    panel.xaxis.set_visible(False)
    panel.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    panel.yaxis.set_major_formatter("{x:,.0f}")
    boxes.upright(panel, values, 0.7, [BLUE] * len(rows))
    for place, (status, told) in enumerate(zip(rows["status"], rows["told"], strict=True)):
        if status not in NUMBERS:
            panel.text(place, 0, told, rotation=90, ha="center", va="bottom", fontsize=7)
