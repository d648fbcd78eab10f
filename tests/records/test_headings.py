"""Which row names the columns, which columns are read, and which rows are no records."""

import json

import pytest

from ctanalysis import project, records
from ctanalysis.records import HELD_BACK, LOOK, PASSED, UNREAD
from tests.generators.sent import by_key, field, sent, surveyed, told, write

COUNTS = [field("women", "integer"), field("note")]
HEAD = ["id", "day", "women", "note"]
ROWS = [["r2", "2014-01-02", "7", "x"], ["r3", "2014-01-03", "8", "y"]]


def said(found):
    return "\n".join(map(str, found.findings))


# The table's own headings beat the columns that tools add.


def own(folder, *headings, tools, name="rows.csv"):
    """The Records of an export whose key and day are in columns that a tool has added, under these headings."""
    key = {"name": "id", "type": "string", "title": headings[0], "constraints": {"required": True, "unique": True}}
    fields = [key, {"name": "day", "type": "date", "title": headings[1]}, *COUNTS]
    rows = [[*headings, *tools, "women", "note"], *([row[0], row[1], *tools, *row[2:]] for row in ROWS)]
    return surveyed(folder, [], rows, name=name, table={"schema": {"fields": fields, "primaryKey": ["id"]}})


@pytest.mark.parametrize(
    ("headings", "tools"),
    [
        (("_uuid", "_submission_time"), ("_id", "_status", "_index")),
        (("_id", "_submission_time"), ("_uuid", "_notes")),
        (("KEY", "SubmissionDate"), ("SubmitterName", "ReviewState")),
        (("_index", "_submission__submission_time"), ("_parent_table_name", "_parent_index")),
    ],
)
def test_a_column_that_a_tool_adds_may_be_the_key(tmp_path, headings, tools):
    """What datapackage.json names is read; what else the tool has added is passed over. Only of _index it is said that
    it is no key that stays.
    """
    found = own(tmp_path / "p", *headings, tools=tools)
    assert {rule for _, rule, *_ in told(found)} == ({"restarting key"} if "_index" in headings else set())
    assert by_key(found, "women") == {"r2": 7, "r3": 8}


def test_a_column_of_the_table_beside_one_that_a_tool_adds(tmp_path):
    """The table's own column `status` is read, and the tool's column Status is not."""
    rows = [["id", "day", "status", "Status", "SubmissionDate", "KEY"], ["r2", "2014-01-02", "open", "sent", "x", "k1"]]
    found = surveyed(tmp_path / "p", [field("status")], rows, name="rows.csv")
    assert not told(found) and by_key(found, "status") == {"r2": "open"}


@pytest.mark.parametrize("tool", [("_id", "_uuid", "_submission_time"), ("SubmissionDate", "KEY")])
@pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])
def test_what_a_form_asks_of_the_telephone(tmp_path, tool, name):
    """start, end and deviceid stand in every new form: passed over; but `end` is read where the table has it."""
    form = ["start", "end", "today", "deviceid", "username"]
    rows = [[*form, "id", "day", "women", *tool], ["x", "2014-03-04", "z", "d", "u", "r2", "2014-01-02", "7", *tool]]
    found = surveyed(tmp_path / "p", [field("women", "integer")], rows, name=name)
    assert not told(found) and by_key(found, "women") == {"r2": 7}
    found = surveyed(tmp_path / "q", [field("women", "integer"), field("end", "date")], rows, name=name)
    assert not told(found) and str(by_key(found, "end")["r2"])[:10] == "2014-03-04"


def test_without_the_tool_s_own_columns_they_are_the_sender_s(tmp_path):
    """A column `end` in a file that no such tool exported is asked about as any other."""
    rows = [["end", "id", "day"], ["x", "r2", "2014-01-02"]]
    assert told(surveyed(tmp_path / "p", [], rows, name="rows.csv"))


# Columns that are ignored.


