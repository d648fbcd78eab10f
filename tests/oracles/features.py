"""What a random project contains, so that all kinds together can be shown to be there."""

import json
from datetime import date, timedelta
from fractions import Fraction

from tests.oracles import amounts, milestones, oracle
from tests.oracles.expected import completed_windows, expected_values

MUST_BE_MET = {
    *(f"measure {name}" for name in ("count", "sum", "people", "level", "share", "mean")),
    *(f"measure {name}" for name in ("median", "gain", "max", "min", "last")),
    *(f"{name} of days" for name in ("mean", "median", "last")),
    *(f"days: {what}" for what in ("not come", "backwards", "no first", "on one day", "of a referred table")),
    *("measure ratio", "measure rate", "ratio of two tables", "ratio of one table", "ratio by days"),
    *(f"rate of {name}" for name in ("count", "sum", "people")),
    *("people at least", "people different", "people of several tables", "people at least of several tables"),
    *("level of people", "level over days", "level over days of people", "level over days of a column"),
    *("cohort within", "cohort by the end", "cohort of several rows", "cohort of different values"),
    *(f"rounds of {name}" for name in ("count", "sum", "mean", "median", "people", "share")),
    *("no milestone", *(f"milestone {state}" for state in ("reached", "reached late", "overdue", "not yet reached"))),
    *(f"{status} {name}" for name in ("ratio", "rate") for status in ("exact", "no data", "not applicable")),
    "count within days",
    "sum within days",
    "columns added",
    "columns as categories",
    "columns by another field",
    "a row with some of its columns",
    *(f"share of {name}" for name in ("count", "sum", "people")),
    *(f"people {counted}" for counted in ("once", "each period")),
    *(f"share of people {counted}" for counted in ("once", "each period")),
    "level with column",
    "level without column",
    "equal to text",
    "equal to true or false",
    "equal to a number",
    "among texts",
    "among numbers",
    "not one",
    "not among",
    "min",
    "max",
    "min and max",
    "min or max of a date",
    "present",
    "not present",
    "unknown is no",
    "unknown is in neither part",
    "date present",
    "date not present",
    "several operators",
    "several fields",
    "no condition",
    "one condition or another",
    "condition on a referred table",
    "by one",
    "by two",
    "by nothing",
    "by a boolean",
    "by a field of a referred table",
    "by a field two steps away",
    "date of a referred table",
    "valid_from",
    "valid_from after the start",
    *(f"type {name}" for name in ("string", "integer", "number", "boolean", "date", "list")),
    *(f"not this fine {name}" for name in ("count", "people", "level", "sum", "share", "mean")),
    *(f"{kind} in the place of days" for kind in ("year", "quarter", "month", "fiscal year", "fiscal quarter")),
    "a period that is told",
    "by a list",
    "any of a list",
    "none of a list",
    "more in the categories of a list than in all",
    "key may be missing",
    "key must be there",
    "key is missing",
    "missingValues",
    "order",
    "required",
    "unique besides the key",
    "minimum",
    "maximum",
    "negative number",
    "a field without a value in any row",
    "date before the project",
    "date after the records",
    "records end within a quarter",
    "project starts within a quarter",
    *(f"fiscal year from month {month}" for month in range(1, 13)),
    "several rows of a person on the first day",
    "the tie decides a category",
    "keys sort differently as text",
    "a person in several categories",
    "first row before the project",
    *(f"{status} {name}" for name in ("share", "mean", "sum") for status in ("exact", "no data")),
    "no data level",
    "a share of sums without a value",
    *(f"exact {name}" for name in ("count", "people", "level")),
    *(f"not applicable {name}" for name in ("count", "people", "level", "sum", "share", "mean")),
    "a category with nothing in it",
    "something not recorded",
    "a negative value",
}


