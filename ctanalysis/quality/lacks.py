"""What is missing of the records behind the totals of a report, in words."""

from datetime import date

import pandas as pd

from ctanalysis.disclosure import Protected
from ctanalysis.disclosure.protected import only_protected
from ctanalysis.language import Worded
from ctanalysis.project import Project
from ctanalysis.quality.basis import Basis
from ctanalysis.quality.data import Data
from ctanalysis.quality.received import lack, unfilled
from ctanalysis.records import Records


def lacks(project: Project, rows: Records, *values: Protected) -> dict[tuple[str, str, str], str]:
    """By indicator, first and last day (ISO): what is missing of the records behind a value, where something is."""
    frames = [only_protected(frame.where(disaggregation="total")) for frame in values]
    totals = pd.concat([frame[["indicator", "start", "end", "rows", "lacking"]] for frame in frames]).drop_duplicates()
    found, data = dict[tuple[str, str, str], str](), Data(project, rows)
    for code, start, end, *counts in totals.itertuples(index=False, name=None):
        sheet, days = project.sheet(code), (date.fromisoformat(start), date.fromisoformat(end))
        words = lack(project, rows, sheet, *days), unfilled(Basis(data, sheet, *days), *counts)
        if any(words):
            found[code, start, end] = Worded.joined(words)
    return found
