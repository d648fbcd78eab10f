"""The index of the releases: a page that anybody can read and that asks nobody."""

import shutil
from html.parser import HTMLParser
from operator import methodcaller

import pytest

from ctanalysis.disclosure import ledger
from ctanalysis.project import load
from ctanalysis.releases import index, publishing
from tests.releases.steps import LATEST, bytes_of, corrected, restate, rewritten, run


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
        late = [f"r999{revision}", "2012-03-05", "", f"p999{revision}", "F", "NA", "1", "true"]
        corrected(two, methodcaller("append", late))
        restate(two, "FY2012", revision, reason)
        assert run(two, "FY2012", LATEST) == 0
    return two


def test_the_index_lists_every_release_and_which_one_supersedes_it(revised):
    """In the order of publication, from the ledger and the records:
    what, when, why, where, and whether it still stands.
    """
    assert Page(revised / "releases" / "index.html").rows == [
        ["Period", "Revision", "Released on", "Reason", "Report", "State"],
        ["FY2012", "first release", "2012-11-01", "–", "FY2012", "superseded by revision 2 of FY2012"],
        [
            "FY2013Q1",
            "first release",
            "2013-02-01",
            "–",
            "FY2013Q1",
            "current; some values restated in FY2012 revision 1, FY2012 revision 2",
        ],
        ["FY2012", "1", LATEST, HOSTILE, "FY2012-revision-1", "superseded by revision 2 of FY2012"],
        ["FY2012", "2", LATEST, "Counted once more.", "FY2012-revision-2", "current"],
    ]


def test_a_reason_is_text_and_no_markup(revised):
    """What an officer wrote comes out as written and runs nowhere."""
    text = (revised / "releases" / "index.html").read_text(encoding="utf-8")
    assert "<script" not in text and "&lt;script&gt;" in text


def test_every_link_of_the_index_leads_to_a_file_beside_it(revised):
    """To each release's own evaluation, and from what is superseded to what stands.

    A copy of the folder keeps them all.
    """
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
                "FY2012-revision-1",
                "FY2012-revision-2",
                "FY2012-revision-2",
            )
        ),
    ]


def test_the_index_can_be_read_by_everybody_and_asks_nobody(revised):
    """A language, a title, one heading, one table with a caption and headers with a scope.

    No script, no request, not even allowed.
    """
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
    project = load(two)
    published = ledger.read(project)
    path.write_text(index.page(project, published, ledger.reasons(project, published.releases)), encoding="utf-8")
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
    """Releases from before there was an index, or one that was interrupted:
    the next release lists them all, also one that changes nothing.
    """
    path = two / "releases" / "index.html"
    harm(path)
    assert run(two, period, day) == 0
    assert [row[0] for row in Page(path).rows[1:]] == list(dict.fromkeys(["FY2012", "FY2013Q1", period]))


def test_a_disk_that_is_full_at_the_index_publishes_nothing(two, capsys, monkeypatch):
    """The index is written before anything is public: all is as it was, and the same command again releases it."""

    def full(*asked):
        raise OSError(28, "No space left on device", str(two / "releases"))

    before = bytes_of(two / "releases")
    with monkeypatch.context() as patched:
        patched.setattr(publishing.index, "page", full)
        assert run(two) == 2
    assert "No space left" in capsys.readouterr().err and bytes_of(two / "releases") == before
    assert run(two) == 0 and Page(two / "releases" / "index.html").rows[-1][0] == "FY2013"
