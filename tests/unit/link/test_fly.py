"""Preflight checks, arming, orders and what the watcher tells, on simulated vehicles."""

import dataclasses
from collections.abc import Callable

import pytest

from mcpp.errors import LinkError
from mcpp.link.preflight import Limits, place_notes
from mcpp.link.state import Course
from mcpp.link.wire import item_message
from mcpp.link.words import FENCE
from tests.link_doubles import START, Radio, Sim, World, fence, item, waypoint
from tests.link_field import Field

AUTOPILOTS = ("ardupilot", "px4")


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_a_simulated_mission_is_flown_to_its_end_and_every_item_is_told(autopilot: str) -> None:
    field = Field(Sim(World(), autopilot))
    field.launch()
    field.poll(lambda: field.watcher.states["u1"].finished)
    assert field.done == [("u1", "")]
    first = 1 if autopilot == "ardupilot" else 0
    items = field.loads[0].mission
    wanted = [
        i for i in range(first, len(items)) if items[i].command < 100
    ]  # commands act on the way
    assert [e.item for e in field.events if e.kind == "item reached"] == wanted
    state = field.watcher.states["u1"]
    assert (state.ending, state.photos) == ("done", state.photos_planned)
    state = field.watcher.states["u1"]
    assert state.flown == 1
    assert not state.armed
    assert state.height_m == pytest.approx(0, abs=0.1)
    flown = [s.flown for s in field.states]
    assert flown == sorted(flown)
    assert field.kinds().count("finished") == 1


def test_prediction_comes_near_the_end_once_half_is_flown() -> None:
    field = Field(Sim(World()), points=40)
    field.launch()
    field.poll(lambda: field.watcher.states["u1"].flown > 0.6)
    predicted_s = field.watcher.states["u1"].predicted_s
    field.poll(lambda: field.watcher.states["u1"].finished)
    assert predicted_s == pytest.approx(field.watcher.states["u1"].elapsed_s, rel=0.35)


def test_starts_are_staggered_as_planned() -> None:
    world = World()
    sims = [Sim(world, system=number) for number in (1, 2)]
    field = Field(*sims, delays_s={"u2": 20.0})
    field.launch()
    field.poll(lambda: "armed" in field.kinds("u2"))
    armed = {e.uav: e.time_s for e in field.events if e.kind == "armed"}
    assert armed["u2"] - armed["u1"] == pytest.approx(20, abs=1.5)


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_one_vehicle_pauses_resumes_and_returns(autopilot: str) -> None:
    world = World()
    field = Field(Sim(world, autopilot), Sim(world, autopilot, system=2), points=30)
    one, two = (sim.flight for sim in field.sims.values())
    field.launch()
    field.poll(lambda: one.item >= 7)
    field.pilot.order("pause", field.on_done, ["u1"])
    field.poll(lambda: one.purpose == "hold")
    field.wait(1)
    here, item_then = one.body.position, two.item
    field.wait(10)
    assert one.body.position == here
    assert two.item > item_then
    field.pilot.order("resume", field.on_done, ["u1"])
    field.wait(10)
    assert one.item > 7
    field.pilot.order("rtl", field.on_done)
    field.poll(lambda: not one.armed and not two.armed)
    assert abs(one.body.position[0]) < 0.1
    assert [problem for _, problem in field.done] == [""] * 6


def test_unknown_uavs_are_named() -> None:
    field = Field(Sim(World()))
    field.pilot.order("pause", field.on_done, ["zed"])
    assert field.done == [("zed", "no such UAV; there are u1")]


def test_a_vehicle_that_may_be_real_is_not_armed_unless_confirmed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("mcpp.link.sim_telemetry.SIMULATED_MARK", b"")
    field = Field(Sim(World()))
    assert not field.pilot.preflight()[0].simulated
    with pytest.raises(LinkError, match="--arm"):
        field.pilot.launch(field.on_done)
    with pytest.raises(LinkError, match="--arm"):
        field.pilot.launch(field.on_done, confirmed=["u2"])
    field.wait(3)
    assert not field.sims["u1"].flight.armed
    field.pilot.launch(field.on_done, confirmed=["u1"])
    field.poll(lambda: field.sims["u1"].flight.armed)


