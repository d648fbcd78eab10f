"""Regions as a map of tiles, which the project folder places: the rate of each beside that of the others."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from ctanalysis.analysis.reach import PER, Reach, reaches
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import about
from ctanalysis.figures.canvas import Canvas, width, wrapped
from ctanalysis.figures.chart import Chart, Gallery
from ctanalysis.figures.style import BLUE, HIGHEST, INK, LINE, ORANGE, PALE, PAPER, RULE, SHADES, WIDTH
from ctanalysis.figures.words import say
from ctanalysis.narrative.residents import made_up_residents
from ctanalysis.quality import mark
from ctanalysis.tables.table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DATA = ["indicator", "disaggregation", "category", "column", "row", "start", "end"]
DATA += ["value", "status", "residents", "rate", "stands_out", "caveat"]
TILE, GAP = 46, 14  # pixels: how high a tile is, and what is between two maps
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
    def columns(self) -> int:
        return max(tile.column for tile in self.tiles) + 1


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
    maps = tuple(_map(evaluation, one) for one in found)
    clear = evaluation.claims.by_code("region")
    out = [(one, clear[one.sheet.code]) for one in found if one.sheet.code in clear]
    judged = any(one.spread for one in found)
    title = say("regions_even") if judged else _most(found[0])
    if out:
        title = say("regions_stand_out", names=out[0][1], name=out[0][0].sheet.name)
    parts = [_part(one) for one in found]
    cells = [
        (f"{one.sheet.code} {tile.name}", tile.told) for one, of in zip(found, maps, strict=True) for tile in of.tiles
    ]
    codes = [one.sheet.code for one in found]
    return Chart(
        name=name,
        title=title,
        subtitle=about.subtitle(evaluation, say("regions_measure", per=PER), about.until(evaluation)),
        alt=say("regions_alt", title=title, parts=parts[:2]),
        data=pd.DataFrame([row for one in found for row in _rows(evaluation, one)], columns=DATA),
        height=sum(map(_high, maps)),
        draw=partial(_draw, maps=maps),
        synthetic=evaluation.project.facts.synthetic,
        notes=(say("regions_how"), *_notes(evaluation, found), *about.caveats(evaluation, codes)),
        source=about.source(codes),
        table=Table(title, ("Region", say("regions_measure", per=PER)), tuple(cells)),
    )


def _most(one: Reach) -> str:
    first, last = one.told[0], one.told[-1]
    return say(
        "regions_title",
        name=one.sheet.name,
        first=first.name,
        rate=_rate(first.rate),
        least=last.name,
        fewest=f"{PER:,}",
    )


def _part(one: Reach) -> str:
    first, last = one.told[0], one.told[-1]
    ends = {"most": first.name, "rate": _rate(first.rate), "least": last.name, "fewest": _rate(last.rate)}
    return say("regions_part", name=one.sheet.name, **ends)


def _notes(evaluation: Evaluation, found: Sequence[Reach]) -> Iterator[str]:
    for one in found:
        if one.hidden:
            yield say("regions_hidden", code=one.sheet.code, names=one.hidden, state="")
    yield from dict.fromkeys(
        note for one in found for note in made_up_residents(evaluation.project, one.total.start, one.total.end)
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
        told = _rate(region.rate) if shown else region.number.status
        shade = region.rate / most if shown else -1
        tiles.append(Tile(*places[region.name], region.name, told, shade, region.name in clear))
    title = f"{one.sheet.code} {one.sheet.name}{mark(evaluation.caveats, one.sheet.code)}"
    return Map(title, tuple(tiles))


def _rate(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= TEN else f"{rate:.1f}"


def _rows(evaluation: Evaluation, one: Reach) -> Iterator[tuple[object, ...]]:
    clear, places = evaluation.claims.by_code("region").get(one.sheet.code, ()), _places(evaluation, one)
    for region in one.regions:
        number = region.number
        told = (number.value, number.status) if number.shown else (float("nan"), number.status)
        rate, days = region.rate if number.shown else float("nan"), (number.start, number.end)
        caveat = about.caveat(evaluation, one.sheet.code, *days)
        place = (one.sheet.code, one.way, region.name, *places[region.name], *days)
        yield *place, *told, region.residents, rate, region.name in clear, caveat


def _title(of: Map) -> list[str]:
    return wrapped(of.title, WIDTH, weight="bold")


def _high(of: Map) -> float:
    return len(_title(of)) * LINE + of.rows * TILE + GAP


def _draw(figure: "Figure", data: pd.DataFrame, maps: Sequence[Map]) -> None:
    canvas, top = Canvas(figure), 0.0
    for one in maps:
        for place, line in enumerate(_title(one)):
            canvas.text(0, top + (place + 0.5) * LINE, line, weight="bold")
        start = top + len(_title(one)) * LINE + 4
        wide = min(canvas.wide / one.columns, 150)
        for tile in one.tiles:
            _tile(canvas, tile, tile.column * wide, start + tile.row * TILE, wide)
        top += _high(one)
    canvas.done()


def _tile(canvas: Canvas, tile: Tile, left: float, top: float, wide: float) -> None:
    box = (left + 2, top + 2, left + wide - 2, top + TILE - 2)
    dark = min(int(tile.shade * len(SHADES)), len(SHADES) - 1) if tile.shade >= 0 else 0
    if tile.shade < 0:
        canvas.box(box, PAPER, RULE)
    else:
        canvas.box(box, SHADES[dark], BLUE)
    if tile.stands_out:
        canvas.frame(box, ORANGE, 4)
    ink = PAPER if dark == len(SHADES) - 1 else INK
    size = min(16.0, 16.0 * (wide - 12) / max(width(tile.name), 1))
    canvas.text(left + wide / 2, top + 14, tile.name, ink, ha="center", size=max(size, 15.8))
    canvas.text(left + wide / 2, top + 32, tile.told, PALE if tile.shade < 0 else ink, ha="center", weight="bold")
