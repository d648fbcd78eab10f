"""Two judges of the auditor: trying every world, and whole numbers."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from ctanalysis.disclosure.audit import opened
from tests.attackers.integer import attack
from tests.attackers.public import known_of, printed_of
from tests.disclosure.careless import careless
from tests.disclosure.prints import FEW, TO_YEAR_2, YEAR_1, YEAR_2, about, exactly, found
from tests.generators import linked_projects as linked


def every_world(cells, totals, kinds=3):
    """The bounds of each cell over all worlds of two years and three kinds that fit what is printed, tried one by one.

    cells: (year 0, year 1 or both 2, kind): (least, most).
    """
    one, two = (
        np.array([(a, b, total - a - b) for a in range(total + 1) for b in range(total + 1 - a)]) for total in totals
    )
    first, second = np.repeat(one, len(two), 0), np.tile(two, (len(one), 1))
    numbers = (first, second, first + second)
    fits = np.ones(len(first), bool)
    for (when, kind), (low, high) in cells.items():
        fits &= (numbers[when][:, kind] >= low) & (numbers[when][:, kind] <= high)
    return {
        (when, kind): (numbers[when][fits, kind].min(), numbers[when][fits, kind].max())
        for when in range(3)
        for kind in range(kinds)
    }


def tiny(random):
    """Two years of three areas, and which of the cells a careless gate prints."""
    true = random.integers(0, random.choice([6, 14, 20]), (2, 3))
    numbers = [*true, true.sum(0)]
    told, bounds = [], {}
    for when, area in product(range(3), range(3)):
        value = int(numbers[when][area])
        what = FEW if value < 10 else about((value + 2) // 5 * 5)
        if random.random() < 0.6:
            told.append(((YEAR_1, YEAR_2, TO_YEAR_2)[when], "area", linked.WORDS["area"][area], what))
            bounds[when, area] = (0, 9) if value < 10 else (max(10, what[0] - 2), what[0] + 2)
    totals = [int(row.sum()) for row in true]
    told += [(days, "total", "all", exactly(total)) for days, total in zip((YEAR_1, YEAR_2), totals, strict=True)]
    return told, bounds, totals


def test_less_print_opens_no_more():
    """What is safe beside more prints is safe beside fewer: so the gate may ask all tables together first.

    Any cell that some of the prints open, all of them open, as long as nothing was corrected.
    """
    random, safe, unsafe = np.random.default_rng(11), 0, 0
    for _ in range(60):
        told, *_ = tiny(random)
        fewer = [cell for cell in told if cell[1] == "total" or random.random() < 0.7]
        more_opened, fewer_opened = (found(*cells, ways=(("area",),)) for cells in (told, fewer))
        assert not fewer_opened or more_opened
        safe, unsafe = safe + (not more_opened), unsafe + bool(fewer_opened)
    assert safe > 5 and unsafe > 5


def test_the_audit_agrees_with_trying_every_world():
    """60 tiny registers of two years and three areas: the auditor opens exactly those cells that are small in every
    world.
    """
    random, opened_cells = np.random.default_rng(4), 0
    for _ in range(60):
        told, bounds, totals = tiny(random)
        small = {
            ((YEAR_1, YEAR_2, TO_YEAR_2)[when], linked.WORDS["area"][area])
            for when, area in bounds
            if bounds[when, area] == (0, 9)
        }
        shown = {
            (*days, name)
            for (when, area), (low, high) in every_world(bounds, totals).items()
            for days, name in [((YEAR_1, YEAR_2, TO_YEAR_2)[when], linked.WORDS["area"][area])]
            if low >= 1 and (high <= 9 or (days, name) in small)
        }
        assert found(*told, ways=(("area",),)) == shown
        opened_cells += len(shown)
    assert opened_cells > 25


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("once", marks=pytest.mark.long),
        "services",
        pytest.param("crossed", marks=pytest.mark.long),
        "level",
    ],
)
def test_the_audit_agrees_with_whole_numbers(code):
    """16 careless publications: what the auditor finds with linear programs, an integer program of another form finds,
    and nothing more.
    """
    seen = 0
    for seed in range(4):
        project_, told, _ = careless(seed, code)
        known = replace(known_of(project_, code), waits=False)  # what is printed is not told by the waiting rule
        ours = {(cell.start, cell.end, cell.disaggregation, cell.category) for cell in opened(told, project_, [])}
        theirs = {(cell.first, cell.last, cell.way, cell.category) for cell in attack(printed_of(told, known), known)}
        assert ours == theirs
        seen += len(ours)
    assert seen > 0 or code == "level"
