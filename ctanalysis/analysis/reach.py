"""Reach: how much was done for 100,000 residents of each region, and which regions stand out by more than chance.

    numbers by region, to date ─┐
    residents (population.csv) ─┴─▶ rate of each region, beside the rate of all ─▶ funnel: what chance would leave

Funnel plot: Spiegelhalter, Statistics in Medicine 24, 2005, 1185-1202. The variation of the numbers from quarter to
quarter, and within events, is allowed for; what is left between regions is what is asked about.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ctanalysis.analysis.known import Known
from ctanalysis.analysis.statistics import control, counts
from ctanalysis.analysis.statistics.compared import Compared, Spread, covering
from ctanalysis.analysis.values import Value
from ctanalysis.analysis.variation import spread
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.indicators.residents import mean_residents
from ctanalysis.project.sheets import Sheet

PER = 100_000
HORIZON = "project to date"
LEAST = 2  # regions: one by itself has nothing to stand out from


@dataclass(frozen=True)
class Region:
    """A region: its number, its residents (the mean over the days), and its rate beside that of all other regions.

    compared: so that it holds for all that the number can be; None where the number is not told.
    """

    number: Value
    residents: float
    compared: Compared | None

    @property
    def name(self) -> str:
        """Its category."""
        return self.number.category

    @property
    def rate(self) -> float:
        """The number for PER residents."""
        return self.number.value * PER / self.residents


@dataclass(frozen=True)
class Reach:
    """An indicator by region, to date. rate: of all regions together, of those whose region is recorded.

    idle: the regions in which the period had nothing, where that is told exactly. spread: what was allowed for.
    """

    sheet: Sheet
    way: str
    total: Value
    regions: tuple[Region, ...]
    rate: float
    spread: Spread
    idle: tuple[str, ...]

    @property
    def told(self) -> tuple[Region, ...]:
        """The regions whose number is told, from the highest rate to the lowest."""
        return tuple(sorted((one for one in self.regions if one.number.shown), key=lambda one: -one.rate))

    @property
    def hidden(self) -> tuple[str, ...]:
        """The regions whose number is too small to be told."""
        return tuple(one.name for one in self.regions if not one.number.shown)

    def limits(self, residents: float) -> tuple[float, float]:
        """The least and the most that chance leaves of the rate of a region of so many residents: the funnel."""
        limits = control.poisson_limits(self.rate * residents / PER, self.spread.dispersion)
        return limits.lower * PER / residents, limits.upper * PER / residents


def reaches(known: Known) -> tuple[Reach, ...]:
    """The indicators that count what was done, by the fields of which residents are known; of no audited class."""
    return tuple(_each(known))


def _each(known: Known) -> Iterator[Reach]:
    for sheet in known.project.sheets:
        if not sheet.counts_up or known.project.disclosure_rule(sheet).audited:
            continue
        for way in (fields[0] for fields in sheet.disaggregations if len(fields) == 1):
            found = _reach(known, sheet, way) if known.project.population.has((way,)) else None
            if found:
                yield found


def _reach(known: Known, sheet: Sheet, way: str) -> Reach | None:
    total = known.total(sheet.code, HORIZON)
    numbers = {name: one for name, one in known.categories(sheet.code, way, HORIZON).items() if name != NOT_RECORDED}
    if total is None or not total.shown or len(numbers) < LEAST:
        return None
    cells = [(way, name) for name in numbers]
    residents = mean_residents(known.project, sheet, [(total.start, total.end)], cells)[0]
    there = [(one, float(number)) for one, number in zip(numbers.values(), residents, strict=True) if number > 0]
    told = [(one, number) for one, number in there if one.shown]
    if len(told) < LEAST or not sum(one.value for one, _ in told):
        return None
    varies = spread(known, sheet.code)
    rate = sum(one.value for one, _ in told) * PER / sum(number for _, number in told)
    regions = tuple(Region(one, number, _beside(one, number, told, varies)) for one, number in there)
    return Reach(sheet, way, total, regions, rate, varies, _idle(known, sheet, way))


def _beside(one: Value, residents: float, told: list[tuple[Value, float]], varies: Spread) -> Compared | None:
    """A region's rate beside that of all others, for every number for which its own stands."""
    if not one.shown:
        return None
    others = [(other.value, number) for other, number in told if other is not one]
    number, behind = sum(value for value, _ in others), sum(count for _, count in others)
    found = [counts.compared(end, number, residents / behind, varies) for end in (one.value, one.low, one.high)]
    return covering(found)


def _idle(known: Known, sheet: Sheet, way: str) -> tuple[str, ...]:
    """The regions without anything in the period, where nothing hides a small number, and all records came."""
    if known.project.disclosure_rule(sheet).protects:
        return ()
    now = known.categories(sheet.code, way)
    return tuple(name for name, one in now.items() if one.shown and one.value == 0 and not one.lack)
