"""How much of the target for the life of the project has been reached, beside the time that has gone."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from ctanalysis import quality
from ctanalysis.base import precision
from ctanalysis.disclosure.protected import only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import bars
from ctanalysis.figures.chart import ORANGE, Chart
from ctanalysis.narrative.numbers import Marks

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NO_BREAK = "\u00a0"  # a space that keeps a line together
ADDING = ("count", "sum", "people")  # measures that grow with time, so that time gone is a yardstick


def progress(evaluation: Evaluation) -> Chart:
    """A bar for each indicator that is to increase, adds up and has a target, and a line for the time gone."""
    data = _data(evaluation)
    facts, end = evaluation.project.facts, evaluation.period.end
    gone = evaluation.project.calendar.percent_elapsed(facts.start, facts.end, end)
    title = f"Per cent of the target for the life of the project, by {Marks(facts.language).day(end).striptags()}"
    rows = data[["indicator", "name", "percent_of_target"]].itertuples(index=False, name=None)
    reached = ", ".join(f"{code} {name} {_percent(percent)}" for code, name, percent in rows)
    shown = only_protected(evaluation.protected_tracking).query("horizon == 'project to date'")
    lacks = quality.lack_notes(evaluation.lacks, shown[shown["indicator"].isin(data["indicator"])])
    notes = (*lacks, *quality.footnotes(evaluation.caveats, data["indicator"]))
    line = f"A line marks the {_percent(gone)} of the project's time that has gone."
    return Chart(
        name="progress",
        title=title,
        alt=" ".join([f"{title}: {reached}. {line}", *notes]),
        data=data,
        height=bars.height(_names(data)) + 0.4,
        draw=partial(_draw, gone=gone),
        synthetic=facts.synthetic,
        notes=notes,
    )


def _data(evaluation: Evaluation) -> pd.DataFrame:
    """A row for each bar: indicator, name, percent_of_target, caveat."""
    frame = only_protected(evaluation.protected_tracking)
    sheets, caveats = evaluation.project.sheets, evaluation.caveats
    adding = [sheet.code for sheet in sheets if sheet.measure in ADDING and sheet.direction == "increase"]
    to_date = frame[(frame["horizon"] == "project to date") & frame["indicator"].isin(adding)]
    rows = to_date.loc[to_date["percent_of_target"].notna(), ["indicator", "name", "percent_of_target"]]
    return rows.assign(caveat=[caveats.get(code, "") for code in rows["indicator"]]).reset_index(drop=True)


def _percent(value: float) -> str:
    return f"{precision.as_shown(value, 'count')}%"


def _names(rows: pd.DataFrame) -> list[str]:
    names = rows[["indicator", "name", "caveat"]].itertuples(index=False, name=None)
    return bars.broken(f"{code} {name}{NO_BREAK + quality.MARK if caveat else ''}" for code, name, caveat in names)


def _draw(figure: "Figure", rows: pd.DataFrame, gone: float) -> None:
    reached = rows["percent_of_target"].tolist()
    shown = [bars.Bar(name, _percent(end), end, end) for name, end in zip(_names(rows), reached, strict=True)]
    panel = bars.draw(figure, shown, gone)
    panel.axvline(gone, color=ORANGE, linewidth=1.2)
    panel.set_title(f"The line: {_percent(gone)} of the project's time has gone", color=ORANGE, fontsize=8)
