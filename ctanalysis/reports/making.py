"""The order in which a report comes about."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

from ctanalysis.base.replacing import replacing
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.answers import handed_on
from ctanalysis.evaluation import Evaluation, named
from ctanalysis.project import output_folder
from ctanalysis.reports import files, notebooks, pages
from ctanalysis.reports.freshness import is_fresh
from ctanalysis.tables import utility

AT_ONCE = 2  # notebooks; each has a kernel of its own


def make(period: str, project: str | Path = "", say: Callable[[str], None] = print) -> Path:
    """Makes the report of a period, unless nothing has changed since, and returns its folder.

    The folder is reports/<period>/ beside the library for the shipped project, and in the
    project's own folder for another. Refused: what evaluate() refuses, and a notebook that
    stopped; the report there was is then as it was.
    """
    evaluation = named(period, project)  # refuses in a second what the notebooks would refuse in ten
    folder = output_folder(project, "reports") / evaluation.period.label
    if is_fresh(folder, evaluation.project.folder):
        say(f"{evaluation.period}: nothing has changed since the report was made")
        return folder
    return remake(evaluation, project, say)


def remake(evaluation: Evaluation, project: str | Path = "", say: Callable[[str], None] = print) -> Path:
    """Makes the report of an evaluation, whatever is there, and returns its folder; else as make()."""
    folder = output_folder(project, "reports") / evaluation.period.label
    sources = notebooks.chosen(evaluation.project)
    with replacing(folder) as fresh:
        say(f"{evaluation.period}: {', '.join(source.stem for source in sources)}")
        parameters = {"period": evaluation.period.label, "project": str(Path(project)) if project else ""}
        with handed_on(), ThreadPoolExecutor(AT_ONCE) as pool:
            done = pool.map(lambda source: notebooks.execute(source, parameters, folder), sources)
            executed = dict(zip((source.stem for source in sources), done, strict=True))
        for name, notebook in executed.items():
            nbformat.write(notebook, fresh / f"{name}.ipynb")  # type: ignore[no-untyped-call]  # nbformat is not typed
            (fresh / f"{name}.html").write_text(
                pages.page(notebook, name, evaluation, list(executed)), encoding="utf-8"
            )
        files.write(evaluation, executed.values(), fresh)
        (fresh / "manifest.json").write_text(_manifest(evaluation, fresh), encoding="utf-8")
    return folder


def _manifest(evaluation: Evaluation, folder: Path) -> str:
    """What the report is of, what protection cost its breakdowns, and a hash of every file; nothing of the records."""
    facts, period = evaluation.project.facts, evaluation.period
    manifest = {
        "project": facts.name,
        "period": period.label,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "records_through": facts.records_through.isoformat(),
        "synthetic": facts.synthetic,
        "breakdowns": utility(evaluation),
        "files": ledger.files_of(folder),
    }
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
