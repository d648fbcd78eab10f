"""What projects share: the indicators whose sheets name the same standard, and which of them are comparable.

Comparable are those that are calculated alike, in words and unit, of the same days: the most that are. The others stand
apart, each with its reason. Nothing is added up or ranked.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ctanalysis.analysis.pace import PROJECT, Pace, paces
from ctanalysis.analysis.tracking import TO_DATE
from ctanalysis.analysis.values import Tracked, Value
from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import Evaluation
from ctanalysis.indicators.residents import mean_residents
from ctanalysis.project.beyond import Standard
from ctanalysis.project.sheets import Sheet
from ctanalysis.region.members import Days, Member
from ctanalysis.tables.in_words import calculation_in_words

PER = 100_000  # residents
CALCULATION, UNIT, DAYS = "calculation", "unit", "days"  # why a row is not comparable


@dataclass(frozen=True, eq=False)
class Row:
    """A project's indicator. period, to_date: its totals; per: of the period for each 100,000 residents, or None.

    calculation: in words. apart: why it is not comparable with the others: "calculation", "unit" or "days"; else empty.
    """

    member: Member
    evaluation: Evaluation
    sheet: Sheet
    period: Value
    to_date: Value
    per: float | None
    tracked: Tracked
    pace: Pace | None
    calculation: str
    apart: str = ""


@dataclass(frozen=True)
class Shared:
    """A standard indicator. rows: those that are comparable; others: those that are not; without: who has none."""

    standard: Standard
    rows: tuple[Row, ...]
    others: tuple[Row, ...]
    without: tuple[Member, ...]

    @property
    def every(self) -> tuple[Row, ...]:
        """All rows, those that are comparable first."""
        return (*self.rows, *self.others)

    @property
    def calculated(self) -> list[list[Row]]:
        """All rows, those together that are calculated and defined in the same words."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.every:
            found.setdefault((row.calculation, row.sheet.definition), []).append(row)
        return [*found.values()]


def shared(members: Sequence[Member], days: Days) -> list[Shared]:
    """What at least two projects have in common, in the order of their lists of standards.

    Refused: two call the same standard otherwise, or there is nothing that two share.
    """
    found = [one for standard in _standards(members) for one in _of_standard(members, standard, days)]
    if not found:
        raise Refused(
            "No two of these projects have an indicator in common of these days: sheets that name the same standard, a "
            "code of [[standards]] in project.toml."
        )
    return found


def _standards(members: Sequence[Member]) -> list[Standard]:
    found: dict[str, tuple[Standard, Member]] = {}
    for member in members:
        for one in member.facts.standards:
            first, other = found.setdefault(one.code, (one, member))
            if first.name != one.name:
                raise Refused(
                    f"The standard {one.code} is '{first.name}' in {other.project.folder}/project.toml and "
                    f"'{one.name}' in {member.project.folder}/project.toml. Agree on one name, or on two codes."
                )
    return [one for one, _ in found.values()]


def _of_standard(members: Sequence[Member], standard: Standard, days: Days) -> Iterator[Shared]:
    rows = [row for member in members for row in _rows(member, standard)]
    if len(rows) < 2:  # noqa: PLR2004  # nothing is beside it
        return
    rows = _judged(rows, days)
    has = [row.member for row in rows]
    without = tuple(one for one in members if one.evaluation and one not in has)
    yield Shared(
        standard, tuple(row for row in rows if not row.apart), tuple(row for row in rows if row.apart), without
    )


def _rows(member: Member, standard: Standard) -> Iterator[Row]:
    evaluation = member.evaluation
    if evaluation is None:
        return
    known, project = evaluation.known, evaluation.project
    for sheet in (one for one in project.sheets if one.standard == standard.code):
        period, to_date = known.total(sheet.code), known.total(sheet.code, TO_DATE)
        if period is not None and to_date is not None:
            pace = next((one for one in paces(known) if (one.sheet, one.horizon) == (sheet, PROJECT)), None)
            words = calculation_in_words(project, sheet)
            tracked = known.tracked[sheet.code, TO_DATE]
            yield Row(member, evaluation, sheet, period, to_date, _per(evaluation, period), tracked, pace, words)


def _per(evaluation: Evaluation, value: Value) -> float | None:
    """For each 100,000 residents, of what counts something and is told as a number."""
    project, sheet = evaluation.project, value.sheet
    if not (value.number and sheet.counts_up) or not project.population.rows:
        return None
    [[residents]] = mean_residents(project, sheet, [(value.start, value.end)], [("total", "all")]).tolist()
    return None if math.isnan(residents) else PER * value.value / residents


def _judged(rows: Sequence[Row], days: Days) -> list[Row]:
    """The rows, each with why it is not comparable. Where no two are calculated alike, none is comparable."""
    units = Counter(row.sheet.unit for row in rows)
    alike = Counter((row.sheet.unit, row.calculation) for row in rows)
    [((unit, calculation), number)] = alike.most_common(1)
    if number == 1:
        [(unit, number)] = units.most_common(1)
        calculation = ""
    return [replace(row, apart=_apart(row, unit, calculation, days)) for row in rows]


def _apart(row: Row, unit: str, calculation: str, days: Days) -> str:
    if row.sheet.unit != unit:
        return UNIT
    if row.calculation != calculation:
        return CALCULATION
    return DAYS if (row.period.start, row.period.end) != (days.start, days.end) else ""
