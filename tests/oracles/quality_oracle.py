"""The numbers behind the data quality standards, counted again:
row by row, in plain Python, from the CSV files themselves.

It is told which rows were held back or looked odd, and of which rule (the findings of records.survey); whatever
follows from that for an indicator and a period is counted here without the library.
"""

import csv
import json
import re
import tomllib
from datetime import date, timedelta
from itertools import accumulate

from tests.oracles.oracle import files_of

HELD, ODD = "held back", "to be looked at"


class Folder:
    """A project folder of CSV files, each of one table, with what was found in them."""

    def __init__(self, folder, findings):
        self.folder = folder
        self.facts, self.rules, self.quality = (
            toml(folder / f"{name}.toml") for name in ("project", "rules", "quality")
        )
        self.corrections = toml(folder / "judgements/corrections.toml").get("correction", [])
        self.people = toml(folder / "judgements/same-people.toml").get("people", [])
        self.tables = {
            table["name"]: table
            for table in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        }
        self.sheets = [toml(path) for path in sorted((folder / "indicators").glob("*.toml"))]
        with (folder / "deliveries.csv").open(encoding="utf-8") as file:
            self.deliveries = list(csv.DictReader(file))
        self.rows, self.found, self.spans = {}, {}, {}
        for name, table in self.tables.items():
            self.rows[name] = [row for path in files_of(folder, table) for row in read(folder, path)]
        for one in findings:
            for number in one.rows:
                self.found.setdefault((one.path, number), []).append((one.severity, one.rule, one.field))
        self.by_key = {}  # a used row of the key, or else the first that is held back
        for name, rows in self.rows.items():
            for row in sorted(rows, key=lambda row: self.is_held(name, row)):
                self.by_key.setdefault((name, row[self.key(name)]), row)
        for one in self.corrections:
            for row in self.rows[one["table"]]:
                if row[self.key(one["table"])] == one["key"]:
                    row |= {one["field"]: one["value"], "corrected": True}

    def key(self, table):
        return self.tables[table]["schema"]["primaryKey"][0]

    def parents(self, table):
        return {
            key["fields"][0]: key["reference"]["resource"]
            for key in self.tables[table]["schema"].get("foreignKeys", [])
        }

    def field(self, table, name):
        return next((field for field in self.tables[table]["schema"]["fields"] if field["name"] == name), None)

    def path(self, table, name):
        """The keys and tables to the nearest table that has a field."""
        level = [((), table)]
        while level:
            for steps, here in level:
                if self.field(here, name):
                    return steps
            level = [
                ((*steps, (key, other)), other) for steps, here in level for key, other in self.parents(here).items()
            ]

    def is_held(self, table, row, name=None):
        return any(severity == HELD and name in (None, field) for severity, _, field in self.found.get(row["#"], ()))

    def is_found(self, table, row, severity, rules):
        return any(one == severity and rule in rules for one, rule, _ in self.found.get(row["#"], ()))

    def follow(self, table, row, path):
        """The row that a row refers to along a path: one that is used,
        or else one that is held back; None where there is none.
        """
        for key, other in path:
            row = self.by_key.get((other, row[key])) if row[key] else None
            if row is None:
                return None
        return row

    def day(self, table, row, name):
        path = self.path(table, name)
        there, home = self.follow(table, row, path), path[-1][1] if path else table
        if there is None or self.is_held(home, there, name) or not re.fullmatch(r"\d{4}-\d\d-\d\d", there[name]):
            return None
        return date.fromisoformat(there[name])

    def text(self, table, row, name):
        there = self.follow(table, row, self.path(table, name))
        return None if there is None else there[name]

    def ended(self, partner):
        """The last day of which something is expected of a partner."""
        return next((one["last"] for one in self.quality.get("ended", []) if one["partner"] == partner), date.max)

    def missing(self, table, row, name):
        path = self.path(table, name)
        marks = ["", *self.field(path[-1][1] if path else table, name).get("missingValues", [])]
        return self.text(table, row, name) in (None, *marks)


def read(folder, path):
    """The rows of a file; '#' is where each stands."""
    with (folder / path).open(encoding="utf-8", newline="") as file:
        return [row | {"#": (path, number)} for number, row in enumerate(csv.DictReader(file), 2)]


