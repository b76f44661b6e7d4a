"""Where to lay the grid: the angle and the two shifts that suit the area best.

The objective is that of arXiv 2201.07030, section on node placement: ``J = a J1 + b J2 - c J3``
with J1 the ground of the cells over that of the area, J2 the ground of the area over that of its
bounding box along the grid, and J3 how unequal the margins between the cells and that box are;
0.5 less when the cells fall apart. The program published with the paper differs from it, and is not
followed, in three places: it draws the bounding box two spacings too wide on each side, it counts
cells by their corners, and it never accepts a worse placement by temperature, so that it is a
random search. Here a coarse search over all angles is followed by annealing and by a polish.
"""

import itertools
import math
import random
import time
from dataclasses import dataclass, replace
from types import FunctionType

import numpy as np
from simanneal import Annealer

from mcpp.model import FloatArray, Placement, Problem
from mcpp.planner import NullObserver, Observer, report_progress
from planners.grid.landscape import Landscape, PlacementParams as PlacementParams, landscape_of
from planners.grid.lattice import turned
from planners.grid.score import QUARTER_RAD, terms

HALVINGS = 7
"""Steps of the polish: the last are a 64th of the first."""
LOOK_S = 0.04
"""The observer is looked at about so often."""
_AROUND = np.array([s for s in itertools.product((-1.0, 0.0, 1.0), repeat=3) if any(s)])


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveTerms:
    """The objective of a placement and what it is made of."""

    value: float
    cells_term: float
    box_term: float
    margin_term: float
    cells: int
    connected: bool


def objective(
    problem: Problem, placement: Placement, params: PlacementParams | None = None
) -> ObjectiveTerms:
    """Score one placement, on the border as it is."""
    land = landscape_of(problem, params or PlacementParams(), exact=True)
    angle = placement.angle_rad
    value, j1, j2, j3, cells, joined = terms(
        turned(land.allowed, angle),
        turned(land.centres, angle),
        turned(land.hull, angle),
        placement.dx_m,
        placement.dy_m,
        land.spacing_m,
        land.weights,
    )
    return ObjectiveTerms(
        value=float(value),
        cells_term=float(j1),
        box_term=float(j2),
        margin_term=float(j3),
        cells=int(cells),
        connected=bool(joined),
    )


def _fitted(params: PlacementParams, lattice_cells: float) -> PlacementParams:
    """Search a large area less finely: there, the place of the grid matters less and less."""
    tries = 90 / params.angle_step_deg * params.shifts**2 + params.steps + 450 * params.starts
    part = params.max_cell_visits / (tries * max(lattice_cells, 50.0))
    if part >= 1:
        return params
    return replace(
        params,
        angle_step_deg=min(15.0, params.angle_step_deg / math.sqrt(part)),
        shifts=max(2, round(params.shifts * part**0.25)),
        starts=max(1, round(params.starts * part)),
        steps=round(params.steps * part),
    )


class _Pace:
    """Scores placements, and looks at the observer every so often, however large the area."""

    def __init__(self, land: Landscape, observer: Observer) -> None:
        self._land, self._observer = land, observer
        self._at_once, self._seen_s = 1, time.monotonic()

    def look(self, fraction: float) -> None:
        """Tell the observer how far the search is, if the last time was a while ago."""
        if time.monotonic() - self._seen_s > LOOK_S:
            report_progress(self._observer, "placement", fraction)
            self._seen_s = time.monotonic()

    def score_many(self, placements: FloatArray, first: float, last: float) -> FloatArray:
        """J of many, shape (n, 3), which take the search from one fraction to another."""
        values, begin = [np.empty(0)], 0
        while begin < len(placements):
            self.look(first + (last - first) * begin / len(placements))
            began_s = time.monotonic()
            some = np.ascontiguousarray(placements[begin : begin + self._at_once])
            values.append(self._land.score_many(some))
            took_s = max(time.monotonic() - began_s, 1e-6)
            self._at_once = max(1, min(round(len(some) * LOOK_S / took_s), 4 * len(some)))
            begin += len(some)
        return np.concatenate(values)


