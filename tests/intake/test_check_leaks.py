"""What a check writes runs in no program, and shows no sensitive value."""

import csv
import itertools
import shutil

import openpyxl
import pytest

from ctanalysis import Refused, project
from ctanalysis.intake import datacheck
from ctanalysis.intake.datacheck import listing
from ctanalysis.records import UNREAD, Finding
from tests.conftest import command
from tests.generators.wrong import SHIPPED, file_of
from tests.intake.copies import seen, sent_back
from tests.intake.mistakes import PEOPLE, PEOPLE_CSV, VISITS, broken, checked, described, every_byte, resource, tallied

RUNS = [
    '=HYPERLINK("http://x.example","y")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1",
    "\r=1",
    "＝1+1",
    " =1",
    "#REF!",
    "=1",
    "_x003D_1",
]


def test_nothing_runs_in_a_copy(folder):
    """Whatever a text begins with, it comes out as that text: in a copy of a CSV file, and of a workbook."""
    rows = [[f"v{number}", "never", "P-1", "", text] for number, text in enumerate(RUNS)]
    book = openpyxl.Workbook()
    book.active.append(["visit", "day of the visit", "visitor", "hours", "purpose"])
    for row in rows:
        book.active.append(row[:4])
        cell = book.active.cell(book.active.max_row, 5)
        cell.value, cell.data_type = row[4], "s"
    book.save(folder / "records" / "visits" / "runs.xlsx")
    with open(folder / "records" / "visits" / "texts.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["visit", "day of the visit", "visitor", "hours", "purpose"], *[[f"w{row[0]}", *row[1:]] for row in rows]]
        )
    _, to = checked(folder)
    for name, sheet in (("runs.xlsx", "Sheet"), ("texts.xlsx", "Rows")):
        column = sent_back(to, name)[sheet]["E"][1:]
        assert [cell.data_type for cell in column] == ["s"] * len(RUNS)
        assert [cell.value for cell in column] == [text.replace("\r", "\n") for text in RUNS]  # XML has no CR
    assert b"<f>" not in every_byte(to) and b"<f " not in every_byte(to)


@pytest.mark.parametrize("name", RUNS)
def test_nothing_runs_in_a_list(tmp_path, name):
    """A name of a file or sheet that a spreadsheet would take for a formula has an apostrophe before it in every
    CSV.
    """
    finding = Finding("visits", name, name, "", "", "file", UNREAD, "it is no text", "Save it again")
    listing.write_findings(tmp_path / "f.csv", [finding])
    listing.write_tally(tmp_path / "t.csv", tallied(("visits", name, name, 1, 0, 1)).tally)
    for path, columns in ((tmp_path / "f.csv", (2, 3)), (tmp_path / "t.csv", (1, 2))):
        with open(path, encoding="utf-8-sig", newline="") as file:
            line = list(csv.reader(file))[1]
        cells = [line[column] for column in columns]
        assert cells == [name if name in ("#REF!", "_x003D_1") else "'" + name.replace("\r", "\ufffd")] * 2


# What is never told.


def test_keys_carry_what_is_sensitive(folder):
    """A field that refers to a sensitive key, and a key that a sensitive field refers to, are left out like it."""
    assert project.load(folder).package.private_fields() == {
        "rows": set(),
        "people": {"person_id", "name"},
        "visits": {"who"},
        "places": set(),
    }
    described(folder, "people", schema=resource("", "", [field | {"sensitive": False} for field in PEOPLE])["schema"])
    visits = resource(
        "",
        "",
        [field | {"sensitive": field["name"] == "who"} for field in VISITS],
        foreignKeys=[{"fields": ["who"], "reference": {"resource": "people", "fields": ["person_id"]}}],
    )
    described(folder, "visits", schema=visits["schema"])
    assert project.load(folder).package.private_fields()["people"] == {"person_id"}