def wide(folder, *patterns, name="rows.csv"):
    rows = [["id", "_a", "day", "_b", "women", "note", "", "why", "_c"]]
    rows += [[row[0], "1", row[1], "2", *row[2:], "", "3", "4"] for row in ROWS]
    return surveyed(folder, COUNTS, rows, name=name, table={"ignoredColumns": list(patterns)})


@pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])
@pytest.mark.parametrize("patterns", [("*",), ("_*", "why"), ("_*", "w*")])
def test_columns_that_a_pattern_ignores(tmp_path, patterns, name):
    """They are not read; the check says once which they are, so that nobody waits for them in vain.
    A column of the table is read whatever a pattern says.
    """
    found = wide(tmp_path / "p", *patterns, name=name)
    assert by_key(found, "women") == {"r2": 7, "r3": 8} and by_key(found, "note") == {"r2": "x", "r3": "y"}
    letters = "B, D, I" if "why" in patterns else "B, D, H to I"
    assert told(found) == [(LOOK, "ignored columns", "", ())] and f"columns {letters} were not read" in said(found)


def test_a_column_that_no_pattern_ignores(tmp_path):
    """With "_*" alone the column `why` is asked about."""
    [finding] = wide(tmp_path / "p", "_*").of(UNREAD)
    assert "column H of row 1" in str(finding)


def test_they_are_listed_once(tmp_path):
    """Of a folder of files with the same columns, one finding says of how many."""
    rows = [[*HEAD, "more"], [*ROWS[0], "1"]]
    table = {"path": "records/rows", "ignoredColumns": ["*"]}
    folder = tmp_path / "p"
    sent(folder, COUNTS, rows, name="rows.csv", table=table)
    (folder / "records/rows.csv").unlink()
    (folder / "records/rows").mkdir()
    for number in range(3):
        write(folder / f"records/rows/{number}.csv", [rows[0], [f"r{number}", *rows[1][1:]]])
    found = records.survey(project.load(folder))
    assert told(found) == [(LOOK, "ignored columns", "", ())] and "so in 2 more files" in said(found)


# Rows that are no records.

TAGS = ["#meta+id", "#date", "#reached +f", "#description"]
LABELS = ["row", "day", "Women who came", "Remarks"]
LABELLED = [field("women", "integer", alternatives=["Women who came"]), field("note", alternatives=["remarks"])]


@pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])
@pytest.mark.parametrize(
    "below", [[TAGS], [LABELS], [LABELS, TAGS], [[*TAGS[:3], ""]], [["row", "", "women who came", ""]]]
)
def test_a_second_heading_row(tmp_path, below, name):
    """Labels under codes, and tags of HXL, are passed over and noted, each by its row; records begin after them."""
    found = surveyed(tmp_path / "p", LABELLED, [HEAD, *below, *ROWS], name=name)
    assert by_key(found, "women") == {"r2": 7, "r3": 8}
    assert told(found) == [(LOOK, "second heading", "", (row,)) for row in range(2, 2 + len(below))]
    assert found.places["rows"]["row"].tolist() == [2 + len(below), 3 + len(below)]


NOBODYS = ["Code of the visit", "When it was", "How many", "Anything else"]  # labels that datapackage.json lacks


def test_labels_that_nobody_knows_stand_above_tags(tmp_path):
    """Rows above a row of tags are headings, for records begin below it; both are passed over, and noted."""
    found = surveyed(tmp_path / "p", LABELLED, [HEAD, NOBODYS, TAGS, *ROWS], name="rows.xlsx")
    assert by_key(found, "women") == {"r2": 7, "r3": 8}
    assert told(found) == [(LOOK, "second heading", "", (row,)) for row in (2, 3)]


