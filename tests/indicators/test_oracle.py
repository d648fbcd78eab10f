"""The library's values are those of the oracle, on the shipped project and on random ones.

Quarters, halves and years are worked out here once more, without the library.
"""

import json
import math
from collections import Counter
from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from tests.generators import random_projects
from tests.oracles import oracle

SHIPPED = Path(__file__).parents[2] / "data"
SEEDS = range(200)
BLOCK = 10
COLUMNS = ["value", "numerator", "denominator"]


def test_the_shipped_project_agrees_with_the_oracle():
    """Every value of every completed period of the shipped project is the oracle's."""
    windows = completed_windows(SHIPPED)
    assert differences(SHIPPED, windows, oracle.values(SHIPPED, windows)) == []


@pytest.mark.parametrize(
    "first_seed", [seed if seed < 100 else pytest.param(seed, marks=pytest.mark.long) for seed in SEEDS[::BLOCK]]
)
def test_random_projects_agree_with_the_oracle(first_seed, random_folder):
    """Every value of every completed period of random projects is the oracle's."""
    for seed in range(first_seed, first_seed + BLOCK):
        with naming(seed):
            folder = random_folder(seed)
            found = differences(folder, completed_windows(folder), expected_values(folder))
            assert found == []


def test_random_projects_are_not_all_alike(random_folder):
    """Each measure, operator, kind of table and state is met in several random projects."""
    met = Counter()
    for seed in SEEDS:
        met.update(features(random_folder(seed)))
    assert {feature: met[feature] for feature in MUST_BE_MET if met[feature] < 5} == {}


def test_a_seed_always_writes_the_same_project(tmp_path):
    """The same seed writes the same bytes, so that a failure can be looked at again."""
    random_projects.write(tmp_path / "one", 7)
    random_projects.write(tmp_path / "two", 7)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def contents(folder):
    """The bytes of every file in a folder, by its path there."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder): path.read_bytes() for path in files}


# --- Random projects, each written and worked out once --------------------------------------


@pytest.fixture(scope="module")
def random_folder(tmp_path_factory):
    """A function that gives the folder of a seed's random project."""
    parent = tmp_path_factory.mktemp("random_projects")

    def folder_of(seed):
        folder = parent / str(seed)
        if not folder.exists():
            random_projects.write(folder, seed)
        return folder

    return folder_of


@contextmanager
def naming(seed):
    """Name the seed in whatever fails."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"The project of seed {seed}.")
        raise


@cache
def expected_values(folder):
    """The oracle's values of a project for its completed periods."""
    return oracle.values(folder, completed_windows(folder))


# --- Periods --------------------------------------------------------------------------------


def completed_windows(folder):
    """Each completed quarter, half and year, alone and to date, and the whole project so far."""
    facts = oracle.read_toml(folder / "project.toml")
    start, through = facts["start"], facts["records_through"]
    windows = [("project to date", start, through)]
    first_month = facts["fiscal_year"]["first_month"]
    for fiscal_start, first, last in fiscal_periods(first_month, start, through):
        windows.append(("period", first, last))
        windows.append(("fiscal year to date", fiscal_start, last))
        windows.append(("project to date", start, last))
    return sorted(set(windows))


def fiscal_periods(first_month, start, through):
    """The completed quarters, halves and years: first day of the year, first day, last day."""
    found = []
    for year in range(start.year - 1, through.year + 1):
        for months in (3, 6, 12):
            for before in range(0, 12, months):
                first = first_of_month(year, first_month + before)
                last = first_of_month(year, first_month + before + months) - timedelta(days=1)
                if start <= last <= through:
                    found.append((date(year, first_month, 1), first, last))
    return found


def first_of_month(year, month):
    """The first day of a month; month 13 is January of the next year."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


# --- Comparison -----------------------------------------------------------------------------


def differences(folder, windows, expected):
    """The first few values on which the library and the oracle disagree, in words."""
    found = library_values(folder, windows)
    told = [f"missing: {key}" for key in expected.keys() - found.keys()]
    told += [f"not expected: {key}" for key in found.keys() - expected.keys()]
    for key in expected.keys() & found.keys():
        if not is_same(found[key], expected[key]):
            told.append(f"{key}: {as_text(found[key])}, not {as_text(expected[key])}")
    told += [f"order of {key}" for key in differently_ordered(found, expected)]
    return sorted(told)[:10]


def differently_ordered(found, expected):
    """The disaggregations whose categories are not in the oracle's order."""
    in_library, in_oracle = ordered_categories(found), ordered_categories(expected)
    return [key for key in in_oracle if in_library.get(key) != in_oracle[key]]


