"""A control chart of a quarterly series: the latest quarter judged by the earlier ones, and by no other."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from ctanalysis.analysis.statistics.control import (
    FEWEST,
    RUN,
    SMALL,
    Limits,
    Process,
    individuals,
    last_run,
    poisson_limits,
    poisson_p,
    run_p,
    share_limits,
    shares,
)
from ctanalysis.analysis.statistics.season import QUARTERS, Season, seasonal

Kind = Literal["counts", "amounts", "shares"]
NO_SEASON = Season(None, 1.0, 0, 0.0)
BASE = 12  # quarters from which limits are calculated; then they are frozen
BEYOND, IN_A_ROW = "beyond limits", "run"
FEW, GAP, NO_LOWER, NO_VARIATION = "too few quarters", "not told", "no lower limit", "no variation"


@dataclass(frozen=True)
class Chart:
    """What a control chart says of its last point.

    limits: of each point; None of a point that has none. rule: "beyond limits", "run", or "" where none fired; since:
    the place of the first point for which it did; side: 1 above, -1 below. p_value: two-sided, of the rules that were
    applied; NaN where the last point is not judged. adjusted: whether limits follow the season. shifts: the places at
    which a shift was recognised earlier, so that limits were calculated anew. base: the first and the last place of the
    points from which the last limits are. not_applied: rules that cannot fire here ("all", "run", "below"), and why.
    """

    limits: tuple[Limits | None, ...]
    adjusted: bool
    dispersion: float
    shifts: tuple[int, ...]
    base: tuple[int, int] | None
    rule: str = ""
    since: int | None = None
    side: int = 0
    p_value: float = math.nan
    not_applied: tuple[tuple[str, str], ...] = ()

    @property
    def judged(self) -> bool:
        """Whether the last point was judged."""
        return not math.isnan(self.p_value)


@dataclass(frozen=True)
class _Points:
    """The points of a chart: of shares the numerators, with the denominators as sizes."""

    kind: Kind
    values: tuple[float, ...]
    sizes: tuple[float, ...]
    quarters: tuple[int, ...]
    season: Season

    def known(self, start: int, end: int) -> list[int]:
        """The places of the points that are there, from start up to end."""
        return [i for i in range(start, end) if not math.isnan(self.values[i]) and self.sizes[i] > 0]

    def process(self, places: Sequence[int]) -> Process:
        values, sizes = ([those[i] for i in places] for those in (self.values, self.sizes))
        if self.kind == "shares":
            return shares(values, sizes)
        return individuals(values, sizes, QUARTERS - 1 if self.season.indices else 0)

    @cached_property
    def is_small(self) -> bool:
        """Whether exact Poisson limits are called for."""
        known = self.known(0, len(self.values) - 1)
        return self.kind == "counts" and sum(self.values[i] for i in known) < SMALL * len(known)

    def limits(self, process: Process, place: int) -> Limits | None:
        size = self.sizes[place]
        if not size > 0 or process.degrees <= 0:
            return None
        if self.is_small:
            return poisson_limits(process.level * size, self.season.dispersion)
        if self.kind == "shares":
            return share_limits(process, size)
        found = process.limits(size)
        return Limits(found.centre, max(0.0, found.lower), found.upper, found.degrees)

    def shown(self, place: int) -> float:
        """A point as it stands beside its limits."""
        return self.values[place] / self.sizes[place] if self.kind == "shares" else self.values[place]

    def p_value(self, process: Process, base: Sequence[int], place: int) -> float:
        """Of a point, by those of the base; with season its mean is that of the base's same quarters of the year."""
        value, size = self.values[place], self.sizes[place]
        if self.season.indices:
            base = [i for i in base if self.quarters[i] == self.quarters[place]]
        before = sum(self.sizes[i] for i in base)
        if before <= 0:
            return 1.0
        if self.kind == "counts" and self.season.degrees:
            total, season = sum(self.values[i] for i in base), self.season
            return poisson_p(value, size, total, before, season.dispersion, season.degrees)
        return process.p_value(value, size, before)


def charted(
    kind: Kind, values: Sequence[float], quarter_of_year: Sequence[int], denominators: Sequence[float] | None = None
) -> Chart:
    """The control chart of quarters in order (NaN is a gap), the last of which is judged.

    kind: "counts" of single things (exact Poisson limits where their mean is below 10, else XmR), "amounts" (XmR), or
    "shares" (a p' chart; values are the numerators). Season is that of the earlier quarters, where it shows. Limits are
    those of the first twelve quarters since the last recognised shift (eight in a row on one side), the judged
    quarter, and a run that it completes, left out; none with fewer than six.
    """
    quarters, sizes = tuple(quarter_of_year), tuple(denominators or [1.0] * len(values))
    season = NO_SEASON
    if kind != "shares" and values:
        season = seasonal(values[:-1], quarters[:-1])
        sizes = tuple(season.index(quarter) for quarter in quarters)
    points = _Points(kind, tuple(map(float, values)), sizes, quarters, season)
    starts, run = _shifts(points)
    return _judged(points, starts, run)


