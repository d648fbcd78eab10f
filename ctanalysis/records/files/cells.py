"""The values of a typed column: as the table's files would spell them, and as they are.

The text of a value is what corrections, findings and copies know a cell by. The value itself is never read from it.
"""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from ctanalysis.project.fields import Field
from ctanalysis.records.arrays import Mask, Objects
from ctanalysis.records.files.words import Native

KEPT_DECIMALS, KEPT_DIGITS = 4, {"integer": 10**15, "number": 10**11}  # as of texts (records/conversion.py)
DIGITS_OF_FLOATS = 10**15  # a longer code in a number with a point has lost its last ones
YEARS = np.datetime64("1900-01-01"), np.datetime64("2100-01-01")  # of days
GREENWICH = "+00:00"


def texts_and_values(field: Field, entries: pa.Array) -> tuple[Objects, Native | None]:
    """The texts of a column's different values, "" for none; and the values, where their type is the field's.

    Values: float64 of numbers and truth values, NaN where it does not fit; datetime64[s] of days, NaT where it is no
    day, or has a time of day.
    """
    kind, types = entries.type, pa.types
    there = np.asarray(entries.is_valid())
    if types.is_boolean(kind):
        return _booleans(field, entries, there)
    if types.is_integer(kind) or types.is_decimal(kind):
        return _exact(field, [one.as_py() for one in entries], there)
    if types.is_floating(kind):
        return _floats(field, entries, there)
    if types.is_date(kind):
        days = np.asarray(entries.cast(pa.int32() if types.is_date32(kind) else pa.int64()).fill_null(0))
        unit = "D" if types.is_date32(kind) else "ms"
        return _days(field, days.astype(np.int64).view(f"datetime64[{unit}]"), there)
    if types.is_timestamp(kind):
        return _times(field, entries, there)
    return np.array([_plain(one) for one in entries.to_pylist()], dtype=object), None


def lost_digits(entries: pa.Array) -> Mask:
    """Which values are numbers with a point that have lost digits of a code."""
    if not pa.types.is_floating(entries.type):
        return np.zeros(len(entries), bool)
    most = 10**7 if entries.type.bit_width <= 32 else DIGITS_OF_FLOATS  # noqa: PLR2004
    numbers = np.asarray(entries.cast(pa.float64()).fill_null(0))
    lost: Mask = np.isfinite(numbers) & (np.abs(numbers) >= most)
    return lost


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _booleans(field: Field, entries: pa.Array, there: Mask) -> tuple[Objects, Native | None]:
    is_own = field.type in ("boolean", "list")
    yes, no = (field.true_values[0], field.false_values[0]) if is_own else ("true", "false")
    values = np.asarray(entries.cast(pa.int8()).fill_null(0))
    texts = np.where(there, np.where(values == 1, yes, no), "").astype(object)
    return texts, np.where(there, values.astype(np.float64), np.nan) if field.type == "boolean" else None


def _exact(field: Field, values: list[Any], there: Mask) -> tuple[Objects, Native | None]:
    """Whole numbers and decimals, to the last digit."""
    texts = ["" if value is None else _written(field, _digits(value)) for value in values]
    if field.type not in KEPT_DIGITS:
        return np.array(texts, dtype=object), None
    decimals = 0 if field.type == "integer" else KEPT_DECIMALS
    fits = [value is not None and _fits(value, decimals, KEPT_DIGITS[field.type]) for value in values]
    numbers = [float(value) if fit else np.nan for value, fit in zip(values, fits, strict=True)]
    return np.array(texts, dtype=object), np.array(numbers, np.float64)


def _digits(value: int | Decimal) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _fits(value: Any, decimals: int, most: int) -> bool:
    return abs(value) < most and (isinstance(value, int) or value == round(value, decimals))


def _floats(field: Field, entries: pa.Array, there: Mask) -> tuple[Objects, Native | None]:
    """Numbers with a point: whole ones are written without it. NaN is no value, as in a table of pandas."""
    own = np.asarray(entries.fill_null(0))
    there = there & ~np.isnan(own)
    numbers = np.where(there, own, 0).astype(np.float64) + 0.0  # no negative nought
    is_small = own.dtype != np.float64
    whole = np.isfinite(numbers) & (np.abs(numbers) < DIGITS_OF_FLOATS) & (numbers == np.trunc(numbers))
    texts = np.full(len(own), "", dtype=object)
    texts[whole] = numbers[whole].astype(np.int64).astype(str)
    texts[~whole] = [_written(field, _positional(one)) for one in own[~whole]]
    texts[~there] = ""
    if field.type not in KEPT_DIGITS:
        return texts, None
    decimals = 0 if field.type == "integer" else KEPT_DECIMALS
    fit = there & (np.abs(numbers) < KEPT_DIGITS[field.type])
    rounded = np.round(np.where(fit, numbers, 0), decimals) + 0.0
    same = rounded.astype(np.float32) == own.astype(np.float32) if is_small else rounded == numbers
    return texts, np.where(fit & same, rounded, np.nan)


def _positional(value: Any) -> str:
    return np.format_float_positional(value, trim="-") if np.isfinite(value) else str(value)


def _written(field: Field, digits: str) -> str:
    """A number with the decimal mark of the field."""
    return digits.replace(".", field.decimal_char) if field.type == "number" else digits


def _days(field: Field, days: NDArray[np.datetime64], there: Mask) -> tuple[Objects, Native | None]:
    """Days, as the field writes them."""
    days = days.astype("datetime64[D]")
    fits = there & (days >= YEARS[0]) & (days < YEARS[1])
    texts = np.where(there, np.datetime_as_string(days), "").astype(object)
    if field.type != "date" or field.period:
        return texts, None
    if field.format:
        texts[fits] = pd.Series(days[fits].astype("datetime64[s]")).dt.strftime(field.format).to_numpy(object)
    return texts, np.where(fits, days, np.datetime64("NaT")).astype("datetime64[s]")


def _times(field: Field, entries: pa.Array, there: Mask) -> tuple[Objects, Native | None]:
    """Times: days where none has a time of day or a zone; texts of day, time and offset where one has."""
    kind, ticks = entries.type, np.asarray(entries.cast(pa.int64()).fill_null(0))
    moments = ticks.view(f"datetime64[{kind.unit}]")
    if not kind.tz and (moments == moments.astype("datetime64[D]")).all():
        return _days(field, moments, there)
    usual = there & (moments > YEARS[0]) & (moments < YEARS[1])
    seconds = pd.Series(moments[usual].astype("datetime64[s]"))
    texts = np.where(there, np.datetime_as_string(moments.astype("datetime64[s]")), "").astype(object)
    texts[usual] = _written_times(seconds, kind.tz)
    return texts, None


def _written_times(seconds: pd.Series, zone: str | None) -> list[str]:
    """2014-12-31 14:05:00+06:00; without an offset where there is no zone, and without the time at midnight there."""
    if not zone:
        return [str(one).removesuffix(" 00:00:00") for one in seconds]
    return [str(one) for one in seconds.dt.tz_localize("UTC").dt.tz_convert(zone)]
