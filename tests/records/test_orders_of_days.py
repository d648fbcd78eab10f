"""Day or month first: where the cells of a column say otherwise than datapackage.json, none is read silently."""

from datetime import date

import pytest

from ctanalysis import Refused
from ctanalysis.records import HELD_BACK
from tests.generators.sent import field, surveyed, told

MONTH_FIRST, DAY_FIRST = "%m/%d/%Y", "%d/%m/%Y"


def of_days(folder, form, *cells, name="rows.csv"):
    """The Records of rows r2, r3, ... with these days in a field x of a format."""
    rows = [["id", "day", "x"], *([f"r{row}", "2014-01-02", cell] for row, cell in enumerate(cells, 2))]
    return surveyed(folder, [field("x", "date", **({"format": form} if form else {}))], rows, name=name)


def read(found):
    frame = found["rows"]
    return dict(zip(frame["id"], frame["x"].astype(str), strict=True))


def held(found, rule):
    return [row for one in found.findings if (one.severity, one.rule) == (HELD_BACK, rule) for row in one.rows]


@pytest.mark.parametrize(
    ("declared", "other", "cells"),
    [
        (MONTH_FIRST, DAY_FIRST, ("04/01/2014", "06/01/2014", "13/01/2014")),
        (DAY_FIRST, MONTH_FIRST, ("01/04/2014", "01/06/2014", "01/13/2014")),
        ("%m.%d.%Y", "%d.%m.%Y", ("04.01.2014", "06.01.2014", "13.01.2014")),
        ("%Y.%d.%m", "%Y.%m.%d", ("2014.01.04", "2014.01.06", "2014.01.13")),
        ("%Y%d%m", "%Y%m%d", ("20140104", "20140106", "20140113")),
        (MONTH_FIRST, DAY_FIRST, ("04/01/2014 10:00", " 06/01/2014", "13/01/2014")),
    ],
)
def test_a_column_in_the_other_order_than_is_declared(tmp_path, declared, other, cells):
    """The 4th, 6th and 13th of January: the last shows the order of all. Until now the first two were read as the 1st
    of April and of June. The advice names the order, and with it all three are right.
    """
    found = of_days(tmp_path / "p", declared, *cells)
    assert held(found, "day order") == [2, 3] and held(found, "type") == [4] and not read(found)
    assert all(f'"format": "{other}"' in one.do for one in found.of(HELD_BACK))
    found = of_days(tmp_path / "q", other, *cells)
    assert list(read(found).values()) == ["2014-01-04", "2014-01-06", "2014-01-13"] and not found.of(HELD_BACK)


@pytest.mark.parametrize("cells", [("04/01/2014", "01/14/2014", "13/01/2014"), ("04/01/2014", "01/14/2014")])
def test_a_day_that_shows_the_declared_order(tmp_path, cells):
    """The 14th fits the declared order alone: one wrong day is no other order of the column."""
    found = of_days(tmp_path / "p", MONTH_FIRST, *cells)
    assert not held(found, "day order")
    assert list(read(found).values()) == ["2014-04-01", "2014-01-14"]


def test_a_day_that_is_the_same_in_both_orders(tmp_path):
    """The 5th of May is what it is, and so is a day that was written 2014-01-31."""
    found = of_days(tmp_path / "p", MONTH_FIRST, "05/05/2014", "2014-01-31", "06/01/2014", "13/01/2014")
    assert held(found, "day order") == [4]
    assert read(found) == {"r2": "2014-05-05", "r3": "2014-01-31"}


def test_real_days_of_a_workbook_have_no_order(tmp_path):
    """Only its texts are doubted."""
    found = of_days(tmp_path / "p", MONTH_FIRST, date(2014, 1, 14), "06/01/2014", "13/01/2014", name="rows.xlsx")
    assert held(found, "day order") == [3] and read(found) == {"r2": "2014-01-14"}


def test_days_of_the_standard_in_the_wrong_order(tmp_path):
    """Without a format days are 2014-12-31; a column with the day second cannot be told by its days up to the 12th."""
    found = of_days(tmp_path / "p", "", "2014-05-01", "2014-06-01", "2014-13-01")
    assert held(found, "day order") == [2, 3] and not read(found)
    found = of_days(tmp_path / "q", "", "2014-05-01", "2014-06-14", "2014-13-01")
    assert not held(found, "day order")


def test_a_format_that_cannot_be_told_from_the_days_of_the_standard(tmp_path):
    """2014-05-01 is the 1st of May in every date field, so no field can have it as the 5th of January: it is refused,
    with what can be written. Both ways to follow it give the 5th and the 13th of January.
    """
    with pytest.raises(Refused, match=r"2014-12-31 has the month.*%Y\.%d\.%m"):
        of_days(tmp_path / "p", "%Y-%d-%m", "2014-05-01", "2014-13-01")
    for name, form, cells in (
        ("q", "", ("2014-01-05", "2014-01-13")),
        ("r", "%Y.%d.%m", ("2014.05.01", "2014.13.01")),
        ("s", "%Y%d%m", ("20140501", "20141301")),
    ):
        found = of_days(tmp_path / name, form, *cells)
        assert list(read(found).values()) == ["2014-01-05", "2014-01-13"] and not told(found)
