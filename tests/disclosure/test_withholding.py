"""What it tells that a table is withheld: the reader who knows the rules, and asks which numbers would have led to it.

Every register of a small project is published, by the gate that publishes the real one. A reader
sees one of these publications and keeps the registers that would have looked the same: withheld
tables, too. No category of any run of quarters may be of 1 or 2 people in all of them, where the
policy hides fewer than 3. There is no solver here, and nothing that the auditor believes.
"""

from datetime import date, timedelta
from itertools import permutations, product

import pandas as pd
import pytest

from ctanalysis.disclosure import answers, protect, withholding
from ctanalysis.indicators.values import COLUMNS
from tests.generators import linked_projects as linked

FEW = 3
CATEGORIES = ["north", "south", "west"]
FIRST = [
    date(2011, 10, 1),
    date(2012, 1, 1),
    date(2012, 4, 1),
    date(2012, 7, 1),
    date(2012, 10, 1),
    date(2013, 1, 1),
    date(2013, 4, 1),
    date(2013, 7, 1),
    date(2013, 10, 1),
]
YEARS = [(0, 4), (4, 8)]


def days(first, after):
    """The first and last day of some quarters, as text."""
    return FIRST[first].isoformat(), (FIRST[after] - timedelta(1)).isoformat()


def parts(total, count):
    """All ways to share people out to categories."""
    return (
        [(total,)]
        if count == 1
        else [(first, *rest) for first in range(total + 1) for rest in parts(total - first, count - 1)]
    )


def cells(first, after, counts):
    """The exact values of a span of quarters: its total and, where there are counts, its breakdown."""
    place = ("once", "quarter", *days(first, after))
    numbers = [
        ("total", "all", float(sum(counts))),
        *(("area", category, float(n)) for category, n in zip(CATEGORIES, counts, strict=False) if len(counts) > 1),
    ]
    return [(*place, *number, float("nan"), float("nan"), "exact", number[-1]) for number in numbers]


def told_of(rows, project):
    """What the gate tells of exact values: rows of COLUMNS, and of how many people stand behind each."""
    frame = pd.DataFrame(rows, columns=[*COLUMNS[:-2], "people"])
    return protect(frame, project, frame).values


def publication(quarters, years, project):
    """What is printed where each year's people fall into categories like this: the tables' cells, in order."""
    rows = [row for n, total in enumerate(quarters) for row in cells(n, n + 1, [total])]
    rows += [row for (first, after), counts in zip(YEARS, years, strict=True) for row in cells(first, after, counts)]
    rows += cells(0, 8, [sum(pair) for pair in zip(*years, strict=True)])
    told = told_of(rows, project)
    told = told[told["disaggregation"] == "area"]
    return [
        (row.start, row.end, row.category, row.value if row.status == "rounded" else row.status)
        for row in told.itertuples()
    ]


def exchanged(printed, order):
    """The same publication with the categories' names exchanged."""
    return tuple(
        sorted((start, end, order[CATEGORIES.index(category)], said) for start, end, category, said in printed)
    )


def publications(quarters):
    """Every publication with the registers (people of each year by category) that lead to it."""
    project = linked.with_sheets("once", ways=[("area",)], through=date(2013, 9, 30), fewer_than=FEW, round_to=3)
    found = {}
    for one in parts(sum(quarters[:4]), len(CATEGORIES)):
        for other in parts(sum(quarters[4:]), len(CATEGORIES)):
            if [*zip(one, other, strict=True)] == sorted(
                zip(one, other, strict=True)
            ):  # the gate knows categories by name only, so that others are exchanged ones
                printed = publication(quarters, (one, other), project)
                for order in permutations(range(len(CATEGORIES))):
                    years = tuple(
                        tuple(counts[order.index(place)] for place in range(len(CATEGORIES))) for counts in (one, other)
                    )
                    found.setdefault(exchanged(printed, [CATEGORIES[place] for place in order]), set()).add(years)
    return found


def least_and_most(quarters, years, first, after, category):
    """How many of a category a run of quarters can hold, where its years hold so many."""
    least = most = 0
    for (start, end), counts in zip(YEARS, years, strict=True):
        inside, whole = sum(quarters[max(first, start) : min(after, end)]), sum(quarters[start:end])
        least, most = least + max(0, counts[category] - (whole - inside)), most + min(counts[category], inside)
    return least, most


def shown(quarters, registers):
    """The cells that are of 1 or 2 people in all of these registers:
    (first quarter, the one after the last, category).
    """
    found = []
    for first in range(8):
        for after in range(first + 1, 9):
            for category in range(len(CATEGORIES)):
                bounds = [least_and_most(quarters, years, first, after, category) for years in registers]
                if min(least for least, _ in bounds) >= 1 and max(most for _, most in bounds) < FEW:
                    found.append((first, after, category))
    return found


SMALL = (2, 1, 1, 0, 3, 1, 2, 1)  # people of each quarter
LARGE = [
    (3, 2, 3, 1, 4, 2, 3, 1),
    (2, 2, 2, 3, 3, 3, 3, 1),
    (9, 0, 1, 1, 2, 2, 3, 2),
    (0, 0, 9, 0, 0, 3, 9, 0),
    (5, 4, 3, 3, 0, 0, 4, 3),
]


