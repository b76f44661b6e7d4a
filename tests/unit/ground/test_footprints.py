"""Footprints against rays worked out by hand, and against each other."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st

from mcpp.errors import InputError
from mcpp.ground.footprints import HeightGrid, footprints_m, gimbal_axes, lens, strapped_axes

CAMERA = lens(13.2, 8.8, 8.8)


def one(heading: float = 0.0, pitch: float = -90.0, roll: float = 0.0, **more):
    camera = more.pop("camera", CAMERA)
    return footprints_m([[10.0, 20.0]], 100.0, gimbal_axes(heading, pitch, roll), camera, **more)[0]


def test_straight_down_it_is_the_rectangle_of_sensor_over_focal_length():
    corners = one()
    expected = [[-65, -30], [85, -30], [85, 70], [-65, 70]]
    np.testing.assert_allclose(corners, expected, atol=1e-9)


def test_portrait_swaps_the_sides_and_heading_turns_clockwise():
    tall = one(camera=lens(13.2, 8.8, 8.8, portrait=True))
    np.testing.assert_allclose(np.ptp(tall, axis=0), [100, 150])
    east = one(heading=90.0) - (10, 20)  # the upper side of the image looks east
    np.testing.assert_allclose(east, [[-50, 75], [-50, -75], [50, -75], [50, 75]], atol=1e-9)


def test_a_tilted_camera_sees_a_trapezoid_ahead_of_it():
    corners = one(pitch=-60.0) - (10, 20)
    half = math.degrees(math.atan(0.5))
    near, far = (100 * math.tan(math.radians(30 + a)) for a in (-half, half))
    np.testing.assert_allclose(corners[:, 1], [near, near, far, far])
    # the corner's distance from the foot, by the depth of its ray
    depth = 100 / math.cos(math.radians(30 + half)) * math.cos(math.radians(half))
    assert corners[2, 0] == pytest.approx(0.75 * depth)


def test_roll_is_about_the_sight_and_right_side_down_looks_to_the_left():
    level = one(pitch=-90.0, heading=30.0)
    np.testing.assert_allclose(one(pitch=-90.0, roll=30.0), level, atol=1e-9)  # as if yawed
    strapped = footprints_m([[0, 0]], 100.0, strapped_axes(0.0, 0.0, 20.0), CAMERA)[0]
    assert strapped[:, 0].mean() < -30  # body rolled right side down: its belly looks to the left
    nose_up = footprints_m([[0, 0]], 100.0, strapped_axes(0.0, 10.0, 0.0), CAMERA)[0]
    assert nose_up[:, 1].mean() > 10
    np.testing.assert_allclose(
        footprints_m([[0, 0]], 100.0, strapped_axes(40.0, 0.0, 0.0), CAMERA),
        footprints_m([[0, 0]], 100.0, gimbal_axes(40.0, -90.0), CAMERA),
        atol=1e-9,
    )


def test_what_is_seen_too_flat_is_cut_off():
    whole = one(pitch=-30.0, farthest_off_nadir_deg=89.0)
    cut = one(pitch=-30.0)
    reach = 100 * math.tan(math.radians(75))
    assert cut[2, 1] - 20 == pytest.approx(reach)
    assert reach < whole[2, 1] - 20
    assert shapely.covers(shapely.Polygon(whole).buffer(1e-6), shapely.Polygon(cut))
    assert np.isnan(one(pitch=20.0)).all()  # a gimbal stuck upwards sees no ground
    below = footprints_m([[0, 0]], -1.0, gimbal_axes(0.0, -90.0), CAMERA)
    assert np.isnan(below).all()


@given(
    heading=st.floats(-400, 400), pitch=st.floats(-90, -45), roll=st.floats(-20, 20),
    height=st.floats(5, 300),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_corners_project_back_onto_the_corners_of_the_image(heading, pitch, roll, height):
    axes = gimbal_axes(heading, pitch, roll)
    corners = footprints_m([[0, 0]], height, axes, CAMERA, farthest_off_nadir_deg=89.9)[0]
    rays = np.column_stack([corners, np.full(4, -height)])
    right, up, depth = axes[0] @ rays.T
    expected = [[-0.75, -0.5], [0.75, -0.5], [0.75, 0.5], [-0.75, 0.5]]
    np.testing.assert_allclose(np.column_stack([right / depth, up / depth]), expected, atol=1e-6)


def test_a_level_height_grid_gives_the_flat_footprints_above_it():
    grid = HeightGrid(west_m=-500, south_m=-500, step_m=10, height_m=np.full((101, 101), 30.0))
    axes = gimbal_axes([0, 45, 200.0], [-90, -60, -45.0], [0, 5, -3.0])
    xy = np.array([[0, 0], [50, 20], [-30, 10.0]])
    over = footprints_m(xy, 130.0, axes, CAMERA, ground=grid)
    np.testing.assert_allclose(over, footprints_m(xy, 100.0, axes, CAMERA), atol=1e-6)


def test_a_slope_is_met_where_the_rays_meet_the_plane():
    north = np.arange(-500, 501, 10.0)
    grid = HeightGrid(
        west_m=-500, south_m=-500, step_m=10, height_m=np.repeat(0.2 * north[:, None], 101, axis=1)
    )
    corners = footprints_m([[0, 0]], 100.0, gimbal_axes(0.0, -90.0), CAMERA, ground=grid)[0]
    # ray y = 0.5 t, z = 100 - t meets z = 0.2 y at t = 100 / 1.1; downhill at 100 / 0.9
    np.testing.assert_allclose(corners[2], [75 / 1.1, 50 / 1.1], atol=1e-6)
    np.testing.assert_allclose(corners[0], [-75 / 0.9, -50 / 0.9], atol=1e-6)
    np.testing.assert_allclose(grid.at_m([[3.0, 25.0], [0.0, 900.0]]), [5.0, 100.0])


def test_a_hill_hides_what_lies_behind_it():
    heights = np.zeros((101, 101))
    heights[60:63] = 80.0  # a wall 100 to 120 m north
    grid = HeightGrid(west_m=-500, south_m=-500, step_m=10, height_m=heights)
    corners = footprints_m([[0, 0]], 100.0, gimbal_axes(0.0, -45.0), CAMERA, ground=grid)[0]
    assert corners[2, 1] < 120 < one(pitch=-45.0)[2, 1] - 20


def test_bad_figures_are_named():
    with pytest.raises(InputError, match="focal_mm: 0: give more than 0"):
        lens(13.2, 8.8, 0.0)
