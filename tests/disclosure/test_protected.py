"""Only the gate makes Protected values, and nothing that reports takes any others."""

from functools import cache

import pytest

from ctanalysis import Evaluation, evaluate, figures, narrative, tables
from ctanalysis.disclosure import Protected, protect
from ctanalysis.narrative.values import values_by_breakdown
from tests.disclosure.cells import PROJECT, table


def test_protected_does_not_contain_what_it_hides():
    """A hidden cell has no value, no numerator and no denominator anywhere in the object."""
    frame = evaluate("FY2014").values
    hidden = frame[~frame["status"].isin(["exact", "rounded", "no data"])]
    assert len(hidden) > 100
    assert hidden[["value", "numerator", "denominator"]].isna().all(axis=None)


def test_only_the_gate_makes_protected():
    """A frame of true values cannot be passed off as Protected."""
    with pytest.raises(TypeError):
        Protected(table(3, [2, 1]))


def test_protected_cannot_be_changed():
    """What was told stays told: the frame that it gives is a copy."""
    values = protect(table(3, [2, 1]), PROJECT)
    copy = values.values
    copy.loc[:, "value"] = 7
    assert values.values["value"].tolist()[0] == 3
    with pytest.raises(AttributeError):
        values._values = table(3, [2, 1])


@cache
def told_of_2014():
    return evaluate("FY2014")


class Raw:
    """An evaluation whose values did not pass the gate."""

    def __init__(self):
        evaluation = told_of_2014()
        self.project, self.period, self.released = evaluation.project, evaluation.period, evaluation.released
        self.protected_values = self.protected_tracking = self.protected_history = table(60, [30, 30])

    restated = Evaluation.restated

    def breakdown_horizons(self, sheet):
        return ("period",)

    by = staticmethod(lambda *asked: pytest.fail("by() gives only what passed the gate"))


@pytest.mark.parametrize(
    "teller",
    [
        narrative.headlines,
        narrative.progress,
        narrative.areas,
        figures.headlines,
        figures.progress,
        lambda e: figures.quarters(e, "protection"),
        tables.tracking,
        tables.published,
        tables.completeness,
        tables.states,
        tables.restated,
        tables.utility,
        lambda e: values_by_breakdown(e.protected_values, e.project),
    ],
)
def test_whoever_tells_refuses_what_did_not_pass_the_gate(teller):
    """Raw values are a type error in every teller."""
    with pytest.raises(TypeError, match="Protected"):
        teller(Raw())


@pytest.mark.parametrize(
    "period", ["FY2015Q1", *(pytest.param(label, marks=pytest.mark.long) for label in ("FY2012", "FY2013", "FY2014"))]
)
def test_in_one_report_no_span_of_years_is_shown_to_be_small(period):
    """For every category about people in a shipped report: years and project to date, subtracted from each other, show nothing of 1 to 9."""
    found = evaluate(period)
    frame = found.values
    about = [s.code for s in found.project.sheets if found.project.disclosure_rule(s).person and not s.is_ratio]
    frame = frame[frame["indicator"].isin(about) & (frame["disaggregation"] != "total")]
    for (code, way, category), rows in frame.groupby(["indicator", "disaggregation", "category"]):
        known = {
            (row.start, row.end): bounds(row)
            for row in rows.itertuples()
            if row.status == "rounded" or row.status.startswith("fewer")
        }
        for (start, end), (low, high) in known.items():
            for (other_start, other_end), (other_low, other_high) in known.items():
                if start == other_start and end > other_end:  # what lies between two ends
                    assert not (low - other_high >= 1 and high - other_low <= 9), (code, way, category)
                if end == other_end and start < other_start:  # what lies before the year
                    assert not (low - other_high >= 1 and high - other_low <= 9), (code, way, category)


def bounds(row):
    """What a reader knows of a printed cell."""
    if row.status == "rounded":
        return max(row.value - 2, 10), row.value + 2
    return (0, float("inf")) if row.status.endswith("people") else (0, 9)
