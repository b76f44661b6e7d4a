"""Arrays and places that the types hold."""

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]
LonLat = tuple[float, float]
Ring = tuple[LonLat, ...]


def read_only(array: npt.ArrayLike, dtype: type) -> npt.NDArray[Any]:
    """Copy an array that nobody may write to."""
    copy: npt.NDArray[Any] = np.array(array, dtype=dtype)
    copy.flags.writeable = False
    return copy
