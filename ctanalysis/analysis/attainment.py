"""How a value stands against its baseline and its target, as far as that is so for every number it stands for.

    increase, or no direction   actual / target                                    133 % of a target of 60
    decrease                    (baseline - actual) / (baseline - target)          100, now 80, of 60: 50 % of the way
    a range, a maximum          below, within or above it                          no per cent

A per cent of a target that is to be gone below would praise what is missed, so none is said.
"""

import math
from dataclasses import dataclass

from ctanalysis.project.csv_files import Aim
from ctanalysis.project.sheets import Sheet

REACHED = ("below", "at", "within")  # of a target, by what is to decrease
PLACES = 9  # decimals beyond which two calculated numbers are the same


@dataclass(frozen=True)
class Actual:
    """A value, and the least and the most that it stands for; NaN where there is none."""

    value: float
    low: float
    high: float


def percent_of_target(sheet: Sheet, actual: Actual, aim: Aim) -> float:
    """actual / target x 100, of a level or a minimum; NaN of any other target, of 0, and of what is to decrease."""
    number = aim.low if aim.level is None else aim.level
    if sheet.direction == "decrease" or not number or aim.high is not None:
        return math.nan
    return actual.value * 100 / number


def percent_of_way(sheet: Sheet, actual: Actual, aim: Aim, baseline: float) -> float:
    """(baseline - actual) / (baseline - target) x 100 of what is to decrease; of a range and a maximum, to its top.

    NaN where there is no baseline above the target, or where the value may be above the baseline.
    """
    end = aim.high if aim.level is None else aim.level
    if sheet.direction != "decrease" or end is None or not baseline > end or not actual.high <= baseline:
        return math.nan
    return (baseline - actual.value) * 100 / (baseline - end)


def against_target(actual: Actual, aim: Aim) -> str:
    """ "below", "at", "within" or "above" the target; empty where that is not so of all that the value stands for."""
    least, most = (round(number, PLACES) for number in (actual.low, actual.high))
    if least == most == aim.level:
        return "at"
    low, high = (-math.inf if aim.low is None else aim.low), (math.inf if aim.high is None else aim.high)
    low, high = (low, high) if aim.level is None else (aim.level, aim.level)
    if most < low:
        return "below"
    if least > high:
        return "above"
    return "within" if aim.level is None and low <= least and most <= high else ""


def against_baseline(actual: Actual, baseline: float, most: float | None = None) -> str:
    """ "below", "at" or "above" the baseline; empty where that is not so of all that the value stands for.

    most: of a baseline that stands for several numbers, the most of them; baseline is then the least.
    """
    if math.isnan(baseline):
        return ""
    if most is None or most == baseline:
        return against_target(actual, Aim(level=baseline))
    place = against_target(actual, Aim(low=baseline, high=most))
    return place if place in ("below", "above") else ""
