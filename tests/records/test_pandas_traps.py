"""What pandas does by default and a report must not: each trap shown, and that the library is not in it."""

import pandas as pd

from ctanalysis.base.precision import as_shown, text
from tests.generators import small

YEAR = ("2013-10-01", "2014-09-30")
COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"\n'


def test_empty_categories_stay(tmp_path):
    """Nobody was male: the row "male" is there with 0. (pandas' groupby leaves it out.)"""
    assert list(pd.Series(pd.Categorical(["F"], ["F", "M"])).to_frame("sex").groupby("sex").size().index) == ["F"]
    found = small.values(small.write(tmp_path / "p", "day sex\n2014-01-01 F", COUNT + 'disaggregate = ["sex"]'), YEAR)
    assert [name for _, way, name in found if way == "sex"] == ["female", "male", "not recorded"]
    assert found[0, "sex", "male"].value == 0


def test_missing_keys_stay(tmp_path):
    """A row without a sex is "not recorded". (pandas' groupby drops it.)"""
    assert pd.DataFrame({"sex": ["F", None]}).groupby("sex").size().sum() == 1
    found = small.values(
        small.write(tmp_path / "p", "day sex\n2014-01-01 F\n2014-01-01 -", COUNT + 'disaggregate = ["sex"]'), YEAR
    )
    assert found[0, "sex", "not recorded"].value == 1


def test_the_sum_of_nothing_but_missing_is_missing(tmp_path):
    """Two rows without an amount are no data, not 0. (pandas' sum is 0.) No rows at all are 0."""
    assert pd.Series([None, None], dtype="float64").sum() == 0
    folder = small.write(
        tmp_path / "p",
        "day amount\n2014-01-01 -\n2014-01-02 -",
        'measure = "sum"\ntable = "rows"\ncolumn = "amount"\ndate = "day"',
    )
    found = small.values(folder, YEAR, ("2012-10-01", "2013-09-30"))
    assert found[0, "total", "all"].status == "no data"
    assert (found[1, "total", "all"].value, found[1, "total", "all"].status) == (0, "exact")


def test_NA_is_a_text(tmp_path):
    """The category NA is a category, and 007 is not 7. (pandas' read_csv makes them missing and 7.)"""
    found = small.values(
        small.write(tmp_path / "p", "day kind\n2014-01-01 NA\n2014-01-01 007", COUNT + 'disaggregate = ["kind"]'), YEAR
    )
    assert found[0, "kind", "Namibian"].value == 1
    assert found[0, "kind", "seven"].value == 1


def test_a_bar_is_a_text(tmp_path):
    """The category "|" matches itself only. (As a pattern it matches everything.)"""
    assert pd.Series(["x"]).str.contains("|").all()
    folder = small.write(tmp_path / "p", "day kind\n2014-01-01 NA\n2014-01-01 |", COUNT + 'where = { kind = ["|"] }')
    assert small.values(folder, YEAR)[0, "total", "all"].value == 1


def test_halves_are_rounded_away_from_zero():
    """0.5, 1.5 and 2.5 are shown as 1, 2 and 3; 12.5 % as 13 % where it was rounded.

    (Python and pandas make 2.5 a 2.)
    """
    assert pd.Series([0.5, 1.5, 2.5]).round().tolist() == [0, 2, 2]
    assert [int(as_shown(value, "count")) for value in (0.5, 1.5, 2.5, -0.5)] == [1, 2, 3, -1]
    assert text(as_shown(0.125, "share", "rounded"), "en") == "13"
    assert text(as_shown(2.25, "mean"), "en") == "2.3"


def test_money_adds_up_to_the_cent(tmp_path):
    """0.1 and 0.2 are 0.3, and a thousand cents are ten. (Floating point makes 0.30000000000000004.)"""
    assert 0.1 + 0.2 != 0.3
    sums = 'measure = "sum"\ntable = "rows"\ncolumn = "amount"\ndate = "day"'
    assert (
        small.values(small.write(tmp_path / "a", "day amount\n2014-01-01 0.1\n2014-01-02 0.2", sums), YEAR)[
            0, "total", "all"
        ].value
        == 0.3
    )
    assert (
        small.values(small.write(tmp_path / "b", "day amount\n" + "2014-01-01 0.01\n" * 1000, sums), YEAR)[
            0, "total", "all"
        ].value
        == 10
    )


def test_many_categories_do_not_overflow(tmp_path):
    """Two-way categories are counted with whole numbers that are wide enough.

    (Codes of categoricals are 8 bits wide.)
    """
    found = small.values(
        small.write(tmp_path / "p", "day sex kind\n2014-01-01 M 007", COUNT + 'disaggregate = [["kind", "sex"]]'), YEAR
    )
    assert found[0, "kind × sex", "seven × male"].value == 1
    assert sum(row.value for (_, way, _), row in found.items() if way == "kind × sex") == 1
