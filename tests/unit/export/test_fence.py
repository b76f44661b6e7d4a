import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, strategies as st
from shapely.geometry import LineString, Point, Polygon, box

from mcpp.errors import ExportError
from mcpp.export.fence import Fence, fence_of
from mcpp.export.fence_fit import outward
from mcpp.export.plan_lint import lint_findings
from mcpp.export.targets import limits
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import area_shape, zone_shape
from mcpp.model import AreaPart, NoFlyZone, Plan, PolygonZone
from tests.plan_doubles import fence_shapes_m, hand_plan, small_mission
from tests.strategies import ring_lon_lat_deg


def star(x_m: float, y_m: float, radius_m: float, corners: int, depth: float = 0.5) -> Polygon:
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    radii = np.where(np.arange(corners) % 2 == 0, radius_m, radius_m * depth)
    return Polygon(np.column_stack([x_m + radii * np.cos(angles), y_m + radii * np.sin(angles)]))


def zone(shape: Polygon, name: str = "", buffer_m: float = 0.0) -> PolygonZone:
    return PolygonZone(name=name, outer_lon_lat_deg=ring_lon_lat_deg(shape), buffer_m=buffer_m)


def plan_with(zones: tuple[NoFlyZone, ...] = (), holes: tuple[Polygon, ...] = ()) -> Plan:
    """The plan by hand over 400 x 300 m, with other zones and holes between its legs."""
    mission = small_mission()
    part = AreaPart(
        outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 400, 300)),
        holes_lon_lat_deg=tuple(ring_lon_lat_deg(hole) for hole in holes),
    )
    return hand_plan(replace(mission, area=(part,), no_fly_zones=zones))


def legs(plan: Plan, uav: int) -> shapely.Geometry:
    return shapely.union_all([LineString(s.xyz_m[:, :2]) for s in plan.sorties if s.uav == uav])


def assert_holds(plan: Plan, uav: int, fence: Fence) -> None:
    frame = LocalFrame(plan.origin_lon_lat_deg)
    inclusion, exclusions = fence_shapes_m(fence, frame)
    way = legs(plan, uav)
    assert inclusion.is_valid
    assert inclusion.contains(way)
    assert inclusion.exterior.distance(way) > 1.0
    assert all(not part.intersects(way) for part in exclusions.geoms)
    rounding_m = 0.012
    for i, given_zone in enumerate(plan.mission.no_fly_zones):
        true = zone_shape(f"zone {i}", given_zone, frame, buffered=False)
        if true.intersects(inclusion):
            covered = shapely.union_all(list(exclusions.geoms)).buffer(rounding_m)
            assert true.difference(covered).area < 0.01


def test_the_fence_holds_every_leg_and_every_zone():
    plan = hand_plan()
    for uav in (0, 1):
        fence = fence_of(plan, uav)
        assert fence.notes == ()
        assert len(fence.circles) == 1
        assert_holds(plan, uav, fence)


def test_the_fence_holds_the_area():
    plan = hand_plan()
    frame = LocalFrame(plan.origin_lon_lat_deg)
    inclusion, _ = fence_shapes_m(fence_of(plan, 0), frame)
    assert inclusion.contains(area_shape(plan.mission, frame))


def test_zones_of_many_corners_are_simplified_outward_into_the_budget():
    shapes = [star(100, y, 9, 40) for y in (40, 75, 110, 150, 190)]
    plan = plan_with(tuple(zone(shape) for shape in shapes))
    fence = fence_of(plan, 0)
    assert sum(len(ring) for ring in fence.exclusions_lon_lat_deg) < 5 * 40
    assert fence.points <= limits("ardupilot").fence_points
    assert fence.notes == ()
    assert_holds(plan, 0, fence)


def test_a_smaller_budget_gives_fewer_points():
    plan = plan_with(tuple(zone(star(100, y, 9, 40)) for y in (40, 75, 110, 150, 190)))
    assert fence_of(plan, 0, "portable").points <= 60


def test_what_can_not_fit_is_said_in_words():
    """Pegs between which legs run: neither circles nor hulls of several are clear of them."""
    pegs = tuple(
        zone(box(x, y + 0.02, x + 15, y + 39.9))
        for x in range(22, 170, 16)
        for y in (20, 90, 170, 250)
    )
    fence = fence_of(plan_with(pegs), 0)
    (note,) = [note for note in fence.notes if "points that fit" in note]
    assert "give the zones a buffer_m" in note


