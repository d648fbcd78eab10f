"""The rules of the schema that go beyond a cell's type: required, unique, within bounds, in order."""

from itertools import chain

from ctanalysis.records.types import said


def faults(table, cells, frame):
    """Sentences, one for each rule and column that some row breaks."""
    single = (_of_field(name, field, cells[name], frame[name]) for name, field in table.fields.items())
    return [*chain.from_iterable(single), *chain.from_iterable(_of_order(frame, *pair) for pair in table.order)]


def _of_field(name, field, text, column):
    rules, there = field.constraints, ~text.isin(field.missing).to_numpy()
    if rules.required:
        yield from said(name, ~there, "must not be empty")
    if rules.unique:
        yield from said(name, there & text.duplicated(keep="first").to_numpy(), "must be unique, and stands in an earlier row too")
    if rules.minimum is not None:
        yield from said(name, _true(column < rules.minimum), f"must be at least {rules.minimum}")
    if rules.maximum is not None:
        yield from said(name, _true(column > rules.maximum), f"must be at most {rules.maximum}")


def _of_order(frame, first, second):
    yield from said(second, _true(frame[second] < frame[first]), f"must not be before '{first}'")


def _true(comparison):
    return comparison.fillna(False).to_numpy(bool)
