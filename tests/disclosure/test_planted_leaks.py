"""The auditor is alive: every planted leak is found."""

from datetime import date
from functools import cache
from itertools import islice

import numpy as np
import pandas as pd
import pytest

from ctanalysis import indicators
from ctanalysis.disclosure.audit import NotAudited, opened
from ctanalysis.disclosure.audit.versions import CELL, PRINTED, versioned
from tests.attackers import rounding
from tests.attackers.integer import attack
from tests.attackers.public import known_of, printed_of
from tests.disclosure.cells import table_by_table
from tests.disclosure.prints import FEW, YEAR_1, about, exactly, of_areas, printed, project
from tests.generators import linked_projects as linked


@cache
def one_release(seed):
    return linked.released(seed, at_most=1)


def leaks(kind):
    """Twenty publications that were safe until something of a kind was added to each,
    and an integer program agrees that it is a leak: (project, cells). At most five of one project.
    """
    found = []
    for seed in range(400):
        released = one_release(seed)
        sheet = released.project.sheets[0]
        if not sheet.is_ratio and released.frames and sheet.code not in released.guarded:
            known = known_of(released.project, sheet.code)
            planted = (cells for cells in PLANTED[kind](released, versioned(released.frames)) if leaks_in(cells, known))
            found += [(released.project, cells) for cells in islice(planted, min(5, 20 - len(found)))]
        if len(found) == 20:
            return found


def leaks_in(cells, known):
    told = printed_of(cells, known)
    return rounding.attack(told, known) and attack(told, known, enough=1)  # the quicker of the two first


def true_value(released, row):
    """What the records really say of a cell."""
    window = indicators.Window("", *map(date.fromisoformat, (row["start"], row["end"])))
    exact = indicators.calculate(released.project, released.records, [window])
    return exact[(exact["disaggregation"] == row["disaggregation"]) & (exact["category"] == row["category"])][
        "value"
    ].iloc[0]


def as_exact(cells, released, place):
    value = true_value(released, cells.loc[place])
    return cells.assign(
        value=cells["value"].where(cells.index != place, value),
        status=cells["status"].where(cells.index != place, "exact"),
    )


def one_cell_unhidden(released, safe):
    """A hidden cell is printed as it is."""
    yield from (as_exact(safe, released, place) for place in safe.index[safe["status"].str.contains("fewer|–")])


def cells_not_rounded():
    """A rounded cell is printed as it is, in tables of a year by area whose third cell is small:
    there what rounding leaves open is all that protects it.
    """
    random, found = np.random.default_rng(5), []
    project_ = project("once", ("area",))
    known = known_of(project_, "once")
    while len(found) < 20:
        north, south, west = (int(number) for number in (*random.integers(10, 60, 2), random.integers(1, 5)))
        safe, planted = (
            printed(*of_areas(YEAR_1, north + south + west, what, about((south + 2) // 5 * 5), FEW))
            for what in (about((north + 2) // 5 * 5), exactly(north))
        )
        if leaks_in(planted, known) and not attack(printed_of(safe, known), known):
            found.append((project_, planted))
    return found


def one_table_added(released, safe):
    """A table that the gate withheld is printed after all, each cell by its own rule."""
    every = pd.concat(released.frames)
    every = every[every["status"].isin(["withheld", "not told"])]
    withheld = dict.fromkeys(every[CELL[:4]].itertuples(index=False, name=None))
    tables = {days: careless_tables(released, days) for days in dict.fromkeys(key[1:3] for key in withheld)}
    for key in withheld:
        of_days = tables[key[1:3]]
        yield pd.concat([safe, of_days[of_days["disaggregation"] == key[3]]], ignore_index=True)


def careless_tables(released, days):
    """All tables of a first and a last day, as if each cell stood alone."""
    window = indicators.Window("", *map(date.fromisoformat, days))
    exact = indicators.with_people(table_by_table(released.project), released.records, [window])
    people = released.project.sheets[0].measure == "people"
    small = ~(exact["value" if people else "people"] >= 10)
    values = ((exact["value"] / 5 + 0.5).astype(int) * 5).where(~small)
    return exact.assign(value=values, status=np.where(small, FEW if people else f"{FEW} people", "rounded"), version=0)[
        [*CELL, *PRINTED, "version"]
    ]


def a_percentage_of_a_known_total(released, safe):
    """'31.6 per cent of the 38 were women': whoever multiplies has the number, as it is."""
    totals = safe[(safe["status"] == "exact") & (safe["disaggregation"] == "total") & (safe["value"] > 0)]
    for total in totals.to_dict("index").values():
        for name in (way[0] for way in released.project.sheets[0].disaggregations if len(way) == 1):
            for category in known_of(released.project, total["indicator"]).fields[name]:
                cell = total | {"disaggregation": name, "category": category}
                percent = round(100 * true_value(released, cell) / total["value"], 1)
                yield with_cell(safe, cell, round(percent * total["value"] / 100))


def a_sentence_with_a_true_value(released, safe):
    """'In the first quarter, three of them were women': a number that no table has, in words."""
    quarters = safe[(safe["disaggregation"] == "total") & ~safe["start"].isin(["2011-10-01"])]
    for total in quarters.to_dict("index").values():
        way = released.project.sheets[0].disaggregations[-1]
        category = known_of(released.project, total["indicator"]).categories(" × ".join(way))[0]
        cell = total | {"disaggregation": " × ".join(way), "category": category}
        yield with_cell(safe, cell, true_value(released, cell))


def with_cell(safe, cell, value):
    others = safe[(safe[CELL] != pd.Series(cell)[CELL]).any(axis=1)]
    return pd.concat([others, pd.DataFrame([cell | {"value": float(value), "status": "exact"}])], ignore_index=True)


def a_range_too_narrow(released, safe):
    """A range of seven numbers around the true one, to the end of a year; nothing is told of later ones."""
    start = safe["start"].min()
    for place in safe.index[safe["status"].str.contains("–|fewer") & (safe["start"] == start)]:
        cell = safe.loc[place]
        earlier = (safe["disaggregation"] != cell["disaggregation"]) | (safe["end"] <= cell["end"])
        number = int(true_value(released, cell))
        narrow = f"{max(0, number - 3)}–{number + 3}"
        yield safe.assign(status=safe["status"].where(safe.index != place, narrow))[earlier]


PLANTED = {
    function.__name__.replace("_", " "): function
    for function in (
        one_cell_unhidden,
        one_table_added,
        a_percentage_of_a_known_total,
        a_sentence_with_a_true_value,
        a_range_too_narrow,
    )
}


@pytest.mark.few(3)
@pytest.mark.parametrize("kind", [*PLANTED, "cells not rounded"])
def test_every_planted_leak_is_found(kind):
    """A hundred and twenty leaks of six kinds, each in a publication that was safe without it and each confirmed by an
    integer program: all are refused.
    """
    planted = leaks(kind) if kind in PLANTED else cells_not_rounded()
    assert len(planted) == 20
    for project_, cells in planted:
        assert is_refused(cells, project_)
    if kind == "a range too narrow":
        assert all(opened(cells, project_) for project_, cells in planted)


def is_refused(cells, project_):
    """Whether the auditor opens a cell, or says of what is printed that it may not be printed so."""
    try:
        return bool(opened(cells, project_))
    except NotAudited:
        return True
