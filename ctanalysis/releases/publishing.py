"""The order in which a report is released: made, audited against everything before, copied, recorded, listed."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from ctanalysis import reports
from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import for_this_user, replacing, write_whole
from ctanalysis.disclosure import conditioned, ledger
from ctanalysis.disclosure.audit import NotAudited, opened
from ctanalysis.disclosure.audit.versions import versioned
from ctanalysis.disclosure.ledger import Ledger
from ctanalysis.evaluation import Evaluation
from ctanalysis.periods import Period
from ctanalysis.project import MARKING, Project, output_folder
from ctanalysis.releases import index


def release(period: str, day: str, project: str | Path = "", say: Callable[[str], None] = print) -> Path:
    """Releases the report of a period as of a day (ISO text), and returns its folder.

    The same report again changes nothing, but for an index of releases that was harmed. Refused:
    what reports.make refuses; a ledger that was changed; a day that is none, or before an earlier
    release; a report that differs from what was released without a reason in
    judgements/restatements.toml; an audit that finds a cell, or ends without an answer; another
    release meanwhile. Nothing is then published.
    """
    given = reports.source(project)
    loaded = given.project
    earlier = ledger.read(loaded)
    ledger.check_files(loaded, earlier.releases)
    _check_day(day, loaded.calendar.parse(period), earlier)
    _check_definitions(earlier, loaded)
    evaluation = given.evaluation(period)
    draft = reports.remake(given, evaluation, say)  # what is audited is what is copied, whatever lay there
    _check_draft(draft, evaluation)
    folder, revision = ledger.folder_of(evaluation.project), earlier.revisions(evaluation.period.label)
    last = folder / ledger.name_of(evaluation.period.label, max(revision - 1, 0))
    if revision and reports.files_of(draft) == reports.files_of(last):
        say(f"{evaluation.period}: this report is released already, and nothing has changed")
        released = last
    else:
        reason = _reason(evaluation, revision, last) if revision else ""
        cells = published_cells(evaluation)
        _audit(cells, earlier, evaluation)
        _check_alone(earlier, evaluation)
        lines, head = ledger.lines_of(cells, (evaluation.period.label, revision, day), earlier.head)
        reports.keep_internal(draft, folder / ledger.name_of(evaluation.period.label, revision))
        released = _publish(draft, folder, lines, _record(evaluation, revision, day, reason, head))
    _write_index(evaluation.project)
    return released


def _record(evaluation: Evaluation, revision: int, day: str, reason: str, head: str) -> dict[str, Any]:
    """What a release says of itself. head: of the ledger with it; library: the commit that made it."""
    return {
        "release": evaluation.period.label,
        "revision": revision,
        "date": day,
        "reason": reason,
        "ledger": head,
        "library": reports.library_commit(),
    }


def published_cells(evaluation: Evaluation) -> pd.DataFrame:
    """Every cell that a report prints, once, with what it is a number of.

    Returns a frame with the ledger's CELL, definition and PRINTED.
    """
    printed = pd.concat([evaluation.protected_values.values, evaluation.protected_history.values], ignore_index=True)
    codes = {sheet.code: ledger.definition(evaluation.project, sheet) for sheet in evaluation.project.sheets}
    cells = printed.drop_duplicates(ledger.CELL).assign(definition=printed["indicator"].map(codes))
    return cells[["indicator", "definition", *ledger.CELL[1:], *ledger.PRINTED]].reset_index(drop=True)


def _check_day(day: str, period: Period, earlier: Ledger) -> None:
    if not day:
        raise Refused("The day of the release is missing: make release PERIOD=FY2014 DATE=2015-01-20.")
    try:
        released = date.fromisoformat(day)
    except (ValueError, TypeError):
        raise Refused(f"'{day}' is no day: write the day of the release like DATE=2015-01-20.") from None
    if released.isoformat() != day or released <= period.end:
        raise Refused(f"'{day}' cannot be the day on which {period} was released: the period ends on {period.end}.")
    if earlier.releases and day < earlier.releases[-1][2]:
        name, _, last = earlier.releases[-1]
        raise Refused(f"{name} was released on {last}; a release after it cannot be of {day}.")


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
        f"{last}: {evaluation.period} is released, and what is released is never changed; the report differs now. "
        "If that is right, say why in judgements/restatements.toml "
        f'([[restatement]] with period = "{evaluation.period.label}", revision = {revision}, reason, role, date), '
        f"and release it again: it becomes revision {revision}."
    )


def _check_definitions(earlier: Ledger, project: Project) -> None:
    """What was released under one definition is not laid beside another: no audit could say what both together tell."""
    before = dict(zip(earlier.cells["indicator"], earlier.cells["definition"], strict=True))
    now = {sheet.code: ledger.definition(project, sheet) for sheet in project.sheets}
    for code, definition in now.items():
        if ledger.AUDITED in definition + before.get(code, "") and before.get(code, definition) != definition:
            raise Refused(
                f"Indicator {code} was released before with another calculation, other categories, another policy, "
                "or other days of the project. What both tell together cannot be audited: "
                "give the changed indicator a code of its own."
            )
    gone = sorted(set(before) - set(now))
    if gone:
        raise Refused(
            f"Indicator {gone[0]} was released before, and indicators/ has it no more: "
            "put its reference sheet back, so that it can be audited."
        )


def _audit(cells: pd.DataFrame, earlier: Ledger, evaluation: Evaluation) -> None:
    """Refused: a cell can be shown to be small. Which one is written to internal/ only."""
    project = evaluation.project
    place = output_folder(project.folder, "internal") / "release" / f"{evaluation.period.label}.txt"
    try:
        cells_so_far = versioned([*ledger.printed(project, earlier), cells])
        failures = [str(cell) for cell in opened(cells_so_far, project, conditioned(project))]
    except NotAudited as reason:
        failures = [str(reason)]
    place.unlink(missing_ok=True)
    if failures:
        for_this_user(place.parent)
        place.write_text("\n".join([MARKING, *failures, ""]), encoding="utf-8")
        raise Refused(
            f"{evaluation.period} is not released: the audit of everything published to date did not pass. "
            f"{place.parent.parent.name}/release/{place.name} says of which tables; "
            "coarsen or withhold them (policy.toml), and release again."
        )


def _check_alone(earlier: Ledger, evaluation: Evaluation) -> None:
    """Refused: somebody else released something since the ledger was read, which this audit did not look at."""
    if ledger.read(evaluation.project).head != earlier.head:
        raise Refused(
            f"{evaluation.period} is not released: another release was published meanwhile. "
            "Release it again, so that both are audited together."
        )


def _publish(draft: Path, folder: Path, lines: str, record: dict[str, Any]) -> Path:
    """Copies the report whole, with its record, then adds its lines to the ledger; returns the folder of the release.

    What is interrupted between the two is found by the next reading.
    """
    released = folder / ledger.name_of(record["release"], record["revision"])
    with replacing(released) as fresh:
        copytree(draft, fresh, dirs_exist_ok=True)
        whole = record | {"files": ledger.files_of(fresh)}
        (fresh / ledger.RECORD).write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    path = folder / "ledger.csv"
    write_whole(path, (path.read_text(encoding="utf-8") if path.exists() else ledger.HEADER) + lines)
    return released


def _write_index(project: Project) -> None:
    """Last, from what is released by then: where this is interrupted, the next release writes it."""
    write_whole(ledger.folder_of(project) / "index.html", index.page(project, ledger.read(project)))
