"""Small random projects about people who enter, are helped and stay, with a sheet for each way to count them.

Three tables: people identified, services to them, stays in a shelter. The same seed always writes the same project. Few
days and few people, so that rows fall on one day, on the edges of periods, and on the last day by which a state counts.
"""

import csv
import json
from datetime import date, timedelta
from random import Random

from tests.generators import policies, small

FIRST, DAYS, PEOPLE = date(2011, 10, 1), 1180, 9
SEX = [{"value": "F", "label": "women"}, {"value": "M", "label": "men"}]
KIND = [{"value": one, "label": f"kind {one}"} for one in ("food", "legal", "bed")]
STATUS = [{"value": "actual", "label": "actual"}, {"value": "no", "label": "no"}]
PERSON = {"fields": ["person_id"], "reference": {"resource": "people", "fields": ["person_id"]}}


def coded(name, categories):
    return {"name": name, "type": "string", "categories": categories}


TABLES = {
    "people": ["person_id", "identified", coded("status", STATUS), coded("sex", SEX)],
    "services": ["service_id", "person_id", "day", coded("kind", KIND), {"name": "hours", "type": "integer"}],
    "stays": ["stay_id", "person_id", "begun", "ended", coded("kind", KIND)],
}
DATES = {"identified", "day", "begun", "ended"}
ACTUAL = {"status": ["actual"]}
ENTERED = {"measure": "people", "table": "people", "person": "person_id", "date": "identified", "where": ACTUAL}
SERVED = {"measure": "people", "table": "services", "person": "person_id", "date": "day"}
STOOD = {"measure": "level", "table": "stays", "person": "person_id", "start": "begun", "end": "ended"}
STAYED = {"table": "stays", "date": "begun"}
LEGAL = {"table": "services", "person": "person_id", "date": "day", "where": {"kind": ["legal", "bed"]}}
SHEETS = {
    "thrice": {**SERVED, "at_least": 3, "disaggregate": ["sex", "kind", ["sex", "kind"]]},
    "long": {**SERVED, "at_least": 2, "where": {"hours": {"min": 2}}, "disaggregate": ["sex"]},
    "kinds": {**SERVED, "at_least": 2, "different": "kind", "disaggregate": ["sex", "kind"]},
    "all-kinds": {**SERVED, "at_least": 3, "different": "kind"},
    "thrice-anew": {**SERVED, "at_least": 3, "counted": "each period", "disaggregate": ["kind"]},
    "kinds-anew": {**SERVED, "at_least": 2, "different": "kind", "counted": "each period", "disaggregate": ["kind"]},
    "either": {**SERVED, "also": [STAYED], "where": {"kind": ["food"]}, "disaggregate": ["sex"]},
    "either-anew": {**SERVED, "also": [STAYED | {"where": {"kind": ["bed"]}}], "counted": "each period"},
    "twice-either": {**SERVED, "also": [STAYED], "at_least": 2, "disaggregate": ["sex"]},
    "in-shelter": {**STOOD, "disaggregate": ["sex", "kind"]},
    "in-bed": {**STOOD, "where": {"kind": ["bed"]}},
    "reached": {"measure": "share", "denominator": ENTERED, "numerator": LEGAL, "disaggregate": ["sex"]},
    "in-90-days": {"measure": "share", "denominator": ENTERED, "numerator": LEGAL | {"within": 90}},
    "more-kinds": {
        "measure": "share",
        "denominator": SERVED,
        "numerator": {**LEGAL, "where": {}, "at_least": 2, "different": "kind", "within": 100},
    },
    "from-thrice": {
        "measure": "share",
        "denominator": {**SERVED, "at_least": 2},
        "numerator": {"table": "stays", "person": "person_id", "date": "begun", "within": 60},
        "disaggregate": ["kind"],
    },
}


def write(folder, seed, disclosure="open"):
    """A project folder, and the rows of its tables: by table, dicts of typed values, None where missing."""
    random = Random(seed)
    rows = {name: list(_rows(random, name)) for name in TABLES}
    (folder / "indicators").mkdir(parents=True)
    (folder / "records").mkdir()
    (folder / "project.toml").write_text(small.FACTS, encoding="utf-8")
    (folder / "policy.toml").write_text(policies.policy(), encoding="utf-8")
    resources = [_resource(name, disclosure) for name in TABLES]
    (folder / "datapackage.json").write_text(json.dumps({"name": "small", "resources": resources}), encoding="utf-8")
    for name, of in rows.items():
        with (folder / "records" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [field["name"] for field in _fields(name)], lineterminator="\n")
            writer.writeheader()
            writer.writerows({key: "" if cell is None else cell for key, cell in row.items()} for row in of)
    for code, calculation in SHEETS.items():
        write_sheet(folder, code, calculation)
    (folder / "targets.csv").write_text("indicator,period,target,rationale,valid_from\n", encoding="utf-8")
    (folder / "published.csv").write_text("indicator,as_of,value,hedge,source\n", encoding="utf-8")
    return rows


def write_sheet(folder, code, calculation):
    """One sheet of a folder."""
    texts = "".join(f'{key} = "."\n' for key in small.SHEET_KEYS)
    (folder / "indicators" / f"{code}.toml").write_text(
        f'code = "{code}"\nname = "Things counted"\narea = "work"\nlevel = "output"\nunit = "people"\n'
        f'direction = "increase"\nheadline = true\nupdated = 2015-01-01\n{texts}calculation = {toml(calculation)}\n'
        '[baseline]\nvalue = 0\ndate = 2011-10-01\nnote = "."\n[words]\none = "person"\nmany = "people"\n'
        'was = "was counted"\nwere = "were counted"\nnone = "Nobody was counted"\n',
        encoding="utf-8",
    )


def toml(value):
    """A value as TOML writes it within a line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + " }"
    return f"[{', '.join(map(toml, value))}]" if isinstance(value, list) else json.dumps(value)


def _fields(name):
    named = [{"name": one, "type": "string"} if isinstance(one, str) else one for one in TABLES[name]]
    typed = [one | {"type": "date"} if one["name"] in DATES else one for one in named]
    return [typed[0] | {"constraints": {"required": True, "unique": True}}, *typed[1:]]


def _resource(name, disclosure):
    schema = {"fields": [{"title": one["name"], **one} for one in _fields(name)], "primaryKey": [TABLES[name][0]]}
    more = {} if name == "people" else {"foreignKeys": [PERSON]}
    place = {"name": name, "path": f"records/{name}.csv", "title": name, "disclosure": disclosure, "due": "never"}
    return {**place, "schema": schema | more}


def _rows(random, name):
    for number in range(PEOPLE if name == "people" else random.randint(20, 40)):
        row = {one["name"]: _cell(random, one) for one in _fields(name)}
        row[TABLES[name][0]] = f"P{number}" if name == "people" else f"{name[:2]}{random.randint(10**6, 10**7)}"
        if name != "people" and random.random() > 0.1:
            row["person_id"] = f"P{int(random.random() ** 2 * PEOPLE)}"
        if name == "stays" and row["begun"] and random.random() < 0.7:
            row["ended"] = row["begun"] + timedelta(random.choice([0, 1, 30, 200]))
        yield row


def _cell(random, field):
    if random.random() < 0.1 or field["name"] in ("person_id", "ended"):
        return None
    if field["type"] == "date":
        return FIRST + timedelta(30 * random.randrange(DAYS // 30) + random.choice([0, 0, 1]))
    return random.randint(1, 4) if field["type"] == "integer" else random.choice(field.get("categories", SEX))["value"]
