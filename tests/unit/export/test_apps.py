"""Missions for apps that fly files, read back by readers that are not ours."""

import io
import json
import math
import zipfile
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from litchi_wp import enums
from litchi_wp.waypoint import Waypoint

from mcpp.errors import ExportError
from mcpp.export import litchi
from mcpp.export.app_route import app_points, parts
from mcpp.export.app_words import path_words, timer_s
from mcpp.export.folder import output_contents, write_outputs
from mcpp.export.plan_lint import lint_findings, lint_plan
from mcpp.export.registry import render
from mcpp.export.targets import app_limits
from mcpp.ground.frame import LocalFrame
from mcpp.model import Aircraft, LegKind, Plan, Wall
from tests.plan_doubles import hand_plan, small_mission
from tests.wpml_reader import NAMES, marks, opened, text

HALTING = {"motion": replace(hand_plan().problem.vehicles[0].motion, corner="halt")}


KINDS: Any = enums  # its stubs take the members of its enumerations for numbers


def plan_of(*aircraft: str, own: tuple[Aircraft, ...] = (), **vehicle: Any) -> Plan:
    mission = small_mission()
    names = aircraft if len(aircraft) > 1 else aircraft * 2
    uavs = tuple(replace(u, aircraft=a) for u, a in zip(mission.uavs, names, strict=True))
    return hand_plan(replace(mission, uavs=uavs, aircraft=own), **{**HALTING, **vehicle})


def homeward(plan: Plan) -> Plan:
    """Let the last sortie land where it took off."""
    xyz_m = plan.sorties[2].xyz_m.copy()
    xyz_m[-2:, :2] = xyz_m[0, :2]
    return replace(plan, sorties=(*plan.sorties[:2], replace(plan.sorties[2], xyz_m=xyz_m)))


def waypoints_of(table: str) -> list[Any]:
    """Read a table with litchi_wp, whose pattern knows no longitude west of Greenwich."""
    header, *rows = table.splitlines()
    assert f"{header}\n" == Waypoint.get_header()
    return [Waypoint.from_line(row) for row in rows]


# --------------------------------------------------------------------------------------- Litchi


def test_litchi_reads_the_legs_at_their_heights_and_speeds():
    plan = plan_of("dji-mini-4-pro")
    sortie = plan.sorties[0]
    (table,) = litchi.to_parts(plan, sortie)
    found = waypoints_of(table)
    xy_m = LocalFrame(plan.origin_lon_lat_deg).to_m(np.array([[w.lon, w.lat] for w in found]))
    assert np.abs(xy_m - sortie.xyz_m[1:-1, :2]).max() < 0.02
    assert [w.altitude.value for w in found] == pytest.approx(sortie.xyz_m[1:-1, 2].tolist())
    assert {w.altitude.mode for w in found} == {
        KINDS.AltitudeMode.MSL
    }  # 0, which is above the start
    assert [w.speed for w in found[:-1]] == pytest.approx(sortie.speed_m_s[1:-1].tolist())
    assert {(w.gimbal.mode, w.gimbal.pitchangle) for w in found} == {
        (KINDS.GimbalMode.INTERPOLATE, -90)
    }
    assert {w.curvesize for w in found} == {0.0}


def test_litchi_photographs_survey_legs_alone_and_looks_along_them():
    plan = plan_of("dji-mini-4-pro")
    sortie = plan.sorties[0]
    found = waypoints_of(litchi.to_parts(plan, sortie)[0])
    every_m = [w.photo.distance_interval for w in found]
    survey = [kind == LegKind.SURVEY for kind in sortie.kind[1:-1]]
    assert every_m == [*(12.5 if on else -1.0 for on in survey), -1.0]
    lines = [w.heading for w, on in zip(found, survey, strict=False) if on]
    assert lines == pytest.approx([90.0, 270.0, 90.0, 270.0], abs=0.1)  # east, west, ...
    fixed = plan_of("dji-mini-4-pro", heading="fixed", heading_deg=-90.0)
    assert {w.heading for w in waypoints_of(litchi.to_parts(fixed, fixed.sorties[0])[0])} == {270.0}


