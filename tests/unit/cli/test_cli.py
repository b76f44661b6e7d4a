"""The command line, as a user types it."""

import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from mcpp.cli.commands import COMMANDS
from mcpp.cli.main import cli
from mcpp.io.mission import mission_to_json, read_mission, write_mission
from mcpp.io.plan import plan_to_json, read_plan

SAMPLE = Path(__file__).resolve().parents[3] / "assets" / "samples" / "three-uavs.json"
FAST = ["--planner", "darp-stc"]


def run(*args, **kwargs):
    return CliRunner().invoke(cli, ["-q", *map(str, args)], **kwargs)


@pytest.fixture
def mission_file(tmp_path, small_mission):
    path = tmp_path / "mission.json"
    write_mission(path, small_mission)
    return path


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planned") / "out"
    result = run("plan", SAMPLE, "-o", folder, *FAST)
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("place", ["file", "file/below", "full"])
def test_a_folder_that_can_not_be_written_is_refused_before_the_work(tmp_path, monkeypatch, place):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "plan.json").write_text("mine")
    monkeypatch.setattr("mcpp.cli.plan.plan", lambda *_: pytest.fail("it was planned"))
    result = run("plan", SAMPLE, "-o", tmp_path / place)
    assert result.exit_code == 1
    assert str(tmp_path / place.split("/")[0]) in result.stderr
    assert (tmp_path / "file").read_text() == "mine"


def test_plan_writes_the_whole_folder(planned):
    names = {path.name for path in planned.iterdir()}
    assert names == {
        "plan.json", "README.txt", "routes.geojson", "report.html",
        "north.plan", "west.plan", "east.plan",
        "north.waypoints", "west.waypoints", "east.waypoints",
    }  # fmt: skip


def test_a_plan_comes_back_as_it_was_written(planned):
    text = (planned / "plan.json").read_text()
    assert plan_to_json(read_plan(planned / "plan.json")) == text
    assert json.loads(text)["seed"] == 1


def test_spots_are_made_told_and_taken_back(tmp_path):
    given = ["--start", "22.507,39.595", "--uavs", 3, "--planner", "draft"]
    field = tmp_path / "field.wkt"
    field.write_text(
        "POLYGON ((22.507 39.595, 22.513 39.595, 22.513 39.599, 22.507 39.599, 22.507 39.595))"
    )
    asked = [*given, "--scan-distance", 40]
    one = run("plan", field, *asked, "-o", tmp_path / "one")
    assert one.exit_code == 0, one.output
    assert "with spots of their own (--spots)" in " ".join(one.output.split())
    own = run("plan", field, *asked, "--spots", "-o", tmp_path / "own")
    assert own.exit_code == 0, own.output
    assert "launch moved 13." in own.output
    assert "spots of their own, so far from the points" in own.output
    mission = read_plan(tmp_path / "own" / "plan.json").mission
    assert len({uav.start_lon_lat_deg for uav in mission.uavs}) == 3
    assert {uav.given_start_lon_lat_deg for uav in mission.uavs[1:]} == {(22.507, 39.595)}
    assert run("check", tmp_path / "own" / "plan.json").exit_code == 0
    spread = tmp_path / "spread.json"
    write_mission(spread, mission)
    back = run("plan", spread, "--no-spots", "--planner", "draft", "-o", tmp_path / "back")
    assert back.exit_code == 0, back.output
    again = read_plan(tmp_path / "back" / "plan.json").mission
    assert again.uavs == read_plan(tmp_path / "one" / "plan.json").mission.uavs


def test_same_input_and_seed_give_the_same_bytes(planned, tmp_path):
    again = tmp_path / "again"
    assert run("plan", SAMPLE, "-o", again, *FAST).exit_code == 0
    for path in planned.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


def test_nothing_is_overwritten_unless_asked(planned):
    result = run("plan", SAMPLE, "-o", planned, *FAST)
    assert result.exit_code == 1
    assert "--overwrite" in result.output
    assert run("plan", SAMPLE, "-o", planned, "--overwrite", *FAST).exit_code == 0


def test_a_smaller_fleet_leaves_no_mission_of_the_former_one(tmp_path):
    assert run("plan", SAMPLE, "-o", tmp_path / "o", *FAST).exit_code == 0
    result = run("plan", SAMPLE, "-o", tmp_path / "o", "--uavs", 2, "--overwrite", *FAST)
    assert result.exit_code == 0, result.output
    left = {p.stem.split("-")[0] for p in (tmp_path / "o").glob("*.plan")}
    assert left == {"uav1", "uav2"}


