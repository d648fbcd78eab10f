"""A ratio of two measures: each over the same days, worked out by hand; refused where it would go around the gate."""

import json
import math
import random
from itertools import pairwise

import pytest

from ctanalysis import Refused, disclosure, evaluate, indicators, narrative, records
from ctanalysis.project import load
from ctanalysis.project.calculations import Ratio
from ctanalysis.tables.sheets import calculation_in_words
from tests.generators import random_projects, small
from tests.oracles import oracle as in_plain
from tests.oracles.expected import completed_windows, expected_values

COST = """measure = "ratio"
[calculation.numerator]
measure = "sum"
table = "rows"
date = "day"
column = "amount"
[calculation.denominator]
measure = "count"
table = "rows"
date = "end"
"""
PER_DAY = """measure = "ratio"
[calculation.numerator]
measure = "count"
table = "rows"
date = "day"
[calculation.denominator]
measure = "days"
"""
ROWS = """
day        end        person amount
2013-10-01 2013-10-02 p1     100
2013-11-01 2014-02-02 p2     50
2014-02-01 2014-02-03 p3     30
2014-02-02 -          p4     -
"""
Q1, Q2, Q3, YEAR = (
    ("2013-10-01", "2013-12-31"),
    ("2014-01-01", "2014-03-31"),
    ("2014-04-01", "2014-06-30"),
    ("2013-10-01", "2014-09-30"),
)


def test_a_year_is_the_ratio_of_its_own_two_numbers(tmp_path):
    """150 over 1, then 30 over 2: a year is 180 over 3, which is 60, and not the mean of 150 and 15."""
    found = small.values(small.write(tmp_path / "p", ROWS, COST), Q1, Q2, Q3, YEAR)
    numbers = [(row.value, row.numerator, row.denominator) for row in found.values()]
    assert [numbers[place] for place in (0, 1, 3)] == [(150, 150, 1), (15, 30, 2), (60, 180, 3)]
    assert [row.status for row in found.values()] == ["exact", "exact", "no data", "exact"]


def test_what_either_part_lacks_is_counted(tmp_path):
    """p4 has no amount, and is a row of February; what has no end is in no period of the denominator.

    p3 is of both parts and p2, by its end, of one: these are two records. p4 is the third, and lacks something.
    """
    second = small.values(small.write(tmp_path / "p", ROWS, COST), Q2)[0, "total", "all"]
    assert (second.rows, second.lacking) == (2, 1)


THREE = "day amount\n2013-10-01 10\n2013-11-01 20\n2013-12-01 -\n"
SAME_DAY = COST.replace('date = "end"', 'date = "day"')


def test_each_record_of_one_table_is_counted_once(tmp_path):
    """Three records, of which one has no amount: 30 over 3, from 2 of 3 records, and not from 5 of 6."""
    [row] = evaluate("FY2014Q1", small.write(tmp_path / "p", THREE, SAME_DAY)).by("x", "total").itertuples()
    assert (row.value, row.rows, row.lacking) == (10, 2, 1)
    assert row.caveat.endswith("from 2 of 3 records; of 1 the amount is not recorded")


def test_a_day_that_both_parts_lack_is_said_once(tmp_path):
    folder = small.write(tmp_path / "p", THREE + "- 5\n", SAME_DAY)
    [row] = evaluate("LOP", folder).by("x", "total").itertuples()
    assert row.caveat.count("1 record without day is in no period") == 1


@pytest.mark.parametrize("above", ['date = "day"', 'date = "day"\nwhere = { done = true }'])
@pytest.mark.parametrize("below", ['date = "day"', 'date = "end"', 'date = "end"\nwhere = { sex = "F" }'])
def test_records_of_one_table_as_a_set(tmp_path, above, below):
    """Rows drawn by chance: in every window the records are the set of those that either part counts, or lacks."""
    chance = random.Random(f"{above} {below}")
    cells = [
        (
            f"2013-{chance.randint(10, 12)}-{chance.randint(1, 28):02}",
            chance.choice([f"2014-0{chance.randint(1, 6)}-15", "-"]),
            chance.choice(["5", "-"]),
            chance.choice(["true", "false", "-"]),
            chance.choice(["F", "M", "-"]),
        )
        for _ in range(60)
    ]
    table = "day end amount done sex\n" + "\n".join(" ".join(row) for row in cells)
    calculation = COST.replace('date = "day"', above).replace('date = "end"', below)
    found = small.values(small.write(tmp_path / "p", table, calculation), Q1, Q2, YEAR)
    for place, (start, end) in enumerate((Q1, Q2, YEAR)):
        either, lacking = set(), set()
        for number, (day, until, amount, done, sex) in enumerate(cells):
            if start <= day <= end and ("done" not in above or done != "false"):
                either.add(number)
                lacking |= {number} if amount == "-" or ("done" in above and done == "-") else set()
            own = until if "end" in below else day
            if own != "-" and start <= own <= end and ("sex" not in below or sex != "M"):
                either.add(number)
                lacking |= {number} if "sex" in below and sex == "-" else set()
        row = found[place, "total", "all"]
        assert (row.rows, row.lacking) == (len(either - lacking), len(lacking))


