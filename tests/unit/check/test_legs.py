"""Rules on where and when legs are flown: each is kept by a good plan, and broken by a mutation."""

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, strategies as st
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from mcpp.check.ground import TOLERANCE_M, ground_of
from mcpp.check.report import check, make_report
from mcpp.model import (
    CircleZone,
    LegKind,
    Plan,
    PolygonZone,
    Route,
)
from tests.naive import metres_nearer_than
from tests.plans import (
    AREA,
    errors,
    good_plan,
    lon_lat,
    moved,
    only,
    place_m,
    sortie_of,
    with_mission,
    with_route,
    with_solution,
    with_sortie,
)
from tests.strategies import (
    ANCHOR_LON_LAT_DEG,
    area_part_of,
    polygons,
    ring_lon_lat_deg,
)


def test_a_sortie_one_metre_outside_is_caught_with_its_metres_and_place() -> None:
    point = int(np.argmax(good_plan().sorties[0].xyz_m[:, 1]))
    x = good_plan().sorties[0].xyz_m[point, 0]
    plan = moved(good_plan(), 0, point, (x, 201.0))
    finding = only(check(plan), "outside")
    assert finding.uav == "one"
    assert "sortie 1 of one" in finding.message
    assert finding.amount_m is not None
    # The leg up comes from 20 m below its old end: 1 m of 21 m sticks out, and so does part of the
    # leg to the next corner, 20 m away and 11 m lower.
    assert finding.amount_m == pytest.approx(1 + math.hypot(20, 11) / 11, abs=0.1)
    place = place_m(finding)
    assert np.hypot(*(place - (x, 200.5))) < 2
    assert not make_report(plan).safe


def test_two_centimetres_outside_are_caught_and_the_rounding_of_a_coordinate_is_not() -> None:
    on_border = np.array([(50.0, 50.0), (50.0, 200.0), (150.0, 200.0), (150.0, 50.0)])
    assert "outside" not in errors(with_route(good_plan(), 0, on_border))
    assert "outside" in errors(with_route(good_plan(), 0, on_border + np.array([0, 0.02])))


def test_a_leg_across_a_notch_between_two_legal_points_is_caught() -> None:
    notch = AREA.difference(box(95, 100, 95.5, 200))  # narrower than any grid
    plan = with_mission(good_plan(), area=(area_part_of(notch),))
    finding = only(check(plan), "outside")
    assert finding.amount_m == pytest.approx(0.5, abs=0.01)  # crossed once, at the top


def test_a_leg_through_a_hole_of_the_area_is_caught() -> None:
    holed = Polygon(AREA.exterior, [box(65, 60, 75, 100).exterior])
    assert "outside" in errors(with_mission(good_plan(), area=(area_part_of(holed),)))


def test_routes_are_checked_as_sorties_are() -> None:
    plan = good_plan()
    points = plan.solution.routes[1].xy_m.copy()
    points[0] = points[-1] = (401.5, 30.0)
    route = Route(uav=1, xy_m=points, survey=plan.solution.routes[1].survey)
    plan = with_solution(plan, routes=(plan.solution.routes[0], route))
    messages = [f.message for f in check(plan) if f.code == "outside"]
    assert len(messages) == 1
    assert messages[0].startswith("route of two")


def test_overshoot_is_allowed_as_far_as_asked_and_round_the_corners() -> None:
    plan = with_mission(good_plan(), overshoot_m=10.0)
    straight = np.array([(50.0, 50.0), (50.0, 209.9), (150.0, 209.9), (150.0, 50.0)])
    assert "outside" not in errors(with_route(plan, 0, straight))
    assert "outside" in errors(with_route(plan, 0, straight + np.array([0, 0.2])))
    corner = np.array([(50.0, 50.0), (-7.0, -7.0)])
    assert "outside" not in errors(with_route(plan, 0, corner))
    beyond = np.array([(50.0, 50.0), (-7.3, -7.3)])  # a square corner would let it pass
    found = only(check(with_route(plan, 0, beyond)), "outside")
    assert found.amount_m == pytest.approx(math.hypot(7.3, 7.3) - 10, abs=0.02)


