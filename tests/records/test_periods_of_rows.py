"""A date field may hold years, quarters or months: rows count in what is made of them, and finer days are not told.

The small project has fiscal years from October to September, and goes from October 2011 to September 2015.
"""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis import Refused, evaluate, figures, internal, narrative, records, tables
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, LOOK, REPAIRED
from tests.generators import policies, small

COUNT = 'table = "rows"\nmeasure = "count"\ndate = "day"'
SUM = 'table = "rows"\nmeasure = "sum"\ncolumn = "amount"\ndate = "day"'
QUARTER, HALF, YEAR = ("2014-01-01", "2014-03-31"), ("2013-10-01", "2014-03-31"), ("2013-10-01", "2014-09-30")
CALENDAR, MONTH, PROJECT = ("2014-01-01", "2014-12-31"), ("2014-01-01", "2014-01-31"), ("2011-10-01", "2015-09-30")


def project(folder, form, rows, calculation=COUNT, first_month=10, facts=(), **more):
    """A small project whose field `day` has this format. rows: as in small."""
    small.write(folder, rows, calculation, **more)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    next(one for one in package["resources"][0]["schema"]["fields"] if one["name"] == "day")["format"] = form
    path.write_text(json.dumps(package), encoding="utf-8")
    path = folder / "project.toml"
    text = path.read_text(encoding="utf-8").replace("first_month = 10", f"first_month = {first_month}")
    for old, new in facts:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return folder


def told(folder, *windows, cell=("total", "all")):
    """The number of each window, or the state that stands for it."""
    found = small.values(folder, *windows)
    rows = [found[place, *cell] for place in range(len(windows))]
    return [row.status if row.value != row.value else row.value for row in rows]


def found(folder):
    return [(one.severity, one.rule, one.rows) for one in records.survey(load(folder)).findings]


# What is told of which days.


def test_months(tmp_path):
    """Quarters, halves and years are made of months; half a month is not."""
    ours = project(tmp_path / "p", "month", "day amount\n2014-01 5\n201402 7\n2013-12 1\n2014-03 2", SUM)
    assert told(ours, QUARTER, HALF, YEAR, MONTH, ("2014-01-01", "2014-01-15")) == [14, 15, 15, 5, "not this fine"]
    assert not found(ours)


def test_quarters(tmp_path):
    """January to March is a quarter of calendar years and of fiscal ones; a month is told of no quarter."""
    ours = project(tmp_path / "p", "quarter", "day\n2014Q1\n2014-Q1\n2013Q4\n2014Q2")
    assert told(ours, QUARTER, HALF, YEAR, MONTH) == [2, 3, 4, "not this fine"]


def test_fiscal_quarters(tmp_path):
    """FY2014Q2 is January to March 2014, with or without the letters; 2013Q4 is July to September 2013."""
    ours = project(tmp_path / "p", "fiscal quarter", "day\nFY2014Q2\n2014Q2\n2013Q4\n2014Q1")
    assert told(ours, QUARTER, HALF, YEAR, ("2013-07-01", "2013-09-30")) == [2, 3, 3, 1]


def test_fiscal_years(tmp_path):
    """FY2014 is October 2013 to September 2014: told of the fiscal year and the project, never of a quarter or half."""
    ours = project(tmp_path / "p", "fiscal year", "day\nFY2014\n2014\n2012")
    to_date = ("2011-10-01", "2014-09-30")
    fine = "not this fine"
    assert told(ours, QUARTER, HALF, YEAR, to_date, PROJECT, CALENDAR) == [fine, fine, 2, 3, 3, fine]


def test_calendar_years_in_fiscal_years_of_october(tmp_path):
    """No fiscal year is made of calendar years: only the whole project is. Each row says so."""
    ours = project(tmp_path / "p", "year", "day\n2014\n2012\n2011\n2015")
    assert told(ours, QUARTER, YEAR, CALENDAR, PROJECT) == ["not this fine", "not this fine", 1, 4]
    [finding] = records.survey(load(ours)).findings
    assert (finding.severity, finding.rule, finding.rows) == (LOOK, "period", (2, 3, 4, 5))
    assert "is of calendar years, of which no quarter, half or fiscal year of the project is made" in str(finding)


def test_calendar_years_where_fiscal_years_are_these(tmp_path):
    """In a project of calendar years they are told of each, and nothing is odd."""
    ours = project(tmp_path / "p", "year", "day\n2014\n2012", first_month=1)
    assert told(ours, QUARTER, CALENDAR) == ["not this fine", 1] and not found(ours)


