"""Of what is listed of a partner not all came: a file is not there, or none of its rows can be used.

And what is due by halves or years: asked for at their end, and looked at quarter by quarter.
"""

import pytest

from ctanalysis import evaluate, narrative, quality
from ctanalysis.intake import datacheck
from ctanalysis.intake.completeness import arrived
from ctanalysis.project import load
from ctanalysis.records import survey
from ctanalysis.records.deliveries import sent
from tests.conftest import copied
from tests.generators import small
from tests.generators.wrong import file_of
from tests.records.test_deliveries import COUNT, value
from tests.records.test_listed_files import Q3, listed
from tests.records.test_unusable_deliveries import BAD, GOOD, project

Q2_LINE, A1, A2 = "q.csv A FY2014Q2", "a1.csv A FY2014Q3", "a2.csv A FY2014Q3"
PART = "without some of the records of a partner"


def ours(folder, lines, due="quarter", **files):
    """Files of records/ by name, without .csv. lines: of deliveries.csv."""
    return listed(project(folder, {f"{name}.csv": rows for name, rows in files.items()}, due=due), lines, "2014-10-20")


def of_q3(folder):
    """Of April to June: what is missing, and the words beside the value."""
    found = [one for one in survey(load(folder)).missing["rows"] if one.quarter.label == "FY2014Q3"]
    lacks = evaluate("FY2014Q3", folder).lacks.get(("x", *Q3), "")
    return [(one.partners, one.partial, one.unusable, one.is_whole) for one in found], lacks


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        ({"a1": [GOOD]}, [A1, A2]),  # not there
        ({"a1": [GOOD], "a2": [BAD.replace("{id}", "z{id}")] * 2}, [A1, A2]),  # nothing in it can be used
        ({"a1": [GOOD]}, [A2, A1]),
        ({"a1": [GOOD]}, [A1, "a2.csv A FY2014"]),  # listed of the whole year
        ({"a1": [GOOD]}, [A1, "a2.csv A FY2014Q3", "a3.csv A FY2014Q3"]),
    ],
)
def test_a_second_file_that_did_not_come_makes_a_partners_records_a_part(tmp_path, files, lines):
    """The number is told with what it lacks; the check, the screen and the standards say it; it is not complete."""
    folder = ours(tmp_path / "p", [Q2_LINE, *lines], q=[GOOD], **files)
    assert value(folder, "FY2014Q3") == (1, "exact")
    assert of_q3(folder) == ([(("A",), ("A",), (), False)], PART)
    loaded, found = load(folder), survey(load(folder))
    period = loaded.calendar.parse("FY2014Q3")
    said = datacheck.arrived(loaded, found, period)
    assert said.startswith("1 of 1 table came for FY2014Q3, 1 of them in part.") and "of what A is listed with" in said
    assert "Rows of FY2014Q3 came in part" in datacheck.by_partner(loaded, found, period)
    come = arrived(loaded, period, found.came)
    assert come.come == come.missing == [("A", "rows")] and not come.is_complete
    frame = quality.assess(loaded, found, period).set_index("standard")
    assert frame.loc["timeliness", "missing"] == 1 and frame.loc["timeliness", "verdict"] == "not met"
    assert "1 of them in part" in narrative.introduction(evaluate("FY2014Q3", folder)).plain


def test_of_two_partners_each_is_told_as_it_is(tmp_path):
    """A sent a part, B nothing: of both something is missing."""
    folder = ours(tmp_path / "p", [Q2_LINE, "q.csv B FY2014Q2", A1, A2], q=[GOOD], a1=[GOOD])
    beside = f"without the records of a partner who used to send; {PART}"
    assert of_q3(folder) == ([(("A", "B"), ("A",), (), False)], beside)
    both = ours(tmp_path / "b", [Q2_LINE, A1, A2, "b1.csv B FY2014Q3", "b2.csv B FY2014Q3"], q=[GOOD], a1=[GOOD], b1=[])
    assert of_q3(both)[1] == "without some of the records of 2 partners"


@pytest.mark.parametrize("lines", [["b.csv A FY2014Q3 none", A2], [A2, "a2.csv A FY2014Q3 none", A2]])
def test_nothing_to_record_beside_a_file_that_did_not_come_is_no_zero(tmp_path, lines):
    """Of one file it is said that there was nothing, of another one nobody knows."""
    told = value(ours(tmp_path / "p", [Q2_LINE, *lines], q=[GOOD]), "FY2014Q3")
    assert told == (None, "not received")
    other = ours(tmp_path / "b", [Q2_LINE, "q.csv B FY2014Q2", *lines, "b1.csv B FY2014Q3"], q=[GOOD], b1=[GOOD])
    assert value(other, "FY2014Q3") == (1, "exact")
    assert of_q3(other)[1] == "without the records of a partner who used to send"


