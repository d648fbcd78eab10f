"""The mean of a level over the days of a period: nights by hand, refusals, and day by day in plain Python."""

import csv
import random
from itertools import pairwise

import pytest

from ctanalysis import Refused, evaluate, narrative
from ctanalysis.project import load
from ctanalysis.tables.breakdowns import breakdown
from ctanalysis.tables.sheets import calculation_in_words
from tests.generators import small
from tests.oracles import days as oracle
from tests.oracles.agreeing import agree_and_notice, same

LEVEL = 'measure = "level"\ntable = "rows"\nstart = "day"\nend = "end"\nover = "days"'
OF = {"rows": "", "amount": '\ncolumn = "amount"', "person": '\nperson = "person"'}
OCTOBER, Q1 = ("2014-10-01", "2014-10-31"), ("2014-10-01", "2014-12-31")
DAYS = ["-", "2013-09-30", "2013-10-01", "2013-12-31", "2014-01-01", "2014-03-31", "2014-04-01", "2014-09-30"]
EDGES = ["2013-10-01", "2013-12-31", "2014-03-31", "2014-09-30", "2014-12-31"]
WINDOWS = [*pairwise(EDGES), ("2013-12-31", "2013-12-31"), ("2014-01-01", "2014-03-31"), ("2011-10-01", Q1[1])]
LABELS = {
    "all": ("total", "all"),
    "F": ("sex", "female"),
    "M": ("sex", "male"),
    "not recorded": ("sex", "not recorded"),
}


def total(folder, text, more="", *windows):
    cells = small.values(small.write(folder, text, LEVEL + more), *(windows or (OCTOBER,)))
    found = [row for (_, way, _), row in cells.items() if way == "total"]
    return [(row.numerator, row.denominator) for row in found]


def test_nights_in_october(tmp_path):
    """Three stays: 1 to 4 October is three nights, from September to the 2nd one, from the 30th on two of October.

    Whoever comes and leaves on one day stays no night. Six nights in 31 days are 0.19 a night.
    """
    stays = "2014-10-01 2014-10-04\n2014-09-01 2014-10-02\n2014-10-30 -\n2014-10-07 2014-10-07"
    assert total(tmp_path / "p", f"day end\n{stays}") == [(6, 31)]
    [row] = small.values(tmp_path / "p", OCTOBER).values()
    assert row.value == pytest.approx(6 / 31) and row.rows == 3


def test_a_column_is_added_up_on_each_day(tmp_path):
    """4 beds for two days and 3 more on the second of them, and on another day a row without their number."""
    rows = "2014-10-05 2014-10-07 4\n2014-10-06 2014-10-07 3\n2014-10-09 2014-10-10 -"
    assert total(tmp_path / "p", f"day end amount\n{rows}", OF["amount"]) == [(4 + 4 + 3, 31)]
    [row] = small.values(tmp_path / "p", OCTOBER).values()
    assert (row.rows, row.lacking) == (2, 1)


def test_a_person_with_two_beds_stays_one_night(tmp_path):
    """From the 1st to the 4th and from the 3rd to the 6th: five nights of one person."""
    rows = "2014-10-01 2014-10-04 A\n2014-10-03 2014-10-06 A"
    assert total(tmp_path / "p", f"day end person\n{rows}", OF["person"]) == [(5, 31)]


def test_a_quarter_is_no_mean_of_its_months(tmp_path):
    """31 nights in October and none in November: over 61 days 0.51, over the months 0.5."""
    months = OCTOBER, ("2014-11-01", "2014-11-30"), ("2014-10-01", "2014-11-30")
    assert total(tmp_path / "p", "day end\n2014-10-01 2014-11-01", "", *months) == [(31, 31), (0, 30), (31, 61)]


def test_occupancy_is_a_ratio_of_two_of_them(tmp_path):
    """Two beds all October, of which one was slept in for 15 nights and the other for 16: half."""
    ratio = (
        f'measure = "ratio"\n[calculation.numerator]\n{LEVEL}\nwhere = {{ kind = "NA" }}\n'
        f'[calculation.denominator]\n{LEVEL}\ncolumn = "amount"\nwhere = {{ kind = "|" }}'
    )
    # both parts are rows of one table here: those of kind NA are stays, the other one has beds
    rows = "2014-10-01 2014-10-16 NA -\n2014-10-16 2014-11-01 NA -\n2014-09-01 - | 2"
    [row] = small.values(small.write(tmp_path / "p", f"day end kind amount\n{rows}", ratio), OCTOBER).values()
    assert (row.value, row.numerator, row.denominator) == (0.5, 1, 2)


def test_it_is_printed_as_it_is_calculated(tmp_path):
    project = load(small.write(tmp_path / "p", "day end\n2014-10-01 -", LEVEL + OF["amount"]))
    assert calculation_in_words(project, project.sheets[0]) == (
        'Sum of "amount" of Rows, "day" on or before a day and "end" empty or after it, as a mean over the days of the '
        'period: what stands on each day, added up, by the number of the days. Rows without "day" stand in no period. '
        'Rows without "amount" add nothing to the number.'
    )


