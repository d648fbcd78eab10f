"""The lines of the ledger: what each says, the chain of their hashes, and how they are written and read."""

import csv
import io
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pandas as pd

from ctanalysis.base.errors import Refused

CELL = ["indicator", "start", "end", "disaggregation", "category"]
PRINTED = ["value", "numerator", "denominator", "status"]
RELEASE = ["release", "revision", "date"]
COLUMNS = [*RELEASE, *CELL[:1], "definition", *CELL[1:], *PRINTED, "chain"]
NUMBERS = PRINTED[:3]
HEADER = ",".join(COLUMNS) + "\n"

Release = tuple[str, int, str]  # name, revision, date
Line = dict[str, str]  # of the ledger, by column


def lines_of(cells: pd.DataFrame, release: Release, head: str) -> tuple[str, str]:
    """Ledger lines of published cells, as text, and the hash of the last one.

    cells: a frame with CELL, PRINTED and definition. head: the hash of the line before.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    for row in cells[COLUMNS[3:-1]].itertuples(index=False):
        texts = [*map(str, release), *(text(value) for value in row)]
        head = chained(head, texts)
        writer.writerow([*texts, head])
    return file.getvalue(), head


def text(value: str | float) -> str:
    """A value as a line has it; empty where there is none."""
    return value if isinstance(value, str) else "" if pd.isna(value) else f"{value:.15g}"


def chained(before: str, texts: Iterable[str]) -> str:
    """The hash of a line (its texts) and of all lines before it."""
    return sha256("\x1f".join([before, *texts]).encode()).hexdigest()


def read_bytes(path: Path) -> bytes:
    """What the ledger in a file holds. Refused: there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"{path}: the ledger is gone, though there are releases. Put it back from a copy.") from None


def read_lines(content: bytes, path: Path) -> list[Line]:
    """The lines of a ledger. path: its file. Refused: it cannot be read, or it is no ledger."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    except (UnicodeError, csv.Error):
        raise Refused(f"{path}: the ledger cannot be read. Put it back from a copy.") from None
    if not rows or rows[0] != COLUMNS:
        raise Refused(f"{path}, line 1: the ledger was changed. Put it back from a copy.")
    return [_line(path, number, row) for number, row in enumerate(rows[1:], 2)]


def _line(path: Path, number: int, row: list[str]) -> Line:
    if len(row) != len(COLUMNS) or not row[1].isdigit():
        raise Refused(f"{path}, line {number}: the ledger was changed. Put it back from a copy.")
    return dict(zip(COLUMNS, row, strict=True))


def heads_of(lines: list[Line], path: Path) -> dict[tuple[str, int], str]:
    """By release and revision, in their order, the hash of the last line. Refused: a line is not as it was."""
    heads, before = {}, ""
    for number, line in enumerate(lines, 2):
        if line["chain"] != chained(before, [line[name] for name in COLUMNS[:-1]]):
            raise Refused(
                f"{path}, line {number}: the ledger was changed here, or a line before was. Put it back from a copy."
            )
        before = heads[line["release"], int(line["revision"])] = line["chain"]
    return heads


def framed(lines: list[Line]) -> pd.DataFrame:
    """Lines as a frame with COLUMNS: numbers float64, revision int64, all others texts."""
    frame = pd.DataFrame(lines, columns=COLUMNS)
    return frame.assign(
        revision=frame["revision"].astype("int64"),
        **{name: pd.to_numeric(frame[name].replace("", None)).astype("float64") for name in NUMBERS},
    )
