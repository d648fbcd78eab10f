"""What people decided about single records, each with reason, role and date."""

from datetime import date
from typing import Any, Self

from pydantic import Field, model_validator

from ctanalysis.project.strict import Name, Strict


class OfRow(Strict):
    """What is said of one row: its table and its primary `key`, of several fields each by its name.

    In a table without a key it is the `file`, the `sheet` of a workbook, and the `row` as a spreadsheet shows it.
    """

    table: str = ""
    key: str | dict[Name, str] = ""
    file: str = ""
    sheet: str = ""
    row: int | None = Field(default=None, ge=1)

    @property
    def of_row(self) -> tuple[str, str, str, str, int | None]:
        """Which row it is about, as something that can be compared."""
        return self.table, str(self.key), self.file, self.sheet, self.row


STRIKE = (
    "a row is struck out with strike = true: name any one column as field, and what stands in it as expect, so that "
    "the row is known"
)


class Correction(OfRow):
    """One changed value of one row, or a row struck out; decided by somebody, with what stood there when they decided.

    `expect` and `value` are texts as in a file; an empty text is an empty cell. A correction whose `expect` is no
    longer there stops the run. `strike` takes the row out, and `expect` then also says which of two rows with one key
    it is.
    """

    table: str
    field: Name
    expect: str
    value: str = ""
    strike: bool = False
    reason: str
    role: str
    date: date

    @model_validator(mode="before")
    @classmethod
    def _says_which(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("strike") is True and not {"field", "expect"} <= {*given}:
            raise ValueError(STRIKE)
        return given

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if ("value" in self.model_fields_set) == self.strike:
            raise ValueError("give either value, what is to be read, or strike = true, to take the row out")
        return self


class Corrections(Strict):
    """judgements/corrections.toml."""

    correction: tuple[Correction, ...] = ()


class Accepted(OfRow):
    """A finding that somebody has looked at, and found right.

    `rule` and `what`, its sentence, are the finding's, as findings.csv has them. It is about a row (`cells`: by field
    what stood there, every column that the finding is about among them), or about a whole `file` (and its `sheet`),
    without a `table`. Where a cell or the sentence is no longer what it was, the finding is back. An entry that only
    says that a row is no total (`rule` is "total") needs no sentence.
    """

    rule: str
    what: str = ""
    cells: dict[Name, str] = Field(default_factory=dict)
    reason: str
    role: str
    date: date

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        neither, both = not (self.file or self.table), self.table and self.key and self.file
        if neither or both or bool(self.table) != bool(self.cells):
            raise ValueError("give either table, key and cells, for a row, or file, for a finding about a whole file")
        if self.file and not self.table and (self.key or self.row is not None):
            raise ValueError("a finding about a whole file has no key and no row")
        return self


class AcceptedFindings(Strict):
    """judgements/accepted.toml."""

    accepted: tuple[Accepted, ...] = ()


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
