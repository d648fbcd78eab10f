"""The calculation of a reference sheet as a sentence, made from the calculation itself and the schema's titles."""

from collections.abc import Iterator
from functools import reduce

from ctanalysis.indicators.gains import POINTS
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import Marks
from ctanalysis.project import Project
from ctanalysis.project.calculations import Days, Rate, Ratio, Share
from ctanalysis.project.conditions import Alternatives, Condition, Where, asked
from ctanalysis.project.numerators import Reached
from ctanalysis.project.row_calculations import Extreme, Gain, Level, Mean, Median, People, Rows, Sum, columns_of
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.needed import needs
from ctanalysis.tables.described import Described

DEFINITION = 2  # of a median, by Hyndman & Fan


def calculation_in_words(project: Project, sheet: Sheet, speech: Speech | None = None) -> str:
    """The calculation as a sentence, made from the sheet's own calculation and the schema's titles.

    speech: the language in which it is said; without, that in which the project is told.
    """
    return _said(Described(project, speech or project.speech), sheet)


def _said(of: Described, sheet: Sheet) -> str:
    calculation = sheet.calculation
    if isinstance(calculation, Ratio):
        return _of_ratio(of, sheet, calculation)
    if isinstance(calculation, Rate):
        return _of_rate(of, sheet, calculation)
    if not isinstance(calculation, Share):
        own = (*_of_categories(of, sheet), *_of_rounds(of, sheet), *_without(of, sheet))
        return " ".join((_of_rows(of, calculation), *own))
    parts = of.say("share", rows=_of_rows(of, calculation.denominator), inside=_inside(of, calculation))
    return " ".join((parts, *_of_rounds(of, sheet), *_without(of, sheet)))


def _of_rounds(of: Described, sheet: Sheet) -> Iterator[str]:
    """Of which survey round a value is, and what it is held against."""
    if sheet.rounds:
        title = of.title(sheet.calculation.table, sheet.rounds.field)
        yield of.say("rounds", title=title, baseline=round_of_baseline(of, sheet))


def round_of_baseline(of: Described, sheet: Sheet) -> str:
    """The baseline round of a sheet that has rounds: the round baseline of "Round", dated 2012-03-31."""
    if sheet.rounds is None:
        return ""
    field = of.field(sheet.calculation.table, sheet.rounds.field)
    value = of.values(field, [sheet.rounds.baseline])
    return of.say(
        "baseline_round", value=value, title=of.called(field), day=Marks(of.speech).day(sheet.baseline.date).striptags()
    )


def _of_categories(of: Described, sheet: Sheet) -> Iterator[str]:
    """Which column is which category of a breakdown."""
    by, columns = sheet.by_columns
    if by:
        titles = {label: of.title(sheet.calculation.table, name) for label, name in columns.items()}
        each = (of.say("category", label=of.speech.label(label), title=title) for label, title in titles.items())
        yield of.say("by_categories", title=of.called(of.project.field(sheet, by)), each=of.speech.series(each))


def _inside(of: Described, calculation: Share) -> str:
    """Which of the denominator's rows or people are in the numerator."""
    if calculation.reached:
        audited = of.project.policy.rules[of.project.package.tables[calculation.table].disclosure].audited
        waits = [of.say("waits")] if audited and calculation.reached.within else []
        return " ".join((_reached(of, calculation.reached), *waits))
    if calculation.in_time:
        first, second = (of.title(calculation.table, name) for name in calculation.in_time.days)
        return of.say("in_time", first=first, second=second, n=calculation.in_time.within)
    return of.say("inside", conditions=of.conditions(calculation.table, calculation.inside))


def _of_ratio(of: Described, sheet: Sheet, calculation: Ratio) -> str:
    parts = [_said(of, part) for part in sheet.parts]
    below = of.say("days_of_period") if isinstance(calculation.denominator, Days) else parts[-1]
    return of.say("ratio", numerator=parts[0], denominator=below)


def _of_rate(of: Described, sheet: Sheet, calculation: Rate) -> str:
    said = of.say("rate", rows=_said(of, sheet.parts[0]), per=of.speech.number(calculation.per))
    return f"{said} {of.say('without_rate')}" if sheet.disaggregations else said


def _without(of: Described, sheet: Sheet) -> Iterator[str]:
    """What becomes of rows without something that the calculation needs, where there may be such, in each table."""
    sentences = (said for one in sheet.by_table for said in _without_of(of, one, len(sheet.by_table) > 1))
    yield from dict.fromkeys(sentences)
    yield from _of_days(of, sheet)


def _without_of(of: Described, sheet: Sheet, several: bool) -> Iterator[str]:
    """Of one table. several: whether there are others, so that it is named."""
    rows = sheet.row_calculation
    place = {}
    if several and not isinstance(rows, Level):
        place = {"table": of.table(rows.table), "day": of.title(rows.table, rows.date)}
    for effect, names in _lacking(of, sheet).items():
        titles = {"titles": of.quoted(names, "or"), "effect": of.say(f"effect.{effect}")}
        yield of.say("without_of" if place else "without", **titles, **place)


