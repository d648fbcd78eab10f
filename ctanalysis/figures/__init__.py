"""Protected values -> charts, each with its message, the text that says what it shows, and the data that it draws."""

from ctanalysis.figures.breakdowns import breakdown, breakdowns
from ctanalysis.figures.chart import Chart, Gallery
from ctanalysis.figures.cumulative import cumulative
from ctanalysis.figures.drawn import drawn_once
from ctanalysis.figures.fairness import people, women_and_men
from ctanalysis.figures.funnel import funnel
from ctanalysis.figures.outcomes import before_and_after
from ctanalysis.figures.over_time import over_time
from ctanalysis.figures.pathway import pathway
from ctanalysis.figures.progress import progress
from ctanalysis.figures.quarters import headlines, quarters
from ctanalysis.figures.regions import regions
from ctanalysis.figures.shifts import who_and_where
from ctanalysis.figures.spending import spending

__all__ = [
    "Chart",
    "Gallery",
    "before_and_after",
    "breakdown",
    "breakdowns",
    "cumulative",
    "drawn_once",
    "funnel",
    "headlines",
    "over_time",
    "pathway",
    "people",
    "progress",
    "quarters",
    "regions",
    "spending",
    "who_and_where",
    "women_and_men",
]
