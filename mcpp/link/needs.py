"""What a planned flight asks of its vehicle's parameters: how far, how high, which camera."""

from collections.abc import Sequence
from dataclasses import dataclass

from mcpp.export.heights import terrain_samples
from mcpp.export.items import Command, MissionItem
from mcpp.flight.starts import file_wait_s
from mcpp.ground.frame import LocalFrame
from mcpp.link.guard import distance_m
from mcpp.link.wire import has_position
from mcpp.model import AircraftKind, Autopilot, LonLat, Plan, Sortie, Trigger

_LANDINGS = (Command.NAV_LAND, Command.NAV_VTOL_LAND)
_TAKEOFFS = (Command.NAV_TAKEOFF, Command.NAV_VTOL_TAKEOFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """A flight as its vehicle's parameters must allow it.

    Attributes
    ----------
    farthest_m
        Of all items from the launch point.
    first_m
        From the launch point to the first waypoint.
    highest_m, lowest_m
        Of all items above the launch point; the ground at launch and landing counts as 0.
    ceiling_m
        `FlightSettings.max_height_m`.
    return_height_m
        Height of the planned way home.
    reserve
        Part of the battery, 0 to 1, that the plan does not use.
    photo_every_m
        Distance between photos, 0 where the camera is not triggered by distance.
    tracking_margin_m
        `FlightSettings.tracking_margin_m`.
    terrain_samples, terrain_tolerance_m
        Longitude, latitude and height of the ground above the launch point, where heights are flown
        above the ground, the first at the launch; how far the vehicle's may be off.
    ground_wait_s
        How long the mission waits with armed motors before its take-off.
    lands
        The mission ends in a landing item, not in a return to the launch point.
    """

    kind: AircraftKind = "multirotor"
    autopilot: Autopilot = "ardupilot"
    farthest_m: float = 0.0
    first_m: float = 0.0
    highest_m: float = 0.0
    lowest_m: float = 0.0
    ceiling_m: float = 120.0
    return_height_m: float = 0.0
    speed_m_s: float = 5.0
    climb_m_s: float = 2.5
    descent_m_s: float = 1.5
    spacing_m: float = 20.0
    turn_radius_m: float = 0.0
    reserve: float = 0.2
    trigger: Trigger = "none"
    photo_every_m: float = 0.0
    gimbal_pitch_deg: float = -90.0
    fixed_heading: bool = False
    tracking_margin_m: float = 0.0
    ground_wait_s: float = 0.0
    terrain_samples: tuple[tuple[float, float, float], ...] = ()
    terrain_tolerance_m: float = 5.0
    fenced: bool = True
    rally_points: int = 0
    lands: bool = False


def needs_of(
    plan: Plan,
    sortie: Sortie,
    items: Sequence[MissionItem],
    *,
    fenced: bool = True,
    rally_points: int = 0,
) -> Needs:
    """Gather what one sortie asks for.

    Parameters
    ----------
    items
        Of the sortie, with or without a home row.
    """
    vehicle = plan.problem.vehicles[sortie.uav]
    flown = [item for item in items if has_position(item) and item.frame not in (0, 5)]
    places = [(item.lon_deg, item.lat_deg) for item in flown]
    start = _start(plan, sortie)
    away_m = [distance_m(start, place) for place in places]
    first = next((i for i, item in enumerate(flown) if item.command not in _TAKEOFFS), 0)
    samples = terrain_samples(plan, sortie)
    heights = [item.alt_m for item in flown if item.command not in _LANDINGS]
    if samples:  # those of the items are above the ground
        heights = sortie.xyz_m[1:-1, 2].tolist()
    full_s = vehicle.endurance_s + vehicle.reserve_s
    return Needs(
        kind=vehicle.kind,
        autopilot=vehicle.autopilot,
        farthest_m=max(away_m, default=0.0),
        first_m=away_m[first] if away_m else 0.0,
        highest_m=max(heights, default=0.0),
        lowest_m=min([0.0, *heights]),
        ceiling_m=plan.mission.flight.max_height_m,
        return_height_m=float(sortie.xyz_m[-2, 2]),
        speed_m_s=max(vehicle.speed_m_s, vehicle.transit_speed_m_s),
        climb_m_s=vehicle.climb_m_s,
        descent_m_s=vehicle.descent_m_s,
        spacing_m=vehicle.spacing_m,
        turn_radius_m=vehicle.turn_radius_m,
        reserve=vehicle.reserve_s / full_s if full_s > 0 else 0.0,
        trigger=vehicle.trigger,
        photo_every_m=vehicle.trigger_distance_m or 0.0,
        gimbal_pitch_deg=vehicle.gimbal_pitch_deg,
        fixed_heading=vehicle.heading == "fixed",
        tracking_margin_m=plan.mission.flight.tracking_margin_m,
        ground_wait_s=float(file_wait_s(plan, sortie)),
        terrain_samples=samples,
        terrain_tolerance_m=plan.mission.flight.terrain_tolerance_m,
        fenced=fenced,
        rally_points=rally_points,
        lands=any(item.command in _LANDINGS for item in items),
    )


def _start(plan: Plan, sortie: Sortie) -> LonLat:
    lon, lat = LocalFrame(plan.origin_lon_lat_deg).to_deg(sortie.home_m)
    return float(lon), float(lat)
