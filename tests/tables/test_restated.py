"""What was released otherwise, as a table: every cell of its rows, what a reader finds there word for word."""

from dataclasses import replace
from datetime import date

import pandas as pd

from ctanalysis import tables
from ctanalysis.disclosure.ledger import CELL, PRINTED, Ledger
from ctanalysis.project.judgements import Restatement

NAN = float("nan")
REASON = Restatement(period="FY2014", revision=1, reason="Entered late.", role="officer", date=date(2015, 2, 10))

CONSISTENT = "the records are consistent with it"


def released(evaluation, *cells):
    """The evaluation beside an earlier release of these cells: (indicator, start, end, by, category, value, status)."""
    rows = [(*cell[:6], NAN, NAN, cell[6], "FY2013", 0) for cell in cells]
    frame = pd.DataFrame(rows, columns=[*CELL, *PRINTED, "release", "revision"])
    return replace(evaluation, released=Ledger((("FY2013", 0, "2013-11-20"),), frame, "head"))


def test_a_restated_total_has_its_days_what_was_released_and_what_it_is_now(evaluation):
    """149 people by December 2014, and 148 were released: the indicator, its days, both numbers, the release."""
    found = released(evaluation, ("2.2", "2011-10-01", "2014-12-31", "total", "all", 148.0, "exact"))
    [table] = tables.restated(found).tables
    name = found.project.sheet("2.2").name
    assert table.header == ("Indicator", "Days", "Of", "Released as", "Now", "Last released with")
    assert table.rows == (
        (f"2.2 {name}\N{NO-BREAK SPACE}[u]", "October 2011–December 2014", "Total", "148", "149", "FY2013"),
    )


def test_a_restated_category_is_named(evaluation):
    """Of a breakdown the category stands in place of the word total, and what was rounded says about."""
    value = evaluation.by("2.2", "sex", "last fiscal year").set_index("category")["value"]["female"]
    found = released(evaluation, ("2.2", "2013-10-01", "2014-09-30", "sex", "female", value - 5, "rounded"))
    [row] = tables.restated(found).tables[0].rows
    assert row[1:] == (
        "October 2013–September 2014",
        "female",
        f"about {value - 5:.0f}",
        f"about {value:.0f}",
        "FY2013",
    )


def test_a_restated_quarter_is_listed(evaluation):
    """The report draws every quarter: 17 people were identified in the last one of FY2013, and 16 were released."""
    found = released(evaluation, ("2.1", "2013-07-01", "2013-09-30", "total", "all", 16.0, "exact"))
    [row] = tables.restated(found).tables[0].rows
    assert row[1:] == ("July–September 2013", "Total", "16", "17", "FY2013")


def test_what_a_revision_has_put_right_is_still_listed_in_later_reports(evaluation):
    """148 were released, then 149 in a revision: who reads 149 later learns that the first release said otherwise."""
    total = ("2.2", "2011-10-01", "2014-12-31", "total", "all")
    found = released(evaluation, (*total, 148.0, "exact"), (*total, 149.0, "exact"))
    cells = found.released.cells.assign(release=["FY2013", "FY2014"], revision=[0, 1])
    found = replace(found, released=Ledger((("FY2013", 0, "2013-11-20"), ("FY2014", 1, "2015-02-10")), cells, "head"))
    [row] = tables.restated(found).tables[0].rows
    assert row[3:] == ("148", "149", "FY2013")


def test_a_value_that_is_as_it_was_is_not_listed(evaluation):
    """149 were released and are told: that nothing has changed is said otherwise than that nothing was released."""
    found = released(evaluation, ("2.2", "2011-10-01", "2014-12-31", "total", "all", 149.0, "exact"))
    assert tables.restated(found).tables == ()
    assert tables.restated(found)._repr_mimebundle_()["text/plain"] == "No value that was released has changed since."
    assert tables.restated(evaluation)._repr_mimebundle_()["text/plain"] == "Nothing has been released before."


def test_the_reasons_on_the_record_stand_below(evaluation):
    """Period and revision, the reason word for word, who gave it and when."""
    found = released(evaluation, ("2.2", "2011-10-01", "2014-12-31", "total", "all", 148.0, "exact"))
    found = replace(found, project=replace(found.project, restatements=(REASON,)))
    assert tables.restated(found).tables[0].notes == ("FY2014, revision 1: Entered late. (officer, 10 February 2015)",)


def test_what_is_shown_no_longer_is_explained(evaluation):
    """A number that was released and is hidden now may be as it was; nothing of the kind is said where none is."""
    untold = evaluation.by("1.2", ("sex", "age_group"))
    row = untold[untold["value"].isna()].iloc[0]
    cell = (row["indicator"], row["start"], row["end"], row["disaggregation"], row["category"], 5.0, "rounded")
    assert tables.restated(released(evaluation, cell)).tables[0].notes[0].startswith("Where it says withheld or fewer")


def test_a_published_figure_s_row_is_whole(evaluation):
    """What was published with its hedge and day, what the records give, and the source."""
    rows = tables.published(evaluation).tables[0].rows
    source = 'USAID fact sheet "Counter-Trafficking Project", last updated 9 February 2015'
    assert rows[0] == ("1.1 Awareness-raising events held", "31 December 2014", "nearly 935", "935", CONSISTENT, source)
