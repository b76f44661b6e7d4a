"""What a plan keeps of its promise, measured on flights made by hand."""

import base64
from dataclasses import replace

import numpy as np
import pytest
import shapely

from mcpp.check.ground import ground_of
from mcpp.check.photos import photos_of
from mcpp.check.promise import measure_kept, promise_findings, wanted_views
from mcpp.cli.tables import kept_tables
from mcpp.ground.frame import LocalFrame
from mcpp.io.plan import plan_from_json, plan_value
from mcpp.model import (
    NO_FIGURES,
    LegKind,
    Mission,
    Plan,
    PlannerChoice,
    Report,
    Route,
    Solution,
    Sortie,
    Uav,
)
from mcpp.pipeline import Bounds, checked
from mcpp.problem.localize import localize
from mcpp.report.plan_views import views_figure
from tests.strategies import ANCHOR_LON_LAT_DEG, area_part_of

FRAME = LocalFrame(ANCHOR_LON_LAT_DEG)
WIDTH, HEIGHT = 600.0, 400.0


def plan_of(rows_m: list[float], *, planner: str = "regions", **flight) -> Plan:
    """Lines along the whole width at some heights of the area, flown to and fro at 60 m."""
    mission = Mission(
        area=(area_part_of(shapely.box(0, 0, WIDTH, HEIGHT)),),
        uavs=(Uav(id="a", camera="Sony A6000 16 mm"),),
        planner=PlannerChoice(name=planner),
    )
    settings = {"height_m": 60.0, "sidelap": 0.7, "frontlap": 0.75, **flight}
    mission = replace(mission, flight=replace(mission.flight, **settings))
    problem = localize(mission, FRAME)
    points, survey = [], []
    for i, y in enumerate(rows_m):
        ends = [(1.0, y), (WIDTH - 1, y)]
        points += ends if i % 2 == 0 else ends[::-1]
        survey += [True, False]
    xy = np.array(points)
    ground = np.vstack([xy[:1], xy[:1], xy[1:], xy[-1:]])
    height = np.full(len(ground), 60.0)
    height[[0, -1]] = 0.0
    work = [LegKind.SURVEY if on else LegKind.CONNECT for on in survey[:-1]]
    kind = np.array([LegKind.TAKEOFF, *work, LegKind.LAND], dtype=np.int32)
    length = np.linalg.norm(np.diff(np.column_stack([ground, height]), axis=0), axis=1)
    sortie = Sortie(
        uav=0, number=1, xyz_m=np.column_stack([ground, height]), kind=kind,
        speed_m_s=np.full(len(kind), 5.0), time_s=np.concatenate([[0], np.cumsum(length / 4.0)]),
    )  # fmt: skip
    route = Route(uav=0, xy_m=xy, survey=np.array(survey[:-1]))
    return Plan(
        mission=mission, origin_lon_lat_deg=ANCHOR_LON_LAT_DEG, problem=problem,
        solution=Solution(planner=planner, routes=(route,)), sorties=(sortie,),
        report=Report(uavs=(), fleet=NO_FIGURES), version="0",
    )  # fmt: skip


def kept_of(plan: Plan):
    return measure_kept(plan, ground_of(plan.mission, plan.origin_lon_lat_deg))


def findings_of(plan: Plan):
    ground = ground_of(plan.mission, plan.origin_lon_lat_deg)
    return list(promise_findings(plan, ground, kept_of(plan)))


SPACING = 26.4375  # of 70 % sidelap: 88.125 m across
EVEN = [SPACING * (k + 0.5) for k in range(15)]


def test_even_lines_keep_what_was_asked():
    plan = plan_of(EVEN)
    assert plan.problem.vehicles[0].spacing_m == pytest.approx(SPACING)
    kept = kept_of(plan)
    (uav,) = kept.uavs
    assert uav.next_line is not None
    assert uav.next_line.median_m == pytest.approx(SPACING, rel=1e-6)
    assert uav.next_line.most_m == pytest.approx(SPACING, rel=1e-6)
    assert uav.too_far_percent == 0.0
    assert uav.sidelap is not None
    assert uav.frontlap is not None
    assert uav.sidelap.least == pytest.approx(0.7, abs=1e-6)
    assert uav.frontlap.median == pytest.approx(0.75, abs=2e-3)  # sensor and image differ
    assert uav.gsd_m == pytest.approx(60 * 23.5 / 16 / 6000)
    assert kept.min_views == wanted_views(plan) == 8
    assert uav.views is not None
    assert uav.views.median in {12, 13, 14}
    assert findings_of(plan) == []


