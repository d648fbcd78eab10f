"""Two runs at once on the same period, one of them held at a file operation while the other goes on: neither mixes with
the other, and nothing of either is left.
"""

from functools import partial

import pytest

from ctanalysis.__main__ import main
from ctanalysis.reports import inputs, made_from, making
from tests.reports import counted, tiny

HELD = {  # where a run is held while another begins and ends
    "its folder is there and not yet locked": "^lock",
    "a file is half written": "^write",
    "all is written but for the internal half": "^os.mkdir .*/internal",
    "the internal half is written and not yet in its place": "^os.rename .*/internal",
    "before the exchange": "^exchange$",
    "after the exchange": "^exchanged$",
}


@pytest.mark.parametrize(
    ("before", "held"),
    [*(("target", held) for held in HELD), *(pytest.param("first", held, marks=pytest.mark.long) for held in HELD)],
)
def test_one_is_held_while_another_begins_and_ends(states, before, held):
    """Both end well; the report is the new one, whole, with its internal half."""
    states.again(before)
    gate = counted.Gate(HELD[held])
    run = counted.start(states.made, states.home, gate)
    gate.reached()
    states.made()
    gate.open()
    assert run.end() == (0, "")
    assert states.stands() == states.before[before][1] and states.left() == []


@pytest.mark.parametrize("before", ["first", "target"])
def test_both_come_to_the_exchange_at_the_same_time(states, before):
    """Two whole reports, one place."""
    states.again(before)
    gates = [counted.Gate("^exchange$") for _ in range(2)]
    runs = [counted.start(states.made, states.home, gate) for gate in gates]
    for gate in gates:
        gate.reached()
    for gate in gates:
        gate.open()
    assert [run.end() for run in runs] == [(0, ""), (0, "")]
    assert states.stands() == states.before[before][1] and states.left() == []


@pytest.mark.parametrize("is_changed_back", [False, True])
def test_pages_that_are_kept_are_those_of_the_same_report(states, is_changed_back):
    """One is about to keep a page; another, of other inputs, has replaced it meanwhile: no page of it is taken over."""
    states.again("record")
    gate = counted.Gate("open .*data-quality.ipynb")
    run = counted.start(states.made, states.home, gate)
    gate.reached()
    tiny.another_last_day(states.project)
    states.made()
    other = states.stands()
    assert b"through 2014-12-30" in other.files[states.page]
    if is_changed_back:
        tiny.another_last_day(states.project, "2014-12-30", "2014-12-31")
    gate.open()
    status, said = run.end()
    if is_changed_back:
        assert (status, said) == (0, "") and states.stands() == states.before["record"][1]
    else:
        assert status != 0 and "(project.toml) changed while the report was made" in said
        assert states.stands() == other and making.reason(making.source(states.project), tiny.PERIOD) == ""
    assert states.left() == []


def test_what_is_changed_while_a_run_begins_is_found_by_the_next(states, monkeypatch):
    """Nothing is read before its hash is taken: a report never bears the hash of what it was not made from."""
    states.again("old")

    def late(*given):
        tiny.another_target(states.project)
        return inputs.inputs(*given)

    monkeypatch.setattr(made_from, "inputs", late)
    assert [target.target.level for target in making.source.__wrapped__(states.project).project.targets] == [5]


@pytest.mark.parametrize("held", ["^exchange$", pytest.param("^write .*html", marks=pytest.mark.long)])
def test_two_runs_of_all_reports(states, held):
    """make reports twice at once: all reports are there and whole, and nothing else."""
    states.again("record")
    labels = (tiny.EARLIER, tiny.PERIOD)
    work = partial(main, ["reports", "--periods", " ".join(labels), "-p", "project", str(states.project)])
    gate = counted.Gate(held)
    run = counted.start(work, states.home, gate)
    gate.reached()
    other, said = counted.start(work, states.home).end()
    gate.open()
    assert (run.end()[0], other) == (0, 0) and "to be made" in said  # 2, or 1 where the other one was there already
    given = making.source(states.project)
    assert [making.reason(given, label) for label in labels] == ["", ""]
    assert states.stands() == states.before["record"][1] and states.left() == []
