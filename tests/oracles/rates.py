"""Rates for so many residents, worked out a second time: day by day, from the text of data/README.md alone.

The standard library and exact fractions; the number above the line is the oracle's of the sheet without the residents.
"""

import csv
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

TOTAL = "total"
BESIDE = ("year", "population", "source")


def without_residents(sheet):
    """The sheet that counts what a rate tells: its numerator, broken down as the rate is."""
    calculation = sheet["calculation"]
    ways = {key: calculation[key] for key in ("disaggregate",) if key in calculation}
    return sheet | {"calculation": calculation["numerator"] | ways}


def rates(folder, sheet, numbers, labels_of):
    """The rates of numbers {(code, horizon, start, end, way, category): (value, _, _, status)}.

    labels_of: gives, by the name of a field, the label of each value of it.
    """
    rows, per = read_population(Path(folder)), Fraction(sheet["calculation"].get("per", 100_000))
    found = {}
    for key, (number, _, _, status) in numbers.items():
        if status in ("not applicable", "not this fine"):
            found[key] = (None, None, None, status)
            continue
        residents = mean_residents(rows, *key[2:], labels_of)
        told = number is not None and residents
        found[key] = (per * number / residents if told else None, number, residents, status if told else "no data")
    return found


def read_population(folder):
    """The rows of population.csv as they are."""
    with open(folder / "population.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def mean_residents(rows, start, end, way, category, labels_of):
    """The mean over each single day of the residents of its year; None where one of the days has none."""
    wanted = {}
    if way != TOTAL:
        for name, label in zip(way.split(" × "), category.split(" × "), strict=True):
            values = {text: value for value, text in labels_of(name).items()}
            wanted[name] = values.get(label)  # None of those not recorded
    if None in wanted.values():
        return None
    days, day, known = [], date.fromisoformat(start), {}
    while day <= date.fromisoformat(end):
        if day.year not in known:
            known[day.year] = residents_of(rows, day.year, wanted)
        days.append(known[day.year])
        day += timedelta(days=1)
    return None if None in days else Fraction(sum(days), len(days))


def residents_of(rows, year, wanted):
    """The residents of a year in the categories that are wanted; None where the file has none.

    Of rows that name more fields all that agree with what is wanted are added up.
    """
    by_fields = {}
    for row in rows:
        named = {name for name, cell in row.items() if name not in BESIDE and cell}
        if int(row["year"]) == year and set(wanted) <= named:
            by_fields.setdefault(tuple(sorted(named)), []).append(row)
    for fields in sorted(by_fields, key=len):
        fitting = [row for row in by_fields[fields] if all(row[name] == value for name, value in wanted.items())]
        return sum(int(row["population"]) for row in fitting) if fitting else None
    return None
