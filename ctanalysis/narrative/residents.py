"""How many numbers of residents behind a rate are made up: in a sentence."""

from collections.abc import Iterator
from datetime import date

from ctanalysis.language import Speech
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet


def illustrative_residents(project: Project, sheet: Sheet, start: str, end: str) -> Iterator[str]:
    """A sentence that says how many numbers of residents of these days' years are made up; nothing without.

    start, end: ISO days of a rate.
    """
    if sheet.measure == "rate":
        yield from made_up_residents(project, date.fromisoformat(start), date.fromisoformat(end))


def made_up_residents(project: Project, start: date, end: date) -> Iterator[str]:
    """The same, whatever they are divided into."""
    found = project.population.illustrative(start.year, end.year)
    if found:
        english = Speech()
        parts = [
            english.worded(
                "residents.all_of_year" if some == every else "residents.of_year", some=some, every=every, year=year
            )
            for year, (some, every) in found.items()
        ]
        yield english.worded("residents.illustrative", parts=parts)
