"""Random fleets, batteries and losses: no flight under reserve, nothing twice, nothing lost."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings, strategies as st
from shapely.geometry import Polygon, box

from mcpp.api import plan, replan
from mcpp.check.report import check
from mcpp.errors import InfeasibleError
from mcpp.ground.overlay import joined_ground, shared_ground
from mcpp.model import (
    AreaPart,
    FlightSettings,
    LegKind,
    Mission,
    Plan,
    PlannerChoice,
    Purpose,
    Uav,
)
from mcpp.problem.batteries import Batteries
from mcpp.replan.state import lost_state
from tests.plans import lon_lat
from tests.strategies import ring_lon_lat_deg

FIELDS = (
    box(0, 0, 420, 260),
    Polygon([(0, 0), (400, 0), (400, 120), (150, 120), (150, 330), (0, 330)]),
    Polygon([(0, 0), (350, 40), (420, 240), (180, 330), (-20, 200)]),
)
PLACES = ((30.0, 30.0), (120.0, 100.0), (60.0, 110.0), (100.0, 40.0))
REPEATED = 1.02
"""Survey lines of a fleet are no longer than this times what they are alone, rounding included."""


@st.composite
def missions(draw: st.DrawFn, purpose: Purpose = "mapping") -> Mission:
    """Two to four UAVs with short and long batteries, at one place, apart, or where they like."""
    field = draw(st.sampled_from(FIELDS))
    count = draw(st.integers(2, 4))
    launch = draw(st.sampled_from(("common", "apart", "open")))
    uavs = []
    for i in range(count):
        place = {"common": PLACES[0], "apart": PLACES[i], "open": None}[launch]
        uavs.append(
            Uav(
                id=f"u{i}",
                speed_m_s=draw(st.sampled_from((5.0, 8.0))),
                endurance_s=draw(st.sampled_from((480.0, 800.0, 2000.0))),
                batteries=draw(st.sampled_from((None, 1, 2))),
                start_lon_lat_deg=None if place is None else lon_lat(*place),
            )
        )
    scan_m = draw(st.sampled_from((25.0, 40.0)))
    return Mission(
        area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(field)),),
        uavs=tuple(uavs),
        scan_distance_m=scan_m,
        planner=PlannerChoice(name=draw(st.sampled_from(("regions", "draft")))),
        flight=FlightSettings(
            charge_s=900.0,
            chargers=draw(st.sampled_from((None, 1))),
            purpose=purpose,
            seen_width_m=None if purpose == "mapping" else 1.5 * scan_m,
        ),
    )


def errors(of: Plan) -> list[str]:
    return [finding.message for finding in check(of) if finding.level == "error"]


def survey_m(of: Plan) -> float:
    """Length of all survey lines."""
    return sum(
        float(np.hypot(*np.diff(s.xyz_m[:, :2], axis=0).T)[s.kind == LegKind.SURVEY].sum())
        for s in of.sorties
    )


@given(st.one_of(missions(), missions("coverage")))
@settings(max_examples=16, deadline=None)
def test_flights_keep_batteries_reserve_and_charging_and_leave_nothing_out(mission: Mission):
    of = plan(mission)
    assert errors(of) == []
    assert of.report.fleet.coverage_percent >= mission.coverage_percent - 0.02
    batteries = Batteries(of.problem.vehicles, of.problem.chargers)
    landed_s: dict[int, float] = {}
    for sortie in sorted(of.sorties, key=lambda s: (float(s.time_s[0]), s.uav)):
        vehicle = of.problem.vehicles[sortie.uav]
        begin_s, end_s = float(sortie.time_s[0]), float(sortie.time_s[-1])
        assert end_s - begin_s <= vehicle.endurance_s + 1e-3
        if sortie.uav in landed_s:
            assert begin_s >= landed_s[sortie.uav] + vehicle.swap_s - 1e-3
            if mission.flight.chargers is None:
                assert begin_s >= batteries.ready_s(sortie.uav, landed_s[sortie.uav]) - 1e-3
        landed_s[sortie.uav] = end_s
        batteries.flown(sortie.uav, end_s)
    regions = of.solution.regions
    for i, one in enumerate(regions):
        for other in regions[:i]:
            assert shared_ground(one, other).area < 1.0
    assert joined_ground(regions).area >= of.problem.target.area * 0.999


@given(missions(), st.data())
@settings(max_examples=10, deadline=None)
def test_a_loss_at_any_time_leaves_nothing_out_and_repeats_nothing(mission: Mission, data):
    before = plan(replace(mission, planner=PlannerChoice(name="draft")))
    uav = data.draw(st.sampled_from(sorted({sortie.uav for sortie in before.sorties})))
    ends_s = max(float(sortie.time_s[-1]) for sortie in before.sorties if sortie.uav == uav)
    at_s = data.draw(st.floats(0, 1)) * ends_s
    try:
        found = replan(before, lost_state(before, {mission.uavs[uav].id: at_s}))
    except InfeasibleError:
        return  # a battery lasts home no more, or nobody can keep apart: refused whole
    after = found.plan
    assert errors(after) == []
    assert after.begun is not None
    kept = after.report.fleet.coverage_percent
    assert kept >= before.report.fleet.coverage_percent - 0.5
    surveyed_m = sum(
        float(np.hypot(*np.diff(route.xy_m, axis=0).T)[route.survey].sum())
        for route in after.begun.surveyed
    )
    # lines of a wider spacing may be laid anew for a UAV with a finer one: here all are alike
    assert surveyed_m + survey_m(after) <= REPEATED * survey_m(before) + 5.0
    for sortie in after.sorties:
        assert sortie.uav != uav
        lasts_s = after.problem.vehicles[sortie.uav].endurance_s
        if sortie.airborne:
            lasts_s = min(lasts_s, after.begun.battery_s[sortie.uav])
        assert sortie.time_s[-1] - sortie.time_s[0] <= lasts_s + 1e-3
