"""Which tables the gate lets through, in which order and beside what; breaking one of its rules breaks a test here.

The numbers are those of prints.py: about 10 is 10 to 12, about 15 is 13 to 17.
"""

import os
import tempfile
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from ctanalysis import evaluate, indicators
from ctanalysis.disclosure import answers, ledger, protect, withholding
from ctanalysis.disclosure.withholding import decided
from tests.disclosure import cells as shipped
from tests.disclosure.prints import FEW, QUARTER, TO_YEAR_2, YEAR_1, YEAR_2, about, exactly, printed
from tests.generators import linked_projects as linked

NINE_MONTHS = ("2012-01-01", "2012-09-30")
TO_DECEMBER, LATER = ("2011-10-01", "2012-12-31"), ("2012-01-01", "2012-12-31")


def told(*cells, before=(), ways=(("sex",), ("area",))):
    """The tables that may be told: (first day, last day, breakdown)."""
    frame = printed(*cells).drop(columns="version")
    frame = frame.assign(narrow=frame["disaggregation"] != "total", allowed=True)
    released = [printed(*release).drop(columns="version") for release in before]
    return {key[1:] for key in decided(frame, linked.with_sheets("once", ways=ways), released)}


BEFORE_THE_YEAR = [(TO_YEAR_2, "sex", "male", about(15)), (YEAR_2, "sex", "male", about(10))]
NINE = [(YEAR_1, "total", "all", exactly(40)), (YEAR_1, "sex", "female", about(40)), (YEAR_1, "sex", "male", FEW)]


def test_one_table_that_fails_is_withheld():
    """A single table that ends on a day is asked like any other: three women, printed as they are, are not told."""
    assert told((YEAR_1, "sex", "female", exactly(3))) == set()


def test_the_year_comes_before_the_project_to_date():
    """Both tables end on one day and only one of them can be told: the year's, wherever it stands."""
    assert told(*BEFORE_THE_YEAR) == told(*reversed(BEFORE_THE_YEAR)) == {(*YEAR_2, "sex")}


def test_of_tables_that_end_on_one_day_those_that_pass_are_told():
    """One breakdown fails and the other does not: the other is told."""
    assert told((YEAR_1, "sex", "female", exactly(3)), (YEAR_1, "area", "north", about(10))) == {(*YEAR_1, "area")}


def test_a_table_is_asked_beside_those_told_before():
    """What ended earlier and was told counts: 13 to 17 to date, of whom 10 to 12 in the first year,
    leave 1 to 7 in the second.
    """
    assert told((YEAR_1, "sex", "male", about(10)), (TO_YEAR_2, "sex", "male", about(15))) == {(*YEAR_1, "sex")}


def test_a_table_is_asked_beside_what_was_published_before():
    """The year was published in an earlier release: the project to date cannot be told any more."""
    assert told(BEFORE_THE_YEAR[0], before=[[BEFORE_THE_YEAR[1]]]) == set()
    assert told(BEFORE_THE_YEAR[0]) == {(*TO_YEAR_2, "sex")}


def test_a_table_is_asked_beside_the_exact_totals():
    """9 in the first quarter of a year of nearly all women: it is the quarter's total that withholds the year's
    table.
    """
    quarter = [(QUARTER, "total", "all", exactly(9)), (NINE_MONTHS, "total", "all", exactly(31))]
    assert told(*NINE, *quarter) == set()
    assert told(*NINE) == {(*YEAR_1, "sex")}


def test_what_comes_later_does_not_take_back_what_was_told():
    """Totals of later days are no reason to withhold an earlier table now: it was published then.

    The audit before a release sees both.
    """
    later = [(TO_DECEMBER, "total", "all", exactly(60)), (LATER, "total", "all", exactly(51))]
    assert told(*NINE, *later) == {(*YEAR_1, "sex")}


def test_what_is_linked_is_asked_together():
    """One way to break down is asked by itself only where nothing links it to another:
    two things at once do, and so does a correction, whose people are counted in every breakdown.
    """
    ways = (("sex",), ("area",), ("sex", "area"))
    cells = [
        (YEAR_1, "total", "all", exactly(40)),
        (YEAR_1, "sex", "male", about(15)),
        (YEAR_1, "sex × area", "male × north", about(10)),
        (YEAR_1, "sex × area", "male × south", exactly(0)),
        (YEAR_1, "sex × area", "male × west", FEW),
    ]
    frame = printed(*cells, code="crossed").drop(columns="version")
    frame = frame.assign(narrow=frame["disaggregation"] != "total", allowed=True)
    assert {key[1:] for key in decided(frame, linked.with_sheets("crossed", ways=ways))} == {(*YEAR_1, "sex")}


