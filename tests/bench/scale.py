"""Ten million rows: the same values by hand in DuckDB and in Polars, and ours; what a row costs; and extra memory.

Each engine has the table in memory in its own form, and works in a process of its own, with as many threads as it
takes: ours takes one. Theirs count rows by quarter and category once, and add up quarters; people are found by their
first rows. So each side does what somebody would write who knows it. All values are compared.
"""

import json
from datetime import date
from statistics import median
from time import perf_counter, process_time

from tests.bench.clocks import doing, fresh
from tests.memory import peak, peak_from_here

ROWS, FEW = 10_000_000, 100_000
TURNS = 5
FIRST_DAY, DAYS = "2011-10-01", 1188  # to the end of 2014
CATEGORIES = {"sex": 2, "age": 6, "kind": 5, "region": 9}
WAYS = ["sex", "age", "kind", "region", ["sex", "age"], ["sex", "region"]]
OF = 'table = "rows"\ndate = "day"\n'
SHEETS = {
    "count": f'measure = "count"\n{OF}',
    "sum": f'measure = "sum"\n{OF}column = "amount"\n',
    "people": f'measure = "people"\n{OF}person = "person"\n',
    "share": 'measure = "share"\n{ways}'
    f'[calculation.denominator]\nmeasure = "count"\n{OF}[calculation.numerator]\nwhere = {{{{ done = true }}}}\n',
}


def at_ten_million(folder):
    """Prints how ours, DuckDB and Polars compare, in seconds and in extra memory."""
    table(folder / "many", ROWS)
    turns = {engine.__name__: [] for engine in ENGINES}
    for turn in range(TURNS):
        for engine in ENGINES:
            doing(f"turn {turn + 1}: {engine.__name__}")
            turns[engine.__name__].append(fresh(measured, engine, folder / "many"))
    check_equal([found[0]["values"] for found in turns.values()])
    print(
        f"{ROWS:,} rows of {ROWS // 5:,} people: {', '.join(SHEETS)}; {len(windows())} windows, in all and by "
        f"{len(WAYS)} breakdowns.\nSeconds (and CPU seconds) of {TURNS} runs by turns, and memory at the peak beyond "
        "the table's.\n"
    )
    for name, found in turns.items():
        print(f"   {name:8} {spread(found, 'seconds')} s ({spread(found, 'cpu')} s), {spread(found, 'extra')} MB")
    for name in [name for name in turns if name != "ours"]:
        pairs = list(zip(turns[name], turns["ours"], strict=True))
        times = [{key: theirs[key] / ours[key] for key in ("seconds", "cpu", "extra")} for theirs, ours in pairs]
        print(
            f"   {name:8} {spread(times, 'seconds')} times as long ({spread(times, 'cpu')} in CPU seconds), "
            f"{spread(times, 'extra')} times the memory"
        )


def cost_of_a_row(folder):
    """Prints what a row costs at ten million and at a hundred thousand."""
    for name, rows in (("few", FEW), ("many", ROWS)):
        table(folder / name, rows)
    turns = [(fresh(measured, ours, folder / "few", 20), fresh(measured, ours, folder / "many")) for _ in range(TURNS)]
    ratios = [{"ratio": many["cpu"] / ROWS / (few["cpu"] / FEW)} for few, many in turns]
    for place, rows in enumerate((FEW, ROWS)):
        cost = [{"ns": turn[place]["cpu"] / rows * 1e9} for turn in turns]
        print(f"   {rows:10,} rows: {spread(cost, 'ns')} CPU nanoseconds a row")
    print(f"   {spread(ratios, 'ratio')} times; wanted: at most 1.5")


def spread(found, name):
    """The median of some runs, with their range."""
    values = [one[name] for one in found]
    return f"{median(values):,.2f} [{min(values):,.2f} to {max(values):,.2f}]"


def windows():
    from ctanalysis.indicators import Window

    return [Window(f"{start}", start, end) for start, end in spans()]


def spans():
    """First and last day of each quarter, half and year: the period, the year to date, the project to date."""
    of_year = ((3, 31), (6, 30), (9, 30), (12, 31))
    ends = [date(year, month, day) for year in range(2011, 2015) for month, day in of_year]
    firsts = {end: date(end.year, end.month - 2, 1) for end in ends}
    of = []
    for place, end in enumerate(ends[3:]):
        year = max(0, place - place_in_year(end))
        starts = [firsts[end], firsts[ends[3 + year]], date(2011, 10, 1)]
        halves = [firsts[ends[2 + place]]] if place and end.month in (3, 9) else []
        of += [(start, end) for start in [*starts, *halves]]
    return of


def place_in_year(end):
    """How many quarters of its fiscal year are before that of an end."""
    return {12: 0, 3: 1, 6: 2, 9: 3}[end.month]


