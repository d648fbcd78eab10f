"""The project's only outcome, aware before and aware after, is told of women and of men, for every year and to date.

Who is not recorded is set aside before the others are split: that 4 of 22 of them answered no hides no woman's answer.
"""

import csv
from datetime import date

import pytest

from ctanalysis import evaluate
from tests.conftest import copied, evaluated
from tests.generators.wrong import SHIPPED

YEARS = ("FY2012", "FY2013", "FY2014")
SEXES = {"female": "Feminine", "male": "Masculine"}


def rows_of(table):
    (path,) = (SHIPPED / "records" / table).glob("*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counted(sex, start, end, field):
    """(yes, of how many) of the questionnaires after events of these days, from the file alone."""
    raising = {row["event_id"]: row["date"] for row in rows_of("events") if row["kind"] == "AwarenessRaising"}
    rows = [row for row in rows_of("questionnaires") if row["sex"] == SEXES[sex] and row["event_id"] in raising]
    rows = [row for row in rows if start <= date.fromisoformat(raising[row["event_id"]]) <= end]
    return sum(row[field] == "true" for row in rows), len(rows)


@pytest.mark.parametrize("horizon", ["period", "project to date"])
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(("code", "field"), [("1.4", "aware_before"), ("1.5", "aware_after")])
def test_told_of_women_and_of_men(year, horizon, code, field):
    rows = evaluated(year).by(code, "sex", horizon)
    assert rows["category"].tolist() == [*SEXES]
    for row in rows.itertuples():
        yes, of = counted(row.category, date.fromisoformat(row.start), date.fromisoformat(row.end), field)
        assert row.status == "rounded" and row.value == pytest.approx(row.numerator / row.denominator)
        assert (row.numerator, row.denominator) == tuple(5 * ((2 * number + 5) // 10) for number in (yes, of))
        assert abs(row.value - yes / of) <= 0.05


def test_what_those_not_recorded_answered_changes_nothing_for_the_others(tmp_path):
    """Whatever they answered: no value of women or men differs. (The total does.)"""
    folder = copied(tmp_path / "project")
    (path,) = (folder / "records/questionnaires").glob("*.csv")
    rows = rows_of("questionnaires")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(row if row["sex"] in SEXES.values() else row | {"aware_before": "true"})
    one, other = (each.by("1.4", "sex") for each in (evaluated("FY2014"), evaluate("FY2014", folder)))
    assert one.drop(columns="caveat").equals(other.drop(columns="caveat"))
