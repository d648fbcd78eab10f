"""World pairs: for a hidden small cell two whole registers, in which it is nothing and is large,
that publish the same bytes.

Who reads what is published cannot tell the two apart, so that nobody can show that the cell is of one person to nine;
this rests on no solver and on nothing that the auditor believes. What the gate withholds is published, too: a reader
who knows its rules can ask why a table is not there. For a cell that is printed as "fewer than 10" the large world
is the largest that the prints allow; for a cell that is not printed, one of 10 or more, or else the largest that
its days' total and the prints of its years allow.
"""

import csv
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import nbformat
import pytest

from ctanalysis import evaluate
from ctanalysis.disclosure import withholding
from ctanalysis.disclosure.audit import is_safe
from tests.conftest import copied
from tests.generators import worlds
from tests.generators.publication import frames, outputs, publication
from tests.generators.wrong import file_of

SPANS = [*((quarter,) for quarter in range(8)), *worlds.YEARS, tuple(range(8))]
PERIOD = "FY2013"  # the second year: its report tells both years, the project to date and the total of every quarter
TRIES = 12


@pytest.fixture(autouse=True)
def asked_once(monkeypatch):
    """The auditor is asked once about the same prints: its answer depends on nothing else,
    and two worlds print the same.
    """
    known = {}

    def remembered(cells, project, conditioned=()):
        key = cells.to_csv(), tuple(conditioned), project.folder
        if key not in known:
            known[key] = is_safe(cells, project, conditioned)
        return known[key]

    monkeypatch.setattr(withholding, "is_safe", remembered)


@dataclass
class Hunt:
    """One project: what it prints, its hidden small cells (field, span, category),
    and which worlds were found for each.
    """

    made: worlds.Random_
    random: Random
    base: bytes = b""
    found: Counter = field(default_factory=Counter)
    alone: dict = field(default_factory=dict)
    free: dict = field(default_factory=dict)
    cells: dict = field(default_factory=dict)
    runs: int = 0

    def __post_init__(self):
        worlds.write(self.made.folder, self.made.register)
        evaluation = evaluate(PERIOD, self.made.folder)
        self.base = frames(evaluation)
        for name, categories in self.made.fields.items():
            self._look(
                name,
                self.made.register.counts(name, categories),
                [worlds.printed(evaluation.values, name, label) for label in categories],
            )

    def _look(self, name, counts, prints):
        bounds = [bounds for bounds, _ in prints]
        narrower = [
            [
                (max(a, c), min(b, d))
                for (a, b), (c, d) in zip(worlds.as_alone(counts[:, place]), bounds[place], strict=True)
            ]
            for place in range(len(bounds))
        ]
        self.free[name], self.alone[name] = worlds.Field(counts, bounds), worlds.Field(counts, narrower)
        for number, span in enumerate(SPANS):
            for place in range(len(bounds)):
                if 1 <= counts[list(span), place].sum() <= 9:
                    most, _ = next(self.alone[name].worlds(place, span, True, self.random, 1))
                    self.cells[name, span, place] = (
                        most if number > 7 and prints[place][1][number - 8] else min(10, most)
                    )

    def is_found(self, cell, large):
        return (cell, large) in self.found

    def publishes_the_same(self, counts):
        """Whether a register with these counts (by field) is published as the true one is.

        Each cell that it speaks for is noted.
        """
        register = self.made.register
        for name, found in counts.items():
            register = register.relabelled(name, found, self.made.fields[name])
        worlds.write(self.made.folder, register)
        self.runs += 1
        if frames(evaluate(PERIOD, self.made.folder)) != self.base:
            return False
        for (name, span, place), most in self.cells.items():
            if name in counts:
                value = counts[name][list(span), place].sum()
                self.found.update(
                    [
                        ((name, span, place), large)
                        for large, holds in ((False, value == 0), (True, value >= most), ("10", value >= 10))
                        if holds
                    ]
                )
        return True

    def hunt(self):
        """Worlds for every cell: first those that would print the same if every table were printed,
        of several fields at once.
        """
        for large in (False, True):
            for cell in self.cells:
                if not self.is_found(cell, large):
                    world = next(self.alone[cell[0]].worlds(cell[2], cell[1], large, self.random, 1), None)
                    if world:
                        self.publishes_the_same({cell[0]: world[1]} | self._others(cell[0], large))
        for name, span, place in [
            cell for cell in self.cells if not self.is_found(cell, False) and not self.is_found(cell, "10")
        ]:
            self._hunt_further(name, span, place)

    def _others(self, name, large):
        """Worlds of the other fields, for cells that none was found for yet."""
        found = {}
        for cell in self.cells:
            if cell[0] != name and cell[0] not in found and not self.is_found(cell, large):
                world = next(self.alone[cell[0]].worlds(cell[2], cell[1], large, self.random, 1), None)
                found |= {cell[0]: world[1]} if world else {}
        return found

    def _hunt_further(self, name, span, place):
        """Of a table that is withheld: the categories change places, or anything that the prints leave open."""
        free = self.free[name]
        tries = [*free.exchanged(place, span, self.random)][:TRIES]
        tries += [*free.worlds(place, span, False, self.random, TRIES)]
        tries += [world for world in free.worlds(place, span, True, self.random, 2) if world[0] >= 10][:TRIES]
        any(self.publishes_the_same({name: counts}) for _, counts in tries)

    def shown(self):
        """The cells that no pair of worlds speaks for: neither nothing nor 10 is possible."""
        return [cell for cell in self.cells if not self.is_found(cell, False) and not self.is_found(cell, "10")]


