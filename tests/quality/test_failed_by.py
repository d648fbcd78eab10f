"""A standard that fails names the rows and days, or the deliveries, that failed it."""

import re

import pytest

from ctanalysis import evaluate, internal, quality, records, tables
from ctanalysis.project import load
from ctanalysis.quality import NOT_MET, failing
from tests.conftest import command, copied
from tests.generators.second_project import SECOND
from tests.generators.wrong import file_of
from tests.quality.test_quality import DUPLICATE, GAP, RANGE, VISITS, assessed, visits

BAD = "2013-11-06 F twelve\n"


def test_rows_that_cannot_be_used_are_named_with_their_days(tmp_path):
    """100 good rows stand in rows 2 to 101; of the three below them the amount is no number, and of one no day is."""
    table = visits(100) + BAD * 2 + "2013-13-45 F 1\n"
    found = assessed(tmp_path, table=table)["validity"]
    assert found.failed_by == "records/rows.csv, rows 102-104 (2013-11-06, no day that can be read)"
    assert assessed(tmp_path / "met", table=visits(100))["validity"].failed_by == ""


def test_rows_that_are_implausible_are_named(tmp_path):
    """Four amounts of 900 in rows 2, 4, 5 and 106; one of January is none of the quarter's."""
    odd, good, later = "2013-11-06 F 900\n", "2013-11-05 F 1\n", "2014-01-05 F 900\n"
    table = "day sex amount\n" + odd + good + odd * 2 + good * 100 + odd.replace("06", "16") + later
    found = assessed(tmp_path, table=table, rules=RANGE)["validity"]
    assert found.failed_by == "records/rows.csv, rows 2, 4-5, 106 (2013-11-06, 2013-11-16)"


def test_of_tables_about_people_the_quarter_is_named_and_no_day(tmp_path):
    """The row is enough to find it by; on which day somebody came is not told again."""
    found = assessed(
        tmp_path, table="day person sex amount\n" + "2013-11-05 p F x\n" * 9 + "2013-11-05 p F 1", disclosure="victims"
    )
    assert found["validity"].failed_by == "records/rows.csv, rows 2-10 (FY2014Q1)"


def test_of_many_days_the_first_and_the_last_are_named(tmp_path):
    table = "day sex amount\n" + "".join(f"2013-11-{day:02} F x\n" for day in range(3, 12))
    found = assessed(tmp_path, table=table + "2013-12-31 F 1")["validity"]
    assert found.failed_by == "records/rows.csv, rows 2-10 (2013-11-03 to 2013-11-11)"


def test_rows_that_may_stand_twice_are_named(tmp_path):
    """Row 8 is p7 of 7 November, and so is row 22. Of two rows with one key both are named."""
    found = assessed(tmp_path / "a", table=VISITS + "2013-11-07 p7 2\n", rules=DUPLICATE)["integrity"]
    assert found.failed_by == "records/rows.csv, rows 8, 22 (2013-11-07)"
    keys = "id day amount\n" + "k 2013-11-05 1\nsame 2013-11-06 1\nl 2013-11-05 1\nsame 2013-11-07 2\n"
    found = assessed(tmp_path / "b", table=keys)["integrity"]
    assert found.failed_by == "records/rows.csv, rows 3, 5 (2013-11-06, 2013-11-07)"


def test_rows_without_what_a_breakdown_asks_are_named(tmp_path):
    """Rows 7 and 8 count and are without sex; the twenty that are not done do not count, whatever is empty in them."""
    table = "day sex done\n" + "2013-11-05 F true\n" * 5 + "2013-11-06 - true\n" * 2 + "2013-11-05 - false\n" * 20
    calculation = 'measure = "count"\ntable = "rows"\ndate = "day"\ndisaggregate = ["sex"]\nwhere = { done = true }'
    found = assessed(tmp_path, table=table, calculation=calculation)["precision"]
    assert found.failed_by == "records/rows.csv, rows 7-8 (2013-11-06)"


def test_partners_who_did_not_report_are_named(tmp_path):
    """NA has rows in October to December 2013 and none in January to March 2014. B sent that quarter nothing."""
    table = "day kind sex\n2013-11-05 NA F\n2014-02-05 007 F\n"
    deliveries = "A,FY2014Q1,2014-01-10 B,FY2014Q1,2014-03-10 A,FY2014Q2,2014-04-10"
    found = assessed(tmp_path / "a", "FY2014Q2", table=table, rules=GAP, deliveries=deliveries)
    not_sent = "Rows of FY2014Q2 not sent by B"
    assert found["reliability"].failed_by == f"no row of Rows by NA in FY2014Q2; {not_sent}"
    assert found["timeliness"].failed_by == not_sent
    late = assessed(tmp_path / "b", "FY2014Q1", table=table, deliveries=deliveries)["timeliness"]
    assert late.failed_by == "records/rows.csv of FY2014Q1 by B, 69 days after its end"


