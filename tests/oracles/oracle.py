"""Every value of a project, worked out a second time.

The library calculates with data frames and arrays. A mistake there may look right in every
chart, so somebody who had not read the library wrote the calculations once more, from the
text of the reference sheets alone: loops over the rows of the record files, the standard
library, exact fractions, nothing clever. Where the two disagree, one of them is wrong.

Nothing is protected here: the values are the exact ones, before any disclosure control.
"""

import csv
import json
import tomllib
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from tests.oracles import amounts, rates, several, standing

NOT_RECORDED = "not recorded"
TOTAL = "total"
ALL = "all"


def values(folder, windows):
    """Every value of every sheet for the windows, each a tuple (horizon, first day, last day).

    The key is (indicator, horizon, start, end, disaggregation, category), the value is
    (value, numerator, denominator, status).
    """
    tables = read_tables(Path(folder))
    facts = read_toml(Path(folder) / "project.toml")
    found = {}
    for sheet in read_sheets(Path(folder)):
        found.update(values_of_any(folder, tables, sheet, facts, windows))
    return found


def values_of_any(folder, tables, sheet, facts, windows):
    """Every value of one sheet; of a rate its numbers, for each so many residents."""
    if sheet["calculation"]["measure"] != "rate":
        return values_of_sheet(tables, sheet, facts, windows)
    counted = rates.without_residents(sheet)
    numbers = values_of_sheet(tables, counted, facts, windows)
    return rates.rates(folder, sheet, numbers, lambda name: labels_named(tables, counted_table(counted), name)[1])


def counted_table(sheet):
    """The table whose rows a sheet counts."""
    return counted_calculation(sheet)["table"]


def row_counts(folder, windows):
    """For the keys of values(): how many rows each value is of, and how many more lack what the sheet needs.

    None and None where the sheet does not apply, or the records are not so fine.
    """
    tables = read_tables(Path(folder))
    facts = read_toml(Path(folder) / "project.toml")
    found = {}
    for sheet in read_sheets(Path(folder)):
        is_rate = sheet["calculation"]["measure"] == "rate"
        counted = rates.without_residents(sheet) if is_rate else sheet
        found.update(row_counts_of_sheet(tables, counted, facts, windows))
    return found


# --- Reading the project folder -------------------------------------------------------------


def read_toml(path):
    """A TOML file; its decimals are exact."""
    with open(path, "rb") as file:
        return tomllib.load(file, parse_float=Fraction)


def read_sheets(folder):
    """The reference sheets that calculate a number, by file name."""
    found = [read_toml(path) for path in sorted((folder / "indicators").glob("*.toml"))]
    return [sheet for sheet in found if sheet["calculation"]["measure"] != "milestone"]


def read_tables(folder):
    """The tables that datapackage.json describes, by their name."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    facts = read_toml(folder / "project.toml")
    return {resource["name"]: read_table(folder, resource, facts) for resource in package["resources"]}


def read_table(folder, resource, facts):
    """One table: its fields, its keys and its typed rows, also by primary key."""
    schema = resource["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    primary_key = schema["primaryKey"][0]
    rows = [row for file in files_of(folder, resource) for row in read_rows(folder / file, fields, facts)]
    return {
        "fields": fields,
        "primary key": primary_key,
        "foreign keys": foreign_keys(schema),
        "rows": rows,
        "by key": {row[primary_key]: row for row in rows},
    }


def files_of(folder, resource):
    """The file of a table, or those of its folder by their names, as paths in the project folder."""
    name = resource["path"]
    if not (folder / name).is_dir():
        return [name]
    return [f"{name}/{file.name}" for file in sorted((folder / name).iterdir())]


def foreign_keys(schema):
    """Pairs of a field and the table whose primary key it holds."""
    keys = schema.get("foreignKeys", [])
    return [(key["fields"][0], key["reference"]["resource"]) for key in keys]


def read_rows(path, fields, facts):
    """The rows of a CSV file, each cell with the type of its field."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [{name: typed(fields[name], cell, facts) for name, cell in row.items()} for row in csv.DictReader(file)]


def typed(field, cell, facts):
    """A cell as its field's type says; None where it is missing. A period is its last day in the project."""
    if cell == "" or cell in field.get("missingValues", []):
        return None
    if field["type"] in ("integer", "number"):
        return Fraction(cell)
    if field["type"] == "boolean":
        return {"true": True, "false": False}[cell]
    if field["type"] == "date":
        return day_of_cell(field.get("format"), cell, facts)
    if field["type"] == "list":
        return frozenset(cell.split(field["delimiter"]))
    return cell


# --- Periods in the place of days -----------------------------------------------------------