def registers(women, men, area="N"):
    """So many women and men in the first year, all from one area."""
    return linked.register(
        [(date(2012, 1, 1), "F" if place < women else "M", "L", area, True) for place in range(women + men)]
    )


def protected(code, women, men, period="FY2012", history=True, **rule):
    """What is told of a register: {(days, breakdown, category): (value, status)}."""
    project = linked.with_sheets(*dict.fromkeys([code, "once"]), through=date(2012, 9, 30), **rule)
    days = project.calendar.named(period)
    window = indicators.Window("period", days.start, days.end)
    exact = indicators.with_people(project, registers(women, men), [window])
    exact = exact[
        (exact["indicator"] == code) & exact["disaggregation"].isin(["total", "sex" if code == "once" else "kind"])
    ]
    found = protect(exact, project, exact if history else None).values
    return {
        (row.disaggregation, row.category): (None if pd.isna(row.value) else row.value, row.status)
        for row in found.itertuples()
    }


def test_what_the_gate_tells_of_a_year():
    """23 women and 4 men, 27 in all: about 25, fewer than 10, exactly 27."""
    assert protected("once", 23, 4) == {
        ("total", "all"): (27, "exact"),
        ("sex", "female"): (25, "rounded"),
        ("sex", "male"): (None, FEW),
    }


@pytest.mark.parametrize(
    "more", [{"history": False}, {"period": "FY2012Q2"}, {"one_way": ("project",), "period": "FY2012Q2"}]
)
def test_what_is_not_known_to_be_safe_is_withheld(more):
    """Without what is told beside it, or of days for which no breakdown is told: no cell."""
    assert {status for (way, _), (_, status) in protected("once", 23, 4, **more).items() if way != "total"} == {
        "withheld"
    }


def test_a_total_of_a_group_is_part_of_a_breakdown_unless_it_is_in_the_contract():
    """Only women are counted: their number is told as a breakdown's cell is, or not at all.

    As a contract figure it is exact.
    """
    assert protected("women", 23, 4)["total", "all"] != (23, "exact")
    assert protected("women", 23, 4, contract_figures=("women",))["total", "all"] == (23, "exact")


def test_of_a_class_without_the_audit_a_total_that_gives_a_cell_away_withholds_the_table():
    """Callers are not laid side by side, but in one table: 63 calls,
    five topics of about 10 (12 at the most) leave 3 for the sixth, so none is told; with 60 calls it may be none.
    """
    assert {status for _, status in calls(63, [12, 12, 12, 12, 12, 3])[1:]} == {"withheld"}
    assert [status for _, status in calls(60, [12, 12, 12, 12, 12, 0])[1:]] == ["rounded"] * 5 + ["fewer than 5"]


def calls(total, cells):
    return shipped.told(shipped.table(total, cells, "1.3", shipped.QUARTER, "topic"))


def test_a_total_of_days_that_are_no_whole_quarters_is_part_of_a_breakdown():
    """From one day to the next there would be a person: of days that are not whole quarters not even the total is
    told.
    """
    project = linked.with_sheets("once")
    windows = [indicators.Window("", date(2011, 10, 1), end) for end in (date(2012, 3, 31), date(2012, 3, 30))]
    exact = indicators.with_people(project, registers(23, 4), windows)
    found = protect(exact, project, exact).values
    assert found.loc[found["disaggregation"] == "total", "status"].tolist() == ["exact", "withheld"]


@pytest.mark.parametrize("most, status", [(3, {"rounded", FEW}), (2, {"withheld"})])
def test_two_things_at_once_of_too_many_categories(most, status):
    """Sex by three areas: told where the policy allows three categories of each, not where it allows two."""
    project = linked.with_sheets("crossed", ways=[("sex", "area")], two_way_categories=most, through=date(2012, 9, 30))
    exact = indicators.with_people(
        project, registers(40, 0), [indicators.Window("", date(2011, 10, 1), date(2012, 9, 30))]
    )
    found = protect(exact, project, exact).values
    assert set(found.loc[found["disaggregation"] != "total", "status"]) == status


