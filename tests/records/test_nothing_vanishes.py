"""Hazards that readers of the code found: rows lost, counted twice or taken for others,
and blame laid on the wrong person.
"""

import io
import json

import openpyxl
import pytest

from ctanalysis import Refused, quality, records
from ctanalysis.intake import datacheck
from ctanalysis.project import load
from tests.generators import small
from tests.generators.wrong import SHIPPED, cells, copied, field_of, file_of, lines, removed

HEADER = "id,day,end,person,sex,kind,amount,done"
COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'


def project(folder, text, **files):
    """The small project with this text as its table."""
    small.write(folder, "day\n2012-01-01", COUNT)
    (folder / "records/rows.csv").write_text(text, encoding="utf-8")
    for name, content in files.items():
        path = folder / {"corrections": "judgements/corrections.toml"}.get(name, name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def survey(*arguments, **files):
    return records.survey(load(project(*arguments, **files)))


def rules_of(found):
    return [(finding.rule, finding.rows) for finding in found.findings]


ROW = "r{n},2012-01-0{n},,p,F,NA,{n},true"


def rows(*numbers):
    return [ROW.format(n=number) for number in numbers]


def test_records_above_the_row_that_names_the_columns_are_not_thrown_away(tmp_path):
    """A sheet sorted with its heading: the file is refused, not half of it read. A title above is a title."""
    [finding] = survey(tmp_path / "a", "\n".join([*rows(1, 2), HEADER, *rows(3)])).of(records.UNREAD)
    assert "row 1 looks like a record, and stands above row 3" in str(finding)
    assert len(survey(tmp_path / "b", "\n".join(["Project,Quarter 1", "2014,,,,,", HEADER, *rows(3)]))["rows"]) == 1


def test_columns_that_the_project_ignores(tmp_path):
    """Partners number their rows and write remarks: named in ignoredColumns, such columns are not read, nor copied.

    Others refuse the file.
    """
    text = (
        "№ п/п,"
        + HEADER
        + ",Примечание\n"
        + "\n".join(f"{n},{row},Called her mother" for n, row in enumerate(rows(1, 2), 1))
    )
    [refused] = survey(tmp_path / "refused", text).of(records.UNREAD)
    assert "column A of row 1 is none of table" in str(refused) and '"ignoredColumns"' in str(refused)
    folder = project(tmp_path / "read", text.replace("2012-01-02", "2012-01-32"))
    path = folder / "datapackage.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            '"title": "Rows"', '"title": "Rows", "ignoredColumns": ["№ п/п", "примечание"]'
        ),
        encoding="utf-8",
    )
    found = datacheck.check(load(folder), tmp_path / "check")
    assert [(finding.rule, finding.column, finding.rows) for finding in found.findings] == [
        ("type", "C", (3,))
    ] and len(found["rows"]) == 1
    [copy] = (tmp_path / "check/send-back").rglob("*.xlsx")
    sheet = openpyxl.load_workbook(copy).worksheets[2]
    assert [cell.value for cell in sheet[1]][-1] == "Примечание" and "Called" not in str(
        [[cell.value for cell in row] for row in sheet.iter_rows()]
    )


def test_a_column_that_is_read_is_not_ignored(tmp_path):
    """A heading cannot be both: which of the two was meant would be guessed."""
    folder = project(tmp_path / "p", "\n".join([HEADER, *rows(1)]))
    path = folder / "datapackage.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"title": "Rows"', '"title": "Rows", "ignoredColumns": ["SEX"]'),
        encoding="utf-8",
    )
    with pytest.raises(Refused, match="\"ignoredColumns\" names the column 'sex', which is a field"):
        load(folder)


def test_rows_below_columns_in_another_order_are_held_back(tmp_path):
    """Two files pasted together, the second with its columns in another order:
    its rows would be read with swapped values.
    """
    other = "id,end,day,person,sex,kind,amount,done"
    found = survey(tmp_path / "p", "\n".join([HEADER, *rows(1, 2), other, *rows(3, 4)]))
    assert rules_of(found) == [("after other columns", (5, 6)), ("columns again", (4,))] and len(found["rows"]) == 2
    again = survey(tmp_path / "again", "\n".join([HEADER, *rows(1, 2), HEADER.upper(), *rows(3, 4)]))
    assert rules_of(again) == [("columns again", (4,))] and len(again["rows"]) == 4


@pytest.mark.few(4)
@pytest.mark.parametrize("table", [table.name for table in load(SHIPPED).package.resources])
def test_a_table_that_cannot_be_read_stops_nobody_else_from_being_checked(tmp_path, table):
    """Each table in turn: one finding that it cannot be read, and no rule that looks through it ends the run."""
    found = records.survey(load(copied(tmp_path / "p", removed(file_of(table)))))
    assert [finding.path for finding in found.of(records.UNREAD)] == [f"records/{table}"]


