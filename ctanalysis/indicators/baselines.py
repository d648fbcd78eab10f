"""Baselines that are calculated: of a sheet with survey rounds, its value in the baseline round."""

from datetime import date

import pandas as pd

from ctanalysis.indicators.people import with_people
from ctanalysis.indicators.rounds import days_by_round
from ctanalysis.indicators.stacked import columns_of
from ctanalysis.indicators.values import COLUMNS
from ctanalysis.indicators.windows import Window
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet
from ctanalysis.records import Records
from ctanalysis.records.columns import EPOCH

BASELINE = "baseline round"  # the horizon


def baselines(project: Project, records: Records, end: date) -> pd.DataFrame:
    """The exact values of with_people() of the baseline rounds, as they were known on a day: totals alone.

    A sheet without rounds, or without any row of its baseline round by then, has none. start and end: the quarters in
    which that round has rows; horizon BASELINE.
    """
    found = []
    for sheet in project.sheets:
        window = _window(project, records, sheet, end)
        if window and sheet.rounds:
            of_round = sheet.of_round(sheet.rounds.baseline).model_copy(update={"disaggregations": ()})
            found.append(with_people(project, records, [window], [of_round]).query("disaggregation == 'total'"))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COLUMNS)


def _window(project: Project, records: Records, sheet: Sheet, end: date) -> Window | None:
    """Whole quarters, of which totals are told, from the round's first row to its last one by the day."""
    if not sheet.rounds:
        return None
    of_rounds = days_by_round(columns_of(project.package, records, sheet), sheet)
    days = [int(day) for day in of_rounds.get(sheet.rounds.baseline, ()) if day <= end.toordinal() - EPOCH]
    if not days:
        return None
    first, last = (project.calendar.containing(date.fromordinal(day + EPOCH), "quarter") for day in (days[0], days[-1]))
    begun = project.calendar.containing(project.facts.start, "quarter")  # of a round before the project, its first
    closes = min(max(last.end, begun.end), end)
    return Window(BASELINE, first.start, closes).since(sheet.valid_from)
