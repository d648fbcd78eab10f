"""The auditor: worked examples that can be followed with a pencil, two independent judges, planted leaks, and solvers that fail.

About people, numbers of 0 to 9 in a breakdown are "fewer than 10", others are rounded to 5:
"about 10" is 10 to 12, "about 15" is 13 to 17. Totals are exact.
"""

from datetime import date
from functools import cache
from itertools import islice, product
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import scipy.optimize

from ctanalysis import indicators
from ctanalysis.disclosure.audit import NotAudited, is_safe, opened
from ctanalysis.disclosure.audit.versions import CELL, PRINTED, versioned
from tests.attackers import rounding
from tests.attackers.integer import attack
from tests.attackers.public import known_of, printed_of
from tests.generators import linked_projects as linked

NAN = float("nan")
YEAR_1, YEAR_2, YEAR_3 = ("2011-10-01", "2012-09-30"), ("2012-10-01", "2013-09-30"), ("2013-10-01", "2014-09-30")
TO_YEAR_2, TO_YEAR_3 = ("2011-10-01", "2013-09-30"), ("2011-10-01", "2014-09-30")
QUARTER, NINE_MONTHS = ("2011-10-01", "2011-12-31"), ("2012-01-01", "2012-09-30")
FEW = "fewer than 10"


def project(code="once", *ways):
    return linked.with_sheets(code, ways=ways or (("sex",),))


def about(value):
    return (float(value), NAN, NAN, "rounded")


def exactly(value):
    return (float(value), NAN, NAN, "exact")


def share(inside, of, exact=True):
    return (inside / of, float(inside), float(of), "rounded")


def printed(*cells, code="once"):
    """Printed cells as a frame: (days, way, category, what is printed, the version of the register if it is not the first)."""
    rows = []
    for days, way, category, what, *version in cells:
        what = (NAN, NAN, NAN, what) if isinstance(what, str) else what
        rows.append((code, *days, way, category, *what, *(version or [0])))
    return pd.DataFrame(rows, columns=[*CELL, *PRINTED, "version"])


def found(*cells, code="once", ways=(("sex",),), conditioned=()):
    """What the auditor opens: (first day, last day, category)."""
    return {
        (cell.start, cell.end, cell.category)
        for cell in opened(printed(*cells, code=code), project(code, *ways), conditioned)
    }


# --- Worked examples -------------------------------------------------------------------------


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
    """40 in the year, about 40 of them women: at most 2 men, so that of the 9 in the first quarter 7 to 9 were women."""
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
    """45 in all and about 35 women: 8 to 12 men, printed as fewer than 10, so 8 or 9; with 40 women there might be none... of 40."""
    assert found(
        (YEAR_1, "total", "all", exactly(45)), (YEAR_1, "sex", "female", about(35)), (YEAR_1, "sex", "male", FEW)
    ) == {(*YEAR_1, "male")}
    assert (
        found((YEAR_1, "total", "all", exactly(40)), (YEAR_1, "sex", "female", about(40)), (YEAR_1, "sex", "male", FEW))
        == set()
    )


def test_two_things_at_once_give_the_third_away():
    """About 10 men, of whom about 10 in the north: 0 to 2 elsewhere, not shown. About 15 men, about 10 of them in the north and none that many in the others: 1 to 7 are elsewhere."""
    ways = (("sex",), ("area",), ("sex", "area"))
    cells = [
        (YEAR_1, "sex × area", "male × north", about(10)),
        (YEAR_1, "sex × area", "male × south", FEW),
        (YEAR_1, "sex × area", "male × west", exactly(0)),
    ]
    assert found((YEAR_1, "sex", "male", about(15)), *cells, code="crossed", ways=ways) == {(*YEAR_1, "male × south")}
    assert found((YEAR_1, "sex", "male", about(10)), *cells, code="crossed", ways=ways) == set()


def of_areas(days, total, north, south, west, version=0):
    """A table by area with its total."""
    cells = [
        ("total", "all", exactly(total)),
        ("area", "north", north),
        ("area", "south", south),
        ("area", "west", west),
    ]
    return [(days, *cell, version) for cell in cells]


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
    """Two things at once are printed and one is not: 40 of 45 are women, whatever their areas, so that there are 5 men, though of no area any."""
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
    """25 in all, about 20 of them on the coast: 3 to 7 inland, though neither the north nor the south need have any. The report says that this is not promised."""
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
    """Fewer than 10 from the north, then about 10, one more in all: a reader takes it that one person was added. So there were 9, and she is the tenth; neither release alone shows it."""
    before, after = of_areas(YEAR_1, 30, FEW, about(20), FEW), of_areas(YEAR_1, 31, about(10), about(20), FEW, 1)
    assert found(*before, *after, ways=(("area",),)) == {(*YEAR_1, "north")}
    assert found(*before, ways=(("area",),)) == found(*after, ways=(("area",),)) == set()


