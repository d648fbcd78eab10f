"""Evidence at the gate: never of audited classes, rounded, of ten units or more; and what attackers read from it."""

import csv
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis import indicators, project, records
from ctanalysis.base.errors import Refused
from ctanalysis.disclosure import evidence, protect
from ctanalysis.disclosure.printed_bounds import bounded
from ctanalysis.evaluation import SHIPPED
from ctanalysis.indicators.values import COLUMNS
from ctanalysis.reports.files import write_values
from tests.attackers.evidence import could_be, largest
from tests.conftest import evaluated

PERIODS = ("FY2014Q4", "FY2015Q1", "FY2014")
DAYS = ("period", "2014-10-01", "2014-12-31")


@pytest.fixture(scope="module")
def shipped():
    return project.load(SHIPPED)


def cell(code, way, category, value, **rest):
    days = dict(zip(("horizon", "start", "end"), DAYS, strict=True))
    return {"indicator": code, **days, "disaggregation": way, "category": category, "value": value, **rest}


def told(shipped, code, total, found):
    """What the gate tells of the evidence of an indicator with a total (value, numerator, denominator).

    found: exact, by what it is.
    """
    of_all = cell(code, "total", "all", *total[:1], numerator=total[1], denominator=total[2])
    rows = [of_all | {"status": "exact"}]
    rows += [cell(code, "evidence", what, number, status="exact") for what, number in found.items()]
    values = pd.DataFrame(rows).reindex(columns=COLUMNS).assign(people=np.nan)
    frame = bounded(protect(values, shipped), shipped).values
    frame = frame[frame["disaggregation"] == "evidence"]
    return {row.category: (row.value, row.status, row.low, row.high) for row in frame.itertuples()}


def of_sizes(sizes):
    return {"units": float(len(sizes)), "effective number": sum(sizes) ** 2 / sum(size**2 for size in sizes)}


def participants(shipped, sizes):
    return told(shipped, "1.2", (float(sum(sizes)), np.nan, np.nan), of_sizes(sizes))


def test_it_is_told_to_two_significant_digits(shipped):
    sizes = [100 + place for place in range(123)]
    found = participants(shipped, sizes)
    assert found["units"] == (120, "rounded", 115, 125)
    value, status, low, high = found["effective number"]
    assert (value, status) == (120, "rounded") and low <= of_sizes(sizes)["effective number"] <= high


@pytest.mark.parametrize(
    ("number", "rounded"), [(0, 0), (0.994, 0.99), (1.4449, 1.4), (9.96, 10), (14.5, 15), (123, 120), (8_951, 9_000)]
)
def test_two_significant_digits(number, rounded):
    assert evidence.rounded(number) == rounded


@given(st.floats(0.01, 1e6))
def test_what_is_told_stands_for_the_number(number):
    told = evidence.rounded(number)
    low, high = evidence.bounds(told, "rounded")
    assert low * (1 - 1e-9) <= number <= high * (1 + 1e-2)
    assert float(f"{told:.1e}") == told


def test_nothing_is_told_of_fewer_than_ten_units(shipped):
    """Nine events, ten events; one of ten that makes up nearly all; ten of two people each."""
    assert {state for _, state, _, _ in participants(shipped, [50] * 9).values()} == {"not told"}
    assert {state for _, state, _, _ in participants(shipped, [50] * 10).values()} == {"rounded"}
    assert {state for _, state, _, _ in participants(shipped, [5000, *[20] * 9]).values()} == {"not told"}
    assert {state for _, state, _, _ in participants(shipped, [2] * 10).values()} == {"not told"}
    assert all(math.isnan(number) for number, *_ in participants(shipped, [50] * 9).values())


def test_nothing_is_told_of_a_month():
    """Beside a quarter's, that of two months would tell of the third; of what is about nobody it is told."""
    shown = evaluated("2014-12").protected_evidence.values.groupby("indicator")["status"].agg(set)
    assert shown[["1.2", "1.4", "1.5", "1.7"]].tolist() == [{"not told"}] * 4
    assert shown["4.1"] == {"exact"}


