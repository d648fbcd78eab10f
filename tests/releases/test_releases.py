"""Releases: audited against everything before, copied whole, written into a ledger that nobody can change unseen, never changed again.

Reports are made by a stand-in that writes the values of the evaluation that is being released; what is released,
audited and recorded is the library's own. The command itself is run in test_canary.
"""

import json
import shutil
import stat
from datetime import date, timedelta
from hashlib import sha256
from html.parser import HTMLParser
from random import Random

import pytest

from ctanalysis import Refused, releases, reports
from ctanalysis.__main__ import main
from ctanalysis.disclosure import answers, conditioned, deciding, ledger
from ctanalysis.disclosure.audit import NotAudited, opened
from ctanalysis.disclosure.audit.versions import versioned
from ctanalysis.project import load, output_folder
from ctanalysis.releases import publishing
from ctanalysis.reports import files
from tests.generators import worlds

QUARTERS = [f"FY{2012 + n // 4}Q{n % 4 + 1}" for n in range(13)]
LATEST = "2015-06-01"  # a day after every period


@pytest.fixture(autouse=True)
def stand_in(monkeypatch):
    """reports.remake writes the values of the evaluation that is being released, and an empty page: a second instead of thirty."""

    def remake(evaluation, project="", say=print):
        folder = output_folder(project, "reports") / evaluation.period.label
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        files.write(evaluation, (), folder)
        (folder / "evaluation.html").write_text("<!DOCTYPE html>", encoding="utf-8")
        (folder / "manifest.json").write_text(json.dumps({"period": evaluation.period.label}), encoding="utf-8")
        return folder

    monkeypatch.setattr(reports, "remake", remake)


@pytest.fixture
def ours(tmp_path):
    """A small project of two years."""
    made = worlds.project(tmp_path / "ours", 4)
    worlds.write(made.folder, made.register)
    return made.folder


@pytest.fixture
def two(ours):
    """The same with two releases."""
    for period, day in (("FY2012", "2012-11-01"), ("FY2013Q1", "2013-02-01")):
        releases.release(period, day, ours, say=lambda words: None)
    return ours


def bytes_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def run(ours, period="FY2013", day="2013-11-01"):
    return main(["release", "--date", day, "-p", "period", period, "-p", "project", str(ours)])


def refused(ours, capsys, *said, **asked):
    """Runs a release that must be refused: status 2, a plain sentence, and not a byte of releases/ other than before."""
    before = bytes_of(ours / "releases")
    assert run(ours, **asked) == 2
    words = capsys.readouterr().err
    assert "Traceback" not in words and all(part in words for part in said), words
    assert bytes_of(ours / "releases") == before
    return words


def corrected(folder, change):
    """Changes the project's rows: change(rows) works on lists of cells, the header left out."""
    path = folder / "records" / "rows.csv"
    header, *rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    change(rows)
    path.write_text("".join(",".join(row) + "\n" for row in [header, *rows]), encoding="utf-8")


def restate(folder, period, revision, reason="Entered late."):
    (folder / "judgements").mkdir(exist_ok=True)
    with (folder / "judgements" / "restatements.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'[[restatement]]\nperiod = "{period}"\nrevision = {revision}\nreason = {json.dumps(reason)}\nrole = "officer"\ndate = 2015-01-01\n'
        )


# --- The ledger -----------------------------------------------------------------------------


def test_a_release_is_the_draft_with_its_record(ours):
    """A byte copy of the report, and release.json beside it: which release, when, why, the hash of each file, and the ledger's last."""
    folder = releases.release("FY2012", "2012-11-01", ours, say=lambda words: None)
    draft, found = bytes_of(ours / "reports" / "FY2012"), bytes_of(folder)
    record = json.loads(found.pop("release.json"))
    assert folder == ours / "releases" / "FY2012" and found == draft
    assert record.pop("files") == {name: sha256(data).hexdigest() for name, data in draft.items()}
    assert record == {
        "release": "FY2012",
        "revision": 0,
        "date": "2012-11-01",
        "reason": "",
        "ledger": ledger.read(load(ours)).head,
    }


