"""How hard the sweep planner looks, and the search over one connected place."""

import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from typing import Literal

import numpy as np

from mcpp.errors import Cancelled
from mcpp.planner import Observer
from planners.sweep.bend import bent
from planners.sweep.finish import GENEROUS, Watch
from planners.sweep.layout import Ground, Layout, give_up_rim, with_core_price
from planners.sweep.raster import Raster
from planners.sweep.search import (
    Found,
    better,
    drafted,
    fine_raster,
    finished,
    quickly,
    rank_layouts,
    roughly,
    side_by_side,
    variations,
)
from planners.sweep.trees import tree_layouts

Begin = Callable[[Ground, Watch], Layout | None]
"""Makes the layout from which the tour over one place is to be polished; None where it has none."""
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
    keep_best_on_stop
        A wish to stop ends the search with the best tour so far, if there is one. For planners
        that have more to do then; users reach it by planner ``best``.
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
        default=12,
        metadata={"help": "tours around spanning trees beside them", "minimum": 0, "maximum": 400},
    )
    finalists: int = field(
        default=5, metadata={"help": "layouts polished in full", "minimum": 1, "maximum": 100}
    )
    bends: int = field(
        default=3,
        metadata={"help": "times the best is polished anew", "minimum": 0, "maximum": 100},
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
    keep_best_on_stop: bool = False


class _TimeUpError(Exception):
    """The limit of time is met."""


class LookOut:
    """Looks at the observer and the clock between pieces of work."""

    def __init__(self, observer: Observer, params: SweepParams) -> None:
        self.observer, self.until = observer, time.monotonic() + params.seconds
        self.owner = threading.get_ident()
        self.fraction, self.may_end = 0.0, False

    def __call__(self) -> None:
        if self.observer.should_stop():
            raise Cancelled("stopped during sweep")
        if threading.get_ident() == self.owner:  # observers need not stand several threads
            self.observer.on_progress("sweep", self.fraction)
        if self.may_end and time.monotonic() > self.until:
            raise _TimeUpError

    def at(self, fraction: float) -> None:
        """Note how far the work has come."""
        self.fraction = max(self.fraction, min(fraction, 1.0))
        self()


class Search:
    """The search over one ground; holds the best tour, for an early end."""

    def __init__(
        self, ground: Ground, lost_share: float, params: SweepParams, watch: LookOut
    ) -> None:
        self.ground, self.lost_share = with_core_price(ground, lost_share), lost_share
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

    def refine(self, begin: Begin) -> None:
        """Polish the tour that is given, and no other."""
        layout = begin(self.ground, self.watch)
        if layout is not None:
            raster = fine_raster(self.ground)
            self.take(finished(self.ground, layout, self.lost_share, raster, self.watch))

    def normal(self, rng: np.random.Generator, start: float, end: float) -> None:
        """Rank layouts, polish the best; in ``best``, go on with variations."""
        params, ground, watch = self.params, self.ground, self.watch
        grounds = [ground]
        if self.lost_share > GENEROUS:
            grounds = []
            for rim in (0.4, 0.7, 1.0):
                grounds.append(give_up_rim(ground, rim * self.lost_share))
                watch()
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
        share = 0.2 if params.effort == "best" else 0.6
        watch.at(start + 0.3 * (end - start))
        self._take_all(layouts[: params.finalists], raster)
        watch.at(start + (0.3 + share) * (end - start))
        if self.best is None or self.best.covered_m2 < self.wanted_m2 - 1e-3 * ground.area_m2:
            self.take(finished(ground, None, self.lost_share, raster, watch))
        self._bend(raster)
        if params.effort == "best":
            waiting = chain(layouts[params.finalists :], trees)
            self._go_on(waiting, variations(ground, ranked, rng, watch), raster, (start, end))

    def _take_all(self, layouts: list[Layout], raster: Raster) -> bool:
        """Finish layouts, and tell whether one is the best so far."""
        found = side_by_side(
            lambda layout: finished(self.ground, layout, self.lost_share, raster, self.watch),
            layouts,
        )
        gains = [self.take(one) for one in found]
        return any(gains)

    def _bend(self, raster: Raster) -> None:
        """Polish the best tour anew, all its corners free and more of them, while that pays."""
        for _ in range(self.params.bends):
            layout = bent(self.ground, self.best.xy_m) if self.best else None
            found = finished(self.ground, layout, self.lost_share, raster, self.watch)
            if layout is None or not self.take(found):
                break

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
            gained = self._take_all([*promising, *islice(waiting, 1)], raster)
            idle = 0 if gained else idle + batch
            if idle >= params.idle_iterations:
                break


def search_place(
    ground: Ground,
    lost_share: float,
    params: SweepParams,
    watch: LookOut,
    rng: np.random.Generator,
    part: tuple[float, float],
    begin: Begin | None = None,
) -> Found | None:
    """Find a tour over one connected place; None where none is legal.

    Parameters
    ----------
    part
        Which part of the whole work this is, for the progress: from 0 to 1.
    begin
        Where it makes a layout of which a legal tour comes, no other is looked for.

    Raises
    ------
    Cancelled
        When the observer asks to stop and there is nothing to keep.
    """
    search = Search(ground, lost_share, params, watch)
    watch.may_end = False
    try:
        if begin is not None:
            search.refine(begin)
        if search.best is None:
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