def toml(path):
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def numbers(folder, sheet, start, end):
    """By standard, the numbers of one sheet in the days from start to end: of the first part that is worst."""
    found = [numbers_of_part(folder, part, start, end) for part in parts(sheet)]
    order = ("not met", "cannot be said", "met")
    return {
        standard: min(
            (one[standard] for one in found),
            key=lambda of_part, standard=standard: order.index(verdict(standard, of_part, folder.quality)),
        )
        for standard in found[0]
    }


def parts(sheet):
    """The sheet, or one for each part: both of a ratio, a cohort and the state that it reaches."""
    calculation = sheet["calculation"]
    above, below = calculation.get("numerator", {}), calculation.get("denominator", {})
    if calculation["measure"] == "ratio":
        return [sheet | {"calculation": part} for part in (above, below) if "table" in part]
    if calculation["measure"] == "share" and "table" in above:
        return [sheet, sheet | {"calculation": above | {"measure": "people"}}]
    return [sheet]


def numbers_of_part(folder, sheet, start, end):
    """By standard, the numbers of a part in the days from start to end."""
    start = max(start, folder.facts["start"])
    table, part = table_of(sheet), part_of(sheet)
    paths = paths_of(folder, sheet)
    used = [
        row
        for row in folder.rows[table]
        if not folder.is_held(table, row) and dated(folder, table, row, part, start, end)
    ]
    held = [
        row
        for row in folder.rows[table]
        if folder.is_held(table, row) and dated(folder, table, row, part, start, end, unread=True)
    ]
    needed = needs(folder, sheet)
    its = {table, *(path[-1][1] for path in paths if path)}
    fields = {name for way in ways(sheet) for name in way}
    here = [  # a row without its day is of every period in which it may lie
        row
        for row in folder.rows[table]
        if not folder.is_held(table, row)
        and dated(folder, table, row, part, start, end, unread=folder.missing(table, row, needed[0]))
    ]
    meant = [row for row in here if possibly(folder, sheet, row)]  # it counts, or would if what it lacks were known
    rows = len(used) + len(held)

    def bearing(test):
        return sum(
            any(there is not None and test(home, there) for home, there in reached(folder, table, row, paths))
            for row in used
        )

    doubled = sum(folder.is_found(table, row, HELD, ("unique", "look-alike key")) for row in held)
    doubtful = bearing(
        lambda home, row: (
            folder.is_found(home, row, ODD, ("duplicate", "same person", "heaping")) and not row.get("corrected")
        )
    )
    deliveries = sent(folder, its, table, start, end)
    changed = sheet.get("valid_from") is not None and folder.facts["start"] < sheet["valid_from"] <= end
    return {
        "validity": {
            "rows": rows,
            "held_back": len(held),
            "implausible": bearing(lambda home, row: folder.is_found(home, row, ODD, ("range", "usual"))),
        },
        "integrity": {
            "rows": rows,
            "doubtful": doubled + doubtful,
            "looked": looked_for(folder, its, table),
            "corrected": bearing(lambda home, row: row.get("corrected", False)),
        },
        "precision": {
            "rows": len(meant),
            "not_recorded": max(sum(folder.missing(table, row, name) for row in meant) for name in {*needed, *fields}),
        },
        "reliability": {}
        if sheet.get("valid_from", end) > end
        else {
            "changed": int(changed),
            "gaps": gaps(folder, its, start, end),
            "missing": deliveries.get("missing"),
        },
        "timeliness": deliveries,
    }


def part_of(sheet):
    calculation = sheet["calculation"]
    return calculation.get("denominator", calculation.get("numerator", calculation))  # of a rate


def table_of(sheet):
    return part_of(sheet)["table"]


def ways(sheet):
    """The fields by which a sheet is broken down; of a coarse form, the field: what is missing is the same."""
    found = sheet["calculation"].get("disaggregate", [])
    return [[name.removesuffix(":coarse") for name in ([way] if isinstance(way, str) else way)] for way in found]


def paths_of(folder, sheet):
    """Every way from the sheet's table to a table with a field that it names; () is the table itself."""
    table, part = table_of(sheet), part_of(sheet)
    names = [part[name] for name in ("date", "start", "end", "person", "column", "different") if name in part]
    names += [
        *part.get("where", {}),
        *numerator_of(sheet).get("where", {}),
        *sides_of(sheet),
        *(name for way in ways(sheet) for name in way),
    ]
    found = {()}
    for name in names:
        path = folder.path(table, name)
        home = path[-1][1] if path else table
        path = (*path, (name, folder.parents(home)[name])) if name in folder.parents(home) else path
        found |= {path[:length] for length in range(len(path) + 1)}
    return found