def _coarse(land: Landscape, params: PlacementParams, pace: _Pace) -> tuple[FloatArray, FloatArray]:
    """Placements at all angles, with the directions of long borders, and shifts; and their J."""
    even = np.arange(0.0, 90.0 - 1e-9, params.angle_step_deg)
    edge_angles = land.edge_angles_rad
    if len(even) < 30:  # a large area: each angle is dear
        edge_angles = edge_angles[:4]
    angles = np.unique(np.concatenate([np.radians(even), edge_angles]))
    shift = (np.arange(params.shifts) + 0.5) / params.shifts * land.cell_m
    grid = np.stack(np.meshgrid(angles, shift, shift, indexing="ij"), axis=-1).reshape(-1, 3)
    placements = np.ascontiguousarray(grid)
    return placements, pace.score_many(placements, 0.0, 0.3)


class _Search(Annealer):
    """Annealing of angle and shifts.

    The base class's ``__init__`` is passed over on purpose: it takes the process's handler of
    Ctrl-C, and fails outside of the main thread. Its progress goes to the observer.
    """

    copy_strategy = "method"

    def __init__(
        self,
        land: Landscape,
        start: FloatArray,
        params: PlacementParams,
        pace: _Pace,
        draws: random.Random,
    ) -> None:
        self.state = start.copy()
        self._draws = draws
        self.steps = params.steps
        self.Tmax, self.Tmin = params.t_max, min(params.t_min, params.t_max)
        self.updates = 0
        self._land, self._pace = land, pace
        self._taken = 0
        # small steps at the end of the cooling, up to a quarter turn and a cell at its start
        self._widths = (QUARTER_RAD / 6, land.cell_m / 3, land.cell_m / 3)

    def move(self) -> None:
        """Shift one of the three, by less the colder it is."""
        self._taken += 1
        self._pace.look(0.3 + 0.5 * self._taken / self.steps)
        scale = 0.02 ** (self._taken / self.steps)
        which = self._draws.randrange(3)
        self.state[which] += self._draws.gauss(0.0, 1.0) * self._widths[which] * scale

    def energy(self) -> float:
        """Give the objective with its sign changed."""
        return -self._land.score(self.state)


def _annealed(
    land: Landscape,
    start: FloatArray,
    params: PlacementParams,
    rng: np.random.Generator,
    pace: _Pace,
) -> tuple[FloatArray, float]:
    """Anneal from `start`.

    simanneal draws from the module `random`, which is the whole process's: two plans in threads
    would take each other's draws. Its method runs here with a source of its own in that place.
    """
    draws = random.Random(int(rng.integers(2**63)))
    search = _Search(land, start, params, pace, draws)
    method = Annealer.anneal
    own = FunctionType(method.__code__, {**method.__globals__, "random": draws})
    state, energy = own(search)
    return state, -float(energy)


def _polished(
    state: FloatArray, value: float, widths: FloatArray, pace: _Pace, done: float
) -> tuple[FloatArray, float]:
    """Go to the best of the 26 neighbours, `widths` apart, until none is better."""
    while True:
        trials = state + _AROUND * widths
        values = pace.score_many(trials, done, done)
        best = int(np.argmax(values))
        if values[best] <= value + 1e-12:
            return state, value
        state, value = trials[best], float(values[best])


def _distinct(placements: FloatArray, values: FloatArray, count: int, cell_m: float) -> list[int]:
    """Choose the best placements that differ by half a degree or a tenth of a cell."""
    chosen: list[int] = []
    for i in np.argsort(-values, kind="stable"):
        if len(chosen) == count:
            break
        if chosen:
            others = placements[chosen]
            apart = np.abs(others[:, 0] - placements[i, 0]) % QUARTER_RAD
            turn = np.minimum(apart, QUARTER_RAD - apart)
            shift = np.abs(others[:, 1:] - placements[i, 1:]) % cell_m
            moved = np.minimum(shift, cell_m - shift).max(axis=1)
            if ((turn < math.radians(0.5)) & (moved < cell_m / 10)).any():
                continue
        chosen.append(int(i))
    return chosen


