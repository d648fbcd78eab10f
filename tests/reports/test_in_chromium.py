"""The pages in a real browser: printed on A4 nothing is lost, and on a phone everything can be read and reached."""

import json
import re
import shutil
import subprocess
from html import escape, unescape

import pytest

PAGES = ("evaluation", "prevention", "protection", "cooperation", "resources", "data-quality")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
READER = shutil.which("pdftotext")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
needs_reader = pytest.mark.skipif(READER is None, reason="there is no pdftotext (poppler-utils) on this machine")
first_then_long = [PAGES[0], *(pytest.param(page, marks=pytest.mark.long) for page in PAGES[1:])]

MEASURE = """
const page = document.querySelector("iframe").contentDocument, found = {};
const texts = [...page.querySelectorAll("svg text")];
found.texts = texts.length;
const scale = one => Math.hypot(one.getScreenCTM().a, one.getScreenCTM().b);
found.smallest = Math.min(...texts.map(one => parseFloat(one.style.fontSize) * scale(one)));
found.wide = page.scrollingElement.scrollWidth;
const ids = [...page.querySelectorAll("[id]")].map(one => one.id);
found.twice = ids.filter((one, place) => ids.indexOf(one) != place);
found.nameless = [...page.querySelectorAll("[role=region]")].filter(
  one => !page.getElementById(one.getAttribute("aria-labelledby"))?.textContent.trim()).length;
found.unreachable = [...page.querySelectorAll("*")].filter(
  one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX == "auto" && one.tabIndex < 0).length;
found.empty = [...page.querySelectorAll("th")].filter(one => !one.textContent.trim()).length;
found.small = [...page.querySelectorAll("summary")].filter(one => one.offsetHeight && one.offsetHeight < 24).length;
found.cut = texts.filter(one => {
  const box = one.getBoundingClientRect(), frame = one.ownerSVGElement.getBoundingClientRect();
  return box.left < frame.left - 2 || box.right > frame.right + 2; }).map(one => one.textContent);
const heads = [...page.querySelectorAll("table")].find(one => one.offsetWidth > 500)?.querySelector("tbody th");
found.first = heads ? getComputedStyle(heads).position : "none is wide";
document.title = JSON.stringify(found);
"""


def browsed(*arguments):
    """What Chromium says when it is called, without a window."""
    called = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", *map(str, arguments)]
    return subprocess.run(called, capture_output=True, timeout=120).stdout.decode()


def printed(page, folder, margin):
    """The text of a page as it is printed on A4 with margins of so many millimetres, without blanks."""
    html = page.read_text(encoding="utf-8")
    assert html.count("margin: 25mm") == 1
    copy, paper = folder / page.name, folder / "page.pdf"
    copy.write_text(html.replace("margin: 25mm", f"margin: {margin}mm"), encoding="utf-8")
    browsed("--no-pdf-header-footer", f"--print-to-pdf={paper}", copy.as_uri())
    text = subprocess.run([READER, "-raw", paper, "-"], capture_output=True, check=True).stdout.decode()
    return re.sub(r"[\s\u00ad]", "", re.sub(r"(?<=[a-z])\u2010\n|(?<=[a-z])-\n(?=[a-z])", "", text))


def tables(html):
    """The cells of each table that is printed: its header, and its last row."""
    shown = re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)
    for table in re.findall(r"<table.*?</table>", shown, re.DOTALL):
        rows = [
            re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            for row in re.findall("<tr>.*?</tr>", table, re.DOTALL)
        ]
        yield [text(cell) for row in (rows[0], rows[-1]) for cell in row]


def text(html):
    return re.sub(r"\s", "", unescape(re.sub(r"<[^>]*>", "", html)))


@needs_reader
@pytest.mark.parametrize("name", first_then_long)
@pytest.mark.parametrize("margin", [25, pytest.param(15, marks=pytest.mark.long)])
def test_on_paper_no_cell_of_a_table_is_lost(made, tmp_path, name, margin):
    """Not the last column either: every cell of each table's header and of its last row is in the PDF, whole."""
    page = made / f"{name}.html"
    paper = printed(page, tmp_path, margin)
    found = [*tables(page.read_text(encoding="utf-8"))]
    assert found
    assert [cell for cells in found for cell in cells if cell not in paper] == []


@pytest.mark.long
@needs_reader
def test_on_paper_a_large_number_is_whole(made, tmp_path):
    """117,535 once printed as 117: here it stands in the tables of targets, with the total it is of."""
    paper = printed(made / "evaluation.html", tmp_path, 25)
    assert "117,535" in paper and "138,000" in paper and "109,446[y]" in paper


@pytest.mark.long
@pytest.mark.parametrize("name", first_then_long)
def test_on_a_phone_everything_can_be_read_and_reached(made, tmp_path, name):
    """At 360 pixels: no text of a figure below nine, nothing wider than the page but what can be moved by keyboard."""
    html = (made / f"{name}.html").read_text(encoding="utf-8")
    frame = f'<iframe width="360" height="700" srcdoc="{escape(html)}"></iframe>'
    wrap = tmp_path / "wrap.html"
    wrap.write_text(f"<body>{frame}<script>window.onload = () => {{{MEASURE}}}</script>", encoding="utf-8")
    dom = browsed("--window-size=800,900", "--virtual-time-budget=5000", "--dump-dom", wrap.as_uri())
    found = json.loads(unescape(re.search(r"<title>(.*?)</title>", dom)[1]))
    assert found["smallest"] is None or found["smallest"] >= 9, found
    assert found["wide"] <= 360
    assert (found["twice"], found["nameless"], found["unreachable"], found["empty"]) == ([], 0, 0, 0)
    assert found["small"] == 0 and found["cut"] == []
    assert found["first"] in ("sticky", "none is wide")
    assert name == "data-quality" or found["texts"] > 10
