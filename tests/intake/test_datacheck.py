"""What was found in the records: on the screen and in findings.csv; and no row vanishes.

What must come out is written here in full.
"""

import csv

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctanalysis.intake import datacheck
from ctanalysis.records import HELD_BACK, LOOK, PASSED, REPAIRED, UNREAD, Finding, Records
from tests.intake.copies import cells_of, sent_back
from tests.intake.mistakes import checked, tallied

SCREEN = """\
records/rows.csv: 1 row read = 1 used + 0 held back
records/people.csv: 6 rows read = 1 used + 5 held back
records/visits/centre.xlsx, sheet 'April': 4 rows read = 2 used + 2 held back
records/visits/centre.xlsx, sheet 'May': 2 rows read = 0 used + 2 held back
records/places.csv: 6 rows read = 0 used + 5 held back + 1 passed over
records/visits/north.xlsx: cannot be read
All files: 19 rows read = 4 used + 14 held back + 1 passed over
cannot be read: 2 findings
held back: 12 findings in 14 rows
to be looked at: 3 findings in 2 rows
repaired: 1 finding in 1 row
passed over: 1 finding in 1 row

cannot be read: records/visits/north.xlsx: it is no Excel workbook, whatever its name says. Send the workbook itself, saved as .xlsx.

cannot be read: records/places.csv: none of the table's rows can be used. make check says why, row by row.
held back: records/places.csv, column B 'opened', all 5 filled cells, rows 2 to 6: must be a day such as 2014-12-31. Write it as 2014-12-31; \
where the whole column is written so, say "format": "%d.%m.%Y" for the field in datapackage.json.
passed over: records/places.csv, row 8: looks like a total, not like a record. Nothing, if it is one, for totals are calculated; a record that looks so is named with rule = "total" in judgements/accepted.toml.

held back: records/people.csv, row 7: has 5 cells where row 1 names 6 columns. Its end may be cut off: complete the row.
held back: records/people.csv, column A 'person_id', row 5: must not be empty. Fill the cell; where the row is a total, take it out of the file.
held back: records/people.csv, column C 'sex', rows 4, 6: must be one of: F, M. Correct it; \
where it is another spelling of one of them, list it in its "alternatives" in datapackage.json.
held back: records/people.csv, column D 'oblast', row 6: must be one of: OSH, BAT. Correct it; \
where it is another spelling of one of them, list it in its "alternatives" in datapackage.json.
held back: records/people.csv, column E 'age', row 5: must be at most 120. Correct it, or leave the cell empty where it is not known.
held back: records/people.csv, column E 'age', row 3: must be a whole number such as 120. A limit is no number: write the number itself, or leave the cell empty; or list the limit as no value in "missingValues" of the field in datapackage.json.
held back: records/people.csv, column E 'age', row 6: must be a whole number such as 120. Correct the cell.
repaired: records/people.csv, column D 'oblast', row 3: is not spelt as datapackage.json has it (a blank, a dash, a capital or a letter that looks like another), \
and was read as it was meant. Nothing; better corrected at its source.

held back: records/visits/centre.xlsx, sheet 'April', column B 'day', row 5: must be a day such as 2014-12-31. Correct the cell.
held back: records/visits/centre.xlsx, sheet 'April', column D 'hours', row 5: must be a number such as 1200.50, with at most 4 decimal places. Correct the cell.
held back: records/visits/centre.xlsx, sheet 'April', column D 'hours', row 6: is a formula without a stored value. Open the workbook in Excel, let it calculate, and save it.
held back: records/visits/centre.xlsx, sheet 'May', column A 'visit_id', rows 2, 3: must be unique, and stands in several rows that differ. \
Keep the row that is right (of a file sent again, the one of the later file) and take the others out; give each a value of its own only where they are different things; where each delivery has all rows anew, in their later state, say "repeated": "later delivery" for the table in datapackage.json.
to be looked at: records/visits/centre.xlsx, sheet 'Names': the sheet has none of the table's columns, and was not read. Nothing, if it holds no records.
to be looked at: records/visits/centre.xlsx, sheet 'April', row 4: these rows are hidden in the sheet, and were read. Show them (a filter may hide them), and delete those that are not meant.
to be looked at: records/visits/centre.xlsx, sheet 'April', row 5: has filled cells beyond the last heading, which were not read. Name the column, or clear these cells."""  # noqa: E501  word for word

