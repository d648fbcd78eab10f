"""A rate at the gate tells what the number behind it tells, and no more: both are printed side by side, and attacked.

Residents are public, so that whoever reads a rate has its number. Numbers below five are small.
"""

from datetime import date
from itertools import product
from random import Random

import numpy as np
import pandas as pd
import pytest

from ctanalysis import Refused, indicators, records
from ctanalysis.disclosure import conditioned, protect, rates
from ctanalysis.disclosure.printed_bounds import with_bounds
from ctanalysis.project import load
from tests.generators import residents, small

DAYS = [
    ("2014-10-01", "2014-12-31"),
    ("2013-10-01", "2014-09-30"),
    ("2014-11-01", "2014-11-30"),  # a month, of which totals alone are told
    ("2014-02-02", "2014-02-20"),  # no whole months
]
RESIDENTS = {"F": 20_000, "M": 30_000}
KINDS = {"NA": 10_000, "|": 15_000, "007": 25_000}
WAYS = 'disaggregate = ["sex", "kind", ["sex", "kind"]]'
COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
NUMBERS = {
    "rows": COUNT,
    "some rows": f'{COUNT}\nwhere = {{ sex = "F" }}',
    "one or another": f'{COUNT}\nany = [{{ sex = "F" }}, {{ done = true }}]',
    "people": 'measure = "people"\ntable = "rows"\nperson = "person"\ndate = "day"',
    "people with two": 'measure = "people"\ntable = "rows"\nperson = "person"\ndate = "day"\nat_least = 2',
    "a sum": 'measure = "sum"\ntable = "rows"\ndate = "day"\ncolumn = "amount"',
}