def day_of_cell(kind, cell, facts):
    """A day as it is, where there is no kind of period; a period's last day, if the project does not end before it."""
    if kind is None:
        return date.fromisoformat(cell)
    first, last = period_of_cell(kind, cell, facts)
    return min(last, facts["end"]) if first <= facts["end"] else last


def period_of_cell(kind, cell, facts):
    """The first and the last day of the period that a cell names."""
    digits = [int(part) for part in cell.removeprefix("FY").replace("Q", "-").replace("--", "-").split("-")]
    if kind == "month" and len(digits) == 1:  # 201407
        digits = [digits[0] // 100, digits[0] % 100]
    return days_of_period(kind, *digits, facts=facts)


def days_of_period(kind, year, number=1, *, facts):
    """The first and the last day of a year, or of one of its quarters or months. A fiscal year has its end's name."""
    months = {"month": 1, "quarter": 3, "year": 12}[kind.removeprefix("fiscal ")]
    month = 1
    if kind.startswith("fiscal"):
        month = facts["fiscal_year"]["first_month"]
        year -= month > 1
    first = later(date(year, month, 1), (number - 1) * months)
    return first, later(first, months) - timedelta(days=1)


def later(first, months):
    """The first day of a month so many months later."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def cuts_a_period(kind, facts, start, end):
    """Whether some period has days of the project within these days, and others outside them. start: None for any."""
    numbers = range(1, {"month": 12, "quarter": 4, "year": 1}[kind.removeprefix("fiscal ")] + 1)
    for year in range(facts["start"].year - 3, facts["end"].year + 4):
        for number in numbers:
            first, last = days_of_period(kind, year, number, facts=facts)
            first, last = max(first, facts["start"]), min(last, facts["end"])
            if first <= last and (first <= end < last or (start is not None and first < start <= last)):
                return True
    return False


def is_too_fine(tables, sheet, facts, start, end):
    """Whether a value of these days needs to know more than the periods that the records have."""
    counted = counted_calculation(sheet)
    asked = [*counted.get("where", {}), *asked_of_same_rows(sheet)]
    edges = [(counted[use], None) for use in ("start", "end") if use in counted] + [(name, None) for name in asked]
    edges += [(counted["date"], start)] if "date" in counted else []
    for name, first in edges:
        last_table, _ = route_to(tables, counted["table"], name)
        field = tables[last_table]["fields"][name]
        is_period = field["type"] == "date" and "format" in field
        if is_period and cuts_a_period(field["format"], facts, first, end):
            return True
    return False


# --- Fields of the table itself and of the tables it refers to ------------------------------


def route_to(tables, table_name, field_name):
    """The nearest table that has the field, and the foreign keys to follow to it."""
    waiting = [(table_name, [])]
    reached = set()
    while waiting:
        name, steps = waiting.pop(0)
        if field_name in tables[name]["fields"]:
            return name, steps
        reached.add(name)
        for key, other in tables[name]["foreign keys"]:
            if other not in reached:
                waiting.append((other, [*steps, (key, other)]))
    raise KeyError(f"no field {field_name} in {table_name} or in a table it refers to")


def look(tables, table_name, row, field_name):
    """The field's value for a row; None where it, or a key on the way to it, is missing."""
    _, steps = route_to(tables, table_name, field_name)
    for key, other in steps:
        if row[key] is None:
            return None
        row = tables[other]["by key"][row[key]]
    return row[field_name]


def is_required(field):
    """Whether every row must have a value in the field."""
    return field.get("constraints", {}).get("required", False)


def can_be_missing(tables, table_name, field_name):
    """Whether some row could lack the field: its own cell, or a key on the way to it."""
    last_table, steps = route_to(tables, table_name, field_name)
    name = table_name
    for key, other in steps:
        if not is_required(tables[name]["fields"][key]):
            return True
        name = other
    return not is_required(tables[last_table]["fields"][field_name])


# --- Conditions -----------------------------------------------------------------------------


def holds(value, condition, last_day):
    """Whether a value satisfies one condition of a `where`, as known on the last day: a later date is not known yet."""
    if isinstance(value, date) and last_day is not None and value > last_day:
        value = None
    if isinstance(condition, dict):
        return all(operator_holds(value, operator, operand, last_day) for operator, operand in condition.items())
    return value is not None and is_any(value, as_list(condition))


def is_any(value, wanted):
    """Whether a value is one of those wanted; of a cell with several, whether any of them is."""
    return any(one in wanted for one in value) if isinstance(value, frozenset) else value in wanted


def operator_holds(value, operator, operand, last_day):
    """Whether a value satisfies one operator."""
    if operator == "present":
        return (value is not None) == operand
    if value is None:
        return False
    if operator == "not":
        return not is_any(value, as_list(operand))
    if operator == "min":
        return value >= operand
    if operator == "max":
        return value <= operand
    raise ValueError(f"unknown operator {operator}")


def as_list(value):
    """A list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]


def asks_what_is_known(tables, table_name, field_name, condition):
    """Whether the answer depends on the window: every condition on a date does."""
    last_table, _ = route_to(tables, table_name, field_name)
    is_date = tables[last_table]["fields"][field_name]["type"] == "date"
    return is_date


def split_where(tables, table_name, where):
    """The conditions that hold or not whatever the window, and those that depend on it."""
    always, as_of = {}, {}
    for field_name, condition in where.items():
        depends = asks_what_is_known(tables, table_name, field_name, condition)
        (as_of if depends else always)[field_name] = condition
    return always, as_of


def row_holds(tables, table_name, row, where):
    """Whether a row satisfies conditions that do not depend on the window."""
    return all(
        holds(look(tables, table_name, row, field_name), condition, None) for field_name, condition in where.items()
    )


def one_way_holds(tables, table_name, row, counted):
    """Whether all conditions of one of `any` hold; where it says nothing, every row is meant."""
    ways = counted.get("any", [])
    return not ways or any(row_holds(tables, table_name, row, way) for way in ways)


def one_way_is_unknown(tables, table_name, row, counted):
    """Whether no way holds, and one would if what is not recorded were as it asks."""
    if one_way_holds(tables, table_name, row, counted):
        return False
    return any(way_may_hold(tables, table_name, row, way) for way in counted.get("any", []))


def way_may_hold(tables, table_name, row, way):
    """Whether what is recorded does not rule out all conditions of a way."""
    pairs = with_values(tables, table_name, row, way)
    return all(
        (value is None and not is_about_presence(condition)) or holds(value, condition, None)
        for value, condition in pairs
    )


def with_values(tables, table_name, row, where):
    """Pairs of the row's value and its condition, to be asked again in each window."""
    return [(look(tables, table_name, row, field_name), condition) for field_name, condition in where.items()]


def pairs_hold(pairs, last_day):
    """Whether the values satisfy their conditions, as known on the last day."""
    return all(holds(value, condition, last_day) for value, condition in pairs)


# --- Categories -----------------------------------------------------------------------------


def disaggregations(sheet):
    """Each disaggregation of a sheet as a list of one or two field names."""
    return [as_list(names) for names in sheet["calculation"].get("disaggregate", [])]


def joined(names):
    """One name for one or two: `sex`, `sex × age_group`."""
    return " × ".join(names)


def labels(field):
    """The labels that a category or boolean field can have, by value, in declared order."""
    if field["type"] == "boolean":
        return {True: "yes", False: "no"}
    return {category["value"]: category["label"] for category in field["categories"]}


COARSE = ":coarse"  # behind a field's name: by the coarse category of each of its own


def coarse_labels(field):
    """The label of the coarse category that each value is part of, by value."""
    return {category["value"]: category["coarse"] for category in field["categories"]}


def labels_named(tables, table_name, field_name):
    """The field's own name, and its labels by value: the coarse ones where it is named so."""
    name = field_name.removesuffix(COARSE)
    last_table, _ = route_to(tables, table_name, name)
    of_field = labels if name == field_name else coarse_labels
    return name, of_field(tables[last_table]["fields"][name])


def categories_of_field(tables, table_name, field_name):
    """The labels of a field, and `not recorded` last where some row could lack it."""
    field_name, known = labels_named(tables, table_name, field_name)
    found = list(dict.fromkeys(known.values()))
    if can_be_missing(tables, table_name, field_name):
        found.append(NOT_RECORDED)
    return found


def categories(tables, table_name, names, all_of):
    """Every category of a disaggregation, in order. all_of: by name, labels of columns."""
    found = [[]]
    for field_name in names:
        of_field = all_of.get(field_name) or categories_of_field(tables, table_name, field_name)
        found = [[*before, label] for before in found for label in of_field]
    return [joined(parts) for parts in found]


def categories_of_row(tables, table_name, row, names, all_of):
    """The categories to which a row belongs: one, but of a field that takes several values each of them.

    all_of: by name, labels of columns, of which a row is in each.
    """
    found = [[]]
    for name in names:
        of_name = all_of.get(name) or labels_of_row(tables, table_name, row, name)
        found = [[*before, label] for before in found for label in of_name]
    return [joined(parts) for parts in found]


def labels_of_columns(counted):
    """What columns are the categories of, with their labels; nothing where they are none."""
    name = amounts.thing(counted)
    return {name: [*amounts.labelled(counted)]} if name else {}


def labels_of_row(tables, table_name, row, field_name):
    """The labels of a row's values in one field."""
    field_name, known = labels_named(tables, table_name, field_name)
    value = look(tables, table_name, row, field_name)
    if value is None:
        return [NOT_RECORDED]
    return [known[one] for one in (sorted(value) if isinstance(value, frozenset) else [value])]


# --- Candidates: what a sheet needs to know of a row, looked up once ------------------------


def counted_calculation(sheet):
    """The calculation that says which rows count: of a share, that of its denominator, of a rate, its numerator."""
    calculation = sheet["calculation"]
    part = {"share": "denominator", "rate": "numerator"}.get(calculation["measure"])
    return calculation[part] if part else calculation


def candidates(tables, sheet):
    """The rows that may count in some window."""
    counted = counted_calculation(sheet)
    table_name = counted["table"]
    always, as_of = split_where(tables, table_name, counted.get("where", {}))
    if "also" in counted:
        return counted_people(
            counted,
            [
                one | {"place": place}
                for place, part in enumerate(several.by_table(sheet))
                for one in candidates(tables, part | {"calculation": part["calculation"] | {"counted": "each period"}})
            ],
        )
    if counted["measure"] == "people":  # whose only condition on a date is on the date by which they are counted
        assert set(as_of) <= {counted["date"]}
        always, as_of = always | as_of, {}
    found = [
        candidate(tables, sheet, row, as_of)
        for row in tables[table_name]["rows"]
        if row_holds(tables, table_name, row, always) and one_way_holds(tables, table_name, row, counted)
    ]
    found = counted_people(counted, found)
    return [member(tables, sheet, one) for one in found] if is_cohort(sheet) else found


def counted_people(counted, found):
    """Of people who are counted once in all periods, the row of each; of others all rows."""
    if counted["measure"] != "people" or counted.get("counted", "once") != "once":
        return found
    return by_person(counted, found)


def by_person(counted, found):
    """The row by which each person is counted: the first, or the one with which there are as many as are asked."""
    return first_of_each_person(found) if counted.get("at_least", 1) == 1 else several.reaching(counted, found)


def sides(tables, sheet, row):
    """Of a gain, how it was before and after; yes is 100 and no is 0."""
    calculation = sheet["calculation"]
    found = {}
    for side in ("before", "after") if calculation["measure"] == "gain" else ():
        value = look(tables, calculation["table"], row, calculation[side])
        found[side] = 100 * Fraction(value) if isinstance(value, bool) else value
    return found


def in_time(tables, sheet, row):
    """Of a share within so many days: when the row's days are over, its two dates, and how many days there are."""
    numerator = sheet["calculation"].get("numerator", {})
    if "days" not in numerator:
        return {}
    first, second = (look(tables, counted_calculation(sheet)["table"], row, name) for name in numerator["days"])
    due = None if first is None else first + timedelta(days=numerator["within"])
    return {"due": due, "dates": [first, second]}


def change_of(one):
    """In which way a row changed; in none where a side is not known."""
    if one["before"] is None or one["after"] is None:
        return []
    difference = one["after"] - one["before"]
    return ["stayed" if difference == 0 else "got better" if difference > 0 else "got worse"]


def candidate(tables, sheet, row, as_of):
    """What the calculation needs to know of one row."""
    counted = counted_calculation(sheet)
    table_name = counted["table"]
    found = {"key": str(row[tables[table_name]["primary key"]]), "table": table_name, "place": 0}
    for use in ("date", "start", "end", "person", "different"):
        if use in counted:
            found[use] = look(tables, table_name, row, counted[use])
    found |= amounts.of_row(counted, lambda name: look(tables, table_name, row, name))
    found |= sides(tables, sheet, row) | in_time(tables, sheet, row)
    found["conditions"] = with_values(tables, table_name, row, as_of)
    found["numerator conditions"] = numerator_conditions(tables, sheet, row)
    found["asks in vain"] = asks_in_vain(tables, sheet, row)
    found["categories"] = {
        joined(names): categories_of_row(tables, table_name, row, names, labels_of_columns(counted))
        for names in disaggregations(sheet)
    }
    if sheet["calculation"]["measure"] == "gain":
        found["categories"]["change"] = change_of(found)
    if sheet["calculation"]["measure"] == "median":
        found["categories"]["quartiles"] = [] if amounts.amount(found) is None else [*amounts.QUARTERS]
    return found


def asks_in_vain(tables, sheet, row):
    """Whether the numerator of a share asks for a value that the row has not, so that it is in neither part.

    So it is of a row that lacks a side of a gain.

    A condition with `present` asks no value; a day that is not there has not come, and is no unknown. unknown = "no":
    the definition takes the row for one that is not in the numerator.
    """
    if sheet["calculation"].get("unknown") == "no":
        return False
    if None in sides(tables, sheet, row).values():
        return True
    pairs = numerator_conditions(tables, sheet, row)
    return any(
        value is None and not is_about_presence(condition) and not is_about_days(condition)
        for value, condition in pairs
    )


def is_about_presence(condition):
    """Whether a condition says what it makes of a missing value."""
    return isinstance(condition, dict) and "present" in condition


def is_about_days(condition):
    """Whether a condition says when something was."""
    operands = condition.values() if isinstance(condition, dict) else [condition]
    return any(isinstance(value, date) for operand in operands for value in as_list(operand))


def numerator_conditions(tables, sheet, row):
    """The conditions of a share's numerator with the row's values."""
    return with_values(tables, counted_calculation(sheet)["table"], row, asked_of_same_rows(sheet))


def asked_of_same_rows(sheet):
    """The conditions of a share's numerator; of a cohort none, whose numerator is asked of other rows."""
    return {} if is_cohort(sheet) else sheet["calculation"].get("numerator", {}).get("where", {})


def first_of_each_person(found):
    """The first dated row of each person; on the same day, by the primary key as text, the first table's first."""
    firsts = {}
    for one in several.in_their_order(found):
        if one["date"] is not None and one["person"] is not None:
            firsts.setdefault(one["person"], one)
    return list(firsts.values())


# --- Cohorts: people who entered, and those of them who reached a later state ----------------


def is_cohort(sheet):
    """Whether the numerator of a share is asked of a table of its own."""
    return sheet["calculation"]["measure"] == "share" and "table" in sheet["calculation"]["numerator"]


def member(tables, sheet, one):
    """A person of a cohort: counted when the days after entering are over, or on the day of entering; and reached when.

    Whoever reaches the state when the days are over is not in the numerator.
    """
    state = sheet["calculation"]["numerator"]
    reached = reached_on(tables, state, one["person"], one["date"])
    is_reached = reached is not None and is_soon(state, one["date"], reached)
    return one | {"date": counted_on(state, one["date"]), "reached": reached if is_reached else None}


def counted_on(state, entered):
    """The day on which somebody who entered on a day is counted."""
    return entered + timedelta(state.get("within", 0))


def is_soon(state, entered, reached):
    """Whether a state is reached within its days."""
    return "within" not in state or reached <= entered + timedelta(state["within"])


def is_same_person(one, other):
    """Whether the rows of two tables are of one person."""
    return one == other


def is_not_before(day, entered):
    """Whether a row of the state is of the day of entering, or of a later one."""
    return day >= entered


def reached_on(tables, state, person, entered):
    """The day on which somebody has as many rows, or different values, as the state asks; None where they never do."""
    days = []
    for row in tables[state["table"]]["rows"]:
        day, whose = (look(tables, state["table"], row, state[use]) for use in ("date", "person"))
        is_own = day is not None and is_same_person(whose, person) and is_not_before(day, entered)
        if is_own and row_holds(tables, state["table"], row, state.get("where", {})):
            value = look(tables, state["table"], row, state["different"]) if "different" in state else row
            days.append((day, value))
    found = []
    for day, value in sorted(days, key=lambda pair: pair[0]):
        if value is not None and value not in found:
            found.append(value)
        if len(found) >= state.get("at_least", 1):
            return day
    return None


# --- Values ---------------------------------------------------------------------------------


def values_of_sheet(tables, sheet, facts, windows):
    """Every value of one sheet for the windows."""
    if sheet["calculation"]["measure"] == "ratio":
        return ratios_of_sheet(tables, sheet, facts, windows)
    if "rounds" in sheet["calculation"]:
        return values_of_rounds(tables, sheet, facts, windows)
    every_category = categories_of_sheet(tables, sheet)
    possible = candidates(tables, sheet)
    found, known = {}, {}
    for window in windows:
        results = values_in_window(tables, sheet, possible, every_category, facts, window, known)
        for (disaggregation, category), (start, result) in results.items():
            horizon, _, end = window
            key = (sheet["code"], horizon, start.isoformat(), end.isoformat())
            found[(*key, disaggregation, category)] = result
    return found


def parts_of_ratio(sheet):
    """A sheet for each part of a ratio, above and below the line; below the days of the period there is none."""
    calculation = sheet["calculation"]
    parts = [calculation["numerator"], calculation["denominator"]]
    return [sheet | {"calculation": part} for part in parts if part["measure"] != "days"]


def ratios_of_sheet(tables, sheet, facts, windows):
    """The values of a ratio of two measures: each by itself, then one divided by the other."""
    above, *below = [values_of_sheet(tables, part, facts, windows) for part in parts_of_ratio(sheet)]
    found = {}
    for key, (number, _, _, status) in above.items():
        days = None if number is None else days_of(*key[2:4])
        other, state = (below[0][key][0], below[0][key][3]) if below else (days, "exact")
        silent = [one for one in ("not applicable", "not this fine") if one in (status, state)]
        found[key] = (None, None, None, silent[0]) if silent else divided(number, other)
    return found


def days_of(first, last):
    """How many days a period has, its first and its last among them."""
    return Fraction((date.fromisoformat(last) - date.fromisoformat(first)).days + 1)


def divided(above, below):
    """One number for each of another."""
    return ratio(above, below)


def categories_of_sheet(tables, sheet):
    """The disaggregations of a sheet with their categories, the total first."""
    table_name = counted_calculation(sheet)["table"]
    found = {TOTAL: [ALL]}
    for names in disaggregations(sheet):
        found[joined(names)] = categories(tables, table_name, names, labels_of_columns(counted_calculation(sheet)))
    if sheet["calculation"]["measure"] == "gain":
        found["change"] = ["got better", "stayed", "got worse"]
    if sheet["calculation"]["measure"] == "median":
        found["quartiles"] = [*amounts.QUARTERS]
    return found


def values_in_window(tables, sheet, possible, every_category, facts, window, known):
    """The values of one sheet in one window, with the first day that they describe. known: see standing.by_day()."""
    start, end = described_days(sheet, facts["start"], window)
    if start is None:
        return nothing_told(every_category, window[1], "not applicable")
    if is_too_fine(tables, sheet, facts, start, end):
        return nothing_told(every_category, start, "not this fine")
    if "over" in sheet["calculation"]:
        return over_days(sheet["calculation"], possible, every_category, (start, end), known)
    counting = counting_rows(sheet, possible, start, end)
    return {
        cell: (start, changed(counting, rows) if is_change(sheet, cell) else result(sheet, rows, end, cell))
        for cell, rows in by_category(counting, every_category).items()
    }


def over_days(calculation, possible, every_category, days, known):
    """The mean over the days of a window of what stands on each."""
    each = standing.by_day(possible, *days, calculation, known)
    found = {}
    for way, names in every_category.items():
        for category in names:
            parts = standing.mean_of_days(calculation, each, lambda one, w=way, c=category: is_of(one, w, c))
            found[way, category] = (days[0], ratio(*parts))
    return found


def is_of(one, way, category):
    """Whether a row is of a category of a breakdown."""
    return way == TOTAL or category in one["categories"][way]


# --- Survey rounds ------------------------------------------------------------------------------


def values_of_rounds(tables, sheet, facts, windows):
    """The values of each window's own survey round; where it has none, there is no data."""
    found = {}
    for name, among in windows_by_round(tables, sheet, facts, windows).items():
        for key, result in values_of_sheet(tables, several.of_round(sheet, name), facts, among).items():
            is_of_none = name is None and result[3] in ("exact", "no data")
            found[key] = (None, None, None, "no data") if is_of_none else result
    return found


def windows_by_round(tables, sheet, facts, windows):
    """{round or None: the windows of which it is}."""
    counted, rounds = counted_calculation(sheet), sheet["calculation"]["rounds"]
    days = {}
    for row in tables[counted["table"]]["rows"]:
        name, day = (look(tables, counted["table"], row, field) for field in (rounds["field"], counted["date"]))
        if None not in (name, day):
            days.setdefault(name, []).append(day)
    last_table, _ = route_to(tables, counted["table"], rounds["field"])
    listed = [one["value"] for one in tables[last_table]["fields"][rounds["field"]]["categories"]]
    found = {}
    for window in windows:
        start, end = described_days(sheet, facts["start"], window)
        name = several.round_of_days(days, listed, rounds["baseline"], start or window[1], end)
        found.setdefault(name, []).append(window)
    return found


def is_change(sheet, cell):
    """Whether a cell is one of those beside a gain: how many got better, stayed, or got worse."""
    return sheet["calculation"]["measure"] == "gain" and cell[0] == "change"


def changed(counting, rows):
    """How many of the rows that count changed in one way; no data where none counts."""
    return (Fraction(len(rows)), None, None, "exact") if counting else (None, None, None, "no data")


def nothing_told(every_category, start, status):
    """The same state in every cell."""
    nothing = (start, (None, None, None, status))
    return {(way, category): nothing for way, names in every_category.items() for category in names}


def described_days(sheet, project_start, window):
    """The first and last day that a value describes; no first day where it is not applicable."""
    horizon, start, end = window
    valid_from = sheet.get("valid_from", project_start)
    if horizon == "project to date" and valid_from <= end:
        return valid_from, end
    if start < valid_from and valid_from > project_start:
        return None, end
    return start, end


def counting_rows(sheet, possible, start, end):
    """The rows that count in a window."""
    counted = counted_calculation(sheet)
    if "over" in counted:
        return standing.any_day(standing.by_day(possible, start, end, counted, {}))
    if counted["measure"] == "level":
        found = [one for one in possible if is_open_after(one, end)]
    elif "days" in sheet["calculation"].get("numerator", {}):
        found = [one for one in possible if one["due"] is not None and start <= one["due"] <= end]
        found = [one for one in found if not amounts.is_backwards(one["dates"])]
    else:
        found = [one for one in possible if is_dated_in(one, start, end)]
    found = [one for one in found if pairs_hold(one["conditions"], end)]
    if counted["measure"] == "people" and counted.get("counted") == "each period":
        found = by_person(counted, found)
    if counted["measure"] == "level" and "person" in counted:
        found = standing.each_person(found)
    return [one for one in found if not one["asks in vain"]]


def is_dated_in(one, start, end):
    """Whether a row is dated in the window."""
    return one["date"] is not None and start <= one["date"] <= end


def is_open_after(one, end):
    """Whether what a row describes has begun and goes on after the last day."""
    has_begun = one["start"] is not None and one["start"] <= end
    return has_begun and (one["end"] is None or one["end"] > end)


def by_category(counting, every_category):
    """The counting rows of each category; an empty list where there are none."""
    found = {(disaggregation, category): [] for disaggregation, names in every_category.items() for category in names}
    for one in counting:
        found[(TOTAL, ALL)].append(one)
        for disaggregation, names in one["categories"].items():
            for category in names:
                found[(disaggregation, category)].append(one)
    return found


def result(sheet, rows, end, cell):
    """Value, numerator, denominator and status of one cell."""
    measure = sheet["calculation"]["measure"]
    counted = counted_calculation(sheet)
    rows = [amounts.in_cell(counted, one, cell) for one in rows]
    if measure == "share":
        among = [one for one in rows if is_in_numerator(sheet, one, end)]
        return ratio(quantity(counted, among), quantity(counted, rows))
    if measure == "median":
        numbers = recorded_amounts(rows, end)
        value = amounts.quantile(numbers, amounts.QUARTERS.get(cell[1], 2))
        below = None if cell[0] == "quartiles" else Fraction(len(numbers))
        return value, None, below, "no data" if value is None else "exact"
    if measure in ("max", "min", "last"):
        value = amounts.extreme(measure, rows, end)
        return value, None, None, "no data" if value is None else "exact"
    if measure == "gain":
        return ratio(sum((one["after"] - one["before"] for one in rows), Fraction(0)), Fraction(len(rows)))
    if measure == "mean":
        numbers = recorded_amounts(rows, end)
        return ratio(sum(numbers, Fraction(0)), Fraction(len(numbers)))
    value = quantity(counted, rows)
    return value, None, None, "no data" if value is None else "exact"


def is_in_numerator(sheet, one, end):
    """Whether a row of a share's denominator is in its numerator, too."""
    if is_cohort(sheet):
        return one["reached"] is not None and one["reached"] <= end
    if "dates" not in one:
        return pairs_hold(one["numerator conditions"], end)
    first, second = one["dates"]
    return second is not None and (second - first).days <= sheet["calculation"]["numerator"]["within"]


def quantity(counted, rows):
    """How many rows, or the sum of their numbers; None where none of them has one."""
    if not amounts.has_amount(counted):
        return Fraction(len(rows))
    numbers = recorded_amounts(rows)
    if rows and not numbers:
        return None
    return sum(numbers, Fraction(0))


def recorded_amounts(rows, end=None):
    """The numbers of rows that are not missing."""
    return [number for number in (amounts.amount(one, end) for one in rows) if number is not None]


def ratio(numerator, denominator):
    """A share or a mean with both its parts."""
    if numerator is None or denominator is None or denominator == 0:
        return None, numerator, denominator, "no data"
    return numerator / denominator, numerator, denominator, "exact"


# --- How many rows a value is of, and how many lack something -------------------------------


def row_counts_of_sheet(tables, sheet, facts, windows):
    """How many rows count and how many lack something, of each value of one sheet; of a ratio, those of both parts.

    A row of a table that both parts read is one; one that either lacks something of lacks it.
    """
    if sheet["calculation"]["measure"] == "ratio":
        parts = [rows_of_sheet(tables, part, facts, windows) for part in parts_of_ratio(sheet)]
        return {key: counts_of(*(part[key] for part in parts)) for key in parts[0]}
    return {key: counts_of(rows) for key, rows in rows_of_sheet(tables, sheet, facts, windows).items()}


def counts_of(*parts):
    """How many different rows parts have, and how many more lack something; None where a part has no number."""
    if None in parts:
        return None, None
    counting, lacking = (set.union(*(part[place] for part in parts)) for place in (0, 1))
    return len(counting - lacking if len(parts) > 1 else counting), len(lacking)


def rows_of_sheet(tables, sheet, facts, windows):
    """The rows that count and those that lack something, each by its table and key, of each value of one sheet.

    None where the sheet does not apply, or the records are not so fine.
    """
    if "rounds" in sheet["calculation"]:
        of_rounds = windows_by_round(tables, sheet, facts, windows).items()
        each = [rows_of_sheet(tables, several.of_round(sheet, name), facts, among) for name, among in of_rounds]
        return {key: rows for of_round in each for key, rows in of_round.items()}
    every_category = categories_of_sheet(tables, sheet)
    possible = candidates(tables, sheet)
    short = [one for part in several.by_table(sheet) for one in rows_that_lack(tables, part)]
    found = {}
    for window in windows:
        horizon, first, end = window
        start, _ = described_days(sheet, facts["start"], window)
        key = (sheet["code"], horizon, (start or first).isoformat(), end.isoformat())
        if start and is_too_fine(tables, sheet, facts, start, end):
            start = None
        counting = counting_rows(sheet, possible, start, end) if start else []
        lacking = [one for one in short if start and is_of_days(counted_calculation(sheet), one, start, end)]
        pairs = by_category(counting, every_category), by_category(lacking, every_category)
        counted = counted_calculation(sheet)
        for cell, rows in pairs[0].items():
            whole = [one for one in rows if is_whole_in_cell(counted, one, cell, end)]
            lack = [one for one in pairs[1][cell] if lacks_in_cell(counted, one, cell)]
            by_key = tuple({(one["table"], one["key"]) for one in rows} for rows in (whole, lack))
            found[(*key, *cell)] = by_key if start else None
    return found


def is_whole_in_cell(counted, one, cell, end):
    """Whether a row that counts has all of the number that the cell adds up or compares."""
    return not amounts.has_amount(counted) or amounts.is_whole(amounts.in_cell(counted, one, cell), end)


def lacks_in_cell(counted, one, cell):
    """Whether a row that lacks something lacks what the cell needs: of one of several columns, that one or the rest.

    What stands beside a total says nothing of it again.
    """
    if cell[0] in ("change", "quartiles"):
        return False
    return one["lacks more"] or amounts.lacks(amounts.in_cell(counted, one, cell))


PERSONAL = ("person", "different")


def rows_that_lack(tables, sheet):
    """The rows that no recorded value rules out, but that lack the person, their number, or what is asked of them."""
    counted = counted_calculation(sheet)
    table_name, where = counted["table"], counted.get("where", {})
    found = []
    for row in tables[table_name]["rows"]:
        pairs = with_values(tables, table_name, row, where)
        asked = [condition for value, condition in pairs if value is None and not is_about_presence(condition)]
        others = [(value, condition) for value, condition in pairs if value is not None or is_about_presence(condition)]
        nobody = any(use in counted and look(tables, table_name, row, counted[use]) is None for use in PERSONAL)
        is_unknown = one_way_is_unknown(tables, table_name, row, counted)
        if not is_unknown and not one_way_holds(tables, table_name, row, counted):
            continue
        one = candidate(tables, sheet, row, {})
        is_turned = "dates" in one and amounts.is_backwards(one["dates"])
        more = asked or nobody or is_unknown or is_turned or asks_in_vain(tables, sheet, row)
        if all(may_hold(*pair) for pair in others) and (more or amounts.lacks(one)):
            found.append(one | {"lacks more": bool(more)})
    return found


def may_hold(value, condition):
    """Whether a value satisfies a condition, or did before a date was there."""
    if isinstance(value, date) and isinstance(condition, dict) and condition.get("present") is False:
        condition = {operator: operand for operator, operand in condition.items() if operator != "present"}
    return holds(value, condition, None)


def is_of_days(counted, one, start, end):
    """Whether a row is dated in the days, or stands on the last of them; over days, on any of them."""
    if "over" in counted:
        return standing.is_of_any_day(one, start, end)
    return is_open_after(one, end) if "start" in one else is_dated_in(one, start, end)