def test_records_that_no_period_has_in_both_parts_are_all_there(tmp_path):
    """Of A, who counts in each period by the first row in it, and of the rows that end in it.

    October to December has the end of the third row. January to March has the first row, by its day and by its end.
    February and March have the second row, A's first in them, and the end of the first: two records.
    """
    rows = "day end person\n2014-01-01 2014-03-01 A\n2014-02-01 2014-05-01 A\n2014-02-20 2013-10-20 A"
    anew = 'measure = "people"\ntable = "rows"\ndate = "day"\nperson = "person"\ncounted = "each period"'
    calculation = f'measure = "ratio"\n[calculation.numerator]\n{anew}\n[calculation.denominator]\n'
    calculation += 'measure = "count"\ntable = "rows"\ndate = "end"'
    found = small.values(small.write(tmp_path / "p", rows, calculation), Q1, Q2, ("2014-02-01", "2014-03-31"))
    assert [found[place, "total", "all"].rows for place in range(3)] == [1, 1, 2]


@pytest.mark.parametrize("part", ["numerator", "denominator"])
def test_columns_of_a_part_are_no_categories(tmp_path, part):
    """A ratio has no breakdown, so its columns are added up, above the line and below."""
    named = 'measure = "sum"\ntable = "rows"\ndate = "day"\ncolumns = {columns}\n'
    ratio = COST.split("[calculation.denominator]")
    parts = {"numerator": f"[calculation.numerator]\n{named}", "denominator": f"[calculation.denominator]\n{named}"}
    text = 'measure = "ratio"\n' + (
        parts[part] + "[calculation.denominator]" + ratio[1]
        if part == "numerator"
        else ratio[0].replace('measure = "ratio"\n', "") + parts[part]
    )
    categories = text.replace("{columns}", '{ people = { women = "score_before", men = "score_after" } }')
    says = 'write disaggregate = ["people"] with a sum, or columns = ["score_before", "score_after"].'
    with pytest.raises(Refused) as refused:
        load(small.write(tmp_path / "named", ROWS, categories))
    assert says in str(refused.value)
    load(small.write(tmp_path / "added", ROWS, text.replace("{columns}", '["score_before", "score_after"]')))


def test_calls_per_day_of_the_period(tmp_path):
    """Four in the year's 365 days; the days of October to December are 92."""
    found = small.values(small.write(tmp_path / "p", ROWS, PER_DAY), Q1, YEAR)
    assert [(row.numerator, row.denominator) for row in found.values()] == [(2, 92), (4, 365)]
    assert found[1, "total", "all"].value == pytest.approx(4 / 365)


def test_it_is_printed_as_it_is_calculated(tmp_path):
    found = load(small.write(tmp_path / "p", ROWS, COST))
    assert calculation_in_words(found, found.sheet("x")) == (
        'Numerator: Sum of "amount" over rows of Rows (by "day") in the period. Rows without "day" are counted in no '
        'period. Rows without "amount" add nothing to the number. Denominator: Number of rows of Rows (by "end") in '
        'the period. Rows without "end" are counted in no period. Of a longer period it is the ratio of its own two '
        "numbers."
    )


@pytest.mark.parametrize(
    "old, new, says",
    [
        ('measure = "ratio"', 'measure = "ratio"\ndisaggregate = ["sex"]', "a ratio is of two totals"),
        ('column = "amount"', 'column = "sex"', "field 'sex' must be of type integer or number"),
        ('date = "end"', 'date = "ende"', "ende"),
        ('measure = "count"', 'measure = "ratio"', "ratio"),
    ],
)
def test_what_cannot_be_divided_is_refused(tmp_path, old, new, says):
    with pytest.raises(Refused) as refused:
        load(small.write(tmp_path / "p", ROWS, COST.replace(old, new)))
    assert "indicators/x.toml" in str(refused.value) and says in str(refused.value)