def test_the_project_begins_and_ends_within_a_period(tmp_path):
    """Of the first and the last period, the project's part counts: rows of a project's table are of the project."""
    cut = [("start = 2011-10-01", "start = 2011-10-15"), ("end = 2015-09-30", "end = 2014-09-10")]
    cut += [("records_through = 2014-12-31", "records_through = 2014-09-10")]
    ours = project(tmp_path / "p", "month", "day\n2011-10\n2012-01\n2014-09", facts=cut)
    spans = [("2011-10-15", "2011-12-31"), ("2014-07-01", "2014-09-30"), ("2011-10-15", "2014-09-10")]
    assert told(ours, *spans) == [1, 1, 3]


def test_people_are_counted_on_their_first_period(tmp_path):
    """Each once, in the fiscal year of the first row."""
    people = 'table = "rows"\nmeasure = "people"\nperson = "person"\ndate = "day"'
    ours = project(tmp_path / "p", "fiscal year", "day person\n2014 A\n2013 A\n2014 B\n2014 B", people)
    assert told(ours, ("2012-10-01", "2013-09-30"), YEAR, QUARTER) == [1, 1, "not this fine"]


def test_a_level(tmp_path):
    """What began in the first half of 2014 stands at its end; of a day within, it cannot be said."""
    level = 'table = "rows"\nmeasure = "level"\nstart = "day"\nend = "end"'
    ours = project(tmp_path / "p", "quarter", "day end\n2014Q1 -\n2013Q1 2014-02-01\n2013Q1 2015-01-01", level)
    assert told(ours, QUARTER, ("2014-02-01", "2014-03-31"), ("2014-01-01", "2014-02-15")) == [2, 2, "not this fine"]


def test_a_condition_on_whether_a_period_is_there(tmp_path):
    """What is done by the end of the year is known of the year, and not of a quarter of it."""
    day = 'table = "rows"\nmeasure = "count"\ndate = "end"\nwhere = { day = { present = true } }'
    ours = project(tmp_path / "p", "fiscal year", "end day\n2013-11-05 2014\n2013-11-06 2015\n2013-11-07 -", day)
    assert told(ours, YEAR, ("2013-10-01", "2013-12-31"), ("2013-11-01", "2014-09-30")) == [1, "not this fine", 1]


@pytest.mark.parametrize("condition", ["{ min = 2014-01-01 }", "2014-12-31", "{ not = 2014-12-31 }"])
def test_other_conditions_on_a_period(tmp_path, condition):
    """No day is a year, so what is asked of days is refused."""
    ours = project(tmp_path / "p", "year", "day\n2014", f"{COUNT}\nwhere = {{ day = {condition} }}")
    with pytest.raises(Refused, match="'day' holds years, of which a condition can only say whether one is present"):
        load(ours)


def test_breakdowns_and_shares(tmp_path):
    """Every value of days that are too fine has the state, and no number anywhere."""
    share = 'measure = "share"\n[calculation.denominator]\n' + COUNT
    share += "\n[calculation.numerator]\nwhere = { done = true }"
    ours = project(tmp_path / "s", "year", "day done\n2014 true\n2014 false", share)
    assert told(ours, QUARTER, CALENDAR) == ["not this fine", 0.5]
    ours = project(tmp_path / "p", "year", "day sex\n2014 F\n2014 M", COUNT + '\ndisaggregate = ["sex"]')
    assert told(ours, QUARTER, CALENDAR, cell=("sex", "female")) == ["not this fine", 1]


KINDS = {"month": 1, "quarter": 3, "year": 12, "fiscal quarter": 3, "fiscal year": 12}


def months_of(kind, year, number):
    """The definition: the months (of year x 12 + month, January 0) of a period of a fiscal year from October."""
    size = KINDS[kind]
    begins = year * 12 if not kind.startswith("fiscal") else (year - 1) * 12 + 9
    return range(begins + (number - 1) * size, begins + number * size)


def written(kind, year, number):
    marks = {"month": f"{year}-{number:02}", "quarter": f"{year}Q{number}", "fiscal quarter": f"FY{year}Q{number}"}
    return marks.get(kind, f"{'FY' if kind == 'fiscal year' else ''}{year}")


PROJECT_MONTHS = {*range(2011 * 12 + 9, 2015 * 12 + 9)}


