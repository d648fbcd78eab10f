"""Which formats a run writes, keeps and takes away; and that a release carries them, saying what they are."""

import json
import shutil
from importlib.metadata import version
from io import BytesIO

import openpyxl
import pytest

from ctanalysis import Refused, releases
from ctanalysis.__main__ import main
from ctanalysis.disclosure import ledger
from ctanalysis.formats import choice, writing
from ctanalysis.project import load
from ctanalysis.reports import Asked, index, making, manifest, notebooks, planning, running, units, verifying
from tests.reports import tiny

BOTH = ("docx", "pdf")
PAGES = ("evaluation", "data-quality")
QUIET = {"say": lambda words: None}


def stand_in(kind):
    """A writer of documents that need not be installed: which kind, and what the cover says."""
    return lambda body, cover, within: f"{kind}: {cover.title}, {cover.state} {sorted(body.images)}".encode()


@pytest.fixture(name="installed")
def pandoc_and_typst(monkeypatch):
    """As if both were installed: their versions, which a test may change."""
    found = {"pypandoc-binary": "1", "typst": "1"}
    for module in (choice, planning, verifying):
        monkeypatch.setattr(module, "versions", lambda: dict(found))
    monkeypatch.setattr(writing, "WRITERS", {kind: stand_in(kind) for kind in BOTH})
    return found


@pytest.fixture(name="ours")
def project(tmp_path, monkeypatch, installed):
    """The tiny project and its notebooks."""
    monkeypatch.setattr(notebooks, "SOURCES", tiny.notebooks(tmp_path / "notebooks"))
    monkeypatch.setattr(making, "CORES", 1)
    return tiny.project(tmp_path / "ours")


def made(ours, *asked, period=tiny.PERIOD):
    return making.make(period, ours, asked=Asked(asked), **QUIET)


def documents(report):
    """The documents in a report, each with its bytes."""
    return {path.name: path.read_bytes() for path in sorted(report.iterdir()) if path.suffix[1:] in BOTH}


def names(*kinds):
    return {f"{name}.{kind}" for name in PAGES for kind in kinds}


def test_html_and_a_workbook_always_documents_when_they_are_asked_for(ours):
    """Of each page one; asked for later they are written beside what is there, which stays as it is."""
    report = made(ours)
    assert documents(report) == {} and (report / "evaluation.xlsx").exists() and (report / "datapackage.json").exists()
    before = {path.name: path.read_bytes() for path in report.glob("*.*") if path.name != "manifest.json"}
    assert documents(made(ours, "docx")).keys() == names("docx")
    assert documents(made(ours, "pdf")).keys() == names("docx", "pdf")
    assert before.items() <= {path.name: path.read_bytes() for path in report.glob("*.*")}.items()
    assert making.reason(making.source(ours), tiny.PERIOD, Asked(BOTH)) == ""


def test_a_document_says_which_draft_it_is(ours):
    """The number of the draft is on the page and in the document, and another one when what is shown is another."""
    report = made(ours, "docx")
    words = documents(report)["evaluation.docx"].decode().partition(", ")[2].partition(" [")[0]
    assert words.startswith("Draft ") and words in (report / "evaluation.html").read_text(encoding="utf-8")
    tiny.one_more_record(ours)
    assert words not in (made(ours) / "evaluation.html").read_text(encoding="utf-8")


def test_a_document_stays_while_its_page_does(ours):
    """Another target: no page shows it. The documents stay, though nobody asks for them."""
    before = documents(made(ours, *BOTH))
    tiny.another_target(ours)
    said = []
    making.make(tiny.PERIOD, ours, say=said.append)
    assert documents(ours / "reports" / tiny.PERIOD) == before and said == [f"{tiny.PERIOD}: the values only"]


def test_a_document_of_other_values_is_taken_away(ours):
    """A late record: the page is made again. A Word file of what was goes, and it is said: it would be sent on."""
    made(ours, *BOTH)
    tiny.one_more_record(ours)
    said = []
    report = making.make(tiny.PERIOD, ours, say=said.append)
    assert documents(report).keys() == {"data-quality.docx", "data-quality.pdf"}  # whose page is as it was
    assert said == [f"{tiny.PERIOD}: evaluation, without evaluation.docx, without evaluation.pdf"]
    assert json.loads((report / "manifest.json").read_text(encoding="utf-8"))["formats"]["typst"] == "1"