def ordered_categories(results):
    """The categories of each disaggregation in the order in which they are given."""
    ordered = {}
    for *key, category in results:
        ordered.setdefault(tuple(key), []).append(category)
    return ordered


def library_values(folder, windows):
    """The library's values, keyed as the oracle's are."""
    from ctanalysis import indicators, project, records

    facts = project.load(folder)
    frame = indicators.calculate(facts, records.read(facts), [indicators.Window(*window) for window in windows])
    names = ["indicator", "horizon", "start", "end", "disaggregation", "category"]
    keys = list(zip(*(frame[name].tolist() for name in names)))
    results = list(zip(*(frame[name].tolist() for name in COLUMNS + ["status"])))
    assert len(set(keys)) == len(keys), "a value is there twice"
    return dict(zip(keys, results))


def is_same(found, expected):
    """Whether value, numerator, denominator and status agree; only a ratio may differ by a hair."""
    value, numerator, denominator, status = expected
    same_value = is_close if denominator is not None else is_equal
    return (
        found[3] == status
        and same_value(found[0], value)
        and is_equal(found[1], numerator)
        and is_equal(found[2], denominator)
    )


def is_equal(found, expected):
    """Whether a number of the library is exactly the oracle's, as near as a float can be."""
    if expected is None:
        return is_nothing(found)
    return found == float(expected)


def is_close(found, expected):
    """Whether a ratio of the library is the oracle's but for rounding."""
    if expected is None:
        return is_nothing(found)
    return math.isclose(found, float(expected), rel_tol=1e-12)


def is_nothing(found):
    """Whether the library gives no number: a NaN is not equal to itself."""
    return found is None or found != found


def as_text(result):
    """A result for the message of a failure."""
    return tuple(str(one) for one in result)


# --- What the random projects contain -------------------------------------------------------


MUST_BE_MET = {
    *(f"measure {name}" for name in ("count", "sum", "people", "level", "share", "mean")),
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
    "date present",
    "date not present",
    "several operators",
    "several fields",
    "no condition",
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
    *(f"type {name}" for name in ("string", "integer", "number", "boolean", "date")),
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
    for sheet in oracle.read_sheets(folder):
        measures[sheet["code"]] = sheet["calculation"]["measure"]
        found |= sheet_features(tables, sheet, facts)
    return found | value_features(measures, expected_values(folder))


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
    counted = oracle.counted_calculation(sheet)
    found = {f"measure {calculation['measure']}"} | measure_features(calculation, counted)
    if "valid_from" in sheet:
        found.add("valid_from")
        found |= {"valid_from after the start"} if sheet["valid_from"] > facts["start"] else set()
    for where in (counted.get("where", {}), calculation.get("numerator", {}).get("where", {})):
        found |= where_features(tables, counted["table"], where)
    for names in oracle.disaggregations(sheet) or [[]]:
        found |= disaggregation_features(tables, counted["table"], names)
    if "date" in counted and oracle.route_to(tables, counted["table"], counted["date"])[1]:
        found.add("date of a referred table")
    if counted["measure"] == "people":
        found |= people_features(tables, sheet, facts)
    return found


def measure_features(calculation, counted):
    """How a sheet counts."""
    found = set()
    prefix = ""
    if calculation["measure"] == "share":
        prefix = "share of "
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
    if isinstance(condition, list):
        return {"among texts" if kind == "string" else "among numbers"}
    if isinstance(condition, bool):
        return {"equal to true or false"}
    return {"equal to text" if kind == "string" else "equal to a number"}


def operator_features(condition, kind):
    """What one condition with operators is."""
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
        found |= {"by a boolean"} if kind == "boolean" else set()
        found |= {"by a field of a referred table"} if steps else set()
        found |= {"by a field two steps away"} if len(steps) > 1 else set()
    return found


def people_features(tables, sheet, facts):
    """What there is in the rows of the people that a sheet counts."""
    each_row = {"counted": "each period"}
    calculation = sheet["calculation"]
    if calculation["measure"] == "share":
        changed = calculation | {"denominator": calculation["denominator"] | each_row}
    else:
        changed = calculation | each_row
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


def value_features(measures, expected):
    """What there is among the values."""
    found = set()
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