def test_litchi_hovers_for_a_photo_at_each_stop():
    plan = plan_of("dji-mini-4-pro", trigger="hover", trigger_distance_m=50.0, hover_s=1.5)
    found = waypoints_of(litchi.to_parts(plan, plan.sorties[0])[0])
    stops = [w for w in found if w.actions[0].type == KINDS.ActionType.STAY_FOR]
    assert len(stops) == 4 * 5  # four lines of 160 m: both ends and three stops between
    assert {(w.actions[0].param, w.actions[1].type) for w in stops} == {
        (1500, KINDS.ActionType.TAKE_PHOTO)
    }
    assert all(w.photo.distance_interval == -1 for w in found)


def test_litchi_gets_points_on_legs_longer_than_two_kilometres():
    plan = plan_of("dji-mini-4-pro")
    far = plan.sorties[0].xyz_m.copy()
    far[:, :2] *= 20.0
    sortie = replace(plan.sorties[0], xyz_m=far)
    points = app_points(plan, sortie, app_limits("litchi"))
    legs = [math.dist(a.xyz_m, b.xyz_m) for a, b in pairwise(points)]
    assert max(legs) <= 1999.0
    assert sum(legs) == pytest.approx(np.linalg.norm(np.diff(far[1:-1], axis=0), axis=1).sum())


def test_a_wing_is_no_aircraft_for_litchi():
    with pytest.raises(ExportError, match="litchi: one is a fixed-wing: Litchi flies multirotors"):
        render(plan_of("generic-fixed-wing", kind="fixed-wing"), "litchi")


# ---------------------------------------------------------------------------------------- parts


def test_parts_are_one_flight_that_goes_on_where_it_hovers():
    plan = plan_of("dji-mini-4-pro", trigger="hover", trigger_distance_m=4.0)
    sortie, limits = plan.sorties[0], app_limits("litchi")
    whole, cut = app_points(plan, sortie, limits), parts(plan, sortie, limits)
    assert len(whole) == 168  # 4 lines of 41 stops, and 2 points at either end
    assert len(cut) == 2
    assert all(len(part.points) <= 99 for part in cut)
    joined = [*cut[0].points, *cut[1].points[1:]]
    assert np.allclose([p.xyz_m for p in joined], [p.xyz_m for p in whole])
    assert np.array_equal(cut[0].points[-1].xyz_m, cut[1].points[0].xyz_m)
    # no photo is lost or taken twice, and no line is cut while another place is near
    assert sum(p.photo for part in cut for p in part.points) == 4 * 41
    assert not whole[len(cut[0].points) - 1].survey


def test_a_line_longer_than_a_part_is_cut_within():
    plan = plan_of("dji-mini-4-pro", trigger="hover", trigger_distance_m=1.0)
    cut = parts(plan, plan.sorties[0], app_limits("litchi"))
    assert all(len(part.points) <= 99 for part in cut)
    assert sum(p.photo for part in cut for p in part.points) == 4 * 161


def test_files_of_parts_say_which_of_how_many_they_are():
    plan = plan_of("dji-mini-4-pro", trigger="hover", trigger_distance_m=4.0)
    assert list(render(plan, "dji-fly"))[:3] == [
        "one-1-part1of2.kmz",
        "one-1-part2of2.kmz",
        "one-2-part1of2.kmz",
    ]


# -------------------------------------------------------------------------------------- DJI Fly


def test_dji_fly_hovers_after_a_part_and_goes_home_after_the_last():
    plan = plan_of("dji-mini-4-pro", trigger="hover", trigger_distance_m=4.0, hover_s=1.0)
    files = render(plan, "dji-fly")
    ends = {}
    for name, data in files.items():
        for root in opened(data).values():
            ends[name] = text(root, ".//w:finishAction")
            assert text(root, ".//w:droneEnumValue") == "68"
            assert root.find(".//w:payloadInfo", NAMES) is None
    assert ends["one-1-part1of2.kmz"] == "noAction"
    assert ends["one-1-part2of2.kmz"] == "goHome"
    assert [end for name, end in ends.items() if "two" in name][-1] == "autoLand"


def test_dji_fly_gets_no_trigger_that_it_does_not_know():
    hovering = {"trigger": "hover", "trigger_distance_m": 50.0, "hover_s": 1.0}
    cases: tuple[dict[str, Any], ...] = ({}, hovering)
    for vehicle in cases:
        root = opened(render(plan_of("dji-air-3", **vehicle), "dji-fly")["one-1.kmz"])[
            "wpmz/waylines.wpml"
        ]
        triggers = {e.text for e in root.findall(".//w:actionTriggerType", NAMES)}
        actions = {e.text for e in root.findall(".//w:actionActuatorFunc", NAMES)}
        assert triggers == {"reachPoint"}
        assert actions <= {"gimbalRotate", "takePhoto", "hover"}
        indices = [text(mark, "w:index") for mark in marks(root)]
        assert indices == [str(i) for i in range(len(indices))]
    assert sum(e.text == "takePhoto" for e in root.findall(".//w:actionActuatorFunc", NAMES)) == 20


