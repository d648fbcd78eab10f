"""The units of work of many reports: the report of a period, and its pages in each further language."""

from collections.abc import Sequence
from dataclasses import dataclass

from ctanalysis.periods import Period
from ctanalysis.reports import languages, making
from ctanalysis.reports.made_from import Source
from ctanalysis.reports.planning import Asked, plan, reason


@dataclass(frozen=True)
class Wanted:
    """What is asked for of each report. documents: of each page; languages: beside the project's first."""

    documents: Asked = ()
    languages: Sequence[str] = ()


NOTHING_MORE = Wanted()


@dataclass(frozen=True)
class Unit:
    """The report of a period, or its pages in one further language."""

    label: str
    language: str = ""

    def __str__(self) -> str:
        return f"{self.label} in {self.language}" if self.language else self.label


def stale(chosen: Sequence[Period], given: Source, wanted: Wanted = NOTHING_MORE) -> dict[Unit, str]:
    """Of these periods, the units that are not what their inputs say today: why. A report stands before its pages."""
    found = {}
    for label in (period.label for period in chosen):
        why = reason(given, label, wanted.documents)
        if why:
            found[Unit(label)] = why
        for code in wanted.languages if why else languages.stale(given, label, wanted.languages):
            found[Unit(label, code)] = why or "its pages are not there, or of another report"
    return found


def is_stale(given: Source, unit: Unit, wanted: Wanted) -> bool:
    """Whether there is anything to make of a unit."""
    if unit.language:
        return bool(languages.stale(given, unit.label, [unit.language]))
    return bool(reason(given, unit.label, wanted.documents))


def make(given: Source, unit: Unit, wanted: Wanted, at_once: int) -> list[str]:
    """Makes a unit, as far as something in it has changed, and returns what was made, in words.

    at_once: how many of its pages. Refused: what build() and languages.write_in() refuse.
    """
    evaluation = given.evaluation(unit.label)
    if unit.language:
        return languages.write_in(given, evaluation, unit.language, wanted.languages, at_once)
    planned = plan(given, evaluation, wanted.documents)
    making.build(given, evaluation, planned, at_once)
    return planned.told


def told(given: Source, unit: Unit, wanted: Wanted, at_once: int) -> list[str]:
    """What make() would make. at_once: as there."""
    if unit.language:
        return [page.name for page in languages.pages(given.project)]
    return plan(given, given.evaluation(unit.label), wanted.documents).told
