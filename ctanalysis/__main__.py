"""python -m ctanalysis: what the Makefile calls. Exit status 2 and a plain sentence for what is refused."""

import argparse
import sys
from pathlib import Path

from ctanalysis.errors import Refused
from ctanalysis.reports import check_parameters


def main(arguments=None):
    """Runs one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        check_parameters([name for name, _ in getattr(options, "parameters", ())])
        options.command(options)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename or 'A file'}: {error.strerror}.", file=sys.stderr)
        return 2
    return 0


def _parser():
    parser = argparse.ArgumentParser(prog="python -m ctanalysis", description="Evaluate a counter-trafficking project, one reporting period at a time.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for command, words in (
        (_report, "make the report of a period, by default the last complete quarter"),
        (_reports, "make the report of every complete quarter and year"),
        (_demonstration, "write the synthetic records of the shipped project"),
    ):
        added = commands.add_parser(command.__name__.strip("_"), help=words, description=words)
        added.set_defaults(command=command)
        if command is not _demonstration:
            added.add_argument("-p", dest="parameters", metavar=("NAME", "VALUE"), nargs=2, action="append", default=[], help="a parameter of the notebooks, as papermill takes them: -p period FY2015Q1 -p project data")
    return parser


def _report(options):
    project, calendar = _project(options)
    _make(dict(options.parameters).get("period") or calendar.latest().label, project)


def _reports(options):
    project, calendar = _project(options)
    for period in (*calendar.completed("quarter"), *calendar.completed("year")):
        _make(period.label, project)


def _project(options):
    """The project's folder as given, and its calendar."""
    from ctanalysis.evaluation import SHIPPED
    from ctanalysis.project import load

    folder = dict(options.parameters).get("project", "")
    return folder, load(folder or SHIPPED).calendar


def _make(period, project):
    from ctanalysis import reports

    folder = reports.make(period, project)
    shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    print(f"{shown}/evaluation.html")


def _demonstration(options):
    from ctanalysis import demonstration
    from ctanalysis.evaluation import SHIPPED

    demonstration.write(SHIPPED)


if __name__ == "__main__":
    sys.exit(main())
