"""What is told of a gain is no way around the gate: it tells what two shares tell, and no small group of the four.

The four groups of those who were asked before and after: yes both times, no both times, better and worse.
"""

from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import pytest

from ctanalysis import Refused, indicators, records
from ctanalysis.disclosure import protect, small_cells
from ctanalysis.project import load
from tests.generators import small

DAYS = ("2014-10-01", "2014-12-31")
GAIN = 'measure = "gain"\ntable = "rows"\ndate = "day"\nbefore = "before"\nafter = "after"\ndisaggregate = ["sex"]'
WHERE = "where = { before = { present = true }, after = { present = true } }"
SHARE = """measure = "share"
disaggregate = ["sex"]
[calculation.denominator]
measure = "count"
table = "rows"
date = "day"
where = { before = { present = true }, after = { present = true } }
[calculation.numerator]
where = { SIDE = true }"""
GROUPS = {(True, True): "both", (False, False): "neither", (False, True): "better", (True, False): "worse"}


def rows_of(groups, sex="F"):
    """The lines of a project's table: so many people of each group."""
    answers = {"both": "true true", "neither": "false false", "better": "false true", "worse": "true false"}
    return [f"2014-11-01 {sex} {answers[name]}" for name, number in groups.items() for _ in range(number)]


def project_of(folder, lines, calculation=f"{GAIN}\n{WHERE}", disclosure="callers"):
    text = "\n".join(["day sex before after", *lines])
    return load(small.write(folder, text, calculation, disclosure=disclosure))


def told(project):
    """{(disaggregation, category): (value, numerator, denominator, status)} of the quarter."""
    from datetime import date

    window = indicators.Window("period", *map(date.fromisoformat, DAYS))
    frame = protect(indicators.with_people(project, records.read(project), [window]), project).values
    cells = zip(frame["disaggregation"], frame["category"], strict=True)
    numbers = frame[["value", "numerator", "denominator", "status"]].itertuples(index=False, name=None)
    return dict(zip(cells, numbers, strict=True))


WOMEN = {"both": 20, "neither": 31, "better": 42, "worse": 7}
MEN = {"both": 30, "neither": 20, "better": 25, "worse": 12}


def test_a_gain_is_the_difference_of_what_is_told_of_two_shares(tmp_path):
    """Women: 27 of 100 were aware before, 62 after: about 25 and 60, so about 35 points."""
    lines = rows_of(WOMEN) + rows_of(MEN, "M")
    gain = told(project_of(tmp_path / "gain", lines))
    before, after = (
        told(project_of(tmp_path / side, lines, SHARE.replace("SIDE", side))) for side in ("before", "after")
    )
    for cell in before:
        points = 100 * (after[cell][1] - before[cell][1])
        assert gain[cell] == (points / before[cell][2], points, before[cell][2], "rounded")
    assert gain["sex", "female"][0] == 35
    assert [gain["change", name][0] for name in ("got better", "stayed", "got worse")] == [65, 100, 20]


@pytest.mark.parametrize("few", ["both", "neither", "better", "worse"])
def test_where_one_of_the_four_groups_is_small_nothing_is_told_of_who_changed(tmp_path, few):
    """Not of the others either: three numbers and a total are four."""
    cells = told(project_of(tmp_path / "p", rows_of({**dict.fromkeys(WOMEN, 40), few: 4})))
    assert {status for (way, _), (*_, status) in cells.items() if way == "change"} == {"withheld"}
    assert cells["total", "all"][3] == "rounded"


@pytest.mark.parametrize("aware", [{"both": 2, "neither": 60, "better": 60, "worse": 2}, {"both": 60, "better": 60}])
def test_where_one_of_the_shares_is_not_told_the_gain_is_not_told(tmp_path, aware):
    """Of 124 people 4 were aware before; of 120 everybody was after."""
    cells = told(project_of(tmp_path / "p", rows_of(aware)))
    assert {status for (way, _), (*_, status) in cells.items() if way in ("total", "change")} == {"withheld"}


