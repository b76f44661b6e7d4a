"""From a fleet in the mission file to vehicles in metres.

What a UAV says itself goes first, then the mission's flight settings, then what its aircraft preset
and the purpose give. The line spacing is, in this order: the UAV's own, that of the overlap (with a
camera) or of the seen width (in a search or coverage), the mission's, that of the purpose's usual
overlap.

What is promised follows the purpose. For mapping, and wherever only a scan distance says how dense
the lines are, neighbouring lines keep their spacing (`Vehicle.keeps_spacing`); the ground at the
border counts as covered within what the camera sees, or, without one, within ``spacing / sqrt 2``:
the corner of a square of one spacing about the UAV, the least that photos which only just meet see.
A search or coverage whose sensor's width is known promises that each place lies within half of that
width, and lines may move apart up to it.
"""

import math
from dataclasses import dataclass, replace

from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.ground.structures import BAND_M
from mcpp.model import (
    FOOTPRINT_RADIUS,
    Aircraft,
    Camera,
    LonLat,
    Mission,
    Purpose,
    Trigger,
    Uav,
    Vehicle,
)
from mcpp.problem.aircraft import find_aircraft
from mcpp.problem.autopilot import motion_of
from mcpp.problem.camera import PhotoGeometry, find_camera, height_for_gsd_m, photo_geometry
from mcpp.problem.directions import line_direction_deg
from mcpp.problem.shares import capability_shares
from mcpp.problem.walls import highest_m, looks_m, lowest_m


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposePreset:
    """What a purpose sets where the mission says nothing."""

    sidelap: float
    frontlap: float
    gimbal_pitch_deg: float
    trigger: Trigger


_PRESETS: dict[Purpose, PurposePreset] = {
    "mapping": PurposePreset(
        sidelap=0.7, frontlap=0.75, gimbal_pitch_deg=-90.0, trigger="distance"
    ),
    # a third of overlap leaves no gap inside the corners of the tours
    "search": PurposePreset(sidelap=0.33, frontlap=0.75, gimbal_pitch_deg=-45.0, trigger="none"),
    "coverage": PurposePreset(sidelap=0.33, frontlap=0.75, gimbal_pitch_deg=-90.0, trigger="none"),
}
CORNER = 1 / math.sqrt(2)
"""Reach in spacings where only a scan distance is given: half the diagonal of a square photo."""


def _first(*values: float | None) -> float:
    return next(value for value in values if value is not None)


def wind_vector_m_s(wind_m_s: float, from_deg: float) -> tuple[float, float]:
    """East and north part of the air's movement, for a wind from `from_deg`."""
    angle = math.radians(from_deg)
    return (-wind_m_s * math.sin(angle), -wind_m_s * math.cos(angle))


def _height_m(mission: Mission, uav: Uav, camera: Camera | None, field: str) -> float:
    passes_m = highest_m(mission)
    if passes_m is not None:
        return passes_m
    if uav.height_m is not None:
        return uav.height_m
    if mission.flight.gsd_m is None:
        return mission.flight.height_m
    if camera is None:
        msg = f"flight.gsd_m: {field} ({uav.id}) has no camera to reach it: name one"
        raise InputError(msg)
    return height_for_gsd_m(camera, mission.flight.gsd_m)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sight:
    """Line spacing, reach, whether lines keep the spacing, and the camera's figures, if any."""

    spacing_m: float
    reach_m: float
    keeps_spacing: bool
    photo: PhotoGeometry | None


def _sight(
    mission: Mission, uav: Uav, camera: Camera | None, height_m: float, field: str
) -> _Sight:
    flight = mission.flight
    if mission.structures:
        return _sideways(mission, camera)
    mapping = flight.purpose == "mapping"
    preset = _PRESETS[flight.purpose]
    sidelap = _first(flight.sidelap, preset.sidelap)
    wanted = uav.scan_distance_m
    seen = None if mapping else flight.seen_width_m
    if wanted is None and seen is not None:
        wanted = seen * (1 - sidelap)
    if wanted is None and not (camera is not None and flight.sidelap is not None):
        wanted = mission.scan_distance_m
    keeps = mapping or (seen is None and wanted is not None)
    photo = None
    if camera is not None:
        photo = photo_geometry(
            camera,
            height_m=height_m,
            sidelap=None if wanted is not None else sidelap,
            scan_distance_m=wanted,
            frontlap=_first(flight.frontlap, preset.frontlap),
            portrait=flight.portrait,
        )
        wanted = photo.scan_distance_m
    if wanted is None:
        msg = (
            f"scan_distance_m: none is given, and {field} ({uav.id}) has no camera from which "
            "it could follow: give one"
        )
        raise InputError(msg)
    swath_m = seen if seen is not None else photo.across_m if photo is not None else None
    reach_m = CORNER * wanted if swath_m is None else swath_m / 2
    if not keeps:  # farther than this the spacing of the lines would mean nothing
        reach_m = min(reach_m, FOOTPRINT_RADIUS * wanted)
    return _Sight(spacing_m=wanted, reach_m=reach_m, keeps_spacing=keeps, photo=photo)


