"""The part of docs/disclosure.md about what is needed, in the order of need: on the shipped records, and simulated."""

from tests.bench import simulated
from tests.bench.needs import WEIGHTS, needs
from tests.bench.rules import HOUSE, WAITING
from tests.bench.told import Told

HEAD = (
    "Rule",
    "1: to date",
    "by year",
    "people",
    "2: to date",
    "by year",
    "people",
    "3: to date",
    "by year",
    "by sex",
    "4",
    "Score",
    "Small cells shown",
)
COLUMNS = [(1, "to date"), (1, "years"), 1, (2, "to date"), (2, "years"), 2]
COLUMNS += [(3, "to date"), (3, "years"), (3, "by sex"), (4, "to date")]
FIRST = next(iter(WAITING))


def section(found, share):
    """The text. share: a function of a part and a whole to words, in per cent."""
    by_rule = needs(found)
    registers, ways = simulated.told()
    small, shown = simulated.shown(simulated.REGISTERS)
    check(by_rule, ways, shown)
    house, waited = by_rule[HOUSE], by_rule[FIRST]
    return TEXT.format(
        table=table(by_rule, share),
        simulated=simulated_table(registers, share),
        weights=" : ".join(map(str, WEIGHTS.values())),
        registers=simulated.REGISTERS,
        small=f"{small:,}",
        house_score=f"{house.score:.0f}",
        score=f"{waited.score:.0f}",
        house_one=_words(house.told[1, "to date"]),
        one=_words(waited.told[1, "to date"]),
        house_two=_words(house.told[2, "to date"]),
        two=_words(waited.told[2, "to date"]),
        **{name.replace(" ", "_"): share(number, ways.total()) for name, number in ways.items()},
        exact_score=f"{by_rule[list(WAITING)[2]].score:.0f}",
    )


def check(by_rule, ways, shown):
    """What the text says in words is so."""
    assert all((one.shown == 0) == ("older policy" in name or name in WAITING) for name, one in by_rule.items())
    assert shown == 0
    assert (ways["a number"] + ways["a range of at most eleven"]) / ways.total() >= 0.8
    safe = {name: one.score for name, one in by_rule.items() if one.shown == 0}
    assert max(safe, key=safe.get) == list(WAITING)[2]
    assert min(safe[name] for name in WAITING) > 2 * max(score for name, score in safe.items() if name not in WAITING)


def _words(told):
    return f"{told.told} of {told.cells} cells, with {told.people_told} of {told.people} people in them"


def lines(rows):
    first, *others = rows
    return "\n".join("| " + " | ".join(row) + " |" for row in (first, ("---", *["---:"] * (len(first) - 1)), *others))


def table(by_rule, share):
    """Per cent of cells, and of the people in them."""
    rows = [HEAD]
    for name, one in by_rule.items():
        cells = []
        for column in COLUMNS:
            if isinstance(column, int):
                both = sum((one.told[column, part] for part in ("to date", "years")), Told())
                cells.append(share(both.people_told, both.people))
            else:
                cells.append(share(one.told[column].told, one.told[column].cells))
        rows.append((name, *cells, f"{one.score:.0f}", f"{one.shown:,}"))
    return lines(rows)


def simulated_table(registers, share):
    rows = [("Rule", *HEAD[1:7])]
    for name in WAITING:
        cells = []
        for need in (1, 2):
            parts = [registers[name, need, part] for part in ("to date", "years")]
            both = sum(parts, Told())
            cells += [*(share(one.told, one.cells) for one in parts), share(both.people_told, both.people)]
        rows.append((name, *cells))
    return lines(rows)


TEXT = """\
## What is needed, in the order of need

A cell is not as good as another. What donors ask for is, in this order: (1) women and men, adults and children, of the people
assisted (2.2); (2) form of exploitation, region and country, in coarse categories, of the people identified (2.1); (3) the
shares of plans completed and of follow-ups held (2.6, 2.7), then by sex; (4) the fine categories of 1 and 2, once, at the
project's end, which is taken to be the last year's end. 1 to 3 are told to date at the ends of fiscal years, and by year. Two or three
coarse categories stand for the regions, the countries, the ages and the forms.

Told is a cell of which a number is printed, or a range of at most eleven numbers that is not "fewer than 10"; a share if
rounding cannot have moved it by more than 5 percentage points. *People* are those in the cells that are told, of all in
the cells of that need; the score weighs the needs {weights}. The rules above are applied to the coarse tables, the older
policy also as it was, where a coarse cell is told by what its fine ones say.

{table}

The policy is the **waiting rule** (`ctanalysis/disclosure/waiting/`). A breakdown is a chain of two-sided
splits; to date, a number is told once at least ten more people stand on either side than when it was last told, and a
range until then. What is told follows from the totals and from what was told before, never from the number, so that nothing
can be read from what is missing. "Not recorded" is told exactly and set aside. Its attacker is given the ranges and the numbers
as they are, unrounded, and how many are not recorded in each quarter; "not recorded" is not asked for.

- Of the rules that leave the attacker with nothing it tells the most of what is needed: a score of {score}, or {exact_score} with numbers
  as they are, where the older policy had {house_score}.
- Need 1 to date: {one}. The older policy: {house_one}.
- Need 2 to date: {two}. The older policy: {house_two}.
- Rounding is paid for in years: a year is the difference of two prints, and a range that begins at a rounded number is wide. A share is
  calculated from the class itself, to the nearest per cent; by sex the policy has none. A follow-up that was told as not held stays so in it.
- In the first two tables of this page it has few numbers, because it tells an attribute for one of two nested indicators only
  (sex and age of those assisted, the rest of those identified), and few fine categories before the end. There "not recorded" counts as a number.

### Simulated registers

{registers} registers made from a seed: 3 to 20 people a quarter over 13 to 16 quarters, who differ as those of the shipped records do.

{simulated}

Of the cells of need 1 to date, with numbers to the nearest 10: {a_number} a number, {a_range_of_at_most_eleven} a range of at most
eleven, {fewer_than_ten} "fewer than 10", {a_wider_range} a wider range, none nothing. Of {small} small cells in these registers the attacker
shows none.
"""  # noqa: E501  a page in lines of its own