def test_what_was_sent_again_is_told_by_the_line_that_is_taken_out(tmp_path):
    """The advice of the check followed: the old line out, or the file put there."""
    folder = ours(tmp_path / "p", [Q2_LINE, A2, "a1.csv A FY2014Q3"], q=[GOOD], a1=[GOOD])
    [gone] = [one for one in survey(load(folder)).findings if one.rule == "unread delivery"]
    assert gone.rows == (3,) and "where another file took its place, take its line out" in gone.do
    assert of_q3(listed(folder, [Q2_LINE, A1])) == ([], "") and value(folder, "FY2014Q3") == (1, "exact")
    put = ours(tmp_path / "put", [Q2_LINE, A1, "b2.csv A FY2014Q3"], q=[GOOD], a1=[GOOD], b2=[GOOD])
    assert of_q3(put) == ([], "") and value(put, "FY2014Q3") == (2, "exact")


def test_where_every_file_has_all_rows_anew_the_later_one_of_a_period_is_enough(tmp_path):
    """A table that says so, with "repeated"; of another period the line asks for its file."""
    for name, lines, expected in (("same", [A2, A1], ""), ("other", [A1, "b.csv A FY2014"], PART)):
        folder = ours(tmp_path / name, [Q2_LINE, *lines], q=[GOOD], a1=[GOOD])
        path = folder / "datapackage.json"
        text = path.read_text(encoding="utf-8").replace('"due":', '"repeated": "later delivery", "due":')
        path.write_text(text, encoding="utf-8")
        assert of_q3(folder)[1] == expected


def test_of_the_shipped_records_with_one_file_more_listed_than_came(tmp_path):
    """Of IOM's services one more file is listed: of people it is said in words without a number or a name."""
    folder = copied(tmp_path / "data")
    with (folder / "deliveries.csv").open("a", encoding="utf-8") as file:
        file.write("records/services/services-october.csv,IOM,FY2015Q1,2015-01-20,\n")
    loaded, found = load(folder), survey(load(folder))
    period = loaded.calendar.parse("FY2015Q1")
    assert datacheck.arrived(loaded, found, period).startswith("14 of 14 tables came for FY2015Q1, 1 of them in part")
    start, end = period.start, period.end
    assert quality.lack(loaded, found, loaded.sheet("2.5"), start, end) == "some partners' records are missing"
    of_services = [one for one in sent(loaded) if one.file == file_of("services") and one.period == period]
    assert of_services and not quality.lack(loaded, found, loaded.sheet("1.1"), start, end)


YEAR = "a.csv A FY2014"
LATE = ["{id},2013-11-05,,,,,1,", "{id},2014-04-05,,,,,x,", "{id},2014-05-05,,,,,x,"]


def complete_to(folder, day):
    path = folder / "project.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2014-06-30", day), encoding="utf-8")
    return folder


@pytest.mark.parametrize("due", ["quarter", "half", "year"])
@pytest.mark.parametrize("lines", [[YEAR], []])
def test_of_rows_that_nobody_could_read_no_quarter_of_a_half_or_year_is_0(tmp_path, due, lines):
    """One row of October to December is right, both of April to June are held back."""
    folder = complete_to(ours(tmp_path / "p", [YEAR], due, a=LATE), "2014-09-30")
    if not lines:
        (folder / "deliveries.csv").unlink()
    told = {window: row.value for (window, kind, _), row in _values(folder).items() if kind == "total"}
    assert [told[number] == told[number] for number in range(4)][2] is False and told[0] == 1
    [of_q3] = [one for one in survey(load(folder)).missing["rows"] if one.quarter.label == "FY2014Q3"]
    assert of_q3.doubted and of_q3.is_whole
    if due == "year":
        assert told[1] == told[3] == 0  # nothing was held back of them: they came with the year


def test_of_a_month_of_which_nobody_could_read_a_row_nothing_is_told(tmp_path):
    """A row of April is right, one of May is held back, June has none: the quarter is 1, May is no 0, June is one."""
    rows = ["{id},2014-04-05,,,,,1,", "{id},2014-05-05,,,,,x,"]
    folder = ours(tmp_path / "p", [Q2_LINE, "a.csv A FY2014Q3"], q=[GOOD], a=rows)
    months = [("2014-04-01", "2014-04-30"), ("2014-05-01", "2014-05-31"), ("2014-06-01", "2014-06-30")]
    found = small.values(folder, *months, Q3, ("2014-05-01", "2014-06-30"))
    told = [(row.status, row.value) for (_, kind, _), row in found.items() if kind == "total"]
    assert told[1][0] == "not received"
    assert [told[0], *told[2:]] == [("exact", 1), ("exact", 0), ("exact", 1), ("exact", 0)]
    assert not [one for one in survey(load(folder)).missing["rows"] if one.quarter.label == "FY2014Q3"]


QUARTERS = [("2013-10-01", "2013-12-31"), ("2014-01-01", "2014-03-31"), Q3, ("2014-07-01", "2014-09-30")]


def _values(folder):
    return small.values(folder, *QUARTERS)