def test_overwriting_removes_nobody_elses_missions(tmp_path, mission_file):
    folder = tmp_path / "o"
    assert run("plan", mission_file, "-o", folder, *FAST).exit_code == 0
    for name, text in (("mine.plan", '{"fileType": "Plan"}'), ("mine.waypoints", "QGC WPL 110\n")):
        (folder / name).write_text(text)
    former = {path.name for path in folder.glob("*.plan")} - {"mine.plan"}
    assert run("plan", mission_file, "-o", folder, "--uavs", 1, "--overwrite", *FAST).exit_code == 0
    left = {path.name for path in folder.iterdir()}
    assert {"mine.plan", "mine.waypoints", "uav1.plan"} <= left
    assert not former & left


def test_check_agrees_and_finds_a_tampered_plan(planned, tmp_path):
    assert run("check", planned / "plan.json").exit_code == 0
    value = json.loads((planned / "plan.json").read_text())
    points = value["sorties"][0]["xyz_m"]
    points[len(points) // 2][0] += 2000.0
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(value))
    result = run("check", broken)
    assert result.exit_code == 1
    assert "NOT safe" in result.output


def test_a_plan_that_fails_its_check_is_not_exported(planned, tmp_path):
    value = json.loads((planned / "plan.json").read_text())
    value["sorties"][0]["xyz_m"][5][1] += 2000.0
    (tmp_path / "broken.json").write_text(json.dumps(value))
    result = run("export", tmp_path / "broken.json", "-f", "kml", "-o", tmp_path / "x")
    assert result.exit_code == 1
    assert "failed its check" in result.output
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", ["kml", "csv", "waypoints", "qgc-plan", "geojson", "report"])
def test_export_writes_each_format(planned, tmp_path, name):
    result = run("export", planned / "plan.json", "-f", name, "-o", tmp_path)
    assert result.exit_code == 0, result.output
    assert all(Path(line).stat().st_size > 100 for line in result.stdout.split())


def test_lint_finds_nothing_in_our_own_plans(planned):
    for target in ("ardupilot", "px4", "generic"):
        result = run("lint", planned / "plan.json", "--target", target)
        assert result.exit_code in {0, 1}
        assert "home" not in result.output or result.exit_code == 1
    assert run("lint", planned / "plan.json").exit_code == 0


def test_evaluate_measures_our_own_plan(planned):
    result = run("evaluate", SAMPLE, planned / "plan.json", "--json")
    assert result.exit_code == 0, result.output
    fleet = json.loads(result.stdout)["fleet"]
    assert fleet["outside_m"] == 0
    assert fleet["no_fly_m"] == 0
    assert 90 < fleet["poc_percent"] <= 100
    again = run("evaluate", SAMPLE, planned / "routes.geojson", "--json")
    other = json.loads(again.stdout)["fleet"]
    assert other["poc_percent"] == pytest.approx(fleet["poc_percent"], abs=0.3)


@pytest.mark.parametrize("what", ["plan.json", "mission", "java"])
def test_info_says_what_a_file_holds(planned, tmp_path, what):
    path = {"plan.json": planned / "plan.json", "mission": SAMPLE}.get(what, tmp_path / "j.json")
    if what == "java":
        ring = [(40.0, 22.0), (40.0, 22.01), (40.01, 22.01), (40.01, 22.0)]
        polygon = [{"lat": lat, "long": lon} for lat, lon in ring]
        path.write_text(json.dumps({"droneNo": 2, "scanningDensity": 40, "polygon": polygon}))
    result = run("info", path)
    assert result.exit_code == 0, result.output
    assert "scan distance" in result.output


def test_convert_makes_a_mission_that_can_be_edited(tmp_path):
    ring = [[22.0, 40.0], [22.01, 40.0], [22.01, 40.01], [22.0, 40.01], [22.0, 40.0]]
    source = tmp_path / "field.geojson"
    source.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    target = tmp_path / "m.json"
    args = ("convert", source, "--uavs", 2, "--scan-distance", 40, "-o", target)
    assert run(*args).exit_code == 0
    assert len(read_mission(target).uavs) == 2
    assert run(*args).exit_code == 1


def test_a_plan_can_be_piped(mission_file):
    result = run("plan", "-", "-o", "-", *FAST, input=mission_file.read_text())
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["format"] == "mcpp-plan"


