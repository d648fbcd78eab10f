"""Entry workbooks: every column is validated, instructions in each language, the same bytes for the same project."""

import os
import re
import subprocess
import sys
import zipfile
from datetime import date

import pytest
from openpyxl.utils.datetime import from_excel

from ctanalysis import records
from ctanalysis.base.replacing import replacing
from ctanalysis.evaluation import SHIPPED
from ctanalysis.intake import templates
from ctanalysis.intake.templates import words
from ctanalysis.intake.templates.columns import languages
from ctanalysis.intake.templates.entry import FIRST, HEADER, ROWS, workbook
from ctanalysis.intake.templates.lists import SHEET as LISTS
from ctanalysis.records.files import header
from tests.conftest import ROOT
from tests.intake.forms import MUST_BE_FILLED, TABLES, list_of, opened, rows_of, table_of, validations


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_every_column_is_validated(projects, books, name, table):
    """Lists, dates, numbers and keys, in every row that is ready to be filled, with what is told before and after."""
    book = books[name, table]
    sheet, spoken = book.worksheets[0], languages(projects[name], projects[name].package.tables[table])
    found = validations(sheet)
    for column, letter in table_of(projects, name, table):
        rule = found.pop(letter)
        assert rule.showInputMessage and rule.prompt and len(rule.prompt) <= 255 and len(rule.promptTitle) <= 32
        assert rule.showErrorMessage and rule.error and len(rule.error) <= 225 and rule.errorStyle in ("stop", None)
        if column.choices:
            assert rule.type == "list" and not rule.showDropDown
            assert list_of(book, rule.formula1) == [
                tuple(choice.written[language] for choice in column.choices) for language in spoken
            ]
        elif column.field.type == "date":
            assert rule.type == "date" and rule.operator in ("between", None)
            assert from_excel(float(rule.formula2)).date() == column.high
            assert str(int((column.low - date(1899, 12, 30)).days)) in rule.formula1 or column.low == date(1900, 1, 1)
        elif column.field.type in ("integer", "number"):
            assert rule.type == {"integer": "whole", "number": "decimal"}[column.field.type]
            limits = column.field.constraints
            assert limits.minimum is None or float(rule.formula1) == limits.minimum
            assert limits.maximum is None or float(rule.formula2) == limits.maximum
        elif column.field.constraints.unique:
            assert (
                rule.type == "custom"
                and f"SUMPRODUCT(--EXACT(${letter}${FIRST}:${letter}${FIRST + ROWS - 1},{letter}{FIRST}))<2"
                in rule.formula1
            )
        kept = {"date": "yyyy-mm-dd", "integer": "0", "number": "General"}.get(column.field.type, "@")
        assert sheet.column_dimensions[letter].number_format == kept
    assert not found


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_the_header_is_the_first_row_that_names_the_columns(projects, books, name, table):
    """It stays in sight, has a filter, and shows which columns must be filled, by colour and by *.

    No other sheet is taken for records.
    """
    described = projects[name].package.tables[table]
    first, *others = books[name, table].worksheets
    told = header.find(described, rows_of(first))
    assert (told.row, [*told.fields]) == (HEADER, [*described.fields])
    assert first.freeze_panes == f"B{FIRST}" and first.auto_filter.ref.startswith(f"A{HEADER}:")
    for column, letter in table_of(projects, name, table):
        marked = str(first[f"{letter}{HEADER - 1}"].value or "").startswith("*")
        coloured = first[f"{letter}{HEADER}"].fill.fgColor.rgb.endswith(MUST_BE_FILLED[2:])
        assert marked == coloured == column.required
        assert first.column_dimensions[letter].width >= len(column.field.title)
    assert [sheet.sheet_state for sheet in others] == ["visible"] * (len(others) - 1) + ["hidden"]
    for sheet in others:
        assert header.find(described, rows_of(sheet)) is None
        assert sheet["A1"].value in records.files.workbook.NO_RECORDS.values()


def test_words_above_the_header_are_not_taken_for_it(projects):
    """One other language, and nothing that must be filled: the words alone would name the columns."""
    project = projects["second"]
    table = project.package.tables["vokhuriho"]
    fields = tuple(
        field.model_copy(update={"constraints": type(field.constraints)()}) for field in table.table_schema.fields
    )
    kept = {key: value for key, value in table.__dict__.items() if key != "fields"}
    free = type(table).model_construct(
        **kept | {"table_schema": table.table_schema.model_copy(update={"fields": fields})}
    )
    sheet = opened(workbook(project, free)).worksheets[0]
    assert sheet["A3"].value == "· рақам"
    assert header.find(free, rows_of(sheet)).row == HEADER


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_there_are_instructions_in_each_language(projects, books, name, table):
    """What each column means, how it is written, whether it must be filled, what is allowed.

    Which are sensitive.
    """
    described = projects[name].package.tables[table]
    spoken = languages(projects[name], described)
    sheets = books[name, table].worksheets[1:-1]
    assert len(sheets) == len(spoken)
    for sheet, language in zip(sheets, spoken, strict=True):
        rows = {
            row[0].value.split("\n")[0].split(" · ")[-1]: row for row in sheet.iter_rows() if " · " in str(row[0].value)
        }
        for column, _ in table_of(projects, name, table):
            row = rows[column.word(language)]
            assert (row[1].value or "") == column.field.description and row[2].value
            assert row[3].value == words.phrase(language, "yes" if column.required else "no")
            assert (row[4].value or "").split("\n") == [
                str(choice.written[language]) for choice in column.choices
            ] or not column.choices
            assert (words.phrase(language, "sensitive") in row[0].value) == column.field.private


