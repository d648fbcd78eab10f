"""What the same people gained: of each row, the field after less the field before."""

from typing import NamedTuple

import numpy as np

from ctanalysis.base.arrays import Floats, Mask
from ctanalysis.indicators.counting import EXACT
from ctanalysis.project.row_calculations import Gain
from ctanalysis.records.columns import Columns

POINTS = 100  # of yes and no, a gain is in percentage points


class Pairs(NamedTuple):
    """Of each row of a table, what it was before and after: yes is 1, no is 0, NaN where it is not known.

    points: whether both are yes or no, so that their gain is told in percentage points.
    """

    before: Floats
    after: Floats
    points: bool

    @classmethod
    def of(cls, columns: Columns, calculation: Gain) -> "Pairs":
        """The pairs of a calculation's two fields."""
        before, after = (columns.numbers(name) for name in calculation.asked)
        return cls(before, after, columns.located(calculation.before).field.type == "boolean")

    @property
    def known(self) -> Mask:
        """Which rows have both."""
        known: Mask = ~np.isnan(self.before) & ~np.isnan(self.after)
        return known

    @property
    def units(self) -> int:
        """How many units of the gain a whole ten-thousandth, as `weights` counts them, is part of."""
        return EXACT // POINTS if self.points else EXACT

    def weights(self) -> dict[str, Floats]:
        """By part of a gain what each row adds to it, 0 where a pair is not known.

        gained: in whole ten-thousandths, so that no decimal is lost. before, after: the same of either. better, worse:
        one for each row.
        """
        before, after = (np.where(self.known, np.round(side * EXACT), 0) for side in (self.before, self.after))
        gained = after - before
        better, worse = ((gained > 0).astype(float), (gained < 0).astype(float))
        return {"gained": gained, "before": before / EXACT, "after": after / EXACT, "better": better, "worse": worse}
