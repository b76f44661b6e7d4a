"""Where UAVs are told to be: beside their lines, in zones, far off; and what can not be."""

from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import LineString, Point, box

from mcpp.api import plan, replan
from mcpp.check.report import check
from mcpp.errors import InfeasibleError, InputError
from mcpp.ground.frame import LocalFrame
from mcpp.model import (
    AreaPart,
    CircleZone,
    Corridor,
    FlightSettings,
    Mission,
    Plan,
    PlannerChoice,
    SearchPattern,
    Uav,
)
from mcpp.replan.apart import timed
from mcpp.replan.pieces import of_sortie
from mcpp.replan.state import FleetState, UavState, lost_state, planned_state
from tests.plans import lon_lat
from tests.strategies import ring_lon_lat_deg

NOW_S = 150.0


def fleet() -> tuple[Uav, ...]:
    places = {"a": (20, 20), "b": (330, 20)}
    return tuple(Uav(id=name, start_lon_lat_deg=lon_lat(*place)) for name, place in places.items())


def mission(**what) -> Mission:
    area = (AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 350, 250))),)
    return Mission(
        **{
            "area": area,
            "uavs": fleet(),
            "scan_distance_m": 25,
            "planner": PlannerChoice(name="draft"),
            "flight": FlightSettings(transit_height_m=80.0),
            **what,
        }
    )


@pytest.fixture(scope="module")
def area() -> Plan:
    return plan(mission())


@pytest.fixture(scope="module")
def corridor() -> Plan:
    line = tuple(lon_lat(*p) for p in ((20, 20), (150, 120), (330, 20)))
    along = (Corridor(line_lon_lat_deg=line, width_m=60.0),)
    return plan(mission(area=(), corridors=along, planner=PlannerChoice()))


@pytest.fixture(scope="module")
def pattern() -> Plan:
    flight = FlightSettings(purpose="search", seen_width_m=50.0, sidelap=0.3)
    search = SearchPattern(kind="parallel-track")
    return plan(
        mission(flight=flight, search=search, planner=PlannerChoice(), scan_distance_m=None)
    )


@pytest.fixture(params=["area", "corridor", "pattern"])
def any_plan(request) -> Plan:
    found: Plan = request.getfixturevalue(request.param)
    return found


def told(of: Plan, *, east_m: float = 0.0, north_m: float = 0.0, up_m: float = 0.0) -> UavState:
    """Where "a" is by the plan, moved."""
    at = planned_state(of, 0, NOW_S)
    assert at.lon_lat_deg is not None
    assert at.height_m is not None
    frame = LocalFrame(of.origin_lon_lat_deg)
    lon, lat = frame.to_deg(frame.to_m(at.lon_lat_deg) + np.array([east_m, north_m]))
    return replace(at, lon_lat_deg=(float(lon), float(lat)), height_m=at.height_m + up_m)


def place_m(of: Plan, at: UavState) -> Point:
    assert at.lon_lat_deg is not None
    return Point(LocalFrame(of.origin_lon_lat_deg).to_m(at.lon_lat_deg))


def assert_sound(found: Plan, before: Plan) -> None:
    assert [f.message for f in check(found) if f.level == "error"] == []
    least = before.report.fleet.coverage_percent - 0.5
    assert found.report.fleet.coverage_percent >= least


@pytest.mark.parametrize("lost", [(), (UavState(id="b", status="lost"),)])
@pytest.mark.parametrize(
    "moved", [{"up_m": 0.4}, {"up_m": -2.5}, {"east_m": 1.0, "north_m": 1.0, "up_m": 0.8}]
)
def test_one_about_its_line_is_taken_to_be_on_it(any_plan, moved, lost) -> None:
    as_planned = replan(any_plan, FleetState(time_s=NOW_S, uavs=lost))
    found = replan(any_plan, FleetState(time_s=NOW_S, uavs=(told(any_plan, **moved), *lost)))
    assert_sound(found.plan, any_plan)
    assert found.finish_s == pytest.approx(as_planned.finish_s, abs=3.0)


@pytest.mark.parametrize("moved", [{"east_m": 30.0}, {"east_m": -30.0}, {"up_m": -12.0}])
def test_one_that_was_carried_off_comes_back_to_its_line(area, moved) -> None:
    found = replan(area, FleetState(time_s=NOW_S, uavs=(told(area, **moved),)))
    assert_sound(found.plan, area)


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ({"north_m": 4000.0}, r"a: it is 3,\d\d\d m from where it may fly"),
        ({"up_m": 200.0}, r"a: it is 2\d\d m high, its flights reach 85 m: bring it down"),
    ],
)
def test_one_that_is_where_none_may_be_is_refused(area, moved, words) -> None:
    with pytest.raises(InfeasibleError, match=words):
        replan(area, FleetState(time_s=NOW_S, uavs=(told(area, **moved),)))


