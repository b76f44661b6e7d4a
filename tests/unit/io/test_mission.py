"""Reading and writing missions: what is right comes back, what is wrong is told in one line."""

import io
import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given

from mcpp.errors import InputError
from mcpp.io.mission import (
    mission_from_json,
    mission_schema,
    mission_to_json,
    read_mission,
    write_mission,
)
from mcpp.io.source import read_source
from mcpp.problem.validation import check_numbers
from tests.strategies import missions

SQUARE = [[22.0, 40.0], [22.01, 40.0], [22.01, 40.01], [22.0, 40.01]]


def value(**changes):
    good = {
        "version": 1,
        "area": [{"outer_lon_lat_deg": SQUARE}],
        "uavs": [{"id": "a"}],
        "scan_distance_m": 40,
    }
    return {**good, **changes}


@given(missions())
def test_a_mission_comes_back_as_it_was(mission):
    assert mission_from_json(json.loads(mission_to_json(mission))) == mission


@given(missions())
def test_every_mission_meets_the_printed_schema(mission):
    jsonschema.validate(json.loads(mission_to_json(mission)), mission_schema())


def test_a_written_mission_can_be_read(tmp_path, small_mission):
    path = tmp_path / "mission.json"
    write_mission(path, small_mission)
    assert read_mission(path) == small_mission
    assert read_source(path) == small_mission


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"version": 2}, "version: 2: this mcpp reads version 1"),
        ({"uavz": []}, "uavz: unknown key; did you mean 'uavs'"),
        ({"scan_distance": 40}, "unknown key; did you mean 'scan_distance_m'"),
        (
            {"uavs": [{"id": "a", "sped_m_s": 5}]},
            r"uavs\[0\].sped_m_s: unknown key; did you mean 'speed_m_s'",
        ),
        ({"uavs": [{}]}, r"uavs\[0\].id: it is missing"),
        ({"scan_distance_m": "wide"}, 'scan_distance_m: "wide": input should be a valid number'),
        ({"scan_distance_m": "40"}, 'scan_distance_m: "40": input should be a valid number'),
        ({"scan_distance_m": True}, "scan_distance_m: true: input should be a valid number"),
        ({"keep_apart": 1}, "keep_apart: 1: input should be a valid boolean"),
        ({"flight": 5}, "flight: 5: input should be an object$"),
        ({"uavs": {}}, "uavs: {}: input should be a valid array$"),
        (
            {"priority_lon_lat_deg": [[22.0, 40.0, 5.0]]},
            r"priority_lon_lat_deg\[0\]: \[22.0, 40.0, 5.0\]: give two numbers, longitude and lat",
        ),
        (
            {
                "no_fly_zones": [
                    {"outer_lon_lat_deg": SQUARE, "center_lon_lat_deg": SQUARE[0], "radius_m": 5}
                ]
            },
            "unknown key; 'mcpp schema' lists the known keys",
        ),
        (
            {"no_fly_zones": [{"radius_m": 5}]},
            r"no_fly_zones\[0\].center_lon_lat_deg: it is missing",
        ),
        (
            {"no_fly_zones": [{"outer_lon_lat_deg": SQUARE, "bufer_m": 1}]},
            r"no_fly_zones\[0\].bufer_m: unknown key; did you mean 'buffer_m'",
        ),
        ({"area": [{"outer_lon_lat_deg": [[1], [2, 3]]}]}, r"area\[0\].outer_lon_lat_deg\[0\]"),
    ],
)
def test_a_wrong_field_is_named_in_one_line(changes, words):
    with pytest.raises(InputError, match=words) as caught:
        mission_from_json(value(**changes), "m.json")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("m.json: ")


def test_a_missing_area_is_named():
    wrong = value()
    del wrong["area"]
    with pytest.raises(InputError, match="area: it is missing"):
        mission_from_json(wrong)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("{", "not JSON: line 1, column 2"),
        ("[1, 2]", "list instead of an object"),
        ('{"type": "Nonsense"}', "type: 'Nonsense' is no GeoJSON type"),
        ("[" * 100_000, "nested too deep"),
        ('{"seed": ' + "1" * 5000 + "}", "a number that is too long"),
    ],
)
def test_a_file_that_is_no_mission_is_refused(tmp_path, text, words):
    path = tmp_path / "m.json"
    path.write_text(text)
    with pytest.raises(InputError, match=words):
        read_source(path)


def test_files_that_can_not_be_read_are_named(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_source(tmp_path / "absent.json")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(InputError, match="not UTF-8"):
        read_source(tmp_path / "binary.json")
    with pytest.raises(InputError, match="can not be read"):
        read_source(tmp_path)


def test_standard_input_that_is_no_text_is_named(monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe{")))
        with pytest.raises(InputError, match="-: byte 0 is not UTF-8"):
            read_source("-")


def test_a_byte_order_mark_is_no_obstacle(tmp_path, plain_mission):
    path = tmp_path / "m.json"
    path.write_text("\ufeff" + mission_to_json(plain_mission), encoding="utf-8")
    assert read_mission(path) == plain_mission


def test_a_write_that_fails_leaves_the_old_file(tmp_path, plain_mission, monkeypatch):
    from mcpp.errors import ExportError

    path = tmp_path / "m.json"
    write_mission(path, plain_mission)
    before = path.read_bytes()

    def full_disk(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(ExportError, match="No space left"):
        write_mission(path, replace(plain_mission, seed=2))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["m.json"]


def test_the_schema_and_the_engine_refuse_the_same_numbers():
    schema = mission_schema()
    validator = jsonschema.Draft202012Validator(schema)
    good = value()
    assert validator.is_valid(good)
    for change in (
        {"coverage_percent": 40.0},
        {"flight": {"wind_m_s": 61.0}},
        {"flight": {"sidelap": 70.0}},
        {"uavs": [{"id": "a", "share": 0.0}]},
    ):
        wrong = {**good, **change}
        assert not validator.is_valid(wrong)
        with pytest.raises(InputError):
            check_numbers(mission_from_json(wrong))
