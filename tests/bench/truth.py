"""The true numbers of the shipped records, and the calendars in which they are published."""

from dataclasses import dataclass, replace
from itertools import combinations_with_replacement

import pandas as pd

from ctanalysis import indicators, records
from ctanalysis.evaluation import SHIPPED
from ctanalysis.indicators import horizons
from ctanalysis.project import load
from tests.bench.rules import CELL, SHEETS, with_rule


@dataclass(frozen=True)
class Truth:
    """project; quarters: their windows. exact: a frame of every span of whole quarters.

    numbers: {cell: int}, of everything but shares.
    """

    project: object
    quarters: list
    exact: pd.DataFrame
    numbers: dict

    def of(self, spans):
        """The exact values of some spans."""
        return self.exact[
            [days in spans for days in zip(self.exact["start"], self.exact["end"], strict=True)]
        ].reset_index(drop=True)


WAYS = {  # by what each is broken down here, whatever the policy tells of it
    **dict.fromkeys(("2.1", "2.2"), ("sex", "age_group", "oblast", "exploitation", "country")),
    "2.4": ("country_from",),
    "2.5": ("service",),
    "3.3": ("direction",),
    "2.6": ("sex",),
    "2.7": ("sex",),
}


def truth(folder=SHIPPED, codes=SHEETS, ways=WAYS):
    """Of the sheets with these codes, in a project folder. ways: by code, another breakdown than the sheet has."""
    project = load(folder)
    sheets = [
        sheet.model_copy(update={"disaggregations": tuple((way,) for way in ways[sheet.code])})
        if sheet.code in ways
        else sheet
        for sheet in project.sheets
    ]
    project = replace(project, sheets=tuple(sheets))
    quarters = horizons.quarters(project, project.calendar.latest())
    spans = [
        indicators.Window("any", first.start, last.end) for first, last in combinations_with_replacement(quarters, 2)
    ]
    counted = with_rule(project, audited=False, nodes=(), breakdowns=())  # the older policy asks for people behind
    exact = indicators.with_people(counted, records.read(project), spans, [project.sheet(code) for code in codes])
    counts = exact[[not project.sheet(code).is_ratio for code in exact["indicator"]]]
    assert counts["value"].notna().all()
    cells = zip(*(counts[name] for name in CELL), strict=True)
    return Truth(project, quarters, exact, dict(zip(cells, counts["value"].astype(int), strict=True)))


def days(window):
    return window.start.isoformat(), window.end.isoformat()


def calendars(found):
    """{heading: (the spans whose breakdowns are told, the same in the policy's words)}."""
    project, quarters = found.project, found.quarters
    ends = horizons.year_ends(project, project.calendar.latest())
    years = {days(year) for year in project.calendar.completed("year")}
    house = years | {days(indicators.Window("", project.facts.start, end)) for end in ends}
    to_date = {days(indicators.Window("", project.facts.start, quarter.end)) for quarter in quarters}
    return {
        "The policy's calendar: breakdowns of each year, and of the project to each year end": (
            house,
            ("year", "project"),
        ),
        "A fuller calendar: breakdowns of each quarter, each year, and of the project to each quarter's end": (
            house | to_date | {days(quarter) for quarter in quarters},
            ("any",),
        ),
    }
