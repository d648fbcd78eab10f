"""All that people say of the periods of a project, as one frozen object."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ctanalysis.periods import Calendar, Period
from ctanalysis.project.judgements.followed_up import Action, Recommendation
from ctanalysis.project.judgements.questions import Answer, Question
from ctanalysis.project.judgements.said import Context, Explanation, Lesson


def labels_of(calendar: Calendar, period: Period) -> tuple[str, ...]:
    """Under which labels something is said of a period: its own, then those of its parts that end on its last day.

    What the fourth quarter's report says of the year so far is true of the year.
    """
    parts = (calendar.containing(period.end, kind) for kind in ("year", "half", "quarter"))
    within = [one.label for one in parts if one.end == period.end and one.start >= period.start]
    return tuple(dict.fromkeys([period.label, *within]))


@dataclass(frozen=True)
class Judged:
    """What people say, each kind in the order of its file. A half, a year or LOP also has what is said of its last
    part, which ends on the same day (see labels_of).

    What was said after a period's last day is shown in its report all the same, with its day: it is about that period.
    """

    explanations: tuple[Explanation, ...] = ()
    context: tuple[Context, ...] = ()
    actions: tuple[Action, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()

    def explanation(self, indicator: str, labels: Sequence[str]) -> Explanation | None:
        """Why an indicator's value is not what was expected, under the first of these labels; None: nobody says."""
        said = {one.period: one for one in self.explanations if one.indicator == indicator}
        return next((said[label] for label in labels if label in said), None)

    def answer(self, question: str, labels: Sequence[str]) -> Answer | None:
        """The answer to a question under the first of these labels; None where there is none."""
        said = {one.period: one for one in self.answers if one.question == question}
        return next((said[label] for label in labels if label in said), None)

    def for_period(self, labels: Sequence[str]) -> "Judged":
        """The same with what is said under these labels only; the questions are of every period."""
        return replace(
            self,
            explanations=tuple(one for one in self.explanations if one.period in labels),
            context=tuple(one for one in self.context if one.period in labels),
            actions=tuple(one for one in self.actions if one.period in labels),
            lessons=tuple(one for one in self.lessons if one.period in labels),
            recommendations=tuple(one for one in self.recommendations if one.period in labels),
            answers=tuple(one for one in self.answers if one.period in labels),
        )
