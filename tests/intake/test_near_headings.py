"""A heading that may mean two columns is asked about, and never advised as another spelling of one."""

import pytest

from ctanalysis.evaluation import SHIPPED
from ctanalysis.intake.receiving.headings import attempt
from ctanalysis.project import load

PLANS = ["код плана", "код человека", "дата начала", "дата закрытия", "результат"]


@pytest.fixture(scope="module")
def plans():
    return load(SHIPPED).package.tables["plans"]


def lines(table, **changed):
    """What is said of a file of plans with some headings changed (by place)."""
    headings = [changed.get(f"at{place}", heading) for place, heading in enumerate(PLANS)]
    return "\n".join(attempt(table, [(1, headings)]).lines())


@pytest.mark.parametrize("word", ["дата", "Дата:", "дат."])
def test_a_date_that_may_be_either_is_asked_about(plans, word):
    """ "дата" where a plan has a day on which it was started and one on which it was closed: which is it?"""
    asked = "column C has a heading that is not known; it may mean 'started' or 'closed': ask which, and write that"
    assert asked in lines(plans, at2=word, at3="примечание")


def test_a_column_that_is_there_already_is_said(plans):
    """The day of the start is there: "дата" is likely the other; in another file it may not be."""
    assert "it may mean 'started' (there already) or 'closed': ask which" in lines(plans, at3="дата")


def test_a_slip_still_has_its_nearest(plans):
    assert "column D has a heading that is not known; the nearest: 'дата закрытия'" in lines(plans, at3="дата зкрытия")


def test_alternatives_are_advised_for_what_can_mean_one_thing(plans):
    assert '"alternatives" of its field, if it can mean no other' in lines(plans, at3="дата")
