"""What becomes of a draft that is released: pages and documents that say what they are, and a record beside them."""

import json
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

from ctanalysis import reports
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import Ledger
from ctanalysis.evaluation import Evaluation
from ctanalysis.releases import iati


@dataclass(frozen=True)
class Next:
    """A release that may be published. draft: the folder of its report; half: its internal one; earlier: the ledger."""

    draft: Path
    half: str
    evaluation: Evaluation
    earlier: Ledger
    key: ledger.Release
    reason: str

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which it is told beside the first."""
        return reports.languages.of_files(reports.files_of(self.draft), self.evaluation.project)


def copy(made: Next, folder: Path, head: str) -> None:
    """The report as a release: its pages and documents say what they are of, and its record stands beside them.

    head: of the ledger with it.
    """
    told = {code: made.evaluation.told_in(code) for code in ("", *made.languages)}
    words = {code: ledger.said_of(made.key, head, one.project.speech) for code, one in told.items()}
    names = [*reports.files_of(made.draft), reports.MANIFEST]
    for path in sorted(made.draft / name for name in names):  # copytree hides that a disk is full
        to = folder / path.relative_to(made.draft)
        to.parent.mkdir(parents=True, exist_ok=True)
        name = path.relative_to(made.draft).as_posix()
        code, _ = reports.languages.parts(name)
        stamped = reports.as_released(path, name, told[code], words[code], to.parent)
        if stamped is None:
            copyfile(path, to)
        else:
            to.write_bytes(stamped)
    results = iati.document(told[""], made.key[2], [one for code, one in told.items() if code])
    if results:
        (folder / iati.NAME).write_bytes(results)
    record = _record(made.key, made.reason, head) | {"files": ledger.files_of(folder)}
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (folder / ledger.RECORD).write_text(text, encoding="utf-8")


def _record(release: ledger.Release, reason: str, head: str) -> dict[str, Any]:
    """What a release says of itself. head: of the ledger with it; library: the commit that made it."""
    made = {"reason": reason, "ledger": head, "library": reports.library_commit()}
    return dict(zip(ledger.RELEASE, release, strict=True)) | made
