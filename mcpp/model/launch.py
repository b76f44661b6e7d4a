"""Launch and landing points that mcpp moved, and those that were given."""

from dataclasses import replace

from mcpp.model.arrays import LonLat
from mcpp.model.mission import Mission, Uav


def launching_at(uav: Uav, at: LonLat | None, given: LonLat | None = None) -> Uav:
    """Let a UAV launch elsewhere; where it lands at its launch point, it lands there too."""
    lands = uav.landing_lon_lat_deg
    return replace(
        uav,
        start_lon_lat_deg=at,
        landing_lon_lat_deg=at if lands == uav.start_lon_lat_deg else lands,
        given_start_lon_lat_deg=None if given == at else given,
    )


def as_given(mission: Mission) -> Mission:
    """Put all launch and landing points back where they were given."""
    uavs = []
    for uav in mission.uavs:
        if uav.given_start_lon_lat_deg is not None:
            uav = launching_at(uav, uav.given_start_lon_lat_deg)
        if uav.given_landing_lon_lat_deg is not None:
            lands = uav.given_landing_lon_lat_deg
            uav = replace(uav, landing_lon_lat_deg=lands, given_landing_lon_lat_deg=None)
        uavs.append(uav)
    return replace(mission, uavs=tuple(uavs))
