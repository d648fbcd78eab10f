"""Writes docs/disclosure.md: what the policy and other rules tell, and what an attacker finds under each.

    python tests/bench/utility.py        (make accept)

Everything comes from the shipped records. Random rounding draws from a hash of the cell, so that the same
cell always prints the same.
"""

from math import exp, pi, sqrt

from tests.bench.needed import section
from tests.bench.outcomes import outcomes
from tests.bench.rules import ALONE, HOUSE, NHS, PAGE, PLAIN_HOUSE, SHEETS, WAITING
from tests.bench.truth import truth

POLICY = next(iter(WAITING))

HEAD = (
    "Rule",
    "Cells with a number",
    "of those not 0",
    "Mean rounding",
    "Small cells found exactly",
    "Small cells shown to be 1-9",
    "Tables not told",
)


def table(rules):
    """A table of outcomes in Markdown, all columns but the first to the right."""
    lines = [HEAD, ("---", *["---:"] * (len(HEAD) - 1))]
    for name, found in rules.items():
        of_small = [f"{part:,} ({_share(part, found.small)})" for part in (found.exact, found.shown)]
        lines.append(
            (
                name,
                _share(found.told, found.cells),
                _share(found.nonzero_told, found.nonzero),
                f"{found.rounding:.1f}",
                *of_small,
                f"{found.withheld:,}",
            )
        )
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _share(part, whole):
    """In per cent; never 0 or 100 where it is not."""
    share = 100 * part / whole
    return "under 1 %" if 0 < share < 1 else "over 99 %" if 99 < share < 100 else f"{share:.0f} %"


def counted(one):
    return f"{one.cells:,} cells ({one.nonzero:,} of them not 0) in {one.tables:,} tables"


def noise(found):
    """What differential privacy would add, in the words of the page:
    geometric noise, epsilon 1 over the tables in which a person is.
    """
    sheets = [sheet for sheet in found.project.sheets if sheet.code in SHEETS and sheet.measure == "people"]
    tables = sum(1 + len(sheet.disaggregations) for sheet in sheets)
    same = exp(-1 / tables)
    cell, deviation = 2 * same / (1 - same**2), sqrt(2 * same) / (1 - same)
    last, first = found.quarters[-1].end.isoformat(), found.project.facts.start.isoformat()
    people = found.numbers["2.2", first, last, "total", "all"]
    return {
        "tables": tables,
        "cell": f"{cell:.0f}",
        "people": people,
        "quarters": len(found.quarters),
        "quarter": f"{people / len(found.quarters):.0f}",
        "project": f"{deviation * sqrt(2 / pi * len(found.quarters)):.0f}",
    }


def page():
    """The text of docs/disclosure.md."""
    found = truth()
    (first, usual), (second, fuller) = outcomes(found).items()
    check_words(usual, fuller)
    rule = found.project.disclosure_rule(found.project.sheet("2.2"))
    numbers = {
        f"{name}_{field}": f"{getattr(one, field):,}"
        for name, one in named(usual, fuller).items()
        for field in vars(one)
        if field != "rounding"
    }
    return TEXT.format(
        first=first,
        second=second,
        usual=table(usual),
        fuller=table(fuller),
        usual_of=counted(usual[HOUSE]),
        fuller_of=counted(fuller[HOUSE]),
        fewer_than=rule.fewer_than,
        most=rule.fewer_than - 1,
        round_to=rule.round_to,
        indicators=", ".join(SHEETS),
        **noise(found),
        **numbers,
        house_share=_share(usual[HOUSE].told, usual[HOUSE].cells),
        needs=section(found, _share),
    )


def named(usual, fuller):
    """The outcomes of which the page speaks."""
    of = {
        "policy": POLICY,
        "house": HOUSE,
        "alone": ALONE,
        "plain": PLAIN_HOUSE,
        "nhs": NHS,
        "four": "1-4 hidden, zeros shown, others exact",
        "nine": "1-9 hidden, zeros shown, others exact",
        "zero": "0-9 one class, others exact",
    }
    return {name: usual[rule] for name, rule in of.items()} | {
        f"fuller_{name}": fuller[rule] for name, rule in of.items()
    }


def check_words(usual, fuller):
    """What the page says in words is so: nothing is found under the policy and the older one, something under every
    other rule; the policy tells more than the older one, which told less at year ends where it had more breakdowns.
    """
    for rules in (usual, fuller):
        assert all(rules[name].exact == rules[name].shown == 0 for name in (HOUSE, *WAITING))
        assert all(one.shown > 0 for name, one in rules.items() if name not in (HOUSE, *WAITING))
        assert rules["0-9 one class, others exact"].shown < rules["1-9 hidden, zeros shown, others exact"].shown / 2
    assert fuller[HOUSE].ends < usual[HOUSE].ends
    assert all(rules[POLICY].told > rules[HOUSE].told for rules in (usual, fuller))
    assert all(fuller[name].shown > usual[name].shown for name in usual if name not in (HOUSE, *WAITING))


