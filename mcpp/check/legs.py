"""Rules on what is flown: where the legs run, when, and for how long."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from mcpp.check.ground import TOLERANCE_M, Ground, Legs, as_exported, legs_of
from mcpp.model import Finding, FloatArray, LegKind, Plan, Sortie

CORRIDOR_HALF_WIDTH_M = 10.0
FARTHEST_M = 600_000.0
START_M = 0.5
"""How far a flight may begin or end from the place that the mission gives."""
TIME_S = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class FlownPath:
    """A route or a sortie with its points as exported; `strict` legs may use no corridor.

    `lowest_m` is the lower end of each leg, above the launch point; `way` are those there and back
    of a multirotor.
    """

    uav: int
    name: str
    xy_m: FloatArray
    strict: npt.NDArray[np.bool_]
    lowest_m: FloatArray
    way: npt.NDArray[np.bool_]


def sound(xy_m: FloatArray) -> bool:
    """Tell whether all points are numbers, and none is absurdly far."""
    return bool(np.isfinite(xy_m).all() and (np.abs(xy_m) < FARTHEST_M).all())


def consistent(sortie: Sortie) -> bool:
    """Tell whether the arrays of a sortie fit together."""
    points = len(sortie.xyz_m)
    legs = (sortie.kind.shape, sortie.speed_m_s.shape)
    return points > 1 and sortie.time_s.shape == (points,) and legs == ((points - 1,),) * 2


def flown_paths(plan: Plan, ground: Ground) -> Iterator[FlownPath | Finding]:
    """Routes and sorties as exported; in place of one with bad numbers, a finding."""
    ids = [uav.id for uav in plan.mission.uavs]
    for route in plan.solution.routes:
        name = f"route of {ids[route.uav]}"
        if not sound(route.xy_m):
            yield _bad_numbers(ids[route.uav], name)
            continue
        xy_m = as_exported(ground.frame, route.xy_m)
        height_m = np.full(len(route.survey), plan.problem.vehicles[route.uav].height_m)
        yield FlownPath(route.uav, name, xy_m, route.survey, height_m, np.zeros_like(route.survey))
    for sortie in plan.sorties:
        name = f"sortie {sortie.number} of {ids[sortie.uav]}"
        if not consistent(sortie):
            yield Finding(
                level="error",
                code="arrays",
                message=f"{name}: its points, legs and times do not fit together",
                uav=ids[sortie.uav],
            )
        elif not (sound(sortie.xyz_m) and np.isfinite(sortie.time_s).all()):
            yield _bad_numbers(ids[sortie.uav], name)
        else:
            xy_m = as_exported(ground.frame, sortie.xyz_m[:, :2])
            height_m = np.minimum(sortie.xyz_m[:-1, 2], sortie.xyz_m[1:, 2])
            way = (sortie.kind == LegKind.TRANSIT) | (sortie.kind == LegKind.RETURN)
            way &= plan.problem.vehicles[sortie.uav].kind == "multirotor"
            survey = sortie.kind == LegKind.SURVEY
            yield FlownPath(sortie.uav, name, xy_m, survey, height_m, way)


def check_place(plan: Plan, ground: Ground, path: FlownPath) -> Iterator[Finding]:
    """Legs inside the allowed space, and outside every no-fly zone with its buffer."""
    legs = legs_of(path.xy_m)

    def runs(
        code: str, where: str, metres: FloatArray, shape: BaseGeometry, *, outside: bool
    ) -> Iterator[Finding]:
        if (metres > 0).any():
            yield Finding(
                level="error",
                code=code,
                message=f"{path.name}: {metres.sum():.2f} m run {where}",
                uav=plan.mission.uavs[path.uav].id,
                lon_lat_deg=_worst_place(ground, legs, metres, shape, outside=outside),
                amount_m=float(metres.sum()),
            )

    metres = ground.metres_outside(legs)
    corridor = plan.problem.corridors[path.uav] if plan.problem.corridors else None
    if corridor is not None:
        metres = np.where(path.strict, metres, ground.metres_outside(legs, corridor))
    yield from runs("outside", "outside the allowed space", metres, ground.area, outside=True)
    for zone in ground.zones:
        where = f"through no-fly zone {zone.name!r}"
        inside = zone.metres_inside(legs)
        needed_m = np.where(path.way, zone.pass_m, zone.top_m)
        metres = np.where(path.lowest_m < needed_m, inside, 0.0)
        yield from runs("no-fly", where, metres, zone.shape, outside=False)
        over = path.way & (inside > 0) & (path.lowest_m >= zone.pass_m)
        if over.any() and plan.mission.flight.transit_over_zones:
            yield Finding(
                level="warning",
                code="zone-over",
                message=(
                    f"{path.name}: it passes over no-fly zone {zone.name!r} at "
                    f"{path.lowest_m[over].min():.0f} m, {zone.pass_m:.0f} m are needed: its "
                    "geofence leaves the zone open"
                ),
                uav=plan.mission.uavs[path.uav].id,
                lon_lat_deg=_worst_place(ground, legs, inside * over, zone.shape, outside=False),
                amount_m=float(inside[over].sum()),
            )


def check_corridors(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """See that each corridor leads to the area, keeps off the zones, and is narrow.

    That it reaches the launch point follows from `check_place`: the first leg lies in it.
    """
    endless = [zone.shape for zone in ground.zones if zone.top_m == math.inf]
    keep_out = shapely.union_all(endless or [Point()])
    joined = ground.area.buffer(ground.margin_m)
    for index, corridor in enumerate(plan.problem.corridors):
        if corridor is None or corridor.is_empty:
            continue
        wrong = []
        if not corridor.is_valid or not sound(shapely.get_coordinates(corridor)):
            wrong.append("it is no valid polygon")
        elif not shapely.intersects(shapely.get_parts(corridor), joined).all():
            wrong.append("it does not lead to the area")
        else:
            if shapely.intersection(corridor, keep_out).area > 0.1:
                wrong.append("it runs through a no-fly zone")
            # Two corridors may cross or meet; anything wider than that is no corridor.
            if not corridor.buffer(-2 * CORRIDOR_HALF_WIDTH_M - TOLERANCE_M).is_empty:
                wrong.append(f"it is wider than {2 * CORRIDOR_HALF_WIDTH_M:g} m")
        if wrong:
            uav = plan.mission.uavs[index].id
            message = f"corridor of {uav}: {'; '.join(wrong)}"
            yield Finding(level="error", code="corridor", message=message, uav=uav)


def check_ends(plan: Plan, ground: Ground, sortie: Sortie, name: str) -> Iterator[Finding]:
    """Take off and land where the mission says."""
    uav = plan.mission.uavs[sortie.uav]
    start, end = uav.start_lon_lat_deg, uav.landing_lon_lat_deg or uav.start_lon_lat_deg
    wanted_m = [None if p is None else ground.frame.to_m(p) for p in (start, end)]
    if sortie.airborne:
        at_m = None if plan.begun is None else plan.begun.at_m[sortie.uav]
        wanted_m[0] = np.full(2, np.inf) if at_m is None else np.array(at_m[:2])
    for what, wanted, point in zip(("start", "end"), wanted_m, (0, -1), strict=True):
        if wanted is None:
            continue
        away_m = float(np.hypot(*(sortie.xyz_m[point, :2] - wanted)))
        if away_m > START_M:
            yield Finding(
                level="error",
                code="ends",
                message=f"{name}: its {what} is {away_m:.1f} m from "
                + (
                    "the present position"
                    if sortie.airborne and not point
                    else "the place in the mission"
                ),
                uav=uav.id,
                lon_lat_deg=ground.lon_lat_deg(sortie.xyz_m[point, :2]),
                amount_m=away_m,
            )


def check_times(plan: Plan, sortie: Sortie, name: str, before_s: float) -> Iterator[Finding]:
    """Time never runs back, swaps have their time, and the endurance lasts.

    Parameters
    ----------
    before_s
        When the UAV's sortie before this one ended.
    """
    uav = plan.mission.uavs[sortie.uav]
    took_s = np.diff(sortie.time_s)
    wrong = []
    if (took_s < 0).any():
        wrong.append(f"time runs back after point {int(np.flatnonzero(took_s < 0)[0])}")
    first = sortie.number == 1 or (plan.begun is not None and before_s <= 0)
    swap_s = 0.0 if first else plan.mission.flight.battery_swap_s
    if sortie.time_s[0] < before_s + swap_s - TIME_S or sortie.time_s[0] < 0:
        wrong.append("it begins before the last one has ended and the battery is swapped")
    if wrong:
        message = f"{name}: {'; '.join(wrong)}"
        yield Finding(level="error", code="times", message=message, uav=uav.id)
    flight_s = float(sortie.time_s[-1] - (0.0 if sortie.airborne else sortie.time_s[0]))
    lasts_s = _usable_s(plan, sortie.uav)
    if sortie.airborne and plan.begun is not None:
        lasts_s = min(lasts_s, plan.begun.battery_s[sortie.uav])
    if flight_s > lasts_s + TIME_S:
        message = f"{name}: {flight_s:.0f} s in the air, with an endurance of {lasts_s:.0f} s"
        yield Finding(level="error", code="endurance", message=message, uav=uav.id)


def _usable_s(plan: Plan, uav: int) -> float:
    """Endurance less the reserve, as far as the mission itself gives them."""
    usable_s = plan.problem.vehicles[uav].endurance_s
    battery_s = plan.mission.uavs[uav].endurance_s
    if battery_s is None:
        return usable_s
    return min(usable_s, battery_s * (1.0 - (plan.mission.flight.reserve or 0.0)))


def _bad_numbers(uav: str, name: str) -> Finding:
    message = f"{name}: a point or time is not a number, or is absurdly far from the area"
    return Finding(level="error", code="coordinates", message=message, uav=uav)


def _worst_place(
    ground: Ground, legs: Legs, metres: FloatArray, shape: BaseGeometry, *, outside: bool
) -> tuple[float, float]:
    """Middle of the offending part of the worst leg."""
    leg = legs[int(np.argmax(metres))]
    part = leg.difference(shape) if outside else leg.intersection(shape)
    middle = (leg if part.is_empty else part).centroid
    return ground.lon_lat_deg((middle.x, middle.y))
