"""Replanning: what a lost UAV leaves is flown by the others, all of it, once, within batteries."""

import json
from dataclasses import replace

import numpy as np
import pytest
import shapely
from click.testing import CliRunner
from hypothesis import example, given, settings, strategies as st
from shapely.geometry import box

from mcpp.after.shots import Log
from mcpp.after.state import state_of_logs
from mcpp.api import plan, read_plan, replan
from mcpp.check.report import check
from mcpp.cli.main import cli
from mcpp.errors import InfeasibleError, InputError
from mcpp.export.items import Command, mission_items
from mcpp.ground.frame import LocalFrame
from mcpp.io.plan import plan_to_json
from mcpp.model import (
    AreaPart,
    CircleZone,
    FlightSettings,
    LegKind,
    Mission,
    Plan,
    PlannerChoice,
    Uav,
)
from mcpp.replan.replan import Replanned
from mcpp.replan.state import FleetState, UavState, lost_state, planned_state
from tests.plans import lon_lat
from tests.strategies import ring_lon_lat_deg

AREA = box(0, 0, 500, 400)
SLACK_PERCENT = 0.5


def mission_of(*uavs: Uav, **flight) -> Mission:
    return Mission(
        area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(AREA)),),
        uavs=uavs,
        scan_distance_m=25,
        planner=PlannerChoice(name="draft"),
        flight=FlightSettings(**{"timing_tolerance_s": 2.0, "timing_tolerance": 0.0, **flight}),
    )


def three(endurance_s: float | None = None, **more) -> tuple[Uav, ...]:
    places = ((20, 20), (480, 20), (250, 380))
    return tuple(
        Uav(id=name, start_lon_lat_deg=lon_lat(*place), endurance_s=endurance_s, **more)
        for name, place in zip("abc", places, strict=True)
    )


@pytest.fixture(scope="module")
def long_plan() -> Plan:
    return plan(mission_of(*three()))


@pytest.fixture(scope="module")
def short_plan() -> Plan:
    """Batteries of which each UAV needs two or three."""
    return plan(mission_of(*three(500.0)))


def end_s(of: Plan, uav: int) -> float:
    return max(float(s.time_s[-1]) for s in of.sorties if s.uav == uav)


def lose(of: Plan, uav: int, part: float) -> Replanned:
    return replan(of, lost_state(of, {of.mission.uavs[uav].id: part * end_s(of, uav)}))


def assert_good(found: Replanned, before: Plan) -> None:
    """Nothing unsafe, nothing lost, nothing under reserve, nothing covered twice without need."""
    after = found.plan
    assert [f for f in check(after) if f.level == "error"] == []
    covered = after.report.fleet.coverage_percent
    assert covered >= before.report.fleet.coverage_percent - SLACK_PERCENT
    assert after.begun is not None
    for sortie in after.sorties:
        assert sortie.uav not in after.begun.lost
        lasts_s = after.problem.vehicles[sortie.uav].endurance_s
        if sortie.airborne:
            lasts_s = min(lasts_s, after.begun.battery_s[sortie.uav])
        assert sortie.time_s[-1] - sortie.time_s[0] <= lasts_s + 1e-3
    assert survey_m(after) + done_m(after) <= 1.001 * (survey_m(before) + done_m(before)) + 1


def survey_m(of: Plan) -> float:
    return sum(
        float(np.hypot(*np.diff(s.xyz_m[:, :2], axis=0).T)[s.kind == LegKind.SURVEY].sum())
        for s in of.sorties
    )


def done_m(of: Plan) -> float:
    surveyed = of.begun.surveyed if of.begun else ()
    return sum(float(np.hypot(*np.diff(r.xy_m, axis=0).T)[r.survey].sum()) for r in surveyed)


