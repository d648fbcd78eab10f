"""What came of a period and what did not, for those who work with the records: tables and partners by name."""

from collections.abc import Iterator

from ctanalysis.disclosure.breakdowns import cut_by
from ctanalysis.intake.datacheck.screen import visible
from ctanalysis.language import Speech
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.quality import arrival
from ctanalysis.records import Records
from ctanalysis.records.findings import ENGLISH
from ctanalysis.records.not_due import due_with
from ctanalysis.records.received import within


def arrived(project: Project, records: Records, period: Period, speech: Speech = ENGLISH) -> str:
    """First how many of the tables that are due came, and what cannot be told; then what did not come, line by line."""
    came, plain = arrival(project, records, period), speech.plain
    key = "came" if came.due else "none_due"
    first = plain(f"check.{key}", n=came.whole, due=came.due, period=period.label)
    if came.not_due:
        first = plain("check.not_over", quarter=came.not_due, period=period.label)
    if came.in_part:
        first += f", {plain('check.in_part', n=came.in_part)}"
    if came.untold:
        first += f"; {plain('check.untold', n=len(came.untold), codes=', '.join(came.untold))}"
    lines = [*_lines(project, records, period, speech), *_never_told(project, speech)]
    return "\n".join(map(visible, [f"{first}.", *(f"  {line}" for line in lines)]))


def _never_told(project: Project, speech: Speech) -> Iterator[str]:
    """A line to each indicator whose total would be a cell of a breakdown of people, and is not told by itself."""
    for sheet in project.sheets:
        rule, fields = project.disclosure_rule(sheet), cut_by(project, sheet)
        if rule.audited and fields:
            told = [one.sheet for one in rule.breakdowns if one.by.removesuffix(COARSE) in fields]
            other = speech.plain("check.told_by", code=told[0]) if told else speech.plain("check.not_at_all")
            names = ", ".join(sorted(fields))
            yield speech.plain("check.never", code=sheet.code, fields=names, people=rule.describes, other=other)


def _lines(project: Project, records: Records, period: Period, speech: Speech) -> Iterator[str]:
    plain, tables = speech.plain, project.package.tables
    for table, missing in records.missing.items():
        for one in within(missing, period.start, period.end):
            title = f"{tables[table].title} ({table}), {one.quarter.label}"
            if not one.is_due:
                yield f"{title}: {plain('check.not_due', unit=due_with(project, tables[table], one.quarter.end).label)}"
            elif one.partners:
                who = {
                    "not_sent_by": one.silent,
                    "unusable_of": one.unusable,
                    "partly_of": one.partial,
                    "only_new": one.new,
                }
                why = [plain(f"check.{key}", who=speech.series(names)) for key, names in who.items() if names]
                what = plain("check.nothing_came" if one.is_whole else "check.not_all_came")
                yield f"{title}: {what}; {'; '.join(why)}"
            else:
                what = plain("check.doubted") if one.doubted else plain("check.asked", quarter=one.quarter.label)
                yield f"{title}: {what}"
