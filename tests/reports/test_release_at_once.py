"""Whatever stops a release, at whatever file operation, and whoever releases at the same time: nothing public is
unrecorded, and the next command completes or undoes what was begun.
"""

import os
import shutil
import signal
from functools import partial

import pytest

from ctanalysis import releases, reports
from ctanalysis.__main__ import main
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import pending
from ctanalysis.project import load
from ctanalysis.reports import making
from tests.reports import counted, tiny

DAY = "2014-02-01"


class Releases:
    """A project with one release, of which another is made; what stands before and after it."""

    def __init__(self, states):
        self.states, self.home, self.project = states, states.home, states.project
        states.again("old")
        self.made(tiny.EARLIER)
        shutil.copytree(self.project, self.home / "one", dirs_exist_ok=True)
        self.before = self.public()
        self.made()
        self.after = self.public()

    def again(self):
        self.states.again("one")

    def made(self, period=tiny.PERIOD, say=lambda words: None):
        releases.release(period, DAY, self.project, say=say)

    def public(self):
        """The bytes of all that is public, and of the manifests' internal halves."""
        places = [self.project / "releases", self.project / "internal" / "manifests" / "releases"]
        return {path: path.read_bytes() for place in places for path in place.rglob("*") if path.is_file()}

    def is_recorded(self):
        """Whether each public folder is of a release in the ledger, and nothing is hidden among them."""
        place = self.project / "releases"
        text = (place / "ledger.csv").read_text(encoding="utf-8")
        names = [path.name for path in place.iterdir() if path.is_dir()]
        return all(f"\n{name},0,{DAY}," in text for name in names) and not list(place.rglob(".*"))

    def check(self, where):
        """Nothing public is unrecorded; a report makes or undoes the rest; then the release is as if never stopped."""
        assert self.is_recorded(), where
        self.states.made()
        assert self.public() in (self.before, self.after), where
        assert not pending.is_pending(load(self.project)), where
        self.made()
        assert self.public() == self.after and self.states.left() == [], where


@pytest.fixture(scope="module")
def one(states):
    """The project with its first release."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reports, "source", making.source)
        yield Releases(states)


def operations(one):
    """How many file operations a release has that nothing stops."""
    one.again()
    run = counted.start(one.made, one.home)
    assert run.end() == (0, "") and one.public() == one.after
    return run.counter.number


def spread(total, count):
    return sorted({1 + number * (total - 1) // (count - 1) for number in range(count)})


def last(total, count):
    """The last operations, in which all is prepared, decided and moved."""
    return range(max(1, total - count), total + 1)


@pytest.mark.parametrize("count", [8, pytest.param(200, marks=pytest.mark.long)])
def test_a_kill_at_any_file_operation(one, count):
    """Killed at so many of its operations; half of them where it is published."""
    total = operations(one)
    for number in sorted({*spread(total, count // 2), *last(total, count // 2)}):
        one.again()
        status, said = counted.start(one.made, one.home, counted.killed_at(number)).end()
        where = f"killed at operation {number} of {total}: {said}"
        assert status == -signal.SIGKILL or (status == 0 and number > total - 3), where
        one.check(where)


@pytest.mark.parametrize("count", [4, pytest.param(200, marks=pytest.mark.long)])
def test_a_disk_that_is_full_from_any_file_operation_on(one, count):
    """A sentence; all or nothing is public, or what is left is completed by the next command."""
    total = operations(one)
    work = partial(main, ["release", "--date", DAY, "-p", "period", tiny.PERIOD, "-p", "project", str(one.project)])
    for number in sorted({*spread(total, count // 2), *last(total, count // 2)}):
        one.again()
        status, said = counted.start(work, one.home, counted.full_from(number)).end()
        where = f"full from operation {number} of {total} on: {said}"
        assert "Traceback" not in said and (status == 0 or (status == 2 and "No space left" in said)), where
        one.check(where)


# --- Two at once ----------------------------------------------------------------------------


HELD = {
    "its report is being made": "^exchange$",
    "it is being prepared": "^write .*pending.*ledger.csv",
    "the ledger is moved, the folder is not": f"^os.rename .*pending/{tiny.PERIOD}",
}


@pytest.mark.parametrize("held", HELD)
def test_a_second_release_waits_for_the_first(one, held):
    """Of another period, begun while the first is held: it says that it waits; both are published, one after the other,
    each audited beside what was there, and the chain is whole.
    """
    one.again()
    gate = counted.Gate(HELD[held])
    run = counted.start(one.made, one.home, gate)
    gate.reached()
    other = counted.start(partial(one.made, "FY2013Q3", print), one.home)
    said = other.read().decode()
    assert said == pending.WAITS + "\n"
    assert "FY2013Q3" not in os.listdir(one.project / "releases")
    gate.open()
    assert run.end() == (0, "") and other.end()[0] == 0
    published = ledger.read(load(one.project))
    assert [name for name, *_ in published.releases] == [tiny.EARLIER, tiny.PERIOD, "FY2013Q3"]
    assert one.is_recorded() and one.states.left() == []


def test_a_report_that_is_made_meanwhile_reads_a_whole_ledger(one):
    """While the ledger is moved and the folder is not, a report waits for it instead of refusing."""
    one.again()
    gate = counted.Gate(HELD["the ledger is moved, the folder is not"])
    run = counted.start(one.made, one.home, gate)
    gate.reached()
    command = ["plan", "--periods", tiny.PERIOD, "-p", "project", str(one.project)]
    comes_to_the_lock = counted.Gate("^lock")
    reader = counted.start(partial(main, command), one.home, comes_to_the_lock)
    comes_to_the_lock.reached()
    comes_to_the_lock.open()
    gate.open()
    assert run.end() == (0, "")
    status, said = reader.end()
    assert status == 0 and "ledger" in said, said
    assert one.public() == one.after
