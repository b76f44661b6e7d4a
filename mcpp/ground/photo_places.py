"""Where photos are taken along survey legs: for all who list them."""

import math
from collections.abc import Iterator

from mcpp.model import BoolArray, FloatArray

_ROUNDING = 1e-6
"""A photo that is due so little beyond the end of a leg is taken: in metres, and in steps."""


def photo_steps(length_m: float, step_m: float) -> int:
    """Count the even steps of a survey leg, at whose ends a hovering UAV stops for a photo."""
    return max(1, math.ceil(length_m / step_m - _ROUNDING))


def photo_places(
    length_m: FloatArray, survey: BoolArray, step_m: float, *, hovers: bool
) -> Iterator[tuple[int, float]]:
    """Yield leg and part of it, 0 to 1, of each photo of a flight.

    A trigger by distance takes one where a run of survey legs begins, and on by its distance over
    ground, round corners too; a hovering UAV takes one at each end of each step of a leg.

    Parameters
    ----------
    length_m, survey
        Shape (n,): of each leg over ground, and whether it is one of the survey.
    """
    due_m = 0.0  # way on this leg to the next photo
    surveys = False
    for leg, on in enumerate(survey):
        length = float(length_m[leg])
        if not on or length < 1e-9:
            surveys = surveys and bool(on)
            continue
        if not surveys:
            due_m, surveys = 0.0, True
        if hovers:
            count = photo_steps(length, step_m)
            yield from ((leg, k / count) for k in range(0 if due_m == 0 else 1, count + 1))
            due_m = math.inf
            continue
        while due_m <= length + _ROUNDING:
            yield leg, min(due_m / length, 1.0)
            due_m += step_m
        due_m -= length
