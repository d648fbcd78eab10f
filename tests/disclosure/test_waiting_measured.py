"""The waiting rule at the real threshold: the bench's attacker, who solves for whole people, on what it tells."""

import pytest

from ctanalysis.disclosure import waiting as rule
from tests.bench import shares, simulated, waiting
from tests.bench.attacker import Attacker
from tests.bench.rules import Print
from tests.bench.truth import days, truth
from tests.bench.waiting import NOT_RECORDED, TABLES

ENDS = ["2012-09-30", "2013-09-30", "2014-09-30"]


def attacked(found, code, way, told):
    """(small cells, of which shown) of one table, by whoever knows how many are not recorded in each quarter."""
    knows = waiting.known(found, code, way, told)
    small, _, shown = Attacker(found, code, way, knows, [NOT_RECORDED]).attack()
    return small, shown


def test_the_shipped_records_with_the_end_tables():
    """Each table to each year's end, and its fine categories at the last: no small cell is shown."""
    found, small = truth(), 0
    for (code, way), coarse in TABLES.items():
        split, at = rule.chain(coarse), waiting.nodes(found, code, way, ENDS, at_end=True)
        told = waiting.classes(split, at)
        assert any(one.is_number for by_day in told.values() for one in by_day.values()), (code, way)
        cells, shown = attacked(found, code, way, told)
        assert shown == 0, (code, way)
        small += cells
    assert small > 1_500


def test_the_sex_of_the_people_assisted():
    """The donor's question, at each year's end: women and men of those assisted."""
    found = truth()
    told = waiting.classes(rule.chain(TABLES["2.2", "sex"]), waiting.nodes(found, "2.2", "sex", ENDS))
    assert {side: [tuple(one) for one in by_day.values()] for side, by_day in told.items()} == {
        ("female",): [(18, 27), (40, 40), (73, 73)],
        ("male",): [(0, 9), (30, 30), (55, 55)],
    }


def test_shares_by_sex_are_one_tree():
    """Plans completed, and follow-ups held, by sex: the attacker has the number due in each quarter."""
    found = truth(codes=shares.SHARES)
    for code in shares.SHARES:
        one = shares.outcomes(found, code, ENDS)
        told = waiting.classes(shares.OUTCOME, waiting.nodes(one, code, "outcome", ENDS))
        assert any(number.is_number for number in told[shares.OUTCOME.left.categories].values())
        small, shown = attacked(one, code, "outcome", told)
        assert small > 100
        assert shown == 0


@pytest.mark.parametrize("count", [12, pytest.param(simulated.REGISTERS, marks=pytest.mark.long)])
def test_simulated_registers(count):
    """No small cell of needs 1 and 2 is shown."""
    small, shown = simulated.shown(count)
    assert small > 250 * count
    assert shown == 0


@pytest.mark.long
@pytest.mark.parametrize("count", [60, pytest.param(simulated.REGISTERS, marks=pytest.mark.long)])
def test_need_one_is_told(count):
    """Of sex, and adults and children, to date: at least four of five cells, and never nothing."""
    found, ways = simulated.told(count)
    assert (ways["a number"] + ways["a range of at most eleven"]) / ways.total() >= 0.8
    assert sum(ways.values()) == found[next(iter(found))].cells


# --- The attacker is awake ---------------------------------------------------------------------------


def test_not_recorded_inside_the_total_is_shown():
    """The same tables with "not recorded" on the right side, as if it were a trait."""
    shown = 0
    for number in range(12):
        found = simulated.register(number)
        *_, ends = simulated.calendar(found)
        at = [with_blank(found, node) for node in waiting.nodes(found, "2.2", "sex", ends)]
        told = waiting.classes(rule.chain({"female": ["female"], "the rest": ["male", NOT_RECORDED]}), at)
        shown += attacked(found, "2.2", "sex", told)[1]
    assert shown > 0


def with_blank(found, node):
    first = days(found.quarters[0])[0]
    blank = found.numbers["2.2", first, node.day, "sex", NOT_RECORDED]
    return rule.Node(node.day, {**node.counts, NOT_RECORDED: blank})


def test_fine_categories_each_split_off_the_whole_are_shown():
    """Each form of exploitation of the simulated registers by itself, at the last year's end."""
    shown = 0
    for number in range(12):
        found = simulated.register(number)
        *_, ends = simulated.calendar(found)
        way, labels = "exploitation:coarse", ["forced labour", "sexual exploitation", "other"]
        at = waiting.nodes(found, "2.1", way, ends)
        told = {}
        for label in labels:
            others = [one for one in labels if one != label]
            told |= waiting.classes(rule.chain({label: [label], "others": others}), at)
        shown += attacked(found, "2.1", way, told)[1]
    assert shown > 0


def test_a_print_that_does_not_fit_the_records_is_noticed():
    found = simulated.register(0)
    (start, end), *_ = map(days, found.quarters)
    with pytest.raises(AssertionError, match="does not fit"):
        Attacker(found, "2.2", "sex", {(start, end, ("female", "male")): Print(None, 900, 901)})
