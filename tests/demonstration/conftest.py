"""The tables of the synthetic records, and what is counted from them again and again."""

import tomllib
from collections import Counter

import pytest

from tests.demonstration.plain import ACTUAL, DATA, read


@pytest.fixture(scope="session")
def tables():
    return read(DATA)


@pytest.fixture(scope="session")
def raising(tables):
    """Awareness-raising events by their code."""
    rows = tables["events"]
    return {row["event_id"]: row for row in rows if row["kind"] == "AwarenessRaising"}


@pytest.fixture(scope="session")
def sizes(tables, raising):
    """Participants of each awareness-raising event."""
    counts = Counter()
    for row in tables["attendance"]:
        if row["event_id"] in raising:
            counts[row["event_id"]] += int(row["participants"])
    return counts


@pytest.fixture(scope="session")
def persons(tables):
    return {row["person_id"]: row for row in tables["victims"]}


@pytest.fixture(scope="session")
def first_help(tables, persons):
    """The day on which each assisted person began to be, as sheet 2.2 defines it."""
    paths = (DATA / "indicators").glob("*.toml")
    sheets = [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]
    where = next(sheet for sheet in sheets if sheet["code"] == "2.2")["calculation"]["where"]
    firsts = {}
    for row in sorted(tables["services"], key=lambda row: (row["date"], row["service_id"])):
        if row["service"] in where["service"] and persons[row["person_id"]]["status"] in where["status"]:
            firsts.setdefault(row["person_id"], row["date"])
    return firsts


@pytest.fixture(scope="session")
def actual(persons):
    return [row for row in persons.values() if row["status"] == ACTUAL]
