"""Rows without consent are not used, with all that is about the same people, and nothing is said of them."""

import csv
import json

import openpyxl
import pytest

from ctanalysis import indicators, quality, records
from ctanalysis.indicators.horizons import windows
from ctanalysis.intake import datacheck
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, NO_CONSENT
from tests.generators.wrong import SHIPPED, TOKEN, copied, file_of, written
from tests.records.identifying import CORRECTION, PACKAGE, all_of, consenting, rewritten, with_fields

FEW = ("P0003", "P0010", "P0042", "P0100", "P0149")
SILENT = ("P0007", "P0120")  # of whom nothing is written


def asked(folder, kind="boolean"):
    """The shipped project with consent recorded of every victim:
    most agreed, FEW did not, of SILENT nothing is known.
    """
    words = {"boolean": ("true", "false"), "string": ("yes", "no")}[kind]

    def edit(_, row):
        return row | {"consent": "" if row["person_id"] in SILENT else words[row["person_id"] in FEW]}

    rewritten(folder, "victims", edit)
    choices = (
        {"categories": [{"value": "yes", "label": "agreed"}, {"value": "no", "label": "did not agree"}]}
        if kind == "string"
        else {}
    )
    with_fields("victims", {"name": "consent", "type": kind, "title": "agreed to statistical use"} | choices)(folder)
    consenting("victims", field="consent", value=True if kind == "boolean" else "yes")(folder)


def without_them(folder):
    """The same with nothing in it of those who did not agree."""
    asked(folder)
    for table in ("victims", "services", "returns", "plans", "follow_ups", "referrals"):
        rewritten(folder, table, lambda _, row: None if row["person_id"] in FEW + SILENT else row)


@pytest.fixture(scope="module", params=["boolean", "string"])
def surveyed(request, tmp_path_factory):
    """The project with consent, its Records, and the folder that a check wrote."""
    place = tmp_path_factory.mktemp("asked")
    project = load(copied(place / "p", lambda folder: asked(folder, request.param)))
    return project, datacheck.check(project, place / "check"), place / "check"


def rows_about(table, people):
    with (SHIPPED / file_of(table)).open(encoding="utf-8", newline="") as file:
        return tuple(number for number, row in enumerate(csv.DictReader(file), 2) if row["person_id"] in people)


ABOUT_PEOPLE = ("victims", "services", "returns", "plans", "follow_ups", "referrals")


def test_rows_without_consent_are_held_back_with_all_that_is_about_the_same_people(surveyed):
    """A no and a silence alike; one finding a table, which names rows and no value."""
    _project, found, _ = surveyed
    for table in ABOUT_PEOPLE:
        rows = rows_about(table, FEW + SILENT)
        findings = [finding for finding in found.findings if finding.table == table]
        assert [
            (finding.rule, finding.severity, finding.rows) for finding in findings if finding.severity == HELD_BACK
        ] == ([(NO_CONSENT, HELD_BACK, rows)] if rows else [])
        assert not set(found[table]["person_id"]) & {*FEW, *SILENT} and len(found[table]) + len(rows) == len(
            found.places[table]
        )
    [finding] = [finding for finding in found.findings if finding.table == "victims"]
    assert (
        "statistical use" in str(finding)
        and "Nothing, where they did not agree" in finding.do
        and "true" not in finding.says
        and "did not agree" not in finding.says
    )