def _sideways(mission: Mission, camera: Camera | None) -> _Sight:
    """Give what a camera sees of structures, and one line in the band past each."""
    flight, photo = mission.flight, None
    if camera is not None:
        photo = photo_geometry(
            camera,
            height_m=looks_m(mission),
            scan_distance_m=BAND_M,
            frontlap=_first(flight.frontlap, _PRESETS[flight.purpose].frontlap),
            portrait=not flight.portrait,  # it moves along the long side of the picture
        )
    return _Sight(spacing_m=BAND_M, reach_m=CORNER * BAND_M, keeps_spacing=True, photo=photo)


def _place_m(frame: LocalFrame, place: LonLat | None) -> tuple[float, float] | None:
    if place is None:
        return None
    x, y = frame.to_m(place)
    return float(x), float(y)


def _speeds_m_s(uav: Uav, aircraft: Aircraft, photo: PhotoGeometry | None) -> tuple[float, float]:
    """Survey and transit speed; a preset's gives way to the camera, a wish does not."""
    if uav.speed_m_s is not None:
        speed = uav.speed_m_s
    elif photo is not None and aircraft.kind == "multirotor":
        speed = min(aircraft.speed_m_s, math.floor(photo.highest_speed_m_s * 10) / 10)
    else:
        speed = aircraft.speed_m_s
    transit = uav.transit_speed_m_s
    if transit is None:
        transit = max(aircraft.transit_speed_m_s, uav.speed_m_s or 0.0)
    return max(speed, 0.1), transit


def resolve_vehicle(mission: Mission, index: int, frame: LocalFrame) -> Vehicle:
    """Fill in what the mission leaves open for one UAV; shares and layers are left alone.

    Raises
    ------
    InputError
    """
    uav, flight, field = mission.uavs[index], mission.flight, f"uavs[{index}]"
    preset = _PRESETS[flight.purpose]
    aircraft = find_aircraft(uav.aircraft, mission.aircraft, field=f"{field}.aircraft")
    camera = (
        None
        if uav.camera is None
        else find_camera(uav.camera, mission.cameras, field=f"{field}.camera")
    )
    height_m = _height_m(mission, uav, camera, field)
    sight = _sight(mission, uav, camera, height_m, field)
    photo = sight.photo
    speed_m_s, transit_m_s = _speeds_m_s(uav, aircraft, photo)
    trigger = flight.trigger
    if trigger is None:
        trigger = preset.trigger if camera is not None else "none"
    if trigger != "none" and photo is None:
        msg = f"flight.trigger: {trigger!r} needs a camera: name one in {field}.camera"
        raise InputError(msg)
    full_s = _first(uav.endurance_s, aircraft.endurance_s)
    reserve_s = full_s * _first(flight.reserve, aircraft.reserve)
    start_m = _place_m(frame, uav.start_lon_lat_deg)
    landing_m = _place_m(frame, uav.landing_lon_lat_deg)
    return Vehicle(
        id=uav.id,
        start_m=start_m,
        landing_m=landing_m if landing_m is not None else start_m,
        share=uav.share if uav.share is not None else 1 / len(mission.uavs),
        spacing_m=sight.spacing_m,
        reach_m=sight.reach_m,
        keeps_spacing=sight.keeps_spacing,
        speed_m_s=speed_m_s,
        transit_speed_m_s=transit_m_s,
        acceleration_m_s2=aircraft.acceleration_m_s2,
        endurance_s=full_s - reserve_s,
        reserve_s=reserve_s,
        height_m=height_m,
        kind=aircraft.kind,
        autopilot=uav.autopilot,
        trigger=trigger,
        trigger_distance_m=photo.trigger_distance_m if photo and trigger != "none" else None,
        gimbal=uav.gimbal,
        gimbal_pitch_deg=_first(
            flight.gimbal_pitch_deg, 0.0 if mission.structures else preset.gimbal_pitch_deg
        ),
        max_air_speed_m_s=max(aircraft.max_air_speed_m_s, speed_m_s, transit_m_s),
        climb_m_s=_first(flight.climb_m_s, aircraft.climb_m_s),
        descent_m_s=_first(flight.descent_m_s, aircraft.descent_m_s),
        turn=aircraft.turn,
        turn_radius_m=aircraft.turn_radius_m,
        takeoff_height_m=flight.takeoff_height_m,
        transit_height_m=flight.transit_height_m,
        return_height_m=flight.return_height_m,
        wind_m_s=wind_vector_m_s(flight.wind_m_s, flight.wind_from_deg),
        hover_s=flight.hover_s if trigger == "hover" else 0.0,
        swap_s=flight.battery_swap_s,
        batteries=uav.batteries,
        charge_s=flight.charge_s,
        heading=flight.heading,
        heading_deg=flight.heading_deg,
        camera=None if camera is None else camera.name,
        gsd_m=None if photo is None else photo.gsd_m,
        purpose=flight.purpose,
        direction_deg=line_direction_deg(mission, index, frame),
        motion=motion_of(aircraft, uav.autopilot),
        turn_overshoot_m=flight.turn_overshoot_m,
        lead_in_m=flight.lead_in_m,
        most_points=aircraft.most_points,
        lowest_m=lowest_m(mission),
        looks_m=looks_m(mission),
    )


