"""Words become values, each by the type that the schema gives its field; each different word is looked at once."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ctanalysis.base.nearness import Nearness
from ctanalysis.base.spelling import skeleton
from ctanalysis.project.descriptor import Table
from ctanalysis.project.facts import Facts
from ctanalysis.project.fields import Field
from ctanalysis.records import hints, marks
from ctanalysis.records.arrays import Mask
from ctanalysis.records.constraints import constrain
from ctanalysis.records.conversion import converted
from ctanalysis.records.files.words import Words
from ctanalysis.records.lists import typed_lists
from ctanalysis.records.references import Keys, referring
from ctanalysis.records.typed import Breach, Typed, any_of, mask_of, texts

SPELT = (
    "is not spelt as datapackage.json has it (a blank, a dash, a capital or a letter that looks like another), "
    "and was read as it was meant"
)
MOST_WRONG = 1_000  # different words that are no category: a column of more is another column
CLEANED = "held a blank, a dash or a sign that nobody sees, and was read without it"


def typed_words(
    table: Table, name: str, words: Words, keys: Mapping[str, Keys | None], facts: Facts | None = None
) -> Typed:
    """The Typed words of a field. keys: by table, its Keys; None for a table that could not be read.

    facts: of the project: its time zone, in which a time of Greenwich is a day, and its fiscal year.
    """
    schema = table.fields[name]
    plain = words if _is_free(table, schema, words) else words.plain
    missing = marks.missing(schema, words, plain)
    if name in table.references:
        typed = referring(table.references[name], plain, missing, keys[table.references[name]])
    elif schema.type == "list":
        typed = typed_lists(schema, words, missing, SPELT)
    elif schema.categories:
        typed = _categories(schema, words, plain, missing)
    elif schema.type == "string":
        typed = Typed(texts(plain, missing), missing)
    else:
        typed = converted(schema, plain, missing, facts, words.values)
    constrain(schema, plain, typed)
    typed.breaches = _advised(schema, typed.breaches)
    if plain is not words and not schema.categories:  # a declared spelling may have a dash of its own
        _add_cleaned(words, plain, typed)
    return typed


def _advised(schema: Field, breaches: Mapping[Breach, Mask]) -> dict[Breach, Mask]:
    """The breaches with advice that the field allows; those that are then the same are put together."""
    advised: dict[Breach, Mask] = {}
    for breach, words in breaches.items():
        fitting = breach._replace(do=hints.for_field(schema, breach.do))
        advised[fitting] = advised[fitting] | words if fitting in advised else words
    return advised


def _is_free(table: Table, schema: Field, words: Words) -> bool:
    """Whether the field is text that may be anything: it is kept to the letter."""
    is_key = schema.name in table.keys or schema.name in table.references or schema.constraints.unique
    return schema.type == "string" and not schema.categories and not (is_key or words.are_codes)


def _add_cleaned(words: Words, plain: Sequence[str], typed: Typed) -> None:
    """Adds the repair of words that were read without their blanks, where no other repair of them is noted."""
    changed = np.fromiter((word != text for word, text in zip(words, plain, strict=True)), bool, len(words))
    typed.add_repair(CLEANED, changed & typed.sound & ~any_of(typed.repaired.values(), len(words)))


def _categories(schema: Field, words: Words, plain: Sequence[str], missing: Mask) -> Typed:
    """A declared spelling means its category; one that a reader would call the same means it too, and is a repair."""
    categories = schema.categories or ()
    exact = {word: code for code, category in enumerate(categories) for word in category.spellings}
    alike = {skeleton(word): code for word, code in exact.items()}
    pairs = zip(words, plain, strict=True)
    codes = np.fromiter((exact.get(word, alike.get(skeleton(text), -1)) for word, text in pairs), np.int64, len(words))
    codes[missing] = -1
    values = [category.value for category in categories]
    typed = Typed(pd.Categorical.from_codes(codes, pd.Index(values, dtype="str")), missing)
    typed.add_repair(SPELT, (codes >= 0) & ~mask_of(exact.__contains__, words))
    wrong = (codes < 0) & ~missing
    says = f"must be one of: {', '.join(values)}"
    told = [word if "\n" in word else text for word, text in zip(words, plain, strict=True)]  # lines, not yet joined
    few = 0 < np.count_nonzero(wrong) <= MOST_WRONG
    near = Nearness({category.value: category.spellings for category in categories}) if few else None
    typed.add_breach("category", says, told, wrong, lambda word: hints.of_category(word, alike, near))
    return typed
