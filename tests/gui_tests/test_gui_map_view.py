"""The map: moving, zooming, what it shows of a plan."""

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from gui.map.coverage_image import count_coverage, coverage_image, straight_runs
from gui.map.pieces import CHUNK, Piece, pieces_of
from gui.tracks import Track, end_s, moments_at, nearest, photo_points, spaced_points
from mcpp.model import LegKind


def pixels(widget):
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8)
    return rows.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width(), :3].copy()


def test_zooming_keeps_the_place_under_the_cursor(map_panel):
    view = map_panel.view
    view.go_to((24.4, 40.9), 14.0)
    at = QPointF(200, 150)
    before = view.place_at(at)
    view.zoom_by(2.0, at)
    assert view.place_at(at) == pytest.approx(before, abs=2e-5)
    assert view.zoom == 16.0


def test_zoom_ends_at_22_and_1(map_panel):
    view = map_panel.view
    view.zoom_by(50)
    assert view.zoom == 22.0
    view.go_to((24.4, 40.9))
    assert view.middle() == pytest.approx((24.4, 40.9), abs=1e-6)
    view.zoom_by(-50)
    assert view.zoom == 1.0


def test_the_middle_stays_when_the_window_grows(map_panel, qtbot):
    map_panel.view.go_to((24.4, 40.9), 15.0)
    map_panel.resize(1000, 700)
    qtbot.waitUntil(lambda: map_panel.view.width() == 1000, timeout=1000)
    window = QPointF(map_panel.view.viewport().rect().center())
    two_pixels = 9e-5
    assert map_panel.view.place_at(window) == pytest.approx((24.4, 40.9), abs=two_pixels)


def test_a_drag_moves_the_map(map_panel):
    view = map_panel.view
    view.go_to((24.4, 40.9), 15.0)
    start = view.place_at(QPointF(400, 300))
    port = view.viewport()
    QTest.mousePress(
        port, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, QPoint(400, 300)
    )
    QTest.mouseMove(port, QPoint(430, 320))
    QTest.mouseMove(port, QPoint(460, 340))
    QTest.mouseRelease(
        port, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, QPoint(460, 340)
    )
    assert view.place_at(QPointF(460, 340)) == pytest.approx(start, abs=3e-5)


def test_keys_move_and_zoom(map_panel):
    view = map_panel.view
    view.go_to((24.4, 40.9), 15.0)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.middle()[0] > 24.4
    assert view.zoom == 15.5


def test_an_area_across_the_antimeridian_is_shown_whole(map_panel, session, small_mission):
    ring = ((179.99, 10.0), (-179.99, 10.0), (-179.99, 10.01), (179.99, 10.01))
    from gui import edits

    session.open(edits.add_area(edits.empty_mission(), ring), None)
    assert map_panel.view.zoom > 12
    assert abs(map_panel.view.middle()[0]) == pytest.approx(180.0, abs=1e-3)


def test_a_graticule_stands_where_there_are_no_tiles(map_panel):
    map_panel.view.go_to((24.4, 40.9), 12.0)
    assert len(np.unique(pixels(map_panel.view).reshape(-1, 3), axis=0)) > 3


def test_the_place_box_takes_coordinates(map_panel, qtbot):
    map_panel.place_box.setFocus()
    qtbot.keyClicks(map_panel.place_box, "40.9302, 24.4090")
    qtbot.keyClick(map_panel.place_box, Qt.Key.Key_Return)
    assert map_panel.view.middle() == pytest.approx((24.4090, 40.9302), abs=1e-6)


def test_a_plan_is_drawn_and_pales_when_the_mission_changes(
    map_panel, session, small_mission, small_plan
):
    session.open(small_mission, None, small_plan)
    layer = map_panel.plan_layer
    assert len(layer.tracks) == 2
    pieces = layer._items["paths"]
    assert all(piece.opacity() == 1.0 for piece in pieces)
    result = session.results[0]
    session.edit("x", dataclasses.replace(small_mission, seed=9))
    session.look_at(result)
    assert all(piece.opacity() < 0.5 for piece in layer._items["paths"])


@pytest.mark.parametrize("name", ["regions", "paths", "arrows", "photos", "coverage", "gaps"])
def test_layers_are_shown_and_hidden(map_panel, session, small_mission, small_plan, name):
    with_gap = dataclasses.replace(small_plan, sorties=small_plan.sorties[:1])
    session.open(small_mission, None, with_gap)
    layer = map_panel.plan_layer
    for other in list(layer.visible):
        layer.set_visible(other, on=False)
    without = pixels(map_panel.view)
    layer.set_visible(name, on=True)
    layer.finish()
    shown = pixels(map_panel.view)
    assert (without != shown).any()


