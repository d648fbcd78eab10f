"""Small projects with reports and releases, made once in a process."""

import shutil
import tempfile

import pytest

from ctanalysis import releases
from ctanalysis.reports import cells, making, notebooks, pages  # noqa: F401  cells: for the children
from tests.reports import states, tiny
from tests.reports.made_quickly import PERIOD, quickly, second


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """The second project with its last quarter reported and released, only to be read and copied."""
    folder = second(tmp_path_factory.mktemp("released") / "second")
    with quickly():
        releases.release(PERIOD, "2021-08-01", folder, say=lambda words: None)
    return folder


@pytest.fixture
def ours(released, tmp_path):
    """A copy of it, for a test to change, whose reports are made without notebooks."""
    with quickly():
        yield shutil.copytree(released, tmp_path / "second")


@pytest.fixture(scope="module", name="states")
def project_states(tmp_path_factory):
    """One project in its states, with notebooks that take no time, in a process that is warm."""
    home = tmp_path_factory.mktemp("states")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notebooks, "SOURCES", tiny.notebooks(home / "notebooks"))
        patch.setattr(making, "CORES", 1)
        patch.setattr(tempfile, "tempdir", str(home / "scratch"))
        source, evaluation = states.remembered(making.source, making.Source.evaluation)
        patch.setattr(making, "source", source)
        patch.setattr(making.Source, "evaluation", evaluation)
        pages.exported(notebooks.read(notebooks.SOURCES / "evaluation.ipynb"))
        yield states.States(home)


@pytest.fixture
def changed(states, tmp_path, monkeypatch):
    """The project with its report, and notebooks that end with another cell, in which something happens."""
    states.again("old")

    def change(last):
        monkeypatch.setattr(notebooks, "SOURCES", tiny.notebooks(tmp_path / "notebooks", last))
        return states

    return change
