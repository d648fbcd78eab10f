"""What a reader can do with one report alone: take its year out of the project to date."""

from datetime import date

import pytest

from ctanalysis.disclosure import answers, withholding
from tests.disclosure.prints import TO_YEAR_2, YEAR_2
from tests.generators import linked_projects as linked

SMALL = [(7, 15), (6, 20), (4, 30)]  # men of the first year, which may not be shown, and of the second


@pytest.mark.parametrize("men", [(10, 10), (12, 13), (17, 10), (10, 14), (30, 12), *SMALL])
def test_in_one_report_no_span_of_years_is_shown_to_be_small(men):
    """Men of two years: the project to date less the second year leaves the first, which is not shown to be 1 to 9."""
    told = years_told(*men)
    assert YEAR_2 in told and (TO_YEAR_2 in told or men in SMALL)
    assert not is_shown_small(told)


@pytest.mark.parametrize("men", SMALL)
def test_without_the_auditor_a_year_would_be_shown_to_be_small(men, monkeypatch):
    """The test above is alive: where the gate asks nothing, both are told, and the first year is their difference."""
    monkeypatch.setattr(answers, "KNOWN", {})  # what is answered here is no answer for others
    monkeypatch.setattr(withholding, "is_safe", lambda *asked: True)
    monkeypatch.setattr(withholding, "_may_depend", lambda *asked: True)
    assert is_shown_small(years_told(*men))


def test_where_a_year_hides_a_cell_the_project_to_date_is_not_told():
    """9 men in the first year and 15 in the second: about 25 less about 15 would come near the 9."""
    assert years_told(9, 15) == {YEAR_2: (13, 17)}


def is_shown_small(told):
    """Whether the project to date less its second year is 1 to 9, whatever the printed numbers stand for."""
    if not {YEAR_2, TO_YEAR_2} <= set(told):
        return False
    (year_low, year_high), (low, high) = told[YEAR_2], told[TO_YEAR_2]
    return low - year_high >= 1 and high - year_low <= 9


def years_told(*men):
    """What a reader of the second year's report knows of men: by days, at least and at most. 40 women each year."""
    people = [
        (date(2012 + year, 1, 1), sex, "L", "N", True)
        for year, count in enumerate(men)
        for sex, number in (("M", count), ("F", 40))
        for _ in range(number)
    ]
    project = linked.with_sheets("once", ways=[("sex",)], through=date(2013, 9, 30))
    frame = linked.told(project, linked.register(people), project.calendar.parse("FY2013"))
    rows = frame[(frame["category"] == "male") & (frame["status"] != "withheld")]
    bounds = {"fewer than 10": lambda value: (0, 9), "rounded": lambda value: (max(value - 2, 10), value + 2)}
    return {(row.start, row.end): bounds[row.status](row.value) for row in rows.itertuples()}