def features(folder):
    """What there is in one project, in words: the words of MUST_BE_MET."""
    tables = oracle.read_tables(folder)
    facts = oracle.read_toml(folder / "project.toml")
    found = project_features(facts) | table_features(tables, facts)
    found |= package_features(json.loads((folder / "datapackage.json").read_text("utf-8")))
    found |= oracle.read_toml(folder / "rules.toml").keys()
    measures = {}
    found |= milestone_features(folder, facts)
    for sheet in oracle.read_sheets(folder):
        measures[sheet["code"]] = sheet["calculation"]["measure"]
        found |= sheet_features(tables, sheet, facts)
        if told_by_periods(tables, sheet) and told(expected_values(folder), sheet["code"]):
            found.add("a period that is told")
    return found | value_features(measures, expected_values(folder))


def milestone_features(folder, facts):
    """The states of its milestone at the ends of periods."""
    told = milestones.states(folder, facts, sorted({end for _, _, end in completed_windows(folder)}))
    return {f"milestone {state}{' late' * late}" for state, _, late in told.values()} or {"no milestone"}


def told_by_periods(tables, sheet):
    """Whether a sheet counts rows by a period."""
    counted = oracle.counted_calculation(sheet)
    if "date" not in counted:
        return False
    last_table, _ = oracle.route_to(tables, counted["table"], counted["date"])
    return "format" in tables[last_table]["fields"][counted["date"]]


def told(expected, code):
    """Whether there is a number of a sheet that is more than 0."""
    return any(key[0] == code and value for key, (value, *_) in expected.items())


def project_features(facts):
    """What there is in project.toml."""
    first_month = facts["fiscal_year"]["first_month"]
    found = {f"fiscal year from month {first_month}"}
    if not starts_quarter(facts["records_through"] + timedelta(days=1), first_month):
        found.add("records end within a quarter")
    if not starts_quarter(facts["start"], first_month):
        found.add("project starts within a quarter")
    return found


def starts_quarter(day, first_month):
    """Whether a day is the first of a fiscal quarter."""
    return day.day == 1 and (day.month - first_month) % 3 == 0


def package_features(package):
    """What the tables declare."""
    found = set()
    for resource in package["resources"]:
        for field in resource["schema"]["fields"][1:]:
            found.add(f"type {field['type']}")
            found |= {f"{field['format']} in the place of days"} if "format" in field else set()
            found |= field.keys() & {"missingValues"}
            found |= field.get("constraints", {}).keys() & {"required", "minimum", "maximum"}
            if "unique" in field.get("constraints", {}):
                found.add("unique besides the key")
    return found


def table_features(tables, facts):
    """What there is in the rows."""
    found = set()
    for table in tables.values():
        for key, _ in table["foreign keys"]:
            required = oracle.is_required(table["fields"][key])
            found.add("key must be there" if required else "key may be missing")
            if any(row[key] is None for row in table["rows"]):
                found.add("key is missing")
        for name in table["fields"]:
            if all(row[name] is None for row in table["rows"]):
                found.add("a field without a value in any row")
        for row in table["rows"]:
            found |= {feature for value in row.values() for feature in cell_features(value, facts)}
    return found


def cell_features(value, facts):
    """What there is in one cell."""
    if isinstance(value, date) and value < facts["start"]:
        return {"date before the project"}
    if isinstance(value, date) and value > facts["records_through"]:
        return {"date after the records"}
    if isinstance(value, Fraction) and value < 0:
        return {"negative number"}
    return set()


def sheet_features(tables, sheet, facts):
    """What there is in a reference sheet."""
    calculation = sheet["calculation"]
    if calculation["measure"] == "ratio":
        return ratio_features(tables, sheet, facts)
    counted = oracle.counted_calculation(sheet)
    found = {f"measure {calculation['measure']}"} | measure_features(calculation, counted)
    found |= several_features(calculation, counted)
    if "valid_from" in sheet:
        found.add("valid_from")
        found |= {"valid_from after the start"} if sheet["valid_from"] > facts["start"] else set()
    for where in (counted.get("where", {}), oracle.asked_of_same_rows(sheet)):
        found |= where_features(tables, counted["table"], where)
    found |= {"one condition or another"} if "any" in counted else set()
    for names in oracle.disaggregations(sheet) or [[]]:
        fields = [name for name in names if name != amounts.thing(counted)]
        found |= disaggregation_features(tables, counted["table"], fields)
        found |= {"columns by another field"} if 0 < len(fields) < len(names) else set()
    found |= amount_features(tables, sheet)
    if "date" in counted and oracle.route_to(tables, counted["table"], counted["date"])[1]:
        found.add("date of a referred table")
    if counted["measure"] == "people":
        found |= people_features(tables, sheet, facts)
    return found


