"""The test of each measure: two totals -> a comparison with its interval and p-value, or why there is none."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from ctanalysis.analysis.pair import Pair, Told, changed, least_favourable
from ctanalysis.analysis.spread import Earlier, Steps
from ctanalysis.analysis.statistics import counts, means, pairs, power, shares, sums
from ctanalysis.analysis.statistics.compared import INDEPENDENT, KNOWN, LEVEL, Compared, Spread, widened
from ctanalysis.analysis.statistics.means import Mean
from ctanalysis.analysis.values import Value
from ctanalysis.indicators.evidence import DESIGN_EFFECT, DEVIATION, EFFECTIVE, SHARED, SUBJECTS, UNITS

LEAST_N, OF_POINTS = 5, 100  # gains are told in percentage points, and tested as differences of shares


class Why(StrEnum):
    """Why two values are not compared, not tested, or not quite alike."""

    OTHER_UNITS = "other units"
    N_BELOW_FIVE = "n below five"
    FEW_UNITS = "few units"
    NOT_RECEIVED = "not received"
    PART_MISSING = "part of the records missing"
    NOT_SENT = "records not sent"
    DEFINITION = "definition changed"
    WITHHELD = "withheld"
    NO_VALUE = "no value then"
    STATE = "a state, not a flow"
    QUOTIENT = "no test for a quotient of two measures"
    ORDER = "no test for a median or an extreme"
    MEAN_LEVEL = "no test for a mean over days"
    ROUND = "no test for numbers of survey rounds"
    BELOW_ZERO = "no test for sums below zero"
    SEASON_UNKNOWN = "season not known"
    OF_A_PART = "no evidence of a part"


@dataclass(frozen=True)
class Tested:
    """What a test says of two values.

    of: "ratio" or "difference". found: the size with its 95 % interval and p-value; None where there is no test, for
    the reason why. method: its name. spread: by how much the numbers vary more than independent ones; quarters: how
    many there were to estimate it. effects: the design effects now and before. least: the smallest rise (as a ratio) or
    difference that would have been seen in four of five cases; few: whether a doubling (of counts and sums), twenty
    percentage points or one standard deviation would not; varies: whether it would if the numbers varied no more than
    independent ones. season: how the step went in earlier years.
    """

    of: str
    found: Compared | None
    method: str = ""
    spread: Spread = INDEPENDENT
    quarters: int = 0
    effects: tuple[float, float] = (1.0, 1.0)
    least: float = math.nan
    few: bool = False
    varies: bool = False
    season: Steps | None = None
    why: Why | None = None


RATIO, DIFFERENCE = "ratio", "difference"
NO_RATIO = partial(Tested, RATIO, None)
NO_DIFFERENCE = partial(Tested, DIFFERENCE, None)


def tested(pair: Pair, in_season: bool) -> Tested:
    """The test of two totals. in_season: whether the two are of different quarters of the year."""
    measure = pair.sheet.measure
    if measure in ("count", "people", "sum") and not pair.sheet.rounds:
        return _of_flow(pair, in_season)
    return OTHERS[measure](pair) if measure in OTHERS else NO_DIFFERENCE(why=NOT_TESTED[measure])


def _of_flow(pair: Pair, in_season: bool) -> Tested:
    """Counts, people and sums, by the days and the season that they are of."""
    earlier = Earlier.than(pair.known, pair.current.sheet)
    of_year = in_season and not earlier.knows_season
    if of_year or (in_season and earlier.season.indices and not earlier.quarters_of(pair.current)):
        return NO_RATIO(why=Why.SEASON_UNKNOWN)
    by_season = earlier if in_season and earlier.season.indices else None
    return (_of_sum if pair.sheet.measure == "sum" else _of_count)(pair, earlier, by_season)


def _of_count(pair: Pair, earlier: Earlier, season: Earlier | None) -> Tested:
    now, before = Told.of(pair.current), Told.of(pair.before)
    spread, (known, known_before), exposure = earlier.spread(), *_seasoned(pair, season, now.number, before.number)

    def compare(one: float, other: float) -> Compared:
        return counts.compared(one * known, other * known_before, exposure * known / known_before, spread)

    found = least_favourable(compare, now, before, 1.0)
    test = Tested(RATIO, found, "conditional Poisson", spread, earlier.told, season=_steps(pair, season))
    return _with_power(test, before.number * known_before, exposure * known / known_before)


def _of_sum(pair: Pair, earlier: Earlier, season: Earlier | None) -> Tested:
    now, before = Told.of(pair.current), Told.of(pair.before)
    if min(now.low, before.low) < 0:
        return NO_RATIO(why=Why.BELOW_ZERO)
    ends = pair.ends(EFFECTIVE)
    if ends is None and now.number and before.number:
        return Tested(RATIO, None, few=True, why=Why.FEW_UNITS)
    numbers = [end.low for end in ends] if ends else [_only(pair, one) for one in (pair.current, pair.before)]
    means_of = [one.number / number for one, number in zip((now, before), numbers, strict=True) if number]
    if not means_of:
        return Tested(RATIO, None, few=True, why=Why.FEW_UNITS)
    spread = earlier.spread(min(means_of))
    weights, exposure = _seasoned(pair, season, now.number, before.number)

    def compare(one: float, other: float) -> Compared:
        known = [number * weight for number, weight in zip(numbers, weights, strict=True)]
        return sums.compared((one, known[0]), (other, known[1]), exposure, spread)

    found = least_favourable(compare, now, before, 1.0)
    test = Tested(RATIO, found, "variance from units", spread, earlier.told, season=_steps(pair, season))
    return _with_power(test, numbers[1] * weights[1], exposure)


def _only(pair: Pair, value: Value) -> float:
    """The effective number of one of two sums, of which the other is 0; 0 where it is not told."""
    told = pair.known.evidence(value.sheet.code, value.horizon).get(EFFECTIVE)
    return told.low if told else 0.0


def _seasoned(pair: Pair, season: Earlier | None, now: float, before: float) -> tuple[tuple[float, float], float]:
    """What of each number counts where the indices of its quarters are known from few numbers, and the exposure.

    An index that is known from N of the same quarters adds 1 / N to the relative variance of a number n, 1 / n:
    together they are as sure as n N / (n + N).
    """
    if season is None:
        return (1.0, 1.0), pair.exposure
    of = season.of_these_quarters(pair.current), season.of_these_quarters(pair.before)
    weights = [known / (number + known) if known else 0.0 for number, known in zip((now, before), of, strict=True)]
    exposure = (
        season.index(pair.current) / season.index(pair.before) * pair.residents if all(weights) else pair.exposure
    )
    return (weights[0] or 1.0, weights[1] or 1.0), exposure


def _steps(pair: Pair, season: Earlier | None) -> Steps | None:
    return season.steps(pair) if season else None


def _with_power(test: Tested, count: float, exposure: float) -> Tested:
    """The test of a ratio with what it would have seen. count: before, in independent units."""
    spread = test.spread
    least = power.least_ratio_seen(count, spread.dispersion, widened(LEVEL, spread.degrees), exposure)
    few = least > power.DOUBLING
    varies = few and power.least_ratio_seen(count, exposure=exposure) <= power.DOUBLING
    return replace(test, least=least, few=few, varies=varies)


def _of_share(pair: Pair) -> Tested:
    numbers = pair.current.denominator, pair.before.denominator
    if any(map(math.isnan, numbers)):
        return NO_DIFFERENCE(why=Why.WITHHELD)
    if min(numbers) < LEAST_N:
        return NO_DIFFERENCE(why=Why.N_BELOW_FIVE)
    effects, degrees = _design(pair)
    if not degrees:
        return NO_DIFFERENCE(few=True, why=Why.FEW_UNITS)
    one, other = (number / effect for number, effect in zip(numbers, effects, strict=True))

    def compare(now: float, before: float) -> Compared:
        return shares.compared((now * one, one), (before * other, other), degrees=degrees)

    before = Told.of(pair.before)
    found = least_favourable(compare, Told.of(pair.current), before, 0.0)
    least = power.least_difference_seen(before.number, one, other, widened(LEVEL, degrees))
    return Tested(DIFFERENCE, found, "Newcombe", effects=effects, least=least, few=least > power.NOTABLE)


def _design(pair: Pair) -> tuple[tuple[float, float], float]:
    """The design effects of both, never below 1, and the degrees of freedom that units leave; 0 where not told."""
    if pair.behind is None or pair.known.project.disclosure_rule(pair.sheet).audited:
        return (1.0, 1.0), KNOWN
    effects, units = pair.ends(DESIGN_EFFECT), pair.ends(UNITS)
    if effects is None or units is None:
        return (1.0, 1.0), 0
    return (max(1.0, effects[0].high), max(1.0, effects[1].high)), max(0.0, units[0].low + units[1].low - 2)


def _of_mean(pair: Pair) -> Tested:
    subjects, shared = pair.ends(SUBJECTS), pair.ends(SHARED)
    if subjects and shared and not subjects[0].number == subjects[1].number == shared[1].number:
        return NO_DIFFERENCE(why=Why.OTHER_UNITS)
    numbers, deviations = (pair.current.denominator, pair.before.denominator), pair.ends(DEVIATION)
    if any(map(math.isnan, numbers)):
        return NO_DIFFERENCE(why=Why.WITHHELD)
    if min(numbers) < LEAST_N:
        return NO_DIFFERENCE(why=Why.N_BELOW_FIVE)
    effects, degrees = _design(pair) if pair.behind and pair.behind.is_event else ((1.0, 1.0), KNOWN)
    if deviations is None or not degrees:
        return NO_DIFFERENCE(few=True, why=Why.FEW_UNITS)
    return _of_deviations(pair, deviations, numbers, effects)


def _of_deviations(
    pair: Pair, deviations: tuple[Told, Told], numbers: tuple[float, float], effects: tuple[float, float]
) -> Tested:
    """Welch's test of two means, or gains of numbers."""
    one, other = (number / effect for number, effect in zip(numbers, effects, strict=True))

    def compare(now: float, before: float) -> Compared:
        return means.compared(Mean(now, deviations[0].high, one), Mean(before, deviations[1].high, other))

    found = least_favourable(compare, Told.of(pair.current), Told.of(pair.before), 0.0)
    least = power.least_mean_seen(one, other)
    seen = least * max(end.high for end in deviations)
    return Tested(DIFFERENCE, found, "Welch", effects=effects, least=seen, few=least > power.A_DEVIATION)


