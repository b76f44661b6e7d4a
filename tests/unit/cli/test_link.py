"""The commands that speak to vehicles, as a user types them, against the simulated fleet."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from shapely.geometry import box

from mcpp.cli.main import cli
from mcpp.errors import InputError
from mcpp.io.mission import write_mission
from mcpp.io.plan import read_plan
from mcpp.link.fleet import LinkChoice, fleet_links, fleet_loads
from mcpp.link.simulate import SimulatedFleet, simulated_vehicles
from mcpp.link.words import MISSION
from mcpp.model import AreaPart, Mission, Uav
from tests.link_doubles import free_port
from tests.strategies import ring_lon_lat_deg

MISSION_OF_TWO = Mission(
    area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 240, 160))),),
    uavs=(
        Uav(id="one", start_lon_lat_deg=ring_lon_lat_deg(box(20, 20, 30, 30))[0]),
        Uav(id="two", start_lon_lat_deg=ring_lon_lat_deg(box(200, 20, 210, 30))[0]),
    ),
    scan_distance_m=20,
)


def run(*args: object, **options: Any) -> Result:
    return CliRunner().invoke(cli, ["-q", *map(str, args)], **options)


@pytest.fixture(scope="module")
def plan_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fleet")
    write_mission(folder / "mission.json", MISSION_OF_TWO)
    result = run("plan", folder / "mission.json", "-o", folder / "out", "--planner", "darp-stc")
    assert result.exit_code == 0, result.output
    return folder / "out" / "plan.json"


@pytest.fixture
def link() -> str:
    return f"udp:127.0.0.1:{free_port()}"


@contextmanager
def simulated(plan_file: Path, link: str, *, speedup: float = 1.0) -> Iterator[SimulatedFleet]:
    plan = read_plan(plan_file)
    ids = {uav.id: number for number, uav in enumerate(plan.mission.uavs, 1)}
    vehicles = simulated_vehicles(plan, speedup=speedup, system_ids=ids)
    with SimulatedFleet(vehicles, dict.fromkeys(ids, link)) as fleet:
        yield fleet


def test_the_whole_job_from_plan_to_flown_coverage(
    plan_file: Path, link: str, tmp_path: Path
) -> None:
    flown, log = tmp_path / "flown.geojson", tmp_path / "flight.tlog"
    options = ("--link", link, "--speedup", 150, "-o", flown, "--until-landed", "--for", 120)
    command = [sys.executable, "-m", "mcpp", "simulate", plan_file, *options]
    with subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE, text=True) as fleet:
        assert fleet.stderr is not None
        assert "simulated ardupilot" in fleet.stderr.readline()  # it is up
        before = run("diff", plan_file, "--link", link)
        assert before.exit_code == 1
        assert "items planned, 0 on the vehicle" in before.output
        upload = run("upload", plan_file, "--link", link)
        assert upload.exit_code == 0, upload.output
        assert upload.stdout.count("read back and found as planned") == 2
        after = run("diff", plan_file, "--link", link)
        assert (after.exit_code, after.output) == (0, "one: as planned\ntwo: as planned\n")
        fly = run("fly", plan_file, "--link", link, "--log", log, input="")
        assert fly.exit_code == 0, fly.output
        assert fly.stdout.count(": done, ") == 2
        assert fleet.wait(60) == 0
    assert log.stat().st_size > 1000
    features = json.loads(flown.read_text())["features"]
    for feature in features:
        properties = feature["properties"]
        assert properties["reached"] == list(range(1, properties["items"]))
    mission_file = plan_file.parent.parent / "mission.json"
    measured = run("evaluate", mission_file, flown, "--json")
    assert json.loads(measured.stdout)["fleet"]["coverage_percent"] > 98


def test_download_gives_json_with_and_without_a_plan(plan_file: Path, link: str) -> None:
    with simulated(plan_file, link):
        assert run("upload", plan_file, "--link", link, "--only", "two").exit_code == 0
        result = run("download", plan_file, "--link", link)
        assert result.exit_code == 0, result.output
        found = json.loads(result.stdout)
        assert found["one"]["mission"] == []
        assert found["two"]["mission"][-1]["name"] == "NAV_RETURN_TO_LAUNCH"
        alone = run("download", "--uav", f"x={link}@2")
        assert json.loads(alone.stdout)["x"] == found["two"]


def test_watch_prints_events_and_ends(plan_file: Path, link: str) -> None:
    with simulated(plan_file, link, speedup=50) as fleet:
        assert run("upload", plan_file, "--link", link).exit_code == 0
        for vehicle in fleet.vehicles:
            vehicle.flight.change("mission")
            vehicle.flight.armed = True
        result = run("watch", plan_file, "--link", link, "--for", 2)
    assert result.exit_code == 0, result.output
    assert "one: item reached" in result.stdout


def test_upload_to_the_wrong_place_fails_with_a_line_and_a_status(
    plan_file: Path, link: str
) -> None:
    with simulated(plan_file, link) as fleet:
        fleet.vehicles[1].flight.body.position = (900.0, 0.0, 0.0)
        result = run("upload", plan_file, "--link", link)
        assert result.exit_code == 1
        assert "one: " in result.stdout
        assert "two: failed: vehicle is 900 m" in result.stderr
        assert not fleet.vehicles[1].server.lists[MISSION]
        assert run("upload", plan_file, "--link", link, "--any-place").exit_code == 0


def test_unreachable_links_fail_at_once(plan_file: Path) -> None:
    link = f"tcp:127.0.0.1:{free_port()}"
    result = run("upload", plan_file, "--uav", f"one={link}", "--only", "one", "--json")
    assert result.exit_code == 1
    (value,) = json.loads(result.stdout)
    assert value["state"] == "failed"
    assert "refused" in value["reason"]
    assert value["holds"] == "nothing was written to it"


def test_what_may_be_real_needs_arm_and_the_typed_word(
    plan_file: Path, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mcpp.link.sim_telemetry.SIMULATED_MARK", b"")
    args = ("fly", plan_file, "--link", link, "--only", "two")
    with simulated(plan_file, link, speedup=150) as fleet:
        assert run("upload", plan_file, "--link", link).exit_code == 0
        refused = run(*args, input="")
        assert refused.exit_code == 1
        assert "give --arm" in refused.stderr
        mistyped = run(*args, "--arm", input="yes\n")
        assert mistyped.exit_code == 1
        assert "nothing was armed" in mistyped.stderr
        assert not any(vehicle.flight.track for vehicle in fleet.vehicles)
        flown = run(*args, "--arm", input="ARM 1\n")
        assert flown.exit_code == 0, flown.output
        assert [bool(vehicle.flight.track) for vehicle in fleet.vehicles] == [False, True]


def test_orders_reach_the_flying_vehicles(plan_file: Path, link: str) -> None:
    with simulated(plan_file, link, speedup=5) as fleet:
        assert run("upload", plan_file, "--link", link).exit_code == 0
        one, two = (vehicle.flight for vehicle in fleet.vehicles)
        for flight in (one, two):
            flight.change("mission")
            flight.armed = True
        while not (one.height_m > 1 and two.height_m > 1):  # held on the ground it would disarm
            time.sleep(0.05)
        result = run("fly", plan_file, "--link", link, "--order", "pause", "--only", "one")
        assert result.exit_code == 0, result.output
        assert (one.purpose, two.purpose) == ("hold", "mission")
        called = run("fly", plan_file, "--link", link, "--order", "return")
        assert called.exit_code == 0, called.output
        assert called.stdout.count("return accepted") == 2
        for flight in (
            one,
            two,
        ):  # on the way home of the mission, or in a short mission of its own
            left = {item.command for item in flight.items[flight.item :]}
            assert flight.purpose == "mission"
            assert 206 not in left
        assert run("fly", plan_file, "--link", link, "--order", "rtl").exit_code == 0
        assert (one.purpose, two.purpose) == ("return", "return")


def test_preflight_failures_keep_all_on_the_ground(plan_file: Path, link: str) -> None:
    with simulated(plan_file, link) as fleet:
        assert run("upload", plan_file, "--link", link).exit_code == 0
        fleet.vehicles[0].flight.used_s = 1e6
        result = run("fly", plan_file, "--link", link, input="")
        assert result.exit_code == 1
        assert "one: NOT ready: battery" in result.stderr
        assert not any(vehicle.flight.armed for vehicle in fleet.vehicles)


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)]
)
def test_a_signal_midway_clears_the_half_written_mission(
    plan_file: Path, link: str, number: signal.Signals
) -> None:
    with simulated(plan_file, link) as fleet:
        for vehicle in fleet.vehicles:
            answer = vehicle.receive

            def slowly(message: Any, now_s: float, answer: Any = answer) -> Any:
                if message.get_type() == "MISSION_ITEM_INT":
                    time.sleep(0.05)
                return answer(message, now_s)

            vehicle.receive = slowly  # type: ignore[method-assign]
        command = [sys.executable, "-m", "mcpp", "-q", "upload", str(plan_file), "--link", link]
        program = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 20
        while not all(len(v.server.lists[MISSION]) > 2 for v in fleet.vehicles):
            if time.monotonic() > deadline:
                program.kill()
                pytest.fail(str(program.communicate()))
            time.sleep(0.01)
        program.send_signal(number)
        _, words = program.communicate(timeout=20)
        assert program.returncode == 130
        assert words.count("cancelled: stopped by the user; its mission was cleared") == 2
        assert all(not vehicle.server.lists[MISSION] for vehicle in fleet.vehicles)


def test_links_come_from_the_option_then_the_mission_then_the_common_one(plan_file: Path) -> None:
    plan = read_plan(plan_file)
    assert fleet_links(plan, {}) == {
        "one": LinkChoice("udp:127.0.0.1:14550", 1),
        "two": LinkChoice("udp:127.0.0.1:14550", 2),
    }
    own = fleet_links(plan, {"two": "tcp::5770"}, common="udp::14560")
    assert own == {"one": LinkChoice("udp::14560"), "two": LinkChoice("tcp::5770")}
    with pytest.raises(InputError, match="no such UAV"):
        fleet_links(plan, {"zed": "tcp::5770"})
    with pytest.raises(InputError, match="each its own"):
        fleet_links(plan, {"one": "udp::14550@2", "two": "udp::14550@2"})
    with pytest.raises(InputError, match="sortie 9"):
        fleet_loads(plan, own, sortie=9)
