"""What is surveyed, and what is left to be: polylines with a mask of survey legs."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.ground.coverage import survey_runs
from mcpp.ground.transit import FreeSpace
from mcpp.model import BoolArray, FloatArray, LegKind, Route, Sortie

HAIR_M = 0.02
"""Rounding to the digits of a plan file leaves no leg outside."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A way to be surveyed.

    Attributes
    ----------
    xy_m
        Shape (n, 2).
    survey, high
        Shape (n - 1,): legs that survey, and ways at the height of transits.
    """

    xy_m: FloatArray
    survey: BoolArray
    high: BoolArray

    def __post_init__(self) -> None:
        if not len(self.xy_m) == len(self.survey) + 1 == len(self.high) + 1:
            msg = f"{len(self.xy_m)} points with {len(self.survey)} and {len(self.high)} legs"
            raise ValueError(msg)

    @property
    def empty(self) -> bool:
        """Whether it surveys nothing."""
        return not self.survey.any()

    @property
    def survey_m(self) -> float:
        """Length of its survey legs."""
        return float(np.hypot(*np.diff(self.xy_m, axis=0).T)[self.survey].sum())

    def reversed(self) -> "Piece":
        """Give the same the other way round."""
        return Piece(self.xy_m[::-1], self.survey[::-1], self.high[::-1])


class Divided:
    """A piece that may be cut at steps of its legs.

    Parameters
    ----------
    step_m
        No step is longer.
    """

    def __init__(self, piece: Piece, step_m: float) -> None:
        steps = np.diff(piece.xy_m, axis=0)
        counts = np.maximum(np.ceil(np.hypot(*steps.T) / step_m - 1e-9), 1).astype(int)
        leg = np.repeat(np.arange(len(counts)), counts)
        within = [np.arange(n) / n for n in counts]
        part = np.concatenate([*within, [0.0]])
        corner = part == 0.0
        leg_of = np.concatenate([leg, [max(len(counts) - 1, 0)]])
        self.xy_m: FloatArray = piece.xy_m[:1].copy()
        if len(counts):
            self.xy_m = piece.xy_m[leg_of] + part[:, None] * steps[leg_of]
            self.xy_m[-1] = piece.xy_m[-1]
        self.survey: BoolArray = piece.survey[leg]
        self.high: BoolArray = piece.high[leg]
        self._corner = corner

    @property
    def legs(self) -> int:
        """How many steps it has."""
        return len(self.survey)

    def part(self, first: int, last: int) -> Piece:
        """Give what lies between two points, without those on a straight, trimmed."""
        inner = np.flatnonzero(self._corner[first + 1 : last]) + first + 1
        if first >= last:
            return NOTHING
        chosen = np.concatenate([[first], inner, [last]])
        legs = chosen[:-1]
        return trimmed(Piece(self.xy_m[chosen], self.survey[legs], self.high[legs]))


NOTHING = Piece(np.zeros((1, 2)), np.empty(0, dtype=np.bool_), np.empty(0, dtype=np.bool_))


def low(xy_m: FloatArray, survey: BoolArray) -> Piece:
    """Make a piece all of which is flown at the height of the survey."""
    return Piece(xy_m, survey, np.zeros(len(survey), dtype=np.bool_))


def trimmed(piece: Piece) -> Piece:
    """Leave out the legs at either end that survey nothing."""
    work = np.flatnonzero(piece.survey)
    if not len(work):
        return NOTHING
    first, last = int(work[0]), int(work[-1]) + 1
    legs = slice(first, last)
    return Piece(piece.xy_m[first : last + 1], piece.survey[legs], piece.high[legs])


def of_sortie(sortie: Sortie) -> Piece:
    """Give what a sortie surveys, with the legs between."""
    return trimmed(_all_of(sortie))


def _all_of(sortie: Sortie) -> Piece:
    survey, connect = sortie.kind == LegKind.SURVEY, sortie.kind == LegKind.CONNECT
    return Piece(np.asarray(sortie.xyz_m[:, :2]), survey, ~(survey | connect))


def split_at(sortie: Sortie, point: int, at_m: FloatArray) -> tuple[Piece, Piece]:
    """Part a sortie where a UAV is: what it has surveyed, and what is left.

    Parameters
    ----------
    point
        The first one that it has not passed.
    at_m
        Where it is, shape (2,): on the leg, or near it.
    """
    whole = _all_of(sortie)
    xy, survey, high = whole.xy_m, whole.survey, whole.high
    a, b = xy[point - 1], xy[point]
    length2 = float(((b - a) ** 2).sum())
    part = 0.0 if length2 < 1e-12 else float(np.clip((at_m - a) @ (b - a) / length2, 0.0, 1.0))
    here = a + part * (b - a)
    done = Piece(np.vstack([xy[:point], here[None]]), survey[:point], high[:point])
    left = Piece(np.vstack([here[None], xy[point:]]), survey[point - 1 :], high[point - 1 :])
    return trimmed(done), trimmed(left)


def joined(pieces: list[Piece], space: FreeSpace, near_m: float) -> Piece:
    """Join pieces in their order by the shortest legal ways.

    Parameters
    ----------
    near_m
        Ways longer than this are flown at the height of transits.

    Raises
    ------
    InfeasibleError
        When no legal way leads from one to the next.
    """
    some = [piece for piece in pieces if not piece.empty]
    if not some:
        return NOTHING
    xy, survey, high = [some[0].xy_m], [some[0].survey], [some[0].high]
    for before, after in pairwise(some):
        way = space.path(before.xy_m[-1], after.xy_m[0])
        length_m = float(np.hypot(*np.diff(way, axis=0).T).sum())
        if length_m < 1e-6:
            xy.append(after.xy_m[1:])
        else:
            xy += [way[1:-1], after.xy_m]
            survey.append(np.zeros(len(way) - 1, dtype=np.bool_))
            high.append(np.full(len(way) - 1, length_m > near_m))
        survey.append(after.survey)
        high.append(after.high)
    return Piece(np.vstack(xy), np.concatenate(survey), np.concatenate(high))


def inside(piece: Piece, room: BaseGeometry, space: FreeSpace, near_m: float) -> Piece:
    """Keep what of a piece lies in a room, joined by legal ways; itself where all of it does.

    Raises
    ------
    InfeasibleError
    """
    if piece.empty or shapely.covers(room.buffer(HAIR_M), shapely.LineString(piece.xy_m)):
        return piece
    kept, room = [], room.buffer(-HAIR_M)
    for run in survey_runs(piece.xy_m, piece.survey):
        for a, b in pairwise(run):
            cut = shapely.intersection(shapely.LineString([a, b]), room)
            parts = shapely.get_parts(cut)
            lines = [g for g in parts if g.geom_type == "LineString" and not g.is_empty]
            ends = [shapely.get_coordinates(line)[[0, -1]] for line in lines]
            along = b - a
            ends = [e if (e[1] - e[0]) @ along > 0 else e[::-1] for e in ends]
            ends.sort(key=lambda e: float((e[0] - a) @ along))
            kept += [low(e, np.ones(1, dtype=np.bool_)) for e in ends]
    return joined(kept, space, near_m)


def route_of(uav: int, piece: Piece) -> Route:
    """Make a piece the route of a UAV."""
    xy_m = np.empty((0, 2)) if piece.empty else piece.xy_m
    return Route(uav=uav, xy_m=xy_m, survey=piece.survey)


def shifted(sortie: Sortie, begin_s: float) -> Sortie:
    """Let a sortie begin at another time."""
    return replace(sortie, time_s=sortie.time_s - float(sortie.time_s[0]) + begin_s)