def test_the_same_value_written_in_two_ways_is_not_unique(tmp_path):
    """5 and 05 are one number, and a code and its label one category: both rows are held back."""
    folder = small.write(tmp_path / "p", "day\n2012-01-01", COUNT)
    for name in ("amount", "kind"):
        path = folder / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        field = field_of(package["resources"][0], name)
        field["constraints"] = {"unique": True}
        path.write_text(json.dumps(package), encoding="utf-8")
    (folder / "records/rows.csv").write_text(
        f"{HEADER}\nr1,,,,,NA,5,\nr2,,,,,Namibian,6,\nr3,,,,,,05,\n", encoding="utf-8"
    )
    found = records.survey(load(folder)).of(records.HELD_BACK)
    assert {(finding.field, finding.rows) for finding in found} == {("amount", (2, 4)), ("kind", (2, 3))}


def test_a_whole_column_is_whole_only_where_every_filled_cell_is_wrong(tmp_path):
    """Five empty cells among five filled ones are five cells, not the five that are filled."""
    found = records.survey(
        load(copied(tmp_path / "p", cells("expenditures", "line", dict.fromkeys(range(3, 80, 2), ""))))
    )
    [finding] = [finding for finding in found.of(records.HELD_BACK) if finding.field == "line"]
    assert not finding.whole and finding.rows == tuple(range(3, 80, 2))


def test_a_free_text_may_say_total(tmp_path):
    """'Total' in a person's column is a name like any other where the row has its key.

    Without a key, or in it, it is a total.
    """
    found = survey(
        tmp_path / "p", "\n".join([HEADER, "r1,2012-01-01,,Total,F,NA,1,true", "Total,,,,,,1,", ",,,Total,,,1,"])
    )
    assert ("total", (3, 4)) in rules_of(found) and list(found["rows"]["id"]) == ["r1"]


def test_a_remark_beside_the_table_is_no_record(tmp_path):
    """One cell under no heading, in a row of its own: it was not read, and it is no row."""
    folder = small.write(tmp_path / "p", "day\n2012-01-01", COUNT)
    book = openpyxl.Workbook()
    for row in (HEADER.split(","), ["r1", "2012-01-01"], [], [None] * 9 + ["checked by A."]):
        book.active.append(row)
    book.save(folder / "records/rows.xlsx")
    (folder / "records/rows.csv").unlink()
    path = folder / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("rows.csv", "rows.xlsx"), encoding="utf-8")
    found = records.survey(load(folder))
    assert found.tally[["read", "used"]].values.tolist() == [[1, 1]] and not found.of(records.HELD_BACK)


# Who is to blame.

CORRECTION = (
    '[[correction]]\ntable = "rows"\nkey = "r1"\nfield = "{field}"\nexpect = "{expect}"\nvalue = "{value}"\n'
    'reason = "."\nrole = "."\ndate = 2015-01-01\n'
)


def test_a_wrong_correction_is_the_corrections_fault(tmp_path):
    """The partner's cell was right: the run stops and names corrections.toml, not the partner's file."""
    wrong = CORRECTION.format(field="sex", expect="F", value="Fem")
    with pytest.raises(Refused, match=r"corrections\.toml.*must be one of: F, M") as refusal:
        survey(tmp_path / "p", f"{HEADER}\n{ROW.format(n=1)}", corrections=wrong)
    assert "Fem" not in str(refusal.value).replace("must be one of", "")
    with pytest.raises(Refused, match="'id' is its key"):
        survey(
            tmp_path / "key",
            f"{HEADER}\n{ROW.format(n=1)}",
            corrections=CORRECTION.format(field="id", expect="r1", value="r2"),
        )


def test_a_correction_of_a_formula_without_a_value_is_used(tmp_path):
    """What the workbook cannot give, somebody has looked up."""
    folder = small.write(tmp_path / "p", "day\n2012-01-01", COUNT)
    book = openpyxl.Workbook()
    for row in (
        HEADER.split(","),
        ["r1", "2012-01-01", None, "p", "F", "NA", "=1+6", "true"],
        ["r2", "2012-01-01", None, "p", "F", "NA", "=1+6", "true"],
    ):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    (folder / "records/rows.xlsx").write_bytes(file.getvalue())
    path = folder / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("rows.csv", "rows.xlsx"), encoding="utf-8")
    (folder / "judgements").mkdir()
    (folder / "judgements/corrections.toml").write_text(
        CORRECTION.format(field="amount", expect="", value="7"), encoding="utf-8"
    )
    found = records.survey(load(folder))
    assert found["rows"]["amount"].tolist() == [7.0] and ("uncalculated", (3,)) in rules_of(found)


