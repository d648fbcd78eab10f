"""Questions that no sheet asks: a breakdown that is not declared, or only a part of what an indicator counts.

    about nobody               conditions on fields with categories, and a breakdown by one field or two
    callers and participants   a condition is a cell of a breakdown: two fields at most, both together
    people, audited            only what the policy's calendar tells: the sheet's own breakdowns

Which it is follows from the policy and from what is asked, never from a number. So of a class that protects people no
answer is of a smaller group than the cell of a table by two fields, which its rules tell or withhold as a whole; and
many small questions ask for no more than these tables.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.base.nearness import Nearness
from ctanalysis.base.spelling import skeleton
from ctanalysis.enquiry.answer import Answer
from ctanalysis.enquiry.reading import Reading
from ctanalysis.enquiry.tidy import Asked, card_of
from ctanalysis.enquiry.values import Spans, framed, own_way, spans_of
from ctanalysis.project import Project
from ctanalysis.project.conditions import Condition
from ctanalysis.project.fields import Field
from ctanalysis.project.row_calculations import Rows
from ctanalysis.project.sheets import Sheet

Where = Mapping[str, str | Sequence[str]]
Chosen = Sequence[tuple[Field, tuple[str, ...]]]  # fields, and of each the categories that are meant
MEASURES = ("count", "sum", "people", "level", "mean", "share")
OWN = "A question of your own: no sheet declares it, and no report has it."
MOST = 2  # fields of a table
AUDITED = (
    "{code} is about {whom}. Of them only what the policy tells is told, by these fields: {ways}. Many small questions "
    "would add up to what is hidden. Who may see the records asks exact(), or makes tables: make internal PERIOD=..."
)
TOO_MANY = (
    "{code} is about {whom}. Of them a question has {most} fields at most, by and where together; this has {these}."
)
ONE_CATEGORY = (
    "{code} is about {whom}. Of them where takes one category: a sum of cells is not told. Break down by {field}."
)
NO_CATEGORIES = (
    'where takes a category of {name} as it is called, or a list of several; conditions such as "not" are for sheets. '
    "There are: {labels}."
)
YES_NO = {True: "yes", False: "no"}
NO_MEASURE = "{code} is a {measure}, which is asked by its own breakdowns only: {ways}."


def own_answer(read: Reading, asked: Asked, fields: Sequence[str], where: Where) -> Answer:
    """The answer to a question of one's own. fields: to break down by. Refused: the class of the table forbids it."""
    project, sheet = read.project, asked.sheet
    rule = project.disclosure_rule(sheet)
    ways = "; ".join(" × ".join(way) for way in sheet.disaggregations) or "none"
    if rule.audited:
        return _audited(read, asked, fields, where, AUDITED.format(code=sheet.code, whom=rule.describes, ways=ways))
    if sheet.measure not in MEASURES:
        raise Refused(NO_MEASURE.format(code=sheet.code, measure=sheet.measure, ways=ways))
    by = [field_of(project, sheet, name) for name in fields]
    chosen = [choice(field_of(project, sheet, name), words) for name, words in where.items()]
    if sheet.calculation.table in project.open_tables:
        return _open(read, asked, by, chosen)
    return _protecting(read, asked, by, chosen)


def field_of(project: Project, sheet: Sheet, word: str, audited: bool = False) -> Field:
    """The field with categories that is meant, of the sheet's table or of one that it refers to, by name or title.

    audited: of tables of an audited class, too. Refused: there is none, with the near ones.
    """
    found = {}
    for name in _names(project, sheet.calculation.table, audited):
        field = _located(project, sheet.calculation.table, name)
        if field and field.labels and not field.private and field.type != "list":
            found[field.name] = field
    for field in found.values():
        if skeleton(word) in (skeleton(field.name), skeleton(field.title)):
            return field
    near = Nearness({name: (name, field.title) for name, field in found.items()}).of(word) or [*found]
    raise Refused(f"Indicator {sheet.code} cannot be asked by {word!r}. Its fields are: {', '.join(near)}.")


def _names(project: Project, table: str, audited: bool) -> list[str]:
    """The names of all fields of a table, and of those to which it refers (whose class is not audited)."""
    rules, tables = project.policy.rules, project.package.tables
    names, ahead, seen = dict[str, None](), [table], {table}
    while ahead:
        one = tables[ahead.pop(0)]
        names |= dict.fromkeys(one.fields)
        referred = [
            other for other in one.references.values() if audited or not rules[tables[other].disclosure].audited
        ]
        further = [other for other in referred if other not in seen]
        seen |= {*further}
        ahead += further
    return [*names]


def _located(project: Project, table: str, name: str) -> Field | None:
    try:
        return project.package.locate(table, name).field
    except Refused:  # two of this name are equally near
        return None


def labels_of(field: Field, words: str | Sequence[str]) -> tuple[str, ...]:
    """The categories that are meant, by label, value or a part of the label. Refused: none is, with the near ones."""
    asked: Any = [words] if isinstance(words, (str, bool, int, float)) else words
    if isinstance(asked, Mapping) or not isinstance(asked, Iterable):
        raise Refused(NO_CATEGORIES.format(name=field.name, labels=", ".join(field.labels or ())))
    return tuple(_label(field, YES_NO[word] if isinstance(word, bool) else str(word)) for word in asked)


