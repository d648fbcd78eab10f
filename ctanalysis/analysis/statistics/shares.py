"""Shares: the interval of one (Wilson), and of the difference of two (Newcombe), where answers may cluster.

Wilson, Journal of the American Statistical Association 22, 1927, 209-212; Newcombe, Statistics in Medicine 17, 1998,
857-872 (one share, method 3) and 873-890 (the difference, method 10). Answers of the same event resemble each other:
their number is divided by the design effect, the variance between events over that of independent answers (Kish,
Survey Sampling, 1965, section 8.2; intervals with it: Dean and Pagano, Survey Methodology 41, 2015, 257-278).
"""

import math

from ctanalysis.analysis.statistics.compared import KNOWN, LEVEL, Compared, quantile, two_sided

Share = tuple[float, float]  # how many, and of how many independent ones
MOST = 40.0  # standard errors: beyond it no p-value is told from 0
STEPS = 60  # halvings: to the last digits of a number of a computer


def independent(count: float, number: float, design_effect: float = 1.0) -> Share:
    """A share of clustered answers as one of fewer independent ones."""
    return count / design_effect, number / design_effect


def wilson(share: Share, level: float = LEVEL, degrees: float = KNOWN) -> tuple[float, float]:
    """The interval of a share. degrees: those of freedom from which its design effect was estimated."""
    return _wilson(share, quantile(level, degrees))


def _wilson(share: Share, z: float) -> tuple[float, float]:
    count, number = share
    middle, part = count + z * z / 2, count / number
    half = z * math.sqrt(number * part * (1 - part) + z * z / 4)
    low, high = (middle - half) / (number + z * z), (middle + half) / (number + z * z)
    return (0.0 if count <= 0 else max(0.0, low)), (1.0 if count >= number else min(1.0, high))


def compared(now: Share, before: Share, level: float = LEVEL, degrees: float = KNOWN) -> Compared:
    """The difference of two shares, its interval, and the p-value that goes with the interval.

    The p-value is the level at which the interval just reaches 0, so that both always say the same.
    """
    size = now[0] / now[1] - before[0] / before[1]
    return Compared(size, *_interval(now, before, quantile(level, degrees)), two_sided(_reaches(now, before), degrees))


def _interval(now: Share, before: Share, z: float) -> tuple[float, float]:
    one, other = now[0] / now[1], before[0] / before[1]
    (least, most), (low, high) = _wilson(now, z), _wilson(before, z)
    below, above = math.hypot(one - least, high - other), math.hypot(most - one, other - low)
    return max(-1.0, one - other - below), min(1.0, one - other + above)


def _reaches(now: Share, before: Share) -> float:
    """How many standard errors wide the interval is that just reaches 0; at most MOST."""
    nearer, farther = 0.0, MOST
    if now[0] / now[1] == before[0] / before[1]:
        return 0.0
    for _ in range(STEPS):
        z = (nearer + farther) / 2
        low, high = _interval(now, before, z)
        nearer, farther = (nearer, z) if low <= 0 <= high else (z, farther)
    return (nearer + farther) / 2
