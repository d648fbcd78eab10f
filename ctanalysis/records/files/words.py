"""The different texts of a column, and what can be said of all of them at once."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ctanalysis.base.spelling import all_clean, ascii_joined, cleaned
from ctanalysis.records.arrays import Mask

DIGITS_KEPT = 15  # of a number, by a spreadsheet
SIGNS = b"-./+,:"  # in days as spreadsheets write them, and in numbers with an exponent


Native: TypeAlias = npt.NDArray[Any]  # float64 of numbers and truth values, datetime64[s] of days; NaN and NaT: none


class Words(list[str]):
    """The different texts of a column.

    values: of a column that was typed in its file, that of each text, or of the first of them where a correction has
    added one. A text without a value is none of the field's type. None: of a column of texts. are_codes: whether
    people or things are told apart by them, so that what nobody sees in a text makes no other one of it.
    """

    def __init__(self, words: Iterable[str] = (), values: Native | None = None, are_codes: bool = False) -> None:
        super().__init__(words)
        self.values, self.are_codes = values, are_codes

    @property
    def clean(self) -> bool:
        """Whether all are plain ASCII as spelling.cleaned() would leave them."""
        return self._kinds[0]

    @property
    def numbered(self) -> bool:
        """Whether all end in a digit and none has a blank, as keys do: no such word is a total or a heading."""
        return self._kinds[1]

    @property
    def unaltered(self) -> bool:
        """Whether none can be a code of which a spreadsheet made a day or a number, as none has a sign or is long."""
        return self._kinds[2]

    @cached_property
    def _kinds(self) -> tuple[bool, bool, bool]:
        joined = ascii_joined(self)
        if joined is None:
            return False, False, False
        zeros = np.flatnonzero(joined == 0)
        ends, letters = joined[zeros[1:] - 1], joined.tobytes()
        has_blank = b" " in letters
        numbered = ((ends >= ord("0")) & (ends <= ord("9"))).all() and not has_blank
        is_long = np.diff(zeros, prepend=-1).max(initial=0) > DIGITS_KEPT + 1
        has_sign = has_blank or any(sign in letters for sign in SIGNS)
        return all_clean(joined), bool(numbered), not (is_long or has_sign)

    @cached_property
    def plain(self) -> list[str]:
        """The words as spelling.cleaned() leaves them: these same ones where all are clean."""
        return self if self.clean else [cleaned(word) for word in self]

    @cached_property
    def blank(self) -> list[int]:
        """The numbers of those that hold nothing, or nothing but blanks."""
        if self.numbered:
            return []
        return [number for number, word in enumerate(self) if not word or word.isspace()]

    def alike(self, spelling: Callable[[str], str]) -> Mask:
        """Which are spelt like another that is not the same but for blanks, dashes and unseen signs."""
        spelt = [spelling(word) for word in self]
        if len(set(spelt)) == len(spelt):
            return np.zeros(len(spelt), bool)
        different: dict[str, set[str]] = {}
        for one, word in zip(spelt, self, strict=True):
            different.setdefault(one, set()).add(cleaned(word))
        return np.array([len(different[one]) > 1 for one in spelt], bool)