def test_nothing_is_told_where_the_total_is_not(shipped):
    """4 of 80 answers are too few to tell of, so that their design effect is not told either."""
    found = {"units": 12.0, "design effect": 1.3}
    assert {state for _, state, _, _ in told(shipped, "1.5", (0.05, 4.0, 80.0), found).values()} == {"not told"}
    assert {state for _, state, _, _ in told(shipped, "1.5", (0.5, 40.0, 80.0), found).values()} == {"rounded"}


def test_of_audited_classes_there_is_none_even_if_somebody_asked(shipped):
    """The gate drops what should never have come to it."""
    assert told(shipped, "2.6", (0.5, 40.0, 80.0), {"units": 60.0, "design effect": 1.0}) == {}
    for period in PERIODS:
        found = evaluated(period)
        audited = {sheet.code for sheet in shipped.sheets if shipped.disclosure_rule(sheet).audited}
        assert not audited & set(found.protected_evidence.values["indicator"])


def test_it_is_no_breakdown():
    """It can be traced; nobody can ask for it as a disaggregation, and it is not among the values."""
    found = evaluated("FY2015Q1")
    assert {"evidence"} == set(found.evidence["disaggregation"])
    assert "evidence" not in {*found.values["disaggregation"], *found.history["disaggregation"]}
    with pytest.raises(Refused, match=r"no disaggregation of indicator 1\.2\. There are: total, sex") as refused:
        found.by("1.2", "evidence")
    assert str(refused.value).count("evidence") == 1


def read(folder, period):
    """The evidence of people in indicators.csv, by indicator, days and what it is, with what is told beside it."""
    write_values(evaluated(period), folder)
    with open(folder / "indicators.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = {}
    for row in rows:
        if row["disaggregation"] in ("total", "evidence") and row["horizon"] in ("period", "same period last year"):
            wanted.setdefault((row["indicator"], row["start"], row["end"]), {})[row["category"]] = row
    return {key: of for key, of in wanted.items() if len(of) > 1}


@pytest.mark.parametrize("period", PERIODS)
def test_an_attacker_cannot_tell_the_size_of_one_event(period, tmp_path):
    """Of the largest, at least fewer_than sizes remain; of the others all the more."""
    for (code, *_), of in read(tmp_path, period).items():
        if code == "1.2" and of["units"]["value"]:
            low, high = largest(*(of[name]["value"] for name in ("all", "units", "effective number")))
            assert high - low >= 5, (period, low, high)


@settings(max_examples=20, deadline=None)
@given(sizes=st.lists(st.integers(1, 400), min_size=2, max_size=40))
def test_no_attacker_could_in_any_quarter(shipped, sizes):
    """Few events, one large one, small ones: what is told of any leaves several sizes of its largest event."""
    found = participants(shipped, sizes)
    if found["units"][1] == "not told":
        assert {state for _, state, _, _ in found.values()} == {"not told"}
        return
    low, high = largest(sum(sizes), *(str(found[name][0]) for name in ("units", "effective number")))
    assert low <= max(sizes) <= high
    assert high > low


@pytest.mark.parametrize("period", ["FY2015Q1"])
def test_an_attacker_cannot_tell_a_rounded_numerator(period, tmp_path):
    """Every number that 115 of 255 stands for could have come in as many events with this design effect."""
    chance = np.random.default_rng(14)
    checked = 0
    for (code, *_), of in read(tmp_path, period).items():
        if code in ("1.4", "1.5") and of.get("units", {}).get("value"):
            numerator, denominator = (int(float(of["all"][name])) for name in ("numerator", "denominator"))
            units, effect = int(float(of["units"]["value"])), of["design effect"]["value"]
            for true in range(numerator - 2, numerator + 3):
                assert could_be(true, denominator, units, effect, chance), (code, true)
                checked += 1
    assert checked == 20


def test_the_shipped_records_have_quarters_of_few_events(shipped):
    """So that the tests above try such: answers came from fewer than ten events, and nothing is told of them."""
    read_records = records.read(shipped)
    period = shipped.calendar.parse("FY2014Q4")
    exact = indicators.evidence(shipped, read_records, [indicators.Window("period", period.start, period.end)])
    units = exact[(exact["indicator"] == "1.5") & (exact["category"] == "units")]["value"].iloc[0]
    assert 0 < units < 10
    shown = evaluated("FY2014Q4").protected_evidence.where(indicator="1.5", horizon="period").values
    assert set(shown["status"]) == {"not told"}
