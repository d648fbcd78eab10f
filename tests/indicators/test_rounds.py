"""Survey rounds: worked examples to be read, what is refused, and the oracle on random projects."""

import csv
import math
import random
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from ctanalysis import Refused, indicators, records
from ctanalysis.project import load
from ctanalysis.tables.sheets import calculation_in_words, reference_sheet
from tests.generators import small
from tests.oracles import rounds as oracle
from tests.oracles.agreeing import agree_and_notice, same

ROUNDS = 'rounds = { field = "round", baseline = "baseline" }'
ROWS = 'table = "rows"\ndate = "day"'
KNEW = '[calculation.denominator]\nmeasure = "count"\n{rows}\n[calculation.numerator]\nwhere = {{ done = true }}'
MEASURES = {
    "count": f'measure = "count"\n{ROWS}\n{ROUNDS}',
    "sum": f'measure = "sum"\n{ROWS}\n{ROUNDS}\ncolumn = "amount"',
    "mean": f'measure = "mean"\n{ROWS}\n{ROUNDS}\ncolumn = "amount"',
    "median": f'measure = "median"\n{ROWS}\n{ROUNDS}\ncolumn = "amount"',
    "people": f'measure = "people"\n{ROWS}\n{ROUNDS}\nperson = "person"',
    "columns": f'measure = "sum"\n{ROWS}\n{ROUNDS}\ncolumns = ["score_before", "score_after"]',
    "mean of days": f'measure = "mean"\n{ROWS}\n{ROUNDS}\ndays = ["end", "day"]',
    "median of days": f'measure = "median"\n{ROWS}\n{ROUNDS}\ndays = ["end", "day"]',
}
YEAR_1, YEAR_2, BOTH = ("2012-10-01", "2013-09-30"), ("2013-10-01", "2014-09-30"), ("2012-10-01", "2014-09-30")
DAYS = ["-", "2012-11-01", "2013-05-01", "2013-09-30", "2013-10-01", "2014-02-01", "2014-09-30", "2014-10-01"]
WINDOWS = [*pairwise(["2012-10-01", "2013-03-31", "2013-09-30", "2014-09-30", "2014-12-31"]), YEAR_2, BOTH]
LABELS = {
    "all": ("total", "all"),
    "F": ("sex", "female"),
    "M": ("sex", "male"),
    "not recorded": ("sex", "not recorded"),
}


def share(more="", where=""):
    """The calculation of a share of those who knew, of survey rounds."""
    return f'measure = "share"\n{ROUNDS}\n{more}\n{KNEW.format(rows=ROWS + where)}'


def written(folder, text, calculation, **more):
    """The project, its written baseline taken away: what is dated stays."""
    folder = small.write(folder, text, calculation, **more)
    sheet = folder / "indicators" / "x.toml"
    sheet.write_text(sheet.read_text("utf-8").replace("[baseline]\nvalue = 0\n", "[baseline]\n"), encoding="utf-8")
    return folder


def surveyed(**rounds):
    """Rows of a survey: by round its day, how many knew, and of how many."""
    rows = [
        f"{day} {name} {'true' if number < knew else 'false'}"
        for name, (day, knew, of) in rounds.items()
        for number in range(of)
    ]
    return "\n".join(["day round done", *rows])


def totals(folder, *windows):
    cells = small.values(folder, *windows)
    return [row for (_, way, _), row in cells.items() if way == "total"]


def baseline_of(folder, day):
    project = load(folder)
    return indicators.baselines(project, records.read(project), date.fromisoformat(day))


def test_a_value_is_of_one_round_and_never_of_a_pool(tmp_path):
    """At the baseline 2 of 10 knew, at the midline 4 of 8, at the end 6 of 8.

    The year of the baseline has no data, that of the two others the endline's 75 %, and both years that of the endline:
    not (2 + 4 + 6) of 26. The baseline is 20 %.
    """
    text = surveyed(baseline=("2012-11-05", 2, 10), midline=("2013-11-05", 4, 8), endline=("2014-06-05", 6, 8))
    first, midline, second, both = totals(
        written(tmp_path / "p", text, share()), YEAR_1, ("2013-10-01", "2013-12-31"), YEAR_2, BOTH
    )
    assert (first.status, first.rows) == ("no data", 0)
    assert [(one.numerator, one.denominator) for one in (midline, second, both)] == [(4, 8), (6, 8), (6, 8)]
    [row] = baseline_of(tmp_path / "p", "2014-09-30").itertuples()
    assert (row.value, row.numerator, row.denominator, row.horizon) == (0.2, 2, 10, "baseline round")


def test_the_baseline_is_as_it_was_known(tmp_path):
    """Of the baseline round 3 rows are dated in one quarter and 1 in the next: a report of the first knows 3."""
    text = "day round\n" + "2012-11-05 baseline\n" * 3 + "2013-02-01 baseline\n2013-08-01 endline"
    folder = written(tmp_path / "p", text, MEASURES["count"])
    assert baseline_of(folder, "2012-12-31")["value"].tolist() == [3]
    assert baseline_of(folder, "2013-03-31")["value"].tolist() == [4]
    text = "day round\n" + "2012-11-05 baseline\n" * 3 + "2012-12-01 baseline\n2013-08-01 endline"
    within = written(tmp_path / "within", text, MEASURES["count"])
    assert baseline_of(within, "2012-11-30")["value"].tolist() == [3], "in the middle of a quarter"
    assert len(baseline_of(folder, "2012-09-30")) == 0, "no row by then, so no baseline, and not 0"


