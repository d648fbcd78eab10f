"""What a first-time user sends or types wrongly: each is told in one plain sentence, and everything is as it was."""

import json

import pytest

from ctanalysis.__main__ import main
from tests.intake.partner_files import EVENT_ROWS, IN_RUSSIAN, everything, of_events, received, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000)  # how a workbook with a password begins, and an old one
TABLE = "код,дата мероприятия,количество участников,область\nE-101,2015-01-14,25,Ош\n"
FILES = {
    "a workbook with a password": ("с паролем.xlsx", OLE, "Save it as .xlsx without a password"),
    "a workbook of an old Excel": ("отчёт.xls", OLE, "it is a workbook of an old Excel. Save it as CSV UTF-8 or as an"),
    "an empty workbook": ("пустой.xlsx", b"", "the file is empty"),
    "an empty text": ("пустой файл.csv", b"", "the file is empty"),
    "blank lines": ("пусто.csv", b"\n \n\n", "none of its first 30 rows names the columns"),
    "UTF-16 without its mark": ("отчёт.csv", TABLE.encode("utf-16-le"), "save it again as CSV UTF-8"),
    "a text by the name of a workbook": (
        "отчёт.xlsx",
        TABLE.encode(),
        "it is no Excel workbook, whatever its name says",
    ),
    "a page to sign in": ("отчёт.csv", b"<html><body>Sign in</body></html>", "none of its first 30 rows names"),
    "no ending": ("отчёт", TABLE.encode(), "it is no CSV file and no Excel workbook. Save it as CSV UTF-8"),
    "what Excel leaves beside an open file": ("~$отчёт.xlsx", b"x" * 165, "Rename it"),
    "the headings alone": ("отчёт.csv", TABLE.split("\n", maxsplit=1)[0].encode() + b"\n", "PERIOD=FY2015Q2"),
}
TYPED = {
    "a year too late": ({"sent": "2105-04-14"}, "is more than a year after the project's last day"),
    "a year too early": ({"sent": "2014-04-14"}, "its days are later than SENT=2014-04-14. Correct SENT"),
    "a period after the project": ({"period": "FY2031Q1"}, "the project ends on"),
    "a period before it": ({"period": "FY1999"}, "the project begins on"),
    "a formula for a partner": ({"partner": "=ORG05"}, "must not begin with ="),
    "two lines for a partner": ({"partner": "ORG\n05"}, "PARTNER must be a name or a code"),
}


def told(project, file, capsys, **typed):
    """What the command says of what it refuses: one sentence, and nothing in the project has changed."""
    words = {"partner": "ORG05", "sent": "2015-04-14", "period": ""} | typed
    before, period = everything(project), words.pop("period")
    options = [f"--{name}={text}" for name, text in ({"file": str(file)} | words).items()]
    assert main(["receive", *options, "-p", "period", period, "-p", "project", str(project)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and everything(project) == before
    assert not any(word in said.err for word in ("Traceback", "Errno", "openpyxl", "codec", "move it out"))
    return said.err


@pytest.mark.parametrize("name, content, says", FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_taken_in(name, content, says, project, tmp_path, capsys):
    """Each with a Cyrillic name, most with a blank: the sentence names the file as it is called."""
    file = tmp_path / name
    file.write_bytes(content)
    error = told(project, file, capsys)
    assert name in error and says in error


def test_a_folder_is_no_file(project, tmp_path, capsys):
    """A folder that was sent, also one with the name of a file: one file of it has to be named."""
    for name in ("за первый квартал", "отчёт.csv"):
        (tmp_path / name).mkdir()
        assert f"{name}: it is a folder. Name one file in it: make receive FILE=" in told(
            project, tmp_path / name, capsys
        )


@pytest.mark.parametrize("typed, says", TYPED.values(), ids=TYPED)
def test_what_is_typed_wrongly(typed, says, project, sent, capsys):
    """The file is right, a day, period or partner is not."""
    assert says in told(project, of_events(sent), capsys, **typed)


def test_a_sheet_of_another_name(project, tmp_path, capsys):
    """datapackage.json names the sheet of the table, and the partner has called it otherwise."""
    path = project / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    [events] = [table for table in package["resources"] if table["name"] == "events"]
    events["dialect"] = {"sheetName": "Мероприятия"}
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    file = workbook(tmp_path / "отчёт.xlsx", Лист1=[IN_RUSSIAN["events"], *EVENT_ROWS])
    error = told(project, file, capsys)
    assert "sheet 'Лист1': it has the columns of table 'events' (events), which is read from a sheet named" in error
    assert "'Мероприятия' only. Rename the sheet" in error
    received(project, workbook(tmp_path / "снова.xlsx", Мероприятия=[IN_RUSSIAN["events"], *EVENT_ROWS]))


def test_late_is_asked_about(project, sent):
    """Half a year after its quarter a file may well be sent, and so it is taken in; the day may also be misspelt. One
    sent in two weeks is not asked about.
    """
    assert "days after FY2015Q2 was over" not in received(project, of_events(sent), dry="1")
    said = received(project, of_events(sent), sent="2015-09-27")
    assert "It was sent 180 days after FY2015Q2 was over: is SENT right?" in said
