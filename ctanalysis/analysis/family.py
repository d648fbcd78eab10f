"""Everything that a report might claim, counted as many: what is clear is decided for all of it at once.

    changes · signals · paces · regions · gaps ─▶ p-values ─▶ Benjamini-Hochberg ─▶ Claims

Where nothing has changed, at most one report in twenty claims anything at all. Each kind of claim of an indicator is
one question, and counts once (see claims): whether it changed, against last year or the period before; whether its pace
is its targets', of the year or the project; whether regions differ. A rate is one with its number, where both are
indicators.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ctanalysis.analysis import claims
from ctanalysis.analysis.change import changes, gains
from ctanalysis.analysis.fairness import gaps
from ctanalysis.analysis.known import Known
from ctanalysis.analysis.pace import paces
from ctanalysis.analysis.reach import reaches
from ctanalysis.analysis.series import quarterly
from ctanalysis.analysis.signals import signals
from ctanalysis.analysis.spread import TWO_YEARS
from ctanalysis.indicators.evidence import tested


@dataclass(frozen=True)
class Claim:
    """Something that a report might claim of an indicator. p: two-sided; clear: whether it does.

    kind: "change", "gain", "signal", "pace", "region" or "gap". detail: which of its kind: the region, the horizon.
    of: the analysis that it comes from.
    """

    kind: str
    code: str
    detail: str
    p: float
    of: Any
    clear: bool = False


@dataclass(frozen=True)
class Claims:
    """All that a report might claim, and which of it is clear."""

    all: tuple[Claim, ...]

    def clear(self, kind: str = "") -> tuple[Claim, ...]:
        """What is clear, of one kind or of all."""
        return tuple(one for one in self.all if one.clear and kind in ("", one.kind))

    def is_clear(self, kind: str, code: str, detail: str) -> bool:
        """Whether something is clear; what was never asked is not."""
        return any((one.code, one.detail) == (code, detail) for one in self.clear(kind))

    def by_code(self, kind: str) -> dict[str, tuple[str, ...]]:
        """By indicator, the details of what is clear of one kind."""
        found: dict[str, tuple[str, ...]] = {}
        for one in self.clear(kind):
            found[one.code] = (*found.get(one.code, ()), one.detail)
        return found


def claimed(known: Known) -> Claims:
    """Everything that a report of a period might claim, with what of it is clear."""
    of = (_of_changes, _of_gains, _of_signals, _of_paces, _of_regions, _of_gaps)
    asked = [claim for part in of for claim in part(known) if not math.isnan(claim.p)]
    numbers = _numbers(known)
    groups: dict[tuple[str, str], list[int]] = {}
    for place, one in enumerate(asked):
        groups.setdefault((one.kind, numbers.get(one.code, one.code)), []).append(place)
    found = claims.clear_in_groups([[asked[place].p for place in group] for group in groups.values()])
    pairs = zip(groups.values(), found, strict=True)
    clear = {place for group, told in pairs for place, is_clear in zip(group, told, strict=True) if is_clear}
    return Claims(tuple(replace(one, clear=place in clear) for place, one in enumerate(asked)))


def _numbers(known: Known) -> dict[str, str]:
    """By rate whose number is an indicator, too, that indicator."""
    sheets = known.project.sheets
    own = [(other.calculation, other.code) for other in sheets]
    rates = [sheet for sheet in sheets if sheet.measure == "rate"]
    return {sheet.code: code for sheet in rates for of, code in own if of == tested(sheet).calculation}


def _of_changes(known: Known) -> Iterator[Claim]:
    for change in changes(known):
        yield Claim("change", change.sheet.code, change.versus, change.p, change)


def _of_gains(known: Known) -> Iterator[Claim]:
    for gain in gains(known):
        yield Claim("gain", gain.current.sheet.code, gain.current.horizon, gain.p, gain)


def _of_signals(known: Known) -> Iterator[Claim]:
    for signal in signals(known):
        if signal.judged:
            yield Claim("signal", signal.sheet.code, signal.rule, signal.p_value, signal)


def _of_paces(known: Known) -> Iterator[Claim]:
    """Before two years are on record a pace is projected, and nothing is claimed of it: a beginning is no pace."""
    for pace in paces(known):
        if len(quarterly(known, pace.sheet).known) >= TWO_YEARS:
            yield Claim("pace", pace.sheet.code, pace.horizon, pace.p_value, pace)


def _of_regions(known: Known) -> Iterator[Claim]:
    for reach in reaches(known):
        for one in reach.told:
            if one.compared:
                yield Claim("region", reach.sheet.code, one.name, one.compared.p, (reach, one))


def _of_gaps(known: Known) -> Iterator[Claim]:
    for gap in gaps(known):
        yield Claim("gap", gap.of.sheet.code, gap.of.horizon, gap.compared.p, gap)
