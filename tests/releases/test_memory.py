"""Who stood in a breakdown when it was told: remembered with each release, and missed where it is gone."""

import json
import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256

import pandas as pd
import pytest

from ctanalysis import Refused
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import COLUMNS, Ledger, files_of_memory, standing
from ctanalysis.disclosure.ledger.relabelled import relabelled
from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load

SEX, FORM = ("2.2", "sex"), ("2.1", "exploitation:coarse")
NODES = ["2012-09-30", "2013-09-30", "2014-09-30"]
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
    place = ledger.workshop(project)
    place.mkdir(parents=True, exist_ok=True)
    for name, content in files_of_memory(project, now, head).items():
        (place / name).write_bytes(content)


def told(*frames):
    cells = pd.concat(frames, ignore_index=True)
    return Ledger((), cells, cells["chain"].iloc[-1])


@pytest.fixture
def two(project):
    """Two releases, each of which tells a node of one breakdown."""
    remember(project, {SEX: ((NODES[0], FIRST),)}, "a")
    remember(project, {SEX: ((NODES[0], FIRST), (NODES[1], SECOND))}, "b")
    return told(lines(SEX, (NODES[0], 2, "a"), (NODES[1], 4, "b")))


@pytest.fixture
def three(project, two):
    """A third release, in which two more came."""
    third = SECOND | {"p5": "male", "p6": "female"}
    remember(project, {SEX: ((NODES[0], FIRST), (NODES[1], SECOND), (NODES[2], third))}, "c")
    return told(two.cells, lines(SEX, (NODES[2], 6, "c")))


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


def edited(change):
    """A damage to what the memory says: change(memory, its breakdown's nodes)."""

    def damage(place):
        path = place / ledger.STANDING
        memory = json.loads(path.read_text(encoding="utf-8"))
        change(memory, memory["breakdowns"][0]["nodes"])
        path.write_text(json.dumps(memory, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    return damage


def with_hash(damage):
    """The same damage, and the hash in head.txt is that of the file as it is then: what is public must find it."""

    def both(place):
        damage(place)
        last = (place / ledger.HEAD).read_text(encoding="utf-8").split()[0]
        content = sha256((place / ledger.STANDING).read_bytes()).hexdigest()
        (place / ledger.HEAD).write_text(f"{last}\n{content}\n", encoding="utf-8")

    return both


def renamed_person(_, nodes):
    for node in nodes:
        node["people"]["n4"] = node["people"].pop("p4", "male")


OF_ANOTHER = json.dumps({"ledger": "z", "before": "", "breakdowns": []})
DAMAGES = {
    "gone": lambda place: (place / ledger.STANDING).unlink(),
    "no such file": lambda place: (place / ledger.STANDING).write_text("[1, 2]", encoding="utf-8"),
    "half of it": lambda place: os.truncate(place / ledger.STANDING, 200),
    "of another project": lambda place: (place / ledger.STANDING).write_text(OF_ANOTHER, encoding="utf-8"),
    "of another ledger": edited(lambda memory, _: memory.update(ledger="z")),
    "a label changed": edited(lambda _, nodes: nodes[1]["people"].update(p4="female")),
    "a code changed": edited(renamed_person),
    "somebody who is not recorded put in": edited(lambda _, nodes: nodes[0]["people"].update(p9=None)),
    "a day changed": edited(lambda _, nodes: nodes[1].update(day="2013-03-31")),
    "somebody gone": edited(lambda _, nodes: nodes[1]["people"].pop("p4")),
    "the first node gone": edited(lambda _, nodes: nodes.pop(0)),
    "a node in the middle gone": edited(lambda _, nodes: nodes.pop(1)),
    "the last node gone": edited(lambda _, nodes: nodes.pop()),
    "the chain cut": edited(lambda memory, _: memory.update(before="")),
    "known by its last line only": edited(lambda memory, _: memory.pop("before")),
    "its hash gone": lambda place: (place / ledger.HEAD).write_text("c\n", encoding="utf-8"),
    "the head gone": lambda place: (place / ledger.HEAD).unlink(),
    "somebody gone, with the hash": with_hash(edited(lambda _, nodes: nodes[1]["people"].pop("p4"))),
    "a node in the middle gone, with the hash": with_hash(edited(lambda _, nodes: nodes.pop(1))),
    "the last node gone, with the hash": with_hash(edited(lambda _, nodes: nodes.pop())),
}


@pytest.mark.few(8)
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_memory_that_is_not_as_it_was_is_refused(project, three, damage):
    """With both ways out, and nobody is named. Of what was changed together with its hash, what the ledger itself
    tells is found: how many stood where.
    """
    assert len(standing(project, three)[SEX]) == 3
    damage(ledger.workshop(project))
    with pytest.raises(Refused, match=r"Put it and head\.txt beside it back from the copy") as refused:
        standing(project, three)
    assert "ended" in str(refused.value) and "p4" not in str(refused.value)


def test_the_memory_of_an_earlier_release_is_refused(project, two):
    """A copy of the day before: the ledger has gone on."""
    place = ledger.workshop(project)
    copies = {name: (place / name).read_bytes() for name in (ledger.STANDING, ledger.HEAD)}
    remember(project, {SEX: ((NODES[2], SECOND),)}, "c")
    now = told(two.cells, lines(SEX, (NODES[2], 4, "c")))
    for name, content in copies.items():  # the memory alone, then with what was remembered of the ledger
        (place / name).write_bytes(content)
        with pytest.raises(Refused, match="back from the copy"):
            standing(project, now)


def test_each_memory_names_the_one_before_it(project):
    """So that kept copies can be laid one after the other; of who was dropped from it no hash is left."""
    path, hashes = ledger.workshop(project) / ledger.STANDING, [""]
    for head, day in zip("abc", NODES, strict=True):
        remember(project, {SEX: ((day, FIRST),)}, head)
        assert json.loads(path.read_text(encoding="utf-8"))["before"] == hashes[-1]
        hashes.append(sha256(path.read_bytes()).hexdigest())
    policy = project.folder / "policy.toml"
    order = 'order = ["female", "male"]'
    policy.write_text(policy.read_text("utf-8").replace(order, f'{order}\nended = "Erased."'), encoding="utf-8")
    remember(load(project.folder), {}, "d")
    text = path.read_text(encoding="utf-8")
    assert json.loads(text)["before"] == "" and hashes[-1] not in text and "p4" not in text


def test_a_memory_from_before_its_hash_was_kept_is_known_by_its_line(project, two):
    """It has no `before`, and head.txt one line: it is read, and the next release keeps its hash."""
    place = ledger.workshop(project)
    edited(lambda memory, _: memory.pop("before"))(place)
    (place / ledger.HEAD).write_text("b\n", encoding="utf-8")
    assert len(standing(project, two)[SEX]) == 2
    remember(project, {SEX: ((NODES[2], SECOND),)}, "c")
    assert len(standing(project, told(two.cells, lines(SEX, (NODES[2], 4, "c"))))[SEX]) == 3


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


@pytest.mark.long
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
