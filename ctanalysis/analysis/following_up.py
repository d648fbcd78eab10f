"""What was to be done, as it stood at the end of a period: done, not yet due, or overdue.

Nothing reads the clock: what happened after a period's last day is not known in its report, whenever that is made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ctanalysis.periods import Period
from ctanalysis.project.judgements import FollowedUp, State


@dataclass(frozen=True)
class Standing:
    """How something that is to be done stood at the end of a day.

    what: as it was known by then, without what came later.
    """

    what: FollowedUp
    state: Literal["done", "not yet due", "overdue"]

    @property
    def said(self) -> State | None:
        """The last that was noted of it by then."""
        return self.what.followed_up[-1] if self.what.followed_up else None


def standing(what: FollowedUp, day: date) -> Standing:
    """How it stood at the end of a day. What is due on a day and not done by its end is overdue."""
    done = what.done if what.done and what.done <= day else None
    said = tuple(state for state in what.followed_up if state.date <= day)
    known = what.model_copy(update={"done": done, "followed_up": said})
    return Standing(known, "done" if done else "overdue" if what.due <= day else "not yet due")


def decided_for(every: Iterable[FollowedUp], period: Period, labels: Sequence[str]) -> tuple[Standing, ...]:
    """What was decided for the report of a period, on whatever day. labels: of it, as judgements.labels_of."""
    return tuple(standing(one, period.end) for one in every if one.period in labels)


def decided_before(every: Iterable[FollowedUp], period: Period, labels: Sequence[str]) -> tuple[Standing, ...]:
    """What was decided for other reports by the period's last day, and was not done before its first."""
    known = (one for one in every if one.period not in labels and one.date <= period.end)
    return tuple(standing(one, period.end) for one in known if one.done is None or one.done >= period.start)
