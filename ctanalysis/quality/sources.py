"""Who reported in a period: partners without rows, deliveries that came late or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass

from ctanalysis.periods import Period
from ctanalysis.project.descriptor import Table
from ctanalysis.quality.basis import Basis
from ctanalysis.records.columns import Columns
from ctanalysis.records.gaps import quarters_without_rows

Name = tuple[str, str, str]  # file, partner and period of a delivery


@dataclass(frozen=True)
class Sent:
    """The deliveries of a period, of all tables that an indicator rests on (see standards.timeliness)."""

    deliveries: int
    late: int
    latest: int | None
    missing: int


def gaps(basis: Basis) -> int | None:
    """How many quarters of the period have no row of a partner that is expected; None where no rule looks for them."""
    rules = [rule for rule in basis.project.rules.gap if rule.table in basis.tables]
    missing = [
        quarter
        for rule in rules
        for partner, quarters in quarters_without_rows(
            rule, Columns(basis.project.package, basis.records, rule.table), basis.project
        )
        for quarter in quarters
        if _overlaps(basis, quarter) and basis.project.quality.expects(partner, quarter.start)
    ]
    return len(missing) if rules else None


def deliveries(basis: Basis) -> Sent | None:
    """Sent of the period; None where no delivery of the sheet's own table up to it is listed."""
    listed = [one for one in _listed(basis) if one.period.start <= basis.end]
    if not any(one.table == basis.table.name for one in listed):
        return None
    first: dict[Name, int] = {}
    for one in listed:
        if _overlaps(basis, one.period):
            first[one.name] = min(one.days, first.get(one.name, one.days))
    due = basis.project.quality.timeliness.due_days
    return Sent(
        len(first),
        sum(days > due for days in first.values()),
        max(first.values(), default=None),
        _missing(basis, listed),
    )


@dataclass(frozen=True)
class _Delivery:
    """A delivery of a table: who sent it, of which period, and how many days after its end."""

    table: str
    partner: str
    period: Period
    days: int
    name: Name


def _listed(basis: Basis) -> Iterator[_Delivery]:
    """What was sent of a period before it was over is not yet its delivery."""
    for one in basis.project.deliveries:
        period = basis.project.calendar.named(one.period)
        if one.sent < period.end:
            continue
        for table in (table for table in basis.tables if _is_of(one.file, basis.project.package.tables[table])):
            yield _Delivery(
                table, one.partner, period, (one.sent - period.end).days, (one.file, one.partner, one.period)
            )


def _is_of(file: str, table: Table) -> bool:
    return any(file == path or file.startswith(f"{path.rstrip('/')}/") for path in table.paths)


def _missing(basis: Basis, listed: list[_Delivery]) -> int:
    """For each partner and table: the quarters of the period without a delivery, from the first one delivered on."""
    of_pair: dict[tuple[str, str], list[Period]] = {}
    for one in listed:
        of_pair.setdefault((one.partner, one.table), []).append(one.period)
    quarters = [quarter for quarter in basis.project.calendar.completed("quarter") if _overlaps(basis, quarter)]
    return sum(
        quarter.end >= min(period.start for period in periods)
        and basis.project.quality.expects(partner, quarter.start)
        and not any(period.start <= quarter.end and period.end >= quarter.start for period in periods)
        for (partner, _), periods in of_pair.items()
        for quarter in quarters
    )


def _overlaps(basis: Basis, period: Period) -> bool:
    return period.start <= basis.end and period.end >= basis.start
