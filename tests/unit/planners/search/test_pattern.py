"""The patterns of search crews: legs as by hand, divided, led round zones, and checked anew."""

from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import box

from mcpp.api import plan, recheck
from mcpp.check.pattern import sector_points, square_corners
from mcpp.errors import InputError
from mcpp.flight.resume import resumed_plan
from mcpp.ground.patterns import expanding_square, sector_lines, sector_triangles
from mcpp.io.mission import mission_from_json, mission_value
from mcpp.io.plan import plan_from_json, plan_value
from mcpp.model import (
    FlightSettings,
    LegKind,
    Mission,
    PlannerChoice,
    PolygonZone,
    SearchPattern,
    Uav,
)
from tests.strategies import area_part_of, points_lon_lat_deg, ring_lon_lat_deg

FIELD = box(0, 0, 600, 400)
ZONE = PolygonZone(outer_lon_lat_deg=ring_lon_lat_deg(box(350, 220, 390, 260)), buffer_m=5)
ABOUT = ("expanding-square", "sector")


def lon_lat(x_m, y_m):
    return points_lon_lat_deg(np.array([[x_m, y_m]], float))[0]


def mission(kind, uavs=1, zones=(), **changes):
    pattern = {"kind": kind}
    if kind in ABOUT:
        pattern |= {"datum_lon_lat_deg": lon_lat(300, 200), "radius_m": 140.0}
    return Mission(
        area=(area_part_of(FIELD),),
        no_fly_zones=tuple(zones),
        uavs=tuple(
            Uav(id=f"u{i}", start_lon_lat_deg=lon_lat(20 + 20 * i, 20)) for i in range(uavs)
        ),
        flight=FlightSettings(purpose="search", seen_width_m=60.0, sidelap=1 / 3),
        search=SearchPattern(**{**pattern, **changes}),
    )


def lengths(points):
    return np.hypot(*np.diff(points, axis=0).T)


def turns_deg(points):
    """Turns to the right at each inner point, in degrees."""
    step = np.diff(points, axis=0)
    course = np.degrees(np.arctan2(step[:, 0], step[:, 1]))
    return np.diff(course) % 360


def test_legs_of_an_expanding_square_are_one_one_two_two_three():
    points = expanding_square(np.zeros(2), 0.0, 50.0, 175.0)
    assert lengths(points) / 50 == pytest.approx([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 6])
    assert turns_deg(points) == pytest.approx(90.0)
    assert points[1] == pytest.approx([0, 50])  # north first, then right
    assert points[2] == pytest.approx([50, 50])
    # its outer lines lie half a spacing inside the ground that it covers
    assert np.abs(points).max(axis=0) == pytest.approx([150, 150])


def test_a_sector_search_has_legs_of_the_radius_and_turns_of_120_degrees():
    triangles = sector_triangles(np.zeros(2), 30.0, 200.0, 3)
    points = np.vstack([triangles[0], *(t[1:] for t in triangles[1:])])
    assert lengths(points) == pytest.approx(200.0)
    assert len(points) == 10
    assert turns_deg(points) == pytest.approx([120, 120, 0, 120, 120, 0, 120, 120])
    assert points[1] == pytest.approx([100, 200 * np.sqrt(3) / 2])
    spokes = {
        round(float(np.degrees(np.arctan2(x, y))) % 360) for x, y in points if x * x + y * y > 1
    }
    assert spokes == {30, 90, 150, 210, 270, 330}


def test_more_uavs_have_more_lines_and_each_a_triangle():
    assert [sector_lines(n) for n in (1, 2, 3, 4, 5, 6)] == [3, 3, 3, 5, 5, 7]
    points = np.vstack(sector_triangles(np.zeros(2), 0.0, 100.0, 5))
    rim = points[np.hypot(*points.T) > 50]
    spokes = np.unique(np.round(np.degrees(np.arctan2(rim[:, 0], rim[:, 1])) % 360))
    assert len(spokes) == 10


@pytest.mark.parametrize("rounds", [1, 2, 5])
def test_the_check_draws_the_same_square(rounds):
    walked = expanding_square(np.zeros(2), 90.0, 30.0, 30.0 * rounds + 15)
    ahead_right = np.column_stack([walked[:, 0], -walked[:, 1]])
    assert square_corners(30.0, rounds) == pytest.approx(ahead_right)


@pytest.mark.parametrize("lines", [3, 5, 7])
def test_the_check_draws_the_same_sectors(lines):
    triangles = sector_triangles(np.zeros(2), 0.0, 80.0, lines)
    walked = np.vstack([triangles[0], *(t[1:] for t in triangles[1:])])
    drawn = sector_points(80.0, lines)
    assert drawn[:, ::-1] == pytest.approx(walked, abs=1e-9)


def surveyed(made, uav=0):
    sortie = next(s for s in made.sorties if s.uav == uav)
    on = np.flatnonzero(sortie.kind == LegKind.SURVEY)
    return sortie.xyz_m[on, :2], sortie.xyz_m[on + 1, :2]


def errors(made):
    return [f.message for f in made.report.findings if f.level == "error"]


CASES = [(kind, n) for kind in ABOUT for n in (1, 2, 3)] + [
    ("parallel-track", 1),
    ("parallel-track", 3),
    ("creeping-line", 2),
]


