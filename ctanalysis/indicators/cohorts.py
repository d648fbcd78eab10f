"""A cohort: people who first entered in a period, and those of them who reached a later state.

    entered      |x--------------------> so many days (`within`) are over: counted on that day
    reached          x                   by then: in the numerator, too

Without `within` people are counted on the day on which they entered, and are in the numerator of periods that end on or
after the day on which they reached the state. So nobody is counted of whom it is not known yet, as of the period's end.
"""

from dataclasses import replace

import numpy as np

from ctanalysis.base.arrays import Integers
from ctanalysis.indicators.counting import Counted
from ctanalysis.indicators.stacked import same_people
from ctanalysis.project.calculations import Reached
from ctanalysis.records.columns import NEVER, Columns


def parts_of_cohort(
    entered: Counted, people: tuple[Columns, str], state: Counted, reached: Reached, states: Columns
) -> tuple[Counted, Counted]:
    """Of a cohort, those in the numerator and all of them.

    entered: the row by which each person entered, of the table of `people`, with the field that names them. state: the
    rows with which the state is reached, of the table of `states`.
    """
    own, others = same_people([people, (states, reached.person)])
    days = _first_from(entered, own[entered.rows], state, others[state.rows])
    if reached.within is None:
        inside = replace(entered, known=np.maximum(entered.known, days))
        return inside.only(days < NEVER), entered
    due = replace(entered, since=entered.since + reached.within, known=entered.known + reached.within)
    return due.only(days <= due.since), due


def _first_from(entered: Counted, people: Integers, state: Counted, others: Integers) -> Integers:
    """For each person who entered, the first day on or after it on which the state was reached; else NEVER."""
    size = max(people.max(initial=-1), others.max(initial=-1)) + 2  # the last, -1, is of rows that name nobody
    since = np.full(size, NEVER)
    since[people] = entered.since
    since[-1] = NEVER
    days = np.full(size, NEVER)
    later = state.since >= since[others]
    np.minimum.at(days, others[later], state.since[later])
    days[-1] = NEVER
    return days[people]
