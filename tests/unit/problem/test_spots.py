"""UAVs that were given one launch point get spots of their own: a row beside it."""

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, Polygon, box

from mcpp.errors import InputError
from mcpp.io.mission import mission_from_json, mission_value
from mcpp.model import AreaPart, FlightSettings, LonLat, Mission, PolygonZone, Uav, as_given
from mcpp.problem.spots import spots_apart_m, with_launch_spots
from tests.plans import FRAME, lon_lat
from tests.strategies import ring_lon_lat_deg

FIELD = box(0, 0, 400, 300)
APART_M = 13.0
"""The 10 m that UAVs keep by default, and 1.5 m by which each may be set down beside its spot."""


def part(shape: Polygon) -> AreaPart:
    return AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(shape))


def mission(
    *places: tuple[float, float], aircraft: dict[int, str] | None = None, **more
) -> Mission:
    """UAVs at some places of the field, which want spots of their own."""
    flight = FlightSettings(launch_spots="apart", **more.pop("flight", {}))
    kinds = aircraft or {}
    return Mission(
        area=(part(FIELD),),
        uavs=tuple(
            Uav(
                id=f"u{i}",
                start_lon_lat_deg=lon_lat(*place),
                aircraft=kinds.get(i, "generic-multirotor"),
            )
            for i, place in enumerate(places)
        ),
        scan_distance_m=30,
        flight=flight,
        **more,
    )


def metres(places: list[LonLat | None]) -> np.ndarray:
    assert None not in places
    return np.array(FRAME.to_m(np.array(places)))


def starts_m(of: Mission) -> np.ndarray:
    return metres([uav.start_lon_lat_deg for uav in of.uavs])


def least_m(places: np.ndarray) -> float:
    return min(float(np.hypot(*(a - b))) for a, b in combinations(places, 2))


def test_a_row_stands_across_the_way_to_the_ground_and_the_first_stays() -> None:
    """From the middle of the southern border all fly north: the row runs east and west."""
    found = with_launch_spots(mission(*[(200, 5)] * 5))
    off = starts_m(found) - (200, 5)
    assert off[:, 0] == pytest.approx([0, -APART_M, APART_M, -2 * APART_M, 2 * APART_M], abs=0.02)
    assert off[:, 1] == pytest.approx(0, abs=0.02)
    assert found.uavs[0] == mission((200, 5)).uavs[0]
    assert {uav.given_start_lon_lat_deg for uav in found.uavs[1:]} == {lon_lat(200, 5)}
    assert {uav.landing_lon_lat_deg for uav in found.uavs} == {None}


def test_from_a_side_the_row_runs_along_that_side() -> None:
    off = starts_m(with_launch_spots(mission(*[(5, 150)] * 3))) - (5, 150)
    assert off[:, 0] == pytest.approx(0, abs=0.02)
    assert sorted(off[:, 1]) == pytest.approx([-APART_M, 0, APART_M], abs=0.02)


@pytest.mark.parametrize("count", [2, 8, 30])
@pytest.mark.parametrize("place", [(0, 0), (200, 150), (399, 280), (200, -40), (-50, -50)])
def test_all_stand_apart_near_the_point_and_no_farther_outside(place, count) -> None:
    given = Point(place)
    places = starts_m(with_launch_spots(mission(*[place] * count)))
    assert least_m(places) >= APART_M - 0.03
    assert FIELD.distance(shapely.points(places)).max() <= FIELD.distance(given) + 0.06
    away_m = given.distance(shapely.points(places))
    # the densest there is would need this radius, were there ground on all sides
    densest_m = math.sqrt(count * APART_M**2 * math.sqrt(3) / (2 * math.pi)) - APART_M
    assert densest_m < away_m.max() <= count * APART_M


def test_outside_the_area_they_stand_by_the_way_that_is_flown_anyhow() -> None:
    """The corridor from the point to the area is 20 m wide."""
    x, y = starts_m(with_launch_spots(mission(*[(200, -40)] * 6))).T
    assert np.abs(x - 200).max() <= 10
    assert y.min() >= -40.06


def test_both_stray_by_the_tracking_margin() -> None:
    of = mission((200, 5), (200, 5), flight={"separation_m": 20.0, "tracking_margin_m": 2.0})
    assert spots_apart_m(of.flight) == pytest.approx(27.0)  # 20 + 2 x (1.5 + 2)
    places = starts_m(with_launch_spots(of))
    assert least_m(places) == pytest.approx(27.0, abs=0.02)


def test_points_that_are_far_enough_apart_stay() -> None:
    of = mission((100, 5), (110.1, 5), (120.2, 5))
    assert with_launch_spots(of) is of
    shared = mission((100, 5), (100, 5), flight={"separation_m": 0.0})
    assert with_launch_spots(shared) == shared


