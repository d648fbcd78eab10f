"""The order in which a report comes about.

    inputs changed? ─▶ evaluation ─▶ what is shown changed? ─▶ those notebooks, in children ─▶ pages, values, manifest

All is written into a new folder, which takes the place of the old one.
"""

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from ctanalysis import figures, records
from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import replacing
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import Ledger
from ctanalysis.evaluation import Evaluation, evaluated, prepared
from ctanalysis.project import SHIPPED, Project, clear_outputs, load, output_folder
from ctanalysis.records import Records
from ctanalysis.reports import files, manifest, notebooks, pages, shown
from ctanalysis.reports.children import Ended, Say, can_fork, each, here
from ctanalysis.reports.inputs import Hashes, Inputs, hash_of, inputs
from ctanalysis.reports.warm import warm

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

AS_BEFORE = "The report is as it was before."


@dataclass(frozen=True)
class Source:
    """What the reports of a project are made from: the project, its records, read once, and the hashes of all inputs.

    given: the project's folder as it was named; empty for the shipped project. released: what was published of it.
    """

    project: Project
    given: str | Path
    inputs: Inputs
    released: Ledger

    @cached_property
    def records(self) -> Records:
        return records.read(self.project)

    def evaluation(self, label: str) -> Evaluation:
        """The evaluation of a period."""
        return evaluated(self.project, self.records, self.project.calendar.parse(label), self.released)

    def until(self, head: str) -> "Source | None":
        """The same as of the time when this was the ledger's head; None where it never was."""
        then = self.released.until(head)
        if then is None:
            return None
        kinds = self.inputs.kinds | {"ledger": {"head": head} if head else {}}
        earlier = replace(self, released=then, inputs=Inputs(kinds))
        vars(earlier)["records"] = self.records  # which need not be read again
        return earlier

    def folder(self, label: str) -> Path:
        """Where the report of a period stands."""
        return self.reports / label

    @property
    def reports(self) -> Path:
        """Where the reports stand: beside the library, or in the folder of another project."""
        return output_folder(self.project.folder, "reports")


@dataclass(frozen=True)
class Plan:
    """What of a report is to be made. run: names of the notebooks to run.

    kept: the pages of the others, which are as they were, with their hashes.
    """

    run: tuple[str, ...]
    kept: Hashes = field(default_factory=dict)


def source(project: str | Path = "") -> Source:
    """The Source of a project. Refused: what load() refuses, a ledger that was changed."""
    folder = load(project or SHIPPED)
    released = ledger.read(folder)
    hashed = inputs(folder, notebooks.chosen(folder), released.head)
    loaded = load(project or SHIPPED)  # again: what is read before its hash is taken might be what stood there before
    return Source(loaded, project, hashed, released)


def make(period: str, project: str | Path = "", say: Callable[[str], object] = print) -> Path:
    """Makes the report of a period, as far as something has changed, and returns its folder.

    Refused: what evaluate() refuses, and a notebook that stopped; the report there was is then as it was.
    """
    if not period:
        raise Refused("No period is named: make report PERIOD=FY2015Q1.")
    return make_from(source(project), period, say)


def make_from(given: Source, period: str, say: Callable[[str], object] = print) -> Path:
    """make() of a Source that is there already."""
    clear_outputs(given.project.folder)
    label = given.project.calendar.parse(period).label
    if not reason(given, label):
        say(f"{label}: nothing has changed since the report was made")
        return given.folder(label)
    evaluation = given.evaluation(label)
    planned = plan(given, evaluation)
    say(f"{label}: {', '.join(planned.run) or 'the values only'}")
    return build(given, evaluation, planned, CORES)


def remake(given: Source, evaluation: Evaluation, say: Callable[[str], object] = print) -> Path:
    """Makes the report of an evaluation of the source, whatever is there, and returns its folder; else as make()."""
    planned = everything(given)
    say(f"{evaluation.period}: {', '.join(planned.run)}")
    return build(given, evaluation, planned, CORES)


def everything(given: Source) -> Plan:
    """All notebooks of a report."""
    return Plan(tuple(page.name for page in notebooks.chosen(given.project)))


