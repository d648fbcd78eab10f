"""All tables are of one template: regions that a keyboard can move, groups, shorthand, and no column twice."""

import re

import pytest

from ctanalysis import tables
from ctanalysis.formats.shorthand import RANGE, SMALL, words
from ctanalysis.language import Speech
from ctanalysis.tables import Table
from ctanalysis.tables.lines import EXPECTED_BY, LACKING
from ctanalysis.tables.shorthand import SHORT, explained, meanings, shortened
from tests.conftest import evaluated


def test_a_table_is_a_region_that_a_keyboard_can_move():
    """On a phone it is wider than the page: it can be focused, and is named by its caption."""
    html = Table("Caption", ("A", "B"), (("x", "1"),)).html
    [name] = re.findall(r'<div class="scroll" role="region" tabindex="0" aria-labelledby="(\w+)">', html)
    assert f'<caption id="{name}">Caption</caption>' in html


def test_two_tables_of_a_page_are_called_differently():
    one, other = (Table("Caption", ("A", "B"), (("x", number),)) for number in "12")
    assert one.id != other.id


def test_columns_and_rows_stand_in_groups():
    """A screen reader is told of which group a header is; a group without words has no header at all."""
    rows = (("x", "1", "2", "3"), ("y", "4", "5", "6"))
    spanners, groups = (("", 1), ("Year", 2)), (("First", 1), ("Second", 1))
    html = Table("Caption", ("A", "Unit", "B", "C"), rows, spanners=spanners, groups=groups).html
    assert '<th scope="colgroup" class="spanner" colspan="2">Year</th>' in html
    assert '<td colspan="1"></td>' in html and '<th scope="col" rowspan="2">A</th>' in html
    assert html.count('<th scope="rowgroup" class="group" colspan="4">') == html.count("<tbody>") == 2
    assert not re.search(r"<th[^>]*></th>", html)


def test_numbers_stand_at_their_right_and_words_do_not():
    table = Table("Caption", ("A", "B", "C"), (("x", "about 1,234", "on track"), ("y", "–", "at risk")))
    assert table.numbers == (False, True, False)
    assert not any(Table("Caption", ("A", "B"), (("x", "1"),), numeric=False).numbers)


def test_what_is_withheld_or_not_received_is_shorthand_that_is_explained_once():
    """In brackets; what it means stands below, also as plain text; no other state has a sign that nobody knows."""
    table = Table("Caption", ("A", "B"), (("x", "withheld"), ("y", "not received"), ("z", "withheld"), ("w", "12")))
    for text in (table.html, table.plain):
        assert text.count("[w] withheld to protect people, and not zero.") == 1
        assert text.count("[n] not received: due, and not delivered.") == 1
    assert '<td class="number">[w]</td>' in table.html and "withheld</td>" not in table.html
    assert Table("Caption", ("A", "B"), (("x", "12"),)).every_note == ()


def test_shorthand_is_that_of_the_workbook_and_of_no_other_sign():
    """One sign means one thing in pages, figures and workbooks; those of the tracking table are others."""
    assert {*SHORT.values(), SMALL, RANGE} == {*words(Speech())} and len({*SHORT.values()}) == len(SHORT)
    assert not {LACKING, *EXPECTED_BY.values()} & {*words(Speech())}
    assert [*meanings()] == [*SHORT.values()]
    assert shortened("fewer than 10") == "fewer than 10" and shortened("withheld") == "[w]"
    assert explained(["12", "[n]", "about 5 [n]"]) == (meanings()["[n]"],)


@pytest.mark.parametrize("area", [None, "prevention"])
def test_in_a_first_quarter_the_year_to_date_stands_once(area):
    """It is that quarter; in a later one both are there."""
    first = tables.tracking(evaluated("FY2015Q1"), area).tables[0]
    assert first.header[2:4] == ("FY2015Q1", "Target FY2015") and not any("to date" in text for text in first.header)
    later = tables.tracking(evaluated("FY2014"), area).tables[0]
    assert later.header[2:7] == ("FY2014Q1", "FY2014Q2", "FY2014Q3", "FY2014Q4", "FY2014 to date")
    for table in (first, later):
        assert sum(columns for _, columns in table.spanners) == len(table.header) - 1
        assert {len(row) for row in table.rows} == {len(table.header)}


@pytest.mark.long
def test_no_two_columns_of_the_tracking_table_are_the_same():
    for period in ("FY2015Q1", "FY2012Q1", "FY2014"):
        for table in tables.tracking(evaluated(period)).tables[:2]:
            columns = [*zip(*table.rows, strict=True)]
            numbers = [column for column in columns if any(cell[:1].isdigit() for cell in column)]
            assert len(set(numbers)) == len(numbers)


def test_the_rows_of_all_areas_stand_under_their_names():
    table = tables.tracking(evaluated("FY2015Q1")).tables[0]
    names = [area.name for area in evaluated("FY2015Q1").project.facts.areas]
    assert [name for name, _ in table.groups] == names and sum(many for _, many in table.groups) == len(table.rows)
    assert tables.tracking(evaluated("FY2015Q1"), "prevention").tables[0].groups == ()


def test_what_is_withheld_as_a_whole_is_one_line():
    """Not a table for each that says "every category: withheld"; the reason is that of the narrative."""
    stack = tables.breakdowns(evaluated("FY2015Q1"), "prevention")
    assert not any(table.rows[0][0] == "Every category" for table in stack.tables)
    [line] = [note for note in stack.notes if note.startswith("No table of")]
    assert "before the event by age group" in line and "after the event by age group" in line
    assert line.count("the shares of a breakdown are told together") == 1


def test_a_number_never_stands_under_per_cent_or_points():
    """How many got better is a number of answers; the gain of all is none of them, and stands elsewhere."""
    table = tables.breakdown(evaluated("FY2015Q1"), "1.7", "change")
    assert table.header == ("Change", "Number") and [row[0] for row in table.rows] == [
        "got better",
        "stayed",
        "got worse",
    ]
    for area in ("prevention", "protection", "cooperation"):
        for one in tables.breakdowns(evaluated("FY2014"), area).tables:
            if one.header[1] == "Per cent":
                assert all("%" in row[1] or not any(map(str.isdigit, row[1])) for row in one.rows), one.caption
