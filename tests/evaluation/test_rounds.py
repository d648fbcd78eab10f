"""A report of survey rounds: the baseline is calculated, goes through the gate by itself, and the change is told."""

import math

import pytest

from ctanalysis import disclosure, evaluate, indicators, narrative, records
from ctanalysis.project import load
from ctanalysis.tables.results import tracking
from tests.indicators.test_rounds import KNEW, MEASURES, ROUNDS, ROWS, share, surveyed, written

HORIZONS = ["period", "fiscal year to date", "project to date"]
UNKNOWN_IS_NO = f'measure = "share"\nunknown = "no"\n{ROUNDS}\n{KNEW.format(rows=ROWS)}'  # so nobody is left out


def tracked(evaluation, *names):
    return evaluation.tracking.set_index("horizon").loc[HORIZONS, [*names]].to_numpy().tolist()


def test_the_change_is_told_in_points_against_the_baseline_round(tmp_path):
    """30 % knew at the baseline, 75 % at the end: 45 percentage points more, in every horizon with the endline."""
    text = surveyed(baseline=("2013-11-05", 3, 10), endline=("2014-11-05", 6, 8))
    found = evaluate("FY2015Q1", written(tmp_path / "p", text, share()))
    assert tracked(found, "baseline", "actual", "against_baseline", "change_on_baseline") == [
        [0.3, 0.75, "above", 45]
    ] * 3  # fmt: skip
    assert "Things counted\tup\trecalculated\t30.0%\t75.0%" in tracking(found).plain


def test_in_the_year_of_the_baseline_there_is_no_change(tmp_path):
    text = surveyed(baseline=("2013-11-05", 3, 10), endline=("2014-11-05", 6, 8))
    found = evaluate("FY2014", written(tmp_path / "p", text, share()))
    assert found.tracking["status"].tolist() == ["no data"] * 3 and found.tracking["baseline"].tolist() == [0.3] * 3
    assert found.tracking["change_on_baseline"].isna().all()


def test_before_the_baseline_round_there_is_no_baseline(tmp_path):
    text = surveyed(baseline=("2013-11-05", 3, 10), endline=("2014-11-05", 6, 8))
    found = evaluate("FY2013", written(tmp_path / "p", text, share()))
    assert found.tracking["baseline"].isna().all() and "\tno data\tno data" in tracking(found).plain


def test_a_number_of_rows_is_held_against_it_to_date_only(tmp_path):
    """A quarter may have part of a round, and the baseline is a whole one: 8 to date are 2 less than 10."""
    text = surveyed(baseline=("2013-11-05", 3, 10), endline=("2014-11-05", 6, 8))
    found = evaluate("FY2015Q1", written(tmp_path / "p", text, MEASURES["count"]))
    before, year, to_date = tracked(found, "against_baseline", "change_on_baseline")
    assert to_date == ["below", -2] and before[0] == year[0] == "" and math.isnan(before[1])


def test_what_is_to_decrease_is_told_from_the_calculated_baseline(tmp_path):
    """From 80 % to 50 %, on the way to 20 %: half of the way."""
    text = surveyed(baseline=("2013-11-05", 8, 10), endline=("2014-11-05", 5, 10))
    folder = written(tmp_path / "p", text, share(), targets="x,FY2015,0.2,.,\n")
    sheet = folder / "indicators" / "x.toml"
    sheet.write_text(sheet.read_text("utf-8").replace('"increase"', '"decrease"'), encoding="utf-8")
    found = evaluate("FY2015Q1", folder)
    assert tracked(found, "percent_of_way")[1] == [pytest.approx(50)]


def test_a_baseline_before_the_project_is_one(tmp_path):
    """Asked in September 2011, before the project began in October."""
    text = surveyed(baseline=("2011-09-05", 3, 10), endline=("2014-11-05", 6, 8))
    found = evaluate("FY2015Q1", written(tmp_path / "p", text, share()))
    assert tracked(found, "change_on_baseline") == [[45]] * 3


# --- Of people ---------------------------------------------------------------------------------------------


def test_of_callers_value_and_baseline_are_told_as_every_share_is(tmp_path):
    """41 of 101 and 82 of 103: all are rounded, parts of the table that they are, and the change is of what is told."""
    text = surveyed(baseline=("2013-11-05", 41, 101), endline=("2014-11-05", 82, 103))
    found = evaluate("FY2015Q1", written(tmp_path / "p", text, UNKNOWN_IS_NO, disclosure="callers"))
    [row] = found.protected_baselines.values.itertuples()
    assert (row.numerator, row.denominator, row.status) == (40, 100, "rounded") and math.isnan(row.rows)
    [period, *_] = tracked(found, "baseline", "actual", "against_baseline", "change_on_baseline")
    assert period == [40 / 100, 80 / 105, "above", 76 - 40]
    assert "\tabout 40%\tabout 76%" in tracking(found).plain


