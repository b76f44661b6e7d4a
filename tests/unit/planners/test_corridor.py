"""Whole missions over corridors, through the independent check."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings, strategies as st

from mcpp.api import draft, plan, recheck
from mcpp.errors import GeometryError, InfeasibleError, InputError
from mcpp.export.fence import fence_of
from mcpp.io.plan import plan_from_json, plan_to_json, plan_value
from mcpp.model import Corridor, LegKind, Mission, PlannerChoice, PolygonZone, Uav
from tests.strategies import bent_lines, points_lon_lat_deg

BENT = [(0, 0), (600, 0), (900, 400), (900, 900), (1500, 1000)]
WALL_ACROSS = [(300, -200), (340, -200), (340, 200), (300, 200)]


def places(xy):
    return tuple(points_lon_lat_deg(np.array(xy, float)))


def along(line=BENT, width_m=100.0, uavs=1, starts=None, zones=(), **changes):
    starts = starts or [None] * uavs
    given = [None if s is None else places([s])[0] for s in starts]
    return Mission(
        corridors=(Corridor(line_lon_lat_deg=places(line), width_m=width_m, name="road"),),
        no_fly_zones=tuple(PolygonZone(outer_lon_lat_deg=places(zone)) for zone in zones),
        uavs=tuple(Uav(id=f"u{i}", start_lon_lat_deg=start) for i, start in enumerate(given)),
        scan_distance_m=20.0,
        **changes,
    )


def errors(found):
    return [f"{f.code}: {f.message}" for f in found.report.findings if f.level == "error"]


CASES = {
    "one UAV": along(),
    "one lane": along(width_m=15.0),
    "three UAVs end together": along(uavs=3, starts=[(0, 0), (900, 400), (1500, 1000)]),
    "zone inside": along(uavs=2, zones=[[(580, -15), (610, -15), (610, 20), (580, 20)]]),
    "zone across": along(starts=[(0, 0), (5, 5)], zones=[WALL_ACROSS]),
    "arms that overlap": along([(0, 0), (500, 0), (500, 80), (0, 80)], 120.0, 2),
    "a ring": along([(0, 0), (400, 0), (400, 300), (0, 300), (0, 0)], 60.0, 2),
    "two corridors that cross": replace(
        along(uavs=2),
        corridors=(
            Corridor(line_lon_lat_deg=places([(0, 0), (800, 50)]), width_m=60.0),
            Corridor(line_lon_lat_deg=places([(400, -300), (350, 400)]), width_m=40.0),
        ),
    ),
    "overshoot": along(overshoot_m=15.0),
}


@pytest.mark.parametrize("case", CASES)
def test_lines_follow_the_corridor_and_the_plan_passes_its_check(case):
    found = plan(CASES[case])
    assert errors(found) == []
    assert found.solution.planner == "corridor"
    assert found.report.fleet.coverage_percent > 98.99
    for uav in {sortie.uav for sortie in found.sorties}:
        assert fence_of(found, uav).inclusion_lon_lat_deg
    back = recheck(plan_from_json(plan_value(found)))
    assert errors(back) == []
    assert plan_to_json(plan(CASES[case])) == plan_to_json(found)


def test_a_single_lane_is_flown_once_on_the_line():
    found = plan(along(width_m=15.0, starts=[(0, 0)]))
    length_m = shapely.LineString(BENT).length
    assert found.report.fleet.length_m < 2.05 * length_m  # there at work, and home again
    (survey,) = [u.survey_m for u in found.report.uavs]
    assert survey == pytest.approx(length_m, rel=0.01)


def test_like_uavs_finish_together_each_on_its_stretch():
    found = plan(along(uavs=3, starts=[(0, 0), (900, 400), (1500, 1000)]))
    ends = [u.landing_s for u in found.report.uavs]
    assert max(ends) / min(ends) < 1.05
    middles = [found.solution.regions[i].centroid.x for i in range(3)]
    assert middles == sorted(middles)


def test_shares_that_were_asked_for_are_kept():
    wanted = along(uavs=2)
    fleet = tuple(replace(uav, share=s) for uav, s in zip(wanted.uavs, (0.7, 0.3), strict=True))
    found = plan(replace(wanted, uavs=fleet))
    assert [u.share_given for u in found.report.uavs] == pytest.approx([0.7, 0.3], abs=0.01)


def test_a_uav_of_its_own_line_distance_lays_its_own_lanes():
    wanted = along(uavs=2, starts=[(0, 0), (1500, 1000)])
    coarse = replace(wanted.uavs[1], scan_distance_m=50.0)
    found = plan(replace(wanted, uavs=(wanted.uavs[0], coarse)))
    assert errors(found) == []
    per_m2 = [u.survey_m / u.share_given for u in found.report.uavs]
    assert per_m2[0] / per_m2[1] == pytest.approx(2.5, rel=0.1)  # five lanes against two


def test_a_draft_follows_the_corridor_too():
    assert {s.uav for s in draft(along(uavs=2)).sorties} == {0, 1}
    found = draft(along(uavs=2))
    assert errors(found) == []
    legs = sum(int((s.kind == LegKind.SURVEY).sum()) for s in found.sorties)
    assert legs > 10


def test_a_second_pass_crosses_the_corridor():
    found = plan(along(width_m=80.0, crosshatch_deg=90.0))
    assert errors(found) == []
    once = plan(along(width_m=80.0))
    assert found.report.fleet.length_m > 1.8 * once.report.fleet.length_m


def test_ground_of_both_kinds_is_planned_as_an_area():
    from mcpp.model import AreaPart

    field = places([(0, 0), (200, 0), (200, 150), (0, 150)])
    road = Corridor(line_lon_lat_deg=places([(150, 75), (500, 75)]), width_m=40.0)
    wanted = replace(along(), area=(AreaPart(outer_lon_lat_deg=field),), corridors=(road,))
    found = plan(wanted)
    assert errors(found) == []
    assert found.report.fleet.area_m2 == pytest.approx(200 * 150 + 300 * 40, rel=0.01)
    assert found.solution.planner != "corridor"


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"line": [(0, 0)]}, InputError, "give two points or more"),
        ({"line": [(0, 0), (0, 0)]}, InputError, "it is 0.0 m long"),
        ({"line": [(0, 0), (90, 0), (90, 90), (50, -50)]}, GeometryError, "crosses or touches"),
        ({"width_m": 0.0}, InputError, r"corridors\[0\].width_m: 0 m is outside"),
        ({"planner": PlannerChoice(name="tour"), "uavs": 2}, InfeasibleError, "regions of their"),
        ({"direction_deg": 10.0, "planner": PlannerChoice(name="corridor")}, InfeasibleError,
         "no direction that is given"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused(changes, error, words):
    with pytest.raises(error, match=words):
        plan(along(**changes))


def test_ground_without_corridors_is_not_for_this_planner(small_mission):
    with pytest.raises(InfeasibleError, match="not of corridors alone"):
        plan(replace(small_mission, planner=PlannerChoice(name="corridor")))


def test_a_plan_with_another_corridor_is_told_from_its_mission():
    found = plan(along(width_m=40.0))
    value = plan_value(found)
    value["mission"]["corridors"][0]["width_m"] = 60.0
    codes = {f.code for f in recheck(plan_from_json(value)).report.findings if f.level == "error"}
    assert "derived" in codes


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bent_lines(), st.floats(15, 150), st.floats(14, 40), st.integers(1, 3), st.data())
def test_any_corridor_is_covered_kept_apart_and_fenced(line, width_m, spacing_m, count, data):
    zones = []
    if data.draw(st.booleans()):
        middle = shapely.LineString(line).interpolate(
            data.draw(st.floats(0.2, 0.8)), normalized=True
        )
        round_it = middle.buffer(data.draw(st.floats(3, 0.45 * width_m)), quad_segs=2)
        zones = [list(round_it.exterior.coords)[:-1]]
    wanted = replace(along(list(line), width_m, count, zones=zones), scan_distance_m=spacing_m)
    found = plan(wanted)
    assert errors(found) == []
    attainable = 100.0 - 100.0 * sum(d.area_m2 for d in found.solution.dropped) / max(
        found.problem.target.area, 1.0
    )
    assert found.report.fleet.coverage_percent > min(98.9, attainable - 1.0)
    for uav in {sortie.uav for sortie in found.sorties}:
        fence_of(found, uav)
