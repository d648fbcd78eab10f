"""Reports of a project like the shipped one in which nothing changes but what a test asks for, made from a seed.

A world draws every quarter of a steady process: events and activities by season, people in events of uneven sizes,
calls of callers who call again, answers that resemble each other within an event, people who are counted once, amounts.
Regions share by residents; targets are what the process gives. What an analysis knows of it is put in place of what the
shipped project tells, number by number, with the same dates, breakdowns and evidence; nothing is rounded but evidence,
so that no test is kinder for what the gate takes away. Nobody real is in it.
"""

import math
from dataclasses import dataclass, field, replace

import numpy as np

from ctanalysis.indicators.evidence import DESIGN_EFFECT, EFFECTIVE, EVIDENCE, UNITS
from ctanalysis.project.csv_files import Aim, Target
from tests.conftest import evaluated

PERIODS = ("FY2014Q1", "FY2014Q2", "FY2014Q3", "FY2014Q4", "FY2015Q1")  # after 9 to 13 quarters
OF_PROJECT = 16  # quarters
EVENTS = 118 * np.array([1.0, 0.9, 1.2, 0.45])  # of each quarter of a fiscal year; of the first 113 and 123 are shipped
CALLS = 1200 * np.array([0.8, 1.1, 1.2, 0.9])
ACTIVITIES = 8 * np.array([1.0, 0.9, 1.2, 0.45])
FLAT = np.ones(4)
PEOPLE = {"2.1": 15 * FLAT, "2.2": 12 * FLAT, "2.4": 6 * FLAT, "3.1": 1 * FLAT, "3.3": 13 * FLAT}
SERVED, SERVICES = 3, 150 * FLAT  # quarters that somebody is served; services a quarter
SIZE, SHAPE = 120, 2.0  # of an event: the mean, and of its gamma distribution
ASKED, ANSWERS = 0.15, 19  # the part of events that ask; answers of each
AWARE, TURNED, ALIKE = 0.4, 0.15, 0.05  # aware before; who changes, either way; the correlation within an event
PAYMENTS, PAID, UNEVEN = 12, 3_900, 0.08  # a quarter; each; their relative variance
RENTED, RENT = 5, 1_300
GROUPS = ("female", "male")
MEANS = {"1.1": EVENTS, "1.2": EVENTS * SIZE, "1.3": CALLS, "1.6": ACTIVITIES, **PEOPLE, "2.3": 36 * FLAT}
MEANS |= {"2.5": SERVICES, "3.5": RENTED * RENT * FLAT, "4.1": PAYMENTS * PAID * FLAT}
NUMBER_OF = {"1.8": "1.1", "1.9": "1.3"}  # rates


@dataclass(frozen=True)
class Kind:
    """How a world varies. series: variance / mean of the number of events. repeats: of calls, by callers again."""

    series: float = 1.0
    repeats: float = 3.0
    quarters: int = 13
    times: dict = field(default_factory=dict)  # by code, what the last quarter has of what it would have


@dataclass
class World:
    """numbers: by code, of each quarter; regions: by code, (quarters, regions); parts: by code, of each quarter what a
    sum consists of; answers: of each quarter an array (events, groups, (asked, before, better, worse)).
    """

    numbers: dict
    regions: dict
    parts: dict
    answers: list


def over_dispersed(rng, means, dispersion):
    """Numbers with variance = dispersion x mean: negative binomial, or Poisson."""
    return rng.poisson(means if dispersion <= 1 else rng.gamma(means / (dispersion - 1), dispersion - 1))


def calls(rng, mean, repeats):
    """How often each caller called: 1 and geometrically more, so that variance / mean of all calls is `repeats`."""
    again = 2 / (repeats + 1)
    return rng.geometric(again, rng.poisson(mean * again))


