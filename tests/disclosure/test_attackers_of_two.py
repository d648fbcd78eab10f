"""Indicators of the same people, attacked together: sex of those assisted, form of exploitation of those identified."""

from dataclasses import replace

import pandas as pd
import pytest

from ctanalysis import evaluate
from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load
from tests.attackers import nested
from tests.attackers.public import Printed, known_of, printed_of

YEARS = [("FY2012", "2012-09-30"), ("FY2013", "2013-09-30"), ("FY2014", "2014-09-30")]


@pytest.fixture(scope="module")
def printed():
    """What three years' reports of the shipped project print of the two, and the pair."""
    project = load(SHIPPED)
    frames = [evaluate(period) for period, _ in YEARS]
    cells = pd.concat(
        [part.values for one in frames for part in (one.protected_values, one.protected_history)], ignore_index=True
    )
    cells = cells[cells["end"] <= YEARS[-1][1]]
    found = {}
    for code, way in (("2.1", "exploitation:coarse"), ("2.2", "sex")):
        public = replace(known_of(project, code), ways=(way,))
        mine = cells[(cells["indicator"] == code) & cells["disaggregation"].isin(["total", way])]
        whole = mine[mine["end"].isin([end for _, end in YEARS]) | (mine["horizon"] == "quarter")]
        found[code] = (way, public.fields[way]), printed_of(whole, public), public
    quarters = [
        (period.start.isoformat(), period.end.isoformat())
        for period in project.calendar.completed("quarter")
        if period.end.isoformat() <= YEARS[-1][1]
    ]
    (outer, first, public), (inner, second, _) = found.values()
    return nested.Pair(quarters, outer, inner), first, second, public


def test_both_indicators_together_show_nobody(printed):
    """Neither the attribute that is told of either, nor the one that is told of the other."""
    assert nested.attack(*printed) == []


def test_the_attacker_is_alive(printed):
    """Were the men identified told as well: of so many at least six were assisted, of whom "fewer than 10" is said."""
    pair, outer, inner, public = printed
    first, last = "2011-10-01", YEARS[0][1]
    own = {cell.category: cell for cell in inner if cell[:3] == (first, last, "sex")}
    totals = {cell.way: cell.low for cell in outer if cell[:2] == (first, last) and cell.way == "total"}
    assisted = next(cell.low for cell in inner if cell[:3] == (first, last, "total"))
    between = totals["total"] - assisted
    men = own["male"].high + between - 3
    leak = Printed(first, last, "sex", "male", "all", men, men, False)
    assert between >= 3 and nested.attack(pair, [*outer, leak], inner, public, enough=1)