def test_a_point_near_to_a_spot_keeps_its_place() -> None:
    """The third stands where the spot of the second would be by the row."""
    places = starts_m(with_launch_spots(mission((200, 5), (200, 5), (190, 5.5))))
    assert places[2] == pytest.approx((190, 5.5), abs=0.02)
    assert places[1] == pytest.approx((200 + APART_M, 5), abs=0.02)


def test_zones_with_their_buffers_are_left_free() -> None:
    zone = PolygonZone(outer_lon_lat_deg=ring_lon_lat_deg(box(210, 0, 260, 40)), buffer_m=5.0)
    places = starts_m(with_launch_spots(mission(*[(200, 5)] * 6, no_fly_zones=(zone,))))
    assert box(210, 0, 260, 40).distance(shapely.points(places)).min() >= 5.0
    assert least_m(places) >= APART_M - 0.03


def test_where_the_crew_can_stand_is_where_spots_lie() -> None:
    track = box(0, -12, 400, -8)
    places = starts_m(with_launch_spots(mission(*[(200, -10)] * 7, crew_area=(part(track),))))
    assert shapely.dwithin(track, shapely.points(places), 0.05).all()
    assert np.ptp(places[:, 0]) == pytest.approx(6 * APART_M, abs=1.5)


def test_who_finds_no_room_shares_a_spot_each_as_many() -> None:
    """On 16 m x 16 m stand four; a fifth and a sixth go with one of them each."""
    yard = box(196, 2, 212, 18)
    found = with_launch_spots(mission(*[(196, 2)] * 6, crew_area=(part(yard),)))
    places = np.round(starts_m(found), 1)
    kinds, users = np.unique(places, axis=0, return_counts=True)
    assert len(kinds) == 4
    assert sorted(users) == [1, 1, 2, 2]


def test_a_fixed_wing_stays_and_the_others_go() -> None:
    of = mission((200, 5), (200, 5), (200, 5), aircraft={1: "generic-fixed-wing"})
    places = starts_m(with_launch_spots(of))
    assert places[1] == pytest.approx((200, 5), abs=0.02)
    assert least_m(places) >= APART_M - 0.03


def test_landing_points_go_with_their_launch_points_or_are_spread_themselves() -> None:
    of = mission((200, 5), (200, 5), (50, 5), (60.5, 5))
    lands = (lon_lat(200, 5), lon_lat(200, 5), lon_lat(300, 200), lon_lat(300, 200))
    of = replace(
        of,
        uavs=tuple(replace(u, landing_lon_lat_deg=p) for u, p in zip(of.uavs, lands, strict=True)),
    )
    found = with_launch_spots(of).uavs
    assert found[0] == of.uavs[0]
    assert (
        found[1].landing_lon_lat_deg == found[1].start_lon_lat_deg != of.uavs[1].start_lon_lat_deg
    )
    assert found[1].given_landing_lon_lat_deg is None
    assert found[2] == of.uavs[2]
    assert found[3].start_lon_lat_deg == of.uavs[3].start_lon_lat_deg
    assert found[3].given_landing_lon_lat_deg == lands[3]
    ends = metres([uav.landing_lon_lat_deg for uav in found])
    assert least_m(ends) >= APART_M - 0.03


def test_spots_stay_when_they_are_looked_for_again_and_go_back_when_not_wanted() -> None:
    of = mission(*[(200, 5)] * 4)
    found = with_launch_spots(of)
    assert with_launch_spots(found) == found
    assert as_given(found) == of
    unwanted = replace(found, flight=replace(found.flight, launch_spots="given"))
    assert with_launch_spots(unwanted).uavs == of.uavs


def test_a_wider_separation_moves_spots_on_from_the_point_that_was_given() -> None:
    found = with_launch_spots(mission(*[(200, 5)] * 3))
    wider = replace(found, flight=replace(found.flight, separation_m=30.0))
    again = with_launch_spots(wider)
    assert starts_m(again)[:, 0] - 200 == pytest.approx([0, -33, 33], abs=0.02)
    assert again.uavs[1].given_start_lon_lat_deg == lon_lat(200, 5)


def test_the_mission_file_knows_the_words() -> None:
    found = with_launch_spots(mission((200, 5), (200, 5)))
    value = mission_value(found)
    assert mission_from_json(value) == found
    value["flight"]["launch_spots"] = "row"
    with pytest.raises(InputError, match=r"flight\.launch_spots: .*given.*apart"):
        mission_from_json(value)
    odd = replace(found.uavs[0], given_start_lon_lat_deg=(8.0, 95.0))
    with pytest.raises(InputError, match=r"uavs\[0\]\.given_start_lon_lat_deg"):
        with_launch_spots(replace(found, uavs=(odd, found.uavs[1])))
