"""The same flight again, months later: same lines and overlaps, other aircraft or cameras."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mcpp.api import recheck
from mcpp.errors import InfeasibleError, InputError
from mcpp.flight.fly import fly
from mcpp.flight.terrain import mission_terrain
from mcpp.ground.frame import LocalFrame
from mcpp.model import Mission, Plan, Uav, Vehicle
from mcpp.problem.camera import find_camera
from mcpp.problem.localize import localize


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a UAV differs from the first flight; one without differences is as before."""

    uav: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Another aircraft, camera or number of batteries for a UAV; None is as before."""

    aircraft: str | None = None
    camera: str | None = None
    batteries: int | None = None


def _across_mm(mission: Mission, name: str) -> float:
    """Width of the sensor across the flight over its focal length."""
    camera = find_camera(name, mission.cameras)
    side = camera.sensor_height_mm if mission.flight.portrait else camera.sensor_width_mm
    return side / camera.focal_mm


def _exchanged(mission: Mission, uav: Uav, vehicle: Vehicle, wish: Exchange) -> Uav:
    """Fit a UAV: with another camera the height follows, so that lines overlap as before."""
    height_m = vehicle.height_m
    if wish.camera is not None and uav.camera is not None:
        height_m *= _across_mm(mission, uav.camera) / _across_mm(mission, wish.camera)
    if height_m > mission.flight.max_height_m:
        msg = (
            f"{uav.id}: with camera {wish.camera!r} the same lines overlap as before from "
            f"{height_m:.0f} m, above flight.max_height_m ({mission.flight.max_height_m:g} m)"
        )
        raise InfeasibleError(msg)
    other_aircraft = wish.aircraft is not None and wish.aircraft != uav.aircraft
    return replace(
        uav,
        aircraft=wish.aircraft or uav.aircraft,
        camera=wish.camera or uav.camera,
        batteries=wish.batteries or uav.batteries,
        # what was said of the aircraft before says nothing of another one
        endurance_s=None if other_aircraft else uav.endurance_s,
        transit_speed_m_s=None if other_aircraft else uav.transit_speed_m_s,
        height_m=height_m,
        scan_distance_m=vehicle.spacing_m,
    )


def repeat(
    plan: Plan, exchanges: Mapping[str, Exchange] | None = None
) -> tuple[Plan, tuple[Change, ...]]:
    """Make the same flight again.

    Lines and their overlaps stay. With another camera the height changes so that sidelap stays
    the same, and the distance of photos so that frontlap does; the size of a pixel then differs.

    Parameters
    ----------
    exchanges
        By the id of the UAV.

    Returns
    -------
    The new plan, checked, and how its UAVs differ from the first one's.

    Raises
    ------
    InputError
        For a UAV, aircraft or camera that nobody knows.
    InfeasibleError
        Where another camera would have to fly above the mission's limit, or a battery does not
        reach.
    """
    wishes = dict(exchanges or {})
    ids = [uav.id for uav in plan.mission.uavs]
    for name in wishes:
        if name not in ids:
            msg = f"repeat: there is no UAV {name!r}: give one of {', '.join(ids)}"
            raise InputError(msg)
    fitted = tuple(
        _exchanged(plan.mission, uav, vehicle, wishes[uav.id]) if uav.id in wishes else uav
        for uav, vehicle in zip(plan.mission.uavs, plan.problem.vehicles, strict=True)
    )
    mission = replace(plan.mission, uavs=fitted)
    frame = LocalFrame(plan.origin_lon_lat_deg)
    problem = localize(mission, frame)
    vehicles = tuple(
        replace(new, share=old.share)
        for new, old in zip(problem.vehicles, plan.problem.vehicles, strict=True)
    )
    problem = replace(problem, vehicles=vehicles)
    sorties = fly(problem, plan.solution, terrain=mission_terrain(mission, frame, problem))
    again = recheck(replace(plan, mission=mission, problem=problem, sorties=sorties))
    return again, changes_of(plan, again)


def changes_of(before: Plan, after: Plan) -> tuple[Change, ...]:
    """List how the UAVs of two plans of the same lines differ."""
    found = []
    for index, (first, second) in enumerate(
        zip(before.mission.uavs, after.mission.uavs, strict=True)
    ):
        rows = [
            ("aircraft", first.aircraft, second.aircraft),
            ("camera", first.camera or "none", second.camera or "none"),
        ]
        old, new = (plan.problem.vehicles[index] for plan in (before, after))
        figures = (
            ("height", f"{old.height_m:.1f} m", f"{new.height_m:.1f} m"),
            ("pixel", _pixel(old), _pixel(new)),
            ("photos every", _step(old), _step(new)),
            ("speed", f"{old.speed_m_s:.1f} m/s", f"{new.speed_m_s:.1f} m/s"),
            ("sorties", *(str(_sorties(plan, index)) for plan in (before, after))),
            ("flight time", *(_minutes(plan, index) for plan in (before, after))),
        )
        found += [
            Change(uav=first.id, what=what, before=was, after=now)
            for what, was, now in (*rows, *figures)
            if was != now
        ]
    return tuple(found)


def _pixel(vehicle: Vehicle) -> str:
    return "unknown" if vehicle.gsd_m is None else f"{100 * vehicle.gsd_m:.2f} cm"


def _step(vehicle: Vehicle) -> str:
    step_m = vehicle.trigger_distance_m
    return "none" if step_m is None else f"{step_m:.1f} m"


def _sorties(plan: Plan, uav: int) -> int:
    return sum(sortie.uav == uav for sortie in plan.sorties)


def _minutes(plan: Plan, uav: int) -> str:
    seconds = sum(float(s.time_s[-1] - s.time_s[0]) for s in plan.sorties if s.uav == uav)
    return f"{seconds / 60:.1f} min"
