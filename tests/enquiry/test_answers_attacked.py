"""Random questions about people, then the linear program: all answers together open no small cell.

Of people who were trafficked all answers are laid side by side, of all days. Of callers and participants each table is
looked at by itself, as the policy says: everything that was asked of it, and its total. That a question is refused
adds nothing: which are follows from what is asked, and not from numbers (see test_own_questions).
"""

from collections import Counter
from dataclasses import replace
from random import Random

import pandas as pd
import pytest

import ctanalysis as ct
from tests.attackers import ATTACKERS
from tests.attackers.public import known_of, printed_of

CELL = ["start", "end", "disaggregation", "category"]
YEARS = [{"every": "year"}, {"period": "FY2014"}]
ALL = [*YEARS, *({"every": kind} for kind in ("quarter", "half", "month"))]
ALL += [{"period": label} for label in ("FY2012", "FY2013Q2", "FY2014H1", "2014-06", "FY2015Q1", "LOP")]
ENDS = (None, "project to last year end")
HORIZONS = (*ENDS, None, "fiscal year to date", "project to date", "last fiscal year", "same period last year")
QUICK = ("subtraction", "linked tables", "differences", "rounding")
OF_SPANS = ("subtraction", "differences", "rounding")  # of people of each period over all quarters: who tries no kinds


def sheets_of(p, audited):
    """The sheets about people, of classes that are audited, or of those that are not and have breakdowns of counts."""
    found = [sheet for sheet in p.project.sheets if sheet.measure not in ("gain", "rate", "ratio")]
    found = [sheet for sheet in found if sheet.calculation.table not in p.project.open_tables]
    return [sheet for sheet in found if p.project.disclosure_rule(sheet).audited == audited]


def fields_of(p, sheet):
    """By name, the categories of the fields of a sheet's table and of those to which it refers."""
    tables = p.project.package.tables
    names = [sheet.calculation.table, *tables[sheet.calculation.table].references.values()]
    found = [field for name in names for field in tables[name].fields.values()]
    return {field.name: [*field.labels] for field in found if field.labels and field.type != "list"}


def questions(p, sheets, number, when, horizons):
    """So many random ones, from a seed: a sheet, and what is asked. Most are by fields that its report has."""
    random, broken_down = Random(20150209), [sheet for sheet in sheets if sheet.disaggregations]
    for _ in range(number):
        sheet = random.choice(broken_down if random.random() < 0.5 else sheets)
        own = {name.replace(":", " "): labels for name, labels in known_of(p.project, sheet.code).fields.items()}
        fields = own if own and random.random() < 0.6 else fields_of(p, sheet)
        by = random.sample(sorted(fields), min(len(fields), random.choice((0, 1, 1, 2))))
        part = by.pop() if by and random.random() < 0.4 else ""
        where = {part: random.choice([label for label in fields[part] if label != "not recorded"])} if part else {}
        of = {"horizon": random.choice(horizons), **random.choice(when)}
        yield sheet, {"by": tuple(by) or None, "where": where, **of}


def cells_of(sheet, answer, is_coarse):
    """An answer as the attackers read it. is_coarse: its one field is the coarse form."""
    names = [*answer.columns[answer.columns.get_loc("end") + 1 : answer.columns.get_loc("value")]]
    rows = pd.DataFrame(answer).assign(category="all")
    if names:
        rows["category"] = rows[sorted(names)].agg(" × ".join, axis=1)
    rows["disaggregation"] = " × ".join(sorted(names)) + ":coarse" * is_coarse or "total"
    rows["value"] /= 100 if sheet.measure == "share" else 1
    rows[["start", "end"]] = rows[["start", "end"]].apply(lambda days: days.dt.date.astype(str))
    return rows.reindex(columns=[*CELL, "value", "numerator", "denominator", "status"])


