"""What a project shares with others: its region, the standard indicators of its sheets, its identifiers in IATI."""

from typing import Literal, Self

from pydantic import Field, model_validator

from ctanalysis.project.strict import CellText, Code, Strict

COUNTRY = r"^[A-Z]{2}$"
REFERENCE = r"^[^\s/&|?]+$"  # what an identifier of IATI may not hold: blanks and / & | ?


class Region(Strict):
    """The region in which the project is one of several. statement: a published sentence that says so."""

    name: CellText
    statement: CellText


class Standard(Strict):
    """An indicator that sheets of several projects may name as their standard.

    source: who defined it, and where; where nobody has, that it is the projects' own.
    """

    code: Code
    name: CellText
    source: CellText


class Iati(Strict):
    """How the project is named where its results are published in the IATI standard, version 2.03.

    identifier: of the activity; it begins with that of the organisation. organisation, organisation_type: the
    organisation that reports, by its identifier and its code in the list OrganisationType. country: ISO 3166-1, two
    letters. dimensions: by field, the name under which breakdowns by it are published; no others are.
    """

    identifier: str = Field(pattern=REFERENCE)
    organisation: str = Field(pattern=REFERENCE)
    organisation_name: CellText
    organisation_type: Literal[
        "10", "11", "15", "21", "22", "23", "24", "30", "40", "60", "70", "71", "72", "73", "80", "90"
    ]
    country: str = Field(pattern=COUNTRY)
    dimensions: dict[str, CellText] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _begins_with_the_organisation(self) -> Self:
        if not self.identifier.startswith(f"{self.organisation}-"):
            raise ValueError(f"identifier must begin with the organisation's own and a hyphen: {self.organisation}-...")
        return self
