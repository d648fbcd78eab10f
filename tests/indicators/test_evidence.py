"""Evidence beside values: against its definition in plain Python, on the shipped records, and by hand."""

import math
from collections import defaultdict
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest

from ctanalysis import indicators, project, records
from ctanalysis.evaluation import SHIPPED
from ctanalysis.indicators.evidence import behind
from ctanalysis.indicators.horizons import windows

PERIODS = ("FY2015Q1", "FY2014", "FY2013Q2")


@pytest.fixture(scope="module")
def shipped():
    found = project.load(SHIPPED)
    return found, records.read(found)


def rows_of(shipped, table, start, end):
    """The rows of a table whose event was for awareness and within the days, with their event."""
    _, read = shipped
    events = {row["event_id"]: row for row in read["events"].to_dict("records")}
    for row in read[table].to_dict("records"):
        event = events.get(row["event_id"])
        if event and event["kind"] == "AwarenessRaising" and start <= event["date"].date() <= end:
            yield row


def by_event(rows, number):
    """By event, (what a row adds, one) added up over its rows that have a number."""
    found = defaultdict(lambda: [Fraction(0), 0])
    for row in rows:
        if (part := number(row)) is not None:
            found[row["event_id"]][0] += part
            found[row["event_id"]][1] += 1
    return list(found.values())


def effective(found):
    return sum(part for part, _ in found) ** 2 / sum(part**2 for part, _ in found)


def design_effect(found, variance):
    """The variance of the mean between events, linearised, over that of independent answers."""
    number, many = sum(count for _, count in found), len(found)
    mean = Fraction(sum(part for part, _ in found), number)
    between = Fraction(many, many - 1) * sum((part - mean * count) ** 2 for part, count in found) / number**2
    return between / (variance(mean) / number)


def yes(name):
    return lambda row: None if pd.isna(row[name]) else Fraction(int(row[name]))


def gained(row):
    before, after = row["aware_before"], row["aware_after"]
    return None if pd.isna(before) or pd.isna(after) else Fraction(int(after) - int(before))


def expected(shipped, start, end):
    """By indicator and what it is, the evidence of days."""
    people = by_event(rows_of(shipped, "attendance", start, end), lambda row: Fraction(int(row["participants"])))
    found = {("1.2", "units"): len(people), ("1.2", "effective number"): effective(people)}
    for code, number in (("1.4", yes("aware_before")), ("1.5", yes("aware_after")), ("1.7", gained)):
        answers = by_event(rows_of(shipped, "questionnaires", start, end), number)
        found[code, "units"] = len(answers)
        if code != "1.7":
            found[code, "design effect"] = design_effect(answers, lambda mean: mean * (1 - mean))
    single = [gained(row) for row in rows_of(shipped, "questionnaires", start, end)]
    single = [one for one in single if one is not None]
    mean = sum(single) / len(single)
    spread = sum((one - mean) ** 2 for one in single) / (len(single) - 1)
    found["1.7", "design effect"] = design_effect(answers, lambda _: spread)
    return found | scores(shipped, start, end)


def scores(shipped, start, end):
    found = [row for row in shipped[1]["assessments"].to_dict("records") if start <= row["date"].date() <= end]
    numbers = [float(row["score"]) for row in found if not pd.isna(row["score"])]
    middle = math.fsum(numbers) / len(numbers) if numbers else math.nan
    squares = math.fsum((one - middle) ** 2 for one in numbers)
    deviation = math.sqrt(squares / (len(numbers) - 1)) if len(numbers) > 1 else math.nan
    subjects = {row["organisation_id"] for row in found if not pd.isna(row["score"])}
    return {("3.2", "units"): len(numbers), ("3.2", "standard deviation"): deviation, ("3.2", "subjects"): subjects}


@pytest.mark.few(1)
@pytest.mark.parametrize("label", PERIODS)
def test_is_what_its_definition_says(shipped, label):
    loaded, read = shipped
    period = loaded.calendar.parse(label)
    told = indicators.evidence(loaded, read, windows(loaded, period))
    now = None
    for horizon in ("period", "previous period", "same period last year"):
        rows = told[told["horizon"] == horizon]
        found = dict(zip(zip(rows["indicator"], rows["category"], strict=True), rows["value"], strict=True))
        days = (date.fromisoformat(rows[name].iloc[0]) for name in ("start", "end"))
        wanted = expected(shipped, *days)
        subjects = wanted.pop(("3.2", "subjects"))
        now = subjects if now is None else now
        wanted |= {("3.2", "subjects"): len(subjects), ("3.2", "shared units"): len(subjects & now)}
        for key, number in wanted.items():
            assert found[key] == pytest.approx(float(number), rel=1e-9, nan_ok=True), (horizon, key)
        assert set(found) - set(wanted) == {(c, w) for c in ("3.5", "4.1") for w in ("units", "effective number")}


def test_there_is_none_of_people_who_were_trafficked(shipped):
    """No sheet of an audited class has evidence, whatever it measures; nor has any other horizon."""
    loaded, read = shipped
    told = indicators.evidence(loaded, read, windows(loaded, loaded.calendar.parse("FY2014")))
    audited = {sheet.code for sheet in loaded.sheets if loaded.disclosure_rule(sheet).audited}
    assert any(loaded.sheet(code).measure == "share" for code in audited)
    assert not audited & set(told["indicator"])
    assert set(told["horizon"]) == {"period", "previous period", "same period last year"}
    assert set(told["disaggregation"]) == {"evidence"}


def test_what_rows_come_in(shipped):
    """Participants and answers come in events, scores and premises are of what can be measured again, others alone."""
    loaded, _ = shipped
    found = {code: behind(loaded, loaded.sheet(code)) for code in ("1.2", "1.5", "1.7", "3.2", "3.5", "1.3", "4.1")}
    assert [found[code] for code in ("1.2", "1.5", "1.7")] == [("event_id", True)] * 3
    assert (found["3.2"], found["3.5"]) == (("organisation_id", False), ("premises_id", False))
    assert found["1.3"] is found["4.1"] is None
