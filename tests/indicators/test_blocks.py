"""A table is added up block by block: however it is cut, the values are the same."""

import numpy as np
import pandas as pd
import pytest

from ctanalysis import indicators, project, records
from ctanalysis.base import arrays
from ctanalysis.indicators.counting import Counted, Grid, Placed
from ctanalysis.indicators.reaching import first_of_each
from tests.indicators.test_in_parts import folder_of, windows_of


@pytest.mark.parametrize("seed", [pytest.param(seed, marks=[] if seed < 4 else pytest.mark.long) for seed in range(40)])
def test_blocks_of_seven_rows_give_the_values_of_all_rows_at_once(seed, random_folder, monkeypatch):
    """Of random projects, with every measure, breakdown and kind of table."""
    loaded = project.load(random_folder(seed))
    found, windows = records.survey(loaded), windows_of(loaded)
    whole = indicators.calculate(loaded, found, windows)
    monkeypatch.setattr(arrays, "BLOCK", 7)
    pd.testing.assert_frame_equal(indicators.calculate(loaded, found, windows), whole)


def test_one_array_of_all_fields_gives_the_values_of_one_for_each_breakdown(tmp_path, monkeypatch):
    """A long table is counted into one array of all fields, a short one into one for each breakdown."""
    loaded = project.load(folder_of(tmp_path))
    found, windows = records.survey(loaded), windows_of(loaded)
    together = indicators.calculate(loaded, found, windows)
    monkeypatch.setattr(Grid, "span_count", 10**9)
    pd.testing.assert_frame_equal(indicators.calculate(loaded, found, windows), together)


def test_places_of_days_are_those_of_a_search():
    """Tables by day say how many starts are until a day, and which end is the first on or after it."""
    days = np.array([-(10**9), -5, 0, 3, 4, 9, 10, 11, 30, 10**9])
    grid = Grid(np.array([0, 4, 10]), np.array([3, 9, 10]), np.arange(3), np.arange(3))
    assert (grid.starts_until(days) == np.searchsorted(grid.starts, days, side="right")).all()
    assert (grid.ends_before(days) == np.searchsorted(grid.ends, days)).all()
    numbers, places = grid.spans(days)
    assert (places[numbers] == grid.starts_until(days) * 4 + grid.ends_before(days)).all()


def test_the_first_row_of_each_person_is_found_across_blocks(monkeypatch):
    """Beside it the same by a loop: the earliest day, of one day the first by key; who is missing is nobody."""
    drawn = np.random.default_rng(5)
    people, days, keys = drawn.integers(-1, 40, 500), drawn.integers(0, 20, 500), drawn.permutation(500)
    monkeypatch.setattr(arrays, "BLOCK", 64)
    found = first_of_each(
        Fake(people, days, keys), Asked, lambda part: Counted(*[np.arange(len(part.d))], part.d, part.d)
    )
    best = {}
    for row, person in enumerate(people.tolist()):
        if person >= 0:
            best[person] = min(best.get(person, (99, 0, 0)), (days[row], keys[row], row))
    assert sorted(found.rows.tolist()) == sorted(int(row) for _, _, row in best.values())


class Asked:
    person, date = "person", "date"


class Fake:
    """As little of Columns as it takes."""

    def __init__(self, people, days, keys):
        self.p, self.d, self.k = people, days, keys

    def __len__(self):
        return len(self.p)

    def part(self, rows):
        return Fake(self.p[rows], self.d[rows], self.k[rows])

    def small_codes(self, name):
        return self.p

    def days(self, name):
        return self.d, self.d >= 0

    def order(self):
        return np.argsort(np.argsort(self.k))


def test_parts_of_placed_rows_add_up_to_all_of_them():
    """Rows with all bounds, in three parts."""
    drawn = np.random.default_rng(6)
    since = drawn.integers(0, 30, 90)
    counted = Counted(np.arange(90), since, since + drawn.integers(0, 9, 90), since + 12, since - 4)
    grid = Grid(np.array([0, 7, 15]), np.array([6, 14, 29]), np.array([0, 0, 1, 2]), np.array([0, 2, 1, 2]))
    placed, weights, codes = Placed.of(grid, counted), drawn.integers(0, 9, 90) * 1.0, drawn.integers(0, 3, 90)
    total = np.zeros((grid.size, 3))
    for first in range(0, 90, 30):
        rows = slice(first, first + 30)
        placed.part(rows).add_to(total, codes[rows], weights[rows])
    np.testing.assert_array_equal(grid.in_windows(total), placed.tally(codes, 3, weights))
