"""`mcpp resume`, as a crew types it after a flight was broken off."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from click.testing import CliRunner

from mcpp.api import plan as make_plan, recheck
from mcpp.cli.main import cli
from mcpp.export.plan_lint import lint_plan
from mcpp.flight.resume import resumed_plan
from mcpp.io.mission import read_mission
from mcpp.io.plan import read_plan
from mcpp.model import LegKind, Plan
from tests.plans import good_plan

SAMPLES = Path(__file__).resolve().parents[3] / "assets" / "samples"
SAMPLE = SAMPLES / "three-uavs.json"


def run(*args):
    return CliRunner().invoke(cli, ["-q", *map(str, args)])


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planned") / "out"
    result = run("plan", SAMPLE, "-o", folder, "--planner", "darp-stc")
    assert result.exit_code == 0, result.output
    return folder / "plan.json"


def surveyed(plan: Plan, uav: int, first: int = 0) -> shapely.Geometry:
    """Survey legs of a UAV, those of its first sortie from a point on."""
    return shapely.union_all(
        [
            shapely.LineString(sortie.xyz_m[i : i + 2, :2])
            for sortie in plan.sorties
            if sortie.uav == uav
            for i in np.flatnonzero(sortie.kind == LegKind.SURVEY)
            if i >= first
        ]
    )


@pytest.mark.parametrize("part", [0.0, 0.35, 0.9])
def test_the_rest_is_a_valid_plan_that_surveys_what_was_left(planned, tmp_path, part):
    plan = read_plan(planned)
    sortie = next(s for s in plan.sorties if plan.problem.vehicles[s.uav].id == "west")
    work = np.flatnonzero(sortie.kind == LegKind.SURVEY)
    point = int(work[int(part * len(work))])
    result = run("resume", planned, "--uav", "west", "--waypoint", point, "-o", tmp_path / "r")
    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "r").iterdir()} == {
        "plan.json", "README.txt", "routes.geojson", "report.html", "west.plan", "west.waypoints",
    }  # fmt: skip
    rest = read_plan(tmp_path / "r" / "plan.json")
    assert recheck(rest).report.safe
    assert lint_plan(rest) == []
    assert {s.uav for s in rest.sorties} == {sortie.uav}
    assert rest.sorties[0].time_s[0] == 0.0
    left, found = surveyed(plan, sortie.uav, point), surveyed(rest, sortie.uav)
    assert left.difference(found.buffer(0.01)).length < 0.1
    assert found.length == pytest.approx(left.length, rel=1e-6)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--uav", "south", "--waypoint", 3], "there is no UAV 'south'"),
        (["--uav", "west", "--waypoint", 100_000], "waypoint_index: 100000 is outside"),
        (["--uav", "west", "--waypoint", 3, "--sortie", 7], "west has no sortie 7"),
    ],
)
def test_a_wrong_option_is_one_line_and_writes_nothing(planned, tmp_path, options, words):
    result = run("resume", planned, *options, "-o", tmp_path / "r")
    assert result.exit_code == 1
    assert words in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert not (tmp_path / "r").exists()


def test_a_plan_of_several_regions_is_resumed_for_one_uav_alone():
    plan = resumed_plan(good_plan(), "two", 20)
    assert [len(route.xy_m) > 0 for route in plan.solution.routes] == [False, True]
    assert recheck(plan).report.safe


@pytest.mark.parametrize("name", ["tower-orbit", "wall-facade", "yard-perimeter"])
def test_what_is_left_past_a_structure_is_flown_at_its_heights(name):
    whole = make_plan(read_mission(SAMPLES / f"{name}.json"))
    uav = whole.mission.uavs[0].id
    flown = next(s for s in whole.sorties if s.uav == 0)
    half = len(flown.xyz_m) // 2
    rest = recheck(resumed_plan(whole, uav, half))
    assert [f.message for f in rest.report.findings if f.level == "error"] == []
    left = {tuple(p) for p in np.round(flown.xyz_m[half:], 1) if p[2] > 0}
    (again,) = rest.sorties
    work = np.flatnonzero(again.kind == LegKind.SURVEY)
    ends = {tuple(p) for p in np.round(again.xyz_m[work[0] : work[-1] + 2], 1)}
    assert ends <= left
    assert len({z for *_, z in ends}) > (0 if name == "yard-perimeter" else 1)
