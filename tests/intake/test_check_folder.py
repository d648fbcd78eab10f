"""The folder that a check writes: the same bytes for the same records, replaced whole, and bounded for long files."""

import io
import os
import re
import subprocess
import sys
import zipfile

import pytest

from ctanalysis import Refused, project
from ctanalysis.intake import datacheck
from ctanalysis.intake.datacheck import copies, plans
from tests.generators.wrong import SHIPPED
from tests.intake.copies import RED, STORE, cells_of, seen, sent_back
from tests.intake.mistakes import checked, described, every_byte, many


def test_a_folder_of_the_same_names_comes_back_whole(folder):
    for partner in ("one", "two"):
        (folder / "records" / partner).mkdir()
        (folder / "records" / partner / "umed.csv").write_text(
            "place_id,opened,rooms\n" + f"{partner},x,1\nbatken{partner},,2\n", encoding="utf-8"
        )
    described(folder, "places", path=["records/one", "records/two"])
    _, to = checked(folder)
    for partner in ("one", "two"):
        assert sent_back(to, f"{partner}-umed.xlsx")["Rows"]["A2"].value == partner


def test_the_same_records_give_the_same_bytes(folder, monkeypatch):
    """Also at another hour, and with another seed of hashes."""
    _, first = checked(folder)
    command = (
        "import sys, pathlib; from ctanalysis import project; from ctanalysis.intake import datacheck; "
        "datacheck.check(project.load(sys.argv[1]), pathlib.Path(sys.argv[2]))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(SHIPPED.parent), "TZ": "Asia/Bishkek"}
    subprocess.run(
        [sys.executable, "-c", command, str(folder), str(folder.parent / "again")], check=True, env=environment
    )
    again = folder.parent / "again"
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    for name in names:
        assert (first / name).read_bytes() == (again / name).read_bytes(), name
        if name.suffix == ".xlsx":
            with zipfile.ZipFile(first / name) as archive:
                assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
                assert set(re.findall(rb"\d{4}-\d\d-\d\dT[^<]*", archive.read("docProps/core.xml"))) == {
                    b"1980-01-01T00:00:00Z"
                }


def test_the_folder_is_replaced_whole_or_not_at_all(folder, monkeypatch):
    """What a failed check leaves is what there was; no file of an earlier one stays."""
    _, to = checked(folder)
    before = every_byte(to)
    monkeypatch.setattr(copies, "marked_copy", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        checked(folder)
    assert every_byte(to) == before and [path.name for path in to.parent.iterdir()] == ["check"]
    monkeypatch.undo()
    (folder / "records" / "places.csv").write_text("place_id,opened,rooms\nosh,,1\n", encoding="utf-8")
    checked(folder)
    assert not (to / "send-back" / "places.xlsx").exists()


def test_a_file_that_changes_meanwhile_is_refused(folder):
    """Marks would be in other rows than what they are about."""
    found = project.load(folder)
    records = datacheck.check(found, folder.parent / "check")
    (folder / "records" / "people.csv").write_text("nothing;of;it\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"people\.csv: it changed while it was checked"):
        datacheck.write(found, records, folder.parent / "check")


def test_comments_are_capped(texts):
    """The first thousand marked cells have one, all have the colour, and the first sheet says so."""
    many(texts, 2100)
    _, to = checked(texts)
    book = sent_back(to, "places.xlsx")
    marked = [cell for cell in cells_of(book["Rows"]) if cell.fill.fill_type]
    assert len(marked) == 1050 and [bool(cell.comment) for cell in marked] == [True] * 1000 + [False] * 50
    assert "Sheet 'Rows': 1,000 cells have a comment; 50 more have the colour only." in [
        cell.value for cell in book["Findings"]["A"]
    ]


def test_of_a_long_file_only_rows_with_findings_are_copied(texts, monkeypatch):
    """Where they stand in the file, the most pressing first; the first sheet says so."""
    monkeypatch.setattr(plans, "MOST_ROWS", 3)
    many(texts, 10)
    _, to = checked(texts)
    book = sent_back(to, "places.xlsx")
    assert [row[0].row for row in book["Rows"].iter_rows() if row[0].value] == [1, 3, 5, 7]
    assert "Only 3 rows with findings are copied, in the rows where they stand in your file." in [
        cell.value for cell in book["Findings"]["A"]
    ]


def test_of_a_long_file_the_most_pressing_rows_are_copied(texts, monkeypatch):
    """A row that is held back, before rows that were repaired."""
    monkeypatch.setattr(plans, "MOST_ROWS", 3)
    lines = [f"p{number},{'never' if number > 7 else '2014-01-01 00:00'},1" for number in range(10)]
    (texts / "records" / "places.csv").write_text("\n".join(["place_id,opened,rooms", *lines]) + "\n", encoding="utf-8")
    _, to = checked(texts)
    assert [row[0].row for row in sent_back(to, "places.xlsx")["Rows"].iter_rows() if row[0].value] == [1, 2, 10, 11]


def test_a_workbook_whose_look_cannot_be_told_comes_back_plain(folder):
    """A style that there is not: the values are what was checked, and the marks are in their cells."""
    path = folder / "records/visits/centre.xlsx"
    made = io.BytesIO()
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(made, "w") as archive:
        for name in parts.namelist():
            archive.writestr(
                name,
                re.sub(
                    rb'<c r="A3"', b'<c r="A3" s="977"', re.sub(rb'(<c r="A3"[^>]*) s="\d+"', rb"\1", parts.read(name))
                )
                if "sheet1" in name
                else parts.read(name),
            )
    path.write_bytes(made.getvalue())
    _, to = checked(folder)
    sheet = sent_back(to, "centre.xlsx")["April"]
    assert sheet["A3"].value == "v1" and sheet["B3"].value == "2014-04-01" and seen(sheet["D6"]) == (None, RED, STORE)
    assert b"Begimai" not in every_byte(to) and b"P-1" not in every_byte(to)