def _layered(vehicles: tuple[Vehicle, ...], mission: Mission) -> tuple[Vehicle, ...]:
    """Give each UAV of several a transit layer of its own above the survey height.

    Layers that would lie above the height limit are used again from the lowest.
    """
    flight = mission.flight
    step = flight.vertical_separation_m
    if len(vehicles) < 2 or step <= 0:
        return vehicles
    out = []
    for i, vehicle in enumerate(vehicles):
        lowest = _first(vehicle.transit_height_m, vehicle.height_m)
        back = _first(vehicle.return_height_m, lowest)
        layers = max(1, math.floor((flight.max_height_m - max(lowest, back)) / step + 1e-9))
        rise = (i % layers + 1) * step
        rise = min(rise, max(flight.max_height_m - max(lowest, back), 0.0))
        out.append(replace(vehicle, transit_height_m=lowest + rise, return_height_m=back + rise))
    return tuple(out)


def _check_height_frame(mission: Mission, vehicles: tuple[Vehicle, ...]) -> None:
    """Refuse heights above terrain where there is no terrain, or an autopilot that takes none."""
    if mission.flight.height_frame != "terrain":
        return
    if mission.flight.terrain is None:
        msg = "flight.height_frame: 'terrain' needs heights of the ground: name flight.terrain"
        raise InputError(msg)
    for vehicle in vehicles:
        if vehicle.autopilot != "ardupilot":
            msg = (
                f"flight.height_frame: 'terrain' is for ArduPilot alone: {vehicle.id} has"
                f" {vehicle.autopilot}, and PX4 refuses waypoints in that frame; give 'home'"
            )
            raise InputError(msg)


def resolve_vehicles(mission: Mission, frame: LocalFrame) -> tuple[Vehicle, ...]:
    """Fill in what the mission leaves open, one vehicle per UAV.

    Raises
    ------
    InputError
        Naming the field, the value and what would be right.
    """
    vehicles = tuple(resolve_vehicle(mission, i, frame) for i in range(len(mission.uavs)))
    if not vehicles:
        return ()
    if all(uav.share is None for uav in mission.uavs):
        shares = capability_shares(vehicles)
        vehicles = tuple(replace(v, share=s) for v, s in zip(vehicles, shares, strict=True))
    for name in ("takeoff_height_m", "transit_height_m", "return_height_m"):
        height_m = getattr(mission.flight, name)
        if height_m is not None and height_m > mission.flight.max_height_m:
            msg = (
                f"flight.{name}: {height_m:g} m is above flight.max_height_m "
                f"({mission.flight.max_height_m:g} m)"
            )
            raise InputError(msg)
    _check_height_frame(mission, vehicles)
    wing = next((v.id for v in vehicles if v.kind != "multirotor"), None)
    if mission.flight.start_delays == "file" and wing is not None:
        msg = (
            f"flight.start_delays: 'file' has vehicles wait with armed motors on the ground, which"
            f" {wing} (a wing) does not: give 'station'"
        )
        raise InputError(msg)
    for i, vehicle in enumerate(vehicles):
        if vehicle.height_m > mission.flight.max_height_m:
            msg = (
                f"uavs[{i}].height_m: {vehicle.height_m:.1f} m is above flight.max_height_m "
                f"({mission.flight.max_height_m:g} m)"
            )
            raise InputError(msg)
    return _layered(vehicles, mission)
