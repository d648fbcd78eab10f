"""The reports of one project or of many: what of each is to be made, and one bar for all of it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ctanalysis.base.errors import Refused
from ctanalysis.formats.choice import check_installed
from ctanalysis.periods import in_capitals
from ctanalysis.project.several import chosen
from ctanalysis.reports import languages, running, units
from ctanalysis.reports.made_from import Source, source
from ctanalysis.reports.running import Outcomes, Print
from ctanalysis.reports.units import Unit, Wanted

EXAMPLE = "make reports PROJECTS='projects/*'"


@dataclass(frozen=True)
class Asked:
    """What is asked for of each project.

    since, named: of running.periods(); documents: of each page; languages: beside each project's first, as typed.
    """

    since: str = ""
    named: str = ""
    documents: Sequence[str] = ()
    languages: str = ""


def asked(typed: Any) -> Asked:
    """What is asked for by a command's options, with labels of periods as they are written."""
    named = " ".join(map(in_capitals, typed.periods.replace(",", " ").split()))
    return Asked(in_capitals(typed.since), named, typed.documents, typed.languages)


@dataclass(frozen=True)
class Work:
    """What is to be made of a project. name: before that of each unit; empty where there is one project only.

    stale: the units that are not what their inputs say today, and why. periods: how many were looked at.
    """

    name: str
    given: Source
    stale: Mapping[Unit, str]
    wanted: Wanted
    periods: int

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple(self.stale)

    def named(self, unit: Unit | str) -> str:
        """The name of a unit among those of all projects."""
        return f"{self.name} {unit}".strip()

    @property
    def told(self) -> str:
        """How many reports there are to be, how many of them are there, and what else is to be made."""
        reports = sum(not unit.language for unit in self.units)
        counted = f"{self.periods} reports: {self.periods - reports} as they were, {reports} to be made"
        others = len(self.units) - reports
        more = f"; in other languages {others} to be made" if others else ""
        return f"{self.name}: {counted}{more}" if self.name else counted + more


Engine = Callable[[Sequence[Work]], Outcomes]


def folders(projects: str, project: str) -> list[str]:
    """The projects' folders that are meant, each as it is named. Refused: both are given; what chosen() refuses."""
    if projects and project:
        raise Refused(f"PROJECTS and PROJECT are both given. Give one: {EXAMPLE}, or PROJECT=projects/one.")
    return [str(folder) for folder in chosen(projects, EXAMPLE)] if projects else [project]


def work(folder: str, asked: Asked, name: str = "") -> Work:
    """What is to be made of a project, as its files are now. Refused: what source() and periods() refuse."""
    given = source(folder)
    wanted = Wanted(asked.documents, languages.asked(given.project, asked.languages))
    periods = running.periods(given.project.calendar, asked.since, asked.named)
    return Work(name, given, units.stale(periods, given, wanted), wanted, len(periods))


def make(named: Sequence[str], asked: Asked, engine: Engine, say: Print = print) -> list[str]:
    """Makes the reports of these projects; returns what could not be made, in words, with the project's name.

    A project that is refused stops no other one.
    """
    check_installed(asked.documents)
    works, refused = list[Work](), list[str]()
    for folder in named:
        try:
            works.append(work(folder, asked, str(Path(folder))))
            say(works[-1].told)
        except Refused as refusal:
            refused.append(f"{folder}: {refusal}")
    return refused + running.failures(engine(works), sum(len(one.units) for one in works), say)


def here(works: Sequence[Work]) -> Outcomes:
    """Makes the units on this machine, one project after the other: (name, outcome) of each, as they end."""
    for one in works:
        given = one.given if len(works) == 1 else replace(one.given)  # whose records go with the project
        left = [str(unit) for unit in one.units]
        try:
            with closing(running.made(given, one.units, one.wanted)) as ended:
                for name, outcome in ended:
                    left.remove(name)
                    yield one.named(name), outcome
        except Refused as refusal:  # of its records
            yield from ((one.named(name), {"refused": str(refusal)}) for name in left)
