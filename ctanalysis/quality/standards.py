"""The five standards: the data of one indicator in one period, against what quality.toml asks for.

The standards and what they mean: USAID ADS 201.3.5.7 and its Data Quality Assessment Checklist
(201sae). What is counted here for each is this library's reading of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from ctanalysis.base import precision as printing
from ctanalysis.base.arrays import Mask
from ctanalysis.quality import sources
from ctanalysis.quality.basis import Basis
from ctanalysis.records.dating import held_for

MET, NOT_MET, UNKNOWN = "met", "not met", "cannot be said"
WORST_FIRST = (NOT_MET, UNKNOWN, MET)
IMPLAUSIBLE = ("range", "usual")  # rules whose rows are used and may be wrong in size
DOUBTFUL = (
    "duplicate",
    "same person",
    "heaping",
)  # rules whose rows are used and may be no record of something that happened
DOUBLED = ("unique", "look-alike key")  # rules that hold rows back because a key stands twice
NO_KEY = "The table has no key, so it cannot be said whether a row was sent twice"
NO_ROWS = "No row is dated in the period"


@dataclass(frozen=True)
class Result:
    """A verdict on one standard (MET, NOT_MET or UNKNOWN), with a sentence as evidence, and its numbers by name."""

    verdict: str
    evidence: str
    numbers: Mapping[str, int | None] = field(default_factory=dict)


def validity(basis: Basis) -> Result:
    """100 x (held back + implausible) / (used + held back), in per cent of the period's rows.

    held back: rows that broke a rule of the schema or of rules.toml; what they would have counted
    is missing from the result. implausible: used rows that a rule `range` or `usual` names, or
    that refer to such a row. Checklist: data represent the result; values are in a plausible range.
    """
    held, rows = int(basis.held.sum()), basis.rows
    odd = int(implausible(basis).sum())
    numbers = {"rows": rows, "held_back": held, "implausible": odd}
    if not rows:
        return Result(UNKNOWN, NO_ROWS, numbers)
    limit = basis.project.quality.validity.at_most
    counts = f"Rows: {_shown(rows)}; held back: {_shown(held)}; implausible: {_shown(odd)}"
    failed = held + odd
    return Result(_within(failed, rows, limit), f"{counts}. {_share(failed, rows, limit)}", numbers)


def integrity(basis: Basis) -> Result:
    """100 x doubtful / (used + held back), in per cent of the period's rows.

    doubtful: used rows that a rule `duplicate` or `heaping` or a judgement about same people names,
    or that refer to such a row, unless they were corrected; and rows held back because their key
    stands twice or looks like another. corrected: rows changed by judgements/corrections.toml, each
    with its reason, role and date: somebody has looked at them. Checklist: safeguards against
    errors of transcription and against manipulation. Of a table without a key it can only be said that it is not met.
    """
    doubts = int(doubled(basis).sum()) + int(doubtful(basis).sum())
    corrected = int((basis.bearing(lambda table: _corrected(basis, table)) & basis.used).sum())
    numbers = {"rows": basis.rows, "doubtful": doubts, "corrected": corrected}
    if not basis.rows:
        return Result(UNKNOWN, NO_ROWS, numbers)
    limit = basis.project.quality.integrity.at_most
    verdict = _within(doubts, basis.rows, limit)
    counts = (
        f"Rows: {_shown(basis.rows)}; that may stand twice or be guessed: {_shown(doubts)}; "
        f"corrected on the record: {_shown(corrected)}"
    )
    if verdict == MET and not basis.table.keys:
        return Result(UNKNOWN, f"{counts}. {NO_KEY}", numbers)
    if verdict == MET and not _looked_for(basis):
        return Result(UNKNOWN, "No rule looks for rows entered twice or numbers guessed", numbers)
    return Result(verdict, f"{counts}. {_share(doubts, basis.rows, limit)}", numbers)


def precision(basis: Basis) -> Result:
    """100 x rows without a value of a field / rows, of that field that most of them lack.

    The fields are those of the breakdowns and those that the calculation needs (records.needed). The rows are those
    that satisfy the sheet's conditions, or might, for in others a field may rightly be empty; a row without its day is
    of every period in which it may lie. Each row is one, whatever it lacks. USAID calls what is missing "disaggregates
    not available". Checklist: enough detail to decide on.
    """
    rows = int(basis.counting.sum())
    lack = max(basis.missing, key=lambda one: np.count_nonzero(one.rows))
    most = int(lack.rows.sum())
    numbers = {"rows": rows, "not_recorded": most}
    if not rows:
        return Result(UNKNOWN, NO_ROWS, numbers)
    limit = basis.project.quality.precision.at_most
    least = f"with {lack.title} before {lack.before}" if lack.before else f"without {lack.title}"
    least = least if most else "with anything not recorded"
    return Result(
        _within(most, rows, limit),
        f"Rows that count, or may: {_shown(rows)}; {least}: {_shown(most)}. {_share(most, rows, limit)}",
        numbers,
    )


def reliability(basis: Basis) -> Result:
    """Whether the definition was the same through all days reported, and the partners the same from quarter to quarter.

    changed: 1 where the sheet's valid_from lies in the project's days up to the period's end. gaps:
    quarters of the period in which a partner whom a rule `gap` watches has no row, after its first;
    missing: the same for deliveries. Checklist: the same collection and analysis over time.
    """
    began, changed_on = basis.project.facts.start, basis.sheet.valid_from
    if changed_on and changed_on > basis.end:
        return Result(UNKNOWN, "The definition is not valid yet")
    changed = int(bool(changed_on and changed_on > began))
    gaps, sent = sources.gaps(basis), sources.deliveries(basis)
    missing = sent.missing if sent else None
    numbers = {"changed": changed, "gaps": gaps, "missing": missing}
    limit = basis.project.quality.reliability.gaps
    silent = (gaps or 0) + (missing or 0)
    evidence = f"The definition changed on {changed_on}." if changed else "The definition has not changed."
    if gaps is None and missing is None:
        why = "Whether the partners are the same cannot be told: no rule looks for gaps, and no deliveries are listed"
        return Result(NOT_MET if changed else UNKNOWN, f"{evidence} {why}", numbers)
    silence = f"Quarters of partners without rows or a delivery: {_shown(silent)}, at most {limit}"
    return Result(NOT_MET if changed or silent > limit else MET, f"{evidence} {silence}", numbers)


def timeliness(basis: Basis) -> Result:
    """Whether every delivery of the period was sent within due_days of its period's end, and none is missing.

    latest: days from the end of a delivery's period to its sending, the most; late: deliveries
    beyond due_days; missing: quarters of the period for which a partner sent nothing of a table
    that it had sent before. Of a delivery sent again, the first time counts. Checklist: data
    are current enough, and come on time.
    """
    sent = sources.deliveries(basis)
    if sent is None:
        return Result(UNKNOWN, "No delivery of these records is listed in deliveries.csv up to the period")
    due = basis.project.quality.timeliness
    numbers = {"deliveries": sent.deliveries, "late": sent.late, "latest": sent.latest, "missing": sent.missing}
    latest = (
        f". Days from the end of the period to the last one: {sent.latest}, at most {due.due_days}"
        if sent.deliveries
        else ""
    )
    evidence = f"Deliveries: {sent.deliveries}; late: {sent.late}; missing: {sent.missing}{latest}"
    return Result(NOT_MET if sent.late or sent.missing > due.gaps else MET, evidence, numbers)


def of_sheet(basis: Basis, standard: str) -> Result:
    """The standard of all parts of a sheet, each with a table of its own: of a ratio both, of a cohort its state, too.

    It is not met where one of them does not meet it, and cannot be said where of one it cannot. The numbers are those
    of the first such part; the evidence is of all, each behind its table's title.
    """
    found = [(part, STANDARDS[standard](part)) for part in basis.parts]
    _, worst = min(found, key=lambda pair: WORST_FIRST.index(pair[1].verdict))
    if len(found) == 1:
        return worst
    told = dict.fromkeys(f"{part.table.title}: {result.evidence}" for part, result in found)
    return replace(worst, evidence=". ".join(told))


STANDARDS: dict[str, Callable[[Basis], Result]] = {
    "validity": validity,
    "integrity": integrity,
    "precision": precision,
    "reliability": reliability,
    "timeliness": timeliness,
}


def implausible(basis: Basis) -> Mask:
    """Which used rows of the period are implausible, or refer to one that is."""
    return basis.bearing(lambda table: _flagged(basis, table, IMPLAUSIBLE)) & basis.used


def doubtful(basis: Basis) -> Mask:
    """Which used rows of the period are in doubt, or refer to one that is, and were not corrected."""
    return basis.bearing(lambda table: _flagged(basis, table, DOUBTFUL) & ~_corrected(basis, table)) & basis.used


def doubled(basis: Basis) -> Mask:
    """Which held-back rows of the period have a key that stands twice."""
    return held_for(basis.records, basis.table.name, lambda finding: finding.rule in DOUBLED) & basis.held


def _flagged(basis: Basis, table: str, rules: tuple[str, ...]) -> Mask:
    """Which used rows of a table one of the rules names."""
    flags = basis.records.flags[table]
    named = np.zeros(len(basis.records[table]), bool)
    for rule in rules:
        named |= flags.get(rule, False)
    return named


def _corrected(basis: Basis, table: str) -> Mask:
    """Which used rows of a table have a value changed on the record."""
    return basis.records.judged[table]


def _looked_for(basis: Basis) -> bool:
    rules, people = basis.project.rules, basis.project.same_people
    looking = {rule.table for rule in (*rules.duplicate, *rules.heaping)}
    return bool({*basis.tables} & (looking | {judged.table for judged in people if judged.match}))


def _within(part: int, whole: int, per_cent: float) -> str:
    return MET if part * 100 <= Fraction(str(per_cent)) * whole else NOT_MET  # 9.2 of 750 is 69


def _share(part: int, whole: int, limit: float) -> str:
    return f"In per cent: {printing.text(printing.as_shown(100 * part / whole, 'mean'), 'en')}, at most {limit:g}"


def _shown(count: int) -> str:
    return f"{count:,}"
