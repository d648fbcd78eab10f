"""A figure as SVG: its text is text, whoever cannot see it is told what it says, and nothing in it does harm."""

import re
from functools import partial
from html import unescape
from xml.etree import ElementTree

import pandas as pd
import pytest

from ctanalysis import figures
from ctanalysis.figures.breakdowns import draw_rows
from ctanalysis.figures.chart import MOST, Chart, limited
from ctanalysis.figures.rows import Part, Row, Scale
from ctanalysis.language import Speech
from tests.conftest import evaluated
from tests.figures.seen import SVG, charts, first, texts

HOSTILE = '<script>alert(1)</script> & "quotes" \u202e ңөү 👩 =1+1'
PERIODS = ("FY2012Q1", "FY2015Q1", "FY2014")


ROW = Row("first", "12", (Part(0, 1),))


def chart(name="n", title="Title", shown=(ROW,)):
    draw = partial(draw_rows, shown=shown, scale=Scale(0, 1))
    return Chart(name, title, f"{title}. Words.", pd.DataFrame({"n": [12]}), 60, draw)


@pytest.mark.few(1)
@pytest.mark.parametrize("period", PERIODS)
def test_every_figure_of_a_report(period):
    """It has a message, a text of at most sixty words that begins with it, its data in words, and a source."""
    found = charts(evaluated(period))
    assert len({one.name for one in found}) == len(found)
    for one in found:
        assert 3 <= len(one.title.split()) <= 16, one.title
        assert one.alt.startswith(one.title) and len(one.alt.split()) <= MOST
        drawing = ElementTree.fromstring(one.svg())
        assert drawing.get("role") == "img" and drawing.get("aria-label") == one.alt
        assert one.height <= 760 and float(drawing.get("height")) == pytest.approx(one.height, abs=0.01)
        assert one.below and "Synthetic records." in one.below[-1]
        assert "nan" not in one.plain.lower().replace("finan", "") and "None" not in one.plain


def test_the_words_of_a_drawing_are_words():
    """They can be searched and copied, and are in letters that every system has, with ң, ө and ү."""
    assert texts(chart()) == ["first", "12"]
    assert set(re.findall(r"font-family: ([^;]*)", chart().svg())) == {
        "Arial, 'Liberation Sans', 'Noto Sans', 'DejaVu Sans', sans-serif"
    }


@pytest.mark.long
def test_several_can_stand_in_one_page():
    """No name is used twice, nothing is styled beyond the drawing, and no host is asked for anything."""
    every = [one.svg() for one in charts(evaluated("FY2015Q1"))]
    names = [name for one in every for name in re.findall(r' id="([^"]*)"', one)]
    assert len(names) == len(set(names))
    for one in every:
        assert "<style" not in one and "<metadata" not in one and "<script" not in one
        assert not re.findall(r"https?://(?!www\.w3\.org/(?:2000/svg|1999/xlink))", one)


def test_text_that_would_do_harm_is_text():
    """In a name, a label and a title: nothing but letters comes out, in the drawing and in the figure around it."""
    one = chart(title=HOSTILE, shown=(Row(HOSTILE, HOSTILE, (Part(0, 1),)),))
    drawing = ElementTree.fromstring(one.svg())
    assert (
        not list(drawing.iter(f"{SVG}script")) and "".join(texts(one)).replace(" ", "") == HOSTILE.replace(" ", "") * 2
    )
    assert "<script" not in one.html and HOSTILE in unescape(one.html)


def test_the_same_data_gives_the_same_bytes():
    assert chart().svg() == chart().svg() and chart().png() == chart().png()
    assert not re.search(r"20\d\d-\d\d-\d\d|matplotlib", chart().svg().lower())


def test_a_figure_has_its_data_as_a_table_that_folds():
    html = first(figures.headlines(evaluated("FY2015Q1"))).html
    assert html.count("<details>") == html.count("<summary>The data of this figure</summary>") == 1
    assert re.search(r"<figcaption><strong>.+</strong>", html) and html.index("<figcaption>") < html.index("<svg")
    assert '<th scope="row">FY2015Q1</th>' in html and "14,814" in html


def test_a_text_that_is_too_long_ends_behind_a_whole_part():
    words = ", ".join(f"part {number}" for number in range(60))
    assert limited("One. Two.", Speech()) == "One. Two."
    assert len(limited(words, Speech()).split()) <= MOST and re.search(
        r"part \d+, and more in the table\.$", limited(words, Speech())
    )
