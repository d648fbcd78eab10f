"""The last totals of indicators that are told no more: they are archived, and never deleted."""

from collections.abc import Iterator

import pandas as pd

from ctanalysis.indicators.values import calculate
from ctanalysis.indicators.windows import Window
from ctanalysis.project import Project
from ctanalysis.records import Records

ARCHIVED = "archived"  # the horizon: the project up to the last whole quarter in which the indicator was told


def archived(project: Project, records: Records) -> Iterator[pd.DataFrame]:
    """Exact totals of the retired sheets of a project, each a frame of one row with COLUMNS; none without a quarter."""
    for sheet in project.retired:
        last = sheet.retired or project.facts.end
        over = [one.end for one in project.calendar.completed("quarter") if one.end <= last]
        if over:
            window = Window(ARCHIVED, project.facts.start, over[-1])
            total = sheet.model_copy(update={"disaggregations": ()})
            yield calculate(project, records, [window], [total]).query("disaggregation == 'total'")
