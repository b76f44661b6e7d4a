"""The airspace of a plan: read back by the standard's own data types, and by GDAL."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pyogrio
import pytest
import shapely
from click.testing import CliRunner
from implicitdict import ImplicitDict
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from uas_standards.astm.f3548.v21.api import OperationalIntentDetails

from mcpp.api import draft
from mcpp.check.nearest import early, late
from mcpp.cli.main import cli
from mcpp.clock import time_of_day
from mcpp.errors import ExportError, InputError
from mcpp.export.volumes import Margins, launches_m, meetings, volumes_of
from mcpp.export.volumes_files import f3548_files, span, volumes_geojson
from mcpp.export.wing import wing_ways
from mcpp.flight.phases import sortie_phases
from mcpp.ground.frame import LocalFrame
from mcpp.io.plan import plan_to_json
from tests.plan_doubles import hand_plan, small_mission

AT = datetime(2026, 5, 1, 9, 0, tzinfo=timezone(timedelta(hours=2)))
MARGINS = Margins(aside_m=12.0, height_m=8.0, every_s=30.0)


@pytest.fixture(scope="module")
def plan():
    return draft(small_mission())


@pytest.fixture(scope="module")
def volumes(plan):
    return volumes_of(plan, MARGINS)


def of_flight(volumes, sortie):
    return [v for v in volumes if (v.uav, v.sortie) == (sortie.uav, sortie.number)]


def test_each_piece_of_a_flight_lies_in_its_volume_with_the_margin(plan, volumes):
    for sortie in plan.sorties:
        own = of_flight(volumes, sortie)
        vehicle = plan.problem.vehicles[sortie.uav]
        begin_s = float(sortie.time_s[0])
        phases = sortie_phases(sortie, vehicle, begin_s=begin_s)
        took_s = float(phases.time_s[-1]) - begin_s
        assert len(own) == int(np.ceil(took_s / MARGINS.every_s - 1e-9))
        # a phase lies in the volumes whose cuts it spans
        cuts = np.linspace(begin_s, float(phases.time_s[-1]), len(own) + 1)
        for i in range(len(phases.leg)):
            at = [k for k in range(len(own))
                  if phases.time_s[i] < cuts[k + 1] and phases.time_s[i + 1] > cuts[k]]  # fmt: skip
            held = shapely.union_all([own[k].outline_m for k in at])
            ends = np.vstack([phases.begin_m[i], phases.end_m[i]])
            for place in ends:
                if len(at) == 1:
                    assert held.contains(Point(place[:2]).buffer(MARGINS.aside_m, quad_segs=32))
                    assert own[at[0]].lower_m <= place[2] - MARGINS.height_m + 1e-9
                    assert own[at[0]].upper_m >= place[2] + MARGINS.height_m - 1e-9
        whole = shapely.union_all([volume.outline_m for volume in own])
        flown = LineString(sortie.xyz_m[:, :2]).buffer(MARGINS.aside_m, quad_segs=32)
        assert whole.covers(flown)
        assert whole.difference(flown.buffer(2.0)).area < 0.6 * whole.area


def test_times_are_as_early_and_as_late_as_the_check_allows(plan, volumes):
    part, least = plan.problem.timing_tolerance, plan.problem.timing_tolerance_s
    for sortie in plan.sorties:
        own = of_flight(volumes, sortie)
        begin, end = float(sortie.time_s[0]), float(sortie.time_s[-1])
        first = min(float(s.time_s[0]) for s in plan.sorties if s.uav == sortie.uav)
        cuts = np.linspace(begin, end, len(own) + 1)
        for volume, first_s, last_s in zip(own, cuts[:-1], cuts[1:], strict=True):
            assert volume.begin_s == pytest.approx(early(first_s, begin, part, least), abs=0.06)
            assert volume.end_s == pytest.approx(late(last_s, first, part, least), abs=0.06)


def test_volumes_are_of_one_piece_without_holes(volumes):
    for volume in volumes:
        assert volume.outline_m.is_valid
        assert not volume.outline_m.interiors
        assert volume.lower_m < volume.upper_m


def test_the_standards_own_types_read_the_files(plan, volumes):
    w84 = {(s.uav, s.number): 500.0 for s in plan.sorties}
    files = f3548_files(plan, volumes, at=AT, w84_m=w84)
    assert len(files) == len(plan.sorties)
    frame = LocalFrame(plan.origin_lon_lat_deg)
    for sortie, text in zip(plan.sorties, files.values(), strict=True):
        details = ImplicitDict.parse(json.loads(text), OperationalIntentDetails)
        own = of_flight(volumes, sortie)
        assert len(details.volumes) == len(own)
        assert details.off_nominal_volumes == []
        for read, meant in zip(details.volumes, own, strict=True):
            vertices = [(v.lng, v.lat) for v in read.volume.outline_polygon.vertices]
            assert len(set(vertices)) == len(vertices)
            outline = frame.shape_to_m(Polygon(vertices))
            assert outline.is_valid
            rounded = outline.symmetric_difference(meant.outline_m)
            assert rounded.area < 0.02 * meant.outline_m.length  # of 1e-7 degrees
            lower, upper = read.volume.altitude_lower, read.volume.altitude_upper
            assert (lower.reference, lower.units) == ("W84", "M")
            assert lower.value <= 500 + meant.lower_m < lower.value + 1
            assert upper.value - 1 < 500 + meant.upper_m <= upper.value
            begin, end = read.time_start.value.datetime, read.time_end.value.datetime
            assert begin <= AT + timedelta(seconds=meant.begin_s) < begin + timedelta(seconds=1)
            assert end - timedelta(seconds=1) < AT + timedelta(seconds=meant.end_s) <= end
            assert read.time_start.value.endswith("Z")


def test_gdal_reads_the_geojson(plan, volumes, tmp_path):
    meets = meetings(volumes, launches_m(plan, None))
    path = tmp_path / "volumes.geojson"
    path.write_text(
        volumes_geojson(plan, volumes, meets, at=AT, margins=MARGINS, w84_m=None), "utf-8"
    )
    meta, _, shapes, _ = pyogrio.raw.read(path)
    assert len(shapes) == len(volumes) + len(meets)
    assert {"uav", "sortie", "lower_above_launch_m", "time_start"} <= set(meta["fields"])
    assert "lower_w84_m" not in meta["fields"]
    features = json.loads(path.read_text())["features"]
    assert features[0]["properties"]["time_start"] == "2026-05-01T07:00:00Z"


def test_times_are_written_in_utc_and_never_shortened(volumes):
    begin, end = span(AT, volumes[0])
    first = datetime.fromisoformat(begin)
    assert first.tzinfo == UTC
    assert first <= AT + timedelta(seconds=volumes[0].begin_s)
    assert datetime.fromisoformat(end) >= AT + timedelta(seconds=volumes[0].end_s)


def test_meetings_are_all_pairs_that_share_room_and_time(plan):
    wide = volumes_of(plan, Margins(aside_m=60.0, height_m=30.0, every_s=30.0))
    found = {(m.first, m.second) for m in meetings(wide, launches_m(plan, None))}
    naive = {
        (i, j)
        for i, a in enumerate(wide)
        for j, b in enumerate(wide)
        if i < j
        and a.uav != b.uav
        and a.begin_s < b.end_s
        and b.begin_s < a.end_s
        and a.lower_m <= b.upper_m
        and b.lower_m <= a.upper_m
        and a.outline_m.intersection(b.outline_m).area > 0
    }
    assert found == naive
    assert found


def test_uavs_far_apart_do_not_meet():
    plan = hand_plan()
    near = volumes_of(plan, Margins(aside_m=1.0, height_m=1.0, every_s=20.0))
    launch = launches_m(plan, None)
    assert meetings(near, launch) == ()
    high = {flight: 0.0 if flight[0] == 0 else 1000.0 for flight in launch}
    wide = volumes_of(plan, Margins(aside_m=500.0))
    assert meetings(wide, launch)
    assert meetings(wide, high) == ()


def test_a_wings_volume_holds_its_turns_and_its_approach():
    mission = small_mission()
    fleet = tuple(replace(uav, aircraft="generic-fixed-wing") for uav in mission.uavs)
    plan = draft(replace(mission, uavs=fleet))
    for sortie in plan.sorties:
        (volume,) = of_flight(volumes_of(plan, MARGINS), sortie)
        room = wing_ways(plan, sortie).room
        assert volume.outline_m.covers(room)
        assert volume.outline_m.covers(MultiPoint(sortie.xyz_m[:, :2]))


def test_more_vertices_than_the_standard_takes_are_refused(plan, monkeypatch):
    monkeypatch.setattr("mcpp.export.volumes.MOST_VERTICES", 20)
    with pytest.raises(ExportError, match="longer --every"):
        volumes_of(plan, MARGINS)


@pytest.mark.parametrize(
    "text", ["2026-05-01T09:00", "9:00", "2026-13-01T00:00Z", "", "0001-01-01T00:00Z"]
)
def test_a_moment_needs_date_time_and_offset(text):
    with pytest.raises(InputError, match="2026-05-01T09:00"):
        time_of_day(text)
    assert time_of_day("2026-05-01T07:00Z") == AT


@pytest.fixture(scope="module")
def plan_file(plan, tmp_path_factory):
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    path.write_text(plan_to_json(plan))
    return path


def run(*args):
    return CliRunner().invoke(cli, ["-q", "volumes", *map(str, args)])


def test_the_command_writes_the_standards_files_where_heights_are_known(plan_file, tmp_path):
    at = ("--at", "2026-05-01T09:00+02:00")
    done = run(plan_file, *at, "-o", tmp_path / "a")
    assert done.exit_code == 0, done.output
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["volumes.geojson"]
    assert "give --w84" in done.output
    done = run(plan_file, *at, "--w84", 540, "-o", tmp_path / "b")
    assert done.exit_code == 0, done.output
    assert len(list((tmp_path / "b").glob("*.f3548.json"))) == 2
    again = run(plan_file, *at, "--w84", 540, "-o", tmp_path / "b")
    assert again.exit_code == 1
    assert "already there" in again.output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--at", "tomorrow"], "give date, time and offset"),
        (["--at", "2026-05-01T09:00Z", "--w84", "high"], "give METRES"),
        (["--at", "2026-05-01T09:00Z", "--w84", "nobody=3"], "there is no UAV"),
        (["--at", "2026-05-01T09:00Z", "--w84", "3", "--w84", "4"], "all is given twice"),
        (["--at", "2026-05-01T09:00Z", "--geoid", "46"], "no terrain model"),
        (["--at", "2026-05-01T09:00Z", "--geoid", "46", "--w84", "3"], "give one of them"),
    ],
)
def test_bad_input_is_one_line(plan_file, tmp_path, options, words):
    done = run(plan_file, *options, "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert words in done.output
    assert not (tmp_path / "out").exists()
