"""Where only some were asked, a share says of how many all: 255 answered, of 14,814 attendances.

October to December 2014    4 of 40 attendances have a questionnaire; 3 of the 4 know the risks
"""

import pytest

from ctanalysis import Refused, evaluate, narrative, tables
from ctanalysis.project import load
from tests.conftest import evaluated
from tests.generators import small

SHARE = (
    'measure = "share"\nasked_of = "{}"\n[calculation.denominator]\nmeasure = "count"\ntable = "rows"\n'
    'date = "day"\nwhere = {{ done = {{ present = true }} }}\n[calculation.numerator]\nwhere = {{ done = true }}'
)
ALL = 'measure = "sum"\ntable = "rows"\ndate = "day"\ncolumn = "amount"'
ROWS = ["2014-10-05 36 -", "2014-10-06 1 false", *["2014-10-07 1 true"] * 3]


def project(folder, asked_of="y", of_all=ALL, calculation=SHARE):
    """A project in which some of those who came were asked, and an indicator that counts all who came."""
    small.write(folder, "\n".join(["day amount done", *ROWS]), calculation.format(asked_of))
    return small.add_sheet(folder, "y", of_all, "Attendances", "attendance", "attendances")


def test_of_how_many_all(tmp_path):
    """3 of the 4 who were asked, of 40; the number of all is the other indicator's, and leads to it."""
    text = narrative.area(evaluate("FY2015Q1", project(tmp_path / "p")), "work")
    assert "(3 of the 4 asked, of 40 things)" in text.plain
    assert '<data value="40" title="indicator y, period (2014-10-01 to 2014-12-31)">40</data>' in text.html


def test_where_all_are_not_told_nothing_is_said_of_them(tmp_path):
    """No attendance has its number: of all there is no number, and it is 3 of 4, as of any share."""
    folder = project(tmp_path / "p")
    path = folder / "records" / "rows.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",36,", ",,").replace(",1,", ",,"), encoding="utf-8")
    words = narrative.area(evaluate("FY2015Q1", folder), "work").plain
    assert "(3 of 4)" in words and "asked" not in words


def test_it_is_printed_in_the_reference_sheet(tmp_path):
    found = evaluate("FY2015Q1", project(tmp_path / "p"))
    [sheet] = [one for one in tables.reference_sheets(found).tables if one.caption.startswith("x ")]
    assert ("Asked", "Only some were asked, of all that indicator y counts (Attendances).") in sheet.rows


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"asked_of": "z"}, "'asked_of': no indicator 'z' counts rows, people or a sum. Those that do: y."),
        ({"asked_of": "x"}, "'asked_of': no indicator 'x' counts rows, people or a sum. Those that do: y."),
        (
            {"calculation": 'measure = "count"\ntable = "rows"\ndate = "day"\nasked_of = "y"'},
            "'asked_of': only a share, mean, median or gain is of those who were asked. Take it out.",
        ),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, given, said):
    with pytest.raises(Refused) as refusal:
        load(project(tmp_path / "p", **given))
    assert f"indicators/x.toml: {said}" in str(refusal.value)


def test_the_shipped_questionnaires():
    """Once among the main points, beside the gain; and at each share in its area."""
    found = evaluated("FY2015Q1")
    assert narrative.points(found).plain.count("255 answered, of 14,814 attendances.") == 1
    words = narrative.area(found, "prevention").plain
    assert "(about 115 of the 255 asked, of 14,814 attendances)" in words
    assert "(about 215 of the 255 asked, of 14,814 attendances)" in words
    assert "(3,560 answered, of 117,535 attendances)" in words
