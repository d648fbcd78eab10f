"""Women and men: their share in what was done, and the gap in what came of it.

    project.toml, fairness ─▶ the two categories of each indicator ─▶ Proportion: women among women and men
                                                                   └▶ Gap: a share of women less the same of men

Whoever is not recorded is in neither. Bounds of rounded numbers and of ranges are kept: what is said holds for all.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from ctanalysis.analysis.known import Known, once
from ctanalysis.analysis.statistics import shares
from ctanalysis.analysis.statistics.compared import Compared, covering
from ctanalysis.analysis.values import Value
from ctanalysis.analysis.variation import apart
from ctanalysis.indicators.evidence import DESIGN_EFFECT
from ctanalysis.project.facts import Fairness
from ctanalysis.project.sheets import Sheet

HORIZONS = ("period", "same period last year", "last fiscal year", "project to date", "project to last year end")


@dataclass(frozen=True)
class Proportion:
    """The share of the one category among both. low, high: its interval, of chance and of rounding together.

    They are NaN where it is not known what chance brings: of a sum whose parts are too few to be told.
    """

    of: Value
    beside: Value
    share: float
    low: float
    high: float

    @property
    def has_interval(self) -> bool:
        """Whether it is known how far chance goes."""
        return self.low == self.low


@dataclass(frozen=True)
class Gap:
    """A share among the one less that among the other; compared: so that it holds for all that both can be."""

    of: Value
    beside: Value
    compared: Compared


@once
def proportions(known: Known) -> tuple[Proportion, ...]:
    """Of every indicator that counts up, for each horizon of which both categories are told."""
    return tuple(_proportions(known))


@once
def gaps(known: Known) -> tuple[Gap, ...]:
    """Of every share that is told of both categories in the period, and of how many; where its design effect is told.

    Without it nobody knows how alike the answers of an event are: they are too few to be told.
    """
    return tuple(_gaps(known))


def _proportions(known: Known) -> Iterator[Proportion]:
    for sheet, of, beside in _pairs(known):
        if not sheet.counts_up:
            continue
        dispersion = apart(known, sheet.code)
        for one, other in zip(of, beside, strict=True):
            total = one.value + other.value
            if total > 0 and min(one.low, other.low) >= 0:
                yield Proportion(one, other, one.value / total, *_interval(one, other, dispersion))


def _interval(one: Value, other: Value, dispersion: float | None) -> tuple[float, float]:
    """Wilson's interval with the least of the one beside the most of the other, to the reverse."""
    if dispersion is None:
        return math.nan, math.nan
    (least, _), (_, most) = (
        shares.wilson(shares.independent(number, number + others, dispersion)) if number + others else (0.0, 1.0)
        for number, others in ((one.low, other.high), (one.high, other.low))
    )
    return least, most


def _gaps(known: Known) -> Iterator[Gap]:
    for sheet, of, beside in _pairs(known, HORIZONS[:1]):
        design = known.evidence(sheet.code).get(DESIGN_EFFECT)
        if sheet.measure != "share" or design is None:
            continue
        for one, other in zip(of, beside, strict=True):
            if one.denominator > 0 and other.denominator > 0:
                yield Gap(one, other, _beside(one, other, max(1.0, design.high)))


def _beside(one: Value, other: Value, design: float) -> Compared:
    ends = product((one.value, one.low, one.high), (other.value, other.low, other.high))
    found = [shares.compared(_share(one, share, design), _share(other, beside, design)) for share, beside in ends]
    may_be_equal = one.low <= other.high and other.low <= one.high
    return replace(covering(found), p=1.0) if may_be_equal else covering(found)


def _share(value: Value, share: float, design: float) -> shares.Share:
    return shares.independent(share * value.denominator, value.denominator, design)


def _pairs(known: Known, horizons: tuple[str, ...] = HORIZONS) -> Iterator[tuple[Sheet, list[Value], list[Value]]]:
    """By sheet that is broken down by the field: the two categories at each horizon at which both have a number."""
    fairness = known.project.facts.fairness
    for sheet in known.project.sheets if fairness else ():
        if fairness and (fairness.field,) in sheet.disaggregations:
            labels = _labels(known, sheet, fairness)
            parts = [known.categories(sheet.code, fairness.field, horizon) for horizon in horizons]
            found = [[part.get(label) for label in labels] for part in parts]
            told = [(one, other) for one, other in found if one and other and one.number and other.number]
            yield sheet, [one for one, _ in told], [other for _, other in told]


def _labels(known: Known, sheet: Sheet, fairness: Fairness) -> tuple[str, str]:
    """The labels of the two categories in a sheet's own table."""
    labels = {one.value: one.label for one in known.project.field(sheet, fairness.field).categories or ()}
    return labels.get(fairness.share_of, ""), labels.get(fairness.beside, "")