def project_of(folder, calculation, rows, disclosure="callers"):
    """A project with two sheets of the same numbers: x counts them, and y is their rate."""
    small.write(folder, rows, f"{calculation}\n{WAYS}", disclosure=disclosure)
    first = folder / "indicators" / "x.toml"
    head = first.read_text("utf-8").partition("[calculation]")[0].replace('code = "x"', 'code = "y"')
    rate = f'[calculation]\nmeasure = "rate"\n{WAYS}\n[calculation.numerator]\n{calculation}\n'
    (folder / "indicators" / "y.toml").write_text(head + rate, "utf-8")
    cells = [
        (year, sex, kind, women * of // 50_000)
        for year in (2011, 2012, 2013, 2014)
        for (sex, women), (kind, of) in product(RESIDENTS.items(), KINDS.items())
    ]
    return load(residents.write(folder, cells, ["sex", "kind"]))


def random_rows(seed, number):
    """Rows of few and of many, some without a sex, a kind or a person."""
    random, lines = Random(seed), ["day person sex kind done amount"]
    days = ["2013-11-05", "2014-02-03", "2014-05-06", "2014-10-07", "2014-11-08"]
    for place in range(number):
        sex, kind = random.choice("FFFFFM-"), random.choice(["NA", "NA", "NA", "|", "007", "-"])
        person = random.choice([f"p{place}", f"p{place // 3}", "-"])
        lines.append(f"{random.choice(days)} {person} {sex} {kind} {random.choice(['true', 'false'])} {place % 4}")
    return "\n".join(lines)


def printed(project):
    """What the gate tells of both sheets, and what they are."""
    windows = [indicators.Window(f"{start} {end}", *map(date.fromisoformat, (start, end))) for start, end in DAYS]
    exact = indicators.with_people(project, records.read(project), windows)
    told = with_bounds(protect(exact, project).values, project)
    return [frame[frame["indicator"] == code].reset_index(drop=True) for frame in (told, exact) for code in "xy"]


@pytest.mark.few(6)
@pytest.mark.parametrize("calculation", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("number", [9, 60, 300])
def test_a_rate_is_made_of_the_number_that_a_count_prints(tmp_path, calculation, number):
    """Every cell, small ones and those withheld too: the same number above the line, the same state, the same ends."""
    met = set()
    count, rate, _, exact = printed(project_of(tmp_path / "p", calculation, random_rows(number, number)))
    pd.testing.assert_series_equal(rate["denominator"], exact["denominator"])
    for one, other, true in zip(count.itertuples(), rate.itertuples(), exact.itertuples(), strict=True):
        if "not recorded" in one.category:
            assert other.status == "no data" and np.isnan([other.value, other.numerator]).all()
            continue
        per = 100_000 / other.denominator
        assert other.status.removesuffix(" in number") == one.status
        np.testing.assert_equal(other.numerator, one.value)
        np.testing.assert_allclose(
            [other.value, other.low, other.high], [per * x for x in (one.value, one.low, one.high)]
        )
        assert np.isnan(other.low) or other.low - 1e-9 <= true.value <= other.high + 1e-9
        met.add(one.status.split()[0])
    assert met >= {"rounded", "fewer"} or number < 300


def test_of_few_it_says_that_the_number_is_small_and_not_the_rate(tmp_path):
    """Three of 10,000 are 30 for each 100,000, and "fewer than 5" would be wrong of that."""
    rows = "day sex kind\n" + "\n".join(["2014-11-01 F NA"] * 3 + ["2014-11-01 M 007"] * 90)
    _, rate, *_ = printed(project_of(tmp_path / "p", COUNT, rows))
    few = rate[(rate["category"] == "Namibian") & (rate["start"] == "2014-10-01")].iloc[0]
    assert few["status"] == "fewer than 5 in number" and np.isnan([few["value"], few["numerator"]]).all()
    assert (few["low"], few["high"], few["denominator"]) == (0, 100_000 * 4 / 10_000, 10_000)


def test_where_people_stand_behind_things_few_people_are_few(tmp_path):
    """Of grants to people: forty to one person are a cell of one, and so is their rate."""
    rows = "day person sex kind amount\n" + "\n".join(f"2014-11-01 p{n % 2} F NA 1" for n in range(40))
    folder = tmp_path / "p"
    project = project_of(folder, NUMBERS["a sum"], rows, "open")
    text = (folder / "policy.toml").read_text("utf-8")
    (folder / "policy.toml").write_text(text.replace("[callers]", '[callers]\nperson = "person"'), "utf-8")
    package = (
        (folder / "datapackage.json").read_text("utf-8").replace('"disclosure": "open"', '"disclosure": "callers"')
    )
    (folder / "datapackage.json").write_text(package, "utf-8")
    project = load(folder)
    count, rate, *_ = printed(project)
    few = rate["status"] == "fewer than 5 people"
    assert few.any() and (count["status"][few] == "fewer than 5 people").all()
    assert rate["value"][rate["disaggregation"] != "total"].isna().all()


def test_of_nobody_it_is_exact(tmp_path):
    _, rate, _, exact = printed(project_of(tmp_path / "p", COUNT, random_rows(1, 60), "open"))
    same = ["value", "numerator", "denominator", "status"]
    there = exact["status"] == "exact"
    pd.testing.assert_frame_equal(rate.loc[there, same], exact.loc[there, same])


def test_of_people_who_were_trafficked_there_is_none(tmp_path):
    with pytest.raises(Refused, match="a rate cannot be of 'rows', of class 'victims', whose totals are audited"):
        project_of(tmp_path / "p", COUNT, random_rows(1, 9), "victims")


def test_what_its_conditions_cut_out_is_a_cell(tmp_path):
    """The rate of women alone is the cell of women that the other sheet breaks down by."""
    project = project_of(tmp_path / "p", NUMBERS["some rows"], random_rows(1, 60))
    assert conditioned(project) == ["x", "y"]


# --- The reader who lists every world that looks the same -------------------------------------------------


MOST = 13  # of each sex


def worlds():
    """Every number of women and of men, with the total that everybody knows."""
    return np.array(list(product(range(MOST), range(MOST))))


def looks(project, code):
    """What is printed of x or y in each world: of one quarter, by sex, each world under a horizon of its own."""
    women, men = worlds().T
    numbers = {
        ("total", "all"): women + men,
        ("sex", "female"): women,
        ("sex", "male"): men,
        ("sex", "not recorded"): 0,
    }
    behind = {"all": 50_000.0, "female": 20_000.0, "male": 30_000.0}
    frames = []
    for (way, label), number in numbers.items():
        plain = {"indicator": code, "start": DAYS[0][0], "end": DAYS[0][1], "disaggregation": way, "category": label}
        frame = pd.DataFrame({"value": np.broadcast_to(number, len(women)).astype(float)}).assign(**plain)
        frame = frame.assign(horizon=[str(n) for n in range(len(women))], numerator=np.nan, denominator=np.nan)
        if code == "y":
            of = behind.get(label, np.nan)
            frame = frame.assign(numerator=frame["value"], denominator=of, value=100_000 * frame["value"] / of)
        status = frame["value"].isna().map({True: "no data", False: "exact"})
        frames.append(frame.assign(status=status, rows=0.0, lacking=0.0, people=np.nan))
    told = protect(pd.concat(frames, ignore_index=True), project).values
    columns = ["value", "status", "numerator", "denominator"]
    parts = [told.loc[told["category"] == label, columns].astype(str) for _, label in numbers]
    return [tuple(row) for row in np.hstack(parts).tolist()]


def shown_small(prints):
    """The worlds' prints that show a cell to be of 1 to 4: it is in every world that looks like that."""
    alike, cells = {}, worlds()
    for place, look in enumerate(prints):
        alike.setdefault(look, []).append(place)
    small_ones = (cells >= 1) & (cells <= 4)
    return [look for look, places in alike.items() if small_ones[places].all(axis=0).any()]


def test_nobody_with_the_rate_and_the_count_can_show_a_small_number(tmp_path):
    """Both side by side, as a report prints them; and whoever has the count learns nothing from the rate."""
    project = project_of(tmp_path / "p", COUNT, random_rows(1, 9))
    count, rate = looks(project, "x"), looks(project, "y")
    both = list(zip(count, rate, strict=True))
    assert shown_small(both) == [] and len(set(both)) == len(set(count)) > 20


def test_a_planted_leak_is_found(tmp_path, monkeypatch):
    """A gate that looks at the rate in the place of its number: three of 20,000 are 15, which is large, and told."""
    project = project_of(tmp_path / "p", COUNT, random_rows(1, 9))

    def careless(values, _):
        return values.assign(residents=np.nan, numerator=np.nan, denominator=np.nan)

    monkeypatch.setattr(rates, "as_numbers", careless)
    monkeypatch.setattr(rates, "as_rates", lambda cells, _: cells.drop(columns="residents"))
    assert shown_small(looks(project, "y"))
