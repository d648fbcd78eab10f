"""The constraints of the schema on single words: enum, pattern, minimum, maximum."""

import re
from collections.abc import Sequence

import pandas as pd

from ctanalysis.project.fields import Field
from ctanalysis.records import hints
from ctanalysis.records.typed import Typed, mask_of


def constrain(schema: Field, words: Sequence[str], typed: Typed) -> None:
    """Adds the breaches of a field's constraints by words that are sound so far."""
    rules, sound = schema.constraints, typed.sound
    if rules.enum is not None:
        wrong = sound & ~mask_of(_allowed(schema, rules.enum, words, typed).__contains__, words)
        says = f"must be one of: {', '.join(map(str, rules.enum))}"
        typed.add_breach("enum", says, words, wrong, hints.of_category)
    if rules.pattern is not None:
        wrong = sound & ~mask_of(re.compile(rules.pattern).fullmatch, words)
        typed.add_breach(
            "pattern", f"must have the form {rules.pattern}", words, wrong, lambda _: "Write it in that form"
        )
    values = pd.Series(typed.values)
    for rule, bound, limits, breaks in (
        ("minimum", rules.minimum, "at least", pd.Series.lt),
        ("maximum", rules.maximum, "at most", pd.Series.gt),
    ):
        if bound is not None:
            limit = pd.Timestamp(bound) if schema.type == "date" else bound
            beyond = breaks(values, limit).fillna(False).to_numpy(bool)
            typed.add_breach(rule, f"must be {limits} {bound}", words, sound & beyond, hints.of_bound)


def _allowed(schema: Field, enum: Sequence[str | int | float], words: Sequence[str], typed: Typed) -> set[str]:
    """The words that are in an enum; of numbers, those whose value is: 1 000 and 1000 are one number."""
    if schema.type not in ("integer", "number"):
        return set(map(str, enum))
    numbers, values = {float(number) for number in enum}, pd.Series(typed.values)
    return {word for word, value in zip(words, values, strict=True) if not pd.isna(value) and value in numbers}
