"""Rows of which something came within so many days of their own day: counted when these are over.

    begun        |x--------------------> so many days (`within`) are over: counted on that day
    came             x                   by then: in the numerator, too

So no row is counted of which it is not known yet, and none that is quick is counted before the others.
"""

from dataclasses import replace

import numpy as np

from ctanalysis.indicators.counting import Counted
from ctanalysis.project.numerators import InTime
from ctanalysis.records.amounts import are_backwards, days_between
from ctanalysis.records.columns import Columns


def parts_in_time(columns: Columns, counted: Counted, asked: InTime) -> tuple[Counted, Counted]:
    """The rows in the numerator, and all whose days are over; those whose second date is before the first in neither.

    counted: the rows by their first date.
    """
    kept = counted.only(~are_backwards(columns, asked.days)[counted.rows])
    due = kept.since + asked.within
    over = replace(kept, since=due, known=np.maximum(kept.known, due))
    passed = days_between(columns, asked.days).numbers[over.rows]
    return over.only(passed <= asked.within), over  # NaN, of what has not come, is not
