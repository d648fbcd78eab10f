"""Links of the README and docs/ lead to pages, headings and files that there are; the site has every page."""

import re
from pathlib import PurePosixPath

import pytest

from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
SITE = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def headings(path):
    """The anchors of a page's headings, as GitHub and MkDocs make them."""
    lines = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    words = [re.sub(r"[^\w\s-]", "", line.lower()) for line in lines]
    return {re.sub(r"[-\s]+", "-", word).strip("-") for word in words}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_each_link_leads_somewhere(page):
    """To a file of the repository and, with a #, to a heading of it."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        place = (page.parent / name).resolve() if name else page
        assert place.exists(), link
        assert not anchor or anchor in headings(place), link


def test_every_page_is_in_the_site():
    """And the site names none that there is not."""
    named = set(re.findall(r": ([\w-]+\.md)$", SITE, re.MULTILINE))
    assert named == {path.name for path in DOCS.glob("*.md")}


def test_the_site_asks_no_host():
    """No fonts, no scripts, no plugin that fetches something."""
    assert "font: false" in SITE and "http" not in SITE
    plugins = SITE[SITE.index("plugins:") : SITE.index("hooks:")]
    assert set(re.findall(r"^  - ([\w-]+)", plugins, re.MULTILINE)) == {"search", "mkdocstrings"}


def test_every_picture_of_the_pages_has_words():
    for page in PAGES:
        assert "![](" not in page.read_text(encoding="utf-8"), page.name
        for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert PurePosixPath(name).suffix == ".png" and (page.parent / name).exists()
