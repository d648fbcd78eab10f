"""findings.csv and tally.csv: the same as on the screen, whole and row by row, for a spreadsheet.

A cell that a spreadsheet would take for a formula has an apostrophe before it: names of files and
sheets are whatever somebody called them. The mark of UTF-8 at the start is for Excel.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from ctanalysis.base.harmless import harmless
from ctanalysis.intake.datacheck.severities import urgency
from ctanalysis.language import Speech
from ctanalysis.records import Finding
from ctanalysis.records.findings import ENGLISH

FINDINGS = ("severity", "table", "file", "sheet", "row", "column", "field", "rule", "what", "do")
TALLY = ("table", "file", "sheet", "read", "used", "held_back", "passed_over")


def write_findings(path: Path, findings: Iterable[Finding], speech: Speech = ENGLISH) -> None:
    """A line for each row that a finding names; one for a whole column, and for a whole file.

    What is wrong and what to do stand in a language; severities and rules, by which a program chooses, do not.
    """
    _write(path, FINDINGS, (line for finding in sorted(findings, key=urgency) for line in _lines(finding, speech)))


def write_tally(path: Path, tally: pd.DataFrame) -> None:
    """A line for each file and sheet: rows read, used, held back, passed over."""
    _write(path, TALLY, tally[["table", "path", *TALLY[2:]]].itertuples(index=False))


def _lines(finding: Finding, speech: Speech) -> Iterator[tuple[str | int, ...]]:
    whole = f"{finding.rows[0]} to {finding.rows[-1]}" if finding.whole else ""
    for row in (whole,) if whole or not finding.rows else finding.rows:
        yield (
            finding.severity,
            finding.table,
            finding.path,
            finding.sheet,
            row,
            finding.column,
            finding.field,
            finding.rule,
            speech.heard(finding.says),
            speech.heard(finding.do),
        )


def _write(path: Path, columns: Iterable[str], lines: Iterable[tuple[Any, ...]]) -> None:
    with open(path, "w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([harmless(cell) for cell in line] for line in lines)
