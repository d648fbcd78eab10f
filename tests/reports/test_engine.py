"""The papermill engine: the same notebook as papermill's own, faster; what fails in one child is one named failure."""

import os
import re
import signal
import subprocess
import sys
import threading
import time

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from ctanalysis.reports import engine, notebooks
from ctanalysis.reports.children import Child, Ended, each
from tests.conftest import ROOT

SECOND = str(ROOT / "tests" / "second")
CELLS = (  # everything that a cell can show
    "print('a'); print('b', end='')",
    "import sys; print('to whom it may concern', file=sys.stderr)",
    "1 + 1",
    "None",
    "'text with \\u04a3 \\u04e9 \\u04af'",
    "import pandas as pd; pd.DataFrame({'a': [1, 2]})",
    "from IPython.display import HTML, Markdown, display; display(HTML('<b>b</b>')); Markdown('*m*')",
    "class Picture:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        return {'image/png': b'\\x89PNG\\r\\n', 'text/plain': 'p'}, {'image/png': {'alt': 'a'}}\nPicture()",
    "6",
    "5;",
    "",
    "_, In[3], Out[3]",
    "for number in range(3): print(number); display(number)",
    "from IPython.display import clear_output; print('gone'); clear_output(); print('there')",
    "import asyncio; await asyncio.sleep(0); 'awaited'",
    "get_ipython().run_line_magic('time', 'None') if False else 7",
)


def notebook(path, *cells):
    """A notebook of these cells in a file."""
    made = new_notebook(cells=[new_markdown_cell("# T"), *map(new_code_cell, cells)])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, path)
    return path


def run(path, name=engine.NAME, **given):
    """The notebook run by papermill with an engine, cleaned of the run."""
    engine.register()
    done = path.with_name(f"{path.stem}-{name}.ipynb")
    papermill.execute_notebook(
        str(path), str(done), {}, engine_name=name, kernel_name="python3", progress_bar=False, **given
    )
    return nbformat.writes(notebooks.cleaned(nbformat.read(done, as_version=4), {"project": ""}))


def test_everything_that_a_cell_can_show_is_shown_as_by_a_kernel(tmp_path):
    """Printed, given, displayed, cleared, awaited, nothing: the same bytes as from papermill's own engine."""
    path = notebook(tmp_path / "all.ipynb", *CELLS)
    assert run(path) == run(path, None)


def test_a_cell_that_raises_stops_the_notebook_as_in_a_kernel(tmp_path):
    """The same error, the same cells run, the same ones not."""
    path = notebook(tmp_path / "raises.ipynb", "print('before')", "1 / 0", "print('after')")
    stopped = []
    for name in (engine.NAME, None):
        with pytest.raises(papermill.PapermillExecutionError) as caught:
            run(path, name)
        done = nbformat.read(path.with_name(f"raises-{name}.ipynb"), as_version=4)
        outputs = [[output["output_type"] for output in cell.get("outputs", ())] for cell in done.cells]
        stopped.append((caught.value.ename, caught.value.evalue, caught.value.cell_index, outputs))
    assert stopped[0] == stopped[1] and stopped[0][:2] == ("ZeroDivisionError", "division by zero")


@pytest.mark.long
@pytest.mark.parametrize("period", ["FY2012Q1", "FY2014", "FY2015Q1"])
@pytest.mark.parametrize(
    "name", [path.stem for path in sorted(notebooks.SOURCES.glob("*.ipynb")) if path.stem != "explore"]
)
def test_the_report_notebooks_are_the_same(tmp_path, name, period):
    """Each notebook of each kind of period, byte for byte."""
    area = {"area": "prevention"} if name == "area" else {}
    same_in_both_engines(tmp_path, name, {"period": period, "project": "", **area})


def test_a_report_notebook_is_the_same(tmp_path):
    """The narrative of the last quarter, byte for byte; the others in make test-all."""
    same_in_both_engines(tmp_path, "evaluation", {"period": "FY2015Q1", "project": ""})


