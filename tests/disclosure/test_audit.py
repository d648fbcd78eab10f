"""The auditor, by worked examples that can be followed with a pencil; and versions of the register."""

import pytest

from ctanalysis.disclosure.audit import is_safe, opened
from ctanalysis.disclosure.audit.versions import versioned
from tests.disclosure.prints import (
    FEW,
    NAN,
    NINE_MONTHS,
    QUARTER,
    TO_YEAR_2,
    YEAR_1,
    YEAR_2,
    YEAR_3,
    about,
    exactly,
    found,
    of_areas,
    printed,
    project,
    share,
)
from tests.generators import linked_projects as linked


def test_two_years_of_few_and_about_twenty_to_date():
    """At most 9 in each year and at least 18 in both: exactly 9 in each, so both are shown."""
    cells = [(YEAR_1, "sex", "male", FEW), (YEAR_2, "sex", "male", FEW), (TO_YEAR_2, "sex", "male", about(20))]
    assert found(*cells) == {(*YEAR_1, "male"), (*YEAR_2, "male")}
    assert found(*cells[:2]) == set()


def test_about_ten_in_the_year_and_about_fifteen_to_date():
    """10 to 12 of the 13 to 17 were in this year, so 1 to 7 came before it."""
    assert found((YEAR_2, "sex", "male", about(10)), (TO_YEAR_2, "sex", "male", about(15))) == {(*YEAR_1, "male")}


def test_about_ten_in_the_year_and_about_ten_to_date_shows_nothing():
    """The same ten may be both: nobody need have come before."""
    assert found((YEAR_2, "sex", "male", about(10)), (TO_YEAR_2, "sex", "male", about(10))) == set()


def test_a_quarter_of_nine_in_a_year_of_nearly_all_women():
    """40 in the year, about 40 of them women: at most 2 men,
    so that of the 9 in the first quarter 7 to 9 were women.
    """
    cells = [
        (YEAR_1, "total", "all", exactly(40)),
        (QUARTER, "total", "all", exactly(9)),
        (NINE_MONTHS, "total", "all", exactly(31)),
        (YEAR_1, "sex", "female", about(40)),
        (YEAR_1, "sex", "male", FEW),
    ]
    assert found(*cells) == {(*QUARTER, "female")}
    assert found(*cells[:1], *cells[3:]) == set()  # it is the quarter's total that tells


def test_a_total_less_the_other_categories():
    """45 in all and about 35 women: 8 to 12 men, printed as fewer than 10, so 8 or 9.

    With 40 women there might be none... of 40.
    """
    assert found(
        (YEAR_1, "total", "all", exactly(45)), (YEAR_1, "sex", "female", about(35)), (YEAR_1, "sex", "male", FEW)
    ) == {(*YEAR_1, "male")}
    assert (
        found((YEAR_1, "total", "all", exactly(40)), (YEAR_1, "sex", "female", about(40)), (YEAR_1, "sex", "male", FEW))
        == set()
    )


def test_two_things_at_once_give_the_third_away():
    """About 10 men, of whom about 10 in the north: 0 to 2 elsewhere, not shown.

    About 15 men, about 10 of them in the north and none that many in the others: 1 to 7 are elsewhere.
    """
    ways = (("sex",), ("area",), ("sex", "area"))
    cells = [
        (YEAR_1, "sex × area", "male × north", about(10)),
        (YEAR_1, "sex × area", "male × south", FEW),
        (YEAR_1, "sex × area", "male × west", exactly(0)),
    ]
    assert found((YEAR_1, "sex", "male", about(15)), *cells, code="crossed", ways=ways) == {(*YEAR_1, "male × south")}
    assert found((YEAR_1, "sex", "male", about(10)), *cells, code="crossed", ways=ways) == set()


