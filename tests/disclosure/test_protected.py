"""Only the gate makes Protected values, and nothing that reports takes any others."""

import pytest

from ctanalysis import Evaluation, figures, narrative, tables
from ctanalysis.analysis.known import Known
from ctanalysis.analysis.values import values_by_breakdown
from ctanalysis.disclosure import Protected, protect
from tests.conftest import evaluated
from tests.disclosure.cells import PROJECT, table


def test_protected_does_not_contain_what_it_hides():
    """A hidden cell has no value, no numerator and no denominator anywhere in the object; a share that waits has the
    number of which it is, which is a total of rows.
    """
    frame = evaluated("FY2014").values
    hidden = frame[~frame["status"].isin(["exact", "rounded", "no data"])]
    assert len(hidden) > 100
    assert hidden[["value", "numerator"]].isna().all(axis=None)
    waits = hidden["status"].str.endswith(" %")
    assert waits.any() and hidden.loc[~waits, "denominator"].isna().all()
    of_people = frame[frame["indicator"].isin(["2.6", "2.7"])]
    assert of_people["numerator"].isna().all()


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


class Raw:
    """An evaluation whose values did not pass the gate."""

    def __init__(self):
        evaluation = evaluated("FY2014")
        self.project, self.period, self.released = evaluation.project, evaluation.period, evaluation.released
        self.protected_values = self.protected_tracking = table(60, [30, 30])
        self.protected_history = self.protected_years = self.protected_values
        self.lacks, self.failed, self.findings = {}, (), ()
        raw = (self.protected_values,) * 4
        self.known = Known(self.project, self.period, *raw, self.lacks)

    restated, printed = Evaluation.restated, Evaluation.printed

    def breakdown_horizons(self, sheet):
        return ("period",)

    by = staticmethod(lambda *asked: pytest.fail("by() gives only what passed the gate"))


@pytest.mark.parametrize(
    "teller",
    [
        narrative.headlines,
        narrative.progress,
        lambda e: narrative.area(e, "protection"),
        figures.headlines,
        figures.progress,
        figures.cumulative,
        figures.regions,
        figures.pathway,
        lambda e: figures.quarters(e, "protection"),
        tables.tracking,
        tables.published,
        tables.completeness,
        tables.states,
        tables.restated,
        tables.utility,
        lambda e: values_by_breakdown(e.protected_values, e.project, {}),
    ],
)
def test_whoever_tells_refuses_what_did_not_pass_the_gate(teller):
    """Raw values are a type error in every teller."""
    with pytest.raises(TypeError, match="Protected"):
        teller(Raw())