def test_a_round_in_which_nobody_says_so_is_0_and_not_the_round_before(tmp_path):
    """Counted are those who knew: 4 at the midline, nobody at the end. The year has the endline's 0."""
    text = surveyed(midline=("2013-11-05", 4, 8), endline=("2014-06-05", 0, 8))
    [row] = totals(written(tmp_path / "p", text, f"{MEASURES['count']}\nwhere = {{ done = true }}"), YEAR_2)
    assert (row.value, row.status) == (0, "exact")


def test_several_columns_as_categories_are_of_one_round(tmp_path):
    """At the baseline 9 women and 9 men, at the midline 1 and 2, at the end 3 and 4, then 5 women and no men known."""
    rows = "2012-11-05 baseline 9 9\n2013-11-05 midline 1 2\n2014-06-05 endline 3 4\n2014-06-06 endline 5 -"
    by = MEASURES["columns"].replace(
        '["score_before", "score_after"]', '{ people = { F = "score_before", M = "score_after" } }'
    )
    folder = written(tmp_path / "p", f"day round score_before score_after\n{rows}", f'{by}\ndisaggregate = ["people"]')
    cells = small.values(folder, YEAR_2)
    told = [cells[0, *cell] for cell in [("total", "all"), ("people", "F"), ("people", "M")]]
    assert [(one.value, one.rows, one.lacking) for one in told] == [(12, 1, 1), (8, 2, 0), (4, 1, 1)]
    assert baseline_of(folder, "2014-09-30")["value"].tolist() == [18], "its total alone"


def test_days_are_those_of_one_round(tmp_path):
    """From an end to the interview: 30 days at the baseline, 1 at the midline, 10, 20 and 60 at the end."""
    rows = "2012-10-06 2012-11-05 baseline\n2013-11-04 2013-11-05 midline\n" + "\n".join(
        f"{end} 2014-06-30 endline" for end in ("2014-06-20", "2014-06-10", "2014-05-01", "-", "2014-07-01")
    )
    for measure, value in (("mean", 30), ("median", 20)):
        folder = written(tmp_path / measure, f"end day round\n{rows}", MEASURES[f"{measure} of days"])
        [row] = totals(folder, YEAR_2)
        assert (row.value, row.denominator, row.rows, row.lacking) == (value, 3, 3, 2)
        assert baseline_of(folder, "2014-09-30")["value"].tolist() == [30]


def test_a_row_without_a_round_lacks_something(tmp_path):
    text = surveyed(baseline=("2012-11-05", 2, 4), endline=("2014-06-05", 3, 4)) + "\n2014-06-06 - true"
    [row] = totals(written(tmp_path / "p", text, share()), YEAR_2)
    assert (row.numerator, row.denominator, row.rows, row.lacking) == (3, 4, 4, 1)
    [row] = totals(tmp_path / "p", ("2014-06-06", "2014-06-30"))
    assert (row.status, row.rows, row.lacking) == ("no data", 0, 1)


def test_the_sheet_prints_what_is_calculated_and_against_what(tmp_path):
    project = load(written(tmp_path / "p", "day round\n2014-06-05 endline", MEASURES["mean"]))
    assert calculation_in_words(project, project.sheets[0]) == (
        'Mean of "amount" over rows of Rows (by "day") in the period. Only rows of one round of "round" count: of '
        "those that have rows in the period the latest, and never the baseline. It is held against the round baseline "
        'of "round", dated 1 October 2011. Rows without "day" are counted in no period. Rows without "round" are not '
        'counted. Rows without "amount" add nothing to the number.'
    )
    printed = dict(reference_sheet(project, project.sheets[0]).rows)
    assert printed["Baseline"] == 'calculated from the round baseline of "round", dated 1 October 2011. .'