@pytest.mark.parametrize("unit", ["per cent", "Percent", "%"])
def test_a_ratio_in_per_cent_would_read_as_a_hundredth_of_it(tmp_path, unit):
    """0.19 nights per bed-night is 19 per cent, and is told as 0.19: the sheet says of what it is."""
    folder = small.write(tmp_path / "p", ROWS, COST)
    sheet = folder / "indicators/x.toml"
    sheet.write_text(sheet.read_text("utf-8").replace('unit = "things"', f'unit = "{unit}"'), "utf-8")
    with pytest.raises(Refused, match=r"indicators/x\.toml: only a share is told in per cent"):
        load(folder)


def of_class(folder, calculation, disclosure, numerator="open"):
    """The project with its rows about people, and a second table `costs` of the same fields, of another class."""
    small.write(folder, ROWS, calculation, disclosure=disclosure)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    costs = package["resources"][0] | {"name": "costs", "path": "records/costs.csv", "disclosure": numerator}
    package["resources"].append(costs)
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    (folder / "records" / "costs.csv").write_bytes((folder / "records" / "rows.csv").read_bytes())
    return folder


OF_COSTS = COST.replace('table = "rows"', 'table = "costs"', 1)


@pytest.mark.parametrize(
    "calculation, classes, says",
    [
        (OF_COSTS, ("victims", "open"), "a ratio cannot be of 'rows', of class 'victims'"),
        (OF_COSTS, ("open", "victims"), "a ratio cannot be of 'costs', of class 'victims'"),
        (OF_COSTS, ("open", "callers"), "'costs' is of class 'callers'. Put it below the line"),
        (OF_COSTS + 'where = { sex = "F" }', ("callers", "open"), "is a whole total, without conditions"),
        (OF_COSTS + 'any = [{ sex = "F" }, { done = true }]', ("callers", "open"), "is a whole total"),
        (
            PER_DAY.replace("[calculation.d", 'where = { sex = "F" }\n[calculation.d'),
            ("callers", "open"),
            "whole total",
        ),
    ],
)
def test_a_ratio_is_no_way_around_the_gate(tmp_path, calculation, classes, says):
    with pytest.raises(Refused) as refused:
        load(of_class(tmp_path / "p", calculation, *classes))
    assert says in str(refused.value)


def test_of_people_it_is_told_of_whole_quarters_only(tmp_path):
    """Days that are no quarter would be a cell: the ratio and both its parts are withheld."""
    found = load(of_class(tmp_path / "p", OF_COSTS, "callers"))
    windows = [
        indicators.Window("quarter", *map(type(found.facts.start).fromisoformat, Q2)),
        indicators.Window("days", *map(type(found.facts.start).fromisoformat, ("2014-02-02", "2014-02-20"))),
    ]
    exact = indicators.with_people(found, records.read(found), windows)
    quarter, days = disclosure.protect(exact, found).values.itertuples()
    assert (quarter.value, quarter.numerator, quarter.denominator, quarter.status) == (15, 30, 2, "exact")
    assert days.status == "withheld"
    assert all(map(math.isnan, (days.value, days.numerator, days.denominator)))


@pytest.mark.parametrize("seeds", [range(8), pytest.param(range(8, 200), marks=pytest.mark.long)], ids=str)
def test_ratios_of_random_sheets_agree_with_the_oracle(tmp_path, seeds):
    """Any two sheets of random projects, one by the other, are the oracle's two values divided, in every period.

    Of two that read one table, each of its records is counted once.
    """
    compared, alike = set(), 0
    for seed in seeds:
        random_projects.write(tmp_path / str(seed), seed)
        found, windows = load(tmp_path / str(seed)), completed_windows(tmp_path / str(seed))
        plain = [sheet for sheet in found.sheets if sheet.measure in ("count", "sum", "people", "level")]
        oracle, rows = expected_values(tmp_path / str(seed)), records.read(found)
        for above, below in pairwise(plain):
            ratio = Ratio(measure="ratio", numerator=above.calculation, denominator=below.calculation)
            sheet = above.model_copy(update={"calculation": ratio, "disaggregations": ()})
            frame = indicators.calculate(found, rows, [indicators.Window(*window) for window in windows], [sheet])
            if above.valid_from == below.valid_from:
                for row, window in zip(frame.itertuples(), windows, strict=True):
                    assert differing(row, oracle, above.code, below.code, window) is None, (seed, row)
                    compared.add(row.status)
                assert counted_otherwise(frame, tmp_path / str(seed), above.code, below.code, windows) == [], seed
                alike += above.calculation.table == below.calculation.table
    assert compared >= {"exact", "no data", "not this fine"} and alike


