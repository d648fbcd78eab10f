"""A chart that stands in several notebooks of a report is drawn once, whichever process draws it, and is the same."""

import os
import subprocess
import sys
from dataclasses import replace
from functools import partial
from hashlib import sha256

import pandas as pd
import pytest

from ctanalysis import figures
from ctanalysis.figures.chart import STYLE, Chart
from tests.conftest import ROOT

SCRIPT = """
from hashlib import sha256
from ctanalysis import evaluate, figures
[chart, _] = figures.headlines(evaluate("FY2012Q1")).charts
print(sha256(chart.png() + chart.svg().encode()).hexdigest())
"""


def draw(figure, data, colour, log):
    """Draws a bar, and says so in a file, which other processes write to as well."""
    with open(log, "a", encoding="utf-8") as file:
        file.write("drawn\n")
    figure.subplots().bar(["a"], data["n"], color=colour)


@pytest.fixture
def log(tmp_path):
    return tmp_path / "log"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "images").mkdir()
    return tmp_path / "images"


def chart(log, colour="blue", **changes):
    plain = Chart("n", "Title", "Words", pd.DataFrame({"n": [1]}), 100.0, partial(draw, colour=colour, log=str(log)))
    return replace(plain, **changes)


def times(log):
    return len(log.read_text(encoding="utf-8").splitlines())


def test_it_is_drawn_once_within_and_each_time_without(log, folder):
    """The bytes are the same within and without; after it, nothing is kept any more."""
    plain = chart(log).png()
    with figures.drawn_once(folder):
        assert chart(log).png() == chart(log).png() == plain
    assert times(log) == 2
    assert chart(log).png() == plain and times(log) == 3


def test_what_a_notebook_draws_by_itself_is_never_kept(log, folder, monkeypatch):
    """Two notebooks may each have a function `draw` of their own: no name says which it is."""
    monkeypatch.setattr(draw, "__module__", "__main__")
    with figures.drawn_once(folder):
        assert chart(log).png() == chart(log).png()
    assert times(log) == 2 and not list(folder.glob("*.png"))


def test_another_style_is_another_image(log, folder, monkeypatch):
    """A process that draws otherwise keeps nothing for those that do not."""
    with figures.drawn_once(folder):
        plain = chart(log).png()
        monkeypatch.setitem(STYLE, "axes.edgecolor", "red")
        assert chart(log).png() != plain


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing can be forked")
def test_forked_processes_draw_it_once_among_them(log, folder):
    """Three that begin at once, in other working folders: one draws, all have the image."""
    with figures.drawn_once(folder):
        children = [forked(lambda: os.chdir(folder.parent) or chart(log).png()) for _ in range(3)]
        assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert times(log) == 1


def forked(work):
    """A forked process that works and ends; its number."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "m"},
        {"title": "Another"},
        {"alt": "Other words"},
        {"data": pd.DataFrame({"n": [2]})},
        {"height": 150.0},
        {"synthetic": False},
        {"notes": ("A note.",)},
        {"subtitle": "Another"},
        {"source": "Another."},
        {"colour": "red"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_determines_the_image_tells_it_apart(log, folder, changes):
    with figures.drawn_once(folder):
        chart(log).png()
        chart(log, **changes).png()
    assert times(log) == 2


def test_what_a_notebook_draws_its_own_way_is_drawn_each_time(log, folder):
    """Two notebooks may call two functions by one name."""
    own = chart(log, draw=lambda figure, data: draw(figure, data, "red", log))
    with figures.drawn_once(folder):
        assert own.png() == replace(own).png()
    assert times(log) == 2 and not list(folder.iterdir())


def test_a_folder_that_cannot_be_written_to_costs_time_only(log, folder):
    with figures.drawn_once(folder / "there is none"):
        assert chart(log).png() == chart(log).png()
    assert times(log) == 2


@pytest.mark.long
def test_the_same_bytes_whatever_the_seed_of_hashes():
    """The charts of a project, drawn by two processes."""
    seen = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1 and len(seen.pop().strip()) == len(sha256().hexdigest())


def test_every_chart_of_a_report_is_kept(evaluation, folder):
    """What determines each chart is known, and the same for the same values."""
    with figures.drawn_once(folder):
        for _ in range(2):
            figures.breakdown(evaluation, "1.2", "sex").png()
            figures.progress(evaluation).png()
            figures.headlines(evaluation).charts[0].png()
    assert len(list(folder.glob("*.png"))) == 3
