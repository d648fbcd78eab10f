"""How each number was calculated: where the numbers of a page lead, without a script, by pointer, keyboard or touch."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.numbers import Marks
from ctanalysis.narrative.origins import anchor_of
from ctanalysis.narrative.waiting import told_breakdowns
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.in_words import calculation_in_words
from ctanalysis.tables.numbers import number, titled, whole
from ctanalysis.tables.sheets import sheet_anchor
from ctanalysis.tables.table import Table

HEADER = ("Of what", "Days", "Number", "Status")
PARTS = ("Numerator", "Denominator")
ALL_SHEETS = "data-quality.html"  # the page on which every reference sheet stands


@dataclass(frozen=True)
class Calculation:
    """One indicator: its definition, its calculation in words, and its rows of indicators.csv. title: code and name."""

    code: str
    title: str
    definition: str
    calculated: str
    rows: Table

    @property
    def html(self) -> str:
        """A part of the page that opens and closes."""
        sheet = f"{ALL_SHEETS}#{sheet_anchor(self.code)}"
        return (
            f'<details class="how" id="{anchor_of(self.code)}">\n<summary>{escape(self.title)}</summary>\n'
            f'<p class="definition">{escape(self.definition)}</p>\n<p>Calculated as: {escape(self.calculated)}</p>\n'
            f'{self.rows.html}\n<p><a href="{escape(sheet)}">The reference sheet of {escape(self.code)}</a></p>\n'
            "</details>"
        )

    @property
    def plain(self) -> str:
        """The same as text."""
        return "\n".join([self.title, self.definition, f"Calculated as: {self.calculated}", self.rows.plain])


@dataclass(frozen=True)
class Calculations:
    """The Calculation of several indicators, each closed until somebody opens it or a number leads to it."""

    each: tuple[Calculation, ...]

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        html = "\n".join(one.html for one in self.each) or "<p>There is no indicator.</p>"
        return {"text/html": html, "text/plain": self.plain}

    @property
    def plain(self) -> str:
        """The same as text, an empty line between them."""
        return "\n\n".join(one.plain for one in self.each)


def calculated(evaluation: Evaluation, area: str | None = None) -> Calculations:
    """How each indicator was calculated, of an area or of all: the totals of all its days, and its breakdowns told."""
    sheets = [sheet for sheet in evaluation.project.sheets if area in (None, sheet.area)]
    return Calculations(tuple(_calculation(evaluation, sheet) for sheet in sheets))


def _calculation(evaluation: Evaluation, sheet: Sheet) -> Calculation:
    title = f"{sheet.code} {sheet.name}"
    rows = tuple(dict.fromkeys(_rows(evaluation, sheet)))
    header = (*HEADER, *(PARTS if sheet.is_ratio else ()))
    table = Table(f"{titled(evaluation, sheet)}: its rows in indicators.csv", header, rows)
    return Calculation(sheet.code, title, sheet.definition, calculation_in_words(evaluation.project, sheet), table)


def _rows(evaluation: Evaluation, sheet: Sheet) -> Iterator[tuple[str, ...]]:
    horizons = dict.fromkeys(evaluation.protected_values.values["horizon"])
    told = [("total", horizon) for horizon in horizons] + told_breakdowns(evaluation, sheet)
    for way, horizon in told:
        for row in evaluation.by(sheet.code, way, horizon).itertuples(index=False):
            yield _row(evaluation, sheet, row, "total" if way == "total" else f"{row.category}")


def _row(evaluation: Evaluation, sheet: Sheet, row: Any, what: str) -> tuple[str, ...]:
    span = date.fromisoformat(row.start), date.fromisoformat(row.end)
    days = Marks(evaluation.project.facts.language).span(*span).striptags()
    told = number(evaluation, sheet, row.value, row.status, row.high)
    parts = (whole(row.numerator), whole(row.denominator)) if sheet.is_ratio else ()
    return what, days, told, row.status, *parts