def test_a_release_that_another_one_overtook_is_refused(two, monkeypatch, capsys):
    """While FY2013 is made somebody releases FY2013Q2: what the audit knew is no longer all, so nothing is published."""
    remake = reports.remake

    def overtaken(evaluation, project="", say=print):
        if evaluation.period.label == "FY2013":
            releases.release("FY2013Q2", "2013-05-01", project, say=say)
        return remake(evaluation, project, say)

    monkeypatch.setattr(reports, "remake", overtaken)
    assert run(two) == 2
    assert "another release was published meanwhile. Release it again" in capsys.readouterr().err
    assert [name for name, *_ in ledger.read(load(two)).releases] == ["FY2012", "FY2013Q1", "FY2013Q2"] and not (
        two / "releases" / "FY2013"
    ).exists()


def test_the_ledger_is_only_added_to(two):
    """A third release leaves every byte that was there, and every file of the releases before; only the index is another."""
    before = bytes_of(two / "releases")
    before.pop("index.html")
    releases.release("FY2013", "2013-11-01", two, say=lambda words: None)
    after = bytes_of(two / "releases")
    assert after["ledger.csv"].startswith(before.pop("ledger.csv")) and before.items() <= after.items()
    assert [name for name, *_ in ledger.read(load(two)).releases] == ["FY2012", "FY2013Q1", "FY2013"]


def test_the_ledger_holds_what_is_printed_and_nothing_else(two):
    """Each line is a cell of indicators.csv or history.csv of its release, hidden values as empty as there."""
    import pandas as pd

    for name, revision, _ in ledger.read(load(two)).releases:
        folder = two / "releases" / name
        printed = pd.concat(
            [pd.read_csv(folder / f"{file}.csv", dtype={"indicator": str}) for file in ("indicators", "history")]
        ).drop_duplicates(ledger.CELL)
        lines = next(cells for cells in ledger.read(load(two)).frames() if cells["release"].iloc[0] == name)
        columns = [*ledger.CELL, *ledger.PRINTED]
        pd.testing.assert_frame_equal(
            lines[columns].reset_index(drop=True), printed[columns].reset_index(drop=True), check_dtype=False
        )


def lines_changed(change):
    """A damage to the ledger's lines, the header left where it is."""

    def damage(folder):
        path = folder / "releases" / "ledger.csv"
        header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        change(lines)
        path.write_text(header + "".join(lines), encoding="utf-8")

    return damage


def swapped(lines):
    lines[3], lines[4] = lines[4], lines[3]


def renumbered(lines):
    """The cells of the second release in the first's place, each with its own chain."""
    lines.sort(key=lambda line: not line.startswith("FY2013Q1"))


def record_changed(**other):
    """A damage to the record of the first release, whose hash of the ledger stays."""

    def damage(folder):
        path = folder / "releases" / "FY2012" / "release.json"
        path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | other), encoding="utf-8")

    return damage


