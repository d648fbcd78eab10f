"""An evaluator's own notebook in a project's notebooks/: run for each period with the others, and marked as a draft."""

import json

import nbformat
import pytest

import ctanalysis as ct
from ctanalysis.disclosure import ledger
from ctanalysis.language import Speech
from ctanalysis.project import load
from ctanalysis.reports import index, making, notebooks, own, pages
from tests.reports import tiny
from tests.reports.made_quickly import second
from tests.reports.own_page import PERIOD, markdown, outputs, put

ASKS = 'p.values("A1", by="mavzu", period=period)'


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(notebooks, "SOURCES", tiny.notebooks(tmp_path / "library"))
    return second(tmp_path / "second")


def made(project, period=PERIOD, say=lambda words: None):
    return making.make(period, project, say)


@pytest.mark.long
def test_it_is_run_for_each_period_with_the_others(project):
    """As a page of the report, in every page's list and in the index, with the parameters of the period, for two."""
    put(project, markdown("# Meetings\n\nWho came?"), ASKS, "print('of', period)", name="who-came")
    for period in (PERIOD, "FY2020"):
        report = made(project, period)
        assert f"of {period}" in (report / "who-came.html").read_text(encoding="utf-8")
        for page in ("evaluation", "data-quality", "who-came"):
            assert '<a href="who-came.html"' in (report / f"{page}.html").read_text(encoding="utf-8")
    assert ">Who came</a>" in (report / "evaluation.html").read_text(encoding="utf-8")
    index.write(load(project), ledger.read(load(project)))
    listed = (project / "reports" / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{period}/who-came.html"' in listed for period in (PERIOD, "FY2020"))


@pytest.mark.long
def test_it_says_that_it_is_a_draft_that_nobody_audited(project):
    """On its own page; the others do not say so. Its code and yesterday's outputs are on none."""
    put(project, ASKS, "secret = 'a comment on somebody'")
    report = made(project)
    page = (report / "mine.html").read_text(encoding="utf-8")
    assert "An evaluator's own page, a draft that is not audited: no check of names can see what its notebook" in page
    assert "not audited" not in (report / "evaluation.html").read_text(encoding="utf-8")
    for name in ("mine.html", "mine.ipynb"):
        text = (report / name).read_text(encoding="utf-8")
        assert "of yesterday" not in text and "a comment on somebody" not in text and ASKS not in text
    assert "<h1" in page and f'period = \\"{PERIOD}\\"' in (report / "mine.ipynb").read_text(encoding="utf-8")


def test_its_answers_carry_the_mark_of_their_question(project):
    """Of what a sheet declares; a question of one's own, a print and a plain frame have none."""
    put(
        project,
        ASKS,
        'p.values("A1", where={"mavzu": p.values("A1", by="mavzu")["mavzu"][0]})',
        "period",
        "p.plot('A1')",
    )
    declared, ad_hoc, plain, figure = (one["metadata"].get("ctanalysis") for one in outputs(made(project)))
    assert declared == {"ask": "values", "of": {"A1": ["mavzu"]}, "periods": [PERIOD], "horizon": "period"}
    assert ad_hoc is None and plain is None and figure["ask"] == "plot"


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "text, named",
    [
        ("Of them 17 were women.", "'1'"),
        ("Seventeen women came.", "'Seventeen'"),
        ("More than a third; \u00bd of them", "'\u00bd'"),
        ("\u0661\u0667 women", "'\u0661'"),
        ("Some hundreds of people", "'hundreds'"),
        ("![a table](table.png)", "a picture"),
        ("<img src=x>", "a picture"),
    ],
)
def test_a_number_in_its_text_is_refused(project, text, named):
    """Digits of any script, words for numbers, and pictures, in which they could stand; the report is as it was."""
    put(project, markdown(text))
    with pytest.raises(ct.Refused, match=r"notebooks/mine\.ipynb: its text has") as refusal:
        made(project)
    assert f"has {named}. A number is never typed" in str(refusal.value)
    assert not (project / "reports" / PERIOD).exists()


