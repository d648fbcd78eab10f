"""What make receive shows: what the file holds, where it goes, what was found in it, what is still due."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from ctanalysis.intake.completeness import Arrived
from ctanalysis.intake.datacheck import details
from ctanalysis.intake.datacheck.screen import COUNTS, balance, counted, visible
from ctanalysis.intake.receiving.layout import Layout
from ctanalysis.intake.receiving.plan import Plan
from ctanalysis.intake.receiving.request import Request
from ctanalysis.project import Project
from ctanalysis.project.descriptor import Table
from ctanalysis.records import UNREAD, Records
from ctanalysis.records.columns import Columns
from ctanalysis.records.counted import counted_days, parts_of
from ctanalysis.records.repeated import GONE
from ctanalysis.records.whole_periods import covered

MOST_MISSING = 10
MOST_STOPPING = 5
IN_PART = " (came in part)"
UNUSABLE = " (sent, and no row can be used)"


def day_fields(project: Project, table: Table) -> list[str]:
    """The fields of a table that say when something was: by which reference sheets count, or else all of its days."""
    rows = parts_of(project, table.name)
    named = {getattr(one, key, None) for one in rows for key in ("date", "start")}
    days = [name for name, field in table.fields.items() if field.type == "date"]
    return [name for name in days if name in named] or days


def days_of(project: Project, records: Records, table: str, path: str, sheet: str | None = None) -> pd.Series:
    """The days of a table's used rows from a file, or from a sheet of it; of periods, days of all their months."""
    places = records.places[table]
    used = places[~places["held"]]
    here = (used["path"] == path).to_numpy(bool)
    if sheet is not None:
        here = here & (used["sheet"] == sheet).to_numpy(bool)
    frame = records.frames[table]
    fields = project.package.tables[table].fields
    names = [name for name in day_fields(project, project.package.tables[table]) if name in frame]
    days = [np.array([], np.int64)]
    for name in names:
        own = frame[name][here].dropna().to_numpy("datetime64[D]").astype(np.int64)
        days.append(np.asarray(covered(fields[name], own, project.facts), np.int64))
    return pd.Series(np.concatenate(days).astype("datetime64[D]").astype("datetime64[s]"))


def counted_days_of(project: Project, records: Records, table: str, path: str) -> pd.Series:
    """The days of a table's used rows from a file by which they are counted; none where what stands is counted."""
    is_standing = any(part.measure == "level" for part in parts_of(project, table))
    own = {*counted_days(project, table)} & {*project.package.tables[table].fields}
    return pd.Series([], dtype="datetime64[s]") if is_standing or not own else days_of(project, records, table, path)


def _span(project: Project, records: Records, table: str, days: pd.Series) -> str:
    """From when to when; or whose days the rows have."""
    if len(days):
        return f", {days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}"
    tables = project.package.tables
    columns = Columns(project.package, records, table)
    others = [name for day in counted_days(project, table) if (name := columns.located(day).table) != table]
    if others and not day_fields(project, tables[table]):
        return f", its days are those of {tables[others[0]].title}"
    return ", no day"


def found(project: Project, records: Records, layout: Layout, path: str) -> Iterator[str]:
    """A line for each sheet and table: rows, and from when to when; and for each sheet that is not read."""
    tally = records.tally[records.tally["path"] == path]
    for table, sheet, *rows in tally[["table", "sheet", *COUNTS]].itertuples(index=False, name=None):
        days = days_of(project, records, table, path, sheet)
        span = _span(project, records, table, days)
        where = f"sheet '{sheet}': " if sheet else ""
        yield visible(f"{where}{project.package.tables[table].title} ({table}), {balance(*rows)}{span}")
    for sheet in layout.others:
        yield visible(f"sheet '{sheet}': no table, so it is not read")


def planned(project: Project, plan: Plan, request: Request, period: str) -> Iterator[str]:
    """Where the file goes, and what else changes."""
    verb = "would go to" if request.dry else "is now"
    yield visible(f"The file {verb} {plan.place}")
    if plan.linked:
        yield f"datapackage.json {_would(request)} it for {', '.join(plan.linked)}"
    row = f"{plan.place}, {request.partner}, {period}, {request.sent}"
    yield visible(f"deliveries.csv {'would have' if request.dry else 'has'} a row more: {row}")


