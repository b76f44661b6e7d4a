"""The mission as it is now: with the UAVs that join and the zones that have appeared."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import zone_shape
from mcpp.model import Mission, Plan, Problem, Uav
from mcpp.problem.localize import localize
from mcpp.replan.state import FleetState, UavState


def ground_now(
    plan: Plan, state: FleetState, states: Sequence[UavState]
) -> tuple[Mission, Problem]:
    """Take in what is new: UAVs that join and zones. Launch points stay where they were.

    Parameters
    ----------
    states
        Those of all UAVs of the plan.

    Raises
    ------
    InputError, GeometryError, InfeasibleError
    """
    frame = LocalFrame(plan.origin_lon_lat_deg)
    lost = {one.id for one in states if one.status == "lost"}
    closed = tuple(
        (f"no_fly_zones[{i}]", zone_shape(f"no_fly_zones[{i}]", zone, frame))
        for i, zone in enumerate(state.no_fly_zones)
    )
    uavs = tuple(
        _clear_of(closed, _from_where_it_was(plan, i), frame, lost=uav.id in lost)
        for i, uav in enumerate(plan.mission.uavs)
    )
    if state.joins:  # shares that were asked are those of another fleet
        uavs = tuple(replace(uav, share=None) for uav in (*uavs, *state.joins))
    zones = (*plan.mission.no_fly_zones, *state.no_fly_zones)
    mission = replace(plan.mission, uavs=uavs, no_fly_zones=zones)
    problem = localize(mission, frame)
    if problem.balance and not state.joins:
        before = plan.problem.vehicles
        vehicles = zip(problem.vehicles, before, strict=True)
        problem = replace(problem, vehicles=tuple(replace(v, share=w.share) for v, w in vehicles))
    return mission, problem


def _from_where_it_was(plan: Plan, index: int) -> Uav:
    """Hold a UAV to the launch point that was chosen for it."""
    uav = plan.mission.uavs[index]
    start = next((s.home_m for s in plan.sorties if s.uav == index), None)
    if uav.start_lon_lat_deg is not None or start is None:
        return uav
    lon, lat = np.round(LocalFrame(plan.origin_lon_lat_deg).to_deg(start), 9)
    return replace(uav, start_lon_lat_deg=(float(lon), float(lat)))


def _clear_of(
    closed: Sequence[tuple[str, BaseGeometry]], uav: Uav, frame: LocalFrame, *, lost: bool
) -> Uav:
    """Refuse a new zone where a UAV is to land; a lost one needs neither launch nor landing."""
    for name, shape in closed:
        for place in (uav.start_lon_lat_deg, uav.landing_lon_lat_deg):
            if place is None or not shapely.covers(shape, shapely.Point(frame.to_m(place))):
                continue
            if lost:
                return replace(uav, start_lon_lat_deg=None, landing_lon_lat_deg=None)
            msg = (
                f"{name}: it lies over the launch or landing point of {uav.id}: land that UAV "
                "elsewhere by hand, and tell of it as lost"
            )
            raise InputError(msg)
    return uav
