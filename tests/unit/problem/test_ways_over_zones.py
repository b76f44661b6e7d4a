"""Ways there and back that pass over a zone with a ceiling, where the user lets them."""

import json
from dataclasses import replace

import numpy as np
import pytest
import shapely
from click.testing import CliRunner
from shapely.geometry import LineString, Point, Polygon, box

from mcpp.api import draft
from mcpp.check.report import check
from mcpp.cli.main import cli
from mcpp.export.fence import fence_of
from mcpp.flight.lost_link import lost_link
from mcpp.ground.frame import LocalFrame
from mcpp.io.mission import mission_to_json
from mcpp.io.plan import plan_from_json, plan_to_json
from mcpp.link.way_home import way_home_of
from mcpp.model import AreaPart, LegKind, Mission, PolygonZone, Uav
from mcpp.problem.localize import frame_of, localize
from mcpp.problem.space import passes_over, way_m, way_space_of
from tests.strategies import ANCHOR_LON_LAT_DEG, ring_lon_lat_deg

WALL = box(180, 40, 220, 300)
"""A row of trees between two halves of the area, open at its south end alone."""


def place(x_m, y_m):
    lon, lat = LocalFrame(ANCHOR_LON_LAT_DEG).to_deg(np.array([x_m, y_m], float))
    return float(lon), float(lat)


def mission_of(*, over=True, ceiling_m=45.0, **flight):
    base = Mission(
        area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 400, 300))),),
        no_fly_zones=(
            PolygonZone(
                name="trees", outer_lon_lat_deg=ring_lon_lat_deg(WALL), ceiling_m=ceiling_m
            ),
        ),
        uavs=(
            # each half goes to one: who has the eastern one stands west of the trees
            Uav(id="east", start_lon_lat_deg=place(170, 280)),
            Uav(id="west", start_lon_lat_deg=place(10, 20)),
        ),
        scan_distance_m=20,
        direction_deg=0.0,
    )
    heights = {"height_m": 30.0, "transit_height_m": 60.0, "return_height_m": 60.0, **flight}
    return replace(base, flight=replace(base.flight, transit_over_zones=over, **heights))


@pytest.fixture(scope="module")
def plan():
    return draft(mission_of())


def zone_m(plan):
    frame = LocalFrame(plan.origin_lon_lat_deg)
    return frame.shape_to_m(Polygon(plan.mission.no_fly_zones[0].outer_lon_lat_deg))


def legs_over(plan):
    """Legs that meet the zone: UAV, kind and the height of their lower end."""
    zone = zone_m(plan)
    found = []
    for sortie in plan.sorties:
        for i, kind in enumerate(sortie.kind):
            if LineString(sortie.xyz_m[i : i + 2, :2]).intersects(zone):
                found.append((sortie.uav, LegKind(kind), sortie.xyz_m[i : i + 2, 2].min()))
    return found


def test_only_ways_there_and_back_pass_over_and_never_lower_than_they_may(plan):
    over = legs_over(plan)
    assert over
    assert {kind for _, kind, _ in over} <= {LegKind.TRANSIT, LegKind.RETURN}
    assert min(height for _, _, height in over) >= 45 + 10
    assert not [finding for finding in check(plan) if finding.level == "error"]


def test_without_the_setting_nothing_passes_over():
    assert legs_over(draft(mission_of(over=False))) == []


def test_the_way_over_is_shorter(plan):
    around = draft(mission_of(over=False))
    east, detour = plan.report.uavs[0], around.report.uavs[0]
    assert east.length_m < detour.length_m - 100


@pytest.mark.parametrize(
    ("changes", "over"),
    [
        ({}, True),
        ({"ceiling_m": 50.0}, True),
        ({"ceiling_m": 50.1}, False),
        ({"ceiling_m": None}, False),
        ({"return_height_m": 50.0}, False),
        ({"takeoff_height_m": 40.0}, False),
        ({"takeoff_height_m": 56.0}, True),
        ({"transit_height_m": None}, False),
    ],
)
def test_all_heights_of_the_ways_must_clear_the_zone(changes, over):
    mission = mission_of(**changes)
    mission = replace(mission, uavs=mission.uavs[:1])
    problem = localize(mission, frame_of(mission))
    assert passes_over(problem, 0) is over
    inside = shapely.intersects_xy(way_space_of(problem, 0), *zone_m_of(mission))
    assert bool(inside) is over
    assert not shapely.intersects_xy(problem.allowed, *zone_m_of(mission))


