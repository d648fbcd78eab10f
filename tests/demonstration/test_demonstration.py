"""The synthetic records: the same bytes when made again, what was published, and the schema."""

import csv
import shutil
import tomllib
from datetime import date
from decimal import Decimal

import pytest

from data import demonstration
from tests.demonstration.plain import DATA, FIRST, LAST, RESOURCES, day, month_end
from tests.generators.wrong import file_of

# The bytes


def test_made_again_the_records_are_the_shipped_bytes(tmp_path):
    """Whoever makes the records again gets exactly the shipped files, one in the folder of each table."""
    shutil.copy(DATA / "datapackage.json", tmp_path)
    demonstration.write(tmp_path)
    for name, resource in RESOURCES.items():
        made, shipped = ([*(folder / resource["path"]).iterdir()] for folder in (tmp_path, DATA))
        assert [path.name for path in made] == [path.name for path in shipped] == [f"{name}.csv"]
        assert made[0].read_bytes() == shipped[0].read_bytes(), name
    assert (tmp_path / "deliveries.csv").read_bytes() == (DATA / "deliveries.csv").read_bytes()


def test_records_of_every_quarter_were_sent_and_nearly_all_in_time():
    """Each table but the list of organisations is sent once a quarter, after its end.

    Two deliveries are more than 30 days late on purpose.
    """
    with (DATA / "deliveries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    paths = [file_of(name) for name in RESOURCES if name != "organisations"]
    labels = [f"FY{2012 + number // 4}Q{number % 4 + 1}" for number in range(13)]
    assert [(row["period"], row["file"]) for row in rows] == [(label, path) for label in labels for path in paths]
    ends = [date(2011 + (number + 3) // 4, (number + 3) % 4 * 3 + 3, 1) for number in range(13)]
    days = [(day(row["sent"]) - day(month_end(ends[labels.index(row["period"])].isoformat()))).days for row in rows]
    assert all(number > 0 for number in days) and sum(number > 30 for number in days) == 2


def test_files_are_plain_csv():
    """Every file is UTF-8 without a mark, with one line end and the schema's columns in order."""
    for name, resource in RESOURCES.items():
        content = (DATA / file_of(name)).read_bytes()
        header = ",".join(field["name"] for field in resource["schema"]["fields"])
        assert content.startswith(header.encode() + b"\n")
        assert b"\r" not in content and content.endswith(b"\n")


# What was published


def test_935_awareness_raising_events(raising):
    """As published, 935 awareness-raising events were held by the end of 2014."""
    assert len(raising) == 935


def test_117535_participants(sizes):
    """As published, 117,535 participants came to the awareness-raising events."""
    assert sum(sizes.values()) == 117_535


def test_13394_consultations(tables):
    """As published, the hotline gave 13,394 consultations."""
    assert len(tables["consultations"]) == 13_394


def test_149_people_assisted(first_help):
    """As published, 149 victims of trafficking received rehabilitation or reintegration."""
    assert len(first_help) == 149


def test_premises_in_both_cities(tables):
    """At the end of 2014 there are shelters in Bishkek and Osh and the hotline has its office."""
    standing = {(row["place"], row["use"]) for row in tables["premises"] if not row["end"]}
    expected = {("KG-GB", "Shelter"), ("KG-GO", "Shelter"), ("KG-GB", "HotlineOffice")}
    assert standing == expected


def test_spending_is_within_the_funding(tables):
    """By the end of 2014, 570,000 to 620,000 of the 746,414 US dollars are spent."""
    spent = sum(Decimal(row["amount_usd"]) for row in tables["expenditures"])
    assert 570_000 < spent < 620_000


# The schema


@pytest.mark.parametrize("name", RESOURCES)
def test_keys_are_unique(tables, name):
    """No two rows of a table have the same code."""
    keys = RESOURCES[name]["schema"]["primaryKey"]
    codes = [tuple(row[key] for key in keys) for row in tables[name]]
    assert codes and len(codes) == len(set(codes))


@pytest.mark.parametrize("name", RESOURCES)
def test_references_resolve(tables, name):
    """Every event, person, organisation and premises that a row names exists."""
    for key in RESOURCES[name]["schema"].get("foreignKeys", []):
        (field,), (other,) = key["fields"], key["reference"]["fields"]
        known = {row[other] for row in tables[key["reference"]["resource"]]}
        assert {row[field] for row in tables[name]} <= known


@pytest.mark.parametrize("name", RESOURCES)
def test_required_fields_are_filled(tables, name):
    """What must be known is known in every row."""
    for field in RESOURCES[name]["schema"]["fields"]:
        if field.get("constraints", {}).get("required"):
            assert all(row[field["name"]] for row in tables[name]), field["name"]


@pytest.mark.parametrize("name", RESOURCES)
def test_categories_are_declared(tables, name):
    """A closed list has no other values than those declared, or those that mean not recorded."""
    for field in RESOURCES[name]["schema"]["fields"]:
        if "categories" in field:
            known = {category["value"] for category in field["categories"]}
            known |= set(field.get("missingValues", [""]))
            assert {row[field["name"]] for row in tables[name]} <= known, field["name"]


@pytest.mark.parametrize("name", RESOURCES)
def test_types_are_those_declared(tables, name):
    """Days are ISO days, numbers are numbers and yes or no is written true or false."""
    readers = {
        "string": str,
        "date": day,
        "integer": int,
        "number": Decimal,
        "boolean": {"true": True, "false": False}.__getitem__,
    }
    for field in RESOURCES[name]["schema"]["fields"]:
        read_value = readers[field["type"]]
        for text in (row[field["name"]] for row in tables[name]):
            assert text == text.strip()
            if text:
                read_value(text)


def test_all_days_are_in_the_span_of_the_records(tables):
    """Only a follow-up may lie after the last day of the records, because it is yet to fall due."""
    project = tomllib.loads((DATA / "project.toml").read_text(encoding="utf-8"))
    assert (project["start"], project["records_through"]) == (FIRST, LAST)
    for name, resource in RESOURCES.items():
        for field in resource["schema"]["fields"]:
            if field["type"] == "date" and field["name"] != "due_date":
                dates = [day(row[field["name"]]) for row in tables[name] if row[field["name"]]]
                assert min(dates) >= FIRST and max(dates) <= LAST, (name, field["name"])


def test_rows_stand_in_the_order_of_their_codes(tables):
    """Codes count up from the first row to the last, and days never go back."""
    for name, rows in tables.items():
        codes = [row[RESOURCES[name]["schema"]["primaryKey"][0]] for row in rows]
        assert codes == sorted(codes)
        if "date" in rows[0]:
            assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)


def test_names_say_that_they_are_invented(tables):
    """No organisation could be taken for a real one."""
    assert all(row["name"].endswith("(synthetic)") for row in tables["organisations"])
