"""The judge, which shares no code with mcpp: it passes a plan, and faults each thing gone wrong."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mcpp.api import plan, read_source, write_outputs
from mcpp.io.mission import mission_from_json
from tests.judge.clocks import PROFILE_S, Clock, clocked, set_to_plan
from tests.judge.damage import digest_of, file_of, tampered
from tests.judge.flying import Flown, fly
from tests.judge.fuzz import model_plan, refusal
from tests.judge.missions import mission_of
from tests.judge.verdict import judge


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = tmp_path_factory.mktemp("judge")
    model_plan(room)
    return room / "model"


def test_a_plan_as_written_has_no_fault(folder: Path) -> None:
    assert judge(folder) == []
    value = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    assert value["digest"] == digest_of(value)


def changed(folder: Path, to: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """A copy of a plan's folder with each .plan file changed."""
    to.mkdir()
    (to / "plan.json").write_bytes((folder / "plan.json").read_bytes())
    for path in folder.glob("*.plan"):
        document = json.loads(path.read_text(encoding="utf-8"))
        change(document)
        (to / path.name).write_text(json.dumps(document), encoding="utf-8")
    return to


def waypoints(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for item in document["mission"]["items"] if item["command"] == 16]


def higher(document: dict[str, Any]) -> None:
    waypoints(document)[2]["params"][6] = 400.0


def away(document: dict[str, Any]) -> None:
    waypoints(document)[3]["params"][4] += 0.004


def through_the_mast(document: dict[str, Any]) -> None:
    waypoints(document)[3]["params"][4:6] = [39.601, 22.5015]


def shorter(document: dict[str, Any]) -> None:
    del document["mission"]["items"][8:-4]


def unfenced(document: dict[str, Any]) -> None:
    document["geoFence"]["circles"] = []
    document["geoFence"]["polygons"] = document["geoFence"]["polygons"][:1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (higher, "400 m high"),
        (away, "outside the area"),
        (through_the_mast, "in a zone"),
        (shorter, "within reach"),
        (unfenced, "is not fenced"),
    ],
)
def test_what_goes_wrong_in_the_files_is_faulted(folder, tmp_path, change, said) -> None:
    faults = judge(changed(folder, tmp_path / "changed", change))
    assert any(said in fault for fault in faults), faults


def test_vehicles_sent_off_at_once_from_near_places_are_faulted(shared_dir, tmp_path) -> None:
    """The worst case of old: started together, as none of its files forbids."""
    mission = read_source(shared_dir / "cases" / "separation_default_settings.json")
    write_outputs(plan(mission), tmp_path / "out")
    assert judge(tmp_path / "out") == []

    def at_once(document: dict[str, Any]) -> None:
        document["mcpp"]["takeOffAfterS"] = 0.0

    faults = judge(changed(tmp_path / "out", tmp_path / "changed", at_once))
    assert any("m apart at" in fault for fault in faults)


def test_a_flight_passes_its_corners_when_the_plan_says_and_is_no_earlier_than_it_bears() -> None:
    """8 m up, 40 m on and 8 m down; by the plan it stands 14 s before it lands, as PX4 does."""
    corners = np.array([(0, 0, 0), (0, 0, 8), (40, 0, 8), (40, 0, 0)], dtype=float)
    times, places, corner_s = fly(corners, [4.0, 4.0, 4.0], 7.0)
    one = Flown(
        uav="a", sortie=1, begin_s=100.0, corners_m=corners, corner_s=corner_s,
        times_s=times, places_m=places, fence={},
    )  # fmt: skip
    plan_s = np.array([0.0, 12.0, 12.0 + 12.0 + 14.0, 60.0])
    set_to_plan(one, plan_s)
    assert one.at(plan_s) == pytest.approx(corners, abs=1e-6)
    assert one.at(np.array([30.0]))[0] == pytest.approx((40.0, 0.0, 8.0))  # it waits
    clock = Clock(part=0.05, least_s=7.0, since_first_s=400.0)
    when, _ = clocked(one, clock, np.array([-1.0]))
    assert when[0] == 100.0  # none takes off early
    assert when[-1] == pytest.approx(100 + 60.0 - 7.0)
    when, _ = clocked(one, clock, np.array([1.0]))
    assert when[0] == pytest.approx(100 + 0.05 * 400 - PROFILE_S)  # a sortie after a late one


def test_a_plan_whose_clock_no_model_of_the_whole_flight_could_set_is_kept_apart(tmp_path) -> None:
    """Mission 17: PX4 stands 14 s before its landing; spread over its way, that was a fault."""
    _, mission = mission_of(17)
    (tmp_path / "mission.json").write_text(json.dumps(mission), encoding="utf-8")
    write_outputs(plan(read_source(tmp_path / "mission.json")), tmp_path / "out")
    assert judge(tmp_path / "out") == []


@pytest.mark.parametrize("seed", [3078, 3100, 3129])
def test_ground_cut_in_the_middle_of_a_row_overlaps_nowhere(seed) -> None:
    """GEOS took regions that meet along an edge for two that share the whole of one."""
    kind, value = mission_of(seed)
    found = plan(mission_from_json(value))
    assert found.report.safe, kind
    assert sum(r.area for r in found.solution.regions) == pytest.approx(found.problem.target.area)


def test_missions_and_damage_follow_from_their_seeds(folder: Path) -> None:
    text = (folder / "plan.json").read_text(encoding="utf-8")
    for seed in range(20):
        assert mission_of(seed) == mission_of(seed)
        assert file_of(seed, text) == file_of(seed, text)
    kind, value = tampered(json.loads(text), 3)
    assert (kind, json.dumps(value)) == (kind, json.dumps(tampered(json.loads(text), 3)[1]))


def test_refusals_of_one_kind_count_as_one() -> None:
    one, other = refusal("uavs[3].id: 'x y' is 4.5 m"), refusal("uavs[12].id: 'z' is 7 m")
    assert one == other
