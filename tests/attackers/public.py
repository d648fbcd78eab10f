"""What everybody may know of an indicator: its categories, how its numbers hang together, and what is printed.

Written from the project's own files (datapackage.json, policy.toml, the reference sheets), which are
public, and from printed cells. Nothing here is taken from ctanalysis.disclosure.audit: an attacker who shared
its code would share its mistakes.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import inf, isnan
from typing import NamedTuple

ALL, INSIDE, OUTSIDE = "all", "inside", "outside"  # of a share: whom it is of, those it counts, the rest


class Printed(NamedTuple):
    """A printed number: between low and high, both possible. few: it is printed as one of few people."""

    first: str
    last: str
    way: str
    category: str
    part: str
    low: float
    high: float
    few: bool


class Shown(NamedTuple):
    """What an attacker shows: a number of 1 to 9 (or of few people, and not nobody)."""

    first: str
    last: str
    way: str
    category: str
    part: str
    low: float
    high: float


@dataclass(frozen=True)
class Public:
    """fields: the categories of each field of a breakdown. ways: the fields of each breakdown. kind:
    "adds up" over days, "each period" (people of the span) or "level".

    lasting: the fields that are the same for a person on all days. services: cells are of services
    and are judged by the people behind them. guarded: the total is part of a breakdown too. waits: breakdowns are
    told to date, and a year is a difference.
    """

    fields: dict
    ways: tuple
    kind: str
    share: bool
    lasting: frozenset
    services: bool
    guarded: bool
    fewer_than: int
    round_to: int
    waits: bool = False

    @property
    def parts(self):
        return (INSIDE, OUTSIDE) if self.share else (ALL,)

    def categories(self, way):
        """The categories of a breakdown, as they are printed."""
        if way == "total":
            return ["all"]
        return [" × ".join(names) for names in product(*(self.fields[name] for name in way.split(" × ")))]


def known_of(project, code, guarded=False):
    """The Public of an indicator."""
    sheet = project.sheet(code)
    what = getattr(sheet.calculation, "denominator", sheet.calculation)
    names = dict.fromkeys(name for way in sheet.disaggregations for name in way)
    located = {name: project.package.locate(sheet.calculation.table, name) for name in names}
    fields = {
        name: (*found.field.labels, *(["not recorded"] if found.may_be_missing else []))
        for name, found in located.items()
    }
    lasting = frozenset(
        name for name, found in located.items() if found.steps and found.steps[0][0] == getattr(what, "person", "")
    )
    kind = (
        "level"
        if what.measure == "level"
        else "each period"
        if getattr(what, "counted", "once") == "each period"
        else "adds up"
    )
    rule = project.policy.rules[project.package.tables[sheet.calculation.table].disclosure]
    ways = tuple(" × ".join(way) for way in sheet.disaggregations)
    described = project.package.tables[sheet.calculation.table].table_schema.model_dump()
    alone = {
        *described["primary_key"],
        *(field["name"] for field in described["fields"] if field["constraints"]["unique"]),
    }  # a person has one row at the most
    things = bool(rule.person) and what.measure != "people" and (rule.person not in alone or what.measure == "sum")
    return Public(
        fields,
        ways,
        kind,
        sheet.calculation.measure == "share",
        lasting,
        things,
        guarded,
        rule.fewer_than,
        rule.round_to,
        bool(rule.nodes),
    )


def printed_of(frame, public):
    """The Printed numbers in a frame of told values; what is withheld says nothing.

    Those recorded follow from the total and those not recorded, which are exact.
    """
    found, start = [], frame["start"].min()
    rows = frame[frame["category"] != "recorded"]
    for row in rows.drop_duplicates(["start", "end", "disaggregation", "category"]).itertuples(index=False):
        place = (row.start, row.end, row.disaggregation, row.category)
        if public.share and row.denominator > 0 and isnan(row.numerator):
            found.append(Printed(*place, ALL, row.denominator, row.denominator, False))
            found.append(Printed(*place, INSIDE, *_of_share(row), False))
        elif row.status in ("exact", "rounded") and public.share:
            exact = row.disaggregation == "total" and not public.guarded
            found.append(Printed(*place, ALL, *_span(row.denominator, exact, public), False))
            found.append(Printed(*place, INSIDE, *_span(row.numerator, False, public), False))
        elif row.status == "rounded" and row.start != start and public.waits:  # the difference of two rounded numbers
            slack = public.round_to - 1
            found.append(Printed(*place, ALL, max(0, row.value - slack), row.value + slack, False))
        elif row.status in ("exact", "rounded"):
            found.append(Printed(*place, ALL, *_span(row.value, row.status == "exact", public), False))
        elif row.status.startswith("fewer than"):
            assert isnan(row.value) and row.status == f"fewer than {public.fewer_than}" + (
                " people" if public.services else ""
            )
            found.append(Printed(*place, ALL, 0, inf if public.services else public.fewer_than - 1, True))
        elif "–" in row.status:
            found.append(Printed(*place, ALL, *map(int, row.status.split("–")), False))
    return found


def _of_share(row):
    """The whole numbers counted that print as this share, tried one by one."""
    whole = int(row.denominator)
    every = {counted: 100 * counted / whole for counted in range(whole + 1)}
    if isnan(row.value):
        low, high = map(int, row.status.removesuffix(" %").split("–"))
        fits = [counted for counted, per_cent in every.items() if low - 1e-9 <= per_cent <= high + 1e-9]
    else:
        fits = [counted for counted, per_cent in every.items() if abs(per_cent - 100 * row.value) <= 0.5 + 1e-9]
    return min(fits), max(fits)


def _span(number, exact, public):
    """The whole numbers that print as this one: tried one by one."""
    if exact:
        return number, number
    half_up = [
        n
        for n in range(int(number) - 10, int(number) + 11)
        if n >= public.fewer_than and (2 * n + public.round_to) // (2 * public.round_to) * public.round_to == number
    ]
    return min(half_up), max(half_up)


def the_day_after(day):
    return (date.fromisoformat(day) + timedelta(1)).isoformat()


def the_day_before(day):
    return (date.fromisoformat(day) - timedelta(1)).isoformat()


def ends_of(printed):
    """The days on which something printed begins, or the day after it ends:
    time, cut at these, falls into the shortest spans of which anything is said.
    """
    return sorted({cell.first for cell in printed} | {the_day_after(cell.last) for cell in printed})


def is_guarded(public, way, part):
    """Whether a number may not be shown to be of 1 to 9: part of a breakdown.

    Of a share those it counts and the rest in the total, too.
    """
    return way != "total" or public.guarded or (public.share and part != ALL)


def few(printed):
    """The places that are printed as of few people: there, more than nobody is enough."""
    return {cell[:5] for cell in printed if cell.few}


def shows(low, high, place, printed_few, public):
    """Whether bounds show that a number is small and not nothing."""
    return not is_told(public, place[3]) and low > 0.999 and (high < public.fewer_than or place in printed_few)


def is_told(public, category):
    """Whether a number is told exactly by the rule: who is not recorded, where breakdowns wait."""
    return public.waits and category == "not recorded"
