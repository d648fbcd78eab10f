"""What the screen shows: for each file rows read = used + held back + passed over, and the findings as sentences."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctanalysis.intake.datacheck.severities import ORDER, urgency
from ctanalysis.records import HELD_BACK, UNREAD, Finding, Records

MOST_FILES = 25  # of more, those without rows held back are one line
MOST_FINDINGS = 40
COUNTS = ["read", "used", "held_back", "passed_over"]
LISTED = "internal/check/findings.csv"


def summary(records: Records) -> str:
    """The tally in lines: each file or sheet, all files, and how many findings of each severity there are."""
    tally = records.tally
    clean = tally["held_back"].eq(0) & (len(tally) > MOST_FILES)
    lines = [
        f"{where(path, sheet)}: {balance(*rows)}"
        for path, sheet, *rows in tally.loc[~clean, ["path", "sheet", *COUNTS]].itertuples(index=False, name=None)
    ]
    if clean.any():
        lines.append(f"{counted(clean.sum(), 'more file')} without rows held back: {_sum(tally[clean])}")
    lines += [
        f"{path}: cannot be read"
        for path in dict.fromkeys(finding.path for finding in records.of(UNREAD))
        if path not in set(tally["path"])
    ]
    lines.append(f"All files: {_sum(tally)}")
    return "\n".join(map(visible, [*lines, *_totals(records)]))


def in_short(records: Records) -> str:
    """The summary, for whoever does not ask for the findings."""
    more = "\nRows that are held back are not counted. make check says which and why."
    return summary(records) + more * bool(records.of(HELD_BACK))


def details(records: Records, most: int = MOST_FINDINGS) -> str:
    """The findings in lines, file after file, the most pressing first; of more than `most`, how many are left out."""
    by_file: dict[str, list[Finding]] = {}
    for finding in sorted(records.findings, key=urgency):
        by_file.setdefault(finding.path, []).append(finding)
    findings = list(chain.from_iterable(by_file.values()))
    blocks = [
        "\n".join(visible(f"{finding.severity}: {finding}") for finding in group)
        for _, group in groupby(findings[:most], lambda finding: finding.path)
    ]
    more = [f"... and {counted(len(findings) - most, 'more finding')} in {LISTED}"] if len(findings) > most else []
    return "\n\n".join([*blocks, *more])


def balance(read: int, used: int, held: int, passed: int) -> str:
    """230 rows read = 228 used + 2 held back; with + 1 passed over, where there are such rows."""
    more = f" + {passed:,} passed over" if passed else ""
    return f"{counted(read, 'row')} read = {used:,} used + {held:,} held back{more}"


def where(path: str, sheet: str) -> str:
    """records/events.xlsx, sheet 'March'"""
    return f"{path}, sheet '{sheet}'" if sheet else path


def counted(number: int, noun: str) -> str:
    """1 row, 2 rows"""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def visible(line: str) -> str:
    """The line without signs that would do something to a screen: they come from names of files and sheets."""
    return line if line.isprintable() else "".join(sign if sign.isprintable() else "\ufffd" for sign in line)


def _sum(tally: pd.DataFrame) -> str:
    return balance(*(int(tally[name].sum()) for name in COUNTS))


def _totals(records: Records) -> Iterator[str]:
    """A line for each severity that there is."""
    for severity in ORDER:
        findings = records.of(severity)
        rows = _rows(findings)
        if findings:
            yield f"{severity}: {counted(len(findings), 'finding')}" + (f" in {counted(rows, 'row')}" if rows else "")
    if not records.findings:
        yield "Nothing was found."


def _rows(findings: Iterable[Finding]) -> int:
    """How many different rows the findings name."""
    places: dict[tuple[str, str], list[npt.NDArray[np.int64]]] = {}
    for finding in findings:
        places.setdefault((finding.path, finding.sheet), []).append(np.array(finding.rows, np.int64))
    return sum(len(np.unique(np.concatenate(rows))) for rows in places.values())