def zone_m_of(mission):
    frame = frame_of(mission)
    centre = frame.shape_to_m(Polygon(mission.no_fly_zones[0].outer_lon_lat_deg)).centroid
    return centre.x, centre.y


def test_a_wing_passes_over_no_zone():
    mission = mission_of()
    fleet = tuple(replace(uav, aircraft="generic-fixed-wing") for uav in mission.uavs)
    wings = replace(mission, uavs=fleet)
    assert localize(wings, frame_of(wings)).ways == ()


def test_the_way_height_is_that_of_the_lowest_way():
    mission = mission_of()
    vehicle = localize(mission, frame_of(mission)).vehicles[0]
    vehicle = replace(vehicle, takeoff_height_m=58.0, return_height_m=57.0)
    assert way_m(vehicle) == 57.0
    assert way_m(replace(vehicle, takeoff_height_m=None, return_height_m=None)) == 30.0


def test_the_fence_of_who_passes_over_leaves_the_zone_open_and_that_is_told(plan):
    passing = {uav for uav, _, _ in legs_over(plan)}
    assert passing
    told = {f.uav for f in plan.report.findings if f.code == "zone-over"}
    assert told == {plan.mission.uavs[uav].id for uav in passing}
    for uav in range(2):
        fence = fence_of(plan, uav)
        shut = bool(fence.exclusions_lon_lat_deg or fence.circles)
        assert shut is (uav not in passing)
        assert not fence.notes


def test_the_check_tells_a_zone_that_grew_under_a_finished_plan(plan):
    taller = replace(plan, mission=mission_of(ceiling_m=58.0))
    assert "no-fly" in {f.code for f in check(taller) if f.level == "error"}


def test_the_check_lets_no_survey_line_and_no_climb_pass_over(plan):
    for kind in (LegKind.CONNECT, LegKind.SURVEY, LegKind.LAND):
        sorties = []
        for sortie in plan.sorties:
            kinds = sortie.kind.copy()
            kinds[(kinds == LegKind.TRANSIT) | (kinds == LegKind.RETURN)] = kind
            sorties.append(replace(sortie, kind=kinds))
        assert "no-fly" in {f.code for f in check(replace(plan, sorties=tuple(sorties)))}


def test_the_check_believes_no_ways_of_the_file(plan):
    shut = replace(plan, mission=mission_of(over=False))
    codes = {f.code for f in check(shut) if f.level == "error"}
    assert {"derived", "no-fly"} <= codes


def test_a_plan_file_keeps_the_ways(plan):
    again = plan_from_json(json.loads(plan_to_json(plan)), "plan")
    assert plan_to_json(again) == plan_to_json(plan)
    assert not [finding for finding in check(again) if finding.level == "error"]


def test_who_is_called_home_over_the_zone_goes_on_over_it_at_the_return_height(plan):
    uav = legs_over(plan)[0][0]
    sortie = next(s for s in plan.sorties if s.uav == uav)
    home = way_home_of(plan, sortie, ())
    frame = LocalFrame(plan.origin_lon_lat_deg)
    centre = zone_m(plan).centroid
    lon, lat = frame.to_deg(np.array([centre.x, centre.y]))
    way = [
        item for item in home.items_from((float(lon), float(lat))) if item.alt_m and item.lat_deg
    ]
    assert {item.alt_m for item in way} == {plan.problem.vehicles[uav].return_height_m}
    first = Point(frame.to_m((way[0].lon_deg, way[0].lat_deg)))
    assert first.distance(centre) < 0.1
    assert not home.may_jump((float(lon), float(lat)))


def test_a_lost_link_is_still_held_against_the_zone(plan):
    """The autopilot's own return has its own height: nobody knows that it clears the zone."""
    assert any(lost_link(plan, uav).crossing_before > 0 for uav in range(2))


def test_the_command_takes_the_setting(tmp_path):
    source = tmp_path / "m.json"
    source.write_text(mission_to_json(mission_of(over=False)))
    options = ["convert", str(source), "--transit-over-zones"]
    done = CliRunner().invoke(cli, ["-q", *options])
    assert json.loads(done.stdout)["flight"]["transit_over_zones"] is True
