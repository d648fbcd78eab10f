"""Words become values, each by the type that the schema gives its field; each different word is looked at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ctanalysis.base.spelling import cleaned, lookalike, skeleton
from ctanalysis.project.descriptor import Table
from ctanalysis.project.fields import Field
from ctanalysis.records import hints
from ctanalysis.records.arrays import Codes, Mask, Values
from ctanalysis.records.files.words import Words
from ctanalysis.records.found import NO_CONSENT

DECIMALS = 4  # what sums keep exactly: a ten-thousandth of a unit
RULES = {
    "integer": "must be a whole number such as 120",
    "number": f"must be a number such as 1200{{point}}50, with at most {DECIMALS} decimal places",
    "boolean": "must be {true} or {false}",
    "date": "must be a day such as {day}",
}
SPELT = "is not spelt as datapackage.json has it (a blank, a dash, a capital or a letter that looks like another), and was read as it was meant"


@dataclass
class Typed:
    """The words of a field as values: an entry for each word.

    values: of the field's dtype. missing: no value was meant. wrong: (rule, says, do) to which
    words break it. repaired: which words were read as they were meant, by what was done.
    """

    values: Values
    missing: Mask
    wrong: dict[tuple[str, str, str], Mask] = field(default_factory=dict)
    repaired: dict[str, Mask] = field(default_factory=dict)

    @property
    def faulty(self) -> Mask:
        """Which words break some rule."""
        faulty: Mask = np.logical_or.reduce([np.zeros(len(self.missing), bool), *self.wrong.values()])
        return faulty


@dataclass(frozen=True)
class Keys:
    """The primary keys of a table: those of its used rows in their order, of rows that are held back, of those that are for want of consent."""

    used: pd.Index
    held: frozenset[str]
    without_consent: frozenset[str] = frozenset()


def typed(table: Table, name: str, words: Words, keys: Mapping[str, Keys | None]) -> Typed:
    """The Typed words of a field. words: Words. keys: by table, Keys, or None of one that could not be read."""
    schema = table.fields[name]
    plain = words if _is_free(table, schema) or words.clean else [cleaned(word) for word in words]
    missing = _missing(schema, words, plain)
    if name in table.references:
        found = _referring(table.references[name], plain, missing, keys[table.references[name]])
    elif schema.categories:
        found = _categories(schema, words, plain, missing)
    elif schema.type == "string":
        found = Typed(_texts(plain, missing), missing)
    else:
        found = _converted(schema, plain, missing)
    _constrain(schema, plain, found)
    found.wrong = _advised(schema, found.wrong)
    if plain is not words and not schema.categories:  # a declared spelling may have a dash of its own
        _note_cleaned(words, plain, found)
    return found


def _advised(schema: Field, wrong: dict[tuple[str, str, str], Mask]) -> dict[tuple[str, str, str], Mask]:
    """What is wrong, with advice that the field allows; what is then the same is put together."""
    advised: dict[tuple[str, str, str], Mask] = {}
    for (rule, says, do), words in wrong.items():
        kind = (rule, says, hints.for_field(schema, do))
        advised[kind] = advised[kind] | words if kind in advised else words
    return advised


def _missing(schema: Field, words: Words, plain: Sequence[str]) -> Mask:
    """Which words stand for no value: blank ones, and those that the schema lists, cleaned or not."""
    marks = frozenset(schema.missing)
    if words.clean and not marks.intersection(words):
        return np.zeros(len(words), bool)
    missing: Mask = np.fromiter(map(marks.__contains__, words), bool, len(words))
    if plain is not words:
        missing |= np.fromiter(map(marks.__contains__, plain), bool, len(words))
    missing |= ~np.fromiter(map(str.strip, plain), bool, len(words))
    return missing


def _is_free(table: Table, schema: Field) -> bool:
    """Whether the field is text that may be anything: it is kept to the letter."""
    key = schema.name == table.key or schema.name in table.references or schema.constraints.unique
    return schema.type == "string" and not schema.categories and not key


def _note_cleaned(words: Words, plain: Sequence[str], found: Typed) -> None:
    changed = (
        np.fromiter((word != text for word, text in zip(words, plain)), bool, len(words))
        & ~found.missing
        & ~found.faulty
    )
    changed &= ~np.logical_or.reduce([np.zeros(len(words), bool), *found.repaired.values()])  # each is told once
    if changed.any():
        found.repaired["held a blank, a dash or a sign that nobody sees, and was read without it"] = changed


def _texts(plain: Sequence[str], missing: Mask) -> Values:
    return pd.Series(plain, dtype="str").mask(missing).array


def _categories(schema: Field, words: Words, plain: Sequence[str], missing: Mask) -> Typed:
    """A declared spelling means its category; one that a reader would call the same means it too, and is noted."""
    exact = {word: code for code, category in enumerate(schema.categories or ()) for word in category.spellings}
    alike = {skeleton(word): code for word, code in exact.items()}
    codes = np.fromiter(
        (exact.get(word, alike.get(skeleton(text), -1)) for word, text in zip(words, plain)), np.int64, len(words)
    )
    codes[missing] = -1
    values = [category.value for category in schema.categories or ()]
    found = Typed(pd.Categorical.from_codes(codes, pd.Index(values, dtype="str")), missing)
    repaired = (codes >= 0) & ~np.fromiter((word in exact for word in words), bool, len(words))
    if repaired.any():
        found.repaired[SPELT] = repaired
    _wrong(found, "category", f"must be one of: {', '.join(values)}", plain, (codes < 0) & ~missing, hints.of_category)
    return found


def _referring(parent: str, plain: Sequence[str], missing: Mask, keys: Keys | None) -> Typed:
    if keys is None:  # its own faults are told; which keys it has is not known
        return Typed(_texts(plain, missing), missing)
    codes: Codes = keys.used.get_indexer(pd.Index(list(plain), dtype="str")) if len(plain) else np.zeros(0, np.int64)
    codes[missing] = -1
    codes, repaired = _alike(keys.used, plain, codes, missing)
    found = Typed(pd.Categorical.from_codes(codes, keys.used), missing)
    if repaired.any():
        found.repaired["has a letter that looks like another, and was read as the key that it looks like"] = repaired
    lost = (codes < 0) & ~missing
    without = lost & np.fromiter((word in keys.without_consent for word in plain), bool, len(plain))
    held = lost & ~without & np.fromiter((word in keys.held for word in plain), bool, len(plain))
    _wrong(
        found,
        NO_CONSENT,
        f"names a row of table '{parent}' that is without consent to statistical use, so this one is not used either",
        plain,
        without,
        lambda word: "Nothing",
    )
    _wrong(
        found,
        "held back key",
        f"names a row of table '{parent}' that is held back",
        plain,
        held,
        lambda word: "Put that row right, and this one is used with it",
    )
    _wrong(
        found,
        "key",
        f"must be a key that table '{parent}' has",
        plain,
        lost & ~held & ~without,
        lambda word: "Add the row that is missing there, or correct the key",
    )
    return found


def _alike(used: pd.Index, plain: Sequence[str], codes: Codes, missing: Mask) -> tuple[Codes, Mask]:
    """Keys with a look-alike letter find the one key that they look like."""
    lost = np.flatnonzero((codes < 0) & ~missing).tolist()
    odd = [place for place in lost if not plain[place].isascii()]
    repaired = np.zeros(len(plain), bool)
    if odd or (len(lost) and not all(map(str.isascii, used))):
        looks = pd.Series([lookalike(key) for key in used])
        single = ~looks.duplicated(keep=False)
        once = dict(zip(looks[single], np.flatnonzero(single).tolist(), strict=True))
        for place in lost:
            codes[place] = once.get(lookalike(plain[place]), -1)
            repaired[place] = codes[place] >= 0
    return codes, repaired


def _converted(schema: Field, plain: Sequence[str], missing: Mask) -> Typed:
    text = pd.Series(plain, dtype="object").mask(missing)
    values, repaired = CONVERTERS[schema.type](schema, text)
    found = Typed(values.array, missing)
    if repaired.any():
        found.repaired["is a day with a time of day, and was read as the day"] = repaired
    lost = values.isna().to_numpy() & ~missing
    says = RULES[schema.type].format(
        true=schema.true_values[0], false=schema.false_values[0], day=hints.day_like(schema), point=schema.decimal_char
    )
    _wrong(found, "type", says, plain, lost, lambda word: hints.of_type(schema, word))
    coded = (
        np.zeros(len(plain), bool)
        if hints.CODES.isdisjoint(plain)
        else ~lost & np.fromiter((hints.is_missing_code(schema, word) for word in plain), bool, len(plain)) & ~missing
    )
    found.values = values.mask(coded).array if coded.any() else found.values  # no number of a sum that must agree
    _wrong(
        found,
        "missing code",
        "looks like a code for 'no value', not like a number",
        plain,
        coded,
        lambda word: hints.MARK,
    )
    return found


def _wrong(found: Typed, rule: str, says: str, plain: Sequence[str], wrong: Mask, hint: Callable[[str], str]) -> None:
    """Notes wrong words under the rule, apart by what is to be done about them."""
    for place in np.flatnonzero(wrong).tolist():
        kind = (rule, says, hint(plain[place]))
        found.wrong.setdefault(kind, np.zeros(len(plain), bool))[place] = True


def _numbers(schema: Field, text: pd.Series, pattern: str) -> pd.Series:
    """Numbers written as the schema says: its groups of thousands and its decimal mark."""
    as_it_is = schema.decimal_char == "." and not schema.group_char
    written = (
        text if as_it_is else text.map(lambda word: _plain_number(schema, word), na_action="ignore").astype("object")
    )
    return pd.to_numeric(written.where(written.str.fullmatch(pattern).fillna(False).astype(bool)), errors="coerce")


def _plain_number(schema: Field, word: str) -> str:
    group, decimal = re.escape(schema.group_char), re.escape(schema.decimal_char)
    if group and re.fullmatch(rf"-?[0-9]{{1,3}}({group}[0-9]{{3}})+({decimal}[0-9]+)?", word):
        word = word.replace(schema.group_char, "")
    if schema.decimal_char == ",":
        word = "" if "." in word else word.replace(",", ".")
    return word


def _nothing_done(values: pd.Series) -> tuple[pd.Series, Mask]:
    return values, np.zeros(len(values), bool)


def _integers(schema: Field, text: pd.Series) -> tuple[pd.Series, Mask]:
    return _nothing_done(_numbers(schema, text, r"-?[0-9]{1,15}").astype("Int64"))


def _decimals(schema: Field, text: pd.Series) -> tuple[pd.Series, Mask]:
    return _nothing_done(_numbers(schema, text, rf"-?[0-9]{{1,11}}(\.[0-9]{{1,{DECIMALS}}})?").astype("float64"))


def _booleans(schema: Field, text: pd.Series) -> tuple[pd.Series, Mask]:
    meaning = dict.fromkeys(schema.true_values, True) | dict.fromkeys(schema.false_values, False)
    return _nothing_done(text.map(meaning).astype("boolean"))


def _dates(schema: Field, text: pd.Series) -> tuple[pd.Series, Mask]:
    """Days as 2014-12-31 or in the field's own format; a time of day behind one is left out."""
    day = text.str.extract(r"^(.+?)[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.0+)?)?$")[0]
    timed = day.notna().to_numpy()
    text = day.where(timed, text)
    shaped = text.where(text.str.fullmatch(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}").fillna(False).astype(bool))
    values = pd.to_datetime(shaped, format="%Y-%m-%d", errors="coerce")
    if schema.format:
        own = text.where(text.str.fullmatch(hints.shape_of(schema.format)).fillna(False).astype(bool))
        values = values.fillna(pd.to_datetime(own, format=schema.format, errors="coerce"))
    return values.astype("datetime64[s]"), timed & values.notna().to_numpy()


CONVERTERS = {"integer": _integers, "number": _decimals, "boolean": _booleans, "date": _dates}


def _constrain(schema: Field, plain: Sequence[str], found: Typed) -> None:
    """The constraints of the schema on single words: enum, pattern, minimum, maximum."""
    rules, there = schema.constraints, ~found.missing & ~found.faulty
    values = pd.Series(found.values)
    if rules.enum is not None:
        allowed = set(map(str, rules.enum))
        if schema.type in ("integer", "number"):  # 1 000 and 1000 are one number
            allowed = {
                word
                for word, value in zip(plain, values)
                if not pd.isna(value) and value in {float(one) for one in rules.enum}
            }
        _wrong(
            found,
            "enum",
            f"must be one of: {', '.join(map(str, rules.enum))}",
            plain,
            there & ~np.fromiter((word in allowed for word in plain), bool, len(plain)),
            hints.of_category,
        )
    if rules.pattern is not None:
        pattern = re.compile(rules.pattern)
        _wrong(
            found,
            "pattern",
            f"must have the form {rules.pattern}",
            plain,
            there & ~np.fromiter((bool(pattern.fullmatch(word)) for word in plain), bool, len(plain)),
            lambda word: "Write it in that form",
        )
    for rule, bound, words, breaks in (
        ("minimum", rules.minimum, "at least", pd.Series.lt),
        ("maximum", rules.maximum, "at most", pd.Series.gt),
    ):
        if bound is not None:
            limit = pd.Timestamp(bound) if schema.type == "date" else bound
            beyond = breaks(values, limit).fillna(False).to_numpy(bool)
            _wrong(found, rule, f"must be {words} {bound}", plain, there & beyond, hints.of_bound)