def test_coarse_categories_are_sums_of_fine_ones():
    """About 15 in work, about 10 of them in labour: 1 to 7 in servitude, the other kind of work."""
    cells = [
        (YEAR_1, "kind:coarse", "work", about(15)),
        (YEAR_1, "kind", "labour", about(10)),
        (YEAR_1, "kind", "servitude", FEW),
    ]
    assert found(*cells, ways=(("kind",), ("kind:coarse",))) == {(*YEAR_1, "servitude")}
    assert found(*cells[1:], ways=(("kind",), ("kind:coarse",))) == set()


def test_a_category_is_asked_for_though_only_a_finer_table_is_printed():
    """Two things at once are printed and one is not: 40 of 45 are women, whatever their areas,
    so that there are 5 men, though of no area any.
    """
    cells = [
        (YEAR_1, "sex × area", f"female × {area}", exactly(number))
        for area, number in (("north", 10), ("south", 15), ("west", 15))
    ]
    assert found((YEAR_1, "total", "all", exactly(45)), *cells, code="crossed", ways=(("sex",), ("sex", "area"))) == {
        (*YEAR_1, "male")
    }


def test_a_fine_category_is_asked_for_though_only_a_coarse_table_is_printed():
    """The street is begging and nothing else: five from the street are five who begged."""
    cells = printed((YEAR_1, "kind:coarse", "street", exactly(5)))
    assert {
        (cell.disaggregation, cell.category) for cell in opened(cells, project("once", ("kind",), ("kind:coarse",)))
    } == {("kind:coarse", "street"), ("kind", "begging")}


def test_several_categories_together_are_no_cell_unless_they_are_printed_together():
    """25 in all, about 20 of them on the coast: 3 to 7 inland, though neither the north nor the south need have any.

    The report says that this is not promised.
    """
    cells = [
        (YEAR_1, "total", "all", exactly(25)),
        (YEAR_1, "area", "north", FEW),
        (YEAR_1, "area", "south", FEW),
        (YEAR_1, "area", "west", about(20)),
    ]
    assert found(*cells, ways=(("area",), ("area:coarse",))) == set()
    assert (*YEAR_1, "inland") in found(
        *cells, (YEAR_1, "area:coarse", "inland", FEW), ways=(("area",), ("area:coarse",))
    )


def test_what_does_not_apply_says_nothing():
    """A definition that was not yet valid is neither a number nor a state to be refused."""
    assert found((YEAR_1, "sex", "male", "not applicable"), (YEAR_2, "sex", "male", about(10))) == set()


def test_a_correction_that_adds_one_woman():
    """Fewer than 10 from the north, then about 10, one more in all: a reader takes it that one person was added.

    So there were 9, and she is the tenth; neither release alone shows it.
    """
    before, after = of_areas(YEAR_1, 30, FEW, about(20), FEW), of_areas(YEAR_1, 31, about(10), about(20), FEW, 1)
    assert found(*before, *after, ways=(("area",),)) == {(*YEAR_1, "north")}
    assert found(*before, ways=(("area",),)) == found(*after, ways=(("area",),)) == set()


def test_a_correction_that_shows_nobody():
    """Two more in all, and everything else is printed as before: where they came from is not shown."""
    before, after = of_areas(YEAR_1, 30, FEW, about(25), FEW), of_areas(YEAR_1, 32, FEW, about(25), FEW, 1)
    assert found(*before, *after, ways=(("area",),)) == set()


def test_who_was_added_is_a_group_of_their_own():
    """About 10 from the north, then about 15, three more in all:
    neither number is small, but 1 to 3 of the three came from there.
    """
    before, after = (
        of_areas(YEAR_1, 60, about(10), about(25), about(25)),
        of_areas(YEAR_1, 63, about(15), about(25), about(25), 1),
    )
    assert found(*before, *after, ways=(("area",),)) == {(*YEAR_1, "north")}


def test_a_correction_that_takes_one_out():
    """About 10 men, then fewer than 10, one person less in all: he was one, there had been 10, and there are 9."""
    before = [
        (YEAR_1, "total", "all", exactly(31)),
        (YEAR_1, "sex", "male", about(10)),
        (YEAR_1, "sex", "female", about(20)),
    ]
    after = [
        (YEAR_1, "total", "all", exactly(30), 1),
        (YEAR_1, "sex", "male", FEW, 1),
        (YEAR_1, "sex", "female", about(20), 1),
    ]
    assert (*YEAR_1, "male") in found(*before, *after)


