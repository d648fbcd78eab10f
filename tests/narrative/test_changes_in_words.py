"""How a change is said: more, fewer or less than before, and of shares in percentage points, of which one is single."""

import pytest

from ctanalysis import evaluate, narrative
from tests.generators import small

SHARE = (
    'measure = "share"\n[calculation.denominator]\nmeasure = "count"\ntable = "rows"\ndate = "day"\n'
    "[calculation.numerator]\nwhere = { done = true }"
)
COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
SUM = 'measure = "sum"\ntable = "rows"\ncolumn = "amount"\ndate = "day"'
BEFORE, NOW = "2013-09-01", "2013-12-01"


def headlines(folder, header, rows, calculation):
    return narrative.headlines(evaluate("FY2014Q1", small.write(folder, "\n".join([header, *rows]), calculation))).plain


def rows(day, done, others):
    return [f"{day} true"] * done + [f"{day} false"] * others


@pytest.mark.parametrize(
    "done, words",
    [
        (11, "(11 of 100), 1 percentage point more than in July–September 2013 (10.0%; 10 of 100)."),
        (9, "(9 of 100), 1 percentage point less than in July–September 2013 (10.0%; 10 of 100)."),
        (12, "(12 of 100), 2 percentage points more than in July–September 2013 (10.0%; 10 of 100)."),
        (10, "(10 of 100), the same as in July–September 2013."),
    ],
)
def test_a_change_of_a_share_is_in_percentage_points(tmp_path, done, words):
    """10 of 100 in the quarter before; one more is a point, two are points."""
    table = [*rows(BEFORE, 10, 90), *rows(NOW, done, 100 - done)]
    assert headlines(tmp_path / "p", "day done", table, SHARE).rstrip().endswith(words)


@pytest.mark.parametrize(
    "now, words",
    [
        (4, "4 things were counted, 1 more than in July–September 2013 (3) and 4 more than in October–December 2012"),
        (2, "2 things were counted, 1 fewer than in July–September 2013 (3) and 2 more than in October–December 2012"),
        (0, "Nothing was counted, 3 fewer than in July–September 2013 (3) and the same as in October–December 2012"),
    ],
)
def test_a_change_of_a_count_is_of_things(tmp_path, now, words):
    """Three things in the quarter before, none in the same one last year: of what can be counted there are fewer."""
    assert headlines(tmp_path / "p", "day", [BEFORE] * 3 + [NOW] * now, COUNT).startswith(words)


def test_of_an_amount_there_is_less(tmp_path):
    """Of money there is less, and not fewer; the change is that of the numbers as they are shown, 8 and 5."""
    words = headlines(tmp_path / "p", "day amount", [f"{BEFORE} 7.5", f"{NOW} 5"], SUM)
    assert words.startswith("5 things were counted, 3 less than in July–September 2013 (8) and 5 more than")
