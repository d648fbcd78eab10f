"""Which tables may be told, asked of the auditor in a fixed order.

A table is told whole or withheld whole. The order is that of the days on which tables end; of one
day first those of the year, then those of the project to date; by the reference sheet's own order.
Each is asked beside everything that may be told before it, so that what was told once is told
again, whatever comes after.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from hashlib import sha256

import pandas as pd

from ctanalysis.audit import is_safe
from ctanalysis.audit.versions import once, versioned

KEY = ["indicator", "start", "end", "disaggregation"]


def decided(cells, project, released=(), conditioned=()):
    """The tables (indicator, start, end, disaggregation) of audited classes that may be told.

    cells: of every span of days that is told up to a day, as each table by itself may be told, with
    the column `narrow`. released: frames of cells that were published before, in their order.
    NotAudited: what the auditor refuses to answer.
    """
    told = set()
    for sheet in (sheet for sheet in project.sheets if project.rule(sheet).audited):
        mine = cells[cells["indicator"] == sheet.code]
        before = [frame[frame["indicator"] == sheet.code] for frame in released]
        for now, earlier in _apart(mine, before, sheet):
            told |= _of_ways(Question(now, tuple(earlier), project, sheet, tuple(conditioned)))
    return told


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked about one sheet; two questions are one where everything that is asked of is the same, so that it is answered once."""

    cells: pd.DataFrame
    before: tuple
    project: object
    sheet: object
    conditioned: tuple

    @cached_property
    def _said(self):
        models = (self.sheet, self.project.rule(self.sheet), self.project.package)
        frames = (frame.to_csv(index=False) for frame in (self.cells, *self.before))
        return sha256("\x1f".join([*self.conditioned, *(model.model_dump_json() for model in models), *frames]).encode()).digest()

    def __eq__(self, other):
        return self._said == other._said

    def __hash__(self):
        return hash(self._said)


def _apart(cells, before, sheet):
    """The cells of each way to break down by themselves, where they tell nothing of each other: every unit of days has an exact total."""
    frames = [cells, *before]
    ways = list(dict.fromkeys(cells.loc[cells["disaggregation"] != "total", "disaggregation"]))
    linked = sheet.is_ratio or any("×" in way for way in ways) or versioned(frames[1:] + frames[:1])["version"].any()
    if linked or not _pinned(pd.concat(frames)):
        return [(cells, before)]
    return [_only(frames, way) for way in ways]


def _only(frames, way):
    now, *before = [frame[frame["disaggregation"].isin(["total", way])] for frame in frames]
    return now, before


def _pinned(cells):
    """Whether the exact totals are of every unit of days into which all spans fall."""
    days = sorted({*cells["start"], *((date.fromisoformat(end) + timedelta(1)).isoformat() for end in cells["end"])})
    units = {(first, (date.fromisoformat(after) - timedelta(1)).isoformat()) for first, after in zip(days, days[1:])}
    exact = cells[(cells["disaggregation"] == "total") & (cells["status"] == "exact")]
    return units <= set(zip(exact["start"], exact["end"]))


@lru_cache(maxsize=256)
def _of_ways(question):
    """The tables of a sheet, or of one way to break it down, that may be told."""
    cells, before, project, sheet = question.cells, once(question.before), question.project, question.sheet
    tables = {key: rows for key, rows in cells[cells["narrow"] & (cells["status"] != "withheld")].groupby(KEY, sort=False)}
    exact = cells[~cells["narrow"]]
    kept, told = [], set()

    def safe(more, end):
        now = pd.concat([exact[exact["end"] <= end], *kept, *more])
        return is_safe(versioned([*before, now]), project, question.conditioned)

    for end in sorted({key[2] for key in tables}):
        asked = sorted((key for key in tables if key[2] == end), key=lambda key: _order(key, sheet))
        together = safe([tables[key] for key in asked], end)
        for keys in [asked] if together else [[key] for key in asked]:
            if together or safe([tables[key] for key in keys], end):
                kept, told = kept + [tables[key] for key in keys], told | set(keys)
    return frozenset(told)


def _order(key, sheet):
    """The shorter span first, one thing before two at once, then as the sheet has them."""
    ways = ["total", *(" × ".join(fields) for fields in sheet.disaggregations)]
    return -int(key[1].replace("-", "")), key[3].count("×"), ways.index(key[3])
