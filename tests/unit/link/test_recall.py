"""Calling vehicles home: along the planned way, never through a zone; and new missions in the air.

The plan is the one made by hand: a barn of 10 x 10 m stands between some of the lines of "one" and
its launch point.
"""

import dataclasses

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString

from mcpp.errors import InfeasibleError
from mcpp.ground.frame import LocalFrame
from mcpp.link.fleet import fleet_links, fleet_loads
from mcpp.link.upload import VehicleLoad
from mcpp.link.way_home import WayHome, first_return
from mcpp.model import Autopilot, Plan
from tests.link_doubles import Sim, World, waypoint
from tests.link_field import Field
from tests.plan_doubles import hand_plan

AUTOPILOTS: tuple[Autopilot, ...] = ("ardupilot", "px4")
BEHIND_THE_BARN_M = (118.0, 130.0)
"""Home lies straight behind the barn; the mission's way home begins along the line."""
BESIDE_THE_BARN_M = (150.0, 90.0)
"""The barn stands between here and the first waypoint of the way home."""


def plan_of(autopilot: Autopilot) -> Plan:
    plan = hand_plan(autopilot=autopilot)
    uavs = tuple(dataclasses.replace(uav, autopilot=autopilot) for uav in plan.mission.uavs)
    return dataclasses.replace(plan, mission=dataclasses.replace(plan.mission, uavs=uavs))


def spot_m(plan: Plan, x_m: float, y_m: float) -> np.ndarray:
    """A place of the hand-made plan in its frame."""
    return np.asarray(plan.sorties[0].xyz_m[0, :2] - 10.0 + np.array([x_m, y_m]))


def spot_deg(plan: Plan, x_m: float, y_m: float) -> tuple[float, float]:
    lon, lat = LocalFrame(plan.origin_lon_lat_deg).to_deg(spot_m(plan, x_m, y_m))
    return float(lon), float(lat)


def load_of(plan: Plan) -> VehicleLoad:
    load = fleet_loads(plan, fleet_links(plan, {}))[0]
    return dataclasses.replace(load, system_id=1)


def way_of(load: VehicleLoad) -> WayHome:
    assert load.way_home is not None
    return load.way_home


def flying(plan: Plan, autopilot: Autopilot, where_m: tuple[float, float]) -> Field:
    """A vehicle on the second or fourth line, moved to a place of the hand-made plan."""
    load = load_of(plan)
    start = load.expected.start_lon_lat_deg
    assert start is not None
    field = Field(Sim(World(), autopilot, name="one", home=start), loads=[load])
    field.launch()
    flight = field.sims["one"].flight
    field.poll(lambda: flight.item >= 7 and flight.height_m > 59)
    east, north = np.array(where_m) - 10.0
    flight.body.position = (float(east), float(north), 60.0)
    flight.track.clear()
    field.wait(2)
    return field


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
@pytest.mark.parametrize("where_m", [BEHIND_THE_BARN_M, BESIDE_THE_BARN_M])
def test_a_recall_flies_round_the_zone_and_lands_at_home(
    autopilot: Autopilot, where_m: tuple[float, float]
) -> None:
    plan = plan_of(autopilot)
    field = flying(plan, autopilot, where_m)
    field.pilot.order("return", field.on_done, ["one"])
    flight = field.sims["one"].flight
    field.poll(lambda: not flight.armed)
    assert field.done[-1] == ("one", "")
    assert "fence breach" not in field.kinds("one")
    assert not shapely.intersects(plan.problem.no_fly, flown_line(plan, field))
    assert np.hypot(*flight.body.position[:2]) < 0.2
    assert not flight.camera


def flown_line(plan: Plan, field: Field) -> LineString:
    frame = LocalFrame(plan.origin_lon_lat_deg)
    track = field.sims["one"].flight.track
    return LineString(frame.to_m([(p.lon_deg, p.lat_deg) for p in track]))


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_the_autopilots_own_return_flies_straight_through_it(autopilot: Autopilot) -> None:
    plan = plan_of(autopilot)
    field = flying(plan, autopilot, BEHIND_THE_BARN_M)
    field.pilot.order("rtl", field.on_done, ["one"])
    field.poll(lambda: not field.sims["one"].flight.armed)
    assert "fence breach" in field.kinds("one")
    assert shapely.intersects(plan.problem.no_fly, flown_line(plan, field))


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_the_return_part_of_the_mission_is_flown_where_it_is_legal(autopilot: Autopilot) -> None:
    plan = plan_of(autopilot)
    field = flying(plan, autopilot, BEHIND_THE_BARN_M)
    before = list(field.sims["one"].vehicle.server.lists[0])
    field.pilot.order("return", field.on_done, ["one"])
    field.poll(lambda: field.done[1:])
    assert [e.text for e in field.events if e.kind == "order"] == [
        "return: flies the return part of its mission"
    ]
    assert field.sims["one"].vehicle.server.lists[0] == before


