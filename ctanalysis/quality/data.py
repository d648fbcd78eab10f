"""The data on which verdicts rest: a project's records, and what of them is the same for all sheets and periods.

What several sheets or periods ask for is worked out once, when it is first asked for.
"""

from functools import cache, cached_property, partial

from ctanalysis.base.arrays import Mask
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.rules import Gap
from ctanalysis.project.sheets import Sheet
from ctanalysis.records import NO_CONSENT, ON_PURPOSE, Records
from ctanalysis.records.columns import Columns
from ctanalysis.records.dating import held_days, held_for, spans
from ctanalysis.records.deliveries import Sent, sent
from ctanalysis.records.gaps import quarters_without_rows
from ctanalysis.records.needed import Need, lacking

NO_RECORDS = (
    "total",
    "columns again",
    NO_CONSENT,
    *ON_PURPOSE,
)  # rows held back for these are no records of anything, or none that may be counted

Name = tuple[str, str, str]  # file, partner and period of a delivery


class Data:
    """A project and its records.

    days(table, name), held_days(table, name): Dated of the used, and of the held-back rows of a table.
    spans(table, name): the first and the last day on which each row that was read may lie (see records.dating).
    held_records(table): which of a table's held-back rows are records that may be counted.
    gaps(rule): (partner, quarter without a row) as a rule `gap` finds them.
    lacking(code): as records.needed gives it of an indicator.
    """

    def __init__(self, project: Project, records: Records) -> None:
        self.project, self.records = project, records
        self.days = cache(lambda table, name: Columns(project.package, records, table).days(name))
        self.held_days = cache(partial(held_days, project, records))
        self.spans = cache(partial(spans, project, records))
        self.held_records = cache(lambda table: ~held_for(records, table, lambda finding: finding.rule in NO_RECORDS))
        self.gaps = cache(partial(_gaps, project, records))
        self.lacking = cache(lambda code: _lacking(project, records, project.sheet(code)))

    @cached_property
    def deliveries(self) -> tuple[Sent, ...]:
        """Every delivery of every table."""
        return tuple(sent(self.project))

    def has(self, one: Sent) -> bool:
        """Whether the file of a delivery is there, or it says that there was nothing to record."""
        return self.records.came[one.table].has(one)


def _lacking(project: Project, records: Records, sheet: Sheet) -> list[tuple[Need, Mask]]:
    return lacking(Columns(project.package, records, sheet.calculation.table), sheet)


def _gaps(project: Project, records: Records, rule: Gap) -> list[tuple[str, Period]]:
    columns = Columns(project.package, records, rule.table)
    found = quarters_without_rows(rule, columns, project)
    return [(partner, quarter) for partner, quarters in found for quarter in quarters]
