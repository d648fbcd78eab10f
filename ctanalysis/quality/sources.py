"""Who reported in a period: partners without rows, deliveries that came late or not at all."""

from dataclasses import dataclass

from ctanalysis.periods import Period
from ctanalysis.project.rules import Gap
from ctanalysis.quality.basis import Basis
from ctanalysis.quality.data import Name
from ctanalysis.records.missing import Missing


@dataclass(frozen=True)
class Sent:
    """The deliveries of a period, of all tables that an indicator rests on (see standards.timeliness)."""

    deliveries: int
    late: int
    latest: int | None
    missing: int


def gaps(basis: Basis) -> int | None:
    """How many quarters of the period have no row of a partner that is expected; None where no rule looks for them."""
    return len(without_rows(basis)) if _watching(basis) else None


def without_rows(basis: Basis) -> list[tuple[str, Gap, str, Period]]:
    """Each quarter of the period without a row of a partner that is expected: table, the rule that looks, partner."""
    return [
        (rule.table, rule, partner, quarter)
        for rule in _watching(basis)
        for partner, quarter in basis.data.gaps(rule)
        if _overlaps(basis, quarter) and basis.project.quality.expects(partner, quarter.start)
    ]


def _watching(basis: Basis) -> list[Gap]:
    return [rule for rule in basis.project.rules.gap if rule.table in basis.tables]


def deliveries(basis: Basis) -> Sent | None:
    """Sent of the period; None where no delivery of the sheet's own table up to it is listed."""
    listed = [one for one in basis.data.deliveries if one.period.start <= basis.end]
    if not any(one.table == basis.table.name for one in listed):
        return None
    first = sent_after(basis)
    due = basis.project.quality.timeliness.due_days
    return Sent(
        len(first),
        sum(days > due for days in first.values()),
        max(first.values(), default=None),
        sum(len(one.partners) for _, one in not_sent(basis)),
    )


def sent_after(basis: Basis) -> dict[Name, int]:
    """Each delivery of the period, of all tables that an indicator rests on: sent how many days after its end.

    What is listed and not there was not sent.
    Of a table that is "repeated" a partner's later file of one period is the same delivery, sent again.
    """
    first: dict[Name, int] = {}
    files: dict[tuple[str, str, str], str] = {}
    for one in sorted(basis.data.deliveries, key=lambda one: one.day):
        if one.table in basis.tables and _overlaps(basis, one.period) and basis.data.has(one):
            earliest = files.setdefault((one.table, one.partner, one.period.label), one.file)
            if one.file == earliest or not basis.project.package.tables[one.table].repeated:
                first[one.name] = min(one.days, first.get(one.name, one.days))
    return first


def not_sent(basis: Basis) -> list[tuple[str, Missing]]:
    """What did not come of the period, of all tables that an indicator rests on: the table, and what."""
    gone = ((table, one) for table in basis.tables for one in basis.data.records.missing.get(table, ()))
    return [(table, one) for table, one in gone if _overlaps(basis, one.quarter)]


def _overlaps(basis: Basis, period: Period) -> bool:
    return period.start <= basis.end and period.end >= basis.start
