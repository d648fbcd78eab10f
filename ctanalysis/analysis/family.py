"""Everything that a report might claim, counted as many: what is clear is decided for all of it at once.

    changes · signals · paces · regions · gaps ─▶ p-values ─▶ Benjamini-Hochberg ─▶ Claims

Where nothing has changed, at most one report in twenty claims anything at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan
from typing import Any

from ctanalysis.analysis import claims
from ctanalysis.analysis.change import changes, gains
from ctanalysis.analysis.fairness import gaps
from ctanalysis.analysis.known import Known
from ctanalysis.analysis.reach import reaches


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
    asked = [*_of_changes(known), *_of_regions(known), *_of_gaps(known)]
    found = claims.clear([one.p for one in asked])
    return Claims(tuple(Claim(*_fields(one), clear) for one, clear in zip(asked, found, strict=True)))


def _fields(one: Claim) -> tuple[str, str, str, float, Any]:
    return one.kind, one.code, one.detail, one.p, one.of


def _of_changes(known: Known) -> Iterator[Claim]:
    for change in changes(known):
        if not isnan(change.p):
            yield Claim("change", change.sheet.code, change.versus, change.p, change)
    for gained in gains(known):
        if not isnan(gained.p):
            yield Claim("gain", gained.current.sheet.code, gained.current.horizon, gained.p, gained)


def _of_regions(known: Known) -> Iterator[Claim]:
    for reach in reaches(known):
        for one in reach.told:
            if one.compared:
                yield Claim("region", reach.sheet.code, one.name, one.compared.p, (reach, one))


def _of_gaps(known: Known) -> Iterator[Claim]:
    for gap in gaps(known):
        yield Claim("gap", gap.of.sheet.code, gap.of.horizon, gap.compared.p, gap)
