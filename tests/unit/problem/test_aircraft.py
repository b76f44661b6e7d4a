"""Aircraft presets, and vehicles resolved from them."""

import math
from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import box

from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.model import FOOTPRINT_RADIUS, Aircraft, FlightSettings, Mission, Uav
from mcpp.problem.aircraft import built_in_aircraft, check_aircraft, find_aircraft
from mcpp.problem.camera import find_camera, photo_geometry
from mcpp.problem.shares import (
    capability_shares,
    predicted_finish_s,
    predicted_shares,
)
from mcpp.problem.validation import check_numbers
from mcpp.problem.vehicles import resolve_vehicles, wind_vector_m_s
from tests.strategies import ANCHOR_LON_LAT_DEG

FRAME = LocalFrame(ANCHOR_LON_LAT_DEG)
P4P = "DJI Phantom 4 Pro"


def resolved(mission: Mission, **flight):
    changed = replace(mission, flight=replace(mission.flight, **flight))
    return resolve_vehicles(changed, FRAME)


def test_every_preset_names_its_source_and_passes_the_checks() -> None:
    presets = built_in_aircraft()
    assert {preset.kind for preset in presets} == {"multirotor", "fixed-wing", "vtol"}
    for preset in presets:
        check_aircraft(preset, preset.name)
        assert len(preset.source) > 10
        assert 0.2 <= preset.reserve <= 0.25
        assert preset.max_air_speed_m_s >= max(preset.speed_m_s, preset.transit_speed_m_s)


def test_the_default_is_5_m_s_2_m_s2_and_25_usable_minutes(plain_mission) -> None:
    (vehicle,) = resolve_vehicles(plain_mission, FRAME)
    assert (vehicle.speed_m_s, vehicle.acceleration_m_s2) == (5.0, 2.0)
    assert (vehicle.endurance_s, vehicle.reserve_s) == (1500.0, 375.0)
    assert vehicle.spacing_m == 20
    assert vehicle.reach_m == pytest.approx(20 / math.sqrt(2))
    assert vehicle.keeps_spacing
    assert vehicle.trigger == "none"
    assert vehicle.share == 1.0


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Matrice", "'dji-matrice-4e', 'dji-matrice-30', 'dji-matrice-300' or 'dji-matrice-350'?"),
        ("dji mini", "'dji-mini-4-pro' or 'dji-mini-5-pro'?"),
        ("px4", "'px4-multirotor'?"),
        ("generic-multirotr", "'generic-multirotor'?"),
    ],
)
def test_a_wrong_name_is_answered_with_all_that_may_be_meant(name, near) -> None:
    with pytest.raises(InputError) as told:
        find_aircraft(name)
    assert str(told.value) == f"aircraft: there is no aircraft {name!r}: did you mean {near}"


def test_names_beyond_four_are_counted_and_none_are_made_up() -> None:
    with pytest.raises(InputError, match="'dji-matrice-300' or one of 4 more"):
        find_aircraft("DJI")
    for nothing in ("", "q", "autel"):
        with pytest.raises(InputError, match="see 'mcpp aircraft'"):
            find_aircraft(nothing)


def test_an_unknown_aircraft_is_answered_with_the_nearest_name(plain_mission) -> None:
    mission = replace(plain_mission, uavs=(Uav(id="a", aircraft="dji-mavic-3"),))
    with pytest.raises(InputError, match=r"uavs\[0\].aircraft.*did you mean 'dji-mavic-3e'"):
        resolve_vehicles(mission, FRAME)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "fixed-wing"}, "can not stop"),
        ({"turn": "loiter"}, "turn_radius_m"),
        ({"reserve": 1.0}, "reserve: 1 is outside"),
        ({"speed_m_s": math.nan}, "speed_m_s"),
    ],
)
def test_an_impossible_aircraft_is_refused(change, said) -> None:
    with pytest.raises(InputError, match=said):
        find_aircraft("own", [replace(Aircraft(name="own"), **change)])


