"""`any` beside `where`: one condition or another, worked out by hand, in words, and refused where it cannot be."""

import pytest

from ctanalysis import Refused
from ctanalysis.project import load
from ctanalysis.tables.sheets import calculation_in_words
from tests.generators import small

WAYS = 'any = [{ sex = "F" }, { amount = { max = 17 }, done = true }]'
COUNT = f'measure = "count"\ntable = "rows"\ndate = "day"\n{WAYS}'
PEOPLE = f'measure = "people"\ntable = "rows"\nperson = "person"\ndate = "day"\n{WAYS}'
YEAR = ("2013-10-01", "2014-09-30")
ROWS = """
day        person sex amount done
2014-01-01 p1     F   40     false
2014-01-02 p2     M   16     true
2014-01-03 p3     M   16     false
2014-01-04 p4     M   40     true
2014-01-05 p5     F   -      -
2014-01-06 p6     -   16     true
2014-01-07 p7     -   40     true
2014-01-08 p8     M   -      true
2014-01-09 p9     M   -      false
2014-01-10 p1     M   12     true
"""


def test_a_row_counts_once_where_one_way_holds(tmp_path):
    """p1 (a woman), p2 (17 or less, and done), p5 (a woman; nothing else matters), p6 and p1's second row.

    Of p7 (no sex) and p8 (no amount) it is not known: they lack something. p9 is not done, whatever the amount.
    """
    cell = small.values(small.write(tmp_path / "p", ROWS, COUNT), YEAR)[0, "total", "all"]
    assert (cell.value, cell.rows, cell.lacking) == (5, 5, 2)


def test_people_are_counted_once_whichever_way_holds(tmp_path):
    cell = small.values(small.write(tmp_path / "p", ROWS, PEOPLE), YEAR)[0, "total", "all"]
    assert cell.value == 4


def test_it_is_printed_as_it_is_calculated(tmp_path):
    found = load(small.write(tmp_path / "p", ROWS, COUNT + '\nwhere = { kind = { not = "NA" } }'))
    assert calculation_in_words(found, found.sheet("x")).startswith(
        'Number of rows of Rows (by "day") where "kind" is recorded and not Namibian and at least one of these holds: '
        '("sex" is female) or ("amount" is at most 17 and "done" is yes) in the period.'
    )


@pytest.mark.parametrize(
    "ways, disclosure, says",
    [
        ('[{ sex = "F" }]', "open", "two or more"),
        ('[{ sex = "F" }, {}]', "open", "none of them empty"),
        ('[{ sex = "F" }, { end = { present = true } }]', "open", "any has a condition on the date 'end'"),
        ('[{ sex = "F" }, { sex = "W" }]', "open", "'W' is no category of 'sex'. There are: F, M."),
        ('[{ sex = "F" }, { gender = "F" }]', "open", "gender"),
        ('[{ sex = "F" }, { done = true }]', "victims", "any cannot be used of class 'victims'"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, ways, disclosure, says):
    calculation = COUNT.replace(WAYS, f"any = {ways}")
    with pytest.raises(Refused, match=r"indicators/x\.toml") as refused:
        load(small.write(tmp_path / "p", ROWS, calculation, disclosure=disclosure))
    assert says in str(refused.value)


def test_a_ledger_knows_a_sheet_from_before(tmp_path):
    """What says nothing is not in the definition of which a ledger keeps a hash."""
    plain = load(small.write(tmp_path / "p", ROWS, COUNT.replace(WAYS, ""))).sheet("x").calculation
    assert "any" not in plain.model_dump(mode="json")
