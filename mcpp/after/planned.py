"""Where a plan has its photos taken, and on which line each lies."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mcpp.ground.photo_places import photo_places
from mcpp.model import FloatArray, IntArray, LegKind, Plan, Sortie, Vehicle
from mcpp.model.arrays import read_only

BEND_DEG = 20.0
"""A line ends where survey legs turn by more."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """One straight survey line of a sortie.

    Attributes
    ----------
    number
        Within the sortie, from 1 on.
    begin_m, end_m
        East, north and height above the launch point, shape (3,).
    first, last
        Its photos among all planned ones: from `first` up to, not with, `last`.
    step_m
        Distance of its photos; 0 where the UAV takes none.
    """

    uav: int
    sortie: int
    number: int
    begin_m: FloatArray
    end_m: FloatArray
    first: int
    last: int
    step_m: float

    @property
    def length_m(self) -> float:
        """Length over ground."""
        return math.hypot(*(self.end_m - self.begin_m)[:2])

    @property
    def along(self) -> FloatArray:
        """Unit vector along the line, shape (2,)."""
        way = (self.end_m - self.begin_m)[:2]
        return np.asarray(way / max(math.hypot(*way), 1e-9))

    def along_m(self, xy_m: FloatArray) -> FloatArray:
        """How far along the line some places of shape (n, 2) lie, shape (n,)."""
        return np.asarray((xy_m - self.begin_m[:2]) @ self.along)

    def across_m(self, xy_m: FloatArray) -> FloatArray:
        """How far to the left of the line some places of shape (n, 2) lie, shape (n,)."""
        east, north = self.along
        return np.asarray((xy_m - self.begin_m[:2]) @ np.array([-north, east]))

    def at_m(self, along_m: float) -> FloatArray:
        """Place at a distance from its begin, shape (3,)."""
        part = along_m / max(self.length_m, 1e-9)
        return np.asarray(self.begin_m + part * (self.end_m - self.begin_m))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlannedPhotos:
    """All photos of a plan, in the order of its sorties.

    Attributes
    ----------
    xyz_m
        Shape (n, 3): east, north, height above the launch point of its sortie.
    heading_deg
        Shape (n,): where the upper side of the image looks.
    time_s
        Shape (n,): since the start of the mission.
    uav, line
        Shape (n,): index of the UAV, and of the line in `lines`.
    """

    xyz_m: FloatArray
    heading_deg: FloatArray
    time_s: FloatArray
    uav: IntArray
    line: IntArray
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "xyz_m", read_only(self.xyz_m, np.float64).reshape(-1, 3))
        for name, kind in (("heading_deg", np.float64), ("time_s", np.float64)):
            object.__setattr__(self, name, read_only(getattr(self, name), kind))
        for name in ("uav", "line"):
            object.__setattr__(self, name, read_only(getattr(self, name), np.int32))


def _straight_pieces(xyz_m: FloatArray, survey: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield first and last point of each straight piece of a run of survey legs."""
    first = 0
    for leg in range(1, len(survey)):
        before, after = xyz_m[leg, :2] - xyz_m[leg - 1, :2], xyz_m[leg + 1, :2] - xyz_m[leg, :2]
        size = math.hypot(*before) * math.hypot(*after)
        if float(before @ after) < math.cos(math.radians(BEND_DEG)) * size:
            yield first, leg
            first = leg
    yield first, len(survey)


def _runs(sortie: Sortie) -> Iterator[tuple[int, int]]:
    """Yield first and last point of each run of survey legs."""
    on = np.concatenate([[False], sortie.kind == LegKind.SURVEY, [False]])
    edges = np.flatnonzero(on[1:] != on[:-1])
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _photo_ways_m(lengths_m: FloatArray, way_m: FloatArray, vehicle: Vehicle) -> FloatArray:
    """Distances along a run of survey legs at which photos are taken, shape (n,).

    Parameters
    ----------
    lengths_m, way_m
        Shape (k,) and (k + 1,): of its legs over ground, and from its begin to their ends.
    """
    step_m = vehicle.trigger_distance_m
    if vehicle.trigger == "none" or not step_m:
        return np.empty(0)
    on = np.ones(len(lengths_m), np.bool_)
    places = photo_places(lengths_m, on, step_m, hovers=vehicle.trigger == "hover")
    return np.array([way_m[leg] + part * lengths_m[leg] for leg, part in places])


def planned_photos(plan: Plan) -> PlannedPhotos:
    """List the photos of all sorties, at their `photo_places`, with the lines on which they lie."""
    lines: list[Line] = []
    xyz: list[FloatArray] = []
    heading: list[float] = []
    time_s: list[float] = []
    line_of: list[int] = []
    for sortie in plan.sorties:
        vehicle = plan.problem.vehicles[sortie.uav]
        number = 0
        for begin, end in _runs(sortie):
            points, times = sortie.xyz_m[begin : end + 1], sortie.time_s[begin : end + 1]
            lengths = np.hypot(*np.diff(points[:, :2], axis=0).T)
            way = np.concatenate([[0.0], np.cumsum(lengths)])
            photos = _photo_ways_m(lengths, way, vehicle)
            pieces = list(_straight_pieces(points, np.ones(len(points) - 1, bool)))
            ends = np.array([way[last] for _, last in pieces])
            piece = np.minimum(np.searchsorted(ends, photos - 1e-6), len(pieces) - 1)
            for i, (first, last) in enumerate(pieces):
                number += 1
                own = photos[piece == i]
                lines.append(
                    Line(
                        uav=sortie.uav,
                        sortie=sortie.number,
                        number=number,
                        begin_m=points[first],
                        end_m=points[last],
                        first=len(line_of),
                        last=len(line_of) + len(own),
                        step_m=vehicle.trigger_distance_m or 0.0
                        if vehicle.trigger != "none"
                        else 0.0,
                    )
                )
                east, north = lines[-1].along
                course = math.degrees(math.atan2(east, north)) % 360.0
                fixed = vehicle.heading == "fixed"
                for distance in own.tolist():
                    xyz.append(np.array([np.interp(distance, way, points[:, k]) for k in range(3)]))
                    time_s.append(float(np.interp(distance, way, times)))
                    heading.append(vehicle.heading_deg if fixed else course)
                    line_of.append(len(lines) - 1)
    uav = [lines[i].uav for i in line_of]
    return PlannedPhotos(
        xyz_m=np.array(xyz).reshape(-1, 3),
        heading_deg=np.array(heading),
        time_s=np.array(time_s),
        uav=np.array(uav, dtype=np.int32),
        line=np.array(line_of, dtype=np.int32),
        lines=tuple(lines),
    )
