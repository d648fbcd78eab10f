"""A run that is interrupted, or of which one report fails: whole reports only, no process left, and it is said."""

import os
import signal
from itertools import product

import pytest

from ctanalysis.reports import making, notebooks
from tests.reports import counted, tiny
from tests.reports.states import command, reasons

SENT = {"Ctrl-C": os.killpg, "to the first process only": os.kill}
IN_MAKE_TEST = (("Ctrl-C", "report", 2), ("Ctrl-C", "reports", 2), ("to the first process only", "reports", 1))
WAYS = [
    pytest.param(*way, marks=[] if way in IN_MAKE_TEST else [pytest.mark.long])
    for way in product(SENT, ("report", "reports"), (1, 2))
]


@pytest.mark.parametrize(("send", "name", "cores"), WAYS)
def test_an_interruption(changed, monkeypatch, send, name, cores):
    """While a cell works: status 130, a sentence, the reports as before or whole, no process, no other folder."""
    works, never = os.pipe(), os.pipe()
    last = f"import os\nif period == {tiny.PERIOD!r}:\n    os.write({works[1]}, b'.')\n    os.read({never[0]}, 1)"
    states = changed(last)
    monkeypatch.setattr(making, "CORES", cores)
    monkeypatch.setattr("ctanalysis.reports.running.CORES", cores)
    run = counted.start(command(name, states), states.home)
    os.read(works[0], 1)
    SENT[send](run.pid, signal.SIGINT)
    status, said = run.end()  # which waits until all its processes are gone
    assert status == 130 and said.count("Interrupted.") == 1 and "Traceback" not in said
    assert states.stands() == states.old and states.left() == []
    earlier, later = reasons(states)
    assert earlier in ("", "there is none yet") and (earlier == "" or (name, cores) != ("reports", 1))
    assert "evaluation.ipynb" in later


def test_a_report_that_fails(changed):
    """A notebook stops in one of two reports: the other is made, the one is named at the end, without its words."""
    states = changed(f"if period == {tiny.EARLIER!r}: raise ValueError('7731')")
    status, said = counted.start(command("reports", states), states.home).end()
    assert status == 1 and said.splitlines()[-2].startswith(f"{tiny.EARLIER}: The notebook evaluation.ipynb stopped")
    assert "7731" not in said and reasons(states) == ["there is none yet", ""]
    assert [path.name for path in states.left()] == ["failed"]


@pytest.mark.parametrize("killed", ["os.getpid()", "os.getppid()"], ids=["cells", "period"])
def test_a_report_whose_process_is_killed(changed, killed):
    """Whichever of its processes: the other report is made, the one is named at the end, and nothing of it is left."""
    states = changed(f"import os\nif period == {tiny.EARLIER!r}: os.kill({killed}, 9)")
    status, said = counted.start(command("reports", states), states.home).end()
    assert status == 1 and "was ended by signal 9 (SIGKILL)" in said and "2 of 2" in said
    assert any(line.startswith(f"{tiny.EARLIER}: ") for line in said.splitlines()[-2:])
    assert reasons(states) == ["there is none yet", ""] and states.left() == []


def test_no_notebook_goes_on_when_another_has_stopped(changed, monkeypatch):
    """The children are gone before their folder is removed."""
    states = changed("raise ValueError")
    source = notebooks.SOURCES / "data-quality.ipynb"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("for number in range(9):", "import time; time.sleep(600)\\nfor number in range(9):"))
    monkeypatch.setattr(making, "CORES", 2)

    def what(number, operation):
        if operation.startswith("os.rmdir") and os.getpid() == os.getpgrp():
            try:
                os.waitpid(-1, os.WNOHANG)
                print("A child goes on.")
            except ChildProcessError:
                print("No child goes on.")

    status, said = counted.start(command("report", states), states.home, what).end()
    assert status == 2 and "stopped: ValueError" in said
    assert "No child goes on." in said and "A child goes on." not in said
    assert states.stands() == states.old and [path.name for path in states.left()] == ["failed"]
