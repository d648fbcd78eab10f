"""The synthetic records of the shipped project, the same bytes from the same seed everywhere.

Nothing here describes a real person, event or organisation. What is fixed is fixed to what was
published of the project; the rest is drawn so that it looks like a project at work, not like noise.
"""

import json
from pathlib import Path

from data.demonstration import assistance, cooperation, deliveries, people, prevention, spending, tables
from data.demonstration.chance import Chance
from data.demonstration.days import FIRST

SEED = 20111446


def write(folder: Path) -> None:
    """Write the records of each table of the data package into its folder, and when they were sent."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    records = _records()
    files = {resource["name"]: f"{resource['path']}/{resource['name']}.csv" for resource in package["resources"]}
    for resource in package["resources"]:
        fields = [field["name"] for field in resource["schema"]["fields"]]
        tables.save(folder / files[resource["name"]], fields, records[resource["name"]])
    sent = deliveries.deliveries(Chance(SEED, "deliveries"), FIRST, files)
    deliveries.save(folder / "deliveries.csv", sent)


def _records() -> dict[str, list[tables.Row]]:
    """Make all tables, those that others refer to first."""
    organisations = cooperation.organisations()
    persons = people.people(Chance(SEED, "people"))
    premises = cooperation.premises()
    return {
        "organisations": organisations,
        **_prevention(organisations),
        "victims": people.victims(persons),
        **_assistance(persons, organisations),
        "assessments": cooperation.assessments(Chance(SEED, "assessments"), organisations),
        "premises": premises,
        "support": cooperation.support(Chance(SEED, "support"), premises),
        "expenditures": spending.expenditures(Chance(SEED, "expenditures")),
    }


def _prevention(organisations: list[tables.Row]) -> dict[str, list[tables.Row]]:
    events = prevention.events(Chance(SEED, "events"), organisations)
    attendance = prevention.attendance(Chance(SEED, "attendance"), events)
    return {
        "events": events,
        "attendance": attendance,
        "questionnaires": prevention.questionnaires(Chance(SEED, "questionnaires"), events, attendance),
        "consultations": prevention.consultations(Chance(SEED, "consultations")),
    }


def _assistance(persons: list[people.Person], organisations: list[tables.Row]) -> dict[str, list[tables.Row]]:
    returns = assistance.returns(Chance(SEED, "returns"), persons)
    return {
        "returns": returns,
        "services": assistance.services(Chance(SEED, "services"), persons, returns, organisations),
        "plans": assistance.plans(Chance(SEED, "plans"), persons),
        "follow_ups": assistance.follow_ups(Chance(SEED, "follow_ups"), persons),
        "referrals": assistance.referrals(Chance(SEED, "referrals"), persons),
    }
