"""What holds for every plan: reserve, separation, triggers and fences, for random fleets."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings, strategies as st
from shapely.geometry import LineString

from mcpp.api import plan
from mcpp.check.flights import plan_approaches
from mcpp.errors import InfeasibleError
from mcpp.export.fence import fence_of
from mcpp.export.items import Command, MissionItem, flight_items
from mcpp.ground.frame import LocalFrame
from mcpp.model import Mission, Plan, PlannerChoice
from tests.plan_doubles import fence_shapes_m
from tests.strategies import missions

ENDS = {Command.NAV_RETURN_TO_LAUNCH, Command.NAV_LAND, Command.NAV_VTOL_LAND}
QUICK = PlannerChoice(
    name="darp-stc", params={"placement.steps": 40, "tree.runs": 1, "tree.moves_per_cell": 5}
)
AIRCRAFT = ("generic-multirotor", "ardupilot-copter", "px4-multirotor", "dji-mini-4-pro")


@st.composite
def fleets_to_fly(draw: st.DrawFn) -> Mission:
    """Missions of up to four UAVs, each its own aircraft, autopilot, battery and speed."""
    mission = draw(missions(max_uavs=4, max_zones=2))
    camera = draw(st.sampled_from([None, "Sony A6000 16 mm"]))
    triggers = ["none"] if camera is None else ["none", "distance", "hover"]
    fleet = tuple(
        replace(
            uav,
            aircraft=draw(st.sampled_from(AIRCRAFT)),
            autopilot=draw(st.sampled_from(["ardupilot", "px4", "generic"])),
            camera=camera,
            endurance_s=float(draw(st.integers(300, 2400))),
            speed_m_s=draw(st.sampled_from([3.0, 6.0, 9.0])),
        )
        for uav in mission.uavs
    )
    flight = replace(
        mission.flight,
        trigger=draw(st.sampled_from(triggers)),
        reserve=draw(st.sampled_from([None, 0.1, 0.4])),
        wind_m_s=draw(st.sampled_from([0.0, 2.5])),
        wind_from_deg=float(draw(st.integers(0, 359))),
        separation_m=draw(st.sampled_from([5.0, 10.0, 25.0])),
        vertical_separation_m=draw(st.sampled_from([2.0, 5.0, 15.0])),
    )
    return replace(mission, uavs=fleet, flight=flight, planner=QUICK)


def flown(mission: Mission) -> Plan:
    try:
        return plan(mission)
    except InfeasibleError:
        assume(False)
        raise


@settings(max_examples=30)
@given(fleets_to_fly())
def test_every_plan_keeps_reserve_separation_triggers_and_fences(mission) -> None:
    finished = flown(mission)
    assert finished.sorties
    keeps_the_reserve(finished)
    keeps_apart(finished)
    for sortie in finished.sorties:
        starts_and_stops(flight_items(finished, sortie))
    fences_hold_every_leg(finished)


def keeps_the_reserve(finished: Plan) -> None:
    ended_s: dict[int, float] = {}
    for sortie in finished.sorties:
        vehicle = finished.problem.vehicles[sortie.uav]
        uav = finished.mission.uavs[sortie.uav]
        used_s = float(sortie.time_s[-1] - sortie.time_s[0])
        assert uav.endurance_s is not None
        assert uav.endurance_s - used_s >= vehicle.reserve_s - 1e-6
        wanted = finished.mission.flight.reserve
        if wanted is not None:
            assert vehicle.reserve_s == pytest.approx(wanted * uav.endurance_s)
        if sortie.uav in ended_s:
            assert sortie.time_s[0] >= ended_s[sortie.uav] + vehicle.swap_s - 1e-6
        ended_s[sortie.uav] = float(sortie.time_s[-1])


def keeps_apart(finished: Plan) -> None:
    flight = finished.mission.flight
    for pair in plan_approaches(finished):
        assert pair.horizontal_m >= flight.separation_m - 1e-4
    assert not [f for f in finished.report.findings if f.code == "separation" and f.level != "note"]


def starts_and_stops(items: Sequence[MissionItem]) -> None:
    """Count the trigger: on, off, on, off, and off before anything that ends a flight."""
    on = False
    for item in items:
        if item.command == Command.DO_SET_CAM_TRIGG_DIST:
            assert (item.params[0] > 0) is not on
            on = not on
        assert not (on and item.command in ENDS)
    assert not on


def fences_hold_every_leg(finished: Plan) -> None:
    frame = LocalFrame(finished.origin_lon_lat_deg)
    for uav in sorted({sortie.uav for sortie in finished.sorties}):
        inclusion, exclusions = fence_shapes_m(fence_of(finished, uav), frame)
        for sortie in finished.sorties:
            if sortie.uav == uav:
                legs = LineString(sortie.xyz_m[:, :2])
                assert inclusion.covers(legs)
                assert not exclusions.intersects(legs)