def test_overshoot_is_exact_at_shallow_bays_too() -> None:
    ends = [(400 - 5 * step, 200 - 0.4 * (step % 2)) for step in range(80)]
    wavy = Polygon([(0, 0), (400, 0), *ends, (0, 200)])
    mission = replace(good_plan().mission, area=(area_part_of(wavy),), overshoot_m=50.0)
    ground = ground_of(mission, ANCHOR_LON_LAT_DEG)
    for x in np.linspace(150, 160, 21):
        top = next(y for y in np.arange(249.0, 251.0, 0.001) if wavy.distance(Point(x, y)) > 50.0)
        legs = np.array([LineString([(x, 150), (x, top + more)]) for more in (0.005, 0.03)])
        assert list(ground.metres_outside(legs) > 0) == [False, True]


def test_border_buffer_is_kept() -> None:
    assert "outside" not in errors(with_mission(good_plan(), border_buffer_m=4.9))
    finding = only(check(with_mission(good_plan(), border_buffer_m=10.5)), "outside")
    assert finding.amount_m is not None
    assert finding.amount_m > 100  # the whole rim runs 10 m from the border


def test_a_tracking_margin_is_kept_from_border_and_zones() -> None:
    """A start lies 5 m from the border, and 15 m from the barn, whose buffer is 8 m."""

    def faults(margin_m: float) -> set[str]:
        flight = replace(good_plan().mission.flight, tracking_margin_m=margin_m)
        return set(errors(with_mission(good_plan(), flight=flight)))

    assert not {"no-fly", "outside"} & faults(4.9)
    assert "no-fly" not in faults(6.9)
    assert {"no-fly", "outside"} <= faults(7.1)


def test_a_zone_whose_corner_is_cut_is_caught_with_name_and_metres() -> None:
    # Its lowest corner lies 1 m beyond the leg at x = 10 m.
    zone = PolygonZone(
        name="pole", outer_lon_lat_deg=ring_lon_lat_deg(Polygon([(9, 110), (30, 100), (30, 120)]))
    )
    finding = only(check(with_mission(good_plan(), no_fly_zones=(zone,))), "no-fly")
    assert "'pole'" in finding.message
    assert finding.lon_lat_deg is not None
    whole = Polygon([(9, 110), (30, 100), (30, 120)])
    cut = whole.intersection(LineString([(10.0, 30.0), (10.0, 190.0)]))
    assert finding.amount_m == pytest.approx(cut.length, abs=0.02)


def test_a_zone_narrower_than_a_centimetre_is_seen() -> None:
    line = PolygonZone(name="wire", outer_lon_lat_deg=ring_lon_lat_deg(box(20, 55.0, 180, 55.004)))
    assert "no-fly" in errors(with_mission(good_plan(), no_fly_zones=(line,)))


def test_the_buffer_of_a_zone_counts() -> None:
    ring = ring_lon_lat_deg(box(410, 0, 450, 200))
    near = PolygonZone(outer_lon_lat_deg=ring, buffer_m=19.9)
    nearer = PolygonZone(outer_lon_lat_deg=ring, buffer_m=20.1)
    start = replace(good_plan().mission.uavs[1], start_lon_lat_deg=None)
    plan = with_mission(good_plan(), uavs=(good_plan().mission.uavs[0], start))
    plan = moved(
        moved(moved(moved(plan, 1, 0, (390, 5)), 1, 1, (390, 5)), 1, -1, (390, 5)), 1, -2, (390, 5)
    )
    assert "no-fly" not in errors(with_mission(plan, no_fly_zones=(near,)))
    assert "no-fly" in errors(with_mission(plan, no_fly_zones=(nearer,)))


def test_a_round_zone_is_round() -> None:
    # The rim of the loop runs along y = 190 m, from x = 10 m to x = 190 m and further.
    for radius_m, caught in ((34.98, False), (35.03, True)):
        zone = CircleZone(center_lon_lat_deg=lon_lat(110, 225), radius_m=radius_m)
        plan = with_mission(good_plan(), no_fly_zones=(zone,))
        assert ("no-fly" in errors(plan)) is caught


def test_a_start_in_a_zone_is_caught() -> None:
    zone = CircleZone(name="pad", center_lon_lat_deg=lon_lat(2, 2), radius_m=5)
    finding = only(check(with_mission(good_plan(), no_fly_zones=(zone,))), "no-fly")
    assert "'pad'" in finding.message


