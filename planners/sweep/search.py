"""Look for the best tour over one ground: many layouts ranked cheaply, the best ones finished."""

import math
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import shapely

from mcpp.errors import InfeasibleError
from mcpp.model import BoolArray, FloatArray
from mcpp.processes import thread_count
from mcpp.stops import heedful
from planners.sweep.finish import GENEROUS, Polisher, Watch, finish, finish_quickly, loosen, tighten
from planners.sweep.layout import Ground, Layout, lay_parts, string_parts, string_tour
from planners.sweep.lines import candidate_angles
from planners.sweep.polish import Tour, new_tour
from planners.sweep.raster import Raster, covered_area_m2, lay_raster
from planners.sweep.weigh import FREE

T = TypeVar("T")
U = TypeVar("U")

MANY_CORNERS = 200
"""Corners from which on a tour goes most of its way on fewer samples: as good to 0.2 %, in two
thirds of the time."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A finished tour.

    Attributes
    ----------
    xy_m, survey
        Closed, shape (n, 2); which legs cover ground, shape (n - 1,).
    cost_m
        Flight time in metres at cruise speed, and the price of legs too far apart.
    covered_m2
        Of the ground: exact, or an estimate in a draft.
    """

    xy_m: FloatArray
    survey: BoolArray
    cost_m: float
    covered_m2: float
    angle_rad: float


def fine_raster(ground: Ground) -> Raster:
    """Lay samples for the last polish: at most some millions, at least some thousands."""
    step = max(ground.spacing_m / 16, math.sqrt(ground.area_m2 / 8e6))
    return lay_raster(ground.target, min(step, math.sqrt(ground.area_m2) / 80), ground.reach_m)


def quick_raster(ground: Ground) -> Raster:
    """Lay samples for a first polish."""
    step = max(ground.spacing_m / 8, math.sqrt(ground.area_m2 / 2e6))
    return lay_raster(ground.target, min(step, math.sqrt(ground.area_m2) / 40), ground.reach_m)


def lay_out(
    ground: Ground,
    angle_rad: float,
    phase: float,
    side: int | None,
    *,
    kicks: int,
    seed: int,
    watch: Watch,
) -> Layout | None:
    """Lay and string one layout; None where it has no parts."""
    laid = lay_parts(ground, angle_rad, phase, side)
    if laid is None or not laid[0]:
        return None
    parts, has_chain = laid
    return string_parts(
        ground,
        angle_rad,
        parts,
        has_chain=has_chain,
        starts=3,
        kicks=kicks,
        seed=seed,
        loss=1.0 / ground.spacing_m,
        watch=watch,
    )


def rank_layouts(
    grounds: list[Ground], *, edges: int, angle_step_deg: float, kicks: int, watch: Watch
) -> list[Layout]:
    """Lay out all candidate angles on each of some versions of a ground; the best-looking first."""
    found = []
    for angle in candidate_angles(grounds[0].target, edges=edges, step_deg=angle_step_deg):
        for ground in grounds:
            for side in (0, 1, None) if len(ground.ring) >= 4 else (None,):
                layout = lay_out(ground, float(angle), 0.0, side, kicks=kicks, seed=1, watch=watch)
                if layout is not None:
                    found.append(layout)
                watch()
    return sorted(found, key=lambda layout: layout.worth)


def start_tour(ground: Ground, layout: Layout | None) -> Tour | None:
    """Make the tour of a layout, or of a single point; None where no legal way joins the parts."""
    if layout is None:
        point = ground.draw.representative_point()
        return new_tour(
            np.array([[point.x, point.y]]), np.array([FREE], dtype=np.int32), np.zeros((1, 2))
        )
    try:
        return string_tour(ground, layout)
    except InfeasibleError:
        return None


def side_by_side(work: Callable[[T], U], items: Iterable[T]) -> list[U]:
    """Work on all items, in threads: the kernels hold no interpreter lock. Results in order."""
    waiting = list(items)
    if len(waiting) < 2:
        return [work(item) for item in waiting]
    with ThreadPoolExecutor(min(len(waiting), thread_count())) as pool:
        return list(pool.map(heedful(work), waiting))


def roughly(
    ground: Ground, layouts: Iterable[Layout], lost_share: float, watch: Watch
) -> list[Layout]:
    """Order layouts by what they cost after the first moves on the coarsest samples."""
    raster = ground.coarse
    budget = math.floor(lost_share * raster.samples)

    def cost_m(layout: Layout) -> float:
        tour = start_tour(ground, layout)
        if tour is None:
            return math.inf
        polisher = Polisher(layout.ground, tour, raster, watch)
        polisher.weigh(3.0, raster.samples)
        polisher.polish(np.array([0.2]), 1)
        polisher.fill((3.0, 30.0), budget)
        polisher.weigh(2.0, budget)
        polisher.polish(np.array([0.2]), 1)
        return polisher.cost_with_lack_m(budget)

    return [layout for _, layout in _by_cost(cost_m, layouts)]


def quickly(
    ground: Ground, layouts: list[Layout], lost_share: float, watch: Watch
) -> list[tuple[float, Layout]]:
    """Polish layouts on coarse samples; cost and layout, the cheapest first."""
    raster = quick_raster(ground)

    def cost_m(layout: Layout) -> float:
        tour = start_tour(ground, layout)
        if tour is None:
            return math.inf
        return finish_quickly(Polisher(layout.ground, tour, raster, watch), lost_share)

    return _by_cost(cost_m, layouts)


def _by_cost(
    cost_m: Callable[[Layout], float], layouts: Iterable[Layout]
) -> list[tuple[float, Layout]]:
    waiting = list(layouts)
    costs = side_by_side(cost_m, waiting)
    found = [pair for pair in zip(costs, waiting, strict=True) if pair[0] < math.inf]
    return sorted(found, key=lambda pair: pair[0])


