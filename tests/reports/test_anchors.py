"""The headings of a page can be linked to: by their plain words, numbered only where the same words come again."""

import re
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load
from ctanalysis.reports import pages

HEADINGS = ["## Results by area", "### Cost: *10 %* of all", "## Results by area", "## Ысык-Көл", "## Results by area"]
ANCHORS = ["results-by-area", "cost-10-of-all", "results-by-area-2", "ысык-көл", "results-by-area-3"]


@pytest.fixture(scope="module")
def page():
    """The page of a notebook that has a title and some headings."""
    project = load(SHIPPED)
    evaluation = SimpleNamespace(project=project, period=project.calendar.named("FY2014"))
    notebook = new_notebook(cells=[new_markdown_cell(text) for text in ("# A title", *HEADINGS)])
    return pages.page(notebook, "evaluation", evaluation, {"evaluation": "Evaluation", "data-quality": "Data quality"})


def test_a_heading_s_anchor_is_its_plain_words(page):
    """The first heading of its words has no number; the second and third have one."""
    assert re.findall(r'<h[23] id="([^"]*)"', page) == ANCHORS


def test_the_contents_lead_to_every_heading(page):
    """Each entry of the contents links to its own heading and says its words, without markup."""
    links = re.findall(r'<a href="#([^"]*)">([^<]*)</a>', page)
    words = ["Results by area", "Cost: 10 % of all", "Results by area", "Ысык-Көл", "Results by area"]
    assert [link for link in links if link[0] in ANCHORS] == list(zip(ANCHORS, words, strict=True))


def test_the_title_is_no_entry_of_the_contents(page):
    """The one heading of the first level opens the page, before the contents."""
    assert page.count("<h1") == 1 and page.index("</h1>") < page.index(f'href="#{ANCHORS[0]}"')
