"""The ledger of releases: holds what is printed, is only added to, and cannot be changed unseen."""

import json
import shutil
from hashlib import sha256
from random import Random

import pytest

from ctanalysis import Refused, releases, reports
from ctanalysis.disclosure import ledger
from ctanalysis.project import load
from tests.releases.steps import bytes_of, refused, run


def test_a_release_is_the_draft_with_its_record(ours):
    """A byte copy of the report, but that its pages say that they are released, and with which head of the ledger;
    and release.json beside it: which release, when, why, the hash of each file, and the ledger's last.
    """
    folder = releases.release("FY2012", "2012-11-01", ours, say=lambda words: None)
    draft, found = bytes_of(ours / "reports" / "FY2012"), bytes_of(folder)
    record = json.loads(found.pop("release.json"))
    head = ledger.read(load(ours)).head
    said = f"Released on 2012-11-01. The ledger of all releases then ended with {head}."
    assert draft["evaluation.html"] == b'<span class="state">A draft.</span>'
    draft["evaluation.html"] = f'<span class="state">{said}</span>'.encode()
    assert folder == ours / "releases" / "FY2012" and found == draft
    assert record.pop("files") == {name: sha256(data).hexdigest() for name, data in draft.items()}
    assert record == {
        "release": "FY2012",
        "revision": 0,
        "date": "2012-11-01",
        "reason": "",
        "ledger": ledger.read(load(ours)).head,
        "library": reports.library_commit(),
    }


def test_a_release_that_another_one_overtook_is_refused(two, monkeypatch, capsys):
    """While FY2013 is made somebody releases FY2013Q2: what the audit knew is no longer all,
    so nothing is published.
    """
    remake = reports.remake

    def overtaken(given, evaluation, say=print, asked=()):
        if evaluation.period.label == "FY2013":
            releases.release("FY2013Q2", "2013-05-01", given.given, say=say)
        return remake(given, evaluation, say, asked)

    monkeypatch.setattr(reports, "remake", overtaken)
    assert run(two) == 2
    assert "another release was published meanwhile. Release it again" in capsys.readouterr().err
    assert [name for name, *_ in ledger.read(load(two)).releases] == ["FY2012", "FY2013Q1", "FY2013Q2"] and not (
        two / "releases" / "FY2013"
    ).exists()


def test_the_ledger_is_only_added_to(two):
    """A third release leaves every byte that was there, and every file of the releases before.

    Only the index is another.
    """
    before = bytes_of(two / "releases")
    before.pop("index.html")
    releases.release("FY2013", "2013-11-01", two, say=lambda words: None)
    after = bytes_of(two / "releases")
    assert after["ledger.csv"].startswith(before.pop("ledger.csv")) and before.items() <= after.items()
    assert [name for name, *_ in ledger.read(load(two)).releases] == ["FY2012", "FY2013Q1", "FY2013"]


def test_the_ledger_holds_what_is_printed_and_nothing_else(two):
    """Each line is a cell of indicators.csv or history.csv of its release, hidden values as empty as there."""
    import pandas as pd

    for name, _revision, _ in ledger.read(load(two)).releases:
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


def taken_away(*names):
    """A damage that takes releases away whole: their lines and their folders."""

    def damage(folder):
        lines_changed(
            lambda lines: lines.__setitem__(slice(None), [line for line in lines if line.split(",")[0] not in names])
        )(folder)
        for name in names:
            shutil.rmtree(folder / "releases" / name)

    return damage


