"""A lost radio link: where the straight return crosses a zone, and the rally points against it."""

from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry import box

from mcpp.check.lost_link import lost_link_findings
from mcpp.export.items import rally_items
from mcpp.flight.lost_link import MOST_POINTS, lost_link
from mcpp.ground.frame import LocalFrame
from mcpp.model import Plan
from tests.plans import good_plan
from tests.strategies import ANCHOR_LON_LAT_DEG


def with_wall(plan: Plan, *walls: tuple[float, float, float, float]) -> Plan:
    zones = shapely.union_all([box(*wall) for wall in walls])
    return replace(plan, problem=replace(plan.problem, no_fly=zones))


def open_plan() -> Plan:
    plan = good_plan()
    return replace(plan, problem=replace(plan.problem, no_fly=shapely.MultiPolygon()))


def test_without_zones_there_is_nothing_to_say() -> None:
    assert list(lost_link_findings(open_plan())) == []
    assert rally_items(open_plan(), 0) == ()


def test_a_wall_between_way_and_home_gets_a_rally_point_in_sight_of_the_way() -> None:
    plan = with_wall(open_plan(), (58.0, 25.0, 62.0, 195.0))
    found = lost_link(plan, 0)
    assert found.crossing_before > 0.1
    assert found.crossing == 0
    assert 1 <= len(found.rally_m) <= MOST_POINTS
    assert (shapely.distance(plan.problem.no_fly, shapely.points(found.rally_m)) >= 5).all()
    sortie = plan.sorties[0]
    targets = np.vstack([sortie.xyz_m[:1, :2], found.rally_m])
    for place in sortie.xyz_m[2:-1, :2]:
        end = targets[np.argmin(np.hypot(*(targets - place).T))]
        assert not shapely.intersects(plan.problem.no_fly, shapely.linestrings([place, end]))
    (told,) = list(lost_link_findings(plan))
    assert (told.level, told.code, told.uav) == ("note", "lost-link", "one")
    frame = LocalFrame(ANCHOR_LON_LAT_DEG)
    written = frame.to_m([(p.lon_deg, p.lat_deg) for p in rally_items(plan, 0)])
    assert np.abs(written - found.rally_m).max() < 0.02


def test_a_wing_gets_no_rally_point_and_a_warning() -> None:
    plan = with_wall(open_plan(), (58.0, 25.0, 62.0, 195.0))
    vehicles = tuple(replace(v, kind="fixed-wing") for v in plan.problem.vehicles)
    plan = replace(plan, problem=replace(plan.problem, vehicles=vehicles))
    assert len(lost_link(plan, 0).rally_m) == 0
    told = [f for f in lost_link_findings(plan) if f.uav == "one"]
    assert [f.level for f in told] == ["warning"]
    assert told[0].lon_lat_deg is not None
    percent = f"from {100 * lost_link(plan, 0).crossing:.0f} % of its way"
    assert percent in told[0].message


def test_what_rally_points_can_not_mend_is_a_warning() -> None:
    lanes = [(10.0 + 20 * i - 1, 12.0, 10.0 + 20 * i + 1, 188.0) for i in range(1, 10)]
    plan = with_wall(open_plan(), *lanes)
    found = lost_link(plan, 0)
    assert len(found.rally_m) <= MOST_POINTS
    assert found.crossing <= found.crossing_before
