"""Bring a strung tour to its coverage with little flight time."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import shapely

from mcpp.errors import InfeasibleError
from mcpp.model import BoolArray, FloatArray
from planners.sweep.layout import Ground
from planners.sweep.paint import paint, paint_loop
from planners.sweep.polish import Moves, Tour, flight_m
from planners.sweep.raster import Raster
from planners.sweep.weigh import (
    CORE_MISSED,
    CORE_WORTH_M,
    FIXED,
    FREE,
    LEAST_M,
    MAY_MISS,
    MOST_WON,
    UNCOVERED,
    WORTH_M,
)

Watch = Callable[[], None]
"""Called between short pieces of work; raises to leave."""

GENEROUS = 0.005
"""Share that may be lost from which on a tour is planned for less ground from the start."""

_SHARES = np.array([0.25, 0.45, 0.65, 0.8, 1.0])
Index = npt.NDArray[np.integer]

_TRIES = 60  # corners between two looks at the observer
_MOST_POCKETS = 200


def middles_of_largest(places: BoolArray, most: int) -> tuple[Index, Index, Index]:
    """Find the largest connected places of a mask: of each the cell nearest to its centre.

    Returns
    -------
    Rows, columns and sizes, the largest place first, each of shape (k,), k <= `most`.
    """
    from scipy import ndimage  # 0.3 s, which a draft need not spend

    labels, found = ndimage.label(places)
    rows, cols = np.nonzero(places)
    label = labels[rows, cols] - 1
    sizes = np.bincount(label, minlength=found)
    away = np.zeros(len(label))
    for at in (cols, rows):
        middle = np.bincount(label, weights=at, minlength=found) / sizes
        away += (at - middle[label]) ** 2
    order = np.lexsort((np.arange(len(label)), away, label))
    first = order[np.searchsorted(label[order], np.arange(found))]
    chosen = np.argsort(-sizes, kind="stable")[:most]
    return rows[first[chosen]], cols[first[chosen]], sizes[chosen]


class Polisher:
    """A tour, the raster it is painted on, and the moves.

    Prices of lost ground are neutral at 1: one metre for a strip as wide as the spacing.
    """

    def __init__(self, ground: Ground, tour: Tour, raster: Raster, watch: Watch) -> None:
        self.ground, self.tour, self.raster, self.watch = ground, tour, raster, watch
        self.counts, self.core = np.empty_like(raster.blank), np.empty_like(ground.core.blank)
        core_weight = ground.core_price / ground.spacing_m * ground.core.step_m**2
        self.state = np.zeros(7)
        self.state[MAY_MISS], self.state[LEAST_M] = raster.samples, 1e-6
        self.state[CORE_WORTH_M], self.state[MOST_WON] = core_weight, math.inf
        self._repaint()
        self.moves = Moves(
            tour,
            (self.counts, raster.frame),
            (self.core, ground.core.frame),
            self.state,
            ground.edges,
            ground.physics,
            short_m=2 * ground.spacing_m,
        )

    @property
    def uncovered(self) -> int:
        """Samples out of reach."""
        return int(self.state[UNCOVERED])

    @property
    def cost_m(self) -> float:
        """Flight time in metres at cruise speed, and the price of legs too far apart."""
        too_far_apart = float(self.state[CORE_WORTH_M] * self.state[CORE_MISSED])
        return flight_m(self.tour.loop(), self.ground.physics) + too_far_apart

    def cost_with_lack_m(self, budget: float) -> float:
        """Cost in metres, and what it would cost to keep a budget."""
        lacking = max(0.0, self.uncovered - budget) * self.raster.step_m**2
        return self.cost_m + 3 * lacking / self.ground.spacing_m

    def weigh(self, price: float, budget: float) -> None:
        """Set the price of lost ground and how many samples may be lost."""
        self.state[WORTH_M] = price / self.ground.spacing_m * self.raster.step_m**2
        self.state[MAY_MISS] = budget

    def polish(self, steps: FloatArray, rounds: int) -> None:
        """Try all moves up to `rounds` times, with steps in spacings."""
        self.tour.wake()
        for _ in range(rounds):
            at, saved = 0, 0.0
            while at < self.tour.n and self.tour.n > 2:
                at, more = self.moves.polish(steps * self.ground.spacing_m, at, _TRIES)
                saved += more
                self.watch()
            if saved < 1.0:
                break

    def fill(self, prices: tuple[float, ...], budget: float) -> None:
        """Insert detours to what is left out, the cheapest first, until the budget is kept."""
        for price in prices:
            self.weigh(price, budget)
            while self.uncovered > budget and self._fill_once(budget):
                pass
        for _ in range(20):
            if self.uncovered <= budget or not self._go_round():
                break

    def _pockets(self) -> list[tuple[float, float, int]]:
        """Middles and sizes of the uncovered places, the largest first."""
        rows, cols, sizes = middles_of_largest(self.counts == 0, _MOST_POCKETS)
        x0, y0, step, _ = self.raster.frame
        xy = np.stack([x0 + cols * step, y0 + rows * step], axis=1)
        outside = ~self.ground.free.contains(xy)
        if outside.any():
            lines = shapely.shortest_line(shapely.points(xy[outside]), self.ground.draw)
            xy[outside] = shapely.get_coordinates(lines)[1::2]
        return [(float(x), float(y), int(n)) for (x, y), n in zip(xy, sizes, strict=True)]

    def _fill_once(self, budget: float) -> bool:
        made = False
        for x, y, size in self._pockets():
            if self.uncovered <= budget:
                break
            far = 4 * self.ground.spacing_m
            made = self.moves.insert(x, y, far, _SHARES, 3 * size + 20) > 0 or made
            self.watch()
        return made

    def _go_round(self) -> bool:
        """Fly to the largest uncovered place and back on the shortest legal way."""
        tour = self.tour
        before = self.uncovered
        for x, y, _ in self._pockets()[:3]:
            corners = tour.xy[: tour.n, :2]
            away = self.ground.free.distances(corners, [[x, y]])[:, 0]
            i = int(np.argmin(away))
            if not np.isfinite(away[i]):
                continue
            try:
                way = self.ground.free.path(corners[i], (x, y))
            except InfeasibleError:
                continue
            trip = np.vstack([way[1:], way[-2::-1]])
            at = i + 1
            if tour.kind[i] >= 0 and tour.kind[(i + 1) % tour.n] == tour.kind[i]:
                trip, at = np.vstack([way[:1], way[1:], way[-2:0:-1]]), i
            tour.splice_in(at, trip)
            self._repaint()
            self.watch()
            if self.uncovered < before:
                return True
        return False

    def _repaint(self) -> None:
        """Paint the tour as it is now, leg by leg."""
        loop, core = self.tour.loop(), self.ground.core
        self.counts[:], self.core[:] = self.raster.blank, core.blank
        missed = self.raster.samples + paint_loop(self.counts, self.raster.frame, loop, 1)
        self.state[UNCOVERED] = missed
        self.state[CORE_MISSED] = core.samples + paint_loop(self.core, core.frame, loop, 1)

    def straighten(self) -> None:
        """Take out the free corners at which nothing bends; two legs then count as one."""
        tour, n = self.tour, self.tour.n
        xy = tour.xy[:n, :2]
        before, after = xy - np.roll(xy, 1, axis=0), np.roll(xy, -1, axis=0) - xy
        across = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
        size = np.hypot(*before.T) * np.hypot(*after.T)
        straight = (np.abs(across) < 1e-7 * size) & ((before * after).sum(axis=1) > 0)
        keep = ~(straight & (tour.kind[:n] == FREE))
        tour.n = int(keep.sum())
        tour.xy[: tour.n], tour.kind[: tour.n] = tour.xy[:n][keep], tour.kind[:n][keep]
        self._repaint()

    def _free_to_go(self, i: int, xy: FloatArray) -> bool:
        """Take leg `i` off the samples, unless ground or a neighbour's spacing depends on it."""
        (ax, ay), (bx, by) = xy[i], xy[i + 1]
        frame, core_frame = self.raster.frame, self.ground.core.frame
        if paint(self.counts, frame, ax, ay, bx, by, -1) == 0:
            if paint(self.core, core_frame, ax, ay, bx, by, -1) == 0:
                return True
            paint(self.core, core_frame, ax, ay, bx, by, 1)
        paint(self.counts, frame, ax, ay, bx, by, 1)
        return False

    def needed(self) -> BoolArray:
        """Tell which legs of the loop cover ground that no other does; survey lines always do."""
        xy, kind, n = self.tour.loop(), self.tour.kind, self.tour.n
        out = np.ones(n, dtype=np.bool_)
        length = np.hypot(*np.diff(xy, axis=0).T)
        for i in np.argsort(-length, kind="stable"):
            if (
                kind[i] != FREE
                and kind[(i + 1) % n] != FREE
                and (kind[i] == kind[(i + 1) % n] or FIXED in (kind[i], kind[(i + 1) % n]))
            ):
                continue
            out[i] = not self._free_to_go(int(i), xy)
        return out


