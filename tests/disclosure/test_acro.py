"""ACRO, the disclosure checker of the SACRO project, hides the same cells below the threshold as the gate does.

It needs an older pandas, so it runs in an environment of its own, made for the test.
"""

import json
import random
import subprocess
import sys

import pandas as pd
import pytest

from ctanalysis.disclosure import protect
from tests.disclosure.cells import PROJECT, table

ACRO = "acro==1.0.2"
TABLES = 200
ASK = """
import contextlib, io, json, logging, sys, warnings
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
import pandas as pd
with contextlib.redirect_stdout(io.StringIO()):
    from acro import ACRO
    acro, found = ACRO(suppress=True), []
    for cells in json.load(sys.stdin):
        people = [(f"c{place}", "all") for place, count in enumerate(cells) for _ in range(count)]
        rows = pd.DataFrame(people, columns=["cell", "of"])
        told = acro.crosstab(rows["cell"], rows["of"])
        shown = {label for label in told.index if pd.notna(told.loc[label, "all"])}
        found.append([place for place in range(len(cells)) if f"c{place}" in shown])
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """A Python with ACRO; the test is skipped where it cannot be installed."""
    folder = tmp_path_factory.mktemp("acro") / "environment"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
    done = subprocess.run([folder / "bin/python", "-m", "pip", "install", "--quiet", ACRO], capture_output=True)
    if done.returncode:
        pytest.skip(f"{ACRO} cannot be installed here")
    return folder / "bin/python"


def by_gate(cells):
    """The places that are told, where no total gives a hidden cell away; else None: ACRO does not look at that."""
    frame = table(sum(cells), cells)
    statuses = protect(frame, PROJECT).values["status"].tolist()[1 : len(cells) + 1]
    return None if "withheld" in statuses else [place for place, status in enumerate(statuses) if status == "rounded"]


@pytest.mark.long
def test_acro_and_the_gate_hide_the_same_cells(python):
    """Of 200 tables of five cells, ACRO with its default threshold of ten and the gate tell the same ones."""
    chance, asked, ours = random.Random(7), [], []
    while len(asked) < TABLES:
        cells = [chance.choice((chance.randint(1, 9), chance.randint(8, 12), chance.randint(10, 60))) for _ in range(5)]
        told = by_gate(cells)
        if told is not None:
            asked.append(cells)
            ours.append(told)
    done = subprocess.run([python, "-c", ASK], input=json.dumps(asked), capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == ours
    assert pd.Series(map(len, ours)).nunique() > 3  # not all, not none