@pytest.mark.parametrize("done, told_", [(50, True), (95, False)])
def test_a_share_that_is_withheld_takes_its_table_with_it(done, told_):
    """Half of the women's 100 plans were completed.

    Of the men's 100 it was half, or nearly all: that this one alone is withheld would say so, so both are.
    """
    project = linked.with_sheets("share", ways=[("sex",)], through=date(2012, 9, 30))
    people = [(date(2012, 1, 1), sex, "L", "N", True) for sex in "FM" for _ in range(100)]
    plans = [(place, date(2012, 1, 1), None, "N", place % 100 < (50 if place < 100 else done)) for place in range(200)]
    exact = indicators.with_people(
        project, linked.register(people, plans=plans), [indicators.Window("", date(2011, 10, 1), date(2012, 9, 30))]
    )
    found = protect(exact, project, exact).values
    assert found.loc[found["disaggregation"] == "sex", "status"].tolist() == [("rounded" if told_ else "withheld")] * 2


def test_no_data_and_not_applicable_are_no_secrets():
    """A total of no plans at all says so, and so do days before the project,
    whatever is known of what is told beside them.
    """
    project = linked.with_sheets("share", ways=[("sex",)], through=date(2012, 9, 30))
    windows = [indicators.Window("", date(year, 10, 1), date(year + 1, 9, 30)) for year in (2011, 2009)]
    exact = indicators.with_people(project, registers(5, 5), windows)
    found = protect(exact, project).values
    assert found.loc[found["disaggregation"] == "total", "status"].tolist() == ["no data", "not applicable"]


def test_what_was_asked_once_is_not_asked_again_and_stands_in_no_file(tmp_path, monkeypatch):
    """A report asks the auditor once, and its notebooks, in forked children, have the answers. No file is written and
    no variable set: with the hash of a question one could try out what the records may be.
    """
    monkeypatch.setattr(answers, "KNOWN", {})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = dict(os.environ)
    first = evaluate("FY2012").values
    assert answers.KNOWN
    with monkeypatch.context() as patched:
        patched.setattr(withholding, "is_safe", None)
        pd.testing.assert_frame_equal(evaluate("FY2012").values, first)
    assert dict(os.environ) == before and list(tmp_path.iterdir()) == []


# --- What a hostile reader found --------------------------------------------------------------


def test_people_are_people_whatever_counts_them():
    """A share of people, or rows of a table in which each person has one, print people:
    16 at the least in two hidden areas of 9 at the most are shown, so nothing is told.
    """
    people = [
        (date(2012, 1, 1), "F", "L", area, True)
        for area, count in (("N", 100), ("S", 9), ("W", 9))
        for _ in range(count)
    ]
    project = linked.with_sheets("share_people", ways=[("area",)], through=date(2012, 9, 30))
    assert not project.counts_things(project.sheets[0]) and linked.with_sheets("services").counts_things(
        linked.with_sheets("services").sheets[0]
    )
    found = linked.told(project, linked.register(people), project.calendar.parse("FY2012"))
    assert set(found.loc[found["disaggregation"] == "area", "status"]) == {"withheld"}


def test_people_counted_in_each_period_have_totals_only():
    """27 people in the first year, 25 in the second and 27 in both:
    all of the second year were there in the first, and a table of one says something of the other.
    """
    project = linked.with_sheets("each", ways=[("sex",)], through=date(2013, 9, 30))
    people = [(date(2011, 10, 5), "FM"[n >= 24], "L", "N", True) for n in range(27)]
    services = [(n, date(2011, 11, 1), "S") for n in range(27)] + [(n, date(2012, 11, 1), "S") for n in range(25)]
    found = linked.told(project, linked.register(people, services), project.calendar.parse("FY2013"))
    assert set(found.loc[found["disaggregation"] == "sex", "status"]) == {"withheld"} and "exact" in set(
        found["status"]
    )


def test_a_field_and_its_coarse_form_are_asked_together():
    """About 10 inland and fewer than 10 each in the north and the south:
    both are shown, so only the one that the sheet has first is told.
    """
    people = [
        (date(2012, 1, 1), "F", "L", area, True)
        for area, count in (("N", 5), ("S", 6), ("W", 19))
        for _ in range(count)
    ]
    for ways in ([("area:coarse",), ("area",)], [("area",), ("area:coarse",)]):
        project = linked.with_sheets("once", ways=ways, through=date(2012, 9, 30))
        found = linked.told(project, linked.register(people), project.calendar.parse("FY2012"))
        assert {
            way for way, status in zip(found["disaggregation"], found["status"], strict=True) if status == "rounded"
        } == {ways[0][0]}


def test_other_days_of_the_project_make_another_indicator():
    """A project that goes on longer tells tables of other days beside those of its former end.

    What both tell together is not asked, so the ledger knows them as two.
    """
    project = linked.with_sheets("once")
    longer = replace(project, facts=project.facts.model_copy(update={"end": date(2016, 9, 30)}))
    assert ledger.definition(project, project.sheets[0]) != ledger.definition(longer, project.sheets[0])
