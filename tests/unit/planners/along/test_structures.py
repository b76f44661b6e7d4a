"""Whole missions past structures: ways, heights, what is kept off, what is looked at."""

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings, strategies as st

from mcpp.api import plan, recheck
from mcpp.errors import GeometryError, InfeasibleError, InputError
from mcpp.export.fence import fence_of
from mcpp.export.folder import output_contents
from mcpp.export.items import Command, mission_items
from mcpp.export.plan_lint import lint_plan
from mcpp.ground.frame import LocalFrame
from mcpp.io.plan import plan_from_json, plan_to_json, plan_value
from mcpp.model import (
    AreaPart,
    FlightSettings,
    LegKind,
    Mission,
    PlannerChoice,
    PolygonZone,
    Structure,
    Uav,
)
from tests.strategies import points_lon_lat_deg

HALL = [(0, 0), (80, 0), (80, 50), (0, 50)]


def places(xy):
    return tuple(points_lon_lat_deg(np.array(xy, float).reshape(-1, 2)))


def past(*structures, starts=((-60.0, -40.0),), zones=(), **changes):
    given = [None if s is None else places(s)[0] for s in starts]
    return Mission(
        structures=structures,
        no_fly_zones=tuple(PolygonZone(outer_lon_lat_deg=places(zone)) for zone in zones),
        uavs=tuple(Uav(id=f"u{i}", start_lon_lat_deg=start) for i, start in enumerate(given)),
        **changes,
    )


def orbit(at=(0, 0), **changes):
    facts = {"distance_m": 20.0, "radius_m": 5.0, "lowest_m": 20.0, **changes}
    return Structure(kind="orbit", line_lon_lat_deg=places([at]), **facts)


def perimeter(**changes):
    facts = {"distance_m": 15.0, "lowest_m": 25.0, **changes}
    return Structure(kind="perimeter", line_lon_lat_deg=places(HALL), **facts)


def facade(**changes):
    facts = {"distance_m": 10.0, "lowest_m": 6.0, "highest_m": 18.0, "step_m": 4.0, **changes}
    return Structure(kind="facade", line_lon_lat_deg=places([(0, 0), (80, 0)]), **facts)


def errors(found):
    return [f"{f.code}: {f.message}" for f in found.report.findings if f.level == "error"]


def metres(found, lon_lat):
    return LocalFrame(found.origin_lon_lat_deg).to_m(np.array(lon_lat))


def survey_heights(found):
    return {
        round(float(z), 2)
        for s in found.sorties
        for a, kind in enumerate(s.kind)
        if kind == LegKind.SURVEY
        for z in (s.xyz_m[a, 2], s.xyz_m[a + 1, 2])
    }


