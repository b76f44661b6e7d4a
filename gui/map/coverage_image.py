"""How often each spot is covered, as a picture: what the survey legs sweep, counted by painting."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from gui.map.mercator import Projection
from gui.map.pieces import rings_path
from gui.tracks import Track, metres_at, polygons_on_map
from mcpp.ground.frame import LocalFrame
from mcpp.model import FloatArray, Plan

LONGEST_PX = 1000
"""Of the picture."""
TURN_RUNS = 128
"""Straight segments that are painted in one turn of the event loop: some 5 ms."""
COLOURS = ((215, 38, 30, 190), (120, 190, 235, 120), (40, 120, 190, 140), (20, 50, 120, 170))
"""Of ground covered never (a gap), once, twice, and more often."""


def straight_runs(track: Track) -> FloatArray:
    """Find the straight segments of the survey legs, (k, 2, 2): each sweeps its strip once."""
    step = np.diff(track.xy, axis=0)
    length = np.hypot(step[:, 0], step[:, 1])
    unit = step / np.maximum(length, 1e-300)[:, None]
    on = track.survey & (length > 0)
    bends = (unit[1:] * unit[:-1]).sum(axis=1) < 0.9999
    begins = on & np.concatenate([[True], ~on[:-1] | bends])
    ends = on & np.concatenate([~on[1:] | bends, [True]])
    return np.stack([track.xy[:-1][begins], track.xy[1:][ends]], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """How often each spot is covered.

    Attributes
    ----------
    counts
        Shape (rows, columns), north first; -1 where nothing needs to be covered.
    rect
        Where the picture lies, in map units.
    """

    counts: npt.NDArray[np.int16]
    rect: QRectF


def count_coverage(
    plan: Plan, tracks: list[Track], projection: Projection
) -> Generator[int, None, Coverage]:
    """Count by painting, some segments at a time; what is yielded is their number."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    target = rings_path(polygons_on_map(plan.problem.target, frame, projection))
    rect = target.boundingRect()
    scale = LONGEST_PX / max(rect.width(), rect.height(), 1e-9)
    width, height = max(round(rect.width() * scale), 1), max(round(rect.height() * scale), 1)
    mask = _blank(width, height)
    painter = _painter(mask, rect, scale)
    painter.fillPath(target, QColor(255, 255, 255))
    painter.end()
    yield 1
    swept = _blank(width, height)
    for track in tracks:
        runs = straight_runs(track)
        pen = QPen(
            QColor(10, 10, 10), 2 * plan.problem.vehicles[track.uav].reach_m / metres_at(plan)
        )
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        for first in range(0, len(runs), TURN_RUNS):
            some = runs[first : first + TURN_RUNS]
            painter = _painter(swept, rect, scale)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
            painter.setPen(pen)
            for (x1, y1), (x2, y2) in some.tolist():
                painter.drawLine(QLineF(x1, y1, x2, y2))
            painter.end()
            yield len(some)
    counts = (_red(swept).astype(np.int16) + 2) // 10
    counts[_red(mask) <= 127] = -1
    yield 1
    return Coverage(counts, rect)


def coverage_image(counts: npt.NDArray[np.int16], *, only_gaps: bool) -> QImage:
    """Colour the counts: all of them, or the gaps alone."""
    table = np.zeros((5, 4), dtype=np.uint8)
    table[1:] = COLOURS
    if only_gaps:
        table[2:] = 0
    words = table.view(np.uint32)[:, 0]  # a pixel is one number: four times as fast
    pixels = words.take(np.clip(counts, -1, 3) + 1)
    height, width = counts.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return image.copy()  # the array's memory goes with this function


def _blank(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(0, 0, 0))
    return image


def _painter(image: QImage, rect: QRectF, scale: float) -> QPainter:
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(-rect.topLeft())
    return painter


def _red(image: QImage) -> npt.NDArray[np.uint8]:
    rows = np.frombuffer(image.constBits(), dtype=np.uint8)
    pixels = rows.reshape(image.height(), image.bytesPerLine())[:, : 4 * image.width()]
    return pixels.reshape(image.height(), image.width(), 4)[:, :, 2].copy()
