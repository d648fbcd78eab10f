"""The categories of a field with a closed list, as they are recorded, and as people read them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Key

from ctanalysis.project.strict import LANGUAGE, CellText, Strict

Translations = dict[Annotated[str, Key(pattern=LANGUAGE)], CellText]


def _day(text: object) -> object:
    """A day as JSON has it, "2014-10-01"."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else text
    except ValueError:
        raise ValueError('since is a day, like "2014-10-01"') from None


class Category(Strict):
    """A value of a closed list, as it is recorded and as people read it.

    translations: the label by language. alternatives: other spellings that mean the same. coarse: the
    broader category that it is part of. formerly, coarse_formerly: labels under which it, and the coarse one, were
    released before, the first one first. since: the first day on which it was there, where it was added. tile: of a
    place, where it stands on a map of tiles: its column and its row, each from 0.
    """

    value: str
    label: CellText
    translations: Translations = Key(default_factory=dict)
    alternatives: tuple[str, ...] = ()
    coarse: CellText = ""
    formerly: tuple[CellText, ...] = ()
    coarse_formerly: tuple[CellText, ...] = ()
    since: Annotated[date | None, BeforeValidator(_day)] = None
    tile: tuple[Annotated[int, Key(ge=0, le=7)], Annotated[int, Key(ge=0, le=19)]] | None = None

    @model_validator(mode="before")
    @classmethod
    def _labelled(cls, given: Any) -> Any:
        """As Table Schema has them, also a plain text, or one without a label: it is its own."""
        given = {"value": given} if isinstance(given, str) else given
        return {"label": given["value"]} | given if isinstance(given, dict) and "value" in given else given

    @property
    def first_label(self) -> str:
        """The label under which it was released first."""
        return self.formerly[0] if self.formerly else self.label

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every text that means this category."""
        return (self.value, self.label, *self.translations.values(), *self.alternatives, *self.formerly)


def broad(word: str, parts: Sequence[Category]) -> Category:
    """A coarse category of these fine ones; added with the first of them where all were."""
    formerly = next((one.coarse_formerly for one in parts if one.coarse_formerly), ())
    days = [one.since for one in parts if one.since]
    since = min(days) if len(days) == len(parts) else None
    return Category(value=word, label=word, formerly=formerly, since=since)
