"""Who is known by a day, and where: as many as the values count, in every category, of this project and of others."""

from collections import Counter
from datetime import date

import pytest

from ctanalysis import indicators, project, records
from ctanalysis.disclosure.waiting.named import is_cohort
from ctanalysis.indicators.known_people import COUNTED, begins
from ctanalysis.indicators.values import NO_NUMBER
from ctanalysis.project import SHIPPED
from ctanalysis.project.policy import TOTAL
from tests.conftest import shipped_records
from tests.generators import random_projects, small

PEOPLE = 'measure = "people"\ntable = "rows"\nperson = "person"\ndate = "day"\ndisaggregate = ["sex"]'
SHARE = """measure = "share"
[calculation.denominator]
measure = "count"
table = "rows"
date = "day"
[calculation.numerator]
where = { end = { present = true } }"""


def ends(found):
    return [year.end for year in found.calendar.completed("year")]


def to_date(found, rows, sheet, day):
    """{(disaggregation, category): row} of the project, or of the sheet's definition, up to a day."""
    frame = indicators.calculate(found, rows, [indicators.Window("", begins(found, sheet), day)], [sheet])
    return {(row.disaggregation, row.category): row for row in frame.itertuples()}


def differing(found, rows, sheet):
    """The cells of which other people are known than the values count, and how many cells were compared."""
    ways = [TOTAL] if sheet.measure == "share" else [way[0] for way in sheet.disaggregations if len(way) == 1]
    wrong, compared = [], 0
    for way in ways:
        known = indicators.known(found, rows, sheet, way, ends(found))
        for day in (day for day in ends(found) if day >= begins(found, sheet)):
            cells = {cell: row for cell, row in to_date(found, rows, sheet, day).items() if cell[0] == way}
            if day.isoformat() not in known:
                wrong += [(way, day, "left out") for row in cells.values() if row.status not in NO_NUMBER]
                continue
            counts = Counter(label or "not recorded" for label in known[day.isoformat()].values())
            for (_, label), row in cells.items():
                numbers = (row.numerator, row.denominator) if sheet.measure == "share" else (row.value,)
                ours = (counts[COUNTED], counts.total()) if sheet.measure == "share" else (counts[label],)
                wrong += [(way, day, label)] if numbers != ours else []
                compared += 1
    return wrong, compared


def is_known(found, sheet):
    """Whether its people, or rows, are counted each once, and are known by a key; by no list.

    Of cohorts others are known than the values count: those of quarters of which all have fallen due (see people).
    """
    rows = sheet.row_calculation
    keyed = rows.measure == "people" or found.package.tables[rows.table].keys
    counted = sheet.measure in ("people", "share") and not is_cohort(sheet)  # of a cohort who entered is told nowhere
    once = counted and rows.measure != "sum" and sheet.adds_up and keyed
    return once and not any(_field(found, sheet, name).type == "list" for way in sheet.disaggregations for name in way)


def _field(found, sheet, name):
    return found.package.locate(sheet.calculation.table, name.removesuffix(":coarse")).field


def test_of_the_shipped_project():
    found, rows = project.load(SHIPPED), shipped_records()
    sheets = [
        replaced
        for sheet in found.sheets
        if is_known(found, sheet)
        for ways in [tuple(way for way in sheet.disaggregations if ":coarse" not in way[0])]
        for replaced in [sheet.model_copy(update={"disaggregations": ways})]
    ]
    assert {sheet.code for sheet in sheets} >= {"2.1", "2.2", "2.6", "2.7"}
    for sheet in sheets:
        wrong, compared = differing(found, rows, sheet)
        assert wrong == [] and (compared or not sheet.disaggregations), sheet.code


@pytest.mark.few(1)
@pytest.mark.parametrize("first", range(0, 72, 12))
def test_of_random_projects(tmp_path, first):
    compared = 0
    for seed in range(first, first + 12):
        random_projects.write(tmp_path / str(seed), seed)
        found = project.load(tmp_path / str(seed))
        rows = records.read(found)
        for sheet in (sheet for sheet in found.sheets if is_known(found, sheet)):
            wrong, count = differing(found, rows, sheet)
            assert wrong == [], (seed, sheet.code)
            compared += count
    assert compared > 20


def of_small(folder, rows, calculation):
    found = project.load(small.write(folder, rows, calculation, disclosure="victims"))
    return found, records.read(found), found.sheets[0]


def test_each_person_is_where_their_first_row_says(tmp_path):
    """Of p1 the first row says female and a later one male; p2 has no sex; p3 comes in the second year."""
    rows = "day person sex\n2011-11-01 p1 F\n2012-11-01 p1 M\n2011-12-01 p2 -\n2012-12-01 p3 M"
    known = indicators.known(*of_small(tmp_path / "p", rows, PEOPLE), "sex", [date(2012, 9, 30), date(2013, 9, 30)])
    first = {"p1": "female", "p2": None}
    assert known == {"2012-09-30": first, "2013-09-30": first | {"p3": "male"}}


def test_a_row_of_a_share_is_known_by_its_key(tmp_path):
    """What ended after a day had not ended by then."""
    rows = "day end\n2011-11-01 2011-12-01\n2011-11-02 2012-11-01\n2012-11-03 -"
    known = indicators.known(*of_small(tmp_path / "p", rows, SHARE), "total", [date(2012, 9, 30), date(2013, 9, 30)])
    assert known["2012-09-30"] == {"r0001": "counted", "r0002": "rest"}
    assert known["2013-09-30"] == {"r0001": "counted", "r0002": "counted", "r0003": "rest"}


def test_a_definition_that_is_valid_from_a_later_day_begins_there(tmp_path):
    rows = "day person sex\n2011-11-01 p1 F\n2012-11-01 p2 M"
    found, read, sheet = of_small(tmp_path / "p", rows, PEOPLE)
    later = sheet.model_copy(update={"valid_from": date(2012, 10, 1)})
    known = indicators.known(found, read, later, "sex", [date(2012, 9, 30), date(2013, 9, 30)])
    assert known == {"2013-09-30": {"p2": "male"}}
