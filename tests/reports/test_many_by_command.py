"""What `reports` and `plan` say and take by command: a bar on a terminal and lines elsewhere, SINCE, and why."""

import fcntl
import os
import pty
import re
import struct
import sys
import termios

import pytest

from ctanalysis.__main__ import main
from ctanalysis.reports import notebooks
from tests.reports import counted, tiny
from tests.reports.states import LABELS, command

LINE = re.compile(r"^\d of \d  ", re.MULTILINE)  # that a log has of each report
BAR = re.compile(r"\d/2 \[\d\d:\d\d<\d\d:\d\d")  # how many of two, the time that was taken, and the time left


@pytest.fixture(name="ours")
def project(tmp_path, monkeypatch):
    """The tiny project, its folder as it is named to a command."""
    monkeypatch.setattr(notebooks, "SOURCES", tiny.notebooks(tmp_path / "notebooks"))
    return tiny.project(tmp_path / "ours")


@pytest.mark.long
def test_on_a_terminal_one_bar_says_how_many_and_how_long(states):
    """It is written over itself, in one line, with the time left; no report has a line of its own."""
    states.again("first")
    ours, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("4H", 24, 100, 0, 0))

    def work():
        os.dup2(terminal, 2)
        sys.stderr = open(2, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115  ends with the process
        return command("reports", states)()

    status, said = counted.start(work, states.home).end()
    os.close(terminal)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert status == 0 and "2 reports: 0 as they were, 2 to be made" in said and not LINE.findall(said)
    *bars, end = [bar for bar in shown.split("\r") if bar]
    assert end == "\n" and "\n" not in "".join(bars) and all("/2 [" in bar for bar in bars)
    assert [bar for bar in bars if BAR.search(bar) and " 1/2 " in bar]
    assert re.search(r"^100%.* 2/2 \[\d\d:\d\d<00:00, .*(FY2013Q4|FY2014Q1)\]$", bars[-1])


@pytest.mark.long
def test_in_a_log_each_report_has_a_line(states):
    """And there is no bar."""
    states.again("first")
    status, said = counted.start(command("reports", states), states.home).end()
    assert status == 0 and len(LINE.findall(said)) == 2 and "2 of 2  " in said
    assert not BAR.search(said) and "\r" not in said and "%" not in said


@pytest.mark.long
def test_since_makes_the_reports_from_a_period_on(ours, capsys):
    """Those that end on its first day or later, and no other."""
    named = ["-p", "project", str(ours), "--since", "FY2015Q1"]
    assert main(["reports", *named]) == 0
    assert "2 reports: 0 as they were, 2 to be made" in capsys.readouterr().out
    assert {path.name for path in (ours / "reports").iterdir() if path.is_dir()} == {"LOP", "FY2015Q1"}
    assert main(["plan", *named]) == 0
    assert capsys.readouterr().out == "2 reports: 2 as they are, 0 to be looked at\n"


CHANGES = {  # what is changed, and what is said of the report that it is in
    "a record": (tiny.one_more_record, "evaluation (records: records/rows.csv)"),
    "a target": (tiny.another_target, "no notebook shows anything that has changed (targets: targets.csv)"),
    "a last day": (tiny.another_last_day, "evaluation, data-quality (facts: project.toml)"),
}


@pytest.mark.long
@pytest.mark.parametrize("change", CHANGES)
def test_a_plan_says_which_notebooks_would_run_and_why(ours, capsys, change):
    """A line for each report: its name, its notebooks, and the reason; and nothing is made."""
    named = ["-p", "project", str(ours), "--periods", " ".join(LABELS)]
    assert main(["reports", *named]) == 0
    changes, says = CHANGES[change]
    changes(ours)
    before = (ours / "reports" / tiny.PERIOD / "manifest.json").stat().st_mtime_ns
    capsys.readouterr()
    assert main(["plan", *named]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert f"{tiny.PERIOD}: {says}" in lines and [line.partition(":")[0] for line in lines] == [*LABELS]
    assert last == "2 reports: 0 as they are, 2 to be looked at"
    assert (ours / "reports" / tiny.PERIOD / "manifest.json").stat().st_mtime_ns == before
