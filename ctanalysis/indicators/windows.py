"""A window of days, of which there is one value of everything that is asked."""

from dataclasses import dataclass, replace
from datetime import date

from ctanalysis.project.sheets import Sheet

TO_DATE = "project to date"


@dataclass(frozen=True)
class Window:
    """The days that a value is of, both inclusive, and the horizon under which it is reported."""

    horizon: str
    start: date
    end: date

    def of_definition(self, sheet: Sheet) -> "Window":
        """The life of the project to date begins, for a changed definition, when it became valid."""
        return self.since(sheet.valid_from) if self.horizon == TO_DATE else self

    def since(self, first: date | None) -> "Window":
        """The part of it from a day within it on; for any other day, or none, all of it."""
        return replace(self, start=first) if first and self.start < first <= self.end else self
