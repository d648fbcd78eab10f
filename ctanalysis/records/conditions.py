"""`where`: which rows satisfy a sheet's conditions, from which day to which they do, and which rows cannot.

What is dated after a window's last day is not known in it. So `present` on a date is no fixed
yes or no: the row satisfies it from that day on, or until the day before; and what else is asked
of a date can be answered from that day on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ctanalysis.base.arrays import Integers, Mask
from ctanalysis.base.spelling import cleaned
from ctanalysis.project.conditions import Condition, Scalar
from ctanalysis.project.fields import Field
from ctanalysis.records.columns import EPOCH, NEVER, Columns
from ctanalysis.records.typed import any_of

Conditions = Mapping[str, Condition]


@dataclass(frozen=True)
class Satisfied:
    """By row, whether it can satisfy the conditions at all, and in which windows.

    It does in windows that end on or after `known` and before `until` (days since 1970); these are
    None where no date is concerned.
    """

    rows: Mask
    known: Integers | None = None
    until: Integers | None = None


def satisfied(columns: Columns, where: Conditions, alternatives: Sequence[Conditions] = ()) -> Satisfied:
    """Which rows of a table satisfy all conditions of `where` (field name -> Condition).

    alternatives: where there are any, all of one of these as well; they are about no dates.
    """
    rows, known, until = one_holds(columns, alternatives), None, None
    for name, condition in where.items():
        field = columns.located(name).field
        rows = rows & _fixed(columns, field, condition)
        if field.type == "date":
            days, there = columns.days(name)
            if condition.present is False:
                until = _earliest(until, np.where(there, days, NEVER))
            else:
                rows, known = rows & there, _latest(known, days)
    return Satisfied(rows, known, until)


def one_holds(columns: Columns, alternatives: Sequence[Conditions]) -> Mask:
    """Which rows satisfy one of several conditions; all of them, where there are none."""
    if not alternatives:
        return np.ones(len(columns), bool)
    return any_of((satisfied(columns, one).rows for one in alternatives), len(columns))


def ruled_out(columns: Columns, where: Conditions, alternatives: Sequence[Conditions] = ()) -> Mask:
    """Which rows cannot satisfy `where`, or any alternative, whatever may stand where they have no value."""
    out = ~any_of((~ruled_out(columns, one) for one in alternatives), len(columns)) & bool(alternatives)
    for name, condition in where.items():
        field, there = columns.located(name).field, _there(columns, columns.located(name).field)
        unknown = ~there if condition.present is None else ~there & (condition.present is False)
        out |= ~unknown & ~(_fixed(columns, field, condition) & (there | (condition.present is not True)))
    return out


def is_missing(columns: Columns, name: str) -> Mask:
    """Which rows have no value in a field."""
    return ~_there(columns, columns.located(name).field)


def _fixed(columns: Columns, field: Field, condition: Condition) -> Mask:
    """The part of a condition that does not depend on the window."""
    rows = np.ones(len(columns), bool)
    if condition.present is not None and field.type != "date":
        rows &= _there(columns, field) == condition.present
    if condition.among is not None:
        rows &= _among(columns, field, condition.among)
    if condition.excluded is not None:
        rows &= _there(columns, field) & ~_among(columns, field, condition.excluded)
    return rows & _within(columns, field, condition)


def _among(columns: Columns, field: Field, wanted: tuple[Scalar, ...]) -> Mask:
    if field.type == "list":  # a row that has any of them
        held = np.array([category.value in wanted for category in field.categories or ()], bool)
        return np.asarray(columns.members(field.name)[:, held].any(axis=1), bool)
    if field.labels:
        values: list[Scalar] = (
            [True, False] if field.type == "boolean" else [category.value for category in field.categories or ()]
        )
        is_wanted = np.array([*(value in wanted for value in values), False])  # -1, for missing, is the last
        return is_wanted[columns.small_codes(field.name)]
    if field.type == "string":  # however its blanks and dashes are typed
        codes, names = columns.named_codes(field.name)
        meant = {cleaned(str(value)) for value in wanted}
        return np.array([*(cleaned(name) in meant for name in names), False])[codes]
    return _there(columns, field) & np.isin(_ordered(columns, field), [_number(value) for value in wanted])


def _within(columns: Columns, field: Field, condition: Condition) -> Mask:
    rows = np.ones(len(columns), bool)
    if condition.minimum is not None:
        rows &= _there(columns, field) & (_ordered(columns, field) >= _number(condition.minimum))
    if condition.maximum is not None:
        rows &= _there(columns, field) & (_ordered(columns, field) <= _number(condition.maximum))
    return rows


def _there(columns: Columns, field: Field) -> Mask:
    if field.type == "date":
        return columns.days(field.name)[1]
    if field.type in ("integer", "number"):
        return ~np.isnan(columns.numbers(field.name))
    return columns.small_codes(field.name) >= 0


def _ordered(columns: Columns, field: Field) -> NDArray[Any]:
    """The field's entries as something that compares with `_number` of a value."""
    if field.type == "date":
        return columns.days(field.name)[0]
    return columns.texts(field.name) if field.type == "string" else columns.numbers(field.name)


def _number(value: Scalar) -> bool | int | float | str:
    return value.toordinal() - EPOCH if hasattr(value, "toordinal") else value


def _latest(one: Integers | None, other: Integers) -> Integers:
    return other if one is None else np.maximum(one, other)


def _earliest(one: Integers | None, other: Integers) -> Integers:
    return other if one is None else np.minimum(one, other)