def test_a_correction_that_shows_nobody():
    """Two more in all, and everything else is printed as before: where they came from is not shown."""
    before, after = of_areas(YEAR_1, 30, FEW, about(25), FEW), of_areas(YEAR_1, 32, FEW, about(25), FEW, 1)
    assert found(*before, *after, ways=(("area",),)) == set()


def test_who_was_added_is_a_group_of_their_own():
    """About 10 from the north, then about 15, three more in all: neither number is small, but 1 to 3 of the three came from there."""
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
    """About 10 people to date and fewer than 10 in each of its two years: no year can be empty, or the other would have them all."""
    cells = [(YEAR_1, "sex", "male", FEW), (YEAR_2, "sex", "male", FEW), (TO_YEAR_2, "sex", "male", about(10))]
    assert found(*cells, code="each") == {
        (*YEAR_1, "male"),
        (*YEAR_2, "male"),
        (*TO_YEAR_2, "male"),
    }  # and 1 to 9 came in one year only
    assert (*YEAR_1, "male") not in found(*cells[:1], *cells[2:], code="each")  # all ten may have come in the second


def test_people_of_a_quarter_are_people_of_its_year():
    """15 in the year, about 15 of them women: at most 2 men, so that of 5 in the first quarter 3 to 5 were women. Services change, so of them this cannot be said."""
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
    """47 plans, about 25 of them of men and about 20 of women: they need not add up. About 15 done of about 20 leave 1 to 9, about 10 leave 6 to 12."""
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
    """A sheet that counts only women: its own total is one of the cells, and 5 of them are shown. Where it is a contract figure it may be told."""
    cells = [(YEAR_1, "total", "all", exactly(5))]
    assert found(*cells, code="women", ways=(("kind",),), conditioned=["women"]) == {(*YEAR_1, "all")}
    assert found(*cells, code="women", ways=(("kind",),)) == set()


def test_only_audited_classes_are_looked_at():
    """Of a class without the promise nothing is asked, though a cell of three is printed."""
    cells = printed((YEAR_1, "sex", "male", exactly(3)))
    assert opened(cells, linked.with_sheets("once", ways=[("sex",)], audited=False)) == [] != opened(cells, project())


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
    """Nine in the first year, after at least nine were found to be men: about 10 from the north in the second and about 20 in both make 6 to 9 in the first, for the other areas have not less than nobody."""
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
    """The same cells again begin none; one cell that is printed otherwise begins one, for its own indicator only; what says nothing says nothing."""
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


# --- Two judges: every world, and whole numbers ----------------------------------------------


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
    told += [(days, "total", "all", exactly(total)) for days, total in zip((YEAR_1, YEAR_2), totals)]
    return told, bounds, totals


def test_the_audit_agrees_with_trying_every_world():
    """60 tiny registers of two years and three areas: the auditor opens exactly those cells that are small in every world."""
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


def careless(seed, code):
    """What a gate would print that looks at each cell by itself: every year and the project to it, small cells hidden, the others rounded."""
    project_, records = linked.random_project(seed, code)
    calendar = project_.calendar
    ends = [year.end for year in calendar.completed("year")] or [project_.facts.records_through]
    spans = [(start, end) for end in ends for start in (calendar.year_start(end), project_.facts.start)]
    spans += [(quarter.start, quarter.end) for quarter in calendar.completed("quarter")]
    exact = indicators.with_people(project_, records, [indicators.Window("", *days) for days in dict.fromkeys(spans)])
    part = exact["disaggregation"] != "total"
    few_words = FEW if project_.sheets[0].measure == "people" else f"{FEW} people"
    size = exact["value"] if few_words == FEW else exact["people"]
    values = exact["value"].where(~part, (exact["value"] / 5 + 0.5).astype(int) * 5).where(~part | (size >= 10))
    status = np.select([~part, ~(size >= 10)], ["exact", few_words], "rounded")
    told = exact.assign(value=values, status=status)[
        ~part | exact["start"].add(exact["end"]).isin([f"{a}{b}" for a, b in spans[: 2 * len(ends)]])
    ]
    return project_, told.assign(version=0).reset_index(drop=True), exact


@pytest.mark.parametrize("code", ["once", "services", "crossed", "level"])
def test_the_audit_agrees_with_whole_numbers(code):
    """16 careless publications: what the auditor finds with linear programs, an integer program of another form finds, and nothing more."""
    seen = 0
    for seed in range(4):
        project_, told, _ = careless(seed, code)
        known = known_of(project_, code)
        ours = {(cell.start, cell.end, cell.disaggregation, cell.category) for cell in opened(told, project_, [])}
        theirs = {(cell.first, cell.last, cell.way, cell.category) for cell in attack(printed_of(told, known), known)}
        assert ours == theirs
        seen += len(ours)
    assert seen > 0 or code == "level"