def test_own_values_go_before_the_mission_and_the_preset(plain_mission) -> None:
    uav = Uav(id="a", speed_m_s=7, endurance_s=1000, height_m=80, scan_distance_m=25)
    (vehicle,) = resolved(replace(plain_mission, uavs=(uav,)), reserve=0.3, climb_m_s=4.0)
    assert (vehicle.speed_m_s, vehicle.height_m, vehicle.spacing_m) == (7, 80, 25)
    assert vehicle.endurance_s == pytest.approx(700)
    assert vehicle.climb_m_s == 4.0
    assert vehicle.transit_speed_m_s == 7  # never slower on the way than asked for in the survey


def test_camera_and_overlap_give_the_scan_distance_without_one(plain_mission) -> None:
    mission = replace(plain_mission, scan_distance_m=None, uavs=(Uav(id="a", camera=P4P),))
    (vehicle,) = resolved(mission, sidelap=0.6, frontlap=0.8, gsd_m=0.02)
    photo = photo_geometry(find_camera(P4P), gsd_m=0.02, sidelap=0.6, frontlap=0.8)
    assert vehicle.spacing_m == pytest.approx(photo.scan_distance_m)
    assert vehicle.height_m == pytest.approx(photo.height_m)
    assert vehicle.trigger_distance_m == pytest.approx(photo.trigger_distance_m)
    assert vehicle.trigger == "distance"
    assert vehicle.gsd_m == pytest.approx(0.02)
    assert vehicle.speed_m_s <= photo.highest_speed_m_s


def test_without_camera_and_scan_distance_the_message_names_the_uav(plain_mission) -> None:
    mission = replace(plain_mission, scan_distance_m=None)
    with pytest.raises(InputError, match=r"scan_distance_m: none is given.*one"):
        resolve_vehicles(mission, FRAME)
    with pytest.raises(InputError, match=r"flight\.gsd_m.*no camera"):
        resolved(plain_mission, gsd_m=0.02)


def test_a_search_flies_video_with_the_gimbal_forward(plain_mission) -> None:
    mission = replace(plain_mission, scan_distance_m=None, uavs=(Uav(id="a", camera=P4P),))
    (vehicle,) = resolved(mission, purpose="search", seen_width_m=60)
    assert vehicle.trigger == "none"
    assert vehicle.gimbal_pitch_deg == -45
    assert vehicle.spacing_m == pytest.approx(60 * 0.67)
    assert vehicle.reach_m <= 30
    (tilted,) = resolved(mission, purpose="search", seen_width_m=60, gimbal_pitch_deg=-60)
    assert tilted.gimbal_pitch_deg == -60


@pytest.mark.parametrize(
    ("purpose", "seen_m", "camera", "keeps", "reach_m"),
    [
        ("mapping", None, None, True, 20 / math.sqrt(2)),
        ("mapping", None, P4P, True, None),
        ("search", None, None, True, 20 / math.sqrt(2)),
        ("coverage", 24.0, None, False, 12.0),
        ("coverage", 60.0, None, False, 20 * FOOTPRINT_RADIUS),
    ],
)
def test_lines_keep_their_spacing_for_mapping_and_where_nobody_says_how_far_the_sensor_reaches(
    plain_mission, purpose, seen_m, camera, keeps, reach_m
) -> None:
    fleet = (Uav(id="a", camera=camera, scan_distance_m=20),)
    mission = replace(plain_mission, uavs=fleet)
    (vehicle,) = resolved(mission, purpose=purpose, seen_width_m=seen_m)
    assert vehicle.spacing_m == 20
    assert vehicle.keeps_spacing == keeps
    photo = photo_geometry(find_camera(P4P), height_m=60.0, scan_distance_m=20)
    assert vehicle.reach_m == pytest.approx(photo.across_m / 2 if reach_m is None else reach_m)


def test_transit_layers_lie_apart_and_under_the_height_limit(plain_mission) -> None:
    fleet = tuple(Uav(id=f"u{i}") for i in range(20))
    vehicles = resolved(replace(plain_mission, uavs=fleet), vertical_separation_m=5.0)
    heights = [vehicle.transit_height_m for vehicle in vehicles]
    assert max(heights) <= 120
    assert min(heights) >= 65
    assert len(set(heights[:11])) == 11
    assert np.diff(sorted(heights[:11])).min() >= 5


