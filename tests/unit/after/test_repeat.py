"""The same lines and overlaps, months later."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from mcpp.after.planned import planned_photos
from mcpp.after.repeat import Exchange, repeat
from mcpp.cli.main import cli
from mcpp.errors import InfeasibleError, InputError
from mcpp.io.plan import plan_to_json, read_plan
from mcpp.model import LegKind, Plan
from tests.flown import surveyed

PLAN = surveyed()


def _survey_points(plan: Plan) -> np.ndarray:
    return np.vstack([s.xyz_m[:-1, :2][s.kind == LegKind.SURVEY] for s in plan.sorties])


def test_the_same_fleet_flies_the_same():
    again, changes = repeat(PLAN)
    assert changes == ()
    assert again.report.safe
    assert np.allclose(_survey_points(again), _survey_points(PLAN))
    assert np.allclose(planned_photos(again).xyz_m, planned_photos(PLAN).xyz_m)


def test_another_camera_flies_where_its_lines_overlap_as_before():
    again, changes = repeat(PLAN, {"uav1": Exchange(camera="DJI Mavic 3E wide")})
    assert np.allclose(_survey_points(again), _survey_points(PLAN))
    vehicle, before = again.problem.vehicles[0], PLAN.problem.vehicles[0]
    across_m = vehicle.height_m * 17.3 / 12.3
    assert 1 - vehicle.spacing_m / across_m == pytest.approx(0.7)
    assert vehicle.height_m == pytest.approx(60.0 * (13.2 / 8.8) / (17.3 / 12.3))
    along_m = across_m * 3956 / 5280
    assert vehicle.trigger_distance_m == pytest.approx(0.25 * along_m, rel=0.01)
    told = {change.what: change for change in changes}
    assert {"camera", "height", "pixel", "photos every"} <= set(told)
    assert told["height"].before == "60.0 m"
    assert told["pixel"].after == f"{100 * (vehicle.gsd_m or 0):.2f} cm"
    assert again.problem.vehicles[1].height_m == before.height_m
    assert all(change.uav == "uav1" for change in changes)


def test_a_camera_that_would_have_to_fly_too_high_is_refused():
    with pytest.raises(InfeasibleError, match="max_height_m"):
        repeat(PLAN, {"uav1": Exchange(camera="DJI Zenmuse P1 50 mm")})


def test_another_aircraft_flies_the_same_lines_in_its_own_time():
    again, changes = repeat(PLAN, {"uav2": Exchange(aircraft="dji-mavic-3e")})
    assert np.allclose(_survey_points(again), _survey_points(PLAN))
    assert "aircraft" in {change.what for change in changes}


def test_unknown_names_are_refused():
    with pytest.raises(InputError, match="no UAV 'uav9'"):
        repeat(PLAN, {"uav9": Exchange(batteries=2)})
    with pytest.raises(InputError, match="no camera"):
        repeat(PLAN, {"uav1": Exchange(camera="Box Brownie")})


def test_the_command_lists_what_differs(tmp_path: Path):
    plan_file = tmp_path / "plan.json"
    plan_file.write_text(plan_to_json(PLAN), encoding="utf-8")
    out = tmp_path / "again"
    camera = "all=DJI Mavic 3E wide"
    done = CliRunner().invoke(
        cli, ["-q", "repeat", str(plan_file), "-o", str(out), "--camera", camera]
    )
    assert done.exit_code == 0, done.output
    assert "photos every" in done.output
    again = read_plan(out / "plan.json")
    assert {uav.camera for uav in again.mission.uavs} == {"DJI Mavic 3E wide"}