# --- The auditor is alive: planted leaks -----------------------------------------------------


@cache
def one_release(seed):
    return linked.released(seed, at_most=1)


def leaks(kind):
    """Twenty publications that were safe until something of a kind was added to each, and an integer program agrees that it is a leak: (project, cells). At most five of one project."""
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
    yield from (as_exact(safe, released, place) for place in safe.index[safe["status"].str.startswith("fewer")])


def cells_not_rounded():
    """A rounded cell is printed as it is, in tables of a year by area whose third cell is small: there what rounding leaves open is all that protects it."""
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
    for key in dict.fromkeys(zip(*(every.loc[every["status"] == "withheld", name] for name in CELL[:4]))):
        yield pd.concat([safe, careless_table(released, key)], ignore_index=True)


def careless_table(released, key):
    window = indicators.Window("", *map(date.fromisoformat, key[1:3]))
    exact = indicators.with_people(released.project, released.records, [window])
    exact = exact[exact["disaggregation"] == key[3]]
    people = released.project.sheets[0].measure == "people"
    small = ~(exact["value" if people else "people"] >= 10)
    values = ((exact["value"] / 5 + 0.5).astype(int) * 5).where(~small)
    return exact.assign(value=values, status=np.where(small, FEW if people else f"{FEW} people", "rounded"), version=0)[
        [*CELL, *PRINTED, "version"]
    ]


def a_percentage_of_a_known_total(released, safe):
    """'31.6 per cent of the 38 were women': whoever multiplies has the number, as it is."""
    totals = safe[(safe["status"] == "exact") & (safe["disaggregation"] == "total") & (safe["value"] > 0)]
    for _, total in totals.to_dict("index").items():
        for name in (way[0] for way in released.project.sheets[0].disaggregations if len(way) == 1):
            for category in known_of(released.project, total["indicator"]).fields[name]:
                cell = total | {"disaggregation": name, "category": category}
                percent = round(100 * true_value(released, cell) / total["value"], 1)
                yield with_cell(safe, cell, round(percent * total["value"] / 100))


def a_sentence_with_a_true_value(released, safe):
    """'In the first quarter, three of them were women': a number that no table has, in words."""
    quarters = safe[(safe["disaggregation"] == "total") & ~safe["start"].isin(["2011-10-01"])]
    for _, total in quarters.to_dict("index").items():
        way = released.project.sheets[0].disaggregations[-1]
        category = known_of(released.project, total["indicator"]).categories(" × ".join(way))[0]
        cell = total | {"disaggregation": " × ".join(way), "category": category}
        yield with_cell(safe, cell, true_value(released, cell))


def with_cell(safe, cell, value):
    others = safe[(safe[CELL] != pd.Series(cell)[CELL]).any(axis=1)]
    return pd.concat([others, pd.DataFrame([cell | {"value": float(value), "status": "exact"}])], ignore_index=True)


PLANTED = {
    function.__name__.replace("_", " "): function
    for function in (one_cell_unhidden, one_table_added, a_percentage_of_a_known_total, a_sentence_with_a_true_value)
}


@pytest.mark.parametrize("kind", [*PLANTED, "cells not rounded"])
def test_every_planted_leak_is_found(kind):
    """A hundred leaks of five kinds, each in a publication that was safe without it and each confirmed by an integer program: all are refused."""
    planted = leaks(kind) if kind in PLANTED else cells_not_rounded()
    assert len(planted) == 20
    for project_, cells in planted:
        assert opened(cells, project_)


# --- The auditor fails closed ----------------------------------------------------------------

ASKED = [(YEAR_1, "total", "all", exactly(45)), (YEAR_1, "sex", "female", about(40)), (YEAR_1, "sex", "male", FEW)]


def answer(size, **more):
    return SimpleNamespace(**{"status": 0, "success": True, "x": np.zeros(size), "message": "."} | more)


def stops(error):
    def milp(weights, **_):
        raise error

    return milp


def answers(**more):
    return lambda weights, **_: answer(
        len(weights), **{key: value(len(weights)) if callable(value) else value for key, value in more.items()}
    )


