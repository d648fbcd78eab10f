"""What protection costs: of each class that hides or rounds, how many cells there are and how many are shown."""

import pytest

from ctanalysis import evaluate, tables
from tests.conftest import evaluated
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"\n'
EVENTS = "day sex\n" + "2013-11-01 F\n" * 12 + "2013-11-01 M\n" * 3


def costs(folder, disclosure, more=""):
    small.write(folder, EVENTS, COUNT + more, disclosure=disclosure)
    return tables.utility(evaluate("FY2014Q1", folder))


def test_what_is_hidden_and_what_is_shown(tmp_path):
    """12 women and 3 men called: women, men and not recorded in six spans of days, two of which hold the twelve.

    That nobody is not recorded is told six times; the women are not, for beside the total the men would be at least 3.
    """
    assert costs(tmp_path / "p", "callers", 'disaggregate = ["sex"]') == {
        "callers": {"cells": 18, "share told": round(6 / 18, 3), "mean absolute rounding": pytest.approx(1.2)}
    }


@pytest.mark.parametrize("disclosure, more", [("open", 'disaggregate = ["sex"]'), ("callers", "")])
def test_what_costs_nothing_is_not_listed(tmp_path, disclosure, more):
    """A class of which nothing is hidden, and one without any breakdown."""
    assert costs(tmp_path / "p", disclosure, more) == {}


def test_of_what_waits_narrow_ranges_are_told():
    """FY2012: of 17 cells of the first year "not recorded" (5), numbers (2) and ranges of ten (5) are told; "fewer than
    10" (5) is not. Other days, for which the policy tells nothing, do not count.
    """
    found = tables.utility(evaluated("FY2012"))["victims"]
    assert found == {"cells": 17, "share told": round(12 / 17, 3), "mean absolute rounding": 2.5}
