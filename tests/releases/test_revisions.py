"""A report that is released again: nothing changes, or it is a revision with a reason."""

import json

from ctanalysis.disclosure import answers, withholding
from ctanalysis.evaluation import named
from tests.releases.steps import LATEST, bytes_of, corrected, refused, restate, run


def test_releasing_the_same_again_changes_nothing(two, capsys):
    """Also on another day, and after a later release: not a byte differs, and it is said."""
    before = bytes_of(two / "releases")
    for period in ("FY2013Q1", "FY2012"):
        assert run(two, period, LATEST) == 0
        assert "released already, and nothing has changed" in capsys.readouterr().out
    assert bytes_of(two / "releases") == before


def test_a_changed_report_needs_a_reason_and_becomes_a_revision(two, capsys):
    """A case entered late: refused.

    With a reason it is the first revision, the release itself stays byte for byte, and the values are listed.
    """
    corrected(two, lambda rows: rows.append(["r9999", "2012-03-05", "", "p9999", "F", "NA", "1", "true"]))
    words = refused(two, capsys, "restatements.toml", "revision = 1", period="FY2012", day=LATEST)
    assert "p9999" not in words
    before = bytes_of(two / "releases" / "FY2012")
    restate(two, "FY2012", 1)
    assert run(two, "FY2012", LATEST) == 0
    assert bytes_of(two / "releases" / "FY2012") == before
    record = json.loads((two / "releases" / "FY2012-revision-1" / "release.json").read_text(encoding="utf-8"))
    assert (record["revision"], record["reason"]) == (1, "Entered late.")
    assert run(two, "FY2012", LATEST) == 0 and "nothing has changed" in capsys.readouterr().out
    corrected(two, lambda rows: rows.pop())
    refused(two, capsys, "revision = 2", period="FY2012", day=LATEST)


def test_later_reports_list_what_was_restated(two):
    """A report after a correction names each released value that it tells otherwise, as it was and is."""
    corrected(two, lambda rows: rows.append(["r9999", "2012-03-05", "", "p9999", "F", "NA", "1", "true"]))
    found = named("FY2013", two)
    totals = found.restated[found.restated["disaggregation"] == "total"].set_index(["start", "end"])
    assert (totals["value"] - totals["was"] == 1).all() and ("2011-10-01", "2012-09-30") in totals.index
    from ctanalysis import tables

    assert "Values restated since they were released" in tables.restated(found)._repr_mimebundle_()["text/plain"]


def test_the_gate_asks_beside_what_was_released(two, monkeypatch):
    """After a correction the auditor is asked about both: the register as it was printed, and as it is now."""
    answers.KNOWN.clear()  # an answer is kept for as long as the process lives
    asked, is_safe = [], withholding.is_safe
    monkeypatch.setattr(
        withholding, "is_safe", lambda cells, *more: asked.append(set(cells["version"])) or is_safe(cells, *more)
    )
    corrected(two, lambda rows: rows.append(["r9999", "2012-03-05", "", "p9999", "F", "NA", "1", "true"]))
    named("FY2013", two)
    assert asked and all(versions == {0, 1} for versions in asked)
