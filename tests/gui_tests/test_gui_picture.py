"""The plan as a picture: drawn in turns, moved with the map, sharp when nothing moves."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st
from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGraphicsRectItem

from gui.map.coverage_image import TURN_RUNS, count_coverage
from gui.map.picture import Picture, Place
from gui.map.picture_item import MARGIN_PX, TURN_LEGS, batches, weight_of
from gui.map.pieces import CHUNK
from gui.map.plan_layer import LAYERS
from gui.turns import Turns
from mcpp.model import LegKind


def pixels(pixmap):
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8)
    return rows.reshape(image.height(), image.width(), 4).astype(int)


def differing(one, other):
    """Part of the pixels that differ by more than rounding."""
    return float((np.abs(pixels(one) - pixels(other)).max(axis=2) > 8).mean())


@pytest.fixture
def large_plan(small_plan):
    """Zigzags of 6,000 legs for each UAV, over the same ground."""
    sorties = []
    for sortie in small_plan.sorties:
        low, high = sortie.xyz_m[:, :2].min(axis=0), sortie.xyz_m[:, :2].max(axis=0)
        along = np.arange(6001)
        east = low[0] + (high[0] - low[0]) * (along % 100) / 100
        north = low[1] + (high[1] - low[1]) * along / 6000 + along % 2
        sorties.append(
            replace(
                sortie,
                xyz_m=np.stack([east, north, np.full(6001, 50.0)], axis=1),
                kind=np.full(6000, int(LegKind.SURVEY)),
                speed_m_s=np.full(6000, 5.0),
                time_s=along.astype(float),
            )
        )
    return replace(small_plan, sorties=tuple(sorties))


@pytest.fixture
def large(map_panel, session, small_mission, large_plan):
    """The map with the large plan, not yet drawn; without its coverage, which is slow to count."""
    map_panel.plan_layer.set_visible("gaps", on=False)
    session.open(small_mission, None, large_plan)
    return map_panel


def looked_at(panel):
    return Place.of(panel.view.viewportTransform(), panel.view.viewport())


def drawn(panel):
    """What the window shows of the picture that is at hand."""
    place, picture = looked_at(panel), panel.plan_layer.picture.sharp
    assert picture.place.holds(place)
    step = (place.left - picture.place.left, place.top - picture.place.top)
    return picture.pixels.copy(*step, place.width, place.height)


def fresh(panel):
    """The same, were it drawn anew and at once."""
    picture = Picture(looked_at(panel))
    picture.draw(panel.plan_layer.picture.shown)
    return picture.pixels


def test_work_takes_one_step_a_turn(qapp, qtbot):
    seen = []

    def work():
        for k in range(1, 4):
            seen.append(k)
            yield k

    owner = QObject()
    turns = Turns(owner)
    turns.start(work())
    assert (seen, turns.busy) == ([], True)
    assert [turns.step() for _ in range(4)] == [1, 2, 3, 0]
    assert not turns.busy
    turns.start(work())
    qtbot.waitUntil(lambda: not turns.busy, timeout=1000)
    assert seen == [1, 2, 3, 1, 2, 3]


def test_new_work_takes_the_place_of_the_old(qapp):
    owner = QObject()
    turns = Turns(owner)
    turns.start(iter([1, 1, 1]))
    turns.step()
    turns.start(iter([7]))
    assert turns.step() == 7
    turns.start(iter([1, 1]))
    turns.stop()
    assert turns.step() == 0


def test_work_may_begin_other_work(qapp):
    owner = QObject()
    turns = Turns(owner)

    def work():
        yield 1
        turns.start(iter([5]))

    turns.start(work())
    turns.step()
    turns.step()
    assert turns.busy
    assert turns.step() == 5


class Heavy(QGraphicsRectItem):
    def __init__(self, legs):
        super().__init__()
        self.legs = legs


@given(st.lists(st.integers(1, 2 * TURN_LEGS), max_size=30))
def test_batches_keep_the_order_and_the_limit(weights):
    items = [Heavy(weight) for weight in weights]
    made = list(batches(items))
    assert [item for batch in made for item in batch] == items
    for batch in made:
        assert len(batch) == 1 or sum(map(weight_of, batch)) <= TURN_LEGS


def test_a_large_plan_is_taken_in_a_track_or_a_layer_at_a_time(
    map_panel, session, small_mission, large_plan
):
    session.open(small_mission, None, large_plan)
    layer = map_panel.plan_layer
    assert layer.tracks == []
    shares = []
    while layer._building.busy:
        shares.append(layer._building.step())
    assert shares == [6000, 6000, *[1] * len(LAYERS), 0]
    assert len(layer.tracks) == 2


def test_no_turn_draws_more_than_its_share(large):
    large.plan_layer._building.finish()
    large.view.viewport().repaint()
    turns = large.plan_layer.picture.turns
    assert turns.busy
    shares = []
    while turns.busy:
        shares.append(turns.step())
    assert sum(shares) > 12_000
    assert max(shares) <= TURN_LEGS


def test_no_turn_sweeps_more_than_its_share(qapp, small_mission, large_plan):
    from gui.map.mercator import Projection
    from gui.tracks import tracks_of

    projection = Projection(16.0)
    tracks = tracks_of(large_plan, projection)
    shares = list(count_coverage(large_plan, tracks, projection))
    assert sum(shares) > 5000
    assert max(shares) <= TURN_RUNS


def test_a_small_plan_is_drawn_at_once(map_panel, session, small_mission, small_plan):
    session.open(small_mission, None, small_plan)
    for closer in (0.0, 0.7, -0.3):
        map_panel.view.zoom_by(closer)
        map_panel.view.viewport().repaint()
        item = map_panel.plan_layer.picture
        assert not item.turns.busy
        assert differing(drawn(map_panel), fresh(map_panel)) < 2e-4


def test_a_large_plan_is_sharp_after_its_turns(large):
    large.plan_layer.finish()
    item = large.plan_layer.picture
    assert differing(drawn(large), fresh(large)) < 2e-4
    large.view.zoom_by(0.6)
    large.view.viewport().repaint()
    assert item.turns.busy
    large.plan_layer.finish()
    assert differing(drawn(large), fresh(large)) < 2e-4


@pytest.mark.parametrize(
    ("step", "times"), [((9, 5), 3), ((-40, 7), 3), ((3, -120), 2), ((-8, -8), 3), ((450, 0), 1)]
)
def test_a_moved_picture_is_as_if_drawn_anew(large, step, times):
    large.view.zoom_by(2.0)
    large.plan_layer.finish()
    for _ in range(times):
        large.view.pan_px(*step)
        large.view.viewport().repaint()
    large.plan_layer.finish()
    assert differing(drawn(large), fresh(large)) < 2e-4


def test_steps_within_the_margin_draw_nothing(large, monkeypatch):
    large.plan_layer.finish()
    drawings = []
    monkeypatch.setattr(Picture, "draw", lambda self, items: drawings.append(items))
    for _ in range(4):
        large.view.pan_px(MARGIN_PX // 4, -MARGIN_PX // 4)
        large.view.viewport().repaint()
    assert drawings == []
    large.view.pan_px(1, 0)
    large.view.viewport().repaint()
    assert drawings


def test_a_small_step_draws_no_whole_plan(large):
    large.plan_layer.finish()
    large.view.pan_px(6, 4)
    large.view.viewport().repaint()
    assert not large.plan_layer.picture.turns.busy


def test_the_picture_follows_the_window(large, qtbot):
    large.plan_layer.finish()
    large.resize(900, 640)
    qtbot.waitUntil(lambda: large.view.width() == 900, timeout=1000)
    large.plan_layer.finish()
    assert differing(drawn(large), fresh(large)) < 2e-4


def test_what_is_flown_is_drawn_again_where_it_lies(large, session):
    large.plan_layer.finish()
    session.set_time(3000.0)
    large.view.viewport().repaint()
    assert large.plan_layer.picture.turns.busy  # half of all looks otherwise
    large.plan_layer.finish()
    before = drawn(large)
    session.set_time(3600.0)
    large.view.viewport().repaint()
    item = large.plan_layer.picture
    assert not item.turns.busy  # of the whole, nothing is drawn again
    assert differing(drawn(large), before) > 0.001
    assert differing(drawn(large), fresh(large)) < 2e-4


def test_zooming_out_shows_at_once_what_was_seen_from_afar(large):
    large.plan_layer.finish()
    whole = large.view.grab()
    large.view.zoom_by(2.0)
    large.plan_layer.finish()
    large.view.zoom_by(-2.0)
    again = large.view.grab()  # before any turn
    assert large.plan_layer.picture.turns.busy
    height, width = whole.height(), whole.width()
    edge = (0, height // 4, width, height // 12)  # outside of what was seen close by
    assert differing(whole.copy(*edge), again.copy(*edge)) < 0.02


def test_places_of_one_scale_lie_apart_by_whole_pixels():
    place = Place(scale=1000.0, left=100, top=50, width=300, height=200, ratio=2.0)
    bounds = QRectF(0.1, 0.05, 0.01, 0.02)
    found = place.pixels_of(bounds)
    assert found.x() == 200 - 100 - 32
    assert found.width() == 20 + 64
    assert place.part(found).on_map(found.translated(-found.topLeft())).contains(bounds)


def test_a_chunk_is_less_than_a_turn():
    assert CHUNK < TURN_LEGS