def hunted(tmp_path, seed):
    hunt = Hunt(worlds.project(tmp_path / f"p{seed}", seed), Random(seed))
    hunt.hunt()
    return hunt


def gives_away(hunt, cell):
    """Whether a table of the cell's field is withheld.

    What that says by itself is among what policy.toml does not promise.
    """
    return any(high == float("inf") for bounds in hunt.free[cell[0]].bounds for _, high in bounds[:2])


@pytest.mark.parametrize("seed", range(50))
def test_the_prints_leave_nothing_or_ten_possible(tmp_path, seed):
    """For every hidden cell of 1 to 9 there is a register with the same prints in which it is nothing, or 10:
    counted through, all of them.
    """
    hunt = Hunt(worlds.project(tmp_path / "p", seed), Random(seed))
    for name, span, place in hunt.cells:
        found = next(hunt.free[name].worlds(place, span, False, hunt.random, 1), None) or next(
            hunt.free[name].worlds(place, span, True, hunt.random, 1)
        )
        assert found[0] == 0 or found[0] >= 10, (name, span, place)


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=() if seed in (1, 2, 3) else pytest.mark.long) for seed in range(50)]
)
def test_two_registers_publish_the_same_bytes(tmp_path, seed):
    """Values, tracking, history, quality and tally are the same bytes in both worlds of every hidden small cell.

    Of a field with a withheld table, in those that are found.
    """
    hunt = hunted(tmp_path, seed)
    assert hunt.cells or sum(len(days.options) for days in hunt.free.values())
    for cell in hunt.cells:
        if not gives_away(hunt, cell):
            assert hunt.is_found(cell, False) or hunt.is_found(cell, "10"), cell
            assert hunt.is_found(cell, True), cell


@pytest.mark.long
@pytest.mark.parametrize("seed", [2, 5, 7])
def test_two_registers_have_the_same_pages(tmp_path, seed):
    """The whole publication of a year and of a quarter: pages, sentences, figures, files and manifest."""
    hunt = Hunt(worlds.project(tmp_path / "p", seed), Random(seed))
    before = {period: publication(hunt.made.folder, period) for period in (PERIOD, "FY2013Q2")}
    compared = 0
    for name, span, place in hunt.cells:
        pair = [next(hunt.alone[name].worlds(place, span, large, hunt.random, 1), None) for large in (False, True)]
        if all(pair) and not compared:
            for _, counts in pair:
                register = hunt.made.register.relabelled(name, counts, hunt.made.fields[name])
                worlds.write(hunt.made.folder, register)
                assert {period: publication(hunt.made.folder, period) for period in before} == before
            compared += 1
    assert compared


@pytest.mark.long
def test_the_publication_in_memory_is_the_real_one(made):
    """The report that the command made for a whole project has the same pages, outputs, values,
    figures and manifest.
    """
    folder = made.parent.parent
    ours = publication(folder, "FY2015Q1")
    notebooks = {path.stem: repr(outputs(nbformat.read(path, as_version=4))).encode() for path in made.glob("*.ipynb")}
    assert {
        name.removesuffix(".outputs"): data for name, data in ours.items() if name.endswith(".outputs")
    } == notebooks
    others = {name: data for name, data in ours.items() if not name.endswith(".outputs") and name != "manifest.json"}
    assert others == {
        path.relative_to(made).as_posix(): path.read_bytes()
        for path in made.rglob("*")
        if path.is_file() and path.suffix != ".ipynb" and path.name != "manifest.json"
    }


def told_with(tmp_path, counts, categories=("F", "M"), more=""):
    """What is published of one year with so many people of each category, all found on its first day."""
    folder = tmp_path / "-".join(map(str, counts))
    made = worlds.project(folder, 2)
    assert made.fields == {"sex": ["F", "M"]}
    labels = tuple(label for label, count in zip(categories, counts, strict=True) for _ in range(count))
    days = (worlds.QUARTERS[0][0],) * len(labels)
    package = folder / "datapackage.json"
    if "-" in categories:
        package.write_text(
            package.read_text(encoding="utf-8").replace(
                '"constraints": {"required": true}}, {"name": "kind"', '"constraints": {}}, {"name": "kind"'
            ),
            encoding="utf-8",
        )
    (folder / "quality.toml").write_text(more or worlds.QUALITY, encoding="utf-8")
    worlds.write(folder, worlds.Register(days, {"sex": labels}))
    return frames(evaluate("FY2012", folder))


