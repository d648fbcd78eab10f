"""What months add to what is public: of people who are audited nothing; of others nothing about any breakdown."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from ctanalysis import indicators
from ctanalysis.disclosure import breakdowns, protect
from ctanalysis.indicators.horizons import windows
from tests.attackers import linked as solver
from tests.attackers.public import known_of, printed_of
from tests.generators import linked_projects as linked

CELL = ["indicator", "start", "end", "disaggregation", "category", "value", "status"]
SILENT = ("not told", "not applicable")
CODES = ("once", "services", "each", "share")


def printed(project, records, periods):
    """What reports of these periods print of a project, with their comparisons, as far as anything is told."""
    spans = list(dict.fromkeys(w for period in periods for w in windows(project, period)))
    standing = linked.standing_in(project, records, periods[-1])
    frame = protect(indicators.with_people(project, records, spans), project, standing).values
    return frame[~frame["status"].isin(SILENT)].drop_duplicates(CELL).reset_index(drop=True)


def both(project):
    """Its quarters, and its months."""
    return project.calendar.completed("quarter"), project.calendar.completed("month")


@pytest.mark.few(4)
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("seed", range(3))
def test_months_tell_nothing_of_people_who_are_audited(seed, code):
    """Every cell that the reports of all months print stands in those of the quarters, so that no attacker gains."""
    project, records = linked.random_project(seed, code)
    of_quarters, of_months = (printed(project, records, periods) for periods in both(project))
    known = set(of_quarters[CELL].astype(str).itertuples(index=False, name=None))
    assert known >= set(of_months[CELL].astype(str).itertuples(index=False, name=None))


def of_callers(seed, way="sex"):
    """Two quarters of people who are counted once, by sex or area, under a policy as that of callers."""
    _, records = linked.random_project(seed, "once")
    rule = {"audited": False, "nodes": (), "breakdowns": (), "one_way": ("any",), "person": None}
    project = linked.with_sheets("once", ways=[(way,)], through=linked._end(2), **rule)
    return project, records


def shown(project, records, periods):
    """The cells of breakdowns that linear programs over all that is printed show to be of few."""
    public = known_of(project, "once")
    frame = pd.concat([printed(project, records, of) for of in periods], ignore_index=True)
    return {cell[:5] for cell in solver.attack(printed_of(frame.drop_duplicates(CELL), public), public)}


def of_quarters_only(project, found):
    """Those of the cells that begin with a quarter and end with one."""
    quarters = project.calendar.completed("quarter")
    starts, ends = {q.start.isoformat() for q in quarters}, {q.end.isoformat() for q in quarters}
    return {cell for cell in found if cell[0] in starts and cell[1] in ends}


@pytest.mark.parametrize("seed", range(6))
def test_totals_of_months_show_nothing_of_a_quarters_breakdown(seed):
    """With the exact totals of all months no solver shows more of the quarters' categories than without them."""
    project, records = of_callers(seed)
    quarters, months = both(project)
    more, less = (shown(project, records, periods) for periods in ([quarters, months], [quarters]))
    assert of_quarters_only(project, more) == less == of_quarters_only(project, less)


def test_breakdowns_of_months_would_show_more(monkeypatch):
    """23 people of the north and 4 of the south in October, 4 of the south in November and in December. The quarter
    tells about 10 of the south, the totals say that at most 8 came later: at least 2 in October. "Fewer than 10" there
    would show 2 to 9; it is not told.
    """
    days = [date(2011, month, 5) for month in (10, 11, 12)]
    rows = [(days[0], "N")] * 23 + [(day, "S") for day in days for _ in range(4)]
    records = linked.register([(day, "F", "L", area, True) for day, area in rows])
    project = of_callers(0, "area")[0]
    of_october = ("2011-10-01", "2011-10-31", "area", "south", "all")
    assert of_october not in shown(project, records, both(project))
    monkeypatch.setattr(breakdowns, "is_finer", lambda tables, project: np.zeros(len(tables), bool))
    assert of_october in shown(project, records, both(project))
