"""Regions as a map of tiles, which the project folder places: the rate of each beside that of the others."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from ctanalysis.analysis.reach import PER, Reach, reaches
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import about
from ctanalysis.figures.canvas import Box, Canvas, width, wrapped
from ctanalysis.figures.chart import Chart, Gallery
from ctanalysis.figures.style import BLUE, HIGHEST, INK, LINE, ORANGE, PALE, PAPER, RULE, SHADES, WIDTH
from ctanalysis.figures.words import categories, heads, say
from ctanalysis.narrative.residents import made_up_residents
from ctanalysis.narrative.states import state
from ctanalysis.quality import mark
from ctanalysis.tables.table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DATA = ["indicator", "disaggregation", "category", "column", "row", "start", "end"]
DATA += ["value", "status", "residents", "rate", "stands_out", "caveat"]
TILE, GAP = 46, 14  # pixels: how high a tile with a name on one line is, and what is between two maps
WIDEST, EDGE, NAME = 150, 4, 15.8  # pixels: of a tile, on both sides of its name, and the least size of that
TEN = 10  # rates from here on have no decimals


class Tile(NamedTuple):
    """A region: where it stands, its name, its rate in words, how dark it is (0 to 1; below 0: not told)."""

    column: int
    row: int
    name: str
    told: str
    shade: float
    stands_out: bool


class Map(NamedTuple):
    """The regions of one indicator, under its name."""

    title: str
    tiles: tuple[Tile, ...]

    @property
    def rows(self) -> int:
        return max(tile.row for tile in self.tiles) + 1

    @property
    def wide(self) -> float:
        """How wide a tile is."""
        return min(WIDTH / (max(tile.column for tile in self.tiles) + 1), WIDEST)

    @property
    def high(self) -> float:
        """How high a tile is: for the name that has most lines."""
        return TILE + LINE * (max(len(self.lines(tile)) for tile in self.tiles) - 1)

    def lines(self, tile: Tile) -> list[str]:
        """The name of a tile, as it has room in it."""
        return wrapped(tile.name, self.wide - 2 * EDGE, NAME)


def regions(evaluation: Evaluation) -> Gallery:
    """A map for each indicator that is told by region: the number for so many residents, to date.

    Where the project places no tiles, the regions stand in rows of three, the highest rate first.
    """
    found = list(reaches(evaluation.known))
    parts, room = list[list[Reach]](), 0.0
    for one in found:
        high = _high(_map(evaluation, one))
        if not parts or room + high > HIGHEST:
            parts, room = [*parts, []], 0.0
        parts[-1].append(one)
        room += high
    every = [_chart(evaluation, part, "regions" + (f"-{n}" if n > 1 else "")) for n, part in enumerate(parts, 1)]
    return Gallery(tuple(every))


def _chart(evaluation: Evaluation, found: Sequence[Reach], name: str) -> Chart:
    maps, speech = tuple(_map(evaluation, one) for one in found), evaluation.project.speech
    title = _message(evaluation, found)
    measure = say(speech, "regions.measure", per=PER)
    cells = [
        (f"{one.sheet.code} {tile.name}", tile.told) for one, of in zip(found, maps, strict=True) for tile in of.tiles
    ]
    codes = [one.sheet.code for one in found]
    return Chart(
        name=name,
        title=title,
        subtitle=about.subtitle(evaluation, measure, about.until(evaluation)),
        alt=say(speech, "regions.alt", title=title, parts=[_part(evaluation, one) for one in found[:2]]),
        data=pd.DataFrame([row for one in found for row in _rows(evaluation, one)], columns=DATA),
        height=sum(map(_high, maps)),
        draw=partial(_draw, maps=maps),
        speech=speech,
        synthetic=evaluation.project.facts.synthetic,
        notes=(say(speech, "regions.how"), *_notes(evaluation, found), *about.caveats(evaluation, codes)),
        source=about.source(evaluation, codes),
        table=Table(title, (*heads(speech, "region"), measure), tuple(cells), speech=speech),
    )


def _message(evaluation: Evaluation, found: Sequence[Reach]) -> str:
    """Which regions stand out; where none can, which has the most."""
    speech, clear = evaluation.project.speech, evaluation.claims.by_code("region")
    for one in found:
        if one.sheet.code in clear:
            out = categories(speech, clear[one.sheet.code])
            return say(speech, f"regions.{'stand' if len(out) > 1 else 'stands'}_out", names=out, name=one.sheet.name)
    if any(one.spread for one in found):
        return say(speech, "regions.even")
    first, sheet = found[0].told[0], found[0].sheet
    rate = _rate(evaluation, first.rate)
    return say(speech, "regions.title", name=sheet.name, first=speech.label(first.name), rate=rate, per=PER)


def _part(evaluation: Evaluation, one: Reach) -> str:
    speech, first, last = evaluation.project.speech, one.told[0], one.told[-1]
    ends = {"rate": _rate(evaluation, first.rate), "fewest": _rate(evaluation, last.rate)}
    names = {"most": speech.label(first.name), "least": speech.label(last.name)}
    return say(speech, "regions.part", name=one.sheet.name, **names, **ends)


def _notes(evaluation: Evaluation, found: Sequence[Reach]) -> Iterator[str]:
    speech = evaluation.project.speech
    for one in found:
        if one.hidden:
            yield say(speech, "regions.hidden", code=one.sheet.code, names=categories(speech, one.hidden))
    yield from dict.fromkeys(
        speech.label(note)
        for one in found
        for note in made_up_residents(evaluation.project, one.total.start, one.total.end)
    )


def _places(evaluation: Evaluation, one: Reach) -> dict[str, tuple[int, int]]:
    """By region its column and row: as the project places them, or in rows."""
    categories = evaluation.project.field(one.sheet, one.way).categories or ()
    placed = {category.label: category.tile for category in categories if category.tile}
    names = [region.name for region in (*one.told, *(of for of in one.regions if not of.number.shown))]
    if all(name in placed for name in names):
        return {name: placed[name] for name in names if placed[name] is not None}
    return {name: (place % 3, place // 3) for place, name in enumerate(names)}


def _map(evaluation: Evaluation, one: Reach) -> Map:
    clear = evaluation.claims.by_code("region").get(one.sheet.code, ())
    most = max((region.rate for region in one.told), default=0) or 1
    places = _places(evaluation, one)
    tiles = []
    for region in one.regions:
        shown = region.number.shown
        told = _rate(evaluation, region.rate) if shown else state(region.number.status, evaluation.project.speech)
        shade = region.rate / most if shown else -1
        tiles.append(
            Tile(*places[region.name], evaluation.project.speech.label(region.name), told, shade, region.name in clear)
        )
    title = f"{one.sheet.code} {one.sheet.name}{mark(evaluation.caveats, one.sheet.code)}"
    return Map(title, tuple(tiles))


def _rate(evaluation: Evaluation, rate: float) -> str:
    return evaluation.project.speech.number(rate, 0 if rate >= TEN else 1)


def _rows(evaluation: Evaluation, one: Reach) -> Iterator[tuple[object, ...]]:
    clear, places = evaluation.claims.by_code("region").get(one.sheet.code, ()), _places(evaluation, one)
    for region in one.regions:
        of = region.number
        told = (of.value, of.status) if of.shown else (float("nan"), of.status)
        rate, days = region.rate if of.shown else float("nan"), (of.start, of.end)
        caveat = about.caveat(evaluation, one.sheet.code, *days)
        place = (one.sheet.code, one.way, region.name, *places[region.name], *days)
        yield *place, *told, region.residents, rate, region.name in clear, caveat


def _title(of: Map) -> list[str]:
    return wrapped(of.title, WIDTH, weight="bold")


def _high(of: Map) -> float:
    return len(_title(of)) * LINE + of.rows * of.high + GAP


def _draw(figure: "Figure", data: pd.DataFrame, maps: Sequence[Map]) -> None:
    canvas, top = Canvas(figure), 0.0
    for one in maps:
        for place, line in enumerate(_title(one)):
            canvas.text(0, top + (place + 0.5) * LINE, line, weight="bold")
        start = top + len(_title(one)) * LINE + 4
        for tile in one.tiles:
            left, up = tile.column * one.wide, start + tile.row * one.high
            _tile(canvas, tile, (left + 2, up + 2, left + one.wide - 2, up + one.high - 2), one.lines(tile))
        top += _high(one)
    canvas.done()


def _tile(canvas: Canvas, tile: Tile, box: Box, lines: Sequence[str]) -> None:
    dark = min(int(tile.shade * len(SHADES)), len(SHADES) - 1) if tile.shade >= 0 else 0
    if tile.shade < 0:
        canvas.box(box, PAPER, RULE)
    else:
        canvas.box(box, SHADES[dark], BLUE)
    if tile.stands_out:
        canvas.frame(box, ORANGE, 4)
    ink = PAPER if dark == len(SHADES) - 1 else INK
    left, top, right, bottom = box
    middle, room = (left + right) / 2, right - left - 2 * EDGE
    for place, line in enumerate(lines):
        size = max(NAME, min(16.0, 16.0 * room / max(width(line), 1)))
        canvas.text(middle, top + 12 + place * LINE, line, ink, ha="center", size=size)
    canvas.text(middle, bottom - 12, tile.told, PALE if tile.shade < 0 else ink, ha="center", weight="bold")
