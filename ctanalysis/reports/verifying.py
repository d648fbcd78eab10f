"""Whether a report is what its inputs give: it is made again in a folder of its own, and compared.

a report or release ─▶ what has changed since ─▶ made again, as of the ledger of then ─▶ what differs and should not
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import beside
from ctanalysis.disclosure import ledger
from ctanalysis.formats.choice import ALWAYS, DOCUMENTS, versions
from ctanalysis.periods import Period
from ctanalysis.project import output_folder
from ctanalysis.reports import causes, files, making, manifest
from ctanalysis.reports.comparing import changed_by_hand, environment, listed, unlike
from ctanalysis.reports.inputs import INTERNAL, Hashes, Inputs
from ctanalysis.reports.languages import of_files
from ctanalysis.reports.made_from import Source, source
from ctanalysis.reports.manifest import Manifest
from ctanalysis.reports.planning import everything
from ctanalysis.reports.printed import CAVEAT, RANGE, differing, in_words, printed

Finding = tuple[bool, str]  # whether it is a fault, and what to say


def verify(period: Period, project: str | Path = "") -> Iterator[Finding]:
    """What is found of the report of a period and of each of its releases, in their order.

    A fault is what differs though nothing that may change it has changed. Of an indicator whose sheet or records have
    changed since nothing is compared; a value that differs because the library has changed is a fault. Refused:
    what make() refuses, a period without a report.
    """
    given = source(project)
    there = _reports(given, period)
    if not there:
        raise Refused(f"There is no report of {period} to verify. Make it: make report PERIOD={period}.")
    with _own_folder(given.reports) as folder:
        for report in there:
            name = f"{report.parent.name}/{report.name}"
            try:
                yield from ((fault, f"{name}: {line}") for fault, line in _verified(report, period, given, folder))
            except Unreadable as reason:
                yield True, f"{name}: {reason}"


@contextmanager
def _own_folder(reports: Path) -> Iterator[Path]:
    """A folder to make a report in: beside the reports, where the next run clears what one that was killed left.

    In the system's own place where there are no reports, or these may only be read.
    """
    may_write = reports.is_dir() and os.access(reports, os.W_OK)
    with beside(reports / "verify") if may_write else TemporaryDirectory() as folder:
        yield Path(folder)


class Unreadable(Refused):
    """A report that cannot be compared."""


def _reports(given: Source, period: Period) -> list[Path]:
    """The report of a period, if it is there, and its releases."""
    releases = output_folder(given.project.folder, "releases")
    own = [releases / ledger.name_of(*one[:2]) for one in given.released.releases if one[0] == period.label]
    return [folder for folder in (given.folder(period.label), *own) if folder.is_dir()]


def _verified(report: Path, period: Period, given: Source, folder: Path) -> Iterator[Finding]:
    before = manifest.read(report)
    if before is None:
        raise Unreadable("it has no manifest that can be read, so that nothing can be compared")
    yield from ((True, f"{name} is not as it was made") for name in changed_by_hand(report))
    half = manifest.read_internal(report)
    if half is None and manifest.has_internal(report):
        yield True, f"{manifest.NAME} and what internal/manifests/ holds of it are not of one making"
    elif half is None:
        yield False, f"of {', '.join(INTERNAL)} nothing can be said: internal/manifests/ does not hold it"
    then = given.until(before["inputs"].get("ledger", {}).get("head", ""))
    changed = _changed(before, half, then or given)
    yield from ((False, f"changed since: {listed(kind, names)}") for kind, names in changed.items())
    documents = _documents(before)
    if documents and versions() != before.get("formats"):
        yield False, f"of {' and '.join(documents)} nothing can be said: other versions of pandoc and typst wrote them"
        before = _without_documents(before)
    again = _made_again(then or given, period, {} if changed else before["files"], folder)
    yield from _compared(report, again, causes.of_values(changed, given.project), changed)
    if not changed:
        yield from ((True, f"{name} comes out otherwise") for name in _unlike(before, manifest.read(again) or {}))


def _documents(found: Manifest) -> tuple[str, ...]:
    """The formats of documents of which a report has any."""
    return tuple(one for one in DOCUMENTS if any(name.endswith(f".{one}") for name in found["files"]))


def _without_documents(found: Manifest) -> Manifest:
    files = {name: hashed for name, hashed in found["files"].items() if name.rpartition(".")[2] not in DOCUMENTS}
    return found | {"files": files, "formats": {}}


def _changed(before: Manifest, half: Manifest | None, given: Source) -> dict[str, list[str]]:
    """By kind, the inputs that are not what they were; of those that nothing is known of, none."""
    known = half["inputs"] if half else given.inputs.internal
    now = Inputs(given.inputs.kinds | environment(manifest.environment()))
    return now.changed(before["inputs"] | known | environment(before))


def _made_again(given: Source, period: Period, names: Hashes, folder: Path) -> Path:
    """The report made again with the same languages and documents (names: its files); of no name, its values only.

    Once for all that were made as of one head of the ledger, and have the same.
    """
    written = sorted(name for name in names if name.rpartition(".")[2] in (*ALWAYS, *DOCUMENTS))
    again = folder / sha256(" ".join([given.released.head, *written]).encode()).hexdigest() / period.label
    if again.exists():
        return again
    again.mkdir(parents=True)
    evaluation = given.evaluation(period.label)
    if not names:
        files.write_values(evaluation, again)
        return again

    def documents(page: str) -> tuple[str, ...]:
        return tuple(one for one in DOCUMENTS if f"{page}.{one}" in names)

    planned = everything(given, evaluation, documents, of_files(names, given.project))
    making.write(given, evaluation, planned, again, making.CORES)
    return again


def _compared(report: Path, again: Path, reasons: dict[str, list[str]], changed: causes.Changed) -> Iterator[Finding]:
    """The values that differ, of indicators without a reason to; targets where they are what they were."""
    try:
        before, after = printed(report), printed(again)
    except Refused:
        raise Unreadable("its values cannot be read, so that they are not compared") from None
    same = [code for code, kinds in reasons.items() if not kinds]
    whats = ["value", *RANGE]
    if not {causes.TARGETS, causes.SHEETS, "facts"} & set(changed):
        whats += ["baseline", "target"]
    if not {*causes.EVERY, *causes.OF_CAVEATS} & set(changed):
        whats.append(CAVEAT)
    values = differing(*(frame[frame["indicator"].isin(same) & frame["what"].isin(whats)] for frame in (before, after)))
    yield from ((True, line) for line in in_words(values))
    yield False, f"{len(same)} of {len(reasons)} indicators compared, values that differ: {len(values)}"


def _unlike(before: Manifest, now: Manifest) -> list[str]:
    """The files that are not the same, and what else in the manifest is not."""
    rest = [
        f"{name} in {manifest.NAME}" for name in before | now if name != "files" and before.get(name) != now.get(name)
    ]
    return [*unlike(before["files"], now["files"]), *rest]
