"""What the narrative says on the pages of the areas."""

from ctanalysis import narrative
from ctanalysis.narrative.text import Text

SECTIONS = (narrative.area, narrative.signals, narrative.paces)


def area_pages(evaluation):
    """The sections of every area's page, one after the other."""
    areas = [area.code for area in evaluation.project.facts.areas]
    return Text("\n".join(section(evaluation, code).html for code in areas for section in SECTIONS))
