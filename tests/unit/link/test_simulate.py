"""The simulated fleet: motion, mission protocol over time, the flown track, links of a plan."""

import math
import time

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mcpp.errors import InputError
from mcpp.export.items import MissionItem
from mcpp.ground.frame import LocalFrame
from mcpp.ground.kinematics import route_time_s
from mcpp.link.fleet import LinkChoice, parse_choice
from mcpp.link.mission_server import MissionServer
from mcpp.link.motion import Ability, Body, passing_speed_m_s
from mcpp.link.personality import ARDUPILOT, PX4
from mcpp.link.sim_fence import breaches
from mcpp.link.sim_flight import Flight
from mcpp.link.sim_track import Happening
from mcpp.link.sim_vehicle import SimVehicle
from mcpp.link.simulate import SimulatedFleet, flight_log
from mcpp.link.transport import parse_address
from mcpp.link.upload import upload_fleet
from mcpp.link.wire import Codec, Message, dialect, item_message, text_of
from mcpp.link.words import FENCE, MISSION
from mcpp.model import AutopilotMotion
from mcpp.problem.autopilot import ARDUCOPTER, IDEAL
from tests.link_doubles import START, fence, free_port, item, load, mission


def messages(items: tuple[MissionItem, ...], kind: int = MISSION) -> list[Message]:
    return [item_message(each, seq, kind, (1, 1)) for seq, each in enumerate(items)]


def flown(
    items: tuple[MissionItem, ...],
    *,
    step_s: float,
    endurance_s: float = 1500.0,
    motion: AutopilotMotion = IDEAL,
) -> tuple[Flight, list[Happening]]:
    flight = Flight(home_lon_lat_deg=START, endurance_s=endurance_s, motion=motion)
    happened: list[Happening] = []
    flight.load(messages(items), 0)
    flight.armed = True
    flight.change("mission")
    for _ in range(int(3000 / step_s)):
        happened += flight.advance(step_s)
        if not flight.armed:
            return flight, happened
    pytest.fail("it never landed")


def test_flight_takes_the_time_of_the_kinematic_model() -> None:
    corners = [(0.0, 0.0), (200.0, 0.0), (200.0, 40.0), (0.0, 40.0), (-100.0, 45.0)]
    body = Body(Ability(acceleration_m_s2=2.0))
    spent_s = 0.0
    for index, corner in enumerate(corners[1:], start=1):
        after = (*corners[index + 1], 0.0) if index + 1 < len(corners) else None
        target = (*corner, 0.0)
        end_m_s = passing_speed_m_s(body.position, target, after, 5.0)
        spent_s += 1000.0 - body.fly_towards(target, 5.0, end_m_s, 1000.0)
    wanted_s = route_time_s(np.array(corners), speed_m_s=5.0, acceleration_m_s2=2.0)
    assert spent_s == pytest.approx(wanted_s, rel=0.02)


def test_climb_and_sink_keep_their_rates() -> None:
    body = Body(Ability(climb_m_s=3.0, sink_m_s=1.5))
    assert 100 - body.fly_towards((0.0, 0.0, 60.0), 8.0, 0.0, 100.0) == pytest.approx(20, abs=2)
    assert 100 - body.fly_towards((0.0, 0.0, 0.0), 8.0, 0.0, 100.0) == pytest.approx(40, abs=2)


@given(st.sampled_from([0.05, 0.7, 3.0, 40.0]))
def test_no_item_is_skipped_however_fast_time_runs(step_s: float) -> None:
    flight, happened = flown(mission(points=9), step_s=step_s)
    reached = [h.item for h in happened if h.what == "reached"]
    assert reached == list(range(len(mission(points=9))))
    corners = LocalFrame(START).to_m([(p.lon_deg, p.lat_deg) for p in flight.track])
    for each in mission(points=9):
        if each.command == 16:
            place = LocalFrame(START).to_m((each.lon_deg, each.lat_deg))
            assert np.hypot(*(corners - place).T).min() < 0.05


def test_the_camera_is_on_between_its_trigger_items_alone() -> None:
    flight, _ = flown(mission(points=9), step_s=0.5)
    on = [p.item for p in flight.track if p.camera]
    assert min(on) == 3
    assert max(on) <= 12


def test_an_empty_battery_lands_the_vehicle_where_it_is() -> None:
    flight, happened = flown(mission(points=60), step_s=0.5, endurance_s=60.0)
    assert flight.battery_percent == 0
    assert flight.height_m == 0
    assert "low" in [h.what for h in happened]
    assert math.hypot(*flight.body.position[:2]) > 1


def test_fences_are_judged_by_all_their_zones() -> None:
    lon, lat = START
    zone = messages(fence(6), FENCE)
    assert not breaches(zone, START)
    assert breaches(zone, (lon + 0.02, lat))
    hole = messages((item(5004, 0, (50.0, 0.0, 0.0, 0.0), lat, lon),), FENCE)
    assert breaches([*zone, *hole], START)
    assert not breaches([*zone, *hole], (lon + 0.002, lat))


