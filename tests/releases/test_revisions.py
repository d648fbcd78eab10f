"""A report that is released again: nothing changes, or it is a revision with a reason."""

import json
from hashlib import sha256

import pandas as pd

from ctanalysis import reports, tables
from ctanalysis.evaluation import named
from ctanalysis.reports import manifest, shown
from tests.releases.steps import LATEST, bytes_of, corrected, refused, restate, run


def test_releasing_the_same_again_changes_nothing(two, capsys):
    """Also on another day, and after a later release: not a byte differs, and it is said."""
    before = bytes_of(two / "releases")
    for period in ("FY2013Q1", "FY2012"):
        assert run(two, period, LATEST) == 0
        assert "released already, and nothing has changed" in capsys.readouterr().out
    assert bytes_of(two / "releases") == before


def pages_say(monkeypatch):
    """The stand-in's pages, with what they say of earlier releases."""
    remake = reports.remake

    def more(given, evaluation, say=print, asked=()):
        folder = remake(given, evaluation, say, asked)
        words = tables.restated(evaluation)._repr_mimebundle_()["text/plain"]
        page = folder / "evaluation.html"
        page.write_text(page.read_text(encoding="utf-8") + f"<p>{words}</p>", encoding="utf-8")
        internal = folder.parents[1] / "internal" / "manifests" / "reports" / f"{folder.name}.json"
        manifest.write(evaluation, given.inputs, {}, folder)
        half = json.loads(internal.read_text(encoding="utf-8"))
        half["manifest"] = sha256((folder / "manifest.json").read_bytes()).hexdigest()
        internal.write_text(json.dumps(half), encoding="utf-8")
        return folder

    monkeypatch.setattr(reports, "remake", more)


def test_the_first_release_again_says_what_it_said(ours, capsys, monkeypatch):
    """A first release says that nothing had been released before; made again after it, and after another, it still
    does: not a byte differs.
    """
    pages_say(monkeypatch)
    assert run(ours, "FY2012", "2012-11-01") == 0
    page = ours / "releases" / "FY2012" / "evaluation.html"
    assert "Nothing has been released before." in page.read_text(encoding="utf-8")
    for _ in range(2):
        before = bytes_of(ours / "releases")
        assert run(ours, "FY2012", "2013-03-01") == 0
        assert "released already, and nothing has changed" in capsys.readouterr().out
        assert bytes_of(ours / "releases") == before
        assert run(ours, "FY2013Q1", "2013-02-01") == 0
    assert "No value that was released has changed" in (ours / "releases" / "FY2013Q1" / "evaluation.html").read_text(
        encoding="utf-8"
    )


def test_a_page_that_says_nothing_of_earlier_releases_is_made_again_when_there_is_one(ours):
    """What a report of another period shows of releases has changed with the first release, though no value has."""
    said = shown.PARTS["restated"](named("FY2013", ours)).to_csv()
    assert run(ours, "FY2012", "2012-11-01") == 0
    assert shown.PARTS["restated"](named("FY2013", ours)).to_csv() != said
    assert shown.PARTS["restated"](named("FY2012", ours)).to_csv() == said


def test_words_that_differ_invite_no_revision(two, capsys, monkeypatch):
    """Another sentence, every value as it was: nothing is refused or released, and what differs is named. With a reason
    on the record it is released.
    """
    pages_say(monkeypatch)
    before = bytes_of(two / "releases")
    assert run(two, "FY2012", LATEST) == 0
    said = capsys.readouterr().out
    assert "every value is as it was released" in said and "(evaluation.html): no revision is needed" in said
    assert bytes_of(two / "releases") == before
    restate(two, "FY2012", 1)
    assert run(two, "FY2012", LATEST) == 0 and (two / "releases" / "FY2012-revision-1").is_dir()


def test_values_that_differ_are_named(two, capsys):
    """Which, and from what to what, as both print them."""
    corrected(two, lambda rows: rows.append(["r9999", "2012-03-05", "", "p9999", "F", "NA", "1", "true"]))
    was, now = (frame["value"].iloc[0] for frame in (_total(two / "releases" / "FY2012"), named("FY2012", two).by("x")))
    words = refused(two, capsys, "Values that differ:", period="FY2012", day=LATEST)
    assert f"x, 2011-10-01 to 2012-09-30, total: all: {was:.0f} -> {now:.0f}" in words and now == was + 1


def _total(folder):
    values = pd.read_csv(folder / "indicators.csv")
    return values[(values["indicator"] == "x") & (values["horizon"] == "period") & (values["category"] == "all")]


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
