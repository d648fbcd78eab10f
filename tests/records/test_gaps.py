"""Quarters in which a partner that reports has no row: which quarter a day is in, from when on, and until when."""

import pytest

from ctanalysis import project, records
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
RULE = '[[gap]]\ntable = "rows"\nfield = "day"\nby = "kind"\nreason = "all report"'
ALL_QUARTERS = [f"FY{2012 + number // 4}Q{number % 4 + 1}" for number in range(13)]  # complete through December 2014


def gaps(folder, *days):
    """The quarters in which a partner that sent rows of these days has none."""
    small.write(folder, "\n".join(["day kind", *(f"{day} NA" for day in days)]), COUNT)
    (folder / "rules.toml").write_text(RULE, encoding="utf-8")
    says = [finding.says for finding in records.survey(project.load(folder)).findings if finding.rule == "gap"]
    assert all(text.startswith("kind 'NA' has no row in ") and text.endswith(" (all report)") for text in says)
    return [label for text in says for label in text.removesuffix(" (all report)").split(" in ")[1].split(", ")]


@pytest.mark.parametrize("day", ["2014-07-01", "2014-09-30"])
def test_the_first_and_the_last_day_of_a_quarter_are_in_it(tmp_path, day):
    """Of July to September there is a row: what follows without one is October to December."""
    assert gaps(tmp_path / "p", day) == ["FY2015Q1"]


def test_nothing_is_expected_before_the_first_row(tmp_path):
    """A partner that began in April 2014 has no gap before."""
    assert gaps(tmp_path / "p", "2014-04-02", "2014-12-31") == ["FY2014Q4"]


def test_who_sent_something_in_every_quarter_has_no_gap(tmp_path):
    """One row in each of the last three quarters."""
    assert gaps(tmp_path / "p", "2014-04-30", "2014-07-31", "2014-10-01") == []


def test_days_before_the_project_make_every_quarter_expected(tmp_path):
    """Rows of 2010 alone: the partner was there from the beginning."""
    assert gaps(tmp_path / "p", "2010-05-05") == ALL_QUARTERS


def test_days_after_the_last_complete_quarter_say_nothing(tmp_path):
    """A partner whose first row is of 2015 is not expected before."""
    assert gaps(tmp_path / "p", "2015-01-01") == []
