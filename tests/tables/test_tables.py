"""The tables: accessible, escaped, and of the same numbers as the values."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from ctanalysis import narrative, tables
from ctanalysis.analysis.tracking import track
from ctanalysis.project.csv_files import Aim
from ctanalysis.tables import Table
from tests.conftest import evaluated


@pytest.fixture(scope="module")
def evaluation():
    """Here: of a fiscal year."""
    return evaluated("FY2014")


def test_a_table_has_a_caption_and_scopes():
    """A screen reader is told what the table is and which header each cell belongs to."""
    html = Table("Caption", ("A", "B"), (("x", "1"),), ("Note",)).html
    assert ">Caption</caption>" in html
    assert html.count('scope="col"') == 2 and html.count('scope="row"') == 1


def test_texts_are_escaped():
    """A name with markup in it comes out as text, in every place of a table."""
    hostile = '<img src=x onerror="alert(1)">'
    html = Table(hostile, (hostile, hostile), ((hostile, hostile),), (hostile,)).html
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append(tag)
    parser.feed(html)
    assert "img" not in found
    assert html.count("&lt;img") == 6


def test_a_breakdown_is_of_the_values(evaluation):
    """The numbers in a table are those of the values, in words; of how many it is recorded, and the total."""
    table = tables.breakdown(evaluation, "2.2", "sex", "period")
    assert table.caption.endswith("by sex, October 2013–September 2014\N{NO-BREAK SPACE}[u]")
    assert table.rows == (
        ("female", "about 30", "21", "37"),
        ("male", "about 30", "21", "37"),
        ("recorded", "58", "–", "–"),
        ("not recorded", "2", "–", "–"),
        ("Total", "60", "–", "–"),
    )
    assert table.header == ("Sex", "People", "At least", "At most")
    assert table.notes[0] == NEAREST


NEAREST = (
    "“About” is a number to the nearest 10; of a year it is the difference of two such numbers. Categories need not "
    "add up."
)


def test_a_range_is_shown_as_one_and_says_why():
    """In the first year nothing was told before: ranges, and "fewer than", which follow from totals alone."""
    table = tables.breakdown(evaluated("FY2012"), "2.2", "sex", "period")
    assert table.rows[:2] == (("female", "18–27", "18", "27"), ("male", "fewer than 10", "0", "9"))
    assert table.notes[0].startswith("A range, or fewer than 10, is told until at least 10 more people stand on either")
    to_date = tables.breakdown(evaluated("FY2014"), "2.2", "sex", "project to last year end")
    assert to_date.notes[0] == NEAREST


def test_how_to_read_tables_stands_once_above_them():
    """Not under each of ten tables; a caveat is marked at its own table."""
    stack = tables.breakdowns(evaluated("FY2014"), "protection")
    assert stack.notes[0] == NEAREST and stack.notes[1].startswith("A range, or fewer than 10, is told until")
    assert not any(note in table.notes for table in stack.tables for note in stack.notes)
    words = stack._repr_mimebundle_()
    for kind in ("text/html", "text/plain"):
        assert words[kind].count("It follows from what was told before") == words[kind].count("to the nearest 10") == 1
    assert stack.tables[-1].notes == () and stack.tables[-1].caption.endswith("\N{NO-BREAK SPACE}[u]")


def test_a_share_that_is_withheld_says_by_which_rule():
    """Of all age groups or of none: not that a small number could be worked out from the total."""
    table = tables.breakdown(evaluated("FY2015Q1"), "1.4", "age_group")
    assert table.rows[0][:2] == ("Every category", "withheld")
    assert table.notes[0].startswith("The whole breakdown is withheld: at least one of its shares would rest on")
    words = narrative.area(evaluated("FY2015Q1"), "prevention").plain
    assert "By age group: withheld, because at least one of its shares would rest on too few people, and" in words


def test_a_range_below_its_target_says_so():
    """Of 31 plans 64 to 75 per cent, of which 76 were to be completed: below, whatever it is; of 70 nothing is said."""
    found = evaluated("FY2013")
    assert targeted(found, 0.76) == "below it" and targeted(found, 0.75) == "–"
    assert targeted(found, 0.63) == "above it" and targeted(found, 0.70) == "–"


def targeted(evaluation, number):
    """How 2.6 stands against another target of the year."""
    change = [
        one.model_copy(update={"target": Aim(level=number)}) if one.indicator == "2.6" else one
        for one in evaluation.project.targets
    ]
    project = replace(evaluation.project, targets=tuple(change))
    tracked = track(evaluation.protected_values, project, evaluation.period)
    year = tables.tracking(replace(evaluation, project=project, protected_tracking=tracked), "protection").tables[0]
    [row] = [dict(zip(year.header, row, strict=True)) for row in year.rows if row[0].startswith("2.6")]
    assert row["FY2013 to date"] == "64–75%"
    return row["% of target"]


def test_a_year_s_number_that_may_be_none_is_not_about_nothing(evaluation):
    """40 to the end of one year and 40 to the end of the next: at most 9 came between."""
    frame = evaluation.protected_values.values
    place = (frame["indicator"] == "2.2") & (frame["category"] == "male") & (frame["horizon"] == "period")
    same = frame.assign(
        value=frame["value"].mask(place, 0.0), low=frame["low"].mask(place, 0), high=frame["high"].mask(place, 9)
    )
    changed = replace(evaluation, protected_values=evaluation.protected_values.derive(lambda _: same))
    assert {row[0]: row[1] for row in tables.breakdown(changed, "2.2", "sex", "period").rows}["male"] == "at most 9"


def test_a_breakdown_of_which_nothing_is_told_is_one_row(evaluation):
    """Its table says that, and that no number decided it; the total is told."""
    table = tables.breakdown(evaluation, "2.2", "age_group", "project to date")
    assert table.caption.endswith("by age group in detail, October 2011–September 2014\N{NO-BREAK SPACE}[u]")
    assert table.rows == (("Every category", "not told"), ("Total", "133"))
    assert table.notes[0].startswith("Of these days it is not told: for which it is follows from the policy alone")


def test_only_what_is_told_stands_on_a_page():
    """Of people who were trafficked each told breakdown, for the year and to date, and no table without any."""
    told = tables.breakdowns(evaluated("FY2015Q1"), "protection").tables
    assert len(told) == 10 and all(len(table.rows) > 3 for table in told)
    assert not any(cell in ("withheld", "not told") for table in told for row in table.rows for cell in row)
    first = tables.breakdowns(evaluated("FY2012Q2"), "protection")
    assert first.tables == () and first.empty.startswith("These results are broken down to the end of each fiscal year")


def test_what_is_told_of_years_only_is_said_in_the_tracking_table():
    """A share that waits, and people counted anew: told at a year's end, or of no such days; a note says of which."""
    year, table = tables.tracking(evaluated("FY2015Q1"), "protection").tables
    rows, life = ({row[0][:3]: row for row in one.rows} for one in (year, table))
    assert {of[code][place] for of, place in ((rows, 2), (life, 4)) for code in ("2.3", "2.6")} == {"at year's end"}
    assert rows["2.7"][2] == "at year's end" and life["2.7"][4] == "not told to date"
    assert "2.6: told for fiscal years, and of the project to the end of each." in table.notes
    assert "2.7: told of each fiscal year by itself, and not to date." in table.notes
    assert "2.3: told for fiscal years, and of the project to the end of each." in table.notes
    assert not any(
        "withheld" in words for words in (*table.notes, *(cell for row in (*year.rows, *table.rows) for cell in row))
    )
    first = {row[0][:3]: row for row in tables.tracking(evaluated("FY2012"), "protection").tables[1].rows}
    assert first["2.6"][4] == "not yet told"


