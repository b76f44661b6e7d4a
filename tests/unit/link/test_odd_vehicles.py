"""Vehicles that say anything: each transfer, watch and flight ends in words."""

from typing import Any

import pytest

from mcpp.link.commands import param_name, read_params
from mcpp.link.protocol import Times
from mcpp.link.tracker import VehicleTracker
from mcpp.link.wire import dialect, text_of
from tests.judge.radio import KINDS, radio_case
from tests.link_doubles import Sim, World, link_to


def test_drawn_cases_of_every_kind_end_well() -> None:
    ends = [radio_case(seed) for seed in range(40)]
    assert {kind for kind, _, _ in ends} == set(KINDS)
    assert [(kind, words) for kind, end, words in ends if end == "fault"] == []


def test_words_of_a_vehicle_do_not_steer_the_terminal() -> None:
    words = "\x1b[2Jall is well\nno truth\x07"
    message = dialect.MAVLink_statustext_message(4, words.encode())
    assert text_of(message) == "\\u001b[2Jall is well no truth\\u0007"
    assert param_name(b"RTL_ALT\x1b[1m\x00") == "RTL_ALT\\u001b[1m"


def test_a_place_beyond_the_pole_is_none() -> None:
    told: list[Any] = []
    tracker = VehicleTracker("a", clock=lambda: 0.0, on_event=told.append)
    for lat in (2**31 - 1, -(2**31)):
        tracker.receive(dialect.MAVLink_global_position_int_message(0, lat, 5, 0, 0, 0, 0, 0, 0))
    assert tracker.state.lon_lat_deg is None
    tracker.receive(dialect.MAVLink_global_position_int_message(0, 9, 5, 0, 0, 0, 0, 0, 0))
    assert tracker.state.lon_lat_deg == pytest.approx((5e-7, 9e-7))


def test_a_vehicle_that_repeats_one_parameter_for_ever_does_not_keep_the_ground() -> None:
    """And an infinite value is none: it was rounded to a whole number for its bits."""
    world = World()
    sim = Sim(world, "ardupilot")
    sim.vehicle.receive = lambda *_: []  # type: ignore[method-assign]  # it hears nothing

    def chatter() -> None:
        for name, value in (("RTL_ALT", 15.0), ("FENCE_TYPE", float("inf"))):
            sim.say([dialect.MAVLink_param_value_message(name.encode(), value, 9, 2, 0)])
        world.at(0.1, chatter)

    chatter()
    loop = world.loop()
    port = loop.open("a", link_to(sim), 1)
    task = loop.start(port, read_params(port, ("RTL_ALT", "FENCE_TYPE"), Times()))
    loop.run([task])
    assert {name: param.value for name, param in task.outcome().items()} == {"RTL_ALT": 15.0}
    assert world.now_s < 10.0
