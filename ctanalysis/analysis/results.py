"""The headline results of an area in a period: beside a year before, as a record, and beside what the season does."""

from collections.abc import Iterator
from dataclasses import dataclass

from ctanalysis.analysis.change import LAST_YEAR, PREVIOUS, Change
from ctanalysis.analysis.family import Claims
from ctanalysis.analysis.known import Known
from ctanalysis.analysis.series import adds_up, quarterly
from ctanalysis.analysis.values import Value
from ctanalysis.project.sheets import Sheet

FEWEST_QUARTERS, FEWEST_THINGS = 5, 5  # for a record to be worth a word


@dataclass(frozen=True)
class Result:
    """A headline result of the period. change: beside the same period last year, None where it is not compared.

    season: beside the period before, where it went the way it did in every earlier year; else None. record: 1 where no
    quarter before had as many, -1 where none had as few, of so many quarters; else 0. fired: whether a rule did in its
    series, clearly.
    """

    current: Value
    change: Change | None
    clear: bool
    record: int
    quarters: int
    season: Change | None = None
    fired: bool = False

    @property
    def notable(self) -> bool:
        """Whether it is a record with something clear behind it: of thirteen quarters one is always the most."""
        return bool(self.record) and (self.clear or self.fired)


def results(known: Known, claims: Claims, area: str) -> tuple[Result, ...]:
    """Those of an area (its code) that count something, and of which something is told, in the order of the sheets."""
    sheets = [sheet for sheet in known.project.sheets if sheet.headline and sheet.area == area and sheet.counts_up]
    return tuple(result for sheet in sheets for result in _result(known, claims, sheet))


def _result(known: Known, claims: Claims, sheet: Sheet) -> Iterator[Result]:
    current = known.total(sheet.code)
    if current is None or not current.told:
        return
    every = {one.detail: one for one in claims.all if (one.kind, one.code) == ("change", sheet.code)}
    year, before = every.get(LAST_YEAR), every.get(PREVIOUS)
    season = before.of if before and before.of.expected_by_season and not before.clear else None
    is_clear = bool(year and year.clear)
    fired = any(one.code == sheet.code and one.of.rule for one in claims.clear("signal"))
    yield Result(current, year.of if year else None, is_clear, *_record(known, sheet, current), season, fired)


def _record(known: Known, sheet: Sheet, current: Value) -> tuple[int, int]:
    """Whether a quarter has the most or the fewest of all, and of how many."""
    quarters = quarterly(known, sheet).known
    numbers = [one.value for one in quarters]
    enough = len(numbers) >= FEWEST_QUARTERS and max(numbers) >= FEWEST_THINGS
    if known.period.kind != "quarter" or not enough or not adds_up(sheet):
        return 0, len(numbers)
    if quarters[-1].start != current.start or numbers.count(current.value) > 1:
        return 0, len(numbers)
    return (current.value == max(numbers)) - (current.value == min(numbers)), len(numbers)
