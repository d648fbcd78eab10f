"""What a page says of rates: of what number they are, of whose residents, and why there is none."""

import pytest

from ctanalysis import evaluate, figures, narrative, tables
from ctanalysis.reports import causes
from ctanalysis.tables.sheets import reference_sheet
from tests.conftest import evaluated
from tests.generators import residents, small

RATE = """measure = "rate"
disaggregate = ["kind"]
[calculation.numerator]
measure = "count"
table = "rows"
date = "day"
"""
KINDS = [
    (year, kind, people) for year in (2013, 2014) for kind, people in (("NA", 10_000), ("|", 20_000), ("007", 30_000))
]


def evaluation_of(folder, numbers, rows=KINDS, disclosure="callers", source=residents.SOURCE):
    """The evaluation of a quarter. numbers: how many rows of each kind."""
    lines = [f"2014-11-01 {kind}" for kind, number in numbers.items() for _ in range(number)]
    folder = small.write(folder, "\n".join(["day kind", *lines]), RATE, disclosure=disclosure)
    return evaluate("FY2015Q1", residents.write(folder, rows, ["kind"], source))


def test_the_table_has_rates_residents_and_how_to_read_them(tmp_path):
    """93 in all: 3 of 10,000 are few; 90 of 30,000 are 300 for each 100,000; of one nothing is recorded."""
    table = tables.breakdown(evaluation_of(tmp_path / "p", {"NA": 3, "007": 90, "-": 1}), "x", "kind")
    assert table.header == ("Kind", "Things", "Residents")
    assert table.rows == (
        ("Namibian", "fewer than 5 in number", "10,000"),
        ("bar", "fewer than 5 in number", "20,000"),
        ("seven", "about 300.0", "30,000"),
        ("not recorded", "no data", "–"),
        ("Total", "156.7", "60,000"),
    )
    assert table.notes[:3] == (
        "“About” is the rate of a number to the nearest 5. Categories need not add up.",
        "Fewer than 5 may be none.",
        "Those not recorded have no rate; they are in the total.",
    )


def test_the_narrative_names_the_highest_and_nobody_not_recorded(tmp_path):
    said = narrative.area(evaluation_of(tmp_path / "p", {"NA": 3, "007": 90, "-": 1}), "work").plain
    assert "156.7 things were counted in October–December 2014" in said
    assert "By kind: seven (about 300.0); fewer than 5 in number each: Namibian, bar." in said
    few = narrative.area(evaluation_of(tmp_path / "few", {"NA": 1, "-": 1}), "work").plain
    assert "By kind: fewer than 5 in number in each of them." in few


def test_where_residents_are_not_known_it_says_so_and_not_that_there_was_nothing(tmp_path):
    found = evaluation_of(tmp_path / "p", {"NA": 30}, [row for row in KINDS if row[0] == 2013])
    said = narrative.area(found, "work").plain
    assert "Things counted: no data (population.csv has no residents of 2014)" in said
    assert "Nothing was counted" not in said
    assert "FY2015Q1" in "".join(tables.tracking(found).tables[0].header)
    assert any("population.csv has no residents of 2014" in note for note in tables.tracking(found).tables[-1].notes)


def test_illustrative_residents_are_said_to_be(tmp_path):
    found = evaluation_of(tmp_path / "p", {"NA": 30}, source="Illustrative: a guess")
    says = "Numbers of residents that are illustrative: all of 2014."
    assert says in tables.breakdown(found, "x", "kind").notes
    assert says in figures.breakdown(found, "x", "kind").plain
    real = evaluation_of(tmp_path / "real", {"NA": 30})
    assert says not in tables.breakdown(real, "x", "kind").notes


def test_a_chart_has_no_bar_for_those_not_recorded(tmp_path):
    chart = figures.breakdown(evaluation_of(tmp_path / "p", {"NA": 30, "007": 90, "-": 9}), "x", "kind")
    assert [*chart.data["category"]] == ["Namibian", "seven", "bar"] and "about 300.0" in chart.plain


@pytest.mark.parametrize("code", ["1.8", "1.9"])
def test_the_shipped_rates_have_a_chart_of_the_oblasts(code):
    """And are no breakdown of which it is said how many were not recorded: that is said of the numbers themselves."""
    found = evaluated("FY2014")
    assert f"{code}-oblast" in [chart.name for chart in figures.breakdowns(found, "prevention").charts]
    assert not any(row[0].startswith(code) for row in tables.completeness(found).rows)


def test_the_words_of_a_sheet_with_digits_are_marked_as_words():
    """So that nobody takes the 100,000 of their name for a value."""
    html = narrative.area(evaluated("FY2014"), "prevention").html
    assert '<span class="label">awareness-raising events per 100,000 residents</span>' in html


def test_a_number_of_residents_that_changed_is_the_reason_of_rates_alone():
    """So that a comparison of two reports names it where a rate differs, and nowhere else."""
    found = causes.of_values({"residents": ["population.csv"]}, evaluated("FY2014").project)
    assert {code for code, kinds in found.items() if kinds} == {"1.8", "1.9"} and found["1.8"] == ["residents"]


def test_how_many_numbers_of_residents_are_illustrative():
    """Of the shipped project all of 2014 but Batken's: eight of nine, in the years that a table is of."""
    notes = tables.breakdown(evaluated("FY2015Q1"), "1.8", "oblast").notes
    assert "Numbers of residents that are illustrative: 8 of the 9 of 2014." in notes
    notes = tables.breakdown(evaluated("FY2014"), "1.8", "oblast").notes
    assert "Numbers of residents that are illustrative: 8 of the 9 of 2013 and 8 of the 9 of 2014." in notes


def test_sources_say_of_whom_they_are():
    """A source of some categories of a year names them; one of most names the others; one of all of it names none."""
    project = evaluated("FY2015Q1").project
    [residents_] = [said for name, said in reference_sheet(project, project.sheet("1.8")).rows if name == "Residents"]
    parts = residents_.split("; ")
    assert "2012: Wikipedia, Administrative divisions of Kyrgyzstan: Population (2012)" in parts
    assert any(part.startswith("2013, 2014 (Batken): populationu.com") for part in parts)
    assert any(part.startswith("2013, 2014 (all but Batken): illustrative: on the straight line") for part in parts)
    assert any(part.startswith("2015 (all but Naryn): Wikipedia, Regions") for part in parts)
    assert any(part.startswith("2015 (Naryn): illustrative") for part in parts)


def test_who_is_not_recorded_is_in_the_rate_of_the_country():
    """Said beside the number: in the definition, below the table, and below the chart of the oblasts."""
    evaluation, says = evaluated("FY2015Q1"), "Those not recorded have no rate; they are in the total."
    assert "the calls whose oblast is not recorded" in narrative.area(evaluation, "prevention").plain
    assert says in tables.breakdown(evaluation, "1.9", "oblast").notes
    assert says in figures.breakdown(evaluation, "1.9", "oblast").plain
    assert says not in figures.breakdown(evaluation, "1.8", "oblast").plain
