"""The exact values of a period and of the periods that it is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ctanalysis import indicators, quality, records
from ctanalysis.indicators import Window
from ctanalysis.indicators.horizons import windows
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet
from ctanalysis.records import Records

HORIZONS = (
    "period",
    "fiscal year to date",
    "project to date",
    "previous period",
    "same period last year",
    "last fiscal year",
)


@dataclass(frozen=True, repr=False)
class Exact:
    """A period of a project as it is, nothing hidden.

    values: the frame of indicators.calculate. caveats: by indicator, which standards of quality
    its data did not meet. failures: by indicator, the rows and deliveries that these were not met by.
    """

    project: Project
    period: Period
    values: pd.DataFrame
    caveats: dict[str, str]
    failures: dict[str, str]

    @property
    def kind(self) -> str:
        """What kind of records the numbers are made from."""
        return "synthetic" if self.project.facts.synthetic else "recorded"


def calculated(project: Project, period: Period) -> Exact:
    """The Exact values of a period. Refused: records that cannot be read."""
    rows = records.read(project)
    wanted = [window for window in windows(project, period) if window.horizon in HORIZONS]
    values = numbers(project, rows, wanted, [_with_margins(sheet) for sheet in project.sheets])
    verdicts = quality.verdicts(project, rows, period)
    return Exact(project, period, values, quality.caveats(verdicts, period.label), quality.failures(verdicts))


def numbers(project: Project, rows: Records, wanted: Sequence[Window], sheets: Sequence[Sheet]) -> pd.DataFrame:
    """The exact values of sheets in windows of days, by their breakdowns, as indicators.calculate gives them."""
    return indicators.calculate(project, rows, wanted, sheets)


def _with_margins(sheet: Sheet) -> Sheet:
    """The sheet broken down for the working tables, and by each part of its two-way breakdowns as well.

    These are the numbers at the edges of a crossed table.
    """
    own = [*sheet.disaggregations, *sheet.working_tables]
    ways = [*own, *((name,) for fields in own for name in fields)]
    return sheet.model_copy(update={"disaggregations": tuple(sorted(dict.fromkeys(ways), key=len))})
