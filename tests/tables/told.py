"""Every number that a cell of a table may tell: (number as marked, of what it is), from the frames, in plain Python.

Beside what sentences may tell of the same (tests.narrative): the tracking table, ranges, rates of regions, and how many
rows and values there are.
"""

import math
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from ctanalysis.analysis import fairness
from ctanalysis.analysis.reach import reaches
from tests.narrative.derived import derived
from tests.narrative.test_narrative import allowed, forms, half_up


def may_be_told(found):
    """The pairs of an evaluation."""
    parts = (_values, _tracking, _reach, _fairness, _changes, _counts)
    return allowed(found) | derived(found) | {pair for part in parts for pair in part(found)}


def decimals(number, places):
    """A number with so many decimals, halves away from zero."""
    return f"{Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0:f}"


def _of(row):
    return f"indicator {row.indicator}, {row.horizon} ({row.start} to {row.end})"


def _values(found):
    """What stands for a number; the totals of fiscal years; of how many a breakdown that waits is."""
    rows = [*pd.concat([found.values, found.history, found.years]).itertuples()]
    for row in rows:
        yield row.status, _of(row)
        yield from ((shown, _of(row)) for shown in forms(row.value, row.indicator, row.status))
        yield from ((decimals(part, 0), _of(row)) for part in (row.numerator, row.denominator) if not pd.isna(part))
    waits = {(_of(row), row.disaggregation): row.value for row in rows if row.category == "recorded"}
    for row in rows:
        base = waits.get((_of(row), row.disaggregation))
        if row.category == "not recorded" and base is not None and not pd.isna(row.value):
            yield str(int(base + row.value)), _of(row)


def _tracking(found):
    """Targets, baselines, what was expected, and the deviation from it, each with the decimals of its indicator."""
    for row in found.tracking.itertuples():
        for name in ("target_low", "target_high"):
            yield from ((shown, f"{_of(row)}, target") for shown in forms(getattr(row, name), row.indicator, "rounded"))
        yield from ((shown, f"{_of(row)}, baseline") for shown in forms(row.baseline, row.indicator, "rounded"))
        for number in (row.expected, row.expected_high):
            yield from ((shown, f"{_of(row)}, expected") for shown in forms(number, row.indicator, "rounded"))
            if 0 < number < 10:
                yield half_up(number, 1), f"{_of(row)}, expected"
                yield decimals(row.actual - number, 1), f"{_of(row)}, deviation"
        if not math.isnan(row.deviation):
            yield decimals(100 * row.deviation, 0), f"{_of(row)}, deviation"
        if not math.isnan(row.percent_of_way):
            yield half_up(row.percent_of_way, 0), f"{_of(row)}, per cent of the way to the target"


def _reach(found):
    for reach in reaches(found.known):
        for one in reach.regions:
            source = f"indicator {reach.sheet.code}, rate, {one.name}"
            yield decimals(one.residents, 0), "residents"
            yield decimals(100_000 * one.number.value / one.residents, 1), source
            for end, number in zip(("at least", "at most"), reach.limits(one.residents) or (), strict=False):
                yield decimals(number, 1), f"{source}, by chance, {end}"
            if one.compared:
                yield decimals(one.compared.low, 2), f"{source} to the others, at least"
            if one.compared and one.compared.bounded:
                yield decimals(one.compared.size, 2), f"{source} to the others"
                yield decimals(one.compared.high, 2), f"{source} to the others, at most"


def _fairness(found):
    for one in fairness.proportions(found.known):
        source = f"{one.of.source}, share"
        yield decimals(100 * one.share, 0), source
        yield decimals(100 * one.low, 0), f"{source}, at least"
        yield decimals(100 * one.high, 0), f"{source}, at most"


def _changes(found):
    """Differences of the numbers as they are told, with their sign."""
    for one in found.changes:
        if one.before is None or not (one.current.number and one.before.number):
            continue
        rough = "exact" if one.current.status == one.before.status == "exact" else "rounded"
        now, then = (
            next(iter(forms(each.value, one.sheet.code, rough))) for each in (one.current, one.before)
        )  # a list of one
        yield f"{Decimal(now) - Decimal(then):f}", f"{one.current.source}, change"


def _counts(found):
    """How many rows were read, and how many values there are; what is tested, by its p-value."""
    names = ("read", "used", "held_back", "passed_over")
    yield from ((str(number), "rows of records") for name in names for number in found.tally[name])
    yield from ((str(number), "values of indicators.csv") for number in range(len(found.values) + 1))
    yield from ((decimals(max(one.p, 0.001), 3), "p-value") for one in found.findings if not math.isnan(one.p))