def test_a_run_replaces_only_the_formats_that_it_names(ours):
    """Word files are asked for: they are of the new values, and the PDF of the old ones is gone."""
    before = documents(made(ours, *BOTH))
    tiny.one_more_record(ours)
    after = documents(made(ours, "docx"))
    assert after.keys() == {"evaluation.docx", "data-quality.docx", "data-quality.pdf"}
    assert after["evaluation.docx"] != before["evaluation.docx"]
    assert after["data-quality.docx"] == before["data-quality.docx"]


def test_a_document_that_was_changed_is_written_anew(ours):
    """By hand or by accident: asked for or not, no such file stays."""
    report = made(ours, "docx")
    (report / "evaluation.docx").write_bytes(b"other")
    assert making.reason(making.source(ours), tiny.PERIOD) == "a file of it was changed or taken away"
    assert documents(made(ours)).keys() == {"data-quality.docx"}
    assert documents(made(ours, "docx"))["evaluation.docx"] != b"other"


def test_other_versions_write_other_documents(ours, installed):
    """They are written again where they are asked for, and else go; without pandoc they stay."""
    made(ours, "docx")
    installed["typst"] = "2"
    assert making.reason(making.source(ours), tiny.PERIOD, Asked(("docx",))) == "other versions of pandoc or typst"
    assert documents(made(ours, "docx")).keys() == names("docx")
    installed.clear()
    tiny.another_target(ours)
    report = made(ours)
    assert documents(report).keys() == names("docx")
    assert manifest.read(report)["formats"]["typst"] == "2"


def test_what_is_not_installed_is_said_before_anything_is_done(ours, installed):
    """And the report stays as it was."""
    installed.clear()
    with pytest.raises(Refused, match="not installed here"):
        made(ours, "pdf")
    assert not (ours / "reports").exists()


def test_a_report_that_was_replaced_meanwhile_gets_its_documents_again(ours):
    """Of a page that cannot be kept the document is not kept either: both are made again."""
    given = making.source(ours)
    made(ours, "docx")
    tiny.another_target(ours)
    given = making.source(ours)
    evaluation = given.evaluation(tiny.PERIOD)
    planned = making.plan(given, evaluation)
    assert "evaluation.docx" in planned.kept
    (ours / "reports" / tiny.PERIOD / "evaluation.html").unlink()
    report = making.build(given, evaluation, planned, 1)
    assert documents(report).keys() == names("docx") and (report / "evaluation.html").exists()


@pytest.mark.long
def test_many_reports_and_their_plan(ours, capsys):
    """make reports and make plan take formats, too."""
    asked = ["--formats", "docx", "-p", "project", str(ours), "--periods", f"{tiny.EARLIER} {tiny.PERIOD}"]
    assert main(["plan", *asked]) == 0
    assert "evaluation.docx, data-quality.docx" in capsys.readouterr().out
    assert main(["reports", *asked]) == 0
    for period in (tiny.EARLIER, tiny.PERIOD):
        assert documents(ours / "reports" / period).keys() == names("docx")
    given = making.source(ours)
    periods = running.periods(given.project.calendar, named=tiny.PERIOD)
    assert units.stale(periods, given, Asked(("docx",))) == {}
    assert units.stale(periods, given, Asked(("pdf",))) == {tiny.PERIOD: "pdf asked for"}


@pytest.mark.parametrize("command", ["report", "reports", "plan", "release"])
def test_an_unknown_format_is_refused(ours, capsys, command):
    """By every command that takes some, before it does anything."""
    assert main([command, "--formats", "html,odt", "-p", "project", str(ours)]) == 2
    assert "'odt' is no format of a report" in capsys.readouterr().err and not (ours / "reports").exists()


@pytest.fixture(name="released")
def released_with_documents(ours):
    """A release that was asked for with Word files of a report that had PDFs."""
    made(ours, "pdf")
    return releases.release(tiny.PERIOD, "2014-02-01", ours, asked=Asked(("docx",)), **QUIET)


