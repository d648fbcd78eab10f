"""Protected values -> sentences. Every number in them is a value that was calculated or a fact of the project.

Each function takes an evaluation and returns a Text, which a notebook shows. The words are in
sentences.<language>.html, where no number may stand; numbers are marked in the page with the
indicator and the horizon that they are of.
"""

from ctanalysis.narrative.reach import cost, fairness, pathway, reach
from ctanalysis.narrative.sections import (
    area,
    areas,
    headlines,
    introduction,
    limits,
    notice,
    progress,
    protection_of_people,
    quality,
)
from ctanalysis.narrative.text import warm

__all__ = [
    "area",
    "areas",
    "cost",
    "fairness",
    "headlines",
    "introduction",
    "limits",
    "notice",
    "pathway",
    "progress",
    "protection_of_people",
    "quality",
    "reach",
    "warm",
]
