"""The report folder: whole or not at all, self-contained, the same bytes for the same inputs,
without traces of the run.
"""

import getpass
import json
import re
import shutil
import socket
import zipfile
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from zlib import decompress

import nbformat
import pandas as pd
import pytest

from ctanalysis import Refused, reports
from ctanalysis.base.replacing import replacing
from ctanalysis.indicators.values import COLUMNS
from ctanalysis.reports import notebooks
from tests.conftest import ROOT, command, copied, evaluated
from tests.generators import elsewhere

PAGES = ("evaluation", "prevention", "protection", "cooperation", "resources", "data-quality")


class Seen(HTMLParser):
    """What a page's tags are, with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module", params=PAGES)
def page(request, made):
    return (made / f"{request.param}.html").read_text(encoding="utf-8")


def bytes_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_what_is_in_the_folder(made):
    """The notebooks, a page of each, the values, the workbook, the figures with their data, and the manifest."""
    files = set(bytes_of(made))
    assert {f"{name}.{kind}" for name in PAGES for kind in ("ipynb", "html")} <= files
    assert {
        "indicators.csv",
        "tracking.csv",
        "history.csv",
        "manifest.json",
        "evaluation.xlsx",
        "datapackage.json",
        "figures/progress.png",
        "figures/progress.csv",
    } <= files
    images = {name.removesuffix(".png") for name in files if name.endswith(".png")}
    assert len(images) > 15
    for kind in (".csv", ".svg"):
        assert images == {
            name.removesuffix(kind) for name in files if name.startswith("figures/") and name.endswith(kind)
        }


def test_the_manifest_has_the_hash_of_every_file(made):
    """A reader can check that nothing was changed; nothing is said of the records."""
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    files = bytes_of(made)
    files.pop("manifest.json")
    assert manifest["files"] == {name: sha256(data).hexdigest() for name, data in files.items()}
    assert manifest["synthetic"] is True and (manifest["period"], manifest["start"], manifest["end"]) == (
        "FY2015Q1",
        "2014-10-01",
        "2014-12-31",
    )


def test_indicators_csv_is_what_an_evaluator_gets(made):
    """The file has the columns of the design and the values of ct.evaluate."""
    found = pd.read_csv(
        made / "indicators.csv",
        dtype={"indicator": str},
        keep_default_na=False,
        na_values=dict.fromkeys(("value", "low", "high", "numerator", "denominator", "rows", "lacking"), ""),
    )
    place = COLUMNS.index("value") + 1
    columns = [*COLUMNS[:place], "low", "high", *COLUMNS[place:], "caveat"]
    assert list(found.columns) == [*columns, "records"] and set(found["records"]) == {"synthetic"}
    expected = pd.concat([evaluated("FY2015Q1").values, evaluated("FY2015Q1").evidence], ignore_index=True)
    pd.testing.assert_frame_equal(found[columns], expected, check_dtype=False, rtol=1e-11)


def test_a_page_is_self_contained(page):
    """No code, no script, no request to any other host, not even allowed."""
    seen = Seen(page)
    assert not seen.all("script") and not seen.all("link") and not seen.all("iframe")
    assert all(image["src"].startswith("data:image/png;base64,") for image in seen.all("img"))
    assert all(not re.match(r"\w+:|//", link["href"]) for link in seen.all("a"))
    assert "default-src 'none'" in page and "@import" not in page and "url(" not in page
    assert "import ctanalysis" not in page and "evaluation)" not in page


def test_every_figure_has_a_text(page):
    """Whoever cannot see a chart is told its message, in at most sixty words; its numbers stand in a table below it."""
    images = Seen(page).all("svg")
    assert all(image["role"] == "img" and 3 <= len(image["aria-label"].split()) <= 60 for image in images)
    assert page.count("<summary>The data of this figure</summary>") == len(images)


def test_a_page_can_be_found_one_s_way_in(page):
    """A title, a language, one main heading, and contents whose links lead to headings."""
    seen = Seen(page)
    assert len(seen.all("h1")) == 1 and seen.all("html")[0]["lang"] == "en" and len(seen.all("main")) == 1
    ids = [attributes["id"] for _, attributes in seen.tags if "id" in attributes]
    anchors = [link["href"][1:] for link in seen.all("a") if link["href"].startswith("#")]
    assert anchors and len(set(ids)) == len(ids) and set(anchors) <= set(ids)
    others = [link["href"] for link in seen.all("a") if "#" not in link["href"]]
    assert others == [f"{name}.html" for name in PAGES]


def test_a_page_says_what_it_is(page):
    """The period, that it is a draft, and that the records are synthetic, on every page."""
    words = re.sub("</?span[^>]*>", "", page)
    assert re.search(
        "Reporting period FY2015Q1: 2014-10-01 to 2014-12-31. Draft [0-9a-f]{8}. It is not released.", words
    )
    assert "Synthetic records." in page and "synthetic" in page.rsplit("<footer>", 1)[1]


PLACES = re.compile(rb'\b(?:r|ref)="[A-Z0-9:]*"')  # of cells: P1000 is no person

IMAGE = re.compile(rb"[\w+/=]{200,}")  # its bytes as letters


def names_of_this_machine(known):
    """Its host's and its user's, as words; none that a known text has, for a host may be called data, a user root."""
    names = [re.escape(name.encode()) for name in (socket.gethostname(), getpass.getuser())]
    words = [re.compile(rb"(?<![\w:-])%s(?![\w-])" % name) for name in names]
    return [word for word in words if not word.search(known)]


def test_no_traces_of_the_run(made):
    """No path, host or user of a machine, no time of day, no name of a person of the records in any byte,
    images inflated too.
    """
    names = names_of_this_machine(b"".join(path.read_bytes() for path in notebooks.SOURCES.rglob("*.ipynb")))
    person = re.compile(rb"\bP\d{4}\b")
    for name, data in bytes_of(made).items():
        texts = [data] + [decompress(chunk) for chunk in chunks(data)] if name.endswith(".png") else [data]
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(BytesIO(data)) as archive:
                texts = [archive.read(part) for part in archive.namelist()]
                assert not [text for text in texts if person.search(PLACES.sub(b"", text))]
        for text in texts:
            for trace in (
                str(ROOT).encode(),
                str(made.parent.parent).encode(),
                b"/tmp/",
                b"ipykernel",
                b"iopub",
                b"papermill.record",
            ):
                assert trace not in text or (name, trace) == ("manifest.json", b"ipykernel"), name  # a package
            if text is not data or not name.endswith((".png", ".xlsx")):  # in what is compressed is any short word
                assert not [word for word in names if word.search(IMAGE.sub(b"", text))], name
        assert name.endswith((".png", ".json", ".ipynb", ".html")) or not person.search(data), name


def chunks(data):
    """The compressed texts of a PNG; there should be none."""
    return [
        data[place + 8 : place + 8 + int.from_bytes(data[place - 4 : place])]
        for kind in (b"zTXt", b"iTXt")
        for place in [data.find(kind)]
        if place > 0
    ]


def test_executed_notebooks_are_clean(made):
    """The notebooks keep their parameters and outputs and nothing of the run."""
    for name in PAGES:
        notebook = nbformat.read(made / f"{name}.ipynb", as_version=4)
        assert set(notebook.metadata) == {"kernelspec", "language_info", "shows", "title"}
        assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)
        assert not [
            output for cell in notebook.cells for output in cell.get("outputs", ()) if output.output_type == "stream"
        ]


def test_the_same_inputs_give_the_same_bytes(made, tmp_path):
    """Made again elsewhere by somebody with other habits, from a copy of the same name: not one byte differs."""
    project = copied(tmp_path / "elsewhere" / made.parent.parent.name)
    done = elsewhere.command("report", "-p", "period", "FY2015Q1", "-p", "project", ".", cwd=project)
    assert done.returncode == 0, done.stderr
    assert bytes_of(project / "reports" / "FY2015Q1") == bytes_of(made)


def test_on_paper_tables_keep_all_their_columns(made):
    """The rule that makes tables of narrow screens scroll is for screens: paper cannot be scrolled."""
    page = (made / "evaluation.html").read_text(encoding="utf-8")
    assert "@media screen and (max-width" in page and "@media (max-width" not in page


def test_a_failed_run_leaves_the_report_as_it_was(made, tmp_path, monkeypatch, capsys):
    """A notebook that stops half way: the report is untouched, and the failed notebook is where the message says,
    without the value that it stopped on.
    """
    project = tmp_path / "data"
    shutil.copytree(made.parent.parent, project)
    folder = project / "reports" / "FY2015Q1"
    before, broken = bytes_of(folder), tmp_path / "notebooks"
    shutil.copytree(notebooks.SOURCES, broken)
    (broken / "data-quality.ipynb").unlink()
    notebook = nbformat.read(broken / "area.ipynb", as_version=4)
    notebook.cells = notebook.cells[:4]
    notebook.cells[-1].source = 'evaluation.values["SECRET-" + "7731"]  # pandas chains two exceptions'
    nbformat.write(notebook, broken / "area.ipynb")
    monkeypatch.setattr(notebooks, "SOURCES", broken)
    with pytest.raises(
        Refused,
        match=(
            r"The notebook prevention\.ipynb stopped: KeyError.*\n"
            r".*report is as it was before.*failed/FY2015Q1/prevention\.ipynb"
        ),
    ):
        reports.make("FY2015Q1", project, say=lambda words: None)
    assert bytes_of(folder) == before
    kept = project / "reports" / "failed" / "FY2015Q1" / "prevention.ipynb"
    assert "KeyError" in kept.read_text(encoding="utf-8") and "SECRET-7731" not in kept.read_text(encoding="utf-8")
    assert sorted(path.name for path in folder.parent.iterdir()) == ["FY2015Q1", "failed", "index.html"]


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path):
    """When writing fails the old folder stays; after a kill between the two renames it comes back."""
    folder = tmp_path / "FY2014"
    with replacing(folder) as fresh:
        (fresh / "page").write_text("old")
    with pytest.raises(OSError), replacing(folder) as fresh:
        (fresh / "page").write_text("new")
        raise OSError("disk full")
    assert (folder / "page").read_text() == "old"
    folder.rename(tmp_path / ".FY2014.old-killed")
    with pytest.raises(OSError), replacing(folder) as fresh:
        raise OSError("again")
    assert (folder / "page").read_text() == "old"
    with replacing(folder) as fresh:
        (fresh / "page").write_text("new")
    assert [path.name for path in tmp_path.iterdir()] == ["FY2014"] and (folder / "page").read_text() == "new"


def test_two_runs_at_once_do_not_mix(tmp_path):
    """While one run writes, another of the same period writes and ends: each is whole, and the last to end stays."""
    folder = tmp_path / "FY2014"
    with replacing(folder) as one:
        (one / "a").write_text("one")
        with replacing(folder) as other:
            (other / "a").write_text("other")
            (other / "b").write_text("other")
        (one / "b").write_text("one")
    assert {path.name: path.read_text() for path in folder.iterdir()} == {"a": "one", "b": "one"}
    assert [path.name for path in tmp_path.iterdir()] == ["FY2014"]


def test_a_second_report_does_nothing(made):
    """Nothing changed: nothing is done, and it is said."""
    before = (made / "manifest.json").stat().st_mtime_ns
    done = command("report", "-p", "period", "FY2015Q1", "-p", "project", str(made.parent.parent))
    assert done.returncode == 0 and "FY2015Q1: nothing has changed since the report was made" in done.stdout
    assert (made / "manifest.json").stat().st_mtime_ns == before


@pytest.mark.parametrize("said", ['"A &quot;word&quot; of it"', "'A \"word\" of it'"])
def test_a_text_may_hold_quotes(said):
    """A category's label holds one: the page's marks are then written in single quotes."""
    for tag in (f"<img alt={said} src='x'>", f"<svg role='img' aria-label={said}>"):
        assert not reports.pages.NAMELESS.search(tag)
    for tag in ('<img alt="">', "<img alt=''>", "<svg aria-label=''>", "<svg role='img'>", "<img src=x>"):
        assert reports.pages.NAMELESS.search(tag)


def test_a_figure_without_a_text_is_refused(made):
    """A page with an image that says nothing is not written."""
    notebook = nbformat.read(made / "evaluation.ipynb", as_version=4)
    for output in (
        output for cell in notebook.cells for output in cell.get("outputs", ()) if "image/png" in output.get("data", {})
    ):
        output.data["text/html"] = re.sub(r'aria-label="[^"]*"', 'aria-label=""', output.data["text/html"])
    with pytest.raises(Refused, match="no alternative text"):
        reports.pages.page(notebook, "evaluation", evaluated("FY2015Q1"), list(PAGES))