@pytest.mark.parametrize("part", [0.0, 0.2, 0.5, 0.8])
@pytest.mark.parametrize("uav", [0, 2])
def test_the_others_finish_the_ground_together(long_plan, uav, part) -> None:
    found = lose(long_plan, uav, part)
    assert_good(found, long_plan)
    ends = [c.lands_s for c in found.changes if not c.lost and c.lands_s is not None]
    assert len(ends) == 2
    assert max(ends) - min(ends) < (0.05 if part < 0.8 else 0.2) * max(ends)
    assert found.finish_s == pytest.approx(max(ends))
    assert [c.lost for c in found.changes] == [i == uav for i in range(3)]


@pytest.mark.parametrize("part", [0.0, 0.5, 0.9])
def test_further_flights_are_made_where_batteries_do_not_last(short_plan, part) -> None:
    assert max(s.number for s in short_plan.sorties) >= 2
    assert_good(lose(short_plan, 1, part), short_plan)


@pytest.mark.parametrize("part", [0.0, 0.4])
def test_the_usual_tolerance_of_times_is_kept(part) -> None:
    before = plan(mission_of(*three(), timing_tolerance_s=10.0, timing_tolerance=0.05))
    assert_good(lose(before, 1, part), before)


def test_nothing_changes_where_nothing_has_happened(long_plan) -> None:
    found = replan(long_plan, FleetState(time_s=200.0))
    assert not any(change.changed for change in found.changes)
    assert_good(found, long_plan)
    assert found.finish_s == pytest.approx(found.finish_before_s, abs=10)


def test_a_flight_that_goes_on_has_no_take_off_and_begins_where_the_vehicle_is(long_plan) -> None:
    found = lose(long_plan, 0, 0.5).plan
    frame = LocalFrame(found.origin_lon_lat_deg)
    assert found.begun is not None
    for sortie in found.sorties:
        assert sortie.airborne
        commands = [item.command for item in mission_items(found, sortie)]
        assert Command.NAV_TAKEOFF not in commands
        assert commands[-1] == Command.NAV_RETURN_TO_LAUNCH
        at = planned_state(long_plan, sortie.uav, found.begun.time_s)
        assert at.lon_lat_deg is not None
        assert sortie.xyz_m[0, :2] == pytest.approx(frame.to_m(at.lon_lat_deg), abs=0.01)
        home = next(s for s in long_plan.sorties if s.uav == sortie.uav).xyz_m[0, :2]
        assert sortie.home_m == pytest.approx(home, abs=1e-3)


def test_the_new_plan_is_read_back_as_it_was(long_plan, tmp_path) -> None:
    found = lose(long_plan, 0, 0.5).plan
    (tmp_path / "plan.json").write_text(plan_to_json(found))
    again = read_plan(tmp_path / "plan.json")
    assert plan_to_json(again) == plan_to_json(found)
    assert [f for f in check(again) if f.level == "error"] == []


def test_a_second_loss_is_planned_for_from_the_first_new_plan(long_plan) -> None:
    first = lose(long_plan, 0, 0.3).plan
    second = replan(first, lost_state(first, {"b": 60.0}))
    assert_good(second, first)
    assert second.plan.begun is not None
    assert second.plan.begun.lost == (0, 1)
    assert {sortie.uav for sortie in second.plan.sorties} == {2}
    with pytest.raises(InfeasibleError, match="no UAV is left"):
        replan(second.plan, lost_state(second.plan, {"c": 10.0}))


def test_one_that_joins_brings_the_end_forward(long_plan) -> None:
    new = replace(three()[0], id="d", start_lon_lat_deg=lon_lat(250, 200))
    found = replan(long_plan, FleetState(time_s=100.0, joins=(new,)))
    assert_good(found, long_plan)
    assert found.finish_s < 0.97 * found.finish_before_s
    assert found.changes[3].survey_m > 500


def test_a_zone_that_appears_is_kept_out_of(long_plan) -> None:
    zone = CircleZone(center_lon_lat_deg=lon_lat(200, 250), radius_m=40)
    found = replan(long_plan, FleetState(time_s=60.0, no_fly_zones=(zone,)))
    assert [f for f in found.plan.report.findings if f.level == "error"] == []
    assert found.plan.report.fleet.coverage_percent > 97
    middle = shapely.Point(LocalFrame(found.plan.origin_lon_lat_deg).to_m(zone.center_lon_lat_deg))
    for sortie in found.plan.sorties:
        assert shapely.LineString(sortie.xyz_m[:, :2]).distance(middle) >= 39.9


