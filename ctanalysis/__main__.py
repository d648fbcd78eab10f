"""python -m ctanalysis: what the Makefile calls. Exit status 2 and a plain sentence for what is refused."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.disclosure import answers
from ctanalysis.periods import Calendar, Period
from ctanalysis.project import MARKING, Project, output_folder
from ctanalysis.reports import check_parameters

PARAMETER = "a parameter of the notebooks, as papermill takes them: -p period FY2015Q1 -p project data"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    os.environ.pop(answers.FILE, None)  # what another process may have left there is not believed
    try:
        check_parameters([name for name, _ in getattr(options, "parameters", ())])
        return options.command(options) or 0
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename or 'A file'}: {error.strerror}.", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ctanalysis",
        description="Evaluate a counter-trafficking project, one reporting period at a time.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for command, words in COMMANDS.items():
        added = commands.add_parser(command.__name__.strip("_"), help=words, description=words)
        added.set_defaults(command=command)
        if command is _newproject:
            added.add_argument("folder", help="where; it must not exist yet, or be empty")
            continue
        if command is _release:
            added.add_argument("--date", required=True, help="the day of the release: 2015-01-20")
        added.add_argument(
            "-p", dest="parameters", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"), help=PARAMETER
        )
    return parser


def _report(options: argparse.Namespace) -> None:
    folder, project = _project(options)
    period = _period(options, project.calendar)
    _say_rows(project)
    _make(period.label, folder)


def _reports(options: argparse.Namespace) -> None:
    folder, project = _project(options)
    _say_rows(project)
    for period in (*project.calendar.completed("quarter"), *project.calendar.completed("year")):
        _make(period.label, folder)


def _release(options: argparse.Namespace) -> None:
    from ctanalysis import releases

    folder, project = _project(options)
    label = dict(options.parameters).get("period", "")
    if not label:
        raise Refused("No period is named: make release PERIOD=FY2014 DATE=2015-01-20.")
    _say_rows(project)
    print(_shortest(releases.release(project.calendar.parse(label).label, options.date, folder)))


def _check(options: argparse.Namespace) -> int:
    from ctanalysis import quality
    from ctanalysis.intake import datacheck
    from ctanalysis.records import UNREAD

    folder, project = _project(options)
    period = _period(options, project.calendar)
    output = output_folder(folder, "internal") / "check"
    rows = datacheck.check(project, output)
    for text in (datacheck.summary(rows), datacheck.details(rows)):
        print(text, end="\n\n" if text else "")
    if project.corrections:
        print(f"Corrections on the record (judgements/corrections.toml): {len(project.corrections)}, all applied.\n")
    if not rows.of(UNREAD):
        print(quality.summary(quality.write(project, rows, period, output), period))
    print(_shortest(output))
    return datacheck.status(rows)


def _internal(options: argparse.Namespace) -> None:
    from ctanalysis import internal

    folder, project = _project(options)
    period = _period(options, project.calendar)
    _say_rows(project)
    output = output_folder(folder, "internal") / period.label
    internal.write(project, period, output)
    print(f"{MARKING}: {_shortest(output)}")


def _templates(options: argparse.Namespace) -> None:
    from ctanalysis.intake import templates

    folder, project = _project(options)
    for path in templates.write(project, output_folder(folder, "templates")):
        print(_shortest(path))


def _newproject(options: argparse.Namespace) -> None:
    from ctanalysis.intake import newproject

    print(_shortest(newproject.lay_out(options.folder)))


def _period(options: argparse.Namespace, calendar: Calendar) -> Period:
    """The period that was named, or the last complete quarter."""
    named = dict(options.parameters).get("period", "")
    return calendar.parse(named) if named else calendar.latest()


def _say_rows(project: Project) -> None:
    """Says how many rows were read, used and held back; what cannot be read is refused here."""
    from ctanalysis import records
    from ctanalysis.intake import datacheck

    rows = records.read(project)
    print(datacheck.summary(rows))
    if rows.of(records.HELD_BACK):
        print("Rows that are held back are not counted. make check says which and why.")


def _project(options: argparse.Namespace) -> tuple[str, Project]:
    """The project's folder as given, and the project."""
    from ctanalysis.project import SHIPPED, load

    folder = dict(options.parameters).get("project", "")
    return folder, load(folder or SHIPPED)


def _make(period: str, folder: str) -> None:
    from ctanalysis import reports

    print(f"{_shortest(reports.make(period, folder))}/evaluation.html")


def _shortest(path: Path) -> Path:
    """A path as short as the person who called sees it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


COMMANDS: dict[Callable[[argparse.Namespace], int | None], str] = {
    _report: "make the report of a period, by default the last complete quarter",
    _reports: "make the report of every complete quarter and year",
    _release: "publish the report of a period as of a day: "
    "audited against everything before, recorded, never changed again",
    _check: "check the records, and their quality for a period; "
    "exit status 1 where rows are held back or a file cannot be read",
    _internal: "write the exact working tables of a period, for those who may see the records; not for publication",
    _templates: "write entry workbooks and XLSForms for the project's tables",
    _newproject: "lay out an empty project folder",
}


if __name__ == "__main__":
    sys.exit(main())
