"""What a report publishes of the verdicts on its data; of a month nothing that a month does not tell."""

import pandas as pd

from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.quality.assessment import verdicts
from ctanalysis.quality.public import having, public
from ctanalysis.quality.standards import UNKNOWN
from ctanalysis.records import Records


def of_report(project: Project, records: Records, period: Period) -> pd.DataFrame:
    """What a report publishes of verdicts(): public() of them.

    Of a month nothing is told of people who are audited, nor whether their rows are good, for that says whether there
    are any. They have the verdicts of the last whole quarter; before there is one, it cannot be said. Whether a
    breakdown of others lacks much is not said either, as a month has none.
    """
    frame = public(verdicts(project, records, period), project)
    if period.kind != "month":
        return frame
    audited, protects = (frame["indicator"].isin(having(project, name)) for name in ("audited", "protects"))
    silent = protects & ~audited & (frame["standard"] == "precision")
    quarter = last_quarter(project, period)
    if quarter:
        of_quarter = public(verdicts(project, records, quarter), project)
        frame = frame.where(~audited, of_quarter).astype(frame.dtypes)
    else:
        silent |= audited
    return frame.assign(verdict=frame["verdict"].mask(silent, UNKNOWN), days=frame["days"].mask(silent, ""))


def last_quarter(project: Project, period: Period) -> Period | None:
    """The last quarter that is complete by the end of a period; None before there is one."""
    return next((one for one in reversed(project.calendar.completed("quarter")) if one.end <= period.end), None)