def test_a_zone_over_a_uav_is_left_by_hand_or_the_uav_is_lost(any_plan) -> None:
    at = told(any_plan)
    assert at.lon_lat_deg is not None
    zone = CircleZone(center_lon_lat_deg=at.lon_lat_deg, radius_m=20)
    with pytest.raises(InfeasibleError, match=r"a: it is \d+ m from where it may fly.*lost"):
        replan(any_plan, FleetState(time_s=NOW_S, no_fly_zones=(zone,)))
    gone = (UavState(id="a", status="lost"),)
    found = replan(any_plan, FleetState(time_s=NOW_S, uavs=gone, no_fly_zones=(zone,))).plan
    assert [f.message for f in check(found) if f.level == "error"] == []
    for sortie in found.sorties:
        assert LineString(sortie.xyz_m[:, :2]).distance(place_m(found, at)) >= 19.9


def test_a_zone_over_a_launch_point_is_told_in_words_that_help(area) -> None:
    zone = CircleZone(center_lon_lat_deg=lon_lat(20, 20), radius_m=6)
    with pytest.raises(InputError, match=r"no_fly_zones\[0\]: it lies over .* of a: land that UAV"):
        replan(area, FleetState(time_s=NOW_S, no_fly_zones=(zone,)))
    gone = (UavState(id="a", status="lost"),)
    found = replan(area, FleetState(time_s=NOW_S, uavs=gone, no_fly_zones=(zone,))).plan
    assert [f.message for f in check(found) if f.level == "error"] == []


def test_all_lost_at_once_and_the_only_one_are_refused(any_plan) -> None:
    with pytest.raises(InfeasibleError, match="no UAV is left"):
        replan(any_plan, lost_state(any_plan, {"a": NOW_S, "b": NOW_S}))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (FleetState(time_s=float("nan")), "time_s: nan s is outside"),
        (FleetState(time_s=9.0, uavs=(UavState(id="a", status="ground", sortie=7),)), "sortie 7"),
        (
            FleetState(time_s=9.0, uavs=(UavState(id="a", status="ground", sortie=-1),)),
            "sortie: -1",
        ),
        (
            FleetState(time_s=9.0, uavs=(UavState(id="a", status="flying", lon_lat_deg=(22, 95)),)),
            "a.lon_lat_deg: latitude 95",
        ),
        (
            FleetState(
                time_s=9.0,
                uavs=(UavState(id="a", status="flying", lon_lat_deg=(float("nan"), 40.0)),),
            ),
            "is not a number",
        ),
        (
            FleetState(
                time_s=9.0, uavs=(UavState(id="a", status="flying", height_m=float("nan")),)
            ),
            "a.height_m: nan m",
        ),
        (
            FleetState(
                time_s=9.0, uavs=(UavState(id="a", status="flying", battery_s=float("nan")),)
            ),
            "a.battery_s: nan s",
        ),
    ],
)
def test_what_is_no_state_is_refused_by_its_field(area, state, words) -> None:
    with pytest.raises(InputError, match=words):
        replan(area, state)


def test_a_loss_after_the_last_landing_is_none(area) -> None:
    with pytest.raises(InputError, match=r"lost: a@9000: by the plan it has landed for good at"):
        lost_state(area, {"a": 9000.0})


def test_where_nothing_is_left_all_have_landed_when_they_had(area) -> None:
    found = replan(area, FleetState(time_s=9000.0))
    assert found.finish_s == pytest.approx(found.finish_before_s)


def test_lines_made_anew_keep_the_spacing_that_cameras_are_promised() -> None:
    """A camera sees twice as far as its lines lie apart: no ground may count as seen for that."""
    places = {"wide": (20, 20), "fine": (480, 20), "third": (250, 380)}
    cameras = {"wide": "Sony A6000 16 mm", "fine": "DJI Zenmuse P1 35 mm"}
    uavs = tuple(
        Uav(
            id=name,
            camera=cameras.get(name, cameras["wide"]),
            start_lon_lat_deg=lon_lat(*place),
            height_m=80.0,
        )
        for name, place in places.items()
    )
    before = plan(
        mission(
            area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 500, 400))),),
            uavs=uavs,
            scan_distance_m=None,
            flight=FlightSettings(height_m=80.0, sidelap=0.7, frontlap=0.75),
        )
    )
    assert before.report.safe
    for part in (0.1, 0.5):
        ends_s = float(next(s for s in before.sorties if s.uav == 0).time_s[-1])
        found = replan(before, lost_state(before, {"wide": part * ends_s}))
        assert_sound(found.plan, before)


def test_it_is_said_who_lands_first_and_what_that_costs(area, monkeypatch) -> None:
    def not_with_more_in_the_air(fleet, *others):
        """As if what "b" takes on top in the air met somebody there."""
        own = next(one for one in fleet if one.flier.airway.uav == 1)
        more_m = sum(of_sortie(s).survey_m for s in own.made if s.airborne)
        left_m = sum(piece.survey_m for piece in own.flier.pieces)
        return None if more_m > left_m + 1.0 else timed(fleet, *others)

    free = replan(area, lost_state(area, {"a": NOW_S}))
    assert free.notes == ()
    monkeypatch.setattr("mcpp.replan.work.timed", not_with_more_in_the_air)
    found = replan(area, lost_state(area, {"a": NOW_S}))
    assert_sound(found.plan, area)
    (note,) = found.notes
    assert note.startswith("b: lands before it takes more: with it in the air no division keeps")
    later_s = float(note.split("about ")[1].split(" s")[0])
    assert later_s == pytest.approx(found.finish_s - free.finish_s, abs=30.0)