@pytest.mark.long
@pytest.mark.parametrize("period", ["FY2020Q3", "FY2020", "FY2021Q1"])
@pytest.mark.parametrize("name", ["evaluation", "data-quality"])
def test_the_notebooks_of_another_project_are_the_same(tmp_path, name, period):
    """Of a project with other tables, words and years."""
    same_in_both_engines(tmp_path, name, {"period": period, "project": SECOND})


@pytest.mark.long
@pytest.mark.parametrize("period", ["FY2020Q3", "FY2021Q1"])
@pytest.mark.parametrize("area", ["ittiloot", "bozgasht", "shabaka"])
def test_the_areas_of_another_project_are_the_same(tmp_path, area, period):
    """One notebook, run for each of its areas."""
    same_in_both_engines(tmp_path, "area", {"period": period, "project": SECOND, "area": area})


@pytest.mark.long
@pytest.mark.parametrize("language", ["ru", "ky"])
@pytest.mark.parametrize("name", ["evaluation", "area", "data-quality"])
def test_the_report_notebooks_are_the_same_in_every_language(tmp_path, name, language):
    """Whatever language and its rules of numbers the parent has loaded already."""
    area = {"area": "prevention"} if name == "area" else {}
    parameters = {"period": "FY2015Q1", "project": "", "language": language, **area}
    shown = same_in_both_engines(tmp_path, name, parameters)
    assert len(re.findall("[а-яңүө]{4}", shown)) > 1000


def same_in_both_engines(folder, name, parameters):
    engine.register()
    texts = []
    for which in (engine.NAME, None):
        done = folder / f"{which}.ipynb"
        papermill.execute_notebook(
            str(notebooks.SOURCES / f"{name}.ipynb"), str(done), parameters, engine_name=which, progress_bar=False
        )
        texts.append(nbformat.writes(notebooks.cleaned(nbformat.read(done, as_version=4), parameters)))
    assert texts[0] == texts[1]
    return texts[0]


ENDS = {  # what a cell does, and what is said of it
    "an exception": ("raise KeyError('k')", "KeyError"),
    "an exit": ("import os; os._exit(3)", "cell 2 ended by itself with exit status 3"),
    "a kill": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "cell 2 was ended by signal 9 (SIGKILL)"),
    "a memory limit": ("bytearray(8 * 1024**3)", "MemoryError"),
    "an endless loop": ("while True: pass", "cell 2 took longer than 2 seconds"),
    "100 MB printed": ("print('x' * 100 * 1024**2)", "TooMuch: the cell prints more than 48 MB"),
}


@pytest.mark.parametrize("end", ENDS)
def test_an_end_in_a_child_is_one_named_failure(tmp_path, end):
    """Said in words with the cell's number, and the next notebook runs as if nothing had been."""
    source, says = ENDS[end]
    path = notebook(tmp_path / "ends.ipynb", source, "'not reached'")
    with pytest.raises((papermill.PapermillExecutionError, Ended)) as caught:
        run(path, seconds=2 if end == "an endless loop" else 60)
    assert says in str(caught.value)
    assert "4" in run(notebook(tmp_path / "next.ipynb", "2 + 2"))


LEFT = {  # what a cell leaves behind, and a cell that would see it
    "a changed working folder": ("import os; os.chdir('/')", "import os; print(os.getcwd() == '/')"),
    "an open file": (
        "import os; left = os.open(os.devnull, 0); os.dup2(left, 77)",
        "import os; print(os.path.exists('/proc/self/fd/77'))",
    ),
    "a thread": (
        "import threading, time; threading.Thread(target=time.sleep, args=(60,), name='left').start()",
        "import threading; print('left' in [t.name for t in threading.enumerate()])",
    ),
    "a name": ("left = 1; import builtins; builtins.left = 1", "print('left' in dir(__import__('builtins')))"),
    "an option of a library": (
        "import pandas as pd; pd.set_option('display.max_rows', 7)",
        "import pandas as pd; print(pd.get_option('display.max_rows') == 7)",
    ),
    "the environment": ("import os; os.environ['LEFT'] = '1'", "import os; print('LEFT' in os.environ)"),
}


