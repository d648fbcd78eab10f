"""What an array of this room holds: names for the types of arrays that travel between its functions."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from pandas.api.extensions import ExtensionArray

from ctanalysis.base.arrays import Floats, Integers, Mask

__all__ = ["Codes", "Floats", "Mask", "Objects", "Values"]

Codes: TypeAlias = Integers  # for each row the number of its word or category; or row numbers
Objects: TypeAlias = npt.NDArray[np.object_]  # texts
Values: TypeAlias = ExtensionArray  # of a column of a frame
