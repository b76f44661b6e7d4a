"""From degrees to metres, and all that makes a mission wrong."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, strategies as st
from shapely.geometry import Polygon, box

from mcpp.check.zones import zone_findings
from mcpp.errors import GeometryError, InfeasibleError, InputError
from mcpp.ground.frame import LocalFrame, frame_at
from mcpp.model import AreaPart, CircleZone, Corridor, FlightSettings, Mission, PolygonZone, Uav
from mcpp.problem.localize import frame_of, localize
from mcpp.problem.self_crossing import repaired_mission
from mcpp.problem.space import HAIR_M, space_of
from mcpp.problem.validation import check_fleet
from tests.strategies import missions, points_lon_lat_deg, ring_lon_lat_deg


def mission(shape=box(0, 0, 400, 300), zones=(), starts=(None,), **changes):  # noqa: B008
    shapes = shapely.get_parts(shape)
    good = Mission(
        area=tuple(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(part)) for part in shapes),
        no_fly_zones=tuple(
            z if not isinstance(z, Polygon) else PolygonZone(outer_lon_lat_deg=ring_lon_lat_deg(z))
            for z in zones
        ),
        uavs=tuple(
            Uav(id=f"u{i}", start_lon_lat_deg=None if s is None else place(*s))
            for i, s in enumerate(starts)
        ),
        scan_distance_m=20,
    )
    return replace(good, **changes)


def place(x_m, y_m):
    return points_lon_lat_deg(np.array([[x_m, y_m]]))[0]


def problem(wrong):
    return localize(wrong, frame_of(wrong))


@given(
    st.floats(-180, 180),
    st.floats(-90, 90),
    st.lists(st.tuples(st.floats(-2e4, 2e4), st.floats(-2e4, 2e4)), min_size=1, max_size=8),
)
def test_the_frame_goes_there_and_back(lon, lat, xy):
    frame = LocalFrame((lon, lat))
    there = frame.to_deg(xy)
    again = frame.to_deg(frame.to_m(there))
    turned = (again[:, 0] - there[:, 0] + 180) % 360 - 180
    # at a pole a longitude means little: its error counts by the width of its parallel
    assert np.abs(turned * np.cos(np.radians(there[:, 1]))).max() < 1e-9
    assert np.abs(again[:, 1] - there[:, 1]).max() < 1e-9


def test_an_area_across_the_antimeridian_is_an_area_like_others():
    ring = ((179.999, -17.0), (-179.999, -17.0), (-179.999, -16.998), (179.999, -16.998))
    wrong = Mission(
        area=(AreaPart(outer_lon_lat_deg=ring),), uavs=(Uav(id="a"),), scan_distance_m=20
    )
    assert problem(wrong).target.area == pytest.approx(213 * 221, rel=0.01)


def test_an_area_round_the_pole_is_an_area_like_others():
    ring = tuple((lon, 89.999) for lon in (0.0, 90.0, 180.0, -90.0))
    polar = Mission(
        area=(AreaPart(outer_lon_lat_deg=ring),), uavs=(Uav(id="a"),), scan_distance_m=20
    )
    assert problem(polar).target.area == pytest.approx(2 * 111.7**2, rel=0.01)


def test_the_frame_stands_in_the_middle():
    assert frame_at([(10, 50), (10.2, 50.2)]).origin_lon_lat_deg == pytest.approx(
        (10.1, 50.1), abs=1e-3
    )


@given(missions())
def test_legs_have_room_only_inside_the_area_and_outside_the_zones(good):
    found = problem(good)
    assert (
        found.allowed.disjoint(found.no_fly) or found.allowed.intersection(found.no_fly).area == 0
    )
    if not good.overshoot_m:
        assert found.target.buffer(-HAIR_M / 2, join_style="mitre").covers(found.allowed)
    for i, vehicle in enumerate(found.vehicles):
        if vehicle.start_m is not None:
            assert shapely.intersects_xy(space_of(found, i), *vehicle.start_m)


def test_overshoot_and_buffers_move_the_border():
    assert problem(mission(overshoot_m=10)).allowed.area == pytest.approx(
        120_000 + 1400 * 10 + np.pi * 100, rel=1e-3
    )
    assert problem(mission(border_buffer_m=10)).allowed.area == pytest.approx(380 * 280, rel=0.01)
    zone = CircleZone(center_lon_lat_deg=place(200, 150), radius_m=20, buffer_m=10)
    found = problem(mission(zones=[zone]))
    assert found.no_fly.area >= np.pi * 30**2
    assert found.no_fly.area == pytest.approx(np.pi * 30**2, rel=0.01)
    assert found.target.area == pytest.approx(400 * 300 - np.pi * 20**2, rel=0.01)


def test_a_tracking_margin_goes_to_the_buffers_of_zones_and_border():
    zone = CircleZone(center_lon_lat_deg=place(200, 150), radius_m=20, buffer_m=10)
    flight = FlightSettings(tracking_margin_m=4.0)
    found = problem(replace(mission(zones=[zone]), flight=flight))
    assert found.no_fly.area == pytest.approx(np.pi * 34**2, rel=0.01)
    assert found.allowed.area == pytest.approx(392 * 292 - np.pi * 34**2, rel=0.01)
    assert found.target.area == pytest.approx(400 * 300 - np.pi * 20**2, rel=0.01)


def test_a_launch_point_outside_gets_a_corridor_round_the_zone():
    zone = box(420, 100, 460, 200)
    found = problem(mission(zones=[zone], starts=[(500, 150)]))
    corridor = found.corridors[0]
    assert corridor is not None
    assert corridor.intersection(found.no_fly).area == 0
    assert corridor.intersects(found.allowed)
    assert space_of(found, 0).geom_type == "Polygon"


def test_parts_of_an_area_are_bridged():
    two = shapely.union(box(0, 0, 200, 200), box(300, 0, 500, 200))
    found = problem(mission(two))
    assert found.allowed.geom_type == "MultiPolygon"
    assert space_of(found, 0).geom_type == "Polygon"
    cut = problem(mission(zones=[box(190, -10, 210, 310)]))
    assert space_of(cut, 0).geom_type == "Polygon"
    assert space_of(cut, 0).intersection(cut.no_fly).area == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (mission(area=()), "area: it has no points"),
        (
            mission(area=(), corridors=(Corridor(line_lon_lat_deg=(), width_m=20.0),)),
            r"corridors\[0\].line_lon_lat_deg: it has no points",
        ),
        (
            mission(area=(AreaPart(outer_lon_lat_deg=((1, 2), (2, 3))),)),
            "2 different points are no polygon",
        ),
        (
            mission(area=(AreaPart(outer_lon_lat_deg=((1, 2), (1.1, 2.1), (1.2, 2.2))),)),
            "encloses",
        ),
        (
            mission(area=(AreaPart(outer_lon_lat_deg=((22, 95), (23, 95), (23, 94))),)),
            "latitude 95.*swapped",
        ),
        (
            mission(area=(AreaPart(outer_lon_lat_deg=((22, float("nan")), (23, 40), (23, 41))),)),
            r"area\[0\].outer_lon_lat_deg\[0\]: \(22, nan\) is not a number",
        ),
        (
            mission(area=(AreaPart(outer_lon_lat_deg=((22, 40), (22.1, 40), (40, 22.1))),)),
            "km apart",
        ),
        (mission(zones=[box(-10, -10, 500, 400)]), "they cover the whole area"),
        (mission(border_buffer_m=200), "leave no room to fly"),
        (mission(starts=[(9e5, 0)]), r"uavs\[0\].start_lon_lat_deg: it is \d+ km from the area"),
        (mission(zones=[box(50, 50, 90, 90)], starts=[(60, 60)]), "lies in the no-fly zone"),
        (mission(uavs=()), "uavs: there is none"),
        (mission(uavs=(Uav(id="a"), Uav(id="a"))), "id 'a' is used 2 times"),
        (mission(uavs=(Uav(id="../a"),)), "can not name a file"),
        (mission(uavs=(Uav(id="a", share=0.5), Uav(id="b", share=0.6))), "sum to 1.1"),
        (mission(uavs=(Uav(id="a", share=1.5), Uav(id="b", share=-0.5))), r"share: 1.5 is outside"),
        (mission(uavs=(Uav(id="a", share=1.0), Uav(id="b"))), "1 of 2 have a share"),
        (mission(uavs=(Uav(id="a", share=1.0), Uav(id="b", share=0.0))), r"share: 0 is outside"),
        (mission(scan_distance_m=0), "scan_distance_m: 0 m is outside"),
        (mission(scan_distance_m=-20), "scan_distance_m: -20 m is outside"),
        (mission(scan_distance_m=float("inf")), "scan_distance_m: inf"),
        (mission(scan_distance_m=500), "larger than the area .400 m x 300 m."),
        (mission(coverage_percent=120), "coverage_percent: 120 % is outside"),
        (mission(seed=-1), "seed: -1"),
        (
            mission(no_fly_zones=(CircleZone(center_lon_lat_deg=(22, 40), radius_m=0),)),
            r"no_fly_zones\[0\].radius_m: 0 m",
        ),
        (
            mission(
                no_fly_zones=(CircleZone(center_lon_lat_deg=(22, 40), radius_m=5, buffer_m=1e300),)
            ),
            r"no_fly_zones\[0\].buffer_m: 1e\+300 m is outside",
        ),
        (
            mission(uavs=(Uav(id="a", start_lon_lat_deg=(float("nan"), 1)),)),
            r"uavs\[0\].start_lon_lat_deg: \(nan, 1\) is not a number",
        ),
        (
            mission(uavs=(Uav(id="a", landing_lon_lat_deg=(40, 95)),)),
            r"uavs\[0\].landing_lon_lat_deg: latitude 95 .*swapped",
        ),
        (
            mission(priority_lon_lat_deg=((22, float("inf")),)),
            r"priority_lon_lat_deg\[0\]: \(22, inf\) is not a number",
        ),
        (mission(uavs=(Uav(id="a" * 61),)), "use 1 to 60 letters"),
        (mission(uavs=tuple(Uav(id=f"u{i}") for i in range(1001))), "uavs: there are 1001"),
        (mission(uavs=(Uav(id="a", system_id=0),)), r"uavs\[0\].system_id: 0 is outside 1..255$"),
        (mission(flight=FlightSettings(heading_deg=float("nan"))), "flight.heading_deg: nan deg"),
        (
            mission(flight=FlightSettings(wind_from_deg=float("nan"))),
            "flight.wind_from_deg: nan deg",
        ),
        (
            mission(flight=FlightSettings(sidelap=70)),
            r"flight.sidelap: 70 is outside 0..0.95 \(a part, not percent\)",
        ),
    ],
)
def test_what_is_wrong_is_told_in_one_line(wrong, words):
    with pytest.raises((InputError, InfeasibleError), match=words) as caught:
        problem(wrong)
    assert "\n" not in str(caught.value)


def test_a_bow_tie_is_refused_and_the_repaired_one_offered():
    ring = tuple(points_lon_lat_deg(np.array([[0, 0], [100, 100], [100, 0], [0, 100]])))
    tie = mission(area=(AreaPart(outer_lon_lat_deg=ring),))
    with pytest.raises(GeometryError, match="crosses or touches itself near longitude") as caught:
        problem(tie)
    assert caught.value.repaired is not None
    mended = problem(repaired_mission(tie))
    assert mended.target.area == pytest.approx(5000, rel=0.01)


def test_zones_may_overlap_and_lie_outside():
    zones = [box(100, 100, 150, 150), box(120, 120, 170, 170), box(900, 900, 950, 950)]
    good = mission(zones=zones)
    assert problem(good).target.area == pytest.approx(120_000 - 2500 - 2500 + 900, rel=1e-3)
    found = zone_findings(good, frame_of(good))
    assert [finding.code for finding in found] == ["zone-outside"]


def test_a_launch_point_shut_in_by_zones_is_infeasible():
    ring = box(450, 100, 550, 200).difference(box(460, 110, 540, 190))
    zones = [
        box(450, 100, 460, 200),
        box(540, 100, 550, 200),
        box(450, 100, 550, 110),
        box(450, 190, 550, 200),
    ]
    assert ring.area > 0
    with pytest.raises(InfeasibleError, match="shut it in"):
        problem(mission(zones=zones, starts=[(500, 150)]))


MOAT = [
    box(50, 50, 200, 60),
    box(50, 140, 200, 150),
    box(50, 50, 60, 150),
    box(190, 50, 200, 150),
]


def test_ground_behind_a_moat_of_zones_is_left_out_of_the_target():
    found = problem(mission(zones=MOAT))
    assert found.shut_in.area == pytest.approx(130 * 80, rel=1e-3)
    assert not shapely.intersects_xy(found.target, -75, -50)
    assert not shapely.intersects_xy(found.allowed, -75, -50)
    assert found.ground.area == pytest.approx(120_000 - 150 * 100 + 130 * 80, rel=1e-3)


def test_ground_that_buffers_alone_shut_in_is_left_out_as_far_as_none_sees_into_it():
    door = [*MOAT[:3], box(190, 50, 200, 95), box(190, 105, 200, 150)]
    buffered = [PolygonZone(outer_lon_lat_deg=ring_lon_lat_deg(z), buffer_m=8.0) for z in door]
    found = problem(mission(zones=buffered))
    assert 0.95 * 130 * 80 < found.shut_in.area < 150 * 100
    assert shapely.intersects_xy(found.target, -1, -50)


def test_a_pocket_in_which_a_uav_starts_is_kept():
    found = problem(mission(zones=MOAT, starts=[(125, 100)]))
    assert found.shut_in.is_empty
    assert shapely.intersects_xy(found.allowed, -75, -50)


def test_a_border_of_100_000_points_becomes_light():
    angles = np.linspace(0, 2 * np.pi, 100_000, endpoint=False)
    radius = 400 + 5 * np.sin(60 * angles) + 0.2 * np.sin(5000 * angles)
    shape = Polygon(np.stack([radius * np.cos(angles), radius * np.sin(angles)], axis=1))
    found = problem(mission(shape))
    assert shapely.get_num_coordinates(found.allowed) < 5000
    frame_area = shape.area
    assert found.target.area == pytest.approx(frame_area, rel=0.002)
    assert found.allowed.area == pytest.approx(frame_area, rel=0.005)


@pytest.mark.parametrize("wrong", range(4))
def test_a_corner_far_from_all_others_is_asked_about(wrong):
    corners = [place(x, y) for x, y in ((0, 0), (400, 0), (400, 300), (0, 300))]
    outward = 1.0 if wrong in {1, 2} else -1.0  # elsewhere the border would cross itself
    corners[wrong] = (corners[wrong][0] + outward, corners[wrong][1])
    far = replace(mission(), area=(AreaPart(outer_lon_lat_deg=tuple(corners)),))
    with pytest.raises(InputError, match=rf"outer_lon_lat_deg\[{wrong}\].*is it mistyped"):
        problem(far)


def test_an_id_too_long_in_bytes_is_refused_before_the_planning(small_mission) -> None:
    fleet = (replace(small_mission.uavs[0], id="无" * 60), small_mission.uavs[1])
    with pytest.raises(InputError, match="can not name a file"):
        check_fleet(replace(small_mission, uavs=fleet))