def test_the_advice_for_labels_that_nobody_knows(tmp_path):
    """Without tags it cannot be known: the row is asked about. Its words written down, it is passed over."""
    found = surveyed(tmp_path / "p", LABELLED, [HEAD, NOBODYS, *ROWS], name="rows.csv")
    [one] = [one for one in found.findings if one.rule == "second heading"]
    assert one.rows == (2,) and "fits none of its columns" in one.says and '"alternatives"' in one.do
    assert by_key(found, "women") == {"r2": 7, "r3": 8}  # held back as well: it is no record as it stands
    path = tmp_path / "p/datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    fields = {one["name"]: one for one in package["resources"][0]["schema"]["fields"]}
    for name, word in zip(HEAD, NOBODYS, strict=True):
        fields[name].setdefault("alternatives", []).append(word)
    path.write_text(json.dumps(package), encoding="utf-8")
    found = records.survey(project.load(tmp_path / "p"))
    assert told(found) == [(LOOK, "second heading", "", (2,))] and by_key(found, "women") == {"r2": 7, "r3": 8}


def test_a_first_record_that_is_wrong_in_part_is_no_heading(tmp_path):
    """One cell that fits makes it a record; so nobody is asked."""
    found = surveyed(tmp_path / "p", LABELLED, [HEAD, ["r1", "soon", "7", "x"], *ROWS], name="rows.csv")
    assert "second heading" not in {one.rule for one in found.findings}


@pytest.mark.parametrize("below", [["#r1", "2014-01-02", "7", "#x"], ["row", "2014-01-02", "7", "Remarks"]])
def test_a_record_is_no_heading(tmp_path, below):
    """A record with # in some cells, or with the word of a label, is read as a record."""
    found = surveyed(tmp_path / "p", LABELLED, [HEAD, below, *ROWS], name="rows.csv")
    assert len(found.places["rows"]) == 3


MUST = [field("women", "integer", constraints={"required": True}), COUNTS[1]]


@pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])
def test_running_numbers_in_rows_that_are_otherwise_empty(tmp_path, name):
    """A form with numbers down to 6, of which two rows were filled in: four rows are passed over, and noted."""
    rows = [["1", *ROWS[0][1:]], ["2", *ROWS[1][1:]], *([str(number), "", "", ""] for number in range(3, 7))]
    found = surveyed(tmp_path / "p", MUST, [HEAD, *rows], name=name)
    assert by_key(found, "women") == {"1": 7, "2": 8}
    assert told(found) == [(LOOK, "running number", "", (4, 5, 6, 7))]


def test_a_number_that_may_be_a_record(tmp_path):
    """A row with its key alone is a record where nothing else must be filled; and a code is no running number."""
    found = surveyed(tmp_path / "p", COUNTS, [HEAD, ["3", "", "", ""], ROWS[0]], name="rows.csv")
    assert len(found["rows"]) == 2 and told(found) == [(LOOK, "needed", "day", (2,))]
    found = surveyed(tmp_path / "q", MUST, [HEAD, ["M-3", "", "", ""], ROWS[0]], name="rows.csv")
    assert told(found) == [(HELD_BACK, "required", "women", (2,))]


def grouped(folder, upper, lower, *rows, name="rows.csv", fields=None):
    ages = [
        field("g17", "integer", alternatives=["Girls under 18"]),
        field("b17", "integer", alternatives=["Boys under 18"]),
    ]
    return surveyed(folder, fields or ages, [upper, lower, *rows], name=name)


@pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])
def test_headings_of_two_levels(tmp_path, name):
    """Girls and boys above, ages below: the two are joined from top to bottom."""
    rows = ["r2", "2014-01-02", "3", "4"], ["r3", "2014-01-03", "5", "6"]
    found = grouped(tmp_path / "p", ["id", "day", "Girls", "Boys"], ["", "", "under 18", "under 18"], *rows, name=name)
    assert not told(found)
    assert by_key(found, "g17") == {"r2": 3, "r3": 5} and by_key(found, "b17") == {"r2": 4, "r3": 6}