def reached(folder, table, row, paths):
    for path in paths:
        yield path[-1][1] if path else table, folder.follow(table, row, path)


def dated(folder, table, row, part, start, end, unread=False):
    """Whether a row is of the days; unread: also one whose day cannot be read, and that may lie in them."""
    if part["measure"] == "level":
        begun, ended = (folder.day(table, row, part[name]) for name in ("start", "end"))
        if begun is None and unread:
            begun = may_lie(folder, table, row, part["start"])[0]
        return begun is not None and begun <= end and (ended is None or ended > end)
    day = folder.day(table, row, part["date"])
    if day is None and unread:
        first, last = may_lie(folder, table, row, part["date"])
        return first <= end and last >= start
    return day is not None and start <= day <= end


def may_lie(folder, table, row, name):
    """The first and the last day on which a row may lie: its own; else those of its dated neighbours in the file.

    At the end of a file it is the days of what was delivered in it.
    """
    path, number = row["#"]
    if (path, name) not in folder.spans:
        its = [one for one in folder.rows[table] if one["#"][0] == path]
        days = [folder.day(table, one, name) for one in its]
        periods = [span(one["period"]) for one in folder.deliveries if one["file"] == path]
        above = filled(days, min((one[0] for one in periods), default=date.min))
        below = filled(days[::-1], max((one[1] for one in periods), default=date.max))[::-1]
        folder.spans[path, name] = {
            one["#"][1]: (min(ends), max(ends)) for one, *ends in zip(its, above, below, strict=True)
        }
    return folder.spans[path, name][number]


def filled(days, before):
    """The days, each that is missing as the one before it."""
    return list(accumulate(days, lambda last, day: day or last, initial=before))[1:]


def is_lost(folder, table, path, start, end):
    """Whether a file may have rows of the days, and none of them can be used."""
    parts = [part_of(sheet) for sheet in folder.sheets if table_of(sheet) == table]
    if (table, path) not in folder.spans:
        names = [part.get("start", part.get("date")) for part in parts]
        rows = [row for row in folder.rows[table] if row["#"][0] == path]
        good = {folder.day(table, row, name) for row in rows if not folder.is_held(table, row) for name in names}
        bad = {may_lie(folder, table, row, name) for row in rows if folder.is_held(table, row) for name in names[:1]}
        folder.spans[table, path] = good - {None}, bad
    good, bad = folder.spans[table, path]
    stands = bool(parts) and all(part["measure"] == "level" for part in parts)
    used = any(day <= end and (day >= start or stands) for day in good)
    return not used and any(first <= end and last >= start for first, last in bad)


def satisfied(folder, table, row, where):
    return all(holds(folder, table, row, name, wanted) for name, wanted in where.items())


def holds(folder, table, row, name, wanted):
    """Whether a condition holds: one of a list, one value, or { present = true }; true is written as true."""
    if isinstance(wanted, dict):
        return not folder.missing(table, row, name)
    return folder.text(table, row, name) in (wanted if isinstance(wanted, list) else [str(wanted).lower()])


def needs(folder, sheet):
    """The fields without which a row does not count: its day or beginning first."""
    part, where = part_of(sheet), part_of(sheet).get("where", {})
    uses = [part[name] for name in ("date", "start", "person", "column", "different") if name in part]
    return [*uses, *(name for name in where if not isinstance(where[name], dict)), *asked_of(sheet)]


def asked_of(sheet):
    """The fields of which the numerator of a share asks what the value is; of a gain, both sides."""
    where = numerator_of(sheet).get("where", {})
    return [*(name for name in where if not isinstance(where[name], dict)), *sides_of(sheet)]


def sides_of(sheet):
    """Of a gain, the fields before and after."""
    return [sheet["calculation"][side] for side in ("before", "after") if side in sheet["calculation"]]


def numerator_of(sheet):
    """What the numerator of a share asks of the same rows; nothing where it is of a table of its own."""
    numerator = sheet["calculation"].get("numerator", {})
    return {} if "table" in numerator else numerator


def possibly(folder, sheet, row):
    """Whether nothing that is recorded of a row says that it does not count."""
    table, where = table_of(sheet), part_of(sheet).get("where", {})
    return all(
        holds(folder, table, row, name, wanted)
        for name, wanted in where.items()
        if isinstance(wanted, dict) or not folder.missing(table, row, name)
    )