DAMAGES = {
    "a line taken out": lines_changed(lambda lines: lines.pop(5)),
    "the first line taken out": lines_changed(lambda lines: lines.pop(0)),
    "two lines swapped": lines_changed(swapped),
    "the last line cut off": lines_changed(lambda lines: lines.pop()),
    "half of the last line cut off": lines_changed(lambda lines: lines.append(lines.pop()[:40])),
    "the second release cut off": lines_changed(
        lambda lines: lines.__setitem__(slice(None), [line for line in lines if line.startswith("FY2012,")])
    ),
    "everything cut off": lines_changed(lambda lines: lines.clear()),
    "a line twice": lines_changed(lambda lines: lines.append(lines[-1])),
    "releases in another order": lines_changed(renumbered),
    "the ledger gone": lambda folder: (folder / "releases" / "ledger.csv").unlink(),
    "the ledger empty": lambda folder: (folder / "releases" / "ledger.csv").write_text(""),
    "the header gone": lambda folder: (folder / "releases" / "ledger.csv").write_bytes(
        (folder / "releases" / "ledger.csv").read_bytes().split(b"\n", 1)[1]
    ),
    "bytes that are no text": lambda folder: (folder / "releases" / "ledger.csv").write_bytes(b"\xff\xfe\x00" * 30),
    "a released folder gone": lambda folder: shutil.rmtree(folder / "releases" / "FY2012"),
    "a record gone": lambda folder: (folder / "releases" / "FY2012" / "release.json").unlink(),
    "a record of another hash": lambda folder: (folder / "releases" / "FY2012" / "release.json").write_text(
        '{"ledger": "0"}'
    ),
    "a record that is none": lambda folder: (folder / "releases" / "FY2012" / "release.json").write_text("[]"),
    "a record of another day": record_changed(date="2012-11-02"),
    "a record of another revision": record_changed(revision=1),
    "a record whose reason is no text": record_changed(reason=None),
    "a byte of a released table": lambda folder: (folder / "releases" / "FY2012" / "history.csv").write_bytes(
        (folder / "releases" / "FY2012" / "history.csv").read_bytes().replace(b"exact", b"Exact", 1)
    ),
    "a file put into a release": lambda folder: (folder / "releases" / "FY2012" / "more.csv").write_text("more"),
    "a file of a release gone": lambda folder: (folder / "releases" / "FY2012" / "tracking.csv").unlink(),
    "a folder that was never released": lambda folder: shutil.copytree(
        folder / "releases" / "FY2012", folder / "releases" / "FY2011"
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_ledger_that_was_changed_is_refused(two, capsys, damage):
    """Whatever was taken out, put in or moved: nothing is released, and the sentence says what to do."""
    damage(two)
    refused(two, capsys, "releases")


def test_no_byte_of_the_ledger_can_be_changed(two):
    """A bit of any byte (a sample of 200, and every comma and line end of a line): refused, with a sentence and nothing else."""
    path = two / "releases" / "ledger.csv"
    whole, project = path.read_bytes(), load(two)
    end = whole.index(b"\n", 200)
    marks = [place for place in range(len(whole[: end + 200])) if whole[place : place + 1] in (b",", b"\n")]
    for place in [*Random(1).sample(range(len(whole)), 200), *marks]:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Refused, match="ledger|release"):
            ledger.read(project)
    path.write_bytes(whole)
    ledger.read(project)


def test_a_released_value_cannot_be_changed_with_a_new_hash(two, capsys):
    """Whoever writes a whole new chain is found by the hash that the released folder keeps."""
    project = load(two)
    known = ledger.read(project)
    cells = known.cells.assign(value=known.cells["value"] + 1)
    text, head = "", ""
    for release, rows in zip(known.releases, [cells[cells["release"] == name] for name, *_ in known.releases]):
        lines, head = ledger.lines_of(rows, release, head)
        text += lines
    (two / "releases" / "ledger.csv").write_text(ledger.HEADER + text, encoding="utf-8")
    refused(two, capsys, "the ledger", "copy")


# --- Again, and otherwise -------------------------------------------------------------------


def test_releasing_the_same_again_changes_nothing(two, capsys):
    """Also on another day, and after a later release: not a byte differs, and it is said."""
    before = bytes_of(two / "releases")
    for period in ("FY2013Q1", "FY2012"):
        assert run(two, period, LATEST) == 0
        assert "released already, and nothing has changed" in capsys.readouterr().out
    assert bytes_of(two / "releases") == before


def test_a_changed_report_needs_a_reason_and_becomes_a_revision(two, capsys):
    """A case entered late: refused; with a reason it is the first revision, the release itself stays byte for byte, and the values are listed."""
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
    found = publishing.named("FY2013", two)
    totals = found.restated[found.restated["disaggregation"] == "total"].set_index(["start", "end"])
    assert (totals["value"] - totals["was"] == 1).all() and ("2011-10-01", "2012-09-30") in totals.index
    from ctanalysis import tables

    assert "Values restated since they were released" in tables.restated(found)._repr_mimebundle_()["text/plain"]


def test_the_gate_asks_beside_what_was_released(two, monkeypatch):
    """After a correction the auditor is asked about both: the register as it was printed, and as it is now."""
    answers.KNOWN.clear()  # an answer is kept for as long as the process lives
    asked, is_safe = [], deciding.is_safe
    monkeypatch.setattr(
        deciding, "is_safe", lambda cells, *more: asked.append(set(cells["version"])) or is_safe(cells, *more)
    )
    corrected(two, lambda rows: rows.append(["r9999", "2012-03-05", "", "p9999", "F", "NA", "1", "true"]))
    publishing.named("FY2013", two)
    assert asked and all(versions == {0, 1} for versions in asked)


# --- The index ------------------------------------------------------------------------------


class Page(HTMLParser):
    """The tags of a page, and the texts of its table's rows."""

    def __init__(self, path):
        super().__init__()
        self.tags, self.rows, self.inside = [], [], False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.inside |= tag in ("th", "td")
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        self.inside &= tag not in ("th", "td")

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


HOSTILE = "Entered <script>alert(\"late\")</script> & 'twice'."


@pytest.fixture
def revised(two):
    """The two releases, and two revisions of the first: one with markup in its reason."""
    for revision, reason in ((1, HOSTILE), (2, "Counted once more.")):
        corrected(
            two,
            lambda rows: rows.append([f"r999{revision}", "2012-03-05", "", f"p999{revision}", "F", "NA", "1", "true"]),
        )
        restate(two, "FY2012", revision, reason)
        assert run(two, "FY2012", LATEST) == 0
    return two


def test_the_index_lists_every_release_and_which_one_supersedes_it(revised):
    """In the order of publication, from the ledger and the records: what, when, why, where, and whether it still stands."""
    assert Page(revised / "releases" / "index.html").rows == [
        ["Period", "Revision", "Released on", "Reason", "Report", "State"],
        ["FY2012", "first release", "2012-11-01", "–", "FY2012", "superseded by revision 2 of FY2012"],
        ["FY2013Q1", "first release", "2013-02-01", "–", "FY2013Q1", "current"],
        ["FY2012", "1", LATEST, HOSTILE, "FY2012-revision-1", "superseded by revision 2 of FY2012"],
        ["FY2012", "2", LATEST, "Counted once more.", "FY2012-revision-2", "current"],
    ]


def test_a_reason_is_text_and_no_markup(revised):
    """What an officer wrote comes out as written and runs nowhere."""
    text = (revised / "releases" / "index.html").read_text(encoding="utf-8")
    assert "<script" not in text and "&lt;script&gt;" in text


def test_every_link_of_the_index_leads_to_a_file_beside_it(revised):
    """To each release's own evaluation, and from what is superseded to what stands; a copy of the folder keeps them all."""
    links = [link["href"] for link in Page(revised / "releases" / "index.html").all("a")]
    assert all((revised / "releases" / link).is_file() and not link.startswith(("/", ".")) for link in links)
    assert links == [
        "ledger.csv",
        *(
            f"{name}/evaluation.html"
            for name in (
                "FY2012",
                "FY2012-revision-2",
                "FY2013Q1",
                "FY2012-revision-1",
                "FY2012-revision-2",
                "FY2012-revision-2",
            )
        ),
    ]


def test_the_index_can_be_read_by_everybody_and_asks_nobody(revised):
    """A language, a title, one heading, one table with a caption and headers with a scope; no script, no request, not even allowed."""
    page, text = (
        Page(revised / "releases" / "index.html"),
        (revised / "releases" / "index.html").read_text(encoding="utf-8"),
    )
    assert page.all("html") == [{"lang": "en"}] and "<title>Releases – Small Project</title>" in text
    assert [len(page.all(tag)) for tag in ("h1", "main", "table", "caption")] == [1, 1, 1, 1]
    assert {header.get("scope") for header in page.all("th")} == {"col", "row"} and len(page.all("th")) == 6 + 4
    assert not {"script", "link", "img", "iframe", "form"} & {tag for tag, _ in page.tags}
    assert (
        "default-src 'none'" in text
        and "url(" not in text
        and "@import" not in text
        and "http:" not in text
        and "https:" not in text
    )


def test_the_index_says_that_records_are_synthetic_where_they_are(two):
    """As the project's facts have it."""
    path = two / "releases" / "index.html"
    assert "Synthetic records." in path.read_text(encoding="utf-8")
    rewritten(two / "project.toml", "synthetic = true", "synthetic = false")
    publishing._write_index(load(two))
    assert "Synthetic" not in path.read_text(encoding="utf-8")


def test_the_same_releases_have_the_same_index(two, tmp_path):
    """The same folder elsewhere, released again on another day: the same bytes, and no place of a machine in them."""
    there = shutil.copytree(two, tmp_path / "elsewhere")
    (there / "releases" / "index.html").unlink()
    assert run(there, "FY2012", LATEST) == 0
    assert bytes_of(there / "releases") == bytes_of(two / "releases")
    assert str(tmp_path).encode() not in (two / "releases" / "index.html").read_bytes()


@pytest.mark.parametrize(
    "harm",
    [lambda path: path.unlink(), lambda path: path.write_text("half of a"), lambda path: path.write_bytes(b"\xff")],
    ids=["none", "half", "no text"],
)
@pytest.mark.parametrize(
    "period, day", [("FY2013Q1", "2013-02-01"), ("FY2013", "2013-11-01")], ids=["released again", "the next release"]
)
def test_an_index_that_is_not_there_is_no_fault_and_is_written(two, harm, period, day):
    """Releases from before there was an index, or one that was interrupted: the next release lists them all, also one that changes nothing."""
    path = two / "releases" / "index.html"
    harm(path)
    assert run(two, period, day) == 0
    assert [row[0] for row in Page(path).rows[1:]] == list(dict.fromkeys(["FY2012", "FY2013Q1", period]))


def test_a_disk_that_is_full_at_the_index_keeps_the_release(two, capsys, monkeypatch):
    """The ledger comes first: the release stands, the old index too, and the same command again lists it."""

    def full(*asked):
        raise OSError(28, "No space left on device", str(two / "releases"))

    before = bytes_of(two / "releases")["index.html"]
    with monkeypatch.context() as patched:
        patched.setattr(publishing.index, "page", full)
        assert run(two) == 2
    assert "No space left" in capsys.readouterr().err and bytes_of(two / "releases")["index.html"] == before
    assert run(two) == 0 and "released already" in capsys.readouterr().out
    assert Page(two / "releases" / "index.html").rows[-1][0] == "FY2013"


# --- Wrong input ----------------------------------------------------------------------------


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
    """The command asks for both."""
    with pytest.raises(SystemExit) as stopped:
        main(["release", "-p", "period", "FY2013", "-p", "project", str(two)])
    assert stopped.value.code == 2
    refused(two, capsys, "No period is named", period="")


@pytest.mark.parametrize("period", ["FY2019", "FY2013Q5", "2013", "../FY2012", "FY2013 "])
def test_a_period_that_cannot_be_released(two, capsys, period):
    """Unknown, not complete, or not a label."""
    refused(two, capsys, period=period, day=LATEST)


def rewritten(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    "file, old, new",
    [
        ("indicators/x.toml", 'date = "day"', 'date = "day"\nwhere = { done = true }'),
        ("indicators/x.toml", 'disaggregate = ["kind"]', 'disaggregate = ["sex"]'),
        ("datapackage.json", '"label": "seven"', '"label": "sieben"'),
        ("policy.toml", "fewer_than = 10", "fewer_than = 11"),
        ("policy.toml", "round_to = 5 ", "round_to = 3 "),
    ],
)
def test_another_definition_of_a_released_indicator(two, capsys, file, old, new):
    """Another calculation, other categories, another policy: what both tell together cannot be audited."""
    rewritten(two / file, old, new)
    refused(two, capsys)


def test_an_indicator_taken_away(two, capsys):
    """A released indicator keeps its reference sheet, under whatever code the new one comes."""
    rewritten(two / "indicators" / "x.toml", 'code = "x"', 'code = "y"')
    refused(two, capsys, "Indicator x was released before")


# --- The audit ------------------------------------------------------------------------------


def test_an_audit_that_finds_a_cell_publishes_nothing(two, capsys, monkeypatch):
    """Which tables is in internal/ only, for nobody else to read, and neither on the screen nor in releases/; the draft stays."""
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
    """Out of time, infeasible, unbounded, broken: each is no answer, in the gate and in the audit."""
    import scipy.optimize

    class Failed:
        success, x = False, None

    answers.KNOWN.clear()
    Failed.status = status
    monkeypatch.setattr(scipy.optimize, "milp", lambda *asked, **more: Failed())
    refused(two, capsys)


def test_an_audit_that_passes_takes_its_old_words_away(two):
    """What stood in internal/ of a failed audit goes when the release goes through."""
    path = two / "internal" / "release" / "FY2013.txt"
    path.parent.mkdir(parents=True)
    path.write_text("old", encoding="utf-8")
    assert run(two) == 0 and not path.exists()


# --- Interrupted ----------------------------------------------------------------------------


class Killed(BaseException):
    """Nothing catches it, as nothing catches a kill."""


def test_a_kill_between_the_copy_and_the_ledger_is_explained(two, capsys, monkeypatch):
    """The next run says what happened and what to do; done so, the release goes through."""

    def killed(*asked):
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(publishing.os, "fsync", killed)
        run(two)
    assert (two / "releases" / "FY2013").is_dir()
    refused(two, capsys, "releases/FY2013", "interrupted", "remove the folder and release again")
    shutil.rmtree(two / "releases" / "FY2013")
    assert run(two) == 0


def test_a_kill_in_the_first_release_is_explained(ours, capsys, monkeypatch):
    """There is no ledger yet, and none is missing: the sentence says that the release was interrupted."""

    def killed(*asked):
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(publishing.os, "fsync", killed)
        run(ours, "FY2012", "2012-11-01")
    refused(ours, capsys, "interrupted", period="FY2012", day="2012-11-01")


@pytest.mark.parametrize("call", ["copytree", "fsync", "replace"])
def test_a_full_disk_publishes_all_or_nothing(two, capsys, monkeypatch, call):
    """Wherever the disk is full: a plain sentence, every earlier release as it was, and the next run goes through or says what to do."""

    def full(*asked, **more):
        raise OSError(28, "No space left on device", str(two / "releases"))

    before = bytes_of(two / "releases")
    with monkeypatch.context() as patched:
        patched.setattr(publishing if call == "copytree" else publishing.os, call, full)
        assert run(two) == 2
    assert "No space left" in capsys.readouterr().err
    assert before.items() <= bytes_of(two / "releases").items()
    if run(two) == 2:
        assert "interrupted" in capsys.readouterr().err
        shutil.rmtree(two / "releases" / "FY2013")
        assert run(two) == 0
    assert not list((two / "releases").glob(".*"))


def test_a_draft_of_another_period_still_works(two, monkeypatch):
    """After releases, a report of any period can be made."""
    assert publishing.named("FY2013Q2", two).by("x")["status"].tolist() == ["exact"]


# --- The promise, release after release -----------------------------------------------------


def long_project(folder, seed, quarters=13):
    """A project whose people come over thirteen quarters."""
    made, random = worlds.project(folder, seed), Random(seed)
    firsts = [date(2011 + (9 + 3 * n) // 12, (9 + 3 * n) % 12 + 1, 1) for n in range(quarters)]
    days = sorted(
        first + timedelta(random.randrange(85)) for first in firsts for _ in range(random.choice([0, 2, 5, 8, 12]))
    )
    labels = {
        name: tuple(random.choices(categories, [random.choice([1, 3, 9]) for _ in categories], k=len(days)))
        for name, categories in made.fields.items()
    }
    worlds.write(folder, worlds.Register(tuple(days), labels))
    return made


def broken(folder):
    """What can be shown from everything in the ledger to date."""
    project = load(folder)
    return opened(versioned(ledger.printed(project, ledger.read(project))), project, conditioned(project))


def seeds(short, every):
    """The first seeds for make test, the others for make test-all."""
    return [*range(short), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(short, every))]


@pytest.mark.parametrize("seed", seeds(1, 20))
def test_thirteen_releases_keep_every_promise(tmp_path, seed):
    """After each of thirteen quarterly releases nothing that was ever printed opens a cell."""
    folder = tmp_path / "p"
    long_project(folder, seed)
    for number, period in enumerate(QUARTERS):
        releases.release(period, f"2015-06-{number + 1:02d}", folder, say=lambda words: None)
        assert broken(folder) == [], period
    assert len(ledger.read(load(folder)).releases) == 13


def moved(rows, random):
    """A case moved to another quarter, perhaps of another year."""
    random.choice(rows)[1] = random.choice(["2011-11-02", "2012-05-03", "2012-12-04", "2013-08-05"])


def late(rows, random):
    rows.append(
        [
            "r9999",
            random.choice(["2012-01-02", "2013-03-03"]),
            "",
            "p9999",
            random.choice("FM"),
            random.choice(["NA", "|"]),
            "1",
            "true",
        ]
    )


def taken_out(rows, random):
    rows.remove(random.choice(rows))


def recategorised(rows, random):
    row = random.choice(rows)
    row[4], row[5] = random.choice("FM"), random.choice(["NA", "|", "007"])


STORIES = [moved, late, taken_out, recategorised]


@pytest.mark.parametrize("seed", seeds(3, 50))
def test_a_late_correction_opens_nothing(tmp_path, seed):
    """Both years released, a correction, the next quarter released, a correction, the second year released again: nothing is opened, ever.

    A case is moved between quarters, entered late, taken out, or its category corrected.
    """
    folder, random = tmp_path / "p", Random(seed)
    long_project(folder, seed, 9)
    restate(folder, "FY2013", 1)
    for number, (period, change) in enumerate(
        [("FY2012", None), ("FY2013", STORIES[seed % 4]), ("FY2014Q1", random.choice(STORIES)), ("FY2013", None)]
    ):
        try:
            releases.release(period, f"2015-06-{number + 1:02d}", folder, say=lambda words: None)
        except Refused as refusal:  # to publish nothing is always safe
            assert "audit" in str(refusal) or "checked" in str(refusal), refusal
        assert broken(folder) == [], (period, number)
        if change:
            corrected(folder, lambda rows: change(rows, random))
