"""Every code block of the pages runs: sheets and judgements are read as the library reads them, Python gives an answer.

The blocks of the tutorials run in test_tutorials, those of docs/cluster.md in tests/cluster; performance.md quotes what
benches say.
"""

import re
from collections import Counter

import pandas as pd
import pytest

import ctanalysis as ct
from ctanalysis import Refused
from ctanalysis.project import examples, load
from ctanalysis.project.reading_sheets import read_sheet
from tests.conftest import ROOT, copied
from tests.docs.test_tutorials import blocks
from tests.generators import milestones

ELSEWHERE = {"tutorial-analyst", "tutorial-evaluator", "cluster", "performance"}
FILES = {
    "explanation": "explanations",
    "context": "context",
    "action": "actions",
    "question": "questions",
    "review": "reviews",
}
MEASURES = [text for kind, _, text in blocks("measures") if kind == "toml"]
SHEETS = [text for text in MEASURES if "milestone" not in text]
JUDGED = [text for page in ("judgements", "how-to") for kind, _, text in blocks(page) if text.startswith("[[")]


def test_no_block_is_left_out():
    """What is not run elsewhere is of a kind that is run here."""
    pages = sorted(path.stem for path in (ROOT / "docs").glob("*.md"))
    found = Counter((page, kind) for page in pages if page not in ELSEWHERE for kind, *_ in blocks(page))
    run = {("measures", "toml"): len(MEASURES), ("measures", "csv"): 1, ("enquiry", "python"): 1}
    of_judgements = Counter(page for page in ("judgements", "how-to") for *_, text in blocks(page) if text[:2] == "[[")
    run |= {(page, "toml"): number for page, number in of_judgements.items()}
    run["how-to", "toml"] += 1  # the sheet, which test_tutorials asks for a value
    assert dict(found) == run and len(SHEETS) > 10


def sheet(folder, block):
    """What the library reads of a sheet with a calculation; a baseline of its own takes the place of the example's."""
    whole = examples.sheet()
    if "[baseline]" in block:
        whole = re.sub(r"^\[baseline\]\n.*?(?=^\[)", "", whole, flags=re.MULTILINE | re.DOTALL)
    path = folder / "x.toml"
    path.write_text(f"{whole}\n{block}", encoding="utf-8")
    return read_sheet(path)


@pytest.mark.parametrize("block", SHEETS, ids=lambda block: " ".join(re.findall(r'measure = "(\w+)"', block)))
def test_a_calculation_is_one(tmp_path, block):
    """As it stands, below the rest of a sheet."""
    assert f'measure = "{sheet(tmp_path, block).calculation.measure}"' in block


@pytest.mark.parametrize(
    "row, said",
    {
        "ratio": 'measure = "ratio"',
        "rate per residents": 'measure = "rate"',
        "median": 'measure = "median"',
        "days": "days = [",
        "within so many days": "within = 30",
        "at least so many rows": "at_least = 3",
        "different values": 'different = "service"',
        "several tables": "also = [",
        "who stands": 'measure = "level"\ntable = "stays"\nperson',
        "over the days": 'over = "days"',
        "cohort": "within = 90",
        "gain": 'measure = "gain"',
        "columns": "columns = {",
        "one or another": "any = [",
        "the latest": 'measure = "last"',
        "rounds": "rounds = {",
        "milestone": 'measure = "milestone"',
    }.items(),
    ids=lambda one: one if " = " not in one else "",
)
def test_each_thing_that_evaluators_ask_has_an_example(row, said):
    assert any(said in block for block in MEASURES), row


def test_each_measure_has_an_example_or_a_line_in_the_table():
    text = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    assert [name for name in examples.measures() if f"| `{name}`" not in text and f" `{name}`" not in text] == []


def test_the_milestone_is_one(tmp_path):
    """Its words and its entry as they stand, in a project: it is reached on that day."""
    words, entry = (block for block in MEASURES if "milestone" in block)
    folder = milestones.write(tmp_path / "p", entry=None)
    path = folder / "indicators" / "m.toml"
    head = path.read_text(encoding="utf-8").partition("[words]")[0].replace('"m"', '"3.2"')
    path.write_text(head + words, encoding="utf-8")
    (folder / "judgements").mkdir()
    (folder / "judgements" / "milestones.toml").write_text(entry, encoding="utf-8")
    [reached], [sheet] = load(folder).reached, load(folder).milestones
    assert (reached.indicator, sheet.code, sheet.words.reached) == ("3.2", "3.2", words.split('"')[1])


def test_a_calculation_with_a_slip_is_refused(tmp_path):
    with pytest.raises(Refused, match="within"):
        sheet(tmp_path, SHEETS[2].replace("within", "witin"))


def test_the_residents_have_the_columns_of_the_file():
    [text] = [text for kind, _, text in blocks("measures") if kind == "csv"]
    assert text.splitlines()[0].split(",") == [*pd.read_csv(ROOT / "data" / "population.csv", nrows=1)]


@pytest.mark.parametrize("block", JUDGED, ids=lambda block: block.splitlines()[0])
def test_what_people_say_is_read(tmp_path, block):
    """Alone in its file, in the shipped project."""
    folder, key = copied(tmp_path / "data"), re.match(r"\[\[(\w+)\]\]", block)[1]
    path = folder / "judgements" / f"{FILES[key]}.toml" if key in FILES else folder / "project.toml"
    before = path.read_text(encoding="utf-8").partition("[[criteria]]")[0] if key == "criteria" else ""
    path.write_text(before + block, encoding="utf-8")
    if key == "criteria":  # of which questions are asked
        (folder / "judgements" / "questions.toml").unlink()
    project = load(folder)
    assert key != "criteria" or [one.name for one in project.facts.criteria] == ["sustainability"]


def test_the_first_lines_of_asking_run():
    [code] = [text for kind, _, text in blocks("enquiry") if kind == "python"]
    names = {}
    exec(code, names)  # the lines of our own page
    assert isinstance(names["p"], type(ct.open()))


@pytest.mark.long
def test_the_words_answer():
    """Each word of the table of docs/enquiry.md."""
    page = (ROOT / "docs" / "enquiry.md").read_text(encoding="utf-8")
    words = re.findall(r"^\| `(p\b[^`]*)` \|", page, re.MULTILINE)
    assert len(words) > 12 and all(eval(word, {"p": ct.open()}) is not None for word in words)