CASES = {
    "orbit": past(orbit(highest_m=40.0, step_m=10.0)),
    "perimeter, two UAVs": past(
        perimeter(highest_m=45.0, step_m=10.0), starts=[(-60, -40), (140, 20)]
    ),
    "facade": past(facade()),
    "facade, other side": past(facade(side="left")),
    "two towers": past(
        orbit(), orbit((200, 0), highest_m=40.0, step_m=10.0), starts=[(60, 0), (140, 30)]
    ),
    "no launch point": past(orbit(highest_m=30.0, step_m=10.0), starts=[None]),
    "short battery": replace(
        past(perimeter(highest_m=65.0, step_m=10.0)),
        uavs=(Uav(id="u0", start_lon_lat_deg=places([(-60, -40)])[0], endurance_s=300.0),),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_plan_past_structures_passes_its_check_and_comes_back(case):
    found = plan(CASES[case])
    assert errors(found) == []
    assert {s.uav for s in found.sorties} == set(range(len(found.mission.uavs)))
    back = recheck(plan_from_json(plan_value(found)))
    assert errors(back) == []
    assert not back.edited
    assert plan_to_json(plan(CASES[case])) == plan_to_json(found)
    assert lint_plan(found) == []
    assert lint_plan(found, "portable") == []
    assert "report.html" in output_contents(found)


def test_an_orbit_goes_round_at_its_distance_at_every_height():
    found = plan(past(orbit(highest_m=40.0, step_m=10.0)))
    assert survey_heights(found) == {20.0, 30.0, 40.0}
    middle = metres(found, found.mission.structures[0].line_lon_lat_deg)[0]
    (sortie,) = found.sorties
    on = sortie.kind == LegKind.SURVEY
    legs = shapely.linestrings(np.stack([sortie.xyz_m[:-1, :2], sortie.xyz_m[1:, :2]], axis=1))
    away = shapely.distance(legs, shapely.Point(middle))
    assert away[on].min() > 24.75
    assert np.hypot(*(sortie.xyz_m[:-1, :2][on] - middle).T).max() < 25.01
    assert away.min() > 23.7  # on no leg at all nearer than the stand-off less a metre
    around = found.report.uavs[0].survey_m
    assert around == pytest.approx(3 * 2 * math.pi * 25, rel=0.02)


def test_heights_are_spread_evenly_and_follow_from_the_camera():
    wanted = past(orbit(highest_m=40.0, step_m=7.0))
    assert survey_heights(plan(wanted)) == {20.0, 26.67, 33.33, 40.0}
    from mcpp.problem.camera import built_in_cameras

    camera = built_in_cameras()[0]
    fleet = tuple(replace(uav, camera=camera.name) for uav in wanted.uavs)
    seen_m = 20.0 * camera.sensor_height_mm / camera.focal_mm  # upright in the picture
    flight = FlightSettings(sidelap=0.5)
    by_camera = past(orbit(highest_m=40.0), flight=flight)
    heights = survey_heights(plan(replace(by_camera, uavs=fleet)))
    assert len(heights) == 1 + math.ceil(20.0 / (0.5 * seen_m) - 1e-6)


def test_photos_are_taken_by_the_distance_of_the_wall():
    from mcpp.problem.camera import built_in_cameras

    camera = built_in_cameras()[0]
    wanted = past(facade(), flight=FlightSettings(frontlap=0.75))
    wanted = replace(wanted, uavs=(replace(wanted.uavs[0], camera=camera.name),))
    found = plan(wanted)
    assert errors(found) == []
    across_m = 10.0 * camera.sensor_width_mm / camera.focal_mm
    every = {
        round(item.params[0], 2)
        for item in mission_items(found, found.sorties[0])
        if item.command == Command.DO_SET_CAM_TRIGG_DIST and item.params[0] > 0
    }
    assert every == {round(0.25 * across_m, 2)}


def _looks(found, sortie):
    """Read the mission as an autopilot does: where the nose points on each survey leg."""
    frame = LocalFrame(found.origin_lon_lat_deg)
    at, look, out = None, None, []
    for item in mission_items(found, sortie)[1:]:
        if item.command == Command.DO_SET_ROI:
            place = frame.to_m((item.lon_deg, item.lat_deg))
            look = (*place, item.alt_m) if item.params[0] == 3 else None
        elif item.command == Command.NAV_WAYPOINT:
            there = (*frame.to_m((item.lon_deg, item.lat_deg)), item.alt_m)
            if at is not None and item.comment == "survey":
                out.append(
                    (np.array(at), np.array(there), None if look is None else np.array(look))
                )
            at = there
    return out, look


@pytest.mark.parametrize("autopilot", ["ardupilot", "px4"])
@pytest.mark.parametrize("case", ["orbit", "facade", "facade, other side", "perimeter, two UAVs"])
def test_the_camera_is_towards_the_structure_on_every_leg(case, autopilot):
    wanted = CASES[case]
    fleet = tuple(replace(uav, autopilot=autopilot) for uav in wanted.uavs)
    found = plan(replace(wanted, uavs=fleet))
    corners = metres(found, found.mission.structures[0].line_lon_lat_deg)
    core = {1: shapely.Point, 2: shapely.LineString}.get(len(corners), shapely.Polygon)(
        corners[0] if len(corners) == 1 else corners
    )
    for sortie in found.sorties:
        items = mission_items(found, sortie)
        legs, ends_with = _looks(found, sortie) if autopilot == "ardupilot" else (None, None)
        rois = [item for item in items if item.command == Command.DO_SET_ROI]
        assert rois[-1].params[0] == 0  # on the way home the nose is ahead again
        assert len(items) < 500
        if legs is None:
            continue
        assert ends_with is None
        for a, b, look in legs:
            assert look is not None
            for place in (a, (a + b) / 2, b):
                near = shapely.get_coordinates(
                    shapely.shortest_line(core, shapely.Point(place[:2]))
                )[0]
                wish, nose = near - place[:2], look[:2] - place[:2]
                cosine = wish @ nose / np.hypot(*wish) / np.hypot(*nose)
                assert cosine > math.cos(math.radians(16))
                assert abs(look[2] - place[2]) < 0.05  # level, as no pitch was asked for


def test_a_pitched_camera_looks_down_at_its_angle():
    found = plan(past(orbit(), flight=FlightSettings(gimbal_pitch_deg=-30.0)))
    (legs, _) = _looks(found, found.sorties[0])
    for a, b, look in legs:
        away = np.hypot(*(look[:2] - (a + b)[:2] / 2))
        assert math.degrees(math.atan2(look[2] - a[2], away)) == pytest.approx(-30.0, abs=0.2)


def test_like_uavs_share_the_way_and_stay_apart():
    found = plan(CASES["perimeter, two UAVs"])
    ends = [u.landing_s for u in found.report.uavs]
    assert max(ends) / min(ends) < 1.1
    for uav in (0, 1):
        assert fence_of(found, uav).exclusions_lon_lat_deg  # the hall itself


def test_a_zone_over_the_way_is_named_and_kept_out_of():
    zone = [(30, -30), (50, -30), (50, -5), (30, -5)]
    found = plan(past(perimeter(), zones=[zone]))
    assert errors(found) == []
    (hidden,) = [f for f in found.report.findings if f.code == "hidden"]
    assert hidden.level == "warning"
    # 20 m and half a metre to each side, of 260 m and four quarter circles of 15 m
    assert f"{100 * 21 / (260 + 2 * math.pi * 15):.1f} %" in hidden.message


def test_a_pass_left_out_and_a_leg_too_near_are_found():
    found = plan(past(orbit(highest_m=40.0, step_m=10.0)))
    (sortie,) = found.sorties
    kind = sortie.kind.copy()
    kind[(kind == LegKind.SURVEY) & (np.abs(sortie.xyz_m[1:, 2] - 30.0) < 0.1)] = LegKind.CONNECT
    less = replace(found, sorties=(replace(sortie, kind=kind),))
    assert "passes" in {f.code for f in recheck(less).report.findings if f.level == "error"}
    middle = metres(found, found.mission.structures[0].line_lon_lat_deg)[0]
    nearer = sortie.xyz_m.copy()
    on = np.flatnonzero(kind == LegKind.SURVEY)[3]
    nearer[on, :2] = middle + 0.9 * (nearer[on, :2] - middle)
    near = replace(found, sorties=(replace(sortie, xyz_m=nearer),))
    assert "no-fly" in {f.code for f in recheck(near).report.findings if f.level == "error"}


@pytest.mark.parametrize(
    ("wanted", "error", "words"),
    [
        (past(orbit(highest_m=10.0)), InputError, "highest_m: 10 m is below lowest_m"),
        (past(orbit(highest_m=300.0, step_m=5.0)), InputError, "above flight.max_height_m"),
        (past(orbit(highest_m=40.0)), InputError, r"step_m: none is given, and no camera"),
        (past(orbit(distance_m=1.0)), InputError, r"structures\[0\].distance_m: 1 m is outside"),
        (past(facade(radius_m=5.0)), InputError, "only an orbit has one"),
        (past(Structure(kind="orbit", line_lon_lat_deg=places(HALL), distance_m=9, lowest_m=9)),
         InputError, "it has 4 points: an orbit goes round one"),
        (past(Structure(kind="facade", line_lon_lat_deg=places([(0, 0)]), distance_m=9,
                        lowest_m=9)), InputError, "a facade is a line"),
        (past(Structure(kind="perimeter", line_lon_lat_deg=places([(0, 0), (9, 0)]), distance_m=9,
                        lowest_m=9)), GeometryError, "are no polygon"),
        (past(orbit(), crosshatch_deg=90.0), InputError, "crosshatch_deg: structures"),
        (past(orbit(), direction_deg=9.0), InputError, "direction_deg: structures"),
        (past(orbit(), flight=FlightSettings(min_views=3)), InputError, "flight.min_views"),
        (past(orbit(), flight=FlightSettings(heading="fixed")), InputError, "flight.heading"),
        (past(orbit(), area=(AreaPart(outer_lon_lat_deg=places(HALL)),)), InputError,
         "in a mission of their own"),
        (past(orbit(), planner=PlannerChoice(name="regions")), InfeasibleError,
         "'regions' flies over ground"),
        (replace(past(orbit()), uavs=(Uav(id="a", height_m=50.0),)), InputError,
         "structures say how high"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused(wanted, error, words):
    with pytest.raises(error, match=words):
        plan(wanted)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([orbit, perimeter, facade]),
    st.floats(6, 40),
    st.integers(1, 3),
    st.floats(3, 12),
    st.integers(1, 2),
)
def test_any_structure_is_passed_at_all_heights(make, distance_m, levels, step_m, count):
    high = 15.0 + (levels - 1) * step_m
    structure = make(distance_m=distance_m, lowest_m=15.0, highest_m=high, step_m=step_m)
    starts = [(-90.0, -70.0), (170.0, -80.0)][:count]
    found = plan(past(structure, starts=starts))
    assert errors(found) == []
    assert len(survey_heights(found)) == levels
