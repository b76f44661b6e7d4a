"""From a fleet in the mission file to vehicles in metres."""

from mcpp.geo import LocalFrame
from mcpp.model import FOOTPRINT_RADIUS, LonLat, Mission, Vehicle


def _place_m(frame: LocalFrame, place: LonLat | None) -> tuple[float, float] | None:
    if place is None:
        return None
    x, y = frame.to_m(place)
    return float(x), float(y)


def resolve_vehicles(mission: Mission, frame: LocalFrame) -> tuple[Vehicle, ...]:
    """Fill in what the mission leaves open, one vehicle per UAV."""
    vehicles = []
    for uav in mission.uavs:
        spacing_m = uav.scan_distance_m or mission.scan_distance_m
        start_m = _place_m(frame, uav.start_lon_lat_deg)
        landing_m = _place_m(frame, uav.landing_lon_lat_deg)
        vehicles.append(
            Vehicle(
                id=uav.id,
                start_m=start_m,
                landing_m=landing_m if landing_m is not None else start_m,
                share=uav.share if uav.share is not None else 1 / len(mission.uavs),
                spacing_m=spacing_m,
                reach_m=FOOTPRINT_RADIUS * spacing_m,
                speed_m_s=uav.speed_m_s or 5.0,
                endurance_s=uav.endurance_s or 1500.0,
            )
        )
    return tuple(vehicles)
