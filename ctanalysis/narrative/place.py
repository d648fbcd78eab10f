"""Where a period lies in the project and in its fiscal year."""

from dataclasses import dataclass

from ctanalysis.evaluation import Evaluation


@dataclass(frozen=True)
class Place:
    """Where a period lies: quarters gone, of how many, and per cent of the project's and the fiscal year's days."""

    quarter: int
    quarters: int
    percent: float
    percent_of_year: float


def place_of(evaluation: Evaluation) -> Place:
    """The Place of an evaluation's period, by its last day."""
    facts, calendar, end = evaluation.project.facts, evaluation.project.calendar, evaluation.period.end
    quarters = (calendar.containing(day, "quarter") for day in (facts.start, end, facts.end))
    first, now, last = (quarter.year * 4 + quarter.number for quarter in quarters)
    year = calendar.containing(end, "year")
    return Place(
        now - first + 1,
        last - first + 1,
        calendar.percent_elapsed(facts.start, facts.end, end),
        calendar.percent_elapsed(year.start, year.end, end),
    )
