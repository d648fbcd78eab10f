"""The folder as a whole: every file read, every name in one of them found in the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from ctanalysis.base.errors import Refused
from ctanalysis.periods import Calendar
from ctanalysis.project import agreement
from ctanalysis.project.descriptor import Package
from ctanalysis.project.facts import Facts
from ctanalysis.project.listed import Delivery, Published, Target
from ctanalysis.project.policy import Policy
from ctanalysis.project.policy import Rule as PolicyRule
from ctanalysis.project.quality import Quality
from ctanalysis.project.rules import Correction, Corrections, Restatement, Restatements, Rules, SamePeople, SamePerson
from ctanalysis.project.sheets import Sheet
from ctanalysis.project.strict import Strict, read_json, read_list, read_toml

FILES = (
    "project.toml",
    "datapackage.json",
    "policy.toml",
    "targets.csv",
    "published.csv",
    "rules.toml",
    "quality.toml",
    "deliveries.csv",
)
JUDGEMENTS = ("corrections.toml", "same-people.toml", "restatements.toml")
MARKING = "INTERNAL - NOT FOR PUBLICATION"  # on every file of internal/ that tells what the gate hides
SHIPPED = Path(__file__).resolve().parent.parent.parent / "data"


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


def beside(folder: str | Path | None, name: str) -> Path:
    """Where what is made of a project stands: in its folder; of the shipped one, beside the library."""
    folder = Path(folder or SHIPPED)
    return (SHIPPED.parent if folder.resolve() == SHIPPED else folder) / name


def load(folder: str | Path) -> Project:
    """The project in a folder. Refused: not a project folder, a file missing or at fault, names that do not agree."""
    folder = Path(folder)
    if not (folder / "project.toml").is_file():
        raise Refused(f"{folder}: this is not a project folder (it has no project.toml).")
    _check_names(folder, FILES)
    _check_names(folder / "judgements", JUDGEMENTS)
    sheets = _sheets(folder / "indicators")
    project = Project(
        folder=folder,
        facts=read_toml(folder / "project.toml", Facts),
        package=read_json(folder / "datapackage.json", Package),
        policy=read_toml(folder / "policy.toml", Policy),
        sheets=tuple(sheets.values()),
        targets=read_list(folder / "targets.csv", Target),
        published=read_list(folder / "published.csv", Published),
        rules=_optional(read_toml, folder / "rules.toml", Rules, Rules()),
        quality=_optional(read_toml, folder / "quality.toml", Quality, Quality()),
        deliveries=_optional(read_list, folder / "deliveries.csv", Delivery, ()),
        corrections=_optional(read_toml, folder / "judgements/corrections.toml", Corrections, Corrections()).correction,
        same_people=_optional(read_toml, folder / "judgements/same-people.toml", SamePeople, SamePeople()).people,
        restatements=_optional(
            read_toml, folder / "judgements/restatements.toml", Restatements, Restatements()
        ).restatement,
    )
    agreement.check(project, [path.name for path in sheets])
    return project


def _sheets(folder: Path) -> dict[Path, Sheet]:
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise Refused(f"{folder}: there is no reference sheet (*.toml) in it.")
    return {path: read_toml(path, Sheet) for path in paths}


M = TypeVar("M", bound=Strict)
Read = TypeVar("Read")


def _optional(reader: Callable[[Path, type[M]], Read], path: Path, model: type[M], without: Read) -> Read:
    return reader(path, model) if path.exists() else without


def _check_names(folder: Path, known: Iterable[str]) -> None:
    """A misspelt file would be passed over in silence: what looks like one of a project's own must be one."""
    for path in sorted(folder.glob("*")):
        if path.suffix in (".toml", ".csv", ".json") and path.name not in known:
            raise Refused(
                f"{path}: this is none of a project's files here. There are: {', '.join(known)}. Correct its name or move it out."
            )
