"""How a value stands against its baseline and its target: worked examples, and an oracle from the definition."""

import math
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctanalysis import Refused, evaluate, figures, narrative, tables
from ctanalysis.analysis import attainment
from ctanalysis.analysis.attainment import Actual
from ctanalysis.project.csv_files import Aim, Target
from tests.generators import small
from tests.oracles import attainment as oracle

LIFE = ("Direction", "Longer periods", "Baseline", "Project to date", "Target, life of project")
MEAN = 'measure = "mean"\ntable = "rows"\ncolumn = "amount"\ndate = "day"'
SUM = MEAN.replace("mean", "sum")
SHARE = (
    'measure = "share"\nnumerator = { where = { done = true } }\n'
    '[calculation.denominator]\nmeasure = "count"\ntable = "rows"\ndate = "day"'
)


def project(folder, direction, target, amount, baseline=None, calculation=MEAN, periods=("FY2014",)):
    """A project of one number: of December 2013, which is in FY2014Q1."""
    targets = "".join(f"x,{period},{target},.,\n" for period in periods)
    made = small.write(folder / "p", f"day amount\n2013-12-01 {amount}", calculation, targets=targets)
    sheet = made / "indicators" / "x.toml"
    text = sheet.read_text(encoding="utf-8").replace('"increase"', f'"{direction}"')
    before = "" if baseline is None else f"value = {baseline}"
    sheet.write_text(text.replace("value = 0", before), encoding="utf-8")
    return made


def said(folder, *arguments, period="FY2014Q1", **more):
    """The sentence of the indicator, and its cells in the two tables by header: per cents are those of the year."""
    evaluation = evaluate(period, project(folder, *arguments, **more))
    year, life = (dict(zip(table.header, table.rows[0], strict=True)) for table in tables.tracking(evaluation).tables)
    return narrative.progress(evaluation).plain.splitlines()[1], year | {name: life[name] for name in LIFE}


def test_a_hundred_that_should_fall_to_sixty_and_is_eighty_is_halfway(tmp_path):
    """Baseline 100, target 60, now 80: 20 of the 40 are gone, 50 % of the way. Never 133 % of the target."""
    words, row = said(tmp_path, "decrease", "60", 80, 100)
    assert "2014: 80.0 (50% of the way from the baseline of 100.0 to the target of 60.0)." in words
    assert (row["FY2014Q1"], row["Target FY2014"]) == ("80.0", "60.0") and "FY2014 to date" not in row
    assert row["% of target"] == "50% of the way"
    assert [row[name] for name in LIFE] == ["down", "recalculated", "100.0", "80.0", "no target"]
    assert "133" not in words and words.endswith("A fall is aimed at.")


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "direction, target, amount, baseline, words, cell",
    [
        pytest.param("decrease", "60", 80, None, "(above the target of 60.0)", "above it", id="no baseline"),
        pytest.param("decrease", "60", 55, None, "(below the target of 60.0)", "below it", id="gone below"),
        pytest.param("decrease", "60", 60, None, "(at the target of 60.0)", "at it", id="there exactly"),
        pytest.param(
            "decrease", "60", 110, 100,
            "(above the target of 60.0); 10 more than the baseline of 100.0", "above it", id="away from it",
        ),
        pytest.param(
            "decrease", "at most 60", 70, 100,
            "(75% of the way from the baseline of 100.0 to the target of at most 60.0)", "75% of the way", id="maximum",
        ),
        pytest.param("decrease", "60", 50, 40, "(below the target of 60.0); 10 more", "below it", id="never above"),
        pytest.param("increase", "40 to 60", 80, None, "(above the target of 40.0 to 60.0)", "above it", id="range"),
        pytest.param("increase", "40 to 60", 60, None, "(within the target of 40.0 to 60.0)", "within it", id="edge"),
        pytest.param("none", "at most 60", 10, None, "(within the target of at most 60.0)", "within it", id="under"),
        pytest.param("increase", "at least 40", 30, None, "(below the target of at least 40.0)", "75%", id="minimum"),
    ],
)  # fmt: skip
def test_each_form_of_target(tmp_path, direction, target, amount, baseline, words, cell):
    """A mean of one number, against each form that a target's cell can have."""
    sentence, row = said(tmp_path, direction, target, amount, baseline)
    assert words in sentence and row["% of target"] == cell


def test_what_grows_is_not_praised_before_its_time(tmp_path):
    """50 cases in the first quarter, 60 at most in the year: so far below, which nobody knows of the whole year.

    Nor is a quarter held against the baseline of a year. When the year is over, 80 after 100 are halfway.
    """
    words, row = said(tmp_path, "decrease", "60", 50, 100, calculation=SUM)
    assert "2014: 50 (so far below the target of 60)" in words and row["% of target"] == "so far below it"
    assert "baseline" not in words
    words, row = said(tmp_path / "over", "decrease", "60", 80, 100, calculation=SUM, period="FY2014")
    assert "2014: 80 (50% of the way from the baseline of 100" in words and row["% of target"] == "50% of the way"


def test_a_quarter_with_a_target_of_its_own(tmp_path):
    """Where one is given, the quarter's target is told before the year's, and stands in the table beside it."""
    words, row = said(tmp_path, "increase", "40", 30, 0, calculation=SUM, periods=("FY2014Q1", "FY2014"))
    assert ". October–December 2013: 30 of a target of 40 (75%). Fiscal year 2014: 30 of a target of 40" in words
    assert [*row.values()][2:6] == ["30", "40", "75%", "40"] and row["Target FY2014Q1"] == "40"


