"""The order in which a report comes about.

    inputs changed? ─▶ evaluation ─▶ what is shown changed? ─▶ those notebooks, in children ─▶ pages, values, manifest

All is written into a new folder, which takes the place of the old one.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from nbformat import NotebookNode

from ctanalysis import figures
from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import replacing
from ctanalysis.disclosure import ledger
from ctanalysis.evaluation import Evaluation, prepared
from ctanalysis.formats.choice import DOCUMENTS, check_installed
from ctanalysis.project import clear_outputs
from ctanalysis.reports import files, index, languages, manifest, notebooks, pieces
from ctanalysis.reports.children import Ended, can_fork, each, here
from ctanalysis.reports.inputs import hash_of, inputs
from ctanalysis.reports.languages import NOTHING, Asked
from ctanalysis.reports.made_from import Source, source
from ctanalysis.reports.planning import Plan, again, plan, reason
from ctanalysis.reports.warm import warm

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

AS_BEFORE = "The report is as it was before."


def make(period: str, project: str | Path = "", say: Callable[[str], object] = print, asked: Asked = NOTHING) -> Path:
    """Makes the report of a period, as far as something has changed, and returns its folder.

    asked: documents and languages. Refused: what evaluate() refuses, and a notebook that stopped; the report there was
    is then as it was.
    """
    if not period:
        raise Refused("No period is named: make report PERIOD=FY2015Q1.")
    return make_from(source(project), period, say, asked)


def make_from(given: Source, period: str, say: Callable[[str], object] = print, asked: Asked = NOTHING) -> Path:
    """make() of a Source that is there already."""
    check_installed(asked.documents)
    clear_outputs(given.project.folder)
    label = given.project.calendar.parse(period).label
    if reason(given, label, asked):
        evaluation = given.evaluation(label)
        planned = plan(given, evaluation, asked)
        say(f"{label}: {', '.join(planned.told) or 'the values only'}")
        build(given, evaluation, planned, CORES)
    else:
        say(f"{label}: nothing has changed since the report was made")
    index.write(given.project, given.released)
    return given.folder(label)


def remake(given: Source, evaluation: Evaluation, say: Callable[[str], object] = print, asked: Asked = NOTHING) -> Path:
    """Makes the report of an evaluation of the source, whatever is there, and returns its folder; else as make().

    The languages and the documents that there were are written again.
    """
    planned = again(given, evaluation, asked)
    check_installed([one for of in planned.documents.values() for one in of])
    say(f"{evaluation.period}: {', '.join(planned.told)}")
    return build(given, evaluation, planned, CORES)


def build(given: Source, evaluation: Evaluation, planned: Plan, at_once: int) -> Path:
    """Makes a report as planned, so many notebooks at once.

    Refused: a notebook that stopped; an input that was changed meanwhile, for the manifest would name another one.
    """
    folder = given.folder(evaluation.period.label)
    with replacing(folder) as fresh:
        copied = {name: _copied(folder / name, hashed, fresh / name) for name, hashed in planned.kept.items()}
        write(given, evaluation, _with_lost(planned, copied), fresh, at_once)
        _check_inputs(given, evaluation.period.label)
        manifest.write_internal(given.project, given.inputs, given.records.tally, fresh, folder)
    return folder


def _with_lost(planned: Plan, copied: dict[str, bool]) -> Plan:
    """The plan, in which a page of which a file could not be kept is made again, with the documents that it had."""
    lost = sorted({name.rpartition(".")[0] for name, is_there in copied.items() if not is_there})
    had = {
        name: tuple(one for one in DOCUMENTS if f"{name}.{one}" in copied or one in planned.documents.get(name, ()))
        for name in lost
    }
    return replace(planned, run=(*planned.run, *lost), documents={**planned.documents, **had})


def _copied(page: Path, hashed: str, to: Path) -> bool:
    """Whether a page that is kept is in the new report; not where another run has replaced it since it was planned."""
    to.parent.mkdir(exist_ok=True)
    try:
        copyfile(page, to)
        return hash_of(to) == hashed
    except FileNotFoundError:
        return False


def _check_inputs(given: Source, label: str) -> None:
    head = ledger.read(given.project).head
    changed = inputs(given.project, notebooks.chosen(given.project), head).changed(given.inputs.kinds)
    for kind, names in changed.items():
        raise Refused(f"{label}: {kind} ({names[0]}) changed while the report was made. {AS_BEFORE} Make it again.")


def write(given: Source, evaluation: Evaluation, planned: Plan, fresh: Path, at_once: int) -> None:
    """Writes a report into a new folder, in which the pages that are kept stand already."""
    if len(planned.run) > 1 and can_fork():
        warm()
    _run(given, evaluation, planned, fresh, at_once)
    names = [page.name for page in notebooks.chosen(evaluation.project) if not page.own]
    files.write(evaluation, _executed(fresh, names), fresh)
    for code in planned.languages:
        files.write_figures(_executed(fresh / code, names), fresh / code)
    languages.link(fresh, names, evaluation.project.facts.language, planned.languages)
    pieces.describe(evaluation, planned.of_first, fresh)
    manifest.write(evaluation, given.inputs, planned.shown, fresh, planned.writers)


def _executed(folder: Path, names: Iterable[str]) -> Iterator[NotebookNode]:
    """The notebooks of these pages as they were run, as far as they are there."""
    yield from (notebooks.read(path) for name in sorted(names) if (path := folder / f"{name}.ipynb").exists())


def _run(given: Source, evaluation: Evaluation, planned: Plan, fresh: Path, at_once: int) -> None:
    """Runs the planned notebooks and writes their pages and documents, and the workbook."""
    works = pieces.works(given, evaluation, planned, fresh)
    with (
        TemporaryDirectory(dir=fresh) as drawn,
        figures.drawn_once(Path(drawn)),
        prepared(evaluation),
        closing(each(works, at_once) if at_once > 1 else here(works)) as ended,  # the cells have a child in any case
    ):  # none still writes when one has stopped
        for name, outcome in ended:
            if isinstance(outcome, Ended):
                raise Refused(f"{pieces.called(name)} was not made: its process {outcome}.\n{AS_BEFORE}")
            if outcome:
                raise Refused(outcome)
