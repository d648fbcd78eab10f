"""How each number was calculated: where the numbers of a page lead, without a script, by pointer, keyboard or touch."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.origins import anchor_of
from ctanalysis.narrative.waiting import told_breakdowns
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.cells import Cell, marked, stands, wording
from ctanalysis.tables.in_words import calculation_in_words
from ctanalysis.tables.numbers import kind, months, number, whole
from ctanalysis.tables.sheets import sheet_anchor
from ctanalysis.tables.table import Table

HEADER = ("what", "days", "number", "status")
PARTS = ("numerator", "denominator")
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
        sheet, words = (
            f"{ALL_SHEETS}#{sheet_anchor(self.code)}",
            self._speech.say("table.calculated.sheet", code=self.code),
        )
        return (
            f'<details class="how" id="{anchor_of(self.code)}">\n<summary>{escape(self.title)}</summary>\n'
            f'<p class="definition">{escape(self.definition)}</p>\n<p>{escape(self._as)}</p>\n'
            f'{self.rows.html}\n<p><a href="{escape(sheet)}">{words}</a></p>\n</details>'
        )

    @property
    def plain(self) -> str:
        """The same as text."""
        return "\n".join([self.title, self.definition, self._as, self.rows.plain])

    @property
    def _speech(self) -> Speech:
        return self.rows.speech

    @property
    def _as(self) -> str:
        return self._speech.plain("table.calculated.as", calculation=self.calculated)


@dataclass(frozen=True)
class Calculations:
    """Those of several indicators, one below the other. none: what is said where there is none."""

    each: tuple[Calculation, ...]
    none: str

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        html = "\n".join(one.html for one in self.each) or f"<p>{escape(self.none)}</p>"
        return {"text/html": html, "text/plain": self.plain}

    @property
    def plain(self) -> str:
        """The same as text, an empty line between them."""
        return "\n\n".join(one.plain for one in self.each)


def calculated(evaluation: Evaluation, area: str | None = None) -> Calculations:
    """How each indicator was calculated, of an area or of all: the totals of all its days, and its breakdowns told."""
    sheets = [sheet for sheet in evaluation.project.sheets if area in (None, sheet.area)]
    none = evaluation.project.speech.plain("table.calculated.none")
    return Calculations(tuple(_calculation(evaluation, sheet) for sheet in sheets), none)


def _calculation(evaluation: Evaluation, sheet: Sheet) -> Calculation:
    speech, title = evaluation.project.speech, f"{sheet.code} {sheet.name}"
    names = (*HEADER, *(PARTS if sheet.is_ratio else ()))
    header = tuple(speech.plain(f"table.calculated.{name}") for name in names)
    titled = marked(speech, Markup.escape(title), sheet.code in evaluation.caveats)
    caption = Cell(speech.say("table.calculated.caption", title=titled))
    table = Table(caption, header, tuple(dict.fromkeys(_rows(evaluation, sheet))), speech=speech)
    return Calculation(sheet.code, title, sheet.definition, calculation_in_words(evaluation.project, sheet), table)


def _rows(evaluation: Evaluation, sheet: Sheet) -> Iterator[tuple[str, ...]]:
    horizons = dict.fromkeys(evaluation.protected_values.values["horizon"])
    told = [("total", horizon) for horizon in horizons] + told_breakdowns(evaluation, sheet)
    rows: dict[tuple[Any, Any], list[Any]] = {}
    for row in evaluation.protected_values.where(indicator=sheet.code).values.itertuples(index=False):
        rows.setdefault((row.disaggregation, row.horizon), []).append(row)
    for key in told:
        for row in rows.get(key, ()):
            yield _row(evaluation, sheet, row, "total" if key[0] == "total" else str(row.category))


def _row(evaluation: Evaluation, sheet: Sheet, row: Any, what: str) -> tuple[str, ...]:
    speech = evaluation.project.speech
    told = stands(number(evaluation, sheet, row.value, row.status, row.high))
    parts = (whole(row.numerator, speech), whole(row.denominator, speech)) if sheet.is_ratio else ()
    lack = evaluation.lacks.get((sheet.code, row.start, row.end), "")
    status = "; ".join(filter(None, [kind(row.status, speech), speech.label(lack)]))
    days = str(months(speech, row.start, row.end))
    return speech.label(what), wording(days), told, wording(status), *parts
