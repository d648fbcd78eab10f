"""Cards: a project, an indicator, a period, values and findings as people read them, light, dark and in a terminal."""

import re
from html.parser import HTMLParser

import pytest

from ctanalysis.base.cards import Card
from ctanalysis.periods import Calendar
from tests.conftest import evaluated


class Read(HTMLParser):
    """The cells of a card, with their classes, and whether every tag that opens is closed."""

    def __init__(self, html):
        super().__init__()
        self.open, self.cells, self.text = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.kind = dict(attrs).get("class", "")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "td":
            self.cells.append((self.kind, data))
        elif self.open and self.open[-1] != "style":
            self.text.append(data)


def shown(thing):
    read = Read(thing._repr_html_())
    assert read.open == []
    return read


@pytest.fixture
def things(p):
    """One of each."""
    return {
        "project": p,
        "indicators": p.indicators,
        "indicator": p.indicator("1.3"),
        "period": p.period(),
        "values": p.values("1.2", by=("sex", "age_group")),
        "findings": p.findings(),
        "a finding": p.findings(rank=1),
        "tracking": p.track(),
        "pathway": p.pathway(),
        "comparison": p.compare("1.3", "FY2015Q1", "FY2014Q1"),
    }


def test_everything_shows_itself_in_both_ways(things):
    """As a card whose colours follow the theme, and as text without any tag or NaN."""
    for name, thing in things.items():
        html, text = thing._repr_html_(), str(thing) if name == "period" else repr(thing)
        assert "prefers-color-scheme: dark" in html and "var(--jp-ui-font-color1" in html, name
        assert shown(thing).text and "<" not in text and not re.search(r"\bnan\b", text + html, re.I), name


def test_a_sentence_and_a_figure_are_words_in_a_terminal(p):
    """In plain Python no markup, and of a figure its numbers."""
    sentence, figure = repr(p.sentence("1.7", "FY2015Q1")), repr(p.plot("1.3", every="year"))
    assert sentence.startswith("1.7 Gain in awareness of the risks\n") and "<" not in sentence
    assert figure.startswith("1.3 Hotline consultations") and "5,249" in figure and "Drawing(" not in figure


def test_numbers_are_told_as_reports_tell_them(p):
    """About, fewer than, ranges; and never a bare rounded number."""
    text = repr(p.values("1.3", by="oblast", period="FY2012Q1"))
    assert "about 30" in text and "fewer than 5" in text and "30.0" not in text
    assert "18–27" in repr(p.values("2.2", by="sex", every="year"))
    assert "about 46%" in repr(p.values("1.4", by="sex", period="FY2015Q1"))


def test_what_is_not_told_looks_so_and_says_why(p):
    """In its own class, and the reason and the way stand below."""
    card = shown(p.values("2.2", by="sex", period="FY2015Q1"))
    assert {kind for kind, text in card.cells if text.startswith("not told")} == {"untold"}
    notes = " ".join(card.text)
    assert "follows from the policy alone" in notes and 'horizon="last fiscal year"' in notes


def test_a_caveat_and_the_notice_stand_once(p):
    """However many numbers carry the mark."""
    text = repr(p.values("1.3", by="oblast", every="quarter"))
    assert text.count("did not meet the standard") == 1 and text.count("[u]") > 2
    assert text.count("Synthetic records.") == 1


def test_a_period_says_its_days():
    """And what it is."""
    calendar: Calendar = evaluated("FY2015Q1").project.calendar
    text = " ".join(shown(calendar.parse("FY2015Q1")).text)
    assert "FY2015Q1" in text and "2014-10-01 to 2014-12-31" in text and "quarter" in text


def test_texts_are_escaped():
    """A name with a tag in it is text."""
    html = Card("<b>", ("a", "b"), (("<i>", "<script>"),), ("<u>",), ("<p>",)).html
    assert not re.search(r"<(b|i|u|script)>", html) and "&lt;script&gt;" in html


def test_plain_columns_stand_below_each_other():
    """Each as wide as its widest text."""
    lines = Card("T", ("Name", "N"), (("a", "1"), ("longer", "22"))).plain.splitlines()
    assert lines == ["T", "Name    N", "a       1", "longer  22"]