FINDINGS = """\
severity,table,file,sheet,row,column,field,rule,what,do
cannot be read,visits,records/visits/north.xlsx,,,,,file,"it is no Excel workbook, whatever its name says","Send the workbook itself, saved as .xlsx"
cannot be read,places,records/places.csv,,,,,file,none of the table's rows can be used,"make check says why, row by row"
held back,people,records/people.csv,,7,,,too few cells,has 5 cells where row 1 names 6 columns,Its end may be cut off: complete the row
held back,people,records/people.csv,,5,A,person_id,required,must not be empty,"Fill the cell; where the row is a total, take it out of the file"
held back,people,records/people.csv,,4,C,sex,category,"must be one of: F, M","Correct it; where it is another spelling of one of them, list it in its ""alternatives"" in datapackage.json"
held back,people,records/people.csv,,6,C,sex,category,"must be one of: F, M","Correct it; where it is another spelling of one of them, list it in its ""alternatives"" in datapackage.json"
held back,people,records/people.csv,,6,D,oblast,category,"must be one of: OSH, BAT","Correct it; where it is another spelling of one of them, list it in its ""alternatives"" in datapackage.json"
held back,people,records/people.csv,,5,E,age,maximum,must be at most 120,"Correct it, or leave the cell empty where it is not known"
held back,people,records/people.csv,,3,E,age,type,must be a whole number such as 120,"A limit is no number: write the number itself, or leave the cell empty; or list the limit as no value in ""missingValues"" of the field in datapackage.json"
held back,people,records/people.csv,,6,E,age,type,must be a whole number such as 120,Correct the cell
held back,visits,records/visits/centre.xlsx,April,5,B,day,type,must be a day such as 2014-12-31,Correct the cell
held back,visits,records/visits/centre.xlsx,April,5,D,hours,type,"must be a number such as 1200.50, with at most 4 decimal places",Correct the cell
held back,visits,records/visits/centre.xlsx,April,6,D,hours,uncalculated,is a formula without a stored value,"Open the workbook in Excel, let it calculate, and save it"
held back,visits,records/visits/centre.xlsx,May,2,A,visit_id,unique,"must be unique, and stands in several rows that differ","Keep the row that is right (of a file sent again, the one of the later file) and take the others out; give each a value of its own only where they are different things; where each delivery has all rows anew, in their later state, say ""repeated"": ""later delivery"" for the table in datapackage.json"
held back,visits,records/visits/centre.xlsx,May,3,A,visit_id,unique,"must be unique, and stands in several rows that differ","Keep the row that is right (of a file sent again, the one of the later file) and take the others out; give each a value of its own only where they are different things; where each delivery has all rows anew, in their later state, say ""repeated"": ""later delivery"" for the table in datapackage.json"
held back,places,records/places.csv,,2 to 6,B,opened,type,must be a day such as 2014-12-31,"Write it as 2014-12-31; where the whole column is written so, say ""format"": ""%d.%m.%Y"" for the field in datapackage.json"
to be looked at,visits,records/visits/centre.xlsx,Names,,,,unread sheet,"the sheet has none of the table's columns, and was not read","Nothing, if it holds no records"
to be looked at,visits,records/visits/centre.xlsx,April,4,,,hidden row,"these rows are hidden in the sheet, and were read","Show them (a filter may hide them), and delete those that are not meant"
to be looked at,visits,records/visits/centre.xlsx,April,5,,,no heading,"has filled cells beyond the last heading, which were not read","Name the column, or clear these cells"
repaired,people,records/people.csv,,3,D,oblast,spelling,"is not spelt as datapackage.json has it (a blank, a dash, a capital or a letter that looks like another), and was read as it was meant",\
Nothing; better corrected at its source
passed over,places,records/places.csv,,8,,,total,"looks like a total, not like a record","Nothing, if it is one, for totals are calculated; a record that looks so is named with rule = ""total"" in judgements/accepted.toml"
"""  # noqa: E501  word for word

TALLY = """\
table,file,sheet,read,used,held_back,passed_over
rows,records/rows.csv,,1,1,0,0
people,records/people.csv,,6,1,5,0
visits,records/visits/centre.xlsx,April,4,2,2,0
visits,records/visits/centre.xlsx,May,2,0,2,0
places,records/places.csv,,6,0,5,1
"""


def test_the_screen_tells_the_rows_and_the_findings(once):
    """What is printed, word for word: each file's rows, then the findings, file after file, the most pressing first."""
    _, records, _ = once
    assert f"{datacheck.summary(records)}\n\n{datacheck.details(records)}" == SCREEN


