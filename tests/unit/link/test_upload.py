"""Upload to each autopilot's double: verified, or failed in words, never in between."""

import dataclasses
import math
from functools import partial
from typing import Any

import pytest

from mcpp.errors import LinkError
from mcpp.export.items import MissionItem
from mcpp.link.channel import Port
from mcpp.link.guard import Guards
from mcpp.link.upload import upload_fleet
from mcpp.link.wire import Message, dialect
from mcpp.link.words import FENCE, MISSION, RALLY
from tests.link_doubles import (
    AUTOPILOTS,
    START,
    Radio,
    World,
    craft,
    fence,
    holds_all_of,
    item,
    link_to,
    load,
    mission,
    rally,
    upload,
    waypoint,
)


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_mission_fence_and_rally_arrive_and_are_verified(autopilot: str) -> None:
    vehicle = craft(autopilot)
    what = load(autopilot)
    result = upload(vehicle, what)
    assert result.verified, result
    assert result.items == len(what.mission) + 4 + 1
    assert holds_all_of(vehicle, what)
    assert vehicle.world.now_s < 5


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_old_fence_and_rally_points_are_removed_when_the_plan_has_none(autopilot: str) -> None:
    vehicle = craft(autopilot)
    assert upload(vehicle, load(autopilot)).verified
    vehicle.wire.alive = True
    assert upload(vehicle, load(autopilot, fence=(), rally=())).verified
    assert not vehicle.server.lists[FENCE]
    assert not vehicle.server.lists[RALLY]


def note_type(types: list[str], _port: Port, message: Message) -> None:
    types.append(message.get_type())


def test_both_request_forms_are_answered_with_item_int() -> None:
    forms = set()
    for autopilot in AUTOPILOTS:
        vehicle = craft(autopilot)
        sent: list[str] = []
        loop = vehicle.world.loop()
        loop.taps.append(partial(note_type, sent))
        what = load(autopilot, points=20)
        assert upload_fleet([what], {"a": link_to(vehicle)}, loop=loop)[0].verified
        forms |= {name for name in sent if name in ("MISSION_REQUEST", "MISSION_REQUEST_INT")}
        assert "MISSION_ITEM" not in sent
    assert forms == {"MISSION_REQUEST", "MISSION_REQUEST_INT"}


def test_ardupilot_is_given_time_to_boot() -> None:
    vehicle = craft("ardupilot")
    vehicle.server._started_s = 1.5  # answers NO_SPACE for half a second from then
    result = upload(vehicle, load("ardupilot"))
    assert result.verified, result
    assert vehicle.world.now_s > 2


def test_650_items_are_ardupilots_limit_and_the_failure_says_so() -> None:
    assert upload(craft("ardupilot"), load("ardupilot", points=644)).verified
    vehicle = craft("ardupilot")
    result = upload(vehicle, load("ardupilot", points=645))
    assert not result.verified
    assert "651 items" in result.reason
    assert "no space" in result.reason
    assert "Only 650 items are supported" in result.reason
    assert not vehicle.server.lists[MISSION]


@pytest.mark.parametrize(
    ("autopilot", "lists", "words"),
    [
        ("ardupilot", {"fence": fence(71)}, "no space"),
        ("px4", {"fence": fence(68)}, "no space"),
        ("ardupilot", {"rally": rally() * 49}, "no space"),
        ("px4", {"rally": rally() * 46}, "no space"),
        ("ardupilot", {"fence": fence(5)[:4]}, "error"),
    ],
)
def test_budgets_and_rules_of_fence_and_rally_end_in_words(
    autopilot: str, lists: dict[str, Any], words: str
) -> None:
    vehicle = craft(autopilot)
    result = upload(vehicle, load(autopilot, **lists))
    assert result.state == "failed"
    assert words in result.reason
    assert "mission is the old one" in result.holds


def test_fences_within_the_budget_pass() -> None:
    assert upload(craft("ardupilot"), load("ardupilot", fence=fence(68))).verified
    assert upload(craft("px4"), load("px4", fence=fence(60), rally=rally() * 10)).verified


@pytest.mark.parametrize(
    ("autopilot", "wrong", "words"),
    [
        ("px4", item(178, 3, (1.0, 5.0, -1.0, 0.0)), "command not supported"),
        ("px4", waypoint(47.0, 8.0, frame=11), "frame not supported"),
        ("ardupilot", item(195, 3, lat=47.0, lon=8.0), "command not supported"),
        ("ardupilot", item(197), "command not supported"),
        ("ardupilot", waypoint(120.0, 8.0), "latitude"),
        ("ardupilot", item(178, 2, (math.nan, 5.0, -1.0, 0.0)), "parameter 1"),
    ],
)
def test_a_refused_item_is_named_with_its_reason(
    autopilot: str, wrong: MissionItem, words: str
) -> None:
    what = load(autopilot)
    at = 4
    what = dataclasses.replace(what, mission=(*what.mission[:at], wrong, *what.mission[at:]))
    vehicle = craft(autopilot)
    result = upload(vehicle, what)
    assert result.state == "failed"
    assert result.item == at
    assert f"mission item {at}" in result.reason
    assert words in result.reason
    assert "\n" not in str(result)
    assert not vehicle.server.lists[MISSION]


