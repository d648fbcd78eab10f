"""What a reader sees of a chart besides its bars: their order, axes, the line of time gone, the period's colour."""

from io import BytesIO

import pytest
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from PIL import Image

from ctanalysis import evaluate, figures, narrative, tables
from ctanalysis.figures import layout
from ctanalysis.figures.chart import BLUE, DPI, NOTE, ORANGE, TITLE, WIDTH
from tests.conftest import copied
from tests.generators import milestones


def drawn(chart):
    """The axes of a chart."""
    figure = Figure()
    chart.draw(figure, chart.data)
    figure.canvas.draw()
    return figure.axes


def is_read_from_the_top(axes):
    """Whether the first of horizontal bars is the uppermost."""
    low, high = axes.get_ylim()
    return low > high


def names(axes):
    """What stands before the bars, from the top."""
    texts = [text for text in axes.texts if text.get_ha() == "right"]
    return [text.get_text() for text in sorted(texts, key=lambda text: text.get_position()[1])]


def test_a_breakdown_is_read_from_the_top_without_an_axis(evaluation):
    """The categories stand in the order of the table; every bar bears its number, so that there is no axis."""
    chart = figures.breakdown(evaluation, "1.1", "oblast")
    [axes] = drawn(chart)
    assert names(axes) == list(chart.data["category"])
    assert is_read_from_the_top(axes) and not axes.xaxis.get_visible() and not axes.yaxis.get_visible()


def in_order(codes):
    """Codes as numbers by their parts: 2.10 after 2.9."""
    return sorted(codes, key=lambda code: [int(part) for part in code.split(".")])


def test_progress_is_read_from_the_top_without_an_axis(evaluation):
    """The indicators stand in the order of their codes; every bar bears its per cent, so that there is no axis."""
    chart = figures.progress(evaluation)
    [axes] = drawn(chart)
    codes = [name.split()[0] for name in names(axes)]
    assert codes == list(chart.data["indicator"]) == in_order(codes)
    assert is_read_from_the_top(axes) and not axes.xaxis.get_visible()


def test_progress_has_a_line_where_time_stands(evaluation):
    """81 per cent of the project's days had gone by December 2014; events had reached 85 per cent of their target."""
    [axes] = drawn(figures.progress(evaluation))
    [line] = [line for line in axes.lines if line.get_color() == ORANGE]
    assert list(line.get_xdata()) == pytest.approx([81.3, 81.3], abs=0.1)
    assert axes.get_title() == "The line: 81% of the project's time has gone"
    assert "85%" in [text.get_text() for text in axes.texts]


def test_only_what_comes_nearer_bit_by_bit_has_a_bar(evaluation):
    """A share or a mean is no part of a target that fills with time. Spending is, though none hopes that it rises.

    The others that have a target are named below, so that nothing is left out silently.
    """
    sheets = [evaluation.project.sheet(code) for code in figures.progress(evaluation).data["indicator"]]
    assert {sheet.measure for sheet in sheets} <= {"count", "sum", "people"}
    assert {sheet.direction for sheet in sheets} == {"increase", "none"}
    targets = {target.indicator for target in evaluation.project.targets if target.period == "LOP"}
    others = targets - {sheet.code for sheet in sheets}
    assert others and f": {', '.join(in_order(others))}." in " ".join(figures.progress(evaluation).notes)


def test_the_quarter_of_the_period_is_orange(evaluation):
    """Thirteen quarters, of which the last is the reporting period."""
    axes = drawn(figures.headlines(evaluation))[0]
    colours = [tuple(colour) for colour in axes.collections[0].get_facecolors()]
    assert colours == [to_rgba(BLUE)] * 12 + [to_rgba(ORANGE)]


def test_an_axis_of_numbers_begins_at_nothing_and_separates_thousands(evaluation):
    """Participants are counted in thousands; a share's axis is of all hundred per cent."""
    sheets = [evaluation.project.sheet(code) for code in figures.headlines(evaluation).data["indicator"].unique()]
    for axes, sheet in zip(drawn(figures.headlines(evaluation)), sheets, strict=True):
        assert axes.get_ylim()[0] == 0
        assert sheet.measure != "share" or axes.get_ylim()[1] == 100
        if sheet.code == "1.2":
            labels = [label.get_text() for label in axes.get_yticklabels()]
            assert "8,000" in labels and not [label for label in labels if len(label) > 3 and "," not in label]


def test_an_image_is_as_large_as_its_bars_and_notes_need(evaluation):
    """As wide as the page; higher by a line for each line of the title and of the notes."""
    chart = figures.breakdown(evaluation, "1.3", "topic")
    image = Image.open(BytesIO(chart.png()))
    assert image.width == int(WIDTH * DPI)
    assert image.height == int((chart.height + layout.height(1, TITLE) + layout.height(1, NOTE)) * DPI)


def test_an_area_without_indicators_says_so(tmp_path):
    """Its page is made all the same: a figure that says that there is nothing to draw, tables without rows."""
    folder = milestones.write(tmp_path / "p")
    with (folder / "project.toml").open("a", encoding="utf-8") as file:
        file.write('[[areas]]\ncode = "new"\nname = "New"\npurpose = "To come."\n')
    evaluation = evaluate("FY2014Q1", folder)
    chart = figures.quarters(evaluation, "new")
    assert "no indicator of which quarters can be drawn" in chart.alt and chart.png()
    assert (
        figures.breakdowns(evaluation, "new").charts == () and tables.tracking(evaluation, "new").tables[0].rows == ()
    )
    assert narrative.area(evaluation, "new").plain == "To come."
    assert "no reference sheet" in tables.reference_sheets(evaluation, "new")._repr_mimebundle_()["text/plain"]


def test_a_quarter_whose_records_did_not_come_is_a_gap_that_says_so(tmp_path):
    """No events were sent for the last quarter: no bar, no 0, and the status stands in the gap and in the words."""
    folder = copied(tmp_path / "data")
    listed = folder / "deliveries.csv"
    lines = listed.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if ",FY2015Q1," not in line or line.split("/")[1] != "events"]
    listed.write_text("".join(kept), encoding="utf-8")
    chart = figures.headlines(evaluate("FY2015Q1", folder))
    last = chart.data[(chart.data["indicator"] == "1.1") & (chart.data["quarter"] == "FY2015Q1")]
    assert last["status"].tolist() == ["not received"] and last["value"].isna().all()
    panel = next(axes for axes in drawn(chart) if axes.get_title().startswith("1.1"))
    gap = [(text.get_text(), text.get_position()) for text in panel.texts]
    assert gap == [("not received", (12, 0))]  # the thirteenth quarter
    heights = [bar.get_extents().height for bar in panel.collections[0].get_paths()]
    assert heights[-1] == 0 and min(heights[:-1]) > 0
    assert "FY2015Q1 not received" in chart.alt
