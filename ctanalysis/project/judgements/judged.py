"""All that people say of the periods of a project, as one frozen object."""

from dataclasses import dataclass, replace

from ctanalysis.project.judgements.followed_up import Action, Recommendation
from ctanalysis.project.judgements.questions import Answer, Question
from ctanalysis.project.judgements.said import Context, Explanation, Lesson


@dataclass(frozen=True)
class Judged:
    """What people say, each kind in the order of its file. A half, a year or LOP has what is said of its own label.

    What was said after a period's last day is shown in its report all the same, with its day: it is about that period.
    """

    explanations: tuple[Explanation, ...] = ()
    context: tuple[Context, ...] = ()
    actions: tuple[Action, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()

    def explanation(self, indicator: str, label: str) -> Explanation | None:
        """Why an indicator's value of the period with this label is not what was expected; None where nobody says."""
        return next((one for one in self.explanations if (one.indicator, one.period) == (indicator, label)), None)

    def answer(self, question: str, label: str) -> Answer | None:
        """The answer to a question in the period with this label; None where there is none."""
        return next((one for one in self.answers if (one.question, one.period) == (question, label)), None)

    def for_period(self, label: str) -> "Judged":
        """The same with what is said of the period with this label only; the questions are of every period."""
        return replace(
            self,
            explanations=tuple(one for one in self.explanations if one.period == label),
            context=tuple(one for one in self.context if one.period == label),
            actions=tuple(one for one in self.actions if one.period == label),
            lessons=tuple(one for one in self.lessons if one.period == label),
            recommendations=tuple(one for one in self.recommendations if one.period == label),
            answers=tuple(one for one in self.answers if one.period == label),
        )