def test_a_release_carries_its_formats_and_each_says_so(ours, released):
    """Pages, documents, the workbook and the Data Package: the day, and where the ledger then ended; of no draft."""
    head = ledger.read(load(ours)).head
    words = f"Released on 2014-02-01. The ledger of all releases then ended with {head}."
    assert documents(released).keys() == names("docx", "pdf")
    assert all(words in data.decode() and "Draft" not in data.decode() for data in documents(released).values())
    book = openpyxl.load_workbook(BytesIO((released / "evaluation.xlsx").read_bytes()))
    assert words in [cell.value for row in book["Summary"].iter_rows() for cell in row]
    assert words in json.loads((released / "datapackage.json").read_text(encoding="utf-8"))["description"]
    draft = ours / "reports" / tiny.PERIOD
    assert all(
        data.startswith(name.rpartition(".")[2].encode()) and b"Draft" in data
        for name, data in documents(draft).items()
    )
    ledger.check_files(load(ours), ledger.read(load(ours)).releases)


@pytest.mark.long
def test_a_release_with_documents_is_verified(ours, released, installed, capsys):
    """Made again with its documents: nothing differs. By other versions they are not compared, and it is said."""
    command = ["verify", "-p", "period", tiny.PERIOD, "-p", "project", str(ours)]
    assert main(command) == 0 and "DIFFERS" not in capsys.readouterr().out
    installed["typst"] = "3"
    assert main(command) == 0
    assert "of docx and pdf nothing can be said" in capsys.readouterr().out
    (released / "evaluation.docx").write_bytes(b"other")
    assert main(command) == 1 and "evaluation.docx is not as it was made" in capsys.readouterr().out


def test_the_same_release_again_changes_nothing(ours, released, capsys):
    """With the documents that the report has by now."""
    before = {path.name: path.read_bytes() for path in released.iterdir() if path.is_file()}
    assert main(["release", "--date", "2014-03-01", "-p", "period", tiny.PERIOD, "-p", "project", str(ours)]) == 0
    assert "nothing has changed" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in released.iterdir() if path.is_file()} == before


def rows_of(ours):
    """The rows of the index's list of reports, without tags."""
    html = (ours / "reports" / index.NAME).read_text(encoding="utf-8")
    return html.partition("newest first")[2].partition("</table>")[0].split("<tr>")[2:]


@pytest.mark.long
def test_the_index_lists_reports_and_formats_the_newest_first(ours):
    """From what is there: links to each format of each page, the draft's and the release's."""
    made(ours, period=tiny.EARLIER)
    made(ours, "docx")
    newest, older = rows_of(ours)
    assert f'href="{tiny.PERIOD}/evaluation.docx"' in newest and f'href="{tiny.PERIOD}/evaluation.xlsx"' in newest
    assert f'href="{tiny.EARLIER}/evaluation.html"' in older and "docx" not in older
    assert "not released" in newest and "not released" in older
    html = (ours / "reports" / index.NAME).read_text(encoding="utf-8")
    assert str(ours) not in html and "http" not in html.replace("http-equiv", "")
    for link in {part.partition('"')[0] for part in html.split('href="')[1:]}:
        assert (ours / "reports" / link).exists(), link


def test_the_index_says_what_is_released(ours, released):
    """When, and whether the draft that is there is what was released."""
    (row,) = rows_of(ours)
    assert f'<a href="../releases/{tiny.PERIOD}/evaluation.html">2014-02-01</a>' in row and "not what was" not in row
    tiny.another_target(ours)
    made(ours)
    assert "the draft is not what was released" in rows_of(ours)[0]


@pytest.mark.long
def test_the_index_is_made_again_by_each_run(ours):
    """Also where nothing has changed in the report: a folder that was taken away is in it no more."""
    made(ours)
    path = ours / "reports" / index.NAME
    before = path.read_bytes()
    made(ours, period=tiny.EARLIER)
    assert path.read_bytes() != before
    shutil.rmtree(ours / "reports" / tiny.EARLIER)
    (ours / "reports" / "FY2099").mkdir()
    path.write_text("other", encoding="utf-8")
    made(ours)
    assert path.read_bytes() == before


def test_versions_are_those_that_are_installed():
    """As the package registry knows them."""
    assert choice.versions() == {name: version(name) for name in choice.versions()}
