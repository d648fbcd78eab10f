"""A marked answer asked for again, and the cells that it tells: what a release compares an output with."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from pydantic import ValidationError

from ctanalysis.base.errors import Refused
from ctanalysis.enquiry.answer import Answer
from ctanalysis.enquiry.comparing import Two, cells_behind, comparison
from ctanalysis.enquiry.drawing import drawn
from ctanalysis.enquiry.enquiry import Enquiry
from ctanalysis.enquiry.named import sheet_of
from ctanalysis.enquiry.question import Bundle, Drawing, kept
from ctanalysis.enquiry.reading import Reading, signature
from ctanalysis.enquiry.tidy import PER_CENT, Asked
from ctanalysis.enquiry.values import answered, own_way
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.strict import Strict

CELLS = ["indicator", "start", "end", "disaggregation", "category", "value", "status"]


class OfPeriod(Strict):
    """The mark of what the report of a period tells."""

    period: str


class Findings(OfPeriod):
    """That of findings."""

    rank: int | None


class OfIndicator(OfPeriod):
    """That of one indicator."""

    code: str


class Compare(Strict):
    """That of two periods beside each other."""

    code: str
    period: str
    with_period: str
    by: list[str]


class Values(Strict):
    """The mark of values: by indicator its fields, and of which periods."""

    of: dict[str, list[str]]
    periods: list[str]
    horizon: str


class Plot(Values):
    """That of a figure."""

    every: str


Mark = OfPeriod | Compare | Values
MARKS: dict[str, type[Mark]] = {
    "compare": Compare,
    "track": OfPeriod,
    "findings": Findings,
    "pathway": OfPeriod,
    "projection": OfIndicator,
    "sentence": OfIndicator,
    "values": Values,
    "plot": Plot,
}


class Asking:
    """Marked answers of a project, asked for again. read: the project as it is released."""

    def __init__(self, read: Reading) -> None:
        self._read, folder = read, read.whole.folder
        self._p = Enquiry(folder)
        self._p._read = signature(folder), read

    def again(self, mark: Mapping[str, Any]) -> tuple[tuple[Bundle, dict[str, Any]], pd.DataFrame, set[str], str]:
        """What the library answers: as a notebook keeps it, the cells that it tells, and the period that it is of.

        Returns the cells as a frame with CELLS, of a comparison those from which it follows, and the caveats that stand
        beside them, none where the answer is what the report of its period says; then the period's label, else "".
        Refused: nobody can ask for this.
        """
        asked = _read(mark)
        if isinstance(asked, OfPeriod):
            answer = getattr(self._p, str(mark["ask"]))(**asked.model_dump())
            return kept(answer), pd.DataFrame(columns=CELLS), set(), asked.period
        if isinstance(asked, Compare):
            answer, cells = self._compared(asked)
            return kept(answer), cells, set(), ""
        values = self._values(asked)
        shown = self._drawn(asked, values) if isinstance(asked, Plot) else values
        return kept(shown), cells_of(self._read.project, values), {*values["caveat"]}, ""

    def _compared(self, asked: Compare) -> tuple[Answer, pd.DataFrame]:
        project = self._read.project
        sheet = sheet_of(project, asked.code)
        two = Two(project.calendar.parse(asked.period), project.calendar.parse(asked.with_period))
        of = self._read, sheet, two, own_way(self._read, sheet, asked.by)
        return comparison(*of), cells_behind(*of)[CELLS]

    def _drawn(self, asked: Plot, values: Answer) -> Drawing:
        return drawn(self._read, sheet_of(self._read.project, next(iter(asked.of))), asked.every, values)

    def _values(self, asked: Values) -> Answer:
        project = self._read.project
        periods = [project.calendar.parse(label) for label in asked.periods]
        sheets = [(sheet_of(project, code), way) for code, way in asked.of.items()]
        ways = [(sheet, own_way(self._read, sheet, way)) for sheet, way in sheets]
        return answered(self._read, [Asked(sheet, way, periods, asked.horizon) for sheet, way in ways])


def _read(mark: Mapping[str, Any]) -> Mark:
    """What a mark asks for. Refused: it is no mark that the library makes."""
    given = dict(mark)
    kind = MARKS.get(str(given.pop("ask", "")))
    try:
        found = kind.model_validate(given) if kind else None
    except ValidationError:
        found = None
    if found is None or (isinstance(found, Values) and not (found.of and found.periods)):
        raise Refused("The mark of an output is of nothing that can be asked.")
    return found


def cells_of(project: Project, answer: Answer) -> pd.DataFrame:
    """The cells that an answer of values tells: a frame with CELLS, a row for each, days as ISO text, shares of 1."""
    ways = answer.question.ways if answer.question else {}
    frames = [_cells(project, answer, code, way) for code, way in ways.items()]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=CELLS)


def _cells(project: Project, answer: Answer, code: str, way: tuple[str, ...]) -> pd.DataFrame:
    rows = pd.DataFrame(answer[answer["indicator"] == code])
    fields = [name.removesuffix(COARSE) for name in way]
    scale = PER_CENT if project.sheet(code).measure == "share" else 1
    days = {name: rows[name].dt.strftime("%Y-%m-%d") for name in ("start", "end")}
    category = rows[fields].agg(" × ".join, axis=1) if fields else "all"
    of = {"indicator": code, **days, "disaggregation": " × ".join(way) or "total", "category": category}
    return pd.DataFrame({**of, "value": rows["value"] / scale, "status": rows["status"]})[CELLS]