def _shifts(points: _Points) -> tuple[list[int], int]:
    """Where limits begin anew, 0 first; and the side of a run that the last point completes (0: none)."""
    starts, count = [0], len(points.values)
    for end in range(RUN, count + 1):
        side = _run(points, starts[-1], end)
        if side and end == count:
            return starts, side
        if side:
            starts.append(end - RUN)
    return starts, 0


def _run(points: _Points, start: int, end: int) -> int:
    """On which side of the centre of those before them the eight points up to an end all are; 0 where they are not."""
    base = points.known(start, end - RUN)[:BASE]
    if len(base) < FEWEST or len(points.known(end - RUN, end)) < RUN:
        return 0
    process = points.process(base)
    centres = [process.level * points.sizes[i] for i in range(end - RUN, end)]
    length = last_run(points.values[end - RUN : end], centres)
    return (length > 0) - (length < 0) if abs(length) == RUN else 0


def _judged(points: _Points, starts: list[int], run: int) -> Chart:
    """The chart, with its last point judged where it can be. run: the side of a run that the last point completes."""
    last = len(points.values) - 1
    base = points.known(starts[-1], last + 1 - RUN if run else last)[:BASE]
    limits = _all_limits(points, starts, base)
    chart = Chart(
        limits,
        adjusted=points.season.indices is not None,
        dispersion=points.season.dispersion,
        shifts=tuple(starts[1:]),
        base=(base[0], base[-1]) if base else None,
    )
    why_not = _why_not(points, base, limits)
    if why_not:
        return replace(chart, not_applied=(("all", why_not),))
    process = points.process(base)
    has_run = bool(run) or _can_run(points, starts[-1])
    p_value = points.p_value(process, base, last)
    if has_run:
        p_value = min(1.0, 2 * min(p_value, run_p(RUN, len(base)) if run else 1.0))
    chart = replace(chart, p_value=p_value, not_applied=tuple(_cannot_fire(limits[last], has_run)))
    side = _side(points, limits, last)
    if side:
        return replace(chart, rule=BEYOND, since=_first(points, limits, last), side=side)
    return replace(chart, rule=IN_A_ROW, since=last + 1 - RUN, side=run) if run else chart


def _all_limits(points: _Points, starts: list[int], base: list[int]) -> tuple[Limits | None, ...]:
    """The limits of each point: of earlier stretches those of their own first points, of the last those of the base."""
    found: list[Limits | None] = []
    ends = [*starts[1:], len(points.values)]
    for start, end in zip(starts, ends, strict=True):
        places = base if start == starts[-1] else points.known(start, end)[:BASE]
        process = points.process(places) if len(places) >= FEWEST else None
        found += [points.limits(process, i) if process else None for i in range(start, end)]
    return tuple(found)


def _why_not(points: _Points, base: list[int], limits: tuple[Limits | None, ...]) -> str:
    """Why the last point is not judged; empty where it is."""
    last = len(points.values) - 1
    if not points.known(max(last, 0), last + 1):
        return GAP
    if len(base) < FEWEST or limits[last] is None:
        return FEW
    return NO_VARIATION if not points.is_small and points.process(base).spread == 0 else ""


def _can_run(points: _Points, start: int) -> bool:
    """Whether there are enough points since a start for eight in a row after those that make the limits."""
    end = len(points.values)
    return len(points.known(start, end - RUN)) >= FEWEST and len(points.known(max(0, end - RUN), end)) == RUN


def _cannot_fire(limits: Limits | None, has_run: bool) -> Iterator[tuple[str, str]]:
    if not has_run:
        yield "run", FEW
    if limits and limits.lower <= 0:
        yield "below", NO_LOWER


def _side(points: _Points, limits: tuple[Limits | None, ...], place: int) -> int:
    """On which side of its limits a point is: 1 above, -1 below, 0 within them, or where there are none."""
    own, value = limits[place], points.shown(place) if points.known(place, place + 1) else math.nan
    return (value > own.upper) - (value < own.lower) if own else 0


def _first(points: _Points, limits: tuple[Limits | None, ...], last: int) -> int:
    """The first of the points up to the last one that are beyond their limits on the same side without a break."""
    side, place = _side(points, limits, last), last
    while place > 0 and _side(points, limits, place - 1) == side:
        place -= 1
    return place