@pytest.mark.parametrize("quarters", [SMALL, *(pytest.param(quarters, marks=pytest.mark.long) for quarters in LARGE)])
def test_nobody_is_shown_by_what_is_withheld(quarters):
    """All publications of all registers: not one shows a cell of 1 or 2,
    to a reader who knows why tables are withheld.
    """
    found = publications(quarters)
    assert {said for printed in found for *_, said in printed} >= {"withheld", "fewer than 3", 3.0}, (
        "nothing is put to the test"
    )
    assert [shown(quarters, registers) for registers in found.values() if shown(quarters, registers)] == []


def test_a_table_that_is_asked_beside_one_that_hides_would_show_somebody(monkeypatch):
    """The same with every table asked: where the project to date says fewer than 3,
    a year's table is withheld only where there is one.
    """
    monkeypatch.setattr(withholding, "_may_depend", lambda *_: True)
    answers.KNOWN.clear()
    found = publications(SMALL)
    answers.KNOWN.clear()
    assert any(shown(SMALL, registers) for registers in found.values())


# --- Shares: how many there are in all is known, too -----------------------------------------


def share_publications(of):
    """Every publication of shares of the people of each quarter,
    with the registers (those counted in each quarter) that lead to it.
    """
    project = linked.with_sheets(
        "share", ways=[], through=date(2013, 9, 30), fewer_than=FEW, round_to=3, share_within=20
    )
    spans, found = [*((n, n + 1) for n in range(8)), *YEARS, (0, 8)], {}
    for counted in product(*(range(number + 1) for number in of)):
        rows = []
        for first, after in spans:
            part, whole = float(sum(counted[first:after])), float(sum(of[first:after]))
            status, value = ("exact", part / whole) if whole else ("no data", float("nan"))
            rows.append(("share", "quarter", *days(first, after), "total", "all", value, part, whole, status, whole))
        found.setdefault(
            tuple((row.status, str(row.numerator)) for row in told_of(rows, project).itertuples()), set()
        ).add(counted)
    return found


def shares_shown(of, registers):
    """The runs of quarters in which those counted, or the rest, are 1 or 2 in all of these registers."""
    runs = [(first, after) for first in range(8) for after in range(first + 1, 9)]
    sides = [[[sum(counted[a:b]), sum(of[a:b]) - sum(counted[a:b])] for counted in registers] for a, b in runs]
    return [
        run
        for run, numbers in zip(runs, sides, strict=True)
        for side in zip(*numbers, strict=True)
        if min(side) >= 1 and max(side) < FEW
    ]


@pytest.mark.parametrize(
    "of",
    [
        (6, 0, 0, 0, 7, 0, 0, 0),
        *(
            pytest.param(of, marks=pytest.mark.long)
            for of in [(9, 0, 0, 0, 12, 0, 0, 0), (8, 0, 0, 0, 7, 0, 0, 4), (5, 6, 0, 7, 0, 0, 0, 0)]
        ),
    ],
)
def test_nobody_is_shown_by_a_share_that_is_withheld(of):
    """Neither those whom a share counts nor the rest, even to a reader who knows how many there are in all."""
    found = share_publications(of)
    assert {status for printed in found for status, _ in printed} >= {"withheld", "rounded"}
    assert [shares_shown(of, registers) for registers in found.values() if shares_shown(of, registers)] == []


@pytest.mark.long
@pytest.mark.parametrize("of", [9, 13, 16])
def test_nobody_is_shown_by_shares_of_women_and_men(of):
    """One year by sex: neither those counted among women or men, nor the rest, nor women or men, nor both together."""
    project = linked.with_sheets(
        "share", ways=[("sex",)], through=date(2012, 9, 30), fewer_than=FEW, round_to=3, share_within=25
    )
    found = {}
    for women, counted, men in ((n, k, m) for n in range(of + 1) for k in range(n + 1) for m in range(of - n + 1)):
        cells = [
            ("total", "all", counted + men, of),
            ("sex", "female", counted, women),
            ("sex", "male", men, of - women),
        ]
        rows = [
            (
                "share",
                "year",
                *days(0, 4),
                way,
                category,
                part / whole if whole else float("nan"),
                float(part),
                float(whole),
                "exact" if whole else "no data",
                float(whole),
            )
            for way, category, part, whole in cells
        ]
        found.setdefault(
            tuple(
                (row.status, str(row.numerator), str(row.denominator)) for row in told_of(rows, project).itertuples()
            ),
            set(),
        ).add((counted, women - counted, men, of - women - men))
    groups = [(0,), (1,), (2,), (3,), (0, 1), (2, 3), (0, 2), (1, 3)]
    sizes = {
        (printed, group): [sum(register[place] for place in group) for register in registers]
        for printed, registers in found.items()
        for group in groups
    }
    assert {printed: group for (printed, group), seen in sizes.items() if min(seen) >= 1 and max(seen) < FEW} == {}