def test_its_text_is_looked_at_before_anything_is_run(project):
    """As its name is: nobody waits for a report that cannot be made."""
    put(project, markdown("Seventeen women came."))
    with pytest.raises(ct.Refused, match="its text has 'Seventeen'"):
        notebooks.chosen(load(project))


@pytest.mark.long
def test_a_picture_that_was_pasted_into_its_text_is_refused(project):
    """JupyterLab keeps it as an attachment."""
    put(project, markdown("Look.", attachments={"image.png": {"image/png": tiny.PIXEL}}))
    with pytest.raises(ct.Refused, match="its text has a picture"):
        made(project)


@pytest.mark.parametrize("text", ["# Who came?", "One of the questions: often, seldom, or never?", "A tense moment"])
def test_words_are_no_numbers(text):
    assert own.number_in(text) == ""


def test_exact_values_are_on_no_page(project):
    """Asked for in it: refused where it is run. Loaded from elsewhere: found by their marking."""
    put(project, 'p.exact("B1", i_may_see_the_records=True)')
    with pytest.raises(ct.Refused, match="page mine of a report asks for exact values"):
        made(project)
    put(project, "from ctanalysis.project import MARKING\nprint(MARKING)")
    with pytest.raises(ct.Refused, match="it shows exact values, which are never on a page"):
        made(project)


@pytest.mark.parametrize(
    "name, tag, words",
    [
        ("my page", "parameters", "letters, - and _, without a number"),
        ("calls-of-17-women", "parameters", "letters, - and _, without a number"),
        ("seventeen_women", "parameters", "letters, - and _, without a number"),
        ("Evaluation", "parameters", "a report has a page of this name"),
        ("ITTILOOT", "parameters", "a report has a page of this name"),
        ("mine", "Parameter", "a cell is tagged 'Parameter'. Write 'parameters'"),
    ],
)
def test_a_name_or_tag_that_cannot_be_is_refused(project, name, tag, words):
    """Before anything is run."""
    put(project, ASKS, name=name, tag=tag)
    with pytest.raises(ct.Refused, match=words):
        notebooks.chosen(load(project))


def test_what_is_no_notebook_is_refused(project):
    path = put(project, ASKS)
    for text in ("", "[]", '{"cells": 1}', "{"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ct.Refused, match="this is no notebook that can be read"):
            notebooks.chosen(load(project))


def test_a_sketch_is_not_run(project):
    """Without parameters it is of no period; what lies in a folder of notebooks/ is not looked at either."""
    path = put(project, "raise ValueError", tag="")
    (path.parent / "drafts").mkdir()
    path.rename(path.parent / "drafts" / "other.ipynb")
    put(project, "raise ValueError", tag="")
    assert [page.name for page in notebooks.chosen(load(project)) if page.own] == []


@pytest.mark.long
def test_one_that_stops_stops_the_report_and_is_named(project):
    """All or nothing, as of the others; in which cell it was, and no word of what it said."""
    path = put(project, "raise ValueError('P0001')")
    sources = ["".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    at = 1 + next(place for place, source in enumerate(sources) if "P0001" in source)
    with pytest.raises(ct.Refused, match=rf"mine\.ipynb stopped: ValueError, in its cell {at} from the top") as refusal:
        made(project)
    assert "P0001" not in str(refusal.value) and not (project / "reports" / PERIOD).exists()


@pytest.mark.parametrize("where", ["above the parameters", "in the parameters", "below what papermill wrote before"])
def test_the_cell_that_stops_is_counted_as_it_is_seen(project, tmp_path, where):
    """Papermill writes a cell of its own below the parameters, which is not in the file, unless it was copied back."""
    path = put(project, "raise ValueError")
    notebook = nbformat.read(path, as_version=4)
    if where == "above the parameters":
        notebook.cells.insert(0, nbformat.v4.new_code_cell("import missing_package"))
    elif where == "in the parameters":
        notebook.cells[0].source += "\nraise ValueError"
    else:
        written = nbformat.v4.new_code_cell(notebook.cells[0].source, metadata={"tags": ["injected-parameters"]})
        notebook.cells.insert(1, written)
    nbformat.write(notebook, path)
    place = {"below what papermill wrote before": 4}.get(where, 1)
    [page] = [page for page in notebooks.chosen(load(project)) if page.own]
    with pytest.raises(ct.Refused, match=f"in its cell {place} from the top"):
        notebooks.execute(page, {"period": PERIOD, "project": str(project)}, tmp_path / "reports" / PERIOD)


@pytest.mark.long
def test_it_runs_again_when_anything_has_changed_but_its_outputs(project):
    """It may read anything; saved again after a run in JupyterLab it is the same."""
    said = []
    path = put(project, ASKS)
    made(project)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][1] |= {"outputs": [], "execution_count": None}
    path.write_text(json.dumps(content), encoding="utf-8")
    made(project, say=said.append)
    assert "nothing has changed" in said.pop()
    facts = project / "project.toml"
    facts.write_text(facts.read_text(encoding="utf-8") + "\n# looked through\n", encoding="utf-8")
    made(project, say=said.append)
    assert "mine" in said[-1]
    put(project, ASKS, "period")
    made(project, say=said.append)
    assert "mine" in said[-1]