PEOPLE = f'measure = "people"\n{ROWS}\nperson = "person"'
REFUSED = {
    "both baselines": (MEASURES["count"], {}, "it has rounds and a written baseline.*Take value out of .baseline."),
    "no round": (MEASURES["count"].replace('= "baseline"', '= "before"'), {}, "no category of 'round'. There are: ba"),
    "no categories": (MEASURES["count"].replace('"round"', '"person"'), {}, "has no two. There are: sex, kind"),
    "no field": (MEASURES["count"].replace('"round"', '"wave"'), {}, "there is no field 'wave'"),
    "a condition": (f'{MEASURES["count"]}\nwhere = {{ round = "endline" }}', {}, "take the condition on 'round' out"),
    "a breakdown": (f'{MEASURES["count"]}\ndisaggregate = ["round"]', {}, "take the breakdown by 'round' out"),
    "a part": (share().replace(ROUNDS, "").replace(ROWS, f"{ROWS}\n{ROUNDS}"), {}, "write it beside measure"),
    "a word": (MEASURES["count"].replace("baseline =", "base ="), {}, "rounds.base'.*There are: field, ba"),
    "of two tables": (f'{MEASURES["people"]}\nalso = [{{ table = "rows", date = "end" }}]', {}, "are of one table"),
    "a cohort": (
        f'measure = "share"\n{ROUNDS}\ndenominator = {{ {PEOPLE.replace(chr(10), ", ")} }}\n'
        'numerator = { table = "rows", person = "person", date = "end" }',
        {},
        "a cohort has no survey rounds",
    ),
    "a ratio": (
        f'measure = "ratio"\n[calculation.numerator]\n{MEASURES["count"]}\n[calculation.denominator]\nmeasure = "days"',
        {},
        "a ratio has no survey rounds",
    ),
    "a rate": (
        f'measure = "rate"\n[calculation.numerator]\n{MEASURES["count"]}',
        {},
        "a rate has no survey rounds",
    ),
    "within so many days": (
        share().replace("where = { done = true }", 'days = ["day", "end"]\nwithin = 30'),
        {},
        "are counted when these are over, and not in their survey round",
    ),
    "the quick ones": (
        MEASURES["mean of days"].replace('["end", "day"]', '["day", "end"]'),
        {},
        """Count by another date, as in date = "end".""",
    ),
    "people who were trafficked": (
        MEASURES["count"],
        {"disclosure": "victims"},
        "in class 'victims' no survey rounds are told",
    ),
}  # fmt: skip


@pytest.mark.parametrize("calculation, more, says", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_laid_beside_each_other_is_refused(tmp_path, calculation, more, says):
    write = small.write if says.startswith("it has rounds and") else written
    with pytest.raises(Refused, match=says):
        load(write(tmp_path / "p", "day round\n2014-06-05 endline", calculation, **more))


def test_a_sheet_without_rounds_is_of_the_same_definition_as_before(tmp_path):
    """What was released of a sheet is hashed with its calculation: a key that it does not have is not in it."""
    project = load(small.write(tmp_path / "p", "day\n2014-06-05", share().replace(ROUNDS, "")))
    written = project.sheets[0].calculation.model_dump(mode="json")
    assert "rounds" not in {*written, *written["denominator"]} and "over" not in str(written)


@pytest.mark.parametrize("measure", MEASURES)
def test_no_period_is_part_of_a_longer_one(tmp_path, measure):
    """The year has one round of those that its quarters have, so that they add up to nothing."""
    sheet = load(written(tmp_path / "p", "day round\n2014-06-05 endline", MEASURES[measure])).sheets[0]
    assert not sheet.adds_up and not sheet.grows


# --- The oracle --------------------------------------------------------------------------------------------


def random_text(draw):
    choices = [DAYS, ["baseline", "midline", "endline", "-"], "ABC-", "FM-", *[["-", "1", "2.5", "-3"]] * 3, DAYS]
    rows = [
        " ".join([*map(draw.choice, choices), draw.choice(["true", "false", "-"]), draw.choice("|-")])
        for _ in range(draw.choice([4, 30, 60]))
    ]
    return "\n".join(["day round person sex amount score_before score_after end done kind", *rows])


@cache
def told_of(folder):
    """The rows of a project, and what the library says: of each window and cell, and of the baseline on some days."""
    with (folder / "records/rows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {day: baseline_of(folder, day)["value"].tolist() for day in ("2012-12-31", "2013-09-30", "2014-12-31")}
    return rows, small.values(folder, *WINDOWS), {day: (of or [math.nan])[0] for day, of in found.items()}


def differing(folder, seed, rules=oracle.RULES):
    """The cells of a random project of which the library says something else than the oracle."""
    draw = random.Random(seed)
    of = ("people", "share", *MEASURES)[seed % 10]
    where, more = ({"kind": "|"}, '\nwhere = { kind = "|" }') if draw.random() < 0.5 else ({}, "")
    by_sex = 'disaggregate = ["sex"]'
    calculation = share(by_sex, more) if of == "share" else f"{MEASURES[of]}{more}\n{by_sex}"
    if not folder.exists():
        written(folder, random_text(draw), calculation)
    rows, cells, baselines = told_of(folder)
    wrong = []
    for place, window in enumerate(WINDOWS):
        for name, expected in oracle.values(rows, of, window, where, rules).items():
            wrong += [] if same([cells[(place, *LABELS[name])].value], [expected]) else [(seed, of, window, name)]
    for day, told in baselines.items():
        wrong += [] if same([told], [oracle.baseline(rows, of, day, where, rules)]) else [(seed, of, day)]
    return wrong


@pytest.mark.long
def test_random_projects_agree_with_the_oracle_and_each_of_its_rules_is_noticed(tmp_path):
    agree_and_notice(differing, tmp_path, range(40), oracle.RULES)


@pytest.mark.long
def test_more_random_projects_agree_with_the_oracle(tmp_path):
    assert {seed: found for seed in range(40, 200) if (found := differing(tmp_path / str(seed), seed))} == {}
