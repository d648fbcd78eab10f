"""Registers of the shipped project's size, made from a seed: how often the waiting rule tells what is needed.

3 to 20 people a quarter over 13 to 16 quarters, who differ as those of the shipped records do; most are assisted in
the quarter in which they are identified. Nobody real is in them.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from ctanalysis.indicators import Window
from tests.bench.attacker import Attacker
from tests.bench.needs import NEED, by_waiting, wanted
from tests.bench.rules import SEED, WAITING
from tests.bench.told import counted, is_told
from tests.bench.truth import Truth, days
from tests.bench.waiting import NOT_RECORDED

REGISTERS = 200
ASSISTED = 0.85
OF_100 = {  # people of a hundred, by category
    "sex": {"female": 60, "male": 35, NOT_RECORDED: 5},
    "age_group:coarse": {"adults": 87, "children": 9, NOT_RECORDED: 4},
    "exploitation:coarse": {"forced labour": 57, "sexual exploitation": 31, "other": 9, NOT_RECORDED: 3},
    "oblast:coarse": {"south": 60, "north": 37, NOT_RECORDED: 3},
    "country:coarse": {"Russian Federation": 43, "Kazakhstan": 21, "other": 35, NOT_RECORDED: 1},
}
FIRST = [date(2011 + (9 + 3 * n) // 12, (9 + 3 * n) % 12 + 1, 1) for n in range(17)]  # days of sixteen quarters


def register(number):
    """One of them, as Truth has it: with every span of its quarters."""
    drawn = Random(SEED * 1000 + number)
    quarters = [Window("quarter", first, after - timedelta(1)) for first, after in pairwise(FIRST)]
    quarters = quarters[: drawn.randint(13, 16)]
    people = [[person(drawn) for _ in range(drawn.randint(3, 20))] for _ in quarters]
    counts = [Counter(cell for one in of for cell in one) for of in people]
    return Truth(None, quarters, None, dict(numbers(quarters, counts)))


def person(drawn):
    """The cells in which somebody is: (indicator, disaggregation, category)."""
    codes = {"2.1", "2.2"} if drawn.random() < ASSISTED else {"2.1"}
    label = {way: drawn.choices([*of], [*of.values()])[0] for way, of in OF_100.items()}
    return [
        *((code, "total", "all") for code in codes),
        *((code, way, label[way]) for code, way in NEED if code in codes),
    ]


def numbers(quarters, counts):
    """Of every span of quarters: (cell, number)."""
    cells = [(code, way, label) for code, way in NEED for label in OF_100[way]]
    cells += [(code, "total", "all") for code in ("2.1", "2.2")]
    for first in range(len(quarters)):
        so_far = Counter()
        for last in range(first, len(quarters)):
            so_far += counts[last]
            span = quarters[first].start.isoformat(), quarters[last].end.isoformat()
            for code, *cell in cells:
                yield (code, *span, *cell), so_far[code, *cell]


def calendar(found):
    """The spans to date and those of years, and the ends of whole fiscal years."""
    first = days(found.quarters[0])[0]
    years = [found.quarters[place : place + 4] for place in range(0, len(found.quarters) - 3, 4)]
    spans = {(days(year[0])[0], days(year[-1])[1]) for year in years}
    return {(first, end) for _, end in spans}, spans, sorted(end for _, end in spans)


def told(count=REGISTERS):
    """{(rule, need, "to date" or "years"): Told}; {words: how many cells of need 1 to date are told so}."""
    found, ways = {}, Counter()
    for number in range(count):
        one = register(number)
        to_date, years, ends = calendar(one)
        for name, base in WAITING.items():
            prints, _ = by_waiting(one, to_date | years, ends, base)
            for need in (1, 2):
                for part, spans in (("to date", to_date), ("years", years)):
                    cells = wanted(one, need, spans)
                    key = name, need, part
                    found[key] = found[key] + counted(cells, prints) if key in found else counted(cells, prints)
                    if (need, part, base) == (1, "to date", 10):
                        ways.update(said(prints[cell]) for cell in cells)
    return found, ways


def said(one):
    if one.shown is not None:
        return "a number"
    if is_told(one):
        return "a range of at most eleven"
    return "fewer than ten" if one.high <= 9 else "a wider range"


def shown(count):
    """(small cells, of which shown to be small) in so many registers; the attacker knows who is not recorded."""
    small = seen = 0
    for number in range(count):
        one = register(number)
        to_date, years, ends = calendar(one)
        for way, knows in by_waiting(one, to_date | years, ends, 1)[1].items():
            cells, _, of_them = Attacker(one, *way, knows, [NOT_RECORDED]).attack()
            small, seen = small + cells, seen + of_them
    return small, seen
