"""Templates: what they promise is there, and what is filled in by hand is read back without a finding."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest
from openpyxl.utils.datetime import from_excel
from pyxform import xls2xform

from ctanalysis import records
from ctanalysis.base.replacing import replacing
from ctanalysis.evaluation import SHIPPED
from ctanalysis.intake import templates
from ctanalysis.intake.templates import words
from ctanalysis.intake.templates.columns import columns, languages
from ctanalysis.intake.templates.entry import FIRST, HEADER, ROWS, workbook
from ctanalysis.intake.templates.lists import SHEET as LISTS
from ctanalysis.intake.templates.xlsform import form
from ctanalysis.project import load
from ctanalysis.records.files import header
from tests.conftest import ROOT, copied
from tests.generators.second_project import SECOND

PROJECTS = {"shipped": SHIPPED, "second": SECOND}
TABLES = [(name, table.name) for name, folder in PROJECTS.items() for table in load(folder).package.resources]
MUST_BE_FILLED = "FF1F3864"


@pytest.fixture(scope="module")
def projects():
    return {name: load(folder) for name, folder in PROJECTS.items()}


@pytest.fixture(scope="module")
def books(projects):
    """(project, table) -> its entry workbook, read back."""
    return {
        (name, table): _opened(workbook(projects[name], projects[name].package.tables[table])) for name, table in TABLES
    }


def _opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def _table(projects, name, table):
    """The Columns of a table, each with its letter."""
    project = projects[name]
    found = columns(project, project.package.tables[table])
    return [(column, header.letters(place)) for place, column in enumerate(found)]


def _validations(sheet):
    """By column letter, the one validation of the cells to be filled."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        match = re.fullmatch(rf"([A-Z]+){FIRST}:(?:\1){FIRST + ROWS - 1}", str(rule.sqref))
        if match:
            assert match[1] not in found
            found[match[1]] = rule
    return found


def _list(book, name):
    """The lists behind a name: by language, the words."""
    formula = book.defined_names[name].attr_text
    area = re.fullmatch(rf"INDEX\('?{LISTS}'?!(\$[A-Z]+\$[0-9]+:\$[A-Z]+\$[0-9]+),0,list_language\)", formula)
    rows = [[cell.value for cell in row] for row in book[LISTS][area[1].replace("$", "")]]
    return list(zip(*rows))


