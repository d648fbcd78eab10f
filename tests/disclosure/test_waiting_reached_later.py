"""A share of what may come later than its day (a follow-up held after it was due) is told of each year by itself, once.

Told to date it would be no split of growth: a row that was among the rest would stand among those counted a year later.
"""

import csv

import pytest

from ctanalysis import evaluate
from ctanalysis.disclosure.waiting.named import is_reached_later
from ctanalysis.project import load
from tests.conftest import copied
from tests.generators.wrong import SHIPPED

YEARS = {"FY2012": ("2011-10-01", "2012-09-30"), "FY2013": ("2012-10-01", "2013-09-30")}


def follow_ups():
    """The path and the rows of the shipped table, dates as texts."""
    (path,) = (SHIPPED / "records/follow_ups").glob("*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return path.name, list(csv.DictReader(file))


def told(year, project=SHIPPED, horizon="period"):
    """(share, of how many, status) of 2.7 in the report of a year."""
    rows = evaluate(year, project).by("2.7", horizon=horizon)
    (row,) = rows.itertuples()
    return row.value, row.denominator, row.status


def test_only_the_share_of_follow_ups_is_reached_later():
    project = load(SHIPPED)
    assert [sheet.code for sheet in project.sheets if is_reached_later(project, sheet)] == ["2.7"]


def test_a_year_is_told_of_those_that_fell_due_in_it_as_they_stood_on_its_last_day():
    """Counted from the file alone. The year's number is told, since ten and more are on either side."""
    start, end = YEARS["FY2013"]
    due = [row for row in follow_ups()[1] if start <= row["due_date"] <= end]
    held = [row for row in due if row["held"] and row["held"] <= end]
    assert len(held) >= 10 and len(due) - len(held) >= 10
    share, of, status = told("FY2013")
    assert (share, of, status) == (pytest.approx(int(100 * len(held) / len(due) + 0.5) / 100), len(due), "rounded")


@pytest.mark.long
def test_of_the_project_to_date_it_is_told_for_the_first_year_only():
    assert told("FY2013", horizon="project to date")[2] == "not told"
    assert told("FY2012", horizon="project to date") == pytest.approx(told("FY2012"), nan_ok=True)


@pytest.mark.long
def test_a_follow_up_that_is_held_after_the_years_end_changes_neither_year(tmp_path):
    """Due in FY2012 and held in FY2013, it is among the rest of FY2012 for good, and nowhere in FY2013."""
    folder = copied(tmp_path / "project")
    name, rows = follow_ups()
    start, end = YEARS["FY2012"]
    late = next(row for row in rows if start <= row["due_date"] <= end and not row["held"])
    late["held"] = "2013-01-15"
    with (folder / "records/follow_ups" / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    for year in YEARS:
        assert told(year, folder) == pytest.approx(told(year), nan_ok=True)