@given(
    core=polygons(max_holes=1),
    ends=st.lists(
        st.tuples(st.integers(-350, 650), st.integers(-350, 450)), min_size=2, max_size=2
    ),
    keep_m=st.sampled_from([0.0, 7.5, 40.0]),
)
def test_metres_in_a_zone_are_those_of_the_slow_twin(
    core: Polygon, ends: list[tuple[int, int]], keep_m: float
) -> None:
    core = Polygon(core.exterior)
    leg = LineString(ends)
    assume(leg.length > 1)
    zone = PolygonZone(outer_lon_lat_deg=ring_lon_lat_deg(core), buffer_m=keep_m)
    ground = ground_of(replace(good_plan().mission, no_fly_zones=(zone,)), ANCHOR_LON_LAT_DEG)
    found = ground.zones[0].metres_inside(np.array([leg], dtype=object))[0]
    slow = metres_nearer_than(leg, core, max(keep_m, 1e-9), leg.length / 2000)
    # A round corner is drawn with chords; a leg that grazes it may differ by some metres.
    assert abs(found - slow) < 0.02 * leg.length
    if slow == 0:
        assert found <= TOLERANCE_M


def corridor_plan(corridor: BaseGeometry | str | None) -> Plan:
    """UAV one starts 60 m south of the area, 100 m east of the corner."""
    plan = good_plan()
    start = (100.0, -60.0)
    uav = replace(plan.mission.uavs[0], start_lon_lat_deg=lon_lat(*start))
    plan = with_mission(plan, uavs=(uav, plan.mission.uavs[1]))
    way = plan.solution.routes[0].xy_m[:-1]
    first = int(np.argmin(np.hypot(*(way - (90.0, 10.0)).T)))
    turned = np.roll(way, -first, axis=0)
    plan = with_route(plan, 0, np.vstack([turned, turned[:1]]))
    sortie = sortie_of(0, plan.solution.routes[0].xy_m, start)
    plan = replace(plan, sorties=(sortie, plan.sorties[1]))
    if corridor == "own":
        return plan
    return replace(plan, problem=replace(plan.problem, corridors=(corridor, None)))


STRAIGHT = LineString([(100, -60), (91, 1)]).buffer(10)


def test_a_start_outside_the_area_needs_its_corridor() -> None:
    assert errors(corridor_plan("own")) == set()
    own = corridor_plan("own").problem.corridors[0]
    far = shapely.union_all([own, LineString([(100, -60), (3100, -60)]).buffer(10)])
    assert "corridor" in errors(corridor_plan(far))
    assert "outside" in errors(corridor_plan(None))
    beside = LineString([(150, -60), (150, 1)]).buffer(10)
    assert "outside" in errors(corridor_plan(beside))


def test_the_corridor_of_one_uav_is_not_for_another() -> None:
    plan = corridor_plan(STRAIGHT)
    swapped = replace(plan, problem=replace(plan.problem, corridors=(None, STRAIGHT)))
    assert "outside" in errors(swapped)


def test_nothing_is_surveyed_in_a_corridor() -> None:
    plan = corridor_plan("own")
    kind = plan.sorties[0].kind.copy()
    kind[1] = LegKind.SURVEY
    assert "outside" in errors(with_sortie(plan, 0, kind=kind))


@pytest.mark.parametrize(
    ("corridor", "what"),
    [
        (shapely.union_all([STRAIGHT, box(60, -110, 140, -40)]), "wider than"),
        (shapely.union_all([STRAIGHT, box(700, 0, 710, 10)]), "does not lead"),
        (shapely.union_all([STRAIGHT, box(380, 180, 430, 195)]), "no-fly zone"),
        (Polygon([(95, -60), (105, 10), (95, 10), (105, -60)]), "no valid polygon"),
    ],
)
def test_a_corridor_that_is_none_is_caught(corridor: BaseGeometry, what: str) -> None:
    found = [f.message for f in check(corridor_plan(corridor)) if f.code == "corridor"]
    assert any(what in message for message in found)
    assert any("none that the mission needs" in message for message in found)


