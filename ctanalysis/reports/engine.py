"""A papermill engine: a notebook runs in a forked child of this process, which has imported all that its cells need.

It changes how long a notebook takes, never what it says. Where a process cannot be forked safely, kernels are started
as papermill does by itself.
"""

import os
import sys
from typing import Any

from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager, papermill_engines

from ctanalysis.reports.children import Child, Ended, Say, can_fork

NAME = "ctanalysis"
SECONDS = 600  # for one notebook, unless papermill is given execution_timeout for each cell


class ForkedEngine(Engine):  # type: ignore[misc]  # papermill ships no types
    """Runs a notebook in a forked child. Raises Ended, a RuntimeError, where the child ends before its notebook."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, seconds: int = SECONDS, **given: Any
    ) -> None:
        """Runs the cells up to the first that fails, as papermill's own engine does."""
        if not can_fork():
            _say_once("Processes cannot be forked safely here: each notebook starts a kernel of its own.")
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **given)
            return
        cells = nb_man.nb.cells
        running = 0
        try:
            with Child(lambda say: _run_all(cells, say), seconds) as child:
                for message in child.messages():
                    running = message["cell"]
                    _note(nb_man, cells[running], message)
        except Ended as how:
            raise Ended(f"cell {running + 1} {how}") from None
        nb_man.nb.metadata["language_info"] = {"name": "python", "version": sys.version.split()[0]}


def _run_all(cells: list[Any], say: Say) -> None:
    """In the child: says of each cell that it begins, and what came of it."""
    from ctanalysis.reports.cells import run, shell

    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  it ends with the process
    ipython = shell()
    for number, cell in enumerate(cells):
        say({"cell": number})
        if cell.cell_type != "code" or not cell.source.strip() or "skip-execution" in cell.metadata.get("tags", ()):
            say({"cell": number, "outputs": None})
            continue
        outputs, count, well = run(cell.source, ipython)
        say({"cell": number, "outputs": outputs, "count": count, "well": well})
        if not well and "raises-exception" not in cell.metadata.get("tags", ()):
            return


def _note(nb_man: NotebookExecutionManager, cell: Any, message: dict[str, Any]) -> None:
    """What a child says of a cell, in the notebook."""
    from nbformat import from_dict

    if "outputs" not in message:
        nb_man.cell_start(cell, message["cell"])
        return
    if message["outputs"] is not None:
        cell.outputs = [from_dict(output) for output in message["outputs"]]  # type: ignore[no-untyped-call]  # nbformat's
        cell.execution_count = message["count"]
        if not message["well"]:
            nb_man.cell_exception(cell, message["cell"])
    nb_man.cell_complete(cell, message["cell"])


def _say_once(words: str, _said: list[str] = []) -> None:  # noqa: B006  the list is what is remembered
    if words not in _said:
        _said.append(words)
        print(words, file=sys.stderr)


def register() -> str:
    """Makes the engine known to papermill, and returns its name."""
    papermill_engines.register(NAME, ForkedEngine)
    return NAME
