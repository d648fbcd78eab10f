"""The tutorials run as they stand: every command, every file, every answer."""

import doctest
import os
import re
import subprocess
import sys

import pytest

import ctanalysis as ct
from tests.conftest import ROOT, copied

BLOCK = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RECIPE = re.compile(r"^(\w+): \$\(READY\)[^\n]*\n\t@\$\(RUN\) (.*)$", re.MULTILINE)
RECIPES = dict(RECIPE.findall((ROOT / "Makefile").read_text(encoding="utf-8")))


def blocks(name):
    """(kind, what stands behind it, text) of each code block of a page."""
    return BLOCK.findall((ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8"))


def run(line, cwd):
    """A line of a shell; of make its rule's own recipe, with the interpreter of these tests. A finished process."""
    words = line.split()
    given = dict(word.split("=", 1) for word in words[2:]) if words[0] == "make" else {}
    names = ("PERIOD", "PROJECT", "FILE", "PARTNER", "SENT", "COMPLETE", "DRY", "DATE", "NEW")
    empty = dict.fromkeys(names, "")
    code = f'"$PY" -m ctanalysis {RECIPES[words[1]].replace("$$", "$")}' if words[0] == "make" else line
    environment = os.environ | empty | given | {"PY": sys.executable, "PYTHONPATH": str(ROOT)}
    return subprocess.run(["sh", "-c", code], cwd=cwd, env=environment, capture_output=True, text=True)


@pytest.fixture
def checkout(tmp_path):
    """Where somebody stands who types the commands; projects are beside it."""
    (tmp_path / "ctanalysis").mkdir()
    return tmp_path / "ctanalysis"


@pytest.mark.long
def test_a_quarter_start_to_end(checkout):
    """The analyst's: from an empty folder to a release; what the page quotes is what the commands say."""
    said = ""
    for kind, beside, text in blocks("tutorial-analyst"):
        place = re.search(r'title="([^"]+)"', beside)
        if place and kind != "sh":
            with (checkout / place[1]).open("a" if kind == "toml" else "w", encoding="utf-8") as file:
                file.write(text)
        elif kind == "sh":
            status = int(re.search(r"status (\d)", beside)[1]) if beside else 0
            for line in text.splitlines():
                done = run(line, checkout)
                assert done.returncode == status, (line, done.stdout, done.stderr)
                said += done.stdout
                assert not status or (checkout.parent / "sample/internal/check/send-back/March.xlsx").exists()
        else:
            assert kind == "text" and text in said, text
    sample = checkout.parent / "sample"
    assert "4 rows read = 4 used" in said and (sample / "releases/FY2026Q1/evaluation.html").exists()
    assert (sample / "releases/index.html").exists()


@pytest.mark.long
def test_a_question_start_to_end(monkeypatch):
    """The evaluator's: each line gives what the page says."""
    text = "".join(body for kind, _, body in blocks("tutorial-evaluator") if kind == "pycon")
    test = doctest.DocTestParser().get_doctest(text, {}, "tutorial-evaluator", None, 0)
    flags = doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
    result = doctest.DocTestRunner(optionflags=flags).run(test, out=(said := []).append)
    assert result.attempted >= 10 and result.failed == 0, "".join(said)
    assert [kind for kind, _, _ in blocks("tutorial-evaluator")] == ["pycon"] * len(blocks("tutorial-evaluator"))


def test_the_refusal_that_the_page_quotes(monkeypatch):
    """Word for word, which the doctest does not compare."""
    quoted = re.search(
        r"Refused: (There is no indicator.*)\n", (ROOT / "docs/tutorial-evaluator.md").read_text("utf-8")
    )
    with pytest.raises(ct.Refused) as refusal:
        ct.open().values("1.33")
    assert str(refusal.value) == quoted[1]


def test_the_indicator_of_the_how_to_page_is_one(tmp_path):
    """Written where the page says, it is there at the next question, and counts what it says."""
    ((_, beside, text),) = [block for block in blocks("how-to") if "title" in block[1]]
    assert {kind for kind, _, _ in blocks("how-to")} == {"toml"}
    folder = copied(tmp_path / "data")
    p = ct.open(folder)
    audiences = p.values("1.1", by="audience", every="year").groupby("audience")["value"].sum()
    (tmp_path / re.search(r'title="([^"]+)"', beside)[1]).write_text(text, encoding="utf-8")
    own = p.values("1.11", every="year")
    assert set(own["status"]) == {"exact"} and own["value"].sum() == audiences["migrants and their families"] > 0