def test_the_lists_hold_every_finding(once):
    """findings.csv and tally.csv, word for word, with the mark by which Excel knows UTF-8."""
    _, _, to = once
    assert (to / "findings.csv").read_bytes() == b"\xef\xbb\xbf" + FINDINGS.encode()
    assert (to / "tally.csv").read_bytes() == b"\xef\xbb\xbf" + TALLY.encode()


def test_the_screen_is_bounded(once):
    """Of more findings than fit, the most pressing of the first files are shown, and it is said how many are not."""
    _, records, _ = once
    lines = datacheck.details(records, most=3).split("\n")
    assert (
        lines[0].startswith("cannot be read: ")
        and lines[-1] == "... and 16 more findings in internal/check/findings.csv"
    )
    assert len([line for line in lines if line]) == 4


def test_of_many_files_the_clean_ones_are_one_line():
    """Files with rows held back are each told, however many there are; nothing of the others' rows is lost."""
    rows = [
        ("visits", f"records/visits/{number:02}.csv", "", 100, number == 7, 100 - (number == 7)) for number in range(30)
    ]
    assert datacheck.summary(tallied(*rows)) == (
        "records/visits/07.csv: 100 rows read = 99 used + 1 held back\n"
        "29 more files without rows held back: 2,900 rows read = 2,900 used + 0 held back\n"
        "All files: 3,000 rows read = 2,999 used + 1 held back\nNothing was found."
    )
    assert len(datacheck.summary(tallied(*rows[:25])).split("\n")) == 27


def test_a_name_does_nothing_to_the_screen():
    """A file called after a terminal's commands is shown without them."""
    hostile = Finding(
        "visits", "records/\x1b[2Ja\u202e\n.csv", "", "", "", "file", UNREAD, "it is no text", "Save it again"
    )
    records = tallied(findings=(hostile,))
    for text in (datacheck.details(records), datacheck.summary(records)):
        assert text.replace("\n", "").isprintable() and "records/\ufffd[2Ja\ufffd\ufffd.csv" in text


def test_the_exit_status_tells_a_script_to_stop(once):
    """1 where something is held back or cannot be read; what is repaired or only to be looked at stops nothing."""
    _, records, _ = once
    assert datacheck.status(records) == 1
    for severities, expected in (((LOOK, REPAIRED), 0), ((HELD_BACK,), 1), ((UNREAD,), 1), ((), 0)):
        assert (
            datacheck.status(
                Records({}, tuple(finding for finding in records.findings if finding.severity in severities))
            )
            == expected
        )


CELL = st.sampled_from(
    [
        "",
        " ",
        "x",
        "1",
        "-99",
        "<5",
        "2014-01-01",
        "31.12.2014",
        "osh",
        "total",
        "place_id",
        "Ош",
        "a,b",
        'say "x"',
        "two\nlines",
        "=1",
    ]
)
ROW = st.one_of(
    st.lists(CELL, max_size=5),
    st.tuples(st.sampled_from("abcde"), st.sampled_from(["2014-01-01", ""]), st.sampled_from(["1", ""])).map(list),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=st.lists(ROW, max_size=12), delimiter=st.sampled_from(",;\t"))
def test_rows_read_are_used_or_held_back(texts, rows, delimiter):
    """For any rows: what csv counts is what is read, all of it used, held back or passed over, each row that is not
    used with a finding, and it is said.
    """
    path = texts / "records" / "places.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([["place_id", "opened", "rooms"], *rows])
    with open(path, encoding="utf-8", newline="") as file:
        there = [
            number
            for number, row in enumerate(csv.reader(file, delimiter=delimiter), 1)
            if number > 1 and any(cell.strip() for cell in row)
        ]
    records, to = checked(texts)
    found = [(one.severity, set(one.rows)) for one in records.findings if one.table == "places"]
    held = set().union(*(rows for severity, rows in found if severity == HELD_BACK))
    passed = set().union(*(rows for severity, rows in found if severity == PASSED)) - held
    used = len(records["places"])
    assert len(there) == used + len(held) + len(passed) and held | passed <= set(there)
    more = f" + {len(passed)} passed over" if passed else ""
    words = "1 row" if len(there) == 1 else f"{len(there)} rows"
    assert f"records/places.csv: {words} read = {used} used + {len(held)} held back{more}" in datacheck.summary(
        records
    ).split("\n")
    if held:
        assert {cell.row for cell in cells_of(sent_back(to, "places.xlsx")["Rows"]) if cell.fill.fill_type} - {
            1
        } >= held
