"""The calculation of a reference sheet as a sentence, made from the calculation itself and the schema's titles."""

from collections.abc import Iterable, Iterator

from babel.lists import format_list

from ctanalysis.project import Project
from ctanalysis.project.calculations import Days, Rate, Ratio, Share
from ctanalysis.project.conditions import Alternatives, Condition, Scalar, Where, asked
from ctanalysis.project.fields import Field
from ctanalysis.project.numerators import Reached
from ctanalysis.project.row_calculations import Extreme, Gain, Level, Mean, Median, People, Rows, Sum, columns_of
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.needed import needs

IN_CELL = "is ", "is one of: ", "is recorded and not "  # how conditions on a field of one value are told
IN_LIST = "has, among others perhaps, ", "has any of: ", "is recorded and has none of: "
OF_A_COLUMN = {
    "mean": "Mean",
    "median": "Median",
    "max": "Largest value",
    "min": "Smallest value",
    "last": "Latest value",
}
OVER_DAYS = "as a mean over the days of the period: what stands on each day, added up, by the number of the days"
WAITS = " To the end of a fiscal year are told those who entered in quarters of which all people have had their days."
OVER = "on the day on which the {days} are over."
HALFWAY = " Of an even number of rows it is halfway between the two in the middle (Hyndman & Fan, definition 2)."


def _field(project: Project, table: str, name: str) -> Field:
    return project.package.locate(table, name).field


def calculation_in_words(project: Project, sheet: Sheet) -> str:
    """The calculation as a sentence, made from the sheet's own calculation and the schema's titles."""
    calculation = sheet.calculation
    if isinstance(calculation, Ratio):
        return _of_ratio(project, sheet, calculation)
    if isinstance(calculation, Rate):
        return _of_rate(project, sheet, calculation)
    if not isinstance(calculation, Share):
        own = (*_of_categories(project, sheet), *_of_rounds(project, sheet), *_without(project, sheet))
        return " ".join((_of_rows(project, calculation), *own))
    parts = (_of_rows(project, calculation.denominator), f"Numerator: those of them {_inside(project, calculation)}")
    return " ".join(("Denominator:", *parts, *_of_rounds(project, sheet), *_without(project, sheet)))


def _of_rounds(project: Project, sheet: Sheet) -> Iterator[str]:
    """Of which survey round a value is, and what it is held against."""
    if sheet.rounds:
        title = _field(project, sheet.calculation.table, sheet.rounds.field).title
        yield (
            f'Only rows of one round of "{title}" count: of those that have rows in the period the latest, and never '
            f"the baseline. It is held against {round_of_baseline(project, sheet)}."
        )


def round_of_baseline(project: Project, sheet: Sheet) -> str:
    """The baseline round of a sheet that has rounds: the round baseline of "Round", dated 2012-03-31."""
    if sheet.rounds is None:
        return ""
    field = _field(project, sheet.calculation.table, sheet.rounds.field)
    return f'the round {_values(field, [sheet.rounds.baseline])} of "{field.title}", dated {sheet.baseline.date}'


def _of_categories(project: Project, sheet: Sheet) -> Iterator[str]:
    """Which column is which category of a breakdown."""
    by, columns = sheet.by_columns
    titles = {label: _field(project, sheet.calculation.table, name).title for label, name in columns.items()}
    if by:
        each = format_list([f'{label} is "{title}"' for label, title in titles.items()], locale="en")
        yield f"By {project.field(sheet, by).title}, {each}."


def _inside(project: Project, calculation: Share) -> str:
    """Which of the denominator's rows or people are in the numerator."""
    if calculation.reached:
        audited = project.policy.rules[project.package.tables[calculation.table].disclosure].audited
        return _reached(project, calculation.reached) + (WAITS if audited and calculation.reached.within else "")
    if calculation.in_time:
        first, second = (_field(project, calculation.table, name).title for name in calculation.in_time.days)
        days = _number_of_days(calculation.in_time.within)
        return f'with "{second}" within {days} of "{first}". Each of them is counted {OVER.format(days=days)}'
    return f"where {_conditions(project, calculation.table, calculation.inside)}."


def _of_ratio(project: Project, sheet: Sheet, calculation: Ratio) -> str:
    parts = [calculation_in_words(project, part) for part in sheet.parts]
    below = "The days of the period." if isinstance(calculation.denominator, Days) else parts[-1]
    return f"Numerator: {parts[0]} Denominator: {below} Of a longer period it is the ratio of its own two numbers."


def _of_rate(project: Project, sheet: Sheet, calculation: Rate) -> str:
    number = calculation_in_words(project, sheet.parts[0])
    apart = " Those not recorded have no rate, and are in the total." if sheet.disaggregations else ""
    return (
        f"Numerator: {number} It is told for each {calculation.per:,} residents: those of population.csv, the mean of "
        "the calendar years that the period's days are in, each weighted by its days. It is not made up to a year: "
        f"half a year has about half the rate of a year.{apart}"
    )


