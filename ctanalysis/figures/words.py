"""The words of figures in the language in which an evaluation is told: the catalogue's, with its numbers."""

from collections.abc import Iterable, Sequence
from typing import Any

from ctanalysis.language import Speech

CROSS = " × "


def say(speech: Speech, message: str, **parts: Any) -> str:
    """A message about figures as plain text; parts that are several are told as a list.

    KeyError: there is no such message; jinja2.UndefinedError: it lacks a part.
    """
    told = {name: speech.series(part) if isinstance(part, (list, tuple)) else part for name, part in parts.items()}
    return speech.plain(f"figure.{message}", **told)


def some(names: Sequence[str], speech: Speech) -> str:
    """The first of several names, with how many others there are."""
    return names[0] if len(names) == 1 else say(speech, "and_more", name=names[0], others=len(names) - 1)


def heads(speech: Speech, *names: str) -> tuple[str, ...]:
    """What stands above the columns of a figure's table."""
    return tuple(say(speech, f"head.{name}") for name in names)


def category(speech: Speech, name: str) -> str:
    """A category of the project's, which may be of two fields: female × 18–24."""
    return CROSS.join(map(speech.label, name.split(CROSS)))


def categories(speech: Speech, names: Iterable[str]) -> list[str]:
    """Several categories."""
    return [category(speech, name) for name in names]
