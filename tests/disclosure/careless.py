"""Releases without a gate, which give cells away."""

import numpy as np

from ctanalysis import indicators
from tests.disclosure.cells import table_by_table
from tests.disclosure.prints import FEW
from tests.generators import linked_projects as linked


def careless(seed, code):
    """What a gate would print that looks at each cell by itself:
    every year and the project to it, small cells hidden, the others rounded.
    """
    project_, records = linked.random_project(seed, code)
    calendar = project_.calendar
    ends = [year.end for year in calendar.completed("year")] or [project_.facts.records_through]
    spans = [(start, end) for end in ends for start in (calendar.year_start(end), project_.facts.start)]
    spans += [(quarter.start, quarter.end) for quarter in calendar.completed("quarter")]
    counted = table_by_table(project_)  # which asks for the people behind
    exact = indicators.with_people(counted, records, [indicators.Window("", *days) for days in dict.fromkeys(spans)])
    part = exact["disaggregation"] != "total"
    few_words = FEW if project_.sheets[0].measure == "people" else f"{FEW} people"
    size = exact["value"] if few_words == FEW else exact["people"]
    values = exact["value"].where(~part, (exact["value"] / 5 + 0.5).astype(int) * 5).where(~part | (size >= 10))
    status = np.select([~part, ~(size >= 10)], ["exact", few_words], "rounded")
    told = exact.assign(value=values, status=status)[
        ~part | exact["start"].add(exact["end"]).isin([f"{a}{b}" for a, b in spans[: 2 * len(ends)]])
    ]
    return project_, told.assign(version=0).reset_index(drop=True), exact
