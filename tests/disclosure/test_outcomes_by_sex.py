"""The project's only outcome, aware before and aware after, is told of women and of men, for every year and to date.

Who is not recorded is set aside before the others are split: that 4 of 22 of them answered no hides no woman's answer.
"""

import csv
import json
from datetime import date

import pandas as pd
import pytest

from ctanalysis import evaluate
from ctanalysis.disclosure import protect
from ctanalysis.indicators.values import COLUMNS
from ctanalysis.project import load
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


@pytest.mark.few(4)
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


@pytest.mark.parametrize("horizon", ["period", "project to date"])
@pytest.mark.parametrize("year", YEARS)
def test_their_gain_is_told_of_women_and_of_men(year, horizon):
    """In points, after less before: the difference of the two numbers to the nearest five, and near the true one."""
    rows = evaluated(year).by("1.7", "sex", horizon)
    assert rows["category"].tolist() == [*SEXES]
    for row in rows.itertuples():
        days = date.fromisoformat(row.start), date.fromisoformat(row.end)
        (before, of), (after, _) = (counted(row.category, *days, field) for field in ("aware_before", "aware_after"))
        near = [5 * ((2 * number + 5) // 10) for number in (before, after, of)]
        assert row.status == "rounded" and row.denominator == near[2]
        assert row.value == pytest.approx(100 * (near[1] - near[0]) / near[2])
        assert abs(row.value - 100 * (after - before) / of) <= 10


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


def test_a_rest_that_is_small_is_not_told_as_rounded():
    """Of 88 women 87 were aware, of 98 men 92. To the nearest five that is 85 of 90 and 90 of 100, of 186 in all: women
    are 88 then, men 98, and one or two women were not aware. So neither is told.
    """
    parts = {"all": (179, 186), "female": (87, 88), "male": (92, 98), "not recorded": (0, 0)}
    days = ("1.5", "period", "2014-07-01", "2014-09-30")
    rows = [
        (*days, "total" if label == "all" else "sex", label, yes / of if of else None, float(yes), float(of), "exact")
        for label, (yes, of) in parts.items()
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS[:-2])
    told = protect(frame.assign(people=frame["denominator"]), load(SHIPPED)).values
    assert told["status"].tolist()[1:] == ["withheld", "withheld"]


def test_a_share_of_rows_is_told_where_each_person_has_one(tmp_path):
    """Ten plans may be of one person: without the constraint that a person has one plan, no share of plans is told."""
    folder = copied(tmp_path / "project")
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    (plans,) = (table for table in package["resources"] if table["name"] == "plans")
    (person,) = (field for field in plans["schema"]["fields"] if field["name"] == "person_id")
    assert person["constraints"].pop("unique")
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    assert evaluated("FY2014").by("2.6")["status"].tolist() == ["rounded"]
    assert evaluate("FY2014", folder).by("2.6")["status"].tolist() == ["not told"]
