"""Writes docs/insider.md: what is learned by whoever knows one record, and by a partner who knows its own clients.

python tests/bench/insiders.py        (make accept)
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from ctanalysis import evaluate, records
from ctanalysis.disclosure.waiting.named import waiting
from ctanalysis.evaluation import SHIPPED
from ctanalysis.indicators.known_people import known
from ctanalysis.project import load
from ctanalysis.project.descriptor import COARSE
from ctanalysis.records.columns import Columns
from tests.attackers import insider, partner
from tests.attackers.public import known_of, printed_of
from tests.generators import linked_projects as linked

PAGE = Path(__file__).parents[2] / "docs" / "insider.md"
SEEDS = range(0, 180, 9)  # projects of people counted once
PARTNERS = {"A": 0.5, "B": 0.2, "C": 0.15, "D": 0.1, "E": 0.05}
RELEASES = ("FY2012", "FY2013", "FY2014", "FY2015Q1")


@dataclass
class Learned:
    """Of a kind of insiders: how many there are, how many learn of a small cell of others, and of how many cells."""

    insiders: int = 0
    learn: int = 0
    cells: int = 0

    def add(self, cells):
        self.insiders, self.learn, self.cells = self.insiders + 1, self.learn + bool(cells), self.cells + cells


@dataclass
class Beside:
    """Told numbers, and those in which fewer than ten remain beside the largest partner. told: partners of each."""

    told: list = field(default_factory=list)

    @property
    def counts(self):
        return partner.beside_the_largest(self.told)


def of_random_projects():
    """(single people, partners) of 20 random projects; each person is a client of one of five partners."""
    people, partners, beside = Learned(), Learned(), Beside()
    for seed in SEEDS:
        released = linked.released(seed, at_most=1)
        public = known_of(released.project, released.project.sheets[0].code)
        clients = [one_of(person) for person in released.records["people"].to_dict("records")]
        whose = np.random.default_rng(seed).choice(list(PARTNERS), len(clients), p=list(PARTNERS.values()))
        printed = printed_of(released.cells, public)
        _measured(printed, public, clients, people)
        for name in PARTNERS:
            own = [one for one, of in zip(clients, whose, strict=True) if of == name]
            partners.add(len(partner.opened(printed, public, own)) if own else 0)
        _beside(released.cells, clients, whose, beside)
    return people, partners, beside


def _measured(printed, public, clients, learned):
    """Every single person; those who are alike in everything printed learn the same."""
    before, found = insider.shown(printed, public), {}
    for one in clients:
        taken_out = tuple(insider.without(printed, one))
        if taken_out not in found:
            found[taken_out] = len(insider.shown(taken_out, public) - before)
        learned.add(found[taken_out])


def one_of(person):
    """The day of a person of a random project, and the words of its categories."""
    words = {name: dict(zip(linked.CODES[name], linked.WORDS[name], strict=True)) for name in linked.PEOPLE}
    what = {name: words[name].get(person[name], "not recorded") for name in linked.PEOPLE}
    return person["day"].date().isoformat(), what


def of_the_shipped_project():
    """(single people, partners) of the shipped records, with everything printed in four releases."""
    project, people, partners, beside = load(SHIPPED), Learned(), Counter(), Beside()
    rows = records.read(project)
    cells = pd.concat([evaluate(period).protected_values.values for period in RELEASES], ignore_index=True)
    every = set()
    for one in (one for one in waiting(project) if one.by != "total"):
        public = known_of(project, one.sheet)
        public = replace(public, ways=(one.by,), fields={one.by: public.fields[one.by]})
        mine = cells[(cells["indicator"] == one.sheet) & cells["disaggregation"].isin(["total", one.by])]
        printed = printed_of(mine, public)
        clients, whose = _clients(project, rows, one)
        _measured(printed, public, clients, people)
        every |= set(whose)
        for name in sorted(set(whose)):
            own = [client for client, of in zip(clients, whose, strict=True) if of == name]
            partners[name] += len(partner.opened(printed, public, own))
        _beside(mine, clients, whose, beside)
    found = Learned()
    for name in sorted(every):
        found.add(partners[name])
    return people, found, beside


def _clients(project, rows, breakdown):
    """Of each person of a breakdown the day and category, and the partner: who served, or identified, them first."""
    sheet, end = project.sheet(breakdown.sheet), project.facts.records_through
    columns = Columns(project.package, rows, sheet.calculation.table)
    name = "organisation_id" if sheet.calculation.table == "services" else "identified_by"
    of = dict(zip(columns.texts(sheet.calculation.person), rows[sheet.calculation.table][name], strict=True))
    coarse = project.package.locate(sheet.calculation.table, breakdown.by.removesuffix(COARSE)).field.categories or ()
    broad = {one.label: one.coarse or one.label for one in coarse if breakdown.by.endswith(COARSE)}
    found = {}
    for quarter in (quarter for quarter in project.calendar.completed("quarter") if quarter.end <= end):
        day = quarter.end.isoformat()
        for who, label in known(project, rows, sheet, breakdown.by, [quarter.end])[day].items():
            category = "not recorded" if label is None else broad.get(label, label)
            found.setdefault(who, (day, {breakdown.by: category}))
    return list(found.values()), [str(of[who]) for who in found]


def _beside(cells, clients, whose, beside):
    """The partners of those who stand in each told number."""
    numbers = cells[(cells["status"] == "rounded") & (cells["disaggregation"] != "total")]
    for row in numbers.drop_duplicates(["start", "end", "disaggregation", "category"]).itertuples():
        inside = [
            of
            for (day, what), of in zip(clients, whose, strict=True)
            if row.start <= day <= row.end and what.get(row.disaggregation) == row.category
        ]
        beside.told += [inside] if inside else []


def line(name, found):
    per_cent = f"{100 * found.learn / found.insiders:.0f} %"
    per_cent = "under 1 %" if found.learn and per_cent == "0 %" else per_cent
    return f"| {name} | {found.insiders:,} | {found.learn} ({per_cent}) | {found.cells} |"


def text():
    """docs/insider.md as it is generated."""
    person, partners, beside = of_random_projects()
    own_person, own_partners, own_beside = of_the_shipped_project()
    told, few = own_beside.counts
    random_told, random_few = beside.counts
    rows = "\n".join(
        [
            line("random projects: one person, the own record", person),
            line("random projects: a partner, all own clients", partners),
            line("shipped records: one person of a breakdown, the own record", own_person),
            line("shipped records: a partner, all own clients", own_partners),
        ]
    )
    return TEXT.format(rows=rows, told=told, few=few, random_told=random_told, random_few=random_few)


TEXT = """\
# What somebody learns who knows some of the records

