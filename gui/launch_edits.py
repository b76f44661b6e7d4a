"""Launch points of a whole fleet: those that mcpp chose, and missions with others."""

from dataclasses import replace

from gui import edits
from gui.session import Session
from mcpp.ground.frame import LocalFrame
from mcpp.model import LonLat, Mission, Uav


def chosen_starts(session: Session) -> dict[int, LonLat]:
    """Find where UAVs of the shown plan take off that mcpp chose, by their index.

    Of those whose launch points are open, and of those that it put beside others where they share
    one.
    """
    plan, uavs = session.plan, session.mission.uavs
    if plan is None or [uav.id for uav in plan.mission.uavs] != [uav.id for uav in uavs]:
        return {}
    frame = LocalFrame(plan.origin_lon_lat_deg)
    found: dict[int, LonLat] = {}
    for sortie in plan.sorties:
        planned, now = plan.mission.uavs[sortie.uav], uavs[sortie.uav]
        if planned.start_lon_lat_deg is None and now.start_lon_lat_deg is None:
            lon, lat = frame.to_deg(sortie.home_m)
            found.setdefault(sortie.uav, (float(lon), float(lat)))
        elif planned.start_lon_lat_deg is not None and _is_moved(planned, now):
            found[sortie.uav] = planned.start_lon_lat_deg
    return found


def _is_moved(planned: Uav, now: Uav) -> bool:
    """Whether a plan moved the launch point that a UAV has in the mission."""
    given = planned.given_start_lon_lat_deg
    return given is not None and now.start_lon_lat_deg == given


def with_chosen(session: Session) -> Mission:
    """Give UAVs the launch points that mcpp chose for the shown plan."""
    mission, plan = session.mission, session.plan
    for index, place in chosen_starts(session).items():
        planned = None if plan is None else plan.mission.uavs[index]
        if planned is None or planned.given_start_lon_lat_deg is None:
            mission = edits.change_uav(mission, index, start_lon_lat_deg=place)
            continue
        mission = edits.change_uav(  # as the plan has them: it fits the mission still
            mission,
            index,
            start_lon_lat_deg=planned.start_lon_lat_deg,
            landing_lon_lat_deg=planned.landing_lon_lat_deg,
            given_start_lon_lat_deg=planned.given_start_lon_lat_deg,
            given_landing_lon_lat_deg=planned.given_landing_lon_lat_deg,
        )
    return mission


def with_open_starts(mission: Mission) -> Mission:
    """Leave all launch points open; landing points of their own stay."""
    uavs = tuple(
        replace(uav, start_lon_lat_deg=None, given_start_lon_lat_deg=None) for uav in mission.uavs
    )
    return replace(mission, uavs=uavs)
