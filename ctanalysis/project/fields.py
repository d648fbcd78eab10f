"""The fields of a table: how cells are written, what they may be, and the words that people use for them."""

import re
from functools import partial
from itertools import product
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, field_validator, model_validator
from pydantic import Field as Key

from ctanalysis.project.categories import Category, Translations, broad
from ctanalysis.project.days import FORMAT, PERIOD_TYPES, PERIODS, TURNED, TURNED_SAYS, check_days, is_format
from ctanalysis.project.standard import understood
from ctanalysis.project.strict import CellText, Name, Strict


def _expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error:
        raise ValueError("it is no regular expression") from None
    return text


class Constraints(Strict):
    """Rules of the Table Schema for the cells of a field."""

    required: bool = False
    unique: bool = False
    minimum: float | int | str | None = None
    maximum: float | int | str | None = None
    pattern: Annotated[str, AfterValidator(_expression)] | None = None
    enum: tuple[str | int | float, ...] | None = None


MOST = 10**15  # below it a float keeps every whole number exactly, with room to spare
BOUNDED: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "number": (int, float),
    "date": (str,),
}  # how a minimum or maximum of a type is written


SPLIT = ("/", ".", ":", "__", " ")  # between a list and a category that has a column of its own


class Field(Strict):
    """A column of a table: how its cells are written, what they may be, and what people call it.

    The keys are those of Table Schema (specs.frictionlessdata.io/table-schema), with `translations`,
    `alternatives`, `sensitive`, `identifying`, `identifyingBecause` and `percentage` added. percentage: the numbers are
    per cent, with or without the sign: 45% and 45 are 45. format of a date: how its days are written, or what it holds
    in their place (PERIODS); Table Schema has types for years and months and none for quarters, so all are dates here.
    A list holds any of its categories, with the delimiter between (Table Schema 2), or in a column for each.
    """

    name: Name
    type: Literal["string", "integer", "number", "boolean", "date", "list"]
    title: CellText
    description: str = ""
    translations: Translations = Key(default_factory=dict)
    alternatives: tuple[str, ...] = ()
    sensitive: bool = False
    identifying: bool = False
    identifying_because: str | None = Key(default=None, alias="identifyingBecause")
    categories: tuple[Category, ...] | None = None
    delimiter: Literal[",", ";", " ", "|", "/", "+", "&", "\n"] = ","
    missing_values: tuple[str, ...] = Key(default=(), alias="missingValues")
    format: str = ""
    decimal_char: Literal[".", ","] = Key(default=".", alias="decimalChar")
    group_char: Literal["", " ", ",", ".", "'"] = Key(default="", alias="groupChar")
    percentage: bool = False
    true_values: tuple[str, ...] = Key(default=("true", "True", "TRUE", "1"), alias="trueValues")
    false_values: tuple[str, ...] = Key(default=("false", "False", "FALSE", "0"), alias="falseValues")
    constraints: Annotated[Constraints, BeforeValidator(partial(understood, "constraints"))] = Constraints()

    @field_validator("type", mode="before")
    @classmethod
    def _is_no_period(cls, value: object) -> object:
        if value in ("year", "yearmonth"):
            raise ValueError(
                f'years and months are dates here: write "date", and "format": "{PERIOD_TYPES[str(value)]}"'
            )
        return value

    @model_validator(mode="after")
    def _categories_differ(self) -> Self:
        if (
            self.name == "total"
            or {"all", "not recorded", "recorded"} & set(self.labels or ())
            or any(" × " in label for label in self.labels or ())
        ):
            raise ValueError("the words total, all, recorded, not recorded and × are the library's own; use others")
        for side in ("value", "label"):
            texts = [getattr(category, side) for category in self.categories or ()]
            if len(set(texts)) != len(texts):
                raise ValueError(f"two categories have the same {side}")
        texts = [text for category in self.categories or () for text in (category.label, *category.formerly)]
        if len(set(texts)) != len(texts):
            raise ValueError("what a category was called formerly is no label of another, now or formerly")
        if len({bool(category.coarse) for category in self.categories or ()}) > 1 or any(
            " × " in category.coarse for category in self.categories or ()
        ):
            raise ValueError(
                "either every category is part of a coarse one, or none is; and × is the library's own sign"
            )
        tiles = [category.tile for category in self.categories or () if category.tile]
        if tiles and (len(tiles) < len(self.categories or ()) or len(set(tiles)) < len(tiles)):
            raise ValueError("either every category has a tile of its own, or none has one")
        if self.categories is not None and self.type not in ("string", "list"):
            raise ValueError("only a string field or a list has categories")
        return self

    @model_validator(mode="after")
    def _list_of_categories(self) -> Self:
        if self.type == "list" and (not self.categories or self.constraints.enum is not None or self.coarse):
            raise ValueError(
                'a list has "categories", of which a cell holds any; it has no "enum", and they no "coarse"'
            )
        if self.type == "list" and any(set(self.delimiter) & set(one.value) for one in self.categories or ()):
            raise ValueError("a category of a list has its delimiter in its value, so no cell could name it")
        return self

    @model_validator(mode="after")
    def _identifying_for_a_reason(self) -> Self:
        if self.identifying_because is not None and not self.identifying:
            raise ValueError(
                'it has identifyingBecause but is not marked identifying; write "identifying": true, or take the '
                "reason out"
            )
        if self.identifying_because is not None and not self.identifying_because.strip():
            raise ValueError("identifyingBecause must say in a sentence why the records need it")
        return self

    @model_validator(mode="after")
    def _written_as_its_type_is(self) -> Self:
        rules = self.constraints
        if rules.pattern is not None and self.type != "string":
            raise ValueError("only a string field has a pattern")
        for bound in (rules.minimum, rules.maximum):
            if bound is not None and (isinstance(bound, bool) or not isinstance(bound, BOUNDED.get(self.type, ()))):
                raise ValueError("only a number or a day has a minimum or maximum, written like its cells")
            if isinstance(bound, (int, float)) and abs(bound) >= MOST:
                raise ValueError("a minimum or maximum has 15 digits at most, as its cells have")
        if self.type == "date":
            check_days(rules.minimum, rules.maximum)
        if self.format and (self.type != "date" or not (self.period or is_format(self.format))):
            raise ValueError(FORMAT)
        if self.format == TURNED:
            raise ValueError(TURNED_SAYS)
        if self.period and (rules.minimum, rules.maximum) != (None, None):
            raise ValueError(f"a date that holds a {self.period} has no minimum or maximum; rules.toml has `dates`")
        if self.decimal_char == self.group_char:
            raise ValueError("decimalChar and groupChar must differ")
        if self.percentage and self.type not in ("integer", "number"):
            raise ValueError("only a number is a percentage")
        if not self.true_values or not self.false_values:
            raise ValueError(
                "trueValues and falseValues must each have at least one text; leave the key out for true and false"
            )
        if set(self.true_values) & set(self.false_values):
            raise ValueError("a text cannot be both in trueValues and in falseValues")
        return self

    @property
    def period(self) -> str:
        """What a date field holds in the place of days: one of PERIODS; empty where it holds days."""
        return self.format if self.type == "date" and self.format in PERIODS else ""

    @property
    def private(self) -> bool:
        """Whether its values are never shown: it is sensitive or identifying."""
        return self.sensitive or self.identifying

    @property
    def is_fraction(self) -> bool:
        """Whether its numbers are parts of 1, so that 45% is 0.45."""
        most = self.constraints.maximum
        return self.type == "number" and not self.percentage and isinstance(most, int | float) and 0 < most <= 1

    @property
    def coarse(self) -> Self | None:
        """The field with its coarse categories in the place of its own; None where it has none."""
        parts: dict[str, list[Category]] = {}
        for category in self.categories or ():
            parts.setdefault(category.coarse, []).append(category)
        if set(parts) <= {""}:
            return None
        return self.model_copy(update={"categories": tuple(broad(word, of) for word, of in parts.items())})

    @property
    def headings(self) -> tuple[str, ...]:
        """Every text by which a file may name this column; of a list, also those of a column for each category."""
        return (*self.whole_headings, *(heading for headings in self.split_headings.values() for heading in headings))

    @property
    def whole_headings(self) -> tuple[str, ...]:
        """Every text by which a file may name the one column of this field."""
        return (self.name, self.title, *self.translations.values(), *self.alternatives)

    @property
    def split_headings(self) -> dict[str, tuple[str, ...]]:
        """Of a list, by the value of each category, how a column of its own is named: services/legal."""
        if self.type != "list":
            return {}
        return {
            one.value: tuple(map("".join, product(self.whole_headings, SPLIT, one.spellings)))
            for one in self.categories or ()
        }

    @property
    def missing(self) -> tuple[str, ...]:
        """The texts that mean "no value"; an empty cell always does."""
        return ("", *self.missing_values)

    @property
    def labels(self) -> tuple[str, ...] | None:
        """The labels of the categories in the declared order; yes and no for a boolean; None without categories."""
        if self.type == "boolean":
            return ("yes", "no")
        return tuple(category.label for category in self.categories) if self.categories else None
