"""The arrays of numpy that travel between the rooms, by what is in them."""

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]  # which rows, or cells, of something
Integers = NDArray[np.integer]  # codes, positions, and days since 1970
Floats = NDArray[np.float64]  # numbers; NaN where there is none
