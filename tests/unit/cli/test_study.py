"""`mcpp study`, as a user types it."""

import csv
import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from shapely.geometry import box

from mcpp.cli.main import cli
from mcpp.io.mission import read_mission, write_mission
from mcpp.model import AreaPart, Mission, PlannerChoice, Uav
from tests.strategies import ring_lon_lat_deg


def run(*args):
    return CliRunner().invoke(cli, ["-q", "study", *map(str, args)])


@pytest.fixture(scope="module")
def mission_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("study") / "mission.json"
    mission = Mission(
        area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 160, 120))),),
        uavs=(Uav(id="a"),),
        scan_distance_m=20,
        planner=PlannerChoice(name="darp-stc", params={"placement.steps": 100}),
    )
    write_mission(path, mission)
    return path


@pytest.fixture(scope="module")
def studied(mission_file, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    result = run(mission_file, "--uavs", "1..3", "--workers", 1, "-o", folder)
    assert result.exit_code == 0, result.output
    return folder, result.stdout


def test_the_table_names_every_fleet_the_knee_and_the_files(studied):
    folder, words = studied
    for word in ("flying", "deploying", "swaps", "cost", "knee", "fastest in all", "study.csv"):
        assert word in words, word
    assert {path.name for path in folder.iterdir()} == {"study.csv", "study.png"}


def test_the_csv_has_a_row_a_fleet_that_adds_up(studied):
    with (studied[0] / "study.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["uavs"] for row in rows] == ["1", "2", "3"]
    for row in rows:
        deploy_s = 300 + 180 * int(row["uavs"])
        assert float(row["deploy_s"]) == deploy_s
        assert float(row["total_s"]) == pytest.approx(deploy_s + float(row["finish_s"]))
        assert float(row["cost"]) == pytest.approx(float(row["flight_s"]) / 60 * 0.017228)
        assert row["error"] == ""


def test_same_input_gives_the_same_bytes_with_any_number_of_workers(
    studied, mission_file, tmp_path
):
    assert run(mission_file, "--uavs", "1..3", "--workers", 2, "-o", tmp_path).exit_code == 0
    for name in ("study.csv", "study.png"):
        assert (tmp_path / name).read_bytes() == (studied[0] / name).read_bytes(), name


def test_nothing_is_overwritten_unless_asked(studied, mission_file):
    before = (studied[0] / "study.csv").read_bytes()
    result = run(mission_file, "--uavs", "1", "-o", studied[0])
    assert result.exit_code == 1
    assert "--overwrite" in result.output
    assert (studied[0] / "study.csv").read_bytes() == before


def test_a_size_without_a_plan_says_why(mission_file):
    result = run(mission_file, "--uavs", "1,150", "--workers", 1)
    assert result.exit_code == 0, result.output
    assert [line for line in result.stdout.splitlines() if "no plan: 150 UAVs" in line]


def test_json_and_costs(mission_file):
    result = run(
        mission_file, "--uavs", "2,1", "--json", "--workers", 1, "--setup-min", 0,
        "--setup-per-uav-min", 1, "--cost-per-hour", 60,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)
    assert [row["uavs"] for row in rows] == [1, 2]
    assert [row["deploy_s"] for row in rows] == [60, 120]
    assert rows[0]["cost"] == pytest.approx(rows[0]["flight_s"] / 60)


def test_sizes_that_can_not_be_flown_are_told_in_their_rows(mission_file):
    result = run(mission_file, "--uavs", "1,150", "--json", "--workers", 1)
    assert result.exit_code == 0, result.output
    one, many = json.loads(result.stdout)
    assert one["error"] == ""
    assert "150 UAVs" in many["error"]


def test_spots_pay_where_a_whole_fleet_launches_from_one_place(mission_file, tmp_path):
    mission = read_mission(mission_file)
    start = mission.area[0].outer_lon_lat_deg[0]
    write_mission(
        tmp_path / "one.json",
        replace(
            mission,
            uavs=(replace(mission.uavs[0], start_lon_lat_deg=start),),
            planner=PlannerChoice(name="draft"),
        ),
    )
    finish_s = []
    for options in ([], ["--spots"]):
        result = run(tmp_path / "one.json", "--uavs", "4", "--json", "--workers", 1, *options)
        assert result.exit_code == 0, result.output
        finish_s += [row["finish_s"] for row in json.loads(result.stdout)]
    assert finish_s[1] < finish_s[0] - 30  # pads are cleared in 30 s


@pytest.mark.parametrize("text", ["0..3", "3..1", "1..201", "two", "1..", "1,,2", "", "-1"])
def test_wrong_sizes_are_usage_errors(mission_file, text):
    result = run(mission_file, "--uavs", text)
    assert result.exit_code == 2
    assert "--uavs" in result.output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--planner", "darp-sct"], "did you mean 'darp-stc'"),
        (["--scan-distance", "0"], "scan_distance_m: 0"),
        (["--workers", "0"], "--workers: 0"),
        (["--setup-min", "-1"], "setup_s: -60"),
        (["--cost-per-hour", "nan"], "per_flight_hour: nan"),
    ],
)
def test_a_wrong_option_is_one_line_and_writes_nothing(mission_file, tmp_path, options, words):
    result = run(mission_file, "--uavs", "1", "-o", tmp_path / "out", *options)
    assert result.exit_code == 1
    assert words in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()
