"""A whole publication made in memory: the report notebooks run in this process, their pages, values,
figures and manifest.

Nothing of it is a second way to tell anything: the cells are those of notebooks/, IPython shows what they give, and
the library's own functions write the pages, the files and the manifest.
"""

import base64
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import nbformat
from nbformat.v4 import new_output

from ctanalysis.evaluation import evaluate
from ctanalysis.formats import sheets
from ctanalysis.reports import files, making, manifest, notebooks, pages, pieces, shown


@cache
def _shell():
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    return InteractiveShell.instance(config=config)


def executed(source, parameters):
    """A notebook of a report with its outputs, run here and not in a kernel.

    A cell that stops raises what stopped it.
    """
    from IPython.utils.capture import capture_output

    shell, notebook = _shell(), nbformat.read(source, as_version=4)
    shell.reset(new_session=False)
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        with capture_output() as seen:
            shell.display_trap.hook = sys.displayhook  # the one that keeps what a cell gives
            done = shell.run_cell(cell.source)
        done.raise_error()
        assert not seen.stdout and not seen.stderr
        cell.outputs = [
            new_output("display_data", _as_written(output.data), metadata=output.metadata)
            for output in seen.outputs
            if output.data
        ]
        if "parameters" in cell.metadata.get("tags", ()):
            shell.user_ns.update(parameters)
    return notebook


def _as_written(data):
    """What a notebook's file holds of an output: images as base64."""
    return {
        kind: base64.b64encode(shown).decode() if isinstance(shown, bytes) else shown for kind, shown in data.items()
    }


def publication(project, period):
    """Everything that the report of a period publishes, by the name of its file: bytes. Notebooks are their outputs."""
    evaluation = evaluate(period, project)
    chosen = notebooks.chosen(evaluation.project)
    parameters = {"period": evaluation.period.label, "project": str(project)}
    with patch("ctanalysis.named", lambda *asked: evaluation):  # the same for every notebook
        done = {page.name: notebooks._titled(executed(page.source, of_page(page, parameters)), page) for page in chosen}
    titles = {page.name: page.title for page in chosen}
    given = making.source(project)
    hashes = shown.hashes(evaluation, given.inputs)
    with TemporaryDirectory() as folder:
        fresh = Path(folder)
        for name, notebook in done.items():
            page = pages.page(notebook, name, evaluation, titles, pieces.draft(hashes[name], evaluation.project.speech))
            (fresh / f"{name}.html").write_text(page, encoding="utf-8")
            (fresh / f"{name}.outputs").write_text(repr(outputs(notebook)), encoding="utf-8")
        files.write(evaluation, done.values(), fresh)
        state = pieces.draft(hashes, evaluation.project.speech)
        (fresh / pieces.WORKBOOK).write_bytes(sheets.report(evaluation, pieces.of_report(evaluation, state)))
        pieces.describe(evaluation, hashes, fresh)
        manifest.write(evaluation, given.inputs, hashes, fresh)
        return {
            path.relative_to(fresh).as_posix(): path.read_bytes() for path in sorted(fresh.rglob("*")) if path.is_file()
        }


def of_page(page, parameters):
    """The parameters that a page's notebook is given."""
    return parameters | ({"area": page.area} if page.area else {})


def outputs(notebook):
    """Everything that a notebook shows, cell by cell: data and what is said of it (names, alternative texts)."""
    shown = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return [
        (
            sorted(_joined(output.data).items()),
            sorted((kind, sorted(said.items())) for kind, said in output.metadata.items()),
        )
        for output in shown
    ]


def _joined(data):
    return {kind: "".join(text).strip() for kind, text in data.items()}


def frames(evaluation):
    """What the files with values hold, and all that the pages say of an evaluation beside them:
    bytes, in a fraction of the time.
    """
    with TemporaryDirectory() as folder:
        files.write(evaluation, (), Path(folder))
        texts = [path.read_bytes() for path in sorted(Path(folder).glob("*.csv"))]
    beside = (evaluation.quality, evaluation.tally, evaluation.restated)
    return b"".join([*texts, *(frame.to_csv(index=False).encode() for frame in beside)])
