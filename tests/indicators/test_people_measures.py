"""People by several rows, in several tables, on a day, and cohorts: worked examples; the oracle on random projects."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from ctanalysis import indicators, project, records
from tests.generators import people_projects
from tests.oracles import people_oracle as oracle

WINDOWS = [
    (date(2011, 10, 1), date(2011, 12, 31)),
    (date(2012, 1, 1), date(2012, 3, 31)),
    (date(2011, 10, 1), date(2012, 9, 30)),
    (date(2012, 10, 1), date(2013, 9, 30)),
    (date(2013, 1, 1), date(2014, 9, 30)),
    (date(2011, 10, 1), date(2014, 12, 31)),
]
LABELS = {"sex": {"F": "women", "M": "men"}, "kind": {one: f"kind {one}" for one in ("food", "legal", "bed")}}


@cache
def made(seed):
    """The rows of a random project, and what the library says of it: by code, window, way and category."""
    folder = Path(mkdtemp())
    rows = people_projects.write(folder / "p", seed)
    found = project.load(folder / "p")
    windows = [indicators.Window(str(place), *days) for place, days in enumerate(WINDOWS)]
    frame = indicators.calculate(found, records.read(found), windows)
    told = zip(*(frame[name] for name in ("indicator", "horizon", "disaggregation", "category")), strict=True)
    numbers = (
        frame[["value", "numerator", "denominator"]]
        .astype(object)
        .where(frame[["value", "numerator", "denominator"]].notna(), None)
    )
    return rows, dict(zip(told, numbers.itertuples(index=False, name=None), strict=True))


def differences(seed):
    """The values of a project on which the library and the oracle disagree."""
    rows, found = made(seed)
    different = []
    for (code, place, way, label), told in found.items():
        calculation = people_projects.SHEETS[code]
        by = None if way == "total" else way
        category = next((key for key, name in LABELS.get(way, {}).items() if name == label), None)
        expected = oracle.value(rows, calculation, *WINDOWS[int(place)], by, category)
        if told != pytest.approx(expected):
            different.append((code, place, way, label, told, expected))
    return different


@pytest.mark.parametrize("first", [0, *(pytest.param(n, marks=pytest.mark.long) for n in range(20, 200, 20))])
def test_random_projects_agree_with_the_oracle(first):
    """Every measure, window and category, with days, people and values that are not recorded."""
    assert {seed: found for seed in range(first, first + 20) if (found := differences(seed))} == {}


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
    "the last row counts": (
        "standing",
        lambda t, c, day: [
            *{
                r["person_id"]: r for r in ROWS(t, {**c, "date": c["start"]}) if oracle.is_open(r, day, c["end"])
            }.values()
        ],
    ),
}
ROWS, REACHING = oracle.all_rows, oracle.reaching


@pytest.mark.parametrize("name", MUTANTS)
def test_each_rule_of_the_oracle_is_noticed(monkeypatch, name):
    """A rule of the definition changed: the library and the oracle disagree somewhere."""
    monkeypatch.setattr(oracle, *MUTANTS[name])
    assert any(differences(seed) for seed in range(20))
