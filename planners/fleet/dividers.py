"""Ways to turn shares into regions, as the balancer moves them."""

from typing import Protocol

import numpy as np
from shapely.geometry.base import BaseGeometry

from mcpp.model import FloatArray, IntArray, Problem
from mcpp.planner import Observer
from planners.division.divide import DarpParams
from planners.division.ground import GroundLattice, divide_lattice, regions_of, spread_starts
from planners.fleet.known_tours import quiet


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
