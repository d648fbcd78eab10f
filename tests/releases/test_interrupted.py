"""A release that is killed or finds the disk full: published whole or not at all, and explained."""

import os
import shutil

import pytest

from ctanalysis.evaluation import named
from ctanalysis.releases import publishing
from tests.releases.steps import bytes_of, refused, run


class Killed(BaseException):
    """Nothing catches it, as nothing catches a kill."""


def test_a_kill_between_the_copy_and_the_ledger_is_explained(two, capsys, monkeypatch):
    """The next run says what happened and what to do; done so, the release goes through."""

    def killed(*asked):
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(publishing, "write_whole", killed)
        run(two)
    assert (two / "releases" / "FY2013").is_dir()
    refused(two, capsys, "releases/FY2013", "interrupted", "remove the folder and release again")
    shutil.rmtree(two / "releases" / "FY2013")
    assert run(two) == 0


def test_a_kill_in_the_first_release_is_explained(ours, capsys, monkeypatch):
    """There is no ledger yet, and none is missing: the sentence says that the release was interrupted."""

    def killed(*asked):
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(publishing, "write_whole", killed)
        run(ours, "FY2012", "2012-11-01")
    refused(ours, capsys, "interrupted", period="FY2012", day="2012-11-01")


@pytest.mark.parametrize("call", ["copytree", "write_whole", "fsync"])
def test_a_full_disk_publishes_all_or_nothing(two, capsys, monkeypatch, call):
    """Wherever the disk is full: a plain sentence, every earlier release as it was,
    and the next run goes through or says what to do.
    """

    def full(*asked, **more):
        raise OSError(28, "No space left on device", str(two / "releases"))

    before = bytes_of(two / "releases")
    with monkeypatch.context() as patched:
        patched.setattr(os if call == "fsync" else publishing, call, full)
        assert run(two) == 2
    assert "No space left" in capsys.readouterr().err
    assert before.items() <= bytes_of(two / "releases").items()
    if run(two) == 2:
        assert "interrupted" in capsys.readouterr().err
        shutil.rmtree(two / "releases" / "FY2013")
        assert run(two) == 0
    assert not list((two / "releases").glob(".*"))


def test_a_draft_of_another_period_still_works(two, monkeypatch):
    """After releases, a report of any period can be made."""
    assert named("FY2013Q2", two).by("x")["status"].tolist() == ["exact"]