def test_a_year_with_a_quarter_that_nobody_could_read_is_not_complete(tmp_path):
    folder = complete_to(ours(tmp_path / "p", [YEAR], "year", a=LATE), "2014-09-30")
    loaded = load(folder)
    come = arrived(loaded, loaded.calendar.parse("FY2014Q4"), survey(loaded).came)
    assert come.missing == [("A", "rows")] and not come.is_complete


def due(folder, unit, lines, day="2014-12-31"):
    """A table that is due by halves or years, with rows of three years. lines: partner, period, day."""
    rows = "day\n2012-05-05\n2013-05-05\n2014-05-05"
    small.write(folder, rows, COUNT, due=unit)
    listed_lines = (",".join(["records/rows.csv", *line.split()]) for line in lines)
    text = "\n".join(["file,partner,period,sent", *listed_lines, ""])
    (folder / "deliveries.csv").write_text(text, encoding="utf-8")
    facts = folder / "project.toml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("2014-12-31", day), encoding="utf-8")
    return folder


YEARS = [f"A FY{year} {year}-10-05" for year in (2012, 2013, 2014)]
HALVES = ["A FY2014Q1 2014-01-20", "A FY2014Q3 2014-07-20"]


def test_what_is_due_with_the_year_is_not_asked_for_before_its_end(tmp_path):
    """FY2015 is open: nothing is missing of its first quarter, which is no 0 either, and nothing is held against it."""
    folder = due(tmp_path / "p", "year", YEARS)
    loaded, found = load(folder), survey(load(folder))
    period = loaded.calendar.parse("FY2015Q1")
    assert [(one.quarter.label, one.partners, one.is_due) for one in found.missing["rows"]] == [("FY2015Q1", (), False)]
    told = small.values(folder, ("2014-10-01", "2014-12-31"), ("2011-10-01", "2014-12-31"))
    assert told[0, "total", "all"].status == "not received" and told[1, "total", "all"].value == 3
    said = datacheck.arrived(loaded, found, period)
    assert said.startswith("no table is due yet for FY2015Q1; 1 indicator cannot be told: x.")
    assert "nothing of it is due before the end of FY2015" in said
    assert "missing" not in datacheck.by_partner(loaded, found, period)
    frame = quality.assess(loaded, found, period).set_index("standard")
    assert frame.loc["timeliness", "missing"] == 0 and "not met" not in {*frame["verdict"]}
    to_date = quality.lack(loaded, found, loaded.sheets[0], loaded.facts.start, period.end)
    assert to_date == "the records of FY2015Q1 are not due yet"
    come = arrived(loaded, period, found.came)
    assert come.due == come.missing == [] and come.is_complete
    assert "No table is due yet for October–December 2014" in narrative.introduction(evaluate("FY2015Q1", folder)).plain


@pytest.mark.parametrize(
    ("unit", "lines", "expected"),
    [
        ("year", YEARS, {}),
        ("year", YEARS[:2], {"FY2014Q4": [("A", "rows")]}),
        ("half", HALVES, {}),
        ("half", HALVES[:1], {"FY2014Q4": [("A", "rows")]}),
        ("half", [*HALVES, "B FY2014H1 2014-05-01"], {"FY2014Q4": [("B", "rows")]}),
        ("never", HALVES[:1], {}),
        ("quarter", HALVES, {"FY2014Q2": [("A", "rows")], "FY2014Q4": [("A", "rows")], "FY2015Q1": [("A", "rows")]}),
    ],
)
def test_a_table_is_asked_for_as_often_as_it_is_due(tmp_path, unit, lines, expected):
    """And a quarter is complete where nothing of it is due, so that records_through can move on."""
    loaded = load(due(tmp_path / "p", unit, lines))
    found = survey(loaded).came
    come = [arrived(loaded, one, found) for one in loaded.calendar.completed("quarter")[-5:]]
    assert {one.quarter.label: one.missing for one in come if one.missing} == expected
    assert all(one.is_complete for one in come if one.quarter.label not in expected)


def test_what_came_early_of_an_open_year_is_told_as_that(tmp_path):
    """Rows of October to December, in a file of a year that is not over: their number stands, with what it lacks."""
    folder = due(tmp_path / "p", "year", YEARS)
    with (folder / "records/rows.csv").open("a", encoding="utf-8") as file:
        file.write("late,2014-11-05,,,,,,\n")
    loaded, found = load(folder), survey(load(folder))
    told = small.values(folder, ("2014-10-01", "2014-12-31"))[0, "total", "all"]
    assert (told.value, told.status) == (1, "exact")
    span = loaded.calendar.parse("FY2015Q1")
    lack = quality.lack(loaded, found, loaded.sheets[0], span.start, span.end)
    assert lack == "the records of FY2015Q1 are not due yet"
    sent_early = due(tmp_path / "early", "year", [*YEARS, "A FY2015Q1 2015-01-10"])
    assert not survey(load(sent_early)).missing["rows"]
