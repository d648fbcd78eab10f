"""The funnel plot: a point for each region that is told, the line of all, and the limits of chance."""

import pandas as pd
import pytest

from ctanalysis import evaluate, figures
from ctanalysis.analysis.reach import reaches
from ctanalysis.figures import labels
from ctanalysis.figures.style import BLUE, ORANGE
from tests.conftest import evaluated
from tests.figures.seen import first, shapes, texts
from tests.generators import small


@pytest.fixture(scope="module")
def chart():
    return first(figures.funnel(evaluated("FY2015Q1")))


def test_points_are_rates_and_residents(chart):
    """A panel for each indicator told by region; what stands out has another colour and another mark."""
    found = {one.sheet.code: one for one in reaches(evaluated("FY2015Q1").known)}
    regions = chart.data[chart.data["what"] == "region"]
    assert [*dict.fromkeys(regions["indicator"])] == list(found) == ["1.1", "1.2", "1.3", "1.6"]
    for code, one in found.items():
        own = regions[regions["indicator"] == code]
        assert {*zip(own["residents"], own["rate"], strict=True)} == {(of.residents, of.rate) for of in one.told}
    usual, out = shapes(chart, BLUE), shapes(chart, ORANGE)
    assert (len(usual), len(out)) == (35, 1)
    wide = [right - left for left, _, right, _ in (usual[0], out[0])]
    assert wide == pytest.approx([9, 14], abs=0.1)
    own = regions[regions["indicator"] == "1.1"].sort_values("rate")
    middles = {round((top + bottom) / 2, 3) for _, top, _, bottom in usual[:9]}
    assert len(middles) == own["rate"].nunique()


def test_what_stands_out_is_what_the_report_claims(chart):
    clear = evaluated("FY2015Q1").claims.by_code("region")
    assert clear == {"1.6": ("Bishkek city",)}
    out = chart.data[chart.data["stands_out"]]
    assert list(zip(out["panel"], out["category"], strict=True)) == [("1.6 by oblast", "Bishkek city")]
    assert chart.title == "Bishkek city stands out by more than chance"
    assert "Awareness-raising events held: none stands out, of 9 that are told." in chart.alt


def test_the_curves_are_the_limits(chart):
    """Each has the limits of a region of so many residents, and grows narrower with them."""
    found = {f"{one.sheet.code} by {one.way}": one for one in reaches(evaluated("FY2015Q1").known)}
    for row in chart.data.itertuples():
        assert (row.low, row.high) == pytest.approx(found[row.panel].limits(row.residents))
    for _, curve in chart.data[chart.data["what"] == "limits"].groupby("panel"):
        assert curve["high"].is_monotonic_decreasing and curve["low"].is_monotonic_increasing


def test_every_region_is_named_beside_its_point(chart):
    """No legend; that no name lies on another one is held by test_layout."""
    names = [name for name in texts(chart) if name in set(chart.data["category"])]
    assert len(names) == 36


def test_names_of_points_that_lie_together_stand_apart():
    places = labels.placed([(1, 1), (1.02, 1), (1.04, 1)], ["north", "south", "west"], labels.SIZE, (5, 2), 0.5).offsets
    assert len(set(places)) == 3
    [(right, _)] = labels.placed([(4.9, 1)], ["north"], labels.SIZE, (5, 2), 0.5).offsets
    assert right < 0  # no room to its right


def test_before_it_is_known_what_chance_brings_there_are_no_curves():
    chart = first(figures.funnel(evaluated("FY2012Q1")))
    assert "1.1, 1.3, and 1.6: it is not known yet what chance brings, so there are no curves." in chart.notes
    curves = chart.data[(chart.data["what"] == "limits") & (chart.data["panel"] == "1.1 by oblast")]
    assert curves["low"].isna().all() and curves["high"].isna().all()
    assert "1.3, too few to be told: Talas." in chart.notes and chart.png()


def test_a_project_without_regions(tmp_path):
    """It says so, and is still an image."""
    calculation = 'measure = "count"\ntable = "rows"\ndate = "day"'
    chart = first(figures.funnel(evaluate("FY2012Q1", small.write(tmp_path / "p", "day\n2011-11-01", calculation))))
    assert chart.notes == ("Nothing is told by regions of which the residents are known.",)
    assert chart.data.empty and chart.png()


def test_it_says_that_records_and_residents_are_invented(chart):
    assert chart.synthetic
    assert any("illustrative" in note for note in chart.notes)
    assert isinstance(chart._repr_mimebundle_()[0]["text/csv"], str)
    assert pd.notna(chart.data["rate"]).all()