def test_a_short_mission_is_flown_where_it_is_not() -> None:
    plan = plan_of("ardupilot")
    load = load_of(plan)
    way = way_of(load)
    frame = LocalFrame(plan.origin_lon_lat_deg)
    here = spot_deg(plan, *BESIDE_THE_BARN_M)
    assert not way.may_jump(here)
    items = way.items_from(here)
    assert [item.command for item in items[:3]] == [16, 16, 178]  # home, where it is, speed
    assert items[-1].command == 20
    places = [(i.lon_deg, i.lat_deg) for i in items[1:] if i.command == 16]
    assert not shapely.intersects(plan.problem.no_fly, LineString(frame.to_m(places)))
    assert {item.alt_m for item in items[1:] if item.command == 16} == {30.0}


def test_a_place_just_outside_is_led_back_and_one_behind_a_zone_is_not() -> None:
    plan = plan_of("px4")
    way = way_of(load_of(plan))
    outside = spot_deg(plan, -3.0, 50.0)
    assert len(way.items_from(outside)) >= 3
    wall = LineString([spot_m(plan, -1, -900), spot_m(plan, -1, 900)]).buffer(0.5)
    parted = dataclasses.replace(way, no_fly=wall)
    with pytest.raises(InfeasibleError, match="no-fly zones lie between"):
        parted.items_from(outside)


def test_a_vehicle_on_the_ground_is_left_alone() -> None:
    plan = plan_of("px4")
    load = load_of(plan)
    start = load.expected.start_lon_lat_deg
    assert start is not None
    field = Field(Sim(World(), "px4", name="one", home=start), loads=[load])
    field.wait(3)
    mode = field.watcher.states["one"].mode
    for order in ("pause", "resume", "return", "rtl"):
        field.pilot.order(order, field.on_done, ["one"])
    field.poll(lambda: len(field.done) == 4)
    assert all("not armed: there is no flight to" in problem for _, problem in field.done)
    assert field.watcher.states["one"].mode == mode


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_a_new_load_is_flown_and_followed_once_it_is_taken(autopilot: Autopilot) -> None:
    plan = plan_of(autopilot)
    field = flying(plan, autopilot, (60.0, 20.0))
    way = way_of(field.loads[0])
    items = way.items_from(spot_deg(plan, 60.0, 20.0))
    new = dataclasses.replace(field.loads[0], mission=items, way_home=None)
    field.pilot.give_load(new, field.on_done)
    field.poll(lambda: field.watcher.states["one"].ending)
    assert field.done[-1] == ("one", "")
    assert field.watcher.states["one"].ending == "done"
    assert field.watcher.states["one"].photos_planned is None
    reached, of = field.watcher.trackers["one"].waypoints()
    homes = 1 if autopilot == "ardupilot" else 0  # its item 0
    assert reached == of == sum(item.command != 178 for item in items) - homes
    assert field.pilot.loads["one"] is new
    assert "fence breach" not in field.kinds("one")


def test_the_way_home_begins_with_the_commands_before_its_waypoint() -> None:
    load = load_of(plan_of("ardupilot"))
    first = first_return(load.mission)
    assert first is not None
    assert load.mission[first].command == 206  # photos off
    assert load.mission[first - 1].comment == "survey"
    assert first_return((waypoint(1.0, 2.0),)) is None


def wing_way(zone_m: shapely.Polygon, **changes: float) -> WayHome:
    """A wing's way home over 800 x 600 m, landing at (100, 100), with a zone in the middle."""
    frame = LocalFrame((8.0, 47.0))
    field = {"landing_m": (100.0, 100.0), "height_m": 60.0, "speed_m_s": 15.0} | changes
    return WayHome(
        frame=frame,
        space=shapely.box(0, 0, 800, 600).difference(zone_m),
        ways=shapely.box(0, 0, 800, 600).difference(zone_m),
        no_fly=zone_m,
        mission=(waypoint(47.0, 8.0), waypoint(47.0, 8.0)),
        first_return=None,
        autopilot="ardupilot",
        wing=True,
        **field,  # type: ignore[arg-type]
    )


def test_a_wing_is_called_home_with_room_for_its_turns() -> None:
    zone = shapely.box(380, 200, 420, 400)
    for radius_m, least_m in ((0.0, 0.0), (60.0, 58.0)):
        way = wing_way(zone, turn_radius_m=radius_m)
        lon, lat = way.frame.to_deg((700.0, 300.0))
        items = way.items_from((float(lon), float(lat)))
        places = [way.frame.to_m((i.lon_deg, i.lat_deg)) for i in items[1:] if i.command == 16]
        near_m = LineString(places).distance(zone)
        assert least_m <= near_m < least_m + 5
        assert way.space.boundary.distance(shapely.MultiPoint(places[1:-1])) >= least_m


def test_a_wing_without_room_for_its_turns_still_comes_home_legally() -> None:
    zone = shapely.box(380, 20, 420, 580)  # 20 m are left on both sides, less than a radius
    way = wing_way(zone, turn_radius_m=60.0)
    lon, lat = way.frame.to_deg((700.0, 300.0))
    items = way.items_from((float(lon), float(lat)))
    places = [way.frame.to_m((i.lon_deg, i.lat_deg)) for i in items[1:] if i.command == 16]
    assert not LineString(places).crosses(zone)
    assert np.allclose(places[-1], (100.0, 100.0), atol=0.1)
    shut = wing_way(shapely.box(380, -10, 420, 610), turn_radius_m=60.0)
    with pytest.raises(InfeasibleError):
        shut.items_from((float(lon), float(lat)))