def test_no_direction_is_told_and_drawn(tmp_path):
    """Spending of 30 of 40: three quarters, in the sentence and as a bar, and that no direction is meant."""
    made = project(tmp_path, "none", "40", 30, 0, SUM, ("LOP",))
    evaluation = evaluate("FY2014Q1", made)
    assert "30 of a target of 40 (75%). Neither a rise nor a fall is aimed at." in narrative.progress(evaluation).plain
    assert figures.progress(evaluation).data["percent_of_target"].tolist() == [75]


def test_what_is_to_fall_is_drawn_from_its_baseline_or_named(tmp_path):
    """Halfway is a bar of 50; without a baseline there is no way, and the code stands below the figure."""
    halfway, without = (
        figures.progress(evaluate("FY2014Q1", project(tmp_path / name, "decrease", "60", 80, before, MEAN, ("LOP",))))
        for name, before in (("a", 100), ("b", None))
    )
    assert halfway.data["percent_of_way"].tolist() == [50] and "50% of the way from the baseline" in halfway.plain
    assert without.data.empty and without.notes[0].endswith(": x.") and without.notes[0] in without.html


def test_change_on_the_baseline_in_points(tmp_path):
    """45 per cent before, 3 of 4 now: 30 percentage points more, of whatever days."""
    made = small.write(
        tmp_path / "p", "day done\n2013-12-01 true\n2013-12-02 true\n2013-12-03 true\n2013-12-04 false", SHARE,
        targets="x,FY2014,0.8,.,\n",
    )  # fmt: skip
    sheet = made / "indicators" / "x.toml"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("value = 0", "value = 0.45"), encoding="utf-8")
    evaluation = evaluate("FY2014Q1", made)
    assert evaluation.tracking["change_on_baseline"].tolist() == [30, 30, 30]
    words = narrative.progress(evaluation).plain
    assert "75.0% (below the target of 80%); 30 percentage points more than the baseline of 45%" in words


def test_a_class_claims_only_what_holds_of_all_its_numbers():
    """18 to 27 people: below 28, above 17, within 10 to 30; of a target of 20 nothing can be said."""
    people = Actual(math.nan, 18, 27)
    places = [attainment.against_target(people, aim) for aim in (Aim(level=28), Aim(level=17), Aim(low=10, high=30))]
    assert places == ["below", "above", "within"]
    assert not attainment.against_target(people, Aim(level=20)) and not attainment.against_target(people, Aim(low=20))
    assert attainment.against_baseline(people, 27) == "" and attainment.against_baseline(people, 28) == "below"


def test_a_rounded_number_that_may_be_above_the_baseline_has_gone_no_way():
    """About 100, which is 95 to 104, after 100: nobody knows whether it fell."""
    falls = SimpleNamespace(direction="decrease")
    assert math.isnan(attainment.percent_of_way(falls, Actual(100, 95, 104), Aim(level=60), 100))
    assert attainment.percent_of_way(falls, Actual(80, 75, 84), Aim(level=60), 100) == 50


wholes = st.integers(0, 12)
aims = st.one_of(
    st.builds(lambda level: {"level": level}, wholes),
    st.builds(lambda low: {"low": low}, wholes),
    st.builds(lambda high: {"high": high}, wholes),
    st.builds(lambda low, more: {"low": low, "high": low + more}, wholes, st.integers(1, 5)),
)


@given(
    st.sampled_from(["increase", "decrease", "none"]), aims, wholes, wholes, st.booleans(), st.none() | wholes,
)  # fmt: skip
def test_against_the_oracle(direction, target, low, more, is_class, baseline):
    """Every form of target, every direction, exact numbers and classes, with a baseline and without."""
    high, value = (low + more, None) if is_class else (low, low)
    actual = Actual(math.nan if value is None else value, low, high)
    sheet, aim, before = SimpleNamespace(direction=direction), Aim(**target), math.nan if baseline is None else baseline
    assert attainment.against_target(actual, aim) == oracle.place(low, high, target)
    expected = oracle.place(low, high, {"level": baseline}) if baseline is not None else ""
    assert attainment.against_baseline(actual, before) == expected
    for found, right in (
        (attainment.percent_of_target(sheet, actual, aim), oracle.per_cent_of_target(direction, value, target)),
        (
            attainment.percent_of_way(sheet, actual, aim, before),
            oracle.per_cent_of_way(direction, value, high, target, baseline),
        ),
    ):
        assert (None if pd.isna(found) else found) == (right if right is None else pytest.approx(right))


@pytest.mark.parametrize(
    "cell, expected",
    {
        "1200": Aim(level=1200),
        "0.75": Aim(level=0.75),
        "at least 40": Aim(low=40),
        "at  most 60": Aim(high=60),
        "40 to 60": Aim(low=40, high=60),
    }.items(),
)
def test_forms_of_the_cell(cell, expected):
    """A number as in every older file; words where it is a bound or a range."""
    row = {"indicator": "x", "period": "LOP", "target": cell, "rationale": "."}
    assert Target.convert(row)["target"] == expected


@pytest.mark.parametrize("cell", ["40-60", ">40", "at least", "60 to 40", "40 to 40", "least 4", "to 4", "-4", "1e3"])
def test_other_forms_are_refused_with_what_is_possible(tmp_path, cell):
    """40-60 may be a day to a spreadsheet; every refusal shows how it is written."""
    with pytest.raises(Refused, match=r"targets\.csv, row 2: column 'target' must .*write it like .*40 to 60"):
        evaluate("FY2014Q1", project(tmp_path, "increase", cell, 1))


def test_a_share_is_no_per_cent_in_any_form(tmp_path):
    """A range of 70 to 80 for a share is 0.7 to 0.8."""
    with pytest.raises(Refused, match=r"target of indicator 'x' is above 1"):
        evaluate("FY2014Q1", small.write(tmp_path / "p", "day done\n2013-12-01 true", SHARE, "x,FY2014,0.7 to 80,.,\n"))
