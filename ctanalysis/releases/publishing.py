"""The order in which a report is released: made, audited against everything before, copied, recorded, listed."""

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pandas as pd

from ctanalysis import reports
from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import replacing
from ctanalysis.disclosure import conditioned, ledger
from ctanalysis.disclosure.audit import NotAudited, opened
from ctanalysis.disclosure.audit.versions import versioned
from ctanalysis.disclosure.ledger import Ledger
from ctanalysis.evaluation import Evaluation, named
from ctanalysis.periods import Period
from ctanalysis.project import MARKING, SHIPPED, Project, load, output_folder
from ctanalysis.releases import index


def release(period: str, day: str, project: str | Path = "", say: Callable[[str], None] = print) -> Path:
    """Releases the report of a period as of a day (ISO text), and returns its folder.

    The same report again changes nothing, but for an index of releases that was harmed. Refused:
    what reports.make refuses; a ledger that was changed; a day that is none, or before an earlier
    release; a report that differs from what was released without a reason in
    judgements/restatements.toml; an audit that finds a cell, or ends without an answer; another
    release meanwhile. Nothing is then published.
    """
    loaded = load(project or SHIPPED)
    known = ledger.read(loaded)
    ledger.check_files(loaded, known)
    _check_day(day, loaded.calendar.parse(period), known)
    _check_definitions(known, loaded)
    evaluation = named(period, project)
    draft = reports.remake(evaluation, project, say)  # what is audited is what is copied, whatever lay there
    _check_draft(draft, evaluation)
    folder, revision = ledger.folder_of(evaluation.project), known.revisions(evaluation.period.label)
    last = folder / ledger.name_of(evaluation.period.label, max(revision - 1, 0))
    if revision and ledger.files_of(draft) == ledger.files_of(last):
        say(f"{evaluation.period}: this report is released already, and nothing has changed")
        _write_index(evaluation.project)
        return last
    reason = _reason(evaluation, revision, last) if revision else ""
    cells = published_cells(evaluation)
    _audit(cells, known, evaluation)
    if ledger.read(loaded).head != known.head:
        raise Refused(
            f"{evaluation.period} is not released: another release was published meanwhile. Release it again, so that both are audited together."
        )
    released = _publish(draft, folder, cells, known, (evaluation.period.label, revision, day), reason)
    _write_index(evaluation.project)
    return released


def published_cells(evaluation: Evaluation) -> pd.DataFrame:
    """Every cell that a report prints, once, with what it is a number of: a frame with the ledger's CELL, definition and PRINTED."""
    told = pd.concat([evaluation.protected_values.values, evaluation.protected_history.values], ignore_index=True)
    codes = {sheet.code: ledger.definition(evaluation.project, sheet) for sheet in evaluation.project.sheets}
    cells = told.drop_duplicates(ledger.CELL).assign(definition=told["indicator"].map(codes))
    return cells[["indicator", "definition", *ledger.CELL[1:], *ledger.PRINTED]].reset_index(drop=True)


def _check_day(day: str, period: Period, known: Ledger) -> None:
    if not day:
        raise Refused("The day of the release is missing: make release PERIOD=FY2014 DATE=2015-01-20.")
    try:
        found = date.fromisoformat(day)
    except (ValueError, TypeError):
        raise Refused(f"'{day}' is no day: write the day of the release like DATE=2015-01-20.") from None
    if found.isoformat() != day or found <= period.end:
        raise Refused(f"'{day}' cannot be the day on which {period} was released: the period ends on {period.end}.")
    if known.releases and day < known.releases[-1][2]:
        raise Refused(
            f"{known.releases[-1][0]} was released on {known.releases[-1][2]}; a release after it cannot be of {day}."
        )


def _check_draft(draft: Path, evaluation: Evaluation) -> None:
    """Refused: the records were changed between the evaluation that is audited and the report that is copied."""
    with TemporaryDirectory() as folder:
        reports.write_values(evaluation, Path(folder))
        if any(path.read_bytes() != (draft / path.name).read_bytes() for path in Path(folder).iterdir()):
            raise Refused(f"{evaluation.period}: the records were changed while the report was made. Release it again.")


def _reason(evaluation: Evaluation, revision: int, last: Path) -> str:
    for restated in evaluation.project.restatements:
        if (restated.period, restated.revision) == (evaluation.period.label, revision):
            return restated.reason
    raise Refused(
        f"{last}: {evaluation.period} is released, and what is released is never changed; the report differs now. If that is right, say why in "
        f'judgements/restatements.toml ([[restatement]] with period = "{evaluation.period.label}", revision = {revision}, reason, role, date), and release it again: it becomes revision {revision}.'
    )


def _check_definitions(known: Ledger, project: Project) -> None:
    """What was released under one definition is not laid beside another: no audit could say what both together tell."""
    earlier = dict(zip(known.cells["indicator"], known.cells["definition"]))
    for code, found in {sheet.code: ledger.definition(project, sheet) for sheet in project.sheets}.items():
        if ledger.AUDITED in found + earlier.get(code, "") and earlier.get(code, found) != found:
            raise Refused(
                f"Indicator {code} was released before with another calculation, other categories, another policy, or other days of the project. What both tell together cannot be audited: give the changed indicator a code of its own."
            )
    gone = sorted(set(earlier) - {sheet.code for sheet in project.sheets})
    if gone:
        raise Refused(
            f"Indicator {gone[0]} was released before, and indicators/ has it no more: put its reference sheet back, so that it can be audited."
        )


def _audit(cells: pd.DataFrame, known: Ledger, evaluation: Evaluation) -> None:
    """Refused: a cell can be shown to be small. Which one is written to internal/ only."""
    project = evaluation.project
    place = output_folder(project.folder, "internal") / "release" / f"{evaluation.period.label}.txt"
    try:
        found = opened(versioned([*ledger.printed(project, known), cells]), project, conditioned(project))
        failures = [str(cell) for cell in found]
    except NotAudited as reason:
        failures = [str(reason)]
    place.unlink(missing_ok=True)
    if failures:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.parent.chmod(0o700)
        place.write_text("\n".join([MARKING, *failures, ""]), encoding="utf-8")
        raise Refused(
            f"{evaluation.period} is not released: the audit of everything published to date did not pass. {place.parent.parent.name}/release/{place.name} says of which tables; coarsen or withhold them (policy.toml), and release again."
        )


def _publish(
    draft: Path, folder: Path, cells: pd.DataFrame, known: Ledger, release_: tuple[str, int, str], reason: str
) -> Path:
    """Copies the report whole, then writes the ledger; what was interrupted between the two is found by the next reading."""
    text, head = ledger.lines_of(cells, release_, known.head)
    name = folder / ledger.name_of(*release_[:2])
    with replacing(name) as fresh:
        copytree(draft, fresh, dirs_exist_ok=True)
        record = dict(zip(ledger.RELEASE, release_)) | {
            "reason": reason,
            "ledger": head,
            "files": ledger.files_of(fresh),
        }
        (fresh / ledger.RECORD).write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    path = folder / "ledger.csv"
    _write_whole(path, (path.read_text(encoding="utf-8") if path.exists() else ledger.HEADER) + text)
    return name


def _write_index(project: Project) -> None:
    """Last, from what is released by then: where this is interrupted, the next release writes it."""
    _write_whole(ledger.folder_of(project) / "index.html", index.page(project, ledger.read(project)))


def _write_whole(path: Path, text: str) -> None:
    whole = path.with_name(f".{path.name}.new")
    whole.write_text(text, encoding="utf-8")
    with whole.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(whole, path)