def test_after_a_correction_a_breakdown_says_that_it_need_not_add_up(evaluation):
    """The total is corrected; those who stand in the breakdown stay."""
    frame = evaluation.protected_values.values
    total = (frame["indicator"] == "2.2") & (frame["disaggregation"] == "total")
    less = frame.assign(value=frame["value"].mask(total, frame["value"] - 1))
    changed = replace(evaluation, protected_values=evaluation.protected_values.derive(lambda _: less))
    [note] = [one for one in tables.breakdown(changed, "2.2", "sex").notes if one.startswith("Nobody leaves")]
    assert note not in tables.breakdown(evaluation, "2.2", "sex").notes


def test_tracking_has_every_indicator(evaluation):
    """The tracking table has a row for each indicator, and of one area only its own."""
    for one, own in zip(
        tables.tracking(evaluation).tables, tables.tracking(evaluation, "protection").tables, strict=True
    ):
        assert len(one.rows) == len(evaluation.project.sheets)
        assert all(row[0].startswith("2.") for row in own.rows)


def test_published_and_calculated_agree(evaluation):
    """At the day of the fact sheet the records give the published figures, and the hedges stay."""
    rows = tables.published(evaluated("FY2015Q1")).tables[0].rows
    assert (
        tables.published(evaluation)._repr_mimebundle_()["text/plain"]
        == "No published figure is of a day up to the end of this period."
    )
    assert [row[2:5] for row in rows] == [
        ("nearly 935", "935", "the records are consistent with it"),
        ("over 117,535", "117,535", "the records are consistent with it"),
        ("13,394", "13,394", "the same"),
        ("149", "149", "the same"),
    ]