The promise is not about insiders. What they learn from publications is measured, by `tests/bench/insiders.py`. They take the
records that they know out of everything printed, and ask again which cells can be shown to hold 1 to 9 others, over all spans of
days from one printed day to another, with the methods of attackers 1 and 4. Counted are cells that nobody can open without
those records. Of single people each takes out the own record; a partner organisation takes out all of its clients.

The random projects are 20 of few people (tests/generators/linked_projects.py, indicator "once"), with numbers to the nearest five;
each person is a client of one of five partners, the largest of which has half of them. On the shipped records the breakdowns of
`policy.toml` are asked, to the nearest ten, after releases at the end of three years and of a quarter; a partner's clients are
those whom it served first (2.2), or identified (2.1).

| who | how many | who learn of a small cell | cells that they learn of |
| --- | ---: | ---: | ---: |
{rows}

So nobody is protected here from whoever knows records. Whoever knows that they are in a cell of 0 to 9 knows that it is not nobody,
and a partner that has most of the people in a cell knows of how few others it speaks: in {few} of the {told} numbers that
are told of the shipped records fewer than ten people remain beside the largest partner, and in {random_few} of {random_told} of the random
projects. No rule is made against it: one that looked at who the partners of hidden people are would itself say how many they have.
What helps is that a number is rounded: to the nearest ten, ten numbers are left for the others as well.
"""  # noqa: E501  a page in lines of its own


def main():
    PAGE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
