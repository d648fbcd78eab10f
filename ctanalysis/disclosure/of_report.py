"""The values of a report, calculated and led through the gate in one pass."""

import pandas as pd

from ctanalysis import indicators
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.gate import protect
from ctanalysis.disclosure.printed_bounds import bounded
from ctanalysis.disclosure.protected import Protected
from ctanalysis.disclosure.retired import with_retired
from ctanalysis.disclosure.waiting import Standing
from ctanalysis.indicators.horizons import quarters, windows, years
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.records import Records


def of_report(
    project: Project, period: Period, rows: Records, standing: Standing, released: ledger.Ledger
) -> Protected:
    """An evaluation's values with their evidence, its history and the baselines of rounds, in one pass of the gate."""
    totals = [sheet.model_copy(update={"disaggregations": ()}) for sheet in project.sheets]
    asked, spans = windows(project, period), [*quarters(project, period), *years(project, period)]
    history = indicators.calculate(project, rows, spans, totals).query("disaggregation == 'total'")
    values, evidence = indicators.with_people(project, rows, asked), indicators.evidence(project, rows, asked)
    frames = (values, history, indicators.baselines(project, rows, period.end), evidence)
    exact = pd.concat([one for one in frames if len(one)], ignore_index=True)
    printed = ledger.printed(project, released)
    told = bounded(protect(exact, project, standing, printed), project)
    return with_retired(told, indicators.archived(project, rows), project, standing, printed)