# --- The entry workbooks ----------------------------------------------------------------------


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_every_column_is_validated(projects, books, name, table):
    """Lists, dates, numbers and keys, in every row that is ready to be filled, with what is told before and after."""
    book = books[name, table]
    sheet, spoken = book.worksheets[0], languages(projects[name], projects[name].package.tables[table])
    found = _validations(sheet)
    for column, letter in _table(projects, name, table):
        rule = found.pop(letter)
        assert rule.showInputMessage and rule.prompt and len(rule.prompt) <= 255 and len(rule.promptTitle) <= 32
        assert rule.showErrorMessage and rule.error and len(rule.error) <= 225 and rule.errorStyle in ("stop", None)
        if column.choices:
            assert rule.type == "list" and not rule.showDropDown
            assert _list(book, rule.formula1) == [
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
    """It stays in sight, has a filter, and shows which columns must be filled, by colour and by *; no other sheet is taken for records."""
    described = projects[name].package.tables[table]
    first, *others = books[name, table].worksheets
    told = header.of(described, _rows(first))
    assert (told.row, [*told.fields]) == (HEADER, [*described.fields])
    assert first.freeze_panes == f"B{FIRST}" and first.auto_filter.ref.startswith(f"A{HEADER}:")
    for column, letter in _table(projects, name, table):
        marked = str(first[f"{letter}{HEADER - 1}"].value or "").startswith("*")
        coloured = first[f"{letter}{HEADER}"].fill.fgColor.rgb.endswith(MUST_BE_FILLED[2:])
        assert marked == coloured == column.required
        assert first.column_dimensions[letter].width >= len(column.field.title)
    assert [sheet.sheet_state for sheet in others] == ["visible"] * (len(others) - 1) + ["hidden"]
    for sheet in others:
        assert header.of(described, _rows(sheet)) is None
        assert sheet["A1"].value in records.files.workbook.NO_RECORDS.values()


def _rows(sheet):
    return [(number, [str(cell.value or "") for cell in row]) for number, row in enumerate(sheet.iter_rows(), 1)]


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
    sheet = _opened(workbook(project, free)).worksheets[0]
    assert sheet["A3"].value == "· рақам"
    assert header.of(free, _rows(sheet)).row == HEADER


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_there_are_instructions_in_each_language(projects, books, name, table):
    """What each column means, how it is written, whether it must be filled, what is allowed; and which are sensitive."""
    described = projects[name].package.tables[table]
    spoken = languages(projects[name], described)
    sheets = books[name, table].worksheets[1:-1]
    assert len(sheets) == len(spoken)
    for sheet, language in zip(sheets, spoken):
        rows = {
            row[0].value.split("\n")[0].split(" · ")[-1]: row for row in sheet.iter_rows() if " · " in str(row[0].value)
        }
        for column, _ in _table(projects, name, table):
            row = rows[column.word(language)]
            assert (row[1].value or "") == column.field.description and row[2].value
            assert row[3].value == words.said(language, "yes" if column.required else "no")
            assert (row[4].value or "").split("\n") == [
                str(choice.written[language]) for choice in column.choices
            ] or not column.choices
            assert (words.said(language, "sensitive") in row[0].value) == column.field.private


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
    events = _validations(books["shipped", "events"].worksheets[0])["B"]
    assert (from_excel(int(events.formula1)).date(), from_excel(int(events.formula2)).date()) == (
        date(2011, 10, 1),
        date(2015, 9, 30),
    )
    closed = _validations(books["shipped", "plans"].worksheets[0])["D"]
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
    code = f"from pathlib import Path; from ctanalysis import templates; from ctanalysis.project import load; templates.write(load({str(SHIPPED)!r}), Path({str(tmp_path / 'two')!r}))"
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


# --- The forms --------------------------------------------------------------------------------


def _converted(data):
    warnings = []
    made = xls2xform.convert(data, warnings=warnings, validate=False)
    return made, [*warnings, *made.warnings]


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_each_form_converts_without_a_warning(projects, name, table):
    """Questions by the fields' names, choices by the categories' codes, everything in every language."""
    project, described = projects[name], projects[name].package.tables[table]
    data = form(project, described)
    made, warnings = _converted(data)
    assert warnings == []
    spoken = [f"{words.own_name(language)} ({language})" for language in languages(project, described)]
    assert re.findall(r'<translation lang="([^"]*)"', made.xform) == spoken
    assert made.xform.count("<value>-</value>") == 0, "a language without its text shows a dash"
    book = _opened(data)
    asked = ["choices"] if any(column.choices for column, _ in _table(projects, name, table)) else []
    assert book.sheetnames == ["survey", *asked, "settings"]
    survey, choices = _records(book["survey"]), _records(book["choices"]) if asked else []
    assert [row["name"] for row in survey] == [*described.fields]
    for row, (column, _) in zip(survey, _table(projects, name, table)):
        assert [row[f"label::{language}"] for language in spoken] == [
            column.word(code) for code in languages(project, described)
        ]
        assert (row.get("required") == "yes") == column.required
        if column.choices:
            listed = [choice for choice in choices if choice["list_name"] == row["type"].removeprefix("select_one ")]
            assert [choice["name"] for choice in listed] == [choice.value for choice in column.choices]
            for code, language in zip(languages(project, described), spoken):
                assert [choice[f"label::{language}"] for choice in listed] == [
                    choice.label[code] for choice in column.choices
                ]
        else:
            assert row["type"] == {"date": "date", "integer": "integer", "number": "decimal"}.get(
                column.field.type, "text"
            )


def _records(sheet):
    headings, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [{heading: value for heading, value in zip(headings, row) if value is not None} for row in rows]


def test_the_choices_are_the_categories(projects):
    """Taken from the form that pyxform makes, not from the sheet."""
    for table in projects["shipped"].package.resources:
        made = _converted(form(projects["shipped"], table))[0].xform
        for field in (field for field in table.fields.values() if field.categories):
            [instance] = re.findall(rf'<instance id="{field.name}">(.*?)</instance>', made, re.DOTALL)
            assert re.findall("<name>(.*?)</name>", instance) == [category.value for category in field.categories]


def test_a_form_checks_what_the_reading_of_records_checks(projects):
    """Days, bounds, the order of days, sums, patterns, codes without blanks around them."""
    checks = {
        (table.name, row["name"]): row.get("constraint", "")
        for project in projects.values()
        for table in project.package.resources
        for row in _records(_opened(form(project, table))["survey"])
    }
    assert checks["events", "date"] == ". >= date('2011-10-01') and . <= date('2015-09-30')"
    assert checks["plans", "closed"].endswith("(${started} = '' or . >= ${started})")
    assert checks["assessments", "score"] == ". >= 0 and . <= 100"
    assert checks["vokhuriho", "hamagi"].endswith(
        "(${zanon} = '' or ${mardon} = '' or ${nomalum} = '' or . = ${zanon} + ${mardon} + ${nomalum})"
    )
    assert checks["markazho", "markaz"] == "regex(., '^(M[0-9])$')"
    assert checks["services", "person_id"] == r"regex(., '^\S(.*\S)?$')"
    assert checks["victims", "sex"] == ""


@pytest.mark.skipif(not shutil.which("java"), reason="ODK Validate needs Java")
@pytest.mark.parametrize(
    ("name", "table"),
    [("shipped", "plans"), ("shipped", "questionnaires"), ("second", "vokhuriho"), ("second", "kumakho")],
)
def test_odk_validate_takes_the_forms(projects, name, table):
    """The program with which ODK itself checks forms."""
    warnings = []
    xls2xform.convert(form(projects[name], projects[name].package.tables[table]), warnings=warnings, validate=True)
    assert warnings == []


def test_another_form_has_another_version(projects):
    """ODK takes a changed form only under a new version; an unchanged one keeps its own."""
    project = projects["shipped"]
    plans = project.package.tables["plans"]
    versions = [
        _records(_opened(form(project, table))["settings"])[0]["version"]
        for table in (plans, plans, plans.model_copy(update={"title": "Plans"}), project.package.tables["events"])
    ]
    assert versions[0] == versions[1] and len(set(versions)) == 3


# --- Hostile words ----------------------------------------------------------------------------

HOSTILE = (
    "<b>bold</b> & \"quoted\" 'words'",
    "${kind} of `day`",
    "=HYPERLINK(1)",
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\x07bell\ufffe",
    "x" * 400,
    "]]> -->",
)


def _hostile(word):
    """The shipped events, named in these words wherever a project names something; past the checks that forbid some of them."""
    project = load(SHIPPED)
    table = project.package.tables["events"]
    fields = []
    for place, field in enumerate(table.table_schema.fields):
        categories = field.categories and tuple(
            category.model_copy(update={"label": f"{word} {n}", "translations": {"ru": f"{word} ру {n}"}})
            for n, category in enumerate(field.categories)
        )
        fields.append(
            field.model_copy(
                update={
                    "title": f"{word} {place}",
                    "description": word,
                    "translations": {"ru": f"{word} р{place}"},
                    "alternatives": (),
                    "categories": categories,
                }
            )
        )
    schema = table.table_schema.model_copy(update={"fields": tuple(fields)})
    changed = type(table).model_construct(
        **{key: value for key, value in table.__dict__.items() if key != "fields"}
        | {"table_schema": schema, "title": word, "description": word, "translations": {"ru": word}}
    )
    resources = tuple(changed if one.name == "events" else one for one in project.package.resources)
    return replace(project, package=project.package.model_copy(update={"resources": resources})), changed


@pytest.mark.parametrize("word", HOSTILE)
def test_words_that_mean_something_to_a_program_come_out_as_words(word):
    """No formula, no broken file, no other question's answer; the file is read back with the words that went in."""
    project, table = _hostile(word)
    for make in (workbook, form):
        data = make(project, table)
        for sheet in _opened(data):
            assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "n"}
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert not any(
                b"<f>" in archive.read(part) or b"<f " in archive.read(part)
                for part in archive.namelist()
                if part.startswith("xl/worksheets")
            )
    first = _opened(workbook(project, table)).worksheets[0]
    if "bell" in word:  # signs that no workbook can hold leave a mark
        assert first[f"A{HEADER}"].value == "\ufffdbell\ufffd 0"
    else:
        assert first[f"A{HEADER}"].value == f"{word} 0" and header.of(table, _rows(first)).row == HEADER
    made, warnings = _converted(form(project, table))
    assert warnings == [] and "<output" not in made.xform


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_no_cell_is_a_formula(projects, books, name, table):
    """Validations and colours calculate; cells never do."""
    for book in (books[name, table], _opened(form(projects[name], projects[name].package.tables[table]))):
        assert all(cell.data_type in ("s", "n") for sheet in book for row in sheet.iter_rows() for cell in row)


