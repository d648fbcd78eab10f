"""Who reported in a period: partners without rows, deliveries that came late or not at all."""

from dataclasses import dataclass

from ctanalysis.periods import Period
from ctanalysis.quality.basis import Basis
from ctanalysis.quality.data import Delivery, Name


@dataclass(frozen=True)
class Sent:
    """The deliveries of a period, of all tables that an indicator rests on (see standards.timeliness)."""

    deliveries: int
    late: int
    latest: int | None
    missing: int


def gaps(basis: Basis) -> int | None:
    """How many quarters of the period have no row of a partner that is expected; None where no rule looks for them."""
    watched = {rule.table for rule in basis.project.rules.gap}.intersection(basis.tables)
    missing = [
        quarter
        for table in watched
        for partner, quarter in basis.data.gaps(table)
        if _overlaps(basis, quarter) and basis.project.quality.expects(partner, quarter.start)
    ]
    return len(missing) if watched else None


def deliveries(basis: Basis) -> Sent | None:
    """Sent of the period; None where no delivery of the sheet's own table up to it is listed."""
    listed = [one for one in basis.data.deliveries if one.table in basis.tables and one.period.start <= basis.end]
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


def _missing(basis: Basis, listed: list[Delivery]) -> int:
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
