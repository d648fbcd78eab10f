"""Seven attackers against everything that linked projects published to date, the rules known.

What a project publishes is what its gate lets through and the audit before a release does not
refuse. Attackers 1 to 6 may not show a single cell to be of 1 to 9 people; what the seventh, who
knows one record, learns is measured and written down (docs/insider.md).
"""

from collections import Counter

import pytest

from tests import linked_projects as linked
from tests.attackers import ATTACKERS
from tests.attackers.public import Printed, known_of, printed_of

YEAR_1, YEAR_2, TWO_YEARS = ("2011-10-01", "2012-09-30"), ("2012-10-01", "2013-09-30"), ("2011-10-01", "2013-09-30")
HIDDEN = (0, 9, True)
LONG = 5000


def weak(*cells):
    """Printed cells of people counted once: (days, way, category, least, most, and whether it is printed as of few)."""
    return [Printed(*days, way, category, "all", low, high, *few or (False,)) for days, way, category, low, high, *few in cells]


def public(code="once", ways=(("sex",), ("area",))):
    project = linked.with_sheets(code, ways=ways)
    return known_of(project, code)


# What a careless publication prints: numbers of 1 to 9 hidden, everything else as it is.
ONE_ROW = weak((YEAR_1, "total", "all", 45, 45), (YEAR_1, "sex", "female", 37, 37), (YEAR_1, "sex", "male", *HIDDEN))
TWO_RELEASES = weak((TWO_YEARS, "sex", "male", 20, 20), (YEAR_1, "sex", "male", 16, 16))
YEARS_AND_TO_DATE = weak((YEAR_1, "sex", "male", *HIDDEN), (YEAR_2, "sex", "male", *HIDDEN), (TWO_YEARS, "sex", "male", 13, 17))
LINKED = weak(
    (TWO_YEARS, "total", "all", 60, 60), (YEAR_2, "total", "all", 31, 31),
    (TWO_YEARS, "sex", "female", 38, 42), (YEAR_1, "sex", "female", 13, 17), (YEAR_2, "sex", "male", *HIDDEN),
)
CROSSED = weak(
    (YEAR_1, "sex", "male", 12, 12), (YEAR_1, "sex × area", "male × north", 0, 0), (YEAR_1, "sex × area", "male × south", *HIDDEN), (YEAR_1, "sex × area", "male × west", 5, 5),
)
PLANTED = {
    "one row": (ONE_ROW, public(), ["subtraction", "linked tables", "rounding", "whole numbers"], ("sex", "male")),
    "two releases": (TWO_RELEASES, public(), ["differences", "linked tables", "rounding", "whole numbers"], ("sex", "male")),
    "years and to date": (YEARS_AND_TO_DATE, public(), ["differences", "linked tables", "rounding", "whole numbers"], ("sex", "male")),
    "several tables": (LINKED, public(), ["linked tables", "rounding", "whole numbers"], ("sex", "male")),
    "two things at once": (CROSSED, public("crossed", (("sex",), ("area",), ("sex", "area"))), ["linked tables", "rounding", "whole numbers"], ("sex × area", "male × south")),
}


@pytest.mark.parametrize("planted, attacker", [(name, attacker) for name, (_, _, able, _) in PLANTED.items() for attacker in able])
def test_the_attackers_are_alive(planted, attacker):
    """Numbers of 1 to 9 hidden, everything else as it is: each attacker finds the cell that a reader with its method would."""
    printed, known, _, cell = PLANTED[planted]
    assert cell in {(found.way, found.category) for found in ATTACKERS[attacker](printed, known)}


@pytest.mark.parametrize("attacker", ATTACKERS)
def test_an_attacker_shows_nothing_where_nothing_can_be(attacker):
    """A hidden cell that may be nobody is not shown: 40 in all, women about 40. So what is found elsewhere is not found everywhere."""
    printed = weak((YEAR_1, "total", "all", 40, 40), (YEAR_1, "sex", "female", 38, 42), (YEAR_1, "sex", "male", *HIDDEN))
    assert ATTACKERS[attacker](printed, public()) == []


def attacked(released, names):
    """What attackers show of a released project: (attacker, cell)."""
    found = []
    for sheet in released.project.sheets:
        known = known_of(released.project, sheet.code, sheet.code in released.guarded)
        printed = printed_of(released.cells[released.cells["indicator"] == sheet.code], known)
        found += [(name, cell) for name in names for cell in ATTACKERS[name](printed, known)]
    return found


def names_for(seed):
    """All attackers; of the one for whole numbers, who needs most of the time, every third project, and all in which half people could hide something: shares and two things at once."""
    code = list(linked.CALCULATIONS)[seed % len(linked.CALCULATIONS)]
    every = seed % 3 == 0 or code in ("share", "share_people", "crossed")
    return [name for name in ATTACKERS if name != "whole numbers" or every]


@pytest.mark.parametrize("part", range(6))
def test_no_attacker_opens_a_cell_of_a_random_project(part):
    """204 projects of few people, every fourth with up to two releases: nothing of 1 to 9 is shown."""
    told = Counter()
    for seed in range(34 * part, 34 * part + 34):
        released = linked.released(seed, at_most=1 + (seed % 4 == 0))
        told.update(released.cells["status"])
        assert attacked(released, names_for(seed)) == [], seed
    assert told["rounded"] > 40 and told["fewer than 10"] > 30  # there was something to attack


@pytest.mark.long
@pytest.mark.parametrize("part", range(50))
def test_no_attacker_opens_a_cell_of_many_random_projects(part):
    """5,000 projects with up to four releases each, all attackers on all."""
    for seed in range(1000 + LONG // 50 * part, 1000 + LONG // 50 * (part + 1)):
        assert attacked(linked.released(seed, at_most=4), ATTACKERS) == [], seed