def expected(kind, cells, span):
    """A span is made of whole periods if none of them, as far as it is in the project, is partly in it."""
    numbers = range(1, 12 // KINDS[kind] + 1)
    every = [{*months_of(kind, year, number)} & PROJECT_MONTHS for year in range(2010, 2018) for number in numbers]
    if any(months & span and not months <= span for months in every):
        return "not this fine"
    return sum({*months_of(kind, *cell)} & PROJECT_MONTHS <= span for cell in cells)


@settings(max_examples=80, deadline=None)
@given(
    kind=st.sampled_from([*KINDS]),
    periods=st.lists(st.tuples(st.integers(2012, 2014), st.integers(1, 12)), min_size=1, max_size=5),
    first=st.integers(min(PROJECT_MONTHS), max(PROJECT_MONTHS)),
    length=st.sampled_from([1, 3, 6, 12, 24, 48]),
    to_quarter=st.booleans(),
)
def test_it_agrees_with_the_definition(tmp_path_factory, kind, periods, first, length, to_quarter):
    """Whatever periods are recorded, whatever months of the project are asked about."""
    first = first // 3 * 3 if to_quarter else first
    span = {*range(first, first + length)} & PROJECT_MONTHS
    cells = [(year, (number - 1) % (12 // KINDS[kind]) + 1) for year, number in periods]
    rows = "\n".join(written(kind, *cell) for cell in cells)
    ours = project(tmp_path_factory.mktemp("any") / "p", kind, f"day\n{rows}")
    start, after = (date(month // 12, month % 12 + 1, 1) for month in (min(span), max(span) + 1))
    window = (start.isoformat(), date.fromordinal(after.toordinal() - 1).isoformat())
    assert told(ours, window) == [expected(kind, cells, span)]


# What is said of it.


@pytest.fixture(scope="module")
def yearly(tmp_path_factory):
    """A project whose rows are of fiscal years, evaluated for a quarter in which nothing can be told."""
    folder = tmp_path_factory.mktemp("yearly") / "p"
    targets = "x,FY2014Q2,10,.,\nx,LOP,100,.,\nx,FY2014,10,.,\n"
    rows = "day sex\nFY2013 F\nFY2013 M\nFY2014 F"
    project(folder, "fiscal year", rows, COUNT + '\ndisaggregate = ["sex"]', targets=targets)
    return folder


WHY = "its records are of whole fiscal years"


def test_sentences_say_why(yearly):
    """The headline, the area and the progress: no number, and in words which periods the records know."""
    now = evaluate("FY2014Q2", yearly)
    said = f"Things counted: {WHY}, so nothing can be said"
    assert said in narrative.headlines(now).plain
    area = narrative.area(now, "work").plain
    assert f"{said} for January–March 2014." in area and "By sex: not this fine." in area
    assert "In October 2012–September 2013, the last complete fiscal year, it was 2; " in area
    assert "from 1 October 2011 to 30 September 2013 it was 2." in area
    assert "Fiscal year 2014: not this fine of a target of 10. Project to date: not this fine" in (
        narrative.progress(now).plain
    )


def test_tables_and_files_say_why(yearly):
    """Tracking: the state, no per cent, no change, and the reason below; the same in the files."""
    now = evaluate("FY2014Q2", yearly)
    year, life = tables.tracking(now).tables
    assert "not this fine" in year.rows[0] and any(WHY in note for note in life.notes)
    tracked = now.tracking
    assert set(tracked["status"]) == {"not this fine"} and tracked["caveat"].str.contains(WHY).all()
    assert tracked[["actual", "percent_of_target", "change", "change_on_last_year"]].isna().all(axis=None)
    broken = tables.breakdown(now, "x", "sex")
    assert [row[1] for row in broken.rows] == ["not this fine"] * len(broken.rows) and WHY in " ".join(broken.notes)
    quarters = now.values[now.values["horizon"].isin(["period", "previous period"])]
    assert set(quarters["status"]) == {"not this fine"}
    assert quarters[["value", "numerator", "denominator"]].isna().all(axis=None)


def test_figures_have_a_gap_that_says_so(yearly):
    """No bar, but shorthand in its place, which is explained, and the words in its table."""
    [chart] = figures.headlines(evaluate("FY2014Q2", yearly)).charts
    assert set(chart.data["status"]) == {"not this fine"} and chart.data["value"].isna().all()
    assert "FY2014Q2\tnot this fine" in chart.plain and any(note.startswith("[f] ") for note in chart.notes)


def test_an_area_says_of_what_no_quarter_is_drawn(tmp_path):
    """Beside one that has quarters, the indicator of years has no panel: a note says why."""
    ours = project(tmp_path / "p", "fiscal year", "day end\nFY2014 2014-01-05")
    sheet = (ours / "indicators/x.toml").read_text(encoding="utf-8").replace('code = "x"', 'code = "y"')
    (ours / "indicators/y.toml").write_text(sheet.replace('date = "day"', 'date = "end"'), encoding="utf-8")
    [chart] = figures.quarters(evaluate("FY2014Q2", ours), "work").charts
    assert set(chart.data["indicator"]) == {"y"}
    assert f"x Things counted: {WHY}, so no quarter of it is drawn." in chart.notes and WHY in chart.html


def test_a_published_figure(tmp_path):
    """Of a day within a year the records give no figure, and it is said why."""
    ours = project(tmp_path / "p", "fiscal year", "day\nFY2012", published="x,2013-12-31,1,,a page\n")
    said = narrative.area(evaluate("FY2014Q2", ours), "work").plain
    assert f"Beside it, {WHY}, so they give no figure for that day." in said
    rows = tables.published(evaluate("FY2014Q2", ours)).tables[0].rows
    assert rows[0][3:5] == ("not this fine", "cannot be said")


def test_a_year_is_told(yearly):
    """The same project of a fiscal year, and what it is compared with."""
    said = narrative.points(evaluate("FY2014", yearly)).plain
    assert (
        "1 thing was counted (2 a year before). Such a number can differ by chance; no lasting change is shown." in said
    )


def test_quality_cannot_be_said_of_finer_days(yearly):
    """No standard is met or failed by rows that are of no such days; of the year they are judged."""
    quarter, year = evaluate("FY2014Q2", yearly).quality, evaluate("FY2014", yearly).quality
    validity = [frame.loc[frame["standard"] == "validity", "verdict"].item() for frame in (quarter, year)]
    assert validity == ["cannot be said", "met"]


def test_exact_tables_say_it_too(yearly):
    """What goes to internal/ has the state and what it means."""
    exact = internal.exact.calculated(load(yearly), load(yearly).calendar.parse("FY2014Q2"))
    assert "not this fine" in set(exact.values["status"])
    assert '"not this fine": the records know longer periods' in dict(internal.front.words(exact))["How to read it"]


def test_nothing_is_hidden_in_it(tmp_path):
    """Of people who were trafficked, in years: quarters have the state, not "withheld", and the year is told."""
    people = 'table = "rows"\nmeasure = "people"\nperson = "person"\ndate = "day"\ndisaggregate = ["sex"]'
    rows = "day person sex\n" + "\n".join(f"FY2013 P{number:02} {'FM'[number % 2]}" for number in range(40))
    ours = project(tmp_path / "p", "fiscal year", rows, people, disclosure="victims")
    told = policies.policy(policies.breakdown("x", "sex", ["female", "male"]), person="person")
    (ours / "policy.toml").write_text(told, encoding="utf-8")
    now = evaluate("FY2014Q1", ours)
    of_quarter = now.by("x", "sex")
    assert set(of_quarter["status"]) == {"not this fine"}
    last_year = now.by("x", "sex", "last fiscal year")
    assert last_year.set_index("category").loc[["female", "male"], "value"].tolist() == [20, 20]


def test_what_was_not_received(tmp_path):
    """Where nobody is known to send, a year's row is of each of its quarters; of a year without one none came."""
    ours = project(tmp_path / "p", "fiscal year", "day\nFY2013\nFY2012", due="quarter")
    assert told(ours, ("2012-10-01", "2013-09-30"), YEAR, QUARTER) == [1, "not received", "not this fine"]
    assert {one.quarter.label for one in records.read(load(ours)).missing["rows"]} == {
        "FY2014Q1",
        "FY2014Q2",
        "FY2014Q3",
        "FY2014Q4",
        "FY2015Q1",
    }


# Cells.


@pytest.mark.parametrize(
    ("form", "cell", "advice"),
    [
        ("month", "2014-13", "There is no such period"),
        ("quarter", "2014Q5", "There is no such period"),
        (
            "month",
            "2014",
            'It is a year, and the field holds months: send periods of one kind, or say "format": "year"',
        ),
        ("year", "2014Q1", 'say "format": "quarter"'),
        ("year", "FY2014", 'say "format": "fiscal year"'),
        ("quarter", "FY2014Q1", 'say "format": "fiscal quarter"'),
        ("month", "2014-01-15", "Write the month alone"),
        ("quarter", "2014-02-01", "Write the quarter alone"),
        ("year", "2014W5", "weeks"),
        ("month", "2014BiW2", "weeks"),
        ("year", "2014S1", "half years"),
        ("fiscal year", "2014Oct", "FY2015 for October 2014 to September 2015"),
        ("month", "n/a", "missingValues"),
        ("quarter", "soon", "Correct the cell"),
    ],
)
def test_a_period_that_the_project_does_not_know(tmp_path, form, cell, advice):
    """It is held back with what to do; its own text stands in no sentence."""
    good = {"month": "2014-01", "quarter": "2014Q1"}.get(form, "2014")
    ours = project(tmp_path / "p", form, f"day\n{cell}\n{good}")
    [finding] = records.survey(load(ours)).of(HELD_BACK)
    assert finding.rows == (2,) and finding.says.startswith(f"must be a {form} such as ")
    assert advice in finding.do and "soon" not in str(finding)


@pytest.mark.parametrize(
    ("form", "cell", "window"),
    [
        ("month", "2014-01-01", MONTH),
        ("quarter", "2014-01-01", QUARTER),
        ("fiscal year", "2013-10-01T00:00:00", YEAR),
        ("year", "2014-01-01", CALENDAR),
    ],
)
def test_a_period_of_which_a_spreadsheet_made_a_day(tmp_path, form, cell, window):
    """Excel makes 1 January of 2014-01: the first day of a period is the period, and noted."""
    ours = project(tmp_path / "p", form, f"day\n{cell}")
    assert told(ours, window) == [1] and (REPAIRED, "spelling", (2,)) in found(ours)


def test_rules_of_days(tmp_path):
    """A year that has a part in the project is of it; an end in the year of the beginning is not before it."""
    rules = '[[dates]]\ntable = "rows"\nfield = "day"\nreason = "."\n'
    rules += '[[order]]\ntable = "rows"\nfirst = "day"\nthen = "end"\nreason = "."\n'
    rows = "day end\n2011 2011-12-05\n2010 2014-01-01\n2014 2014-03-01\n2014 2013-12-31\n2016 2016-02-02"
    ours = project(tmp_path / "p", "year", rows)
    (ours / "rules.toml").write_text(rules, encoding="utf-8")
    held = [(one.rule, one.rows) for one in records.survey(load(ours)).of(HELD_BACK)]
    assert sorted(held) == [("order", (5,)), ("project's dates", (3, 6))]


def test_a_partner_whose_year_is_told_has_no_gap(tmp_path):
    """The rule that looks for quarters without rows knows that a year is four of them."""
    gap = '[[gap]]\ntable = "rows"\nby = "person"\nfield = "day"\nreason = "."\n'
    ours = project(tmp_path / "p", "fiscal year", "day person\nFY2012 A\nFY2014 A")
    (ours / "rules.toml").write_text(gap, encoding="utf-8")
    [finding] = [one for one in records.survey(load(ours)).findings if one.rule == "gap"]
    assert "FY2013Q1, FY2013Q2, FY2013Q3, FY2013Q4, FY2015Q1" in finding.says


# datapackage.json.


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "%Y"}, 'says what it holds, without a %: "year", "quarter", "month", "fiscal year"'),
        ({"format": "week"}, '"year", "quarter", "month"'),
        ({"type": "year"}, 'write "date", and "format": "year"'),
        ({"type": "yearmonth"}, 'write "date", and "format": "month"'),
        ({"format": "year", "constraints": {"minimum": "2014-01-01"}}, "has no minimum or maximum"),
        ({"type": "string", "format": "year"}, "only a date has a format"),
    ],
)
def test_how_it_is_declared(tmp_path, change, said):
    """A year is declared with "format": "year", and whoever writes it otherwise is told so."""
    ours = project(tmp_path / "p", "year", "day\n2014")
    path = ours / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    fields = package["resources"][0]["schema"]["fields"]
    next(one for one in fields if one["name"] == "day").update(change)
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        load(ours)
    assert said in str(refusal.value)


@pytest.mark.parametrize("cell", ["2014", "2014-01", "2014Q1", "FY2014", "FY2014Q1", "201401"])
def test_a_period_in_a_column_of_days(tmp_path, cell):
    """The advice says how it is declared; followed, the row counts."""
    ours = project(tmp_path / "p", "", f"day\n{cell}\n2014-01-05")
    [finding] = records.survey(load(ours)).of(HELD_BACK)
    form = finding.do.partition('"format": "')[2].partition('"')[0]
    followed = project(tmp_path / "q", form, f"day\n{cell}")
    assert not records.survey(load(followed)).of(HELD_BACK)
    assert told(followed, PROJECT) == [1]
