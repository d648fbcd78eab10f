"""The commands, killed at counted file operations: two reports on two cores, and a report in two languages."""

import shutil
import signal

import pytest

from ctanalysis.reports import Asked, making
from tests.generators import translating
from tests.reports import counted, tiny
from tests.reports.states import LABELS, command

KILLS = 6


def kept(states, name):
    """The project as it is now is what a run named so finds."""
    shutil.rmtree(states.home / name, ignore_errors=True)
    shutil.copytree(states.project, states.home / name)


def is_old_or_new(states, label, old, new, where):
    """A report stands whole, with its own internal half or none."""
    found = states.stands(label)
    assert found.files in (old.files, new.files), where
    assert found.whole in (None, new.whole if found.files == new.files else old.whole), where


def killed(states, name, work, labels):
    """A run of work is killed so often, evenly from its first to its last operation; after each the next ends well."""
    states.again(name)
    old = {label: states.stands(label) for label in labels}
    run = counted.start(work, states.home)
    assert run.end()[0] == 0 and run.counter.number > 100
    new, total = {label: states.stands(label) for label in labels}, run.counter.number
    assert all(old[label].files != new[label].files and new[label].whole for label in labels)
    ends = []
    for count in [1 + number * (total - 1) // (KILLS - 1) for number in range(KILLS)]:
        states.again(name)
        status, said = counted.start(work, states.home, counted.killed_at(count)).end()
        where = f"killed at operation {count} of {total}: {said}"
        ends.append(status)
        for label in labels:
            is_old_or_new(states, label, old[label], new[label], where)
        assert [*states.scratch.iterdir()] == [], where
        assert counted.start(work, states.home).end()[0] == 0, where
        assert {label: states.stands(label) for label in labels} == new, where
        assert states.left() == [], where
    assert ends[:-1] == [-signal.SIGKILL] * (KILLS - 1)  # on two cores no two runs have as many


@pytest.mark.long
@pytest.mark.parametrize("before", ["no report", "both reports"])
def test_a_kill_of_many_reports(states, monkeypatch, before):
    """Two reports at once, made or made again: each is the old or the new one, whole."""
    for module in ("making", "running"):
        monkeypatch.setattr(f"ctanalysis.reports.{module}.CORES", 2)
    states.again("first")
    work = command("reports", states)
    if before == "both reports":
        assert counted.start(work, states.home).end()[0] == 0
        tiny.another_last_day(states.project)  # which all pages of both name
    kept(states, "both")
    killed(states, "both", work, LABELS)


@pytest.mark.long
def test_a_kill_of_a_report_in_two_languages(states):
    """No language stands beside other numbers than the other: all are old, or all new."""
    states.again("first")
    translating.translate(states.project, "ru")
    making.make(tiny.PERIOD, states.project, say=lambda words: None, asked=Asked((), ("en", "ru")))
    tiny.one_more_record(states.project)
    kept(states, "told")
    killed(states, "told", command("report", states, "--languages", "en,ru"), [tiny.PERIOD])
    assert (states.folder / "ru" / "evaluation.html").exists()
