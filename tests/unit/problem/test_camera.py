"""Cameras: the database, its checks, and the figures of a photo survey."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from mcpp.errors import InputError
from mcpp.model import Camera
from mcpp.problem.camera import (
    built_in_cameras,
    check_camera,
    find_camera,
    height_for_gsd_m,
    photo_geometry,
)
from mcpp.resources import asset

P4P = find_camera("DJI Phantom 4 Pro")


def test_every_shipped_camera_names_its_source_and_passes_the_checks() -> None:
    cameras = built_in_cameras()
    assert len(cameras) >= 30
    assert len({camera.name.casefold() for camera in cameras}) == len(cameras)
    for camera in cameras:
        check_camera(camera, camera.name)
        assert len(camera.source) > 3


def test_the_phantom_at_60_m_has_the_figures_worked_out_by_hand() -> None:
    photo = photo_geometry(P4P, height_m=60, sidelap=0.7, frontlap=0.75)
    # 60 m * 13.2 mm / 8.8 mm = 90 m across, 60 m * 8.8 / 8.8 = 60 m along
    assert photo.across_m == pytest.approx(90)
    assert photo.along_m == pytest.approx(60)
    assert photo.gsd_m == pytest.approx(90 / 5472)
    assert photo.scan_distance_m == pytest.approx(27)
    assert photo.trigger_distance_m == pytest.approx(15)
    assert photo.interval_speed_m_s == pytest.approx(6)  # 15 m each 2.5 s
    assert photo.blur_speed_m_s == pytest.approx(0.5 * 90 / 5472 / 0.001)
    assert photo.highest_speed_m_s == pytest.approx(6)


def test_portrait_swaps_the_footprint() -> None:
    wide = photo_geometry(P4P, height_m=80, sidelap=0.5)
    tall = photo_geometry(P4P, height_m=80, sidelap=0.5, portrait=True)
    assert (tall.across_m, tall.along_m) == (wide.along_m, wide.across_m)
    assert tall.scan_distance_m < wide.scan_distance_m
    assert tall.trigger_distance_m > wide.trigger_distance_m


@given(
    st.sampled_from(built_in_cameras()),
    st.floats(5, 500),
    st.floats(0, 0.9),
    st.floats(0, 0.9),
    st.booleans(),
)
def test_any_two_of_the_figures_give_the_others_back(camera, height_m, side, front, portrait):
    photo = photo_geometry(
        camera, height_m=height_m, sidelap=side, frontlap=front, portrait=portrait
    )
    back = photo_geometry(
        camera,
        gsd_m=photo.gsd_m,
        scan_distance_m=photo.scan_distance_m,
        frontlap=front,
        portrait=portrait,
    )
    assert back.height_m == pytest.approx(height_m)
    assert back.sidelap == pytest.approx(side, abs=1e-9)
    assert back.trigger_distance_m == pytest.approx(photo.trigger_distance_m)
    assert height_for_gsd_m(camera, photo.gsd_m) == pytest.approx(height_m)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sensor_width_mm": 160.0, "sensor_height_mm": 107.0}, "field of view"),
        ({"image_width_px": 640}, "differ by more than"),
        ({"focal_mm": 2.0}, "field of view"),
        ({"sensor_width_mm": 0.013, "sensor_height_mm": 0.0088}, "pixel pitch"),
        ({"focal_mm": 0.0}, "focal_mm: 0"),
        ({"min_interval_s": -1.0}, "min_interval_s"),
    ],
)
def test_a_camera_that_can_not_be_true_is_refused(change, said) -> None:
    with pytest.raises(InputError, match=said):
        check_camera(replace(P4P, **change), "cameras[0]")


def test_the_wrong_5d_of_another_program_is_refused() -> None:
    wrong = Camera(
        name="Canon 5D",
        sensor_width_mm=36.0,
        sensor_height_mm=24.0,
        focal_mm=5.0,
        image_width_px=5616,
        image_height_px=3744,
    )
    with pytest.raises(InputError, match="149 deg"):
        check_camera(wrong, "cameras[0]")


def test_an_unknown_camera_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(InputError, match=r"uavs\[1\].camera.*did you mean 'Sony RX1R II'"):
        find_camera("Sony RX1 RII", field="uavs[1].camera")


def test_an_own_camera_goes_before_a_shipped_one_and_is_checked() -> None:
    own = replace(P4P, focal_mm=10.0)
    assert find_camera("dji phantom 4 pro", [own]) is own
    with pytest.raises(InputError, match=r"cameras\[0\]"):
        find_camera("anything", [replace(P4P, focal_mm=1.0)])


@pytest.mark.parametrize(
    "wrong",
    [
        {"height_m": 60},
        {"sidelap": 0.7},
        {"height_m": 60, "gsd_m": 0.02, "sidelap": 0.7},
        {"height_m": 60, "sidelap": 70},
        {"height_m": -1, "sidelap": 0.7},
        {"height_m": 60, "sidelap": 0.7, "frontlap": 1.0},
    ],
)
def test_a_survey_needs_one_of_each_pair_within_its_limits(wrong) -> None:
    with pytest.raises(InputError):
        photo_geometry(P4P, **wrong)


def test_the_files_of_the_program_are_found() -> None:
    assert json.loads(asset("cameras.json").read_text(encoding="utf-8"))["version"] == 1
    with pytest.raises(FileNotFoundError, match="no_such"):
        asset("no_such.json")


def test_a_name_may_be_cut_short_where_one_camera_begins_with_it() -> None:
    assert find_camera("sony a6000").name == "Sony A6000 16 mm"
    assert find_camera("GoPro").name == "GoPro Hero 4"


def test_a_whole_name_goes_before_longer_ones() -> None:
    short = replace(find_camera("Sony A6000 16 mm"), name="Sony")
    assert find_camera("Sony", [short]) == short


@pytest.mark.parametrize("name", ["Sony A6300", "sony a7r i"])
def test_several_cameras_that_begin_with_a_name_are_all_named(name) -> None:
    begun = [c.name for c in built_in_cameras() if c.name.casefold().startswith(name.casefold())]
    assert len(begun) > 1
    with pytest.raises(InputError) as told:
        find_camera(name)
    assert all(repr(one) in str(told.value) for one in begun)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", ["", " "])
def test_no_name_is_no_camera(name) -> None:
    with pytest.raises(InputError):
        find_camera(name)
