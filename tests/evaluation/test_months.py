"""Months as reporting periods: their days, their numbers, and what is not told of them.

The days of each horizon, and the numbers of a month, are worked out here a second time in plain Python.
"""

import csv
from calendar import monthrange
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from math import isnan

import pytest

from ctanalysis import Refused, figures, indicators
from ctanalysis.evaluation import evaluate
from ctanalysis.indicators import Window
from ctanalysis.indicators.horizons import quarters, windows
from ctanalysis.narrative import area, headlines, introduction, quality
from ctanalysis.periods import Calendar
from ctanalysis.project import SHIPPED, load
from ctanalysis.releases import release
from ctanalysis.reports.running import periods
from ctanalysis.tables import tracking
from tests.conftest import copied, evaluated, shipped_records

FIRST, LAST = date(2011, 10, 1), date(2014, 12, 31)
MONTHS = [(year, month) for year in range(2011, 2015) for month in range(1, 13) if date(year, month, 1) >= FIRST]
ADDITIVE = ("1.1", "1.2", "1.3", "1.6", "2.1", "2.2", "2.4", "2.5", "3.1", "3.3", "3.5", "4.1")
AUDITED = ("2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "3.3")
WITH_BEFORE = ("period", "previous period", "same period last year")
OF_PARTICIPANTS = ("1.4", "1.5")  # shares


def last_day(year, month):
    return date(year, month, monthrange(year, month)[1])


def totals(evaluation, horizon="period"):
    frame = evaluation.values
    chosen = frame[(frame["disaggregation"] == "total") & (frame["horizon"] == horizon)]
    return chosen.set_index("indicator")


def days_by_definition(year, month):
    """The first and last day of each horizon of a month; horizons that lie before the project begin where they do."""
    end = last_day(year, month)
    fiscal = date(year if month >= 10 else year - 1, 10, 1)
    before = date(year, month, 1) - timedelta(1)
    found = {
        "period": (date(year, month, 1), end),
        "fiscal year to date": (fiscal, end),
        "project to date": (FIRST, end),
        "previous period": (before.replace(day=1), before),
        "same period last year": (date(year - 1, month, 1), last_day(year - 1, month)),
    }
    year_end = date(year, 9, 30) if end >= date(year, 9, 30) else date(year - 1, 9, 30)
    if year_end > FIRST:
        found["last fiscal year"] = (date(year_end.year - 1, 10, 1), year_end)
        found["project to last year end"] = (FIRST, year_end)
    return found


@pytest.mark.few(13)
@pytest.mark.parametrize("year, month", MONTHS)
def test_the_days_of_each_horizon_are_those_of_the_definition(year, month):
    """All 39 months: the month, its fiscal year and the project to date, the month before, a year ago."""
    project = load(SHIPPED)
    found = windows(project, project.calendar.parse(f"{year}-{month:02}"))
    assert {w.horizon: (w.start, w.end) for w in found if w.horizon != "as published"} == days_by_definition(
        year, month
    )


def test_the_months_of_a_quarter_add_up():
    """Of what adds up, the exact numbers of three months are that of their quarter, in all thirteen quarters."""
    project = load(SHIPPED)
    sheets = [project.sheet(code).model_copy(update={"disaggregations": ()}) for code in ADDITIVE]
    spans = {q.label: [q, *months_of(project, q)] for q in project.calendar.completed("quarter")}
    assert len(spans) == 13
    asked = [Window(f"{label} {place}", p.start, p.end) for label, of in spans.items() for place, p in enumerate(of)]
    frame = indicators.calculate(project, shipped_records(), asked, sheets)
    value = {(row.indicator, row.horizon): row.value for row in frame.itertuples() if row.disaggregation == "total"}
    for code in ADDITIVE:
        for label in spans:
            parts = [value[code, f"{label} {place}"] for place in (1, 2, 3)]
            assert sum(part for part in parts if not isnan(part)) == pytest.approx(value[code, f"{label} 0"]), (
                code,
                label,
            )


def months_of(project, quarter):
    days = [quarter.start.replace(day=2), quarter.start + timedelta(40), quarter.end]
    return [project.calendar.containing(day, "month") for day in days]


def test_the_numbers_of_a_month_are_those_of_its_rows():
    """Events and consultations of November and December 2014, counted in the files line by line."""
    rows = [row for path in SHIPPED.glob("records/events/*.csv") for row in csv.DictReader(path.open(encoding="utf-8"))]
    events = Counter(row["date"][:7] for row in rows if row["kind"] == "AwarenessRaising")
    calls = Counter(
        row["date"][:7]
        for path in SHIPPED.glob("records/consultations/*.csv")
        for row in csv.DictReader(path.open(encoding="utf-8"))
    )
    for month, before, last_year in (("2014-11", "2014-10", "2013-11"), ("2014-12", "2014-11", "2013-12")):
        for code, counted in (("1.1", events), ("1.3", calls)):
            found = [totals(evaluated(month), at).loc[code, "value"] for at in WITH_BEFORE]
            assert found == [counted[month], counted[before], counted[last_year]]


def test_of_people_who_were_trafficked_and_shares_of_participants_no_month_is_told():
    """Neither the month, nor the one before, nor that of last year; nor what ends inside a quarter, like November."""
    for month, horizons in (("2014-12", WITH_BEFORE), ("2014-11", (*WITH_BEFORE, "fiscal year to date"))):
        for horizon in horizons:
            frame = totals(evaluated(month), horizon)
            assert set(frame.loc[[*AUDITED, *OF_PARTICIPANTS], "status"]) == {"not told"}
            assert (
                frame.loc[[*AUDITED, *OF_PARTICIPANTS], ["value", "numerator", "denominator", "low"]]
                .isna()
                .all(axis=None)
            )
            assert set(frame.loc[["1.1", "1.2", "1.3", "1.6", "4.1"], "status"]) == {"exact"}
    to_date = totals(evaluated("2014-11"), "project to date")
    assert set(to_date.loc[[*AUDITED, *OF_PARTICIPANTS], "status"]) == {"not told"}


def test_a_month_that_ends_a_quarter_tells_to_date_what_the_quarter_tells():
    """December 2014: fiscal year and project to date are those of FY2015Q1, for every indicator and category."""
    of_month, of_quarter = evaluated("2014-12").values, evaluated("FY2015Q1").values
    for horizon in ("fiscal year to date", "project to date", "last fiscal year", "project to last year end"):
        one, other = (frame[frame["horizon"] == horizon] for frame in (of_month, of_quarter))
        assert (
            one.drop(columns="caveat")
            .reset_index(drop=True)
            .equals(other.drop(columns="caveat").reset_index(drop=True))
        )


def test_of_callers_and_participants_a_month_has_totals_and_no_breakdown():
    """Consultations and attendances of December are exact in all, and by sex, topic, oblast and age not told."""
    frame = evaluated("2014-12").values
    for code in ("1.2", "1.3", "1.4", "1.5"):
        cells = frame[(frame["indicator"] == code) & frame["horizon"].isin(WITH_BEFORE)]
        assert set(cells.loc[cells["disaggregation"] != "total", "status"]) == {"not told"}
    assert totals(evaluated("2014-12")).loc[["1.2", "1.3"], "status"].tolist() == ["exact", "exact"]
    assert set(evaluated("2014-12").by("1.1", "oblast")["status"]) == {"exact"}  # about nobody: everything


@pytest.mark.long
def test_the_verdicts_on_data_of_people_are_those_of_the_last_quarter():
    """For November it is that of FY2014Q4, and before a first quarter nothing: it would say whether there are any."""
    of_month, of_quarter = evaluated("2014-11").quality, evaluated("FY2014Q4").quality
    mine, theirs = (q[q["indicator"].isin(AUDITED)].reset_index(drop=True) for q in (of_month, of_quarter))
    assert mine.equals(theirs) and "FY2014Q4" in set(mine["days"])
    assert "what is said of their data is of" in quality(evaluated("2014-11")).html
    first = evaluated("2011-10").quality
    assert set(first.loc[first["indicator"].isin(AUDITED), "verdict"]) == {"cannot be said"}
    assert "before the first quarter is over" in quality(evaluated("2011-10")).html


def test_a_month_in_words():
    """Compared with the month before and a year ago; what is not told stands in one sentence, with when it is told."""
    text, year = headlines(evaluated("2014-12")).html, tracking(evaluated("2014-12")).tables[0]
    assert ">November 2014</time>" in text and ">December 2013</time>" in text
    assert text.count("Of a month so few people") == 1 and "told for quarters" in text
    assert text.count("Victims of trafficking identified") == 1
    protection = area(evaluated("2014-12"), "protection").html
    assert protection.count("Of a month so few people") == 1 and "&lt;" not in protection
    assert year.header[3] == "2014-12"
    [row] = [row for row in tracking(evaluated("2014-11")).tables[0].rows if row[0].startswith("2.1 ")]
    assert row[2:4] == ("not told", "at quarter's end")


@pytest.mark.long
def test_a_target_may_be_that_of_a_month(tmp_path):
    """40 events in December 2014 were aimed at, and 30 held: 75 per cent, in the table and the narrative."""
    with (copied(tmp_path / "p") / "targets.csv").open("a", encoding="utf-8") as file:
        file.write("1.1,2014-12,40,Illustrative.,\n")
    evaluation = evaluate("2014-12", tmp_path / "p")
    row = evaluation.tracking.query("indicator == '1.1' and horizon == 'period'").iloc[0]
    assert (row["target"], row["percent_of_target"], row["target_by"]) == (40, 75, "2014-12-31")
    assert "Target 2014-12" in tracking(evaluation).tables[0].header


# A quarter that is not over.


@pytest.fixture(scope="module")
def in_november(tmp_path_factory):
    """The shipped project in the middle of its quarter: records through November 2014."""
    folder = copied(tmp_path_factory.mktemp("november") / "p")
    facts = folder / "project.toml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text.replace("records_through = 2014-12-31", "records_through = 2014-11-30"), encoding="utf-8")
    return evaluate("2014-11", folder)


def test_of_a_quarter_that_is_not_over_what_came_is_told_with_words(in_november):
    """Events of November are counted, and beside them it is said that the records of the quarter are not due yet."""
    found = totals(in_november)
    assert (found.loc["1.1", "value"], found.loc["1.1", "status"]) == (38, "exact")
    assert found.loc["1.1", "caveat"] == "the records of FY2015Q1 are not due yet"
    assert in_november.arrival.not_due == "FY2015Q1"
    assert "is not over, so that nothing of it is due yet" in introduction(in_november).html


def test_of_a_quarter_that_is_not_over_no_row_is_not_nought(in_november):
    """No assessment is dated in November: it may come. Of people who were trafficked not even that is said."""
    found = totals(in_november)
    assert set(found.loc[["3.1", "3.2"], "status"]) == {"not received"}
    assert "3.1" in in_november.arrival.untold
    assert set(found.loc[[*AUDITED], "status"]) == {"not told"}
    assert totals(evaluated("2014-11")).loc["3.1", "value"] == 0  # the quarter is complete: a true nought


def test_months_of_a_project_that_begins_in_mid_month_and_ends_in_one():
    """Its first month has the days of the project; one that it ends in is complete with the project."""
    calendar = Calendar(7, date(2012, 3, 10), date(2014, 5, 20), date(2014, 5, 20))
    months = [month.label for month in calendar.completed("month")]
    assert (months[0], months[-1], len(months)) == ("2012-03", "2014-05", 27)
    assert (calendar.parse("2014-05").year, calendar.parse("2013-07").year) == (2014, 2014)
    project = replace(load(SHIPPED), facts=load(SHIPPED).facts.model_copy(update={"start": date(2011, 10, 10)}))
    found = {w.horizon: (w.start, w.end) for w in windows(project, project.calendar.parse("2011-10"))}
    assert found["period"] == (date(2011, 10, 10), date(2011, 10, 31))
    assert not quarters(project, project.calendar.parse("2011-10"))


def test_of_the_first_month_no_quarter_is_drawn():
    """No quarter is over yet: the figure says so, and the page is made all the same."""
    both = (figures.headlines(evaluated("2011-10")), figures.quarters(evaluated("2011-10"), "prevention"))
    for chart in (chart for gallery in both for chart in gallery.charts):
        assert chart.data.empty and "There is no indicator of which quarters can be drawn." in chart.alt
        assert chart._repr_mimebundle_()


# Refused.


def test_no_month_is_released():
    """Beside quarters it would have to be audited: refused before anything is made."""
    with pytest.raises(Refused, match=r"2014-12 is a month, and no month is released.*Release the quarter"):
        release("2014-12", "2015-02-01")


def test_records_are_sent_of_quarters(tmp_path):
    """A line of deliveries.csv that names a month would let a quarter seem received: refused, with what to write."""
    path = copied(tmp_path / "p") / "deliveries.csv"
    text = path.read_text(encoding="utf-8")
    assert ",FY2015Q1," in text
    path.write_text(text.replace(",FY2015Q1,", ",2014-12,", 1), encoding="utf-8")
    with pytest.raises(Refused, match=r"deliveries\.csv: 2014-12 is a month.*Write FY2015Q1"):
        load(tmp_path / "p")


def test_months_are_reported_only_where_they_are_named():
    """make reports makes none by itself; PERIODS may name them."""
    calendar = load(SHIPPED).calendar
    assert "month" not in {period.kind for period in periods(calendar)}
    assert [period.label for period in periods(calendar, named="2014-11 FY2014")] == ["2014-11", "FY2014"]


def test_a_caveat_stands_beside_numbers_of_its_days_only():
    """In December 2014 that a partner was silent from October to December says nothing of the year before.

    Plans and kinds of service are told for fiscal years only, so no number of theirs has it.
    """
    evaluation = evaluated("2014-12")
    words = evaluation.caveats["2.2"]
    assert "FY2015Q1" in words
    beside = evaluation.values.query("indicator == '2.2' and disaggregation == 'total'").set_index("horizon")["caveat"]
    assert words in beside["fiscal year to date"] and words in beside["project to date"]
    for horizon in ("last fiscal year", "project to last year end", "same period last year"):
        assert "Caveat" not in beside[horizon]
    assert not {"2.8", "2.9", "2.10"} & {*evaluation.caveats}
    history = evaluation.history.query("indicator == '2.2'")
    assert [start for start, said in zip(history["start"], history["caveat"], strict=True) if "Caveat" in said] == [
        "2014-10-01"
    ]
