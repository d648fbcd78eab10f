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

PER_CENTS = ["percent_of_target", "percent_of_way"]
NO_BAR = "Without a bar, for no per cent would say how near it has come to its target"
NO_BREAK = "\u00a0"  # a space that keeps a line together


def progress(evaluation: Evaluation) -> Chart:
    """A bar for each indicator that comes nearer to its target bit by bit, and a line for the time gone.

    These grow, or are to decrease from a baseline. The others that have a target are named below.
    """
    data, others = _data(evaluation)
    facts, end = evaluation.project.facts, evaluation.period.end
    gone = evaluation.project.calendar.percent_elapsed(facts.start, facts.end, end)
    title = f"Per cent of the target for the life of the project, by {Marks(facts.language).day(end).striptags()}"
    rows = data[["indicator", "name", *PER_CENTS]].itertuples(index=False, name=None)
    reached = ", ".join(f"{code} {name} {_reached(*per_cents)}" for code, name, *per_cents in rows)
    shown = only_protected(evaluation.protected_tracking).query("horizon == 'project to date'")
    lacks = quality.lack_notes(evaluation.lacks, shown[shown["indicator"].isin(data["indicator"])])
    without = (f"{NO_BAR}: {', '.join(others)}.",) if others else ()
    notes = (*lacks, *without, *quality.pointer(evaluation.caveats, data["indicator"]))
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


def _data(evaluation: Evaluation) -> tuple[pd.DataFrame, list[str]]:
    """A row for each bar: indicator, name, PER_CENTS, caveat; and the codes of the other indicators with a target."""
    frame = only_protected(evaluation.protected_tracking)
    sheets, caveats = evaluation.project.sheets, evaluation.caveats
    growing = [sheet.code for sheet in sheets if sheet.grows]
    to_date = frame[(frame["horizon"] == "project to date") & (frame["target_by"] != "")]
    has_bar = (to_date["percent_of_target"].notna() & to_date["indicator"].isin(growing)) | (
        to_date["percent_of_way"].notna()
    )
    rows = to_date.loc[has_bar, ["indicator", "name", *PER_CENTS]]
    told = rows.assign(caveat=[caveats.get(code, "") for code in rows["indicator"]]).reset_index(drop=True)
    return told, to_date.loc[~has_bar, "indicator"].tolist()


def _reached(of_target: float, of_way: float) -> str:
    return _percent(of_target) if pd.isna(of_way) else f"{_percent(of_way)} of the way from the baseline"


def _percent(value: float) -> str:
    return f"{precision.as_shown(value, 'count')}%"


def _names(rows: pd.DataFrame) -> list[str]:
    names = rows[["indicator", "name", "caveat"]].itertuples(index=False, name=None)
    return bars.broken(f"{code} {name}{NO_BREAK + quality.MARK if caveat else ''}" for code, name, caveat in names)


def _draw(figure: "Figure", rows: pd.DataFrame, gone: float) -> None:
    ends = rows["percent_of_way"].fillna(rows["percent_of_target"])
    labels = [_reached(*per_cents) for per_cents in rows[PER_CENTS].itertuples(index=False, name=None)]
    shown = [bars.Bar(name, label, end, end) for name, label, end in zip(_names(rows), labels, ends, strict=True)]
    panel = bars.draw(figure, shown, gone)
    panel.axvline(gone, color=ORANGE, linewidth=1.2)
    panel.set_title(f"The line: {_percent(gone)} of the project's time has gone", color=ORANGE, fontsize=8)
