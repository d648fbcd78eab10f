"""A card: how something shows itself in a notebook, light or dark, and as plain text in a terminal.

    Card("1.3 Calls", ("Quarter", "Told"), (("FY2015Q1", "1,078"),), ("Synthetic records.",))

Everything in it is a text as it is told; what is withheld looks withheld, and the notes say why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

STYLE = """<style>
.ct-card { --ct-ink: var(--jp-ui-font-color1, #22303c); --ct-faint: var(--jp-ui-font-color2, #5a6772);
  --ct-line: var(--jp-border-color2, #c4c9ce); --ct-paper: var(--jp-layout-color0, transparent);
  color: var(--ct-ink); background: var(--ct-paper); border: 1px solid var(--ct-line); border-radius: 4px;
  padding: .6em .9em; margin: .3em 0; width: fit-content; max-width: 62em; line-height: 1.4; }
@media (prefers-color-scheme: dark) { .ct-card { --ct-ink: var(--jp-ui-font-color1, #e4e8ec);
  --ct-faint: var(--jp-ui-font-color2, #a3adb6); --ct-line: var(--jp-border-color2, #4a545d); } }
.ct-card h4 { margin: 0 0 .3em; font-size: 1.05em; }
.ct-card p { margin: .2em 0; }
.ct-card table { border-collapse: collapse; margin: .3em 0; color: inherit; }
.ct-card.ct-card :is(th, td) { border: 0; border-bottom: 1px solid var(--ct-line); padding: .15em .7em .15em 0;
  text-align: left; vertical-align: top; background: none; color: inherit; }
.ct-card.ct-card td.number { text-align: right; font-variant-numeric: tabular-nums; }
.ct-card.ct-card td.untold { text-align: right; color: var(--ct-faint); font-style: italic; }
.ct-card .note { color: var(--ct-faint); font-size: .9em; }
</style>"""
UNTOLD = ("withheld", "not told", "not received", "no data", "not this fine", "not applicable", "not yet told")
SHORT = 24  # characters: longer texts of a column are words, and stand at its left


@dataclass(frozen=True)
class Card:
    """A title, sentences below it, a table of texts with its header, and notes. All but the title may be empty."""

    title: str
    header: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    notes: Sequence[str] = ()
    sentences: Sequence[str] = ()

    @property
    def html(self) -> str:
        """The card as HTML, its texts escaped; its colours follow the page's theme."""
        sentences = "".join(f"<p>{escape(text)}</p>" for text in self.sentences)
        notes = "".join(f'<p class="note">{escape(text)}</p>' for text in self.notes)
        table = self._table() if self.rows else ""
        return f'{STYLE}<div class="ct-card"><h4>{escape(self.title)}</h4>{sentences}{table}{notes}</div>'

    @property
    def plain(self) -> str:
        """The card as text: columns of the same width, a line for each row."""
        lines = [[*map(str, row)] for row in (self.header, *self.rows) if row]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        table = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
        return "\n".join([self.title, *self.sentences, *table, *self.notes])

    def _table(self) -> str:
        head = "".join(f'<th scope="col">{escape(text)}</th>' for text in self.header)
        wordy = [any(len(row[at]) > SHORT for row in self.rows) for at in range(len(self.rows[0]))]
        rows = "".join(f"<tr>{_cells(row, wordy)}</tr>" for row in self.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(row: Sequence[str], wordy: Sequence[bool]) -> str:
    first, *others = row
    cells = zip(others, wordy[1:], strict=True)
    return f'<th scope="row">{escape(first)}</th>' + "".join(
        f'<td class="{"words" if words else "untold" if text.startswith(UNTOLD) else "number"}">{escape(text)}</td>'
        for text, words in cells
    )
