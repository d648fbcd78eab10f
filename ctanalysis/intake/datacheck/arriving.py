"""What came of a period and what did not, for those who work with the records: tables and partners by name."""

from collections.abc import Iterator

from babel.lists import format_list

from ctanalysis.disclosure.breakdowns import cut_by
from ctanalysis.intake.datacheck.screen import counted, visible
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.quality import arrival
from ctanalysis.records import Records
from ctanalysis.records.received import within

ASKED = (
    "no row that can be read is dated in {quarter}, and deliveries.csv names nobody who sends it: was it sent? If "
    "there was nothing to record, write a line of deliveries.csv for it with rows = none"
)
DOUBTED = "its rows came, and none of them can be used: see what was held back"
NEVER = (
    "  Indicator {code}: its condition on {fields} cuts out some of the {people}, so that no total of it is published. "
    "{other}. If it is a figure of the contract, name it in contract_figures (policy.toml)."
)


def arrived(project: Project, records: Records, period: Period) -> str:
    """First how many of the tables that are due came, and what cannot be told; then what did not come, line by line."""
    came = arrival(project, records, period)
    first = f"{came.whole} of {counted(came.due, 'table')} came for {period.label}"
    if came.not_due:
        first = f"{came.not_due} is not over: nothing of it is due, and {period.label} is told of what came"
    if came.in_part:
        first += f", {came.in_part} of them without some partners"
    if came.untold:
        first += f"; {counted(len(came.untold), 'indicator')} cannot be told: {', '.join(came.untold)}"
    return "\n".join(map(visible, [f"{first}.", *_lines(project, records, period), *_never_told(project)]))


def _never_told(project: Project) -> Iterator[str]:
    """A line to each indicator whose total would be a cell of a breakdown of people, and is not told by itself."""
    for sheet in project.sheets:
        rule, fields = project.disclosure_rule(sheet), cut_by(project, sheet)
        if rule.audited and fields:
            told = [one.sheet for one in rule.breakdowns if one.by.removesuffix(COARSE) in fields]
            other = (
                f"The breakdown of indicator {told[0]} says what can be told of it" if told else "It is not told at all"
            )
            yield NEVER.format(code=sheet.code, fields=", ".join(sorted(fields)), people=rule.describes, other=other)


def _lines(project: Project, records: Records, period: Period) -> Iterator[str]:
    for table, missing in records.missing.items():
        for one in within(missing, period.start, period.end):
            title = f"  {project.package.tables[table].title} ({table}), {one.quarter.label}"
            if one.partners:
                silent, unusable = (format_list(list(who), locale="en") for who in (one.silent, one.unusable))
                why = [f"not sent by {silent}"] if silent else []
                why += [f"no row can be used of what {unusable} sent"] if unusable else []
                yield f"{title}: {'nothing came' if one.is_whole else 'not all came'}; {'; '.join(why)}"
            else:
                yield f"{title}: {DOUBTED if one.doubted else ASKED.format(quarter=one.quarter.label)}"