def written_anew(*patterns):
    """A damage that changes a value of the first release, and all hashes in the files of these names that follow from
    it: whoever does so writes a whole new history.
    """

    def damage(folder):
        place, project = folder / "releases", load(folder)
        known = ledger.read(project)
        cells, heads, text, head = known.cells, [], "", ""
        cells = cells.assign(value=cells["value"] + 1)
        for release in known.releases:
            rows = cells[cells["release"] == release[0]]
            lines, head = ledger.lines_of(rows, release, head)
            heads.append((rows["chain"].iloc[-1], head))
            text += lines
        (place / "ledger.csv").write_text(ledger.HEADER + text, encoding="utf-8")
        for pattern in patterns:
            for path in place.glob(pattern):
                content = path.read_text(encoding="utf-8")
                for old, new in heads:
                    content = content.replace(old, new)
                path.write_text(content, encoding="utf-8")
        for path in place.glob("*/release.json"):
            record = json.loads(path.read_text(encoding="utf-8")) | {"files": ledger.files_of(path.parent)}
            path.write_text(json.dumps(record), encoding="utf-8")

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
    "the last release taken away whole": taken_away("FY2013Q1"),
    "every release taken away whole": taken_away("FY2012", "FY2013Q1"),
    "the folder of releases gone": lambda folder: shutil.rmtree(folder / "releases"),
    "an empty folder": lambda folder: (folder / "releases" / "FY2011").mkdir(),
    "an empty folder in a release": lambda folder: (folder / "releases" / "FY2012" / "more").mkdir(),
    "a link in a release": lambda folder: (folder / "releases" / "FY2012" / "more").symlink_to("."),
    "the chain written anew": written_anew(),
    "the chain and the records written anew": written_anew("*/release.json"),
    "the chain, the records and the pages written anew": written_anew("*/release.json", "*/*.html"),
    "a folder that was never released": lambda folder: shutil.copytree(
        folder / "releases" / "FY2012", folder / "releases" / "FY2011"
    ),
}


@pytest.mark.few(12)
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_ledger_that_was_changed_is_refused(two, capsys, damage):
    """Whatever was taken out, put in or moved: nothing is released, and the sentence says what to do."""
    damage(two)
    refused(two, capsys, "releases")


def test_no_byte_of_the_ledger_can_be_changed(two):
    """A bit of any byte (a sample of 200, and every comma and line end of a line):
    refused, with a sentence and nothing else.
    """
    path = two / "releases" / "ledger.csv"
    whole, project = path.read_bytes(), load(two)
    end = whole.index(b"\n", 200)
    marks = [place for place in range(len(whole[: end + 200])) if whole[place : place + 1] in (b",", b"\n")]
    for place in [*Random(1).sample(range(len(whole)), 200), *marks]:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Refused, match=r"ledger|release"):
            ledger.read(project)
    path.write_bytes(whole)
    ledger.read(project)


def test_pages_anchor_the_chain_where_nothing_else_remembers_it(two, capsys):
    """On another machine, without internal/: a chain and records that were written anew are found by the pages; only
    where the pages were, too, is there nothing but a copy elsewhere that has the other hash.
    """
    copy = (two / "releases" / "FY2012" / "evaluation.html").read_text(encoding="utf-8")
    first = ledger.read(load(two)).cells.query("release == 'FY2012'")["chain"].iloc[-1]
    assert first in copy
    shutil.rmtree(two / "internal")
    written_anew("*/release.json")(two)
    refused(two, capsys, "FY2012/evaluation.html", "the ledger was written anew")
    for path in (two / "releases").glob("*/*.html"):
        path.write_text(path.read_text(encoding="utf-8").replace("ended with", "ended as"), encoding="utf-8")
    assert first not in (two / "releases" / "ledger.csv").read_text(encoding="utf-8")


def test_a_release_from_before_pages_named_the_ledger_is_as_it_was(two):
    """Its pages say nothing of it, and internal/ remembers only who stood where: it is read and added to."""
    for path in (two / "releases").glob("*/*.html"):
        path.write_text("<!DOCTYPE html>", encoding="utf-8")
        record = json.loads((path.parent / "release.json").read_text(encoding="utf-8"))
        record["files"] = ledger.files_of(path.parent)
        (path.parent / "release.json").write_text(json.dumps(record), encoding="utf-8")
    place = two / "internal" / "release"
    (place / "head.txt").unlink()
    memory = json.loads((place / "standing.json").read_text(encoding="utf-8"))
    memory.pop("before")
    (place / "standing.json").write_text(json.dumps(memory), encoding="utf-8")
    assert run(two) == 0
