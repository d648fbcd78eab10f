"""What was to be done, followed over the periods: done, not yet due, overdue, as it was known on each last day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctanalysis.analysis.following_up import decided_before, decided_for, standing
from ctanalysis.periods import Calendar
from ctanalysis.project.judgements import Action, State, labels_of

CALENDAR = Calendar(10, date(2011, 10, 1), date(2015, 9, 30), date(2015, 9, 30))


def action(decided, due, done=None, states=(), period="FY2014Q4"):
    """An action with its days."""
    said = tuple(State(date=day, text=text, role="Finance officer") for day, text in states)
    days = {"date": decided, "due": due, "done": done, "followed_up": said}
    return Action(id="A2", period=period, text="Send reports in time.", owner="Finance officer", role="Manager", **days)


LATE = action(  # decided in October, due at the end of the year, done in March
    date(2014, 10, 20),
    date(2014, 12, 31),
    date(2015, 3, 12),
    [(date(2014, 12, 22), "Some partners do."), (date(2015, 2, 2), "Most partners do.")],
)
TOLD = [  # the report; whether it is its own or an earlier decision; how it stands; what was noted last
    ("FY2014Q3", None, None, None),
    ("FY2014Q4", "decided for it", "not yet due", None),
    ("FY2015Q1", "decided before", "overdue", "Some partners do."),
    ("FY2015Q2", "decided before", "done", "Most partners do."),
    ("FY2015Q3", None, None, None),
    ("FY2014", "decided for it", "not yet due", None),
    ("FY2015H1", "decided before", "done", "Most partners do."),
    ("FY2015", "decided before", "done", "Most partners do."),
    ("2014-12", "decided before", "overdue", "Some partners do."),
]


@pytest.mark.parametrize("label, whose, state, said", TOLD, ids=[label for label, *_ in TOLD])
def test_an_action_over_three_quarters(label, whose, state, said):
    """Decided for FY2014Q4 on 20 October 2014; overdue in the next report; done in the one after; then told no more.

    What the report of its last quarter decided, FY2014 tells too.
    """
    period = CALENDAR.named(label)
    own, before = (decided([LATE], period, labels_of(CALENDAR, period)) for decided in (decided_for, decided_before))
    assert ("decided for it" if own else "decided before" if before else None) == whose
    for one in (*own, *before):
        assert (one.state, one.said and one.said.text) == (state, said)


def test_what_came_later_is_not_known():
    """In December nobody knows that it will be done in March, or what is noted in February."""
    known = standing(LATE, date(2014, 12, 31)).what
    assert known.done is None and [state.text for state in known.followed_up] == ["Some partners do."]


def test_what_is_due_on_the_last_day_is_overdue_when_that_is_over():
    """The day before it is not yet due; done on the day itself it is done."""
    assert standing(LATE, date(2014, 12, 30)).state == "not yet due"
    assert standing(LATE, date(2014, 12, 31)).state == "overdue"
    in_time = action(date(2014, 10, 20), date(2014, 12, 31), date(2014, 12, 31))
    assert standing(in_time, date(2014, 12, 31)).state == "done"


DAYS = st.dates(date(2014, 1, 1), date(2015, 9, 30))


@given(days=st.lists(DAYS, min_size=3, max_size=3).map(sorted), done=st.none() | DAYS, later=DAYS)
def test_it_is_told_until_it_was_told_as_done(days, done, later):
    """Quarter after quarter: from the decision on in each report, in the last one as done, and never again."""
    decided, due, _ = days
    done = None if done is None or done < decided else done
    one = action(decided, due, done, period="FY2012Q1")  # of a report long ago, so that all of these only follow it up
    quarters = [quarter for quarter in CALENDAR.completed("quarter") if quarter.start.year >= 2014]
    told = [[found.state for found in decided_before([one], quarter, [quarter.label])] for quarter in quarters]
    for quarter, states in zip(quarters, told, strict=True):
        if quarter.end < decided or (done and done < quarter.start):
            assert states == []
        elif done and done <= quarter.end:
            assert states == ["done"]
        else:
            assert states == ["overdue" if due <= quarter.end else "not yet due"]
    assert sum(states == ["done"] for states in told) == (1 if done else 0)
