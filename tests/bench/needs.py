"""What each rule tells of what is needed, in the order of need.

1: women and men, adults and children, of the people assisted. 2: form of exploitation, region and country of the people
identified, in coarse categories. 3: shares of plans completed and of follow-ups held, then by sex. 4: the categories
of 1 and 2 as the records have them, once, at the project's end. To date at the ends of fiscal years, and by year.
"""

from dataclasses import dataclass

from ctanalysis.disclosure.waiting import chain
from ctanalysis.project.descriptor import COARSE
from tests.bench import waiting
from tests.bench.attacker import Attacker
from tests.bench.rules import ALONE, COARSE_HOUSE, HOUSE, PLAIN, WAITING, Print, gate
from tests.bench.shares import SHARES, shares, shares_by_rule, shares_told
from tests.bench.told import counted
from tests.bench.truth import calendars, days, truth
from tests.bench.waiting import NOT_RECORDED, TABLES

WEIGHTS = {1: 4, 2: 3, 3: 2, 4: 1}
FINE = {("2.2", "sex"): 1, ("2.2", "age_group"): 1} | {("2.1", way): 2 for way in ("exploitation", "oblast", "country")}
NEED = {(code, way if way == "sex" else way + COARSE): need for (code, way), need in FINE.items()}


def coarse():
    """The truth of the shipped records in coarse categories, of the needed tables only."""
    ways = {code: tuple(way for of, way in NEED if of == code) for code in ("2.1", "2.2")}
    return truth(codes=("2.1", "2.2"), ways=ways)


# --- Needs 1, 2 and 4: what each rule prints of coarse and of fine cells --------------------------------


def prints(found, broad, spans):
    """{rule: {cell: Print}} of the coarse cells in some spans. broad: the truth in coarse categories."""
    cells = {cell: n for cell, n in broad.numbers.items() if cell[1:3] in spans and cell[3] != "total"}
    told = {name: {cell: rule(cell, number) for cell, number in cells.items()} for name, rule in PLAIN.items()}
    calendar, quarters = ("year", "project"), set(map(days, broad.quarters))
    told[ALONE] = gate(broad.project, broad.of(spans | quarters), False, calendar)
    told[COARSE_HOUSE] = gate(broad.project, broad.of(spans | quarters), True, calendar)
    fine = gate(found.project, found.of(spans | quarters), True, calendar)
    told[HOUSE] = {cell: from_fine(fine, found.numbers, cell) for cell in cells if cell[4] != NOT_RECORDED}
    return told


def from_fine(prints, numbers, cell):
    """What the prints of fine categories and the exact total say of a coarse cell."""
    code, start, end, way, label = cell
    way = way.removesuffix(COARSE)
    total, names = numbers[code, start, end, "total", "all"], TABLES[code, way]
    mine = names.get(label, [label])
    apart = {True: [], False: []}
    for one, told in prints.items():
        if one[:4] == (code, start, end, way):
            apart[one[4] in mine].append(told)
    low = max(sum(one.low for one in apart[True]), total - sum(one.high for one in apart[False]))
    high = min(sum(one.high for one in apart[True]), total - sum(one.low for one in apart[False]))
    every = all(one.shown is not None for one in apart[True])
    return Print(sum(one.shown for one in apart[True]) if every else None, low, high)


def by_waiting(broad, spans, ends, base):
    """What the waiting rule prints of the coarse cells, and what the attacker then has of each table."""
    first, told, knows = days(broad.quarters[0])[0], {}, {}
    for code, way in NEED:
        labels = [name for name in TABLES[code, way.removesuffix(COARSE)] if way != "sex"] or ["female", "male"]
        classes = waiting.classes(chain({name: [name] for name in labels}), waiting.nodes(broad, code, way, ends))
        knows[code, way] = waiting.known(broad, code, way, classes)
        for (start, end, categories), one in waiting.printed(classes, spans, first, base).items():
            if len(categories) == 1:
                told[code, start, end, way, categories[0]] = one
    return told, knows


