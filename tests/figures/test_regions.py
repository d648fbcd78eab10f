"""A map of tiles: placed by the project folder, the same rates as everywhere, what is not told said in its place."""

import json
import re

import pytest

from ctanalysis import Refused, evaluate, figures
from ctanalysis.analysis.reach import reaches
from ctanalysis.figures.style import ORANGE, RULE, SHADES
from ctanalysis.project import load
from tests.conftest import copied, evaluated
from tests.figures.seen import first, shapes, texts


def maps(chart):
    return {one.title.split()[0]: one for one in chart.draw.keywords["maps"]}


def test_each_region_stands_where_the_project_places_it(evaluation):
    """Talas in the north-west, Batken in the south-west; no tile lies on another."""
    chart = first(figures.regions(evaluation))
    for one in maps(chart).values():
        places = {tile.name: (tile.column, tile.row) for tile in one.tiles}
        assert places["Talas"] == (0, 0) and places["Batken"] == (0, 2) and places["Ysyk-Köl"] == (3, 0)
        assert len(set(places.values())) == len(places) == 9


def test_a_tile_tells_the_rate_and_is_as_dark_as_it_is_large(evaluation):
    chart = first(figures.regions(evaluation))
    for one in reaches(evaluation.known):
        tiles = {tile.name: tile for tile in maps(chart)[one.sheet.code].tiles}
        most = max(region.rate for region in one.told)
        for region in one.told:
            assert float(tiles[region.name].told.replace(",", "")) == pytest.approx(region.rate, abs=0.51)
            assert tiles[region.name].shade == pytest.approx(region.rate / most)
    assert len([box for shade in SHADES for box in shapes(chart, shade)]) == 9 * len(maps(chart))


def test_what_stands_out_is_framed_and_is_the_message(evaluation):
    chart = first(figures.regions(evaluation))
    out = [(code, tile.name) for code, one in maps(chart).items() for tile in one.tiles if tile.stands_out]
    assert (
        out
        == [("1.6", "Bishkek city")]
        == [*chart.data[chart.data["stands_out"]][["indicator", "category"]].agg(tuple, axis=1)]
    )
    assert chart.title.startswith("Bishkek city stands out: Advocacy") and f"stroke: {ORANGE}" in chart.svg()


def test_too_few_to_be_told_is_said_in_the_tile():
    """No rate and no shade: the class stands in its place, and below the map it is named."""
    chart = first(figures.regions(evaluated("FY2012Q1")))
    [tile] = [tile for tile in maps(chart)["1.3"].tiles if tile.name == "Talas"]
    assert (tile.told, tile.shade) == ("fewer than 5", -1) and "fewer than 5" in texts(chart)
    assert "1.3, too few to be told: Talas." in chart.notes and f"stroke: {RULE}" in chart.svg()
    row = chart.data[(chart.data["indicator"] == "1.3") & (chart.data["category"] == "Talas")]
    assert row[["value", "rate"]].isna().all(axis=None)


def without_tiles(folder, change):
    """A copy of the shipped project whose tiles of events are changed."""
    path = copied(folder) / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r' "tile": \[\d, \d\],', change, text), encoding="utf-8")
    return path.parent


def test_without_tiles_the_regions_stand_by_their_rates(tmp_path):
    """Three in a row, the highest first."""
    chart = first(figures.regions(evaluate("FY2015Q1", without_tiles(tmp_path / "p", ""))))
    tiles = sorted(maps(chart)["1.1"].tiles, key=lambda tile: (tile.row, tile.column))
    assert [tile.name for tile in tiles][:2] == ["Osh city", "Batken"] and max(tile.column for tile in tiles) == 2


@pytest.mark.parametrize("tile", ["[0, 0]", "[9, 0]", "[-1, 0]", '"north"', "[1]"])
def test_a_tile_that_is_no_place_of_its_own_is_refused(tmp_path, tile):
    folder = copied(tmp_path / "p")
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    events = next(one for one in package["resources"] if one["name"] == "events")
    oblast = next(one for one in events["schema"]["fields"] if one["name"] == "oblast")
    oblast["categories"][1]["tile"] = json.loads(tile)
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(Refused, match="tile"):
        load(folder)
