"""What is to be done, by whom and by when, and what became of it: actions and recommendations."""

from datetime import date
from typing import Self

from pydantic import model_validator

from ctanalysis.project.judgements.public import PublicText
from ctanalysis.project.judgements.said import Said
from ctanalysis.project.strict import Code, Strict


class State(Strict):
    """How far something had come on a day, in somebody's words."""

    date: date
    text: PublicText
    role: PublicText


class FollowedUp(Said):
    """Something that is to be done by its owner (a role) up to the day on which it is due.

    period: of which report it is; date: when it was decided. done: the day on which it was done.
    followed_up: how far it had come, day after day.
    """

    id: Code
    indicator: str = ""
    owner: PublicText
    due: date
    done: date | None = None
    followed_up: tuple[State, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.due < self.date:
            raise ValueError(f"'{self.id}' is due on {self.due}, before its date, {self.date}, on which it was decided")
        if self.done and self.done < self.date:
            raise ValueError(
                f"'{self.id}' is done on {self.done}, before its date, {self.date}, on which it was decided"
            )
        days = [self.date, *(state.date for state in self.followed_up)]
        if days != sorted(days):
            raise ValueError(f"'{self.id}': followed_up goes from the day of the decision on, the earlier state first")
        return self


class Action(FollowedUp):
    """What was decided to be done."""


class Actions(Strict):
    """judgements/actions.toml."""

    action: tuple[Action, ...] = ()


class Recommendation(FollowedUp):
    """What somebody is advised to do."""


class Recommendations(Strict):
    """judgements/recommendations.toml."""

    recommendation: tuple[Recommendation, ...] = ()
