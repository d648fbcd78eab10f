"""The indicator calculations: reference sheet + records + windows of days -> exact values.

Frames in, frames out, nothing about the world: no clock, no rounding, no hiding. What comes out
is exact and must pass `disclosure` before it is published.
"""

from ctanalysis.indicators.archived import archived
from ctanalysis.indicators.baselines import BASELINE, baselines
from ctanalysis.indicators.evidence import evidence
from ctanalysis.indicators.known_people import known
from ctanalysis.indicators.people import with_people
from ctanalysis.indicators.values import calculate
from ctanalysis.indicators.windows import Window

__all__ = ["BASELINE", "Window", "archived", "baselines", "calculate", "evidence", "known", "with_people"]