def test_dji_fly_takes_the_aircraft_that_it_flies():
    with pytest.raises(ExportError, match="one is a 'dji-mavic-3e', which DJI Fly does not fly"):
        render(plan_of("dji-mavic-3e"), "dji-fly")
    assert list(render(plan_of("dji-mavic-3e", "dji-air-3"), "dji-fly")) == ["two.kmz"]


# ------------------------------------------------------------------------------------- Potensic


def test_potensic_reads_a_folder_of_two_files():
    plan = homeward(plan_of("potensic-atom-2", trigger="hover", trigger_distance_m=50.0))
    files = render(plan, "potensic")
    assert list(files) == ["one-1.zip", "one-2.zip", "two.zip"]
    numbers = set()
    for data in files.values():
        assert isinstance(data, bytes)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            settings_name, points_name = archive.namelist()
            settings = json.loads(archive.read(settings_name))
            points, interests = archive.read(points_name).decode().split(";")
        number = settings_name.partition("/")[0]
        assert (settings_name, points_name) == (f"{number}/global.json", f"{number}/{number}.json")
        assert len(number) == 13  # of milliseconds
        assert (settings["finishAction"], settings["lostAction"]) == ("RETURN", "RETURN")
        assert interests == "[]"
        numbers.add(number)
    assert len(numbers) == 3
    rows = json.loads(points)
    lon_lat = np.array([[row["lng"], row["lat"]] for row in rows])
    xy_m = LocalFrame(plan.origin_lon_lat_deg).to_m(lon_lat)
    assert np.abs(xy_m[[0, -1]] - plan.sorties[2].xyz_m[[0, -1], :2]).max() < 0.02
    assert sum(row["action"] == "PHOTO" for row in rows) == 5 * 5


def test_potensic_takes_no_flight_that_it_could_not_end():
    with pytest.raises(ExportError, match="potensic: two lands elsewhere than it takes off"):
        render(plan_of("potensic-atom-2"), "potensic")
    many = homeward(plan_of("potensic-atom-2", trigger="hover", trigger_distance_m=4.0))
    with pytest.raises(ExportError, match="more than 50 points: give the aircraft most_points 50"):
        render(many, "potensic")


# ------------------------------------------------------------------------ the folder and its words


def test_the_folder_holds_each_aircrafts_own_format():
    files = output_contents(plan_of("dji-mini-4-pro", "generic-multirotor"))
    assert list(files) == [
        *("plan.json", "README.txt", "routes.geojson", "report.html"),
        *("one-1.kmz", "one-2.kmz", "two.plan", "two.waypoints"),
    ]
    readme = files["README.txt"]
    assert isinstance(readme, str)
    for words in ("one (dji-mini-4-pro)", "    one-2.kmz: returns", "    two.plan\n", "at 2 s"):
        assert words in readme


def test_the_readme_tells_how_parts_follow_each_other():
    own = (Aircraft(name="mine", app="litchi"),)
    plan = plan_of("mine", own=own, trigger="hover", trigger_distance_m=4.0)
    readme = output_contents(plan)["README.txt"]
    assert isinstance(readme, str)
    assert "one-1-part1of2.csv: ends hovering (Finish Action: None); then load" in readme
    assert "one-1-part2of2.csv: goes on from there, and returns and lands" in readme


def test_flights_of_an_earlier_plan_do_not_stay_in_its_folder(tmp_path):
    plan = plan_of("dji-mini-4-pro", trigger="hover", trigger_distance_m=4.0)
    write_outputs(plan, tmp_path)
    (tmp_path / "holiday.kmz").write_text("mine")
    write_outputs(plan_of("dji-mini-4-pro"), tmp_path, overwrite=True)
    left = {path.name for path in tmp_path.glob("*.kmz")}
    assert left == {"one-1.kmz", "one-2.kmz", "two.kmz", "holiday.kmz"}


