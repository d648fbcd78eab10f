"""Each row is one, whatever it lacks; and every table of a sheet counts: both parts of a ratio, a cohort's state."""

import pytest

from ctanalysis import evaluate, quality, records
from ctanalysis.project import load
from ctanalysis.quality import MET, NOT_MET, UNKNOWN
from tests.conftest import copied, evaluated
from tests.generators.wrong import file_of
from tests.quality.spoiled import changed
from tests.quality.test_quality import assessed as of_small

SUM = 'measure = "sum"\ntable = "rows"\ndate = "day"\ncolumn = "amount"\ndisaggregate = ["sex"]'
PEOPLE = 'measure = "people"\ntable = "rows"\ndate = "day"\nperson = "person"\nwhere = { done = true }'
PER_ROW = (
    'measure = "ratio"\n[calculation.numerator]\nmeasure = "sum"\ntable = "rows"\ndate = "day"\ncolumn = "amount"\n'
    '[calculation.denominator]\nmeasure = "count"\ntable = "rows"\ndate = "end"\n'
)


def assessed(folder, table, calculation):
    """By standard, the rows of assess() for a small project."""
    return of_small(folder, table=table, calculation=calculation)


def test_a_row_that_lacks_a_column_is_one_row(tmp_path):
    """Ten rows of which one has no amount are ten, and it is one in ten: just allowed. Twice, it is 1 of 11."""
    rows = "day sex amount\n" + "2013-11-05 F 1\n" * 8
    found = assessed(tmp_path / "a", rows + "2013-11-05 F -\n2013-11-05 F 1\n", SUM)["precision"]
    assert (found.verdict, found.rows, found.not_recorded) == (MET, 10, 1)
    found = assessed(tmp_path / "b", rows + "2013-11-05 F -\n2013-11-05 - -\n", SUM)["precision"]
    assert (found.verdict, found.rows, found.not_recorded) == (NOT_MET, 10, 2)
    assert found.evidence == "Rows that count, or may: 10; without amount: 2. In per cent: 20.0, at most 10"
    assert found.failed_by == "records/rows.csv, rows 10-11 (2013-11-05)", "the rows that the evidence is about"


def test_rows_are_those_that_count_with_those_that_may(tmp_path):
    """By a set of each: of seven rows, r1 to r3 are done, r4 not; r5 may be, r6 is nobody's, r7 has no day."""
    rows = (
        "day person done\n2013-11-01 p1 true\n2013-11-02 p2 true\n2013-11-03 p1 true\n2013-11-04 p3 false\n"
        "2013-11-05 p4 -\n2013-11-06 - true\n- p5 true\n2013-12-01 p1 false\n"
    )
    found = assessed(tmp_path, rows, PEOPLE)["precision"]
    count, lack_done, lack_person, undated = {"r1", "r2", "r3", "r6"}, {"r5"}, {"r6"}, {"r7"}
    assert found.rows == len(count | lack_done | lack_person | undated) == 6
    assert (found.not_recorded, found.verdict) == (1, NOT_MET)


def test_both_parts_of_a_ratio_in_one_table_are_looked_at(tmp_path):
    """Sums by day and rows by end: two rows of five without an amount fail the ratio, though each has its end."""
    rows = "day end amount\n" + "2013-11-05 2013-11-06 1\n" * 3 + "2013-11-05 2013-11-06 -\n" * 2
    found = assessed(tmp_path, rows, PER_ROW)["precision"]
    assert (found.verdict, found.rows, found.not_recorded) == (NOT_MET, 5, 2)
    assert found.evidence == (
        "Rows: Rows that count, or may: 5; without amount: 2. In per cent: 40.0, at most 10. "
        "Rows: Rows that count, or may: 5; with anything not recorded: 0. In per cent: 0.0, at most 10"
    )
    assert found.failed_by == "records/rows.csv, rows 5-6 (2013-11-05)"


@pytest.mark.few(1)
@pytest.mark.parametrize("standard", ["timeliness", "validity"])
def test_a_ratio_has_the_caveat_of_the_table_above_the_line(tmp_path, standard):
    """Prevention spending per consultation, where what fails is in the books: 4.2 has the caveat as 4.1 has."""
    folder = copied(tmp_path / "data")
    if standard == "timeliness":
        changed(
            folder / "deliveries.csv",
            f"{file_of('expenditures')},IOM,FY2015Q1,2015",
            f"{file_of('expenditures')},IOM,FY2015Q1,2016",
        )
    else:
        with (folder / file_of("expenditures")).open("a", encoding="utf-8") as file:
            file.write("EX9001,2014-12-31,Prevention,many\n")
            file.write("EX9002,2014-12-31,Protection,few\n")
    before, after = evaluated("FY2015Q1"), evaluate("FY2015Q1", folder)
    assert f"standard of {standard}" not in before.caveats.get("4.2", "")
    assert standard in after.caveats["4.1"] and standard in after.caveats["4.2"]
    changed_codes = {code for code in after.caveats if after.caveats[code] != before.caveats.get(code)}
    assert changed_codes == {"4.1", "4.2"}, "and nobody else's"


def test_a_cohort_fails_with_the_records_of_its_state(tmp_path):
    """Identified in one table, assisted in another: services held back make the share wrong as victims held back do."""
    folder = copied(tmp_path / "data")
    path = folder / file_of("services")
    text = path.read_text("utf-8").splitlines()
    dated = [number for number, line in enumerate(text) if ",2014-1" in line]
    for number in dated[: len(dated) // 10]:
        text[number] = text[number].replace("2014-1", "2014-1x")
    path.write_text("\n".join(text) + "\n", "utf-8")
    project = load(folder)
    frame = quality.assess(project, records.survey(project), project.calendar.parse("FY2015Q1"))
    verdicts = {row.indicator: row.verdict for row in frame.itertuples() if row.standard == "validity"}
    assert (verdicts["2.1"], verdicts["2.8"]) == (MET, NOT_MET)


def test_where_one_part_has_no_rows_it_cannot_be_said(tmp_path):
    """Nothing is dated by its end in the quarter: of what is below the line nothing is found, good or bad."""
    found = assessed(tmp_path, "day end amount\n" + "2013-11-05 2014-03-01 1\n" * 3, PER_ROW)
    assert found["validity"].verdict == found["precision"].verdict == UNKNOWN
