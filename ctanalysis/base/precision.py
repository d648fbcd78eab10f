"""How exactly a number is told: decimals by its measure, halves away from zero, thousands marked."""

from decimal import ROUND_HALF_UP, Decimal
from typing import SupportsFloat

from babel import Locale
from babel.numbers import format_decimal

DECIMALS = {"mean": 1, "share": 1}


def decimals(measure: str, status: str = "exact") -> int:
    """How many decimals a value of a measure is told with; a share of rounded numbers has none.

    Shares are told in per cent.
    """
    return 0 if measure == "share" and status != "exact" else DECIMALS.get(measure, 0)


def told(value: SupportsFloat, measure: str, status: str = "exact") -> Decimal:
    """The number as it is told, a Decimal: a share in per cent; half is rounded away from zero.

    value: int, float or Decimal. A float is read as its shortest text, so 2.675 is 2.675.
    """
    number = Decimal(repr(float(value))) * (100 if measure == "share" else 1)
    return number.quantize(Decimal(1).scaleb(-decimals(measure, status)), ROUND_HALF_UP) + 0


def text(number: Decimal, locale: str | Locale) -> str:
    """A Decimal in the way of a language: 1,234.5; a true minus sign."""
    places = max(0, -int(number.as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(number, pattern, locale=locale).replace("-", "\N{MINUS SIGN}")