def test_a_report_tells_the_mean_with_its_days_and_changes_in_decimals(tmp_path):
    folder = small.write(
        tmp_path / "p", "day end\n2014-10-01 2014-11-01\n2014-07-01 2014-07-11", LEVEL + '\ndisaggregate = ["sex"]'
    )
    found = evaluate("FY2015Q1", folder)
    [row] = found.by("x").itertuples()
    assert (row.value, row.numerator, row.denominator, row.status) == (31 / 92, 31, 92, "exact")
    [tracked] = found.tracking.query("horizon == 'period'").itertuples()
    assert tracked.change == pytest.approx(0.3 - 0.1)  # 31 / 92 = 0.34 and 10 / 92 = 0.11, as they are shown
    told = narrative.area(found, "work").plain
    assert "0.3 [u] things were counted in October–December 2014 (mean over 92 days; 31 on all days together)" in told
    assert "0.2 higher than in July–September 2014 (0.1), not tested" in told  # and not "than on 30 September"
    assert breakdown(found, "x", "sex", "period").plain.splitlines()[1] == "Sex\tThings\tDays"


@pytest.mark.parametrize("disclosure", ["callers", "victims"])
def test_of_people_it_is_refused_and_what_is_possible_is_said(tmp_path, disclosure):
    with pytest.raises(Refused, match=r"indicators/x.toml: over days, .* those of one person.*Take over out"):
        load(small.write(tmp_path / "p", "day end\n2014-10-01 -", LEVEL, disclosure=disclosure))


@pytest.mark.parametrize(
    "more, says",
    [
        ('\nwhere = { end = { present = false } }', "over days has a condition on the date 'end'"),
        ('\nwhere = { day = { min = 2014-01-01 } }', "over days has a condition on the date 'day'"),
        ('\ncolumn = "sex"', "field 'sex' must be of type integer or number"),
        ('\ncolumn = "amount"\nperson = "person"', "a level is of people"),
    ],
)  # fmt: skip
def test_what_cannot_be_calculated_is_refused(tmp_path, more, says):
    with pytest.raises(Refused, match=says):
        load(small.write(tmp_path / "p", "day end\n2014-10-01 -", LEVEL + more))


def test_another_word_than_days_is_answered(tmp_path):
    with pytest.raises(Refused, match=r"'calculation.over' must be one of: 'days'|'calculation.over' must be 'days'"):
        load(small.write(tmp_path / "p", "day end\n2014-10-01 -", LEVEL.replace('"days"', '"months"')))


def test_of_whole_months_no_days_are_counted(tmp_path):
    folder = small.write(tmp_path / "p", "day end\n2014-10 -", LEVEL)
    package = folder / "datapackage.json"
    package.write_text(package.read_text("utf-8").replace('"title": "day"', '"title": "day", "format": "month"'))
    with pytest.raises(Refused, match="'day' holds months, from which it is not known on which days"):
        load(folder)


# --- The oracle --------------------------------------------------------------------------------------------


def random_text(draw):
    lines = [
        " ".join(
            [
                draw.choice(DAYS),
                draw.choice([*DAYS, "-", "-"]),
                draw.choice("ABC-"),
                draw.choice("FM-"),
                draw.choice(["-", "-", "1", "2.5", "-3"]),
                draw.choice("|-"),
            ]
        )
        for _ in range(draw.choice([2, 4, 25]))
    ]
    return "\n".join(["day end person sex amount kind", *lines])


def differing(folder, seed, rules=oracle.RULES):
    """The cells of a random project of which the library says something else than the oracle."""
    draw = random.Random(seed)
    of, where = list(OF)[seed % 3], {"kind": "|"} if seed % 2 else {}
    if not folder.exists():
        more = f'{OF[of]}\ndisaggregate = ["sex"]' + ('\nwhere = { kind = ["|"] }' if where else "")
        small.write(folder, random_text(draw), LEVEL + more)
    cells = small.values(folder, *WINDOWS)
    with (folder / "records/rows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = []
    for place, window in enumerate(WINDOWS):
        for name, expected in oracle.over_days(rows, of, window, where, rules).items():
            row = cells[(place, *LABELS[name])]
            wrong += [] if same((row.value, row.numerator, row.denominator), expected) else [(seed, window, name)]
    return wrong


@pytest.mark.long
def test_random_projects_agree_with_the_oracle_and_each_of_its_rules_is_noticed(tmp_path):
    agree_and_notice(differing, tmp_path, range(18), oracle.RULES)


@pytest.mark.long
def test_more_random_projects_agree_with_the_oracle(tmp_path):
    assert {seed: found for seed in range(18, 200) if (found := differing(tmp_path / str(seed), seed))} == {}