def _without(project: Project, sheet: Sheet) -> Iterator[str]:
    """What becomes of rows without something that the calculation needs, where there may be such."""
    calculation, titles = sheet.calculation, dict[str, list[str]]()
    for need in (need for need in needs(sheet) if not need.after):
        located = project.package.locate(calculation.table, need.field)
        declared = calculation.where.get(need.field)
        if located.may_be_missing and not (declared and declared.present):  # it says itself that they are not meant
            titles.setdefault(need.effect.several, []).append(f'"{located.field.title}"')
    if isinstance(calculation, Share):
        others = [name for name in asked(calculation.inside) if name not in calculation.asked]
        places = [project.package.locate(calculation.table, name) for name in others]
        titles["are in the denominator only"] = [f'"{one.field.title}"' for one in places if one.may_be_missing]
    yield from (
        f"Rows without {format_list(names, 'or', locale='en')} {rows}." for rows, names in titles.items() if names
    )
    yield from _of_days(project, sheet)


def _of_days(project: Project, sheet: Sheet) -> Iterator[str]:
    """What becomes of rows between whose dates no days lie (yet)."""
    for name, other in [sheet.days] if sheet.days else []:
        first, second = (_field(project, sheet.calculation.table, one).title for one in (name, other))
        if not isinstance(sheet.calculation, Share):
            yield f'Rows without "{second}" by the period\'s last day are left out: it has not come.'
        yield f'Rows with "{second}" before "{first}" are held out.'


def _of_rows(project: Project, part: Rows) -> str:
    table, dated = project.package.tables[part.table], (getattr(part, "date", None), Condition(present=True))
    where = {name: condition for name, condition in part.where.items() if (name, condition) != dated}  # said already
    chosen = _chosen(project, part.table, where, part.any)
    if isinstance(part, Level):
        start, end = (_field(project, part.table, name).title for name in (part.start, part.end))
        day = "a day" if part.over else "the period's last day"
        standing = f'"{start}" on or before {day} and "{end}" empty or after it'
        if part.over:
            return f"{_what(project, part)} of {table.title}{chosen}, {standing}, {OVER_DAYS}."
        return f"{_what(project, part)} of {table.title}{chosen}, {standing}."
    rows = _rows(project, part.table, part.date, where, part.any)
    if isinstance(part, People):
        return _people(project, part, rows)
    if isinstance(part, Gain):
        return f"{_gained(project, part)} Mean over {rows} in the period, the same rows on both sides."
    over = "over" if isinstance(part, (Sum, Mean, Median, Extreme)) else "of"
    return f"{_what(project, part)} {over} {rows} in the period.{HALFWAY if isinstance(part, Median) else ''}"


def _gained(project: Project, part: Gain) -> str:
    before, after = (_field(project, part.table, name) for name in part.asked)
    yes = ", where yes is 100 and no is 0, in percentage points" if before.type == "boolean" else ""
    return f'"{after.title}" less "{before.title}"{yes}.'


def _people(project: Project, part: People, rows: str) -> str:
    """People, by which of their rows they are counted. rows: of the first table, in words."""
    person = _field(project, part.table, part.person).title
    further = [f" or {_rows(project, one.table, one.date, one.where)}" for one in part.parts[1:]]
    number = "such a row" if part.at_least == 1 else _several(project, part)
    if part.counted != "once":
        once = f"if there {'is' if part.at_least == 1 else 'are'} {number} in the period"
    elif part.at_least == 1:
        once = "on the day of the first such row in the whole project"
    else:
        once = f"on the first day by which there are {number} in the whole project"
    return f'Distinct "{person}" among {rows}{"".join(further)}, each counted once, {once}.'


def _reached(project: Project, reached: Reached) -> str:
    """The later state of a cohort, and by when it must be reached."""
    rows = _rows(project, reached.table, reached.date, reached.where)
    if reached.different:
        title = _field(project, reached.table, reached.different).title
        rows = f'{reached.at_least} different values of "{title}" in {rows}'
    elif reached.at_least > 1:
        rows = f"{reached.at_least} {rows}"
    with_rows = f"with {rows}, from the day on which they entered on"
    if reached.within is None:
        return f"{with_rows}, by the period's last day."
    days = _number_of_days(reached.within)
    return f"{with_rows}, within {days} of it. Each of them is counted {OVER.format(days=days)}"


def _number_of_days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _several(project: Project, part: People) -> str:
    """How many rows, or different values, are asked."""
    if not part.different:
        return f"{part.at_least} such rows"
    title = _field(project, part.table, part.different).title
    return f'such rows with {part.at_least} different values of "{title}"'


def _what(project: Project, part: Rows) -> str:
    names, days = columns_of(part), getattr(part, "days", None)
    if isinstance(part, Level) and part.person:
        return f'Distinct "{_field(project, part.table, part.person).title}"'
    if days:
        first, second = (_field(project, part.table, name).title for name in days)
        return f'{OF_A_COLUMN[part.measure]} of the days from "{first}" to "{second}"'
    if not names:
        return "Number"
    titles = [f'"{_field(project, part.table, name).title}"' for name in names]
    return f"{OF_A_COLUMN.get(part.measure, 'Sum')} of {format_list(titles, locale='en')}"


def _rows(project: Project, table: str, date: str, where: Where, ways: Alternatives = ()) -> str:
    """The rows of a table, the day by which they count, and which are chosen."""
    day, title = _field(project, table, date).title, project.package.tables[table].title
    return f'rows of {title} (by "{day}"){_chosen(project, table, where, ways)}'


def _chosen(project: Project, table: str, where: Where, ways: Alternatives) -> str:
    """Conditions behind the rows that they choose; empty where there are none."""
    another = _one_or_another([_conditions(project, table, one) for one in ways])
    conditions = " and ".join(filter(None, [_conditions(project, table, where), another]))
    return f" where {conditions}" if conditions else ""


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