def test_a_weak_battery_is_flown_home_in_time(long_plan) -> None:
    at = planned_state(long_plan, 0, 200.0)
    weak = replace(at, battery_s=230.0)
    found = replan(long_plan, FleetState(time_s=200.0, uavs=(weak,)))
    assert_good(found, long_plan)
    first = next(s for s in found.plan.sorties if s.uav == 0)
    assert first.time_s[-1] <= 230.0
    with pytest.raises(InfeasibleError, match="the way home takes"):
        replan(long_plan, FleetState(time_s=200.0, uavs=(replace(at, battery_s=3.0),)))


def test_other_lines_are_made_where_no_one_sees_as_wide() -> None:
    wide = Uav(id="wide", scan_distance_m=50, start_lon_lat_deg=lon_lat(20, 20))
    fine = Uav(id="fine", scan_distance_m=25, start_lon_lat_deg=lon_lat(480, 20))
    before = plan(mission_of(wide, fine))
    found = replan(before, lost_state(before, {"wide": 100.0}))
    assert [f for f in found.plan.report.findings if f.level == "error"] == []
    assert found.plan.report.fleet.coverage_percent >= before.report.fleet.coverage_percent - 0.5
    other = replan(before, lost_state(before, {"fine": 100.0}))
    assert_good(other, before)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (FleetState(time_s=-1.0), "time_s: -1 s is outside 0"),
        (FleetState(time_s=9.0, uavs=(UavState(id="x", status="lost"),)), "no UAV 'x'"),
        (FleetState(time_s=9.0, uavs=(UavState(id="a", status="lost"),) * 2), "told of twice"),
        (
            FleetState(time_s=9.0, uavs=(UavState(id="a", status="lost", sortie=7, point=1),)),
            "no sortie 7",
        ),
        (
            FleetState(time_s=9.0, uavs=(UavState(id="a", status="lost", sortie=1, point=999),)),
            "point: 999",
        ),
    ],
)
def test_a_state_that_does_not_fit_the_plan_is_refused(long_plan, state, words) -> None:
    with pytest.raises(InputError, match=words):
        replan(long_plan, state)


def log_of(of: Plan, uav: int, until_s: float) -> Log:
    """Where a UAV is each second of its first flight as planned, on the clock of 2026."""
    (sortie,) = [s for s in of.sorties if (s.uav, s.number) == (uav, 1)]
    time_s = np.arange(0.0, until_s, 1.0)
    xyz = np.column_stack([np.interp(time_s, sortie.time_s, sortie.xyz_m[:, k]) for k in range(3)])
    return Log(
        name=f"system {uav + 1}",
        kind="tlog",
        system_id=uav + 1,
        time_s=1.79e9 + time_s,
        lon_lat_deg=LocalFrame(of.origin_lon_lat_deg).to_deg(xyz[:, :2]),
        altitude_m=xyz[:, 2] + 100,
        above_launch_m=xyz[:, 2],
        yaw_deg=np.zeros(len(xyz)),
    )


@pytest.mark.parametrize("until_s", [80.0, 301.0, 500.0])
def test_a_log_tells_where_all_are(long_plan, until_s) -> None:
    logs = [log_of(long_plan, 0, until_s - 40), *(log_of(long_plan, k, until_s) for k in (1, 2))]
    state = state_of_logs(long_plan, logs, ["a"])
    assert state.time_s == pytest.approx(until_s - 1, abs=2)
    planned = planned_state(long_plan, 1, until_s - 1)
    told = next(one for one in state.uavs if one.id == "b")
    assert (told.status, told.sortie, told.point) == ("flying", 1, planned.point)
    assert told.battery_s == pytest.approx(planned.battery_s, abs=2)
    lost = next(one for one in state.uavs if one.id == "a")
    assert (lost.status, lost.point) == ("lost", planned_state(long_plan, 0, until_s - 41).point)
    assert_good(replan(long_plan, state), long_plan)