def test_people_counted_in_each_period():
    """About 10 people to date and fewer than 10 in each of its two years:
    no year can be empty, or the other would have them all.
    """
    cells = [(YEAR_1, "sex", "male", FEW), (YEAR_2, "sex", "male", FEW), (TO_YEAR_2, "sex", "male", about(10))]
    assert found(*cells, code="each") == {
        (*YEAR_1, "male"),
        (*YEAR_2, "male"),
        (*TO_YEAR_2, "male"),
    }  # and 1 to 9 came in one year only
    assert (*YEAR_1, "male") not in found(*cells[:1], *cells[2:], code="each")  # all ten may have come in the second


def test_people_of_a_quarter_are_people_of_its_year():
    """15 in the year, about 15 of them women: at most 2 men, so that of 5 in the first quarter 3 to 5 were women.

    Services change, so of them this cannot be said.
    """
    cells = [
        (YEAR_1, "total", "all", exactly(15)),
        (QUARTER, "total", "all", exactly(5)),
        (YEAR_1, "sex", "female", about(15)),
        (YEAR_1, "sex", "male", FEW),
    ]
    assert (*QUARTER, "female") in found(*cells, code="each")
    services = [
        (days, "service" if way == "sex" else way, {"female": "health", "male": "legal"}.get(category, category), what)
        for days, way, category, what in cells
    ]
    assert found(*services, code="changing", ways=(("service",),)) == set()


def test_people_of_the_longer_span_only_are_a_group():
    """About 10 men in a quarter and about 15 in its year: 1 to 7 came only later."""
    assert found((QUARTER, "sex", "male", about(10)), (YEAR_1, "sex", "male", about(15)), code="each") == {
        (*YEAR_1, "male")
    }


def test_levels_of_two_days_say_nothing_of_each_other():
    """Open plans at two year ends: what was about 10 and is about 15 has no part of its own."""
    assert found((YEAR_2, "sex", "male", about(10)), (TO_YEAR_2, "sex", "male", about(15)), code="level") == set()


@pytest.mark.parametrize("inside, expected", [(35, set()), (40, {(*YEAR_1, "all")}), (10, set())])
def test_a_share_s_numerator_and_its_rest(inside, expected):
    """About 35 of 47 leaves 10 to 14; about 40 leaves 5 to 9 who were not, which is shown."""
    assert found((YEAR_1, "total", "all", share(inside, 47)), code="share") == expected


def test_shares_of_two_releases():
    """About 25 of 47 to one year end and about 30 of 60 to the next: in between 1 to 9 of the 13 were counted."""
    assert found((YEAR_1, "total", "all", share(25, 47)), (TO_YEAR_2, "total", "all", share(30, 60)), code="share") == {
        (*YEAR_2, "all")
    }


def test_the_denominators_of_a_breakdown_are_rounded():
    """47 plans, about 25 of them of men and about 20 of women: they need not add up.

    About 15 done of about 20 leave 1 to 9, about 10 leave 6 to 12.
    """
    cells = [
        (YEAR_1, "total", "all", share(25, 47)),
        (YEAR_1, "sex", "male", share(15, 25)),
        (YEAR_1, "sex", "female", share(10, 20)),
    ]
    assert found(*cells, code="share") == set()
    assert found((YEAR_1, "sex", "male", share(15, 20)), code="share") == {(*YEAR_1, "male")}


def test_services_to_few_people():
    """Fewer than 10 people may have had no service or thirty; one service at least shows that there was somebody."""
    cells = [
        (YEAR_1, "total", "all", exactly(50)),
        (YEAR_1, "service", "shelter", about(30)),
        (YEAR_1, "service", "health", f"{FEW} people"),
        (YEAR_1, "service", "legal", exactly(0)),
    ]
    assert found(*cells, code="services", ways=(("service",),)) == {(*YEAR_1, "health")}
    assert found(cells[0], cells[1], *cells[2:3], code="services", ways=(("service",),)) == set()


