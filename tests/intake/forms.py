"""The two projects whose templates are tested, and how an entry workbook and a form are looked into."""

import io
import re

import openpyxl
from pyxform import xls2xform

from ctanalysis.evaluation import SHIPPED
from ctanalysis.intake.templates.columns import columns
from ctanalysis.intake.templates.entry import FIRST, ROWS
from ctanalysis.intake.templates.lists import SHEET as LISTS
from ctanalysis.project import load
from ctanalysis.records.files import header
from tests.generators.second_project import SECOND

PROJECTS = {"shipped": SHIPPED, "second": SECOND}
TABLES = [(name, table.name) for name, folder in PROJECTS.items() for table in load(folder).package.resources]
MUST_BE_FILLED = "FF1F3864"


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def table_of(projects, name, table):
    """The Columns of a table, each with its letter."""
    project = projects[name]
    found = columns(project, project.package.tables[table])
    return [(column, header.letters(place)) for place, column in enumerate(found)]


def validations(sheet):
    """By column letter, the one validation of the cells to be filled."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        match = re.fullmatch(rf"([A-Z]+){FIRST}:(?:\1){FIRST + ROWS - 1}", str(rule.sqref))
        if match:
            assert match[1] not in found
            found[match[1]] = rule
    return found


def list_of(book, name):
    """The lists behind a name: by language, the words."""
    formula = book.defined_names[name].attr_text
    area = re.fullmatch(rf"INDEX\('?{LISTS}'?!(\$[A-Z]+\$[0-9]+:\$[A-Z]+\$[0-9]+),0,list_language\)", formula)
    rows = [[cell.value for cell in row] for row in book[LISTS][area[1].replace("$", "")]]
    return list(zip(*rows, strict=True))


def rows_of(sheet):
    return [(number, [str(cell.value or "") for cell in row]) for number, row in enumerate(sheet.iter_rows(), 1)]


# --- The forms --------------------------------------------------------------------------------


def converted(data):
    warnings = []
    made = xls2xform.convert(data, warnings=warnings, validate=False)
    return made, [*warnings, *made.warnings]


def records_of(sheet):
    headings, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [{heading: value for heading, value in zip(headings, row, strict=True) if value is not None} for row in rows]