def test_nothing_starts_without_a_preflight_check() -> None:
    field = Field(Sim(World()))
    with pytest.raises(LinkError, match="not checked"):
        field.pilot.launch(field.on_done, confirmed=["u1"])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda sim: setattr(sim.flight, "used_s", 1000.0), "battery 33 %"),
        (lambda sim: sim.vehicle.params.update(GF_ACTION=0.0), "fence is off"),
        (lambda sim: sim.vehicle.server.lists[FENCE].clear(), "fence is not the planned one"),
        (lambda sim: sim.vehicle.server.lists[0].pop(), "mission is not the planned one"),
        (lambda sim: setattr(sim.flight, "armed", True), "armed"),
        (lambda sim: setattr(sim.flight.body, "position", (300.0, 0.0, 0.0)), "300 m from"),
        (lambda sim: setattr(sim.wire, "alive", False), "no heartbeat"),
    ],
)
def test_preflight_finds_what_is_wrong_and_nothing_starts(
    spoil: Callable[[Sim], None], words: str
) -> None:
    world = World()
    field = Field(Sim(world), Sim(world, system=2))
    spoil(field.sims["u2"])
    good, bad = field.pilot.preflight()
    assert good.passed
    assert words in " ".join(bad.problems)
    with pytest.raises(LinkError, match="u2: may not start"):
        field.pilot.launch(field.on_done)
    field.wait(2)
    assert not field.sims["u1"].flight.armed


def test_a_battery_limit_can_be_set() -> None:
    field = Field(Sim(World()))
    field.sims["u1"].flight.used_s = 1000
    assert field.pilot.preflight(Limits(battery_percent=30))[0].passed


def test_low_battery_fence_breach_and_lost_link_are_events() -> None:
    field = Field(Sim(World()), points=60)
    sim = field.sims["u1"]
    field.launch()
    field.poll(lambda: sim.flight.item >= 5)
    sim.flight.used_s = 1250
    field.poll(lambda: "low battery" in field.kinds())
    sim.flight.body.position = (5000.0, 0.0, 60.0)
    field.poll(lambda: "fence breach" in field.kinds())
    field.poll(lambda: field.watcher.states["u1"].mode == "RETURN")
    sim.wire.radio = Radio(drop=1.0)
    field.poll(lambda: "link lost" in field.kinds())
    assert not field.watcher.states["u1"].connected
    sim.wire.radio = Radio()
    field.poll(lambda: "link back" in field.kinds())
    assert field.watcher.states["u1"].connected


def test_link_quality_shows_the_loss() -> None:
    field = Field(Sim(World(), radio=Radio()))
    field.wait(11)
    assert field.watcher.states["u1"].link_percent == 100
    field.sims["u1"].wire.radio = Radio(drop=0.25)
    field.wait(25)
    assert 60 < field.watcher.states["u1"].link_percent < 90


def test_a_refused_arming_tells_the_vehicles_own_words() -> None:
    field = Field(Sim(World()))
    assert field.pilot.preflight(Limits(battery_percent=0))[0].passed
    field.sims["u1"].flight.used_s = 1400
    field.pilot.launch(field.on_done)
    field.poll(lambda: field.done)
    assert "arming: refused for now" in field.done[0][1]
    assert "Resolve system health failures first; battery low" in field.done[0][1]


def test_course_counts_time_along_the_line() -> None:
    lon, lat = 8.0, 0.0
    east = 1e-3
    items = [
        item(22, 3, lat=lat, lon=lon, alt=0.0),
        item(178, params=(1.0, 10.0, 0.0, 0.0)),
        waypoint(lat, lon + east, alt=0.0),
        waypoint(lat, lon + 2 * east, alt=0.0),
        item(20),
    ]
    course = Course(items, (lon, lat))
    assert course.total_s == pytest.approx(4 * 111.32 / 10, rel=1e-3)
    assert course.flown(2, (lon, lat)) == pytest.approx(0, abs=1e-9)
    assert course.flown(2, (lon + east / 2, lat)) == pytest.approx(1 / 8, abs=1e-4)
    assert course.flown(3, (lon + 1.5 * east, lat)) == pytest.approx(3 / 8, abs=1e-4)
    assert course.flown(4, (lon + east, lat)) == pytest.approx(3 / 4, abs=1e-4)
    assert course.flown(5, None) == 1


def test_a_fence_that_does_not_hold_the_mission_calls_the_vehicle_back() -> None:
    small = tuple(
        dataclasses.replace(
            corner,
            lat_deg=START[1] + (corner.lat_deg - START[1]) * 0.02,
            lon_deg=START[0] + (corner.lon_deg - START[0]) * 0.02,
        )
        for corner in fence(12)
    )
    field = Field(Sim(World()), points=30)
    sim = field.sims["u1"]
    field.launch()
    field.poll(lambda: sim.flight.item >= 4)
    assert not sim.vehicle.breached
    sim.vehicle.server.lists[FENCE] = [
        item_message(corner, seq, FENCE, (1, 1)) for seq, corner in enumerate(small)
    ]
    field.poll(lambda: "fence breach" in field.kinds())
    field.poll(lambda: not sim.flight.armed)


def test_a_vehicle_beside_its_launch_point_is_told():
    """A ten-thousandth of a degree of latitude is 11.1 m."""
    start = (8.55, 47.36)
    (words,) = place_notes((8.55, 47.3601), start)
    assert words.startswith("stands 11 m from its launch point")
    assert place_notes((8.55, 47.36004), start) == []
    assert place_notes(None, start) == place_notes(start, None) == []
