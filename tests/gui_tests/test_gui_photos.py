"""The photos on the map: as large as the camera sees, turned with the nose, fewer from afar."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from gui import engine
from gui.map.photos import Photos, photos_of
from gui.map.view import MapView
from gui.tracks import tracks_of
from mcpp.model import FlightSettings
from mcpp.problem.camera import find_camera, photo_geometry
from tests.gui_tests.test_gui_map_view import S, line_track

CAMERA = "Sony A6000 16 mm"


def with_camera(plan, flight=None, **changes):
    vehicles = tuple(
        replace(vehicle, camera=CAMERA, height_m=50.0, **changes)
        for vehicle in plan.problem.vehicles
    )
    mission = replace(plan.mission, flight=flight or FlightSettings())
    return replace(plan, mission=mission, problem=replace(plan.problem, vehicles=vehicles))


@pytest.mark.parametrize("portrait", [False, True])
def test_a_photo_straight_down_is_the_cameras_footprint(small_plan, portrait):
    plan = with_camera(small_plan, FlightSettings(portrait=portrait))
    corners = engine.photo_corners_m(plan, 0)
    known = photo_geometry(find_camera(CAMERA), height_m=50.0, sidelap=0.7, portrait=portrait)
    assert np.ptp(corners, axis=0) == pytest.approx([known.along_m, known.across_m])
    assert corners.mean(axis=0) == pytest.approx([0.0, 0.0], abs=1e-9)


def test_a_camera_that_looks_ahead_sees_ground_ahead_wider_far_off(small_plan):
    corners = engine.photo_corners_m(with_camera(small_plan, gimbal_pitch_deg=-45.0), 0)
    far, near = corners[0], corners[3]
    assert far[0] > near[0] > 0
    assert abs(far[1]) > abs(near[1])


@pytest.mark.parametrize("pitch_deg", [0.0, 20.0, -5.0])
def test_a_view_to_the_horizon_is_cut_off(small_plan, pitch_deg):
    corners = engine.photo_corners_m(with_camera(small_plan, gimbal_pitch_deg=pitch_deg), 0)
    assert np.isfinite(corners).all()
    assert np.hypot(*corners.T).max() <= 4 * 50.0 + 1e-6


def test_without_a_camera_the_width_alone_is_known(small_plan):
    corners = engine.photo_corners_m(small_plan, 0)
    assert np.ptp(corners, axis=0) == pytest.approx(
        [0.0, 2 * small_plan.problem.vehicles[0].reach_m]
    )


BOX = np.array([(2.0, -3.0), (2.0, 3.0), (-2.0, 3.0), (-2.0, -3.0)])


def test_outlines_turn_with_the_flight():
    photos = Photos(line_track([(0, 0), (10, 0), (10, 10)], [S, S]), 5.0, BOX)
    along, down = np.ptp(photos.outlines[0], axis=0), np.ptp(photos.outlines[-1], axis=0)
    assert along.tolist() == [4.0, 6.0]
    assert down.tolist() == pytest.approx([6.0, 4.0])


def test_outlines_keep_a_fixed_heading():
    photos = Photos(line_track([(0, 0), (10, 0)], [S]), 5.0, BOX, heading_deg=0.0)
    assert np.ptp(photos.outlines[0], axis=0) == pytest.approx([6.0, 4.0])


def test_from_afar_each_second_or_fourth_photo_is_drawn():
    photos = Photos(line_track([(0, 0), (100, 0)], [S]), 1.0, BOX)
    assert [photos.every(scale) for scale in (20.0, 16.0, 15.0, 8.0, 4.1)] == [1, 1, 2, 2, 4]


def painted(photos, scale):
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.scale(scale, scale)
    option = QStyleOptionGraphicsItem()
    option.exposedRect = photos.boundingRect()
    photos.paint(painter, option)
    painter.end()
    return sum(image.pixelColor(x, 50).rgb() != QColor("white").rgb() for x in range(200))


def test_photos_are_painted_unless_they_are_specks(qapp):
    photos = Photos(line_track([(1, 5), (19, 5)], [S]), 2.0, BOX)
    assert painted(photos, 10.0) > 100
    assert painted(photos, 0.5) == 0


def test_each_flight_with_a_trigger_has_its_photos_within_its_bounds(qtbot, small_plan):
    view = MapView()
    qtbot.addWidget(view)
    tracks = tracks_of(small_plan, view.projection)
    made = photos_of(with_camera(small_plan), tracks)
    assert len(made) == len(tracks)
    for photos in made:
        low, high = photos.outlines.min(axis=(0, 1)), photos.outlines.max(axis=(0, 1))
        assert photos.boundingRect().contains(*low)
        assert photos.boundingRect().contains(*high)
    assert photos_of(with_camera(small_plan, trigger_distance_m=None), tracks) == []
