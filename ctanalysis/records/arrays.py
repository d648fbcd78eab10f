"""What an array of this room holds: names for the types of arrays that travel between its functions."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from pandas.api.extensions import ExtensionArray

Mask: TypeAlias = npt.NDArray[np.bool_]  # which rows, or which words
Codes: TypeAlias = npt.NDArray[np.integer]  # for each row the number of its word or category; or row numbers
Floats: TypeAlias = npt.NDArray[np.float64]
Objects: TypeAlias = npt.NDArray[np.object_]  # texts
Values: TypeAlias = ExtensionArray  # of a column of a frame
