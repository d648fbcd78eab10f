"""Which texts stand for no value: blank ones, and those that the schema lists, however they are typed.

"n/a"    n/a, and n/a with a blank that nobody sees
"-99"    in a field of numbers also -99.0, as pandas writes it
"9999"   in one with blanks between thousands also 9 999
"""

import re
from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from ctanalysis.base.spelling import cleaned
from ctanalysis.project.fields import Field
from ctanalysis.records.arrays import Mask
from ctanalysis.records.files.words import Words
from ctanalysis.records.typed import mask_of

UNSEEN = 8  # signs around a mark and in it that cleaned() takes away: a longer text is another one


def missing(schema: Field, words: Words, plain: Sequence[str]) -> Mask:
    """Which words stand for no value. plain: the words as the field reads them."""
    marks = {*schema.missing, *map(cleaned, schema.missing)}
    found = np.zeros(len(words), bool)
    if not words.clean or not marks.isdisjoint(words):
        found = mask_of(marks.__contains__, words) | ~mask_of(str.strip, plain) | _typed_otherwise(marks, words)
    value = _of_value(schema) if schema.type in ("integer", "number") else None
    return found | mask_of(value.fullmatch, plain) if value else found


def _typed_otherwise(marks: set[str], words: Words) -> Mask:
    """Which words are a mark but for blanks, dashes and signs that nobody sees."""
    longest = max(map(len, marks)) + UNSEEN if marks > {""} else 0
    return mask_of(lambda word: len(word) <= longest and cleaned(word) in marks, words)


def _of_value(schema: Field) -> re.Pattern[str] | None:
    """How the numbers among a field's marks may be written; None where there are none."""
    values = {value for mark in schema.missing_values if (value := _number(schema, mark)) is not None}
    return re.compile("|".join(_written(schema, value) for value in values)) if values else None


def _number(schema: Field, mark: str) -> Decimal | None:
    plain = cleaned(mark).replace(schema.group_char, "") if schema.group_char else cleaned(mark)
    plain = plain.replace(schema.decimal_char, ".")
    return Decimal(plain) if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", plain) else None


def _written(schema: Field, value: Decimal) -> str:
    """A pattern of the texts of one number, with marks between its thousands and noughts behind it, or without."""
    whole, _, decimals = f"{abs(value):f}".partition(".")
    decimals, point = decimals.rstrip("0"), f"[{''.join({'.', ','} - {schema.group_char})}]"
    first = len(whole) % 3 or 3
    groups = [whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))]
    between = f"{re.escape(schema.group_char)}?"
    behind = f"{point}{decimals}0*" if decimals else f"(?:{point}(?!000(?![0-9]))0+)?"  # 9.000 may be thousands
    return f"{'-' if value < 0 else ''}0*{between.join(groups)}{behind}{'(?: ?%)?' if schema.percentage else ''}"