def test_a_total_that_is_part_of_a_breakdown():
    """A sheet that counts only women: its own total is one of the cells, and 5 of them are shown.

    Where it is a contract figure it may be told.
    """
    cells = [(YEAR_1, "total", "all", exactly(5))]
    assert found(*cells, code="women", ways=(("kind",),), conditioned=["women"]) == {(*YEAR_1, "all")}
    assert found(*cells, code="women", ways=(("kind",),)) == set()


def test_only_audited_classes_are_looked_at():
    """Of a class without the promise nothing is asked, though a cell of three is printed."""
    cells = printed((YEAR_1, "sex", "male", exactly(3)))
    assert (
        opened(cells, linked.with_sheets("once", ways=[("sex",)], audited=False, nodes=(), breakdowns=()))
        == []
        != opened(cells, project())
    )


def test_what_is_said_with_the_cell_does_not_say_which():
    """The message of an opened cell names the table and the days, and neither the category nor the number."""
    [cell, _] = opened(
        printed((YEAR_1, "sex", "male", FEW), (YEAR_2, "sex", "male", FEW), (TO_YEAR_2, "sex", "male", about(20))),
        project(),
    )
    assert "sex" in str(cell) and "male" not in str(cell) and "9" not in str(cell).replace("-09-", "")
    assert not is_safe(printed((YEAR_1, "sex", "male", exactly(3))), project())


# --- Versions of the register ----------------------------------------------------------------


def test_nobody_can_be_less_than_nobody_after_a_correction_either():
    """Nine in the first year, after at least nine were found to be men:
    about 10 from the north in the second and about 20 in both make 6 to 9 in the first, for the other areas have not
    less than nobody.
    """
    before = [(YEAR_3, "total", "all", exactly(30)), (YEAR_3, "sex", "male", FEW)]
    after = [
        (YEAR_3, "total", "all", exactly(30), 1),
        (YEAR_3, "sex", "male", about(20), 1),
        (YEAR_1, "total", "all", exactly(9), 1),
        (YEAR_2, "area", "north", about(10), 1),
        (TO_YEAR_2, "area", "north", about(20), 1),
    ]
    assert (*YEAR_1, "north") in found(*before, *after, ways=(("sex",), ("area",)))


def test_a_changed_cell_begins_a_version():
    """The same cells again begin none; one cell that is printed otherwise begins one, for its own indicator only.

    What says nothing says nothing.
    """
    first = printed(
        (YEAR_1, "total", "all", exactly(30)), (YEAR_1, "sex", "male", about(10)), (YEAR_1, "sex", "female", "withheld")
    ).drop(columns="version")
    changed = first.assign(value=[31.0, 10.0, NAN])
    assert set(versioned([first, first])["version"]) == {0} and len(versioned([first, first])) == 2
    assert versioned([first, changed])["version"].tolist() == [0, 0, 1, 1]
    assert versioned([first, changed, first])["version"].tolist() == [0, 0, 1, 1, 2, 2]
    assert versioned([first, changed.assign(indicator="each"), first])["version"].tolist() == [0] * 4


def test_a_version_knows_what_was_printed_in_it_only():
    """What an earlier version printed and this one has not may be printed anew: it is of this version."""
    cells = [
        printed((days, "total", "all", exactly(value))).drop(columns="version")
        for days, value in ((YEAR_1, 30), (YEAR_2, 20), (YEAR_1, 31), (YEAR_2, 25))
    ]
    assert versioned(cells)["version"].tolist() == [0, 0, 1, 1]


def test_a_cell_that_was_small_and_is_withheld_now_changes_nothing():
    """Withheld is no other number: it begins no version."""
    first = printed((YEAR_1, "sex", "male", FEW)).drop(columns="version")
    assert versioned([first, first.assign(status="withheld")])["version"].tolist() == [0]
