"""Divide ground among a fleet along rows: each UAV gets rows that follow each other on one tour.

All lines of the area are laid once and strung to one way. Each UAV's ground is what belongs to a
piece of that way: whole rows, and at its ends pieces of a row. Wherever ground is cut, lines on
both sides are those of the same rows, so that no line of one UAV lies farther than a spacing from
the next one of another.
"""

import math
from collections.abc import Sequence

import numpy as np
import shapely
import shapely.affinity
from scipy.optimize import linear_sum_assignment
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.model import FloatArray, IntArray, Problem
from planners.survey.place import Flier, Part, Watch, parts_of, place_of
from planners.survey.rows import Rows, clipped, even_rows
from planners.survey.stringing import ordered_upward
from planners.survey.tour import SurveyParams, best_rows
from planners.sweep.layout import INSET_M, polygons_of
from planners.sweep.lines import turned
from planners.sweep.raster import ring_edges

SHORTEST_PIECE = 2.0
"""Spacings below which a row is not cut: it goes whole to one of the two."""
SHORTEST_ASKED = 0.25
"""The same, where the user asked for shares."""
SHORTEST_EVENED = 0.5
"""The same, where ground is moved until all land together."""
OTHER_WAY = 0.5
"""Sine of the angle, at least, between rows that run in different directions."""
FAR_M = 1e7
"""Beyond all ground."""


def common_rows(
    problem: Problem,
    flier: Flier,
    params: SurveyParams,
    direction_rad: float | None,
    watch: Watch,
    *,
    beside: Rows | None = None,
) -> Rows:
    """Lay the rows along which a fleet divides the ground, at the finest spacing of all.

    Parameters
    ----------
    beside
        Rows that were laid already: others are to run in another direction.

    Raises
    ------
    InfeasibleError
        When no line fits, or there is no other direction.
    """
    inner = polygons_of(shapely.buffer(problem.allowed, -INSET_M, join_style="mitre"))
    rooms = sorted(shapely.get_parts(inner), key=lambda part: -float(part.area))
    place = place_of(problem.target, rooms[0], flier) if rooms else None
    if place is None:
        raise InfeasibleError("the area leaves no room to fly")
    ranked = best_rows(place, params, direction_rad, watch)
    if beside is not None:
        ranked = [rows for rows in ranked if _across(rows, beside) >= OTHER_WAY]
        if not ranked:
            raise InfeasibleError("the rows have no other direction")
    angle = ranked[min(params.variant, len(ranked) - 1)].angle_rad
    lines = shapely.intersection(inner, problem.target)
    return even_rows(ring_edges(problem.target), ring_edges(lines), angle, flier.spacing_m)


def _across(rows: Rows, others: Rows) -> float:
    """Sine of the angle between two directions of rows."""
    return abs(math.sin(rows.angle_rad - others.angle_rad))


