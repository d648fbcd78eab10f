"""docs/disclosure.md says what its script writes today, and names the policy as it is."""

import pytest

from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load
from tests.bench import utility

PROJECT = load(SHIPPED)
RULE = PROJECT.disclosure_rule(PROJECT.sheet("2.2"))


@pytest.fixture(scope="module")
def text():
    return " ".join(utility.PAGE.read_text(encoding="utf-8").split())


def test_the_page_names_the_policy_as_it_is(text):
    """The numbers that the policy hides and rounds by are on the page, and so are the rules compared."""
    assert f'as "fewer than {RULE.fewer_than}" or to the nearest {RULE.round_to},' in text
    assert f"a cell to be of 1-{RULE.fewer_than - 1}." in text and f"The policy's {RULE.fewer_than} is" in text
    assert f"0-{RULE.fewer_than - 1} one class, others to the nearest {RULE.round_to}" == utility.PLAIN_HOUSE
    assert RULE.audited and RULE.one_way == next(iter(utility.calendars(utility.truth()).values()))[1]
    for name in (*utility.PLAIN, utility.ALONE, utility.HOUSE):
        assert text.count(f"| {name} |") == 2


def test_the_sheets_are_those_that_add_up():
    """Compared are all audited indicators that add up over time and have a breakdown that the policy tells."""
    adds_up = [
        sheet.code
        for sheet in PROJECT.sheets
        if PROJECT.disclosure_rule(sheet).audited
        and sheet.measure in ("people", "count", "sum")
        and getattr(sheet.calculation, "counted", "once") == "once"
        and sheet.disaggregations
    ]
    assert tuple(adds_up) == utility.SHEETS


@pytest.mark.parametrize("told", [*utility.PLAIN.values()], ids=[*utility.PLAIN])
def test_what_is_printed_can_stand_for_the_number(told):
    """Of every rule: a number lies within what its print can stand for, and whatever lies there can print so."""
    for number in range(60):
        for draw in range(30):
            one = told(("2.1", str(draw)), number)
            assert one.low <= number <= one.high
            if draw == 0 and told is not utility.random_three:
                inside = [other for other in range(90) if told(("2.1", "0"), other) == one]
                assert inside == list(range(int(one.low), int(one.high) + 1))


def test_the_attacker_finds_what_anybody_can():
    """Of exact quarters every small cell is found; of totals alone none is; of one year's exact breakdown, its own."""
    found = utility.truth()
    cells = {
        (cell[1], cell[2], cell[4]): number
        for cell, number in found.numbers.items()
        if cell[0] == "2.2" and cell[3] == "exploitation"
    }
    quarters = {utility.days(quarter) for quarter in found.quarters}
    year = sorted({cell[:2] for cell in cells} - quarters)[2]  # a year's first day to its last
    small = sum(1 <= number <= 9 for number in cells.values())

    def attacked(spans):
        exact = {cell: utility.Print(number, number, number) for cell, number in cells.items() if cell[:2] in spans}
        return utility.Attacker(found, "2.2", "exploitation", exact).attack()

    assert attacked(quarters) == (small, small, small)
    assert attacked(set()) == (small, 0, 0)
    assert attacked({year})[1] >= sum(1 <= cells[cell] <= 9 for cell in cells if cell[:2] == year) > 0


@pytest.mark.long
def test_the_page_is_what_the_script_writes():
    """make accept would change nothing."""
    assert utility.page() == utility.PAGE.read_text(encoding="utf-8")
