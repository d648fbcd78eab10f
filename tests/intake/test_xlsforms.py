"""XLSForms: each converts without a warning and checks what the reading of records checks. Hostile words are words."""

import io
import re
import shutil
import zipfile
from dataclasses import replace

import pytest
from pyxform import xls2xform

from ctanalysis.evaluation import SHIPPED
from ctanalysis.intake.templates import words
from ctanalysis.intake.templates.columns import languages
from ctanalysis.intake.templates.entry import HEADER, workbook
from ctanalysis.intake.templates.xlsform import form
from ctanalysis.project import load
from ctanalysis.records.files import header
from tests.intake.forms import TABLES, converted, opened, records_of, rows_of, table_of


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_each_form_converts_without_a_warning(projects, name, table):
    """Questions by the fields' names, choices by the categories' codes, everything in every language."""
    project, described = projects[name], projects[name].package.tables[table]
    data = form(project, described)
    made, warnings = converted(data)
    assert warnings == []
    spoken = [f"{words.own_name(language)} ({language})" for language in languages(project, described)]
    assert re.findall(r'<translation lang="([^"]*)"', made.xform) == spoken
    assert made.xform.count("<value>-</value>") == 0, "a language without its text shows a dash"
    book = opened(data)
    asked = ["choices"] if any(column.choices for column, _ in table_of(projects, name, table)) else []
    assert book.sheetnames == ["survey", *asked, "settings"]
    survey, choices = records_of(book["survey"]), records_of(book["choices"]) if asked else []
    assert [row["name"] for row in survey] == [*described.fields]
    for row, (column, _) in zip(survey, table_of(projects, name, table), strict=True):
        assert [row[f"label::{language}"] for language in spoken] == [
            column.word(code) for code in languages(project, described)
        ]
        assert (row.get("required") == "yes") == column.required
        if column.choices:
            listed = [choice for choice in choices if choice["list_name"] == row["type"].removeprefix("select_one ")]
            assert [choice["name"] for choice in listed] == [choice.value for choice in column.choices]
            for code, language in zip(languages(project, described), spoken, strict=True):
                assert [choice[f"label::{language}"] for choice in listed] == [
                    choice.label[code] for choice in column.choices
                ]
        else:
            assert row["type"] == {"date": "date", "integer": "integer", "number": "decimal"}.get(
                column.field.type, "text"
            )


def test_the_choices_are_the_categories(projects):
    """Taken from the form that pyxform makes, not from the sheet."""
    for table in projects["shipped"].package.resources:
        made = converted(form(projects["shipped"], table))[0].xform
        for field in (field for field in table.fields.values() if field.categories):
            [instance] = re.findall(rf'<instance id="{field.name}">(.*?)</instance>', made, re.DOTALL)
            assert re.findall("<name>(.*?)</name>", instance) == [category.value for category in field.categories]


def test_a_form_checks_what_the_reading_of_records_checks(projects):
    """Days, bounds, the order of days, sums, patterns, codes without blanks around them."""
    checks = {
        (table.name, row["name"]): row.get("constraint", "")
        for project in projects.values()
        for table in project.package.resources
        for row in records_of(opened(form(project, table))["survey"])
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
        records_of(opened(form(project, table))["settings"])[0]["version"]
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
    """The shipped events, named in these words wherever a project names something.

    Past the checks that forbid some of them.
    """
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
        for sheet in opened(data):
            assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "n"}
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert not any(
                b"<f>" in archive.read(part) or b"<f " in archive.read(part)
                for part in archive.namelist()
                if part.startswith("xl/worksheets")
            )
    first = opened(workbook(project, table)).worksheets[0]
    if "bell" in word:  # signs that no workbook can hold leave a mark
        assert first[f"A{HEADER}"].value == "\ufffdbell\ufffd 0"
    else:
        assert first[f"A{HEADER}"].value == f"{word} 0" and header.find(table, rows_of(first)).row == HEADER
    made, warnings = converted(form(project, table))
    assert warnings == [] and "<output" not in made.xform


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_no_cell_is_a_formula(projects, books, name, table):
    """Validations and colours calculate; cells never do."""
    for book in (books[name, table], opened(form(projects[name], projects[name].package.tables[table]))):
        assert all(cell.data_type in ("s", "n") for sheet in book for row in sheet.iter_rows() for cell in row)
