"""The funnel plot: a point for each region that is told, the line of all, and the limits of chance."""

import pandas as pd
import pytest
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from ctanalysis import evaluate, figures
from ctanalysis.analysis.reach import reaches
from ctanalysis.figures import labels
from ctanalysis.figures.chart import BLUE, ORANGE
from tests.conftest import evaluated
from tests.generators import small


@pytest.fixture(scope="module")
def chart():
    return figures.funnel(evaluated("FY2015Q1"))


def drawn(chart):
    figure = Figure((7.2, chart.height))
    chart.draw(figure, chart.data)
    return figure.axes


def test_points_are_rates_and_residents(chart):
    """A panel for each indicator told by region; what stands out has another colour and another mark."""
    found = {one.sheet.code: one for one in reaches(evaluated("FY2015Q1").known)}
    panels = drawn(chart)
    assert [panel.get_title().split(" ")[0] for panel in panels] == list(found) == ["1.1", "1.2", "1.3", "1.6"]
    for panel, one in zip(panels, found.values(), strict=True):
        points = [line for line in panel.lines if line.get_marker() in ("o", "D")]
        places = {place for line in points for place in zip(*line.get_data(), strict=True)}
        assert places == {(region.residents, region.rate) for region in one.told}
    usual, out = (line for line in panels[-1].lines if line.get_marker() in ("o", "D"))
    assert (to_rgba(usual.get_color()), to_rgba(out.get_color())) == (to_rgba(BLUE), to_rgba(ORANGE))
    assert len(out.get_xdata()) == 1 and usual.get_marker() != out.get_marker()


def test_what_stands_out_is_what_the_report_claims(chart):
    clear = evaluated("FY2015Q1").claims.by_code("region")
    assert clear == {"1.6": ("Bishkek city",)}
    out = chart.data[chart.data["stands_out"]]
    assert list(zip(out["panel"], out["category"], strict=True)) == [("1.6 by oblast", "Bishkek city")]
    assert "Advocacy, policy-debate and information activities: Bishkek city above what chance leaves" in chart.alt
    assert "Hotline consultations: none stands out, of 9 that are told." in chart.alt


def test_the_curves_are_the_limits(chart):
    """Each has the limits of a region of so many residents, and grows narrower with them."""
    found = {f"{one.sheet.code} by {one.way}": one for one in reaches(evaluated("FY2015Q1").known)}
    for row in chart.data.itertuples():
        assert (row.low, row.high) == pytest.approx(found[row.panel].limits(row.residents))
    for _, curve in chart.data[chart.data["what"] == "limits"].groupby("panel"):
        assert curve["high"].is_monotonic_decreasing and curve["low"].is_monotonic_increasing


def test_every_region_is_named_beside_its_point(chart):
    """No legend; no name lies on another one."""
    for panel in drawn(chart):
        assert panel.get_legend() is None and len(panel.texts) == 9
        panel.figure.canvas.draw()
        boxes = [text.get_window_extent() for text in panel.texts]
        assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[:place])


def test_names_of_points_that_lie_together_stand_apart():
    places = labels.placed([(1, 1), (1.02, 1), (1.04, 1)], ["north", "south", "west"], labels.SIZE, 5, 0.5)
    assert len(set(places)) == 3
    [(right, _)] = labels.placed([(4.9, 1)], ["north"], labels.SIZE, 5, 0.5)
    assert right < 0  # no room to its right


def test_before_it_is_known_what_chance_brings_there_are_no_curves():
    chart = figures.funnel(evaluated("FY2012Q1"))
    assert "1.1, 1.3, and 1.6: it is not known yet what chance brings, so there are no curves." in chart.notes
    curves = chart.data[(chart.data["what"] == "limits") & (chart.data["panel"] == "1.1 by oblast")]
    assert curves["low"].isna().all() and curves["high"].isna().all()
    assert "1.3, too few to be told: Talas." in chart.notes and chart.png()


def test_a_project_without_regions(tmp_path):
    """It says so, and is still an image."""
    calculation = 'measure = "count"\ntable = "rows"\ndate = "day"'
    chart = figures.funnel(evaluate("FY2012Q1", small.write(tmp_path / "p", "day\n2011-11-01", calculation)))
    assert chart.notes == ("Nothing is told by regions of which the residents are known.",)
    assert chart.data.empty and chart.png()


def test_it_says_that_records_and_residents_are_invented(chart):
    assert chart.synthetic
    assert any("illustrative" in note for note in chart.notes)
    assert isinstance(chart._repr_mimebundle_()[0]["text/csv"], str)
    assert pd.notna(chart.data["rate"]).all()
