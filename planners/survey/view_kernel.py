"""Sum up what points see of the lines of a tour."""

from mcpp.kernels import kernel
from mcpp.model import FloatArray


@kernel
def part_below(
    points: FloatArray, legs: FloatArray, across: float, along: float, enough: float
) -> float:
    """Part of the points, shape (n, 2), that see less than `enough` along legs.

    All in spacings. Legs have shape (m, 5): begin, direction and length. Compiled; for `views`.
    """
    weak = 0
    for i in range(len(points)):
        x, y = points[i, 0], points[i, 1]
        seen = 0.0
        for k in range(len(legs)):
            dx, dy = x - legs[k, 0], y - legs[k, 1]
            ux, uy, length = legs[k, 2], legs[k, 3], legs[k, 4]
            if abs(dy * ux - dx * uy) > across / 2:
                continue
            at = dx * ux + dy * uy
            seen += max(0.0, min(at + along / 2, length) - max(at - along / 2, 0.0))
        if seen < enough:
            weak += 1
    return weak / max(len(points), 1)
