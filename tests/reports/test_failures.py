"""What may happen in a notebook of one of two reports: one named failure, or nothing; the other report is whole."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from ctanalysis.reports import children, engine, notebooks
from tests.reports import counted, tiny
from tests.reports.states import LABELS, command, reasons

ENOUGH = 5  # seconds for a notebook that has no end; the others take a tenth of one
FAILURES = {  # what a cell does, and what is said of it
    "an exception": ("raise KeyError('7731')", "evaluation.ipynb stopped: KeyError"),
    "an exit": ("import os; os._exit(3)", "evaluation.ipynb stopped: cell 6 ended by itself with exit status 3"),
    "a kill": ("import os; os.kill(os.getpid(), 9)", "evaluation.ipynb stopped: cell 6 was ended by signal 9"),
    "a memory limit": ("bytearray(8 * 1024**3)", "evaluation.ipynb stopped: MemoryError"),
    "an endless loop": ("while True: pass", f"evaluation.ipynb stopped: cell 6 took longer than {ENOUGH} seconds"),
    "100 MB printed": ("print('x' * 100 * 1024**2)", "evaluation.ipynb stopped: TooMuch"),
    "Ctrl-C": ("import os; os.kill(os.getpid(), 2)", "evaluation.ipynb stopped: KeyboardInterrupt"),
    "a period's exit": ("import os; os.kill(os.getppid(), 2)", "its process ended by itself with exit status 1"),
}
KEPT = ("an exception", "a memory limit", "100 MB printed", "Ctrl-C")  # a notebook as far as it came


@pytest.mark.long
@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_in_one_report_is_one_named_failure(changed, monkeypatch, failure):
    """By the command: the last thing said names report and notebook, and how it ended; status 1; the other is made.

    Nothing is left of it, but for the notebook that stopped by itself, and no process.
    """
    source, says = FAILURES[failure]
    states = changed(f"if period == {tiny.EARLIER!r}:\n    {source}")
    monkeypatch.setattr(engine, "Child", lambda work, seconds: children.Child(work, ENOUGH))
    status, said = counted.start(command("reports", states), states.home).end()
    assert status == 1 and "Traceback" not in said and "7731" not in said
    progress, behind, _ = said.rpartition(f"\n{tiny.EARLIER}: ")  # whichever of the two ends first
    assert behind and "1 of 2" in progress and "2 of 2" in progress
    failures = [line for line in said.splitlines() if line.startswith(LABELS)]
    assert [line.partition(": ")[0] for line in failures] == [tiny.EARLIER] and says in failures[0]
    assert reasons(states) == ["there is none yet", ""]
    assert [path.name for path in states.left()] == (["failed"] if failure in KEPT else [])


LEAVES = {  # what a cell leaves behind
    "a changed working folder": "os.chdir('/')",
    "an open file": "left = open(os.devnull); os.dup2(left.fileno(), 77)",
    "a thread left running": "threading.Thread(target=time.sleep, args=(600,)).start()",
}
LAST = "import os, threading, time\nif os.environ.get('LEAVES'):\n    {}"
SEES = "import os, threading\nprint(os.getcwd() == '/', os.path.exists('/proc/self/fd/77'), threading.active_count())"


@pytest.mark.long
@pytest.mark.parametrize("leaves", LEAVES)
def test_what_a_cell_leaves_behind_reaches_nobody(changed, monkeypatch, leaves):
    """Both reports are made, and are the same bytes as without it; so says the other notebook, which looks for it."""
    states = changed(LAST.format(LEAVES[leaves]))
    path = notebooks.SOURCES / "data-quality.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(new_code_cell(SEES))
    nbformat.write(notebook, path)
    found = []
    for whether in ("", "yes"):
        monkeypatch.setenv("LEAVES", whether)
        states.again("old")
        status, said = counted.start(command("reports", states), states.home).end()
        assert status == 0 and "2 of 2" in said and reasons(states) == ["", ""] and states.left() == []
        reports = states.folder.parent
        found.append({path.relative_to(reports): path.read_bytes() for path in reports.rglob("*") if path.is_file()})
    assert found[0] == found[1] and len(found[0]) > 90
    assert b"False False 1" in (states.folder / "data-quality.ipynb").read_bytes()
