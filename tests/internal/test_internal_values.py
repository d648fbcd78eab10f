"""Working tables are exact: every number is that of a plain count."""

import json
from datetime import date
from math import isnan

import openpyxl
import pytest

from tests.conftest import ROOT, command, copied
from tests.internal.working import PAGE, QUARTER, TO_DATE, WORKBOOK, Page, cells, identified, rows_of, told
from tests.oracles import oracle


def counted_by_sex(people):
    found = {
        word: sum(row["sex"] == code for row in people)
        for word, code in (("female", "Feminine"), ("male", "Masculine"))
    }
    return found | {"not recorded": len(people) - sum(found.values())}


def test_victims_identified_are_counted_one_by_one(values, book):
    """Small numbers and zeros as they are: in values.csv and in the workbook, as numbers."""
    people = identified(*QUARTER)
    by_sex = counted_by_sex(people)
    assert told(values, "2.1", "period") == {"all": str(len(people))}
    assert told(values, "2.1", "period", "sex") == {word: str(count) for word, count in by_sex.items()}
    assert 0 < min(count for count in by_sex.values() if count) < 10 and 0 in by_sex.values()
    found = cells(book["2.1"], "By sex")
    assert {word: row[0] for word, row in found.items()} == by_sex
    assert {word: row[2] for word, row in found.items()} == counted_by_sex(identified(*TO_DATE))


def test_services_are_counted_in_last_fiscal_year(values, book):
    """The comparisons are exact as well, by kind of service."""
    labels = {
        category["value"]: category["label"]
        for category in next(
            field["categories"]
            for table in json.loads((ROOT / "data/datapackage.json").read_text(encoding="utf-8"))["resources"]
            if table["name"] == "services"
            for field in table["schema"]["fields"]
            if field["name"] == "service"
        )
    }
    counted = dict.fromkeys(labels.values(), 0)
    for row in rows_of("services"):
        counted[labels[row["service"]]] += "2013-10-01" <= row["date"] <= "2014-09-30"
    assert told(values, "2.5", "last fiscal year", "service") == {label: str(count) for label, count in counted.items()}
    assert {label: row[5] for label, row in cells(book["2.5"], "By kind of service").items()} == counted


def attendance(start, end, **wanted):
    days = {row["event_id"]: row["date"] for row in rows_of("events") if row["kind"] == "AwarenessRaising"}
    return sum(
        int(row["participants"])
        for row in rows_of("attendance")
        if start <= days.get(row["event_id"], "") <= end and all(row[name] == code for name, code in wanted.items())
    )


def test_two_ways_are_crossed_with_their_edges(book):
    """Sex by age group, each cell a count, the last row and column the totals."""
    sheet = book["1.2 crossed"]
    head = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Sex")
    assert head == ("Sex", "10–17", "18–24", "25–49", "50 and over", "not recorded", "all")
    found = cells(
        sheet,
        "Period FY2015Q1, 1 Oct 2014 – 31 Dec 2014".replace(" Oct ", "\xa0Oct\xa0")
        .replace(" Dec ", "\xa0Dec\xa0")
        .replace(" –", "\xa0–"),
    )
    ages = ("10-17", "18-24", "25-49", "50+", "")
    codes = {code for row in rows_of("attendance") for code in [row["age_group"]]}
    assert codes == set(ages)
    for label, sex in (
        ("female", {"sex": "Feminine"}),
        ("male", {"sex": "Masculine"}),
        ("not recorded", {"sex": ""}),
        ("all", {}),
    ):
        assert found[label] == [
            *(attendance(*QUARTER, age_group=age, **sex) for age in ages),
            attendance(*QUARTER, **sex),
        ]


def test_shares_have_both_their_parts(book):
    """A share is told with what it was calculated from, exact."""
    asked = list(rows_of("questionnaires"))
    days = {row["event_id"]: row["date"] for row in rows_of("events") if row["kind"] == "AwarenessRaising"}
    asked = [row for row in asked if "2014-10-01" <= days.get(row["event_id"], "") <= "2014-12-31"]
    aware = sum(row["aware_after"] == "true" for row in asked)
    rows = [row for row in book["1.5"].iter_rows(values_only=True) if row[0] == "all"]
    assert [row[1:3] for row in rows] == [
        ("per cent", pytest.approx(aware / len(asked))),
        ("numerator", aware),
        ("denominator", len(asked)),
    ]


def test_every_value_is_that_of_the_plain_count(values):
    """Nothing hidden, rounded or left out: the same as tests/oracles/oracle.py, in all windows."""
    windows = sorted(
        {(row["horizon"], date.fromisoformat(row["start"]), date.fromisoformat(row["end"])) for row in values}
    )
    wanted = oracle.values(ROOT / "data", windows)
    keys = ("indicator", "horizon", "start", "end", "disaggregation", "category")
    found = {tuple(row[key] for key in keys): row for row in values}
    assert {row["horizon"] for row in values} == {
        "period",
        "fiscal year to date",
        "project to date",
        "previous period",
        "same period last year",
        "last fiscal year",
    }
    for key, (value, numerator, denominator, status) in wanted.items():
        row = found[tuple(part.isoformat() if isinstance(part, date) else part for part in key)]
        assert row["status"] == status
        for name, number in (("value", value), ("numerator", numerator), ("denominator", denominator)):
            assert (
                row[name] == ""
                if number is None or isnan(number)
                else float(row[name]) == pytest.approx(float(number), rel=1e-12, abs=1e-9)
            )


def test_zero_no_data_and_not_applicable_are_three_things(tmp_path):
    """In the project's first quarter there was no period before; a mean of nothing is no data; nobody is 0."""
    folder = copied(tmp_path / "first")
    assert command("internal", "-p", "period", "FY2012Q1", "-p", "project", str(folder)).returncode == 0
    sheet = openpyxl.load_workbook(folder / "internal" / "FY2012Q1" / WORKBOOK)
    assert (
        cells(sheet["2.4"], "Total")["all"]
        == [sum(row["date"] <= "2011-12-31" for row in rows_of("returns"))] * 3 + ["not applicable"] * 2
    )
    assert cells(sheet["3.2"], "Total")["all"] == ["denominator", 0, 0, 0, "not applicable", "not applicable"]
    assert (
        next(row[2:] for row in sheet["3.2"].iter_rows(values_only=True) if row[1] == "points")
        == ("no data",) * 3 + ("not applicable",) * 2
    )
    assert 0 in [number for row in cells(sheet["2.4"], "By country returned from").values() for number in row]
    rows = Page((folder / "internal" / "FY2012Q1" / PAGE).read_text(encoding="utf-8")).rows
    assert ["all", "points", "no data", "no data", "no data", "not applicable", "not applicable"] in rows
    assert ["all", "numerator", "0", "0", "0", "not applicable", "not applicable"] in rows
