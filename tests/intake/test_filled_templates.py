"""What is filled in by hand, or exported by a survey tool, is read back without a finding."""

import csv
import json
import shutil
from datetime import timedelta

import openpyxl
import pandas as pd
import pytest

from ctanalysis import records
from ctanalysis.intake.templates.columns import columns, languages
from ctanalysis.intake.templates.entry import FIRST, workbook
from ctanalysis.project import load
from tests.conftest import copied
from tests.generators.wrong import file_of
from tests.intake.forms import PROJECTS, list_of, opened, table_of, validations

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
    """A copy of a project without records, each of its tables in a workbook of its own.

    Nothing was decided or sent yet.
    """
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
    assert {finding.rule for finding in found.findings} <= {"needed"}  # cells that were left empty
    meant = list(_as_meant(project, made))
    for table in project.package.resources:
        frame = found[table.name]
        read = [
            {name: None if pd.isna(value) else value for name, value in row.items()}
            for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
        ]
        for row in read:
            row.update({name: value.date() for name, value in row.items() if hasattr(value, "date")})
        assert read == [row for name, row in meant if name == table.name]


@pytest.mark.parametrize("name", PROJECTS)
def test_a_template_filled_in_by_hand_is_read_back_without_a_finding(tmp_path, name):
    """Choices from the drop-down lists, each row in another language.

    Real days and numbers, codes with leading zeros.
    """
    project = _empty_copy(tmp_path / "project", name)
    made = _filled_tables(project)
    for table in project.package.resources:
        book = opened(workbook(project, table))
        sheet, spoken = book.worksheets[0], languages(project, table)
        rules = validations(sheet)
        for number, row in enumerate(made[table.name]):
            for column, letter in table_of({name: project}, name, table.name):
                value = row[column.field.name]
                if value is not None:
                    chosen = (
                        list_of(book, rules[letter].formula1)[number % len(spoken)][value] if column.choices else value
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
    """A workbook with the columns that KoboToolbox adds: names and codes, or the labels of a language.

    Each table in another way.
    """
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
    """CSV with the columns that ODK Central adds, one of them named Status beside the field status.

    As Kobo's CSV, too.
    """
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
    """A lone Status is no export: it is refused as any other column that is not described."""
    folder = copied(tmp_path / "project")
    path = folder / file_of("organisations")
    path.write_text(
        "\n".join(
            line + (",Status" if not number else ",x")
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines())
        )
        + "\n",
        encoding="utf-8",
    )
    found = records.survey(load(folder))
    assert [finding for finding in found.of(records.UNREAD) if finding.path == file_of("organisations")]
