"""Words become numbers, truth values and days, as the schema says that its field writes them."""

import re
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pandas as pd

from ctanalysis.project.facts import Facts
from ctanalysis.project.fields import Field
from ctanalysis.records import hints, whole_periods
from ctanalysis.records.arrays import Mask
from ctanalysis.records.files.words import Native
from ctanalysis.records.typed import Typed, mask_of

DECIMALS = 4  # what sums keep exactly: a ten-thousandth of a unit
TIMED = (
    r"^(?P<day>.+?)[ T](?P<time>(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?|24:00(?::00)?)"
    r" ?(?P<offset>Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])?$"
)
PARTS = ("day", "time", "offset")
GREENWICH = ("Z", "+00:00", "-00:00", "+0000", "-0000")
HAS_SECONDS = 2  # colons
TIME_OF_DAY = "is a day with a time of day, and was read as the day"
RULES = {
    "integer": "must be a whole number such as 120",
    "number": f"must be a number such as 1200{{point}}50, with at most {DECIMALS} decimal places",
    "boolean": "must be {true} or {false}",
    "date": "must be a {kind} such as {day}",
}


def converted(
    schema: Field, words: Sequence[str], missing: Mask, facts: Facts | None = None, given: Native | None = None
) -> Typed:
    """The Typed words of a field that is an integer, a number, a boolean or a date. facts: of the project.

    given: the values of the first of the words, as their file has them: these are not read from the words.
    """
    zone = facts.time_zone if facts else ""
    text = pd.Series(words, dtype="object").mask(missing)
    known = 0 if given is None else len(given)
    values, repaired = _read(schema, text.iloc[known:].reset_index(drop=True), facts)
    if given is not None:
        values = pd.concat([_as_it_is(schema, given).mask(missing[:known]), values], ignore_index=True)
        repaired = {says: np.concatenate([np.zeros(known, bool), rows]) for says, rows in repaired.items()}
    lost = values.isna().to_numpy() & ~missing
    coded = ~lost & ~missing & _missing_codes(schema, words)
    typed = Typed((values.mask(coded) if coded.any() else values).array, missing)  # a code is no number of a sum
    for sentence, rows in repaired.items():
        typed.add_repair(sentence, rows)
    says = RULES[schema.type].format(
        true=schema.true_values[0],
        false=schema.false_values[0],
        kind=schema.period or "day",
        day=hints.day_like(schema),
        point=schema.decimal_char,
    )
    typed.add_breach("type", says, words, lost, lambda word: hints.of_type(schema, word, zone))
    says = "looks like a code for 'no value', not like a number"
    typed.add_breach("missing code", says, words, coded, lambda _: hints.MARK)
    return typed


def _read(schema: Field, text: pd.Series, facts: Facts | None) -> tuple[pd.Series, dict[str, Mask]]:
    """Texts as values, and which were read as they were meant."""
    if schema.period:
        return whole_periods.read(schema, text, facts)
    if schema.type == "date":
        return _dates(schema, text, facts.time_zone if facts else "")
    return CONVERTERS[schema.type](schema, text), {}


def _as_it_is(schema: Field, given: Native) -> pd.Series:
    """The values of a typed column, as the field has them."""
    if schema.type == "boolean":
        return pd.Series(given == 1, dtype="boolean").mask(np.isnan(given))
    return pd.Series(given).astype("Int64") if schema.type == "integer" else pd.Series(given)


def _missing_codes(schema: Field, words: Sequence[str]) -> Mask:
    """Which words look like a code for 'no value'."""
    if hints.CODES.isdisjoint(words):
        return np.zeros(len(words), bool)
    return mask_of(lambda word: hints.is_missing_code(schema, word), words)


