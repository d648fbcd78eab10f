"""Findings: what of a period deserves the reader's attention, ranked by the same rules for every period.

    Known + Claims ─▶ Finding by Finding ─▶ ranked ─▶ main points, and what else deserves attention

Rank (the first is told first; of one rank, what is least likely to be chance):

    1  records that are due were not received
    2  results of an area with a clear change
    3  a pace that is clearly short of its target, or beyond its limit
    4  results of an area with the most or the fewest of all quarters, where a rule fired; a clear signal in a series
    5  a clear gain of the same people
    6  spending, where what is left needs more in each quarter than any quarter has used; where the targets stand, if
       one is missed or may be: that is always a main point, the last of them if need be
    7  results of other areas
    8  where the targets stand otherwise, once a fiscal year is over
    9  regions or groups that clearly differ; spending otherwise
   10  a pace that is clearly ahead
   11  standards that the data of some indicators did not meet
   12  explanations that are outstanding; what was to be done and is overdue
   13  values that were published otherwise
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ctanalysis.analysis.cost import Execution, execution
from ctanalysis.analysis.explanations import Deviation, deviation, is_short, outstanding
from ctanalysis.analysis.family import Claim, Claims
from ctanalysis.analysis.following_up import decided_before
from ctanalysis.analysis.furthest import Furthest, furthest
from ctanalysis.analysis.known import Known
from ctanalysis.analysis.pace import without_pace
from ctanalysis.analysis.results import results
from ctanalysis.analysis.series import adds_up
from ctanalysis.analysis.tracking import TO_DATE
from ctanalysis.analysis.values import Value
from ctanalysis.project.judgements import labels_of

Kind = Literal[
    "not received",
    "results",
    "gain",
    "pace",
    "signal",
    "spending",
    "differ",
    "targets",
    "standard",
    "explanation",
    "overdue",
    "restated",
]
MOST = 6  # main points
SHORT = ("at risk", "out of reach", "missed", "exceeded")


FIGURES: dict[str, str] = {  # the figure or table that shows a finding, by its kind
    "not received": "data-quality",
    "results": "quarters",
    "gain": "headlines",
    "pace": "tracking",
    "signal": "quarters",
    "spending": "tracking",
    "differ": "funnel",
    "targets": "progress",
    "standard": "data-quality",
    "explanation": "tracking",
    "overdue": "actions",
    "restated": "restated",
}


@dataclass(frozen=True)
class Finding:
    """Something that deserves attention. of: what it is told from, by kind:

    "not received": the Values that did not come; "results": an area's Results; "gain", "signal" and "pace": the Claim;
    "differ": the Claims of one indicator; "spending": the Execution; "targets": see Targets; "standard" and "restated":
    codes of indicators; "explanation": the Deviations; "overdue": the Standings.
    p: of the claim that is least likely to be chance; NaN of what is no claim but a fact.
    """

    kind: Kind
    rank: int
    of: Any
    p: float = math.nan

    @property
    def order(self) -> tuple[int, float]:
        """By what findings are ranked."""
        return self.rank, 1.0 if math.isnan(self.p) else self.p


@dataclass(frozen=True)
class Beside:
    """What else is known of a report: codes of indicators that failed a standard, and of values restated."""

    failed: tuple[str, ...] = ()
    restated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Targets:
    """How the cumulative results stand beside the targets of the project's life: each as a share of its target.

    Before the first year's end there are none. elapsed: the share of the project's time that is over. short: those that
    are short of what was to be expected by now by more than the tolerance of project.toml, furthest first. left_out:
    how many more there are of which not all records of the fiscal year have come. worst: what stands worst.
    """

    shares: tuple[tuple[Value, float], ...]
    elapsed: float
    short: tuple[Deviation, ...]
    left_out: int
    worst: Furthest

    @property
    def least(self) -> tuple[Value, float]:
        """The indicator with the lowest share of its target."""
        return min(self.shares, key=lambda pair: pair[1])

    @property
    def in_time(self) -> bool:
        """Whether every one has come as far as the time."""
        return self.least[1] >= self.elapsed


NOTHING_ELSE = Beside()


def findings(known: Known, claims: Claims, beside: Beside = NOTHING_ELSE) -> tuple[Finding, ...]:
    """All findings of a period, ranked."""
    of = (_not_received, _results, _gains, _paces, _signals, _differ, _spending, _targets)
    found = [finding for part in of for finding in part(known, claims)]
    ranked = sorted([*found, *_to_do(known, beside)], key=lambda finding: finding.order)
    return tuple(_with_the_worst(ranked))


def main_points(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that open the report: the first six."""
    return found[:MOST]


def _with_the_worst(ranked: list[Finding]) -> list[Finding]:
    """What stands worst against its target is a main point, whatever else there is."""
    late = [one for one in ranked[MOST:] if one.kind == "targets" and one.of.worst.found]
    others = [one for one in ranked if one not in late]
    return [*others[: MOST - len(late)], *late, *others[MOST - len(late) :]]


