"""Ways beyond the ends of survey lines: past the last photo before a turn, and into the next line.

Photos begin and end with the line itself, where the aircraft flies level and straight.
"""

import math

import numpy as np

from mcpp.ground.transit import FreeSpace
from mcpp.model import BoolArray, FloatArray, Vehicle

PARTS = (1.0, 0.75, 0.5, 0.25)
"""Of the wanted length, tried in turn where there is no room for all of it."""
_STRAIGHT_ON = math.cos(math.radians(30.0))


def with_run_outs(
    xy_m: FloatArray, survey: BoolArray, vehicle: Vehicle, space: FreeSpace
) -> tuple[FloatArray, BoolArray]:
    """Add a point beyond each end of a survey line, as far as allowed space permits.

    A line ends where no survey leg follows. It is not lengthened where the way goes straight on
    anyway, nor where the way from or to the added point would leave the allowed space.

    Parameters
    ----------
    xy_m, survey
        Shapes (n, 2) and (n - 1,): a route or a piece of one.

    Returns
    -------
    Points and mask; the added legs survey nothing.
    """
    wanted = (vehicle.turn_overshoot_m, vehicle.lead_in_m)
    if not any(wanted) or len(xy_m) < 2:
        return xy_m, survey
    on = np.concatenate([[False], survey, [False]])
    points: list[FloatArray] = [xy_m[0]]
    mask: list[bool] = []
    for i in range(len(xy_m)):
        if i:
            points.append(xy_m[i])
            mask.append(bool(survey[i - 1]))
        ends, begins = on[i] and not on[i + 1], on[i + 1] and not on[i]
        after = xy_m[i + 1] if i + 1 < len(xy_m) else None
        if ends and wanted[0] > 0:
            beyond = _beyond(xy_m[i], xy_m[i] - xy_m[i - 1], after, wanted[0], space)
            if beyond is not None:
                points.append(beyond)
                mask.append(False)
        elif begins and wanted[1] > 0:
            before = points[-2] if len(points) > 1 else None
            lead = _beyond(xy_m[i], xy_m[i] - xy_m[i + 1], before, wanted[1], space)
            if lead is not None:
                points.insert(len(points) - 1, lead)
                mask.append(False)
    return np.array(points), np.array(mask, dtype=np.bool_)


def _beyond(
    end: FloatArray,
    away: FloatArray,
    neighbour: FloatArray | None,
    wanted_m: float,
    space: FreeSpace,
) -> FloatArray | None:
    """Find the point beyond a line's end from which its neighbour on the way is still reached."""
    ahead = away / math.hypot(*away)
    if neighbour is not None:
        way = neighbour - end
        if float(way @ ahead) > _STRAIGHT_ON * math.hypot(*way):
            return None
    for part in PARTS:
        point = np.asarray(end + part * wanted_m * ahead)
        legs = [(end, point)] + ([] if neighbour is None else [(point, neighbour)])
        begins, stops = (np.array(side) for side in zip(*legs, strict=True))
        if space.legal(begins, stops).all():
            return point
    return None
