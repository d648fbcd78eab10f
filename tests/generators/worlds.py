"""Small projects about people, and other registers that print the same: found by counting, without any solver.

A register here is people, each with one day and one label by each field; no two fields are told together, so that each
field stands for itself. The classes that are printed of it leave certain pairs of year totals for each category; which
of them add up to the exact totals of both years is counted through, category by category; a year's categories are then
dealt out to its quarters, whose totals are exact too. Everything that is possible is found.
"""

import csv
import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from random import Random

import numpy as np

from tests.generators import policies, small

QUARTERS = [
    (
        date(2011 + (9 + 3 * n) // 12, (9 + 3 * n) % 12 + 1, 1),
        date(2011 + (12 + 3 * n) // 12, (12 + 3 * n) % 12 + 1, 1) - timedelta(1),
    )
    for n in range(8)
]
YEARS = ((0, 1, 2, 3), (4, 5, 6, 7))
FIELDS = {"sex": ["F", "M", "-"], "kind": ["NA", "|", "007", "-"]}
LABELS = {"F": "female", "M": "male", "NA": "Namibian", "|": "bar", "007": "seven", "-": "not recorded"}
QUALITY = '[precision]\nat_most = 100\nreason = "A test."\n'  # what its verdict tells is a test of its own
FEWER = 10  # of the policy, about people


@dataclass(frozen=True)
class Register:
    """days: of each person. labels: by field, of each person."""

    days: tuple
    labels: dict

    @cached_property
    def quarters(self):
        return [next(n for n, (first, last) in enumerate(QUARTERS) if first <= day <= last) for day in self.days]

    def counts(self, field, categories):
        """People by quarter and category."""
        found = np.zeros((8, len(categories)), int)
        for quarter, label in zip(self.quarters, self.labels[field], strict=True):
            found[quarter, categories.index(label)] += 1
        return found

    def relabelled(self, field, counts, categories):
        """The same people on the same days with these counts; who can keep a label keeps it."""
        left, labels = counts.copy(), [None] * len(self.days)
        for number, (quarter, label) in enumerate(zip(self.quarters, self.labels[field], strict=True)):
            if left[quarter, categories.index(label)]:
                left[quarter, categories.index(label)] -= 1
                labels[number] = label
        for number, quarter in enumerate(self.quarters):
            if labels[number] is None:
                place = int(np.flatnonzero(left[quarter])[0])
                left[quarter, place] -= 1
                labels[number] = categories[place]
        return replace(self, labels=self.labels | {field: tuple(labels)})


@dataclass(frozen=True)
class Random_:
    """A random small project: its folder, its fields with their categories, its register."""

    folder: object
    fields: dict
    register: Register


def project(folder, seed):
    """The random project of a seed: people counted by one or two fields, which must be recorded or not."""
    random = Random(seed)
    names = random.choice([["sex"], ["kind"], ["sex", "kind"], ["sex", "kind"]])
    fields = {name: FIELDS[name][: -1 if random.random() < 0.3 else None] for name in names}
    weights = {name: [random.choice([1, 2, 5, 12]) for _ in labels] for name, labels in fields.items()}
    days = sorted(
        QUARTERS[number][0] + timedelta(random.randrange(85))
        for number in range(8)
        for _ in range(random.choice([0, 1, 3, 6, 9, 14, 20]))
    )
    labels = {name: tuple(random.choices(fields[name], weights[name], k=len(days))) for name in names}
    one = f'measure = "people"\ntable = "rows"\nperson = "person"\ndate = "day"\ndisaggregate = {json.dumps(names)}'
    small.write(folder, "day", one, disclosure="victims")
    orders = {name: [LABELS[label] for label in FIELDS[name][:-1]] for name in names}
    told = [policies.breakdown("x", name, order) for name, order in orders.items()]
    (folder / "policy.toml").write_text(policies.policy(*told, person="person"), encoding="utf-8")
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for field in package["resources"][0]["schema"]["fields"]:
        if field["name"] in fields and "-" not in fields[field["name"]]:
            field["constraints"] = {"required": True}
    path.write_text(json.dumps(package), encoding="utf-8")
    (folder / "quality.toml").write_text(QUALITY, encoding="utf-8")
    return Random_(folder, fields, Register(tuple(days), labels))


def write(folder, register):
    """The register as the project's records, a row for each person."""
    with (folder / "records" / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "day", "end", "person", "sex", "kind", "amount", "done"])
        for number, day in enumerate(register.days):
            sex, kind = (
                register.labels[name][number] if name in register.labels else "F|"[place]
                for place, name in enumerate(("sex", "kind"))
            )
            writer.writerow(
                [
                    f"r{number:04d}",
                    day,
                    "",
                    f"p{number:04d}",
                    *(label.replace("-", "") for label in (sex, kind)),
                    1,
                    "true",
                ]
            )


def printed(values, field, category, counts):
    """What is printed of a category: the bounds to each year's end, and of which spans (of each year, of both) it is
    "fewer than 10". counts: people by quarter; where a number is printed, the class is of that number alone.
    """
    to_date = [int(counts[: YEARS[0][-1] + 1].sum()), int(counts.sum())]
    statuses = [_status(values, field, category, start, end) for start, end in SPANS]
    bounds = [_bounds(status, true) for status, true in zip((statuses[0], statuses[2]), to_date, strict=True)]
    return bounds, [status == f"fewer than {FEWER}" for status in statuses]


SPANS = [(QUARTERS[0][0], QUARTERS[3][1]), (QUARTERS[4][0], QUARTERS[7][1]), (QUARTERS[0][0], QUARTERS[7][1])]


def _status(values, field, category, start, end):
    rows = values[
        (values["disaggregation"] == field)
        & (values["category"] == LABELS[category])
        & (values["start"] == str(start))
        & (values["end"] == str(end))
    ]
    [said] = {(row.status, row.value if row.status in ("rounded", "exact") else None) for row in rows.itertuples()}
    return said[0]


def _bounds(status, true):
    if status in ("rounded", "exact"):
        return true, true
    if status == f"fewer than {FEWER}":
        return 0, FEWER - 1
    low, high = map(int, status.split("–"))
    return low, high


class Field:
    """One field of a register and all other registers of the same people that print the same.

    bounds: by category, of the people to the end of each year.
    """

    def __init__(self, counts, bounds):
        self.counts, self.bounds = counts, bounds
        self.totals = counts.sum(axis=1)
        self.years = [int(self.totals[list(year)].sum()) for year in YEARS]
        self.options = [self._options(category) for category in range(counts.shape[1])]

    def _options(self, category):
        """The pairs of year totals that a category may have."""
        first, both = self.bounds[category]
        one, other = np.meshgrid(*(np.arange(total + 1) for total in self.years), indexing="ij")
        return (first[0] <= one) & (one <= first[1]) & (both[0] <= one + other) & (one + other <= both[1])

    def _reached(self, options):
        """For each number of categories, which pairs of sums the first so many can have."""
        reached = [np.zeros([total + 1 for total in self.years], bool)]
        reached[0][0, 0] = True
        for allowed in options:
            sums = np.zeros_like(reached[0])
            for one, other in zip(*np.nonzero(allowed), strict=True):
                sums[one:, other:] |= reached[-1][: sums.shape[0] - one, : sums.shape[1] - other]
            reached.append(sums)
        return reached

    def pairs(self, target, allowed, random):
        """Year totals of every category that add up, the target's within `allowed`; None where there are none."""
        options = [mask & allowed if place == target else mask for place, mask in enumerate(self.options)]
        reached, left, found = self._reached(options), tuple(self.years), []
        if not reached[-1][left]:
            return None
        for place in reversed(range(len(options))):
            pairs = [
                (one, other)
                for one, other in zip(*np.nonzero(options[place]), strict=True)
                if one <= left[0] and other <= left[1] and reached[place][left[0] - one, left[1] - other]
            ]
            found.append(tuple(map(int, random.choice(pairs))))
            left = (left[0] - found[-1][0], left[1] - found[-1][1])
        return found[::-1]

    def worlds(self, target, span, large, random, tries):
        """Counts in which the target category is nothing in the span, or as large as it can be at least.

        The likeliest first.
        """
        values = self.largest(span) if large else self.least(span)
        possible = list(np.unique(values[self.options[target]]))[:: -1 if large else 1]
        for value in possible[: len(possible) if large else 1]:
            if not large and value > 0:
                return
            for _ in range(tries):
                pairs = self.pairs(target, values == value, random)
                if pairs is None:
                    break
                yield int(value), self.dealt(pairs, target, span, large, random)

    def largest(self, span):
        """The most that a span can hold of a category, by its pair of year totals."""
        parts = [
            np.minimum(np.arange(total + 1), self.totals[[q for q in year if q in span]].sum())
            for year, total in zip(YEARS, self.years, strict=True)
        ]
        return parts[0][:, None] + parts[1][None, :]

    def least(self, span):
        """The least that it can hold: what the other quarters of its years have no place for."""
        parts = [
            np.maximum(0, np.arange(total + 1) - self.totals[[q for q in year if q not in span]].sum())
            for year, total in zip(YEARS, self.years, strict=True)
        ]
        return parts[0][:, None] + parts[1][None, :]

    def dealt(self, pairs, target, span, large, random):
        """The year totals of categories dealt out to the quarters, those of the target within the span first,
        or last.
        """
        counts = np.zeros_like(self.counts)
        for year in range(2):
            left, room = (
                {place: pair[year] for place, pair in enumerate(pairs)},
                {quarter: int(self.totals[quarter]) for quarter in YEARS[year]},
            )
            others = [place for place in left if place != target]
            random.shuffle(others)
            for place in [target, *others]:
                quarters = random.sample(YEARS[year], 4)
                if place == target:
                    quarters.sort(key=lambda quarter: (quarter in span) != large)
                for quarter in quarters:
                    put = min(left[place], room[quarter])
                    counts[quarter, place] += put
                    left[place], room[quarter] = left[place] - put, room[quarter] - put
        return counts