def answers(p, asked_of):
    """By code cells of all answers, each once, with the totals of their days; how many were answered, and refused."""
    cells, told = {}, Counter()
    for sheet, asked in asked_of:
        try:
            answer = p.values(sheet.code, **asked)
        except ct.Refused:
            told["refused"] += 1
            continue
        told["answered"] += 1
        is_coarse = any(" coarse" in name for name in (*(asked["by"] or ()), *asked["where"]))
        total = p.values(sheet.code, **{name: what for name, what in asked.items() if name not in ("by", "where")})
        cells.setdefault(sheet.code, []).extend([cells_of(sheet, answer, is_coarse), cells_of(sheet, total, False)])
    return {code: pd.concat(of).drop_duplicates() for code, of in cells.items()}, told


def public_of(p, sheet, way):
    """What is public of a sheet with this breakdown alone."""
    own = sheet.model_copy(update={"disaggregations": () if way == "total" else (tuple(way.split(" × ")),)})
    return known_of(replace(p.project, sheets=(own,)), sheet.code)


def tables(p, cells):
    """Of each code and way what is public, with its printed cells and the totals; of a share its totals, too."""
    for code, frame in cells.items():
        sheet = p.project.sheet(code)
        for way in frame["disaggregation"].unique():
            known = public_of(p, sheet, way)
            if way != "total" or known.share:
                yield known, frame[frame["disaggregation"].isin(["total", way])]


@pytest.mark.parametrize(
    "number, when, horizons, names",
    [(80, YEARS, ENDS, QUICK), pytest.param(1000, ALL, HORIZONS, [*ATTACKERS], marks=pytest.mark.long)],
)
def test_all_answers_about_people_who_were_trafficked_open_no_cell(p, number, when, horizons, names):
    """Of everything that was answered, nothing is shown to be of 1 to 9 people."""
    cells, told = answers(p, questions(p, sheets_of(p, True), number, when, horizons))
    read = 0
    for known, frame in tables(p, cells):
        printed = printed_of(frame, known)
        able = [name for name in names if known.kind != "each period" or name in OF_SPANS]
        assert [(name, cell) for name in able for cell in ATTACKERS[name](printed, known)] == []
        read += len(printed)
    assert read > number / 4 and min(told.values()) > number / 5


@pytest.mark.parametrize(
    "number, when, horizons, names",
    [
        (12, [{"period": "FY2013Q2"}], (None,), QUICK),
        pytest.param(1000, ALL, HORIZONS, [*ATTACKERS], marks=pytest.mark.long),
    ],
)
def test_all_answers_about_callers_and_participants_open_no_cell_of_a_table(p, number, when, horizons, names):
    """Of each table by itself, nothing is shown to be of 1 to 4 people; how many are not recorded is told."""
    cells, told = answers(p, questions(p, sheets_of(p, False), number, when, horizons))
    read = 0
    for known, frame in tables(p, cells):
        for _, table in frame.groupby(["start", "end"]):
            printed = printed_of(table, known)
            found = [(name, cell) for name in names for cell in ATTACKERS[name](printed, known)]
            assert [one for one in found if {*one[1].category.split(" × ")} != {"not recorded"}] == []
            read += len(printed)
    assert read > 3 * number and told["answered"] > number / 2


def test_a_cell_that_is_told_is_found(p):
    """Planted: of women and men, answered as they are told, and of the men one number more than the policy tells."""
    sheet = p.project.sheet("2.2")
    answer = p.values("2.2", by="sex", every="year", horizon="project to last year end")
    known, planted = public_of(p, sheet, "sex"), cells_of(sheet, answer, False)
    assert ATTACKERS["linked tables"](printed_of(planted, known), known) == []
    first = planted["start"].add(planted["end"]) == planted.iloc[0][["start", "end"]].sum()
    planted.loc[first & (planted["category"] == "male"), ["value", "status"]] = (7, "exact")
    shown = ATTACKERS["linked tables"](printed_of(planted, known), known)
    assert ("sex", "male") in {cell[2:4] for cell in shown}