def at_the_end(found, ends):
    """What the waiting rule prints of fine cells, if the project ends on the last day: {cell: Print}."""
    first, told = days(found.quarters[0])[0], {}
    for code, way in FINE:
        at = waiting.nodes(found, code, way, ends, at_end=True)
        for categories, by_day in waiting.classes(chain(TABLES[code, way]), at).items():
            if len(categories) == 1:
                one = by_day[ends[-1]]
                told[code, first, ends[-1], way, categories[0]] = Print(one.low if one.is_number else None, *one)
    return told


# --- All together ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Needs:
    """told: {(need, "to date", "years" or "by sex"): Told}. shown: how many small cells of 1 and 2 are shown."""

    told: dict
    shown: int

    @property
    def score(self):
        """Per cent of needed cells, by weight: each need the mean of its parts."""
        means = {}
        for (need, _), one in self.told.items():
            means.setdefault(need, []).append(one.share)
        return 100 * sum(WEIGHTS[need] * sum(of) / len(of) for need, of in means.items()) / sum(WEIGHTS.values())


def needs(found):
    """{rule: Needs}, under the policy's calendar."""
    spans = next(iter(calendars(found).values()))[0]
    first = days(found.quarters[0])[0]
    ends = sorted(end for start, end in spans if start == first)
    parts = {"to date": {(first, end) for end in ends}, "years": {*spans} - {(first, end) for end in ends[1:]}}
    broad, of_shares = coarse(), truth(codes=SHARES)
    told = prints(found, broad, spans)
    told |= {name: by_waiting(broad, spans, ends, base)[0] for name, base in WAITING.items()}
    knows = by_waiting(broad, spans, ends, 1)[1]
    by_share, fine = shares_by_rule(of_shares, spans, ends), fine_prints(found, spans, ends)
    return {
        name: Needs(
            {
                **{
                    (need, part): counted(wanted(broad, need, of), told[name])
                    for need in (1, 2)
                    for part, of in parts.items()
                },
                **shares_told(shares(of_shares, spans), by_share[name], parts),
                (4, "to date"): counted(fine_cells(found, (first, ends[-1])), fine[name]),
            },
            _shown(broad, told[name], spans, knows if name in WAITING else None),
        )
        for name in told
    }


def wanted(broad, need, spans):
    """{cell: int} of need 1 or 2 in some spans; "not recorded" is none of them."""
    return {
        cell: number
        for cell, number in broad.numbers.items()
        if NEED.get((cell[0], cell[3])) == need and cell[1:3] in spans and cell[4] != NOT_RECORDED
    }


def fine_cells(found, span):
    return {
        cell: number
        for cell, number in found.numbers.items()
        if (cell[0], cell[3]) in FINE and cell[1:3] == span and cell[4] != NOT_RECORDED
    }


def fine_prints(found, spans, ends):
    """{rule: {cell: Print}} of fine cells to the last day."""
    cells = fine_cells(found, (days(found.quarters[0])[0], ends[-1]))
    values = found.of(spans | set(map(days, found.quarters)))
    told = {name: {cell: rule(cell, number) for cell, number in cells.items()} for name, rule in PLAIN.items()}
    told |= {name: gate(found.project, values, name == HOUSE, ("year", "project")) for name in (ALONE, HOUSE)}
    return told | {COARSE_HOUSE: {}} | dict.fromkeys(WAITING, at_the_end(found, ends))


def _shown(broad, prints, spans, knows):
    """How many small cells of needs 1 and 2 the attacker shows to be small."""
    shown = 0
    for way in NEED:
        cells = {
            (cell[1], cell[2], cell[4]): one
            for cell, one in prints.items()
            if (cell[0], cell[3]) == way and cell[1:3] in spans
        }
        shown += Attacker(broad, *way, knows[way] if knows else cells, [NOT_RECORDED]).attack()[2]
    return shown
