"""Writes docs/disclosure.md: what the house policy tells, beside other rules, and what an attacker finds under each.

    python tests/bench/utility.py        (make accept)

Everything comes from the shipped records. Random rounding draws from a hash of the cell, so that the same
cell always prints the same. The attacker shares no line with the auditor: it solves for whole people,
quarter by quarter, and its bounds are exact.
"""

from collections import namedtuple
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from itertools import combinations_with_replacement
from math import exp, inf, pi, sqrt

import numpy as np
import pandas as pd

from ctanalysis import evaluation, indicators, records
from ctanalysis.disclosure import ledger, protect
from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load

PAGE = SHIPPED.parent / "docs" / "disclosure.md"
SHEETS = ("2.1", "2.2", "2.4", "2.5", "3.3")  # about people who were trafficked, and adding up over time
SEED = 1
CELL = ["indicator", "start", "end", "disaggregation", "category"]
TABLE = CELL[:4]

Print = namedtuple("Print", "shown low high")  # shown: None where no number is told; low, high: what it can stand for
SILENT = Print(None, 0, inf)


# --- The rules: a function (cell, its number) -> Print ------------------------------------------


def half_up(number, base):
    return int(np.floor(number / base + 0.5)) * base


def nearest(number, base, least=0):
    """Rounded to the nearest multiple; least: of numbers that are rounded at all."""
    shown = half_up(number, base)
    return Print(shown, max(least, shown - base // 2), shown + base // 2)


def hiding(first, last, base=1):
    """Numbers from first to last are one class, the others rounded to a base (1: told as they are)."""

    def told(cell, number):
        if first <= number <= last:
            return Print(None, first, last)
        return Print(0, 0, 0) if number == 0 else nearest(number, base, last + 1)

    return told


def midpoint_six(cell, number):
    """0 is 0, 1 to 6 is 3, 7 to 12 is 9, and so on."""
    if number == 0:
        return Print(0, 0, 0)
    shown = (number - 1) // 6 * 6 + 3
    return Print(shown, shown - 2, shown + 3)


def random_three(cell, number):
    """To a multiple of 3 above or below, the nearer one twice as often; multiples of 3 stay."""
    drawn = int.from_bytes(sha256("|".join([str(SEED), *cell]).encode()).digest()[:8]) / 2**64
    rest = number % 3
    shown = number - rest + (3 if rest and drawn < rest / 3 else 0)
    return Print(shown, max(0, shown - 2), shown + 2)


NHS = "1-7 hidden, zeros shown, others to the nearest 5 (NHS, OpenSAFELY)"
PLAIN_HOUSE = "0-9 one class, others to the nearest 5"
PLAIN = {
    "1-4 hidden, zeros shown, others exact": hiding(1, 4),
    "1-9 hidden, zeros shown, others exact": hiding(1, 9),
    NHS: hiding(1, 7, 5),
    "every cell to the nearest 5": lambda cell, number: nearest(number, 5),
    "midpoint of sixes, zeros shown (OpenSAFELY)": midpoint_six,
    "random rounding to base 3 (Stats NZ)": random_three,
    "0-9 one class, others exact": hiding(0, 9),
    PLAIN_HOUSE: hiding(0, 9, 5),
}
ALONE, HOUSE = (
    "the same, tables withheld that give a cell away by themselves",
    "**the house policy**: the same, tables withheld that the audit opens, or whose absence would tell",
)


def gate(project, exact, audited, spans):
    """What the gate itself tells of exact values, when it may tell breakdowns of these spans: {cell: Print}."""
    classes = {
        name: rule.model_copy(update={"audited": audited, "one_way": spans}) if rule.audited else rule
        for name, rule in project.policy.rules.items()
    }
    project = replace(project, policy=project.policy.model_copy(update={"root": classes}))
    told = protect(
        exact, project, exact, ledger.printed(project, ledger.Ledger((), pd.DataFrame(columns=ledger.COLUMNS), ""))
    )
    rows = told.values
    return {
        key: _as_print(row, project.disclosure_rule(project.sheet(row.indicator)))
        for key, row in zip(zip(*(rows[name] for name in CELL)), rows.itertuples())
    }


def _as_print(row, rule):
    if row.status == "rounded":
        return nearest(row.value, rule.round_to, rule.fewer_than)
    if row.status == f"fewer than {rule.fewer_than}":
        return Print(None, 0, rule.fewer_than - 1)
    assert row.disaggregation == "total" or row.status in ("withheld", f"fewer than {rule.fewer_than} people"), (
        row.status
    )
    return Print(None, 0, inf) if row.status.startswith("fewer than") else SILENT


# --- The records and the calendars --------------------------------------------------------------


@dataclass(frozen=True)
class Truth:
    """project; quarters: their windows. exact: a frame of every span of whole quarters. numbers: {cell: int}."""

    project: object
    quarters: list
    exact: pd.DataFrame
    numbers: dict

    def of(self, spans):
        """The exact values of some spans."""
        return self.exact[[days in spans for days in zip(self.exact["start"], self.exact["end"])]].reset_index(
            drop=True
        )


def truth():
    project = load(SHIPPED)
    quarters = evaluation.quarters(project, project.calendar.latest())
    spans = [
        indicators.Window("any", first.start, last.end) for first, last in combinations_with_replacement(quarters, 2)
    ]
    exact = indicators.with_people(project, records.read(project), spans, [project.sheet(code) for code in SHEETS])
    assert exact["value"].notna().all()
    return Truth(project, quarters, exact, dict(zip(zip(*(exact[name] for name in CELL)), exact["value"].astype(int))))


def days(window):
    return window.start.isoformat(), window.end.isoformat()


def calendars(found):
    """{heading: (the spans whose breakdowns are told, the same in the policy's words)}."""
    project, quarters = found.project, found.quarters
    house = {days(window) for window in evaluation.years(project, project.calendar.latest())}
    to_date = {days(indicators.Window("", project.facts.start, quarter.end)) for quarter in quarters}
    return {
        "The policy's calendar: breakdowns of each year, and of the project to each year end": (
            house,
            ("year", "project"),
        ),
        "A fuller calendar: breakdowns of each quarter, each year, and of the project to each quarter's end": (
            house | to_date | {days(quarter) for quarter in quarters},
            ("any",),
        ),
    }


# --- The attacker -------------------------------------------------------------------------------


class Attacker:
    """Knows one indicator's exact totals by quarter, the rule, and a breakdown as printed; looks for whole people that fit.

    One number for each quarter and category. `low` and `high` of a cell are the least and the most
    of it in any register that fits: the true register is one of them, each solution another.
    """

    def __init__(self, found, indicator, way, printed):
        """printed: {(start, end, category): Print} of the breakdown."""
        self.starts, self.ends = zip(*map(days, found.quarters))
        self.labels = list(dict.fromkeys(cell[4] for cell in found.numbers if cell[0] == indicator and cell[3] == way))
        quarterly = [
            [found.numbers[indicator, *days(quarter), way, label] for label in self.labels]
            for quarter in found.quarters
        ]
        self.true = np.array(quarterly).ravel()
        self.rows, self.lows, self.highs = [], [], []
        for place, quarter in enumerate(found.quarters):
            total = found.numbers[indicator, *days(quarter), "total", "all"]
            self._add(sum(self._row(place, place, label) for label in range(len(self.labels))), total, total)
        for cell, told in printed.items():
            if told != SILENT:
                self._add(self._row(*self._place(*cell)), told.low, told.high)
        self.most = self.true.sum()
        self._check()
        self._begin(printed)

    @cached_property
    def fits(self):
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        return LinearConstraint(csr_array(np.array(self.rows)), self.lows, self.highs)

    def _row(self, first, last, label):
        row = np.zeros((len(self.starts), len(self.labels)))
        row[first : last + 1, label] = 1
        return row.ravel()

    def _add(self, row, low, high):
        self.rows.append(row)
        self.lows.append(low)
        self.highs.append(high)

    def _place(self, start, end, label):
        return self.starts.index(start), self.ends.index(end), self.labels.index(label)

    def _begin(self, printed):
        """The least and the most that each cell is known to be, by its place: at first, what is printed of it."""
        shape = (len(self.starts), len(self.starts), len(self.labels))
        self.least, self.greatest = np.zeros(shape), np.full(shape, float(self.most))
        for cell, told in printed.items():
            self.least[self._place(*cell)], self.greatest[self._place(*cell)] = told.low, told.high

    def _check(self):
        sums = np.array(self.rows) @ self.true
        assert (sums >= self.lows).all() and (sums <= self.highs).all(), "what is printed does not fit the records"

    def small(self):
        """The cells of 1 to 9 at any span of whole quarters, short spans first: [(first, last, label), ...], as numbers of places."""
        count = len(self.starts)
        places = [
            (first, first + more, label)
            for more in range(count)
            for first in range(count - more)
            for label in range(len(self.labels))
        ]
        return [place for place in places if 1 <= self._row(*place) @ self.true <= 9]

    def attack(self):
        """(small cells, of which found exactly, of which shown to be 1 to 9)."""
        places = self.small()
        asked = np.array([self._row(*place) for place in places])
        low, high = asked @ self.true, asked @ self.true
        for number, place in enumerate(places):
            for sign, seen, proven in ((1, low, self.least), (-1, high, self.greatest)):
                if low[number] < high[number] and (low[number] < 1 or high[number] > 9):
                    break  # not exact and not shown to be small: nothing more to ask
                proven[place] = self._from_parts(place, sign)
                if proven[place] != seen[number]:
                    sums = asked @ self._solve(sign * asked[number])
                    low, high = np.minimum(low, sums, out=low), np.maximum(high, sums, out=high)
                    proven[place] = seen[number]
        return len(asked), int((low == high).sum()), int(((low >= 1) & (high <= 9)).sum())

    def _from_parts(self, place, sign):
        """What the bounds of the two parts of a span say of it, wherever it is parted, and what is printed: no program is needed where that is seen in a register."""
        first, last, label = place
        best, bound = (max, self.least) if sign > 0 else (min, self.greatest)
        return best(
            [
                bound[place],
                *(bound[first, middle, label] + bound[middle + 1, last, label] for middle in range(first, last)),
            ]
        )

    def _solve(self, weights):
        """A register of whole people in which weights @ register is smallest; most often the linear answer is whole already."""
        from scipy.optimize import Bounds, milp

        for whole in (0, 1):
            found = milp(
                weights,
                constraints=self.fits,
                bounds=Bounds(0, self.most),
                integrality=np.full(len(weights), whole),
                options={"mip_rel_gap": 0},
            )
            assert found.status == 0, found.message
            register = np.round(found.x)
            if whole or np.abs(found.x - register).max() < 1e-6:
                break
        sums = self.fits.A @ register
        assert (sums >= self.lows).all() and (sums <= self.highs).all()
        return register


# --- What each rule does --------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """Of one rule under one calendar: counts of cells and tables, and the mean distance of a told number from the true one. ends: cells of the policy's own calendar with a number."""

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


def outcome(found, spans, prints, ends):
    """prints: {cell: Print} of the breakdowns of some spans. ends: the spans of the policy's own calendar."""
    numbers = {cell: number for cell, number in found.numbers.items() if cell[1:3] in spans and cell[3] != "total"}
    told = {cell: prints[cell].shown for cell in numbers if prints[cell].shown is not None}
    tables = {}
    for cell in numbers:
        tables.setdefault(cell[:4], []).append(prints[cell])
    ways = dict.fromkeys((cell[0], cell[3]) for cell in numbers)
    attacks = [
        Attacker(
            found, *way, {(cell[1], cell[2], cell[4]): prints[cell] for cell in numbers if (cell[0], cell[3]) == way}
        ).attack()
        for way in ways
    ]
    return Outcome(
        len(numbers),
        len(told),
        sum(number > 0 for number in numbers.values()),
        sum(numbers[cell] > 0 for cell in told),
        float(np.mean([abs(shown - numbers[cell]) for cell, shown in told.items()])) if told else 0.0,
        *map(sum, zip(*attacks)),
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
    return result


# --- The page -------------------------------------------------------------------------------------


HEAD = (
    "Rule",
    "Cells with a number",
    "of those not 0",
    "Mean rounding",
    "Small cells found exactly",
    "Small cells shown to be 1-9",
    "Tables withheld",
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
    """What differential privacy would add, in the words of the page: geometric noise, epsilon 1 over the tables in which a person is."""
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
    )


def named(usual, fuller):
    """The outcomes of which the page speaks."""
    of = {
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
    """What the page says in words is so: nothing is found under the policy, something under every other rule, and more breakdowns tell less at year ends."""
    for rules in (usual, fuller):
        assert rules[HOUSE].exact == rules[HOUSE].shown == 0
        assert all(one.shown > 0 for name, one in rules.items() if name != HOUSE)
        assert rules["0-9 one class, others exact"].shown < rules["1-9 hidden, zeros shown, others exact"].shown / 2
    assert fuller[HOUSE].ends < usual[HOUSE].ends
    assert all(fuller[name].shown > usual[name].shown for name in usual if name != HOUSE)


TEXT = """\
# What the disclosure policy costs, and what it keeps

This page is written by `tests/bench/utility.py` from the shipped records (`make accept`); every number in it is calculated there.

## What was compared

`data/policy.toml` tells breakdowns about people who were trafficked as "fewer than {fewer_than}" or to the nearest {round_to}, and withholds
a table where its auditor finds that all tables together show a cell to be of 1-{most}. Other rules are in use elsewhere.
Here each is applied to the same records: indicators {indicators}, all that are about people who were trafficked and
add up over time. Under every rule the total of each quarter is exact, as in the reports: totals are the contract's figures.
The two tables differ in which breakdowns are told at all.

An attacker then has every printed cell and the rule by which it was printed, and looks for all registers of whole people
that fit. A cell is *found exactly* where all of them agree on it, and *shown to be 1-9* where it is one of 1 to 9
in all of them. Asked are the {house_small} cells that truly are 1-9: each category in each span of whole quarters, printed or not,
since the difference of two printed cells is a cell as well. This attacker shares no code with the auditor.

How to read a line: *cells with a number* is what a reader gets; *mean rounding* is how far a printed number is from the true
one, on average; the next two columns are what it gives away. A rule that prints "1-4" says that a cell is small without any attack.

## {first}

{usual_of}.

{usual}

## {second}

{fuller_of}.

{fuller}

## What it shows

- Of these rules only the whole policy leaves the attacker with nothing, under both calendars. Its price: {house_told} of {house_cells} cells
  ({house_share}) have a number, where the same rounding without the audit gives {plain_told}, and the rule of NHS and OpenSAFELY {nhs_told}.
- Part of that price is paid to a reader who asks why a table is not there: beside one that hides a cell a table is withheld
  whatever its numbers are, or else its absence would say what they are not (`tests/disclosure/test_withholding.py`).
- Making zero one of the hidden numbers does most of the work: with 1-9 hidden and zeros shown {nine_shown} small cells are
  shown, with 0-9 as one class {zero_shown}. A published zero is what lets the others be worked out. Rounding leaves {plain_shown}.
- Hiding and rounding are not enough: exact totals still open those {plain_shown}. Looking at each table by itself
  leaves {alone_shown}; only what is published together, looked at together, leaves none.
- More breakdowns tell less. Under the fuller calendar the policy withholds {fuller_house_withheld} of {fuller_house_tables} tables, and of the
  {house_cells} cells at year ends {fuller_house_ends} have a number instead of {house_ends}: what a quarter says, a year may then not say. The
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
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
