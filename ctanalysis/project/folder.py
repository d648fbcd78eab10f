"""A project folder is read: every file, and whether what one file names is in the others."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import check_no_link, clear
from ctanalysis.language import languages
from ctanalysis.project import agreement
from ctanalysis.project.csv_files import Delivery, PublishedFigure, Target
from ctanalysis.project.descriptor import Package
from ctanalysis.project.facts import Facts
from ctanalysis.project.judgements import (
    AcceptedFindings,
    Actions,
    Contexts,
    Corrections,
    Explanations,
    Judged,
    Lessons,
    Milestones,
    Questions,
    Recommendations,
    Restatements,
    SamePeople,
)
from ctanalysis.project.policy import Policy
from ctanalysis.project.population import Population, read_population
from ctanalysis.project.project import Project
from ctanalysis.project.quality import Quality
from ctanalysis.project.reading_sheets import read_sheet
from ctanalysis.project.rules import Rules
from ctanalysis.project.sheets import MilestoneSheet, Sheet
from ctanalysis.project.strict import Strict, read_csv, read_json, read_toml
from ctanalysis.project.translations import Reviews, Translation

FILES = (
    "project.toml",
    "datapackage.json",
    "policy.toml",
    "targets.csv",
    "published.csv",
    "rules.toml",
    "quality.toml",
    "deliveries.csv",
    "population.csv",
)
JUDGEMENTS = (
    "corrections.toml",
    "same-people.toml",
    "restatements.toml",
    "accepted.toml",
    "milestones.toml",
    "explanations.toml",
    "context.toml",
    "actions.toml",
    "lessons.toml",
    "recommendations.toml",
    "questions.toml",
    "reviews.toml",
)
MARKING = "INTERNAL - NOT FOR PUBLICATION"  # on every file of internal/ that shows what the gate hides
SHIPPED = Path(__file__).resolve().parent.parent.parent / "data"  # in a checkout; the installed library has none

Model = TypeVar("Model", bound=Strict)
Read = TypeVar("Read")


def output_folder(folder: str | Path | None, name: str) -> Path:
    """The folder of a project's reports, releases, internal or other outputs (name).

    It is in the project's folder; of the shipped project, which is None as well, it is beside the library.
    Refused: it is a link, so that what is written into it, and who may read it, would be decided elsewhere.
    """
    folder = Path(folder or SHIPPED)
    output = (SHIPPED.parent if folder.resolve() == SHIPPED else folder) / name
    check_no_link(output)
    return output


def clear_outputs(folder: str | Path | None) -> None:
    """Removes what dead runs left half made in the folders of a project's outputs, of whatever period."""
    internal = output_folder(folder, "internal")
    inner = [internal / name for name in ("release", "manifests/reports", "manifests/releases")]
    for place in (output_folder(folder, "reports"), output_folder(folder, "releases"), internal, *inner):
        clear(place)


def load(folder: str | Path) -> Project:
    """The project in a folder. Refused: not a project folder, a file missing or at fault, names that do not agree."""
    folder = Path(folder)
    if not (folder / "project.toml").is_file():
        raise Refused(_no_project(folder))
    _check_names(folder, FILES)
    _check_names(folder / "judgements", JUDGEMENTS)
    printed = _sheets(folder / "indicators")
    project = Project(
        folder=folder,
        facts=read_toml(folder / "project.toml", Facts),
        package=read_json(folder / "datapackage.json", Package),
        policy=read_toml(folder / "policy.toml", Policy),
        sheets=tuple(sheet for sheet in printed.values() if isinstance(sheet, Sheet)),
        targets=read_csv(folder / "targets.csv", Target),
        published=read_csv(folder / "published.csv", PublishedFigure),
        rules=_optional(read_toml, folder / "rules.toml", Rules, Rules()),
        quality=_optional(read_toml, folder / "quality.toml", Quality, Quality()),
        deliveries=_optional(read_csv, folder / "deliveries.csv", Delivery, ()),
        milestones=tuple(sheet for sheet in printed.values() if isinstance(sheet, MilestoneSheet)),
        population=_population(folder / "population.csv"),
        judged=_said(folder),
        translations=_translations(folder / "translations"),
        files={sheet.code: f"{path.parent.name}/{path.name}" for path, sheet in printed.items()},
        **_decided(folder),
    )
    agreement.check(project, [(sheet, path.name) for path, sheet in printed.items()])
    return project


def _population(path: Path) -> Population:
    return read_population(path) if path.exists() else Population()


def _no_project(folder: Path) -> str:
    if folder == SHIPPED:
        return (
            "No project is named, and none comes with the installed library. Name its folder, as in project = ../new."
        )
    return f"{folder}: this is not a project folder (it has no project.toml)."


def _sheets(folder: Path) -> dict[Path, Sheet | MilestoneSheet]:
    paths = sorted(folder.glob("*.toml"), key=_by_number)
    if not paths:
        raise Refused(f"{folder}: there is no reference sheet (*.toml) in it.")
    sheets = {path: read_sheet(path) for path in paths}
    if not any(isinstance(sheet, Sheet) for sheet in sheets.values()):
        raise Refused(f"{folder}: there are milestones only. A report needs an indicator with a number.")
    return sheets


def _by_number(path: Path) -> list[str | int]:
    """The order of files' names in which 2.10 comes after 2.9."""
    return [int(part) if part.isdecimal() else part for part in re.split("([0-9]+)", path.name)]


def _optional(reader: Callable[[Path, type[Model]], Read], path: Path, model: type[Model], without: Read) -> Read:
    return reader(path, model) if path.exists() else without


def _judged(folder: Path, name: str, model: type[Model]) -> Model:
    return _optional(read_toml, folder / "judgements" / f"{name}.toml", model, model())


def _translations(folder: Path) -> dict[str, Translation]:
    """The words of a project by language."""
    _check_names(folder, [f"{language}.toml" for language in languages()])
    return {path.stem: read_toml(path, Translation) for path in sorted(folder.glob("*.toml"))}


def _decided(folder: Path) -> dict[str, Any]:
    """What people decided, by the field of the Project that holds it."""
    return {
        "corrections": _judged(folder, "corrections", Corrections).correction,
        "same_people": _judged(folder, "same-people", SamePeople).people,
        "restatements": _judged(folder, "restatements", Restatements).restatement,
        "accepted": _judged(folder, "accepted", AcceptedFindings).accepted,
        "reached": _judged(folder, "milestones", Milestones).milestone,
        "reviews": _judged(folder, "reviews", Reviews).review,
    }


def _said(folder: Path) -> Judged:
    """What people say beside the numbers."""
    asked = _judged(folder, "questions", Questions)
    return Judged(
        explanations=_judged(folder, "explanations", Explanations).explanation,
        context=_judged(folder, "context", Contexts).context,
        actions=_judged(folder, "actions", Actions).action,
        lessons=_judged(folder, "lessons", Lessons).lesson,
        recommendations=_judged(folder, "recommendations", Recommendations).recommendation,
        questions=asked.question,
        answers=asked.answer,
    )


def _check_names(folder: Path, allowed: Iterable[str]) -> None:
    """Refused: a file that looks like one of a project's and is none. A misspelt name would go unnoticed."""
    for path in sorted(folder.glob("*")):
        if path.suffix in (".toml", ".csv", ".json") and path.name not in allowed:
            raise Refused(
                f"{path}: this is none of a project's files here. There are: {', '.join(allowed)}. Correct its name or "
                "move it out."
            )