def table(folder, rows):
    """The project, and its table as arrays of codes (-1 is missing) in files, from a seed."""
    import numpy as np

    from tests.generators import small

    if folder.exists():
        return
    chance = np.random.default_rng(17)
    ways = f"disaggregate = {json.dumps(WAYS)}\n"
    sheets = [text.format(ways=ways) if "{ways}" in text else text + ways for text in SHEETS.values()]
    small.write(folder, "day\n2011-10-01", sheets[0].replace('"age"', '"line"'))
    describe(folder)
    (folder / "indicators/x.toml").write_text(
        (folder / "indicators/x.toml").read_text(encoding="utf-8").replace('"line"', '"age"'), encoding="utf-8"
    )
    for code, text in zip([*SHEETS][1:], sheets[1:], strict=True):
        small.add_sheet(folder, code, text, name=f"Other things, {code}")
    columns = {name: chance.integers(0, size, rows, np.int8) for name, size in CATEGORIES.items()}
    columns |= {"person": chance.integers(0, rows // 5, rows, np.int32), "done": chance.integers(0, 2, rows, np.int8)}
    for column in columns.values():
        column[chance.random(rows) < 0.01] = -1
    columns["day"] = chance.integers(0, DAYS, rows, np.int32) + np.datetime64(FIRST_DAY, "D").astype(np.int32)
    columns["amount"] = np.round(chance.random(rows) * 1000, 2)
    for name, column in columns.items():
        np.save(folder / f"{name}.npy", column)


def describe(folder):
    """Has the project's table have the fields that are measured."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    schema = package["resources"][0]["schema"]
    kept = [field for field in schema["fields"] if field["name"] in ("id", "day", "person", "amount", "done")]
    fields = [
        {"name": name, "type": "string", "title": name, "categories": [category(place) for place in range(size)]}
        for name, size in CATEGORIES.items()
    ]
    schema["fields"] = kept + fields
    path.write_text(json.dumps(package), encoding="utf-8")


def category(place):
    return {"value": f"c{place}", "label": f"category {place}"}


def measured(engine, folder, times=1):
    """Seconds, CPU seconds and extra memory (MB) of an engine in this process, and its values."""
    import numpy as np

    columns = {path.stem: np.load(path) for path in sorted(folder.glob("*.npy"))}
    few = {name: column[:1000] for name, column in columns.items()}
    engine(folder, few)()  # what is done once in a process is done
    run = engine(folder, columns)
    del columns
    before, start, cpu = peak_from_here(), perf_counter(), process_time()
    for _ in range(times):
        values = run()
    took = {"seconds": (perf_counter() - start) / times, "cpu": (process_time() - cpu) / times}
    return took | {"extra": (peak() - before) / 2**10, "values": values}


def ours(folder, columns):
    """The calculation, on the frame that records.read gives."""
    import numpy as np
    import pandas as pd

    from ctanalysis import indicators
    from ctanalysis.project import load

    rows = len(columns["day"])
    frame = {"id": np.arange(rows), "day": columns["day"].astype("datetime64[D]").astype("datetime64[s]")}
    names = pd.RangeIndex(max(columns["person"].max() + 1, 1)).astype(str)
    frame["person"] = pd.Categorical.from_codes(columns["person"], names)
    for name, size in CATEGORIES.items():
        frame[name] = pd.Categorical.from_codes(columns[name], labels(size))
    frame["amount"], done = columns["amount"].copy(), columns["done"]
    frame["done"] = pd.arrays.BooleanArray(done == 0, done < 0)
    project, records = load(folder), {"rows": pd.DataFrame(frame, copy=False)}
    return lambda: told(indicators.calculate(project, records, windows()))


def told(frame):
    """Value, numerator and denominator by sheet, in the order of windows, breakdowns and categories."""
    codes = {"x": "count"} | {name: name for name in SHEETS}
    found = {}
    for code, part in frame.groupby("indicator", sort=False):
        names = ("numerator", "denominator") if code == "share" else ("value",)
        found[codes[code]] = [part[name].fillna(0).to_numpy() for name in names]
    return [array for name in SHEETS for array in found[name]]


def duckdb(folder, columns):
    """By hand: a table in memory, rows by quarter and category; people by their first rows."""
    import duckdb as engine

    here = engine.connect(config={"preserve_insertion_order": False})
    rows = columns | {"id": ids(columns)}  # noqa: F841  DuckDB finds it by its name
    for name, size in CATEGORIES.items():
        here.execute(f"CREATE TYPE {name}_ AS ENUM {tuple(labels(size))}")
    as_enum = ", ".join(f"CASE WHEN {name} >= 0 THEN ('c' || {name})::{name}_ END AS {name}" for name in CATEGORIES)
    here.execute(f"""CREATE TABLE records AS SELECT id, DATE '1970-01-01' + day AS day, amount, {as_enum},
        CASE WHEN done >= 0 THEN done = 0 END AS done, CASE WHEN person >= 0 THEN person::UINTEGER END AS person
        FROM rows""")
    names = ", ".join(CATEGORIES)
    cube = f"""SELECT date_trunc('quarter', day) AS quarter, {names}, count(*) AS n, sum(amount) AS amount,
        count(*) FILTER (done) AS done, count(done) AS known FROM records GROUP BY ALL"""
    people = f"""SELECT date_trunc('quarter', day) AS quarter, {names}, count(*) AS n FROM records WHERE id IN (
        SELECT min((day - DATE '1970-01-01')::BIGINT << 32 | id) & 4294967295
        FROM records WHERE person IS NOT NULL GROUP BY person) GROUP BY ALL"""
    return lambda: of_cubes(here.execute(cube).df(), here.execute(people).df())


def polars(folder, columns):
    """By hand: rows by quarter and category; people by their first rows."""
    import numpy as np
    import polars as pl

    def typed(name):
        codes = pl.Series(name, columns[name])
        return codes.set(codes < 0, None)

    frame = pl.DataFrame([pl.Series("id", ids(columns)), typed("person"), pl.Series("amount", columns["amount"])])
    frame = frame.with_columns(
        pl.Series("day", columns["day"]).cast(pl.Date),
        (typed("done") == 0).alias("done"),
        *(
            pl.Series(name, np.array([*labels(size), None], object)[columns[name]], pl.Enum(labels(size)))
            for name, size in CATEGORIES.items()
        ),
    )
    quarter, done = pl.col("day").dt.truncate("1q").alias("quarter"), pl.col("done")

    def run():
        lazy = frame.lazy()
        cube = lazy.group_by(quarter, *CATEGORIES).agg(
            pl.len().alias("n"), pl.col("amount").sum(), done.sum(), done.count().alias("known")
        )
        key = (pl.col("day").cast(pl.Int64) * 2**32 + pl.col("id")).alias("key")
        least = lazy.filter(pl.col("person").is_not_null()).group_by("person").agg(key.min())
        rows = least.select(pl.col("key") % 2**32).collect()["key"]
        first = frame[["day", *CATEGORIES]][rows].lazy()
        people = first.group_by(quarter, *CATEGORIES).agg(pl.len().alias("n"))
        return of_cubes(cube.collect().to_pandas(), people.collect().to_pandas())

    return run


def labels(size):
    return [f"c{place}" for place in range(size)]


def ids(columns):
    import numpy as np

    return np.arange(len(columns["day"]), dtype=np.uint32)


def ends():
    """The last day of each quarter, since 1970."""
    return sorted({end.toordinal() - 719163 for _, end in spans()})


def of_cubes(rows, people):
    """The values, of numbers by quarter and category: a cube of each number, and sums over its axes."""
    share = [cube_of(rows, "done"), cube_of(rows, "known")]
    return [of_cube(cube) for cube in (cube_of(rows, "n"), cube_of(rows, "amount"), cube_of(people, "n"), *share)]


def cube_of(rows, name):
    import numpy as np

    cube = np.zeros((len(ends()), *(size + 1 for size in CATEGORIES.values())))
    days = rows["quarter"].to_numpy("datetime64[D]").astype(np.int64)
    codes = (rows[name].cat.codes.to_numpy() for name in CATEGORIES)  # -1, of missing, is the last
    cube[np.searchsorted(ends(), days), *codes] = rows[name]
    return cube


def of_cube(cube):
    import numpy as np

    whole, places, last = [], {name: axis for axis, name in enumerate(CATEGORIES, 1)}, ends()
    for way in [[], *WAYS]:
        kept = {places[name] for name in ([way] if isinstance(way, str) else way)}
        summed = cube.sum(axis=tuple(set(places.values()) - kept))
        whole.append(np.concatenate([np.zeros((1, summed[0].size)), summed.reshape(len(last), -1).cumsum(axis=0)]))
    upto = np.hstack(whole)
    first = [int(np.searchsorted(last, start.toordinal() - 719163)) for start, _ in spans()]
    after = [int(np.searchsorted(last, end.toordinal() - 719163)) + 1 for _, end in spans()]
    return (upto[after] - upto[first]).ravel()


def check_equal(values):
    import numpy as np

    for others in values[1:]:
        for mine, theirs in zip(values[0], others, strict=True):
            assert np.allclose(mine, theirs, rtol=1e-9), "the engines do not agree"


ENGINES = (ours, duckdb, polars)
