"""The words of figures in the language in which an evaluation is told: the catalogue's, with its numbers."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, SupportsFloat

from ctanalysis.base import precision
from ctanalysis.language import Speech

CROSS = " × "


def say(speech: Speech, message: str, **parts: Any) -> str:
    """A message about figures as plain text; parts that are several are told as a list.

    KeyError: there is no such message; jinja2.UndefinedError: it lacks a part.
    """
    told = {name: speech.series(part) if isinstance(part, (list, tuple)) else part for name, part in parts.items()}
    return speech.plain(f"figure.{message}", **told)


def heads(speech: Speech, *names: str) -> tuple[str, ...]:
    """What stands above the columns of a figure's table."""
    return tuple(say(speech, f"head.{name}") for name in names)


def number(speech: Speech, value: SupportsFloat, places: int = 0) -> str:
    """1,234 or 1,234.5: as the language writes it, with so many decimals."""
    return precision.text(Decimal(f"{float(value):.{places}f}"), speech.code)


def percent(speech: Speech, value: SupportsFloat) -> str:
    """A number of per cent without decimals, with the sign: 84%."""
    return precision.text(precision.as_shown(value, "count"), speech.code) + speech.percent


def category(speech: Speech, name: str) -> str:
    """A category of the project's, which may be of two fields: female × 18–24."""
    return CROSS.join(map(speech.label, name.split(CROSS)))


def categories(speech: Speech, names: Iterable[str]) -> list[str]:
    """Several categories."""
    return [category(speech, name) for name in names]