_COARSE = np.array([0.2, 0.1])
_STEPS = np.array([0.2, 0.1, 0.05, 0.02])
_FINE = np.array([0.05, 0.02, 0.01])


def finish_quickly(polisher: Polisher, lost_share: float) -> float:
    """Bring a tour near its coverage; its cost with what it lacks, in metres."""
    budget = math.floor(lost_share * polisher.raster.samples)
    whole = lost_share < GENEROUS
    polisher.weigh(3.0 if whole else 0.9, polisher.raster.samples)
    polisher.polish(_COARSE, 2)
    polisher.fill((3.0, 30.0), budget)
    for price in (2.0,) if whole else (0.8, 0.5):
        polisher.weigh(price, budget)
        polisher.polish(_STEPS[:3], 2)
    return polisher.cost_with_lack_m(budget)


def finish(polisher: Polisher, lost_share: float, *, rounds: int) -> None:
    """Bring a tour to its coverage: first all of it, then give up what costs most."""
    budget = math.floor(lost_share * polisher.raster.samples)
    whole = lost_share < GENEROUS
    polisher.weigh(3.0 if whole else 0.9, polisher.raster.samples)
    polisher.polish(_COARSE, rounds)
    polisher.fill((1.5, 3.0, 8.0, 30.0, 300.0), budget)
    polisher.straighten()
    for price in (8.0, 3.0, 2.0, 1.4, 1.0, 0.7, 0.5, 0.35) if whole else (1.0, 0.7, 0.5, 0.35):
        polisher.weigh(price, budget)
        polisher.polish(_STEPS, rounds)
        if polisher.uncovered >= 0.98 * budget and price <= 2.0:
            break
    tighten(polisher, budget, rounds=rounds)


def tighten(polisher: Polisher, budget: float, *, rounds: int) -> None:
    """Keep a budget, then take small steps."""
    polisher.fill((8.0, 30.0, 300.0), budget)
    polisher.weigh(8.0 if polisher.raster.samples * GENEROUS > budget else 0.6, budget)
    polisher.polish(_FINE, rounds)


def loosen(polisher: Polisher, budget: float, *, rounds: int) -> None:
    """Give up more ground, up to a budget."""
    for price in (0.7, 0.35):
        polisher.weigh(price, budget)
        polisher.polish(_STEPS, rounds)
