"""How a change is said in short, among the main points or the headlines; in full: what would have shown."""

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


def rows(day, done, others):
    return [f"{day} true"] * done + [f"{day} false"] * others


def section(folder, header, rows, calculation):
    """What the area's page says of the indicator; and the same where the report begins."""
    found = evaluate("FY2014Q1", small.write(folder, "\n".join([header, *rows]), calculation))
    return narrative.area(found, found.project.sheets[0].area).plain, begins(found)


def begins(found):
    """The main points and the headline results."""
    return "\n".join(section(found).plain for section in (narrative.points, narrative.headlines))


@pytest.mark.parametrize(
    "done, words, short",
    [
        (
            90,
            "80 percentage points higher than in July–September 2013 (10.0%), between 69 and 86 percentage points",
            "10.0% in July–September 2013, clearly higher, between 69 and 86 percentage points higher",
        ),
        (
            9,
            "No clear change from July–September 2013 (10.0%): a difference of this size is within what chance brings.",
            "10.0% in July–September 2013, no clear change",
        ),
    ],
)
def test_a_change_of_a_share_is_in_percentage_points(tmp_path, done, words, short):
    """10 of 100 in the quarter before; 90 are clearly higher, 9 no clear change."""
    table = [*rows(BEFORE, 10, 90), *rows(NOW, done, 100 - done)]
    said, headline = section(tmp_path / "p", "day done", table, SHARE)
    assert words in said and short in headline
    assert "ot compared with October–December 2012: there is no number of those days" in said
    assert f"({done} of 100)" in headline


EARLIER = [f"{year}-{month}-01" for year in (2011, 2012, 2013) for month in ("03", "06", "09", "12")][3:11]


@pytest.mark.parametrize(
    "before, now, words, short",
    [
        (
            100,
            40,
            "60 fewer than in October–December 2012 (100)",
            "(100 a year before: clearly fewer, between 42% and 73% fewer)",
        ),
        (
            40,
            100,
            "60 more than in October–December 2012 (40)",
            "(40 a year before: clearly more, between 72% more and 3.7 times as many)",
        ),
        (
            3,
            4,
            "The difference from October–December 2012 (3) may be chance: only 4.6 times as many or more would be "
            "likely to show",
            "(3 a year before). Such a number can differ by chance; no lasting change is shown.",
        ),
        (
            3,
            0,
            "The difference from October–December 2012 (3) may be chance: only 4.6 times as many or more would be "
            "likely to show",
            "(3 a year before). Such a number can differ by chance; no lasting change is shown.",
        ),
    ],
)
def test_a_change_of_a_count_is_of_things(tmp_path, before, now, words, short):
    """As many in each of eight quarters: of what can be counted there are more or fewer; of 3 and 4 nothing is said."""
    said, headline = section(tmp_path / "p", "day", [*EARLIER * before, *[NOW] * now], COUNT)
    assert words in said and short in headline


def test_of_an_amount_there_is_less(tmp_path):
    """The numbers stand as they are shown, 5 and 8, and not as they are, 5 and 7.5."""
    said, headline = section(tmp_path / "p", "day amount", [f"{BEFORE} 7.5", f"{NOW} 5"], SUM)
    assert "5 things were counted" in headline
    assert "Beside July–September 2013. Things counted (8): too few to tell from chance." in headline
    assert "difference from July–September 2013 (8) may be chance" in said
