"""The library as it was on 28 November 2026, before issues about speed and about real files, and as it is: in turn.

The same rows, each tree with its own code and its own project folders, in a process of its own.
"""

import os
import subprocess
import sys
from inspect import getsource
from pathlib import Path
from statistics import median

from tests import memory
from tests.bench.clocks import doing
from tests.bench.sending_back import LONG, long_workbook

BEFORE = "d6c3783"
TURNS = 3
MILLION = "from pathlib import Path\nfrom tests.bench.checking import million\nmillion(Path({project!r}))"
CHECK = (
    getsource(memory)
    + """
import ctanalysis.records
from tests.bench.checking import our_check
before = peak()
print(our_check(Path({project!r}))[0], peak() - before)
"""
)
EVALUATE = """
from time import process_time
import ctanalysis
ctanalysis.evaluate("FY2015Q1")
start = process_time()
for _ in range(5):
    ctanalysis.evaluate("FY2015Q1")
print((process_time() - start) / 5)
"""
WORKBOOK = "records/vokhuriho/2021/umed.xlsx"


def before(folder):
    old, new = folder / "old", Path.cwd()
    if not written(old):
        print(f"Not measured: commit {BEFORE} is not in this clone.")
        return
    trees, whole = {"then": old, "now": new}, long_workbook(folder / "long") / WORKBOOK
    for name, tree in trees.items():
        said(tree, MILLION.format(project=str(folder / name)))
        subprocess.run(["cp", "-r", tree / "tests/second", folder / f"second-{name}"], check=True)
        (folder / f"second-{name}" / WORKBOOK).write_bytes(whole.read_bytes())
    turns = [{name: once(tree, folder, name) for name, tree in trees.items()} for _ in range(TURNS)]
    print(
        f"The library of {BEFORE}, before it, and now; CPU seconds, each in a process of its own: median of {TURNS} "
        "runs, by turns\n"
    )
    for number, what in enumerate(
        (
            "reading and checking 1,000,000 rows of CSV, s",
            "memory of that beyond the imports at its peak, MB",
            f"make check with a workbook of {LONG:,} rows, s",
            "evaluating FY2015Q1, s",
        )
    ):
        then, now = (median(turn[name][number] for turn in turns) for name in trees)
        ratios = sorted(turn["then"][number] / turn["now"][number] for turn in turns)
        print(
            f"   {what:50} then {then:7.2f}   now {now:7.2f}   "
            f"{median(ratios):.2f} times ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )


def once(tree, folder, name):
    """The four numbers of a tree."""
    doing(f"{name}: a million rows")
    found = said(tree, CHECK.format(project=str(folder / name)))
    seconds, taken = map(float, found.split())
    doing(f"{name}: a long workbook")
    start = sum(os.times()[2:4])
    project = folder / f"second-{name}"
    called = [sys.executable, "-m", "ctanalysis", "check", "-p", "project", project]
    done = subprocess.run(called, cwd=tree, env=of(tree), stdout=subprocess.DEVNULL)
    assert done.returncode == 1, "some rows of the workbook are held back"
    check = sum(os.times()[2:4]) - start
    doing(f"{name}: an evaluation")
    return seconds, taken / 2**10, check, float(said(tree, EVALUATE))


def said(tree, code):
    """What Python code prints in a tree."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tree, env=of(tree), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def of(tree):
    return os.environ | {"PYTHONPATH": str(tree)}


def written(folder):
    """Whether the older tree could be written there, from this clone's history."""
    folder.mkdir()
    packed = subprocess.run(["git", "archive", BEFORE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return packed.returncode == 0 and subprocess.run(["tar", "-x", "-C", folder], input=packed.stdout).returncode == 0