# --- Filled in by hand ------------------------------------------------------------------------


N = 4  # rows


def _filled_tables(project):
    """Rows for each table, parents first: typed values by field; choices by their place in the list."""
    made = {}
    for table in project.package.parents_first():
        made[table.name] = [
            {column.field.name: _value(project, table, column, number, made) for column in columns(project, table)}
            for number in range(N)
        ]
        for row in made[table.name]:
            for rule in (rule for rule in project.rules.sum if rule.table == table.name):
                row[rule.total] = sum(row[part] for part in rule.parts)
    return made


def _value(project, table, column, number, made):
    """A value that may stand there; the last row leaves out what need not be filled."""
    if number == N - 1 and not column.required:
        return None
    if column.choices:
        return number % len(column.choices)
    if column.kind == "reference":
        return made[column.parent.name][number][column.parent.key]
    if column.field.type == "date":
        last = min(column.high, project.facts.records_through)
        return last - timedelta(days=(10 * len(column.after) and 5) or 15 + number)
    if column.field.type in ("integer", "number"):
        return max(column.low or 0, 60) + number + (0.25 if column.field.type == "number" else 0)
    return {"M[0-9]": f"M{number}", "T-[0-9]{3}": f"T-{number:03}"}.get(column.field.constraints.pattern, f"00{number}")


