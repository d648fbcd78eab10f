"""LibreOffice takes into an entry workbook what is right and refuses what is not."""

import shutil
import subprocess
from datetime import date

import pytest

from ctanalysis.intake.templates.entry import FIRST, workbook
from tests.intake.forms import opened

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Mark(given As String, told As String)
  Dim none()
  document = StarDesktop.loadComponentFromURL(ConvertToURL(given), "_blank", 0, none())
  sheet = document.Sheets.getByIndex(0)
  document.CurrentController.setActiveSheet(sheet)
  frame = document.CurrentController.Frame
  createUnoService("com.sun.star.frame.DispatchHelper").executeDispatch(frame, ".uno:ShowInvalid", "", 0, none())
  file = FreeFile
  Open told For Output As #file
  For number = 0 To sheet.DrawPage.Count - 1
    shape = sheet.DrawPage.getByIndex(number)
    x = shape.Position.X + shape.Size.Width / 2 : y = shape.Position.Y + shape.Size.Height / 2
    For row = 0 To 12 : For column = 0 To 9
      cell = sheet.getCellByPosition(column, row)
      across = x &gt; cell.Position.X And x &lt; cell.Position.X + cell.Size.Width
      down = y &gt; cell.Position.Y And y &lt; cell.Position.Y + cell.Size.Height
      If across And down Then Print #file, Chr(65 + column) &amp; (row + 1)
    Next column : Next row
  Next number
  Close #file
  document.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library"
 library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Module1"/>
</library:library>
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A folder with a profile of LibreOffice that has the macro."""
    folder = tmp_path_factory.mktemp("office")
    _run(folder, "--terminate_after_init")
    macros = folder / "profile" / "user" / "basic" / "Standard"
    (macros / "Module1.xba").write_text(MACRO, encoding="utf-8")
    (macros / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    return folder


def _run(folder, what):
    subprocess.run(
        ["libreoffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", what],
        timeout=120,
        capture_output=True,
    )


def _invalid(office, book):
    """The filled cells that LibreOffice would not have taken: those round which it draws a circle."""
    book.save(office / "filled.xlsx")
    told = office / "told.txt"
    told.unlink(missing_ok=True)
    _run(office, f'macro:///Standard.Module1.Mark("{office}/filled.xlsx","{told}")')
    return {place for place in told.read_text().split() if book.worksheets[0][place].value is not None}


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("libreoffice"), reason="needs LibreOffice")
@pytest.mark.parametrize(
    ("language", "row"),
    [
        (
            "English",
            [
                "007",
                date(2014, 1, 1),
                "victim of trafficking",
                "female",
                "25–34",
                "Osh oblast",
                "forced labour",
                "Kazakhstan",
                "law enforcement",
            ],
        ),
        (
            "Русский",
            [
                "007",
                date(2014, 1, 1),
                "жертва торговли людьми",
                "женский",
                "25–34 года",
                "Ошская область",
                "принудительный труд",
                "Казахстан",
                "правоохранительные органы",
            ],
        ),
        (
            "Кыргызча",
            [
                "007",
                date(2014, 1, 1),
                "адам сатуунун курмандыгы",
                "аял",
                "25–34 жаш",
                "Ош облусу",
                "мажбурлап иштетүү",
                "Казакстан",
                "укук коргоо органдары",
            ],
        ),
    ],
)
def test_a_spreadsheet_takes_what_is_right_and_refuses_what_is_not(projects, office, monkeypatch, language, row):
    """LibreOffice evaluates the validations: the lists of the chosen language, days,
    keys; 7 is another code than 007.
    """
    monkeypatch.setattr(
        "ctanalysis.intake.templates.entry.ROWS", 4
    )  # it draws a thousand circles at most, blank cells of keys among them
    book = opened(workbook(projects["shipped"], projects["shipped"].package.tables["victims"]))
    sheet = book.worksheets[0]
    sheet["B2"].value = language
    wrong = [" 7 ", date(2011, 9, 30), *["no such word"] * 7]
    for number, cells in enumerate((row, ["7", *row[1:]], wrong), FIRST):
        for place, value in enumerate(cells, 1):
            sheet.cell(number, place).value = value
    assert _invalid(office, book) == {f"{letter}{FIRST + 2}" for letter in "ABCDEFGHI"}
    sheet[f"A{FIRST + 1}"].value = "007"
    assert _invalid(office, book) == {f"A{FIRST}", f"A{FIRST + 1}"} | {f"{letter}{FIRST + 2}" for letter in "ABCDEFGHI"}


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("libreoffice"), reason="needs LibreOffice")
def test_a_spreadsheet_compares_days_and_numbers(projects, office, monkeypatch):
    """A plan closed before it was started; people who are not whole or fewer than one."""
    monkeypatch.setattr("ctanalysis.intake.templates.entry.ROWS", 4)
    tables = projects["shipped"].package.tables
    for table, rows, wrong in (
        (
            "plans",
            [["1", "P", date(2014, 2, 1), date(2014, 1, 31)], ["2", "P", date(2014, 2, 1), date(2014, 2, 1)]],
            {f"D{FIRST}"},
        ),
        (
            "attendance",
            [["1", "E", None, None, 0], ["2", "E", None, None, 1.5], ["3", "E", None, None, 1]],
            {f"E{FIRST}", f"E{FIRST + 1}"},
        ),
    ):
        book = opened(workbook(projects["shipped"], tables[table]))
        for number, cells in enumerate(rows, FIRST):
            for place, value in enumerate(cells, 1):
                book.worksheets[0].cell(number, place).value = value
        assert _invalid(office, book) == wrong
