"""Photos held against the lines of the plan: which are missing, where, and how far off they lie."""

import math
from dataclasses import dataclass

import numpy as np

from mcpp.after.planned import Line, PlannedPhotos
from mcpp.after.setting import Setting
from mcpp.after.taken import Taken
from mcpp.model import BoolArray, FloatArray, IntArray

END_SLACK = 0.75
"""At the ends of a line the trigger may have been late by so many steps and lost nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """A piece of a line without photos.

    Attributes
    ----------
    line
        Index of the line.
    from_m, to_m
        Distances along the line of the photos before and after it; at an end of the line, where
        one would lie a step outside.
    missing
        How many photos fit in at the planned distance.
    """

    line: int
    from_m: float
    to_m: float
    missing: int

    @property
    def photos_m(self) -> tuple[float, float]:
        """Where along the line the first and the last of the missing photos belong."""
        step_m = (self.to_m - self.from_m) / (self.missing + 1)
        return self.from_m + step_m, self.to_m - step_m


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OnLines:
    """How photos lie to lines.

    Attributes
    ----------
    line
        Shape (n,): index of the line of each photo, -1 for those on none.
    across_m, rise_m
        Shape (n,): distance to the left of the line, and above it; not a number on none.
    holes
        In the order of the lines.
    """

    line: IntArray
    across_m: FloatArray
    rise_m: FloatArray
    holes: tuple[Hole, ...]


def _line_of_photos(
    setting: Setting, planned: PlannedPhotos, taken: Taken
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Line, distance along and distance across of each photo."""
    count = len(taken.xy_m)
    line = np.where(taken.nearest >= 0, planned.line[taken.nearest], -1).astype(np.int32)
    along, across = np.full(count, math.nan), np.full(count, math.nan)
    for index in np.unique(line[line >= 0]).tolist():
        one = planned.lines[index]
        mine = np.flatnonzero(line == index)
        xy = taken.xy_m[mine]
        along[mine], across[mine] = one.along_m(xy), one.across_m(xy)
        step_m = max(one.step_m, 1.0)
        far = np.abs(across[mine]) > max(setting.spacing_m(one.uav) / 2, step_m / 2)
        far |= (along[mine] < -step_m) | (along[mine] > one.length_m + step_m)
        line[mine[far]] = -1
    off = line < 0
    along[off], across[off] = math.nan, math.nan
    return line, along, across


def _holes_of(index: int, line: Line, planned: PlannedPhotos, along_m: FloatArray) -> list[Hole]:
    """Holes of one line, from the distances along it of its photos.

    Inside, a hole of k steps has lost k - 1 photos, whatever the first photo's place was. At an end
    a photo is missed only when the last one lies farther away than a late trigger makes it.
    """
    step = line.step_m
    own = planned.xyz_m[line.first : line.last, :2]
    expected = line.along_m(own)
    first, last = float(expected[0]), float(expected[-1])
    if not len(along_m):
        return [Hole(line=index, from_m=first - step, to_m=last + step, missing=len(own))]
    at = np.sort(along_m)
    holes = []

    def add(from_m: float, to_m: float, missing: int) -> None:
        if missing > 0:
            holes.append(Hole(line=index, from_m=from_m, to_m=to_m, missing=missing))

    add(first - step, float(at[0]), math.floor((at[0] - first) / step + 1 - END_SLACK))
    for a, b in zip(at[:-1].tolist(), at[1:].tolist(), strict=True):
        add(a, b, round((b - a) / step - 1e-9) - 1)
    add(float(at[-1]), last + step, math.floor((last - at[-1]) / step + 1 - END_SLACK))
    return holes


def on_lines(setting: Setting, planned: PlannedPhotos, taken: Taken, good: BoolArray) -> OnLines:
    """Hold photos against lines.

    Parameters
    ----------
    good
        Shape (n,): photos that do what the plan wants of one; others leave a hole.
    """
    line, along, across = _line_of_photos(setting, planned, taken)
    holes: list[Hole] = []
    for index, one in enumerate(planned.lines):
        if one.last > one.first and one.step_m > 0:
            holes += _holes_of(index, one, planned, along[(line == index) & good])
    rise = np.full(len(line), math.nan)
    on = np.flatnonzero(line >= 0)
    wanted = planned.xyz_m[taken.nearest[on], 2] + setting.launch_m[taken.uav[on]]
    rise[on] = taken.z_m[on] - wanted
    return OnLines(line=line, across_m=across, rise_m=rise, holes=tuple(holes))