def test_what_can_not_be_given_its_flights_is_told_before_planning():
    own = (
        Aircraft(name="toy", app="none"),
        Aircraft(name="new", app="dji-pilot"),
        Aircraft(name="wing", app="litchi", kind="fixed-wing", turn="loiter", turn_radius_m=30),
    )
    mission = replace(small_mission(), aircraft=own)
    told = {}
    for name in ("toy", "new", "wing", "potensic-atom-2", "dji-mavic-3e", "px4-multirotor"):
        uavs = (replace(mission.uavs[0], aircraft=name),)
        told[name] = [words for _, words in path_words(replace(mission, uavs=uavs))]
    assert told["toy"] == [
        "mcpp writes no file that a 'toy' flies (its app is 'none'): fly it by hand"
    ]
    assert "number is not known" in told["new"][0]
    assert told["wing"] == ["Litchi flies multirotors, and no fixed-wing"]
    assert "opens no files" in told["potensic-atom-2"][0]
    assert told["dji-mavic-3e"] == told["px4-multirotor"] == []
    both = (replace(mission.uavs[0], aircraft="toy"), mission.uavs[1])
    findings = lint_findings(hand_plan(replace(mission, uavs=both)))
    assert ("warning", "export-path", "one") in {(f.level, f.code, f.uav) for f in findings}


# -------------------------------------------------------------------------------------- the linter


def test_an_app_is_linted_by_its_own_limits_and_not_as_an_autopilot():
    assert lint_plan(plan_of("dji-mavic-3e")) == []
    told = lint_plan(plan_of("dji-mini-4-pro"))
    assert len(told) == 3
    assert "start its timer at 2 s before the first line" in told[0]  # 12.5 m at 5 m/s
    assert lint_plan(plan_of("dji-mini-4-pro"), "litchi") == []


@pytest.mark.parametrize(
    ("vehicle", "words"),
    [
        ({"speed_m_s": 8.0}, "survey at 6.2 m/s or slower"),  # 12.5 m in 2 s is 6.25 m/s
        ({"kind": "fixed-wing"}, "it is a fixed-wing"),
        ({"motion": hand_plan().problem.vehicles[0].motion}, "stops at each waypoint"),
        ({"trigger": "hover", "hover_s": 40.0}, "hovers 40 s for a photo: DJI Fly 32 s"),
        (
            {"trigger": "hover", "trigger_distance_m": 4.0, "endurance_s": 200.0},
            "flown in 2 parts: with 60 s to load each next one it takes 4.0 of 3.3 usable",
        ),
    ],
)
def test_what_an_app_flies_otherwise_is_told(vehicle, words):
    assert words in lint_plan(plan_of("dji-mini-4-pro", **vehicle))[0]


def test_heights_speeds_and_short_legs_beyond_an_apps_limits_are_told():
    plan = plan_of("potensic-atom-2", trigger="none")
    sortie = plan.sorties[0]
    high = sortie.xyz_m.copy()
    high[5, 2], high[6, :2] = 150.0, high[5, :2] + 0.1
    high[6, 2] = 150.0
    odd = replace(sortie, xyz_m=high, speed_m_s=np.full(len(sortie.kind), 9.0))
    told = "\n".join(lint_plan(replace(plan, sorties=(odd,))))
    assert "150 m above the launch point: PotensicPro takes 0 to 120 m" in told
    assert "1 legs are shorter than 0.5 m" in told
    assert "to fly 9 m/s: PotensicPro flies 8" in told


@pytest.mark.parametrize(
    ("distance_m", "speed_m_s", "seconds"), [(12.5, 5.0, 2), (30.0, 5.0, 5), (9.0, 5.0, None)]
)
def test_the_timer_takes_as_many_photos_as_were_asked_for(distance_m, speed_m_s, seconds):
    vehicle = hand_plan(trigger_distance_m=distance_m, speed_m_s=speed_m_s).problem.vehicles[0]
    assert timer_s(vehicle) == seconds


def test_a_flight_round_a_structure_is_told_for_apps_that_look_ahead():
    plan = plan_of("dji-mavic-3e")
    (x0, y0), (x1, y1) = plan.sorties[0].xyz_m[3:5, :2].tolist()
    wall = Wall(
        core_m=(((x0 + x1) / 2, y0 + 20.0),),
        round_m=2.0,
        way_m=((x0, y0), (x1, y1)),
        heights_m=(60.0,),
        distance_m=18.0,
    )
    plan = replace(plan, problem=replace(plan.problem, walls=(wall,)))
    assert "it is to look at a structure" in lint_plan(plan)[0]