def test_every_sheet_is_printed_with_its_calculation(evaluation):
    """Each reference sheet is in the annex with all fields, and says its calculation from the calculation itself."""
    printed = tables.reference_sheets(evaluation).tables
    assert [table.caption.split()[0] for table in printed] == [sheet.code for sheet in evaluation.project.sheets]
    for table in printed:
        fields = [row[0] for row in table.rows]
        for needed in (
            "Precise definition",
            "Unit of measure",
            "Data type",
            "Disaggregated by",
            "Rationale",
            "Data source",
            "Method of data collection",
            "Reporting frequency",
            "Responsible",
            "Baseline",
            "Rationale for targets",
            "Previous data quality assessments",
            "Next data quality assessment",
            "Known limitations",
            "Changes to the indicator",
            "Sheet last updated",
            "Calculated as",
        ):
            assert needed in fields


def test_a_sheet_names_its_coarse_and_its_fine_categories_apart(evaluation):
    """By the broad groups, and in detail: one title twice would read as a slip."""
    printed = {table.caption.split()[0]: dict(table.rows) for table in tables.reference_sheets(evaluation).tables}
    assert printed["2.2"]["Disaggregated by"] == "sex; age group; age group in detail"
    assert printed["2.5"]["Disaggregated by"] == "nothing"


def test_a_changed_calculation_changes_what_is_printed(evaluation):
    """Leave a service out of the sheet and the printed calculation leaves it out: the two cannot part."""
    from ctanalysis.tables.in_words import calculation_in_words

    sheet = evaluation.project.sheet("2.2")
    where = dict(sheet.calculation.where)
    where["service"] = where["service"].model_copy(update={"among": where["service"].among[1:]})
    changed = sheet.model_copy(update={"calculation": sheet.calculation.model_copy(update={"where": where})})
    assert "social care" in calculation_in_words(evaluation.project, sheet)
    assert "social care" not in calculation_in_words(evaluation.project, changed)


def test_tables_have_no_randomness(evaluation):
    """A table's HTML is the same each time; what its caption is called follows from what it holds."""
    html = [tables.states(evaluation).html for _ in range(2)]
    assert html[0] == html[1] and len(re.findall(r"\bid=", html[0])) == 1


def test_a_caveat_is_marked_and_leads_to_the_list(evaluation):
    """Where an indicator's data failed a data quality standard, its name bears a mark in every table of several, and
    the mark leads to the list of the page, which says which.
    """
    for table in (tables.tracking(evaluation).tables[-1], tables.completeness(evaluation)):
        marked = {row[0].split()[0] for row in table.rows if row[0].endswith("\N{NO-BREAK SPACE}[u]")}
        assert marked == {row[0].split()[0] for row in table.rows} & set(evaluation.caveats) and marked
        assert table.html.count('href="#caveats"') == sum(
            row[0].endswith("\N{NO-BREAK SPACE}[u]") for row in table.rows
        )
        assert not any("standard" in note for note in table.notes)
    assert tables.breakdown(evaluation, "1.3", "topic").caption.endswith("\N{NO-BREAK SPACE}[u]")
    assert "[u]" not in tables.breakdown(evaluation, "1.1", "oblast").html


def test_about_is_of_the_numbers_behind_a_share():
    """A share or a gain is no number to the nearest five: it is calculated from such."""
    evaluation, of_numbers = evaluated("FY2014"), "“About” is calculated from numbers to the nearest 5."
    for code in ("1.4", "1.5", "1.7"):
        notes = tables.breakdown(evaluation, code, "sex").notes
        assert of_numbers in notes and not any("is a number to the nearest" in note for note in notes)
    assert any("is a number to the nearest 5" in note for note in tables.breakdown(evaluation, "1.3", "sex").notes)
    assert any("is a number to the nearest 5" in note for note in tables.breakdown(evaluation, "1.7", "change").notes)


def test_a_heading_keeps_its_capital_letters():
    """US dollars, and not Us dollars."""
    assert tables.breakdown(evaluated("FY2014"), "4.1", "line").header == ("Budget line", "US dollars")