def drawn(rng, kind, residents):
    """A world. residents: of each region, as shares of all."""
    places = range(kind.quarters)
    times = {code: np.array([1.0] * (kind.quarters - 1) + [kind.times.get(code, 1.0)]) for code in MEANS}
    means = {code: np.resize(mean, kind.quarters) * times[code] for code, mean in MEANS.items()}
    numbers = {code: rng.poisson(means[code]) for code in (*PEOPLE, "2.5")}
    numbers["1.1"] = over_dispersed(rng, means["1.1"], kind.series)
    before = rng.poisson(PEOPLE["2.2"][0], SERVED - 1)
    served = np.concatenate([before, numbers["2.2"]])
    numbers["2.3"] = np.convolve(served, np.ones(SERVED), "valid")
    sizes = [1 + np.round(rng.gamma(SHAPE, SIZE / SHAPE, count)) for count in numbers["1.1"]]
    callers = [calls(rng, means["1.3"][place], kind.repeats) for place in places]
    where = [rng.choice(len(residents), len(of), p=residents) for of in (*sizes, *callers)]
    size = len(residents)
    numbers["1.6"] = rng.poisson(means["1.6"])
    regions = {
        "1.1": [np.bincount(where[place], minlength=size) for place in places],
        "1.2": [np.bincount(where[place], sizes[place], size) for place in places],
        "1.3": [np.bincount(where[kind.quarters + place], callers[place], size) for place in places],
        "1.6": [rng.multinomial(number, residents) for number in numbers["1.6"]],
    }
    parts = {"1.2": sizes}
    for code, number, mean in (("4.1", PAYMENTS, PAID), ("3.5", RENTED, RENT)):
        parts[code] = [rng.gamma(1 / UNEVEN, mean * UNEVEN, number) * times[code][place] for place in places]
    numbers |= {code: np.array([of.sum() for of in found]) for code, found in parts.items()}
    numbers["1.3"] = np.array([of.sum() for of in callers])
    answers = [answered(rng, max(2, rng.binomial(number, ASKED))) for number in numbers["1.1"]]
    return World(numbers, {code: np.array(found) for code, found in regions.items()}, parts, answers)


def answered(rng, events):
    """Of events that ask, by group: how many were asked, knew before, got better and got worse."""
    asked = 1 + rng.poisson(ANSWERS / 2 - 1, (events, 2))
    aware = beta(rng, AWARE, (events, 1))
    before = rng.binomial(asked, aware)
    worse = rng.binomial(before, beta(rng, TURNED / AWARE, (events, 1)))
    better = rng.binomial(asked - before, beta(rng, TURNED / (1 - AWARE), (events, 1)))
    return np.stack([asked, before, better, worse], axis=2)


def beta(rng, mean, size):
    """Shares of events that differ, so that two answers of one event correlate by ALIKE."""
    whole = 1 / ALIKE - 1
    return rng.beta(mean * whole, (1 - mean) * whole, size)


def known_of(world, kind):
    """What analyses know of a world: a Known of the shipped project with its numbers in place of the shipped ones."""
    shipped = evaluated(PERIODS[kind.quarters - 9]).known
    project = replace(shipped.project, targets=tuple(targets()))
    known = replace(shipped, project=project)
    put = Put(world, project)
    put.residents = sorted(one.category for one in shipped.by_key["1.1", "project to date", "oblast"])
    rows = {key: put.row(key, row) for key, row in shipped.by_key.items()}
    series = {code: tuple(map(put.total, row)) for code, row in shipped.series.items()}
    years = {code: tuple(map(put.total, row)) for code, row in shipped.by_year.items()}
    known.__dict__.update(by_key=rows, series=series, by_year=years)  # what the cached properties would have
    return known


def shares_of_residents():
    """The regions in order, and of each the share of all residents."""
    known = evaluated(PERIODS[-1]).known
    found = known.by_key["1.8", "project to date", "oblast"]
    people = {one.category: one.denominator for one in found}
    names = sorted(people)
    return np.array([people[name] for name in names]) / sum(people.values())


def targets():
    """Of what adds up, what the steady process gives in each year and in the life of the project."""
    for code, mean in MEANS.items():
        for label, quarters in (("LOP", OF_PROJECT), *((f"FY{year}", 4) for year in range(2012, 2016))):
            level = float(np.resize(mean, quarters).sum())
            yield Target(indicator=code, period=label, target=Aim(level=level), rationale="The process gives it.")


