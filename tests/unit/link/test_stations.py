"""Other ground stations: told, their changes of the mission noticed, collisions ended clearly."""

from dataclasses import replace
from typing import Any

import pytest

from mcpp.link.held import HeldMission
from mcpp.link.personality import ARDUPILOT, PX4
from mcpp.link.wire import Codec, dialect, item_message
from mcpp.link.words import MISSION
from tests.link_doubles import AUTOPILOTS, Craft, Sim, World, craft, load, mission, upload
from tests.link_field import Field

OTHER = 252


class Station:
    """Another ground station: it reaches the vehicle, and what that says reaches all."""

    def __init__(self, vehicle: Any, system: int = OTHER) -> None:
        self.vehicle, self.world = vehicle, vehicle.world
        self.codec = Codec(system, 190)

    def beat(self) -> None:
        """The vehicle forwards it to us."""
        message = dialect.MAVLink_heartbeat_message(6, 8, 0, 0, 4, 3)
        self.vehicle.wire.from_vehicle(self.codec.encode(message))
        self.world.at(1.0, self.beat)

    def say(self, message: Any) -> None:
        self.vehicle.wire.to_vehicle(self.codec.encode(message))

    def count(self, items: int) -> None:
        self.say(dialect.MAVLink_mission_count_message(1, 1, items, mission_type=MISSION))

    def give(self, seq: int, points: int) -> None:
        items = mission(self.vehicle.rules.autopilot, points=points)
        self.say(item_message(items[seq], seq, MISSION, (1, 1)))


def field_with_station(autopilot: str = "px4", system: int = OTHER) -> tuple[Field, Station]:
    field = Field(Sim(World(), autopilot))
    sim = field.sims["u1"]
    sim.rules = sim.vehicle.rules  # type: ignore[attr-defined]
    return field, Station(sim, system)


@pytest.mark.parametrize(
    ("system", "words"),
    [(OTHER, "another ground station (system 252, component 190)"), (255, "has our own ids")],
)
def test_another_ground_station_is_told_once(system: int, words: str) -> None:
    field, station = field_with_station(system=system)
    station.beat()
    field.wait(5.0)
    told = [event.text for event in field.events if event.kind == "ground station"]
    assert len(told) == 1
    assert words in told[0]
    (result,) = field.pilot.preflight()
    assert result.passed
    assert any(words in note for note in result.notes)


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_a_mission_that_another_station_writes_is_noticed(autopilot: str) -> None:
    field, station = field_with_station(autopilot)
    field.wait(3.0)
    assert not field.watcher.states["u1"].mission_changed
    items = mission(autopilot, points=9)
    station.count(len(items))
    for seq in range(len(items)):
        field.wait(0.2)
        station.give(seq, 9)
    field.wait(3.0)
    told = [event.text for event in field.events if event.kind == "mission"]
    assert told[0] == f"another ground station (system {OTHER}) writes its mission"
    assert len(told) == 2
    assert "no longer what it flies" in told[1]
    assert field.watcher.states["u1"].mission_changed


def test_another_mission_than_the_plan_s_is_told_by_its_number_of_items_or_its_id() -> None:
    def current(total: int, number: int = 0) -> Any:
        return dialect.MAVLink_mission_current_message(0, total=total, mission_id=number)

    held = HeldMission(40)
    assert held.take(current(40), 0.0) == ""
    assert "40 before" in held.take(current(12), 1.0)
    assert held.changed
    held = HeldMission(40)
    assert held.take(current(39, 5), 0.0) == ""  # ArduPilot does not count its home
    assert "by another ground station" in held.take(current(39, 6), 1.0)
    held = HeldMission(40)
    assert "the plan has 40" in held.take(current(12), 0.0)
    held = HeldMission(40)
    for total in (0, 65535):  # firmware that does not tell
        assert held.take(current(total), 0.0) == ""
    held.wrote(5.0)
    assert held.take(current(12), 6.0) == ""  # half of what we write
    assert held.take(current(60), 9.0) == ""
    assert "60 before" in held.take(current(61), 10.0)


def test_what_is_written_from_here_is_no_surprise() -> None:
    field, _ = field_with_station("ardupilot")
    field.launch()
    field.poll(lambda: (field.watcher.states["u1"].item or 0) >= 3)
    short = mission("ardupilot", points=2)
    field.pilot.give_load(replace(field.pilot.loads["u1"], mission=short), field.on_done)
    field.wait(20.0)
    assert field.done[-1] == ("u1", "")
    assert not field.watcher.states["u1"].mission_changed
    assert "mission" not in field.kinds()


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_an_upload_into_the_transfer_of_another_station_ends_in_words(autopilot: str) -> None:
    """The other one holds the vehicle for as long as we try: it sends an item now and then."""
    vehicle = craft(autopilot)
    station = Station(vehicle)
    station.beat()
    old = list(vehicle.server.lists[MISSION])
    vehicle.world.now_s = 1.0
    station.count(400)
    sent = iter(range(400))

    def go_on() -> None:
        station.give(next(sent), 400)
        vehicle.world.at(0.8, go_on)

    go_on()
    result = upload(vehicle, load(autopilot, points=5, fence=(), rally=()))
    assert result.state == "failed"
    assert "another transfer seems to be under way" in result.reason
    assert f"system {OTHER}" in result.reason
    if vehicle.rules.atomic:
        assert vehicle.server.lists[MISSION] == old


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_an_upload_waits_for_a_short_transfer_of_another_station(autopilot: str) -> None:
    vehicle = craft(autopilot)
    station = Station(vehicle)
    vehicle.world.now_s = 1.0
    station.count(9)  # and then it falls silent: the vehicle gives it up after 5 or 8 s
    result = upload(vehicle, load(autopilot, points=5, fence=(), rally=()))
    assert result.verified, result


def test_both_autopilots_refuse_a_second_upload_in_their_own_way() -> None:
    for rules, code in ((ARDUPILOT, dialect.MAV_MISSION_DENIED), (PX4, dialect.MAV_MISSION_ERROR)):
        vehicle = Craft(World(), craft().wire, rules)
        for system, answer in ((255, None), (OTHER, code)):
            count = dialect.MAVLink_mission_count_message(1, 1, 5, mission_type=MISSION)
            (heard,) = Codec(1).decode(Codec(system, 190).encode(count))
            (said,) = vehicle.server.receive(heard, 1.0)
            assert getattr(said, "type", None) == answer