def test_names_above_the_headings_are_left_out_but_a_title_is_not(folder):
    """A row of several cells above the headings may be somebody's record; one cell alone is a title."""
    text = "Clients;of;the;centre;in;April\nP-7;Zarina;;;2;\n\nList of clients\n" + PEOPLE_CSV
    book = openpyxl.Workbook()
    for row in csv.reader(text.splitlines(), delimiter=";"):
        book.active.append(row)
    (folder / "records" / "people.csv").unlink()
    book.save(folder / "records" / "people.xlsx")
    described(folder, "people", path="records/people.xlsx")
    _, to = checked(folder)
    sheet = sent_back(to, "people.xlsx")["Sheet"]
    assert (
        sheet["A4"].value == "List of clients"
        and sheet["A2"].value is None
        and b"Zarina" not in every_byte(to)
        and b"P-7" not in every_byte(to)
    )
    assert sheet["E2"].value == "2" and sheet["A5"].value == "code"


def test_a_column_without_a_heading_is_left_out(folder):
    """It may hold anything, in a table without sensitive fields too; the first sheet says what the colour means."""
    (folder / "records" / "places.csv").write_text(
        "place_id,,opened,rooms\nosh,Zarina,,1\nnaryn,,,2\n", encoding="utf-8"
    )
    _, to = checked(folder)
    book = sent_back(to, "places.xlsx")
    assert (
        seen(book["Rows"]["B2"])[0] is None
        and book["Rows"]["B3"].fill.fill_type is None
        and book["Rows"]["D2"].value == "1"
    )
    assert "left out" in [cell.value for cell in book["Findings"]["A"]] and b"Zarina" not in every_byte(to)


def test_a_sheet_may_be_called_as_ours(folder):
    """The partner's keeps its name."""
    book = openpyxl.load_workbook(folder / "records/visits/centre.xlsx")
    book["May"].title = "findings"
    book.save(folder / "records/visits/centre.xlsx")
    _, to = checked(folder)
    assert sent_back(to, "centre.xlsx").sheetnames == ["Summary", "Findings 2", "April", "findings"]


@pytest.fixture(scope="module")
def canaries(tmp_path_factory):
    """A copy of the shipped project with the first rows of each table,
    and after them one that has a token of its own in every cell; the tokens, by whether they are sensitive.
    """
    made = tmp_path_factory.mktemp("canaries") / "project"
    shutil.copytree(SHIPPED, made, ignore=shutil.ignore_patterns("reports", "internal"))
    package = project.load(made).package
    private, number, tokens = package.private_fields(), itertools.count(1), {True: [], False: []}
    for table in package.resources:
        row = {name: f"Qx{next(number):03}zT" for name in table.fields}
        for name, token in row.items():
            tokens[name in private[table.name]].append(token)
        path = made / file_of(table.name)
        with open(path, encoding="utf-8", newline="") as file:
            header, *rows = itertools.islice(csv.reader(file), 60)
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows, [row[name] for name in header]])
    return made, tokens


def test_no_sensitive_value_is_in_any_byte(canaries, capfd):
    """Not in what is written, inside the workbooks too, nor on the screen, nor in what an exception says."""
    made, tokens = canaries
    assert len(tokens[True]) >= 6, "person_id in six tables"
    done = command("check", "-p", "project", str(made))
    told = every_byte(made / "internal") + done.stdout.encode() + done.stderr.encode() + every_byte(checked(made)[1])
    with pytest.raises(Refused) as refusal:  # as `make report` says it
        datacheck.write(
            project.load(made), broken(datacheck.check(project.load(made), made.parent / "x")), made.parent / "y"
        )
    out, error = capfd.readouterr()
    told += f"{refusal.value}{refusal.getrepr(showlocals=False)}{out}{error}".encode()
    assert [token for token in tokens[True] if token.encode() in told] == []
    assert [token for token in tokens[False] if token.encode() in told], "other cells are sent back as they are"
