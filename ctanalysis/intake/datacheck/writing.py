"""internal/check/: the findings, the tally, and for each file with findings the marked copy to be sent back."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from ctanalysis.base.replacing import replacing
from ctanalysis.intake.datacheck import copies, listing
from ctanalysis.intake.datacheck.plans import SentFile
from ctanalysis.intake.datacheck.wording import worded
from ctanalysis.language import Speech
from ctanalysis.project import Project, clear_outputs
from ctanalysis.records import ACCEPTED, HELD_BACK, ON_PURPOSE, UNREAD, Records, survey
from ctanalysis.records.findings import ENGLISH

SEND_BACK = "send-back"
LONGEST_NAME = 200  # bytes, of the 255 that a disk allows: a number may come before it


def check(project: Project, folder: Path, speech: Speech = ENGLISH) -> Records:
    """Surveys the project's records and writes the findings into the folder, in a language; returns the Records.

    The screen then shows summary() and details(), and the command ends with status().
    """
    clear_outputs(project.folder)
    records = survey(project)
    write(project, records, folder, speech)
    return records


def status(records: Records) -> int:
    """The exit status of a check: 1 where a file cannot be read or a row is held back, otherwise 0.

    A row that is passed over is as it should be. A script stops at 1.
    """
    return int(any(finding.severity in (UNREAD, HELD_BACK) for finding in records.findings))


def write(project: Project, records: Records, folder: Path, speech: Speech = ENGLISH) -> None:
    """Writes findings.csv, tally.csv and send-back/*.xlsx in the place of the folder; all or nothing.

    A file that was read and has findings is sent back, one that cannot be read is not.
    Refused: a file changed since it was read.
    """
    private = project.package.private_fields()
    with replacing(folder) as fresh:
        fresh.chmod(0o700)
        listing.write_findings(fresh / "findings.csv", records.findings, speech)
        listing.write_tally(fresh / "tally.csv", records.tally)
        sent = list(_sent(project, records))
        (fresh / SEND_BACK).mkdir()
        for file, name in zip(sent, copy_names([file.path for file in sent]), strict=True):
            (fresh / SEND_BACK / name).write_bytes(copies.marked_copy(project.folder, file, private))


def _sent(project: Project, records: Records) -> Iterator[SentFile]:
    """Each file that was read and has findings of their own: not those about a table as a whole.

    What was decided on the record asks nothing of its partner.
    """
    tally, in_words = records.tally, worded(project)
    for path in dict.fromkeys(tally["path"]):
        part = tally[tally["path"] == path]
        tables = list(dict.fromkeys(part["table"]))
        findings = [
            finding
            for finding in records.findings
            if finding.path == path and (finding.rows or finding.sheet or finding.table not in tables)
            if finding.severity != ACCEPTED and finding.rule not in ON_PURPOSE
        ]
        if findings:
            described = [project.package.tables[name] for name in tables]
            about_people = any(project.policy.rules[table.disclosure].person for table in described)
            yield SentFile(path, described, findings, part, about_people, in_words)


def copy_names(paths: Sequence[str]) -> list[str]:
    """For each file the name of its copy: its own, with its folders before it where another file has the same."""
    short = [_name(path, 1) for path in paths]
    times = Counter(map(_same, short))
    taken: set[str] = set()
    made: list[str] = []
    for path, name in zip(paths, short, strict=True):
        wanted = name if times[_same(name)] == 1 else _name(path, 0)
        number, free = 1, wanted
        while _same(free) in taken:
            number, free = number + 1, f"{number + 1}-{wanted}"
        taken.add(_same(free))
        made.append(free)
    return made


def _name(path: str, parts: int) -> str:
    """The file's name as that of a workbook, with as many parts of its path (0: all but the first, records/)."""
    place = PurePosixPath(path)
    name = "-".join((*place.parts[1 if not parts else -parts : -1], place.stem))
    return name.encode()[:LONGEST_NAME].decode(errors="ignore") + ".xlsx"


def _same(name: str) -> str:
    """What is one file to a disk that makes no difference between capitals and small letters."""
    return unicodedata.normalize("NFC", name).casefold()
