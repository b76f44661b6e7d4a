"""The legs of a flight: where a route is entered, and the ways there and back."""

import math
from dataclasses import dataclass

import numpy as np

from mcpp.errors import NoWayError
from mcpp.flight.motion import hover_s, leg_speeds_m_s, pass_times_s
from mcpp.flight.run_outs import with_run_outs
from mcpp.flight.terrain import Terrain, follow_ground
from mcpp.ground.transit import FreeSpace
from mcpp.model import BoolArray, FloatArray, IntArray, LegKind, Route, Sortie, Vehicle
from mcpp.stops import heed


def _bends(loop_m: FloatArray) -> BoolArray:
    """At which points of a closed tour, given without its repeated end, it turns sharply."""
    incoming = loop_m - np.roll(loop_m, 1, axis=0)
    outgoing = np.roll(loop_m, -1, axis=0) - loop_m
    dot = (incoming * outgoing).sum(axis=1)
    size = np.linalg.norm(incoming, axis=1) * np.linalg.norm(outgoing, axis=1)
    return np.asarray(dot < math.cos(math.radians(30.0)) * size)


def own_launch_m(route: Route) -> FloatArray:
    """Choose where a UAV without a launch point takes off: at a corner, where it stops anyway.

    If it can be, at one between two survey legs: from there it need not go anywhere first.

    Returns
    -------
    A point of the route, shape (2,).
    """
    first = 0
    if route.closed and not route.in_order:
        worth = _bends(route.xy_m[:-1]) + 2 * (route.survey & np.roll(route.survey, 1))
        first = int(np.argmax(worth))
    return np.asarray(route.xy_m[first])


def enter_route(
    route: Route, launch_m: FloatArray, landing_m: FloatArray, space: FreeSpace, vehicle: Vehicle
) -> tuple[FloatArray, BoolArray]:
    """Turn a route so that the way to its first and from its last point is shortest.

    A closed tour may be entered at any of its points; an open one at either end. Entering in the
    middle of a straight costs a stop more than at a corner. A route that is flown in order stays as
    it is.

    Returns
    -------
    Points, shape (n, 2), or (n, 3) with heights, and survey mask, shape (n - 1,).
    """
    points = route.points_m
    if route.in_order or not len(points):
        return points, route.survey
    if route.closed:
        loop = route.xy_m[:-1]
        cost_m = space.distances(launch_m, loop)[0] + space.distances(loop, landing_m)[:, 0]
        first = int(np.argmin(cost_m + stop_costs_m(loop, vehicle)))
        return entered_at(points, route.survey, first)
    ends = route.xy_m[[0, -1]]
    onto, off = space.distances(launch_m, ends)[0], space.distances(ends, landing_m)[:, 0]
    if onto[1] + off[0] < onto[0] + off[1] - 1e-9:
        return points[::-1], route.survey[::-1]
    return points, route.survey


def stop_costs_m(loop_m: FloatArray, vehicle: Vehicle) -> FloatArray:
    """Way that a stop costs at each point of a closed tour, its end not repeated, shape (n,)."""
    stop_m = vehicle.speed_m_s**2 / vehicle.acceleration_m_s2
    return np.where(_bends(loop_m), 0.0, stop_m)


def entered_at(closed_m: FloatArray, survey: BoolArray, first: int) -> tuple[FloatArray, BoolArray]:
    """Begin a closed tour at another of its points."""
    turned = np.roll(closed_m[:-1], -first, axis=0)
    return np.vstack([turned, turned[:1]]), np.roll(survey, -first)


def with_photo_stops(
    xy_m: FloatArray, survey: BoolArray, vehicle: Vehicle
) -> tuple[FloatArray, BoolArray]:
    """Add the points at which a hovering UAV takes its photos, evenly along each survey leg."""
    if vehicle.trigger != "hover" or not vehicle.trigger_distance_m:
        return xy_m, survey
    return subdivided(xy_m, survey, vehicle.trigger_distance_m, only=survey)


def subdivided(
    xy_m: FloatArray, survey: BoolArray, longest_m: float, *, only: BoolArray | None = None
) -> tuple[FloatArray, BoolArray]:
    """Divide legs evenly so that none is longer than `longest_m`."""
    points, mask = [xy_m[:1]], []
    for i, what in enumerate(survey):
        a, b = xy_m[i], xy_m[i + 1]
        count = max(1, math.ceil(math.hypot(*(b - a)) / longest_m - 1e-9))
        if only is not None and not only[i]:
            count = 1
        part = np.arange(1, count + 1)[:, None] / count
        points.append(a + part * (b - a))
        points[-1][-1] = b
        mask += [bool(what)] * count
    return np.vstack(points), np.array(mask, dtype=np.bool_)