def _best_per_angle(placements: FloatArray, values: FloatArray, count: int) -> list[int]:
    """Choose the best placement of each of the `count` best angles."""
    order = np.argsort(-values, kind="stable")
    _, first = np.unique(placements[order, 0], return_index=True)
    return [int(order[i]) for i in np.sort(first)[:count]]


def _normal(state: FloatArray, cell_m: float) -> Placement:
    """Name the same grid with its angle in 0..90 degrees and its shifts in 0..cell."""
    quarters, angle = divmod(float(state[0]), QUARTER_RAD)
    if angle >= QUARTER_RAD:  # the remainder of a hair below zero rounds up
        quarters, angle = quarters + 1, 0.0
    dx, dy = float(state[1]), float(state[2])
    for _ in range(int(quarters) % 4):
        dx, dy = -dy, dx
    shifts = [d % cell_m if d % cell_m < cell_m else 0.0 for d in (dx, dy)]
    return Placement(angle_rad=angle, dx_m=shifts[0], dy_m=shifts[1])


def _searched(
    problem: Problem, params: PlacementParams, rng: np.random.Generator, observer: Observer
) -> tuple[Landscape, FloatArray, FloatArray]:
    """Look at many placements, polish some; all of them and their J."""
    land = landscape_of(problem, params)
    fitted = _fitted(params, land.lattice_cells)
    report_progress(observer, "placement", 0.0)
    pace = _Pace(land, observer)
    coarse, values = _coarse(land, fitted, pace)
    report_progress(observer, "placement", 0.3)
    starts = [(coarse[i], float(values[i])) for i in _best_per_angle(coarse, values, fitted.starts)]
    if fitted.steps:
        starts.append(_annealed(land, starts[0][0], fitted, rng, pace))
    step_rad = math.radians(min(fitted.angle_step_deg, 5.0)) / 2
    widths = np.array(
        [step_rad, land.cell_m / (2 * fitted.shifts), land.cell_m / (2 * fitted.shifts)]
    )
    polished, reached = [], []
    for k, (start, value) in enumerate(starts):
        state, best = start, value
        for halving in range(HALVINGS):
            done = 0.8 + 0.2 * (k + halving / HALVINGS) / len(starts)
            state, best = _polished(state, best, widths / 2**halving, pace, done)
        polished.append(state)
        reached.append(best)
    report_progress(observer, "placement", 1.0)
    return land, np.vstack([polished, coarse]), np.concatenate([reached, values])


def candidates(
    problem: Problem,
    params: PlacementParams,
    rng: np.random.Generator,
    count: int,
    observer: Observer | None = None,
) -> list[Placement]:
    """Find the `count` best placements that differ, best first.

    The objective only stands for what counts, coverage and time: who has the time lays a grid on
    each of these and looks.
    """
    land, placements, values = _searched(problem, params, rng, observer or NullObserver())
    chosen = _distinct(placements, values, count, land.cell_m)
    return [_normal(placements[i], land.cell_m) for i in chosen]


def anneal_placement(
    problem: Problem, params: PlacementParams, rng: np.random.Generator, observer: Observer
) -> Placement:
    """Find the placement with the largest objective.

    Where UAVs have different line spacings, the grid has the finest.

    Raises
    ------
    Cancelled
        When the observer asks to stop.
    """
    land, placements, values = _searched(problem, params, rng, observer)
    return _normal(placements[int(np.argmax(values))], land.cell_m)


def random_search(
    problem: Problem, params: PlacementParams, rng: np.random.Generator, samples: int = 25_500
) -> Placement:
    """Find the best of placements drawn evenly: the yardstick that the search must beat."""
    land = landscape_of(problem, params)
    drawn = rng.random((samples, 3)) * np.array([QUARTER_RAD, land.cell_m, land.cell_m])
    return _normal(drawn[int(np.argmax(land.score_many(drawn)))], land.cell_m)
