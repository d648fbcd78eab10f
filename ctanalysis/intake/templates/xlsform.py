"""The XLSForm of a table, for KoboToolbox and ODK: a question for each column, with its checks, in each language.

Questions have the fields' names and choices the categories' codes, so that what is exported is
read as it is. A reference to another table is a text: a list of its keys in the form would have to
be sent to every telephone again whenever one is added, and would carry the codes of people.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from ctanalysis.base.workbooks import put_text, workbook_bytes
from ctanalysis.intake.templates.advice import how_to_write
from ctanalysis.intake.templates.columns import Column, word
from ctanalysis.intake.templates.columns import columns as columns_of
from ctanalysis.intake.templates.columns import languages as languages_of
from ctanalysis.intake.templates.words import own_name, phrase
from ctanalysis.project import Project
from ctanalysis.project.descriptor import Table
from ctanalysis.records.whole_periods import SHAPES

Row = dict[str, str]  # by heading, the text of a cell
TYPES = {"date": "date", "integer": "integer", "number": "decimal"}
YES_NO = "yes_no"
WHOLE = r"^\S(.*\S)?$"  # a code without blanks around it
PYTHON_ONLY = re.compile(r"\(\?|\\[AZ]|\$\{")  # what telephones would understand in another way, or not at all


def form(project: Project, table: Table) -> bytes:
    """The bytes of the XLSForm of a table."""
    languages, columns = languages_of(project, table), columns_of(project, table)
    sheets = {
        "survey": [_question(table, column, languages) for column in columns],
        "choices": list(_choices(table, columns, languages)),
        "settings": [_settings(project, table, languages)],
    }
    sheets["settings"][0]["version"] = _version(sheets)
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in (name for name, rows in sheets.items() if rows):
        _fill(book.create_sheet(name), sheets[name])
    return workbook_bytes(book)


def _fill(sheet: Worksheet, rows: Sequence[Row]) -> None:
    """Rows of texts by heading, under the headings that any row has."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    for place, heading in enumerate(headings, 1):
        put_text(sheet.cell(1, place), heading).font = Font(bold=True)
        for number, row in enumerate(rows, 2):
            if row.get(heading):
                put_text(sheet.cell(number, place), row[heading])
    sheet.freeze_panes = "A2"


def in_languages(heading: str, languages: Sequence[str], wording: Callable[[str], str]) -> Row:
    """label::Русский (ru) and the like, each with the wording in the language."""
    return {f"{heading}::{name_of(language)}": plain(wording(language)) for language in languages}


def name_of(language: str) -> str:
    """Русский (ru): a language as XLSForm names it."""
    return f"{own_name(language)} ({language})"


def plain(text: str) -> str:
    """The text as it is: ${...} would be taken for the answer to another question."""
    return text.replace("${", "$ {")


def _question(table: Table, column: Column, languages: Sequence[str]) -> Row:
    checks, more = _constraint(column), column.field.description
    row = {"type": _type(table, column), "name": column.field.name} | in_languages("label", languages, column.word)
    row |= in_languages(
        "hint", languages, lambda language: _hint(column, language, more if language == languages[0] else "")
    )
    if column.required:
        row |= {"required": "yes"} | in_languages(
            "required_message", languages, lambda language: phrase(language, "required")
        )
    if checks:
        row |= {"constraint": checks} | in_languages(
            "constraint_message", languages, lambda language: how_to_write(column, language)
        )
    return row


def _hint(column: Column, language: str, description: str) -> str:
    sensitive = phrase(language, "sensitive") if column.field.private else ""
    return " ".join(text for text in (description, how_to_write(column, language), sensitive) if text)


def _type(table: Table, column: Column) -> str:
    return f"{_select(column)} {_list(table, column)}" if _select(column) else TYPES.get(column.kind, "text")


def _select(column: Column) -> str:
    """How the form asks for one of a list; a blank stands between several in what is exported, and nothing else."""
    if column.kind == "several":
        return "select_multiple" if column.field.delimiter == " " else ""
    return "select_one" if column.choices else ""


def _list(table: Table, column: Column) -> str:
    """A list has its field's name; questions of yes or no in the same words share one."""
    usual = (
        type(column.field).model_fields["true_values"].default,
        type(column.field).model_fields["false_values"].default,
    )
    shared = column.field.type == "boolean" and (column.field.true_values, column.field.false_values) == usual
    return YES_NO if shared and YES_NO not in table.fields else column.field.name


def _choices(table: Table, columns: Sequence[Column], languages: Sequence[str]) -> Iterator[Row]:
    lists = {_list(table, column): column for column in columns if _select(column)}
    for name, column in lists.items():
        for choice in column.choices:
            yield {"list_name": name, "name": choice.value} | in_languages("label", languages, choice.label.__getitem__)


def _constraint(column: Column) -> str:
    """The checks of a column in XPath, or an empty text. An empty answer is not checked."""
    return " and ".join([*_limits(column), *_agreement(column), *_pattern(column)])


def _limits(column: Column) -> Iterator[str]:
    for sign, bound in ((">=", column.low), ("<=", column.high)):
        if bound is not None:
            yield f". {sign} " + (f"date('{bound}')" if column.kind == "date" else str(bound))


def _agreement(column: Column) -> Iterator[str]:
    for field in column.after:
        yield f"(${{{field.name}}} = '' or . >= ${{{field.name}}})"
    for parts in column.parts:
        names = [f"${{{field.name}}}" for field in parts]
        there = " or ".join(f"{name} = ''" for name in names)
        yield f"({there} or . = {' + '.join(names)})"


def _pattern(column: Column) -> Iterator[str]:
    pattern = column.field.constraints.pattern
    if column.kind == "period":
        yield from _regex(f"^{re.sub(r'[?](P<[a-z]+>|:)', '', SHAPES[column.field.period])}$")
    elif column.kind in ("key", "reference", "text") and pattern and not PYTHON_ONLY.search(pattern):
        yield from _regex(f"^({pattern})$")
    elif column.kind in ("key", "reference"):
        yield from _regex(WHOLE)


def _regex(pattern: str) -> Iterator[str]:
    """XPath has no way to write both kinds of quotation marks in one text."""
    mark = next((mark for mark in "'\"" if mark not in pattern), None)
    if mark:
        yield f"regex(., {mark}{pattern}{mark})"


def _settings(project: Project, table: Table, languages: Sequence[str]) -> Row:
    name = re.sub(r"[^A-Za-z0-9_.-]", "-", f"{project.package.name}_{table.name}")
    return {"form_title": plain(word(table, languages[0])), "form_id": name, "default_language": name_of(languages[0])}


def _version(sheets: Mapping[str, Sequence[Row]]) -> str:
    """Made of what stands in the form: another for another form, the same for the same."""
    return hashlib.sha256(json.dumps(sheets, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]
