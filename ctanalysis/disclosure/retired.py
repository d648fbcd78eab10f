"""The last totals of indicators that are told no more, past the gate."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from ctanalysis.disclosure.gate import protect
from ctanalysis.disclosure.printed_bounds import bounded
from ctanalysis.disclosure.protected import Protected
from ctanalysis.disclosure.waiting import Standing
from ctanalysis.project import Project


def with_retired(
    told: Protected,
    exact: Iterable[pd.DataFrame],
    project: Project,
    standing: Standing,
    printed: Sequence[pd.DataFrame],
) -> Protected:
    """What is told, and after it the exact totals of retired sheets, protected as if they had never been retired.

    The conditions of all sheets, retired or not, then decide what of them is part of a breakdown.
    """
    frames = list(exact)
    if not frames:
        return told
    every = replace(project, sheets=project.every_sheet, retired=())
    return told.and_(bounded(protect(pd.concat(frames), every, standing, printed), every))