def test_time_moves_the_fleet(map_panel, session, small_mission, small_plan):
    session.open(small_mission, None, small_plan)
    layer = map_panel.plan_layer
    session.set_time(end_s(layer.tracks) / 2)
    assert set(layer._flying) == {0, 1}
    moment = moments_at(layer.tracks, end_s(layer.tracks) / 2)[0]
    assert layer._flying[0].pos() == QPointF(moment.x, moment.y)
    faded = [p.opacity() < 1 for p in layer._items["paths"] if isinstance(p, Piece)]
    assert any(faded)
    session.set_time(None)
    assert layer._flying == {}


def test_what_is_under_the_cursor_is_told(map_panel, session, small_mission, small_plan):
    session.open(small_mission, None, small_plan)
    layer = map_panel.plan_layer
    track = layer.tracks[0]
    middle = (track.xy[3] + track.xy[4]) / 2
    words = layer.words_at(map_panel.view.to_window(*middle))
    assert "one" in words
    assert "50 m" in words
    assert layer.words_at(QPointF(2, 2)) is None


def test_a_finding_is_ringed(map_panel, session, small_mission, small_plan):
    session.open(small_mission, None, small_plan)
    session.place_wanted.emit(small_mission.area[0].outer_lon_lat_deg[0])
    assert map_panel._flag is not None
    assert map_panel.view.zoom >= 17
    session.set_draft(small_mission, None)
    session.open(small_mission, None)
    assert map_panel._flag is None


def line_track(xy, kind, times=None):
    xy = np.array(xy, dtype=float)
    return Track(
        uav=0, name="one", number=1, xy=xy, height_m=np.full(len(xy), 50.0),
        time_s=np.arange(len(xy), dtype=float) if times is None else np.array(times, dtype=float),
        kind=np.array(kind), speed_m_s=np.full(len(kind), 5.0),
    )  # fmt: skip


S, T = int(LegKind.SURVEY), int(LegKind.TRANSIT)


def test_a_track_is_cut_into_chunks_and_keeps_its_corners_alone(qapp):
    track = line_track([(x, 0) for x in range(2 * CHUNK + 12)], [T] + [S] * (2 * CHUNK + 10))
    pieces = pieces_of(track)
    assert [piece.corners()[0][:, 0].tolist() for piece in pieces] == [
        [0, 1, CHUNK],  # transit and survey are two legs
        [CHUNK, 2 * CHUNK],
        [2 * CHUNK, 2 * CHUNK + 11],
    ]
    assert pieces[0].boundingRect().right() == pytest.approx(CHUNK, abs=1e-3)


def test_moments_follow_the_clock():
    track = line_track([(0, 0), (10, 0)], [S], [100, 110])
    assert moments_at([track], 0)[0].x == 0
    assert not moments_at([track], 0)[0].flying
    assert moments_at([track], 104)[0].x == pytest.approx(4)
    assert moments_at([track], 104)[0].flying
    later = line_track([(10, 0), (0, 0)], [S], [200, 210])
    assert moments_at([track, later], 150)[0].x == 10


def test_arrows_stand_at_equal_distances():
    points, directions = spaced_points(line_track([(0, 0), (10, 0), (10, 10)], [S, S]), 4.0)
    assert points.tolist() == [[2, 0], [6, 0], [10, 0], [10, 4], [10, 8]]
    assert directions[-1].tolist() == [0, 1]


def test_photos_are_taken_on_survey_legs_alone():
    track = line_track([(0, 0), (10, 0), (20, 0), (30, 0)], [S, T, S])
    points, _ = photo_points(track, 4.0)
    assert points[:, 0].tolist() == [0, 4, 8, 20, 24, 28]


def test_the_nearest_leg_tells_its_time():
    found = nearest([line_track([(0, 0), (10, 0), (10, 10)], [S, S])], 9.0, 5.0)
    assert found is not None
    assert (found.leg, found.gap, found.time_s) == (1, 1.0, 1.5)


def test_straight_segments_are_joined():
    runs = straight_runs(line_track([(0, 0), (5, 0), (10, 0), (10, 5), (20, 5)], [S, S, S, T]))
    assert runs.tolist() == [[[0, 0], [10, 0]], [[10, 0], [10, 5]]]


def counted(plan, tracks, projection):
    work = count_coverage(plan, tracks, projection)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value.counts


def test_coverage_counts_strips_and_gaps(qapp, small_mission, small_plan):
    from gui.map.mercator import Projection
    from gui.tracks import tracks_of

    projection = Projection(16.0)
    tracks = tracks_of(small_plan, projection)
    counts = counted(small_plan, tracks, projection)
    assert (counts >= 1).sum() > 0.9 * (counts >= 0).sum()
    counts = counted(small_plan, tracks[:1], projection)
    assert 0.4 < (counts == 0).sum() / (counts >= 0).sum() < 0.6
    assert not coverage_image(counts, only_gaps=True).isNull()
