"""The different texts of a column, and what can be said of all of them at once."""

from functools import cached_property

import numpy as np

from ctanalysis.base.spelling import all_clean, ascii_joined


class Words(list[str]):
    """The different texts of a column."""

    @property
    def clean(self) -> bool:
        """Whether all are plain ASCII as spelling.cleaned() would leave them."""
        return self._kinds[0]

    @property
    def numbered(self) -> bool:
        """Whether all end in a digit and none has a blank, as keys do: no such word is a total or a heading."""
        return self._kinds[1]

    @cached_property
    def _kinds(self) -> tuple[bool, bool]:
        joined = ascii_joined(self)
        if joined is None:
            return False, False
        ends = joined[np.flatnonzero(joined == 0)[1:] - 1]
        has_blank = (joined == ord(" ")).any()
        return all_clean(joined), bool(((ends >= ord("0")) & (ends <= ord("9"))).all() and not has_blank)

    @cached_property
    def blank(self) -> list[int]:
        """The numbers of those that hold nothing, or nothing but blanks."""
        if self.numbered:
            return []
        return [number for number, word in enumerate(self) if not word or word.isspace()]