def test_nothing_public_says_what_its_code_is(project):
    """Its hash is in the internal half of the manifest alone: a guess at a comment could be tried out."""
    put(project, ASKS)
    report = made(project)
    public = (report / "manifest.json").read_text(encoding="utf-8")
    assert "own notebooks" not in public
    internal = json.loads((project / "internal/manifests/reports" / f"{PERIOD}.json").read_text(encoding="utf-8"))
    assert {*internal["inputs"]["own notebooks"]} == {"mine.ipynb"}


@pytest.mark.long
def test_the_same_inputs_give_the_same_bytes(project):
    """Twice, whatever JupyterLab left in it."""
    cells = (ASKS, "p.plot('A1', by='mavzu')", "import matplotlib.pyplot as plt\nplt.plot([1, 2])")
    put(project, *cells)
    report = made(project)
    first = {name: (report / name).read_bytes() for name in ("mine.ipynb", "mine.html")}
    put(project, *cells)
    making.remake(given := making.source(project), given.evaluation(PERIOD), lambda words: None)
    assert {name: (report / name).read_bytes() for name in first} == first
    assert own.NO_ALT in first["mine.html"].decode()


@pytest.mark.long
def test_what_an_editor_keeps_in_a_notebook_is_on_no_page(project):
    """Of the notebook and of its cells: a comment, a state of widgets, the name of somebody."""
    path = put(project, ASKS)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["metadata"]["authors"] = [{"name": "P0001"}]
    for cell in content["cells"]:
        cell["metadata"]["note"] = "P0001"
    path.write_text(json.dumps(content), encoding="utf-8")
    report = made(project)
    assert all("P0001" not in (report / name).read_text(encoding="utf-8") for name in ("mine.ipynb", "mine.html"))


@pytest.mark.long
def test_what_its_numbers_lead_to_is_there(project):
    """A number leads to how it was calculated, and its mark to its caveat: on the evaluation's page, if not here."""
    put(project, 'p.sentence("A1", period)')
    page = (made(project) / "mine.html").read_text(encoding="utf-8")
    assert 'href="evaluation.html#how-A1"' in page and 'href="#how-' not in page and 'href="#caveats"' not in page


def test_what_it_has_itself_stays_where_it_is():
    """A link within the page is left, if it leads somewhere."""
    text = '<a class="origin" href="#how-1">1</a> <p id="how-1"></p> <a href="#top">up</a> <a href="#caveats">†</a>'
    assert pages.as_own(text, Speech()) == text.replace('"#caveats"', '"evaluation.html#caveats"')


@pytest.mark.long
def test_one_that_does_not_say_in_which_language_it_is_is_in_python(project):
    """As a program writes it; JupyterLab says it."""
    path = put(project, ASKS)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"metadata": {}}), encoding="utf-8")
    assert "<table" in (made(project) / "mine.html").read_text(encoding="utf-8")
