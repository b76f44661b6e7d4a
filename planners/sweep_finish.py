"""Bring a strung tour to its coverage with little flight time."""

import math
from collections.abc import Callable

import numpy as np
import shapely
from scipy import ndimage

from mcpp.model import FloatArray
from planners.sweep_layout import Ground
from planners.sweep_polish import Tour, _flight_m, _insert, _polish
from planners.sweep_raster import Raster, paint_loop

Watch = Callable[[], None]
"""Called between short pieces of work; raises to leave."""

CORE_PRICE = 0.95
"""Price of ground deep inside that lies farther than half a spacing from all legs, in neutral
prices. Just under 1: no line is drawn out for its sake, and none drawn in from between others."""

_SHARES = np.array([0.25, 0.45, 0.65, 0.8, 1.0])


class Polisher:
    """A tour, the raster it is painted on, and the moves.

    Parameters
    ----------
    watch
        Called between short pieces of work; raises to leave.
    """

    def __init__(self, ground: Ground, tour: Tour, raster: Raster, watch: Watch) -> None:
        self.ground, self.tour, self.raster, self.watch = ground, tour, raster, watch
        self.counts = raster.blank.copy()
        uncovered = raster.samples + paint_loop(self.counts, raster.frame, tour.loop(), 1)
        self.core = ground.core.blank.copy()
        missed = ground.core.samples + paint_loop(self.core, ground.core.frame, tour.loop(), 1)
        core_weight = CORE_PRICE / ground.spacing_m * ground.core.step_m**2
        self.state = np.array([uncovered, 0.0, raster.samples, 1e-6, core_weight, missed])

    @property
    def uncovered(self) -> int:
        """Samples out of reach."""
        return int(self.state[0])

    @property
    def cost_m(self) -> float:
        """Flight time in metres at cruise speed."""
        xy = self.tour.loop()
        return float(_flight_m(xy, len(xy), self.ground.physics))

    @property
    def value_m(self) -> float:
        """What the moves lower: flight and lost ground."""
        return float(self.cost_m + self.state[1] * self.state[0] + self.state[4] * self.state[5])

    def weigh(self, price: float, budget: float) -> None:
        """Set the price of lost ground, in neutral prices (1 / spacing m per m2), and its limit."""
        self.state[1] = price / self.ground.spacing_m * self.raster.step_m**2
        self.state[2] = budget

    def polish(self, steps: FloatArray, rounds: int) -> None:
        """Try all moves up to `rounds` times, with steps in spacings."""
        tour = self.tour
        for _ in range(rounds):
            before = self.value_m
            tour.n = _polish(
                tour.xy,
                tour.kind,
                tour.n,
                tour.directions,
                self.counts,
                self.raster.frame,
                self.core,
                self.ground.core.frame,
                self.state,
                self.ground.edges,
                self.ground.physics,
                steps * self.ground.spacing_m,
                2 * self.ground.spacing_m,
                1,
            )
            self.watch()
            if before - self.value_m < 1.0:
                break

    def fill(self, prices: tuple[float, ...], budget: float) -> None:
        """Insert detours to what is left out, the cheapest first, until the budget is kept."""
        for price in prices:
            self.weigh(price, budget)
            while self.uncovered > budget and self._fill_once(budget):
                self.watch()

    def _fill_once(self, budget: float) -> bool:
        pockets, found = ndimage.label(self.counts == 0)
        sizes = np.bincount(pockets.ravel(), minlength=found + 1)[1:]
        boxes = ndimage.find_objects(pockets)
        any_made = False
        tour, raster = self.tour, self.raster
        for k in np.argsort(-sizes, kind="stable")[:200]:
            if self.uncovered <= budget:
                break
            box = boxes[k]
            rows, cols = np.nonzero((pockets[box] == k + 1) & (self.counts[box] == 0))
            if len(rows) == 0:
                continue
            xs = raster.frame[0] + (cols + box[1].start) * raster.step_m
            ys = raster.frame[1] + (rows + box[0].start) * raster.step_m
            middle = int(np.argmin((xs - xs.mean()) ** 2 + (ys - ys.mean()) ** 2))
            x, y = float(xs[middle]), float(ys[middle])
            if not self.ground.inner.contains(shapely.Point(x, y)):
                near = shapely.shortest_line(shapely.Point(x, y), self.ground.inner)
                x, y = shapely.get_coordinates(near)[-1]
            tour.make_room(3)
            value, tour.n = _insert(
                tour.xy,
                tour.kind,
                tour.n,
                x,
                y,
                self.counts,
                raster.frame,
                self.core,
                self.ground.core.frame,
                self.state,
                self.ground.edges,
                self.ground.physics,
                4 * self.ground.spacing_m,
                _SHARES,
            )
            any_made = any_made or value > 0
        return any_made


_COARSE = np.array([0.2, 0.1])
_STEPS = np.array([0.2, 0.1, 0.05, 0.02])
_FINE = np.array([0.05, 0.02, 0.01])


def finish(polisher: Polisher, lost_share: float, *, rounds: int) -> None:
    """Bring a tour to its coverage: first all of it, then give up what costs most."""
    budget = math.floor(lost_share * polisher.raster.samples)
    polisher.weigh(3.0, polisher.raster.samples)
    polisher.polish(_COARSE, rounds)
    polisher.fill((3.0, 8.0, 30.0, 300.0), budget)
    for price in (8.0, 3.0, 2.0, 1.4, 1.0, 0.7, 0.5, 0.35):
        polisher.weigh(price, budget)
        polisher.polish(_STEPS, rounds)
        if polisher.uncovered >= 0.98 * budget and price <= 2.0:
            break
    polisher.fill((8.0, 30.0, 300.0), budget)
    polisher.weigh(8.0, budget)
    polisher.polish(_FINE, rounds)