def choice(field: Field, words: str | Sequence[str]) -> tuple[Field, tuple[str, ...]]:
    """A field with the categories of it that are meant."""
    return field, labels_of(field, words)


def _label(field: Field, word: str) -> str:
    labels = field.labels or ()
    values = {one.value: one.label for one in field.categories or ()}
    if word in values:
        return values[word]
    whole = [label for label in labels if skeleton(label) == skeleton(word)]
    parts = [label for label in labels if word and skeleton(word) in skeleton(label)]
    found = whole or parts
    if len(found) == 1:
        return found[0]
    near = found or Nearness({label: (label,) for label in labels}).of(word)
    there = f"Near to it: {', '.join(near)}" if near else f"There are: {', '.join(labels)}"
    raise Refused(f"{word!r} is no category of {field.title}. {there}.")


def _audited(read: Reading, asked: Asked, fields: Sequence[str], where: Where, reason: str) -> Answer:
    """The cells of a breakdown that the policy tells."""
    names = [*fields, *where]
    try:
        way = own_way(read, asked.sheet, names)
    except Refused:
        raise Refused(reason) from None
    chosen: list[tuple[Field, tuple[str, ...]]] = []
    for word, words in where.items():
        name = next(one for one in way if one in own_way(read, asked.sheet, [word]))
        chosen.append(choice(read.project.field(asked.sheet, name), words))
    told = read.told([*_spans(read, asked).values()])
    question = replace(asked, way=way)
    return _cells(read, question, framed(read, question, told, _spans(read, asked)), chosen)


def _protecting(read: Reading, asked: Asked, by: Sequence[Field], chosen: Chosen) -> Answer:
    """The cells of one table by all fields that are asked, as the rules of its class tell it."""
    sheet, whom = asked.sheet, read.project.disclosure_rule(asked.sheet).describes
    way = tuple(dict.fromkeys(field.name for field in (*(one for one, _ in chosen), *by)))
    if len(way) > MOST:
        raise Refused(TOO_MANY.format(code=sheet.code, whom=whom, most=MOST, these=len(way)))
    several = [field.title for field, labels in chosen if len(labels) > 1]
    if several:
        raise Refused(ONE_CATEGORY.format(code=sheet.code, whom=whom, field=several[0]))
    own = sheet.model_copy(update={"disaggregations": (way,)})
    question = replace(asked, sheet=own, way=way)
    return _cells(read, question, _told(read, question), chosen)


def _open(read: Reading, asked: Asked, by: Sequence[Field], chosen: Chosen) -> Answer:
    """A sheet with the conditions beside its own: about nobody in particular, so that nothing is hidden."""
    if len(by) > MOST:
        raise Refused(f"A table has {MOST} fields at most; where takes as many conditions as there are fields.")
    way = tuple(field.name for field in by)
    own = conditioned(asked.sheet, chosen).model_copy(update={"disaggregations": (way,) if way else ()})
    question = replace(asked, sheet=own, way=way)
    return _cells(read, question, _told(read, question), chosen)


def conditioned(sheet: Sheet, chosen: Chosen) -> Sheet:
    """A sheet with conditions beside its own. Refused: it has one on the same field."""
    values = {field.name: _values(field, labels) for field, labels in chosen}
    rows: Any = sheet.calculation
    taken = [name for name in values if name in getattr(rows, "where", {})]
    if taken or not isinstance(rows, Rows):
        raise Refused(f"Indicator {sheet.code} has a condition on {taken[0] if taken else 'its parts'} itself.")
    where = rows.where | {name: Condition(among=among) for name, among in values.items()}
    return sheet.model_copy(update={"calculation": rows.model_copy(update={"where": where})})


def _values(field: Field, labels: Sequence[str]) -> tuple[str | bool, ...]:
    if field.type == "boolean":
        return tuple(label == "yes" for label in labels)
    return tuple(one.value for one in field.categories or () if one.label in labels)


def _spans(read: Reading, asked: Asked) -> Spans:
    return spans_of(read.project, asked.periods, asked.horizon)


def _told(read: Reading, asked: Asked) -> pd.DataFrame:
    """What the gate tells of a sheet that stands among the project's in the place of its own."""
    sheets = tuple(asked.sheet if one.code == asked.sheet.code else one for one in read.project.sheets)
    spans = _spans(read, asked)
    told = read.of_sheets(replace(read.project, sheets=sheets), [*spans.values()], [asked.sheet])
    return framed(read, asked, told, spans)


def _cells(read: Reading, asked: Asked, frame: pd.DataFrame, chosen: Chosen) -> Answer:
    """The rows of the categories that were chosen, and in the card what was chosen."""
    for field, labels in chosen:
        if field.name in frame:
            frame = frame[frame[field.name].isin(labels)]
    frame = frame.reset_index(drop=True)
    said = [f"Only {field.title}: {', '.join(labels)}." for field, labels in chosen]
    is_own = asked.way not in read.project.sheet(asked.sheet.code).disaggregations
    own = [OWN] * (is_own or any(field.name not in asked.way for field, _ in chosen))
    return Answer.of(frame, card_of(read, [asked], frame, [*said, *own]))
