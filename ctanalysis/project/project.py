"""A project as a whole: what its folder says, as frozen objects that fit each other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as default
from datetime import date
from functools import cached_property
from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.language import Speech
from ctanalysis.periods import Calendar, Period
from ctanalysis.project.calculations import Rate, Ratio, Share
from ctanalysis.project.columns import field_of
from ctanalysis.project.csv_files import Delivery, PublishedFigure, Target
from ctanalysis.project.descriptor import Package
from ctanalysis.project.facts import Area, Facts
from ctanalysis.project.fields import Field
from ctanalysis.project.judgements import (
    Accepted,
    Correction,
    Explanation,
    Judged,
    ReachedMilestone,
    Restatement,
    SamePerson,
    labels_of,
)
from ctanalysis.project.policy import DisclosureRule, Policy
from ctanalysis.project.population import Population
from ctanalysis.project.quality import Quality
from ctanalysis.project.row_calculations import columns_of
from ctanalysis.project.rules import Rules
from ctanalysis.project.sheets import MilestoneSheet, Sheet
from ctanalysis.project.translations import Review, Translation


@dataclass(frozen=True)
class Project:
    """What a project folder says, checked. The sheets are in the order of their files' names, 2.10 after 2.9.

    Made by load(). `rules` are those between fields (rules.toml); the rules of disclosure are in `policy`. retired:
    sheets that a report leaves out (see reporting); load() has all among `sheets`. milestones: the sheets without a
    number, and reached what was decided of them. files: by code, the sheet's file in the folder. population: the
    residents of population.csv, without rows where there is no such file. judged: what people say beside the numbers.
    translations: its words by language; reviews: of these; labels: pairs of its words and those of the language in
    which it is told, where that is not its first (see translated.told_in).
    """

    folder: Path
    facts: Facts
    package: Package
    policy: Policy
    sheets: tuple[Sheet, ...]
    targets: tuple[Target, ...]
    published: tuple[PublishedFigure, ...]
    rules: Rules
    quality: Quality
    deliveries: tuple[Delivery, ...]
    corrections: tuple[Correction, ...]
    same_people: tuple[SamePerson, ...]
    restatements: tuple[Restatement, ...]
    accepted: tuple[Accepted, ...] = ()
    retired: tuple[Sheet, ...] = ()
    milestones: tuple[MilestoneSheet, ...] = ()
    reached: tuple[ReachedMilestone, ...] = ()
    files: Mapping[str, str] = default(default_factory=dict)
    population: Population = default(default_factory=Population)
    judged: Judged = default(default_factory=Judged)
    labels: tuple[tuple[str, str], ...] = ()
    translations: Mapping[str, Translation] = default(default_factory=dict)
    reviews: tuple[Review, ...] = ()

    @cached_property
    def calendar(self) -> Calendar:
        """The fiscal calendar, with the project's days in it."""
        facts = self.facts
        return Calendar(facts.fiscal_year.first_month, facts.start, facts.end, facts.records_through)

    @property
    def every_sheet(self) -> tuple[Sheet, ...]:
        """The reference sheets, and those that were retired: what they told is public, and goes on to count."""
        return (*self.sheets, *self.retired)

    def sheet(self, code: str) -> Sheet:
        """The reference sheet of the indicator with this code. Refused: there is no such indicator."""
        for sheet in self.every_sheet:
            if sheet.code == code:
                return sheet
        raise Refused(
            f"There is no indicator {code!r}. There are: {', '.join(dict.fromkeys(s.code for s in self.sheets))}."
        )

    def area(self, code: str) -> Area:
        """The area with this code. Refused: there is no such area."""
        for area in self.facts.areas:
            if area.code == code:
                return area
        codes = [area.code for area in self.facts.areas]
        raise Refused(f"There is no area {code!r}. There are: {', '.join(codes)}. Name one, as in -p area {codes[0]}.")

    def explanation(self, indicator: str, period: Period) -> Explanation | None:
        """Why an indicator's value of a period is not what was expected; None where nobody says."""
        return self.judged.explanation(indicator, labels_of(self.calendar, period))

    def reporting(self, day: date) -> "Project":
        """The project as a report of days up to this one tells it: without the indicators that were retired before."""
        retired = tuple(sheet for sheet in self.sheets if sheet.retired and sheet.retired < day)
        milestones = tuple(sheet for sheet in self.milestones if not sheet.retired or sheet.retired >= day)
        sheets = tuple(sheet for sheet in self.sheets if sheet not in retired)
        return replace(self, sheets=sheets, retired=retired, milestones=milestones)

    def disclosure_rule(self, sheet: Sheet) -> DisclosureRule:
        """The disclosure rule of the table that a sheet counts."""
        return self.policy.rules[self.package.tables[sheet.calculation.table].disclosure]

    def field(self, sheet: Sheet, name: str) -> Field:
        """The field by which a sheet is broken down; of columns that are categories, one that is made of them."""
        by, columns = sheet.by_columns
        return field_of(name, columns) if by == name else self.package.locate(sheet.calculation.table, name).field

    @cached_property
    def speech(self) -> Speech:
        """The language in which it is told, with the project's words in it."""
        return Speech(self.facts.language, self.facts.languages[0], self.labels)

    def reviewed(self, language: str) -> bool:
        """Whether what is told in a language is no draft of a translation: its first, or one that was reviewed."""
        return language == self.facts.languages[0] or any(one.language == language for one in self.reviews)

    def title(self, sheet: Sheet, name: str) -> str:
        """What the field by which a sheet is broken down is called, in the language in which it is told."""
        field = self.field(sheet, name)
        return field.translations.get(self.facts.language, field.title)

    def adds_whole_numbers(self, sheet: Sheet) -> bool:
        """Whether all that a sheet adds up or compares are whole numbers: what it counts, or integers."""
        if isinstance(sheet.calculation, (Share, Ratio, Rate)):
            return True
        places = [self.package.locate(sheet.calculation.table, name) for name in columns_of(sheet.calculation)]
        return all(place.field.type == "integer" for place in places)

    @cached_property
    def open_tables(self) -> tuple[str, ...]:
        """The names of the tables that neither protect anybody nor refer to one that does."""
        names: list[str] = []
        for table in self.package.parents_first():
            protects = self.policy.rules[table.disclosure].protects
            if not protects and all(other in names for other in table.references.values()):
                names.append(table.name)
        return tuple(table.name for table in self.package.resources if table.name in names)

    def counts_things(self, sheet: Sheet) -> bool:
        """Whether people stand behind a sheet's numbers, but the numbers are of something else: services, money.

        A count of the rows of a table in which each person has one row is a number of people.
        """
        rows, person = sheet.row_calculation, self.disclosure_rule(sheet).person
        table = self.package.tables[sheet.calculation.table]
        of_rows = rows.measure in ("count", "mean", "median", "gain") or (
            rows.measure == "level" and getattr(rows, "column", None) is None
        )
        is_of_people = rows.measure == "people" or bool(getattr(rows, "person", None))
        return bool(person) and not is_of_people and not (of_rows and person in {table.key} | table.unique)
