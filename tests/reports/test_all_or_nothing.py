"""Whatever stops a run, at whatever file operation: the old report stands or the new one, whole, and the next run needs
no cleaning.
"""

import ctypes
import os
import re
import signal
from functools import partial

import pytest

from ctanalysis.__main__ import main
from ctanalysis.base import replacing
from tests.reports import counted, tiny

ALSO = {"target": "^exchange|^os.rename|^os.mkdir|/internal/", "record": "^os.mkdir .*/tmp"}


def chosen(states, before, count, also=ALSO):
    """So many of the operations of a run that nothing stops, from the first to the last, and how many there are.

    Also those at which something takes its place or is begun, for few they are.
    """

    def what(number, operation):
        if re.search(also.get(before, "^never"), operation):
            print(number)

    states.again(before)
    run = counted.start(states.made, states.home, what)
    status, said = run.end()
    assert status == 0 and states.stands() == states.before[before][1]
    total = run.counter.number
    assert total >= count
    places = [place for number in said.split() for place in (int(number), int(number) + 1)]
    return sorted({1 + number * (total - 1) // (count - 1) for number in range(count)} | set(places)), total


KILLS = {  # by what the run finds: no report; one whose pages are kept, all or but for one; how often it is killed
    "first": (4, 40),
    "target": (12, 100),
    "record": (6, 60),
}


@pytest.mark.parametrize(("before", "kills"), [(before, few) for before, (few, _) in KILLS.items()])
def test_a_kill_at_any_file_operation(states, before, kills):
    """Killed at so many of a run's file operations, evenly from its first to its last: forty in all, and some."""
    counts, total = chosen(states, before, kills)
    for count in counts:
        states.again(before)
        status, said = counted.start(states.made, states.home, counted.killed_at(count)).end()
        where = f"killed at operation {count} of {total}: {said}"
        assert status == -signal.SIGKILL or (status == 0 and count > total - 3), where  # this run had fewer of them
        states.check(before, where)


@pytest.mark.long
@pytest.mark.parametrize(("before", "kills"), [(before, many) for before, (_, many) in KILLS.items()])
def test_a_kill_at_two_hundred_file_operations(states, before, kills):
    """The same at two hundred."""
    test_a_kill_at_any_file_operation(states, before, kills)


FEW = 4
FILLS = [
    ("target", 4),
    ("record", 3),
    *(pytest.param(before, fills, marks=pytest.mark.long) for before, fills in (("first", 40), ("record", 60))),
]


@pytest.mark.parametrize(("before", "fills"), FILLS)
def test_a_disk_that_is_full_from_any_file_operation_on(states, before, fills):
    """The run ends with a sentence, what stood stands, with its internal half, and nothing else is left."""
    counts, total = chosen(states, before, fills, ALSO if fills > FEW else {})  # what is renamed takes no room
    old, new = states.before[before]
    command = ["report", "-p", "period", tiny.PERIOD, "-p", "project", str(states.project)]
    for count in counts:
        states.again(before)
        status, said = counted.start(partial(main, command), states.home, counted.full_from(count)).end()
        where = f"full from operation {count} of {total} on: {said}"
        assert "Traceback" not in said, where
        if states.stands() == old:
            assert status == 2 and "No space left" in said, where
        else:
            assert states.stands() == new, where
            assert status == 0 or ("index.html" in said and "No space left" in said), where  # which the next run writes
        assert states.left() == [], where
        states.check(before, where)


def without_capabilities(work):
    """As somebody who is not root, or as root without its powers over files."""
    if os.geteuid() == 0:
        header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        if ctypes.CDLL(None).capset(header, none):
            return 77
    return main(work)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no such modes")
@pytest.mark.parametrize("command", ["report", "reports"])
@pytest.mark.parametrize("place", ["reports", "internal/manifests/reports"])
def test_a_folder_that_may_only_be_read(states, command, place):
    """Said in a sentence, the old report stands whole with its own internal half, and nothing else is left."""
    states.again("record")
    which = ("--periods", tiny.PERIOD) if command == "reports" else ("-p", "period", tiny.PERIOD)
    (states.project / place).chmod(0o555)
    try:
        work = partial(without_capabilities, [command, *which, "-p", "project", str(states.project)])
        status, said = counted.start(work, states.home).end()
    finally:
        (states.project / place).chmod(0o755)
    if status == 77:
        pytest.skip("root cannot give up its powers over files here")
    one_by_one = command == "reports" and place != "reports"  # where nothing can be written, no report is begun
    assert status == (1 if one_by_one else 2) and "Permission denied" in said and "Traceback" not in said
    assert states.stands() == states.old
    assert states.left() == []


def test_a_file_where_the_reports_should_stand(states):
    """Said in a sentence."""
    states.again("first")
    (states.project / "reports").touch()
    work = partial(main, ["report", "-p", "period", tiny.PERIOD, "-p", "project", str(states.project)])
    status, said = counted.start(work, states.home).end()
    assert status == 2 and str(states.project / "reports") in said and "Traceback" not in said


def test_where_places_are_changed_in_two_steps(tmp_path, monkeypatch):
    """Killed at each operation: what stands is the old or the new one, or the old one comes back with the next run."""
    monkeypatch.setattr(replacing, "_renameat2", lambda: None)
    folder, total = tmp_path / "all" / "FY2014", 1000

    def written(words):
        with replacing.replacing(folder) as fresh:
            for name in ("page", "values"):
                (fresh / name).write_text(words, encoding="utf-8")

    def texts():
        return {path.read_text(encoding="utf-8") for path in folder.iterdir()} if folder.exists() else None

    gone = 0
    for count in range(1, total):
        written("old")
        run = counted.start(partial(written, "new"), tmp_path, counted.killed_at(count))
        if run.end()[0] == 0:
            break
        assert texts() in ({"old"}, {"new"}, None)
        gone += texts() is None
        replacing.clear(folder.parent)
        assert texts() in ({"old"}, {"new"}) and os.listdir(folder.parent) == ["FY2014"]
    assert count > 15 and gone == 1