def test_photos_are_taken_along_survey_legs_alone_and_seen_as_rectangles():
    plan = plan_of(EVEN)
    photos = photos_of(plan)
    step_m = plan.problem.vehicles[0].trigger_distance_m
    assert step_m is not None
    assert len(photos.uav) == 15 * (int((WIDTH - 2) / step_m) + 1)
    assert set(np.round(photos.xy_m[:, 1], 6)) == set(np.round(EVEN, 6))
    size = np.ptp(photos.footprints_m, axis=1)
    np.testing.assert_allclose(size, np.tile([58.5, 88.125], (len(size), 1)), atol=1e-6)
    hover = photos_of(plan_of(EVEN, trigger="hover"))
    assert len(hover.uav) == 15 * (int(np.ceil((WIDTH - 2) / step_m)) + 1)
    assert len(photos_of(plan_of(EVEN, trigger="none")).uav) == 0


@pytest.mark.parametrize(("planner", "level"), [("regions", "error"), ("tour", "warning")])
def test_a_line_left_out_breaks_the_promise(planner, level):
    rows = [y for k, y in enumerate(EVEN) if k != 7]
    plan = plan_of(rows, planner=planner)
    kept = kept_of(plan)
    assert kept.fleet.next_line is not None
    assert kept.fleet.next_line.most_m == pytest.approx(2 * SPACING, rel=1e-6)
    # a strip of 2 - 1.04 spacings in an interior 2 spacings lower than the area
    assert kept.fleet.too_far_percent == pytest.approx(
        100 * 0.96 * SPACING / (HEIGHT - 2 * SPACING), rel=0.1
    )
    (finding,) = findings_of(plan)
    assert (finding.level, finding.code, finding.uav) == (level, "spacing", "a")
    assert f"{2 * SPACING:.1f} m away at most" in finding.message
    assert kept.far_m is not None
    assert abs(kept.far_m[1] - EVEN[7]) < SPACING
    report = checked(plan, Bounds()).report
    assert ("spacing", level) in {(f.code, f.level) for f in report.findings}


def test_where_lines_may_move_apart_nothing_is_broken():
    plan = plan_of(EVEN[::2])
    vehicles = tuple(replace(v, keeps_spacing=False) for v in plan.problem.vehicles)
    loose = replace(plan, problem=replace(plan.problem, vehicles=vehicles))
    assert findings_of(loose) == []
    assert kept_of(loose).uavs[0].next_line is not None


def test_a_number_of_views_that_is_asked_for_and_missed_is_told():
    plan = plan_of(EVEN, min_views=11)
    kept = kept_of(plan)
    assert kept.min_views == 11
    (finding,) = findings_of(plan)
    assert (finding.level, finding.code) == ("warning", "views")
    assert "seen by fewer than 11 photos" in finding.message


@pytest.mark.parametrize(("angle", "told"), [(90.0, False), (270.0, False), (60.0, True)])
def test_lines_that_do_not_run_as_asked_are_told(angle, told):
    plan = plan_of(EVEN)
    plan = replace(plan, mission=replace(plan.mission, direction_deg=angle))
    plan = replace(plan, problem=localize(plan.mission, FRAME))
    found = [finding for finding in findings_of(plan) if finding.code == "direction"]
    assert bool(found) == told
    if told:
        assert found[0].message == (
            "a: 0 % of its survey lines run at 60 degrees from north as asked"
        )


def test_figures_stand_in_report_tables_and_files():
    plan = checked(plan_of(EVEN), Bounds())
    (figures,) = plan.report.uavs
    assert figures.kept.views is not None
    assert figures.stops_time_s > 0
    assert plan.report.fleet.min_views == 8
    assert plan_from_json(plan_value(plan)).report == plan.report
    lines, photos = kept_tables(plan)
    assert list(lines.columns[2].cells) == [" / ".join(["26.4"] * 3) + " m"]
    assert list(photos.columns[1].cells) == ["70 / 70 / 70 %"]
    figure = views_figure(plan)
    assert figure is not None
    assert base64.b64decode(figure.png_base64).startswith(b"\x89PNG")
    assert views_figure(plan_of(EVEN, trigger="none")) is None