WRITTEN_DIGITS = 4
"""Places are kept to 0.1 mm, in memory as in the plan file."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Airway:
    """All that the flights of one UAV have in common.

    Attributes
    ----------
    launch_m, landing_m
        Shape (2,).
    space
        Where its legs may run.
    over
        Where its ways there and back may run at their own heights; None is where all legs may.
    """

    uav: int
    vehicle: Vehicle
    launch_m: FloatArray
    landing_m: FloatArray
    space: FreeSpace
    terrain: Terrain | None = None
    over: FreeSpace | None = None

    @property
    def ways(self) -> FreeSpace:
        """Where the ways there and back may run."""
        return self.space if self.over is None else self.over

    def path(self, a: FloatArray, b: FloatArray) -> FloatArray:
        """Shortest legal way there or back, shape (k, 2); raises `NoWayError` naming the UAV."""
        try:
            return self.ways.path(a, b)
        except NoWayError as error:
            msg = f"{self.vehicle.id}: {error}"
            raise NoWayError(msg, ends_m=error.ends_m, witness=(self.uav,)) from error

    def sortie(
        self, xy_m: FloatArray, survey: BoolArray, *, number: int = 1, begin_s: float = 0.0
    ) -> Sortie:
        """Put climb, the ways there and back and landing about a piece of a route.

        It climbs straight up to the take-off height, slants up to the transit height, goes to above
        the first point, changes to the survey height there, and comes back at the return height.

        Parameters
        ----------
        xy_m, survey
            Shapes (n, 2), or (n, 3) for a route with heights of its own, and (n - 1,).
        begin_s
            When it takes off.
        """
        heed("flights")
        vehicle = self.vehicle
        xyz, kind = self._legs(xy_m, survey)
        if self.terrain is not None:
            xyz, kind = follow_ground(xyz, kind, self.terrain)
        xyz = np.round(xyz, WRITTEN_DIGITS)  # times and speeds are those of what is written
        return Sortie(
            uav=self.uav,
            number=number,
            xyz_m=xyz,
            kind=kind,
            speed_m_s=leg_speeds_m_s(xyz, kind, vehicle),
            time_s=begin_s + pass_times_s(xyz, kind, vehicle, hover=hover_s(kind, vehicle)),
        )

    def _legs(self, xy_m: FloatArray, survey: BoolArray) -> tuple[FloatArray, IntArray]:
        vehicle, survey_h = self.vehicle, self.vehicle.height_m
        if xy_m.shape[1] == 2:
            xy_m, survey = with_run_outs(xy_m, survey, vehicle, self.space)
            work_m = _at_height(xy_m, survey_h)
        else:
            xy_m, work_m = xy_m[:, :2], xy_m
            survey_h = float(work_m[0, 2])
        transit_h = survey_h if vehicle.transit_height_m is None else vehicle.transit_height_m
        return_h = survey_h if vehicle.return_height_m is None else vehicle.return_height_m
        way, back = self.path(self.launch_m, xy_m[0])[1:], self.path(xy_m[-1], self.landing_m)
        # without a way to go there is none to keep clear of: it climbs to work, and lands from it
        if _same_place(self.launch_m, xy_m[0]):
            way, transit_h = way[:0], survey_h
        if _same_place(xy_m[-1], self.landing_m):
            back = back[:0]
        takeoff_h = transit_h if vehicle.takeoff_height_m is None else vehicle.takeoff_height_m
        way, back = _at_height(way, transit_h), _at_height(back, return_h)
        ground = np.vstack(
            [_at_height(self.launch_m[None], 0.0), _at_height(self.landing_m[None], 0.0)]
        )
        up = _at_height(self.launch_m[None], takeoff_h)
        points = np.vstack([ground[:1], up, way, work_m, back, ground[1:]])
        work = np.where(survey, int(LegKind.SURVEY), int(LegKind.CONNECT))
        kind = np.concatenate(
            [
                [int(LegKind.TAKEOFF)],
                np.full(len(way) + 1, int(LegKind.TRANSIT)),
                work,
                np.full(len(back), int(LegKind.RETURN)),
                [int(LegKind.LAND)],
            ]
        ).astype(np.int32)
        moved = np.linalg.norm(np.diff(points, axis=0), axis=1) > 1e-6
        return points[np.concatenate([[True], moved])], kind[moved]


def _same_place(a: FloatArray, b: FloatArray) -> bool:
    return bool((np.abs(np.subtract(a, b)) <= 1e-3).all())


def _at_height(xy_m: FloatArray, height_m: float) -> FloatArray:
    return np.column_stack([xy_m, np.full(len(xy_m), height_m)])