def _numbers(schema: Field, text: pd.Series, pattern: str) -> pd.Series:
    """Numbers written as the schema says: its groups of thousands and its decimal mark."""
    in_percent = schema.percentage or schema.is_fraction
    as_it_is = schema.decimal_char == "." and not schema.group_char and not in_percent
    written = (
        text if as_it_is else text.map(lambda word: _plain_number(schema, word), na_action="ignore").astype("object")
    )
    return pd.to_numeric(written.where(_full_match(written, pattern)), errors="coerce")


def _plain_number(schema: Field, word: str) -> str:
    """The number with a point before its decimals and nothing between its thousands; "" where it has the wrong mark."""
    is_part = schema.is_fraction and word.endswith("%")
    word = re.sub(" ?%$", "", word) if schema.percentage or is_part else word
    group, decimal = re.escape(schema.group_char), re.escape(schema.decimal_char)
    if group and re.fullmatch(rf"-?[0-9]{{1,3}}({group}[0-9]{{3}})+({decimal}[0-9]+)?", word):
        word = word.replace(schema.group_char, "")
    if schema.decimal_char == ",":
        word = "" if "." in word else word.replace(",", ".")
    return _hundredth(word) if is_part else word


def _hundredth(word: str) -> str:
    """Of 45, 0.45; a word that is no number stays."""
    return f"{Decimal(word).scaleb(-2).normalize():f}" if re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]+)?", word) else word


def _full_match(text: pd.Series, pattern: str) -> pd.Series:
    return text.str.fullmatch(pattern).fillna(False).astype(bool)


def _integers(schema: Field, text: pd.Series) -> pd.Series:
    return _numbers(schema, text, r"-?[0-9]{1,15}").astype("Int64")


def _decimals(schema: Field, text: pd.Series) -> pd.Series:
    return _numbers(schema, text, rf"-?[0-9]{{1,11}}(\.[0-9]{{1,{DECIMALS}}})?").astype("float64")


def _booleans(schema: Field, text: pd.Series) -> pd.Series:
    meaning = dict.fromkeys(schema.true_values, True) | dict.fromkeys(schema.false_values, False)
    return text.map(meaning).astype("boolean")


def _dates(schema: Field, text: pd.Series, zone: str) -> tuple[pd.Series, dict[str, Mask]]:
    """Days as 2014-12-31 or in the field's own format, and which were read so from a day with a time of day.

    A time of Greenwich is the day that it is in the zone; not a day without one. Any other time belongs to its day.
    """
    has_times = any(":" in word for word in text.dropna())
    parts = text.str.extract(TIMED) if has_times else pd.DataFrame(index=text.index, columns=[*PARTS], dtype="object")
    timed = parts["day"].notna()
    day = parts["day"].where(timed, text)
    iso = day.where(_full_match(day, r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"))
    values = pd.to_datetime(iso, format="%Y-%m-%d", errors="coerce")
    if schema.format:
        own = day.where(_full_match(day, hints.shape_of(schema.format)))
        values = (
            values.fillna(pd.to_datetime(own, format=schema.format, errors="coerce")) if own.notna().any() else values
        )
    greenwich = parts["offset"].isin(GREENWICH)
    if greenwich.any():
        local = _local(values[greenwich], parts["time"][greenwich], zone) if zone else None
        values = values.where(~greenwich, local)
    read = timed & values.notna()
    says = {
        TIME_OF_DAY: read & ~greenwich,
        f"is a time of Greenwich, and was read as the day in {zone}": read & greenwich,
    }
    return values.astype("datetime64[s]"), {sentence: rows.to_numpy(bool) for sentence, rows in says.items()}


def _local(days: pd.Series, times: pd.Series, zone: str) -> pd.Series:
    """The day in a zone at times of day of Greenwich."""
    seconds = times.where(times.str.count(":") == HAS_SECONDS, times + ":00").str.replace(",", ".")
    instants = (days + pd.to_timedelta(seconds)).dt.tz_localize("UTC").dt.tz_convert(zone)
    local: pd.Series = instants.dt.tz_localize(None).dt.normalize()
    return local


CONVERTERS = {"integer": _integers, "number": _decimals, "boolean": _booleans}