def test_schema_planners_and_databases_are_printed():
    assert json.loads(run("schema").stdout)["properties"]["scan_distance_m"]
    planners = json.loads(run("planners", "--json").stdout)
    assert {row["name"] for row in planners} >= {"auto", "darp-stc", "regions", "tour"}
    words = run("planners").output.split()
    assert "tree.moves_per_cell" in words
    assert {param["name"] for row in planners for param in row["params"]} <= set(words)
    assert "Sony" in run("cameras").output
    assert "multirotor" in run("aircraft").output
    assert "scan distance" in run("cameras", "show", "Sony A6400 20 mm", "--height", 80).output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--planner", "darp-sct"], "did you mean 'darp-stc'"),
        (["-P", "tree.moves=1", *FAST], "planner.params.tree.moves: unknown parameter"),
        (["-P", "tree.runs=0", *FAST], "outside 1..100"),
        (["-P", "tree.runs=two", *FAST], "not a whole number"),
        (["--uavs", "0"], "--uavs: 0: give 1 or more"),
        (["--uavs", "900", *FAST], "900 UAVs but only"),
        (["--uavs", "5000"], "uavs: there are 5000: give 1000 or fewer"),
        (["--shares", "0.5,0.6"], "sum to 1.1"),
        (["-P", "placement.t_max=nan", *FAST], "'nan' is not a number"),
        (["-P", "tree.runs=inf", *FAST], "'inf' is not a whole number"),
        (["--shares", "0.5"], "1 shares for 2 UAVs"),
        (["--shares", "a,b"], "no list of numbers"),
        (["--scan-distance", "0"], "scan_distance_m: 0"),
        (["--scan-distance", "9999"], "larger than the area"),
        (["--coverage", "101"], "coverage_percent: 101"),
        (["--start", "0,0"], "km from the area"),
        (["--speed", "-1"], "speed_m_s: -1"),
        (["--direction", "500"], "direction_deg: 500 deg is outside -360..360 deg"),
        (["--direction", "5", "--along-edge", "22,40"], "--direction, --along-edge: give one"),
    ],
)
def test_a_wrong_option_is_one_line_and_writes_nothing(mission_file, tmp_path, options, words):
    result = run("plan", mission_file, "-o", tmp_path / "out", *options)
    assert result.exit_code == 1
    assert words in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_usage_errors_exit_with_2(mission_file):
    assert run("plan", mission_file, "--start", "here").exit_code == 2
    assert run("plam", mission_file).exit_code == 2
    assert run("plan").exit_code == 2


@pytest.mark.parametrize(
    ("command", "option", "values", "key"),
    [
        ("plan", "-P", ("rounds=1", "rounds=2"), "rounds"),
        ("plan", "--waive", ("CTR=permit 1", "CTR=permit 2"), "CTR"),
        ("refly", "--batteries", ("a=1", "a=2"), "a"),
        ("repeat", "--camera", ("all=P1", "all=P2"), "all"),
        ("params", "--value", ("CAM1_TYPE=1", "cam1_type=2"), "CAM1_TYPE"),
        ("watch", "--uav", ("a=udp:127.0.0.1:1", "a=udp:127.0.0.1:2"), "a"),
    ],
)
def test_a_key_that_is_given_twice_is_refused(mission_file, command, option, values, key):
    result = run(command, mission_file, option, values[0], option, values[1])
    assert result.exit_code == 2
    assert f"{key!r} is given twice: give it once" in result.output


def test_a_width_for_corridors_of_a_file_that_has_none_is_refused(tmp_path):
    ring = [[22.50, 39.60], [22.51, 39.60], [22.51, 39.605], [22.50, 39.60]]
    path = tmp_path / "field.geojson"
    path.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    result = run(
        "plan", path, "--corridor-width", 20, "--scan-distance", 10, "-o", tmp_path / "out"
    )
    assert result.exit_code == 1
    assert "--corridor-width: field has no line that is a corridor" in result.output
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_writable_is_named(mission_file):
    result = run("plan", mission_file, "-o", "/proc/mcpp", *FAST)
    assert result.exit_code == 1
    assert "/proc/mcpp" in result.output
    assert "can not be written" in result.output


def test_an_output_that_is_a_file_is_named(mission_file, tmp_path):
    (tmp_path / "out").write_text("mine")
    result = run("plan", mission_file, "-o", tmp_path / "out", "--overwrite", *FAST)
    assert result.exit_code == 1
    assert (tmp_path / "out").read_text() == "mine"


def test_a_full_disk_leaves_nothing(mission_file, tmp_path, monkeypatch):
    calls = []

    def full_disk(_):
        calls.append(1)
        if len(calls) == 4:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    result = run("plan", mission_file, "-o", tmp_path / "out", *FAST)
    assert result.exit_code == 1
    assert "No space left" in result.output
    assert not [p for p in (tmp_path / "out").rglob("*") if p.is_file()]


def test_a_bow_tie_is_planned_only_when_its_repair_is_accepted(tmp_path):
    ring = [[22.0, 40.0], [22.01, 40.01], [22.01, 40.0], [22.0, 40.01]]
    path = tmp_path / "m.json"
    value = {"area": [{"outer_lon_lat_deg": ring}], "uavs": [{"id": "a"}], "scan_distance_m": 60}
    path.write_text(json.dumps(value))
    refused = run("plan", path, "-o", tmp_path / "o", *FAST)
    assert refused.exit_code == 1
    assert "--repair" in refused.output
    result = run("plan", path, "-o", tmp_path / "o", "--repair", *FAST)
    assert result.exit_code == 0, result.output