@pytest.mark.parametrize(("kind", "uavs"), CASES)
def test_a_pattern_is_safe_whole_and_divided(kind, uavs):
    made = plan(mission(kind, uavs))
    assert made.report.safe, errors(made)
    assert not [f for f in made.report.findings if f.code.startswith("pattern")]
    assert {s.uav for s in made.sorties} == set(range(uavs))
    if kind != "sector":
        assert made.report.fleet.coverage_percent > 99.0
    if uavs > 1 and kind != "sector":
        works = [u.survey_m for u in made.report.uavs]
        assert max(works) < 2.5 * min(works)


@pytest.mark.parametrize("kind", ["expanding-square", "sector", "parallel-track"])
def test_a_zone_cuts_the_pattern_and_is_told(kind):
    made = plan(mission(kind, 2, [ZONE]))
    assert made.report.safe, errors(made)
    if kind in ABOUT:
        (cut,) = [f for f in made.report.findings if f.code == "pattern-cut"]
        assert cut.amount_m is not None
        assert cut.amount_m > 20


def test_one_uav_flies_the_square_from_its_datum_as_by_hand():
    made = plan(mission("expanding-square", direction_deg=90.0))
    begin, end = surveyed(made)
    legs = np.hypot(*(end - begin).T)
    assert legs[:6] == pytest.approx([40, 40, 80, 80, 120, 120], abs=0.01)
    assert begin[0] - made.sorties[0].xyz_m[0, :2] == pytest.approx([280, 180], abs=0.1)
    assert (end - begin)[0] == pytest.approx([40, 0], abs=0.01)


def test_parallel_legs_run_along_the_longer_side_and_creeping_ones_across_it():
    for kind, axis in (("parallel-track", 0), ("creeping-line", 1)):
        begin, end = surveyed(plan(mission(kind)))
        step = np.abs(end - begin)
        assert step[:, 1 - axis].max() < 0.5
        rows = begin[:, 1 - axis]
        assert np.abs(np.diff(rows)) == pytest.approx(40.0, abs=0.5)
        assert (np.sign(np.diff(rows)) == np.sign(np.diff(rows))[0]).all()


def test_legs_run_the_way_that_is_asked_and_begin_at_the_side_of_the_datum():
    far = mission("parallel-track", direction_deg=0.0, datum_lon_lat_deg=lon_lat(590, 200))
    begin, end = surveyed(plan(far))
    assert np.abs(end - begin)[:, 0].max() < 0.5
    assert begin[0, 0] > begin[-1, 0]


def test_the_first_leg_goes_into_the_wind_or_down_it():
    for kind, course in (("expanding-square", [-1, 0]), ("sector", [1, 0])):
        windy = mission(kind)
        flight = replace(windy.flight, wind_m_s=4.0, wind_from_deg=270.0)
        begin, end = surveyed(plan(replace(windy, flight=flight)))
        step = (end - begin)[0]
        assert step / np.hypot(*step) == pytest.approx(course, abs=1e-3)


def test_a_leg_that_is_left_out_and_one_out_of_turn_are_faulted():
    made = plan(mission("expanding-square"))
    sortie = made.sorties[0]
    on = np.flatnonzero(sortie.kind == LegKind.SURVEY)
    kind = np.array(sortie.kind)
    kind[on[4]] = LegKind.CONNECT
    left_out = recheck(replace(made, sorties=(replace(sortie, kind=kind),)))
    assert "pattern" in {f.code for f in left_out.report.findings if f.level == "error"}
    xyz = np.array(sortie.xyz_m)
    xyz[on[0] : on[-1] + 2] = xyz[on[0] : on[-1] + 2][::-1]
    turned = recheck(replace(made, sorties=(replace(sortie, xyz_m=xyz),)))
    assert "pattern-order" in {f.code for f in turned.report.findings if f.level == "error"}


def test_files_keep_the_pattern():
    wanted = mission("sector", 2)
    assert mission_from_json(mission_value(wanted)) == wanted
    made = plan(wanted)
    again = recheck(plan_from_json(plan_value(made)))
    assert again.report.safe
    assert not again.edited


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (lambda: mission("sector", datum_lon_lat_deg=None), "search.datum_lon_lat_deg: a sector"),
        # seven lines: 3 m across are 3 / (2 sin(90 / 7 degrees)) = 6.74 m out
        (
            lambda: mission("sector", uavs=6, radius_m=6.7),
            "search.radius_m: 6.7 m is too short for the sectors of 6 UAVs: give 7 m",
        ),
        (lambda: mission("sector", radius_m=None), "search.radius_m: a sector search needs one"),
        (lambda: mission("creeping-line", radius_m=9.0), "search.radius_m: a creeping-line"),
        (lambda: mission("sector", datum_lon_lat_deg=lon_lat(-9, 0)), "lies outside the area"),
        (
            lambda: mission("sector", direction_deg=900.0),
            "search.direction_deg: 900 deg",
        ),
        (
            lambda: replace(mission("sector"), crosshatch_deg=90.0),
            "crosshatch_deg: a search pattern is flown once",
        ),
        (
            lambda: replace(mission("sector"), planner=PlannerChoice(name="tour")),
            "planner.name: 'tour' does not fly search patterns",
        ),
    ],
)
def test_a_pattern_that_can_not_be_is_refused(changed, words):
    with pytest.raises(InputError, match=words):
        plan(changed())


def test_the_rest_of_a_broken_flight_is_safe_though_it_is_no_pattern():
    rest = recheck(resumed_plan(plan(mission("sector", 2)), "u1", 4))
    assert rest.report.safe, errors(rest)
