"""targets.csv, published.csv and deliveries.csv: what people set, published or sent, one a row."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar, Literal

from pydantic import Field

from ctanalysis.project.strict import CellText, Row


class Target(Row):
    """The value of an indicator that was to be reached in a period, and why that much. A share is between 0 and 1.

    Where several rows name the same indicator and period, the one with the latest valid_from on
    or before the report's last day is in force.
    """

    indicator: str
    period: str
    target: float = Field(ge=0)
    rationale: CellText
    valid_from: date | None = None

    @staticmethod
    def convert(row: dict[str, str]) -> dict[str, Any]:
        return _typed(row, target=_number, valid_from=_day)


class PublishedFigure(Row):
    """A figure already published: cumulative to `as_of`, with its hedge and its source."""

    indicator: str
    as_of: date
    value: float
    hedge: Literal["nearly", "over", "about", ""] = ""
    source: str

    @staticmethod
    def convert(row: dict[str, str]) -> dict[str, Any]:
        return _typed(row, value=_number, as_of=_day)


class Delivery(Row):
    """A partner's records of a period: the file that they are in (its path in records/), and the day it was sent.

    rows: "none" where the partner said that there was nothing to record; the column may be left out.
    """

    optional: ClassVar[tuple[str, ...]] = ("rows",)
    file: str
    partner: str
    period: str
    sent: date
    rows: Literal["", "none"] = ""

    @staticmethod
    def convert(row: dict[str, str]) -> dict[str, Any]:
        return _typed(row, sent=_day)


def _typed(row: dict[str, str], **converters: Callable[[str], Any]) -> dict[str, Any]:
    return {name: _converted(name, text, converters.get(name, str)) for name, text in row.items()}


def _converted(name: str, text: str, converter: Callable[[str], Any]) -> Any:
    try:
        return converter(text)
    except ValueError as error:
        raise ValueError(f"column '{name}' {error}") from None


def _number(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text):
        raise ValueError("must be a number; write it like 1200 or 0.75")
    return float(text)


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise ValueError("must be a day; write it like 2014-12-31") from None
