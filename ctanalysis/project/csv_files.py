"""targets.csv, published.csv and deliveries.csv: what people set, published or sent, one a row."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar, Literal

from ctanalysis.project.strict import CellText, Row, Strict

NUMBER = r"([0-9]{1,12}(?:\.[0-9]{1,6})?)"
AIM = re.compile(f"{NUMBER}|at least {NUMBER}|at most {NUMBER}|{NUMBER} to {NUMBER}")


class Aim(Strict):
    """What a target asks for: a `level`; or at least `low`, at most `high`, or both. What is not asked is None."""

    level: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def numbers(self) -> tuple[float, ...]:
        """The numbers in it."""
        return tuple(number for number in (self.level, self.low, self.high) if number is not None)


class Target(Row):
    """The value of an indicator that was to be reached in a period, and why that much. A share is between 0 and 1.

    Its cell is a level (1200), or in words "at least 40", "at most 60", "40 to 60": a spreadsheet makes a day of 4-6.
    Where several rows name the same indicator and period, the one with the latest valid_from on
    or before the report's last day is in force.
    """

    indicator: str
    period: str
    target: Aim
    rationale: CellText
    valid_from: date | None = None

    @staticmethod
    def convert(row: dict[str, str]) -> dict[str, Any]:
        return _typed(row, target=_aim, valid_from=_day)


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
    if not re.fullmatch(NUMBER, text):
        raise ValueError("must be a number; write it like 1200 or 0.75")
    return float(text)


def _aim(text: str) -> Aim:
    found = AIM.fullmatch(" ".join(text.split()))
    if not found:
        raise ValueError("must be a number; write it like 1200 or 0.75, or as at least 40, at most 60, 40 to 60")
    level, least, most, low, high = (None if part is None else float(part) for part in found.groups())
    if low is not None and high is not None and low >= high:
        raise ValueError("must go from the smaller number to the larger; write it like 40 to 60")
    return Aim(level=level, low=least if low is None else low, high=most if high is None else high)


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise ValueError("must be a day; write it like 2014-12-31") from None
