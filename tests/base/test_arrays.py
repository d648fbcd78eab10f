"""Rows in the order of several keys: packed into one number where they fit, and the same as the plain way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctanalysis.base import arrays
from ctanalysis.base.arrays import in_order

SIZES = st.integers(0, 40)
RANGES = st.sampled_from([0, 1, 3, 1000, 2**31, 2**61])
LOWS = st.sampled_from([-(2**61), -1, 0, 15_000, 2**40])


@st.composite
def keys(draw):
    size = draw(SIZES)
    found = []
    for _ in range(draw(st.integers(1, 4))):
        low, most = draw(LOWS), draw(RANGES)
        found.append(np.array(draw(st.lists(st.integers(low, low + most), min_size=size, max_size=size)), np.int64))
        if draw(st.booleans()):
            found[-1].sort()
    return found


@given(keys())
def test_it_is_the_order_of_tuples(found):
    """Python sorts tuples by their first part, then by the next; the place comes last."""
    wanted = sorted(range(len(found[0])), key=lambda place: (*(key[place] for key in found), place))
    assert in_order(*found).tolist() == wanted


def test_rows_that_stand_the_wrong_way_round():
    down, one, far = np.array([2, 1, 0]), np.array([5, 5, 5]), np.array([-(2**61), 2**61 - 1, -(2**61)])
    assert in_order(down).tolist() == in_order(one, down).tolist() == in_order(down, one).tolist() == [2, 1, 0]
    assert in_order(far, down).tolist() == [2, 0, 1]


@pytest.mark.parametrize("rows", [1, 2, 1000])
def test_a_person_a_day_and_a_place_are_one_number(rows, monkeypatch):
    """What is asked most often never takes the long way."""
    monkeypatch.setattr(arrays.np, "lexsort", None)
    chance = np.random.default_rng(1)
    people, days = chance.integers(0, 2**21, rows), chance.integers(-365, 20_000, rows)
    wanted = sorted(range(rows), key=lambda place: (people[place], days[place], place))
    assert in_order(people, days, np.arange(rows)).tolist() == wanted
    assert in_order(np.arange(rows)).tolist() == list(range(rows))
