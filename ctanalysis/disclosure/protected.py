"""The type of values that may be published. It does not contain what may not."""

from collections.abc import Callable
from typing import NoReturn

import pandas as pd

_GATE = object()  # held by the gate alone
WITHHELD = "withheld"  # because of the numbers in its table
UNTOLD = "not told"  # by the policy, whatever the number is


class Protected:
    """Values that went through the gate, as a tidy frame with the columns of indicators.values.COLUMNS.

    Only disclosure.protect makes them: TypeError for anybody else.

    status adds to what exact values have "rounded", "fewer than 10" (the policy's number), a range ("18–27", of a share
    "56–84 %"), "not told" (the policy tells it of no such days, whatever it is) and "withheld" (other numbers would
    give it away); but for the first, value and numerator are empty, and the denominator too, unless it is a range.
    """

    __slots__ = ("_values",)
    _values: pd.DataFrame

    def __init__(self, values: pd.DataFrame, gate: object = None) -> None:
        if gate is not _GATE:
            raise TypeError("only disclosure.protect makes Protected values")
        object.__setattr__(self, "_values", values)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("Protected values cannot be changed")

    @property
    def values(self) -> pd.DataFrame:
        """A copy of the frame, to look at and to calculate with."""
        return self._values.copy()

    def where(self, **conditions: str) -> "Protected":
        """Those of the values whose columns equal the conditions, Protected too."""
        values = self._values
        for column, wanted in conditions.items():
            values = values[values[column] == wanted]
        return Protected(values.reset_index(drop=True), _GATE)

    def split(self, column: str, value: str) -> tuple["Protected", "Protected"]:
        """Those of the values whose column has this value, and the others."""
        same = self._values[column] == value
        chosen, others = (Protected(self._values[rows].reset_index(drop=True), _GATE) for rows in (same, ~same))
        return chosen, others

    def and_(self, others: "Protected") -> "Protected":
        """These values and then others, Protected too."""
        return Protected(pd.concat([self._values, others._values], ignore_index=True), _GATE)

    def derive(self, calculation: Callable[[pd.DataFrame], pd.DataFrame]) -> "Protected":
        """Protected of calculation(frame): what is calculated from values that may be published may be, too."""
        return Protected(calculation(self.values), _GATE)

    def __len__(self) -> int:
        return len(self._values)

    def _repr_html_(self) -> str:
        return self._values._repr_html_()  # type: ignore[operator, no-any-return]  # missing in the stubs

    def __repr__(self) -> str:
        return repr(self._values)


def released(frame: pd.DataFrame) -> Protected:
    """The gate's own door: a frame that has been protected becomes Protected."""
    return Protected(frame, _GATE)


def only_protected(values: Protected) -> pd.DataFrame:
    """The frame of Protected values, for whatever shows them. TypeError for anything else."""
    if not isinstance(values, Protected):
        raise TypeError(
            f"only Protected values can be told, not {type(values).__name__}: pass them through disclosure.protect"
        )
    return values.values
