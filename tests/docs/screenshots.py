"""Takes the pictures of docs/ anew, by make screenshots: the first page of a report, and JupyterLab as it is opened."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from ctanalysis.reports import making
from tests.browser.conftest import CHROMIUM, laboratory
from tests.browser.test_lab import DONE, DRAWN, FIGURE, IDLE, cell, menu
from tests.conftest import ROOT, copied

DOCS = ROOT / "docs"


def report(browser, home):
    """docs/report.png: the first page of a report."""
    folder = making.make("FY2015Q1", copied(home / "data"), lambda words: None)
    page = browser.new_page(viewport={"width": 900, "height": 1150})
    page.goto((folder / "evaluation.html").as_uri())
    page.screenshot(path=DOCS / "report.png")


def lab(browser, home):
    """docs/lab.png: the notebook for exploring, with its answers."""
    with laboratory(home) as address:
        page = browser.new_page(viewport={"width": 1100, "height": 800})
        page.set_default_timeout(120_000)
        page.goto(address)
        page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell")
        page.wait_for_function(IDLE)
        menu(page, "Run", "Run All Cells")
        page.wait_for_function(DONE)
        image = cell(page, "p.plot(").locator(FIGURE).first
        image.scroll_into_view_if_needed()
        page.wait_for_function(DRAWN, arg=image.element_handle())
        page.screenshot(path=DOCS / "lab.png")


def main(names):
    """names: which to take; all where none is named."""
    with TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for take in (one for one in (report, lab) if one.__name__ in names or not names):
            home = Path(folder, take.__name__)
            home.mkdir()
            take(browser, home)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
