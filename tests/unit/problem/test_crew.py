"""Ground for the crew: launch points left to mcpp lie there, given ones outside it are told."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from click.testing import CliRunner
from shapely.geometry import Polygon, box

from mcpp.api import plan
from mcpp.check.crew import crew_findings
from mcpp.cli.main import cli
from mcpp.errors import GeometryError, InputError
from mcpp.export import geojson, kml
from mcpp.io.missions import mission_from
from mcpp.io.roles import Choice
from mcpp.io.source import load
from mcpp.model import (
    AreaPart,
    FlightSettings,
    Mission,
    Plan,
    PlannerChoice,
    PolygonZone,
    Uav,
)
from mcpp.problem.crew import crew_ground
from mcpp.problem.localize import frame_of, localize
from mcpp.problem.self_crossing import repaired_mission
from mcpp.report.html import report_html
from tests.plans import FRAME, lon_lat
from tests.strategies import ring_lon_lat_deg

FIELD = box(0, 0, 400, 300)
TRACK = box(0, -20, 400, -5)
"""Beside the field, where a road runs."""
CORNER = box(10, 10, 40, 40)


def part(shape: Polygon) -> AreaPart:
    return AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(shape))


def mission(*crew: Polygon, uavs: int = 3, **more) -> Mission:
    return Mission(
        area=(part(FIELD),),
        uavs=tuple(Uav(id=f"u{i}") for i in range(uavs)),
        scan_distance_m=30,
        planner=PlannerChoice(name="draft"),
        crew_area=tuple(map(part, crew)),
        **more,
    )


def starts_m(of: Mission) -> np.ndarray:
    """Launch points in the frame of the shapes above."""
    frame = frame_of(of)
    places = [vehicle.start_m for vehicle in localize(of, frame).vehicles]
    return np.array(FRAME.to_m(frame.to_deg(np.array(places))))


@pytest.mark.parametrize("crew", [TRACK, CORNER])
def test_launch_points_lie_where_the_crew_stands_and_apart(crew: Polygon) -> None:
    places = starts_m(mission(crew))
    assert shapely.dwithin(crew, shapely.points(places), 0.05).all()
    away = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    assert away[np.triu_indices(3, 1)].min() >= 10.0


def test_along_a_track_the_first_stands_in_the_middle_and_the_others_at_either_side() -> None:
    x = starts_m(mission(TRACK))[:, 0]
    assert x[0] == pytest.approx(200, abs=25)
    assert min(x[1:]) < 130
    assert max(x[1:]) > 270


def test_no_place_is_nearer_to_the_ground_in_the_mean() -> None:
    """By trying all places of a grid."""
    one = starts_m(mission(CORNER, uavs=1))[0]
    x, y = np.meshgrid(np.arange(5, 400, 10), np.arange(5, 300, 10))
    ground = np.column_stack([x.ravel(), y.ravel()])
    best = min(
        np.hypot(*(ground - (a, b)).T).mean()
        for a in np.linspace(10.5, 39.5, 30)
        for b in np.linspace(10.5, 39.5, 30)
    )
    assert np.hypot(*(ground - one).T).mean() <= 1.01 * best


def test_given_launch_points_stay_and_the_others_keep_away_from_them() -> None:
    of = mission(CORNER)
    uavs = (replace(of.uavs[0], start_lon_lat_deg=lon_lat(39, 39)), *of.uavs[1:])
    places = starts_m(replace(of, uavs=uavs))
    assert places[0] == pytest.approx((39, 39), abs=0.05)
    assert np.hypot(*(places[1:] - places[0]).T).min() >= 10.0


def test_zones_are_no_ground_for_a_crew() -> None:
    zone = PolygonZone(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 30, 60)))
    places = starts_m(mission(CORNER, uavs=1, no_fly_zones=(zone,)))
    assert places[0, 0] >= 30
    shut = PolygonZone(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 60, 60)))
    with pytest.raises(InputError, match="crew_area: it lies in no-fly zones"):
        starts_m(mission(CORNER, no_fly_zones=(shut,)))


def test_ground_far_away_is_refused() -> None:
    with pytest.raises(InputError, match=r"crew_area: it is .* km from the area"):
        starts_m(mission(box(90_000, 0, 90_100, 100)))


@pytest.fixture(scope="module")
def planned() -> Plan:
    return plan(mission(TRACK, uavs=2))


def at_distance(away_m: float) -> Mission:
    """One UAV that flies 5 m/s for 1,500 s with its reserve taken off, and ground so far off."""
    south = box(0, -away_m - 60, 400, -away_m)
    uav = Uav(id="u", transit_speed_m_s=5.0, endurance_s=1500 / 0.8)
    return replace(mission(south), uavs=(uav,), flight=FlightSettings(reserve=0.2))


@pytest.mark.parametrize(
    ("away_m", "told"), [(370.0, ""), (500.0, "3:20 go into the way there and back, 13 % of")]
)
def test_a_tenth_of_a_battery_for_the_way_there_and_back_is_enough(away_m: float, told: str):
    """375 m there and 375 m back take 150 s of 1,500 s; 500 m take 200 s."""
    found = [f for f in plan(at_distance(away_m)).report.findings if f.code == "crew-far"]
    assert [f.level for f in found] == (["warning"] if told else [])
    for finding in found:
        assert told in finding.message
        assert "from within 375 m it takes 10 %" in finding.message
        assert finding.amount_m == pytest.approx(away_m, abs=1.0)


def test_a_bow_tie_is_refused_and_mended_by_the_repair_that_the_message_offers() -> None:
    """Corners in a wrong order: two triangles of 20 m by 30 m, half of the square together."""
    tie = Polygon([(0, -40), (40, -10), (40, -40), (0, -10)])
    crossed = mission(tie)
    crossed = replace(crossed, crew_area=(replace(crossed.crew_area[0], name="track"),))
    with pytest.raises(GeometryError, match=r"crew_area\[0\].* with --repair"):
        starts_m(crossed)
    mended = repaired_mission(crossed)
    assert [part.name for part in mended.crew_area] == ["track", "track"]
    assert crew_ground(mended, frame_of(mended)).area == pytest.approx(600.0, rel=0.01)
    assert mended.area == crossed.area


def test_launch_points_of_the_user_s_own_are_no_fault_of_the_ground() -> None:
    of = at_distance(500.0)
    given = (replace(of.uavs[0], start_lon_lat_deg=lon_lat(200, -5)),)
    found = plan(replace(of, uavs=given)).report.findings
    assert [f.code for f in found if f.code.startswith("crew")] == ["crew"]


def test_ground_from_which_nobody_could_do_anything_is_refused() -> None:
    """3,700 m there and back take 1,480 s; with the climb and descent the battery is empty."""
    with pytest.raises(InputError, match=r"crew_area: it lies 370\d m .* give ground within 375 m"):
        localize(at_distance(3700.0), frame_of(at_distance(3700.0)))


def test_a_plan_launches_there_and_says_so_everywhere(planned: Plan) -> None:
    assert planned.report.safe
    assert not [f for f in planned.report.findings if f.code == "crew"]
    assert "crew area" in report_html(planned)
    kinds = [f["properties"]["type"] for f in json.loads(geojson.to_text(planned))["features"]]
    assert kinds.count("crew") == 1
    assert "Crew area" in kml.to_text(planned)


def test_given_points_outside_are_told_and_chosen_ones_are_errors(planned: Plan) -> None:
    elsewhere = replace(planned.mission, crew_area=(part(box(0, -60, 400, -40)),))
    found = list(crew_findings(replace(planned, mission=elsewhere)))
    assert {f.level for f in found} == {"error"}
    given = tuple(replace(u, start_lon_lat_deg=lon_lat(200, -10)) for u in elsewhere.uavs)
    found = list(crew_findings(replace(planned, mission=replace(elsewhere, uavs=given))))
    assert {f.level for f in found} == {"warning"}
    assert "launch point lies" in found[0].message
    assert found[0].amount_m == pytest.approx(34.5, abs=0.6)  # they stand at the edge


def test_a_shape_says_that_it_is_for_the_crew(tmp_path: Path) -> None:
    def feature(shape: Polygon, **facts: str) -> dict[str, object]:
        ring = [list(p) for p in ring_lon_lat_deg(shape)]
        return {
            "type": "Feature",
            "properties": facts,
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        }

    file = tmp_path / "farm.geojson"
    shapes = [feature(FIELD, name="Field"), feature(TRACK, role="crew"), feature(CORNER, name="x")]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": shapes}))
    found = load((file,), choice=Choice(crew=("x",)), crs=None)
    assert not isinstance(found, Mission)
    assert [shape.role for shape in found.shapes] == ["area", "crew", "crew"]
    made = mission_from(found, uavs=2, scan_distance_m=30)
    assert len(made.crew_area) == 2
    assert len(made.area) == 1
    result = CliRunner().invoke(cli, ["info", str(file), "--crew", "x"])
    assert result.exit_code == 0, result.output
    assert "2 crew areas" in result.output or "crew" in result.output
