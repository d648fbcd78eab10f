"""What cannot be released: a wrong day or period, a changed definition, an audit that finds a cell or has no answer."""

import stat

import pytest

from ctanalysis.__main__ import main
from ctanalysis.disclosure.audit import NotAudited, opened
from ctanalysis.releases import publishing
from tests.releases.steps import LATEST, corrected, refused, restate, rewritten, run


@pytest.mark.few(4)
@pytest.mark.parametrize(
    "day",
    [
        "",
        "tomorrow",
        "2013-13-01",
        "2013-02-30",
        "20131101",
        "2013-11-1",
        "2013-W44-5",
        "01.11.2013",
        "2013-11-01T00:00",
        " 2013-11-01",
        "2013-09-30",
        "2012-10-01",
    ],
)
def test_a_day_that_cannot_be(two, capsys, day):
    """No day, another way to write it, or one on which the period had not ended."""
    refused(two, capsys, "day", day=day)


def test_a_day_before_the_last_release(two, capsys):
    """Releases are in the order of their days."""
    restate(two, "FY2012", 1)
    corrected(two, lambda rows: rows.append(["r9999", "2012-03-05", "", "p9999", "F", "NA", "1", "true"]))
    refused(two, capsys, "FY2013Q1 was released on 2013-02-01", period="FY2012", day="2013-01-31")


def test_no_date_and_no_period(two, capsys):
    """The command asks for both, in a sentence."""
    assert main(["release", "-p", "period", "FY2013", "-p", "project", str(two)]) == 2
    assert capsys.readouterr().err.startswith("The day of the release is missing: make release PERIOD=")
    refused(two, capsys, "No period is named", period="")


@pytest.mark.parametrize("period", ["FY2019", "FY2013Q5", "2013", "../FY2012", "FY2013 "])
def test_a_period_that_cannot_be_released(two, capsys, period):
    """Unknown, not complete, or not a label."""
    refused(two, capsys, period=period, day=LATEST)


@pytest.mark.parametrize(
    "file, old, new",
    [
        ("indicators/x.toml", 'date = "day"', 'date = "day"\nwhere = { done = true }'),
        ("indicators/x.toml", 'disaggregate = ["kind"]', 'disaggregate = ["sex"]'),
        ("datapackage.json", '"label": "seven"', '"label": "sieben"'),
        ("policy.toml", "fewer_than = 10", "fewer_than = 15"),
        ("policy.toml", "fewer_than = 10\nround_to = 5", "fewer_than = 10\nround_to = 10"),
        ("policy.toml", 'order = ["Namibian", "bar"', 'order = ["bar", "Namibian"'),
    ],
)
def test_another_definition_of_a_released_indicator(two, capsys, file, old, new):
    """Another calculation, other categories, another policy: what both tell together cannot be audited."""
    rewritten(two / file, old, new)
    refused(two, capsys)


def test_an_indicator_taken_away(two, capsys):
    """A released indicator keeps its reference sheet, under whatever code the new one comes."""
    rewritten(two / "indicators" / "x.toml", 'code = "x"', 'code = "y"')
    rewritten(two / "policy.toml", 'sheet = "x"', 'sheet = "y"')
    refused(two, capsys, "Indicator x was released before")


# --- The audit ------------------------------------------------------------------------------


def test_an_audit_that_finds_a_cell_publishes_nothing(two, capsys, monkeypatch):
    """Which tables is in internal/ only, for nobody else to read, and neither on the screen nor in releases/.

    The draft stays.
    """
    cell = opened.__globals__["Opened"]("x", "kind", "seven", "2011-10-01", "2012-09-30")
    monkeypatch.setattr(publishing, "opened", lambda *asked: [cell])
    words = refused(two, capsys, "the audit of everything published to date did not pass", "release/FY2013.txt")
    path = two / "internal" / "release" / "FY2013.txt"
    found = path.read_text(encoding="utf-8")
    assert (
        "seven" not in words
        and "by kind" not in words
        and "x by kind" in found
        and found.startswith("INTERNAL - NOT FOR PUBLICATION\n")
    )
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    monkeypatch.undo()
    assert "FY2013" in {path.name for path in (two / "reports").iterdir()}


def test_an_audit_without_an_answer_publishes_nothing(two, capsys, monkeypatch):
    """The solver gave up after the report was made: nothing is published."""

    def fails(*asked):
        raise NotAudited("the solver gave no answer in time")

    monkeypatch.setattr(publishing, "opened", fails)
    refused(two, capsys, "did not pass")


@pytest.mark.parametrize("status", [1, 2, 3, 4])
def test_a_solver_that_fails_publishes_nothing(two, capsys, monkeypatch, status):
    """Out of time, infeasible, unbounded, broken: each is no answer."""
    import scipy.optimize

    class Failed:
        success, x = False, None

    Failed.status = status
    monkeypatch.setattr(scipy.optimize, "milp", lambda *asked, **more: Failed())
    refused(two, capsys)


def test_an_audit_that_passes_takes_its_old_words_away(two):
    """What stood in internal/ of a failed audit goes when the release goes through."""
    path = two / "internal" / "release" / "FY2013.txt"
    path.write_text("old", encoding="utf-8")
    assert run(two) == 0 and not path.exists()
