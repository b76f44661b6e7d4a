"""Nothing in a plan is taken on trust: what follows from the mission is derived again."""

import copy
import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mcpp.api import recheck
from mcpp.cli.main import cli
from mcpp.errors import InputError
from mcpp.io.plan import digest_of, plan_from_json, plan_to_json
from tests.plans import good_plan, with_mission


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(plan_to_json(good_plan()))
    return value


def found(value: dict[str, Any], *, signed: bool = True) -> list[str]:
    """Errors of a plan file; `signed`: with a digest made anew, as a careful hand would."""
    if signed:
        value = {**value, "digest": digest_of(value)}
    report = recheck(plan_from_json(value)).report
    return [finding.message for finding in report.findings if finding.level == "error"]


def numbers_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from numbers_in(part, (*path, key))
    elif isinstance(value, list):
        for i in sorted({0, len(value) // 2, len(value) - 1}) if value else ():
            yield from numbers_in(value[i], (*path, i))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path


def put(value: dict[str, Any], path: tuple[Any, ...], number: float) -> dict[str, Any]:
    changed = copy.deepcopy(value)
    part: Any = changed
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = number
    return changed


def at(value: Any, path: tuple[Any, ...]) -> float:
    for step in path:
        value = value[step]
    return float(value)


def test_a_plan_as_written_is_safe_and_a_stray_edit_is_told(written) -> None:
    assert found(written, signed=False) == []
    renamed = {**written, "mission": {**written["mission"], "name": "another"}}
    (error,) = found(renamed, signed=False)
    assert error.startswith("digest: the plan file is not as mcpp wrote it")
    assert found({k: v for k, v in written.items() if k != "digest"}, signed=False) != []


VEHICLE = ("problem", "vehicles", 0)


@pytest.mark.parametrize(
    ("path", "number", "field"),
    [
        ((*VEHICLE, "reach_m"), 500.0, "problem.vehicles[0].reach_m: 500 "),
        ((*VEHICLE, "spacing_m"), 40.0, "problem.vehicles[0].spacing_m: 40 "),
        ((*VEHICLE, "speed_m_s"), 60.0, "problem.vehicles[0].speed_m_s: 60 "),
        ((*VEHICLE, "endurance_s"), 9e4, "problem.vehicles[0].endurance_s: 90000 "),
        ((*VEHICLE, "height_m"), 400.0, "problem.vehicles[0].height_m: 400 "),
        ((*VEHICLE, "share"), 0.9, "problem.vehicles: their shares"),
        (("problem", "separation_m"), 0.0, "problem.separation_m: 0 "),
        (("problem", "timing_tolerance"), 0.0, "problem.timing_tolerance: 0 "),
        (("problem", "coverage_percent"), 50.0, "problem.coverage_percent: 50 "),
        (("sorties", 0, "speed_m_s", 4), 60.0, "sortie 1 of one: speed_m_s"),
        (("sorties", 0, "time_s", 4), 41.0, "sortie 1 of one: time_s"),
        (("sorties", 0, "xyz_m", 4, 2), 5000.0, "sortie 1 of one: xyz_m"),
        (("sorties", 0, "xyz_m", 4, 2), 1.0, "sortie 1 of one: xyz_m"),
        (("sorties", 0, "xyz_m", 4, 2), -20.0, "sortie 1 of one: xyz_m"),
        (("sorties", 0, "xyz_m", 0, 2), 30.0, "it begins or ends 30.0 m off the ground"),
        (("sorties", 0, "kind", 4), 9, "sortie 1 of one: kind: 9"),
    ],
)
def test_what_follows_from_the_mission_is_named_by_its_field(written, path, number, field) -> None:
    errors = found(put(written, path, number))
    assert any(field in error for error in errors), errors


def test_a_fast_plan_with_times_to_match_is_no_slower_in_truth(written) -> None:
    fast = copy.deepcopy(written)
    for vehicle in fast["problem"]["vehicles"]:
        vehicle["speed_m_s"] = vehicle["transit_speed_m_s"] = 60.0
    for sortie in fast["sorties"]:
        sortie["speed_m_s"] = [60.0 for _ in sortie["speed_m_s"]]
        sortie["time_s"] = [t / 5 for t in sortie["time_s"]]
    errors = found(fast)
    assert any("vehicles[0].speed_m_s: 60" in error for error in errors)
    assert any("time_s" in error for error in errors)


def test_wider_ground_than_the_mission_gives_is_named(written) -> None:
    for name in ("target_m", "allowed_m"):
        shape = "POLYGON ((-900 -900, 900 -900, 900 900, -900 900, -900 -900))"
        errors = found({**written, "problem": {**written["problem"], name: shape}})
        assert any(f"problem.{name}" in error for error in errors)


@pytest.mark.parametrize("how", ["moved", "doubled", "not a number", "huge"])
def test_no_number_of_a_flight_or_of_the_problem_can_be_changed(written, how) -> None:
    """Each of them, one at a time; the digest is made anew, so that only the check finds it."""
    parts = {key: written[key] for key in ("problem", "sorties")}
    for path in numbers_in(parts):
        old = at(written, path)
        new = {
            "moved": old + 7.0,
            "doubled": 2 * old if old else 3.0,
            "not a number": math.nan,
            "huge": 2.0**64,
        }[how]
        if path[-1] == "share" or (path[0] == "sorties" and path[2] in {"uav", "number"}):
            continue
        try:
            errors = found(put(written, path, new))
        except InputError as error:
            errors = [str(error)]
        assert errors, (path, new)
        assert max(map(len, errors)) < 300


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("sorties", 0, "kind"), [[1]], "sorties[0].kind: it is no list of numbers"),
        (("sorties", 0, "kind", 4), 2.5, "sorties[0].kind: it is no list of numbers"),
        (("sorties", 0, "kind", 4), math.nan, "sorties[0].kind: it is no list of numbers"),
        (("sorties", 0, "kind", 4), 2**64, "sorties[0].kind: it is no list of numbers"),
        (("sorties", 0, "xyz_m", 4), [1, 2], "sorties[0].xyz_m: it is no list of rows"),
        (("sorties", 0, "uav"), 1.5, "sorties[0].uav: 1.5: it is no whole number"),
        (("sorties", 0, "uav"), "9" * 4000, "sorties[0].uav: '999"),
        (("problem", "target_m"), "POINT (1 2)", "problem.target_m"),
        (("problem", "target_m"), "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))", "no valid polygon"),
        (("problem", "target_m"), "POLYGON ((0 0, 1e30 1, 1 0, 0 0))", "absurdly far"),
        (("problem", "target_m"), 7, "problem.target_m: 7: it is no polygon in WKT"),
        (("origin_lon_lat_deg", 1), 2.0**64, "origin_lon_lat_deg: "),
        (("origin_lon_lat_deg", 0), math.nan, "is no place on Earth"),
        (("problem", "corridors_m"), None, "it is damaged"),
        (("sorties",), 7, "it is damaged"),
        (("solution", "routes", 0), None, "it is damaged"),
    ],
)
def test_a_damaged_file_is_told_in_one_short_line(written, path, value, said) -> None:
    with pytest.raises(InputError) as error:
        plan_from_json(put(written, path, value))
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 250


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("plan_all_legs_5000m", "5000.0 m high"),
        ("plan_height_400_and_minus30", "-30.0 m high"),
        ("plan_kind_9", "kind: 9"),
        ("check_geos_traceback_plan", "mission:"),
    ],
)
def test_tampered_plans_are_found_unsafe_without_a_traceback(shared_dir, case, said) -> None:
    path = shared_dir / "cases" / f"{case}.json"
    result = CliRunner().invoke(cli, ["check", str(path)])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert said in " ".join(result.output.split())


def test_heights_above_the_limit_are_refused(shared_dir, tmp_path: Path) -> None:
    path = shared_dir / "cases" / "transit_500_max_120.json"
    result = CliRunner().invoke(cli, ["plan", str(path), "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "flight.transit_height_m: 500 m is above flight.max_height_m" in result.output
    assert not (tmp_path / "out").exists()


def test_a_mission_that_is_refused_makes_an_unsafe_plan() -> None:
    flight = good_plan().mission.flight
    plan = with_mission(good_plan(), flight=replace(flight, return_height_m=500.0))
    messages = [f.message for f in recheck(plan).report.findings if f.level == "error"]
    assert any("flight.return_height_m: 500 m is above" in message for message in messages)


def test_the_part_of_a_value_that_differs_is_named(written: dict[str, Any]) -> None:
    value = copy.deepcopy(written)
    own = value["problem"]["vehicles"][0]["motion"]["landing_slow_m_s"]
    value["problem"]["vehicles"][0]["motion"]["landing_slow_m_s"] = own + 1.0
    wanted = f"motion.landing_slow_m_s: {own + 1.0:g} does not follow from the mission, "
    assert [message for message in found(value) if wanted in message] != []
