"""What is worth knowing about flights: separation, ground, camera, wind."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from mcpp.check.lost_link import lost_link_findings
from mcpp.check.separation import Approach, Flight, Separation, approaches
from mcpp.flight.phases import sortie_phases
from mcpp.flight.terrain import Terrain, lowest_clearance_m, mission_terrain
from mcpp.ground.frame import LocalFrame
from mcpp.model import Finding, LonLat, Plan
from mcpp.problem.aircraft import find_aircraft
from mcpp.problem.camera import find_camera, photo_geometry

_SLACK_M = 0.01


def _place(plan: Plan, x_m: float, y_m: float) -> LonLat:
    lon, lat = LocalFrame(plan.origin_lon_lat_deg).to_deg((x_m, y_m))
    return float(lon), float(lat)


def flight_findings(plan: Plan) -> tuple[Finding, ...]:
    """List everything about the flights: `separation_findings`, ground, camera, wind.

    Codes: ``separation``, ``terrain``, ``too-high``, ``heights``, ``speed-blur``,
    ``speed-trigger``, ``camera-gap``, ``wind``, ``lost-link``.

    Raises
    ------
    InputError
        When the mission's terrain file can not be read.
    """
    frame = LocalFrame(plan.origin_lon_lat_deg)
    terrain = mission_terrain(plan.mission, frame, plan.problem)
    return (
        *separation_findings(plan, terrain=terrain),
        *_ground_findings(plan, terrain),
        *_vehicle_findings(plan),
        *lost_link_findings(plan),
    )


def separation_findings(plan: Plan, *, terrain: Terrain | None = None) -> tuple[Finding, ...]:
    """Say how near UAVs come to each other, and when; an error below the wanted separation.

    `FlightSettings.accept_low_separation` makes it a warning.
    """
    flight = plan.mission.flight
    found = plan_approaches(plan, terrain=terrain)
    ids = [vehicle.id for vehicle in plan.problem.vehicles]
    out = []
    near = [one for one in found if one.horizontal_m < flight.separation_m - _SLACK_M]
    for one in sorted(near, key=lambda one: (one.horizontal_m, one.first, one.second)):
        a, b = (plan.sorties[k] for k in (one.first, one.second))
        out.append(
            Finding(
                level="warning" if flight.accept_low_separation else "error",
                code="separation",
                message=(
                    f"{ids[a.uav]} and {ids[b.uav]}: {one.horizontal_m:.1f} m apart "
                    f"{_alike_words(flight.vertical_separation_m)}, about "
                    f"{one.horizontal_time_s:.0f} s after the start, with one early and the other "
                    f"late; wanted {flight.separation_m:g} m"
                ),
                uav=ids[a.uav],
                lon_lat_deg=_place(plan, one.x_m, one.y_m),
                amount_m=one.horizontal_m,
            )
        )
    if not out and found:
        out.append(_separation_note(plan, found, ids))
    return tuple(out)


def _alike_words(vertical_m: float) -> str:
    if vertical_m <= 0:
        return "whatever their heights"
    return f"with less than {vertical_m:g} m between their heights"


def plan_approaches(plan: Plan, *, terrain: Terrain | None = None) -> tuple[Approach, ...]:
    """Measure how near each two sorties can come, each as early or late as the mission lets it be.

    Without a terrain model all launch points are taken to lie at one height.
    """
    flight, vehicles = plan.mission.flight, plan.problem.vehicles
    ground_m = np.zeros(len(plan.sorties))
    if terrain is not None and plan.sorties:
        ground_m = terrain.ground_m(np.array([sortie.home_m for sortie in plan.sorties]))
    first_s = {
        uav: min(0.0 if s.airborne else float(s.time_s[0]) for s in plan.sorties if s.uav == uav)
        for uav in {sortie.uav for sortie in plan.sorties}
    }
    flights = [
        Flight(
            uav=sortie.uav,
            phases=sortie_phases(
                sortie,
                vehicles[sortie.uav],
                begin_s=0.0 if sortie.airborne else float(sortie.time_s[0]),
            ),
            first_s=first_s[sortie.uav],
            rise_m=float(height_m),
        )
        for sortie, height_m in zip(plan.sorties, ground_m, strict=True)
    ]
    wanted = Separation(
        horizontal_m=flight.separation_m,
        vertical_m=flight.vertical_separation_m,
        tolerance=flight.timing_tolerance,
        tolerance_s=flight.timing_tolerance_s,
    )
    return approaches(flights, wanted)


def _separation_note(plan: Plan, found: tuple[Approach, ...], ids: list[str]) -> Finding:
    flight = plan.mission.flight
    nearest = min(found, key=lambda one: one.horizontal_m)
    lowest = min(found, key=lambda one: one.vertical_m)
    parts = []
    if np.isfinite(nearest.horizontal_m):
        a, b = (ids[plan.sorties[k].uav] for k in (nearest.first, nearest.second))
        parts.append(
            f"at like heights never nearer than {nearest.horizontal_m:.1f} m ({a} and {b}, at "
            f"{nearest.horizontal_time_s:.0f} s)"
        )
    if np.isfinite(lowest.vertical_m):
        a, b = (ids[plan.sorties[k].uav] for k in (lowest.first, lowest.second))
        parts.append(
            f"within {flight.separation_m:g} m on the map never less than "
            f"{lowest.vertical_m:.1f} m apart in height ({a} and {b}, at "
            f"{lowest.vertical_time_s:.0f} s)"
        )
    message = "separation: " + ("; ".join(parts) if parts else "UAVs never come near each other")
    return Finding(level="note", code="separation", message=message)


def _ground_findings(plan: Plan, terrain: Terrain | None) -> Iterator[Finding]:
    flight = plan.mission.flight
    if terrain is None:
        yield Finding(
            level="note",
            code="heights",
            message="no terrain model: all heights are above the launch point of each UAV",
        )
        return
    for sortie in plan.sorties:
        vehicle = plan.problem.vehicles[sortie.uav]
        heights = (vehicle.height_m, vehicle.transit_height_m, vehicle.return_height_m,
                   vehicle.takeoff_height_m)  # fmt: skip
        wanted_m = min(h for h in heights if h is not None) - terrain.tolerance_m - _SLACK_M
        clear_m, place = lowest_clearance_m(sortie.xyz_m, terrain, sortie.home_m)
        if clear_m < wanted_m:
            yield Finding(
                level="error",
                code="terrain",
                message=(
                    f"sortie {sortie.number} of {vehicle.id}: {clear_m:.1f} m above the ground, "
                    f"wanted {wanted_m:.1f} m or more"
                ),
                uav=vehicle.id,
                lon_lat_deg=_place(plan, float(place[0]), float(place[1])),
                amount_m=clear_m,
            )
        launch_m = float(terrain.ground_m(sortie.home_m.reshape(1, 2))[0])
        above = sortie.xyz_m[:, 2] + launch_m - terrain.ground_m(sortie.xyz_m[:, :2])
        top = int(np.argmax(above))
        if above[top] > flight.max_height_m + terrain.tolerance_m + _SLACK_M:
            yield Finding(
                level="error",
                code="too-high",
                message=(
                    f"sortie {sortie.number} of {vehicle.id}: {above[top]:.0f} m above the ground, "
                    f"more than flight.max_height_m ({flight.max_height_m:g} m)"
                ),
                uav=vehicle.id,
                lon_lat_deg=_place(plan, float(sortie.xyz_m[top, 0]), float(sortie.xyz_m[top, 1])),
                amount_m=float(above[top]),
            )


def _vehicle_findings(plan: Plan) -> Iterator[Finding]:
    mission = plan.mission
    for i, uav in enumerate(mission.uavs):
        limit_m_s = find_aircraft(uav.aircraft, mission.aircraft).wind_limit_m_s
        if mission.flight.wind_m_s > limit_m_s:
            yield Finding(
                level="error",
                code="wind",
                message=(
                    f"{uav.id}: wind of {mission.flight.wind_m_s:g} m/s is above the "
                    f"{limit_m_s:g} m/s that {uav.aircraft} is flown in"
                ),
                uav=uav.id,
            )
        yield from _camera_findings(plan, i)


def _camera_findings(plan: Plan, index: int) -> Iterator[Finding]:
    mission, vehicle = plan.mission, plan.problem.vehicles[index]
    if vehicle.camera is None or vehicle.trigger != "distance":
        return
    camera = find_camera(vehicle.camera, mission.cameras)
    photo = photo_geometry(
        camera,
        height_m=vehicle.height_m if vehicle.looks_m is None else vehicle.looks_m,
        scan_distance_m=vehicle.spacing_m,
        portrait=mission.flight.portrait == (vehicle.looks_m is None),
    )
    every_m = vehicle.trigger_distance_m or photo.trigger_distance_m
    keep_up_m_s = every_m / camera.min_interval_s if camera.min_interval_s else np.inf
    warning = Finding(level="warning", code="", message="", uav=vehicle.id)
    if vehicle.speed_m_s > photo.blur_speed_m_s:
        message = (
            f"{vehicle.id}: photos blur above {photo.blur_speed_m_s:.1f} m/s at 1/"
            f"{1 / camera.shutter_s:.0f} s; it surveys at {vehicle.speed_m_s:g} m/s"
        )
        yield replace(warning, code="speed-blur", message=message)
    if vehicle.speed_m_s > keep_up_m_s:
        message = (
            f"{vehicle.id}: {camera.name} keeps up with a photo every {every_m:.1f} m to "
            f"{keep_up_m_s:.1f} m/s; it surveys at {vehicle.speed_m_s:g} m/s"
        )
        yield replace(warning, code="speed-trigger", message=message)
    if photo.sidelap < 0:
        message = (
            f"{vehicle.id}: lines are {vehicle.spacing_m:.1f} m apart, a photo covers "
            f"{photo.across_m:.1f} m: there are gaps"
        )
        yield replace(warning, code="camera-gap", message=message)
