"""Overlap of photos as flown, and motion blur."""

import math

import numpy as np
from scipy.spatial import KDTree

from mcpp.after.lines import OnLines
from mcpp.after.result import Spread
from mcpp.after.taken import Taken
from mcpp.model import BoolArray, FloatArray

PARALLEL_DEG = 20.0
OTHER_LINE_SHARE = 0.12
"""A photo that lies aside by more than this part of the width is on another line."""


def spread(values: FloatArray, *, high_is_bad: bool) -> Spread | None:
    """Median of the known values, and what 5 % of them are worse than."""
    known = values[np.isfinite(values)]
    if not len(known):
        return None
    worst = np.percentile(known, 95.0 if high_is_bad else 5.0)
    return Spread(median=float(np.median(known)), worst_5_percent=float(worst))


def frontlaps(taken: Taken, lines: OnLines | None, usable: BoolArray) -> FloatArray:
    """Overlap of each photo with the next on its line, shape (n,); not a number at ends.

    Without a plan a line is photos one after another with the same heading.
    """
    found = np.full(len(taken.xy_m), math.nan)
    for own in _chains(taken, lines, usable):
        away = np.hypot(*np.diff(taken.xy_m[own], axis=0).T)
        found[own[:-1]] = 1.0 - away / np.maximum(taken.along_m[own[:-1]], 1e-9)
    return np.asarray(np.maximum(found, 0.0))


def _chains(taken: Taken, lines: OnLines | None, usable: BoolArray) -> list[np.ndarray]:
    if lines is not None and (lines.line >= 0).any():
        chains = []
        for index in np.unique(lines.line[lines.line >= 0]).tolist():
            own = np.flatnonzero((lines.line == index) & usable)
            heading = np.radians(taken.heading_deg[own[:1]])
            if len(own) > 1:
                ahead = taken.xy_m[own] - taken.xy_m[own[0]]
                way = ahead[int(np.argmax(np.hypot(*ahead.T)))]
                along = way / max(math.hypot(*way), 1e-9) if len(heading) else way
                chains.append(own[np.argsort(ahead @ along, kind="stable")])
        return chains
    stamps = np.array([s.stamp_s if s.stamp_s is not None else math.nan for s in taken.shots])
    chains = []
    for group in np.unique(taken.uav).tolist():
        own = np.flatnonzero((taken.uav == group) & usable)
        if np.isfinite(stamps[own]).all():
            own = own[np.argsort(stamps[own], kind="stable")]
        course = np.diff(taken.xy_m[own], axis=0)
        turn = np.degrees(np.arctan2(*course.T))
        breaks = np.abs((np.diff(turn) + 180) % 360 - 180) > PARALLEL_DEG
        far = np.hypot(*course.T) > 1.5 * taken.along_m[own[:-1]]
        cut = np.flatnonzero(far | np.concatenate([[False], breaks])) + 1
        chains += [part for part in np.split(own, cut) if len(part) > 1]
    return chains


def sidelaps(taken: Taken, usable: BoolArray) -> FloatArray:
    """Overlap with the neighbouring line on each side, shape (n, 2); not a number where none is."""
    own = np.flatnonzero(usable)
    found = np.full((len(taken.xy_m), 2), math.nan)
    if len(own) < 2:
        return found
    xy, heading = taken.xy_m[own], np.radians(taken.heading_deg[own])
    width, length = taken.across_m[own], taken.along_m[own]
    pairs = KDTree(xy).query_pairs(float(np.max(width)), output_type="ndarray")
    pairs = np.vstack([pairs, pairs[:, ::-1]])
    i, j = pairs.T
    parallel = np.abs(np.sin(heading[i] - heading[j])) < math.sin(math.radians(PARALLEL_DEG))
    way = xy[j] - xy[i]
    along = way[:, 0] * np.sin(heading[i]) + way[:, 1] * np.cos(heading[i])
    aside = way[:, 0] * np.cos(heading[i]) - way[:, 1] * np.sin(heading[i])
    near = parallel & (np.abs(along) < length[i] / 2)
    near &= np.abs(aside) > OTHER_LINE_SHARE * width[i]
    for side, sign in enumerate((1.0, -1.0)):
        least = np.full(len(own), math.inf)
        mine = near & (aside * sign > 0)
        np.minimum.at(least, i[mine], np.abs(aside[mine]))
        part = 1.0 - least / np.maximum(width, 1e-9)
        found[own, side] = np.where(np.isfinite(least) & (part > 0), part, math.nan)
    return found


def blur_px(taken: Taken) -> FloatArray:
    """Way over ground during the exposure in pixels, shape (n,); not a number where unknown."""
    return np.asarray(taken.speed_m_s * taken.exposure_s / taken.gsd_m)