def test_ctrl_c_stops_with_130_and_writes_nothing(tmp_path, small_mission):
    path = tmp_path / "m.json"
    path.write_text(mission_to_json(small_mission))
    command = [sys.executable, "-m", "mcpp", "-v", "plan", str(path), "-o", str(tmp_path / "out")]
    command += ["--planner", "darp-stc", "-P", "placement.steps=10000000"]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert child.stderr is not None
    for line in child.stderr:  # the run has begun when it says what it was given
        if "s usable" in line:
            break
    child.send_signal(signal.SIGINT)
    _, words = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "stopped; nothing was written" in words
    assert not (tmp_path / "out").exists()


def test_a_broken_plug_in_is_named_and_hides_no_planner(monkeypatch):
    class Broken:
        name, dist = "crash", None

        def load(self):
            raise ZeroDivisionError("in their code")

    monkeypatch.setattr("planners.registry._offered", lambda: {"crash": Broken()})
    done = CliRunner().invoke(cli, ["planners"])
    assert done.exit_code == 0
    assert "darp-stc" in done.stdout
    assert "'crash' of an unknown package can not be loaded (ZeroDivisionError" in done.stderr


def test_what_a_stage_decided_is_said_on_demand_wherever_the_option_stands(tmp_path, mission_file):
    for args in (["-v", "plan", str(mission_file)], ["plan", str(mission_file), "-v"]):
        done = CliRunner().invoke(cli, [*args, *FAST, "-o", str(tmp_path / str(len(args[0])))])
        assert done.exit_code == 0, done.output
        assert "s usable" in done.stderr
        assert "flight of" in done.stderr
    done = CliRunner().invoke(
        cli, ["plan", str(mission_file), "-q", *FAST, "-o", str(tmp_path / "quiet")]
    )
    assert "INFO" not in done.stderr
    assert "100 %" not in done.stderr


def test_a_missing_package_is_told_before_the_planning(monkeypatch, tmp_path, mission_file):
    monkeypatch.setattr(
        "mcpp.requirements.requires", lambda _: ["numpy>=2", "no-such-package>=1", "click<1"]
    )
    done = CliRunner().invoke(cli, ["plan", str(mission_file), *FAST, "-o", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "no-such-package is missing; click" in done.stderr
    assert not (tmp_path / "out").exists()
    done = CliRunner().invoke(cli, ["doctor"])
    assert done.exit_code == 1
    assert "no-such-package is missing" in done.stderr


def run_alone(*args, module):
    """Run mcpp in a Python of its own, and tell what it prints and whether it loads a module."""
    code = (
        "import sys; from mcpp.cli.main import cli;"
        f"cli({list(map(str, args))}, standalone_mode=False);"
        f"print({module!r} in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout, done.stderr.strip() == "True"


def test_all_commands_are_listed_each_in_a_line_and_none_is_loaded():
    out, loaded = run_alone("--help", module="numpy")
    assert not loaded
    rows = out.partition("Commands:\n")[2].splitlines()
    assert [row.split()[0] for row in rows] == list(COMMANDS)
    context = click.Context(cli)
    loaded_commands = [cli.get_command(context, name) for name in COMMANDS]
    assert [one and one.name for one in loaded_commands] == list(COMMANDS)


def test_a_name_is_shown_as_it_is(tmp_path):
    path = tmp_path / "mission.json"
    write_mission(path, replace(read_mission(SAMPLE), name="field :car: [b]north[/b]"))
    assert "mission 'field :car: [b]north[/b]'" in run("info", path).output


def test_names_of_commands_are_completed():
    found = cli.shell_complete(click.Context(cli), "re")
    assert [item.value for item in found] == ["resume", "refly", "repeat", "replan"]
    assert all(item.help for item in found)
    assert "--quiet" in [item.value for item in cli.shell_complete(click.Context(cli), "--")]


def test_what_a_mission_holds_is_told_without_the_compiler():
    out, loaded = run_alone("info", SAMPLE, module="numba")
    assert "UAV north" in out
    assert not loaded


def _options(command, names=()):
    """Each option of each command, with the words that lead there."""
    for option in command.params:
        yield names, option
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from _options(command.get_command(context, name), (*names, name))


def test_nan_is_outside_every_range():
    ranges = [
        (names, option)
        for names, option in _options(cli)
        if isinstance(option.type, click.FloatRange)
    ]
    assert len(ranges) > 5
    for names, option in ranges:
        with pytest.raises(click.BadParameter, match="nan"):
            option.type.convert("nan", option, click.Context(cli, info_name=" ".join(names)))
