"""People by several rows, in several tables, on a day, and cohorts: worked examples; the oracle on random projects."""

from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import pytest

from ctanalysis import indicators, project, records
from tests.generators import people_projects, small
from tests.oracles import people_oracle as oracle
from tests.oracles.expected import completed_windows

WINDOWS = [
    (date(2011, 10, 1), date(2011, 12, 31)),
    (date(2012, 1, 1), date(2012, 3, 31)),
    (date(2011, 10, 1), date(2012, 9, 30)),
    (date(2012, 10, 1), date(2013, 9, 30)),
    (date(2013, 1, 1), date(2014, 9, 30)),
    (date(2011, 10, 1), date(2014, 12, 31)),
]
LABELS = {
    "sex": {"F": "women", "M": "men", None: "not recorded"},
    "kind": {one: f"kind {one}" for one in ("food", "legal", "bed")} | {None: "not recorded"},
}


def counted(tmp_path, calculation, table, *windows):
    """The total of each window: (numerator, denominator) of a share, else the value."""
    folder = small.write(tmp_path / "project", table, calculation)
    found = small.values(folder, *windows)
    totals = [row for key, row in found.items() if key[1] == "total"]
    return [row.value if row.denominator != row.denominator else (row.numerator, row.denominator) for row in totals]


ROWS_OF = 'measure = "people"\ntable = "rows"\nperson = "person"\ndate = "day"\n'
YEARS = [("2012-10-01", "2013-09-30"), ("2013-10-01", "2014-09-30"), ("2011-10-01", "2014-09-30")]


def test_a_person_is_counted_on_the_day_of_the_third_row(tmp_path):
    """Two services in one year and the third in the next: counted in the next, once."""
    table = "day person\n2013-01-10 A\n2013-05-02 A\n2013-11-20 A\n2014-02-01 A\n2013-03-03 B\n2014-03-03 B"
    assert counted(tmp_path, ROWS_OF + "at_least = 3", table, *YEARS) == [0, 1, 1]


def test_in_each_period_the_period_itself_must_hold_them(tmp_path):
    """A has two services in each year, so three in none; of both years together there are four."""
    table = "day person\n2013-01-10 A\n2013-05-02 A\n2013-11-20 A\n2014-02-01 A"
    calculation = ROWS_OF + 'at_least = 3\ncounted = "each period"'
    assert counted(tmp_path, calculation, table, *YEARS) == [0, 0, 1]


def test_the_same_service_twice_is_one_kind(tmp_path):
    """Of A the second kind comes with the third row; what is not recorded (-) is no kind."""
    table = "day person kind\n2013-01-10 A NA\n2013-05-02 A NA\n2013-11-20 A |\n2013-01-01 B |\n2013-02-01 B -"
    assert counted(tmp_path, ROWS_OF + 'at_least = 2\ndifferent = "kind"', table, *YEARS) == [0, 1, 1]


def test_a_cohort_counts_when_its_days_are_over_and_late_events_change_nothing(tmp_path):
    """Days to a second row, within 30: A on the 30th day counts, B on the 31st does not, C has none, D's days end in
    the next year and count there, E enters in it.
    """
    table = """
    day        person kind
    2013-01-01 A      NA
    2013-01-31 A      |
    2013-01-01 B      NA
    2013-02-01 B      |
    2013-01-01 C      NA
    2013-09-20 D      NA
    2013-09-25 D      |
    2014-01-01 E      NA
    2014-01-01 E      |
    """
    state = 'table = "rows", person = "person", date = "day", where = { kind = "|" }'
    entered = 'denominator = { measure = "people", table = "rows", person = "person", date = "day" }'
    calculation = f'measure = "share"\n{entered}\nnumerator = {{ {state}, within = 30 }}'
    assert counted(tmp_path, calculation, table, *YEARS) == [(1, 3), (2, 2), (3, 5)]
    calculation = f'measure = "share"\n{entered}\nnumerator = {{ {state} }}'
    assert counted(tmp_path / "by then", calculation, table, *YEARS) == [(3, 4), (1, 1), (4, 5)]


def test_a_person_with_two_beds_stands_once_until_the_last_is_left(tmp_path):
    """A has overlapping stays, B leaves on the day itself and stands no more, C comes on it and does."""
    table = "day end person\n2013-01-01 2013-03-10 A\n2013-02-01 2013-09-01 A\n2013-01-01 2013-03-31 B\n2013-03-31 - C"
    calculation = 'measure = "level"\ntable = "rows"\nperson = "person"\nstart = "day"\nend = "end"'
    windows = [("2013-01-01", day) for day in ("2013-02-15", "2013-03-31", "2013-09-01")]
    assert counted(tmp_path, calculation, table, *windows) == [2, 2, 1]


def windows_of(folder, seed):
    """Windows at the edges, and some of all completed quarters, halves and years, alone and to date."""
    every = [days for _, *days in completed_windows(folder)]
    return [*WINDOWS, *map(tuple, Random(seed).sample(every, 4))]


@cache
def made(seed):
    """The rows of a random project, its windows, and what the library says: by code, window, way and category."""
    folder = Path(mkdtemp()) / "p"
    rows = people_projects.write(folder, seed)
    found, days = project.load(folder), windows_of(folder, seed)
    windows = [indicators.Window(str(place), *span) for place, span in enumerate(days)]
    frame = indicators.calculate(found, records.read(found), windows)
    told = zip(*(frame[name] for name in ("indicator", "horizon", "disaggregation", "category")), strict=True)
    numbers = frame[["value", "numerator", "denominator", "status", "rows", "lacking"]].astype(object)
    numbers = numbers.where(numbers.notna(), None).itertuples(index=False, name=None)
    return rows, days, list(zip(told, numbers, strict=True))