def test_a_definition_that_changed_has_no_rows_to_name(tmp_path):
    changed, deliveries = "valid_from = 2013-10-01\n", "A,FY2014Q1,2014-01-10"
    found = assessed(tmp_path, table=visits(5), more=changed, deliveries=deliveries)["reliability"]
    assert (found.verdict, found.failed_by) == (NOT_MET, "")


def test_what_other_days_failed_by_is_named_too(tmp_path):
    """This quarter's rows are all right; row 2, of the quarter before, is not, and the caveat is about it."""
    folder = tmp_path / "p"
    assessed(folder, table="day sex amount\n2013-08-05 F x\n" + "2013-11-05 F 1\n" * 9)
    project = load(folder)
    frame = quality.verdicts(project, records.survey(project), project.calendar.parse("FY2014Q1"))
    [validity] = frame[frame["standard"] == "validity"].itertuples()
    assert validity.verdict == NOT_MET and validity.failed_by == "records/rows.csv, row 2 (2013-08-05)"


@pytest.mark.parametrize("numbers, words", [([5], "5"), ([5, 6, 9, 10, 11, 40], "5-6, 9-11, 40"), ([1, 3], "1, 3")])
def test_rows_that_follow_each_other_are_named_as_one(numbers, words):
    assert failing.ranges(numbers) == words


def test_a_page_has_room_for_a_few(tmp_path):
    """quality.csv names all; a screen as many as there is room for, none of them cut."""
    words = failing.shortened("records/rows.csv, rows " + ", ".join(str(number) for number in range(1000, 3000, 2)))
    assert len(words) < 320 and re.fullmatch(r"records/rows\.csv, rows (1\d{3}, )+1\d{3} and more", words)


@pytest.fixture(scope="module", params=["FY2021H1", "FY2020", "LOP"])
def second(request):
    project = load(SECOND)
    return quality.assess(project, records.survey(project), project.calendar.parse(request.param))


def test_as_many_rows_are_named_as_failed(second):
    """Of the second project, with all that is wrong in it: never a row more or less than the verdict counts."""
    counts = {"validity": ["held_back", "implausible"], "integrity": ["doubtful"], "precision": ["not_recorded"]}
    failed = second[(second["verdict"] == NOT_MET) & second["standard"].isin([*counts])]
    assert len(failed) > 1
    for row in failed.itertuples():
        named = 0
        for part in re.findall(r", rows? ([0-9, -]+) \(", row.failed_by):
            ends = [list(map(int, one.split("-"))) for one in part.split(", ")]
            named += sum(end[-1] - end[0] + 1 for end in ends)
        assert named == sum(getattr(row, name) for name in counts[row.standard]), (row.indicator, row.standard)


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory):
    """The shipped project with two bad rows each of spending, which is about nobody, and of services."""
    folder = copied(tmp_path_factory.mktemp("failed") / "data")
    for table, line in (("expenditures", "EX9{},2014-12-{},Prevention,many"), ("services", "SV9{},2014-12-{},x,x,x")):
        path = folder / file_of(table)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(line.format(n, 10 + n) + "\n" for n in range(9))
    return folder


def test_in_public_only_rows_about_nobody_are_named(spoiled):
    """Of spending the report names rows and days. Of help to people, and of partners who came late, it does not."""
    evaluation = evaluate("FY2015Q1", spoiled)
    frame = evaluation.quality.set_index(["indicator", "standard"])
    assert re.fullmatch(
        r"records/\S*expenditures\.csv, rows \d+-\d+ \(2014-12-10 to 2014-12-18\)",
        frame.loc[("4.1", "validity"), "failed_by"],
    )
    others = frame.drop(index=[("4.1", "validity")])
    assert set(others["failed_by"]) == {""} and (others["verdict"] == NOT_MET).sum() > 5
    shown = str(tables.quality(evaluation))
    assert "expenditures.csv, rows" in shown and "services.csv, rows" not in shown and "ORG12" not in shown


def test_internal_pages_and_the_screen_name_them_all(spoiled, tmp_path):
    """Those who may see the records are told what to look at, beside the numbers and after make check."""
    said = command("check", "-p", "project", spoiled, "-p", "period", "FY2015Q1").stdout
    assert re.search(r"indicator 2\.2, validity: .*\n  records/\S*services\.csv, rows \d+-\d+ \(", said)
    assert "no row of Services by ORG12 in FY2015Q1" in said
    project = load(spoiled)
    internal.write(project, project.calendar.parse("FY2015Q1"), tmp_path)
    page = next(tmp_path.glob("*.html")).read_text(encoding="utf-8")
    assert re.search(r"class=\"note caveat\">Caveat: [^<]*validity: records/\S*services\.csv, rows \d+-\d+", page)


@pytest.mark.parametrize("sign", ["; ", ", ", " "])
def test_what_has_no_room_is_never_all_of_it(sign):
    """However the parts are joined; a part too long for the room is cut."""
    for text in (sign.join(["partner ORG01"] * 60), "x" * 900):
        short = failing.shortened(text)
        assert 40 < len(short) < len(text) and short.endswith(" and more") and text.startswith(short[:-9].rstrip(";,"))