def ratio_features(tables, sheet, facts):
    """What there is in a ratio, and in its parts."""
    parts = oracle.parts_of_ratio(sheet)
    of = {part["calculation"]["table"] for part in parts}
    found = {
        "measure ratio",
        "ratio by days" if len(parts) == 1 else f"ratio of {['one table', 'two tables'][len(of) - 1]}",
    }
    return found | {feature for part in parts for feature in sheet_features(tables, part, facts)}


def several_features(calculation, counted):
    """What asks for several rows, tables, days or rounds."""
    found = {f"rounds of {calculation['measure']}"} if "rounds" in calculation else set()
    found |= {f"rate of {counted['measure']}"} if calculation["measure"] == "rate" else set()
    if counted["measure"] == "people":
        found |= (
            {"people different" if "different" in counted else "people at least"} if "at_least" in counted else set()
        )
        of = "people at least of" if "at_least" in counted else "people of"
        found |= {f"{of} several tables"} if "also" in counted else set()
    if counted["measure"] == "level":
        found |= {"level of people"} if "person" in counted and "over" not in counted else set()
        of = " of people" if "person" in counted else " of a column" if "column" in counted else ""
        found |= {f"level over days{of}"} if "over" in counted else set()
    state = calculation.get("numerator", {})
    if calculation["measure"] == "share" and "table" in state:
        found |= {"cohort within" if "within" in state else "cohort by the end"}
        several = "different values" if "different" in state else "several rows"
        found |= {f"cohort of {several}"} if "at_least" in state else set()
    return found


def amount_features(tables, sheet):
    """What there is of days, and of several columns."""
    calculation, counted = sheet["calculation"], oracle.counted_calculation(sheet)
    rows, found = oracle.candidates(tables, sheet), set()
    if "columns" in counted:
        found.add("columns as categories" if amounts.thing(counted) else "columns added")
        some = [one for one in rows if amounts.amount(one) is not None and not amounts.is_whole(one)]
        found |= {"a row with some of its columns"} if some else set()
    days = counted.get("days") or calculation.get("numerator", {}).get("days", [])
    if days:
        within = "days" in calculation.get("numerator", {})
        found.add(f"{counted['measure']} within days" if within else f"{counted['measure']} of days")
        found |= {"days: of a referred table" for name in days if oracle.route_to(tables, counted["table"], name)[1]}
    return found | {feature for one in rows for feature in days_features(one.get("days") or one.get("dates"))}


def days_features(dates):
    """What there is in the two dates of a row."""
    if dates is None:
        return set()
    first, second = dates
    if first is None:
        return {"days: no first"}
    if second is None:
        return {"days: not come"}
    return {"days: backwards"} if second < first else {"days: on one day"} if second == first else set()


def measure_features(calculation, counted):
    """How a sheet counts."""
    found = set()
    prefix = ""
    if calculation["measure"] == "share":
        prefix = "share of "
        found.add("unknown is no" if calculation.get("unknown") == "no" else "unknown is in neither part")
        found.add(f"share of {counted['measure']}")
    if counted["measure"] == "people":
        found.add(f"{prefix}people {counted.get('counted', 'once')}")
    if counted["measure"] == "level":
        found.add("level with column" if "column" in counted else "level without column")
    return found


def where_features(tables, table_name, where):
    """What the conditions of a sheet are."""
    found = {"several fields"} if len(where) > 1 else set()
    found |= set() if where else {"no condition"}
    for field_name, condition in where.items():
        last_table, steps = oracle.route_to(tables, table_name, field_name)
        found |= {"condition on a referred table"} if steps else set()
        found |= condition_features(condition, tables[last_table]["fields"][field_name]["type"])
    return found


