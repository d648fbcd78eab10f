"""How many people stand behind each value: two services to one person are a cell of one."""

from datetime import date

import pandas as pd
import pytest

from ctanalysis import indicators, project, records
from ctanalysis.indicators import Window
from tests.disclosure.cells import table_by_table
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"\ndisaggregate = ["sex"]'
LEVEL = 'measure = "level"\ntable = "rows"\nstart = "day"\nend = "end"'
SERVICES = """day person sex
2014-01-01 p1 F
2014-01-02 p1 F
2014-01-03 p2 F
2014-01-04 p3 M
2014-12-01 p4 M"""
YEAR = Window("year", date(2013, 10, 1), date(2014, 9, 30))


def behind(folder, calculation, disclosure="victims", sheets=None):
    """By category: the value, and how many people stand behind it."""
    small.write(folder, SERVICES, calculation, disclosure=disclosure)
    found = table_by_table(project.load(folder))
    chosen = None if sheets is None else [sheet for sheet in found.sheets if sheet.code in sheets]
    frame = indicators.with_people(found, records.read(found), [YEAR], chosen)
    return {row.category: (row.value, row.people) for row in frame.itertuples()}


@pytest.mark.parametrize("sheets", [None, ["x"]])
def test_people_behind_services(tmp_path, sheets):
    """Three services to two women and one to a man, whether all sheets are asked for or those that are named."""
    assert behind(tmp_path / "p", COUNT, sheets=sheets) == {
        "all": (4, 3),
        "female": (3, 2),
        "male": (1, 1),
        "not recorded": (0, 0),
    }


def test_of_no_sheet_there_is_no_value(tmp_path):
    """No sheet is not all sheets."""
    assert behind(tmp_path / "p", COUNT, sheets=[]) == {}


@pytest.mark.parametrize("calculation, disclosure", [(COUNT, "open"), (LEVEL, "victims")])
def test_where_people_are_not_known_their_number_is_not(tmp_path, calculation, disclosure):
    """Of a table that is about nobody, and of a state on a day, nobody can be counted: that is no 0."""
    assert all(pd.isna(people) for _, people in behind(tmp_path / "p", calculation, disclosure).values())


def test_of_an_audited_class_nobody_asks(tmp_path):
    """Its breakdowns wait, whatever is behind them."""
    found = project.load(small.write(tmp_path / "p", SERVICES, COUNT, disclosure="victims"))
    assert indicators.with_people(found, records.read(found), [YEAR])["people"].isna().all()
