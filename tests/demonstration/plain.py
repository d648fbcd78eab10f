"""The synthetic records read in plain Python, without the package's calculations."""

import csv
import json
from calendar import monthrange
from collections import Counter
from datetime import date
from pathlib import Path

from tests.generators.wrong import file_of

DATA = Path(__file__).parents[2] / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
FIRST, LAST = date(2011, 10, 1), date(2014, 12, 31)
ACTUAL = "ActualVictimOfTrafficking"
NOT_RECORDED = ("", "NonSpecifiedUnknown")


def read(folder: Path) -> dict[str, list[dict[str, str]]]:
    tables = {}
    for name in RESOURCES:
        with (folder / file_of(name)).open(encoding="utf-8", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    return tables


def day(text: str) -> date:
    return date.fromisoformat(text)


def quarter(text: str) -> int:
    """0 is FY2012Q1, October to December 2011; 12 is FY2015Q1."""
    return (day(text).year - 2011) * 4 + (day(text).month - 10) // 3


def by_quarter(dates) -> list[int]:
    counts = Counter(map(quarter, dates))
    return [counts[number] for number in range(13)]


def share(rows, test) -> float:
    return sum(1 for row in rows if test(row)) / len(rows)


def six_months_after(text: str) -> date:
    years, month = divmod(day(text).month + 5, 12)
    year, month = day(text).year + years, month + 1
    return date(year, month, min(day(text).day, monthrange(year, month)[1]))


def months_between(start: str, end: str) -> int:
    """Months from the first to the last, both included."""
    return (day(end).year - day(start).year) * 12 + day(end).month - day(start).month + 1


def month_end(text: str) -> str:
    last = monthrange(day(text).year, day(text).month)[1]
    return day(text).replace(day=last).isoformat()
