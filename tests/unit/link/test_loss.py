"""Uploads over bad radios, to dying vehicles, and stopped midway: never called done when half."""

import pytest

from mcpp.link.diff import differences
from mcpp.link.transfer import NullTransferObserver
from mcpp.link.upload import UploadResult, VehicleLoad, upload_fleet
from mcpp.link.words import MISSION
from tests.benchmarks.radio import measure
from tests.link_doubles import (
    AUTOPILOTS,
    Craft,
    Radio,
    World,
    craft,
    fence,
    held,
    holds_all_of,
    link_to,
    load,
    mission,
    upload,
)


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
@pytest.mark.parametrize(
    "radio",
    [
        Radio(repeat=0.3),
        Radio(delay_s=0.2),
        Radio(reorder=0.3, repeat=0.2),
        Radio(drop=0.1, repeat=0.1, delay_s=0.05, reorder=0.1),
    ],
)
def test_a_bad_radio_is_coped_with(autopilot: str, radio: Radio) -> None:
    vehicle = craft(autopilot, radio=radio)
    what = load(autopilot, points=40)
    result = upload(vehicle, what)
    assert result.verified, result
    assert holds_all_of(vehicle, what)


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_uploads_at_thirty_percent_loss_end_verified_or_in_words(autopilot: str) -> None:
    verified = 0
    for seed in range(50):  # 100 with the other autopilot
        vehicle = craft(autopilot, world=World(seed), radio=Radio(drop=0.3, delay_s=0.03))
        what = load(autopilot, points=20)
        result = upload(vehicle, what)
        verified += result.verified
        if result.verified:
            assert holds_all_of(vehicle, what)
        else:
            assert result.reason
            assert result.holds
    assert verified >= 48


def states(autopilot: str, dies: int) -> tuple[UploadResult, Craft, VehicleLoad, VehicleLoad]:
    vehicle = craft(autopilot)
    old, new = load(autopilot, points=2), load(autopilot, points=4)
    assert upload(vehicle, old).verified
    vehicle.wire.alive = True
    vehicle.heard.clear()
    vehicle.die_after = dies
    return upload(vehicle, new), vehicle, old, new


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_a_link_that_dies_at_any_message_leaves_a_state_that_is_told(autopilot: str) -> None:
    last = None
    for dies in range(200):
        result, vehicle, old, new = states(autopilot, dies)
        if result.verified:
            last = dies
            break
        assert result.state == "failed"
        if result.holds == "nothing was written to it":
            continue
        assert "link lost" in result.reason or "no answer" in result.reason
        found = held(vehicle, MISSION)
        is_old = not differences(old.mission, found, autopilot=vehicle.rules.autopilot)
        is_new = not differences(new.mission, found, autopilot=vehicle.rules.autopilot)
        if autopilot == "px4":
            assert is_old or is_new
        if "mission is the old one" in result.holds or "keeps the mission" in result.holds:
            assert is_old
        elif "holds the new" in result.holds:
            assert is_new
        else:
            assert "may be a mixture" in result.holds or "its old or the new" in result.holds
    assert last is not None
    assert last > 2 * len(load(autopilot, points=4).mission)


class StopAt(NullTransferObserver):
    def __init__(self, stage: str, done: int) -> None:
        self.at, self.stop, self.vehicle_done = (stage, done), False, False

    def on_transfer(self, uav: str, stage: str, done: int, total: int) -> None:
        self.stop = self.stop or (stage == self.at[0] and done >= self.at[1])

    def should_stop(self) -> bool:
        return self.stop


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_stopping_at_any_item_tidies_up(autopilot: str) -> None:
    items = len(mission(autopilot))
    for done in range(6, 5 + items):
        vehicle = craft(autopilot)
        result = upload(vehicle, load(autopilot), observer=StopAt("mission", 5 + done))
        assert result.state in ("cancelled", "verified")
        if result.state == "cancelled":
            assert "stopped by the user" in result.reason
            assert not vehicle.server.lists[MISSION]
            assert vehicle.server._taking is None


def test_a_fleet_is_uploaded_side_by_side_and_one_failure_stops_no_other() -> None:
    world = World()
    fleet = [craft("px4", world=world, system=number) for number in (1, 2, 3)]
    fleet[1].wire.radio = Radio(drop=1.0)
    loads = [load(uav=f"u{v.system}", system=v.system, points=30) for v in fleet]
    links = {f"u{v.system}": link_to(v) for v in fleet}
    results = upload_fleet(loads, links, loop=world.loop())
    assert [result.verified for result in results] == [True, False, True]


def test_signed_links_need_the_right_key() -> None:
    right, wrong = bytes(range(32)), bytes(32)
    assert upload(craft("px4", key=right), load(), key=right).verified
    assert "no heartbeat" in upload(craft("px4", key=right), load(), key=wrong).reason
    assert "no heartbeat" in upload(craft("px4"), load(), key=right).reason


@pytest.mark.parametrize("key", [None, bytes(range(32))], ids=["plain", "signed"])
def test_a_fleet_is_uploaded_at_thirty_percent_loss_and_half_a_second_of_delay(
    key: bytes | None,
) -> None:
    """`tests.benchmarks.radio` gives the figures of twenty vehicles."""
    figures = measure(4, 12, Radio(drop=0.3, delay_s=0.5), key=key)
    assert figures.verified == 4


@pytest.mark.slow
def test_twenty_vehicles_of_500_items_are_verified_with_no_message_more_than_it_takes() -> None:
    world = World()
    kinds = ["ardupilot" if number % 2 else "px4" for number in range(1, 21)]
    fleet = [craft(kind, world=world, system=i) for i, kind in enumerate(kinds, start=1)]
    world.now_s = 1.0  # all have booted
    loads = [
        load(kind, uav=f"u{i}", system=i, points=494 if i % 2 else 495, fence=fence(60))
        for i, kind in enumerate(kinds, start=1)
    ]
    assert {len(what.mission) for what in loads} == {500}
    links = {what.uav: link_to(vehicle) for what, vehicle in zip(loads, fleet, strict=True)}
    results = upload_fleet(loads, links, loop=world.loop())
    assert [str(result) for result in results if not result.verified] == []
    assert all(holds_all_of(v, what) for v, what in zip(fleet, loads, strict=True))
    # each of the three lists: its count and items, then list request, item requests and last word
    lists = (500, 60, 1)
    assert {len(v.heard) for v in fleet} == {sum(1 + n + 1 + n + 1 for n in lists)}
