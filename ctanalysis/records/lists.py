"""The words of a list: which of its categories each holds."""

import re
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from ctanalysis.base.spelling import skeleton
from ctanalysis.project.fields import Field
from ctanalysis.records import hints
from ctanalysis.records.arrays import Mask
from ctanalysis.records.delimiters import NAMES, delimiter_of
from ctanalysis.records.files.split_columns import DISAGREE, NONE, UNCLEAR
from ctanalysis.records.typed import Typed, mask_of

UNCLEAR_SAYS = "must say of every value whether it is there, each in a column of its own"
DISAGREE_SAYS = "says otherwise than the columns of its values do"
DISAGREE_DO = "See which is right, and correct the other, or take its columns out"
DELIMITERS_ONLY = "It holds nothing but what stands between values: write the values, or leave the cell empty"
UNCLEAR_DO = "Write {true} or {false} in each of its columns, or leave all of them empty"


def typed_lists(schema: Field, words: Sequence[str], missing: Mask, spelt: str) -> Typed:
    """The Typed words of a list: a categorical, whose categories are the combinations that there are.

    A combination is the values in the schema's order, with the delimiter between; "" where its columns say no to all.
    A word of which a part is no category breaks a rule. spelt: the sentence about one that is not spelt as the schema
    has it.
    """
    categories = schema.categories or ()
    exact = {word: code for code, category in enumerate(categories) for word in category.spellings}
    alike = {skeleton(word): code for word, code in exact.items()}
    missing = missing & ~mask_of(NONE.__eq__, words)
    held = [
        None if is_missing else _codes(schema, word, exact, alike)
        for word, is_missing in zip(words, missing, strict=True)
    ]
    combinations: dict[frozenset[int], int] = {}
    places = [combinations.setdefault(codes, len(combinations)) if codes is not None else -1 for codes in held]
    values = [schema.delimiter.join(categories[code].value for code in sorted(codes)) for codes in combinations]
    typed = Typed(pd.Categorical.from_codes(np.array(places, np.int64), pd.Index(values, dtype="str")), missing)
    known = np.array([codes is not None for codes in held], bool)
    typed.add_repair(
        spelt, known & ~mask_of(lambda word: word == NONE or {*parts(schema, word)} <= exact.keys(), words)
    )
    unclear = mask_of(UNCLEAR.__eq__, words)
    do = UNCLEAR_DO.format(true=schema.true_values[0], false=schema.false_values[0])
    typed.add_breach("category", UNCLEAR_SAYS, words, unclear, lambda _: do)
    disagree = mask_of(DISAGREE.__eq__, words)
    typed.add_breach("category", DISAGREE_SAYS, words, disagree, lambda _: DISAGREE_DO)
    says = f"each of its parts must be one of: {', '.join(category.value for category in categories)}"
    wrong = ~known & ~missing & ~unclear & ~disagree
    typed.add_breach("category", says, words, wrong, lambda word: _advice(schema, word, alike))
    return typed


def parts(schema: Field, word: str) -> list[str]:
    """The parts of a cell, without blanks around them; none where it holds nothing else."""
    return [part.strip() for part in word.split(schema.delimiter) if part.strip()]


def members(schema: Field, combinations: Collection[str]) -> Mask:
    """Which categories each combination holds: an array (combinations, categories)."""
    values = [category.value for category in schema.categories or ()]
    held = [{*parts(schema, combination)} for combination in combinations]
    return np.array([[value in of for value in values] for of in held], bool).reshape(len(held), len(values))


def _codes(schema: Field, word: str, exact: Mapping[str, int], alike: Mapping[str, int]) -> frozenset[int] | None:
    """The categories of a cell's parts; None where one of them is none."""
    if word == NONE:
        return frozenset()
    codes = [exact.get(part, alike.get(skeleton(part), -1)) for part in parts(schema, word)]
    return None if -1 in codes or not codes else frozenset(codes)


def _advice(schema: Field, word: str, known: Collection[str]) -> str:
    """What to do about a cell of which a part is no category."""
    between = delimiter_of(word, known)
    if between:
        said = between.replace("\n", "\\n")
        return (
            f"Write {NAMES[schema.delimiter]} between its parts; where the whole column has {NAMES[between]}, say "
            f'"delimiter": "{said}" for the field in datapackage.json'
        )
    if not {*word} - {*NAMES, schema.delimiter}:
        return DELIMITERS_ONLY
    wrong = [part for part in parts(schema, word) if skeleton(part) not in known]
    return hints.of_category(wrong[0] if wrong and not re.fullmatch(r"\W+", word) else word)
