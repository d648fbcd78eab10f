"""judgements/*.toml: what people decided about records and results, and what they say beside the numbers.

Each has the role of who decided it, never a name, and a day.
"""

from ctanalysis.project.judgements.followed_up import (
    Action,
    Actions,
    FollowedUp,
    Recommendation,
    Recommendations,
    State,
)
from ctanalysis.project.judgements.judged import Judged, labels_of
from ctanalysis.project.judgements.questions import Answer, Question, Questions
from ctanalysis.project.judgements.records import (
    Accepted,
    AcceptedFindings,
    Correction,
    Corrections,
    OfRow,
    SamePeople,
    SamePerson,
)
from ctanalysis.project.judgements.results import Milestones, ReachedMilestone, Restatement, Restatements
from ctanalysis.project.judgements.said import Context, Contexts, Explanation, Explanations, Lesson, Lessons, Said

__all__ = [
    "Accepted",
    "AcceptedFindings",
    "Action",
    "Actions",
    "Answer",
    "Context",
    "Contexts",
    "Correction",
    "Corrections",
    "Explanation",
    "Explanations",
    "FollowedUp",
    "Judged",
    "Lesson",
    "Lessons",
    "Milestones",
    "OfRow",
    "Question",
    "Questions",
    "ReachedMilestone",
    "Recommendation",
    "Recommendations",
    "Restatement",
    "Restatements",
    "Said",
    "SamePeople",
    "SamePerson",
    "State",
    "labels_of",
]
