"""What several tests share: a copy of the shipped project, and a report made from it once."""

import fcntl
import gc
import os
import shutil
import subprocess
import sys
import traceback
import warnings
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

import pytest
from hypothesis import settings

from ctanalysis import evaluate, figures, records
from ctanalysis.__main__ import main
from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load
from ctanalysis.records.files import columnar, workbook
from ctanalysis.reports.warm import warm
from tests.readers import Forking

ROOT = SHIPPED.parent
MAKE_PAGES = ("report", "reports", "verify", "release")
settings.register_profile("seeded", derandomize=True, database=None, deadline=None)  # the same on every machine
settings.load_profile("seeded")
if hasattr(os, "fork"):
    for module in (workbook, columnar):
        module.subprocess = Forking(module.READER)


def command(*arguments, cwd=ROOT, **environment):
    """python -m ctanalysis with these arguments; a finished process with its texts.

    It runs in a child of the test's process, which has imported the library already, and has done what every notebook
    needs: a second less for each. Where the environment is another one, which Python reads when it starts, it is a
    process of its own.
    """
    if environment:
        found = os.environ | {"PYTHONPATH": str(ROOT)} | environment
        called = [sys.executable, "-m", "ctanalysis", *arguments]
        return subprocess.run(called, cwd=cwd, env=found, capture_output=True, text=True)
    if arguments and arguments[0] in MAKE_PAGES:
        warm()
    with TemporaryFile() as out, TemporaryFile() as err:
        child = os.fork()
        if not child:
            _run_in_child(arguments, cwd, out, err)
        _, status = os.waitpid(child, 0)
        texts = [_whole(file) for file in (out, err)]
    return subprocess.CompletedProcess(arguments, os.waitstatus_to_exitcode(status), *texts)


def _run_in_child(arguments, cwd, out, err):
    """Ends the process with the status of the command. Its standard input is empty, as a command's in a script."""
    status = 70
    try:
        os.chdir(cwd)
        for number, file in enumerate((os.open(os.devnull, os.O_RDONLY), out.fileno(), err.fileno())):
            os.dup2(file, number)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode) for number, mode in enumerate("rww"))
        _warn_as_python_does()
        status = main(arguments)
    except SystemExit as ended:  # of argparse
        status = ended.code
    except BaseException:
        traceback.print_exc()
        status = 1
    finally:
        for file in (sys.stdout, sys.stderr):
            file.flush()
        os._exit(status)


def _warn_as_python_does():
    """As a process that has just started, and not as pytest does."""
    warnings.resetwarnings()
    for ignored in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", ignored)
    warnings.showwarning = lambda *found: print(warnings.formatwarning(*found[:4]), file=sys.stderr)


def _whole(file):
    file.seek(0)
    return file.read().decode()


def copied(folder):
    """A copy of the shipped project folder, with the files' own times."""
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("reports"))
    return folder


@cache
def evaluated(period):
    """The shipped project evaluated for a period: once in each process, only to be read."""
    return evaluate(period)


@cache
def shipped_records():
    """The shipped records with what was found in them: once in each process, only to be read."""
    return records.survey(load(SHIPPED))


@pytest.fixture(scope="session")
def evaluation():
    """The shipped project evaluated for FY2015Q1."""
    return evaluated("FY2015Q1")


DRAWN = TemporaryDirectory()  # of one process: the charts that its tests have drawn
DRAW_ANEW = ("figures", "test_verify.py", "test_reports.py", "test_manifest.py")  # rooms and files that are about that


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """A chart that several tests put on a page is drawn once, as in a run of many reports."""
    if {*DRAW_ANEW} & {*item.path.parts}:
        return (yield)
    with figures.drawn_once(Path(DRAWN.name)):
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """The room whose files take longest comes first, so that no core waits for another at the end.

    Of the notebooks of a whole year only the narrative is compared in make test, of many like cases the first few (see
    the mark `few`); the others in make test-all.
    """
    items.sort(key=lambda item: "reports" not in item.path.parts)
    cases = Counter()
    for item in items:
        few = item.get_closest_marker("few")
        cases[item.path, item.originalname if few else ""] += 1
        if few and cases[item.path, item.originalname] > few.args[0]:
            item.add_marker(pytest.mark.long)
        if item.path.name.startswith("FY2014-") and item.path.name != "FY2014-evaluation.ipynb":
            item.add_marker(pytest.mark.long)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """Thousands of tests, once collected, are looked through for waste no more: a sixteenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def made(tmp_path_factory, worker_id) -> Path:
    """The report folder of FY2015Q1, made by the command for a copy of the shipped project:
    once, whichever worker comes first.
    """
    home = tmp_path_factory.getbasetemp()
    home = home if worker_id == "master" else home.parent
    report = home / "our {data} (2)" / "reports" / "FY2015Q1"  # a name that people give to folders
    with (home / "made.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not report.exists():
            project = copied(report.parent.parent)
            (project / "records" / "notes of March (2).txt").write_text("Nothing.", encoding="utf-8")
            done = command("report", "-p", "period", "FY2015Q1", "-p", "project", f"{project}/")
            assert done.returncode == 0, done.stderr
    return report
