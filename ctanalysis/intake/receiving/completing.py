"""Whether a period is complete, and project.toml with another records_through where that is asked for."""

from collections.abc import Mapping

from ctanalysis.base.errors import Refused
from ctanalysis.intake import completeness
from ctanalysis.intake.receiving import changing, editing, saying
from ctanalysis.intake.receiving.request import switch
from ctanalysis.periods import Period, in_capitals
from ctanalysis.project import Project
from ctanalysis.records import survey
from ctanalysis.records.deliveries import Came

NOT_ALL = "Nothing was changed: not all that is due has come."
NOT_MOVED = "records_through stays where it is: not all that is due has come."
BY_HAND = (
    "Ask for the rest, and take it in when it comes. A partner whose part has ended is named in quality.toml "
    "([[ended]]); one that had nothing to record has a line of deliveries.csv with none in the column rows (add rows "
    "to the first line, where it is not there). With records_through in project.toml moved by hand a report can be "
    "made without the rest: it then says 'not received' where nothing of a table came, and of other values that some "
    "partners' records are missing."
)
Completed = tuple[list[str], str | None]  # what to show, and the text of project.toml where it changes


def completed(project: Project, period: Period, asked: bool, dry: bool, came: Mapping[str, Came]) -> Completed:
    """What has come of a period. asked: move records_through to its end; it stays while something is due.

    came: by table, what Came of it; what has no row of the period that can be used completes nothing.
    """
    quarters = completeness.quarters_to(project, period)
    arrived = [completeness.arrived(project, quarter, came) for quarter in quarters]
    day, lines = min(period.end, project.facts.end), [line for one in arrived for line in saying.due(project, one)]
    if day <= project.facts.records_through:
        return [*lines, f"records_through is {project.facts.records_through} already"], None
    if not asked:
        is_told = all(one.is_complete and not one.is_first for one in arrived)
        command = f"make receive COMPLETE=1 PERIOD={period} moves records_through in project.toml to {day}"
        return [*lines, *([command] if is_told else [])], None
    if not all(one.is_complete for one in arrived):
        return [*lines, NOT_MOVED, BY_HAND], None
    text = (project.folder / "project.toml").read_bytes().decode("utf-8")
    moved = f"records_through {'would move' if dry else 'moves'} to {day} (project.toml)"
    return [*lines, moved], editing.with_records_through(text, day)


def complete(project: Project, typed: dict[str, str]) -> list[str]:
    """Moves records_through to the end of a period of which all has come, without a file; gives the lines to show.

    Refused: no period, or what completed() refuses.
    """
    if typed["partner"].strip() or typed["sent"].strip():
        raise Refused("PARTNER and SENT are of a file that was sent, and no file is named: FILE=...")
    if not typed["period"].strip():
        raise Refused("Say which period is complete, as in make receive COMPLETE=1 PERIOD=FY2015Q2.")
    dry, was = switch("DRY", typed["dry"].strip()), changing.before(project.folder, ["project.toml", "deliveries.csv"])
    period = project.calendar.delivered(in_capitals(typed["period"].strip()))
    lines, text = completed(project, period, True, dry, survey(project).came)
    if NOT_MOVED in lines:
        raise Refused("\n".join([NOT_ALL, *(line for line in lines if line != NOT_MOVED)]))
    if text and not dry:
        changing.change(project.folder, {"project.toml": text.encode("utf-8")}, was)
    return lines
