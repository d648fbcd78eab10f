"""Each measure of a reference sheet on ten million rows, beside a `people` measure of the same table."""

from pathlib import Path

from tests.bench.calculation import all_windows
from tests.bench.clocks import best, doing

ROWS, PEOPLE = 10_000_000, 2_000_000
RUNS = 2  # of each measure; the best counts
TABLE = """
day        end        person sex kind amount done  before after score_before score_after
2011-11-01 2012-01-01 p1     F   NA   1.5    true  true   false 3            4
2012-11-01 -          -      -   -    -      -     -      -     -            -
"""
OF = 'table = "rows"\ndate = "day"\n'
PERSON = f'measure = "people"\n{OF}person = "person"\n'
LEVEL = 'measure = "level"\ntable = "rows"\nstart = "day"\nend = "end"\n'
BY_SEX = 'disaggregate = ["sex"]\n'
SHARE = f'measure = "share"\n{BY_SEX}[calculation.denominator]\n'
LATER = f'[calculation.numerator]\n{OF}person = "person"\nwhere = {{ done = true }}\n'
STATE = f"{LATER}within = 90\n"
FIRST = "people"
MEASURES = {
    FIRST: PERSON + BY_SEX,
    "count": f'measure = "count"\n{OF}{BY_SEX}',
    "count, one or another": f'measure = "count"\n{OF}any = [{{ kind = "007" }}, {{ done = true }}]\n{BY_SEX}',
    "sum": f'measure = "sum"\n{OF}column = "amount"\n{BY_SEX}',
    "mean": f'measure = "mean"\n{OF}column = "amount"\n{BY_SEX}',
    "median": f'measure = "median"\n{OF}column = "amount"\n{BY_SEX}',
    "max": f'measure = "max"\n{OF}column = "amount"\n{BY_SEX}',
    "min": f'measure = "min"\n{OF}column = "amount"\n{BY_SEX}',
    "last": f'measure = "last"\n{OF}column = "amount"\n{BY_SEX}',
    "gain, yes or no": f'measure = "gain"\n{OF}before = "before"\nafter = "after"\n{BY_SEX}',
    "gain, numbers": f'measure = "gain"\n{OF}before = "score_before"\nafter = "score_after"\n{BY_SEX}',
    "people, in each period": f'{PERSON}counted = "each period"\n{BY_SEX}',
    "people with three rows": f"{PERSON}at_least = 3\n{BY_SEX}",
    "people with two kinds": f'{PERSON}at_least = 2\ndifferent = "kind"\n{BY_SEX}',
    "level": LEVEL + BY_SEX,
    "level, of people": f'{LEVEL}person = "person"\n{BY_SEX}',
    "level, on each day": f'{LEVEL}over = "days"\n{BY_SEX}',
    "level, of people on each day": f'{LEVEL}over = "days"\nperson = "person"\n{BY_SEX}',
    "median of days": f'measure = "median"\n{OF}days = ["day", "end"]\n{BY_SEX}',
    "people of two tables": f'{PERSON}also = [{{ table = "rows", date = "end" }}]\n{BY_SEX}',
    "share": f'{SHARE}measure = "count"\n{OF}[calculation.numerator]\nwhere = {{ done = true }}\n',
    "share, a cohort within 90 days": f"{SHARE}{PERSON}{STATE}",
    "share, a cohort by the period's end": f"{SHARE}{PERSON}{LATER}",
    "ratio, rows for each person": f'measure = "ratio"\n[calculation.numerator]\nmeasure = "count"\n{OF}'
    f"[calculation.denominator]\n{PERSON}",
    "ratio": f'measure = "ratio"\n[calculation.numerator]\nmeasure = "sum"\n{OF}column = "amount"\n'
    f'[calculation.denominator]\nmeasure = "count"\n{OF}',
}


def measures(folder):
    """Prints a line for each measure, with its CPU time over that of `people`."""
    from ctanalysis import indicators
    from ctanalysis.project import load
    from tests.generators import small

    projects = {
        name: load(small.write(Path(folder) / f"measure-{place}", TABLE, calculation))
        for place, (name, calculation) in enumerate(MEASURES.items())
    }
    windows, rows = all_windows(projects[FIRST]), records()
    print(
        f"Measures on {ROWS:,} rows of {PEOPLE:,} people, {len(windows)} windows, in all and by sex; CPU seconds of one"
    )
    print(f"   thread, best of {RUNS} runs, and how many times those of `{FIRST}`.\n")
    seconds = {}
    for name, project in projects.items():
        doing(name)
        seconds[name] = best(RUNS, indicators.calculate, project, rows, windows)
    for name, spent in seconds.items():
        print(f"   {name:36} {spent:6.2f} s {spent / seconds[FIRST]:5.1f} times")


def records():
    """The table in memory, typed as records.read types it; one in a hundred of each column is missing."""
    import numpy as np
    import pandas as pd

    chance = np.random.default_rng(13)
    first, days = np.datetime64("2011-10-01"), 1188  # to the end of 2014

    def some(values):
        return pd.Series(values).mask(chance.random(ROWS) < 0.01)

    def categories(labels, size):
        codes = chance.integers(0, size, ROWS)
        return pd.Categorical.from_codes(np.where(chance.random(ROWS) < 0.01, -1, codes), labels)

    begun = (first + chance.integers(0, days, ROWS)).astype("datetime64[s]")
    ended = begun + chance.integers(1, 400, ROWS).astype("timedelta64[D]")
    frame = {
        "id": np.arange(ROWS),
        "day": some(begun),
        "end": some(ended),
        "person": categories(pd.RangeIndex(PEOPLE).astype(str), PEOPLE),
        "sex": categories(["F", "M"], 2),
        "kind": categories(["NA", "|", "007"], 3),
        "amount": some(np.round(chance.random(ROWS) * 1000, 2)),
    }
    frame |= {name: some(chance.random(ROWS) < 0.5).astype("boolean") for name in ("done", "before", "after")}
    frame |= {name: some(chance.integers(0, 11, ROWS).astype(float)) for name in ("score_before", "score_after")}
    return {"rows": pd.DataFrame(frame)}
