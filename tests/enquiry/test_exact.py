"""Exact values: said to be so by who asks, marked wherever they show themselves, the working tables' own numbers."""

import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

import ctanalysis as ct
from ctanalysis.base.made_page import page_in_the_making
from ctanalysis.internal.exact import calculated
from ctanalysis.project import MARKING

ASKED = {"by": "sex", "period": "FY2015Q1", "i_may_see_the_records": True}


@pytest.fixture(scope="module")
def exact(p):
    return p.exact("2.1", **ASKED)


@pytest.mark.parametrize("said", [{}, {"i_may_see_the_records": False}, {"i_may_see_the_records": "yes"}])
def test_who_does_not_say_so_is_told_how_and_what_else_there_is(p, said):
    """Nothing is calculated for who only has a truthy word."""
    with pytest.raises(ct.Refused, match=r"add i_may_see_the_records=True.*in values\(\)"):
        p.exact("2.1", by="sex", **said)


def test_they_are_those_of_the_working_tables(p, exact):
    """Of people who were trafficked, of a quarter, small numbers too, where values() tells none."""
    tables = calculated(p.project, p.period("FY2015Q1")).values
    rows = tables[
        (tables["indicator"] == "2.1") & (tables["horizon"] == "period") & (tables["disaggregation"] == "sex")
    ]
    assert (
        exact["exact_value"].tolist() == rows["value"].tolist() and exact["sex"].tolist() == rows["category"].tolist()
    )
    assert exact["exact_value"].lt(10).any()
    assert set(p.values("2.1", by="exploitation", period="FY2015Q1")["told"]) == {"not told"}


def test_any_field_and_any_condition_can_be_asked(p):
    """Declared or not: parts add up to the whole of those whom the condition leaves."""
    say = {"period": "FY2014", "i_may_see_the_records": True}
    crossed = p.exact("2.2", by=("oblast", "sex"), **say)
    assert {"oblast", "sex"} <= {*crossed.columns}
    assert crossed["exact_value"].sum() == p.exact("2.2", **say)["exact_value"].item()
    only = p.exact("2.2", by="oblast", where={"sex": "female"}, **say)
    assert only["exact_value"].sum() == crossed.loc[crossed["sex"] == "female", "exact_value"].sum()
    assert "only sex: female" in repr(only).lower()
    assert len(p.exact("1.4", every="quarter", i_may_see_the_records=True)) == 13
    with pytest.raises(ct.Refused, match="cannot be asked by 'shoe size'"):
        p.exact("2.2", by="shoe size", **say)


def shown(what):
    return DisplayFormatter().format(what)[0]


@pytest.mark.parametrize(
    "made",
    [
        lambda exact: exact,
        lambda exact: exact.sort_values("exact_value").head(2),
        lambda exact: exact[["sex", "exact_value"]],
        lambda exact: exact["exact_value"],
        lambda exact: exact.iloc[0],
        lambda exact: exact.groupby("sex")["exact_value"].sum(),
        lambda exact: exact.set_index("sex")[["exact_value"]].T,
        lambda exact: exact.merge(pd.DataFrame({"sex": ["female"]})),
    ],
)
def test_every_representation_is_marked(exact, made):
    """The frame, and what is made of it; on the page in red, in a terminal in the first line."""
    found = shown(made(exact))
    assert found["text/plain"].startswith(MARKING)
    html = found["text/html"]
    assert html.startswith('<div class="ct-exact"') and html.index(MARKING) < html.index("<table")
    assert "background: #a50e0e; color: #ffffff" in html


def test_every_row_and_every_number_is_marked(p, exact):
    """So that a CSV file of them says so, too."""
    assert set(exact["marking"]) == {MARKING} and exact.columns[0] == "marking"
    share = p.exact("1.4", period="FY2014", i_may_see_the_records=True)
    numbers = share.select_dtypes("number").columns
    assert [*numbers] == ["exact_value", "exact_numerator", "exact_denominator"]
    assert share["exact_value"].item() == share["exact_numerator"].item() / share["exact_denominator"].item() * 100
    assert all(line.startswith(MARKING) for line in exact.to_csv(index=False).splitlines()[1:])


def test_labels_are_texts(exact):
    """A label with a sign of markup is shown as it is."""
    odd = exact.assign(sex="<b>x</b>")
    assert "<b>" not in shown(odd)["text/html"]


def test_no_page_of_a_report_asks_for_them(p):
    """Whoever may see the records: what is made for everybody has none."""
    with page_in_the_making("mine"), pytest.raises(ct.Refused, match="page mine of a report asks for exact values"):
        p.exact("2.1", **ASKED)
    assert len(p.exact("2.1", **ASKED))


def test_an_exact_value_has_no_mark_of_an_answer(exact):
    """By which a release would take it for one."""
    assert DisplayFormatter().format(exact)[1] == {}
