"""Who reported in a period: partners without rows, deliveries that came late or not at all."""

from dataclasses import dataclass

from ctanalysis.periods import Period
from ctanalysis.quality.basis import Basis
from ctanalysis.quality.data import Name


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
        _missing(basis),
    )


def _missing(basis: Basis) -> int:
    """For each partner and table: the quarters of the period without a delivery, from the first one delivered on."""
    gone = (one for table in basis.tables for one in basis.data.records.missing.get(table, ()))
    return sum(len(one.partners) for one in gone if _overlaps(basis, one.quarter))


def _overlaps(basis: Basis, period: Period) -> bool:
    return period.start <= basis.end and period.end >= basis.start
