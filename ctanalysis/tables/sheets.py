"""Reference sheets as tables. What is printed of the calculation is made from the calculation itself."""

from collections.abc import Iterable, Iterator
from datetime import date

from markupsafe import Markup

from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import Marks, title_of
from ctanalysis.project import Project
from ctanalysis.project.fields import Field
from ctanalysis.project.population import Residents
from ctanalysis.project.sheets import MilestoneSheet, Sheet
from ctanalysis.project.words import WRITTEN
from ctanalysis.tables.cells import Cell, day, written
from ctanalysis.tables.described import Described
from ctanalysis.tables.in_words import calculation_in_words, round_of_baseline
from ctanalysis.tables.table import Stack, Table

# The sections of the USAID Performance Indicator Reference Sheet (ADS 201maf), in its order.
PRINTED = (
    "result",
    "level",
    "performance_plan_report",
    "definition",
    "unit",
    "direction",
    "rationale",
    "source",
    "method",
    "frequency",
    "responsible",
    "target_rationale",
    "previous_assessments",
    "next_assessment",
    "limitations",
    "changes",
    "notes",
    "updated",
)
OURS = ("level", "direction")  # words of the library, and not of the sheet


def reference_sheets(evaluation: Evaluation, area: str | None = None) -> Stack:
    """The reference sheets of an area, or of all areas."""
    project = evaluation.project
    every: tuple[Sheet | MilestoneSheet, ...] = (*project.sheets, *project.milestones)
    sheets = [sheet for sheet in every if area in (None, sheet.area)]
    none = project.speech.plain("table.sheet.none")
    return Stack(tuple(reference_sheet(project, sheet) for sheet in sheets), empty=none)


def reference_sheet(project: Project, sheet: Sheet | MilestoneSheet) -> Table:
    """One reference sheet, with the calculation in words."""
    speech = project.speech
    rows = [*_printed(speech, sheet), *_standard(project, sheet)]
    rows += _calculated(project, sheet) if isinstance(sheet, Sheet) else _of_milestone(speech)
    header = tuple(speech.plain(f"table.sheet.{name}") for name in ("field", "as_calculated"))
    title, anchor = f"{sheet.code} {sheet.name}", sheet_anchor(sheet.code)
    return Table(title, header, tuple(rows), numeric=False, anchor=anchor, speech=speech)


def sheet_anchor(code: str) -> str:
    """The id of the table of an indicator's reference sheet."""
    return f"sheet-{code}"


def _printed(speech: Speech, sheet: Sheet | MilestoneSheet) -> Iterator[tuple[str, str]]:
    """The texts of a sheet, each behind what it is."""
    for name in PRINTED:
        text = str(getattr(sheet, name, ""))
        if text:
            told: str = speech.plain(f"table.sheet.word.{text}") if name in OURS else _text(speech, sheet, name)
            yield speech.plain(f"table.sheet.printed.{name}"), told


def _text(speech: Speech, sheet: Sheet | MilestoneSheet, name: str) -> Cell:
    """A text of a sheet: in the language where it is translated, else as it was written."""
    text = getattr(sheet, name)
    if isinstance(text, date):
        return day(speech, text)
    return written(speech, text) if name in WRITTEN else Cell(Marks(speech).words(text))


def _standard(project: Project, sheet: Sheet | MilestoneSheet) -> Iterator[tuple[str, str]]:
    """The standard indicator that a sheet names, with its source."""
    speech = project.speech
    for one in project.facts.standards:
        if one.code == sheet.standard:
            marks = Marks(speech)
            parts = marks.label(one.code), marks.words(one.name), written(speech, one.source)
            yield speech.plain("table.sheet.standard"), Cell(Markup("{} {} ({})").format(*parts))


def _of_milestone(speech: Speech) -> list[tuple[str, str]]:
    """What stands in the place of a calculation."""
    pairs = (("data_type", "is_milestone"), ("calculated_as", "of_milestone"))
    return [(speech.plain(f"table.sheet.{name}"), speech.plain(f"table.sheet.{words}")) for name, words in pairs]


def _calculated(project: Project, sheet: Sheet) -> list[tuple[str, str]]:
    speech = project.speech
    kind = sheet.measure if sheet.is_ratio else "number"
    found: dict[str, str] = {
        "data_type": speech.plain(f"table.sheet.type.{kind}"),
        "calculated_as": Cell(Marks(speech).label(calculation_in_words(project, sheet))),
        "disaggregated": "; ".join(_titles(project, sheet, fields) for fields in sheet.disaggregations)
        or speech.plain("table.sheet.nothing"),
        **({"asked": _asked(project, sheet.asked_of)} if sheet.asked_of else {}),
        "baseline": _baseline(project, sheet),
    }
    if sheet.measure == "rate":
        found["residents"] = _residents(project)
    return [(speech.plain(f"table.sheet.{name}"), words) for name, words in found.items()]


def _asked(project: Project, code: str) -> str:
    """Of how many those are who were asked."""
    name = project.sheet(code).name
    return Cell(project.speech.say("table.sheet.asked_of", code=Marks(project.speech).label(code), name=name))


def _residents(project: Project) -> Cell:
    """The sources of the residents, each with its years."""
    found, speech = [], project.speech
    for source, years, named, is_most in project.population.sources():
        names = speech.series(_of_whom(project, one) for one in named)
        names = speech.plain("table.sheet.all_but", names=names) if is_most else names
        of = f"{', '.join(map(str, years))}{f' ({names})' if named else ''}"
        found.append(Markup("{}: {}").format(Marks(speech).label(of), written(speech, source.rstrip("."))))
    return Cell(Markup("; ").join(found) + ".")


def _of_whom(project: Project, row: Residents) -> str:
    """The categories of a number of residents, as people read them."""
    of, fields = Described(project, project.speech), dict[str, Field]()
    for table in project.package.resources:
        fields |= {name: table.fields[name] for name, _ in row.of if name in table.fields}
    words = [of.values(fields[name], [value]) if name in fields else value for name, value in row.of]
    return ", ".join(words) or project.speech.plain("table.sheet.in_all")


def _baseline(project: Project, sheet: Sheet) -> Cell:
    speech, note = project.speech, written(project.speech, sheet.baseline.note)
    if sheet.rounds:
        held_against = round_of_baseline(Described(project, speech), sheet)
        return Cell(speech.say("table.sheet.baseline_round", round=Marks(speech).label(held_against), note=note))
    value, of = sheet.baseline.value, day(speech, sheet.baseline.date)
    told = speech.plain("table.sheet.no_baseline") if value is None else Marks(speech).fact(value)
    return Cell(speech.say("table.sheet.baseline_value", value=told, day=of, note=note))


def _titles(project: Project, sheet: Sheet, fields: Iterable[str]) -> str:
    """One field, or two that are crossed."""
    first, *others = (title_of(project, sheet, name) for name in fields)
    return project.speech.plain("table.sheet.title_and", first=first, second=others[0]) if others else first
