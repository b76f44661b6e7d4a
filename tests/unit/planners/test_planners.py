"""Every registered planner, through the independent check."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely.geometry import box

from mcpp.api import draft, plan
from mcpp.errors import Cancelled, InfeasibleError, InputError, UnknownPlannerError
from mcpp.io.plan import plan_to_json
from mcpp.model import AreaPart, Mission, PlannerChoice, PolygonZone, Uav
from planners.params import list_params
from planners.registry import choose, get, names
from tests.strategies import points_lon_lat_deg, ring_lon_lat_deg


def mission(shape, zones=(), uavs=2, planner="auto", starts=None, scan_m=20.0, **changes):
    starts = starts or [None] * uavs
    places = [None if s is None else points_lon_lat_deg(np.array([s]))[0] for s in starts]
    return Mission(
        area=tuple(
            AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(part)) for part in shapely.get_parts(shape)
        ),
        no_fly_zones=tuple(PolygonZone(outer_lon_lat_deg=ring_lon_lat_deg(z)) for z in zones),
        uavs=tuple(Uav(id=f"u{i}", start_lon_lat_deg=places[i]) for i in range(uavs)),
        scan_distance_m=scan_m,
        planner=PlannerChoice(name=planner),
        **changes,
    )


_FEW = {"sweep.tried": 1, "sweep.finalists": 1, "sweep.edges": 3}
QUICK: dict[str, dict[str, str | int]] = {
    "auto": {
        "regions.rounds": 1,
        **{
            f"{planner}.cover.{key}": value
            for planner in ("regions", "tour")
            for key, value in _FEW.items()
        },
    },
    "regions": {"rounds": 1, **{f"cover.{key}": value for key, value in _FEW.items()}},
    "tour": {f"cover.{key}": value for key, value in _FEW.items()},
    "best": {
        "planner": "regions",
        "rounds": 0,
        "auto.regions.rounds": 1,
        **{f"auto.regions.cover.{key}": value for key, value in _FEW.items()},
    },
}


def quick(name):
    """Choose a planner that searches less: the promises it keeps are the same."""
    return PlannerChoice(name=name, params=QUICK.get(name, {}))


FOR_AREAS = [name for name in names() if name != "corridor"]
L_SHAPE = box(0, 0, 300, 100).union(box(0, 0, 110, 260))
ROOMS = box(0, 0, 150, 150).union(box(150, 70, 200, 85)).union(box(200, 0, 350, 150))
CASES = {
    "one UAV": mission(box(0, 0, 240, 160), uavs=1),
    "L shape, three UAVs": mission(L_SHAPE, uavs=3),
    "zone inside, starts given": mission(
        box(0, 0, 300, 200), [box(120, 80, 170, 130)], starts=[(10, 10), (290, 190)]
    ),
    "power line": mission(box(0, 0, 240, 200), [box(20, 98, 220, 102)], uavs=1),
    "neck narrower than the scan distance": mission(ROOMS),
    "area cut in two": mission(box(0, 0, 300, 150), [box(145, -10, 155, 160)]),
    "two fields": mission(box(0, 0, 150, 150).union(box(190, 0, 340, 150)), uavs=1),
    "start outside": mission(box(0, 0, 240, 160), starts=[(-40, 20), (120, 230)]),
    "ground behind a moat of zones": mission(
        box(0, 0, 300, 200),
        [
            box(100, 50, 200, 60),
            box(100, 140, 200, 150),
            box(100, 50, 110, 150),
            box(190, 50, 200, 150),
        ],
    ),
    "overshoot": mission(box(0, 0, 200, 150), uavs=1, overshoot_m=20.0),
}


@pytest.mark.parametrize("name", FOR_AREAS)
@pytest.mark.parametrize("case", CASES)
def test_every_plan_passes_its_check(case, name):
    wanted = replace(CASES[case], planner=quick(name), keep_apart=name != "tour")
    found = plan(wanted)
    assert found.report.safe, [f.message for f in found.report.findings if f.level == "error"]
    assert {sortie.uav for sortie in found.sorties} == set(range(len(wanted.uavs)))
    least = {
        "auto": 98.9,
        "regions": 98.9,
        "tour": 98.9,
        "best": 98.9,
        "draft": 90.0,
        "darp-stc": 60.0,
    }[name]
    if not found.solution.dropped:
        assert found.report.fleet.coverage_percent >= least


@pytest.mark.parametrize("name", FOR_AREAS)
def test_same_seed_same_plan(name):
    wanted = replace(CASES["L shape, three UAVs"], planner=quick(name))
    wanted = replace(wanted, keep_apart=name != "tour")
    assert plan_to_json(plan(wanted)) == plan_to_json(plan(wanted))


@pytest.mark.parametrize("name", FOR_AREAS)
def test_every_planner_stops_when_asked(name):
    class Stop:
        def on_progress(self, stage, fraction):
            return None

        def should_stop(self):
            return True

    with pytest.raises(Cancelled):
        plan(replace(CASES["one UAV"], planner=PlannerChoice(name=name)), Stop())


def test_regions_finish_together_where_nobody_asks_for_shares():
    found = plan(mission(box(0, 0, 600, 400), uavs=3, planner="regions"))
    times = [figures.flight_time_s for figures in found.report.uavs]
    assert max(times) / np.mean(times) < 1.05


def test_shares_that_were_asked_for_are_kept():
    wanted = mission(box(0, 0, 600, 400), uavs=2, planner="regions")
    fleet = tuple(replace(uav, share=s) for uav, s in zip(wanted.uavs, (0.7, 0.3), strict=True))
    found = plan(replace(wanted, uavs=fleet))
    assert [f.share_given for f in found.report.uavs] == pytest.approx([0.7, 0.3], abs=0.02)


def test_the_tour_is_for_those_who_need_not_be_kept_apart():
    with pytest.raises(InfeasibleError, match="regions of their own"):
        plan(mission(box(0, 0, 200, 200), planner="tour"))


def test_auto_tells_what_each_planner_would_have_given():
    found = plan(replace(mission(box(0, 0, 300, 200), keep_apart=False), planner=quick("auto")))
    tried = {alternative.planner: alternative for alternative in found.solution.alternatives}
    assert set(tried) == {"regions", "darp-stc", "tour"}
    (chosen,) = [a for a in tried.values() if a.chosen]
    assert chosen.planner == found.solution.planner
    others = [a for a in tried.values() if not a.reason]
    assert chosen.finish_s == min(a.finish_s for a in others)


def test_a_mixed_fleet_flies_its_own_line_spacings():
    wanted = mission(box(0, 0, 400, 300), planner="auto")
    fleet = (replace(wanted.uavs[0], scan_distance_m=30.0), wanted.uavs[1])
    found = plan(replace(wanted, uavs=fleet, planner=quick("auto")))
    assert found.report.safe
    assert found.solution.planner == "regions"
    wide, narrow = (
        route_m / region.area
        for route_m, region in zip(
            [figures.survey_m for figures in found.report.uavs], found.solution.regions, strict=True
        )
    )
    assert wide < 0.85 * narrow


def test_more_uavs_than_cells_is_told():
    with pytest.raises(InfeasibleError, match="40 UAVs but only"):
        plan(mission(box(0, 0, 120, 120), uavs=40, planner="darp-stc"))


def test_an_area_too_small_for_a_cell_is_still_swept():
    thin = mission(box(0, 0, 300, 15), uavs=1)
    with pytest.raises(InfeasibleError, match="no mega-cell"):
        plan(replace(thin, planner=PlannerChoice(name="darp-stc")))
    assert plan(thin).report.fleet.coverage_percent > 98


def test_a_draft_is_a_plan():
    found = draft(CASES["zone inside, starts given"])
    assert found.solution.planner == "draft"
    assert found.report.safe


def test_unknown_names_suggest_the_nearest():
    with pytest.raises(UnknownPlannerError, match="did you mean 'regions'"):
        get("region")
    with pytest.raises(InputError, match=r"did you mean 'darp\.method'"):
        choose(PlannerChoice(name="regions", params={"darp.methd": "darp"}))


@pytest.mark.parametrize("name", names())
def test_every_parameter_says_what_it_is(name):
    params = getattr(get(name), "params", None)
    assert params is not None
    infos = list(list_params(params))
    assert infos
    assert all(info.help for info in infos)
    changes = {info.name: info.default for info in infos}
    assert choose(PlannerChoice(name=name, params=changes)) == get(name)


def test_a_tour_whose_lines_lie_half_a_spacing_from_its_buffer_is_still_seen_as_flown(shared_dir):
    from mcpp.io.source import read_source

    wanted = read_source(shared_dir / "rois" / "roi_14.geojson", uavs=3)
    shares = (0.5, 0.3, 0.2)
    fleet = tuple(replace(uav, share=s) for uav, s in zip(wanted.uavs, shares, strict=True))
    found = plan(replace(wanted, uavs=fleet, planner=PlannerChoice(name="darp-stc")))
    assert found.report.safe