def pieces_in_order(
    problem: Problem, flier: Flier, rows: Rows, watch: Watch, *, by_row: bool
) -> tuple[IntArray, FloatArray]:
    """Order all lines of the area as one way over it flies them, from its lowest row upward.

    Parameters
    ----------
    by_row
        Row by row, to and fro over all pieces of each, whatever lies between them. Otherwise on a
        short way: places apart that many rows cross, as the arms of a comb, one after another.

    Returns
    -------
    Row of each line, shape (k,), and x where it is entered and left in the turned frame, (k, 2).

    Raises
    ------
    InfeasibleError
        When no line fits.
    """
    inner = polygons_of(shapely.buffer(problem.allowed, -INSET_M, join_style="mitre"))
    found: list[Part] = []
    for room in sorted(shapely.get_parts(inner), key=lambda part: -float(part.area)):
        place = place_of(problem.target, room, flier)
        if place is None:
            continue
        parts = parts_of(*clipped(rows, place.line_edges), rows.heights_m, rows.angle_rad)
        if parts and not by_row:
            entry = ordered_upward(place, parts, rows.angle_rad, watch)
            parts = [parts[end // 2] if end % 2 == 0 else parts[end // 2][::-1] for end in entry]
        found += parts
    if not found:
        raise InfeasibleError("no survey line fits into the area")
    local = turned(np.concatenate(found), -rows.angle_rad).reshape(-1, 2, 2)
    row = np.rint((local[:, 0, 1] - rows.first_m) / rows.gap_m).astype(np.int32)
    ends = local[:, :, 0]
    if by_row:
        back = row % 2 == 1
        ends[back] = ends[back][:, ::-1]
        order = np.lexsort((np.where(back, -ends[:, 0], ends[:, 0]), row))
        row, ends = row[order], ends[order]
    return row, ends


def _limits(row: IntArray, ends: FloatArray) -> FloatArray:
    """How far the ground of each line goes to the left and right: half-way to the next of its row.

    Shape (k, 2).
    """
    limits = np.tile([-FAR_M, FAR_M], (len(row), 1))
    low, high = ends.min(axis=1), ends.max(axis=1)
    for one in np.unique(row):
        own = np.flatnonzero(row == one)
        own = own[np.argsort(low[own], kind="stable")]
        middle = (high[own[:-1]] + low[own[1:]]) / 2
        limits[own[:-1], 1] = middle
        limits[own[1:], 0] = middle
    return limits


class RowDivider:
    """Divides the ground of a problem by shares; see `planners.fleet.dividers.Divider`."""

    def __init__(self, problem: Problem, rows: Rows, row: IntArray, ends: FloatArray) -> None:
        self.problem, self.rows, self.row, self.ends = problem, rows, row, ends
        self.limits = _limits(row, ends)
        between = rows.first_m + (np.arange(rows.count + 1) - 0.5) * rows.gap_m
        between[0], between[-1] = -FAR_M, FAR_M
        self.low, self.high = between[row], between[row + 1]
        self.target = shapely.affinity.rotate(
            problem.target, -rows.angle_rad, origin=(0, 0), use_radians=True
        )
        shapely.prepare(self.target)
        boxes = shapely.box(self.limits[:, 0], self.low, self.limits[:, 1], self.high)
        area = shapely.area(shapely.intersection(boxes, self.target))
        self.along = np.concatenate([[0.0], np.cumsum(area)])
        self.order = self._order()

    @property
    def neighbours(self) -> IntArray:
        """Lines before and after each line on the tour, shape (k, 4); -1 is none."""
        count = len(self.row)
        beside = np.full((count, 4), -1, dtype=np.int32)
        beside[:-1, 0] = np.arange(1, count)
        beside[1:, 1] = np.arange(count - 1)
        return beside

    def points_m(self) -> tuple[FloatArray, FloatArray]:
        """Where each line is entered, and left: shape (k, 2) each."""
        y = self.rows.first_m + self.row * self.rows.gap_m
        into, out = (turned(np.stack([x, y], axis=1), self.rows.angle_rad) for x in self.ends.T)
        return into, out

    def _order(self) -> IntArray:
        """Assign UAVs to pieces of the tour, in order: each to one near where it starts."""
        count = len(self.problem.vehicles)
        points = self.points_m()
        piece = np.minimum((self.along[:-1] / self.along[-1] * count).astype(int), count - 1)
        away = np.zeros((count, count))
        for i, vehicle in enumerate(self.problem.vehicles):
            if vehicle.start_m is None:
                continue
            to_line = np.min([np.hypot(*(p - vehicle.start_m).T) for p in points], axis=0)
            for k in range(count):
                own = to_line[piece == k]
                away[i, k] = own.min() if len(own) else to_line.min()
        uav, place = linear_sum_assignment(away**2)
        order = np.empty(count, dtype=np.int32)
        order[place] = uav
        return order

    def _cuts(self, shares: FloatArray) -> FloatArray:
        """Where the tour is cut, in lines and parts of them: shape (n + 1,)."""
        at = np.concatenate([[0.0], np.cumsum(shares[self.order])]) * self.along[-1]
        wanted = np.interp(at, self.along, np.arange(len(self.along)))
        wanted[-1] = len(self.row)
        length = np.abs(np.diff(self.ends, axis=1))[:, 0]
        shortest = SHORTEST_PIECE if self.problem.balance else SHORTEST_ASKED
        cuts = wanted.copy()
        for k in range(1, len(cuts) - 1):
            line = min(int(wanted[k]), len(self.row) - 1)
            part = wanted[k] - line
            if min(part, 1 - part) * length[line] < shortest * self.problem.spacing_m:
                snapped = float(round(wanted[k]))
                if cuts[k - 1] < snapped and snapped < wanted[k + 1]:
                    cuts[k] = snapped
        return np.asarray(cuts)

    def divided(
        self, shares: FloatArray, warm: IntArray | None
    ) -> tuple[IntArray, tuple[BaseGeometry, ...]]:
        """Divide by shares; see `Divider`. `warm` makes no difference: the tour stays the same."""
        order = tuple(int(uav) for uav in self.order)
        labels, _, regions = self.cut(order, self._cuts(shares))
        return labels, regions

    def cut(
        self, order: Sequence[int], cuts: Sequence[float] | FloatArray
    ) -> tuple[IntArray, FloatArray, tuple[BaseGeometry, ...]]:
        """Cut the tour, and give its pieces to UAVs in an order.

        Parameters
        ----------
        order
            The UAVs that are given ground, k of the n.
        cuts
            Places on the tour, shape (k + 1,).

        Returns
        -------
        The UAV of each line, by its middle, shape (k,); shares of the ground, shape (n,), and
        regions, by UAV.
        """
        count = len(self.problem.vehicles)
        regions: list[BaseGeometry] = [shapely.MultiPolygon()] * count
        shares = np.zeros(count)
        for k, uav in enumerate(order):
            first, last = float(cuts[k]), float(cuts[k + 1])
            if first < last:
                regions[uav] = self.region(first, last)
                shares[uav] = self.part(last) - self.part(first)
        place = np.searchsorted(cuts, np.arange(len(self.row)) + 0.5, side="right") - 1
        labels = np.array(order, dtype=np.int32)[np.clip(place, 0, len(order) - 1)]
        return labels, shares, tuple(regions)

    def place(self, part: float) -> float:
        """Where a part 0 to 1 of the ground ends on the tour: lines, and parts of one.

        A line is cut where both of its pieces are long enough to be worth it, else goes whole.
        """
        count = len(self.row)
        if part <= 0 or part >= 1:
            return 0.0 if part <= 0 else float(count)
        wanted = float(np.interp(part * self.along[-1], self.along, np.arange(count + 1)))
        line = min(int(wanted), count - 1)
        within = wanted - line
        length_m = abs(float(self.ends[line, 1] - self.ends[line, 0]))
        whole = min(within, 1 - within) * length_m < SHORTEST_EVENED * self.problem.spacing_m
        return float(round(wanted)) if whole else wanted

    def part(self, place: float) -> float:
        """How much of the ground lies before a place on the tour, 0 to 1."""
        at = np.interp(place, np.arange(len(self.along)), self.along)
        return float(at / self.along[-1])

    def region(self, first: float, last: float) -> BaseGeometry:
        """Ground between two places on the tour."""
        lines = np.arange(math.floor(first), min(math.ceil(last), len(self.row)))
        limits = self.limits[lines].copy()
        for at, part, after in ((0, first - lines[0], True), (-1, last - lines[-1], False)):
            if 0 < part < 1:
                into, out = self.ends[lines[at]]
                # what is flown after the first cut, and before the last one
                limits[at, 0 if (out > into) == after else 1] = into + part * (out - into)
        boxes = shapely.box(limits[:, 0], self.low[lines], limits[:, 1], self.high[lines])
        mine = shapely.intersection(shapely.union_all(boxes), self.target)
        return polygons_of(
            shapely.affinity.rotate(mine, self.rows.angle_rad, origin=(0, 0), use_radians=True)
        )
