"""What each rule publishes, and what the attacker finds under it."""

from dataclasses import dataclass

import numpy as np

from tests.bench import waiting
from tests.bench.attacker import Attacker
from tests.bench.rules import ALONE, HOUSE, PLAIN, SILENT, WAITING, gate
from tests.bench.truth import calendars, days


@dataclass(frozen=True)
class Outcome:
    """Of one rule under one calendar: counts of cells and tables,
    and the mean distance of a told number from the true one. ends: cells of the policy's own calendar with a number.
    """

    cells: int
    told: int
    nonzero: int
    nonzero_told: int
    rounding: float
    small: int
    exact: int
    shown: int
    tables: int
    withheld: int
    ends: int


def outcome(found, spans, prints, ends, knows=None):
    """prints: {cell: Print} of the breakdowns of some spans. ends: the spans of the policy's own calendar.

    knows: of the waiting rule, what the attacker has of each breakdown in the place of its prints.
    """
    numbers = {cell: number for cell, number in found.numbers.items() if cell[1:3] in spans and cell[3] != "total"}
    told = {cell: prints[cell].shown for cell in numbers if prints[cell].shown is not None}
    tables = {}
    for cell in numbers:
        tables.setdefault(cell[:4], []).append(prints[cell])
    ways = {(cell[0], cell[3]): {} for cell in numbers}
    for cell in numbers:
        ways[cell[0], cell[3]][cell[1], cell[2], cell[4]] = prints[cell]
    if knows is None:
        attacks = [Attacker(found, *way, cells).attack() for way, cells in ways.items()]
    else:
        attacks = [Attacker(found, *way, knows.get(way, {}), [waiting.NOT_RECORDED]).attack() for way in ways]
    return Outcome(
        len(numbers),
        len(told),
        sum(number > 0 for number in numbers.values()),
        sum(numbers[cell] > 0 for cell in told),
        float(np.mean([abs(shown - numbers[cell]) for cell, shown in told.items()])) if told else 0.0,
        *map(sum, zip(*attacks, strict=True)),
        len(tables),
        sum(all(one == SILENT for one in table) for table in tables.values()),
        sum(cell[1:3] in ends for cell in told),
    )


def outcomes(found):
    """{heading: {rule: Outcome}}."""
    result, told_when = {}, calendars(found)
    ends = next(iter(told_when.values()))[0]
    for heading, (spans, words) in told_when.items():
        values = found.of({*spans, *map(days, found.quarters)})
        prints = {
            name: {cell: told(cell, number) for cell, number in found.numbers.items() if cell[1:3] in spans}
            for name, told in PLAIN.items()
        }
        prints |= {ALONE: gate(found.project, values, False, words), HOUSE: gate(found.project, values, True, words)}
        result[heading] = {name: outcome(found, spans, told, ends) for name, told in prints.items()}
        nodes = sorted({end for start, end in spans if start == found.project.facts.start.isoformat()})
        for name, base in WAITING.items():
            told, knows = waiting.rule(found, spans, nodes, base)
            result[heading][name] = outcome(found, spans, told, ends, knows)
    return result
