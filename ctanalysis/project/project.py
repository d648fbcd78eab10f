"""A project as a whole: what its folder says, as frozen objects that fit each other."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.periods import Calendar
from ctanalysis.project.descriptor import Package
from ctanalysis.project.facts import Facts
from ctanalysis.project.judgements import Correction, Restatement, SamePerson
from ctanalysis.project.listed import Delivery, Published, Target
from ctanalysis.project.policy import Policy
from ctanalysis.project.policy import Rule as PolicyRule
from ctanalysis.project.quality import Quality
from ctanalysis.project.rules import Rules
from ctanalysis.project.sheets import Sheet


@dataclass(frozen=True)
class Project:
    """What a project folder says, checked. sheets are in the order of their files' names."""

    folder: Path
    facts: Facts
    package: Package
    policy: Policy
    sheets: tuple[Sheet, ...]
    targets: tuple[Target, ...]
    published: tuple[Published, ...]
    rules: Rules
    quality: Quality
    deliveries: tuple[Delivery, ...]
    corrections: tuple[Correction, ...]
    same_people: tuple[SamePerson, ...]
    restatements: tuple[Restatement, ...]

    @cached_property
    def calendar(self) -> Calendar:
        facts = self.facts
        return Calendar(facts.fiscal_year.first_month, facts.start, facts.end, facts.records_through)

    def sheet(self, code: str) -> Sheet:
        """The reference sheet of an indicator. Refused with the codes that there are."""
        for sheet in self.sheets:
            if sheet.code == code:
                return sheet
        raise Refused(
            f"There is no indicator {code!r}. There are: {', '.join(dict.fromkeys(s.code for s in self.sheets))}."
        )

    def rule(self, sheet: Sheet) -> PolicyRule:
        """The rule of the policy for the table that a sheet counts."""
        return self.policy.rules[self.package.tables[sheet.calculation.table].disclosure]

    def counts_things(self, sheet: Sheet) -> bool:
        """Whether a sheet's numbers are not of people, though people stand behind them: services, returns, money. Rows of a table in which each person has one are people."""
        part, person = sheet.part, self.rule(sheet).person
        schema = self.package.tables[sheet.calculation.table].table_schema
        unique = {schema.primary_key[0], *(field.name for field in schema.fields if field.constraints.unique)}
        of_rows = part.measure in ("count", "mean") or (
            part.measure == "level" and getattr(part, "column", None) is None
        )
        return bool(person) and part.measure != "people" and not (of_rows and person in unique)
