"""Which tables may be told, asked of the auditor in a fixed order.

A table is told whole or withheld whole. The order is that of the days on which tables end; of one
day first those of the year, then those of the project to date; by the reference sheet's own order.
Each is asked beside everything that may be told before it, so that what was told once is told
again, whatever comes after.
"""

import pandas as pd

from ctanalysis.audit import is_safe
from ctanalysis.audit.versions import versioned

TABLE = ["indicator", "start", "end", "disaggregation"]


def decided(cells, project, released=(), conditioned=()):
    """The tables (indicator, start, end, disaggregation) of audited classes that may be told.

    cells: of every span of days that is told up to a day, as each table by itself may be told, with
    the column `narrow`. released: frames of cells that were published before, in their order.
    NotAudited: what the auditor refuses to answer.
    """
    told = set()
    for sheet in (sheet for sheet in project.sheets if project.rule(sheet).audited):
        told |= _of_sheet(cells[cells["indicator"] == sheet.code], sheet, project, released, conditioned)
    return told


def _of_sheet(cells, sheet, project, released, conditioned):
    before = [frame[frame["indicator"] == sheet.code] for frame in released]
    tables = {key: rows for key, rows in cells[cells["narrow"] & (cells["status"] != "withheld")].groupby(TABLE, sort=False)}
    exact = cells[~cells["narrow"]]
    kept, told = [], set()

    def safe(more, end):
        now = pd.concat([exact[exact["end"] <= end], *kept, *more])
        return is_safe(versioned([*before, now]), project, conditioned)

    for end in sorted({key[2] for key in tables}):
        asked = sorted((key for key in tables if key[2] == end), key=lambda key: _order(key, sheet))
        if safe([tables[key] for key in asked], end):
            kept, told = kept + [tables[key] for key in asked], told | set(asked)
            continue
        for key in asked:
            if safe([tables[key]], end):
                kept, told = [*kept, tables[key]], told | {key}
    return told


def _order(key, sheet):
    """The shorter span first, one thing before two at once, then as the sheet has them."""
    ways = ["total", *(" × ".join(fields) for fields in sheet.disaggregations)]
    return -int(key[1].replace("-", "")), key[3].count("×"), ways.index(key[3])