def test_they_are_counted_in_internal_alone(surveyed):
    """tally.csv balances, findings.csv names the rows; the copies to be sent back have none of them."""
    _, _found, folder = surveyed
    with (folder / "tally.csv").open(encoding="utf-8-sig", newline="") as file:
        tally = {row["table"]: row for row in csv.DictReader(file)}
    with (folder / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        named = [(row["table"], int(row["row"])) for row in csv.DictReader(file) if row["rule"] == NO_CONSENT]
    assert named == [(table, row) for table in ABOUT_PEOPLE for row in rows_about(table, FEW + SILENT)]
    assert [int(tally["victims"][name]) for name in ("read", "used", "held_back")] == [230, 223, 7]
    for table in ("victims", "services"):
        sheet = openpyxl.load_workbook(folder / f"send-back/{table}.xlsx").worksheets[2]
        filled = {cell.row for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert 1 in filled and not filled & set(rows_about(table, FEW + SILENT))


def test_nothing_of_them_leaves_records(surveyed):
    """Their rows have a place and no content in the frames of what is held back."""
    _, found, _ = surveyed
    for table in ABOUT_PEOPLE:
        assert len(found.held[table]) == len(rows_about(table, FEW + SILENT)) and found.held[table].isna().all(
            axis=None
        )


def test_what_is_told_is_what_would_be_told_had_they_never_been_written_down(surveyed, tmp_path):
    """Every value of every sheet and every standard of quality, with its evidence:
    how many did not agree can be read off nothing.
    """
    project, found, _ = surveyed
    other = load(copied(tmp_path / "p", without_them))
    read = records.read(other)
    assert len(read["victims"]) == 223 and not [finding for finding in read.findings if finding.severity == HELD_BACK]
    for label in ("FY2015Q1", "FY2014", "FY2012Q2"):
        period = project.calendar.parse(label)
        spans = windows(project, period)
        assert indicators.with_people(project, found, spans).equals(indicators.with_people(other, read, spans))
        assert quality.assess(project, found, period).equals(quality.assess(other, read, period))
        assert quality.verdicts(project, found, period).equals(quality.verdicts(other, read, period))
    assert quality.tally(project, found).equals(quality.tally(other, read))


def test_a_fault_in_such_a_row_changes_nothing(tmp_path):
    """A row with another mistake is still without consent, and so is what refers to it; a wrong word is no consent."""

    def change(folder):
        asked(folder)
        wrong = {FEW[0]: {"sex": TOKEN}, FEW[1]: {"consent": TOKEN}}
        rewritten(folder, "victims", lambda _, row: row | wrong.get(row["person_id"], {}))

    found = records.survey(load(copied(tmp_path / "p", change)))
    rules = {(finding.rule, finding.rows) for finding in found.findings if finding.table == "victims"}
    assert rules == {
        ("category", rows_about("victims", FEW[:1])),
        ("type", rows_about("victims", FEW[1:2])),
        (NO_CONSENT, rows_about("victims", FEW + SILENT)),
    }
    assert {
        finding.rule for finding in found.findings if finding.table == "services" and finding.severity == HELD_BACK
    } == {NO_CONSENT}
    assert TOKEN not in str(found.findings)


def test_consent_that_is_withdrawn_on_the_record(tmp_path):
    """A correction to 'no' is no mistake of the correction: the person and all that was done for them go."""
    change = all_of(asked, written("judgements/corrections.toml", CORRECTION.format("consent", "true", "false")))
    found = records.survey(load(copied(tmp_path / "p", change)))
    [finding] = [finding for finding in found.findings if finding.table == "victims"]
    assert finding.rows == rows_about("victims", ("P0001", *FEW, *SILENT)) and "P0001" not in set(
        found["services"]["person_id"]
    )


def test_what_is_held_back_for_a_grandparents_consent(tmp_path):
    """The rows that refer to such a row are without consent to those that refer to them."""

    def change(folder):
        asked(folder)
        resource = {
            "name": "visits",
            "path": "records/visits.csv",
            "title": "Visits",
            "disclosure": "victims",
            "schema": {
                "fields": [
                    {"name": name, "type": "string", "title": name, "constraints": {"required": True} | unique}
                    for name, unique in (("visit_id", {"unique": True}), ("service_id", {}), ("person_id", {}))
                ],
                "primaryKey": ["visit_id"],
                "foreignKeys": [
                    {"fields": ["service_id"], "reference": {"resource": "services", "fields": ["service_id"]}}
                ],
            },
        }
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        package["resources"].append(resource)
        (folder / PACKAGE).write_text(json.dumps(package), encoding="utf-8")
        with (folder / file_of("services")).open(encoding="utf-8", newline="") as file:
            ids = [f"{row['service_id']},{row['person_id']}" for row in csv.DictReader(file)]
        (folder / "records/visits.csv").write_text(
            "visit_id,service_id,person_id\n" + "".join(f"V{number},{one}\n" for number, one in enumerate(ids)),
            encoding="utf-8",
        )

    found = records.survey(load(copied(tmp_path / "p", change)))
    [finding] = [finding for finding in found.findings if finding.table == "visits"]
    assert (finding.rule, finding.rows) == (NO_CONSENT, rows_about("services", FEW + SILENT))