def _of_gain(pair: Pair) -> Tested:
    numbers, deviations = (pair.current.denominator, pair.before.denominator), pair.ends(DEVIATION)
    now, before = (changed(pair.known, one) for one in (pair.current, pair.before))
    effects, degrees = _design(pair)
    if any(map(math.isnan, numbers)):
        return NO_DIFFERENCE(why=Why.WITHHELD)
    if min(numbers) < LEAST_N:
        return NO_DIFFERENCE(why=Why.N_BELOW_FIVE)
    if now is None or before is None or not degrees:
        return NO_DIFFERENCE(few=True, why=Why.FEW_UNITS)
    if deviations:
        return replace(_of_deviations(pair, deviations, numbers, effects), method="variance from pairs")
    errors = [
        pairs.error(*(end.independent(effect) for end in of)) for of, effect in zip((now, before), effects, strict=True)
    ]
    return _of_errors(pair, math.hypot(*errors), effects, degrees)


def _of_errors(pair: Pair, error: float, effects: tuple[float, float], degrees: float) -> Tested:
    """The test of two gains in percentage points by the standard error of their difference."""

    def compare(now: float, before: float) -> Compared:
        return pairs.differing((now - before) / OF_POINTS, error, degrees=degrees)

    found = least_favourable(compare, Told.of(pair.current), Told.of(pair.before), 0.0)
    points = Compared(found.size * OF_POINTS, found.low * OF_POINTS, found.high * OF_POINTS, found.p)
    least = power.least_seen(error, widened(LEVEL, degrees))
    few = least > power.NOTABLE
    return Tested(DIFFERENCE, points, "variance from pairs", effects=effects, least=least * OF_POINTS, few=few)


OTHERS: dict[str, Callable[[Pair], Tested]] = {"share": _of_share, "mean": _of_mean, "gain": _of_gain}
NOT_TESTED = {"level": Why.STATE, "mean level": Why.MEAN_LEVEL, "ratio": Why.QUOTIENT}
NOT_TESTED |= dict.fromkeys(("median", "max", "min", "last"), Why.ORDER)
NOT_TESTED |= dict.fromkeys(("count", "people", "sum"), Why.ROUND)  # of other sheets these are tested
