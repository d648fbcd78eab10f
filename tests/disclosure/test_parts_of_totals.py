"""A part beside its whole shows who is left: of 63 callers, "about 60" women, and there are one to four men.

A reader has the exact number of all, and what is printed of a part: of who satisfies a condition, of one column of
several, of the number behind a rate, of who called twice, of a survey round. Here they list every world that looks the
same to them. Numbers below five are small, of callers and participants. Each list is shown to find what is told where
the rule is out.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
import pytest

from ctanalysis import evaluate
from ctanalysis.disclosure import breakdowns, protect
from ctanalysis.disclosure.printed_bounds import with_bounds
from ctanalysis.project import load
from tests.generators import residents, small

FIRST, SECOND = ("2013-10-01", "2013-12-31"), ("2014-01-01", "2014-03-31")
BOTH = ("2013-10-01", "2014-03-31")
PEOPLE = 'measure = "people"\ntable = "rows"\nperson = "person"\ndate = "day"\n'
SUM = 'measure = "sum"\ntable = "rows"\ndate = "day"\n'
COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"\n'
WOMEN = 'where = { sex = "F" }'
COLUMNS = 'columns = { who = { female = "score_before", male = "score_after" } }\ndisaggregate = ["who"]'
ROUNDS = 'rounds = { field = "round", baseline = "baseline" }'
SHARE_OF_ROUND = f"""measure = "share"
{ROUNDS}
[calculation.denominator]
{COUNT}[calculation.numerator]
where = {{ done = true }}
"""
BY_SEX = PEOPLE + 'disaggregate = ["sex"]'
BY_KIND = PEOPLE + 'disaggregate = ["kind"]'


def project_of(folder, whole, parts, disclosure="callers"):
    """A project whose sheet x tells the whole, and y0, y1 a part each."""
    small.write(folder, "day person sex round\n2013-10-05 a F midline", whole, disclosure=disclosure)
    for number, part in enumerate(parts):
        small.add_sheet(folder, f"y{number}", part, name=f"Part {number}")
        if ROUNDS in part:
            path = folder / "indicators" / f"y{number}.toml"
            path.write_text(path.read_text("utf-8").replace("[baseline]\nvalue = 0\n", "[baseline]\n"), "utf-8")
    if any('"rate"' in part for part in parts):
        cells = [(year, sex, 25_000) for year in range(2011, 2015) for sex in "FM"]
        residents.write(folder, cells, ["sex"])
    return load(folder)


def looks(project, numbers):
    """What is printed in each world: numbers by (code, disaggregation, category, days), an array over the worlds each.

    Of a share (half of them, done) and a rate (for each 100,000 of 50,000) the number is the one behind it.
    """
    frames = []
    for (code, way, label, days), number in numbers.items():
        frame = pd.DataFrame({"value": np.asarray(number, float)})
        frame = frame.assign(horizon=[f"{place}" for place in range(len(frame))], numerator=np.nan, denominator=np.nan)
        measure = project.sheet(code).measure
        if measure == "rate":
            frame = frame.assign(numerator=frame["value"], denominator=50_000.0, value=2 * frame["value"])
        if measure == "share":
            half = np.floor(frame["value"] / 2)
            frame = frame.assign(numerator=half, denominator=frame["value"], value=half / frame["value"])
        place = {"indicator": code, "start": days[0], "end": days[1], "disaggregation": way, "category": label}
        frames.append(frame.assign(**place, status="exact", rows=0.0, lacking=0.0, people=np.nan))
    told = with_bounds(protect(pd.concat(frames, ignore_index=True), project).values, project)
    shown = told[["value", "low", "high", "numerator", "denominator", "status"]].astype(str).to_numpy()
    return [tuple(map(tuple, world)) for world in shown.reshape(len(frames), -1, shown.shape[1]).transpose(1, 0, 2)]


def shown_small(prints, groups):
    """The groups' numbers in worlds that show one of 1 to 4: it is so in every world that looks the same."""
    alike = {}
    for place, look in enumerate(prints):
        alike.setdefault(look, []).append(place)
    is_small = (groups >= 1) & (groups <= 4)
    return [groups[places].tolist() for places in alike.values() if is_small[places].all(axis=0).any()]


@dataclass(frozen=True)
class Case:
    """Sheets and every world of them: numbers by what is printed; in groups, the sizes of who is cut out or left."""

    whole: str
    parts: tuple[str, ...]
    numbers: dict
    groups: np.ndarray
    disclosure: str = "callers"


def two(whole, part, way, disclosure="callers"):
    """Women and men, of each of some totals every division; by sex, or without that table, beside the women."""
    totals = (3, 9, 12, 20, 34, 63, 65, 68)
    women, men = np.array([(women, total - women) for total in totals for women in range(total + 1)]).T
    numbers = {("x", "total", "all", FIRST): women + men}
    if way:
        numbers |= {("x", way, "female", FIRST): women, ("x", way, "male", FIRST): men}
    if way == "sex":
        numbers |= {("x", way, "not recorded", FIRST): 0 * men}
    numbers |= {("y0", "total", "all", FIRST): women}
    return Case(whole, (part,), numbers, np.array([women, men]).T, disclosure)


