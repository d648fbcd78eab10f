"""Which target is in force on the last day of a period: of several for one period, the latest that is valid by then."""

import pytest

from ctanalysis import evaluate
from tests.generators import small

SUM = 'measure = "sum"\ntable = "rows"\ncolumn = "amount"\ndate = "day"'
DAYS_OF_VALIDITY = {"2013-12-30": 300, "2013-12-31": 300, "2014-01-01": 100}


def target(folder, period="FY2014Q1", horizon="project to date"):
    tracking = evaluate(period, folder).tracking
    return tracking.loc[tracking["horizon"] == horizon, "target"].item()


@pytest.mark.parametrize("valid_from, expected", DAYS_OF_VALIDITY.items())
def test_a_target_valid_from_the_last_day_of_the_period_is_in_force(tmp_path, valid_from, expected):
    """FY2014Q1 ends on 31 December 2013: a target of 300 in place of 100 counts from that day, and not a day later."""
    targets = f"x,LOP,100,.,\nx,LOP,300,.,{valid_from}\n"
    folder = small.write(tmp_path / "p", "day amount\n2013-12-01 30", SUM, targets=targets)
    assert target(folder) == expected


def test_of_several_revisions_the_latest_is_in_force(tmp_path):
    """Revised twice: the second revision counts, wherever it stands in the list."""
    targets = "x,LOP,300,.,2013-06-01\nx,LOP,200,.,2012-06-01\nx,LOP,100,.,\n"
    folder = small.write(tmp_path / "p", "day amount\n2013-12-01 30", SUM, targets=targets)
    assert target(folder) == 300
    assert target(folder, "FY2012Q4") == 200


def test_each_horizon_has_its_own_target(tmp_path):
    """5 for the quarter, 40 for its fiscal year, 200 for the project; those of other periods are others'."""
    targets = "x,FY2014Q1,5,.,\nx,FY2014,40,.,\nx,LOP,200,.,\nx,FY2014Q2,6,.,\nx,FY2013,7,.,\n"
    folder = small.write(tmp_path / "p", "day amount\n2013-12-01 30", SUM, targets=targets)
    horizons = ("period", "fiscal year to date", "project to date")
    assert [target(folder, horizon=horizon) for horizon in horizons] == [5, 40, 200]