WORLD = {
    "a world of nobody": np.zeros,
    "more than is printed": lambda n: np.full(n, 900.0),
    "less than nobody": lambda n: np.full(n, -5.0),
    "one number is missing": lambda n: np.append(np.zeros(n - 1), np.nan),
    "one number is endless": lambda n: np.append(np.zeros(n - 1), np.inf),
    "minus endless": lambda n: np.full(n, -np.inf),
    "one number too many": lambda n: np.zeros(n + 1),
    "one too few": lambda n: np.zeros(n - 1),
    "no numbers": lambda n: np.zeros(0),
    "a table": lambda n: np.zeros((n, 1)),
}
FAULTS = {
    "timeout": answers(status=1, success=False, x=None),
    "timeout with a world": answers(status=1, success=False),
    "infeasible": answers(status=2, success=False, x=None),
    "unbounded": answers(status=3, success=False, x=None),
    "another status": answers(status=4, success=False, x=None),
    "an unknown status": answers(status=17),
    "no success": answers(success=False),
    "no world": answers(x=None),
    "timeout said to be a success": answers(status=1),
    "unbounded said to be a success": answers(status=3),
    **{name: answers(x=world) for name, world in WORLD.items()},
    **{
        type(error).__name__: stops(error)
        for error in (
            ValueError("x"),
            MemoryError(),
            RuntimeError("x"),
            ZeroDivisionError(),
            OverflowError(),
            FloatingPointError(),
        )
    },
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("after", [0, 1])
def test_a_solver_that_fails_is_never_read_as_safe(fault, after, monkeypatch):
    """At once, or after one good answer: whatever a solver gives that is no certain answer, nothing is published."""
    good, calls = scipy.optimize.milp, []

    def milp(weights, **more):
        calls.append(1)
        return good(weights, **more) if len(calls) <= after else FAULTS[fault](weights, **more)

    monkeypatch.setattr(scipy.optimize, "milp", milp)
    with pytest.raises(NotAudited):
        opened(printed(*ASKED), project())
    calls.clear()
    with pytest.raises(NotAudited):
        is_safe(printed(*ASKED), project())


@pytest.mark.parametrize(
    "status, success",
    [(1, False), (2, False), (3, False), (4, False), (17, False), (0, False), (1, True), (3, True), (4, True)],
)
def test_a_true_answer_with_a_doubt_is_none(status, success, monkeypatch):
    """The world is a good one, and the solver says that it ran out of time, or that it was no success: it is not believed."""
    good = scipy.optimize.milp
    monkeypatch.setattr(
        scipy.optimize,
        "milp",
        lambda weights, **more: answer(0, x=good(weights, **more).x, status=status, success=success),
    )
    with pytest.raises(NotAudited):
        opened(printed(*ASKED), project())


def test_a_world_with_less_than_nobody_in_it_is_none(monkeypatch):
    """Five women less than nobody, and five people less in all: everything adds up, no printed number speaks against it, and it is no world."""
    monkeypatch.setattr(scipy.optimize, "milp", answers(x=lambda size: np.array([-5.0, -5.0, 0.0])))
    with pytest.raises(NotAudited):
        opened(printed((YEAR_1, "sex", "male", FEW)), project())


def test_whoever_interrupts_interrupts(monkeypatch):
    """Ctrl-C is no answer either, and passes through."""
    monkeypatch.setattr(scipy.optimize, "milp", stops(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        opened(printed(*ASKED), project())


def test_twenty_solver_faults_and_more():
    assert len(FAULTS) >= 20


WRONG = {
    "an indicator": (printed(*ASKED, code="nobody's"), "no indicator"),
    "a category": (printed((YEAR_1, "sex", "both", about(10))), "no cell"),
    "a breakdown": (printed((YEAR_1, "colour", "red", about(10))), "no breakdown"),
    "a breakdown that exists elsewhere": (printed((YEAR_1, "area", "north", about(10))), "no breakdown"),
    "a state": (printed((YEAR_1, "sex", "male", "hidden")), "none of the states"),
    "another threshold": (printed((YEAR_1, "sex", "male", "fewer than 5")), "none of the states"),
    "few people of people": (printed((YEAR_1, "sex", "male", f"{FEW} people")), "none of the states"),
    "a number with a hidden cell": (printed((YEAR_1, "sex", "male", (4.0, NAN, NAN, FEW))), "none of the states"),
    "a number with a withheld cell": (
        printed((YEAR_1, "sex", "male", (4.0, NAN, NAN, "withheld"))),
        "none of the states",
    ),
    "an exact cell without number": (printed((YEAR_1, "sex", "male", (NAN, NAN, NAN, "exact"))), "none of the states"),
    "few of services": (printed((YEAR_1, "sex", "male", FEW), code="services"), "none of the states"),
    "few of a share without people": (printed((YEAR_1, "sex", "male", FEW), code="share"), "none of the states"),
    "what contradicts itself": (
        printed((YEAR_1, "sex", "male", about(40)), (YEAR_1, "total", "all", exactly(20))),
        "contradict",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_the_auditor_does_not_know_is_refused(what):
    """A cell that the project's files do not know, or a state that the policy does not, is no safe cell."""
    cells, says = WRONG[what]
    code = cells["indicator"].iloc[0]
    with pytest.raises(NotAudited, match=says):
        opened(cells, project(code if code in linked.CALCULATIONS else "once"))
