"""The tables: accessible, escaped, and of the same numbers as the values."""

import re
from html.parser import HTMLParser

import pytest

from ctanalysis import tables
from ctanalysis.tables import Table
from tests.conftest import evaluated


@pytest.fixture(scope="module")
def evaluation():
    """Here: of a fiscal year."""
    return evaluated("FY2014")


def test_a_table_has_a_caption_and_scopes():
    """A screen reader is told what the table is and which header each cell belongs to."""
    html = Table("Caption", ("A", "B"), (("x", "1"),), ("Note",)).html
    assert "<caption>Caption</caption>" in html
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
    """The numbers in a table are those of the values, with what is not told said in words."""
    table = tables.breakdown(evaluation, "2.2", "exploitation", "period")
    told = {row[0]: row[1] for row in table.rows}
    values = evaluation.by("2.2", "exploitation").set_index("category")
    for category, row in values.iterrows():
        assert told[category] == (f"about {row['value']:,.0f}" if row["status"] == "rounded" else "fewer than 10")
    assert told["Total"] == "60"
    hidden = (values["status"] == "fewer than 10").sum()
    assert f"{hidden} numbers are withheld to protect people; withheld is not zero." in table.notes


def test_a_breakdown_of_which_nothing_is_told_is_one_row(evaluation):
    """Its table says that, and why, in place of a row for each category that says withheld; the total is told."""
    table = tables.breakdown(evaluation, "2.2", "oblast", "project to date")
    assert table.rows == (("Every category", "withheld"), ("Total", "133"))
    assert table.notes[0] == "10 numbers are withheld to protect people; withheld is not zero."
    assert table.notes[1].startswith("The whole breakdown is withheld: beside the breakdowns that are told")


def test_tracking_has_every_indicator(evaluation):
    """The tracking table has a row for each indicator, and of one area only its own."""
    assert len(tables.tracking(evaluation).rows) == len(evaluation.project.sheets)
    assert all(row[0].startswith("2.") for row in tables.tracking(evaluation, "protection").rows)


def test_published_and_calculated_agree(evaluation):
    """At the day of the fact sheet the records give the published figures, and the hedges stay."""
    rows = tables.published(evaluated("FY2015Q1")).tables[0].rows
    assert (
        tables.published(evaluation)._repr_mimebundle_()["text/plain"]
        == "No published figure is of a day up to the end of this period."
    )
    assert [row[2:5] for row in rows] == [
        ("nearly 935", "935", "none"),
        ("over 117,535", "117,535", "none"),
        ("13,394", "13,394", "none"),
        ("149", "149", "none"),
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


def test_a_changed_calculation_changes_what_is_printed(evaluation):
    """Leave a service out of the sheet and the printed calculation leaves it out: the two cannot part."""
    from ctanalysis.tables.sheets import calculation_in_words

    sheet = evaluation.project.sheet("2.2")
    where = dict(sheet.calculation.where)
    where["service"] = where["service"].model_copy(update={"among": where["service"].among[1:]})
    changed = sheet.model_copy(update={"calculation": sheet.calculation.model_copy(update={"where": where})})
    assert "social care" in calculation_in_words(evaluation.project, sheet)
    assert "social care" not in calculation_in_words(evaluation.project, changed)


def test_tables_have_no_ids_and_no_randomness(evaluation):
    """A table's HTML is the same each time."""
    html = [tables.states(evaluation).html for _ in range(2)]
    assert html[0] == html[1] and not re.search(r"\bid=", html[0])


def test_a_caveat_is_marked_and_stands_below(evaluation):
    """Where an indicator's data failed a data quality standard, its name bears a mark in every table of several,
    and the note says which.
    """
    for table in (tables.tracking(evaluation), tables.completeness(evaluation)):
        marked = {row[0].split()[0] for row in table.rows if row[0].endswith(" †")}
        assert marked == {row[0].split()[0] for row in table.rows} & set(evaluation.caveats) and marked
        assert all(
            any(note.startswith("† ") and code in note and evaluation.caveats[code] in note for note in table.notes)
            for code in marked
        )
    assert tables.breakdown(evaluation, "1.3", "topic").notes[-1] == f"{evaluation.caveats['1.3']}."
