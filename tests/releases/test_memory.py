"""Who stood in a breakdown when it was told: remembered with each release, and missed where it is gone."""

import json
import os
import re
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from ctanalysis import Refused
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import COLUMNS, Ledger, standing, standing_text
from ctanalysis.disclosure.ledger.relabelled import relabelled
from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load

SEX, FORM = ("2.2", "sex"), ("2.1", "exploitation:coarse")
NODES = ["2012-09-30", "2013-09-30"]
FIRST = {"p1": "female", "p2": "male", "p3": None}
SECOND = FIRST | {"p3": "female", "p4": "male"}


@pytest.fixture
def project(tmp_path):
    """The shipped project in a folder of its own, so that its memory is nobody else's."""
    outputs = shutil.ignore_patterns("internal", "releases", "reports")
    return load(shutil.copytree(SHIPPED, tmp_path / "ours", ignore=outputs))


def lines(key, *told, start="2011-10-01"):
    """Ledger lines of a breakdown's base: (day, people, hash of the line)."""
    rows = [
        {
            "release": "FY",
            "revision": 0,
            "indicator": key[0],
            "start": start,
            "end": day,
            "disaggregation": key[1],
            "category": "recorded",
            "value": float(people),
            "status": "exact",
            "chain": chain,
        }
        for day, people, chain in told
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def remember(project, now, head):
    """Writes the memory as a release does."""
    text = standing_text(project, now, head)
    place = ledger.workshop(project)
    place.mkdir(parents=True, exist_ok=True)
    (place / ledger.STANDING).write_text(text, encoding="utf-8")
    (place / ledger.HEAD).write_text(head + "\n", encoding="utf-8")


def told(*frames):
    cells = pd.concat(frames, ignore_index=True)
    return Ledger((), cells, cells["chain"].iloc[-1])


@pytest.fixture
def two(project):
    """Two releases, each of which tells a node of one breakdown."""
    remember(project, {SEX: ((NODES[0], FIRST),)}, "a")
    remember(project, {SEX: ((NODES[0], FIRST), (NODES[1], SECOND))}, "b")
    return told(lines(SEX, (NODES[0], 2, "a"), (NODES[1], 4, "b")))


def test_nothing_told_before(project):
    """No memory is needed, and none is asked for; tables of an older policy have no base of their own."""
    old = lines(SEX, (NODES[0], 2, "a")).assign(category="female", status="rounded")
    assert standing(project, Ledger((), old.iloc[:0], "")) == {} == standing(project, told(old))


def test_who_stood_there_is_known(project, two):
    """Of every node, and as of an earlier release of those told until then."""
    assert standing(project, two) == {SEX: ((NODES[0], FIRST), (NODES[1], SECOND))}
    assert standing(project, told(two.cells.iloc[:1])) == {SEX: ((NODES[0], FIRST),)}


def test_a_share_that_is_told_of_years_only_is_remembered(project):
    """Nothing came in the first year, so that no cell begins with the project; the second year is told as it was."""
    key, rows = ("2.7", "total"), {"F1": "counted", "F2": "rest"}
    remember(project, {key: ((NODES[1], rows),)}, "a")
    year = lines(key, (NODES[1], 2, "a"), start="2012-10-01").assign(category="all", value=0.5, denominator=2.0)
    assert standing(project, told(year)) == {key: ((NODES[1], rows),)}


def test_a_release_that_tells_less_forgets_nothing(project, two):
    """A revision of the first year, then of a quarter; and a breakdown that is told for the first time."""
    remember(project, {SEX: ((NODES[0], FIRST),)}, "c")
    remember(project, {FORM: ((NODES[1], {"p1": "other"}),)}, "d")
    cells = [two.cells, lines(SEX, (NODES[0], 2, "c")), lines(FORM, (NODES[1], 1, "d"))]
    found = standing(project, told(*cells))
    assert found == {SEX: ((NODES[0], FIRST), (NODES[1], SECOND)), FORM: ((NODES[1], {"p1": "other"}),)}


def test_a_node_is_remembered_as_it_was_told_first(project, two):
    """Whatever a later release has: nobody leaves."""
    remember(project, {SEX: ((NODES[0], {"p9": "male"}),)}, "c")
    assert standing(project, told(two.cells, lines(SEX, (NODES[0], 2, "c"))))[SEX][0] == (NODES[0], FIRST)


def harmed(name, project):
    path = ledger.workshop(project) / ledger.STANDING
    memory = json.loads(path.read_text(encoding="utf-8"))
    if name == "gone":
        path.unlink()
    elif name == "no such file":
        path.write_text("[1, 2]", encoding="utf-8")
    elif name == "of another ledger":
        path.write_text(json.dumps(memory | {"ledger": "z"}), encoding="utf-8")
    elif name == "somebody is gone from it":
        memory["breakdowns"][0]["nodes"][1]["people"].pop("p4")
        path.write_text(json.dumps(memory), encoding="utf-8")
    elif name == "a node is gone from it":
        memory["breakdowns"][0]["nodes"].pop()
        path.write_text(json.dumps(memory), encoding="utf-8")
    elif name == "of an earlier release":
        (path.with_name(ledger.HEAD)).write_text("b", encoding="utf-8")
        path.write_text(json.dumps(memory | {"ledger": "a"}), encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "gone",
        "no such file",
        "of another ledger",
        "somebody is gone from it",
        "a node is gone from it",
        "of an earlier release",
    ],
)
def test_without_it_nothing_is_told(project, two, name):
    """Refused with both ways out, and nobody is named."""
    harmed(name, project)
    with pytest.raises(Refused, match="Put it back from the copy") as refused:
        standing(project, two)
    assert "ended" in str(refused.value) and "p4" not in str(refused.value)


