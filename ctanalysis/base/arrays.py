"""The arrays of numpy that travel between the rooms, by what is in them."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]  # which rows, or cells, of something
Integers = NDArray[np.integer]  # codes, positions, and days since 1970
Floats = NDArray[np.float64]  # numbers; NaN where there is none

BLOCK = 2**18  # rows: what is worked out of so many at a time stays in a processor's own memory


def blocks(size: int) -> Iterator[slice]:
    """The rows of a table of some size in blocks; one, of no rows, where it has none."""
    yield from (slice(first, min(first + BLOCK, size)) for first in range(0, max(size, 1), BLOCK))
