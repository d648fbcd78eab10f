"""project.toml: the facts of a project, printed in every report."""

from datetime import date
from typing import Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import Field, model_validator

from ctanalysis.language import languages
from ctanalysis.language.catalogue import FIRST
from ctanalysis.project.beyond import Iati, Region, Standard
from ctanalysis.project.judgements.public import PublicText
from ctanalysis.project.strict import CellText, Code, Name, Strict


class FiscalYear(Strict):
    """The month (1-12) in which fiscal years begin."""

    first_month: int = Field(ge=1, le=12)


class Funding(Strict):
    """The published funding, in whole units of a currency. spending: the indicator of what was spent of it, if any."""

    amount: int = Field(gt=0)
    currency: str
    spending: str = ""


class CostOf(Strict):
    """What is spent under a line of spending, by its value in the records, for each of what an indicator counts."""

    line: str
    per: str


class Fairness(Strict):
    """Two categories of a field that are held beside each other: women beside men, each by its value in the records.

    called: what both are called in sentences.
    """

    field: Name
    share_of: str
    beside: str
    called: tuple[CellText, CellText]


class Step(Strict):
    """A step of the pathway of people who are helped: an indicator, and in a word or two who has come so far."""

    indicator: str
    name: CellText


class Tracking(Strict):
    """From which deviation of what was expected on an explanation is asked for: more than this part of it."""

    tolerance: float = Field(default=0.1, gt=0, lt=1)


class Area(Strict):
    """A part of the project, under which its indicators are reported."""

    code: Name
    name: str
    purpose: str


class Statement(Strict):
    """A published sentence, told from the day on which it was true: beside an area's results, or of the project."""

    area: str = ""
    as_of: date
    text: str


class Limit(Strict):
    """A sentence about what the data cannot say."""

    text: str


class Criterion(Strict):
    """One of the criteria of the OECD-DAC by which the project asks to be evaluated.

    indicators: those that are evidence for it. missing: a sentence that says which evidence there is not.
    """

    name: Literal["relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability"]
    indicators: tuple[Code, ...] = ()
    missing: PublicText


class Facts(Strict):
    """The facts of a project. Each is public, and `source` says where it was published.

    records_through: the last day up to which the records are complete. former_ends: the ends that the project had
    before it was extended. language: the code of the one in which the folder is written; languages: of all in which it
    is told, that one first. time_zone: where the project is, such as
    Asia/Karachi; only needed where records have times of Greenwich. criteria: none where the project asks for none.
    standards: the indicators that its sheets may name as their standard. iati: without it no file of IATI is written.
    """

    name: str
    country: str
    donor: str
    implementer: str
    partners: tuple[str, ...]
    locations: str
    start: date
    end: date
    former_ends: tuple[date, ...] = ()
    language: str = ""
    languages: tuple[str, ...] = ()
    time_zone: str = ""
    synthetic: bool
    notice: str = ""
    targets_note: str = ""
    records_through: date
    source: str
    fiscal_year: FiscalYear
    funding: Funding
    areas: tuple[Area, ...]
    tracking: Tracking = Tracking()
    statements: tuple[Statement, ...] = ()
    limits: tuple[Limit, ...] = ()
    fairness: Fairness | None = None
    pathway: tuple[Step, ...] = ()
    costs: tuple[CostOf, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    region: Region | None = None
    standards: tuple[Standard, ...] = ()
    iati: Iati | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_languages(cls, given: Any) -> Any:
        """One language may be written as language, several as languages: the first is that of the folder."""
        if not isinstance(given, dict) or not isinstance(given.get("languages", ()), list | tuple):
            return given  # which is refused for what it is
        one, several = given.get("language", ""), tuple(given.get("languages", ()))
        if not all(isinstance(word, str) for word in (one, *several)):
            return given
        first = several[0] if several else one
        if len({*several}) < len(several) or one not in ("", first) or not {first, *several} <= {*languages()}:
            raise ValueError(
                f"languages are some of {', '.join(languages())}, that of the folder first, each once, as in "
                f'languages = ["{FIRST}"]; a single one may be written as language'
            )
        return given | {"language": first, "languages": several or (first,)}

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError("the project's end is before its start")
        if any(not self.start < former < self.end for former in self.former_ends):
            raise ValueError("former_ends are days before the project's end and after its start: it was extended")
        if self.time_zone and self.time_zone not in available_timezones():
            raise ValueError("time_zone must be the name of a zone, such as Asia/Karachi")
        codes = [area.code for area in self.areas]
        unknown = {statement.area for statement in self.statements} - {"", *codes}
        if unknown or len(set(codes)) != len(codes):
            raise ValueError("areas must have codes of their own, and statements must name one of them, or none")
        if len({one.name for one in self.criteria}) != len(self.criteria):
            raise ValueError("each of the criteria stands once: put its indicators together")
        if len({one.code for one in self.standards}) != len(self.standards):
            raise ValueError("standards must have codes of their own")
        return self
