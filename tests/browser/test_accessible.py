"""Every page of three reports, looked at by axe: WCAG 2.2 AA and best practices."""

import pytest

from ctanalysis.reports import making, running
from tests.browser.conftest import HERE
from tests.conftest import copied

PERIODS = ("FY2015Q1", "FY2014", "FY2012Q1")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ("evaluation", "prevention", "protection", "cooperation", "resources", "data-quality")


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The folder with the reports of a copy of the shipped project."""
    folder = copied(tmp_path_factory.mktemp("accessible") / "data")
    assert running.make_all(PERIODS, making.source(folder), lambda line: None) == []
    return folder / "reports"


def test_these_are_all_pages(reports):
    assert {path.stem for period in PERIODS for path in (reports / period).glob("*.html")} == {*PAGES}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("period", PERIODS)
def test_axe_finds_nothing(page, reports, period, name):
    """No violation; the page asks nobody for anything."""
    from axe_playwright_python.sync_playwright import Axe

    page.goto((reports / period / f"{name}.html").as_uri())
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    said = [f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
    assert said == []
    assert {*page.asked} <= {*HERE}