def test_a_group_over_several_columns(tmp_path):
    """The upper word stands once over its columns, as a merged cell leaves it."""
    fields = [field(name, "integer", alternatives=[f"Came {name}"]) for name in ("women", "men")]
    found = grouped(
        tmp_path / "p",
        ["id", "day", "Came", ""],
        ["", "", "women", "men"],
        ["r2", "2014-01-02", "3", "4"],
        fields=fields,
    )
    assert not told(found) and (by_key(found, "women"), by_key(found, "men")) == ({"r2": 3}, {"r2": 4})


def test_a_first_record_is_no_second_level(tmp_path):
    """A row of records under headings that lack a column does not become part of the headings."""
    found = grouped(tmp_path / "p", ["id", "day", "Girls under 18"], ["r2", "2014-01-02", "3"])
    [finding] = found.of(UNREAD)
    assert "'b17' is missing in row 1" in str(finding)


# Rows that are shorter or longer.


def of_text(folder, text, **of_note):
    return surveyed(folder, [COUNTS[0], field("note", **of_note)], text, name="rows.csv")


def test_blank_headings_at_the_end_with_cells_under_them(tmp_path):
    """Somebody wrote beside the table: the cells have no heading and are not read, and the rows are."""
    found = of_text(tmp_path / "p", "id,day,women,note,,\nr2,2014-01-02,7,x,,\nr3,2014-01-03,8,y,see,me\n")
    assert by_key(found, "women") == {"r2": 7, "r3": 8}
    assert told(found) == [(LOOK, "no heading", "", (3,))]


@pytest.mark.parametrize(
    "others", ["r2,2014-01-02,7,x\n", "r2,2014-01-02,7\n", "r2,2014-01-02,7,x\nr4,2014-01-02,7,x,\n"]
)
def test_a_comma_where_others_leave_out_the_cell_below_a_blank_heading(tmp_path, others):
    """8,5 people and y: the comma has moved the cells, for the file has no cell below the blank heading."""
    found = of_text(tmp_path / "p", f"id,day,women,note,\n{others}r3,2014-01-03,8,5,y\n")
    assert [one.rule for one in found.of(HELD_BACK)] == ["too many cells"] and "r3" not in by_key(found, "women")
    found = of_text(tmp_path / "q", f'id,day,women,note,\n{others}r3,2014-01-03,8,"5,y"\n')
    assert not found.of(HELD_BACK) and by_key(found, "women")["r3"] == 8


def test_a_decimal_comma_under_a_blank_heading(tmp_path):
    """7,5 and 3, where 7 and 5 would be read, and 3 stand below no heading."""
    fields = [field("n", "number"), field("m", "number")]
    rows = "id,day,n,m,\na,2014-01-01,1,2\nb,2014-01-02,7,5,3\nc,2014-01-03,4,6\n"
    found = surveyed(tmp_path / "p", fields, rows, name="rows.csv")
    assert told(found) == [(HELD_BACK, "too many cells", "", (3,))] and by_key(found, "n") == {"a": 1, "c": 4}
    one = surveyed(tmp_path / "q", fields, "id,day,n,m,\nb,2014-01-02,7,5,3\n", name="rows.csv")
    assert told(one) == [(LOOK, "no heading", "", (2,))]  # of one row nobody can tell


def test_a_comma_without_quotation_marks_beside_blank_headings(tmp_path):
    """A row that has more cells than the row of the headings has been shifted, and is held back."""
    found = of_text(tmp_path / "p", "id,day,women,note,\nr2,2014-01-02,7,x,\nr3,2014-01-03,8,y, and z,\n")
    assert told(found) == [(HELD_BACK, "too many cells", "", (3,))]


def test_a_row_that_lacks_its_last_optional_cells(tmp_path):
    """It is read, and said."""
    found = of_text(tmp_path / "p", "id,day,women,note\nr2,2014-01-02,7\nr3,2014-01-03\nr4,2014-01-04,9,z\n")
    assert found["rows"]["women"].fillna(-1).tolist() == [7, -1, 9]
    assert told(found) == [(LOOK, "short row", "", (2, 3))]