def renamed(project, old, new):
    """A category is called otherwise in the policy and on the sheet; the path of datapackage.json."""
    for path in (project.folder / "policy.toml", *(project.folder / "indicators").glob("2.2-*")):
        text = path.read_text(encoding="utf-8").replace(f'"{old}"', f'"{new}"')
        path.write_text(re.sub(rf"\b{old} = ", f'"{new}" = ', text), encoding="utf-8")
    return project.folder / "datapackage.json"


def test_a_label_that_has_changed_is_the_same_category(project, two):
    """As the ledger's own cells are read (relabelled)."""
    path = renamed(project, "male", "мужчины")
    text = path.read_text(encoding="utf-8")
    assert '"label": "male"' in text
    path.write_text(text.replace('"label": "male"', '"label": "мужчины", "formerly": ["male"]'), encoding="utf-8")
    assert standing(load(project.folder), two)[SEX][0][1] == {"p1": "female", "p2": "мужчины", "p3": None}


def test_coarse_categories_that_are_called_otherwise_are_defined_as_before(project):
    """Adults are called "взрослые": with what they were called formerly the breakdown is the same, and the ledger is
    read with the new words; without it, it is another one.
    """
    sheet, way = project.sheet("2.2"), "age_group:coarse"
    before = ledger.definition(project, sheet, way)
    path = renamed(project, "adults", "взрослые")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"coarse": "adults"', '"coarse": "взрослые"'), encoding="utf-8")
    other = load(project.folder)
    assert before not in ledger.definitions(other, other.sheet("2.2"), way, NODES[0])
    new = '"coarse": "взрослые", "coarse_formerly": ["adults"]'
    path.write_text(text.replace('"coarse": "adults"', new), encoding="utf-8")
    same = load(project.folder)
    assert before == ledger.definition(same, same.sheet("2.2"), way)
    cells = lines(("2.2", way), (NODES[0], 20, "a")).assign(category="adults")
    assert relabelled(cells, same)["category"].tolist() == ["взрослые"]


def test_a_definition_is_the_same_in_every_process(project):
    """A coarse category may be called as a fine one of another order of things; no order of a set is in it."""
    words = "import sys; from ctanalysis.project import load; from ctanalysis.disclosure import ledger\n"
    words += f"project = load({str(project.folder)!r})\n"
    words += "for rule in project.policy.rules.values():\n    for one in rule.breakdowns:\n"
    words += "        print(ledger.definition(project, project.sheet(one.sheet), one.by))"
    said = {
        subprocess.run(
            [sys.executable, "-c", words],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (1, 2, 3, 4)
    }
    assert len(said) == 1 and len(said.pop().split()) == 5
