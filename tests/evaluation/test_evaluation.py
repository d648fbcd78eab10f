"""What an evaluator holds: the report's values in three lines, as tidy frames."""

import pandas as pd
import pytest

import ctanalysis as ct
from tests.conftest import evaluated


@pytest.fixture(scope="module")
def evaluation():
    """Here: of a fiscal year."""
    return evaluated("FY2014")


def test_three_lines_are_enough(evaluation):
    """Import, evaluate, ask: a tidy frame, a row for each category."""
    frame = evaluation.by("1.2", "sex")
    assert isinstance(frame, pd.DataFrame) and frame["category"].tolist() == ["female", "male", "not recorded"]
    assert all(isinstance(part, pd.DataFrame) for part in (evaluation.values, evaluation.tracking, evaluation.history))


def test_two_things_at_once(evaluation):
    """A crossed breakdown is asked for by its two fields."""
    pd.testing.assert_frame_equal(evaluation.by("1.2", ("sex", "age_group")), evaluation.by("1.2", "sex × age_group"))


@pytest.mark.parametrize(
    "asked, words",
    [
        (("9.9",), "There is no indicator '9.9'"),
        ((1.2,), "There is no indicator 1.2"),
        (("1.2", "region"), "'region' is no disaggregation of indicator 1.2. There are: total, sex"),
        (("1.2", "sex", "last year"), "'last year' is no horizon"),
    ],
)
def test_what_there_is_not_is_refused(evaluation, asked, words):
    """A misspelt indicator, disaggregation or horizon is refused with those that there are."""
    with pytest.raises(ct.Refused, match=words):
        evaluation.by(*asked)


def test_it_is_printed_in_a_line(evaluation):
    """Showing an evaluation does not print every value."""
    assert repr(evaluation) == "<Evaluation of FY2014: USAID Counter-Trafficking Project>"


def test_a_report_notebook_must_be_told_its_period():
    """Without a period a report notebook stops instead of choosing one."""
    with pytest.raises(ct.Refused, match="No period is named"):
        ct.named("", "")


def test_a_year_s_report_has_its_own_breakdowns(evaluation):
    """In a fiscal year's report the last complete fiscal year is that year."""
    columns = ["start", "end", "category", "value", "status"]
    pd.testing.assert_frame_equal(
        evaluation.by("2.2", "sex", "last fiscal year")[columns], evaluation.by("2.2", "sex")[columns]
    )
