"""The cells of a table: texts that stand in a page as marks, each of which leads to how its number was calculated.

A row is of one indicator, so all its cells lead to one place. Its header, or the table's caption, leads there by
keyboard; the numbers by pointer and touch, without a stop of the keyboard at each.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

from markupsafe import Markup, escape

from ctanalysis.analysis.values import Value, source_of
from ctanalysis.base import precision
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import Marks, in_words
from ctanalysis.narrative.origins import anchor_of
from ctanalysis.project.sheets import Sheet

TAG, LINK = re.compile(r"<[^>]*>"), re.compile(r"</?a\b[^>]*>")
TITLE, SOURCED = re.compile(r' title="[^"]*"'), re.compile(r'<data value="([^"]*)" title="([^"]*)">')
NUMBERED = ("exact", "rounded")  # the statuses of a number; of others, what stands for one is told as a label


class Cell(str):
    """A text that knows how it stands in a page. It is that text for all who read, compare or write it.

    is_number: whether it is a number, or stands for one, so that it stands at the right. sources: of each number in it,
    as it is marked, and of what it is; in prose that is a title, which a table has in its headers.
    """

    html: Markup
    is_number: bool
    sources: tuple[tuple[str, str], ...]

    def __new__(cls, html: Markup, is_number: bool = False, sources: Iterable[tuple[str, str]] = ()) -> "Cell":
        made = super().__new__(cls, unescape(TAG.sub("", html)))
        made.html, made.is_number, made.sources = html, is_number, tuple(sources)
        return made

    def __html__(self) -> Markup:
        return self.html


def untitled(html: Markup, inner: Iterable[object] = ()) -> Cell:
    """Marks of numbers as a cell, their titles apart. inner: cells that stand in it."""
    sources = [pair for one in inner if isinstance(one, Cell) for pair in one.sources]
    sources += [(unescape(value), unescape(source)) for value, source in SOURCED.findall(html)]
    return Cell(Markup(TITLE.sub("", html)), True, sources)


def stands(text: str) -> Cell:
    """Words that stand where a number would: no target, at year's end."""
    return Cell(escape(text), is_number=True)


def wording(text: str) -> Cell:
    """Words that are no number, whatever digits are in them: days, 18–27 as the kind of a number."""
    return Cell(escape(text))


def counted(speech: Speech, number: float, source: str) -> Cell:
    """A count of what is no indicator: of rows, of values. source: of what."""
    return untitled(Marks(speech).derived(number, source, places=0))


def written(speech: Speech, text: str) -> Cell:
    """What people wrote: in the words that the project has for it, else as it is, marked as its language."""
    words, marks = speech.label(text), Marks(speech)
    if words == text and speech.code != speech.written:
        return Cell(marks.own(text))
    return Cell(marks.words(words))


def day(speech: Speech, of: date) -> Cell:
    """A day."""
    return Cell(Marks(speech).day(of))


def marked(speech: Speech, html: Markup, is_marked: bool) -> Cell:
    """A caption or a name, with the mark of a caveat behind it where it has one."""
    return Cell(html + Marks(speech).caveat() if is_marked else html)


@dataclass(frozen=True)
class Cells:
    """The cells of an indicator in a language. page: the one on which it stands how it was calculated; empty: this."""

    speech: Speech
    sheet: Sheet
    page: str = ""

    @property
    def marks(self) -> Marks:
        """The marks of the language."""
        return Marks(self.speech)

    def title(self, name: str = "", is_marked: bool = False) -> Cell:
        """The code and the name of the indicator, or another name of it; marked where it has a caveat."""
        return Cell(Markup("{} ").format(self.sheet.code) + self.name(name, is_marked).html)

    def name(self, name: str = "", is_marked: bool = False) -> Cell:
        """The same without the code: the name leads to how it was calculated."""
        place = Markup('<a class="origin" href="{}">{}</a>').format(self._place, name or self.sheet.name)
        return marked(self.speech, place, is_marked)

    def value(self, value: float, status: str, source: str, high: float = math.nan) -> Cell:
        """A value, or what stands for it. value, status, high: as in an evaluation's values; source: of what it is."""
        words, measure = in_words(self.sheet, value, status, self.speech, high), self.sheet.measure
        if not any(map(str.isdigit, words)):
            return stands(words)
        if status in NUMBERED and not (value == 0 < high and status == "rounded"):
            unit = "%" if measure == "share" else ""
            return self.number(self.marks.data(precision.as_shown(value, measure, status), source, unit, status))
        ends = f"0–{high:.0f}" if status == "rounded" else status
        return self.number(Markup('<data value="{}" title="{}">{}</data>').format(ends, source, words))

    def told(self, value: Value) -> Cell:
        """The same of a Value."""
        return self.value(value.value, value.status, value.source, value.high)

    def row(self, row: Any) -> Cell:
        """The same of a row of an evaluation's values."""
        return self.value(row.value, row.status, self.source(row), row.high)

    def source(self, row: Any) -> str:
        """Of what such a row is."""
        return source_of(self.sheet.code, row.horizon, row.start, row.end)

    def whole(self, number: float, source: str) -> Cell:
        """A count."""
        return self.number(self.marks.derived(number, source, places=0))

    def signed(self, number: float | Decimal, source: str, unit: str = "") -> Markup:
        """The mark of a difference: +96, −3, 0; unit: "%" or none."""
        sign = "+" if number > 0 else ""
        return Markup(sign) + self.marks.data(Decimal(str(number)), source, unit)

    def message(self, key: str, **parts: Any) -> Cell:
        """A message with numbers in it, as one number."""
        return self.number(self.speech.say(key, **parts), *parts.values())

    def number(self, html: Markup, *inner: object) -> Cell:
        """Marks of numbers, and words between them, as one cell that leads to the origin. inner: cells in it."""
        told = untitled(html, inner)
        led = Markup('<a tabindex="-1" href="{}">{}</a>').format(self._place, Markup(LINK.sub("", told.html)))
        return Cell(led, True, told.sources)

    def words(self, html: Markup) -> Cell:
        """The same of words in which there may be numbers."""
        led = self.number(html)
        return Cell(led.html, False, led.sources) if led.sources else Cell(html)

    @property
    def _place(self) -> str:
        return f"{self.page}#{anchor_of(self.sheet.code)}"
