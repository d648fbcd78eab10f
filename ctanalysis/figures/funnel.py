"""Funnel plots: the rate of each region beside its residents, and how far chance takes the rate of so many.

The fewer residents, the further: so a region of few far from the line may be chance, where one of many is not.
Spiegelhalter, Statistics in Medicine 24, 2005, 1185-1202.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from ctanalysis import quality
from ctanalysis.analysis.reach import PER, Reach, reaches
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import about
from ctanalysis.figures.canvas import Canvas, width, wrapped
from ctanalysis.figures.chart import Chart, Gallery
from ctanalysis.figures.funnel_panel import LIMITS, REGION, Panel, with_room
from ctanalysis.figures.style import HIGHEST, LINE, PALE, WIDTH
from ctanalysis.figures.words import categories, heads, say
from ctanalysis.language import Speech
from ctanalysis.narrative.residents import made_up_residents
from ctanalysis.tables.table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DATA = ["indicator", "panel", "what", "category", "residents", "rate", "low", "high", "stands_out", "caveat"]
BELOW = 12  # pixels below a panel
STEPS = 40  # places of a curve
SIDES = 0.06, 0.12  # of the range of residents: before the smallest region, and behind the largest


def funnel(evaluation: Evaluation) -> Gallery:
    """A panel for each indicator that is told by region: residents across, rate upwards, and the limits of chance.

    The data has a row for each region that is told (rate, and low and high: what chance leaves of a region of its
    size), and for each place of the curves (residents, low and high; rate: of all regions together).
    """
    found, parts, room = list(reaches(evaluation.known)), list[list[Reach]]([[]]), 0.0
    data = _data(evaluation, found)
    for one in found:
        panel = _panel(evaluation.project.speech, data[data["panel"] == _panel_of(one)])
        high = _high(panel, _title(evaluation, one))
        if room + high + LINE > HIGHEST:
            parts, room = [*parts, []], 0.0
        parts[-1].append(one)
        room += high
    return Gallery(tuple(_chart(evaluation, data, part, number) for number, part in enumerate(parts, 1)))


def _data(evaluation: Evaluation, found: Sequence[Reach]) -> pd.DataFrame:
    clear = evaluation.claims.by_code("region")
    rows = [
        (one.sheet.code, _panel_of(one), *row, _caveat(evaluation, one))
        for one in found
        for row in _rows(one, clear.get(one.sheet.code, ()), _ends(found))
    ]
    return pd.DataFrame(rows, columns=DATA)


def _chart(evaluation: Evaluation, data: pd.DataFrame, found: Sequence[Reach], number: int) -> Chart:
    """The figure of some of the indicators. data: of all of them."""
    clear, speech = evaluation.claims.by_code("region"), evaluation.project.speech
    titles = {_panel_of(one): _title(evaluation, one) for one in found}
    own = data[data["panel"].isin(titles)].reset_index(drop=True)
    high = sum(_high(_panel(speech, own[own["panel"] == name]), title) for name, title in titles.items())
    title, codes, measure = (
        _message(evaluation, found),
        [one.sheet.code for one in found],
        say(speech, "funnel.measure", per=PER),
    )
    return Chart(
        name=f"funnel-{number}" if number > 1 else "funnel",
        title=title,
        subtitle=about.subtitle(evaluation, measure, about.until(evaluation)),
        alt=" ".join([f"{title}.", *(_in_words(speech, one, clear.get(one.sheet.code, ())) for one in found[:2])]),
        data=own,
        height=high + LINE,
        draw=partial(_draw, titles=titles, speech=speech),
        speech=speech,
        synthetic=evaluation.project.facts.synthetic,
        notes=tuple(_notes(evaluation, found)) if found else (say(speech, "funnel.nothing"),),
        source=about.source(evaluation, codes),
        table=_table(speech, title, own[own["what"] == REGION]),
    )


def _message(evaluation: Evaluation, found: Sequence[Reach]) -> str:
    """Which regions stand out by more than chance, of all indicators."""
    speech, clear = evaluation.project.speech, evaluation.claims.by_code("region")
    out = dict.fromkeys(name for one in found for name in clear.get(one.sheet.code, ()))
    if not any(one.spread for one in found):
        return say(speech, "funnel.unknown")
    key = "stand_out" if len(out) > 1 else "stands_out" if out else "even"
    return say(speech, f"funnel.{key}", names=categories(speech, out))


def _table(speech: Speech, title: str, told: pd.DataFrame) -> Table:
    cells = tuple(
        (
            f"{row.indicator} {speech.label(row.category)}",
            speech.number(row.residents),
            speech.number(row.rate, 1),
            _limits(speech, row),
        )
        for row in about.cells(told)
    )
    return Table(title, heads(speech, "region", "residents", "rate", "chance"), cells, speech=speech)


def _limits(speech: Speech, row: Any) -> str:
    if pd.isna(row.low):
        return "–"
    return say(speech, "from_to", low=speech.number(row.low, 1), high=speech.number(row.high, 1))


def _caveat(evaluation: Evaluation, one: Reach) -> str:
    days = one.total.start.isoformat(), one.total.end.isoformat()
    return evaluation.caveats_beside(*days).get(one.sheet.code, "")


def _panel_of(one: Reach) -> str:
    return f"{one.sheet.code} by {one.way}"


def _title(evaluation: Evaluation, one: Reach) -> str:
    return f"{one.sheet.code} {one.sheet.name}{quality.mark(evaluation.caveats, one.sheet.code)}"


def _rows(one: Reach, clear: Sequence[str], ends: tuple[float, float]) -> Iterator[tuple[Any, ...]]:
    nothing = (float("nan"), float("nan"))
    for region in one.told:
        limits = one.limits(region.residents) or nothing
        yield REGION, region.name, region.residents, region.rate, *limits, region.name in clear
    first, last = ends
    for place in [first + step * (last - first) / (STEPS - 1) for step in range(STEPS)]:
        yield LIMITS, "", place, one.rate, *(one.limits(place) or nothing), False


def _ends(found: Sequence[Reach]) -> tuple[float, float]:
    """From how many to how many residents the panels go, all alike."""
    residents = [region.residents for one in found for region in one.told]
    before, behind = (side * max(residents, default=0) for side in SIDES)
    least = min(residents, default=0)
    return max(least - before, least / 2), max(residents, default=0) + behind


def _in_words(speech: Speech, one: Reach, clear: Sequence[str]) -> str:
    out = [region for region in one.told if region.name in clear]
    above = [speech.label(region.name) for region in out if region.rate > one.rate]
    below = [speech.label(region.name) for region in out if region.rate <= one.rate]
    sides = {name: names for name, names in (("above", above), ("below", below)) if names}
    key = "_and_".join(sides) or ("none_out" if one.spread else "not_held")
    return say(speech, f"funnel.{key}", name=one.sheet.name, told=len(one.told), **sides)


def _notes(evaluation: Evaluation, found: Sequence[Reach]) -> Iterator[str]:
    """How it is to be read, whom it lacks, what the residents are from, and the caveats."""
    speech = evaluation.project.speech
    yield say(speech, "funnel.how")
    for one in found:
        if one.hidden:
            yield say(speech, "regions.hidden", code=one.sheet.code, names=categories(speech, one.hidden))
    without: dict[str, list[str]] = {}
    for one in (one for one in found if one.spread is None):
        why = speech.label(one.total.lack) if one.total.lack else say(speech, "funnel.chance_unknown")
        without.setdefault(why, []).append(one.sheet.code)
    for why, codes in without.items():
        yield say(speech, "funnel.no_curves", codes=codes, why=why)
    yield from dict.fromkeys(
        speech.label(note)
        for one in found
        for note in made_up_residents(evaluation.project, one.total.start, one.total.end)
    )
    yield from about.marked(evaluation, evaluation.caveats, [one.sheet.code for one in found])


def _draw(figure: "Figure", data: pd.DataFrame, titles: dict[str, str], speech: Speech) -> None:
    """titles: of the panels, by the word for them in the data."""
    canvas, top = Canvas(figure), 0.0
    for name, title in titles.items():
        for place, line in enumerate(wrapped(title, WIDTH, weight="bold")):
            canvas.text(0, top + (place + 0.5) * LINE, line, weight="bold")
        panel = _panel(speech, data[data["panel"] == name])
        high = _high(panel, title)
        panel.draw(canvas, top + high - panel.high - BELOW)
        top += high
    if titles:
        _residents(canvas, speech, data, top)
    canvas.done()


def _panel(speech: Speech, rows: pd.DataFrame) -> Panel:
    return with_room(rows, categories(speech, rows.loc[rows["what"] == REGION, "category"]))


def _high(panel: Panel, title: str) -> float:
    """How high a panel is, with its title."""
    return len(wrapped(title, WIDTH, weight="bold")) * LINE + panel.high + BELOW


def _residents(canvas: Canvas, speech: Speech, rows: pd.DataFrame, top: float) -> None:
    """How many live there, below the last panel."""
    regions = rows[rows["what"] == REGION]["residents"]
    curve = rows[rows["what"] == LIMITS]["residents"]
    first, last = curve.min(), curve.max()
    free = -1.0
    for many in sorted({regions.min(), regions.median(), regions.max()}):
        words = speech.number(many)
        half = width(words) / 2
        middle = min(max((many - first) / (last - first) * canvas.wide, half), canvas.wide - half)
        if middle - half > free:
            canvas.text(middle, top + LINE / 2, words, PALE, ha="center")
            free = middle + half
