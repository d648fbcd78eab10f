"""An indicator, the list of all of them, and their project, as they show themselves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from ctanalysis.base.cards import Card
from ctanalysis.enquiry.answer import Answer
from ctanalysis.enquiry.named import spoken
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.in_words import calculation_in_words


@dataclass(frozen=True, repr=False)
class Indicator:
    """An indicator of a project: what it is, how it is calculated and what limits it; sheet has the rest.

    >>> import ctanalysis as ct
    >>> ct.open().indicator("1.3").name
    'Hotline consultations'
    """

    project: Project
    sheet: Sheet

    @property
    def code(self) -> str:
        """Its code: "1.3"."""
        return self.sheet.code

    @property
    def name(self) -> str:
        """Its name."""
        return self.sheet.name

    @property
    def unit(self) -> str:
        """What its numbers are of."""
        return self.sheet.unit

    @property
    def definition(self) -> str:
        """What it counts, as its reference sheet says."""
        return self.sheet.definition

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """By what it can be asked for: "sex", "sex × age_group"."""
        return tuple(map(spoken, self.sheet.disaggregations))

    @property
    def card(self) -> Card:
        """How it shows itself."""
        return Card(f"{self.code} {self.name}", ("", ""), [*self._lines()])

    def _lines(self) -> Iterator[tuple[str, str]]:
        sheet = self.sheet
        yield "Area", self.project.area(sheet.area).name
        yield "Unit", sheet.unit
        yield "Definition", sheet.definition
        yield "Calculated", calculation_in_words(self.project, sheet)
        yield "Broken down by", "; ".join(self.breakdowns) or "nothing"
        yield "About", self.project.disclosure_rule(sheet).describes
        yield "Limitations", sheet.limitations

    def _repr_html_(self) -> str:
        return self.card.html

    def __repr__(self) -> str:
        return self.card.plain


def indicators(project: Project) -> Answer:
    """All indicators: a row for each, with code, name, area, level, measure, unit and breakdowns."""
    rows = [
        (
            one.code,
            one.name,
            project.area(one.area).name,
            one.level,
            one.measure,
            one.unit,
            "; ".join(map(spoken, one.disaggregations)),
        )
        for one in project.sheets
    ]
    frame = pd.DataFrame(rows, columns=["code", "name", "area", "level", "measure", "unit", "breakdowns"])
    told = [
        (one.code, one.name, project.area(one.area).name, one.unit, "; ".join(map(spoken, one.disaggregations)))
        for one in project.sheets
    ]
    header = ("Code", "Name", "Area", "Unit", "Broken down by")
    return Answer.of(frame, Card(f"Indicators of {project.facts.name}", header, told))


def project_card(project: Project, words: Iterable[str]) -> Card:
    """How a project shows itself. words: with which it can be asked."""
    facts, calendar = project.facts, project.calendar
    lines = (
        ("Where", f"{facts.country}; {facts.locations}"),
        ("Donor, implementer", f"{facts.donor}; {facts.implementer}"),
        ("Days", f"{facts.start} to {facts.end}; the records are complete to {facts.records_through}"),
        ("Last complete quarter", str(calendar.latest())),
        ("Indicators", f"{len(project.sheets)}, in {len(facts.areas)} areas: see indicators"),
        ("To ask", ", ".join(words)),
    )
    notes = [facts.notice] if facts.synthetic and facts.notice else []
    return Card(facts.name, ("", ""), lines, notes)
