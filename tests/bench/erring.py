"""How often a report errs: claims of simulated reports where nothing changed, and how many see what did.

    python -m tests.bench.erring    writes the section of docs/methods.md anew (some minutes)

Each report has a seed of its own, so that one of them can be made again.
"""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ctanalysis.analysis.change import LAST_YEAR
from ctanalysis.analysis.family import claimed
from ctanalysis.analysis.statistics import counts, power, shares
from tests.generators.simulated_reports import EVENTS, Kind, drawn, known_of, shares_of_residents

SEED = 14
REPORTS, WITH_CHANGE, AT_ONCE = 1000, 400, 200
PAGE, HEADING = Path("docs/methods.md"), "## How often it errs\n"
FEW_AND_MORE = (5, 10, 15, 20, 25, 30, 40, 60)  # people a quarter
FIRST = 50  # questions of a report, of which the first has to be below 5 % / 70

CHANGES = {  # in words: the code, what the last quarter has of what it would have, how the events vary
    "events twice as many": ("1.1", 2.0, 1.0),
    "consultations twice as many": ("1.3", 2.0, 1.0),
    "events half as many": ("1.1", 0.5, 1.0),
    "consultations half as many": ("1.3", 0.5, 1.0),
    "events twice as many, where their number varies twice as much as chance": ("1.1", 2.0, 2.0),
    "people identified twice as many (15 to 30)": ("2.1", 2.0, 1.0),
}


@dataclass
class Found:
    """Of so many reports: how many claim anything, and how many by kind of claim."""

    reports: int = 0
    claiming: int = 0
    kinds: Counter = field(default_factory=Counter)

    def __add__(self, other):
        return Found(self.reports + other.reports, self.claiming + other.claiming, self.kinds + other.kinds)

    @property
    def interval(self):
        """Wilson's, of the share that claims anything."""
        return shares.wilson((self.claiming, self.reports))


def unchanged(numbers=range(REPORTS)):
    """Reports after 9 to 13 quarters of steady processes: half with events at random, half with twice that variance."""
    found, residents = Found(), shares_of_residents()
    for number in numbers:
        chance = np.random.default_rng((SEED, number))
        kind = Kind(1.0 + number % 2, 3.0 + 3 * (number // 2 % 2), int(chance.integers(9, 14)))
        clear = claimed(known_of(drawn(chance, kind, residents), kind)).clear()
        found.reports += 1
        found.claiming += bool(clear)
        found.kinds.update({one.kind for one in clear})
    return found


def seen(code, times, series, reports=WITH_CHANGE):
    """The share of reports on the thirteenth quarter that see what changed in it: a clear change, or a fired signal."""
    residents, found = shares_of_residents(), 0
    for number in range(reports):
        kind = Kind(series, times={code: times})
        chance = np.random.default_rng((SEED, number))
        found += sees(claimed(known_of(drawn(chance, kind, residents), kind)), code)
    return found / reports


def sees(claims, code):
    """Whether a report claims that an indicator changed: against last year, or by a rule in its series."""
    fired = any(one.code == code and one.of.rule for one in claims.clear("signal"))
    return fired or claims.is_clear("change", code, LAST_YEAR)


def power_of(count, times, level=0.05):
    """The probability that the exact test of two counts is at most at a level: the sum over all pairs of numbers."""
    from scipy.stats import poisson

    tops = [int(mean + 10 * mean**0.5 + 10) for mean in (count, count * times)]
    before, now = (poisson.pmf(np.arange(top), mean) for top, mean in zip(tops, (count, count * times), strict=True))
    pairs = [(x, y) for x in range(tops[0]) for y in range(tops[1]) if before[x] * now[y] > 1e-8]
    return float(sum(before[x] * now[y] for x, y in pairs if counts.compared(y, x).p <= level))


def of_people():
    """The table of power, as it is printed."""
    lines = ["| People, before | Rise seen in four of five | Doubling seen | As the report's one claim | Told as |"]
    lines.append("|---:|---:|---:|---:|---|")
    for count in FEW_AND_MORE:
        least = power.least_ratio_seen(count)
        told = "too few to tell from chance" if least > power.DOUBLING else "no clear change, or a clear one"
        by_itself, in_report = power_of(count, 2), power_of(count, 2, 0.05 / FIRST)
        lines.append(f"| {count} | {least - 1:.0%} | {by_itself:.0%} | {in_report:.0%} | {told} |")
    return "\n".join(lines)


def section(found, of_changes):
    """The section, with the figures in it."""
    low, high = found.interval
    kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(found.kinds.items())) or "none"
    rows = "\n".join(f"| {words} | {share:.1%} |" for words, share in of_changes.items())
    return f"""{HEADING}
Simulated by `python -m tests.bench.erring`, which writes this section; held by `tests/analysis/test_erring.py` (long); seed
{SEED}. `tests/generators/simulated_reports.py` has the process: a project like the shipped one, of 9 to 13 quarters, with the
season of its events ({", ".join(f"{number:.0f}" for number in EVENTS)} in the quarters of a year), people in events of uneven sizes, callers who call again (variance
3 or 6 times the mean), answers that resemble each other within an event, 1 to 15 people a quarter, nine regions by residents,
targets that the process gives, before and after alike.

**Where nothing changed**, {found.claiming} of {found.reports:,} reports claim anything: {found.claiming / found.reports:.1%} (95 % interval {low:.1%} to {high:.1%}; at most 5 % is meant).
Reports by what they claim: {kinds}.

Counted is what a report claims. What it describes is not: that a quarter has the most or the fewest of all, which leads the main points only
where a change or a signal is clear; a rule that fired and "may be chance"; where a pace leads ("ahead", "at risk"), of which the pages
say that it is no claim.

**Where something did** in the last of 13 quarters, so many of {WITH_CHANGE} reports see it: a clear change against the same
quarter last year, or a rule that fired in the series.

| What changed | seen |
|---|---:|
{rows}

A rise of events is seen by their series more often than by the comparison with last year, which has one quarter to compare with.
Where numbers vary more than chance, and in quarters with few events (53 in July–September), less is seen; "swings too much to
tell from chance" then says so.

**Of few people** the power is computed: the probability that the exact test of two quarters is below 5 %, where the mean doubles,
and below 5 % / {FIRST} as the only claim among the {FIRST} or so questions of a report. "Too few to tell from chance" is said where a doubling
would not be seen in four of five cases (see "How large a change would be seen"; its formula is a little above the exact test).

{of_people()}

**A comparison by itself** (`tests/analysis/test_change_level.py`, long, seed 14): in 600 series of thirteen quarters where nothing changed,
with season, with and without over-dispersion, fewer than 7 of 100 are below 5 %, against the same quarter last year and against the
one before.
"""  # noqa: E501  a page in lines of its own


def write(text):
    """Puts the section in the place of the one that is there, which is the page's last, or behind all."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, after = page.partition(HEADING)
    _, heading, rest = after.partition("\n## ")
    PAGE.write_text(f"{before.rstrip()}\n\n{text}" + (f"\n## {rest}" if heading else ""), encoding="utf-8")


if __name__ == "__main__":
    print("Simulating, some minutes.", file=sys.stderr)
    with ProcessPoolExecutor() as pool:
        parts = [range(first, first + AT_ONCE) for first in range(0, REPORTS, AT_ONCE)]
        nothing, something = pool.map(unchanged, parts), pool.map(seen, *zip(*CHANGES.values(), strict=True))
        write(section(sum(nothing, Found()), dict(zip(CHANGES, something, strict=True))))