@pytest.mark.parametrize("knew", [2, 99])
def test_of_few_callers_the_baseline_is_withheld_and_with_it_the_change(tmp_path, knew):
    """Of 101 asked at the baseline 2 knew, or all but 2: no share is told, nor a difference that would tell it."""
    text = surveyed(baseline=("2013-11-05", knew, 101), endline=("2014-11-05", 82, 103))
    found = evaluate("FY2015Q1", written(tmp_path / "p", text, UNKNOWN_IS_NO, disclosure="callers"))
    [row] = found.protected_baselines.values.itertuples()
    assert row.status == "withheld" and all(map(math.isnan, (row.value, row.low, row.high, row.numerator)))
    for line in tracked(found, "baseline", "against_baseline", "change_on_baseline", "percent_of_way"):
        assert [line[1], *map(math.isnan, (line[0], *line[2:]))] == ["", True, True, True]
    assert "\t[w]\tabout 76%" in tracking(found).plain


def test_of_people_the_number_of_a_round_is_rounded_and_beside_their_whole_not_told(tmp_path):
    """42 at the baseline and 41 at the end are about 40 each: a round is a part of those asked, as a category is.

    Another sheet of the same table, be it broken down by the round or not, has the exact 83 of all of them, or the
    exact number of a quarter, so that what is left would be known: those of other rounds, or of none.
    """
    text = surveyed(baseline=("2013-11-05", 3, 42), endline=("2014-11-05", 6, 41))
    folder = written(tmp_path / "p", text, MEASURES["count"], disclosure="callers")
    alone = evaluate("FY2015Q1", folder)
    for told in (alone.by("x"), alone.protected_baselines.values):
        assert (told["value"].tolist(), told["status"].tolist()) == ([40], ["rounded"])
    sheet = (folder / "indicators" / "x.toml").read_text("utf-8").replace('code = "x"', 'code = "y"')
    for more in ("", 'disaggregate = ["round"]'):
        (folder / "indicators" / "y.toml").write_text(sheet.replace(ROUNDS, more), encoding="utf-8")
        beside = evaluate("FY2015Q1", folder)
        assert beside.by("x")["status"].tolist() == ["not told"]
        assert beside.protected_baselines.values["status"].tolist() == ["not told"]


def test_of_three_callers_in_the_baseline_round_there_is_no_number(tmp_path):
    text = surveyed(baseline=("2013-11-05", 1, 3), endline=("2014-11-05", 6, 41))
    found = evaluate("FY2015Q1", written(tmp_path / "p", text, MEASURES["count"], disclosure="callers"))
    assert found.protected_baselines.values["status"].tolist() == ["fewer than 5"]


def test_of_callers_a_round_is_not_told_by_months(tmp_path):
    """A quarter has its latest round alone, and its months one each: beside each other they would tell the rest."""
    text = surveyed(baseline=("2013-11-05", 3, 42), endline=("2014-11-05", 6, 41))
    for kind, status in {"open": "exact", "callers": "not told"}.items():
        folder = written(tmp_path / kind, text, MEASURES["count"], disclosure=kind)
        assert evaluate("2014-11", folder).by("x")["status"].tolist() == [status]


def test_people_behind_a_value_are_those_of_its_round(tmp_path):
    """The gate asks how many callers stand behind a mean: 3 at the end, whoever was asked before."""
    rows = [f"2014-05-05 midline P{number} 4" for number in range(9)]
    rows += [f"2014-11-05 endline P{number % 3} 5" for number in range(12)]
    text = "\n".join(["day round person amount", *rows])
    folder = written(tmp_path / "p", text, MEASURES["mean"], disclosure="callers")
    policy = (folder / "policy.toml").read_text("utf-8").replace("[callers]\n", '[callers]\nperson = "person"\n')
    (folder / "policy.toml").write_text(policy, encoding="utf-8")
    project = load(folder)
    windows = [indicators.Window("year", project.facts.start.replace(year=2013), project.facts.records_through)]
    exact = indicators.with_people(project, records.read(project), windows)
    assert exact["people"].tolist() == [3] and exact["denominator"].tolist() == [12]
    assert disclosure.protect(exact, project).values["status"].tolist() != ["exact"]


def test_the_narrative_tells_the_round_and_not_all_rows(tmp_path):
    text = surveyed(baseline=("2013-11-05", 3, 10), midline=("2014-08-05", 4, 10), endline=("2014-11-05", 6, 8))
    found = evaluate("FY2015Q1", written(tmp_path / "p", text, share(), targets="x,FY2015,0.8,.,\n"))
    told = narrative.area(found, "work").plain
    assert "75.0% things were counted in October–December 2014 (6 of 8)." in told  # and not 13 of 28
    assert "The difference from July–September 2014 (40.0%) may be chance" in told
    assert "The latest round since 1 October 2011 has 75.0% (6 of 8)." in told
    words = narrative.progress(found).plain
    assert "75.0% (below the target of 80%); 45 percentage points more than the baseline of 30%." in words
