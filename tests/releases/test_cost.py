"""What a release will cost: make release DRY=1 says it, and writes nothing."""

import re

import pandas as pd
import pytest

from ctanalysis.__main__ import main
from ctanalysis.disclosure.audit import NotAudited
from ctanalysis.releases import publishing, telling
from tests.conftest import evaluated
from tests.releases.steps import LATEST, bytes_of, corrected, restate, run

TITLES = {
    "new": "Breakdowns of people told for the first time:",
    "again": "Told again, as they were told before:",
    "not": "Not told, by the policy:",
}


def dry(ours, capsys, period="FY2013", day="2013-11-01", value="1"):
    """What the command says, in lines; not a byte of the project is other than before."""
    before = bytes_of(ours)
    assert main(["release", "--dry", value, "--date", day, "-p", "period", period, "-p", "project", str(ours)]) == 0
    assert bytes_of(ours) == before
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "DRY=1: nothing was written."
    return said


def under(said, name):
    """The tables under a title: indicator, first and last day, and how they are broken down."""
    if TITLES[name] not in said:
        return set()
    lines = said[said.index(TITLES[name]) + 1 :]
    found = set()
    for line in lines[: next(n for n, line in enumerate(lines) if not line.startswith("  "))]:
        key, _, ways = line.strip().partition(": by ")
        code, _, days = key.partition(", ")
        found |= {(code, *days.split(" to "), way) for way in ways.split(", ")}
    return found


def printed(ours, name):
    """The tables by category of a release, told and not."""
    values = pd.read_csv(ours / "releases" / name / "indicators.csv", dtype=str)
    values = values[(values["disaggregation"] != "total") & (values["status"] != "not applicable")]
    tables = values.groupby(["indicator", "start", "end", "disaggregation"])["status"].first()
    return {key for key, status in tables.items() if status != "not told"}, {*tables.index}


def test_it_says_what_the_release_then_tells(ours, capsys):
    """Of each breakdown for days for which the policy shows one: told or not, and so it comes out."""
    said = dry(ours, capsys, "FY2012", "2012-11-01")
    assert run(ours, "FY2012", "2012-11-01") == 0
    told, every = printed(ours, "FY2012")
    assert told and under(said, "new") == told and under(said, "not") <= every - told
    assert "The audit of everything published to date passes." in said
    assert not under(said, "again")


def test_what_was_told_is_told_again(two, capsys):
    """FY2013 repeats the tables of FY2012, and tells its own for the first time or not."""
    before, _ = printed(two, "FY2012")
    said = dry(two, capsys)
    capsys.readouterr()
    assert run(two) == 0
    told, _ = printed(two, "FY2013")
    assert under(said, "new") == told - before and under(said, "again") == told & before


def test_it_says_up_to_when_people_are_fixed(ours, capsys):
    """FY2013 fixes who stands in breakdowns at two years' ends; a quarter after it none."""

    def fixed(said):
        return [line.split(": ")[0].rpartition(" ")[2] for line in said if line.startswith("It fixes")]

    assert fixed(dry(ours, capsys)) == ["2012-09-30", "2013-09-30"]
    assert run(ours, "FY2012", "2012-11-01") == 0
    capsys.readouterr()
    assert fixed(dry(ours, capsys)) == ["2013-09-30"] and fixed(dry(ours, capsys, "FY2013Q1", "2013-02-01")) == []


def test_a_revision_takes_no_breakdown_with_it(two, capsys):
    """Twenty are entered late: totals differ, and every breakdown is told as it was. How many values differ, whether a
    reason is on the record; so it then comes out.
    """
    late = [[f"r99{n}", "2012-03-05", "", f"p99{n}", "F", "NA", "1", "true"] for n in range(20)]
    corrected(two, lambda rows: rows.extend(late))
    said = dry(two, capsys, "FY2012", LATEST)
    place = said.index("FY2012 would become revision 1: 2 values differ from those released last:")
    assert re.fullmatch(r"  x, 2011-10-01 to 2012-09-30, in all: \d+ -> \d+", said[place + 1])
    assert "no reason for it yet" in said[place + 3]
    restate(two, "FY2012", 1)
    assert "Its reason: Entered late." in dry(two, capsys, "FY2012", LATEST)
    before, _ = printed(two, "FY2012")
    assert run(two, "FY2012", LATEST) == 0
    told, _ = printed(two, "FY2012-revision-1")
    assert before and told == before == under(said, "again") and not under(said, "new") and not under(said, "not")


def test_nothing_to_release_again(two, capsys):
    """Every value is as it was released."""
    assert "no revision is needed" in dry(two, capsys, "FY2012", LATEST)[3]


def test_the_release_says_what_it_told(ours, capsys):
    """What was released, beside how many others, what it tells and fixes, what to keep; the folder in the last line."""
    said = dry(ours, capsys, "FY2012", "2012-11-01")
    assert run(ours, "FY2012", "2012-11-01") == 0
    lines = capsys.readouterr().out.splitlines()
    first = "FY2012 is released as of 2012-11-01: audited as the first of all, recorded, and never changed from now on."
    assert under(lines, "new") == under(said, "new") != set() and first in lines
    assert [line for line in lines if line.startswith("It fixes")] == [
        one for one in said if one.startswith("It fixes")
    ]
    assert lines[-2].startswith("Keep a copy of releases/, and of internal/release/")
    assert lines[-1].endswith("releases/FY2012")
    assert run(ours, "FY2013Q1", "2013-02-01") == 0
    assert "audited beside 1 earlier release, recorded" in capsys.readouterr().out


def test_breakdowns_are_called_as_in_reports():
    """By age group, and in detail: no codes of fields."""
    found = evaluated("FY2014")
    lines = [line for line in telling.told(found, publishing.published_cells(found)) if line.startswith("  ")]
    assert "  2.2, 2013-10-01 to 2014-09-30: by sex, age group" in lines
    assert "  2.2, 2013-10-01 to 2014-09-30: by age group in detail" in lines
    assert not [line for line in lines if "_" in line or ":coarse" in line]


def test_an_audit_that_would_not_pass_is_said_without_its_tables(two, capsys, monkeypatch):
    """Of which tables is for internal/ only, and nothing is written there."""

    def fails(*asked):
        raise NotAudited("x by kind: seven")

    monkeypatch.setattr(publishing, "opened", fails)
    said = dry(two, capsys)
    assert any("would not pass" in line for line in said) and not any("seven" in line for line in said)


@pytest.mark.parametrize("value", ["2", "yes", "0"])
def test_dry_is_1_or_left_out(two, capsys, value):
    """Anything else is refused, and nothing is released."""
    before = bytes_of(two)
    asked = ["-p", "period", "FY2013", "-p", "project", str(two)]
    assert main(["release", "--dry", value, "--date", "2013-11-01", *asked]) == 2
    assert "DRY is 1 or left out" in capsys.readouterr().err and bytes_of(two) == before
