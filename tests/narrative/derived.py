"""Every number that the narrative may tell of what an analysis found: (number as told, source), from its own objects.

The analyses have oracles of their own in tests/analysis; here it is held that no sentence tells another number, nor one
under another's name.
"""

import math
from decimal import ROUND_HALF_UP, Decimal

from ctanalysis.analysis import cost, fairness
from ctanalysis.analysis.change import gains
from ctanalysis.analysis.explanations import deviates, deviation, outstanding
from ctanalysis.analysis.furthest import furthest
from ctanalysis.analysis.pace import paces
from ctanalysis.analysis.reach import reaches
from ctanalysis.analysis.signals import signals


def derived(found):
    """The pairs of an evaluation."""
    parts = (_gains, _spending, _unit_costs, _paces, _worst, _short, _explanations, _reach, _women_and_men, _changes)
    return {pair for part in (*parts, _charts, _counted) for pair in part(found, found.known)}


def told(number, places=None):
    """A number with so many decimals; without, none from 10 on, one from 1 on, else two."""
    if places is None:
        places = 0 if abs(number) >= 10 or not number else 1 if abs(number) >= 1 else 2
    return str(Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0)


def whole(number):
    return told(number, 0)


def things(number):
    """Things that were expected, which may be half a one."""
    return told(number, 0 if number == int(number) else 1) if math.isfinite(number) else ""


def beyond(found, part):
    """A deviation beyond the tolerance, in whole per cent unless that would be the tolerance itself."""
    size, limit = (abs(100 * number) for number in (part, found.project.facts.tracking.tolerance))
    return told(size, 1) if whole(size) == whole(limit) else whole(size)


def ends(low, high, source, places=None):
    return {(told(low, places), f"{source}, at least"), (told(high, places), f"{source}, at most")}


def _gains(found, known):
    for one in gains(known):
        if one.found:
            yield from ends(one.found.low, one.found.high, f"{one.current.source}, interval of the gain")


def _spending(found, known):
    """By hand: spent of the funding, spent of the year's target, and what is left for the quarters to come."""
    facts, e = found.project.facts, cost.execution(known)
    if e is None:
        return
    spent, of = known.total("4.1", "project to date").value, known.total("4.1", "project to date").source
    left = facts.funding.amount - spent
    yield whole(100 * spent / facts.funding.amount), f"{of}, of the funding"
    yield whole(left), f"{of}, left"
    yield whole(-left), f"{of}, above the funding"
    year = known.total("4.1", "fiscal year to date")
    if e.budget:
        yield whole(100 * year.value / e.budget), f"{year.source}, of the year's target"
    recent = [one.value for one in known.series["4.1"][-4:]]
    yield whole(sum(recent) / 4), f"{of}, mean of the last four quarters"
    quarters = (facts.end.year - found.period.end.year) * 4 + (facts.end.month - found.period.end.month) // 3
    if quarters:
        yield told(left / quarters), f"{of}, needed per quarter"
        yield str(quarters), "calendar"


def _unit_costs(found, known):
    for pair in cost.unit_costs(known):
        for one in filter(None, pair):
            each, source = one.spent.value / one.counted.value, f"{one.spent.source}, for each of indicator "
            yield told(each, 2 if each < 100 else 0), source + one.counted.sheet.code


def _paces(found, known):
    yield "80", "intervals of projections"
    for one in paces(known):
        source = f"{one.actual.source}, projection"
        if one.lower is not None:
            yield from ends(one.lower, one.upper, source, 0)
        if one.needed is not None:
            yield whole(one.needed), f"{source}, for each quarter"
        if one.deviation is not None:
            yield whole(abs(100 * one.deviation)), f"{source}, deviation"
            yield from (
                (things(end), f"{one.actual.source}, expected") for end in (one.expected.low, one.expected.high)
            )
        if one.goal.number is not None:
            target = {one.goal.floor, one.goal.ceiling} - {None}
            yield from ((whole(number), f"{one.actual.source}, target") for number in target)


