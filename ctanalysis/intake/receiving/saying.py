"""What make receive shows: what the file holds, where it goes, what was found in it, what is still due."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from ctanalysis.intake.completeness import Arrived
from ctanalysis.intake.datacheck import details
from ctanalysis.intake.datacheck.screen import balance, counted, visible
from ctanalysis.intake.receiving.layout import Layout
from ctanalysis.intake.receiving.plan import Plan
from ctanalysis.intake.receiving.request import Request
from ctanalysis.project import Project
from ctanalysis.project.descriptor import Table
from ctanalysis.records import HELD_BACK, Records
from ctanalysis.records.whole_periods import covered

MOST_MISSING = 10


def day_fields(project: Project, table: Table) -> list[str]:
    """The fields of a table that say when something was: by which reference sheets count, or else all of its days."""
    rows = [sheet.row_calculation for sheet in project.sheets if sheet.calculation.table == table.name]
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


def found(project: Project, records: Records, layout: Layout, path: str) -> Iterator[str]:
    """A line for each sheet and table: rows, and from when to when; and for each sheet that is not read."""
    tally = records.tally[records.tally["path"] == path]
    for table, sheet, *rows in tally[["table", "sheet", "read", "used", "held_back"]].itertuples(
        index=False, name=None
    ):
        days = days_of(project, records, table, path, sheet)
        span = f", {days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}" if len(days) else ", no day"
        where = f"sheet '{sheet}': " if sheet else ""
        yield visible(f"{where}{project.package.tables[table].title} ({table}), {balance(*rows)}{span}")
    for sheet in layout.others:
        yield visible(f"sheet '{sheet}': no table, so it is not read")


def planned(project: Project, plan: Plan, request: Request, period: str) -> Iterator[str]:
    """Where the file goes, and what else changes; and whether its partner is new, for a name is easily misspelt."""
    verb = "would go to" if request.dry else "is now"
    yield visible(f"The file {verb} {plan.place}")
    if plan.linked:
        yield f"datapackage.json {_would(request)} it for {', '.join(plan.linked)}"
    row = f"{plan.place}, {request.partner}, {period}, {request.sent}"
    yield visible(f"deliveries.csv {'would have' if request.dry else 'has'} a row more: {row}")
    known = list(dict.fromkeys(one.partner for one in project.deliveries))
    if known and request.partner not in known:
        more = f" and {len(known) - MOST_MISSING} more" if len(known) > MOST_MISSING else ""
        yield visible(f"{request.partner} is new there. Until now it had {', '.join(known[:MOST_MISSING])}{more}")


def _would(request: Request) -> str:
    return "would name" if request.dry else "names"


def checked(records: Records, request: Request, path: str) -> str:
    """What was found in the file, but for sheets that are not read, and days that COMPLETE=1 makes count."""
    said = {"unread sheet", *(("after records_through",) if request.complete else ())}
    findings = tuple(finding for finding in records.findings if finding.path == path and finding.rule not in said)
    return details(replace(records, findings=findings)) or "Nothing was found in it."


def sent_before(records: Records, path: str) -> Iterator[str]:
    """A line where keys of the file stand in other files, too, so that rows of these are held back now."""
    tables = set(records.tally.loc[records.tally["path"] == path, "table"])
    doubled = [one for one in records.of(HELD_BACK) if one.rule == "unique" and one.table in tables]
    others = list(dict.fromkeys(one.path for one in doubled if one.path != path))
    if others:
        yield visible(f"Keys stand in more than one file, and their rows are held back in {', '.join(others)} too.")
        yield "Where this file takes the place of an earlier one, take that one out of its folder."


def due(project: Project, arrived: Arrived) -> Iterator[str]:
    """Whether the quarter is complete, and what is missing, by partner."""
    titles = {table.name: table.title for table in project.package.resources}
    tables = {table for _, table in arrived.come} & {*arrived.due}
    yield f"{len(tables)} of {counted(len(arrived.due), 'table')} came for {arrived.quarter}"
    by_partner: dict[str, list[str]] = {}
    for partner, table in arrived.missing:
        by_partner.setdefault(partner, []).append(titles[table])
    for partner, names in list(by_partner.items())[:MOST_MISSING]:
        yield visible(f"  not yet sent by {partner}: {', '.join(names)}")
    if len(by_partner) > MOST_MISSING:
        yield f"  and by {len(by_partner) - MOST_MISSING} more partners"
    if arrived.never:
        yield f"  no delivery at all is listed of: {', '.join(titles[name] for name in arrived.never)}"
    if arrived.is_first:
        yield "  nothing was sent of an earlier quarter, so what is due cannot be told"
    elif arrived.is_complete:
        yield f"{arrived.quarter} is complete: all that was sent before has come again"