TEXT = """\
# What the disclosure policy costs, and what it keeps

This page is written by `tests/bench/utility.py` from the shipped records (`make accept`); every number in it is calculated there.

## What was compared

`data/policy.toml` tells breakdowns about people who were trafficked by the waiting rule: to the end of each year, to the nearest {round_to},
in ranges where numbers are small, and withholds none because of its numbers. The older policy told "fewer than {fewer_than}" or to the nearest
5, and withheld a table where its auditor found that all tables together show a cell to be of 1-{most}. Other rules are in use elsewhere.
Here each is applied to the same records: indicators {indicators}, all that are about people who were trafficked and
add up over time. Under every rule the total of each quarter is exact, as in the reports: totals are the contract's figures.
The two tables differ in which breakdowns are told at all.

An attacker then has every printed cell and the rule by which it was printed, and looks for all registers of whole people
that fit. A cell is *found exactly* where all of them agree on it, and *shown to be 1-9* where it is one of 1 to 9
in all of them. Asked are the {house_small} cells that truly are 1-9: each category in each span of whole quarters, printed or not,
since the difference of two printed cells is a cell as well. Of the waiting rule "not recorded" is not asked, which it tells. This
attacker shares no code with the auditor.

How to read a line: *cells with a number* is what a reader gets; *mean rounding* is how far a printed number is from the true
one, on average; the next two columns are what it gives away. A rule that prints "1-4" says that a cell is small without any attack.
*Tables not told* are those of which nothing is printed: under the rules before it because of their numbers, under the waiting rule
because the policy does not name them, whatever their numbers are (an attribute that is told of another indicator of the same
people, fine categories before the project's end).

## {first}

{usual_of}.

{usual}

## {second}

{fuller_of}.

{fuller}

{needs}
## What it shows

- Of these rules only the waiting rule and the older policy leave the attacker with nothing, under both calendars. The policy has a number in {policy_told} of {policy_cells}
  cells, the older one in {house_told} ({house_share}); the same rounding without any of it gives {plain_told}, and the rule of NHS and OpenSAFELY {nhs_told}. Where the
  policy has no number it has a range, which this column does not count; what is needed is measured below it.
- Part of the older policy's price was paid to a reader who asks why a table is not there: beside one that hides a cell a table was withheld
  whatever its numbers were, or else its absence would have said what they are not (`tests/bench/older.py`). Under the policy there is nothing to ask:
  what is told follows from what was told before.
- Making zero one of the hidden numbers does most of the work: with 1-9 hidden and zeros shown {nine_shown} small cells are
  shown, with 0-9 as one class {zero_shown}. A published zero is what lets the others be worked out. Rounding leaves {plain_shown}.
- Hiding and rounding are not enough: exact totals still open those {plain_shown}. Looking at each table by itself
  leaves {alone_shown}; only what is published together, looked at together, leaves none.
- More breakdowns tell less. Under the fuller calendar the older policy withheld {fuller_house_withheld} of {fuller_house_tables} tables, and of the
  {house_cells} cells at year ends {fuller_house_ends} had a number instead of {house_ends}: what a quarter says, a year may then not say. The
  other rules give away more: hiding 1-4 leaves {fuller_four_exact} of {fuller_four_small} small cells to be found exactly. This is why
  the policy tells breakdowns once a year.

## What it does not show

- The records are synthetic, one set of them, and the random rounding is one draw. Other records give other numbers.
- Each indicator is attacked by itself. Nobody here knows a person, a court case or the press; a reader who does knows more.
- Small is what is printed: 1-9 people, returns, services or referrals. The policy counts the people behind them, so
  it also hides many services to few people; the rules above it do not, and no column shows it.
- Others do not use their rules beside exact totals: OpenSAFELY rounds the totals, too. Here the contract's figures stay as they are.
- Controlled rounding and complementary suppression are not in the tables: they choose what to print for all cells at once, and
  would have to choose again, beside what was released, each quarter.

## Where the rules come from

The Counter Trafficking Data Collaborative (IOM) made its records k-anonymous with k = 11 before it turned to synthetic data. SACRO's
checker of outputs has 10 as its default. OpenSAFELY hides counts up to 7, rounds the others to the nearest 5 and
usually shows zeros; it allows midpoints of sixes where a zero must be a zero. NHS Digital's hospital statistics
hide 1-7 below the national level. Stats NZ rounded its census at random to base 3. The policy's {fewer_than} is the nearest round number to k = 11.

## Why not differential privacy

It is the one method with a proof for repeated releases, and we judge it of no use here. The {people} people assisted in
{quarters} quarters are about {quarter} a quarter; the contract asks for their number as it is, and an exact number has no noise. An order of
magnitude, for illustration only: geometric noise at epsilon 1, split evenly over the {tables} tables of people in which one person
can be, moves each cell of a quarter by {cell} on average, and the sum of {quarters} quarters by about {project} of {people}. Cleverer
mechanisms do better; we do not expect one that is near enough for {quarter} people a quarter. With many thousands of people we would
judge otherwise.
"""  # noqa: E501  a page in lines of its own


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