class Silent:
    """A ground station that begins an upload and falls silent."""

    def __init__(self, rules) -> None:
        self.server = MissionServer(rules, lambda: None, started_s=-10.0)
        count = dialect.MAVLink_mission_count_message(1, 1, 3, mission_type=0)
        codec, reader = Codec(), Codec()
        self.said = [
            (0.0, m) for m in self.server.receive(reader.decode(codec.encode(count))[0], 0)
        ]
        for tick in range(1, 1200):
            self.said += [(tick / 100, m) for m in self.server.tick(tick / 100)]

    def times(self, name: str) -> list[float]:
        return [time_s for time_s, m in self.said if m.get_type().startswith(name)]


def test_a_silent_ground_station_is_asked_again_and_given_up_as_observed() -> None:
    ardupilot, px4 = Silent(ARDUPILOT), Silent(PX4)
    assert ardupilot.times("MISSION_REQUEST") == pytest.approx([0, 1, 2, 3, 4, 5, 6, 7], abs=0.05)
    assert ardupilot.times("MISSION_ACK") == pytest.approx([8], abs=0.05)
    asked = px4.times("MISSION_REQUEST")
    assert np.diff(asked) == pytest.approx(0.27, abs=0.02)
    assert max(asked) < 5
    assert px4.times("MISSION_ACK") == []


def test_the_fleet_serves_any_number_on_one_port_and_logs_what_was_flown() -> None:
    rules = [PX4, ARDUPILOT, PX4, ARDUPILOT]
    link = f"udp:127.0.0.1:{free_port()}"
    vehicles = [
        SimVehicle(
            f"u{i}",
            i + 1,
            each,
            Flight(home_lon_lat_deg=START, first=int(each.keeps_home)),
            speedup=100.0,
            started_s=time.monotonic(),
        )
        for i, each in enumerate(rules)
    ]
    loads = [
        load(each.autopilot, uav=f"u{i}", system=i + 1, points=20) for i, each in enumerate(rules)
    ]
    links = {vehicle.name: link for vehicle in vehicles}
    with SimulatedFleet(vehicles, links) as fleet:
        results = upload_fleet(loads, links)
        assert [str(r) for r in results if not r.verified] == []
        assert not any(vehicle.flight.track for vehicle in vehicles)
        for vehicle in vehicles:
            vehicle.flight.armed = True
            vehicle.flight.change("mission")
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline and not fleet.landed:
            time.sleep(0.05)
        assert all(not vehicle.flight.armed for vehicle in vehicles)
    log = flight_log(vehicles)
    assert len(log["features"]) == 4
    for feature, each in zip(log["features"], rules, strict=True):
        properties = feature["properties"]
        assert properties["simulated"]
        assert properties["landed"]
        first = 1 if each.keeps_home else 0
        assert properties["reached"] == list(range(first, properties["items"]))
        assert len(properties["time_s"]) == len(feature["geometry"]["coordinates"])


def test_simulated_vehicles_stay_on_this_computer() -> None:
    vehicle = SimVehicle("a", 1, PX4, Flight(home_lon_lat_deg=START))
    for link in ("udp:0.0.0.0:14550", "udpout:10.0.0.1:14550", "serial:/dev/ttyUSB0:57600"):
        with pytest.raises(InputError, match="loopback"):
            SimulatedFleet([vehicle], {"a": link})


def test_a_simulated_vehicle_says_what_it_is() -> None:
    vehicle = SimVehicle("a", 1, PX4, Flight(home_lon_lat_deg=START))
    texts = [text_of(m) for m in vehicle.tick(0.1) if m.get_type() == "STATUSTEXT"]
    assert any("mcpp simulated vehicle" in text for text in texts)


def test_links_name_a_system_after_an_at_sign() -> None:
    assert parse_choice("udp::14550@7") == LinkChoice("udp::14550", 7)
    assert parse_choice("tcp:127.0.0.1:5760") == LinkChoice("tcp:127.0.0.1:5760")
    assert parse_address("udp::14550").number == 14550
    for wrong in ("udp::14550@0", "udp::14550@x", "udp::14550@256"):
        with pytest.raises(InputError, match="system id"):
            parse_choice(wrong)


def test_take_off_waits_and_the_last_metres_are_slow_as_observed() -> None:
    """Last item to disarm took 64-74 s flown from 60 m, by RTL_LOIT_TIME and LAND_SPEED."""
    plain, _ = flown(mission(points=3), step_s=0.5)
    slow, happened = flown(mission(points=3), step_s=0.5, motion=ARDUCOPTER)
    waits_s = 4.5 + 5.0 + 4.0 + 10.0 / 0.5 - 10.0 / 1.5
    assert slow.used_s - plain.used_s == pytest.approx(waits_s, abs=2.5)
    last_s = max(h.time_s for h in happened if h.what == "reached" and h.item < 7)
    assert 64 <= happened[-1].time_s - last_s <= 74