def test_a_log_of_no_uav_of_the_plan_is_refused(long_plan) -> None:
    with pytest.raises(InputError, match="system id 9"):
        state_of_logs(long_plan, [replace(log_of(long_plan, 0, 90.0), system_id=9)], ["a"])
    with pytest.raises(InputError, match="no UAV 'x'"):
        state_of_logs(long_plan, [log_of(long_plan, 0, 90.0)], ["x"])


@settings(max_examples=5)
@example(endurance=(420, 600, 3000), batteries=None, losses=[(1, 0.875)])  # one is landing then
@example(endurance=(420, 600, 3000), batteries=None, losses=[(1, 0.8125)])  # one flies its last s
@given(
    endurance=st.sampled_from([(4000, 4000, 4000), (420, 600, 3000), (500, 500, 500)]),
    batteries=st.sampled_from([None, 1, 2]),
    losses=st.lists(st.tuples(st.integers(0, 2), st.floats(0, 1)), min_size=1, max_size=2),
)
def test_random_fleets_and_losses_lose_no_ground(fleets, endurance, batteries, losses) -> None:
    before = fleets(endurance, batteries)
    now = before
    lost: set[int] = set()
    for uav, part in losses:
        if uav in lost or len(lost) == 2:
            continue
        lost.add(uav)
        ends = [float(s.time_s[-1]) for s in now.sorties if s.uav == uav]
        found = replan(now, lost_state(now, {"abc"[uav]: part * max(ends, default=0.0)}))
        assert_good(found, now)
        now = found.plan


@pytest.fixture(scope="module")
def fleets():
    made: dict[object, Plan] = {}

    def fleet(endurance, batteries) -> Plan:
        if (endurance, batteries) not in made:
            uavs = three(batteries=batteries)
            own = [replace(u, endurance_s=float(e)) for u, e in zip(uavs, endurance, strict=True)]
            made[endurance, batteries] = plan(mission_of(*own, charge_s=900.0))
        return made[endurance, batteries]

    return fleet


def test_the_command_shows_the_difference_and_writes_a_plan(long_plan, tmp_path) -> None:
    (tmp_path / "plan.json").write_text(plan_to_json(long_plan))
    run = CliRunner()
    out = str(tmp_path / "new")
    result = run.invoke(cli, ["replan", str(tmp_path / "plan.json"), "--lost", "a@3:20", "-o", out])
    assert result.exit_code == 0, result.output
    assert "lost" in result.output
    assert "planned was" in result.output
    begun = read_plan(tmp_path / "new" / "plan.json").begun
    assert begun is not None
    assert begun.time_s == 200.0
    state = {"time_s": 200, "uavs": [{"id": "a", "status": "lost"}]}
    (tmp_path / "state.json").write_text(json.dumps(state))
    again = run.invoke(
        cli,
        ["replan", str(tmp_path / "plan.json"), "--state", str(tmp_path / "state.json"), "-o",
         str(tmp_path / "same")],
    )  # fmt: skip
    assert again.exit_code == 0, again.output
    texts = [(tmp_path / name / "plan.json").read_text() for name in ("new", "same")]
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "say what has happened"),
        (["--lost", "x"], "no UAV 'x'"),
        (["--lost", "a@noon"], "is no time"),
        (["--lost", "a", "--lost", "a@5"], "named twice"),
    ],
)
def test_bad_options_are_refused_in_one_line(long_plan, tmp_path, options, words) -> None:
    (tmp_path / "plan.json").write_text(plan_to_json(long_plan))
    command = ["replan", str(tmp_path / "plan.json"), *options, "-o", str(tmp_path / "new")]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 1
    assert words in result.output
    assert not (tmp_path / "new").exists()
