"""How much of the target for the life of the project is reached, as a deviation from the time that has gone."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from ctanalysis import quality
from ctanalysis.base import precision
from ctanalysis.disclosure.protected import only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import about, rows
from ctanalysis.figures.breakdowns import draw_rows
from ctanalysis.figures.chart import Chart
from ctanalysis.figures.rows import Part, Row, Scale
from ctanalysis.figures.style import BLUE, ORANGE
from ctanalysis.figures.words import heads, say
from ctanalysis.language import Speech
from ctanalysis.tables.numbers import lack_notes
from ctanalysis.tables.table import Table

PER_CENTS = ["percent_of_target", "percent_of_way"]
NO_BREAK = "\u00a0"  # a space that keeps a line together
FARTHEST = 150  # per cent: a bar that goes further ends there, and its label says how far it is


def progress(evaluation: Evaluation) -> Chart:
    """A bar from the time gone to what is reached, for each indicator that comes nearer to its target bit by bit.

    These grow, or are to decrease from a baseline. The others that have a target are named below.
    """
    data, others = _data(evaluation)
    facts, end, speech = evaluation.project.facts, evaluation.period.end, evaluation.project.speech
    gone = evaluation.project.calendar.percent_elapsed(facts.start, facts.end, end)
    data = data.assign(_reached=_ends(data)).sort_values("_reached", ascending=False, kind="stable")
    data = data.drop(columns="_reached").reset_index(drop=True)
    reached = [*_ends(data)]
    shown = tuple(
        _row(speech, *part, gone)
        for part in zip(_names(evaluation, data), data[PER_CENTS].to_numpy().tolist(), reached, strict=True)
    )
    names = [evaluation.project.sheet(code).name for code in data["indicator"]]
    title, scale = _title(speech, names, reached, gone), _scale(speech, gone, reached)
    without = (say(speech, "progress.no_bar", names=", ".join(others)),) if others else ()
    return Chart(
        name="progress",
        title=title,
        subtitle=about.subtitle(
            evaluation, say(speech, "progress.measure", gone=speech.per_cent(gone)), about.until(evaluation)
        ),
        alt=_alt(speech, title, shown, data),
        data=data,
        height=rows.height(shown, scale),
        draw=partial(draw_rows, shown=shown, scale=scale),
        speech=speech,
        synthetic=facts.synthetic,
        notes=(*_lacks(evaluation, data), *without, *about.caveats(evaluation, data["indicator"])),
        source=about.source(evaluation, data["indicator"]),
        table=_table(speech, title, shown),
    )


def _table(speech: Speech, title: str, shown: Sequence[Row]) -> Table:
    """What is drawn, in words."""
    rows = tuple((one.name, one.label) for one in shown)
    return Table(title, heads(speech, "indicator", "reached"), rows, speech=speech)


def _alt(speech: Speech, title: str, shown: Sequence[Row], data: pd.DataFrame) -> str:
    if not shown:
        return f"{title}."
    first, last = ({"code": data["indicator"].iloc[place], "label": shown[place].label} for place in (0, -1))
    ends = {"first": first["code"], "least": first["label"], "last": last["code"], "most": last["label"]}
    return say(speech, "progress.alt", title=title, **ends)


def _lacks(evaluation: Evaluation, data: pd.DataFrame) -> tuple[str, ...]:
    """What is missing of the records behind what is drawn."""
    frame = only_protected(evaluation.protected_tracking).query("horizon == 'project to date'")
    return lack_notes(evaluation, frame[frame["indicator"].isin(data["indicator"])])


def _data(evaluation: Evaluation) -> tuple[pd.DataFrame, list[str]]:
    """A row for each bar: indicator, name, PER_CENTS, caveat; and the codes of the other indicators with a target."""
    frame = only_protected(evaluation.protected_tracking)
    sheets, caveats = evaluation.project.sheets, evaluation.caveats
    growing = [sheet.code for sheet in sheets if sheet.grows]
    to_date = frame[(frame["horizon"] == "project to date") & (frame["target_by"] != "")]
    has_bar = (to_date["percent_of_target"].notna() & to_date["indicator"].isin(growing)) | (
        to_date["percent_of_way"].notna()
    )
    found = to_date.loc[has_bar, ["indicator", "name", *PER_CENTS]]
    told = found.assign(caveat=[caveats.get(code, "") for code in found["indicator"]]).reset_index(drop=True)
    return told, to_date.loc[~has_bar, "indicator"].tolist()


def _ends(data: pd.DataFrame) -> "pd.Series[float]":
    return data["percent_of_way"].fillna(data["percent_of_target"])


def _title(speech: Speech, names: Sequence[str], reached: Sequence[float], gone: float) -> str:
    """Which is furthest behind the time gone, as both are shown; or where none is, which is least ahead of it.

    names, reached: from the most to the least.
    """
    if not names:
        return say(speech, "progress.none")
    is_behind = precision.as_shown(reached[-1], "count") < precision.as_shown(gone, "count")
    key = "behind" if is_behind else "all_ahead"
    return say(speech, f"progress.{key}", name=names[-1], percent=speech.per_cent(reached[-1]))


def _names(evaluation: Evaluation, data: pd.DataFrame) -> list[str]:
    found = zip(data["indicator"], data["caveat"], strict=True)
    return [
        f"{code} {evaluation.project.sheet(code).name}{NO_BREAK + quality.MARK if caveat else ''}"
        for code, caveat in found
    ]


def _row(speech: Speech, name: str, per_cents: Sequence[float], reached: float, gone: float) -> Row:
    told, time = precision.as_shown(reached, "count"), precision.as_shown(gone, "count")
    apart = f"{told - time:+}".replace("-", "\N{MINUS SIGN}")
    is_of_way = not pd.isna(per_cents[1])
    words = say(
        speech, f"progress.{'of_way' if is_of_way else 'reached'}", percent=speech.per_cent(reached), points=apart
    )
    end = min(max(reached, 0), FARTHEST)
    colour = BLUE if reached >= gone else ORANGE
    return Row(name, words, (Part(min(end, gone), max(end, gone), colour),))


def _scale(speech: Speech, gone: float, reached: Sequence[float]) -> Scale:
    """From the least to the most, with a line where time stands."""
    ends = [min(max(one, 0), FARTHEST) for one in reached]
    low, high = min([gone, *ends]), max([gone, *ends])
    room = (high - low) * 0.05 or 5
    words = say(speech, "gone", percent=speech.per_cent(gone))
    return Scale(max(0, low - room), high + room, ((gone, words),))