def finished(
    ground: Ground, layout: Layout | None, lost_share: float, raster: Raster, watch: Watch
) -> Found | None:
    """Polish a layout till its exact coverage is kept; None where it is not a legal tour."""
    tour = start_tour(ground, layout)
    if tour is None:
        return None
    surveyed = layout.ground if layout else ground
    many = tour.n > MANY_CORNERS
    if many:
        finish(Polisher(surveyed, tour, quick_raster(ground), watch), lost_share, rounds=3)
    polisher = Polisher(surveyed, tour, raster, watch)
    if many:
        tighten(polisher, math.floor(lost_share * raster.samples), rounds=2)
    else:
        finish(polisher, lost_share, rounds=6)
    wanted = (1 - lost_share) * ground.area_m2
    budget = lost_share * raster.samples
    covered = covered_area_m2(ground.target, tour.loop(), ground.reach_m)
    for _ in range(5):  # samples are not the truth: aim lower, or higher, by what lacks
        lacking = (wanted - covered) / raster.step_m**2
        if -4e-4 * raster.samples < lacking <= 0 or (lacking <= 0 and lost_share < GENEROUS):
            break
        watch()
        if lacking > 0:
            if budget <= 0:
                break
            budget = math.floor(max(0.0, min(budget, polisher.uncovered) - 1.1 * lacking - 1))
            tighten(polisher, budget, rounds=2)
        else:
            budget = polisher.uncovered - 0.9 * lacking
            loosen(polisher, budget, rounds=1 if many else 3)
        covered = covered_area_m2(ground.target, tour.loop(), ground.reach_m)
    if covered < wanted and budget > 0:
        lacking = (wanted - covered) / raster.step_m**2
        tighten(polisher, max(0.0, polisher.uncovered - 1.5 * lacking - 2), rounds=1)
        covered = covered_area_m2(ground.target, tour.loop(), ground.reach_m)
    return _result(ground, polisher, layout.angle_rad if layout else 0.0, covered)


def drafted(ground: Ground, layout: Layout | None, lost_share: float, watch: Watch) -> Found | None:
    """Polish a layout a little; its coverage is an estimate."""
    tour = start_tour(ground, layout)
    if tour is None:
        return None
    raster = ground.coarse
    polisher = Polisher(layout.ground if layout else ground, tour, raster, watch)
    budget = math.floor(lost_share * raster.samples)
    polisher.weigh(3.0, raster.samples)
    polisher.polish(np.array([0.2]), 1)
    polisher.fill((3.0, 30.0), budget)
    polisher.weigh(3.0, budget)
    polisher.polish(np.array([0.1]), 1)
    covered = ground.area_m2 * (1 - polisher.uncovered / raster.samples)
    return _result(ground, polisher, layout.angle_rad if layout else 0.0, covered)


def _result(ground: Ground, polisher: Polisher, angle_rad: float, covered: float) -> Found | None:
    polisher.straighten()
    cost_m = polisher.cost_m
    xy, survey = polisher.tour.loop(), polisher.needed()
    # a start at a sharp corner costs no stop of its own
    step = np.diff(xy, axis=0)
    heading = np.arctan2(step[:, 1], step[:, 0])
    bend = np.abs((heading - np.roll(heading, 1) + math.pi) % (2 * math.pi) - math.pi)
    first = int(np.argmax(bend > math.radians(31)))
    xy = np.vstack([np.roll(xy[:-1], -first, axis=0), xy[first : first + 1]])
    survey = np.roll(survey, -first)
    keep = np.hypot(*np.diff(xy, axis=0).T) > 1e-6
    if keep.any():
        xy, survey = np.vstack([xy[:1], xy[1:][keep]]), survey[keep]
        xy[-1] = xy[0]
    else:
        xy, survey = np.vstack([xy[:1], xy[:1]]), np.ones(1, dtype=np.bool_)
    if not ground.inner.buffer(0.005).covers(shapely.linestrings(xy)):
        return None
    return Found(xy, survey, cost_m, covered, angle_rad)


def better(one: Found | None, other: Found | None, wanted_m2: float) -> Found | None:
    """Choose the cheaper of two tours that cover enough, or the one that covers more."""
    if one is None or other is None:
        return one or other
    lacks = [max(0.0, wanted_m2 * (1 - 1e-9) - found.covered_m2) for found in (one, other)]
    if lacks[0] != lacks[1]:
        return one if lacks[0] < lacks[1] else other
    return other if other.cost_m < one.cost_m - 1e-9 else one


def variations(
    ground: Ground, ranked: list[Layout], rng: np.random.Generator, watch: Watch
) -> Iterator[Layout]:
    """Endless layouts near those that did well, and now and then any."""
    angles = [layout.angle_rad for layout in ranked[:5]] or [0.0]
    grounds = [layout.ground for layout in ranked[:5]] or [ground]
    sides = (0, 1, None) if len(ground.ring) >= 4 else (None,)
    while True:
        ground = grounds[int(rng.integers(len(grounds)))]
        angle = angles[int(rng.integers(len(angles)))] + rng.normal(0.0, math.radians(4))
        if rng.random() < 0.3:
            angle = rng.uniform(0.0, math.pi)
        side = (
            sides[int(rng.integers(len(sides)))]
            if rng.random() < 0.3
            else sides[int(rng.integers(min(2, len(sides))))]
        )
        phase = float(rng.uniform(0.0, 1.0)) if rng.random() < 0.7 else 0.0
        seed = int(rng.integers(1, 2**31))
        layout = lay_out(ground, angle % math.pi, phase, side, kicks=40, seed=seed, watch=watch)
        if layout is not None:
            yield layout
