"""Trimmed sweep with a covering way back: a closed tour over an area, short and legal.

Evenly spaced lines at the best of many angles, each trimmed to what its band needs; a chain along
the border, which covers a strip of its own, as the way back; order by a generalised tour on legal
distances; then moves of single corners, weighed by exact flight time and by what they cover.
Idea of the chain and of the trimming: after Huang, *Optimal line-sweep-based decompositions for
coverage algorithms* (2001), and Bochkarev and Smith, *On minimizing turns in robot coverage path
planning* (2016), who both choose the sweep's direction; the way back is this project's own.
"""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import Cancelled, InputError
from mcpp.kinematics import STOP_ANGLE_DEG, route_time_s
from mcpp.model import BoolArray, FloatArray
from mcpp.planner import Observer
from planners.sweep_finish import GENEROUS
from planners.sweep_layout import (
    INSET_M,
    Ground,
    Layout,
    give_up_rim,
    polygons_of,
    survey_ground,
)
from planners.sweep_raster import Raster
from planners.sweep_search import (
    Found,
    better,
    drafted,
    fine_raster,
    finished,
    quickly,
    rank_layouts,
    roughly,
    variations,
)
from planners.sweep_trees import tree_layouts

FULL_PERCENT = 99.9
"""What 100 percent asks for: the rest is slivers in corners that cost metres each."""
MORE_TREES = 4
"""Times as many trees in ``best``."""
MOST_SQUARES = 800.0
"""Area in squared spacings from which on fewer trees are tried: each is dear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepParams:
    """How hard the sweep planner looks.

    Attributes
    ----------
    effort
        ``draft`` is for a preview: few angles, little polish, coverage estimated by samples.
        ``best`` goes on after ``normal`` until a limit is met.
    """

    effort: Literal["draft", "normal", "best"] = field(
        default="normal", metadata={"help": "draft, normal or best"}
    )
    edges: int = field(
        default=8,
        metadata={"help": "longest edge directions to try", "minimum": 1, "maximum": 40},
    )
    angle_step_deg: float = field(
        default=15.0,
        metadata={"help": "and every so many degrees", "unit": "deg", "minimum": 1, "maximum": 90},
    )
    tried: int = field(
        default=12, metadata={"help": "layouts polished roughly", "minimum": 1, "maximum": 400}
    )
    trees: int = field(
        default=8,
        metadata={"help": "tours around spanning trees beside them", "minimum": 0, "maximum": 400},
    )
    finalists: int = field(
        default=3, metadata={"help": "layouts polished in full", "minimum": 1, "maximum": 100}
    )
    seconds: float = field(
        default=math.inf, metadata={"help": "limit of time", "unit": "s", "minimum": 0}
    )
    iterations: int = field(
        default=300, metadata={"help": "limit of further layouts (best)", "minimum": 0}
    )
    idle_iterations: int = field(
        default=100, metadata={"help": "layouts without gain before the end (best)", "minimum": 1}
    )
    keep_best_on_stop: bool = field(
        default=False, metadata={"help": "a stop by the user returns the best tour so far"}
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SweepLoop:
    """A closed tour.

    Attributes
    ----------
    xy_m
        Shape (n, 2), the first point repeated at the end; two equal points where one is enough.
    survey
        Shape (n - 1,): whether a leg covers ground that no other leg does.
    angle_rad
        Direction of the survey lines.
    """

    xy_m: FloatArray
    survey: BoolArray
    angle_rad: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SweepResult:
    """Tours over a target.

    Attributes
    ----------
    loops
        One for each place that no legal leg joins to another, largest first; joining them is the
        caller's. Empty where no leg fits at all.
    coverage_percent
        Share of the target within reach of all legs: of exact areas, or an estimate.
    attainable_percent
        Share of the target within reach of where legs may run: more can not be had.
    exact
        Whether the coverage is of exact areas, never above the truth; a draft's is not.
    time_s, length_m
        Of all loops together, without ways between them.
    """

    loops: tuple[SweepLoop, ...]
    coverage_percent: float
    attainable_percent: float
    exact: bool
    time_s: float
    length_m: float


class _TimeUpError(Exception):
    """The limit of time is met."""


class _Watch:
    """Looks at the observer and the clock between pieces of work."""

    def __init__(self, observer: Observer, params: SweepParams) -> None:
        self.observer, self.until = observer, time.monotonic() + params.seconds
        self.fraction, self.may_end = 0.0, False

    def __call__(self) -> None:
        if self.observer.should_stop():
            raise Cancelled("stopped during sweep")
        self.observer.on_progress("sweep", self.fraction)
        if self.may_end and time.monotonic() > self.until:
            raise _TimeUpError

    def at(self, fraction: float) -> None:
        """Note how far the work has come."""
        self.fraction = max(self.fraction, min(fraction, 1.0))
        self()


class _Search:
    """The search over one ground; holds the best tour, for an early end."""

    def __init__(
        self, ground: Ground, lost_share: float, params: SweepParams, watch: _Watch
    ) -> None:
        self.ground, self.lost_share = ground, lost_share
        self.params, self.watch = params, watch
        self.wanted_m2 = (1 - lost_share) * ground.area_m2
        self.best: Found | None = None

    def take(self, found: Found | None) -> bool:
        """Keep a tour if it is the best so far."""
        before = self.best
        self.best = better(self.best, found, self.wanted_m2)
        self.watch.may_end = self.best is not None
        return self.best is not before

    def draft(self) -> None:
        """Take the best-looking of few layouts."""
        ranked = rank_layouts([self.ground], edges=2, angle_step_deg=0.0, kicks=0, watch=self.watch)
        for layout in [*ranked[:1], None]:
            self.take(drafted(self.ground, layout, self.lost_share, self.watch))
            if self.best is not None:
                break

    def normal(self, rng: np.random.Generator, start: float, end: float) -> None:
        """Rank layouts, polish the best; in ``best``, go on with variations."""
        params, ground, watch = self.params, self.ground, self.watch
        grounds = [ground]
        if self.lost_share > GENEROUS:
            grounds = [give_up_rim(ground, part * self.lost_share) for part in (0.4, 0.7, 1.0)]
        ranked = rank_layouts(
            grounds, edges=params.edges, angle_step_deg=params.angle_step_deg, kicks=20, watch=watch
        )
        watch.at(start + 0.1 * (end - start))
        squares = ground.area_m2 / ground.spacing_m**2
        count = math.ceil(params.trees * min(1.0, MOST_SQUARES / squares))
        more = MORE_TREES if params.effort == "best" else 1
        trees = tree_layouts(ground, more * count, rng.spawn(1)[0], watch)
        around = roughly(ground, islice(trees, count), self.lost_share, watch)
        watch.at(start + 0.2 * (end - start))
        sweeps = quickly(ground, ranked[: params.tried], self.lost_share, watch)
        # the best of each kind first: on sight they do not compare
        pairs = zip_longest((layout for _, layout in sweeps), around)
        layouts = [layout for pair in pairs for layout in pair if layout is not None]
        raster = fine_raster(ground)
        share = 0.2 if params.effort == "best" else 0.7
        for k, layout in enumerate(layouts[: params.finalists]):
            watch.at(start + (0.3 + share * k / params.finalists) * (end - start))
            self.take(finished(ground, layout, self.lost_share, raster, watch))
        if self.best is None or self.best.covered_m2 < self.wanted_m2 - 1e-3 * ground.area_m2:
            self.take(finished(ground, None, self.lost_share, raster, watch))
        if params.effort == "best":
            waiting = chain(layouts[params.finalists :], trees)
            self._go_on(waiting, variations(ground, ranked, rng), raster, (start, end))

    def _go_on(
        self,
        waiting: Iterator[Layout],
        more: Iterator[Layout],
        raster: Raster,
        part: tuple[float, float],
    ) -> None:
        """Finish in turn what waits and the best of four more."""
        params, ground, watch = self.params, self.ground, self.watch
        idle, batch = 0, 4
        for k in range(0, params.iterations, batch):
            watch.at(part[0] + (0.5 + 0.5 * k / params.iterations) * (part[1] - part[0]))
            some = quickly(ground, [next(more) for _ in range(batch)], self.lost_share, watch)
            promising = [
                layout
                for cost, layout in some[:1]
                if self.best is None or cost < 1.02 * self.best.cost_m
            ]
            gains = [
                self.take(finished(ground, layout, self.lost_share, raster, watch))
                for layout in [*promising, *islice(waiting, 1)]
            ]
            idle = 0 if any(gains) else idle + batch
            if idle >= params.idle_iterations:
                break


def _check(spacing_m: float, reach_m: float, coverage_percent: float, speed: float) -> None:
    for name, value in (("spacing_m", spacing_m), ("reach_m", reach_m), ("speed_m_s", speed)):
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{name}: {value} is not a positive number")
    if not 0 < coverage_percent <= 100:
        raise InputError(f"coverage_percent: {coverage_percent} is not above 0 and at most 100")


def _search_place(
    ground: Ground,
    lost_share: float,
    params: SweepParams,
    watch: _Watch,
    rng: np.random.Generator,
    part: tuple[float, float],
) -> Found | None:
    search = _Search(ground, lost_share, params, watch)
    watch.may_end = False
    try:
        if params.effort == "draft":
            search.draft()
        else:
            search.normal(rng, *part)
    except _TimeUpError:
        pass
    except Cancelled:
        if not params.keep_best_on_stop or search.best is None:
            raise
    return search.best


def sweep_tour(
    target: BaseGeometry,
    allowed: BaseGeometry,
    *,
    spacing_m: float,
    reach_m: float,
    coverage_percent: float,
    speed_m_s: float,
    acceleration_m_s2: float,
    params: SweepParams,
    rng: np.random.Generator,
    observer: Observer,
) -> SweepResult:
    """Plan a closed tour that covers a target.

    Parameters
    ----------
    target
        What is to be covered, (Multi)Polygon in metres.
    allowed
        Where legs may run, (Multi)Polygon. Where it falls into parts, each gets a loop of its own.
    spacing_m
        Neighbouring parallel lines are at most this far apart.
    reach_m
        What lies within this distance of any leg is covered.
    coverage_percent
        Wanted share of the target, of all that is within reach of where legs may run. 100 asks for
        `FULL_PERCENT`.
    rng
        Used by effort ``best`` alone.

    Raises
    ------
    InputError
        When a length, the speed or the share is out of range.
    Cancelled
        When the observer asks to stop and there is nothing to keep.
    """
    _check(spacing_m, reach_m, coverage_percent, speed_m_s)
    ramp = speed_m_s**2 / acceleration_m_s2
    physics = np.array([speed_m_s, ramp, math.cos(math.radians(STOP_ANGLE_DEG))])
    watch = _Watch(observer, params)
    watch.at(0.0)
    inner = polygons_of(shapely.buffer(allowed, -INSET_M, join_style="mitre"))
    places = sorted(shapely.get_parts(inner), key=lambda part: -float(part.area))
    reachable = shapely.intersection(target, shapely.buffer(inner, reach_m, quad_segs=24))
    attainable = float(reachable.area)
    wanted = min(coverage_percent, FULL_PERCENT) / 100 * float(target.area)
    lost_share = max(1 - wanted / attainable, 1 - FULL_PERCENT / 100) if attainable > 0 else 0.0
    rest, covered, founds = target, 0.0, list[Found]()
    for k, place in enumerate(places):
        ground = survey_ground(
            rest,
            place,
            spacing_m=spacing_m,
            reach_m=reach_m,
            physics=physics,
            samples=1500 if params.effort == "draft" else 12000,
        )
        if ground is None or (founds and ground.area_m2 < 0.5 * lost_share * attainable):
            continue
        part = (k / len(places), (k + 1) / len(places))
        found = _search_place(ground, lost_share, params, watch, rng, part)
        if found is None:
            continue
        founds.append(found)
        covered += found.covered_m2
        if k + 1 < len(places):
            swept = shapely.buffer(shapely.linestrings(found.xy_m), reach_m, quad_segs=24)
            rest = polygons_of(shapely.difference(rest, swept))
    return SweepResult(
        loops=tuple(SweepLoop(xy_m=f.xy_m, survey=f.survey, angle_rad=f.angle_rad) for f in founds),
        coverage_percent=100 * covered / float(target.area),
        attainable_percent=100 * attainable / float(target.area),
        exact=params.effort != "draft",
        time_s=sum(
            route_time_s(f.xy_m, speed_m_s=speed_m_s, acceleration_m_s2=acceleration_m_s2)
            for f in founds
        ),
        length_m=sum(float(np.hypot(*np.diff(f.xy_m, axis=0).T).sum()) for f in founds),
    )
