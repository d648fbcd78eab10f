"""An evaluator at work: JupyterLab opened, run, changed, completed, mistaken and run again, on this machine alone."""

import pytest

from tests.browser.conftest import HERE

PROMPTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(one => one.textContent.trim())"
DONE = f"() => {{ const all = {PROMPTS}; return all.length > 10 && all.every(one => /^\\[\\d+\\]:$/.test(one)) }}"
ANEW = f"() => {{ const all = {PROMPTS}; return all[0] === '[1]:' && all.every(one => /^\\[\\d+\\]:$/.test(one)) }}"
FIGURE = "figure.chart svg"
# the notebook may scroll, and draw an output again, after it has been run: so the figure is looked for, and brought
# into view, each time anew
SEEN = f"""() => {{
    const figure = document.querySelector('{FIGURE}');
    if (!figure) return false;
    figure.scrollIntoView({{behavior: 'instant', block: 'center'}});
    const {{width, top, bottom}} = figure.getBoundingClientRect();
    return width > 300 && bottom > 0 && top < innerHeight;
}}"""
STATUS = "(document.querySelector('#jp-main-statusbar') || {innerText: ''}).innerText"
IDLE = f"() => /Python 3.*Idle/.test({STATUS})"


@pytest.fixture(scope="module")
def notebook(page, lab):
    """explore.ipynb, opened and run to its end."""
    page.goto(lab)
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell")
    page.wait_for_function(IDLE)
    menu(page, "Run", "Run All Cells")
    page.wait_for_function(DONE)
    return page


def menu(page, name, entry):
    page.locator(".lm-MenuBar-itemLabel", has_text=name).first.click()
    page.locator(".lm-Menu-item:not(.lm-mod-disabled)", has_text=entry).first.click()


def cell(page, text):
    return page.locator(".jp-CodeCell", has=page.locator(".cm-content", has_text=text)).first


def typed(page, text):
    """A new cell at the end with this text, the cursor behind it."""
    page.locator(".jp-Cell").last.locator(".jp-InputPrompt").click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.wait_for_function("() => !document.querySelector('.jp-Cell.jp-mod-active .cm-content').innerText.trim()")
    page.keyboard.press("Enter")
    page.keyboard.type(text)
    return page.locator(".jp-Cell.jp-mod-active")


def taken_out(page):
    """Takes the active cell out again, whose text would be run with the others."""
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.querySelector('.jp-Notebook').classList.contains('jp-mod-commandMode')")
    page.keyboard.press("d")
    page.keyboard.press("d")


def test_it_opens_at_the_notebook_and_runs_to_its_end(notebook):
    """No cell stops; no prompt for news stands before it."""
    assert notebook.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert notebook.locator(".jp-OutputArea .ct-card").count() >= 10
    assert not notebook.get_by_text("Would you like to get notified").count()


def test_the_figure_is_seen(notebook):
    """It is drawn by the browser, as wide as the page lets it."""
    notebook.wait_for_function(SEEN)


def test_a_cell_is_changed_and_shows_something_else(notebook):
    """The series by year in the place of that by quarter."""
    one = cell(notebook, "p.plot(")
    caption = one.locator("figcaption").first
    assert "by quarter" in caption.text_content()
    before = one.locator(FIGURE).first.inner_html()
    one.locator(".cm-content").click()
    notebook.keyboard.press("Control+a")
    notebook.keyboard.type('p.plot("1.3", every="year")')
    notebook.keyboard.press("Shift+Enter")
    one.locator("figcaption", has_text="by year").wait_for(state="attached")
    assert one.locator(FIGURE).first.inner_html() != before


def test_tab_completes_a_name_and_lists_the_words(notebook):
    """What is offered behind p. is the vocabulary, and nothing internal."""
    one = typed(notebook, "p.find")
    notebook.keyboard.press("Tab")
    notebook.locator(".jp-Completer-item", has_text="findings").wait_for()
    notebook.keyboard.press("Enter")
    one.locator(".cm-content", has_text="p.findings").wait_for()
    notebook.keyboard.press("Control+a")
    notebook.keyboard.type("p.")
    notebook.keyboard.press("Tab")
    notebook.wait_for_selector(".jp-Completer-item")
    words = {word.strip() for word in notebook.locator(".jp-Completer-item .jp-Completer-match").all_text_contents()}
    assert {"values", "compare", "track", "exact"} <= words and not [word for word in words if word.startswith("_")]
    notebook.keyboard.press("Escape")
    taken_out(notebook)


def test_a_mistake_is_answered_in_words(notebook):
    """A sentence with what is near, and nothing of the library's insides."""
    one = typed(notebook, 'p.values("1.33")')
    notebook.keyboard.press("Control+Enter")
    said = one.locator(".jp-OutputArea-output .ansi-red-fg, .jp-OutputArea-output pre").first
    said.wait_for()
    assert said.inner_text().startswith("Refused: There is no indicator '1.33'")
    assert "Near to it: 1.3 Hotline consultations" in said.inner_text()
    assert "Traceback" not in one.inner_text()
    taken_out(notebook)


def test_exact_values_are_red(notebook):
    """Seen as what they are, whatever the theme."""
    one = typed(notebook, 'p.exact("2.1", by="sex", i_may_see_the_records=True)')
    notebook.keyboard.press("Control+Enter")
    box = one.locator(".ct-exact p").first
    box.wait_for()
    assert "NOT FOR PUBLICATION" in box.inner_text()
    assert box.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(165, 14, 14)"
    taken_out(notebook)


def test_restarted_it_runs_again_from_the_first_cell(notebook):
    """The counts begin anew."""
    menu(notebook, "Kernel", "Restart Kernel and Run All Cells")
    notebook.locator(".jp-Dialog button", has_text="Restart").click()
    notebook.wait_for_function(ANEW)
    assert notebook.locator(f".jp-OutputArea {FIGURE}").count() >= 1


def test_no_request_has_left_the_machine(notebook):
    """Of all that the tests above did."""
    assert len(notebook.asked) > 50 and {*notebook.asked} <= {*HERE}
