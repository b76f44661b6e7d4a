"""How flights end and are told, photos counted, logs told apart, uploads that broke off mended."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from pymavlink import mavutil

from mcpp.link.diff import broken_off_at
from mcpp.link.ending import Landing, ending_of
from mcpp.link.photos import line_ends, planned_photos
from mcpp.link.preflight import Limits
from mcpp.link.sim_params import firmware_defaults, set_up_params
from mcpp.link.tlog import FleetLog, joined_systems, with_system
from mcpp.link.upload import VehicleLoad
from mcpp.link.wire import Codec, dialect, item_message
from mcpp.link.words import MISSION
from tests.link_doubles import START, Sim, World, item, load, mission, waypoint
from tests.link_field import Field

AUTOPILOTS = ("ardupilot", "px4")


def ended(field: Field, uav: str = "u1") -> Any:
    field.poll(lambda: field.watcher.states[uav].ending)
    return field.watcher.states[uav]


def survey_load(autopilot: str, uav: str = "u1") -> VehicleLoad:
    """Two lines of 100 m with photos each 10 m, away from home, and back."""
    lon, lat = START
    step = 100 / 111_195
    lines = []
    for i in range(2):
        a, b = (lat + 2e-4, lat + 2e-4 + step) if i == 0 else (lat + 2e-4 + step, lat + 2e-4)
        lines += [
            waypoint(a, lon + i * 3e-4),
            item(206, params=(10.0, 0.0, 1.0, 0.0)),
            waypoint(b, lon + i * 3e-4),
            item(206),
        ]
    plain = mission(autopilot)
    head = plain[:3] if autopilot == "ardupilot" else plain[:2]
    return dataclasses.replace(load(autopilot, uav=uav), mission=(*head, *lines, item(20)))


def field_of(autopilot: str, **params: float) -> Field:
    sim = Sim(World(), autopilot, params=set_up_params(autopilot) | params)  # type: ignore[arg-type]
    return Field(sim, loads=[survey_load(autopilot)])


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_a_mission_that_is_flown_is_done_with_its_waypoints_and_photos(autopilot: str) -> None:
    field = field_of(autopilot)
    field.launch()
    state = ended(field)
    assert (state.ending, state.finished) == ("done", True)
    reached, of = field.watcher.trackers["u1"].waypoints()
    assert reached == of == 6
    assert (state.photos, state.photos_planned) == (22, 22)
    assert "photos" not in field.kinds()
    assert not any("AUTO_OPTIONS" in event.text for event in field.events)


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_a_camera_that_is_off_is_told_after_the_first_line(autopilot: str) -> None:
    field = field_of(autopilot, CAM1_TYPE=0.0, TRIG_MODE=0.0)
    field.pilot.preflight(Limits(own_camera=True))
    field.pilot.launch(field.on_done)
    field.poll(lambda: "photos" in field.kinds())
    (told,) = [event.text for event in field.events if event.kind == "photos"]
    assert told == "no photo taken, 11 planned so far: is the camera set up?"
    assert not field.watcher.states["u1"].ending


def test_a_vehicle_called_home_has_returned_and_the_item_is_told() -> None:
    field = field_of("px4")
    field.launch()
    field.poll(lambda: (field.watcher.states["u1"].item or 0) >= 4)
    at = field.watcher.states["u1"].item
    field.pilot.order("rtl", field.on_done)
    state = ended(field)
    assert (state.ending, state.finished) == ("returned", False)
    assert state.ending_text == f"returned at item {at}"
    assert field.kinds().count("ended") == 1


def test_a_vehicle_that_lands_elsewhere_says_how_far_away() -> None:
    field = field_of("px4")
    field.launch()
    flight = field.sims["u1"].flight
    field.poll(lambda: flight.item >= 4 and flight.height_m > 50)
    flight.body.position = (150.0, 0.0, 60.0)
    flight.change("land")
    assert ended(field).ending == "landed elsewhere"
    assert "landed 150 m from its landing point" in field.watcher.states["u1"].ending_text


def test_a_vehicle_that_is_not_heard_any_more_is_lost_and_may_be_heard_again() -> None:
    field = field_of("px4")
    field.launch()
    field.poll(lambda: field.sims["u1"].flight.item >= 3)
    field.sims["u1"].wire.alive = False
    assert ended(field).ending == "lost"
    field.sims["u1"].wire.alive = True
    field.poll(lambda: field.watcher.states["u1"].ending != "lost")


@pytest.mark.parametrize("limit", ["GF_MAX_HOR_DIST", "GF_MAX_VER_DIST"])
def test_a_mission_that_px4_finds_infeasible_is_not_started_and_no_breach(limit: str) -> None:
    field = field_of("px4", **{limit: 50.0})
    (checked,) = field.pilot.preflight()
    field.pilot._checked["u1"] = dataclasses.replace(checked, problems=())  # nobody heeds it
    field.pilot.launch(field.on_done)
    field.poll(lambda: field.done)
    assert "Geofence violation for waypoint" in field.done[0][1]
    assert "fence breach" not in field.kinds()
    assert ended(field).ending == "not flown"


def test_the_ways_to_end_are_told_apart() -> None:
    landing = Landing(START, 8)
    there = (START[0] + 0.01, START[1])

    def told(**changes: Any) -> str:
        facts: dict[str, Any] = {
            "here": START,
            "item": 9,
            "highest_m": 60.0,
            "called_at": None,
        } | changes
        return ending_of(landing, **facts)[0]

    assert told() == "done"
    assert told(item=5) == "returned"
    assert told(called_at=5) == "returned"
    assert told(here=there) == "landed elsewhere"
    assert told(highest_m=0.3) == "not flown"


def test_photos_are_counted_by_distance_and_by_stop() -> None:
    items = survey_load("px4").mission
    counts = planned_photos(items, START)
    assert counts[-1] == 22
    assert [counts[end] for end in line_ends(items)] == [11, 22]
    hover = (waypoint(*START[::-1]), item(2000), waypoint(*START[::-1]), item(2000))
    assert planned_photos(hover, START)[-1] == 2


@pytest.mark.parametrize("done", [0, 3, 5, 9])
def test_an_upload_that_broke_off_is_told_from_another_mission(done: int) -> None:
    new = load("ardupilot", points=12).mission
    lat, lon = START[1] + 0.001, START[0]
    old = (*new[:1], *(waypoint(lat + 1e-4 * i, lon) for i in range(len(new) - 1)))
    mixed = (*new[: 1 + done], *old[1 + done :])
    assert broken_off_at(new, mixed, autopilot="ardupilot") == (1 + done if done >= 3 else None)
    assert broken_off_at(new, new, autopilot="ardupilot") is None


def test_a_killed_upload_is_told_at_the_next_check() -> None:
    field = Field(Sim(World(), "ardupilot"), points=12)
    server = field.sims["u1"].vehicle.server
    others = [item_message(waypoint(47.5, 8.5 + i * 1e-4), i, MISSION, (1, 1)) for i in range(9)]
    server.lists[MISSION][9:] = others[: len(server.lists[MISSION]) - 9]
    (checked,) = field.pilot.preflight()
    assert checked.broke_off
    assert "it holds the first 9 of 18 planned items" in " ".join(checked.problems)


def frames_of(path: Path) -> list[tuple[str, int]]:
    log = mavutil.mavlink_connection(str(path), dialect="ardupilotmega")
    found = []
    while (message := log.recv_match(blocking=False)) is not None:
        found.append((message.get_type(), message.get_srcSystem()))
    log.close()
    return found


def test_vehicles_of_equal_system_ids_are_told_apart_in_the_log_of_all(tmp_path: Path) -> None:
    names = ("a", "b")
    codecs = {name: Codec(1, 1) for name in names}
    with FleetLog(tmp_path / "fly.tlog", dict.fromkeys(names)) as log:
        for seq in range(3):
            for name in names:
                message = dialect.MAVLink_mission_item_reached_message(seq)
                read = Codec().decode(codecs[name].encode(message))[0]
                log.write(name, read, 1)
    assert frames_of(tmp_path / "fly.tlog") == [
        ("MISSION_ITEM_REACHED", system) for _ in range(3) for system in (1, 2)
    ]
    assert frames_of(tmp_path / "fly-b.tlog") == [("MISSION_ITEM_REACHED", 1)] * 3


def test_given_system_ids_are_kept_where_they_differ() -> None:
    assert joined_systems({"a": 4, "b": 1}) == {"a": 4, "b": 1}
    assert joined_systems({"a": None, "b": 1, "c": None}) == {"a": 2, "b": 1, "c": 3}
    assert joined_systems({"a": 1, "b": 1}) == {"a": 1, "b": 2}


def test_a_signed_frame_is_given_another_system_without_its_signature() -> None:
    codec = Codec(1, 1, key=bytes(32))
    read = Codec(key=bytes(32)).decode(codec.encode(dialect.MAVLink_mission_current_message(7)))[0]
    (again,) = Codec().decode(with_system(read, 9))
    assert (again.get_srcSystem(), again.seq) == (9, 7)


def test_what_a_vehicle_is_shipped_with_takes_no_photo() -> None:
    assert firmware_defaults("ardupilot")["CAM1_TYPE"] == 0
    assert firmware_defaults("px4")["TRIG_MODE"] == 0
