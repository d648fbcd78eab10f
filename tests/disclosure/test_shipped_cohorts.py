"""The pathway of the shipped project: what is told of each step is what plain Python counts of the same people."""

import math
from datetime import date, timedelta

import pytest

from tests.conftest import evaluated
from tests.generators.wrong import SHIPPED
from tests.oracles import oracle

COHORTS = ("2.8", "2.9", "2.10")
START = date(2011, 10, 1)
TABLES = oracle.read_tables(SHIPPED)
SHEETS = {sheet["code"]: sheet for sheet in oracle.read_sheets(SHIPPED)}


def people(code, first, last):
    """(how many entered from a first to a last day, how many of them reached the state in time)."""
    within = timedelta(SHEETS[code]["calculation"]["numerator"]["within"])
    entered = [one for one in oracle.candidates(TABLES, SHEETS[code]) if first <= one["date"] - within <= last]
    return len(entered), sum(one["reached"] is not None for one in entered)


@pytest.mark.few(2)
@pytest.mark.parametrize("year", [2012, 2013, 2014])
@pytest.mark.parametrize("code", COHORTS)
def test_a_fiscal_year_is_told_of_those_who_entered_from_july_to_june(code, year):
    """Of a quarter that ends in September neither thirty days nor ninety are over when the year ends."""
    found = evaluated(f"FY{year}")
    for horizon, first in (("period", max(START, date(year - 1, 7, 1))), ("project to date", START)):
        (row,) = found.by(code, horizon=horizon).itertuples()
        whole, reached = people(code, first, date(year, 6, 30))
        assert row.denominator == whole
        assert row.low <= reached / whole <= row.high


def test_most_is_told_of_the_last_years():
    """The first year has few people, and a range; later ones have a number."""
    (row,) = evaluated("FY2014").by("2.8").itertuples()
    assert (row.status, row.denominator) == ("rounded", 72)
    assert row.value == math.floor(100 * people("2.8", date(2013, 7, 1), date(2014, 6, 30))[1] / 72 + 0.5) / 100


@pytest.mark.parametrize("code", COHORTS)
def test_nothing_is_told_of_a_quarter(code):
    frame = evaluated("FY2015Q1").by(code)
    assert set(frame["status"]) == {"not told"} and frame["denominator"].isna().all()


@pytest.mark.parametrize("code", ["1.4", "1.5"])
def test_a_gain_is_told_of_the_people_of_both_shares(code):
    """Of each period, in all and of women and men: the same n, and a gain only where both shares are told."""
    found = evaluated("FY2014")
    gain, share = (found.by(one, "sex").set_index("category") for one in ("1.7", code))
    assert gain["denominator"].equals(share["denominator"].reindex(gain.index))
    assert gain["value"].notna().sum() >= 2
