"""Reference sheets as tables. What is printed of the calculation is made from the calculation itself."""

from collections.abc import Iterable

from babel.lists import format_list

from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.numbers import title_of
from ctanalysis.project import Project
from ctanalysis.project.population import Residents
from ctanalysis.project.sheets import MilestoneSheet, Sheet
from ctanalysis.tables.in_words import calculation_in_words, round_of_baseline
from ctanalysis.tables.table import Stack, Table

# The sections of the USAID Performance Indicator Reference Sheet (ADS 201maf), in its order.
PRINTED = (
    ("Name of result measured", "result"),
    ("Level", "level"),
    ("Performance plan and report indicator", "performance_plan_report"),
    ("Precise definition", "definition"),
    ("Unit of measure", "unit"),
    ("Desired direction", "direction"),
    ("Rationale", "rationale"),
    ("Data source", "source"),
    ("Method of data collection", "method"),
    ("Reporting frequency", "frequency"),
    ("Responsible", "responsible"),
    ("Rationale for targets", "target_rationale"),
    ("Previous data quality assessments", "previous_assessments"),
    ("Next data quality assessment", "next_assessment"),
    ("Known limitations", "limitations"),
    ("Changes to the indicator", "changes"),
    ("Other notes", "notes"),
    ("Sheet last updated", "updated"),
)

DATA_TYPE = {
    "share": "per cent, from a numerator and a denominator",
    "mean": "mean, with its n",
    "median": "median, with its n",
    "mean level": "mean over days, with what stood on all of them and their number",
    "gain": "mean of differences of the same rows, with their n",
    "ratio": "number, from a numerator and a denominator",
    "rate": "number for so many residents, from a numerator and a population",
}
OF_A_MILESTONE = (
    ("Data type", "yes or no"),
    (
        "Calculated as",
        "Reached on the day that was decided, with its evidence. It is told, and never added.",
    ),
)


def reference_sheets(evaluation: Evaluation, area: str | None = None) -> Stack:
    """The reference sheets of an area, or of all areas."""
    project = evaluation.project
    every: tuple[Sheet | MilestoneSheet, ...] = (*project.sheets, *project.milestones)
    sheets = [sheet for sheet in every if area in (None, sheet.area)]
    return Stack(tuple(reference_sheet(project, sheet) for sheet in sheets), empty="There is no reference sheet.")


def reference_sheet(project: Project, sheet: Sheet | MilestoneSheet) -> Table:
    """One reference sheet, with the calculation in words."""
    rows = [(title, str(getattr(sheet, name))) for title, name in PRINTED if getattr(sheet, name, "")]
    rows += [("Standard indicator", words) for words in _standard(project, sheet)]
    calculated = _calculated(project, sheet) if isinstance(sheet, Sheet) else OF_A_MILESTONE
    header, title = ("Field", "As calculated"), f"{sheet.code} {sheet.name}"
    return Table(title, header, (*rows, *calculated), numeric=False, anchor=sheet_anchor(sheet.code))


def sheet_anchor(code: str) -> str:
    """The id of the table of an indicator's reference sheet."""
    return f"sheet-{code}"


def _standard(project: Project, sheet: Sheet | MilestoneSheet) -> list[str]:
    """The standard indicator that a sheet names, with its source."""
    known = (one for one in project.facts.standards if one.code == sheet.standard)
    return [f"{one.code} {one.name} ({one.source})" for one in known]


def _calculated(project: Project, sheet: Sheet) -> tuple[tuple[str, str], ...]:
    return (
        ("Data type", DATA_TYPE.get(sheet.measure, "number")),
        ("Calculated as", calculation_in_words(project, sheet)),
        (
            "Disaggregated by",
            "; ".join(_titles(project, sheet, fields) for fields in sheet.disaggregations) or "nothing",
        ),
        *((("Asked", _asked(project, sheet.asked_of)),) if sheet.asked_of else ()),
        ("Baseline", _baseline(project, sheet)),
        *((("Residents", _residents(project)),) if sheet.measure == "rate" else ()),
    )


def _asked(project: Project, code: str) -> str:
    """Of how many those are who were asked."""
    return f"Only some were asked, of all that indicator {code} counts ({project.sheet(code).name})."


def _residents(project: Project) -> str:
    """The sources of the residents, each with its years."""
    found = []
    for source, years, named, is_most in project.population.sources():
        names = format_list([_of_whom(project, one) for one in named], locale="en")
        which = f" ({'all but ' if is_most else ''}{names})" if named else ""
        found.append(f"{', '.join(map(str, years))}{which}: {source.rstrip('.')}")
    return "; ".join(found) + "."


def _of_whom(project: Project, row: Residents) -> str:
    """The categories of a number of residents, as people read them."""
    fields = {
        name: table.fields[name] for table in project.package.resources for name, _ in row.of if name in table.fields
    }
    labels = {name: {one.value: one.label for one in field.categories or ()} for name, field in fields.items()}
    return ", ".join(labels.get(name, {}).get(value, value) for name, value in row.of) or "in all"


def _baseline(project: Project, sheet: Sheet) -> str:
    if sheet.rounds:
        return f"calculated from {round_of_baseline(project, sheet)}. {sheet.baseline.note}"
    value = "none" if sheet.baseline.value is None else f"{sheet.baseline.value:g}"
    return f"{value} ({sheet.baseline.date}). {sheet.baseline.note}"


def _titles(project: Project, sheet: Sheet, fields: Iterable[str]) -> str:
    return " and ".join(title_of(project, sheet, name) for name in fields)
