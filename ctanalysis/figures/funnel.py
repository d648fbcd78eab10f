"""Funnel plots: the rate of each region beside its residents, and how far chance takes the rate of so many.

The fewer residents, the further: so a region of few far from the line may be chance, where one of many is not.
Spiegelhalter, Statistics in Medicine 24, 2005, 1185-1202.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
from babel.lists import format_list

from ctanalysis import quality
from ctanalysis.analysis.reach import PER, Reach, reaches
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import labels, layout
from ctanalysis.figures.chart import BLUE, GREY, INK, ORANGE, STYLE, Chart
from ctanalysis.narrative.numbers import Marks
from ctanalysis.narrative.residents import made_up_residents

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NOTHING = "Nothing is told by regions of which the residents are known."
REGION, LIMITS = "region", "limits"  # what a row of the data draws
DATA = ["indicator", "panel", "what", "category", "residents", "rate", "low", "high", "stands_out", "caveat"]
HIGH = 2.0  # inches of a panel with its title
ROOM = 1.12  # of the highest: so that its name has a place
STEPS = 40  # places of a curve
SIDES = 0.06, 0.12  # of the range of residents: before the smallest region, and behind the largest


def funnel(evaluation: Evaluation) -> Chart:
    """A panel for each indicator that is told by region: residents across, rate upwards, and the limits of chance.

    The data has a row for each region that is told (rate, and low and high: what chance leaves of a region of its
    size), and for each place of the curves (residents, low and high; rate: of all regions together).
    """
    found = reaches(evaluation.known)
    facts, end = evaluation.project.facts, Marks(evaluation.project.facts.language).day(evaluation.period.end)
    title = f"Rates for {PER:,} residents (upwards) of regions by how many live there (across), to {end.striptags()}"
    clear = evaluation.claims.by_code("region")
    rows = [
        (one.sheet.code, _panel_of(one), *row, _caveat(evaluation, one))
        for one in found
        for row in _rows(one, clear.get(one.sheet.code, ()), _ends(found))
    ]
    data = pd.DataFrame(rows, columns=DATA)
    notes = tuple(_notes(evaluation, found)) if found else (NOTHING,)
    alt = [f"{title}.", *(_in_words(one, clear.get(one.sheet.code, ())) for one in found), *notes]
    return Chart(
        name="funnel",
        title=title,
        alt=" ".join(alt),
        data=data,
        height=HIGH * len(found) + 0.7,
        draw=partial(_draw, titles={_panel_of(one): _title(evaluation, one) for one in found}),
        synthetic=facts.synthetic,
        notes=notes,
    )


def _caveat(evaluation: Evaluation, one: Reach) -> str:
    days = one.total.start.isoformat(), one.total.end.isoformat()
    return evaluation.caveats_beside(*days).get(one.sheet.code, "")


def _panel_of(one: Reach) -> str:
    return f"{one.sheet.code} by {one.way}"


def _title(evaluation: Evaluation, one: Reach) -> str:
    by = evaluation.project.field(one.sheet, one.way).title
    return f"{one.sheet.code} {one.sheet.name}, by {by}{quality.mark(evaluation.caveats, one.sheet.code)}"


def _rows(one: Reach, clear: Sequence[str], ends: tuple[float, float]) -> Iterator[tuple[Any, ...]]:
    nothing = (float("nan"), float("nan"))
    for region in one.told:
        limits = one.limits(region.residents) or nothing
        yield REGION, region.name, region.residents, region.rate, *limits, region.name in clear
    first, last = ends
    for place in [first + number * (last - first) / (STEPS - 1) for number in range(STEPS)]:
        yield LIMITS, "", place, one.rate, *(one.limits(place) or nothing), False


def _ends(found: Sequence[Reach]) -> tuple[float, float]:
    """From how many to how many residents the panels go, all alike."""
    residents = [region.residents for one in found for region in one.told]
    before, behind = (side * max(residents, default=0) for side in SIDES)
    least = min(residents, default=0)
    return max(least - before, least / 2), max(residents, default=0) + behind


def _in_words(one: Reach, clear: Sequence[str]) -> str:
    out = [region for region in one.told if region.name in clear]
    above = [region.name for region in out if region.rate > one.rate]
    below = [region.name for region in out if region.rate <= one.rate]
    sides = {"above": above, "below": below}
    said = [f"{format_list(names, locale='en')} {side}" for side, names in sides.items() if names]
    none = "none stands out" if one.spread else "none is held beside the others"
    what = f"{' and '.join(said)} what chance leaves" if said else none
    return f"{one.sheet.name}: {what}, of {len(one.told)} that are told."


def _notes(evaluation: Evaluation, found: Sequence[Reach]) -> Iterator[str]:
    """How it is to be read, whom it lacks, what the residents are from, and the caveats."""
    yield (
        "Line: all regions together. Curves: as far as chance takes one region of so many residents. Orange diamond: "
        "stands out even when all that the report might claim is counted as many."
    )
    for one in found:
        if one.hidden:
            yield f"{one.sheet.code}, too few to be told: {format_list(one.hidden, locale='en')}."
    without: dict[str, list[str]] = {}
    for one in (one for one in found if one.spread is None):
        without.setdefault(one.total.lack or "it is not known yet what chance brings", []).append(one.sheet.code)
    for why, codes in without.items():
        yield f"{format_list(codes, locale='en')}: {why}, so there are no curves."
    yield from dict.fromkeys(
        note for one in found for note in made_up_residents(evaluation.project, one.total.start, one.total.end)
    )
    yield from quality.pointer(evaluation.caveats, [one.sheet.code for one in found])


def _draw(figure: "Figure", rows: pd.DataFrame, titles: dict[str, str]) -> None:
    """titles: of the panels, by the word for them in the data."""
    if not titles:
        figure.subplots().set_axis_off()
        return
    panels = figure.subplots(len(titles), squeeze=False)[:, 0]
    for panel, (name, title) in zip(panels, titles.items(), strict=True):
        _panel(panel, rows[rows["panel"] == name])
        panel.set_title(title)
    _residents(panel)
    numbers = [label.get_text() for panel in panels for label in panel.get_yticklabels()]
    wide = layout.sides(figure, numbers, STYLE["font.size"])
    for panel, name in zip(panels, titles, strict=True):
        _name(panel, rows[rows["panel"] == name], wide)


def _panel(panel: "Axes", rows: pd.DataFrame) -> None:
    """The line, the curves and the regions of an indicator."""
    from matplotlib.ticker import MaxNLocator  # only who draws waits for it

    regions, curve = rows[rows["what"] == REGION], rows[rows["what"] == LIMITS]
    first, last = curve["residents"].iloc[[0, -1]]
    panel.set_xlim(first, last)
    highest, farthest = regions["rate"].max(), regions["high"].fillna(0).max()
    panel.set_ylim(0, ROOM * max(highest, min(farthest, 3 * highest)))  # chance may leave more than there is room for
    panel.plot(curve["residents"], curve["rate"], color=INK, linewidth=0.8)
    for end in ("low", "high"):
        panel.plot(curve["residents"], curve[end], color=GREY, linewidth=1.2)
    for stands_out, colour, marker in ((False, BLUE, "o"), (True, ORANGE, "D")):
        some = regions[regions["stands_out"] == stands_out]
        panel.plot(some["residents"], some["rate"], marker, color=colour, markersize=5, clip_on=False)
    panel.xaxis.set_visible(False)
    panel.yaxis.set_major_locator(MaxNLocator(nbins=4))
    panel.yaxis.set_major_formatter("{x:,g}")


def _residents(panel: "Axes") -> None:
    """How many live there, below the last panel."""
    from matplotlib.ticker import MaxNLocator

    first, last = panel.get_xlim()
    ticks = [tick for tick in MaxNLocator(nbins=6).tick_values(first, last) if first <= tick <= last]
    panel.xaxis.set_visible(True)
    panel.set_xticks(ticks, [f"{tick:,.0f}" for tick in ticks])


def _name(panel: "Axes", rows: pd.DataFrame, wide: float) -> None:
    """The names of the regions, each beside its point."""
    regions = rows[rows["what"] == REGION]
    first, last = panel.get_xlim()
    across = (regions["residents"] - first) / (last - first) * wide
    upwards = rows["rate"] / panel.get_ylim()[1] * (HIGH - layout.height(2, STYLE["font.size"]))
    points = list(zip(across, upwards[regions.index], strict=True))
    names = list(regions["category"])
    places = labels.placed(points, names, labels.SIZE, wide, upwards.iloc[-1])
    told = regions[["residents", "rate", "stands_out"]].itertuples(index=False, name=None)
    for name, (residents, rate, stands_out), (right, up) in zip(names, told, places, strict=True):
        panel.annotate(
            name,
            (residents, rate),
            (right * layout.POINTS, up * layout.POINTS),
            textcoords="offset points",
            va="center",
            fontsize=labels.SIZE,
            color=ORANGE if stands_out else INK,
        )