def reason(given: Source, label: str) -> str:
    """Why the report of a period is not what its inputs say today; empty where nothing has changed."""
    folder = given.folder(label)
    if not folder.exists():
        return "there is none yet"
    before = manifest.read_whole(folder)
    if before is None:
        return "its manifest is not whole"
    changed = given.inputs.changed(before["inputs"])
    if changed:
        return "; ".join(f"{kind}: {', '.join(names)}" for kind, names in changed.items())
    if {name: before[name] for name in manifest.environment()} != manifest.environment():
        return "other versions of Python or of packages"
    return "" if _files(folder) == before["files"] else "a file of it was changed or taken away"


def plan(given: Source, evaluation: Evaluation) -> Plan:
    """Which notebooks of a report are to be run: those that show what has changed, or whose page was changed."""
    folder = given.folder(evaluation.period.label)
    now = shown.hashes(evaluation, given.inputs)
    before = manifest.read_whole(folder) or {"shown": {}, "files": {}}
    there = _files(folder)

    def is_kept(name: str) -> bool:
        whole = all(page in there and there[page] == before["files"].get(page) for page in _pages(name))
        return whole and name in now and now[name] == before["shown"].get(name)

    names = everything(given).run
    kept = [page for name in names if is_kept(name) for page in _pages(name)]
    return Plan(tuple(name for name in names if not is_kept(name)), {page: there[page] for page in kept})


def _pages(name: str) -> tuple[str, str]:
    return f"{name}.ipynb", f"{name}.html"


def _files(folder: Path) -> Hashes:
    """The files of a report with their hashes; none where there is no report, or another run is just replacing it."""
    try:
        return manifest.files_of(folder)
    except FileNotFoundError:
        return {}


def build(given: Source, evaluation: Evaluation, planned: Plan, at_once: int) -> Path:
    """Makes a report as planned, so many notebooks at once.

    Refused: a notebook that stopped; an input that was changed meanwhile, for the manifest would name another one.
    """
    folder = given.folder(evaluation.period.label)
    with replacing(folder) as fresh:
        replaced = {
            Path(page).stem for page, hashed in planned.kept.items() if not _copied(folder / page, hashed, fresh)
        }
        write(given, evaluation, Plan((*planned.run, *sorted(replaced))), fresh, at_once)
        _check_inputs(given, evaluation.period.label)
        manifest.write_internal(given.project, given.inputs, given.records.tally, fresh, folder)
    return folder


def _copied(page: Path, hashed: str, fresh: Path) -> bool:
    """Whether a page that is kept is in the new report; not where another run has replaced it since it was planned."""
    try:
        copyfile(page, fresh / page.name)
        return hash_of(fresh / page.name) == hashed
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
    theirs = {page.name for page in notebooks.chosen(evaluation.project) if page.own}
    executed = [notebooks.read(path) for path in sorted(fresh.glob("*.ipynb")) if path.stem not in theirs]
    files.write(evaluation, executed, fresh)
    manifest.write(evaluation, given.inputs, shown.hashes(evaluation, given.inputs), fresh)


def _run(given: Source, evaluation: Evaluation, planned: Plan, fresh: Path, at_once: int) -> None:
    """Runs the planned notebooks and writes their pages."""
    chosen = {page.name: page for page in notebooks.chosen(evaluation.project)}
    titles = {page.name: page.title for page in chosen.values()}
    parameters = {"period": evaluation.period.label, "project": str(Path(given.given)) if given.given else ""}
    folder = given.folder(evaluation.period.label)

    def work(name: str) -> Callable[[Say], None]:
        def run(say: Say) -> None:
            try:
                notebook = notebooks.execute(chosen[name], parameters, folder, fresh)
                notebooks.write(notebook, fresh / f"{name}.ipynb")
                page = pages.page(notebook, name, evaluation, titles, chosen[name].own)
                (fresh / f"{name}.html").write_text(page, encoding="utf-8")
            except Refused as refusal:
                say(str(refusal))

        return run

    works = {name: work(name) for name in planned.run}
    with (
        TemporaryDirectory(dir=fresh) as drawn,
        figures.drawn_once(Path(drawn)),
        prepared(evaluation),
        closing(each(works, at_once) if at_once > 1 else here(works)) as ended,  # the cells have a child in any case
    ):  # none still writes when one has stopped
        for name, outcome in ended:
            if isinstance(outcome, Ended):
                raise Refused(f"The notebook {name}.ipynb was not run: its process {outcome}.\n{AS_BEFORE}")
            if outcome:
                raise Refused(outcome)
