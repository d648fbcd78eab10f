"""A table that shows itself: a caption, headers with a scope, texts that are escaped."""

from collections.abc import Container
from dataclasses import dataclass
from html import escape

from ctanalysis import quality
from ctanalysis.narrative.numbers import CAVEAT


@dataclass(frozen=True)
class Table:
    """A table of texts. The first column of each row is its header; the others are numbers if `numeric`.

    anchor: its id on the page, where something leads to it.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    numeric: bool = True
    anchor: str = ""

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.plain}

    @property
    def html(self) -> str:
        """The table as HTML, its texts escaped."""
        cell = '<td class="number">{}</td>' if self.numeric else "<td>{}</td>"
        first, *others = self.header
        kind = ' class="number"' if self.numeric else ""
        head = f'<th scope="col">{escape(first)}</th>' + "".join(
            f'<th scope="col"{kind}>{escape(text)}</th>' for text in others
        )
        rows = (
            f'<tr><th scope="row">{_marked(row[0])}</th>'
            + "".join(cell.format(escape(text)) for text in row[1:])
            + "</tr>"
            for row in self.rows
        )
        notes = "".join(f'<p class="note">{escape(note)}</p>' for note in self.notes)
        anchor = f' id="{escape(self.anchor)}"' if self.anchor else ""
        return (
            f"<table{anchor}>\n<caption>{_marked(self.caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
            + "\n".join(rows)
            + f"\n</tbody>\n</table>{notes}"
        )

    @property
    def plain(self) -> str:
        """The table as text: a line for each row, tabs between its cells."""
        lines = [self.caption, *("\t".join(row) for row in (self.header, *self.rows)), *self.notes]
        return "\n".join(lines)


def _marked(text: str) -> str:
    """A name or a caption as HTML: the mark of a caveat leads to it."""
    return escape(text).replace(quality.MARK, CAVEAT)


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
        empty = f"<p>{escape(self.empty)}</p>" if self.empty else ""
        html = "\n".join([*heading, *notes, *(table.html for table in self.tables)]) or empty
        return {"text/html": html, "text/plain": self.plain}

    @property
    def plain(self) -> str:
        """The tables as text, an empty line between them."""
        told = ["\n".join(self.notes)] * bool(self.notes) + [table.plain for table in self.tables]
        return "\n\n".join(told) or self.empty
