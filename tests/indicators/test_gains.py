"""The gain of the same people: worked examples to be read, and the oracle on random projects."""

import csv
import random
from itertools import pairwise

import pytest

from ctanalysis import Refused
from ctanalysis.project import load
from ctanalysis.tables.sheets import calculation_in_words
from tests.generators import small
from tests.oracles import gains as oracle
from tests.oracles.agreeing import agree_and_notice, same

GAIN = 'measure = "gain"\ntable = "rows"\ndate = "day"\nbefore = "before"\nafter = "after"'
SCORES = GAIN.replace('"before"', '"score_before"').replace('"after"', '"score_after"')
BY_SEX = '\ndisaggregate = ["sex"]'
Q1 = ("2014-10-01", "2014-12-31")
DAYS = ["-", "2013-10-01", "2013-12-31", "2014-01-01", "2014-03-31", "2014-09-30", "2014-10-01", "2014-12-31"]
WINDOWS = [*pairwise(["2013-10-01", "2013-12-31", "2014-03-31", "2014-09-30", "2014-12-31"]), ("2011-10-01", Q1[1])]
LABELS = {
    "all": ("total", "all"),
    "F": ("sex", "female"),
    "M": ("sex", "male"),
    "not recorded": ("sex", "not recorded"),
}


def found(folder, text, calculation, *windows):
    return small.values(small.write(folder, text, calculation), *(windows or (Q1,)))


def test_a_worked_example(tmp_path):
    """Ten people were asked twice. Before, 3 knew the risks, after, 7: a gain of 40 points of the same people.

    Five learnt them, one forgot them, four stayed as they were. Of an eleventh the answer before is not known, so that
    he is in no part of it, although he knew them after.
    """
    asked = ["true true"] * 2 + ["true false"] + ["false true"] * 5 + ["false false"] * 2 + ["- true"]
    text = "\n".join(["day before after", *(f"2014-11-01 {one}" for one in asked)])
    cells = found(tmp_path / "p", text, GAIN)
    total = cells[0, "total", "all"]
    assert (total.value, total.numerator, total.denominator, total.rows, total.lacking) == (40, 400, 10, 10, 1)
    numbers = {category: row.value for (_, way, category), row in cells.items() if way == "change"}
    assert numbers == {"got better": 5, "stayed": 4, "got worse": 1}


def test_it_is_no_difference_of_two_groups(tmp_path):
    """Whoever answered only before, or only after, changes nothing. A difference of the two shares would be another."""
    text = "day before after\n2014-11-01 false true\n2014-11-01 true true\n" + "2014-11-01 true -\n" * 6
    assert found(tmp_path / "p", text, GAIN)[0, "total", "all"].value == 50


def test_a_gain_of_numbers_is_in_their_unit(tmp_path):
    """Three organisations scored 1.5, 2 and 4, and a year later 3, 2.2 and 3.7: (1.5 + 0.2 - 0.3) / 3."""
    text = "day score_before score_after\n2014-11-01 1.5 3\n2014-11-02 2 2.2\n2014-11-03 4 3.7"
    cells = found(tmp_path / "p", text, SCORES)
    total = cells[0, "total", "all"]
    assert total.numerator == 1.4 and total.value == pytest.approx(1.4 / 3)
    assert [cells[0, "change", name].value for name in ("got better", "stayed", "got worse")] == [2, 0, 1]


def test_a_year_is_no_mean_of_its_quarters(tmp_path):
    """One person gained in the first quarter, of nine in the second one: of ten two gained, 20 points and not 55.6."""
    text = "day before after\n2014-10-05 false true\n" + "2015-01-05 false true\n" + "2015-01-05 false false\n" * 8
    windows = (Q1, ("2015-01-01", "2015-03-31"), ("2014-10-01", "2015-03-31"))
    cells = found(tmp_path / "p", text, GAIN, *windows)
    assert [cells[place, "total", "all"].value for place in range(3)] == [100, pytest.approx(100 / 9), 20]


def test_of_nobody_there_is_no_gain(tmp_path):
    cells = found(tmp_path / "p", "day before after\n2014-11-01 - true", GAIN)
    assert {row.status for row in cells.values()} == {"no data"}


def test_the_sheet_prints_what_is_calculated(tmp_path):
    project = load(small.write(tmp_path / "p", "day before after\n2014-11-01 true true", GAIN))
    assert calculation_in_words(project, project.sheets[0]) == (
        '"aware after" less "aware before", where yes is 100 and no is 0, in percentage points. Mean over rows of Rows '
        '(by "day") in the period, the same rows on both sides. Rows without "day" are counted in no period. '
        'Rows without "aware before" or "aware after" are in no part of the gain.'
    )


@pytest.mark.parametrize(
    "written, says",
    [
        (GAIN.replace('"after"', '"sex"'), "field 'sex' must be of type boolean or integer or number"),
        (GAIN.replace('"after"', '"amount"'), "'before' is of type boolean, 'amount' of type number"),
        (GAIN.replace('"after"', '"before"'), "as in before = .aware_before., after = .aware_after."),
        (GAIN.replace('"after"', '"later"'), "there is no field 'later'"),
    ],
)
def test_a_sheet_that_cannot_be_calculated_is_answered_with_what_can(tmp_path, written, says):
    with pytest.raises(Refused, match=says):
        load(small.write(tmp_path / "p", "day\n2014-11-01", written))


# --- The oracle --------------------------------------------------------------------------------------------


def random_text(seed, scores):
    draw = random.Random(seed)
    sides = ["-", "1", "2.5", "2.5001", "-3"] if scores else ["-", "true", "true", "false", "false"]
    names = "score_before score_after" if scores else "before after"
    lines = [
        " ".join([draw.choice(DAYS), draw.choice("FM-"), draw.choice(sides), draw.choice(sides), draw.choice("|-")])
        for _ in range(draw.choice([1, 5, 40]))
    ]
    return "\n".join([f"day sex {names} kind", *lines])


def differing(folder, seed, rules=oracle.RULES):
    """The cells of a random project of which the library says something else than the oracle."""
    scores, where = bool(seed % 2), {"kind": "|"} if seed % 3 else {}
    calculation = (SCORES if scores else GAIN) + BY_SEX + ('\nwhere = { kind = ["|"] }' if where else "")
    if not folder.exists():
        small.write(folder, random_text(seed, scores), calculation)
    cells = small.values(folder, *WINDOWS)
    with (folder / "records/rows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sides = ("score_before", "score_after") if scores else ("before", "after")
    wrong = []
    for place, window in enumerate(WINDOWS):
        told, changes = oracle.gain(rows, sides, window, where, rules)
        for name, expected in told.items():
            row = cells[(place, *LABELS[name])]
            wrong += [] if same((row.value, row.numerator, row.denominator), expected) else [(seed, window, name)]
        for name, number in changes.items():
            there = told["all"][2] > 0
            wrong += [] if same([cells[place, "change", name].value], [number if there else None]) else [(seed, name)]
    return wrong


def test_random_projects_agree_with_the_oracle_and_each_of_its_rules_is_noticed(tmp_path):
    agree_and_notice(differing, tmp_path, range(12), oracle.RULES)
