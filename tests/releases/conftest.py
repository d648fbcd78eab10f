"""A small project and its first two releases, made anew for each test.

Reports are made by a stand-in that writes the values of the evaluation that is being released; what is released,
audited and recorded is the library's own. The command itself is run in test_canary.
"""

import shutil

import pytest

from ctanalysis import releases, reports
from ctanalysis.reports import files, manifest
from tests.generators import worlds


@pytest.fixture(autouse=True)
def stand_in(monkeypatch):
    """reports.remake writes the values of the evaluation that is being released, and an empty page:
    a second instead of thirty.
    """

    def remake(given, evaluation, say=print, asked=()):
        folder = given.folder(evaluation.period.label)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        files.write(evaluation, (), folder)
        (folder / "evaluation.html").write_text('<span class="state">A draft.</span>', encoding="utf-8")
        manifest.write(evaluation, given.inputs, {}, folder)
        manifest.write_internal(given.project, given.inputs, given.records.tally, folder, folder)
        return folder

    monkeypatch.setattr(reports, "remake", remake)


@pytest.fixture
def ours(tmp_path):
    """A small project of two years."""
    made = worlds.project(tmp_path / "ours", 4)
    worlds.write(made.folder, made.register)
    return made.folder


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """Where the project with two releases is kept, once it has been made."""
    return tmp_path_factory.mktemp("kept") / "two"


@pytest.fixture
def two(tmp_path, kept):
    """The same with two releases: made once in each process, a copy for each test."""
    if not kept.exists():
        made = worlds.project(tmp_path / "first", 4)
        worlds.write(made.folder, made.register)
        for period, day in (("FY2012", "2012-11-01"), ("FY2013Q1", "2013-02-01")):
            releases.release(period, day, made.folder, say=lambda words: None)
        shutil.copytree(made.folder, kept)
    return shutil.copytree(kept, tmp_path / "ours")