def test_the_languages_are_those_that_the_project_gives(projects, books):
    """English, Russian and Kyrgyz; the words of each are there."""
    book = books["shipped", "events"]
    assert book.sheetnames == ["Events", "Instructions", "Инструкция", "Нускама", LISTS]
    assert [cell.value for [cell] in book[LISTS]["A2:A4"]] == ["English", "Русский", "Кыргызча"]
    assert book.worksheets[0]["A1"].value == "Events · Мероприятия · Иш-чаралар"
    assert book.worksheets[0]["E3"].value == "* область\nоблус"
    assert books["second", "kumakho"].sheetnames == ["Помощь", "Instructions", "Instructions (tg)", LISTS]


def test_every_language_says_the_same():
    """The same keys, the same gaps to fill."""
    files = {path.stem: words._words(path.stem) for path in words.FOLDER.glob("*.toml")}
    assert {"en", "ru", "ky"} <= set(files)
    for said in files.values():
        assert [*said] == [*files["en"]]
        for key, text in said.items():
            gaps = [set(re.findall(r"\{(\w+)\}", sentence)) for sentence in ([text] if isinstance(text, str) else text)]
            assert gaps == [
                set(re.findall(r"\{(\w+)\}", sentence))
                for sentence in ([files["en"][key]] if isinstance(text, str) else files["en"][key])
            ]


def test_the_dates_are_the_projects_own_where_a_rule_says_so(projects, books):
    """Elsewhere any day that is read as one; a day that must not be before another is compared with it."""
    events = validations(books["shipped", "events"].worksheets[0])["B"]
    assert (from_excel(int(events.formula1)).date(), from_excel(int(events.formula2)).date()) == (
        date(2011, 10, 1),
        date(2015, 9, 30),
    )
    closed = validations(books["shipped", "plans"].worksheets[0])["D"]
    assert closed.formula1 == f"MAX(1,$C{FIRST})" and from_excel(int(closed.formula2)).date() == date(2099, 12, 31)
    assert not closed.allow_blank, (
        "Excel takes anything where a cell that the formula names is blank and blanks are ignored"
    )


def test_what_pasting_brings_is_painted(projects, books):
    """Missing, there twice, in the wrong order, not the sum."""
    painted = {
        name: {rule.type: rule for area in books[name].worksheets[0].conditional_formatting for rule in area.rules}
        for name in books
    }
    assert {"duplicateValues", "expression"} <= set(painted["shipped", "victims"])
    formulas = [
        rule.formula[0]
        for area in books["second", "vokhuriho"].worksheets[0].conditional_formatting
        for rule in area.rules
        if rule.formula
    ]
    assert (
        f"AND(COUNT(H{FIRST},$E{FIRST},$F{FIRST},$G{FIRST})=4,ABS(H{FIRST}-($E{FIRST}+$F{FIRST}+$G{FIRST}))>0.00005)"
        in formulas
    )
    assert f"AND(COUNTA($A{FIRST}:$H{FIRST})>0,LEN(TRIM(A{FIRST}))=0)" in formulas


# --- Bytes ------------------------------------------------------------------------------------


def test_the_same_project_gives_the_same_bytes(projects, tmp_path):
    """In another process with another hash seed, too; there is no time and no machine in them."""
    paths = templates.write(projects["shipped"], tmp_path / "one")
    code = (
        "from pathlib import Path; from ctanalysis.intake import templates; from ctanalysis.project import load; "
        f"templates.write(load({str(SHIPPED)!r}), Path({str(tmp_path / 'two')!r}))"
    )
    subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}, check=True
    )
    assert [path.relative_to(tmp_path / "one").as_posix() for path in paths] == [
        f"{kind}/{table}.xlsx" for kind in ("excel", "xlsform") for table in projects["shipped"].package.tables
    ]
    for path in paths:
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()
        with zipfile.ZipFile(path) as archive:
            assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert not any(
                str(tmp_path).encode() in archive.read(part) or str(ROOT).encode() in archive.read(part)
                for part in archive.infolist()
            )


def test_all_templates_are_written_or_none(projects, tmp_path, monkeypatch):
    """What was there stays when something fails."""
    folder = tmp_path / "templates"
    with replacing(folder) as fresh:
        (fresh / "before").write_text("here")
    monkeypatch.setitem(templates.KINDS, "xlsform", lambda project, table: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        templates.write(projects["shipped"], folder)
    assert [path.name for path in tmp_path.iterdir()] == ["templates"] and [path.name for path in folder.iterdir()] == [
        "before"
    ]