@pytest.mark.parametrize("left", LEFT)
def test_nothing_of_one_child_reaches_another_or_its_parent(tmp_path, left):
    """What one notebook leaves behind, the next does not see."""
    leaves, sees = LEFT[left]
    began, folder, names = time.monotonic(), os.getcwd(), set(sys.modules)
    run(notebook(tmp_path / "leaves.ipynb", leaves))
    assert "False" in run(notebook(tmp_path / "sees.ipynb", sees))
    assert os.getcwd() == folder and "LEFT" not in os.environ and threading.active_count() == 1
    assert time.monotonic() - began < 50  # nobody waited for the thread
    assert "left" not in set(sys.modules) - names


WAITS = """
import os, pathlib, time
pathlib.Path({folder!r}, "pid").write_text(str(os.getpid()))
time.sleep(60)
"""
RUNS = """
import signal
import papermill
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background job is made deaf to
from ctanalysis.reports import engine
engine.register()
papermill.execute_notebook({path!r}, None, engine_name="ctanalysis", progress_bar=False)
"""


def test_ctrl_c_ends_parent_and_child(tmp_path):
    """An interrupted run ends, and so does the child that it waited for."""
    path = notebook(tmp_path / "waits.ipynb", WAITS.format(folder=str(tmp_path)))
    started = [sys.executable, "-c", RUNS.format(path=str(path))]
    process = subprocess.Popen(started, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    child = tmp_path / "pid"
    while not (child.exists() and child.read_text()) and process.poll() is None:
        os.sched_yield()
    os.killpg(process.pid, signal.SIGINT)
    assert "KeyboardInterrupt" in process.communicate()[1] and process.returncode != 0
    assert not os.path.exists(f"/proc/{child.read_text()}")


def test_the_others_finish():
    """Of three works one is killed; the others' results come, and the killed one's end is told by its name."""
    works = {
        "one": lambda say: say(1),
        "killed": lambda say: os.kill(os.getpid(), signal.SIGKILL),
        "three": lambda say: say(3),
    }
    came = dict(each(works, 2))
    assert (came["one"], came["three"]) == (1, 3) and "SIGKILL" in str(came["killed"])


def test_a_child_ends_with_its_parent(tmp_path):
    """Whoever kills the parent has killed the children."""

    def parent(say):
        Child(lambda _: time.sleep(60))
        say(os.getpid())
        time.sleep(60)

    with pytest.raises(Ended), Child(parent) as killed:
        for _ in killed.messages():
            os.kill(killed.pid, signal.SIGKILL)


def test_without_fork_kernels_are_started_and_it_is_said_once(tmp_path, monkeypatch, capsys):
    """Where no process can be forked safely, papermill's own engine does it."""
    monkeypatch.setattr(engine, "can_fork", lambda: False)
    path = notebook(tmp_path / "all.ipynb", "print('a')", "1 + 1")
    assert run(path) == run(path) == run(path, None)
    assert capsys.readouterr().err.count("cannot be forked") == 1


def test_without_fork_a_work_that_fails_is_that_ones_failure(monkeypatch):
    """Whatever it raises: named without its words, which may hold a record's value, and the others are done."""

    def fails(say):
        raise ValueError("7731")

    monkeypatch.setattr("ctanalysis.reports.children.can_fork", lambda: False)
    ended = dict(each({"one": fails, "two": lambda say: say("done")}, 2))
    assert str(ended["one"]) == "stopped (ValueError)" and isinstance(ended["one"], Ended) and ended["two"] == "done"