def _worst(found, known):
    """What stands worst against its target, and how many more do."""
    worst = furthest(known)
    yield str(len(worst.paces) - 3), "calendar"
    if worst.missing:
        value, goal = worst.missing.value, worst.missing.goal
        scale = 100 if value.sheet.measure == "share" else 1
        targets = {goal.floor, goal.ceiling} - {None}
        yield from ((told(scale * one, places), f"{value.source}, target") for one in targets for places in (0, 1))


def _short(found, known):
    """Of few things how many were expected to date; how many more deviations have no explanation."""
    yield str(len(outstanding(known)) - 3), "calendar"
    for sheet in found.project.sheets:
        one = deviation(known, sheet, "project to date")
        if one:
            yield things(one.expected), f"{one.value.source}, expected"


def _explanations(found, known):
    yield whole(100 * found.project.facts.tracking.tolerance), "project.toml, tolerance"
    for sheet in found.project.sheets:
        one = deviates(known, sheet)
        if one is not None:
            yield beyond(found, one.part), f"indicator {sheet.code}, deviation"
            yield things(one.expected), f"{one.value.source}, expected"


def _reach(found, known):
    """Rates by hand: of 100,000 residents."""
    yield "100000", "calendar"
    for reach in reaches(known):
        source = f"indicator {reach.sheet.code}, rate"
        number, residents = (sum(of) for of in zip(*((r.number.value, r.residents) for r in reach.told), strict=True))
        yield told(100_000 * number / residents), source
        for one in reach.told:
            yield told(100_000 * one.number.value / one.residents), f"{source}, {one.name}"
            if one.compared:
                of = f"{source}, {one.name} to the others"
                yield told(one.compared.low), f"{of}, at least"
                if one.compared.bounded:
                    yield told(one.compared.size), of
                    yield told(one.compared.high), f"{of}, at most"


def _women_and_men(found, known):
    if found.project.facts.fairness is None:
        return
    for one in fairness.proportions(known):
        source = f"{one.of.source}, share"
        yield whole(100 * one.share), source
        if one.has_interval:
            yield from ends(100 * one.low, 100 * one.high, source, 0)
    for gap in fairness.gaps(known):
        yield from ends(100 * gap.compared.low, 100 * gap.compared.high, f"{gap.of.source}, gap", 0)


def _changes(found, known):
    """Ends of an interval in per cent, from three times on as so many times; of shares and gains in points."""
    for one in found.changes:
        if one.before is None:
            continue
        source = f"{one.current.source}, change since {one.before.start} to {one.before.end}"
        scale = 100 if one.sheet.measure == "share" else 1
        interval = (one.test.found.low, one.test.found.high) if one.test.found else ()
        for number in filter(math.isfinite, (*interval, one.test.least)):
            if one.test.of == "ratio":
                yield whole(abs(100 * (number - 1))), source
                yield told(number, 1), source
            else:
                yield told(abs(number * scale), 1 if one.sheet.measure == "mean" else 0), source
        places = 1 if one.sheet.measure in ("mean", "rate") else 2 if one.sheet.measure == "ratio" else 0
        now, before = (Decimal(told(each.value * scale, places)) for each in (one.current, one.before))
        yield f"{abs(now - before).normalize():f}", f"{one.current.source}, change"


def _charts(found, known):
    for one in signals(known):
        if one.judged and one.limits[-1]:
            scale = 100 if one.sheet.measure == "share" else 1
            limits = one.limits[-1]
            yield from ends(limits.lower * scale, limits.upper * scale, f"{one.latest.source}, control chart", 0)


def _counted(found, known):
    """How many quarters there are, and how many of the cumulative results are short, and how far."""
    yield from ((str(number), "calendar") for number in {len(values) for values in known.series.values()})
    for one in (one.of for one in found.findings if one.kind == "targets"):
        yield from ((str(len(some)), "calendar") for some in (one.shares, one.short))
        yield from ((beyond(found, short.part), f"{short.value.source}, deviation") for short in one.short)
