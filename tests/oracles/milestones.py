"""The state of each milestone on a day, worked out a second time from the words of its definition: plain Python.

It is reached from its day on, if somebody decided that it was. It is due on the last day of the period of its target;
of several targets the one that is in force on the day counts.
"""

import csv
import re
from datetime import date

from tests.oracles import oracle

REACHED, OVERDUE, NOT_YET = "reached", "overdue", "not yet reached"


def states(folder, facts, days):
    """{(code, day): (state, day on which it is due or None, whether it was reached late)}."""
    files = [oracle.read_toml(path) for path in sorted((folder / "indicators").glob("*.toml"))]
    codes = [sheet["code"] for sheet in files if sheet["calculation"]["measure"] == "milestone"]
    return {(code, day): state(folder, facts, code, day) for code in codes for day in days}


def state(folder, facts, code, day):
    reached, due = reached_on(folder, code), due_on(folder, facts, code, day)
    if reached is not None and is_known(reached, day):
        return REACHED, due, due is not None and reached > due
    return (OVERDUE if due is not None and is_over(due, day) else NOT_YET), due, False


def is_known(reached, day):
    """Whether what came on a day has come by another."""
    return reached <= day


def is_over(due, day):
    """Whether a day by which something is due is over at the end of another."""
    return due <= day


def reached_on(folder, code):
    path = folder / "judgements" / "milestones.toml"
    entries = oracle.read_toml(path)["milestone"] if path.exists() else []
    return next((entry["reached"] for entry in entries if entry["indicator"] == code), None)


def due_on(folder, facts, code, day):
    """The last day of the period of the target in force."""
    with open(folder / "targets.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["indicator"] == code and in_force(row, day)]
    latest = max(rows, key=lambda row: row["valid_from"], default=None)
    return None if latest is None else last_day(latest["period"], facts)


def in_force(row, day):
    return row["valid_from"] == "" or date.fromisoformat(row["valid_from"]) <= day


def last_day(label, facts):
    """Of a quarter or a year, within the project; or of all of it."""
    if label == "LOP":
        return facts["end"]
    year, quarter = re.fullmatch(r"FY(\d+)(?:Q(\d))?", label).groups()
    kind = "fiscal quarter" if quarter else "fiscal year"
    return min(oracle.days_of_period(kind, int(year), int(quarter or 1), facts=facts)[1], facts["end"])
