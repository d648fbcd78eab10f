"""Another project, with a calendar year, other tables and another language: the same words answer."""

import pytest

import ctanalysis as ct
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def other():
    """The second project of the tests."""
    return ct.open(ROOT / "tests" / "second")


ASKED = [{"every": "quarter"}, {"every": "year", "horizon": "project to date"}, {"period": "LOP"}]


@pytest.mark.few(1)
@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_every_indicator_is_told_by_everything(other, asked):
    """Every cell has a status and words, and shows itself."""
    for sheet in other.project.sheets:
        for way in (None, *sheet.disaggregations):
            found = other.values(sheet.code, by=way, **asked)
            assert found["status"].notna().all() and (found["told"] != "").all()
            assert sheet.code in repr(found)


def test_what_a_report_holds_is_there_for_the_first_period_and_the_last(other):
    """Before anything is on record, too."""
    quarters = other.project.calendar.completed("quarter")
    for period in (quarters[0], quarters[-1]):
        assert len(other.track(period)) and repr(other.findings(period)) and repr(other.pathway(period))
    assert "is not before" in refused(other, quarters[0], quarters[-1])


def refused(other, one, two):
    with pytest.raises(ct.Refused) as why:
        other.compare(other.indicators["code"].iloc[0], one, two)
    return str(why.value)