def _lacking(of: Described, sheet: Sheet) -> dict[str, list[str]]:
    """By what becomes of rows without them, the titles of the fields that a row of a table may lack."""
    calculation, titles = sheet.calculation, dict[str, list[str]]()
    for need in (need for need in needs(sheet) if not need.after):
        located = of.project.package.locate(calculation.table, need.field)
        declared = calculation.where.get(need.field)
        if located.may_be_missing and not (declared and declared.present):  # it says itself that they are not meant
            titles.setdefault(need.effect.several, []).append(of.called(located.field))
    if isinstance(calculation, Share):
        others = [name for name in asked(calculation.inside) if name not in calculation.asked]
        places = [of.project.package.locate(calculation.table, name) for name in others]
        titles["are in the denominator only"] = [of.called(one.field) for one in places if one.may_be_missing]
    return {effect: names for effect, names in titles.items() if names}


def _of_days(of: Described, sheet: Sheet) -> Iterator[str]:
    """What becomes of rows between whose dates no days lie (yet)."""
    for name, other in [sheet.days] if sheet.days else []:
        first, second = (of.title(sheet.calculation.table, one) for one in (name, other))
        if not isinstance(sheet.calculation, Share):
            yield of.say("not_come", second=second)
        yield of.say("backwards", first=first, second=second)


def _of_rows(of: Described, part: Rows) -> str:
    dated = (getattr(part, "date", None), Condition(present=True))
    where = {name: condition for name, condition in part.where.items() if (name, condition) != dated}  # said already
    if isinstance(part, Level):
        return _of_level(of, part, of.chosen(part.table, where, part.any))
    rows = _rows(of, part.table, part.date, where, part.any)
    if isinstance(part, People):
        return _people(of, part, rows)
    if isinstance(part, Gain):
        return _gained(of, part, rows)
    if not isinstance(part, (Sum, Mean, Median, Extreme)):
        return of.say("count", rows=rows)
    said = of.say("over_rows", what=_what(of, part), rows=rows)
    return f"{said} {of.say('halfway', definition=DEFINITION)}" if isinstance(part, Median) else said


def _of_level(of: Described, part: Level, chosen: str) -> str:
    """What stands on a day, or on each."""
    start, end = (of.title(part.table, name) for name in (part.start, part.end))
    key = "level_over_days" if part.over else "level"
    return of.say(key, what=_what(of, part), table=of.table(part.table), chosen=chosen, start=start, end=end)


def _gained(of: Described, part: Gain, rows: str) -> str:
    before, after = (of.field(part.table, name) for name in part.asked)
    titles = {"before": of.called(before), "after": of.called(after), "rows": rows}
    return of.say("gain_of_yes", yes=POINTS, no=0, **titles) if before.type == "boolean" else of.say("gain", **titles)


def _people(of: Described, part: People, rows: str) -> str:
    """People, by which of their rows they are counted. rows: of the first table, in words."""
    further = (_rows(of, one.table, one.date, one.where) for one in part.parts[1:])
    every = reduce(lambda some, others: of.say("either", rows=some, others=others), further, rows)
    return of.say("people", person=of.title(part.table, part.person), rows=every, once=_once(of, part))


def _once(of: Described, part: People) -> str:
    """When a person is counted."""
    if part.at_least == 1:
        return of.say("on_the_first" if part.counted == "once" else "in_the_period")
    several = of.say("several", n=part.at_least)
    if part.different:
        several = of.say("several_values", n=part.at_least, title=of.title(part.table, part.different))
    return of.say("on_the_first_day" if part.counted == "once" else "several_in_the_period", several=several)


def _reached(of: Described, reached: Reached) -> str:
    """The later state of a cohort, and by when it must be reached."""
    rows = _rows(of, reached.table, reached.date, reached.where)
    if reached.different:
        title = of.title(reached.table, reached.different)
        rows = of.say("values_in_rows", n=reached.at_least, title=title, rows=rows)
    elif reached.at_least > 1:
        rows = of.say("several_rows", n=reached.at_least, rows=rows)
    if reached.within is None:
        return of.say("reached", rows=rows)
    return of.say("reached_within", rows=rows, n=reached.within)


def _what(of: Described, part: Rows) -> str:
    """What is counted or added up of rows."""
    names, days = columns_of(part), getattr(part, "days", None)
    if isinstance(part, Level) and part.person:
        return of.say("distinct", title=of.title(part.table, part.person))
    if not names and not days:
        return of.say("number")
    titles = of.quoted(of.title(part.table, name) for name in names)
    if days:
        first, second = (of.title(part.table, name) for name in days)
        titles = of.say("days_between", first=first, second=second)
    return of.say(part.measure if part.measure in ("mean", "median", "max", "min", "last") else "sum", titles=titles)


def _rows(of: Described, table: str, date: str, where: Where, ways: Alternatives = ()) -> str:
    """The rows of a table, the day by which they count, and which are chosen."""
    return of.say("rows", table=of.table(table), day=of.title(table, date), chosen=of.chosen(table, where, ways))
