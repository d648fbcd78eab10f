"""python -m ctanalysis: what the Makefile calls. Exit status 2 and a plain sentence for what is refused."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ctanalysis import formats, reports
from ctanalysis.base.errors import Refused
from ctanalysis.base.parameters import FLAG, OPTIONS, PLACED, RECEIVE, WORDS, AsTyped, joined, parameter, spoken
from ctanalysis.language import Speech
from ctanalysis.periods import Calendar, Period
from ctanalysis.project import MARKING, SHIPPED, Project, load, output_folder
from ctanalysis.records import UNREAD, Records, first_step, read

PARAMETER = "a parameter of the notebooks, as papermill takes them: -p period FY2015Q1 -p project data"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    options = _parser().parse_args(joined(sys.argv[1:] if arguments is None else arguments))
    try:
        reports.check_parameters([name for name, _ in getattr(options, "parameters", ())])
        options.documents = formats.asked(getattr(options, "formats", ""))
        return options.command(options) or 0
    except KeyboardInterrupt:
        print("Interrupted. What was made until then is whole; the rest is as it was.", file=sys.stderr)
        return 130
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
    for command in COMMANDS:
        name = command.__name__.strip("_")
        added = commands.add_parser(name, help=WORDS[name], description=WORDS[name])
        added.set_defaults(command=command)
        if name in PLACED:
            added.add_argument(PLACED[name][0], nargs=PLACED[name][1], help=PLACED[name][2])
        if command is _newproject:
            continue
        for option, what in OPTIONS.get(name, {}).items():
            added.add_argument(f"--{option}", action=AsTyped, default="", help=what)
        added.add_argument(
            FLAG, dest="parameters", type=parameter, action="append", default=[], metavar="NAME VALUE", help=PARAMETER
        )
    return parser


def _report(options: argparse.Namespace) -> None:
    from ctanalysis import quality
    from ctanalysis.intake import datacheck

    given = reports.source(_folder(options))
    period, asked = _period(options, given.project.calendar), _asked(options, given.project)
    if not dict(options.parameters).get("period"):
        quality.check_some_came(given.project, given.records, period)
    print(datacheck.told_in_short(given.project, given.records, period, Speech(given.project.facts.language)))
    made = reports.make_from(given, period.label, asked=asked)
    first = given.project.facts.language
    for code in asked.languages or (first,):
        print(f"{_shortest(made)}/{reports.languages.place('' if code == first else code, 'evaluation.html')}")


def _reports(options: argparse.Namespace) -> int:
    from ctanalysis import cluster
    from ctanalysis.reports import many, running

    folders, typed = many.folders(options.projects, _folder(options)), many.typed(options)
    engine = cluster.engine(options.scheduler, options.certificates)
    if len(folders) > 1:
        failures = many.make(folders, typed, engine, partial(print, flush=True))
    else:
        one = many.work(folders[0], typed)
        if one.stale:
            _say_rows(one.given.project, one.given.records)
        print(one.told, flush=True)
        failures = running.failures(engine([one]), len(one.stale))
    print(*failures, sep="\n", end="\n" if failures else "", file=sys.stderr)
    return 1 if failures else 0


def _plan(options: argparse.Namespace) -> None:
    from ctanalysis.reports import many, running

    one = many.work(_folder(options), many.typed(options))
    running.plan_all(one.stale, one.given, asked=one.asked)
    print(f"{one.periods} reports: {one.periods - len(one.stale)} as they are, {len(one.stale)} to be looked at")


def _verify(options: argparse.Namespace) -> int:
    from ctanalysis.reports import verifying

    folder, project = _project(options)
    period, faults = _period(options, project.calendar), 0
    for fault, line in verifying.verify(period, folder):
        faults += fault
        print(f"DIFFERS  {line}" if fault else line, flush=True)
    print(
        f"{period}: {faults} differences that nothing explains"
        if faults
        else f"{period}: what can be compared is the same"
    )
    return 1 if faults else 0


def _compare(options: argparse.Namespace) -> None:
    from ctanalysis.reports import comparing

    if not all(options.folders):
        raise Refused("Name two reports or releases: make compare A=reports/FY2014 B=releases/FY2014.")
    one, other = map(Path, options.folders)
    difference = comparing.compare(one, other)
    for line in comparing.said(difference):
        print(line)
    place = comparing.write_internal(difference, one, other)
    if place:
        print(f"{MARKING}: {_shortest(place)}")


def _release(options: argparse.Namespace) -> None:
    from ctanalysis import releases
    from ctanalysis.intake.receiving.request import switch

    folder, project = _project(options)
    label = dict(options.parameters).get("period", "")
    if not label:
        raise Refused("No period is named: make release PERIOD=FY2014 DATE=2015-01-20.")
    key, asked = (project.calendar.parse(label).label, options.date, folder), _asked(options, project)
    dry = switch("DRY", options.dry)
    releases.spoken(project, asked.languages)
    _say_rows(project, read(project))
    print(*(releases.cost(*key) if dry else [_shortest(releases.release(*key, asked=asked))]), sep="\n")


def _region(options: argparse.Namespace) -> None:
    from ctanalysis import region

    if _folder(options):
        raise Refused("A region is several projects: make region PROJECTS='projects/*' PERIOD=FY2015Q1.")
    made = region.make(options.projects, dict(options.parameters).get("period", ""), options.languages)
    print(*map(_shortest, region.pages(made, options.languages)), sep="\n")


def _check(options: argparse.Namespace) -> int:
    from ctanalysis import quality
    from ctanalysis.intake import datacheck

    folder, project = _project(options)
    period = _period(options, project.calendar)
    output, speech = output_folder(folder, "internal") / "check", reports.languages.speech(project, spoken(options))
    rows = datacheck.check(project, output, speech)
    if step := first_step(project, rows):
        print(speech.heard(step))
        return 0
    print(datacheck.told(project, rows, period, speech), end="\n\n")
    if not rows.of(UNREAD):
        titles = [table.title for table in project.package.resources]
        print(quality.summary(quality.write(project, rows, period, output), period, speech, titles))
    print(_shortest(output))
    return datacheck.status(rows)


def _receive(options: argparse.Namespace) -> int:
    from ctanalysis.intake import receiving

    _, project = _project(options)
    typed = {name: str(getattr(options, name)) for name in RECEIVE}
    period = dict(options.parameters).get("period", "")
    received = receiving.receive(project, typed | {"period": period})
    print(*received.lines, sep="\n")
    return received.status


def _internal(options: argparse.Namespace) -> None:
    from ctanalysis import internal

    folder, project = _project(options)
    period = _period(options, project.calendar)
    _say_rows(project, read(project))
    output = output_folder(folder, "internal") / period.label
    internal.write(project, period, output)
    print(f"{MARKING}: {_shortest(output)}")


def _sheet(options: argparse.Namespace) -> None:
    from ctanalysis.tables.as_read import as_read

    _, project = _project(options)
    print(as_read(project, options.code, _period(options, project.calendar)))


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


def _asked(options: argparse.Namespace, project: Project) -> reports.Asked:
    """The documents and languages that a command names."""
    return reports.Asked(options.documents, reports.languages.named(project, spoken(options)))


def _say_rows(project: Project, rows: Records) -> None:
    """Says how many rows were read, used and held back."""
    from ctanalysis.intake import datacheck

    print(datacheck.in_short(rows, Speech(project.facts.language)))


def _project(options: argparse.Namespace) -> tuple[str, Project]:
    """The project's folder as given, and the project."""
    folder = _folder(options)
    return folder, load(folder or SHIPPED)


def _folder(options: argparse.Namespace) -> str:
    return str(dict(options.parameters).get("project", ""))


def _shortest(path: Path) -> Path:
    """A path as short as the person who called sees it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


Command = Callable[[argparse.Namespace], int | None]
COMMANDS: tuple[Command, ...] = (
    _report, _reports, _plan, _verify, _compare, _release, _region,
    _check, _receive, _internal, _sheet, _templates, _newproject,
)  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
