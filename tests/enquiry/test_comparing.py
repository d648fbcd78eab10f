"""Periods beside each other, what a report holds of one, and figures."""

import pytest

import ctanalysis as ct
from ctanalysis.enquiry.again import Asking
from ctanalysis.enquiry.question import kept
from tests.conftest import evaluated


@pytest.mark.few(5)
@pytest.mark.parametrize("code", ["1.1", "1.2", "1.3", "1.4", "2.2", "3.2", "4.1"])
@pytest.mark.parametrize("versus, before", [("same period last year", "FY2014Q1"), ("previous period", "FY2014Q4")])
def test_a_comparison_is_the_report_s(p, code, versus, before):
    """The same difference, interval and p-value as the report of the period has, and its words."""
    (report,) = [one for one in evaluated("FY2015Q1").changes if (one.sheet.code, one.versus) == (code, versus)]
    row = p.compare(code, "FY2015Q1", before).iloc[0]
    found = report.test.found
    if found is None:
        assert row["method"] == "" and row["verdict"]
    else:
        scale = 100 if report.sheet.measure == "share" else 1
        assert row["p"] == pytest.approx(found.p)
        assert (row["low"], row["high"]) == pytest.approx((found.low * scale, found.high * scale))
    assert row["clear"] == (report.p <= 0.05)


def test_two_quarters_that_no_report_compares(p):
    """Years apart, and between other quarters of the year: with the season taken out."""
    far = p.compare("1.3", "FY2015Q1", "FY2012Q1").iloc[0]
    assert far["clear"] and far["sentence"].startswith("1,088 more than in October–December 2011 (145)")
    assert far["size"] > 5 and far["low"] < far["size"] < far["high"]
    assert "FY2013Q2" in p.compare("1.3", "FY2014Q3", "FY2013Q2").card.plain


def test_parts_are_compared_as_far_as_they_can_be(p):
    """Counts of callers are tested; of participants nobody tells how the events behind one part vary."""
    calls = p.compare("1.3", "FY2015Q1", "FY2014Q1", by="sex")
    assert calls["category"].tolist() == ["all", "female", "male", "not recorded"]
    assert calls["p"].notna().all() and calls["low"].notna().all()
    people = p.compare("1.2", "FY2015Q1", "FY2014Q1", by="sex")
    assert people["p"].notna().tolist() == [True, False, False, False]
    assert "not tested" in people["sentence"].iloc[1]


def test_nothing_is_compared_that_is_not_told(p):
    """Of people who were trafficked no quarter by sex; of years only what every number in the ranges bears."""
    quarter = p.compare("2.2", "FY2015Q1", "FY2014Q1", by="sex")
    assert set(quarter["before_told"].iloc[1:]) == {"not told"} and quarter["p"].iloc[1:].isna().all()
    assert not p.compare("2.2", "FY2014", "FY2013", by="sex")["clear"].any()


@pytest.mark.parametrize(
    "now, before, words",
    [
        ("FY2014Q1", "FY2013", "are not alike"),
        ("FY2014Q1", "FY2015Q1", "Name the later period first"),
        ("FY2014Q1", "FY2014Q1", "Name the later period first"),
        ("LOP", "LOP", "are not alike"),
    ],
)
def test_periods_that_cannot_be_compared_are_refused(p, now, before, words):
    """With what to do."""
    with pytest.raises(ct.Refused, match=words):
        p.compare("1.3", now, before)


def test_findings_are_the_report_s(p):
    """In their order, each with its sentence; one by itself is that one."""
    found = p.findings("FY2015Q1")
    assert len(found) == len(evaluated("FY2015Q1").findings) and found["rank"].tolist()[0] == 1
    assert found["sentence"].str.len().min() > 20 and found["not_shown"].str.endswith(".").all()
    assert p.findings("FY2015Q1", rank=2)["sentence"].tolist() == found["sentence"].tolist()[1:2]


def test_tracking_has_words_numbers_and_days(p):
    """Shares in per cent, beside targets in per cent."""
    frame = p.track("FY2015Q1")
    row = frame[(frame["indicator"] == "1.5") & (frame["horizon"] == "project to date")].iloc[0]
    assert row["target"] == 75 and row["actual"] == pytest.approx(78, abs=1) and row["told"] == "about 78%"
    assert str(frame["start"].dtype).startswith("datetime64")


def test_the_pathway_and_a_projection(p):
    """By fiscal year and to date; by year and project, with intervals, verdict and sentence."""
    steps = p.pathway()
    assert steps.loc[steps["step"] == "identified", "value"].tolist() == [36, 55, 74, 185]
    ahead = p.projection("1.1")
    assert ahead["over"].tolist() == ["fiscal year", "project"] and ahead["verdict"].tolist() == ["on track"] * 2
    assert (ahead["low"] < ahead["projected"]).all() and (ahead["projected"] < ahead["high"]).all()
    assert not len(p.projection("1.5")) and "do not add up" in p.projection("1.5").card.plain


def test_a_figure_has_its_data_and_its_text(p):
    """A panel for each category on one scale; what is not told is written, and has no bar."""
    figure = p.plot("2.2", every="year", by="sex")
    assert figure.data["category"].unique().tolist() == ["female", "male", "not recorded"]
    untold = figure.data[~figure.data["status"].isin(["exact", "rounded"])]
    assert len(untold) and untold["value"].isna().all()
    assert "fewer than 10" in figure.plain and figure.png().startswith(b"\x89PNG")


def test_a_sentence_is_the_report_s(p):
    """As the narrative has it, under the indicator's name."""
    said = p.sentence("consultations per", "FY2015Q1").plain
    assert said.startswith("1.9 Hotline consultations per 100,000 residents") and "October–December 2014" in said


@pytest.mark.parametrize(("before", "is_told"), [("FY2014Q1", True), ("FY2013Q1", False)])
def test_the_mark_of_a_comparison_names_all_that_it_follows_from(p, before, is_told):
    """Both totals, the evidence of both, and the quarters until then: of an earlier year no report of it tells that."""
    answer = p.compare("1.2", "FY2015Q1", before)
    said, cells, caveats, period = Asking(p._reading()).again(answer.question.mark)
    assert said == kept(answer) and not caveats and not period
    assert set(cells["disaggregation"]) == {"total", "evidence"} and cells["end"].max() == "2014-12-31"
    evidence, told = cells[cells["disaggregation"] == "evidence"], evaluated("FY2015Q1").evidence
    behind, beside = ({*zip(one["start"], one["value"], strict=True)} for one in (evidence, told))
    assert (behind <= beside) == is_told


def test_a_comparison_asked_for_in_the_past_knows_no_later_quarter(p):
    mark = p.compare("1.3", "FY2013Q2", "FY2012Q2").question.mark
    assert Asking(p._reading()).again(mark)[1]["end"].max() == "2013-03-31"
