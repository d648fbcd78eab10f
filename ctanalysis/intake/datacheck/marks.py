"""Which cells of a sheet are marked, with which colour, and which have a comment."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import islice

from ctanalysis.intake.datacheck.protecting import LeftOut
from ctanalysis.intake.datacheck.severities import problem, to_do, urgency
from ctanalysis.language import Speech
from ctanalysis.records import Finding
from ctanalysis.records.files.header import Header
from ctanalysis.records.findings import ENGLISH, closed

MOST_COMMENTS = 1000  # of a sheet; with tens of thousands Excel becomes slow
MOST_LETTERS = 1000  # of a comment
WHOLE_ROW = 3  # so many cells, the first, stand for a row as a whole


@dataclass(frozen=True)
class Marks:
    """The marked cells of a sheet, each named by its row, as a spreadsheet shows it, and its place, from 0.

    severities: by cell, the most pressing. comments: by cell, a text. uncommented: how many cells had to go without.
    """

    severities: dict[tuple[int, int], str]
    comments: dict[tuple[int, int], str]
    uncommented: int


def marked(
    findings: Iterable[Finding],
    header: Header,
    left_out: LeftOut,
    rows: Set[int] | None = None,
    speech: Speech = ENGLISH,
) -> Marks:
    """The Marks of a sheet. rows: those of the copy, all where None."""
    severities: dict[tuple[int, int], str] = {}
    texts = {(header.row, header.fields[name]): [speech.plain("copy.not_here")] for name in left_out.fields}
    for finding in sorted(findings, key=urgency):
        for row, place, has_comment in _cells(finding, header):
            if rows is None or row in rows or row == header.row:
                severities.setdefault((row, place), finding.severity)
                if has_comment:
                    texts.setdefault((row, place), []).append(sentence(finding, speech))
    return Marks(
        severities,
        {cell: _joined(sentences) for cell, sentences in islice(texts.items(), MOST_COMMENTS)},
        max(0, len(texts) - MOST_COMMENTS),
    )


def sentence(finding: Finding, speech: Speech = ENGLISH) -> str:
    """Held back: must be a whole number such as 120. Correct the cell."""
    severity = speech.plain(f"severity.{finding.severity}").capitalize()
    return f"{severity}: {closed(problem(finding, speech))} {closed(to_do(finding, speech))}"


def _cells(finding: Finding, header: Header) -> Iterator[tuple[int, int, bool]]:
    """(row, place, whether it has the comment) of each cell that a finding marks."""
    place = header.fields.get(finding.field)
    if place is None:
        yield from ((row, at, at == 0) for row in finding.rows for at in range(min(WHOLE_ROW, len(header.cells))))
        return
    if finding.whole:
        yield header.row, place, True
    yield from ((row, place, not finding.whole) for row in finding.rows)


def _joined(sentences: Iterable[str]) -> str:
    text = "\n\n".join(dict.fromkeys(sentences))
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}..."
