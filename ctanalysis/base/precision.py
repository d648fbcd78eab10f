"""How exactly a number is shown: decimals by its measure, halves rounded away from zero, thousands separated."""

from decimal import ROUND_HALF_UP, Decimal
from typing import SupportsFloat

from babel import Locale
from babel.numbers import format_decimal

DECIMALS = {"mean": 1, "share": 1, "median": 1, "gain": 1, "mean level": 1, "ratio": 2, "rate": 1}
ROUGH = ("share", "gain")  # made of rounded parts, these are shown without decimals


def decimals(measure: str, status: str = "exact") -> int:
    """How many decimals a value of a measure is shown with.

    measure: as project.sheets.Sheet.measure names it.
    status: that of the value. A share is shown in per cent, with one decimal where it is exact and with none where its
    parts are rounded; so is a gain.
    """
    return 0 if measure in ROUGH and status != "exact" else DECIMALS.get(measure, 0)


def as_shown(value: SupportsFloat, measure: str, status: str = "exact") -> Decimal:
    """The number as it is shown: rounded to its decimals, half away from zero; a share in per cent.

    value: a whole number, a float or a Decimal; of a share, between 0 and 1. A float is read as its
    shortest text, so that 2.675 is 2.675 and not the binary number a little below it.
    """
    number = Decimal(repr(float(value))) * (100 if measure == "share" else 1)
    return number.quantize(Decimal(1).scaleb(-decimals(measure, status)), ROUND_HALF_UP) + 0


def text(number: Decimal, locale: str | Locale) -> str:
    """A finite Decimal as a language writes it, with all its decimals: "1,234.5"; with a true minus sign."""
    places = max(0, -int(number.as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(number, pattern, locale=locale).replace("-", "\N{MINUS SIGN}")
