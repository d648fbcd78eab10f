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
from ctanalysis.figures import about, labels
from ctanalysis.figures.canvas import Canvas, width, wrapped
from ctanalysis.figures.chart import Chart, Gallery
from ctanalysis.figures.style import BLUE, INCH, INK, LINE, ORANGE, PALE, RULE, TEXT, TINT, WIDTH
from ctanalysis.figures.words import categories, heads, number, say
from ctanalysis.language import Speech
from ctanalysis.narrative.residents import made_up_residents
from ctanalysis.tables.table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

REGION, LIMITS = "region", "limits"  # what a row of the data draws
DATA = ["indicator", "panel", "what", "category", "residents", "rate", "low", "high", "stands_out", "caveat"]
PLOT, BELOW, EACH = 130, 12, 4  # pixels of a panel and of what is below it; panels of one figure
ROOM = 1.12  # of the highest: so that its name has a place
STEPS = 40  # places of a curve
SIDES = 0.06, 0.12  # of the range of residents: before the smallest region, and behind the largest


def funnel(evaluation: Evaluation) -> Gallery:
    """A panel for each indicator that is told by region: residents across, rate upwards, and the limits of chance.

    The data has a row for each region that is told (rate, and low and high: what chance leaves of a region of its
    size), and for each place of the curves (residents, low and high; rate: of all regions together).
    """
    found = list(reaches(evaluation.known))
    parts = [found[first : first + EACH] for first in range(0, len(found), EACH)] or [[]]
    every = enumerate(parts, 1)
    return Gallery(tuple(_chart(evaluation, part, "funnel" + (f"-{n}" if n > 1 else "")) for n, part in every))


def _chart(evaluation: Evaluation, found: Sequence[Reach], name: str) -> Chart:
    clear, speech = evaluation.claims.by_code("region"), evaluation.project.speech
    rows = [
        (one.sheet.code, _panel_of(one), *row, _caveat(evaluation, one))
        for one in found
        for row in _rows(one, clear.get(one.sheet.code, ()), _ends(found))
    ]
    data = pd.DataFrame(rows, columns=DATA)
    notes = tuple(_notes(evaluation, found)) if found else (say(speech, "funnel.nothing"),)
    title = _message(evaluation, found)
    titles = {_panel_of(one): _title(evaluation, one) for one in found}
    codes = [one.sheet.code for one in found]
    measure = say(speech, "funnel.measure", per=PER)
    return Chart(
        name=name,
        title=title,
        subtitle=about.subtitle(evaluation, measure, about.until(evaluation)),
        alt=" ".join([f"{title}.", *(_in_words(speech, one, clear.get(one.sheet.code, ())) for one in found[:2])]),
        data=data,
        height=sum(map(_high, titles.values())) + LINE,
        draw=partial(_draw, titles=titles, speech=speech),
        speech=speech,
        synthetic=evaluation.project.facts.synthetic,
        notes=notes,
        source=about.source(evaluation, codes),
        table=_table(speech, title, data[data["what"] == REGION]),
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
            number(speech, row.residents),
            number(speech, row.rate, 1),
            _limits(speech, row),
        )
        for row in about.cells(told)
    )
    return Table(title, heads(speech, "region", "residents", "rate", "chance"), cells)


def _limits(speech: Speech, row: Any) -> str:
    if pd.isna(row.low):
        return "–"
    return say(speech, "from_to", low=number(speech, row.low, 1), high=number(speech, row.high, 1))


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


def _draw(figure: "Figure", rows: pd.DataFrame, titles: dict[str, str], speech: Speech) -> None:
    """titles: of the panels, by the word for them in the data."""
    canvas = Canvas(figure)
    top = 0.0
    for name, title in titles.items():
        for place, line in enumerate(wrapped(title, WIDTH, weight="bold")):
            canvas.text(0, top + (place + 0.5) * LINE, line, weight="bold")
        top += _high(title)
        _panel(canvas, speech, rows[rows["panel"] == name], top - PLOT - BELOW)
    if titles:
        _residents(canvas, speech, rows, top)
    canvas.done()


def _high(title: str) -> float:
    """How high a panel is, with its title."""
    return len(wrapped(title, WIDTH, weight="bold")) * LINE + PLOT + BELOW


def _panel(canvas: Canvas, speech: Speech, rows: pd.DataFrame, top: float) -> None:
    """The line, the curves and the regions of an indicator."""
    regions, curve = rows[rows["what"] == REGION], rows[rows["what"] == LIMITS]
    first, last = curve["residents"].iloc[[0, -1]]
    highest, farthest = regions["rate"].max(), regions["high"].fillna(0).max()
    most = ROOM * max(highest, min(farthest, 3 * highest)) or 1  # chance may leave more than there is room for

    def at(residents: float, rate: float) -> tuple[float, float]:
        across = (residents - first) / (last - first) * canvas.wide
        return across, top + PLOT - max(0, min(rate, most)) / most * PLOT

    known = curve.dropna(subset=["low", "high"])
    if len(known):
        low, high = (
            [at(*pair) for pair in zip(known["residents"], known[end], strict=True)] for end in ("low", "high")
        )
        canvas.area([*low, *reversed(high), low[0]], TINT, TINT)
    canvas.line([at(residents, curve["rate"].iloc[0]) for residents in (first, last)], INK, 1)
    canvas.line([(0, top + PLOT), (canvas.wide, top + PLOT)], RULE, 1)
    points = [at(*pair) for pair in zip(regions["residents"], regions["rate"], strict=True)]
    for (x, y), out in zip(points, regions["stands_out"], strict=True):
        if out:
            canvas.diamond(x, y, 7, ORANGE)
        else:
            canvas.dot(x, y, 4.5, BLUE)
    _name(canvas, categories(speech, regions["category"]), points, (top, at(first, curve["rate"].iloc[0])[1]))


def _name(
    canvas: Canvas, names: Sequence[str], points: Sequence[tuple[float, float]], place: tuple[float, float]
) -> None:
    """The names of the regions, each beside its point. place: the top of the panel, and where its line lies."""
    top, line = place
    inches = [(x / INCH, (top + PLOT - y) / INCH) for x, y in points]
    offsets = labels.placed(inches, names, labels.SIZE, WIDTH / INCH, (top + PLOT - line) / INCH)
    for name, (x, y), (right, up) in zip(names, points, offsets, strict=True):
        canvas.text(x + right * INCH, y - up * INCH, name, size=TEXT)


def _residents(canvas: Canvas, speech: Speech, rows: pd.DataFrame, top: float) -> None:
    """How many live there, below the last panel."""
    regions = rows[rows["what"] == REGION]["residents"]
    curve = rows[rows["what"] == LIMITS]["residents"]
    first, last = curve.min(), curve.max()
    free = -1.0
    for many in sorted({regions.min(), regions.median(), regions.max()}):
        words = number(speech, many)
        half = width(words) / 2
        middle = min(max((many - first) / (last - first) * canvas.wide, half), canvas.wide - half)
        if middle - half > free:
            canvas.text(middle, top + LINE / 2, words, PALE, ha="center")
            free = middle + half
