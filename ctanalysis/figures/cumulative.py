"""Totals to date beside the targets for the life of the project, and where they will stand at its end."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from ctanalysis.analysis.furthest import WORST_FIRST
from ctanalysis.analysis.pace import PROJECT, Pace, paces, without_pace
from ctanalysis.analysis.series import quarterly
from ctanalysis.analysis.statistics.projection import COVERED
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import about, grid
from ctanalysis.figures.canvas import Canvas, width, wrapped
from ctanalysis.figures.chart import Chart
from ctanalysis.figures.style import BLUE, INK, LIGHT, LINE, ORANGE, PALE, RULE
from ctanalysis.figures.words import heads, say, some
from ctanalysis.narrative.numbers import in_words
from ctanalysis.quality import mark
from ctanalysis.tables.table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FEW = "too few quarters"  # no verdict yet
DATA = ["indicator", "what", "start", "end", "total", "lower", "upper", "caveat"]
DRAWN, NOW, END, TARGET = "quarter", "to date", "projected", "target"
PLOT = 96  # pixels
MOST = 10  # panels, so that it is no higher than a printed page: the first of the headlines


class Course(NamedTuple):
    """What one panel draws: its title and a line of words, what stands below, and its rows of the data."""

    title: str
    told: str
    gone: str
    rows: tuple[tuple[str, float, float, float, float], ...]  # what, part of the time, total, low, high


def cumulative(evaluation: Evaluation) -> Chart:
    """A panel for each headline total that adds up and has a target for the life of the project.

    Its line is the total to the end of each quarter; the wedge the 80 % interval of where it will stand at the end.
    """
    found = [one for one in paces(evaluation.known) if _is_drawn(one)][:MOST]
    rows = [(one.sheet.code, *row, _caveat(evaluation, one, row)) for one in found for row in _rows(evaluation, one)]
    data = pd.DataFrame(rows, columns=DATA)
    speech, title = evaluation.project.speech, _title(evaluation, found)
    courses = tuple(_course(evaluation, one, data[data["indicator"] == one.sheet.code]) for one in found)
    gaps = [one.sheet.code for one in found if not _line(evaluation, one)]
    lacks = [
        say(speech, "lack", code=one.sheet.code, lack=speech.label(one.actual.lack)) for one in found if one.actual.lack
    ]
    covered = {"covered": round(100 * COVERED), "cases": 100}
    how = say(speech, "cumulative.how", **covered) if found else say(speech, "cumulative.none")
    gap = [say(speech, "cumulative.gap", codes=gaps)] if gaps else []
    if _left_out(evaluation):
        gap.append(say(speech, "cumulative.not_all_came", codes=_left_out(evaluation)))
    codes = [one.sheet.code for one in found]
    return Chart(
        name="cumulative",
        title=title,
        subtitle=about.subtitle(evaluation, say(speech, "cumulative.measure"), about.until(evaluation)),
        alt=_alt(evaluation, found, title) if found else f"{title}. {how}",
        data=data,
        height=_height(courses),
        draw=partial(_draw, courses=courses),
        speech=speech,
        synthetic=evaluation.project.facts.synthetic,
        notes=(how, *gap, *lacks, *about.caveats(evaluation, codes)),
        source=about.source(evaluation, codes),
        table=_table(evaluation, found, title),
    )


def _is_drawn(pace: Pace) -> bool:
    return pace.horizon == PROJECT and pace.sheet.headline and pace.goal.number is not None and pace.actual.number


def _title(evaluation: Evaluation, found: Sequence[Pace]) -> str:
    """Which have the worst verdict; or that all are on course, of those of which it can be said."""
    speech, judged = evaluation.project.speech, [one for one in found if one.verdict != FEW]
    if not judged:
        return say(speech, "cumulative.too_few" if found else "cumulative.no_projection")
    for verdict in WORST_FIRST:
        names = [one.sheet.name for one in judged if one.verdict == verdict]
        if names:
            words = speech.plain(f"table.tracking.verdicts.{verdict}")
            return say(speech, "cumulative.worst", names=some(names, speech), verdict=words)
    return say(speech, "cumulative.all_good", codes=[one.sheet.code for one in judged])


def _left_out(evaluation: Evaluation) -> list[str]:
    """The codes of the headline totals that are held against no target, as not all of their records have come."""
    return [sheet.code for sheet in without_pace(evaluation.known) if sheet.headline]


def _alt(evaluation: Evaluation, found: Sequence[Pace], title: str) -> str:
    speech = evaluation.project.speech
    verdicts = [f"{one.sheet.code} {speech.plain(f'table.tracking.verdicts.{one.verdict}')}" for one in found]
    return say(speech, "cumulative.alt", title=title, covered=speech.per_cent(100 * COVERED), verdicts=verdicts)


def _line(evaluation: Evaluation, pace: Pace) -> list[tuple[date, float]]:
    """The total at the end of each quarter; none where one is not told, or where they do not add up to what is told."""
    series, total, found = quarterly(evaluation.known, pace.sheet), 0.0, list[tuple[date, float]]()
    for value, number in zip(series.values, series.numbers, strict=True):
        total += number
        if value.start >= pace.start and value.end <= pace.actual.end:
            found.append((value.end, total))
    is_whole = bool(found) and not math.isnan(total) and math.isclose(found[-1][1], pace.actual.value)
    return found if is_whole else []


def _caveat(evaluation: Evaluation, pace: Pace, row: tuple[str, date, date, float, float, float]) -> str:
    """Of what is to come that of all that it is worked out from."""
    return about.caveat(evaluation, pace.sheet.code, row[1], min(row[2], pace.actual.end))


def _rows(evaluation: Evaluation, pace: Pace) -> Iterator[tuple[str, date, date, float, float, float]]:
    """what, start, end, total, lower, upper: of the data."""
    nothing, start = math.nan, pace.start
    for day, total in _line(evaluation, pace):
        yield DRAWN, start, day, total, total, total
    now = pace.actual
    yield NOW, start, now.end, now.value, now.low, now.high
    if pace.lower is not None and pace.upper is not None and pace.end > now.end:
        yield END, start, pace.end, nothing if pace.projected is None else pace.projected, pace.lower, pace.upper
    aim = float(pace.goal.number or 0)
    yield TARGET, start, pace.end, aim, aim, aim


def _course(evaluation: Evaluation, pace: Pace, data: pd.DataFrame) -> Course:
    days = (pace.end - pace.start).days + 1
    first = pd.Timestamp(pace.start)
    parts = ((pd.to_datetime(data["end"]) - first).dt.days + 1) / days
    told = zip(data["what"], parts, data["total"], data["lower"], data["upper"], strict=True)
    speech = evaluation.project.speech
    so_far, aim = (in_words(pace.sheet, one, "exact", speech) for one in (pace.actual.value, pace.goal.number or 0))
    verdict = speech.plain(f"table.tracking.verdicts.{pace.verdict}")
    line = say(speech, "cumulative.stands", told=so_far, target=aim, verdict=verdict)
    now = ((pace.actual.end - pace.start).days + 1) / days
    name = f"{pace.sheet.code} {pace.sheet.name}{mark(evaluation.caveats, pace.sheet.code)}"
    return Course(name, line, say(speech, "gone", percent=speech.per_cent(100 * now)), tuple(told))


def _titles(courses: Sequence[Course]) -> list[list[str]]:
    room = grid.each_wide()
    return [[*wrapped(one.title, room, weight="bold"), *wrapped(one.told, room)] for one in courses]


def _highs(courses: Sequence[Course]) -> list[int]:
    """How many lines of text stand above each row of panels."""
    counts = [len(lines) for lines in _titles(courses)]
    return [max(counts[first : first + grid.COLUMNS]) for first in range(0, len(counts), grid.COLUMNS)]


def _height(courses: Sequence[Course]) -> float:
    return sum(lines * LINE + PLOT + grid.BELOW for lines in _highs(courses)) or LINE


def _draw(figure: "Figure", data: pd.DataFrame, courses: Sequence[Course]) -> None:
    canvas, top, wide = Canvas(figure), 0.0, grid.each_wide()
    titles, highs = _titles(courses), _highs(courses)
    for number, course in enumerate(courses):
        row, column = divmod(number, grid.COLUMNS)
        top = sum(highs[before] * LINE + PLOT + grid.BELOW for before in range(row))
        left = column * (wide + grid.GUTTER)
        bold = len(wrapped(course.title, wide, weight="bold"))
        for place, line in enumerate(titles[number]):
            colour, weight = (INK, "bold") if place < bold else (PALE, "normal")
            canvas.text(left, top + LINE * (place + 0.5), line, colour, weight=weight)
        _panel(canvas, course, left, top + highs[row] * LINE, wide)
    canvas.done()


def _panel(canvas: Canvas, course: Course, left: float, top: float, wide: float) -> None:
    most = max([row[4] for row in course.rows] + [row[2] for row in course.rows if not math.isnan(row[2])]) or 1
    bottom = top + PLOT

    def at(part: float, number: float) -> tuple[float, float]:
        return left + min(part, 1) * (wide - 10), bottom - max(number, 0) / most * (PLOT - 16)

    by_kind: dict[str, list[Any]] = {}
    for row in course.rows:
        by_kind.setdefault(row[0], []).append(row)
    [now], [target] = by_kind[NOW], by_kind[TARGET]
    for end in by_kind.get(END, ()):
        _wedge(canvas, at(*now[1:3]), at(1, end[3]), at(1, end[4]))
    canvas.line([(left, bottom), (left + wide, bottom)], RULE, 1)
    line = [at(0, 0), *(at(*row[1:3]) for row in by_kind.get(DRAWN, ()))]
    canvas.line(line, BLUE, 3)
    canvas.dot(*at(*now[1:3]), 5, BLUE)
    canvas.line([at(0, target[2]), at(1, target[2])], ORANGE, 1, dashed=True)
    canvas.diamond(*at(1, target[2]), 6, ORANGE)
    half = width(course.gone) / 2
    middle = min(max(at(now[1], 0)[0], left + half), left + wide - half)
    canvas.text(middle, bottom + LINE / 2 + 2, course.gone, PALE, ha="center")


def _wedge(canvas: Canvas, now: tuple[float, float], low: tuple[float, float], high: tuple[float, float]) -> None:
    """From the total to date to both ends of the interval, hatched upright."""
    canvas.area([now, low, high, now], LIGHT, BLUE)
    (x0, y0), x1 = now, low[0]
    steps = int((x1 - x0) // 6)
    for step in range(1, steps):
        part = step / steps
        ends = [(x0 + part * (x1 - x0), y0 + part * (y - y0)) for y in (low[1], high[1])]
        canvas.line(ends, BLUE, 1)


def _table(evaluation: Evaluation, found: Sequence[Pace], title: str) -> Table:
    speech, rows = evaluation.project.speech, []
    header = heads(speech, "indicator", "to_date", "target", "end_low", "end_high", "verdict")
    for one in found:
        numbers = (one.actual.value, one.goal.number, one.lower, one.upper)
        told = ("–" if number is None else in_words(one.sheet, number, "exact", speech) for number in numbers)
        name = f"{one.sheet.code} {one.sheet.name}{mark(evaluation.caveats, one.sheet.code)}"
        rows.append((name, *told, speech.plain(f"table.tracking.verdicts.{one.verdict}")))
    return Table(title, header, tuple(rows), speech=speech)
