"""translations/<language>.toml: the words of a project in another language than that of its folder.

Every word that a narrative takes from the folder has its place here, so that no page is half translated: one that is
missing is refused where the language is told, as an unknown one is. What people write in judgements/ stays theirs.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from ctanalysis.project.strict import LANGUAGE, CellText, Code, Name, Strict


class Review(Strict):
    """That a native speaker has read the words in a language: in what role, on which day."""

    language: Annotated[str, Field(pattern=LANGUAGE)]
    role: CellText
    date: date


class Reviews(Strict):
    """judgements/reviews.toml."""

    review: tuple[Review, ...] = ()


class FactsWords(Strict):
    """Those of project.toml, by its keys. region: its statement; region_name: what it is called."""

    name: str
    country: str
    donor: str
    implementer: str
    partners: tuple[str, ...]
    locations: str
    currency: str
    notice: str = ""
    targets_note: str = ""
    region: str = ""
    region_name: str = ""
    statements: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


class AreaWords(Strict):
    """The name of an area, and its purpose."""

    name: str
    purpose: str


class QualityWords(Strict):
    """Those of quality.toml: its note, and the reason of each standard."""

    note: str
    validity: str
    integrity: str
    precision: str
    reliability: str
    timeliness: str


class SheetWords(Strict):
    """Those of a reference sheet. one, many: of a number that is told with its unit, "7.6 points".

    reached, not_reached: of a milestone, which has no unit.
    """

    name: CellText
    unit: CellText = ""
    definition: str
    limitations: str
    one: str = ""
    many: str = ""
    reached: CellText = ""
    not_reached: CellText = ""


class Translation(Strict):
    """The words of a project in a language.

    criteria: what is missing, by criterion; standards: their names, by code; policy: what each class describes;
    indicators: by code. labels: of coarse categories, of fields that the tables call alike, of groups, steps and roles,
    by the word in the folder's language.
    texts: what else reference sheets and sources say, by the text in that language; a text without one stays as it is.
    """

    facts: FactsWords
    areas: dict[Name, AreaWords]
    quality: QualityWords
    indicators: dict[Code, SheetWords]
    criteria: dict[Name, str] = Field(default_factory=dict)
    standards: dict[str, CellText] = Field(default_factory=dict)
    policy: dict[Name, str] = Field(default_factory=dict)
    labels: dict[str, CellText] = Field(default_factory=dict)
    texts: dict[str, str] = Field(default_factory=dict)