@pytest.mark.parametrize("value", [math.nan, math.inf, 9e6])
@pytest.mark.parametrize("where", ["route", "sortie"])
def test_absurd_coordinates_are_caught_and_reported(value: float, where: str) -> None:
    plan = good_plan()
    if where == "sortie":
        plan = moved(plan, 0, 5, (value, 50.0))
    else:
        points = plan.solution.routes[0].xy_m.copy()
        points[5, 1] = value
        route = replace(plan.solution.routes[0], xy_m=points)
        plan = with_solution(plan, routes=(route, plan.solution.routes[1]))
    assert where in only(check(plan), "coordinates").message
    report = make_report(plan)
    assert not report.safe
    assert report.fleet.coverage_percent == 0


def test_arrays_that_do_not_fit_are_caught() -> None:
    plan = good_plan()
    assert errors(with_sortie(plan, 1, time_s=plan.sorties[1].time_s[:-1])) == {"arrays"}
    assert errors(with_sortie(plan, 1, kind=plan.sorties[1].kind[:-2])) == {"arrays"}


def test_time_that_runs_back_is_caught() -> None:
    time_s = good_plan().sorties[0].time_s.copy()
    time_s[10] = time_s[12]
    assert (
        "after point 10" in only(check(with_sortie(good_plan(), 0, time_s=time_s)), "times").message
    )
    time_s[10] = math.nan
    assert "coordinates" in errors(with_sortie(good_plan(), 0, time_s=time_s))


def test_a_flight_faster_than_its_own_speed_is_caught() -> None:
    sortie = good_plan().sorties[0]
    fast = with_sortie(good_plan(), 0, time_s=sortie.time_s / 3)
    assert "time_s: 371.7 s off" in only(check(fast), "times").message
    told = with_sortie(fast, 0, speed_m_s=3 * sortie.speed_m_s)
    assert errors(told) == {"speeds", "times"}


def test_a_sortie_that_begins_before_the_last_one_ends_is_caught() -> None:
    plan = good_plan()
    first = plan.sorties[0]
    second = replace(first, number=2, time_s=first.time_s + first.time_s[-1] + 200)
    assert errors(replace(plan, sorties=(first, second, plan.sorties[1]))) == set()
    early = replace(second, time_s=second.time_s - 30)  # a swap takes 180 s
    found = only(check(replace(plan, sorties=(first, early, plan.sorties[1]))), "times")
    assert "begins before" in found.message


def test_endurance_is_that_of_the_mission_less_its_reserve() -> None:
    plan = good_plan()
    flight_s = float(plan.sorties[0].time_s[-1])
    uav = plan.mission.uavs[0]
    cases = ((1.3, None, False), (1.1, None, True), (1.1, 0.0, False), (1.1, 0.2, True))
    for spare, reserve, caught in cases:  # None is the 20 % of the aircraft
        fleet = (replace(uav, endurance_s=spare * flight_s), plan.mission.uavs[1])
        flight = replace(plan.mission.flight, reserve=reserve)
        found = errors(with_mission(plan, uavs=fleet, flight=flight))
        assert ("endurance" in found) is caught
    vehicles = (replace(plan.problem.vehicles[0], endurance_s=0.9 * flight_s),)
    problem = replace(plan.problem, vehicles=(*vehicles, plan.problem.vehicles[1]))
    assert errors(replace(plan, problem=problem)) == {"derived"}


@pytest.mark.parametrize(("point", "what"), [(0, "start"), (-1, "end")])
def test_a_sortie_starts_and_lands_where_the_mission_says(point: int, what: str) -> None:
    found = only(check(moved(good_plan(), 0, point, (15.0, 5.0))), "ends")
    assert f"its {what} is 10.0 m" in found.message


def test_a_landing_point_of_its_own_is_the_one_that_counts() -> None:
    plan = good_plan()
    uav = replace(plan.mission.uavs[0], landing_lon_lat_deg=lon_lat(15, 5))
    fleet = (uav, plan.mission.uavs[1])
    assert "ends" in errors(with_mission(plan, uavs=fleet))
    landed = moved(moved(plan, 0, -1, (15.0, 5.0)), 0, -2, (15.0, 5.0))
    assert errors(with_mission(landed, uavs=fleet)) == set()
