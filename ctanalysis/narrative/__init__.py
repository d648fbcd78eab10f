"""Protected values -> sentences. Every number in them is a value that was calculated or a fact of the project.

Each function takes an evaluation and returns a Text, which a notebook shows. What is said is
decided in sentences.html and its like, and worded in ctanalysis/language, where no number may stand; numbers are marked
in the page with the indicator and the horizon that they are of.
"""

from ctanalysis.narrative.by_criteria import criteria
from ctanalysis.narrative.caveats import caveats
from ctanalysis.narrative.headlines import headlines
from ctanalysis.narrative.main_points import also_found, points
from ctanalysis.narrative.pace import outlook, paces
from ctanalysis.narrative.people_say import actions, context, explanations, lessons, questions, recommendations
from ctanalysis.narrative.reach import cost, fairness, pathway, reach
from ctanalysis.narrative.sections import (
    area,
    indicator,
    introduction,
    limits,
    notice,
    progress,
    protection_of_people,
    quality,
)
from ctanalysis.narrative.signals import signals
from ctanalysis.narrative.text import warm

__all__ = [
    "actions",
    "also_found",
    "area",
    "caveats",
    "context",
    "cost",
    "criteria",
    "explanations",
    "fairness",
    "headlines",
    "indicator",
    "introduction",
    "lessons",
    "limits",
    "notice",
    "outlook",
    "paces",
    "pathway",
    "points",
    "progress",
    "protection_of_people",
    "quality",
    "questions",
    "reach",
    "recommendations",
    "signals",
    "warm",
]
