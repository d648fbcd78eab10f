"""What the screen shows: for each file rows read = used + held back + passed over, and the findings as sentences."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctanalysis.intake.datacheck.severities import ORDER, urgency
from ctanalysis.language import Speech
from ctanalysis.records import HELD_BACK, UNREAD, Finding, Records
from ctanalysis.records.findings import ENGLISH

MOST_FILES = 25  # of more, those without rows held back are one line
MOST_FINDINGS = 40
SPACE = "\N{NO-BREAK SPACE}"  # between the thousands of some languages
COUNTS = ["read", "used", "held_back", "passed_over"]
LISTED = "internal/check/findings.csv"


def summary(records: Records, speech: Speech = ENGLISH) -> str:
    """The tally in lines: each file or sheet, all files, and how many findings of each severity there are."""
    tally, plain = records.tally, speech.plain
    clean = tally["held_back"].eq(0) & (len(tally) > MOST_FILES)
    lines = [
        f"{where(path, sheet, speech)}: {balance(*rows, speech=speech)}"
        for path, sheet, *rows in tally.loc[~clean, ["path", "sheet", *COUNTS]].itertuples(index=False, name=None)
    ]
    if clean.any():
        lines.append(plain("check.more_files", n=int(clean.sum()), balance=_sum(tally[clean], speech)))
    lines += [
        plain("check.unread", path=path)
        for path in dict.fromkeys(finding.path for finding in records.of(UNREAD))
        if path not in set(tally["path"])
    ]
    lines.append(plain("check.all_files", balance=_sum(tally, speech)))
    return "\n".join(map(visible, [*lines, *_totals(records, speech)]))


def in_short(records: Records, speech: Speech = ENGLISH) -> str:
    """The summary, for whoever does not ask for the findings."""
    more = f"\n{speech.plain('check.not_counted')}"
    return summary(records, speech) + more * bool(records.of(HELD_BACK))


def details(records: Records, most: int = MOST_FINDINGS, speech: Speech = ENGLISH) -> str:
    """The findings in lines, file after file, the most pressing first; of more than `most`, how many are left out."""
    by_file: dict[str, list[Finding]] = {}
    for finding in sorted(records.findings, key=urgency):
        by_file.setdefault(finding.path, []).append(finding)
    findings = list(chain.from_iterable(by_file.values()))
    blocks = [
        "\n".join(visible(f"{called(finding.severity, speech)}: {finding.told(speech)}") for finding in group)
        for _, group in groupby(findings[:most], lambda finding: finding.path)
    ]
    left = len(findings) - most
    more = [speech.plain("check.more_findings", n=left, file=LISTED)] if left > 0 else []
    return "\n\n".join([*blocks, *more])


def called(severity: str, speech: Speech) -> str:
    """A severity in a language."""
    return speech.plain(f"severity.{severity}")


def balance(read: int, used: int, held: int, passed: int, *, speech: Speech = ENGLISH) -> str:
    """230 rows read = 228 used + 2 held back; with + 1 passed over, where there are such rows."""
    key = "check.balance_passed" if passed else "check.balance"
    return speech.plain(key, read=int(read), used=int(used), held=int(held), passed=int(passed))


def where(path: str, sheet: str, speech: Speech = ENGLISH) -> str:
    """records/events.xlsx, sheet 'March'"""
    return speech.plain("place.in_sheet", path=path, sheet=sheet) if sheet else path


def counted(number: int, noun: str) -> str:
    """1 row, 2 rows"""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def visible(line: str) -> str:
    """The line without signs that would do something to a screen: they come from names of files and sheets."""
    plain = line.replace(SPACE, " ")
    return line if plain.isprintable() else "".join(sign if sign.isprintable() else "\ufffd" for sign in plain)


def _sum(tally: pd.DataFrame, speech: Speech) -> str:
    return balance(*(int(tally[name].sum()) for name in COUNTS), speech=speech)


def _totals(records: Records, speech: Speech) -> Iterator[str]:
    """A line for each severity that there is."""
    for severity in ORDER:
        findings = records.of(severity)
        rows = _rows(findings)
        if findings:
            key = "check.findings_in" if rows else "check.findings"
            yield speech.plain(key, severity=called(severity, speech), n=len(findings), rows=rows)
    if not records.findings:
        yield speech.plain("check.nothing")


def _rows(findings: Iterable[Finding]) -> int:
    """How many different rows the findings name."""
    places: dict[tuple[str, str], list[npt.NDArray[np.int64]]] = {}
    for finding in findings:
        places.setdefault((finding.path, finding.sheet), []).append(np.array(finding.rows, np.int64))
    return sum(len(np.unique(np.concatenate(rows))) for rows in places.values())