def _empty_copy(folder, name):
    """A copy of a project without records, each of its tables in a workbook of its own; nothing was decided or sent yet."""
    source = PROJECTS[name]
    shutil.copytree(
        source, folder, ignore=shutil.ignore_patterns("reports", "records", "judgements", "deliveries.csv", "internal")
    )
    (folder / "records").mkdir()
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        resource["path"] = f"records/{resource['name']}.xlsx"
        resource.pop("encoding", None)
        resource.pop("dialect", None)
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    return load(folder)


def _as_meant(project, made):
    """The values that reading should give; what is identifying stays there."""
    for table in project.package.resources:
        for row in made[table.name]:
            yield (
                table.name,
                {
                    column.field.name: _meant(column, row[column.field.name])
                    for column in columns(project, table)
                    if not column.field.identifying
                },
            )


def _meant(column, value):
    if value is None or not column.choices:
        return value
    return value == 0 if column.field.type == "boolean" else column.choices[value].value


def _check_read(project, made):
    found = records.survey(project)
    assert found.findings == ()
    meant = list(_as_meant(project, made))
    for table in project.package.resources:
        frame = found[table.name]
        read = [
            {name: None if value != value or value is None else value for name, value in row.items()}
            for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
        ]
        for row in read:
            row.update({name: value.date() for name, value in row.items() if hasattr(value, "date")})
        assert read == [row for name, row in meant if name == table.name]


@pytest.mark.parametrize("name", PROJECTS)
def test_a_template_filled_in_by_hand_is_read_back_without_a_finding(tmp_path, name):
    """Choices from the drop-down lists, each row in another language; real days and numbers, codes with leading zeros."""
    project = _empty_copy(tmp_path / "project", name)
    made = _filled_tables(project)
    for table in project.package.resources:
        book = _opened(workbook(project, table))
        sheet, spoken = book.worksheets[0], languages(project, table)
        rules = _validations(sheet)
        for number, row in enumerate(made[table.name]):
            for column, letter in _table({name: project}, name, table.name):
                value = row[column.field.name]
                if value is not None:
                    chosen = (
                        _list(book, rules[letter].formula1)[number % len(spoken)][value] if column.choices else value
                    )
                    sheet[f"{letter}{FIRST + number}"].value = chosen
        book.save(tmp_path / "project" / "records" / f"{table.name}.xlsx")
    _check_read(project, made)


KOBO = (
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "_index",
)
CENTRAL = (
    "meta-instanceID",
    "KEY",
    "SubmitterID",
    "SubmitterName",
    "AttachmentsPresent",
    "AttachmentsExpected",
    "Status",
    "ReviewState",
    "DeviceID",
    "Edits",
    "FormVersion",
)


