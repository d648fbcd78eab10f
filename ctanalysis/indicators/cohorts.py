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
from ctanalysis.indicators.reaching import reached
from ctanalysis.indicators.stacked import same_people
from ctanalysis.project.numerators import Reached
from ctanalysis.records.columns import NEVER, Columns


def parts_of_cohort(
    entered: Counted, people: tuple[Columns, str], state: Counted, states: tuple[Columns, Reached]
) -> tuple[Counted, Counted]:
    """Of a cohort, those in the numerator and all of them.

    entered: the row by which each person entered, of the table of `people`, with the field that names them. state: the
    rows that may count for the state, of the table of `states`, with what is asked of them.
    """
    columns, asked = states
    own, others = same_people([people, (columns, asked.person)])
    since = _by_person(own[entered.rows], entered.since, others)
    later = state.only(state.since >= since[others[state.rows]])
    there = reached(columns, asked.people, later)
    days = _by_person(others[there.rows], there.since, own)[own[entered.rows]]
    if asked.within is None:
        inside = replace(entered, known=np.maximum(entered.known, days))
        return inside.only(days < NEVER), entered
    due = replace(entered, since=entered.since + asked.within, known=entered.known + asked.within)
    return due.only(days <= due.since), due


def _by_person(people: Integers, days: Integers, others: Integers) -> Integers:
    """The day of each person by their code, NEVER for any other; the last, -1, is nobody."""
    found = np.full(max(people.max(initial=-1), others.max(initial=-1)) + 2, NEVER)
    found[people] = days
    return found
