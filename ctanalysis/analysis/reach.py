"""Reach: how much was done for 100,000 residents of each region, and which regions stand out by more than chance.

    numbers by region, to date ─┐
    residents (population.csv) ─┴─▶ rate of each region, beside the rate of all ─▶ funnel: what chance would leave

Funnel plot: Spiegelhalter, Statistics in Medicine 24, 2005, 1185-1202. The variation of the numbers from quarter to
quarter, and within events, is allowed for; what is left between regions is what is asked about. No region is held
beside the others while records are missing: it would be the partner that has not sent.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ctanalysis.analysis.known import Known, once
from ctanalysis.analysis.statistics import control, counts
from ctanalysis.analysis.statistics.compared import Compared, Spread, covering, quantile
from ctanalysis.analysis.values import Value
from ctanalysis.analysis.variation import spread
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.indicators.residents import mean_residents
from ctanalysis.project.sheets import Sheet

PER = 100_000
HORIZON = "project to date"
SMOOTH = 1 + 1e-9  # an over-dispersion that only takes the steps of whole numbers out of the limits
LEAST = 2  # regions: one by itself has nothing to stand out from


@dataclass(frozen=True)
class Region:
    """A region: its number, its residents (the mean over the days), and its rate beside that of all other regions.

    compared: so that it holds for all that the numbers can be; None where its own is not told, or none is judged.
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
    """An indicator by region, to date. rate: of all regions that are told together, of what is recorded by region.

    idle: the regions in which the period had nothing, where that is told exactly. spread: what was allowed for; None
    where records are missing, or it is not known what chance brings: then no region is judged.
    """

    sheet: Sheet
    way: str
    total: Value
    regions: tuple[Region, ...]
    rate: float
    spread: Spread | None
    idle: tuple[str, ...]

    @property
    def told(self) -> tuple[Region, ...]:
        """The regions whose number is told, from the highest rate to the lowest."""
        return tuple(sorted((one for one in self.regions if one.number.shown), key=lambda one: -one.rate))

    @property
    def hidden(self) -> tuple[str, ...]:
        """The regions whose number is too small to be told."""
        return tuple(one.name for one in self.regions if not one.number.shown)

    @property
    def without(self) -> tuple[str, ...]:
        """The regions that are told to have had none at all, to date."""
        return tuple(one.name for one in self.told if one.number.high == 0)

    def limits(self, residents: float) -> tuple[float, float] | None:
        """The least and the most that chance leaves of the rate of a region of so many residents: the funnel.

        Three standard deviations, of Poisson's distribution between whole numbers; farther where the over-dispersion is
        from few quarters, as the tests are (see compared.widened). None where no region is judged, and where chance
        leaves so much that there is no limit.
        """
        if self.spread is None:
            return None
        farther = (quantile(2 * control.TAIL, self.spread.degrees) / control.SIGMAS) ** 2
        limits = control.poisson_limits(self.rate * residents / PER, max(SMOOTH, self.spread.dispersion * farther))
        if limits.upper <= limits.centre:
            return None
        return limits.lower * PER / residents, limits.upper * PER / residents


@once
def reaches(known: Known) -> tuple[Reach, ...]:
    """The indicators that count what was done, by the fields of which residents are known; of no audited class."""
    return tuple(_each(known))


def _each(known: Known) -> Iterator[Reach]:
    project, fairness = known.project, known.project.facts.fairness
    for sheet in project.sheets:
        if not sheet.counts_up or project.disclosure_rule(sheet).audited:
            continue
        for way in (fields[0] for fields in sheet.disaggregations if len(fields) == 1):
            is_place = project.population.has((way,)) and not (fairness and way == fairness.field)
            found = _reach(known, sheet, way) if is_place else None
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
    if len(told) < LEAST or not sum(one.value for one, _ in told) or any(one.low < 0 for one, _ in told):
        return None  # below 0 is money that came back, which is no reach
    varies = None if total.lack else spread(known, sheet.code)
    rate = sum(one.value for one, _ in told) * PER / sum(number for _, number in told)
    regions = tuple(Region(one, number, _beside(one, number, told, varies)) for one, number in there)
    return Reach(sheet, way, total, regions, rate, varies, _idle(known, sheet, way, total))


def _beside(one: Value, residents: float, told: list[tuple[Value, float]], varies: Spread | None) -> Compared | None:
    """A region's rate beside that of all others that are told, for every number for which theirs and its own stand."""
    if not one.shown or varies is None:
        return None
    others = [other for other, _ in told if other is not one]
    behind = sum(number for other, number in told if other is not one)
    number, least, most = (sum(getattr(other, end) for other in others) for end in ("value", "low", "high"))
    ends = ((one.value, number), (one.low, most), (one.high, least))
    found = covering([counts.compared(own, rest, residents / behind, varies) for own, rest in ends])
    may_be_equal = one.low * behind <= most * residents and one.high * behind >= least * residents
    return replace(found, p=1.0) if may_be_equal else found


def _idle(known: Known, sheet: Sheet, way: str, to_date: Value) -> tuple[str, ...]:
    """The regions without anything in the period, where nothing hides a small number, and all records came.

    None where the period is all there is to date, of which `without` says the same.
    """
    if known.project.disclosure_rule(sheet).protects or known.period.start <= to_date.start:
        return ()
    now = known.categories(sheet.code, way)
    told = [one for name, one in now.items() if name != NOT_RECORDED and one.shown and not one.lack]
    return tuple(one.category for one in told if one.value == 0)
