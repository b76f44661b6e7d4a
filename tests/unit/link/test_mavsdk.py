"""Against MAVSDK, which was written by others: as the vehicles, and as a second ground station."""

import dataclasses
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from mavsdk.mavsdk import Configuration, Mavsdk
from mavsdk.plugins.mission_raw import MissionRaw
from mavsdk.plugins.mission_raw.mission_raw import MissionItem as TheirItem
from mavsdk.plugins.mission_raw_server.mission_raw_server import MissionRawServer

from mcpp.link.download import compare_fleet, download_fleet
from mcpp.link.guard import Expected, Guards
from mcpp.link.personality import ARDUPILOT, PX4
from mcpp.link.sim_flight import Flight
from mcpp.link.sim_vehicle import SimVehicle
from mcpp.link.simulate import SimulatedFleet
from mcpp.link.upload import VehicleLoad, upload_fleet
from mcpp.link.wire import item_message
from mcpp.link.words import FENCE, MISSION
from tests.link_doubles import START, fence, free_port, load, mission, rally

ANYWHERE = Guards(start_within_m=None)


class Taken:
    """What a MAVSDK vehicle says that it was given; its callbacks may come after the ACK."""

    def __init__(self) -> None:
        self.lists: list[list[Any]] = []
        self._all = threading.Condition()

    def __call__(self, result: Any, plan: Any, _: Any = None) -> None:
        with self._all:
            self.lists.append(plan.mission_items)
            self._all.notify_all()

    def wait(self, number: int) -> list[list[Any]]:
        with self._all:
            assert self._all.wait_for(lambda: len(self.lists) >= number, 5.0), self.lists
            return self.lists


@contextmanager
def mavsdk_vehicle(system: int, url: str) -> Iterator[Taken]:
    peer = Mavsdk(Configuration.create_manual(system, 1, True))
    taken = Taken()
    server = MissionRawServer(peer.server_component())
    server.subscribe_incoming_mission(taken)
    try:
        assert peer.add_any_connection(url) == 0
        yield taken
    finally:
        server.destroy()
        peer.destroy()


def generic(uav: str, system: int | None, points: int) -> VehicleLoad:
    expected = Expected(kind="multirotor", autopilot="generic")
    return dataclasses.replace(
        load(uav=uav, system=system, points=points, fence=fence(60)), expected=expected
    )


@pytest.mark.parametrize("kind", ["udp", "tcp"])
def test_five_mavsdk_vehicles_take_everything_and_give_it_back(kind: str) -> None:
    ports = [free_port() for _ in range(5)]
    ours = "udpout" if kind == "udp" else "tcp"
    links = {f"u{i}": f"{ours}:127.0.0.1:{port}" for i, port in enumerate(ports)}
    loads = [generic(f"u{i}", i + 1, 40 + i) for i in range(5)]
    with ExitStack() as stack:
        taken = [
            stack.enter_context(mavsdk_vehicle(i + 1, f"{kind}in://127.0.0.1:{port}"))
            for i, port in enumerate(ports)
        ]
        results = upload_fleet(loads, links, guards=ANYWHERE)
        assert [str(r) for r in results if not r.verified] == []
        for i, what in enumerate(loads):
            lists = taken[i].wait(3)
            theirs = lists[-1]
            assert len(theirs) == len(what.mission)
            for item, found in zip(what.mission, theirs, strict=True):
                assert (item.command, item.frame) == (found.command, found.frame)
                if item.frame != 2:
                    assert found.x == round(item.lat_deg * 1e7)
                    assert found.y == round(item.lon_deg * 1e7)
        found = download_fleet(links, {load.uav: load.system_id for load in loads})
        assert not any(compare_fleet(loads, found).values())


def test_listening_for_a_vehicle_that_speaks_first_works_too() -> None:
    port = free_port()
    with mavsdk_vehicle(9, f"udpout://127.0.0.1:{port}"):
        (result,) = upload_fleet(
            [generic("a", None, 10)], {"a": f"udp:127.0.0.1:{port}"}, guards=ANYWHERE
        )
        assert result.verified, result


def their_item(message: Any) -> TheirItem:
    names = ("seq", "frame", "command", "autocontinue", "x", "y", "z", "mission_type")
    values = {name: getattr(message, name) for name in names}
    params = {f"param{i}": getattr(message, f"param{i}") for i in range(1, 5)}
    return TheirItem(current=int(message.seq == 0), **values, **params)


def as_theirs(items: tuple[Any, ...], kind: int) -> list[TheirItem]:
    return [their_item(item_message(item, seq, kind, (1, 1))) for seq, item in enumerate(items)]


@pytest.mark.parametrize("rules", [PX4, ARDUPILOT], ids=["px4", "ardupilot"])
def test_mavsdk_as_ground_station_uploads_to_a_simulated_vehicle_and_reads_it_back(
    rules: Any,
) -> None:
    port = free_port()
    vehicle = SimVehicle("a", 1, rules, Flight(home_lon_lat_deg=START))
    peer = Mavsdk(Configuration.create_manual(245, 190, True))
    items = mission(rules.autopilot, points=30)
    try:
        assert peer.add_any_connection(f"udpin://127.0.0.1:{port}") == 0
        with SimulatedFleet([vehicle], {"a": f"udp:127.0.0.1:{port}"}):
            system = peer.first_autopilot(5.0)
            assert system is not None
            raw = MissionRaw(system)
            raw.upload_mission(as_theirs(items, MISSION))
            raw.upload_geofence(as_theirs(fence(12), FENCE))
            assert len(vehicle.server.lists[MISSION]) == len(items)
            assert len(vehicle.server.lists[FENCE]) == 12
            first = 1 if rules.keeps_home else 0
            read = list(raw.download_mission())
            assert [i.command for i in read] == [i.command for i in items]
            wanted = [round(i.lat_deg * 1e7) for i in items if i.frame != 2]
            found = [i.x for i, ours in zip(read, items, strict=True) if ours.frame != 2]
            assert found[first:] == wanted[first:]
            raw.destroy()
    finally:
        peer.destroy()


def test_rally_points_pass_between_us_and_a_mavsdk_vehicle() -> None:
    port = free_port()
    what = dataclasses.replace(generic("a", 3, 2), rally=rally() * 3)
    with mavsdk_vehicle(3, f"udpin://127.0.0.1:{port}"):
        links = {"a": f"udpout:127.0.0.1:{port}"}
        assert upload_fleet([what], links, guards=ANYWHERE)[0].verified
        (found,) = download_fleet(links, {"a": 3})
        assert len(found.rally) == 3