def test_that_a_table_of_two_is_withheld_does_not_say_that_a_cell_is_small(tmp_path):
    """Twelve people, women or men: of all registers that publish what 5 and 7 do, one has no women, or ten.

    Of more categories and years tests/disclosure/test_withholding.py publishes every register.
    """
    told = {women: told_with(tmp_path, (women, 12 - women)) for women in range(13)}
    same = [women for women in told if told[women] == told[5]]
    assert any(women == 0 or women >= 10 for women in same), same


def test_a_verdict_on_quality_does_not_say_that_a_cell_is_small(tmp_path):
    """Thirty-two people, of whom four without a sex, printed as fewer than 10:
    the same is published of as many with a sex each.
    """
    told = {
        missing: told_with(tmp_path, (22 - missing, 10, missing), ("F", "M", "-"), "# as shipped\n")
        for missing in (0, 4)
    }
    assert told[4] == told[0]


# --- The shipped project ---------------------------------------------------------------------

ASSISTANCE = {"SocialCare", "Health", "Legal", "Education", "Livelihood", "Financial"}


def read(folder, name):
    with (folder / file_of(name)).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def quarter(day):
    """A day's fiscal year and quarter."""
    year, month = int(day[:4]), int(day[5:7])
    return year + (month >= 10), (month - 10) % 12 // 3 + 1


def assisted(folder):
    """Each victim's row, and the quarter of the first service that counts as assistance."""
    first = {}
    for row in sorted(read(folder, "services"), key=lambda row: row["date"]):
        if row["service"] in ASSISTANCE:
            first.setdefault(row["person_id"], quarter(row["date"]))
    return [
        (row, first[row["person_id"]])
        for row in read(folder, "victims")
        if row["person_id"] in first and row["status"] == "ActualVictimOfTrafficking"
    ]


def exchanged(people, field, label, when, large):
    """Labels by person after exchanges that leave every year as it is:
    with others who were found in the same year and assisted in the same year.

    Those of the quarter give the label away, or get it; None where not all can, or not ten.
    """
    labels = {row["person_id"]: row[field] for row, _ in people}
    group = {row["person_id"]: (quarter(row["date_identified"])[0], first[0]) for row, first in people}
    inside = [row["person_id"] for row, first in people if first == when]
    outside = [row["person_id"] for row, first in people if first != when]
    for person in inside:
        if labels[person] and (labels[person] == label) != large:
            other = next(
                (
                    other
                    for other in outside
                    if group[other] == group[person] and labels[other] and (labels[other] == label) == large
                ),
                None,
            )
            if other:
                labels[person], labels[other] = labels[other], labels[person]
    count = sum(labels[person] == label for person in inside)
    return labels if (count >= min(10, len(inside)) if large else count == 0) else None


def shipped_worlds(folder):
    """(cell, labels of a world in which it is nothing, of one in which it is large; None where these exchanges do not
    lead to one) for small cells of quarters of indicator 2.2.
    """
    people = assisted(folder)
    for way in ("country", "exploitation", "oblast"):
        for label in sorted({row[way] for row, _ in people} - {""}):
            for when in sorted({first for _, first in people}):
                if 1 <= sum(row[way] == label and first == when for row, first in people) <= 9:
                    yield (
                        (way, label, when),
                        exchanged(people, way, label, when, False),
                        exchanged(people, way, label, when, True),
                    )


def write_labels(folder, field, labels):
    rows = read(folder, "victims")
    with (folder / file_of("victims")).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {field: labels.get(row["person_id"], row[field])} for row in rows)


@pytest.mark.long
def test_forty_cells_of_the_shipped_project(tmp_path):
    """Forty hidden small cells of quarters: two registers each publish the same bytes.

    Of the first pair the whole publication is compared.
    """
    folder = copied(tmp_path / "data")
    original, period = (folder / file_of("victims")).read_bytes(), "FY2015Q1"
    chosen = Random(1).sample([cell for cell in shipped_worlds(folder) if cell[1] and cell[2]], 40)
    base, whole = frames(evaluate(period, folder)), publication(folder, period)
    for number, (cell, *pair) in enumerate(chosen):
        for labels in pair:
            write_labels(folder, cell[0], labels)
            assert (folder / file_of("victims")).read_bytes() != original
            assert frames(evaluate(period, folder)) == base, cell
            assert number or publication(folder, period) == whole, cell
            (folder / file_of("victims")).write_bytes(original)