def test_px4_keeps_its_old_mission_and_ardupilots_mixture_is_cleared() -> None:
    for autopilot, wrong, kept, words in (
        ("px4", item(178, 3), True, "keeps the mission"),
        ("ardupilot", item(197), False, "cleared"),
    ):
        vehicle = craft(autopilot)
        old = load(autopilot, points=9)
        assert upload(vehicle, old).verified
        vehicle.wire.alive = True
        spoiled = (*mission(autopilot)[:4], wrong)
        result = upload(vehicle, dataclasses.replace(old, mission=spoiled))
        assert result.state == "failed"
        assert words in result.holds
        assert bool(vehicle.server.lists[MISSION]) is kept
        assert not kept or holds_all_of(vehicle, old)


def test_nan_yaw_is_verified_on_both() -> None:
    for autopilot in AUTOPILOTS:
        lon, lat = START
        turned = item(16, 3, (0.0, 0.0, 0.0, math.nan), lat, lon, 50.0)
        what = load(autopilot)
        what = dataclasses.replace(what, mission=(*what.mission[:4], turned, *what.mission[4:]))
        assert upload(craft(autopilot), what).verified


def test_a_vehicle_that_stores_something_else_is_never_called_done() -> None:
    vehicle = craft("px4")
    keep = vehicle.server.personality.stored

    def spoil(message):
        stored = keep(message)
        if stored.command == 16 and stored.seq == 5:
            stored.x += 10
        return stored

    vehicle.server.personality = dataclasses.replace(vehicle.server.personality, stored=spoil)
    result = upload(vehicle, load())
    assert result.state == "failed"
    assert "item 5 (NAV_WAYPOINT): latitude" in result.reason
    assert "cleared" in result.holds
    assert not vehicle.server.lists[MISSION]


# -------------------------------------------------------------------------------------- guards


@pytest.mark.parametrize(
    ("others", "system", "words"),
    [
        ({"system": 2}, 1, "heard only system 2"),
        ({"type": dialect.MAV_TYPE_FIXED_WING}, 1, "fixed wing"),
        ({"position": (8.55, 47.41)}, 1, "m from its planned start"),
        ({"position": (0.0, 0.0)}, 1, "no position"),
        ({"armed": True}, 1, "armed"),
    ],
)
def test_the_wrong_vehicle_is_refused_before_anything_is_written(
    others: dict[str, Any], system: int, words: str
) -> None:
    vehicle = craft("px4", **others)
    result = upload(vehicle, load(system=system))
    assert result.state == "failed"
    assert words in result.reason
    assert result.holds == "nothing was written to it"
    assert not [m for m in vehicle.heard if m.get_type() in ("MISSION_COUNT", "MISSION_CLEAR_ALL")]


def test_the_wrong_autopilot_is_refused() -> None:
    result = upload(craft("ardupilot"), load("px4"))
    assert result.reason == "autopilot is ardupilot, the plan is for px4"


def test_guards_can_be_loosened() -> None:
    vehicle = craft("px4", position=(8.0, 47.0), armed=True, type=dialect.MAV_TYPE_FIXED_WING)
    loose = Guards(start_within_m=None, same_kind=False, disarmed=False)
    assert upload(vehicle, load(), guards=loose).verified


def test_two_vehicles_on_an_unnamed_link_are_not_guessed_between() -> None:
    world = World()
    vehicle = craft("px4", world=world)
    second = craft("px4", world=world, system=2)
    second.wire.from_vehicle = vehicle.wire.from_vehicle  # type: ignore[method-assign]
    result = upload(vehicle, load(system=None))
    assert "several vehicles" in result.reason
    assert not vehicle.heard


def test_an_unnamed_single_vehicle_is_taken() -> None:
    assert upload(craft("px4", system=7), load(system=None)).verified


def test_a_missing_link_and_a_silent_one_are_told_apart() -> None:
    vehicle = craft("px4")
    (result,) = upload_fleet([load()], {}, loop=vehicle.world.loop())
    assert "no link to a" in result.reason
    vehicle.wire.radio = Radio(drop=1.0)
    assert "no heartbeat" in upload(vehicle, load()).reason


def test_sharing_a_link_without_system_ids_is_refused() -> None:
    loop = World().loop()
    vehicle = craft("px4")
    loop = vehicle.world.loop()
    loop.open("a", link_to(vehicle), 1)
    with pytest.raises(LinkError, match="system_id"):
        loop.open("b", link_to(vehicle), 1)