class Put:
    """A world's numbers in the place of others."""

    def __init__(self, world, project):
        self.world, self.calendar, self.start = world, project.calendar, project.facts.start

    def span(self, value):
        """The places of the quarters that a value is of."""
        last = len(self.world.numbers["1.1"])
        first, end = (
            12 * (day.year - self.start.year) + day.month - self.start.month for day in (value.start, value.end)
        )
        return slice(min(first // 3, last), min(end // 3 + 1, last))

    def row(self, key, row):
        code, horizon, way = key
        if horizon == "as published":
            return row
        if way == EVIDENCE:
            return self.evidence(code, row)
        if way == "total":
            return [*map(self.total, row)]
        if way == "oblast" and code in self.world.regions:
            return [self.region(one) for one in row]
        if way in ("sex", "change") and code in ("1.4", "1.5", "1.7"):
            return [self.group(one) for one in row]
        return row

    def total(self, value):
        code = value.sheet.code
        if code in NUMBER_OF:
            number = float(self.world.numbers[NUMBER_OF[code]][self.span(value)].sum())
            rate = number * 100_000 / value.denominator
            return replace(value, value=rate, low=rate, high=rate, numerator=number)
        if code in self.world.numbers:
            quarters = self.world.numbers[code][self.span(value)]
            number = float(quarters[-1] if code == "2.3" and len(quarters) else quarters.sum())
            return as_exact(value, number)
        return self.group(value) if code in ("1.4", "1.5", "1.7") else value

    def region(self, value):
        place = self.residents.index(value.category) if value.category in self.residents else None
        if place is None:
            return as_exact(value, 0.0)
        return as_exact(value, float(self.world.regions[value.sheet.code][self.span(value), place].sum()))

    def group(self, value):
        """A share, a gain, or how many changed: of both groups, or of one."""
        quarters = [of.sum(axis=0) for of in self.world.answers[self.span(value)]]
        if not quarters:
            return value
        by_group = np.sum(quarters, axis=0)
        place = GROUPS.index(value.category) if value.category in GROUPS else slice(None)
        asked, before, better, worse = np.atleast_2d(by_group[place]).sum(axis=0).astype(float)
        changed = {"got better": better, "got worse": worse, "stayed": asked - better - worse}
        if value.category in changed:
            return as_exact(value, changed[value.category])
        if value.category == "not recorded":
            return value
        above = {"1.4": before, "1.5": before + better - worse, "1.7": 100 * (better - worse)}[value.sheet.code]
        return replace(as_exact(value, above / asked), numerator=float(above), denominator=float(asked))

    def evidence(self, code, row):
        span = self.span(row[0]) if row else slice(0, 0)
        if code in self.world.parts:
            parts = np.concatenate(self.world.parts[code][span] or [np.zeros(0)])
            found = {UNITS: len(parts), EFFECTIVE: parts.sum() ** 2 / (parts**2).sum() if len(parts) else math.nan}
        elif code in ("1.4", "1.5", "1.7") and self.world.answers[span]:
            found = clustered(code, np.concatenate(self.world.answers[span]).sum(axis=1))
        else:
            return row
        people = code not in self.world.parts or code == "1.2"
        return [] if people and found[UNITS] < 10 else [as_told(one, found[one.category], people) for one in row]


def as_exact(value, number):
    return replace(value, status="exact", value=float(number), low=float(number), high=float(number))


def as_told(value, number, rounded):
    """Evidence of people is told to two significant digits."""
    step = 10 ** (math.floor(math.log10(number)) - 1) if rounded else 0
    number = float(round(number / step) * step if step else number)
    return replace(value, status="rounded", value=number, low=number - step / 2, high=number + step / 2)


def clustered(code, events):
    """The design effect: the variance of the ratio linearised over events / that of independent answers."""
    asked, before, better, worse = events.T.astype(float)
    part = {"1.4": before, "1.5": before + better - worse, "1.7": better - worse}[code]
    size, number = asked.sum(), len(events)
    share = part.sum() / size
    between = number / (number - 1) * ((part - share * asked) ** 2).sum() / size**2
    one = share * (1 - share) if code != "1.7" else (better + worse).sum() / size - share**2
    return {UNITS: number, DESIGN_EFFECT: max(0.01, between / (one / size))}
