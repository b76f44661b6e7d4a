"""Vehicles whose link comes back elsewhere are known again, with all that was known of them."""

from typing import Any

import pytest

from mcpp.link.wire import Codec, dialect
from tests.link_doubles import AUTOPILOTS, Radio, Sim, World, craft, holds_all_of, load, upload
from tests.link_field import Field


def flying(*sims: Sim) -> Field:
    field = Field(*sims, points=40)
    field.launch()
    field.poll(lambda: all((s.item or 0) >= 6 for s in field.watcher.states.values()))
    return field


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_a_vehicle_that_speaks_from_another_port_is_the_same(autopilot: str) -> None:
    world = World()
    sim = Sim(world, autopilot)
    sim.wire.peer = ("10.0.0.5", 40_001)
    field = flying(sim)
    before = field.watcher.states["u1"]
    reached = set(field.watcher.trackers["u1"].reached)
    sim.wire.alive = False
    field.wait(6.0)
    assert not field.watcher.states["u1"].connected
    sim.wire.alive = True
    sim.wire.peer = ("10.0.0.5", 51_777)
    field.wait(6.0)
    state = field.watcher.states["u1"]
    assert state.connected
    assert state.flown >= before.flown
    assert reached <= field.watcher.trackers["u1"].reached
    kinds = field.kinds()
    assert kinds.count("link lost") == kinds.count("link back") == 1
    assert "armed" not in kinds[kinds.index("link lost") :]
    field.done.clear()
    field.pilot.order("pause", field.on_done)
    field.poll(lambda: field.done)
    assert field.done == [("u1", "")]
    assert sim.flight.purpose == "hold"


def test_a_vehicle_that_is_heard_on_another_open_link_is_taken_along() -> None:
    world = World()
    one, two = Sim(world, "px4", system=1), Sim(world, "ardupilot", system=2)
    field = flying(one, two)
    one.wire.alive = False
    field.wait(6.0)
    assert not field.watcher.states["u1"].connected
    one.wire = two.wire  # its radio is plugged in where the other's is
    hears_two = two.wire.to_vehicle

    def both(data: bytes) -> None:
        one.receive(data)
        hears_two(data)

    two.wire.to_vehicle = both
    field.wait(4.0)
    assert field.watcher.states["u1"].connected
    assert field.watcher.states["u2"].connected
    field.done.clear()
    field.pilot.order("pause", field.on_done, ["u1"])
    field.poll(lambda: field.done)
    assert field.done == [("u1", "")]
    assert one.flight.purpose == "hold"
    assert two.flight.purpose == "mission"


def test_a_vehicle_that_is_heard_where_it_was_is_not_taken_elsewhere() -> None:
    world = World()
    one, two = Sim(world, "px4", system=1), Sim(world, "px4", system=2)
    field = flying(one, two)
    port = field.watcher.loop.ports["u1"]
    home = port.channel
    stray = Codec(1, 1).encode(dialect.MAVLink_heartbeat_message(2, 12, 128, 0, 3, 3))
    for _ in range(3):
        two.wire.from_vehicle(stray)
        field.wait(1.0)
    assert port.channel is home


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_a_signed_vehicle_is_heard_again_from_another_port(autopilot: str) -> None:
    key = bytes(range(32))
    vehicle = craft(autopilot, key=key, radio=Radio(drop=0.1))
    vehicle.wire.peer = ("10.0.0.5", 1)
    what = load(autopilot)
    assert upload(vehicle, what, key=key).verified
    vehicle.wire.alive = True
    vehicle.wire.peer = ("10.0.0.5", 2)
    more = load(autopilot, points=9)
    assert upload(vehicle, more, key=key).verified
    assert holds_all_of(vehicle, more)


def test_a_signed_fleet_answers_in_signed_frames_alone() -> None:
    """Both ways: the vehicle signs, refuses what is not signed, and so do we."""
    key = bytes(range(32))
    vehicle = craft("px4", key=key)
    sent: list[bytes] = []
    carry = vehicle.wire._carry

    def note(data: bytes, deliver: Any) -> None:
        sent.append(data)
        carry(data, deliver)

    vehicle.wire._carry = note  # type: ignore[method-assign]
    assert upload(vehicle, load(), key=key).verified
    assert sent
    assert all(frame[2] & 1 for frame in sent)  # MAVLINK_IFLAG_SIGNED
    vehicle.wire.alive = True
    vehicle.heard.clear()
    forged = Codec(255, 190).encode(dialect.MAVLink_mission_clear_all_message(1, 1))
    vehicle.wire.to_vehicle(forged)
    assert not vehicle.heard
    assert vehicle.server.lists[0]