def expected(rows, days):
    """Every cell that there must be, by code, window, way and category, and what the oracle says of it."""
    found = {}
    for code, calculation in people_projects.SHEETS.items():
        cells = [("total", "all", None, None)]
        for way in calculation.get("disaggregate", []):
            fields = way if isinstance(way, list) else [way]
            for labels in product(*(LABELS[name].items() for name in fields)):
                keys, words = zip(*labels, strict=True)
                by, category = (tuple(fields), keys) if len(fields) > 1 else (way, keys[0])
                cells.append((" × ".join(fields), " × ".join(words), by, category))
        for (place, span), (way, label, by, category) in product(enumerate(days), cells):
            value = oracle.value(rows, calculation, *span, by, category)
            lacking = oracle.lacking(rows, calculation, *span, by, category)
            found[code, str(place), way, label] = (*value, oracle.status(value), oracle.rows_behind(value), lacking)
    return found


def differences(seed):
    """The cells of a project that the library or the oracle has alone, or twice, and those on which they disagree."""
    rows, days, told = made(seed)
    due = expected(rows, days)
    keys = [key for key, _ in told]
    alone = [*({*keys} ^ due.keys()), *(key for key, times in Counter(keys).items() if times > 1)]
    return alone + [(key, cell, due[key]) for key, cell in told if key in due and not same(cell, due[key])]


def same(cell, other):
    """Whether two cells have the same numbers, of a share nearly, and the same state."""
    return cell[1:] == other[1:] and cell[0] == pytest.approx(other[0])


SEEDS = [range(6), *(pytest.param(range(n, n + 20), marks=pytest.mark.long) for n in range(0, 200, 20))]


@pytest.mark.parametrize("seeds", SEEDS, ids=lambda seeds: f"{seeds.start}-{seeds.stop}")
def test_random_projects_agree_with_the_oracle(seeds):
    """Every cell there must be, of each measure, window and category: its number, its state, of how many rows it is.

    Days, people and values that are not recorded among them.
    """
    assert {seed: found for seed in seeds if (found := differences(seed))} == {}


MUTANTS = {
    "the last of a day is the first": ("all_rows", lambda t, c: sorted(ROWS(t, c), key=lambda r: r["on"])[::-1]),
    "values need not differ": ("counts_anew", lambda row, held, c: True),
    "what is not recorded is a value": (
        "counts_anew",
        lambda row, held, c: c.get("different") is None or row[c["different"]] not in held,
    ),
    "one row more": ("reaching", lambda rows, c: REACHING(rows, c | {"at_least": c.get("at_least", 1) + 1})),
    "one row is enough": ("reaching", lambda rows, c: REACHING(rows, c | {"at_least": 1})),
    "the first table alone": ("all_rows", lambda t, c: ROWS(t, {k: v for k, v in c.items() if k != "also"})),
    "the last day is not lived": (
        "is_open",
        lambda row, day, end: row["on"] < day and (row[end] is None or row[end] > day),
    ),
    "the day of leaving is stayed": (
        "is_open",
        lambda row, day, end: row["on"] <= day and (row[end] is None or row[end] >= day),
    ),
    "what is open has no end": ("is_open", lambda row, day, end: row["on"] <= day),
    "a cohort is counted on entering": ("counted_on", lambda entered, days: entered),
    "one day more": ("counted_on", lambda entered, days: entered + timedelta(days + 1) if days else entered),
    "a state before entering": ("is_later", lambda one, row: one["person_id"] == row["person_id"]),
    "a state after the day of entering": (
        "is_later",
        lambda one, row: one["person_id"] == row["person_id"] and one["on"] > row["on"],
    ),
    "anybody's state": ("is_later", lambda one, row: one["on"] >= row["on"]),
    "conditions do not matter": ("holds", lambda row, where: True),
    "an empty share is 0": ("status", lambda found: "exact"),
    "rows are those in the numerator": ("rows_behind", lambda found: found[0] if found[1] is None else found[1]),
    "nothing is lacking": ("is_lacking", lambda row, one: False),
    "what is ruled out lacks something": ("is_lacking", lambda row, one: LACKING(row, one | {"where": {}})),
    "it lacks something on all days": (
        "of_days",
        lambda tables, one, *_: [{**row, "on": row[day_of(one)]} for row in tables[one["table"]] if row[day_of(one)]],
    ),
    "the last row counts": (
        "standing",
        lambda t, c, day: [
            *{
                r["person_id"]: r for r in ROWS(t, {**c, "date": c["start"]}) if oracle.is_open(r, day, c["end"])
            }.values()
        ],
    ),
}
ROWS, REACHING, LACKING = oracle.all_rows, oracle.reaching, oracle.is_lacking


def day_of(one):
    return one.get("date", one.get("start"))


@pytest.mark.parametrize("change", [lambda told: told[1:], lambda told: [*told, told[0]]], ids=["missing", "twice"])
def test_a_cell_that_is_missing_or_there_twice_is_noticed(monkeypatch, change):
    rows, days, told = made(0)
    monkeypatch.setattr(f"{__name__}.made", lambda seed: (rows, days, change(told)))
    assert differences(0) == [told[0][0]]


@pytest.mark.few(1)
@pytest.mark.parametrize("name", MUTANTS)
def test_each_rule_of_the_oracle_is_noticed(monkeypatch, name):
    """A rule of the definition changed: the library and the oracle disagree somewhere."""
    monkeypatch.setattr(oracle, *MUTANTS[name])
    assert any(differences(seed) for seed in range(20))