def test_alike_uavs_get_like_shares_and_better_ones_more(plain_mission) -> None:
    fleet = tuple(Uav(id=f"u{i}") for i in range(3))
    assert {v.share for v in resolve_vehicles(replace(plain_mission, uavs=fleet), FRAME)} == {1 / 3}
    mixed = (Uav(id="slow"), Uav(id="fast", speed_m_s=10), Uav(id="wide", scan_distance_m=60))
    shares = [v.share for v in resolve_vehicles(replace(plain_mission, uavs=mixed), FRAME)]
    assert shares == pytest.approx([1 / 6, 2 / 6, 3 / 6])
    vehicles = resolve_vehicles(replace(plain_mission, uavs=mixed), FRAME)
    assert sum(capability_shares(vehicles)) == pytest.approx(1)


def test_wind_is_named_by_where_it_comes_from() -> None:
    assert wind_vector_m_s(4, 0) == pytest.approx((0, -4))
    assert wind_vector_m_s(4, 90) == pytest.approx((-4, 0))


def refused(mission, flight):
    changed = replace(mission, flight=flight)
    check_numbers(changed)
    resolve_vehicles(changed, FRAME)


@pytest.mark.parametrize(
    "flight",
    [
        {"sidelap": 70.0},
        {"reserve": 20.0},
        {"wind_m_s": -1.0},
        {"height_m": math.inf},
        {"height_m": 150.0},
        {"separation_m": -1.0},
    ],
)
def test_flight_settings_out_of_range_are_refused(plain_mission, flight) -> None:
    with pytest.raises(InputError):
        refused(plain_mission, FlightSettings(**flight))


def test_a_trigger_needs_a_camera(plain_mission) -> None:
    mission = replace(plain_mission, flight=FlightSettings(trigger="distance"))
    with pytest.raises(InputError, match="needs a camera"):
        resolve_vehicles(mission, FRAME)


def test_predicted_shares_make_unlike_uavs_finish_together(plain_mission) -> None:
    mixed = (
        Uav(id="slow", speed_m_s=3),
        Uav(id="far", start_lon_lat_deg=tuple(FRAME.to_deg((-300.0, 0.0)))),
        Uav(id="wing", aircraft="generic-fixed-wing"),
        Uav(id="quick", aircraft="dji-air-3"),
    )
    vehicles = resolve_vehicles(replace(plain_mission, uavs=mixed), FRAME)
    target = box(0, 0, 600, 600)
    shares = predicted_shares(vehicles, target)
    assert sum(shares) == pytest.approx(1)
    finish = [
        predicted_finish_s(v, s * target.area, a)
        for v, s, a in zip(vehicles, shares, (0, 300, 0, 0), strict=True)
    ]
    assert max(finish) - min(finish) < 0.01 * max(finish)
    assert shares[2] == max(shares)


def test_predicted_shares_of_alike_uavs_are_alike(plain_mission) -> None:
    fleet = tuple(Uav(id=f"u{i}") for i in range(3))
    vehicles = resolve_vehicles(replace(plain_mission, uavs=fleet), FRAME)
    assert predicted_shares(vehicles, box(0, 0, 300, 200)) == pytest.approx([1 / 3] * 3)


def test_no_uav_swaps_its_battery_for_a_little_more_work(plain_mission) -> None:
    fleet = (Uav(id="short", endurance_s=500), Uav(id="long", endurance_s=5000))
    vehicles = resolve_vehicles(replace(plain_mission, uavs=fleet), FRAME)
    target = box(0, 0, 260, 250)
    short, long = predicted_shares(vehicles, target)
    finish_s = predicted_finish_s(vehicles[0], short * target.area, 0.0)
    assert finish_s <= vehicles[0].endurance_s  # one battery, nearly used up
    assert finish_s > 0.9 * vehicles[0].endurance_s
    assert predicted_finish_s(vehicles[1], long * target.area, 0.0) < finish_s + 180
