"""A file that a partner sent is taken in, in one step: looked at, put where it belongs, noted, and checked.

    what was typed ─▶ layout (which sheet is which table) ─▶ plan (which files change) ─▶ trial (the project as it would
    be, read and checked) ─▶ the changes, all or none ─▶ what was found, what is still due

Whatever is refused is refused before anything changes.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.intake.datacheck.screen import visible
from ctanalysis.intake.receiving import again, asking, changing, completing, layout, plan, saying, trial
from ctanalysis.intake.receiving.request import Request, checked
from ctanalysis.periods import Period
from ctanalysis.project import Project, load
from ctanalysis.project.csv_files import Delivery
from ctanalysis.records import UNREAD, Records, survey
from ctanalysis.records.files.restarting import RESTARTING
from ctanalysis.records.findings import NOT_COUNTED
from ctanalysis.records.reading import NONE_USED

__all__ = ["Received", "receive"]


@dataclass(frozen=True)
class Received:
    """The lines to show, and the exit status: 1 where no row can be used, or COMPLETE=1 could not complete."""

    lines: list[str]
    status: int = 0


def receive(project: Project, typed: dict[str, str]) -> Received:
    """Takes a file in, and gives what is Received. typed: what request.checked takes; COMPLETE alone takes no file in.

    Refused: what was typed, the file or a heading of it is not right, it or a key of it is there already, its table
    could not be read with it, no period can be told, or COMPLETE alone is asked for while something is due. Nothing is
    changed then.
    """
    if not typed["file"].strip() and typed["complete"].strip() == "1":
        return Received(completing.complete(project, typed))
    request = checked(project, typed)
    was = changing.before(project.folder, ["datapackage.json", "deliveries.csv", "project.toml"])
    data = request.file.read_bytes()
    with trial.begun(project) as folder:
        held = _looked_at(project, request, data, folder)
        change = _planned(project, request, data, held)
        was |= changing.before(project.folder, [change.place])
        lines, status = _tried(project, request, change, held, folder)
    if not request.dry:
        changing.change(project.folder, change.files, was, request.inside)
    return Received([*lines, "", "DRY=1: nothing was changed." if request.dry else NEXT], status)


def _looked_at(project: Project, request: Request, data: bytes, folder: Path) -> layout.Layout:
    """What the file holds: of the very bytes that are put in its place later."""
    look = folder / request.name
    look.write_bytes(data)
    held = layout.of_file(look, project.package)
    look.unlink()
    return held


def _planned(project: Project, request: Request, data: bytes, held: layout.Layout) -> plan.Plan:
    """The plan. Refused: something is there already, and before that, a partner whom nobody knows."""
    try:
        return plan.planned(project, request, data, held.tables)
    except Refused:
        asking.check_partner(project, survey(project), request.partner)
        raise


def _tried(
    project: Project, request: Request, change: plan.Plan, held: layout.Layout, folder: Path
) -> tuple[list[str], int]:
    """Reads the project as it would be; gives the lines to show, and the status (see Received).

    Adds the delivery, and another day, to the plan.
    """
    trial.laid_out(project, change, folder)
    unknown = Delivery(file=change.place, partner=request.partner, period="", sent=request.sent)
    changed, records = trial.surveyed(project, folder, unknown)
    again.check_sent_once(changed, records, change.place)
    _check_read(records, change.place)
    asking.check_partner(project, records, request.partner)
    period = asking.period(changed, records, request, change.place)
    plan.add_delivery(project, change, request, period.label)
    trial.laid_out(project, change, folder)
    changed, records = _of_period(project, change, held, folder, (changed, records))
    unusable = saying.unusable(records, change.place, period.label)
    after, moved = _after(project, folder, period, request, records)
    if moved:
        plan.put(change, "project.toml", moved)
    lines = [
        *unusable,
        *saying.found(changed, records, held, change.place),
        *saying.planned(project, change, request, period.label),
        *saying.partner(
            project, request.partner, asking.of_tables(asking.listing(project, records), request.partner, records)
        ),
        *after,
        "",
        saying.checked(project, records, request, change.place),
        *saying.stopping(records, change.place),
    ]
    return lines, int(bool(unusable) or completing.NOT_MOVED in lines)


def _of_period(
    project: Project, change: plan.Plan, held: layout.Layout, folder: Path, tried: tuple[Project, Records]
) -> tuple[Project, Records]:
    """What was tried, read anew where the period of the delivery decides which state of a row is read.

    Refused: nothing tells whether the file, or another one, is the later state.
    """
    if not any(project.package.tables[name].repeated for name in held.tables):
        return tried
    changed, records = trial.listed(project, folder)
    again.check_later(records, change.place)
    return changed, records


MOST = 5  # findings of a file that is refused
ROW_BY_ROW = "Correct its rows, or have them corrected, and take it in again"
NEXT = "make check says what there is in all records, and writes the copy to send back."


def _check_read(records: Records, place: str) -> None:
    """Refused: the file, or the table with it, could not be read, so that no report could be made any more."""
    tables = set(records.tally.loc[records.tally["path"] == place, "table"])
    bad = [
        finding
        for finding in records.of(UNREAD)
        if finding.path == place
        or (finding.table in tables and (finding.says == NONE_USED.says or finding.rule == RESTARTING))
    ]
    if not bad:
        return
    why = [finding for finding in records.findings if finding.path == place and finding.severity in NOT_COUNTED]
    more = [f"... and {len(why) - MOST} more"] if len(why) > MOST else []
    told = [replace(one, do=ROW_BY_ROW) if why and one.says == NONE_USED.says else one for one in bad]
    raise Refused("\n".join(["Nothing was changed:", *map(visible, map(str, [*told, *why[:MOST]])), *more]))


def _after(project: Project, folder: Path, period: Period, request: Request, records: Records) -> completing.Completed:
    """Whether the period is complete with the file (see completing.completed)."""
    with trial.in_words_of(project, folder):
        changed = load(folder)
        lines, moved = completing.completed(changed, period, request.complete, request.dry, records.came)
    if request.sent < min(period.end, project.facts.end):
        lines.append(f"It was sent before {period} was over, so {period} is not delivered by it")
    late = (request.sent - min(period.end, project.facts.end)).days
    if late > project.quality.timeliness.due_days:
        lines.append(f"It was sent {late:,} days after {period} was over: is SENT right?")
    return lines, moved
