"""Zones with a floor or a ceiling, and zones that the user waived."""

from dataclasses import replace

import pytest
import shapely

from mcpp.api import draft
from mcpp.errors import InputError
from mcpp.export.fence import fence_of
from mcpp.problem.localize import frame_of, localize


def with_zones(mission, **changes):
    zones = tuple(replace(zone, **changes) for zone in mission.no_fly_zones)
    flight = replace(mission.flight, fly_over_zones=True)
    return replace(mission, no_fly_zones=zones, flight=flight)


def problem_of(mission):
    return localize(mission, frame_of(mission))


@pytest.mark.parametrize(
    ("changes", "in_the_way"),
    [
        ({}, True),
        ({"ceiling_m": 55.0}, True),  # 60 m is not 10 m above it
        ({"ceiling_m": 50.0}, False),
        ({"floor_m": 119.0}, True),  # a flight may be as high as 120 m
        ({"floor_m": 120.0}, False),
        ({"waived": "agreed with the owner"}, False),
    ],
)
def test_zones_are_in_the_way_of_flights_at_their_heights(small_mission, changes, in_the_way):
    problem = problem_of(with_zones(small_mission, **changes))
    assert problem.no_fly.is_empty is not in_the_way


def test_nothing_is_flown_over_unless_the_user_lets_it(small_mission):
    low = with_zones(small_mission, ceiling_m=20.0)
    assert not problem_of(replace(low, flight=small_mission.flight)).no_fly.is_empty


def test_ground_under_a_low_zone_need_not_be_covered(small_mission):
    low = problem_of(with_zones(small_mission, ceiling_m=20.0))
    assert low.target.area == pytest.approx(problem_of(small_mission).target.area)
    assert low.allowed.area > problem_of(small_mission).allowed.area


def test_nothing_is_flown_over_where_a_launch_point_is_still_to_be_chosen(small_mission):
    fleet = tuple(replace(uav, start_lon_lat_deg=None) for uav in small_mission.uavs)
    open_mission = replace(with_zones(small_mission, ceiling_m=20.0), uavs=fleet)
    assert not problem_of(open_mission).no_fly.is_empty


def test_no_launch_point_lies_in_a_zone_that_is_flown_over(small_mission):
    low = with_zones(small_mission, ceiling_m=20.0)
    barn = low.no_fly_zones[0].outer_lon_lat_deg
    inside = shapely.get_coordinates(shapely.Polygon(barn).centroid)[0]
    first = replace(low.uavs[0], start_lon_lat_deg=(float(inside[0]), float(inside[1])))
    with pytest.raises(InputError, match="lies in the no-fly zone 'barn'"):
        problem_of(replace(low, uavs=(first, *low.uavs[1:])))


def test_a_plan_over_a_low_zone_passes_and_is_not_fenced_off(small_mission):
    plan = draft(with_zones(small_mission, ceiling_m=20.0))
    assert not [f for f in plan.report.findings if f.level == "error"]
    assert not fence_of(plan, 0).exclusions_lon_lat_deg
    assert fence_of(draft(small_mission), 0).exclusions_lon_lat_deg


def test_the_check_sees_a_flight_too_low_over_a_zone(small_mission):
    """The zone grows under a finished plan: what passed over it is then an error."""
    from mcpp.check.report import check

    plan = draft(with_zones(small_mission, ceiling_m=20.0))
    taller = replace(plan, mission=with_zones(small_mission, ceiling_m=58.0))
    assert "no-fly" in {finding.code for finding in check(taller)}


def test_a_waived_zone_stands_in_the_report_with_its_reason(small_mission):
    plan = draft(with_zones(small_mission, waived="permit 12/34"))
    told = [f.message for f in plan.report.findings if f.code == "zone-waived"]
    assert told == [
        "no-fly zone 'barn' is waived: permit 12/34",
        "no-fly zone 'mast' is waived: permit 12/34",
    ]