def counted_otherwise(frame, folder, above, below, windows):
    """The values of a ratio of two sheets that the oracle says are of other records."""
    written = {sheet["code"]: sheet for sheet in in_plain.read_sheets(folder)}
    parts = {"numerator": written[above]["calculation"], "denominator": written[below]["calculation"]}
    parts = {name: {key: of for key, of in part.items() if key != "disaggregate"} for name, part in parts.items()}
    sheet = written[above] | {"calculation": {"measure": "ratio", **parts}}
    facts = in_plain.read_toml(folder / "project.toml")
    expected = in_plain.row_counts_of_sheet(in_plain.read_tables(folder), sheet, facts, windows)
    names = ["indicator", "horizon", "start", "end", "disaggregation", "category", "rows", "lacking"]
    told = frame[frame["status"] != "not received"][names].itertuples(index=False, name=None)
    return [(key, numbers) for *key, rows, lacking in told if not is_same((rows, lacking), numbers := expected[*key])]


def is_same(told, numbers):
    return all(one == other or (other is None and math.isnan(one)) for one, other in zip(told, numbers, strict=True))


def differing(row, oracle, above, below, window):
    """The oracle's ratio where it is not that of a row."""
    horizon, _, end = window
    parts = [oracle[code, horizon, row.start, end.isoformat(), "total", "all"] for code in (above, below)]
    silent = [part[3] for part in parts if part[0] is None and part[3] != "no data"]
    if silent:
        return None if row.status in silent and math.isnan(row.value) else silent
    top, bottom = (part[0] for part in parts)
    if top is None or not bottom:
        return None if row.status == "no data" and math.isnan(row.value) else (top, bottom)
    same = (row.numerator, row.denominator) == (float(top), float(bottom))
    return None if same and math.isclose(row.value, top / bottom, rel_tol=1e-12) else (top, bottom)


def test_a_year_of_one_part_is_not_divided_by_half_a_year_of_the_other(tmp_path):
    """Spending of October to December alone came, calls of both quarters: 150 over 2 would be half of what a call cost.

    Of each quarter, and where both parts lack the same quarter, it is told of what came.
    """
    calls = {"name": "calls", "path": "records/calls.csv", "title": "Calls", "disclosure": "open"}
    key = {"name": "call_id", "type": "string", "title": "call", "constraints": {"required": True, "unique": True}}
    fields = [key, {"name": "called", "type": "date", "title": "called"}]
    calculation = COST.replace('"count"\ntable = "rows"\ndate = "end"', '"count"\ntable = "calls"\ndate = "called"')
    spent = "day amount\n2013-10-01 100\n2013-11-01 50"

    def sent(folder, *days):
        small.write(folder, spent, calculation, due="quarter")
        package = json.loads((folder / "datapackage.json").read_text("utf-8"))
        package["resources"].append(calls | {"schema": {"fields": fields, "primaryKey": ["call_id"]}})
        (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
        lines = [f"c{number},{day}" for number, day in enumerate(days)]
        (folder / "records/calls.csv").write_text("\n".join(["call_id,called", *lines, ""]), "utf-8")
        return folder

    def statuses(*given):
        half = ("2013-10-01", "2014-03-31")
        return [(row.status, row.value) for row in small.values(sent(*given), Q1, Q2, half).values()]

    exact, lost = statuses(tmp_path / "p", "2013-12-01", "2014-02-01")[0], "not received"
    assert exact == ("exact", 150)
    assert [status for status, _ in statuses(tmp_path / "q", "2013-12-01", "2014-02-01")] == ["exact", lost, lost]
    assert statuses(tmp_path / "r", "2013-12-01")[2] == ("exact", 150)
    told = narrative.headlines(evaluate("FY2014", sent(tmp_path / "s", "2013-12-01", "2014-02-01"))).plain
    assert "nothing can be said, for only one of its two parts came for FY2014Q2." in told
