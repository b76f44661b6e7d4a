"""What binds a fleet is named, with what lifting it brings; launch points too near are told."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from shapely.geometry import box

from mcpp.api import plan
from mcpp.check.ground import ground_of
from mcpp.check.limits import limit_findings
from mcpp.model import AreaPart, FlightSettings, Mission, Plan, PlannerChoice, Uav
from tests.plans import good_plan, lon_lat
from tests.strategies import ring_lon_lat_deg


def told(of: Plan, code: str) -> list[str]:
    ground = ground_of(of.mission, of.origin_lon_lat_deg)
    return [f.message for f in limit_findings(of, ground) if f.code == code]


def longer(of: Plan, uav: int, seconds: float) -> Plan:
    """The plan with one flight that takes so much longer."""
    sorties = list(of.sorties)
    time_s = sorties[uav].time_s.copy()
    time_s[3:] += seconds
    sorties[uav] = replace(sorties[uav], time_s=time_s)
    return replace(of, sorties=tuple(sorties))


def with_endurance(of: Plan, uav: int, seconds: float) -> Plan:
    vehicles = list(of.problem.vehicles)
    vehicles[uav] = replace(vehicles[uav], endurance_s=seconds)
    return replace(of, problem=replace(of.problem, vehicles=tuple(vehicles)))


def even_plan() -> Plan:
    """Both land at the same time."""
    of = good_plan()
    apart_s = float(of.sorties[1].time_s[-1] - of.sorties[0].time_s[-1])
    return longer(of, 0 if apart_s > 0 else 1, abs(apart_s))


def test_nothing_binds_where_all_land_together() -> None:
    assert told(even_plan(), "limit") == []


def test_a_full_battery_is_named_with_what_a_longer_one_brings() -> None:
    late = longer(even_plan(), 1, 120.0)
    flight_s = float(late.sorties[0].time_s[-1])
    (words,) = told(with_endurance(late, 0, flight_s + 1.0), "limit")
    assert "one lands 2:00 before the last" in words
    assert "its battery is full at 50 % of the ground" in words
    assert "the fleet would land at about" in words


def test_a_uav_that_lands_early_with_a_battery_to_spare_is_named() -> None:
    (words,) = told(with_endurance(longer(even_plan(), 1, 120.0), 0, 5000.0), "limit")
    assert "no limit of its own" in words


def test_shares_that_were_asked_are_named() -> None:
    late = longer(even_plan(), 1, 200.0)
    uavs = tuple(replace(uav, share=0.5) for uav in late.mission.uavs)
    (words,) = told(replace(late, mission=replace(late.mission, uavs=uavs)), "limit")
    assert "with the shares that were asked" in words


def fleet_plan(*uavs: Uav, **flight) -> Plan:
    return plan(
        Mission(
            area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 300, 240))),),
            uavs=uavs,
            scan_distance_m=30,
            planner=PlannerChoice(name="draft"),
            flight=FlightSettings(**flight),
        )
    )


def test_uavs_that_share_a_launch_point_are_told_and_come_apart_in_time() -> None:
    place = lon_lat(10, 10)
    found = fleet_plan(*(Uav(id=name, start_lon_lat_deg=place) for name in "abc"))
    (words,) = told(found, "launch-points")
    assert words.startswith("a, b, c: ")
    assert "0.0 m apart" in words
    assert "10 m apart they need not wait" in words
    times = sorted((float(t), s.uav) for s in found.sorties for t in s.time_s[[0, -1]])
    for (one_s, one), (other_s, other) in pairwise(times):
        assert one == other or other_s - one_s >= 30 - 1e-6


def test_charging_is_counted_and_told() -> None:
    uav = Uav(id="a", start_lon_lat_deg=lon_lat(10, 10), endurance_s=400.0, batteries=1)
    found = fleet_plan(uav, charge_s=1200.0)
    count = len(found.sorties)
    assert count >= 2
    for before, after in pairwise(found.sorties):
        assert after.time_s[0] - before.time_s[-1] >= 1200
    (words,) = told(found, "batteries")
    assert f"{count} sorties on 1 batteries" in words
    early = replace(found.sorties[1], time_s=found.sorties[1].time_s - 900)
    hurried = replace(found, sorties=(found.sorties[0], early, *found.sorties[2:]))
    (words,) = told(hurried, "batteries")
    assert "only" in words


def test_launch_points_that_were_left_open_are_told() -> None:
    found = fleet_plan(Uav(id="a"), Uav(id="b", start_lon_lat_deg=lon_lat(10, 10)))
    (words,) = told(found, "launch-chosen")
    assert words.startswith("a: launch point chosen at latitude")


@pytest.mark.parametrize("apart_m", [9.0, 11.0])
def test_points_as_far_apart_as_uavs_need_are_not_told(apart_m) -> None:
    of = good_plan()
    sortie = of.sorties[1]
    xyz = sortie.xyz_m.copy()
    xyz[[0, 1, -2, -1], :2] = of.sorties[0].xyz_m[0, :2] + np.array([apart_m, 0.0])
    moved = replace(of, sorties=(of.sorties[0], replace(sortie, xyz_m=xyz)))
    assert len(told(moved, "launch-points")) == (apart_m < 10)


def test_who_shares_a_launch_point_with_one_that_lands_later_is_told_so() -> None:
    of = longer(even_plan(), 1, 120.0)
    sortie = of.sorties[1]
    xyz = sortie.xyz_m.copy()
    xyz[[0, 1, -2, -1], :2] = of.sorties[0].xyz_m[0, :2]
    moved = replace(of, sorties=(of.sorties[0], replace(sortie, xyz_m=xyz)))
    (words,) = told(with_endurance(moved, 0, 5000.0), "limit")
    assert words.startswith("one lands 2:00 before the last: it shares its launch point with two")
    assert "with spots of their own (--spots) the fleet would land" in words
    asked = replace(of.mission, flight=replace(of.mission.flight, launch_spots="apart"))
    (words,) = told(with_endurance(replace(moved, mission=asked), 0, 5000.0), "limit")
    assert "; 10 m apart the fleet would land" in words


def test_a_wait_of_the_last_is_told() -> None:
    of = even_plan()
    late = replace(of.sorties[1], time_s=of.sorties[1].time_s + 90.0)
    waiting = replace(of, sorties=(of.sorties[0], late))
    (words,) = told(with_endurance(waiting, 0, 5000.0), "limit")
    assert "two, which lands last, waits 1:30 before its take-off" in words


def test_less_than_a_survey_line_is_told() -> None:
    of = even_plan()
    gap_s = 0.04 * float(of.sorties[0].time_s[-1])
    (words,) = told(with_endurance(longer(of, 1, gap_s), 0, 5000.0), "limit")
    assert "less than one more survey line" in words


def test_who_rests_at_a_shared_launch_point_is_told_why() -> None:
    of = even_plan()
    vehicles = tuple(replace(v, start_m=tuple(of.sorties[0].home_m)) for v in of.problem.vehicles)
    rests = replace(of, sorties=of.sorties[:1], problem=replace(of.problem, vehicles=vehicles))
    (words,) = told(rests, "limit")
    assert words.startswith("two stays on the ground: it shares its launch point with one")
    assert "with spots of their own (--spots) the fleet would land at about" in words


def test_who_rests_at_a_place_of_its_own_is_told_too() -> None:
    of = even_plan()
    (words,) = told(replace(of, sorties=of.sorties[:1]), "limit")
    assert (
        words
        == "two stays on the ground: no division that was tried lets the fleet land earlier with it"
    )