def condition_features(condition, kind):
    """What one condition is."""
    if isinstance(condition, dict):
        return operator_features(condition, kind)
    if kind == "list":
        return {"any of a list"}
    if isinstance(condition, list):
        return {"among texts" if kind == "string" else "among numbers"}
    if isinstance(condition, bool):
        return {"equal to true or false"}
    return {"equal to text" if kind == "string" else "equal to a number"}


def operator_features(condition, kind):
    """What one condition with operators is."""
    if kind == "list" and "not" in condition:
        return {"none of a list"}
    found = condition.keys() & {"min", "max"}
    if found and kind == "date":
        found.add("min or max of a date")
    if {"min", "max"} <= condition.keys():
        found.add("min and max")
    if "not" in condition:
        found.add("not among" if isinstance(condition["not"], list) else "not one")
    if "present" in condition:
        name = "present" if condition["present"] else "not present"
        found.add(f"date {name}" if kind == "date" else name)
    return found | ({"several operators"} if len(condition) > 2 else set())


def disaggregation_features(tables, table_name, names):
    """What one disaggregation is."""
    found = {["by nothing", "by one", "by two"][len(names)]}
    for name in names:
        last_table, steps = oracle.route_to(tables, table_name, name)
        kind = tables[last_table]["fields"][name]["type"]
        found |= {f"by a {kind}"} & {"by a boolean", "by a list"}
        found |= {"by a field of a referred table"} if steps else set()
        found |= {"by a field two steps away"} if len(steps) > 1 else set()
    return found


def people_features(tables, sheet, facts):
    """What there is in the rows of the people that a sheet counts."""
    ways = {name: of for name, of in sheet["calculation"].items() if name == "disaggregate"}
    changed = oracle.counted_calculation(sheet) | {"counted": "each period"} | ways
    rows_of = {}
    for one in oracle.candidates(tables, sheet | {"calculation": changed}):
        if one["date"] is not None and one["person"] is not None:
            rows_of.setdefault(one["person"], []).append(one)
    return {word for rows in rows_of.values() for word in features_of_person(rows, facts)}


def features_of_person(rows, facts):
    """What there is in the rows of one person."""
    first = min(one["date"] for one in rows)
    tied = [one for one in rows if one["date"] == first]
    found = set()
    if first < facts["start"] and any(one["date"] >= facts["start"] for one in rows):
        found.add("first row before the project")
    if any(one["categories"] != rows[0]["categories"] for one in rows):
        found.add("a person in several categories")
    if len(tied) > 1:
        found.add("several rows of a person on the first day")
        found |= features_of_tie(tied)
    return found


def features_of_tie(tied):
    """What there is in several first rows of one person."""
    found = set()
    if any(one["categories"] != tied[0]["categories"] for one in tied):
        found.add("the tie decides a category")
    keys = [one["key"] for one in tied]
    if sorted(keys) != sorted(keys, key=lambda key: (len(key), key)):
        found.add("keys sort differently as text")
    return found


def more_than_all(expected):
    """Whether the categories of a breakdown by a list add up to more than the total somewhere."""
    added = {}
    for (*key, way, _), (value, *_) in expected.items():
        added[*key, way] = added.get((*key, way), 0) + (value or 0)
    more = any(way == "needs" and value > added[*key, oracle.TOTAL] for (*key, way), value in added.items())
    return {"more in the categories of a list than in all"} if more else set()


def value_features(measures, expected):
    """What there is among the values."""
    found = more_than_all(expected)
    for (code, *_, category), (value, numerator, denominator, status) in expected.items():
        found.add(f"{status} {measures[code]}")
        if status == "no data" and (numerator is None) != (denominator is None):
            found.add("a share of sums without a value")
        if value == 0 and category != oracle.ALL and status == "exact":
            found.add("a category with nothing in it")
        if value and oracle.NOT_RECORDED in category:
            found.add("something not recorded")
        if value and value < 0:
            found.add("a negative value")
    return found