def _would(request: Request) -> str:
    return "would name" if request.dry else "names"


def checked(project: Project, records: Records, request: Request, path: str) -> str:
    """What was found in the file, but for sheets that are not read, and days that COMPLETE=1 makes count.

    And what it lacks that the partner's earlier files of a table have, where each delivery has all rows anew.
    """
    more = ("after records_through",) if request.complete else ()
    tables = tables_of(records, path)
    own = {one.file for one in project.deliveries if one.partner == request.partner}
    gone = [one for one in records.findings if one.rule == GONE.rule and one.table in tables and one.path in own]
    here = of_path(records, path, *more)
    told = replace(here, findings=(*(one for one in here.findings if one not in gone), *gone))
    return details(told) or "Nothing was found in it."


def stopping(records: Records, path: str) -> list[str]:
    """What in other files and folders still keeps every report from being made."""
    others = [one for one in records.of(UNREAD) if one.path != path]
    more = [f"  and {len(others) - MOST_STOPPING} more"] if len(others) > MOST_STOPPING else []
    lines = [f"  {visible(str(one))}" for one in others[:MOST_STOPPING]]
    return ["", "No report can be made before this is mended as well:", *lines, *more] if others else []


def of_path(records: Records, path: str, *said: str) -> Records:
    """The Records with the findings of one file only, without sheets that are not read and rules that are said."""
    rules = {"unread sheet", *said}
    return replace(records, findings=tuple(f for f in records.findings if f.path == path and f.rule not in rules))


def tables_of(records: Records, path: str) -> list[str]:
    """The tables that are read from a file."""
    return list(dict.fromkeys(records.tally.loc[records.tally["path"] == path, "table"]))


def unusable(records: Records, path: str, period: str) -> list[str]:
    """A line where a file has rows, and none of them can be used."""
    tally = records.tally[records.tally["path"] == path]
    if tally["used"].sum() or not tally["read"].sum():
        return []
    return [
        f"No row of the file can be used. It does not count as come for {period}: have it put right and sent again."
    ]


def partner(project: Project, name: str, tables: list[Table]) -> Iterator[str]:
    """Whether a partner is new, for a name is easily misspelt. tables: those that list it as an organisation."""
    known = list(dict.fromkeys(one.partner for one in project.deliveries))
    if not known or name in known:
        return
    if tables:
        yield visible(f"{name} is in {tables[0].title}; it is new in deliveries.csv")
        return
    more = f" and {len(known) - MOST_MISSING} more" if len(known) > MOST_MISSING else ""
    yield visible(f"{name} is new there. Until now it had {', '.join(known[:MOST_MISSING])}{more}")


def due(project: Project, arrived: Arrived) -> Iterator[str]:
    """Whether the quarter is complete, and what is missing, by partner."""
    titles = {table.name: table.title for table in project.package.resources}
    tables = {table for _, table in arrived.come} & {*arrived.due}
    partly = {table for _, table in arrived.missing} & tables
    part = f", {len(partly)} of them in part" if partly else ""
    came = f"{len(tables)} of {counted(len(arrived.due), 'table')} came for {arrived.quarter}{part}"
    yield came if arrived.due else f"no table is due yet for {arrived.quarter}"
    by_partner: dict[str, list[str]] = {}
    for partner, table in arrived.missing:
        said = UNUSABLE if (partner, table) in arrived.unusable else IN_PART if table in partly else ""
        by_partner.setdefault(partner, []).append(titles[table] + said)
    for partner, names in list(by_partner.items())[:MOST_MISSING]:
        yield visible(f"  not yet sent by {partner}: {', '.join(names)}")
    if len(by_partner) > MOST_MISSING:
        yield f"  and by {len(by_partner) - MOST_MISSING} more partners"
    if arrived.never:
        yield f"  no delivery at all is listed of: {', '.join(titles[name] for name in arrived.never)}"
    if arrived.is_first:
        yield "  nothing was sent of an earlier quarter, so what is due cannot be told"
    elif arrived.is_complete:
        what = "all that was sent before has come again" if arrived.due else "nothing of it is due"
        yield f"{arrived.quarter} is complete: {what}"
