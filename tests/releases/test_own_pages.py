"""An own page is released only if each number on it is one that the ledger records; else a sentence says why not."""

import json

import pytest

import ctanalysis as ct
from ctanalysis import releases, reports
from ctanalysis.releases import own_pages, publishing
from ctanalysis.reports import making, notebooks
from tests.reports import tiny
from tests.reports.made_quickly import second
from tests.reports.own_page import DAY, PERIOD, markdown, put

DECLARED = (
    markdown("# Meetings\n\nWho came, and where?"),
    "from IPython.display import display, Markdown",
    'p.values("A1", by="mavzu", period=period)',
    'p.values("B1", period=period)',
    'p.values("B1", by="jins", horizon="last fiscal year", period=period)',
    'p.values("B5", period=period)',
    'p.values(["A1", "A2"], every="quarter")',
    'p.plot("A2", every="quarter")',
    "p.track(period)",
    "p.findings(period)",
    'p.sentence("A1", period)',
    'p.compare("A1", period, "FY2021Q1")',
    "print('Nothing but words.')",
    "display(Markdown('As *told* above.'))",
)
SECOND = "p.values('A1', by='mavzu', period=period)"


@pytest.fixture(autouse=True)
def stand_in():
    """None of the other tests of releases: notebooks are run here."""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A project whose report has tiny notebooks beside an own one."""
    home = tmp_path_factory.mktemp("own")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notebooks, "SOURCES", tiny.notebooks(home / "library"))
        yield home


@pytest.fixture(scope="module")
def shared(home):
    """A copy of it that is read and evaluated once; its own notebook is another one in each test."""
    folder = second(home / "shared")
    given = making.source(folder)
    return folder, given, given.evaluation(PERIOD)


@pytest.fixture
def project(home, tmp_path):
    return second(tmp_path / "second")


@pytest.fixture
def asked(shared, tmp_path):
    """Whether a page with these cells may be released, asked as a release asks."""
    folder, given, evaluation = shared

    def check(*cells):
        source = put(folder, *cells)
        page = reports.Page("mine", "Mine", source, own=True)
        done = notebooks.execute(page, {"period": PERIOD, "project": str(folder)}, tmp_path / PERIOD)
        notebooks.write(done, tmp_path / "mine.ipynb")
        own_pages.check(tmp_path, given, evaluation, publishing.published_cells(evaluation))

    return check


def release(project):
    return releases.release(PERIOD, DAY, project, say=lambda words: None)


def test_what_sheets_declare_and_the_report_tells_is_released(project):
    """The page says so; neither its code nor a comment in it is anywhere."""
    put(project, *DECLARED, "# of P0001")
    folder = release(project)
    page = (folder / "mine.html").read_text(encoding="utf-8")
    assert "each number on it is one that the ledger records" in page and "not audited" not in page
    assert "A draft" not in page and "<table" in page
    assert "mine.ipynb" in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    for path in folder.rglob("*"):
        assert path.is_dir() or b"P0001" not in path.read_bytes(), path.name


def test_a_release_with_another_number_is_refused_whole(project):
    """Not a file of it is published."""
    put(project, "print(17)")
    with pytest.raises(ct.Refused, match="has a number without a mark"):
        release(project)
    assert not (project / "releases").exists()


@pytest.mark.few(6)
@pytest.mark.parametrize(
    "cell, why",
    [
        ("print(17)", "has a number without a mark, '1'"),
        ("print('seventeen')", "has a number without a mark, 'seventeen'"),
        ("17", "has a number without a mark, '1'"),
        ("p.values('A1')['value']", "has a number without a mark"),
        ("p.values('A1', by='mavzu')[['value']]", "no answer of the library's"),  # a frame as a table
        ("import matplotlib.pyplot as plt\nplt.plot([1, 2]);", "output 1 "),
        ("from IPython.display import HTML\nHTML('<b>x</b>')", "no answer of the library's"),
        ("from IPython.display import Markdown\nMarkdown('![x](x.png)')", "may hold a picture"),
        ("from IPython.display import Markdown\nMarkdown('&#x31;')", "has a number without a mark"),
        ("p.values('A1', where={'mavzu': p.values('A1', by='mavzu')['mavzu'][0]}, period=period)", "no answer"),
        ("p.values('A1', by='mavzu', every='quarter')", "tells what this report does not: A1, 2020-01-01"),
        ("p.values('A1', by='mavzu', period='FY2020')", ""),  # the last fiscal year, which is in the report
        ("p.track('FY2020')", "is of FY2020, and this report of FY2021Q2"),
        ("p.compare('A1', 'FY2021Q2', 'FY2021Q1')", ""),  # the report has both, and their evidence
        ("p.compare('A1', 'FY2021Q2', 'FY2020Q2', by='mavzu')", ""),
        ("p.compare('A1', 'FY2021Q1', 'FY2020Q1', by='mavzu')", "tells what this report does not: A1, 2020-"),
        ("p.compare('A1', 'FY2021Q2', 'FY2021Q1')[['value', 'before_value']]", "no answer of the library's"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(asked, cell, why):
    """Nothing is then released, and the way out is named."""
    if not why:
        asked(cell)
        return
    with pytest.raises(ct.Refused) as refusal:
        asked(cell)
    said = str(refusal.value)
    assert said.startswith("mine.ipynb is an evaluator's own notebook, and it is not released: its output ")
    assert why in said and "move the notebook into a folder in notebooks/" in said


MARK = {"ask": "values", "of": {"A1": []}, "periods": [PERIOD], "horizon": "period"}


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "mark",
    [
        MARK,
        {"ask": "track", "period": PERIOD},
        {"ask": "compare", "code": "A1", "period": PERIOD, "with_period": "FY2021Q1", "by": []},
        {"ask": "compare", "code": "A1", "period": PERIOD},
        {"ask": "exact", "code": "B1", "i_may_see_the_records": True},
        {"ask": "evaluation", "period": PERIOD},
        {"ask": "values"},
        {"ask": "_reading"},
        {},
    ],
    ids=str,
)
def test_a_mark_that_somebody_wrote_says_nothing_of_its_own(asked, mark):
    """An output with the mark of a question must be its answer, word for word."""
    shown = f"display({{'text/plain': '17'}}, raw=True, metadata={{'ctanalysis': {mark!r}}})"
    with pytest.raises(ct.Refused, match=r"is not what the library says|of nothing that can be asked"):
        asked(f"from IPython.display import display\n{shown}")


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "kind, old, new", [("text/html", ">", ">1"), ("text/plain", "\n", "\n1"), ("text/latex", "", "17")]
)
def test_an_answer_that_was_changed_is_found(asked, kind, old, new):
    """In what a page shows, and in what only its notebook keeps; one more representation, too."""
    changed = (
        "from IPython.display import display\nfrom ctanalysis.enquiry.question import kept\n"
        "answer = p.values('A1', period=period)\nsaid, about = kept(answer)\n"
        f"said[{kind!r}] = said.get({kind!r}, '').replace({old!r}, {new!r}, 1)\n"
        "display(said, raw=True, metadata=about)"
    )
    with pytest.raises(ct.Refused, match="is not what the library says"):
        asked(changed)


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "about", [{"image/png": {"alt": "17 women", "name": "A2-quarter"}}, {"note": "17 women"}], ids=str
)
def test_what_is_said_of_an_output_is_compared_too(asked, about):
    """A description is on the page; what else stands beside an output is in the notebook, which is released with it."""
    forged = (
        "from IPython.display import display\nfrom ctanalysis.enquiry.question import kept\n"
        "figure = p.plot('A2', every='quarter')\nsaid, about = kept(figure)\n"
        f"display(said, raw=True, metadata=about | {about!r})"
    )
    with pytest.raises(ct.Refused, match="is not what the library says"):
        asked(forged)
    asked(forged.replace(f" | {about!r}", ""))
    with pytest.raises(ct.Refused, match="no answer of the library's"):
        asked(f"from IPython.display import display\ndisplay({{'text/plain': 'x'}}, raw=True, metadata={about!r})")


def test_a_cell_that_is_recorded_otherwise_is_found():
    """What is compared is the number and its status, not only that there is such a cell."""
    beside = own_pages._Beside.__new__(own_pages._Beside)
    key = ("A1", "2021-04-01", "2021-06-30", "total", "all")
    beside.told = {key: (17.0, "exact")}
    assert beside._is_recorded((*key, 17.0, "exact")) and not beside._is_recorded((*key, 18.0, "exact"))
    assert not beside._is_recorded((*key, 17.0, "rounded")) and not beside._is_recorded((*key[:4], "x", 17.0, "exact"))
    assert beside._is_recorded((*key[:4], "x", float("nan"), "not told"))
