"""A release that is killed or finds the disk full: what is public is recorded, and the next command sees to the rest.

Whole releases are stopped at every file operation in tests/reports/test_release_at_once.py.
"""

import os
from shutil import rmtree

import pytest

from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import pending
from ctanalysis.evaluation import named
from ctanalysis.project import load
from ctanalysis.releases import copying, publishing
from tests.releases.steps import bytes_of, refused, run


class Killed(BaseException):
    """Nothing catches it, as nothing catches a kill."""


def stopped_before_move(monkeypatch, ours, number, fault, **asked):
    """A release that is stopped before one of the moves of what is decided; its exit status."""
    moves, done = pending._moves, []

    def some(place, releases):
        for move in moves(place, releases):
            if len(done) == number:
                raise fault
            done.append(move)
            yield move

    with monkeypatch.context() as patched:
        patched.setattr(pending, "_moves", some)
        return run(ours, **asked)


MOVES = ["ledger", "internal half", "folder", "index", "head", "who stood where"]


@pytest.mark.few(1)
@pytest.mark.parametrize("number", range(6), ids=MOVES)
def test_what_was_decided_is_completed_by_whoever_reads_next(two, monkeypatch, number):
    """Stopped before any of the six moves: the ledger was never behind the folders, and a mere reading completes it.

    What then stands is what stands where nothing stopped.
    """
    with pytest.raises(Killed):
        stopped_before_move(monkeypatch, two, number, Killed())
    text = (two / "releases" / "ledger.csv").read_text(encoding="utf-8")
    assert not (two / "releases" / "FY2013").exists() or "\nFY2013,0," in text
    named("FY2013Q2", two)
    assert [name for name, *_ in ledger.read(load(two)).releases] == ["FY2012", "FY2013Q1", "FY2013"]
    assert "FY2013/evaluation.html" in (two / "releases" / "index.html").read_text(encoding="utf-8")
    assert (two / "internal" / "manifests" / "releases" / "FY2013.json").is_file()
    assert sorted(os.listdir(two / "internal" / "release")) == ["head.txt", "standing.json"]
    before = bytes_of(two / "releases")
    assert run(two) == 0 and bytes_of(two / "releases") == before


def test_a_kill_in_the_first_release_is_completed(ours, monkeypatch):
    """There is no ledger yet, and none is missed."""
    asked = {"period": "FY2012", "day": "2012-11-01"}
    with pytest.raises(Killed):
        stopped_before_move(monkeypatch, ours, 0, Killed(), **asked)
    assert run(ours, **asked) == 0
    assert sorted(os.listdir(ours / "releases")) == ["FY2012", "index.html", "ledger.csv"]


@pytest.mark.parametrize("number", [0, 1])
def test_a_ledger_that_was_changed_meanwhile_is_not_written_over(two, capsys, monkeypatch, number):
    """Before the ledger was moved, or after: another one stands there now. Refused, and it says how to go on."""
    with pytest.raises(Killed):
        stopped_before_move(monkeypatch, two, number, Killed())
    path = two / "releases" / "ledger.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:5], *lines[6:-1]]), encoding="utf-8")
    refused(two, capsys, "a release was added that was interrupted", "Put it back as it was")
    path.write_text("".join(lines), encoding="utf-8")
    assert run(two) == 0


def test_what_was_decided_can_be_taken_back_as_long_as_nothing_is_public(two, monkeypatch):
    """The folder named in the sentence is removed: that release has never been."""
    before = bytes_of(two / "releases")
    with pytest.raises(Killed):
        stopped_before_move(monkeypatch, two, 0, Killed())
    rmtree(two / "internal" / "release" / "pending")
    assert len(ledger.read(load(two)).releases) == 2 and bytes_of(two / "releases") == before


@pytest.mark.few(1)
@pytest.mark.parametrize("call", ["copyfile", "write_through", "fsync"])
def test_a_full_disk_publishes_nothing(two, capsys, monkeypatch, call):
    """Wherever the disk is full before all is decided: a plain sentence, everything as it was, and nothing left."""

    def full(*asked, **more):
        raise OSError(28, "No space left on device", str(two / "releases"))

    before = bytes_of(two / "releases")
    with monkeypatch.context() as patched:
        patched.setattr({"fsync": os, "copyfile": copying}.get(call, publishing), call, full)
        assert run(two) == 2
    assert "No space left" in capsys.readouterr().err
    assert bytes_of(two / "releases") == before
    assert sorted(os.listdir(two / "internal" / "release")) == ["head.txt", "standing.json"]
    assert run(two) == 0


def test_releases_on_another_disk_are_refused(two, capsys, monkeypatch):
    """There nothing could be moved in one step; nothing is decided."""
    monkeypatch.setattr(pending, "_disk", lambda path: path.name == "releases")
    refused(two, capsys, "on two disks")


def test_a_draft_of_another_period_still_works(two):
    """After releases, a report of any period can be made."""
    assert named("FY2013Q2", two).by("x")["status"].tolist() == ["exact"]
