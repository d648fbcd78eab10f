"""The reports of one project or of many: what of each is to be made, and one bar for all of it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ctanalysis.base.errors import Refused
from ctanalysis.base.parameters import spoken
from ctanalysis.formats.choice import check_installed
from ctanalysis.periods import in_capitals
from ctanalysis.project.several import chosen
from ctanalysis.reports import languages, running, units
from ctanalysis.reports.languages import Asked
from ctanalysis.reports.made_from import Source, source
from ctanalysis.reports.running import Outcomes, Print

EXAMPLE = "make reports PROJECTS='projects/*'"


@dataclass(frozen=True)
class Typed:
    """What is asked for of each project, as somebody typed it.

    since, named: of running.periods(); documents: of each page; languages: of languages.named().
    """

    since: str = ""
    named: str = ""
    documents: Sequence[str] = ()
    languages: str = ""


def typed(options: Any) -> Typed:
    """What is asked for by a command's options, with labels of periods as they are written."""
    named = " ".join(map(in_capitals, options.periods.replace(",", " ").split()))
    return Typed(in_capitals(options.since), named, options.documents, spoken(options))


@dataclass(frozen=True)
class Work:
    """What is to be made of a project. name: before that of each report; empty where there is one project only.

    stale: the labels of reports that are not what their inputs say today, and why. periods: how many were looked at.
    """

    name: str
    given: Source
    stale: Mapping[str, str]
    asked: Asked
    periods: int

    def named(self, label: str) -> str:
        """The name of a report among those of all projects."""
        return f"{self.name} {label}".strip()

    @property
    def told(self) -> str:
        """How many reports there are to be, and how many of them are there."""
        left = len(self.stale)
        counted = f"{self.periods} reports: {self.periods - left} as they were, {left} to be made"
        return f"{self.name}: {counted}" if self.name else counted


Engine = Callable[[Sequence[Work]], Outcomes]


def folders(projects: str, project: str) -> list[str]:
    """The projects' folders that are meant, each as it is named. Refused: both are given; what chosen() refuses."""
    if projects and project:
        raise Refused(f"PROJECTS and PROJECT are both given. Give one: {EXAMPLE}, or PROJECT=projects/one.")
    return [str(folder) for folder in chosen(projects, EXAMPLE)] if projects else [project]


def work(folder: str, wanted: Typed, name: str = "") -> Work:
    """What is to be made of a project, as its files are now.

    Refused: what source() and periods() refuse, and a language that is none of the project's.
    """
    given = source(folder)
    asked = Asked(tuple(wanted.documents), languages.named(given.project, wanted.languages))
    periods = running.periods(given.project.calendar, wanted.since, wanted.named)
    return Work(name, given, units.stale(periods, given, asked), asked, len(periods))


def make(named: Sequence[str], wanted: Typed, engine: Engine, say: Print = print) -> list[str]:
    """Makes the reports of these projects; returns what could not be made, in words, with the project's name.

    A project that is refused stops no other one.
    """
    check_installed(wanted.documents)
    works, refused = list[Work](), list[str]()
    for folder in named:
        try:
            works.append(work(folder, wanted, str(Path(folder))))
            say(works[-1].told)
        except Refused as refusal:
            refused.append(f"{folder}: {refusal}")
    return refused + running.failures(engine(works), sum(len(one.stale) for one in works), say)


def here(works: Sequence[Work]) -> Outcomes:
    """Makes the reports on this machine, one project after the other: (name, outcome) of each, as they end."""
    for one in works:
        given = one.given if len(works) == 1 else replace(one.given)  # whose records go with the project
        left = [*one.stale]
        try:
            with closing(running.made(given, left[:], one.asked)) as ended:
                for name, outcome in ended:
                    left.remove(name)
                    yield one.named(name), outcome
        except Refused as refusal:  # of its records
            yield from ((one.named(name), {"refused": str(refusal)}) for name in left)
