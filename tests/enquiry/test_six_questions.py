"""explore.ipynb: six questions, each with a look, a careful answer, and what the data cannot say."""

import nbformat

from ctanalysis.quality import MARK
from tests.conftest import ROOT

NOTEBOOK = nbformat.read(ROOT / "notebooks" / "explore.ipynb", as_version=4)


QUESTIONS = [
    "Is the hotline reaching women outside Bishkek?",
    "Did consultations change after the campaign quarters?",
    "Who is assisted but never completes a plan?",
    "Where are events few for the people who live there?",
    "What would have to happen for the target to be met?",
    "Which figure would you not trust, and why?",
]


def sections():
    """By question, its cells."""
    found, current = {}, None
    for cell in NOTEBOOK.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## ") and cell.source.splitlines()[0].endswith("?"):
            current = cell.source.splitlines()[0].removeprefix("## ")
        elif cell.source.startswith("## "):
            current = None
        if current:
            found.setdefault(current, []).append(cell)
    return found


def test_six_questions_are_asked_looked_at_and_answered_with_care():
    """No look takes more than three lines."""
    found = sections()
    assert [*found] == QUESTIONS
    for cells in found.values():
        words = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        looks = [cell.source for cell in cells if cell.cell_type == "code"]
        assert "The look:" in words and "**A careful answer.**" in words and "**What the data cannot say.**" in words
        assert looks and all(len(look.splitlines()) <= 3 for look in looks)


def test_no_number_is_typed_into_an_answer():
    """What is said holds whichever period is shown: numbers stand in what is computed."""
    for cells in sections().values():
        for cell in cells:
            words = cell.source.replace("100,000", "")
            assert cell.cell_type == "code" or not any(map(str.isdigit, words)), cell.source


def test_the_mark_of_a_caveat_is_named_as_it_is_shown():
    """In words, as beside the numbers."""
    said = "\n".join(cell.source for cell in sections()[QUESTIONS[-1]] if cell.cell_type == "markdown")
    assert f"beside the number, as {MARK} does" in said


def test_the_answers_that_the_reference_was_written_from(p):
    """What the looks show of the shipped project."""
    women = p.values("1.3", by="oblast", where={"sex": "female"}, period="FY2015Q1").set_index("oblast")["value"]
    assert women["Bishkek city"] < women.drop(["Bishkek city", "not recorded"]).sum()
    changed = p.compare("1.3", "FY2015Q1", "FY2014Q1", by="sex").set_index("category")["verdict"]
    assert changed[["all", "female", "male"]].tolist() == ["no clear change"] * 3
    rates = p.values("1.8", by="oblast", period="FY2015Q1").sort_values("value")
    assert rates["oblast"].iloc[0] == "Naryn"
    ahead = p.projection("1.2", "FY2015Q1")
    assert ahead["verdict"].tolist() == ["on track", "on track"]
    steps = p.pathway("FY2015Q1")
    assert steps.loc[steps["step"].str.startswith("plan begun"), "told"].iloc[-1] == "about 59% of 117"
    quality = p.evaluation("FY2015Q1").quality
    assert {"1.3", "2.2"} <= set(quality.loc[quality["verdict"] == "not met", "indicator"])