def test_small_zones_become_circles_and_near_ones_are_merged_so_that_all_fit():
    holes = tuple(box(x, 30, x + 5, 35) for x in range(30, 170, 8))
    plan = plan_with((zone(box(90, 70, 100, 80)),), holes)
    fence = fence_of(plan, 0)
    assert not fence.notes
    assert fence.points <= 68
    assert len(fence.circles) >= 1
    frame = LocalFrame(plan.origin_lon_lat_deg)
    _, exclusions = fence_shapes_m(fence, frame)
    for ring in plan.mission.area[0].holes_lon_lat_deg:
        hole = Polygon(frame.to_m(ring))
        assert hole.difference(exclusions.buffer(0.1)).area < 0.01
    assert all(not part.intersects(legs(plan, 0)) for part in exclusions.geoms)


def test_a_fence_too_long_is_an_error_of_the_plan_unless_it_is_accepted():
    pegs = tuple(
        zone(box(x, y + 0.02, x + 15, y + 39.9))
        for x in range(22, 170, 16)
        for y in (20, 90, 170, 250)
    )
    plan = plan_with(pegs)
    hard = [finding for finding in lint_findings(plan) if finding.level == "error"]
    assert any("points that fit" in finding.message for finding in hard)
    flight = replace(plan.mission.flight, accept_unfenced=True)
    accepted = replace(plan, mission=replace(plan.mission, flight=flight))
    assert {finding.level for finding in lint_findings(accepted)} == {"warning"}


def test_an_inclusion_of_many_corners_is_simplified_outward():
    mission = small_mission()
    rough = star(200, 150, 330, 300, depth=0.97)
    part = AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(rough))
    plan = hand_plan(replace(mission, area=(part,), no_fly_zones=()))
    fence = fence_of(plan, 0, "px4")
    assert fence.points <= 60
    frame = LocalFrame(plan.origin_lon_lat_deg)
    assert fence_shapes_m(fence, frame)[0].contains(area_shape(plan.mission, frame))


def test_a_launch_point_outside_is_held_with_the_way_to_it():
    plan = hand_plan()
    sortie = plan.sorties[0]
    points = sortie.xyz_m.copy()
    points[[0, 1, -1, -2], 0] -= 300
    plan = replace(plan, sorties=(replace(sortie, xyz_m=points), *plan.sorties[1:]))
    assert_holds(plan, 0, fence_of(plan, 0))


def test_a_uav_on_the_ground_has_no_fence():
    plan = replace(hand_plan(), sorties=())
    with pytest.raises(ExportError, match="one: no fence is made for a UAV that does not fly"):
        fence_of(plan, 0)


@given(
    corners=st.integers(3, 60),
    radius_m=st.floats(2.0, 500.0),
    depth=st.floats(0.2, 1.0),
    tolerance_m=st.floats(0.05, 60.0),
)
def test_simplifying_outward_never_loses_ground(corners, radius_m, depth, tolerance_m):
    shape = star(10.0, -20.0, radius_m, corners, depth)
    coarse = outward(shape, tolerance_m)
    assert coarse.is_valid
    assert shape.difference(coarse).area < 1e-9 * shape.area
    assert coarse.hausdorff_distance(shape) <= 3 * tolerance_m + radius_m * (1 - depth)


@given(
    places=st.lists(
        st.tuples(st.floats(30, 170), st.sampled_from([40.0, 75.0, 110.0, 150.0, 190.0, 230.0])),
        min_size=1,
        max_size=6,
    ),
    corners=st.integers(3, 50),
)
def test_fences_hold_every_leg_for_any_zones(places, corners):
    plan = plan_with(tuple(zone(star(x, y, 8, corners)) for x, y in places))
    assert_holds(plan, 0, fence_of(plan, 0))


def test_a_fence_at_the_antimeridian_is_small():
    plan = hand_plan(anchor=(179.9995, -17.0))
    ring = np.array(fence_of(plan, 0).inclusion_lon_lat_deg)
    frame = LocalFrame(plan.origin_lon_lat_deg)
    assert Polygon(frame.to_m(ring)).area < 1.1 * 420 * 320
    assert np.abs(ring[:, 0]).max() <= 180.0


def test_circles_are_kept_as_circles():
    plan = hand_plan()
    ((centre, radius_m),) = fence_of(plan, 1).circles
    assert radius_m == pytest.approx(6.0, abs=0.05)
    assert radius_m >= 6.0
    frame = LocalFrame(plan.origin_lon_lat_deg)
    disc = Point(frame.to_m(centre)).buffer(radius_m)
    assert math.isclose(disc.distance(legs(plan, 1)), 14.0, abs_tol=6.1)
