"""Reference sheets as tables. What is printed of the calculation is made from the calculation itself."""

from collections.abc import Iterable, Iterator

from babel.lists import format_list

from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.numbers import title_of
from ctanalysis.project import Project
from ctanalysis.project.calculations import Count, Days, Extreme, Level, Mean, People, Ratio, Share, Sum
from ctanalysis.project.conditions import Condition, Scalar, Where, asked
from ctanalysis.project.fields import Field
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.needed import needs
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
Rows = Count | Sum | Mean | Extreme | People | Level  # a calculation that is no share of two

IN_CELL = "is ", "is one of: ", "is recorded and not "  # how conditions on a field of one value are told
IN_LIST = "has, among others perhaps, ", "has any of: ", "is recorded and has none of: "
OF_A_COLUMN = {"mean": "Mean", "max": "Largest value", "min": "Smallest value", "last": "Latest value"}
DATA_TYPE = {
    "share": "per cent, from a numerator and a denominator",
    "mean": "mean, with its n",
    "ratio": "number, from a numerator and a denominator",
}


def reference_sheets(evaluation: Evaluation, area: str | None = None) -> Stack:
    """The reference sheets of an area, or of all areas."""
    sheets = [sheet for sheet in evaluation.project.sheets if area in (None, sheet.area)]
    return Stack(tuple(_sheet(evaluation.project, sheet) for sheet in sheets))


def _sheet(project: Project, sheet: Sheet) -> Table:
    rows = [(title, str(getattr(sheet, name))) for title, name in PRINTED if getattr(sheet, name)]
    calculated = [
        ("Data type", DATA_TYPE.get(sheet.measure, "number")),
        ("Calculated as", calculation_in_words(project, sheet)),
        (
            "Disaggregated by",
            "; ".join(_titles(project, sheet, fields) for fields in sheet.disaggregations) or "nothing",
        ),
        ("Baseline", _baseline(sheet)),
    ]
    return Table(f"{sheet.code} {sheet.name}", ("Reference sheet", ""), (*rows, *calculated), numeric=False)


def _baseline(sheet: Sheet) -> str:
    value = "none" if sheet.baseline.value is None else f"{sheet.baseline.value:g}"
    return f"{value} ({sheet.baseline.date}). {sheet.baseline.note}"


def _titles(project: Project, sheet: Sheet, fields: Iterable[str]) -> str:
    return " and ".join(title_of(project, sheet, name) for name in fields)


def _field(project: Project, table: str, name: str) -> Field:
    return project.package.locate(table, name).field


def calculation_in_words(project: Project, sheet: Sheet) -> str:
    """The calculation as a sentence, made from the sheet's own calculation and the schema's titles."""
    calculation = sheet.calculation
    if isinstance(calculation, Ratio):
        return _of_ratio(project, sheet, calculation)
    if not isinstance(calculation, Share):
        return " ".join((_of_rows(project, calculation), *_without(project, sheet)))
    also = _conditions(project, calculation.table, calculation.numerator.where)
    parts = (_of_rows(project, calculation.denominator), f"Numerator: those of them where {also}.")
    return " ".join(("Denominator:", *parts, *_without(project, sheet)))


def _of_ratio(project: Project, sheet: Sheet, calculation: Ratio) -> str:
    parts = [calculation_in_words(project, part) for part in sheet.parts]
    below = "The days of the period." if isinstance(calculation.denominator, Days) else parts[-1]
    return f"Numerator: {parts[0]} Denominator: {below} Of a longer period it is the ratio of its own two numbers."


def _without(project: Project, sheet: Sheet) -> Iterator[str]:
    """What becomes of rows without something that the calculation needs, where there may be such."""
    calculation, titles = sheet.calculation, dict[str, list[str]]()
    for need in needs(sheet):
        located = project.package.locate(calculation.table, need.field)
        declared = calculation.where.get(need.field)
        if located.may_be_missing and not (declared and declared.present):  # it says itself that they are not meant
            titles.setdefault(need.effect.several, []).append(f'"{located.field.title}"')
    if isinstance(calculation, Share):
        others = [name for name in asked(calculation.numerator.where) if name not in calculation.asked]
        places = [project.package.locate(calculation.table, name) for name in others]
        titles["are in the denominator only"] = [f'"{one.field.title}"' for one in places if one.may_be_missing]
    yield from (
        f"Rows without {format_list(names, 'or', locale='en')} {rows}." for rows, names in titles.items() if names
    )


def _of_rows(project: Project, part: Rows) -> str:
    table, dated = project.package.tables[part.table], (getattr(part, "date", None), Condition(present=True))
    where = {name: condition for name, condition in part.where.items() if (name, condition) != dated}  # said already
    ways = [_conditions(project, part.table, one) for one in part.any]
    conditions = " and ".join(filter(None, [_conditions(project, part.table, where), _one_or_another(ways)]))
    chosen = f" where {conditions}" if conditions else ""
    if isinstance(part, Level):
        start, end = (_field(project, part.table, name).title for name in (part.start, part.end))
        standing = f'"{start}" on or before the period\'s last day and "{end}" empty or after it'
        return f"{_what(project, part)} of {table.title}{chosen}, {standing}."
    day = _field(project, part.table, part.date).title
    rows = f'rows of {table.title} (by "{day}"){chosen}'
    if isinstance(part, People):
        once = (
            "on the day of the first such row in the whole project"
            if part.counted == "once"
            else "if there is such a row in the period"
        )
        return f'Distinct "{_field(project, part.table, part.person).title}" among {rows}, each counted once, {once}.'
    return f"{_what(project, part)} {'over' if isinstance(part, (Sum, Mean, Extreme)) else 'of'} {rows} in the period."


def _what(project: Project, part: Rows) -> str:
    column = getattr(part, "column", None)
    if column is None:
        return "Number"
    title = _field(project, part.table, column).title
    return f'{OF_A_COLUMN.get(part.measure, "Sum")} of "{title}"'


def _one_or_another(ways: list[str]) -> str:
    return f"at least one of these holds: ({') or ('.join(ways)})" if ways else ""


def _conditions(project: Project, table: str, where: Where) -> str:
    return " and ".join(_condition(_field(project, table, name), condition) for name, condition in where.items())


def _condition(field: Field, condition: Condition) -> str:
    """One field's conditions in words."""
    tests = []
    is_, one_of, not_ = IN_LIST if field.type == "list" else IN_CELL
    if condition.among is not None:
        tests.append((is_ if len(condition.among) == 1 else one_of) + _values(field, condition.among))
    if condition.excluded is not None:
        tests.append(not_ + _values(field, condition.excluded))
    if condition.minimum is not None:
        tests.append(f"is at least {condition.minimum}")
    if condition.maximum is not None:
        tests.append(f"is at most {condition.maximum}")
    if condition.present is not None:
        by_then = " by the period's last day" if field.type == "date" else ""
        tests.append(f"is {'' if condition.present else 'not '}recorded{by_then}")
    return f'"{field.title}" ' + " and ".join(tests)


def _values(field: Field, values: Iterable[Scalar]) -> str:
    labels = {category.value: category.label for category in field.categories or ()} | {True: "yes", False: "no"}
    return ", ".join(
        str(labels.get(value, value)) if isinstance(value, (bool, str)) else str(value) for value in values
    )
