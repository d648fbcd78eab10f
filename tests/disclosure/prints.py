"""What was printed, as an auditor sees it, in few words; and what the auditor finds in it.

About people, numbers of 0 to 9 in a breakdown are "fewer than 10", others are rounded to 5:
"about 10" is 10 to 12, "about 15" is 13 to 17. Totals are exact.
"""

import pandas as pd

from ctanalysis.disclosure.audit import opened
from ctanalysis.disclosure.audit.versions import CELL, PRINTED
from tests.generators import linked_projects as linked

NAN = float("nan")
YEAR_1, YEAR_2, YEAR_3 = ("2011-10-01", "2012-09-30"), ("2012-10-01", "2013-09-30"), ("2013-10-01", "2014-09-30")
TO_YEAR_2 = "2011-10-01", "2013-09-30"
QUARTER, NINE_MONTHS = ("2011-10-01", "2011-12-31"), ("2012-01-01", "2012-09-30")
FEW = "fewer than 10"


def project(code="once", *ways):
    return linked.with_sheets(code, ways=ways or (("sex",),))


def about(value):
    return (float(value), NAN, NAN, "rounded")


def exactly(value):
    return (float(value), NAN, NAN, "exact")


def share(inside, of, exact=True):
    return (inside / of, float(inside), float(of), "rounded")


def printed(*cells, code="once"):
    """Printed cells as a frame: (days, way, category, what is printed,
    the version of the register if it is not the first).
    """
    rows = []
    for days, way, category, what, *version in cells:
        shown = (NAN, NAN, NAN, what) if isinstance(what, str) else what
        rows.append((code, *days, way, category, *shown, *(version or [0])))
    return pd.DataFrame(rows, columns=[*CELL, *PRINTED, "version"])


def found(*cells, code="once", ways=(("sex",),), conditioned=()):
    """What the auditor opens: (first day, last day, category)."""
    return {
        (cell.start, cell.end, cell.category)
        for cell in opened(printed(*cells, code=code), project(code, *ways), conditioned)
    }


def of_areas(days, total, north, south, west, version=0):
    """A table by area with its total."""
    cells = [
        ("total", "all", exactly(total)),
        ("area", "north", north),
        ("area", "south", south),
        ("area", "west", west),
    ]
    return [(days, *cell, version) for cell in cells]