def test_of_people_who_were_trafficked_no_gain_is_calculated(tmp_path):
    with pytest.raises(Refused, match=r"in class 'victims' no gain is told.*measure = \"share\""):
        project_of(tmp_path / "p", rows_of(WOMEN), disclosure="victims")


def test_of_people_a_gain_of_numbers_is_refused(tmp_path):
    scores = GAIN.replace('"before"', '"score_before"').replace('"after"', '"score_after"')
    with pytest.raises(Refused, match="of two fields of yes and no only"):
        project_of(tmp_path / "p", rows_of(WOMEN), scores)
    assert project_of(tmp_path / "open", rows_of(WOMEN), scores, disclosure="open")


# --- The reader who has the gain and both shares, and lists every world that looks the same ----------------


@cache
def worlds(people):
    """Every way to part so many people into the four groups: an array (worlds, 4) of both, neither, better, worse."""
    few = range(people + 1)
    return np.array([(*one, people - sum(one)) for one in product(few, few, few) if sum(one) <= people])


def printed(people, folder):
    """What is told in each world, of the total: the gain, who changed, and the two shares."""
    both, _, better, worse = worlds(people).T
    project = project_of(folder, rows_of(WOMEN))
    size = len(both)
    plain = {"start": DAYS[0], "end": DAYS[1], "indicator": "x", "denominator": float(people), "status": "exact"}
    parts = {"pairs": people, "before": both + worse, "after": both + better, "better": better, "worse": worse}
    totals = pd.DataFrame(parts, dtype=float).assign(**plain, disaggregation="total", category="all")
    totals = totals.assign(horizon=[str(number) for number in range(size)], people=np.nan, rows=0.0, lacking=0.0)
    totals = totals.assign(numerator=100 * (totals["after"] - totals["before"]))
    totals = totals.assign(value=totals["numerator"] / people)
    numbers = {"got better": better, "stayed": people - better - worse, "got worse": worse}
    beside = [
        totals.assign(disaggregation="change", category=name, value=number.astype(float), numerator=np.nan)
        for name, number in numbers.items()
    ]
    frame = protect(pd.concat([totals, *beside], ignore_index=True), project).values
    columns = [frame.loc[frame["category"] == name, ["value", "status"]] for name in ("all", *numbers)]
    return [tuple(row) for row in np.hstack([part.astype(str) for part in columns]).tolist()], shares_of(totals)


def shares_of(totals):
    """What the rule of callers prints of the two shares in each world."""
    found = []
    for side in ("before", "after"):
        yes, no = totals[side], totals["pairs"] - totals[side]
        there = (yes >= 5) & (no >= 5)
        found.append(np.where(there, np.floor(yes / 5 + 0.5) * 5, -1))
    return list(zip(*found, strict=True))


def shown_small(people, folder):
    """The groups of 1 to 4 that some world shows to be of 1 to 4, with what is printed there."""
    prints, shares = printed(people, folder)
    groups = worlds(people)
    groups = np.column_stack([groups, groups[:, 0] + groups[:, 1]])  # who stayed
    alike = {}
    for place, look in enumerate(zip(prints, shares, strict=True)):
        alike.setdefault(look, []).append(place)
    small_ones = (groups >= 1) & (groups <= 4)
    return [look for look, places in alike.items() if small_ones[places].all(axis=0).any()]


@pytest.mark.parametrize("people", [24, 41])
def test_nobody_with_the_gain_and_both_shares_can_show_a_small_group(people, tmp_path):
    assert shown_small(people, tmp_path / "p") == []


def test_a_planted_leak_is_found(tmp_path, monkeypatch):
    """Where only the three numbers that are printed have to be large, who was aware both times can be shown few."""
    kept = small_cells._changes

    def careless(cells, told):
        three = np.minimum.reduce([cells["better"], cells["worse"], cells["pairs"] - cells["better"] - cells["worse"]])
        large = cells.assign(after=cells["better"] + 99, pairs=999.0, before=0.0)
        return kept(large.assign(better=three, worse=three), told)

    monkeypatch.setattr(small_cells, "_changes", careless)
    assert shown_small(41, tmp_path / "p")