def quarters(folder, start, end):
    """(first day, last day) of each quarter up to records_through that is in the days."""
    first, found = folder.facts["start"], []
    while first <= folder.facts["end"]:
        after = date(first.year + (first.month > 9), (first.month + 2) % 12 + 1, 1)
        last = after - timedelta(1)
        if last <= folder.facts["records_through"] and first <= end and last >= start:
            found.append((first, last))
        first = after
    return found


def gaps(folder, tables, start, end):
    """Partners' quarters without a row, from each partner's first one on; None where no rule looks."""
    rules = [rule for rule in folder.rules.get("gap", []) if rule["table"] in tables]
    found = 0
    for rule in rules:
        days = {}
        for row in folder.rows[rule["table"]]:
            partner, day = folder.text(rule["table"], row, rule["by"]), folder.day(rule["table"], row, rule["field"])
            if not folder.is_held(rule["table"], row) and day and partner:
                days.setdefault(partner, []).append(day)
        for partner, its in days.items():
            found += sum(
                min(its) <= until and not any(since <= day <= until for day in its) and since <= folder.ended(partner)
                for since, until in quarters(folder, start, end)
            )
    return found if rules else None


def span(label):
    """The first and last day of FY2014 or FY2014Q1, of years that begin in October."""
    year, quarter = int(label[2:6]), label[6:]
    if not quarter:
        return date(year - 1, 10, 1), date(year, 9, 30)
    ends = {"Q1": date(year - 1, 12, 31), "Q2": date(year, 3, 31), "Q3": date(year, 6, 30), "Q4": date(year, 9, 30)}
    return date(ends[quarter].year, ends[quarter].month - 2, 1), ends[quarter]


def sent(folder, tables, own, start, end):
    """Deliveries of the days: how many, how many late, the latest, how many missing.

    Nothing where none of the table is listed.
    """
    of_file = {path: name for name, table in folder.tables.items() for path in files_of(folder.folder, table)}
    listed = [
        (of_file[one["file"]], one["partner"], *span(one["period"]), date.fromisoformat(one["sent"]), one["file"])
        for one in folder.deliveries
    ]
    listed = [one for one in listed if one[0] in tables and one[2] <= end]
    if not any(one[0] == own for one in listed):
        return {}
    of_days = {}
    for table, partner, since, until, day, _ in listed:
        if since <= end and until >= start:
            of_days.setdefault((table, partner, since), []).append((day - until).days)
    first = [min(days) for days in of_days.values()]
    missing = 0
    for table, partner in {one[:2] for one in listed}:
        its = [(*one[2:4], one[5]) for one in listed if one[:2] == (table, partner)]
        missing += sum(
            last >= min(since for since, _, _ in its)
            and begun <= folder.ended(partner)
            and not any(
                since <= last and until >= begun and not is_lost(folder, table, path, begun, last)
                for since, until, path in its
            )
            for begun, last in quarters(folder, start, end)
        )
    due = folder.quality["timeliness"]["due_days"]
    return {
        "deliveries": len(first),
        "late": sum(days > due for days in first),
        "latest": max(first, default=None),
        "missing": missing,
    }


def looked_for(folder, tables, own):
    """Whether a rule or a judgement looks for rows that stand twice or are guessed, in a table with a key."""
    looking = [rule["table"] for kind in ("duplicate", "heaping") for rule in folder.rules.get(kind, [])]
    looking += [one["table"] for one in folder.people if one.get("match")]
    return bool({*looking} & tables) and bool(folder.key(own))


def verdict(standard, found, quality):
    """What follows from the numbers; nothing where no rule or delivery is there to find them by, and none failed."""
    if standard == "timeliness" and not found:
        return "cannot be said"
    if standard == "reliability" and not found.get("changed") and found.get("gaps") is found.get("missing") is None:
        return "cannot be said"
    if standard in ("reliability", "timeliness"):
        silent = (found.get("gaps") or 0) + (found.get("missing") or 0)
        failed = (
            found["changed"] or silent > quality[standard]["gaps"]
            if standard == "reliability"
            else found["late"] or found["missing"] > quality[standard]["gaps"]
        )
        return "not met" if failed else "met"
    if not found["rows"]:
        return "cannot be said"
    faults = {"validity": ("held_back", "implausible"), "integrity": ("doubtful",), "precision": ("not_recorded",)}[
        standard
    ]
    met = "met" if found.get("looked", True) else "cannot be said"
    return (
        met if 100 * sum(found[name] for name in faults) <= quality[standard]["at_most"] * found["rows"] else "not met"
    )