def _answers(project, table, rows, language):
    """The answers to a form as they are exported: names and codes, or (with a language) labels."""
    asked = columns(project, table)
    yield [column.word(language) if language else column.field.name for column in asked]
    for row in rows:
        yield [_answer(column, row[column.field.name], language) for column in asked]


def _answer(column, value, language):
    if value is None:
        return ""
    if not column.choices:
        return str(value)
    choice = column.choices[value]
    return choice.label[language] if language and column.field.type != "boolean" else choice.value


def test_what_kobotoolbox_exports_is_read_back_without_a_finding(tmp_path):
    """A workbook with the columns that KoboToolbox adds: names and codes, or the labels of a language; each table in another way."""
    project = _empty_copy(tmp_path / "project", "shipped")
    made = _filled_tables(project)
    for place, table in enumerate(project.package.resources):
        book = openpyxl.Workbook()
        for number, row in enumerate(_answers(project, table, made[table.name], ("", "en", "ru", "ky")[place % 4])):
            book.active.append([*row, *(KOBO if not number else [f"{number}{heading}" for heading in KOBO])])
        book.save(tmp_path / "project" / "records" / f"{table.name}.xlsx")
    _check_read(project, made)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_what_odk_central_exports_is_read_back_without_a_finding(tmp_path, delimiter):
    """CSV with the columns that ODK Central adds, one of them named Status beside the field status; as Kobo's CSV, too."""
    folder = tmp_path / "project"
    project = _empty_copy(folder, "shipped")
    made = _filled_tables(project)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        resource["path"] = resource["path"].replace(".xlsx", ".csv")
        with open(folder / resource["path"], "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=delimiter)
            for number, row in enumerate(
                _answers(project, project.package.tables[resource["name"]], made[resource["name"]], "")
            ):
                before, after = (("SubmissionDate",), CENTRAL) if delimiter == "," else ((), KOBO)
                writer.writerow(
                    [*before, *row, *after]
                    if not number
                    else [*("2014-12-31" for _ in before), *row, *(f"{number}" for _ in after)]
                )
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    _check_read(load(folder), made)


def test_a_column_of_a_survey_tool_is_nothing_without_its_others(tmp_path):
    """A lone _notes or Status is no export: it is refused as any other column that is not described."""
    folder = copied(tmp_path / "project")
    path = folder / "records" / "organisations.csv"
    path.write_text(
        "\n".join(
            line + (",_notes" if not number else ",x")
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines())
        )
        + "\n",
        encoding="utf-8",
    )
    found = records.survey(load(folder))
    assert [finding for finding in found.of(records.UNREAD) if finding.path == "records/organisations.csv"]


# --- LibreOffice ------------------------------------------------------------------------------

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Mark(given As String, told As String)
  Dim none()
  document = StarDesktop.loadComponentFromURL(ConvertToURL(given), "_blank", 0, none())
  sheet = document.Sheets.getByIndex(0)
  document.CurrentController.setActiveSheet(sheet)
  createUnoService("com.sun.star.frame.DispatchHelper").executeDispatch(document.CurrentController.Frame, ".uno:ShowInvalid", "", 0, none())
  file = FreeFile
  Open told For Output As #file
  For number = 0 To sheet.DrawPage.Count - 1
    shape = sheet.DrawPage.getByIndex(number)
    x = shape.Position.X + shape.Size.Width / 2 : y = shape.Position.Y + shape.Size.Height / 2
    For row = 0 To 12 : For column = 0 To 9
      cell = sheet.getCellByPosition(column, row)
      If x &gt; cell.Position.X And x &lt; cell.Position.X + cell.Size.Width And y &gt; cell.Position.Y And y &lt; cell.Position.Y + cell.Size.Height Then Print #file, Chr(65 + column) &amp; (row + 1)
    Next column : Next row
  Next number
  Close #file
  document.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
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
    """LibreOffice evaluates the validations: the lists of the chosen language, days, keys; 7 is another code than 007."""
    monkeypatch.setattr(
        "ctanalysis.intake.templates.entry.ROWS", 4
    )  # it draws a thousand circles at most, blank cells of keys among them
    book = _opened(workbook(projects["shipped"], projects["shipped"].package.tables["victims"]))
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
        book = _opened(workbook(projects["shipped"], tables[table]))
        for number, cells in enumerate(rows, FIRST):
            for place, value in enumerate(cells, 1):
                book.worksheets[0].cell(number, place).value = value
        assert _invalid(office, book) == wrong
