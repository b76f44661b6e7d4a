"""Ways to turn shares into regions, as the balancer moves them."""

import math
from typing import Protocol

import numpy as np
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.model import FloatArray, IntArray, Problem
from mcpp.planner import Observer, report_progress
from planners.division.ground import GroundLattice, divide_lattice, regions_of, spread_starts
from planners.division.params import DarpParams
from planners.fleet.known_tours import quiet
from planners.fleet.single import CoverParams, cover, direction_rad_of, flier_of
from planners.survey.rows import Rows
from planners.survey.strips import RowDivider, common_rows, pieces_in_order
from planners.survey.tour import QUICK, SurveyParams
from planners.sweep.tour import SweepParams


class Divider(Protocol):
    """Divides the ground of a problem by shares."""

    @property
    def neighbours(self) -> IntArray:
        """Cells beside each cell, shape (k, 4); -1 is none."""
        ...

    def divided(
        self, shares: FloatArray, warm: IntArray | None
    ) -> tuple[IntArray, tuple[BaseGeometry, ...]]:
        """Divide by shares.

        Parameters
        ----------
        warm
            The UAV of each cell in a division by nearly the same shares, shape (k,), or None.

        Returns
        -------
        The UAV of each cell, shape (k,), and the regions.

        Raises
        ------
        InfeasibleError, Cancelled
        """
        ...


class LatticeDivider:
    """DARP, or growth, on the cells of a lattice: regions hang together, each about its start."""

    def __init__(
        self,
        problem: Problem,
        lattice: GroundLattice,
        params: DarpParams,
        rng: np.random.Generator,
        observer: Observer,
    ) -> None:
        self.lattice, self.params, self.rng = lattice, params, rng
        self.observer = quiet(observer)
        self.starts_m = spread_starts(lattice.grid, [v.start_m for v in problem.vehicles])

    @property
    def neighbours(self) -> IntArray:
        """Cells beside each cell, shape (k, 4); -1 is none."""
        return self.lattice.grid.neighbours

    def divided(
        self, shares: FloatArray, warm: IntArray | None
    ) -> tuple[IntArray, tuple[BaseGeometry, ...]]:
        """Divide by shares; see `Divider`."""
        division = divide_lattice(
            self.lattice,
            self.starts_m,
            shares,
            self.params,
            rng=self.rng,
            observer=self.observer,
            warm=warm,
        )
        return division.labels, regions_of(self.lattice, division.labels, len(shares))


def divided_by_rows(
    problem: Problem,
    observer: Observer,
    looked: SurveyParams = QUICK,
    *,
    draft: bool = False,
    beside: Rows | None = None,
) -> RowDivider:
    """Lay the rows of a whole area, and divide along the tour over them.

    They lie as dense as the UAV with the finest spacing needs them, in its direction. Of two ways
    over the area the one counts whose pieces, by the shares that are wanted, end earlier.

    Parameters
    ----------
    looked
        How hard to look for the direction of the rows.
    draft
        Row by row, and no other way.
    beside
        Rows that were laid already: others are to run in another direction.

    Raises
    ------
    InfeasibleError
        Also when there is no other direction.
    Cancelled
    """

    def watch() -> None:
        report_progress(observer, "survey lines", 0.0)

    finest = min(problem.vehicles, key=lambda vehicle: vehicle.spacing_m)
    flier = flier_of(finest)
    rows = common_rows(problem, flier, looked, direction_rad_of(finest), watch, beside=beside)
    if draft:
        return RowDivider(problem, rows, *pieces_in_order(problem, flier, rows, watch, by_row=True))
    shares = np.array([vehicle.share for vehicle in problem.vehicles])
    quick = CoverParams(sweep=SweepParams(effort="draft"), rows=rows)

    def end_s(divider: RowDivider) -> float:
        _, regions = divider.divided(shares, None)
        try:
            return max(
                cover(
                    problem, uav, region, quick, rng=np.random.default_rng(0), observer=observer
                ).time_s
                for uav, region in enumerate(regions)
            )
        except InfeasibleError:
            return math.inf

    dividers = [
        RowDivider(problem, rows, *pieces_in_order(problem, flier, rows, watch, by_row=by_row))
        for by_row in (True, False)
    ]
    return min(dividers, key=end_s)
