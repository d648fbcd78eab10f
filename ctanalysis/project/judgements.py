"""judgements/*.toml: what people decided about the records and the releases, each with reason, role and date."""

import re
from datetime import date
from typing import Self

from pydantic import Field, model_validator

from ctanalysis.project.strict import CellText, Name, Strict


class Correction(Strict):
    """One changed value of one row, decided by somebody, with what stood there when they decided.

    `key` is the row's primary key. `expect` and `value` are texts as in a file; an empty text is
    an empty cell. A correction whose `expect` is no longer there stops the run.
    """

    table: str
    key: str
    field: Name
    expect: str
    value: str
    reason: str
    role: str
    date: date


class Corrections(Strict):
    """judgements/corrections.toml."""

    correction: tuple[Correction, ...] = ()


class Restatement(Strict):
    """Why the report of a period was released again with other values. revision: 1, 2, ..."""

    period: str
    revision: int = Field(ge=1)
    reason: CellText
    role: str
    date: date

    @model_validator(mode="after")
    def _names_nobody(self) -> Self:
        if re.search(r"\d{5}|\b(?!FY\d{4})[^\W\d]+[-_]?\d{3}", f"{self.reason} {self.role}"):
            raise ValueError(
                "reason and role are published word for word, so they may hold no code and no long number, which "
                "could be somebody's"
            )
        return self


class Restatements(Strict):
    """judgements/restatements.toml."""

    restatement: tuple[Restatement, ...] = ()


class SamePerson(Strict):
    """How one person under two codes can be recognised, in a table with a row for each person.

    Either `match`, the fields in which two rows of one person agree, or `unmatchable`, the
    sentence that is printed among the limits of the data.
    """

    table: str
    reason: str
    role: str
    date: date
    match: tuple[Name, ...] = ()
    unmatchable: str = ""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.match) == bool(self.unmatchable):
            raise ValueError(
                "give either match, the fields in which a person's rows agree, or unmatchable, the sentence to print"
            )
        return self


class SamePeople(Strict):
    """judgements/same-people.toml."""

    people: tuple[SamePerson, ...] = ()
