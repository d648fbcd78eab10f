"""What is public already, and what was restated: published figures and the ledger of releases, worked by hand."""

from dataclasses import replace
from datetime import date

import pandas as pd

from ctanalysis.disclosure.ledger import CELL, COLUMNS, PRINTED, Ledger, printed, restated
from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load
from ctanalysis.project.csv_files import PublishedFigure
from tests.generators import linked_projects as linked

NAN, NOTHING_RELEASED = float("nan"), Ledger((), pd.DataFrame(columns=COLUMNS), "")
QUARTER_1, QUARTER_2 = ("2013-10-01", "2013-12-31"), ("2014-01-01", "2014-03-31")
RELEASES = ("FY2014Q1", "FY2014Q2", "FY2014Q3")


def test_exact_figures_are_public_and_hedged_ones_are_not():
    """Of the shipped project 13,394 consultations and 149 people are exact; nearly 935 and over 117,535 are not."""
    [figures] = printed(load(SHIPPED), NOTHING_RELEASED)
    assert [(row.indicator, row.value, row.status) for row in figures.itertuples()] == [
        ("1.3", 13_394, "exact"),
        ("2.2", 149, "exact"),
    ]
    assert set(zip(figures["start"], figures["end"], strict=True)) == {("2011-10-01", "2014-12-31")}
    assert set(zip(figures["disaggregation"], figures["category"], strict=True)) == {("total", "all")}


def test_a_published_share_tells_no_number_of_people():
    """70 per cent was published, without its numerator and denominator: nothing is taken as printed."""
    figure = PublishedFigure(indicator="share", as_of=date(2012, 9, 30), value=0.7, source="a fact sheet")
    project = replace(linked.with_sheets("share"), published=(figure,))
    assert len(printed(project, NOTHING_RELEASED)[0]) == 0


def test_releases_follow_the_published_figures_in_their_order():
    """What was published before the first release comes first, then each release."""
    ledger = released([(QUARTER_1, 10)], [(QUARTER_1, 12), (QUARTER_2, 5)])
    values = [frame["value"].tolist() for frame in printed(linked.with_sheets("once"), ledger)]
    assert values == [[], [10], [12, 5]]


def cells(*totals):
    """Printed totals: (days, number)."""
    rows = [("once", *days, "total", "all", float(number), NAN, NAN, "exact") for days, number in totals]
    return pd.DataFrame(rows, columns=[*CELL, *PRINTED])


def released(*contents, revisions=(0, 0, 0)):
    """The ledger of releases one after the other, each with its totals: FY2014Q1, FY2014Q2 ..."""
    names = list(zip(RELEASES, revisions, strict=True))[: len(contents)]
    frames = [
        cells(*totals).assign(release=name, revision=revision)
        for (name, revision), totals in zip(names, contents, strict=True)
    ]
    days = tuple((*name, f"2014-0{number}-20") for number, name in enumerate(names, 1))
    return Ledger(days, pd.concat(frames, ignore_index=True), "")


def changes(ledger, told, period):
    """(first day, was, is now, the release that printed it last)."""
    found = restated(ledger, told, period)
    return [(row.start, row.was, row.value, row.release) for row in found.itertuples()]


CORRECTED = [(QUARTER_1, 12), (QUARTER_2, 5)]  # the first quarter was released as 10


def test_a_later_report_lists_what_it_says_otherwise():
    """10 in the first release, 12 in the report of the next quarter: 10 became 12. A new total is no change."""
    ledger = released([(QUARTER_1, 10)])
    assert changes(ledger, cells(*CORRECTED), "FY2014Q2") == [("2013-10-01", 10, 12, "FY2014Q1")]


def test_a_report_lists_what_was_ever_released_otherwise():
    """FY2014Q2 was released with 12 in place of 10, FY2014Q3 again with 12: the change stands in both."""
    ledger = released([(QUARTER_1, 10)], CORRECTED, CORRECTED)
    assert changes(ledger, cells(*CORRECTED), "FY2014Q2") == [("2013-10-01", 10, 12, "FY2014Q1")]
    assert changes(ledger, cells(*CORRECTED), "FY2014Q3") == [("2013-10-01", 10, 12, "FY2014Q1")]


def test_an_untouched_old_report_lists_nothing_that_was_restated_after_it():
    """FY2014Q1 said 10 and says so still, whatever FY2014Q2 has made of it since."""
    ledger = released([(QUARTER_1, 10)], CORRECTED)
    assert changes(ledger, cells((QUARTER_1, 10)), "FY2014Q1") == []


def test_an_old_report_that_was_corrected_is_compared_with_the_last_print():
    """FY2014Q1 said 10, FY2014Q2 said 12, and the records say 13 now: 12 became 13."""
    ledger = released([(QUARTER_1, 10)], CORRECTED)
    assert changes(ledger, cells((QUARTER_1, 13)), "FY2014Q1") == [("2013-10-01", 12, 13, "FY2014Q2")]
