"""A table that shows itself: a caption, headers with a scope, groups of rows and columns, texts that are escaped."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import escape
from pathlib import Path

from markupsafe import Markup

from ctanalysis import quality
from ctanalysis.base.templates import filled
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import Marks
from ctanalysis.tables.cells import Cell
from ctanalysis.tables.shorthand import ENGLISH, explained, shortened

TEMPLATE = Path(__file__).parent / "table.html.j2"
WIDE, LETTERS = 8, 79  # columns, and letters of the longest words of all of them: more are printed smaller
WORDS = re.compile(r"[^\s\N{EN DASH}-]+")
NUMBER = re.compile(
    r"[^a-zA-Z]*\d.*|–|−|\[\w\]|(?:about|at most|at least|so far|no|not|fewer than|withheld)\b.*|at \w+'s end"
)


@dataclass(frozen=True)
class Table:
    """A table of texts. The first column of each row is its header; numbers stand at their right if `numeric`.

    spanners: what stands above the columns behind the first, each with how many. groups: what stands above rows, each
    with how many; of none, all are one. A cell that is "withheld" or "not received" is shorthand, explained below.
    anchor: its id on the page, where something leads to it. speech: the language of its words.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    numeric: bool = True
    spanners: tuple[tuple[str, int], ...] = ()
    groups: tuple[tuple[str, int], ...] = ()
    anchor: str = ""
    speech: Speech = ENGLISH

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.plain}

    @property
    def html(self) -> str:
        """The table as HTML, its texts escaped, in a region that a keyboard can move."""
        return filled(TEMPLATE, t=self)

    @property
    def plain(self) -> str:
        """The table as text: a line for each row, tabs between its cells."""
        lines = [self.caption, *("\t".join(row) for row in (self.header, *self._short)), *self.every_note]
        return "\n".join(lines)

    @property
    def id(self) -> str:
        """What its caption is called in a page: it follows from what it holds."""
        return f"t{sha256(repr((self.caption, self.header, self.rows)).encode()).hexdigest()[:10]}"

    @property
    def is_wide(self) -> bool:
        """Whether it has so many columns, or such long words in them, that it is printed smaller."""
        columns = zip(self.header, *self.rows, strict=True)
        longest = (max((len(word) for cell in of for word in WORDS.findall(cell)), default=0) for of in columns)
        return len(self.header) > WIDE or sum(longest) > LETTERS

    @property
    def every_note(self) -> tuple[str, ...]:
        """Its notes, and what the shorthand in its cells means."""
        return (*self.notes, *explained((cell for row in self._short for cell in row[1:]), self.speech))

    @cached_property
    def numbers(self) -> tuple[bool, ...]:
        """Which columns are numbers, or what stands for them."""
        columns = [*zip(*self.rows, strict=True)] or [()] * len(self.header)
        return tuple(self.numeric and place > 0 and all(map(_is_number, of)) for place, of in enumerate(columns))

    @property
    def grouped(self) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
        """The rows of each group under its name, which may be none."""
        first = 0
        for name, many in self.groups or (("", len(self.rows)),):
            yield name, self._short[first : first + many]
            first += many

    @property
    def _short(self) -> tuple[tuple[str, ...], ...]:
        return tuple((row[0], *(shortened(cell, self.speech) for cell in row[1:])) for row in self.rows)

    def marked(self, text: str) -> Markup:
        """A name or a caption as HTML: the mark of a caveat leads to it."""
        return (
            text.html
            if isinstance(text, Cell)
            else Markup(escape(text).replace(f" {quality.MARK}", Marks(self.speech).caveat()))
        )


def _is_number(cell: str) -> bool:
    """Whether a cell is a number, or stands for one."""
    return cell.is_number if isinstance(cell, Cell) else NUMBER.fullmatch(cell) is not None


@dataclass(frozen=True)
class Stack:
    """Several tables, one below the other, under a heading and notes that are of all; words where there is none."""

    tables: tuple[Table, ...]
    empty: str = ""
    notes: tuple[str, ...] = ()
    heading: str = ""  # of a section that is left out where there is no table

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        heading = [f"<h2>{escape(self.heading)}</h2>"] if self.heading and self.tables else []
        notes = [f'<p class="note">{escape(note)}</p>' for note in self.notes]
        empty = f"<p>{escape(self.empty)}</p>" if self.empty and not self.tables else ""
        html = "\n".join([*heading, *notes, *(table.html for table in self.tables)]) or empty
        return {"text/html": html, "text/plain": self.plain}

    @property
    def plain(self) -> str:
        """The tables as text, an empty line between them."""
        told = ["\n".join(self.notes)] * bool(self.notes) + [table.plain for table in self.tables]
        return "\n\n".join(told) or self.empty