def three():
    """People of three kinds, 40 in all, and a sheet each for two of the kinds."""
    worlds = np.array([(one, other, 40 - one - other) for one in range(41) for other in range(41 - one)])
    one, other, last = worlds.T
    labels = dict(zip(("Namibian", "bar", "seven"), worlds.T, strict=True)) | {"not recorded": 0 * one}
    numbers = {("x", "total", "all", FIRST): one + other + last}
    numbers |= {("x", "kind", label, FIRST): number for label, number in labels.items()}
    numbers |= {(code, "total", "all", FIRST): part for code, part in (("y0", one), ("y1", other))}
    parts = tuple(f'{PEOPLE}where = {{ kind = "{kind}" }}' for kind in ("NA", "|"))
    return Case(BY_KIND, parts, numbers, worlds)


def quarters(part):
    """62 callers, then 120; of them who called twice, or in two tables, by quarter and of both."""
    first, second = np.array([*product(range(52, 63), range(50, 66))]).T
    numbers = {("x", "total", "all", days): 0 * first + of for days, of in ((FIRST, 62), (SECOND, 58), (BOTH, 120))}
    told = ((FIRST, first), (SECOND, second), (BOTH, first + second))
    is_possible = first + second <= 120
    numbers |= {("y0", "total", "all", days): number for days, number in told}
    numbers = {key: number[is_possible] for key, number in numbers.items()}
    return Case(PEOPLE, (PEOPLE + part,), numbers, np.array([62 - first, 120 - first - second]).T[is_possible])


RATE = f'measure = "rate"\n[calculation.numerator]\n{PEOPLE}{WOMEN}'
CASES = {
    "a condition": lambda: two(BY_SEX, PEOPLE + WOMEN, "sex"),
    "one of several columns": lambda: two(SUM + COLUMNS, SUM + 'column = "score_before"', "who", "participants"),
    "a rate of a part": lambda: two(BY_SEX, RATE, "sex"),
    "two of three kinds": three,
    "called twice": lambda: quarters("at_least = 2"),
    "two kinds of it": lambda: quarters('at_least = 2\ndifferent = "kind"'),
    "in two places": lambda: quarters('[[calculation.also]]\ntable = "rows"\nperson = "person"\ndate = "end"'),
    "a round": lambda: two(COUNT, COUNT + ROUNDS, "", "participants"),
    "a share of a round": lambda: two(COUNT, SHARE_OF_ROUND, "", "participants"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_left_of_a_whole_is_never_shown_to_be_one_to_four(tmp_path, monkeypatch, case):
    """In no world, of whichever size; and where a part is told beside its whole, it is found."""
    case = case()
    project = project_of(tmp_path / "p", case.whole, case.parts, case.disclosure)
    assert shown_small(looks(project, case.numbers), case.groups) == []
    monkeypatch.setattr(breakdowns, "beside_wholes", lambda *_: set())
    assert shown_small(looks(project, case.numbers), case.groups)


@pytest.mark.parametrize("men", [0, 1, 2, 3, 4, 9, 10, 30])
def test_one_report_of_63_callers(tmp_path, men):
    """Through the records: however many men there are, the women's own sheet says the same, and so nothing."""
    rows = [f"2013-10-05 p{place} {'M' if place < men else 'F'}" for place in range(63)]
    folder = small.write(tmp_path / "p", "\n".join(["day person sex", *rows]), BY_SEX, disclosure="callers")
    small.add_sheet(folder, "y0", PEOPLE + WOMEN, name="Women")
    found = evaluate("FY2014Q1", folder)
    assert found.by("x")["value"].tolist() == [63]
    part = found.by("y0").iloc[0]
    assert part["status"] == "not told" and part[["value", "low", "high"]].isna().all()


def test_where_no_sheet_has_the_whole_a_part_is_rounded(tmp_path):
    """Nor where the policy names it a contract figure, which is exact: that is what the contract asks for."""
    case = quarters("at_least = 2")
    alone = project_of(tmp_path / "p", PEOPLE + "at_least = 2", (PEOPLE + 'at_least = 2\ndifferent = "kind"',))
    assert breakdowns.beside_wholes(alone, breakdowns.conditioned(alone)) == set()
    beside = project_of(tmp_path / "q", case.whole, case.parts)
    assert breakdowns.beside_wholes(beside, breakdowns.conditioned(beside)) == {"y0"}
    policy = tmp_path / "q" / "policy.toml"
    policy.write_text(
        policy.read_text("utf-8").replace("[callers]\n", '[callers]\ncontract_figures = ["y0"]\n'), "utf-8"
    )
    assert breakdowns.conditioned(load(tmp_path / "q")) == []
