"""Which tables the gate lets through, of which days; breaking one of its rules breaks a test here."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from ctanalysis import indicators
from ctanalysis.disclosure import ledger, protect
from tests.disclosure import cells as shipped
from tests.disclosure.cells import table_by_table
from tests.generators import linked_projects as linked

FEW = "fewer than 10"


def registers(women, men, area="N"):
    """So many women and men in the first year, all from one area."""
    return linked.register(
        [(date(2012, 1, 1), "F" if place < women else "M", "L", area, True) for place in range(women + men)]
    )


def protected(code, women, men, period="FY2012", is_known=True, **rule):
    """What is told of a register: {(days, breakdown, category): (value, status)}. is_known: who stands where."""
    project = linked.with_sheets(*dict.fromkeys([code, "once"]), through=date(2012, 9, 30), **rule)
    days = project.calendar.named(period)
    records, window = registers(women, men), indicators.Window("period", days.start, days.end)
    exact = indicators.with_people(project, records, [window])
    exact = exact[
        (exact["indicator"] == code) & exact["disaggregation"].isin(["total", "sex" if code == "once" else "kind"])
    ]
    standing = linked.standing_in(project, records, days) if is_known else {}
    return {
        (row.disaggregation, row.category): (None if pd.isna(row.value) else row.value, row.status)
        for row in protect(exact, project, standing).values.itertuples()
    }


def test_what_the_gate_tells_of_a_year():
    """23 women and 14 men, 37 in all: about 25, about 15, exactly 37. Of 4 men "fewer than 10", and the women are 18
    to 27: none of the two is withheld.
    """
    total = {("total", "all"): (37, "exact"), ("sex", "recorded"): (37, "exact")}
    assert protected("once", 23, 14) == total | {
        ("sex", "female"): (25, "rounded"),
        ("sex", "male"): (15, "rounded"),
    }
    assert protected("once", 23, 4) == {
        ("total", "all"): (27, "exact"),
        ("sex", "female"): (None, "18–27"),
        ("sex", "male"): (None, FEW),
        ("sex", "recorded"): (27, "exact"),
    }


def test_the_base_of_a_breakdown_stands_behind_its_categories():
    assert [category for _, category in protected("once", 23, 14)] == ["all", "female", "male", "recorded"]


def test_of_nobody_there_is_nothing():
    """No people at all: 0 is exact, since everybody knows it from the total."""
    assert protected("once", 0, 0)["sex", "female"] == (0, "exact")


@pytest.mark.parametrize("more", [{"is_known": False}, {"period": "FY2012Q2"}, {"period": "FY2012H1"}])
def test_what_is_not_known_to_be_safe_is_not_told(more):
    """Without who stands in the breakdown, or of days that are no fiscal year: no cell, whatever the numbers."""
    for women, men in [(23, 4), (0, 0), (40, 40)]:
        told = protected("once", women, men, **more)
        assert {status for (way, _), (_, status) in told.items() if way != "total"} == {"not told"}


def test_a_class_with_the_audit_and_no_breakdowns_has_totals():
    told = protected("once", 23, 14, breakdowns=(), nodes=())
    assert {status for (way, _), (_, status) in told.items() if way != "total"} == {"not told"}
    assert told["total", "all"] == (37, "exact")
    older = protected("once", 23, 14, breakdowns=(), nodes=(), one_way=("year", "project"))
    assert older == told  # spans of days say nothing of an audited class


def test_a_total_of_a_group_is_part_of_a_breakdown_unless_it_is_in_the_contract():
    """Only women are counted, and another sheet is told by sex: their number is not told, of whatever size.

    As a contract figure it is exact.
    """
    assert {protected("women", women, 4)["total", "all"] for women in (0, 4, 23, 60)} == {(None, "not told")}
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
    found = protect(exact, project).values
    assert found.loc[found["disaggregation"] == "total", "status"].tolist() == ["exact", "not told"]


@pytest.mark.parametrize("most, status", [(3, {"rounded", FEW}), (2, {"not told"})])
def test_two_things_at_once_of_too_many_categories(most, status):
    """Sex by three areas, of a class without the audit: told where the policy allows three categories of each, not
    where it allows two.
    """
    project = linked.with_sheets("crossed", ways=[("sex", "area")], through=date(2012, 9, 30))
    project = table_by_table(project, two_way=("project",), two_way_categories=most)
    exact = indicators.with_people(
        project, registers(40, 0), [indicators.Window("", date(2011, 10, 1), date(2012, 9, 30))]
    )
    found = protect(exact, project).values
    assert set(found.loc[found["disaggregation"] != "total", "status"]) == status


@pytest.mark.parametrize("done, told_", [(50, True), (95, False)])
def test_a_share_that_is_withheld_takes_its_table_with_it(done, told_):
    """Half of the women's 100 plans were completed.

    Of the men's 100 it was half, or nearly all: that this one alone is withheld would say so, so both are.
    The class is without the audit.
    """
    project = table_by_table(linked.with_sheets("share", ways=[("sex",)], through=date(2012, 9, 30)))
    people = [(date(2012, 1, 1), sex, "L", "N", True) for sex in "FM" for _ in range(100)]
    plans = [(place, date(2012, 1, 1), None, "N", place % 100 < (50 if place < 100 else done)) for place in range(200)]
    exact = indicators.with_people(
        project, linked.register(people, plans=plans), [indicators.Window("", date(2011, 10, 1), date(2012, 9, 30))]
    )
    found = protect(exact, project).values
    assert found.loc[found["disaggregation"] == "sex", "status"].tolist() == [("rounded" if told_ else "withheld")] * 2


def share_of_plans(quarters):
    """What is told of the share of plans in each quarter of the first year, in that year, and in the year before.

    quarters: for each, the plans that were begun in it and completed, and those that were not.
    """
    project = linked.with_sheets("share", ways=[], through=date(2012, 9, 30))
    begun = [date(2011, 10, 5), date(2012, 1, 5), date(2012, 4, 5), date(2012, 7, 5)]
    done = [
        (day, flag)
        for day, counts in zip(begun, quarters, strict=True)
        for flag, n in zip((True, False), counts, strict=True)
        for _ in range(n)
    ]
    people = [(day, "F", "L", "N", True) for day, _ in done]
    records = linked.register(people, plans=[(n, day, None, "N", flag) for n, (day, flag) in enumerate(done)])
    spans = [project.calendar.parse(f"FY2012Q{n}") for n in (1, 2, 3, 4)] + [project.calendar.parse("FY2012")]
    windows = [indicators.Window(str(n), span.start, span.end) for n, span in enumerate(spans)]
    windows.append(indicators.Window("before", date(2009, 10, 1), date(2010, 9, 30)))
    exact = indicators.with_people(project, records, windows)
    return protect(exact, project, linked.standing_in(project, records, spans[-1])).values[
        ["value", "denominator", "status"]
    ]


def test_days_before_the_project_and_a_year_of_nothing_are_no_secrets():
    """How many plans there were in a year is told exactly, so that "no data" says no more."""
    found = share_of_plans([(0, 0)] * 4)
    assert found["status"].tolist() == ["not told"] * 4 + ["no data", "not applicable"]


def test_whether_anything_was_in_a_quarter_is_not_said():
    """A pair of worlds: 30 plans in the year, 18 completed in both; in one nothing began in the second quarter. What is
    printed is the same: that there is nothing to divide would say how many there were.
    """
    empty = share_of_plans([(8, 2), (0, 0), (6, 8), (4, 2)])
    full = share_of_plans([(5, 2), (6, 1), (5, 1), (2, 8)])
    pd.testing.assert_frame_equal(empty, full)
    assert empty["status"].tolist() == ["not told"] * 4 + ["rounded", "not applicable"]


# --- What a hostile reader found --------------------------------------------------------------


def test_people_counted_in_each_period_have_totals_of_years():
    """27 people in the first year, 25 in the second and 27 in both: all of the second year were there in the first.
    Totals of days that overlap say who stayed: they are told of fiscal years, and of the project to the end of a year;
    of a contract figure, of all days.
    """
    months = {"quarter": (date(2012, 10, 1), date(2012, 12, 31)), "half": (date(2012, 10, 1), date(2013, 3, 31))}
    years = {"year": (date(2012, 10, 1), date(2013, 9, 30)), "to a year's end": (date(2011, 10, 1), date(2013, 9, 30))}
    spans = months | years | {"to a quarter's end": (date(2011, 10, 1), date(2012, 12, 31))}
    people = [(date(2011, 10, 5), "FM"[n >= 24], "L", "N", True) for n in range(27)]
    services = [(n, date(2011, 11, 1), "S") for n in range(27)] + [(n, date(2012, 11, 1), "S") for n in range(25)]
    for figures, silent in (((), {"quarter", "half", "to a quarter's end"}), (("each",), set())):
        project = linked.with_sheets("each", ways=[("sex",)], through=date(2013, 9, 30), contract_figures=figures)
        windows = [indicators.Window(name, *days) for name, days in spans.items()]
        exact = indicators.with_people(project, linked.register(people, services), windows)
        found = protect(exact, project).values
        assert set(found.loc[found["disaggregation"] == "sex", "status"]) == {"not told"}
        totals = found[found["disaggregation"] == "total"]
        assert set(totals.loc[totals["status"] == "not told", "horizon"]) == silent
        assert set(totals.loc[totals["status"] == "exact", "horizon"]) == {*spans} - silent


def test_other_days_of_the_project_make_another_indicator():
    """A project that goes on longer tells fine categories at another end: the ledger knows its breakdowns as two. A
    total is of the same calculation.
    """
    project = linked.with_sheets("once")
    longer = replace(project, facts=project.facts.model_copy(update={"end": date(2016, 9, 30)}))
    sheet = project.sheets[0]
    assert ledger.definition(project, sheet, "sex") != ledger.definition(longer, sheet, "sex")
    assert ledger.definition(project, sheet) == ledger.definition(longer, sheet)