@pytest.mark.parametrize(
    ("text", "of_note"),
    [
        ("id,day,women,note\nr2,2014-01-02,7,\nr3,2014-01-03,8\n", {}),  # row 2 has its empty cell: none is left out
        ("id,day,women,note\nr2,2014-01-02,7,x\nr3,2014-01-03,8", {}),  # the end of the file: 80 may have been meant
        ("id,day,women,note\nr2,2014-01-02,7,x\nr3,2014-01-03,8\n", {"constraints": {"required": True}}),
    ],
)
def test_a_row_that_may_be_cut_off(tmp_path, text, of_note):
    """A row is held back where the file has empty last cells elsewhere, where its line has no end, and where it lacks
    a cell that must be filled.
    """
    assert (HELD_BACK, "too few cells", "", (3,)) in told(of_text(tmp_path / "p", text, **of_note))


# Sheets.


def test_a_sheet_that_names_half_of_the_columns(tmp_path):
    """A list beside the records is asked about, and the advice is the setting that helps; followed, it does."""

    def with_list(sheet):
        other = sheet.parent.create_sheet("List")
        for row in (["id", "women"], ["a", 1]):
            other.append(row)

    [finding] = surveyed(tmp_path / "p", COUNTS, [HEAD, *ROWS], edit=with_list).of(UNREAD)
    assert "sheet 'List'" in str(finding) and '"sheetName"' in str(finding)
    named = {"dialect": {"sheetName": "Sheet"}}
    found = surveyed(tmp_path / "q", COUNTS, [HEAD, *ROWS], edit=with_list, table=named)
    assert by_key(found, "women") == {"r2": 7, "r3": 8}


# Total rows, whatever column says it.


@pytest.mark.few(20)
@pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])
@pytest.mark.parametrize(
    "word", ["Итого", "ВСЕГО:", "Жалпы", "Total", "Grand total", "Итого за 1 квартал", "Всего по области"]
)
@pytest.mark.parametrize("column", ["№", "note", "remark", ""])
def test_a_total_is_known_by_any_column(tmp_path, column, word, name):
    """Two records and their sum, 15. What says so stands in a column that is read, in ignored ones, or in one without
    a heading: the row is a total, and not a record that lost its key.
    """
    head = ["№", "id", "day", "women", "", "note", "remark"]
    rows = [head, *([str(number), *row[:3], "", row[3], ""] for number, row in enumerate(ROWS, 1))]
    rows.append([word if heading == column else "15" if heading == "women" else "" for heading in head])
    found = surveyed(tmp_path / "p", COUNTS, rows, name=name, table={"ignoredColumns": ["№", "remark"]})
    assert by_key(found, "women") == {"r2": 7, "r3": 8}
    assert (PASSED, "total", "", (4,)) in told(found)


@pytest.mark.parametrize("word", ["Total Solutions", "Totally new", "Всеволод", "2 total", "x" * 50 + " total"])
def test_a_remark_that_is_no_total_makes_none(tmp_path, word):
    """Without its key the row is still held back: as what it is, a row that lacks one."""
    rows = [["№", *HEAD], *([str(number), *row] for number, row in enumerate(ROWS, 1)), [word, "", "", "15", ""]]
    found = surveyed(tmp_path / "p", COUNTS, rows, name="rows.csv", table={"ignoredColumns": ["№"]})
    assert {rule for _, rule, *_ in told(found)} == {"required"}


def test_an_ignored_remark_beside_a_key_is_a_remark(tmp_path):
    """A record whose remark, which is not read, says "total" is a record."""
    rows = [[*HEAD, "remark"], *([*row, "Total"] for row in ROWS)]
    found = surveyed(tmp_path / "p", COUNTS, rows, name="rows.csv", table={"ignoredColumns": ["remark"]})
    assert not told(found) and by_key(found, "women") == {"r2": 7, "r3": 8}