def test_a_correction_of_a_table_without_rows_no_longer_matches(tmp_path):
    """Nothing is there to correct: somebody must decide again."""
    folder = project(tmp_path / "p", HEADER + "\n", corrections=CORRECTION.format(field="sex", expect="F", value="M"))
    described_path = folder / "datapackage.json"
    package = json.loads(described_path.read_text(encoding="utf-8"))
    package["resources"][0]["mayBeEmpty"] = True
    described_path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(Refused, match="no row has its key"):
        records.survey(load(folder))


def test_what_must_be_filled_is_not_to_be_left_empty(tmp_path):
    """'<5' in a required column: no advice that leads to the next finding."""
    found = records.survey(
        load(copied(tmp_path / "p", cells("attendance", "participants", {4: "<5", 5: "n/a", 6: "-3"})))
    )
    said = " ".join(finding.do for finding in found.of(records.HELD_BACK) if finding.field == "participants")
    assert "leave the cell empty" not in said.lower() and "must be filled" in said


def test_a_delivery_of_no_file_is_told(tmp_path):
    """A renamed file: nothing stops, and whoever keeps deliveries.csv is told which rows to mend."""

    def rename(folder):
        (folder / file_of("events")).rename(folder / "records/events/events 2014.csv")

    found = records.survey(load(copied(tmp_path / "p", rename)))
    [finding] = [finding for finding in found.findings if finding.rule == "unread delivery"]
    assert finding.path == "deliveries.csv" and len(finding.rows) == 13 and 2 in finding.rows


@pytest.mark.parametrize(
    "path, says",
    [
        (["records/rows.csv", "records/rows.csv"], "read twice"),
        (["records", "records/rows.csv"], "read twice"),
        ("./records/rows.csv", "written plainly"),
        ("records//rows.csv", "written plainly"),
    ],
)
def test_a_file_is_not_read_twice(tmp_path, path, says):
    """The same file by two paths would be counted twice."""
    folder = project(tmp_path / "p", HEADER)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["path"] = path
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(Refused, match=says):
        load(folder)


# What is told beside the period.


def test_rows_held_back_last_year_are_a_caveat_to_this_years_rise(tmp_path):
    """All events of October to December 2013 are held back: the rise on last year is no rise, and says so."""
    import csv

    with (SHIPPED / file_of("events")).open(encoding="utf-8", newline="") as file:
        wrong = [
            number for number, row in enumerate(csv.DictReader(file), 2) if "2013-10-01" <= row["date"] <= "2013-12-31"
        ]
    found = load(copied(tmp_path / "p", cells("events", "oblast", dict.fromkeys(wrong, "SECRET-7731"))))
    period = found.calendar.parse("FY2015Q1")
    read = records.read(found)

    def verdict(frame):
        [row] = frame[(frame["indicator"] == "1.1") & (frame["standard"] == "validity")].itertuples()
        return row.verdict, row.evidence

    assert verdict(quality.assess(found, read, period))[0] == "met"
    failed, evidence = verdict(quality.verdicts(found, read, period))
    assert failed == "not met" and "In FY2014Q1, told beside it" in evidence and f"held back: {len(wrong)}" in evidence


def test_totals_are_no_records_that_were_held_back(tmp_path):
    """Twelve subtotals in a file do not make its data invalid."""
    totals = ["Total,,,,,,1,"] * 12
    folder = project(
        tmp_path / "p", "\n".join([HEADER, *[f"r{number},2014-11-01,,p,F,NA,1,true" for number in range(40)], *totals])
    )
    found = load(folder)
    frame = quality.assess(found, records.read(found), found.calendar.parse("FY2015Q1"))
    [row] = frame[frame["standard"] == "validity"].itertuples()
    assert (row.verdict, row.rows, row.held_back) == ("met", 40, 0)


def test_of_a_table_about_people_only_rows_with_findings_are_sent_back(tmp_path):
    """One wrong cell does not put two hundred people into an attachment."""
    found = load(copied(tmp_path / "p", cells("victims", "sex", {12: "SECRET-7731"})))
    datacheck.write(found, records.survey(found), tmp_path / "check")
    book = openpyxl.load_workbook(tmp_path / "check/send-back/victims.xlsx")
    filled = [row[0].row for row in book.worksheets[2].iter_rows() if any(cell.value is not None for cell in row)]
    assert filled == [1, 12]
    assert (tmp_path / "check").stat().st_mode & 0o077 == 0


def test_the_rows_are_those_of_lines_changed(tmp_path):
    """The copy above is of the file as it was read: a line taken away is a row less."""
    found = records.survey(load(copied(tmp_path / "p", lines("expenditures", lambda text: text[:-1]))))
    assert found.tally.set_index("table").loc["expenditures", "read"] == 155
