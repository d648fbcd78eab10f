"""Where a number is from a part of its records, a comparison with it says so, at the side that it is of.

January to March 2014    14 rows of 7, and one without an amount: 98
April to June 2014       12 rows of 9: 108
"""

import pytest

from ctanalysis import evaluate, figures, narrative
from tests.generators import small

SUM = 'measure = "sum"\ntable = "rows"\ndate = "day"\ncolumn = "amount"'
FULL = {"01": ["7"] * 14, "04": ["9"] * 12}
LACK = "from {} of {} records; of 1 the amount is not recorded"


def told(folder, amounts, calculation=SUM, disclosure="open"):
    """The evaluation of FY2014Q3. amounts: by month of 2014, those of its rows; "-" for none."""
    rows = [
        f"2014-{month}-05 {amount} P{month}{number}"
        for month, given in amounts.items()
        for number, amount in enumerate(given)
    ]
    small.write(folder, "\n".join(["day amount person", *rows]), calculation, disclosure=disclosure)
    return evaluate("FY2014Q3", folder)


def begins(now):
    """The main point of what was counted, and what the headlines hold it beside."""
    return "\n".join(section(now).plain for section in (narrative.points, narrative.headlines))


def test_the_side_before(tmp_path):
    """98 is from 14 of 15 records: it stands beside 98, inside the comparison, and nowhere else."""
    said = begins(told(tmp_path / "p", FULL | {"01": [*FULL["01"], "-"]}))
    assert (
        f"Beside January–March 2014. Things counted (98; {LACK.format(14, 15)}): too few to tell from chance." in said
    )
    assert said.count("not recorded") == 1 and "rows" not in said


def test_the_side_now(tmp_path):
    """108 is from 12 of 13: it stands beside what was counted now."""
    said = begins(told(tmp_path / "p", FULL | {"04": [*FULL["04"], "-"]}))
    assert f"108 things were counted ({LACK.format(12, 13)}) (" in said
    assert "Beside January–March 2014. Things counted (98): too few to tell from chance." in said
    assert said.count("not recorded") == 1


def test_both_sides_and_where_nothing_changed(tmp_path):
    """12 times 9 in both quarters, each with one more row without its amount: the same, and both say it."""
    said = begins(told(tmp_path / "p", {"01": [*FULL["04"], "-"], "04": [*FULL["04"], "-"]}))
    assert said.count(LACK.format(12, 13)) == 2
    assert f"Things counted (108; {LACK.format(12, 13)})" in said


def test_where_nothing_is_missing_nothing_is_said(tmp_path):
    now = told(tmp_path / "p", FULL)
    assert "Beside January–March 2014. Things counted (98):" in begins(now) and "record" not in begins(now)
    assert not any("a part of the records" in note for note in figures.headlines(now).charts[0].notes)


@pytest.mark.parametrize(("month", "quarter"), [("01", "FY2014Q2"), ("04", "FY2014Q3")])
def test_a_chart_of_quarters_names_the_quarter(tmp_path, month, quarter):
    """Bars stand side by side: which of them is from a part of its records stands below, and in the words of it."""
    [chart] = figures.headlines(told(tmp_path / "p", FULL | {month: [*FULL[month], "-"]})).charts
    note = f"x: what is drawn of {quarter} is from a part of the records."
    assert note in chart.notes and note in chart.html


def test_of_people_no_number_of_records_is_compared(tmp_path):
    """How many people's records lack something may be a cell of a breakdown: neither side says it."""
    now = told(tmp_path / "p", FULL | {"01": [*FULL["01"], "-"]}, disclosure="victims")
    assert "of 15" not in begins(now) and "not recorded" not in begins(now)
    assert not any("a part of the records" in note for note in figures.headlines(now).charts[0].notes)