def _to_do(known: Known, beside: Beside) -> Iterator[Finding]:
    """What failed, is outstanding, overdue or restated."""
    actions, recommended = known.project.judged.actions, known.project.judged.recommendations
    labels = labels_of(known.project.calendar, known.period)
    standings = decided_before((*actions, *recommended), known.period, labels)
    overdue = tuple(one for one in standings if one.state == "overdue")
    codes = [sheet.code for sheet in known.project.sheets]
    kinds: tuple[tuple[Kind, int, tuple[Any, ...]], ...] = (
        ("standard", 11, tuple(code for code in codes if code in beside.failed)),
        ("explanation", 12, outstanding(known)),
        ("overdue", 12, overdue),
        ("restated", 13, beside.restated),
    )
    yield from (Finding(kind, rank, of) for kind, rank, of in kinds if of)


def _not_received(known: Known, claims: Claims) -> Iterator[Finding]:
    totals = [known.total(sheet.code) for sheet in known.project.sheets]
    gone = [total for total in totals if total and total.status == "not received"]
    if gone:
        yield Finding("not received", 1, tuple(gone))


def _results(known: Known, claims: Claims) -> Iterator[Finding]:
    for area in known.project.facts.areas:
        found = results(known, claims, area.code)
        if found:
            ps = [one.change.p for one in found if one.change and one.clear]
            rank = 2 if ps else 4 if any(one.notable for one in found) else 7
            yield Finding("results", rank, found, min(ps, default=math.nan))


def _gains(known: Known, claims: Claims) -> Iterator[Finding]:
    yield from (Finding("gain", 5, one, one.p) for one in claims.clear("gain"))


def _paces(known: Known, claims: Claims) -> Iterator[Finding]:
    """Of each indicator the project's pace, or else the year's; facts that are over are no claim."""
    told: dict[str, Claim] = {}
    for one in sorted(claims.clear("pace"), key=lambda one: one.detail != "project"):
        told.setdefault(one.code, one)
    for one in told.values():
        if one.of.verdict in (*SHORT, "ahead"):
            yield Finding("pace", 3 if one.of.verdict in SHORT else 10, one, one.p)


def _signals(known: Known, claims: Claims) -> Iterator[Finding]:
    yield from (Finding("signal", 4, one, one.p) for one in claims.clear("signal") if one.of.rule)


def _differ(known: Known, claims: Claims) -> Iterator[Finding]:
    """The regions of an indicator together; and each gap between groups."""
    regions: dict[str, list[Claim]] = {}
    for one in claims.clear("region"):
        regions.setdefault(one.code, []).append(one)
    for group in (*regions.values(), *([one] for one in claims.clear("gap"))):
        yield Finding("differ", 9, tuple(group), min(one.p for one in group))


def _spending(known: Known, claims: Claims) -> Iterator[Finding]:
    found = execution(known)
    if found:
        yield Finding("spending", 6 if _needs_more(found) else 9, found)


def _needs_more(found: Execution) -> bool:
    """Whether what is left needs more in each quarter than was ever spent in one, of a year or more."""
    return bool(found.has_burn and found.most and found.needed is not None and found.needed > found.most.value)


def _targets(known: Known, claims: Claims) -> Iterator[Finding]:
    """How the cumulative results stand beside the targets of the project; spending is told by itself."""
    facts, calendar = known.project.facts, known.project.calendar
    every = tuple(_shares(known))
    shares = tuple(pair for pair in every if pair[0].sheet not in without_pace(known))
    if not calendar.last_year_end(known.period.end):
        every = shares = ()
    worst = furthest(known)
    if shares or worst.found:
        elapsed = calendar.percent_elapsed(facts.start, facts.end, known.period.end) / 100
        left_out = len(every) - len(shares)
        rank = 6 if worst.found else 8
        yield Finding("targets", rank, Targets(shares, elapsed, _short(known, shares), left_out, worst))


def _short(known: Known, shares: tuple[tuple[Value, float], ...]) -> tuple[Deviation, ...]:
    """A plan may begin slowly: so they are held against what was to be expected, and not against the time."""
    deviations = (deviation(known, value.sheet, TO_DATE) for value, _ in shares)
    found = [one for one in deviations if one is not None and is_short(known, one)]
    return tuple(sorted(found, key=lambda one: one.part))


def _shares(known: Known) -> Iterator[tuple[Value, float]]:
    for sheet in known.project.sheets:
        total, row = known.total(sheet.code, TO_DATE), known.tracked.get((sheet.code, TO_DATE))
        cumulative = adds_up(sheet) and sheet.code != known.project.facts.funding.spending
        if total and row and cumulative and total.number and row.percent_of_target is not None:
            yield total, row.percent_of_target / 100
