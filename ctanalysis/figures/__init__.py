"""Protected values -> charts, each with the text that says what it shows and the data that it draws."""

from ctanalysis.figures.breakdowns import breakdown, breakdowns
from ctanalysis.figures.chart import Chart
from ctanalysis.figures.drawn import drawn_once
from ctanalysis.figures.funnel import funnel
from ctanalysis.figures.over_time import over_time
from ctanalysis.figures.progress import progress
from ctanalysis.figures.quarters import headlines, quarters

__all__ = ["Chart", "breakdown", "breakdowns", "drawn_once", "funnel", "headlines", "over_time", "progress", "quarters"]
