"""Launch points of a whole fleet: those that mcpp chose, and missions with others."""

from collections.abc import Mapping

from gui import edits
from gui.session import Session
from mcpp.ground.frame import LocalFrame
from mcpp.model import LonLat, Mission


def chosen_starts(session: Session) -> dict[int, LonLat]:
    """Find where UAVs of the shown plan take off whose launch points are open, by their index."""
    plan, uavs = session.plan, session.mission.uavs
    if plan is None or [uav.id for uav in plan.mission.uavs] != [uav.id for uav in uavs]:
        return {}
    frame = LocalFrame(plan.origin_lon_lat_deg)
    found: dict[int, LonLat] = {}
    for sortie in plan.sorties:
        open_now = uavs[sortie.uav].start_lon_lat_deg is None
        if open_now and plan.mission.uavs[sortie.uav].start_lon_lat_deg is None:
            lon, lat = frame.to_deg(sortie.home_m)
            found.setdefault(sortie.uav, (float(lon), float(lat)))
    return found


def with_starts(mission: Mission, starts: Mapping[int, LonLat | None]) -> Mission:
    """Give UAVs other launch points, by their indices; None leaves one open."""
    for index, place in starts.items():
        mission = edits.change_uav(mission, index, start_lon_lat_deg=place)
    return mission
