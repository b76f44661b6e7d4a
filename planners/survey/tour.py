"""A closed tour of straight parallel lines over an area: the survey that a surveyor would draw.

The fewest rows at most one spacing apart, at the direction whose flight is shortest, its turns
counted; cut off at the border and at zones; flown in the order of a generalised tour on legal ways.
Where that is faster, the way home runs along one side of the border and surveys the strip there, so
that all lines may end before it. Rows keep their distance: no move of a line is ever made.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.ground.coverage import FULL_PERCENT
from mcpp.model import FloatArray
from mcpp.planner import Observer, report_progress
from planners.survey.blocks import lines_in_region
from planners.survey.direction import annealed_direction
from planners.survey.home import with_way_home
from planners.survey.place import (
    Flier,
    Loop,
    Part,
    Place,
    Watch,
    flown_s,
    parts_of,
    place_of,
)
from planners.survey.pockets import Seen, filled
from planners.survey.rows import Rows, clipped, estimated_m, even_rows
from planners.survey.stringing import ordered, strung
from planners.survey.views import SAMPLES, keeps_spacing, samples_of, seldom_seen
from planners.sweep.layout import INSET_M, polygons_of
from planners.sweep.lines import candidate_angles

SLOWER = 1.04
"""Of tours that take at most so many times as long as the fastest, the views decide as well."""
LACKS = 1.0
"""Times the flight that ground which lines leave out would need in a row of its own."""
GOLDEN = (math.sqrt(5) - 1) / 2
SEVERAL = 3
"""Times as many directions are strung where one battery is too little: how well a tour can be cut
does not show in the length of its lines."""
MANY_PARTS = 150
"""Lines from which on fewer directions are strung: each takes long, and they differ less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyParams:
    """How hard to look for the best lines.

    Attributes
    ----------
    angle_step_deg, edges
        Directions that are looked at: evenly spread, and of so many longest edges.
    strung
        Directions, the best-looking ones, whose tours are made.
    homes
        Of those, how many are tried with a way home along the border.
    kicks
        Tries to improve an order.
    samples
        Over a place, at least, to count what is left out.
    anneal
        Steps of annealing the direction from the best of those: worth about 1 % of the estimated
        flight on the published areas.
    variant
        Other directions between those evenly spread, other tries at orders, and for a fleet rows in
        the direction that looks so many places worse: for a search that goes on.
    """

    angle_step_deg: float = 5.0
    edges: int = 8
    strung: int = 12
    homes: int = 12
    kicks: int = 60
    samples: int = 40_000
    anneal: int = 400
    variant: int = 0


DRAFT = SurveyParams(
    angle_step_deg=10.0, edges=4, strung=1, homes=0, kicks=0, samples=3000, anneal=0
)
LONG = SurveyParams(angle_step_deg=2.0, edges=16, strung=60, homes=60, kicks=600)
QUICK = SurveyParams(strung=2, homes=0, kicks=10, samples=6000)


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Rows common to a fleet, and edges of what ends lines of its own accord, shape (n, 4)."""

    rows: Rows
    borders: tuple[FloatArray, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Survey:
    """Tours over a target, one for each place that no legal leg joins to another.

    Attributes
    ----------
    rows
        Of each place.
    coverage_percent
        Share of the target within reach of the lines, by samples.
    """

    loops: tuple[Loop, ...]
    rows: tuple[Rows, ...]
    coverage_percent: float


@dataclass(frozen=True, slots=True, eq=False)
class _Laid:
    """Parts of a layout, their tour, its time with what it leaves out, and with what views cost.

    The time is that of all flights where one battery is too little.
    """

    rows: Rows
    parts: list[Part]
    loop: Loop
    time_s: float = math.inf
    cost_s: float = math.inf

    def several(self, flier: Flier) -> bool:
        """Whether one battery is too little for its tour, so that the cuts decide."""
        return flier.landed_s is not None and self.loop.time_s > flier.lasts_s


def best_rows(
    place: Place, params: SurveyParams, direction_rad: float | None, watch: Watch
) -> list[Rows]:
    """Lay rows in all directions worth a look, the best-looking first."""
    if direction_rad is not None:
        angles: FloatArray = np.array([direction_rad % math.pi])
    else:
        angles = candidate_angles(place.target, edges=params.edges, step_deg=params.angle_step_deg)
        if params.variant:
            between = params.variant * GOLDEN % 1.0 * math.radians(params.angle_step_deg)
            angles = np.concatenate([angles, angles + between])
    laid = [_rows_at(place, float(angle)) for angle in angles]
    cost = [_cost_m(place, rows) for rows in laid]
    ranked = [laid[k] for k in np.argsort(cost, kind="stable")]
    if direction_rad is None and params.anneal and math.isfinite(min(cost)):
        angle = annealed_direction(
            lambda turned_rad: _cost_m(place, _rows_at(place, turned_rad)),
            ranked[0].angle_rad,
            steps=params.anneal,
            seed=1 + params.variant,
            watch=watch,
        )
        ranked.insert(0, _rows_at(place, angle))
        ranked.sort(key=lambda rows: _cost_m(place, rows))
    return ranked


def _rows_at(place: Place, angle_rad: float) -> Rows:
    return even_rows(place.target_edges, place.line_edges, angle_rad, place.flier.spacing_m)


def _cost_m(place: Place, rows: Rows) -> float:
    return estimated_m(rows, place.line_edges, place.flier.stop_m)


def _tour(
    place: Place,
    rows: Rows,
    parts: list[Part],
    watch: Watch,
    *,
    starts: int,
    kicks: int,
    seed: int = 1,
) -> _Laid | None:
    if not parts:
        return None
    entry = ordered(place, parts, starts=starts, kicks=kicks, seed=seed, watch=watch)
    loop = None if entry is None else strung(place, parts, entry)
    return None if loop is None else _Laid(rows, parts, loop)


def _point(place: Place, rows: Rows) -> _Laid:
    """Pass the middle of a place that no row meets."""
    point = place.lines.representative_point()
    way = np.array([[point.x, point.y], [point.x, point.y]])
    return _Laid(rows, [way], Loop(way, np.ones(1, dtype=np.bool_), 0.0))


def _searched(
    place: Place,
    params: SurveyParams,
    direction_rad: float | None,
    wanted_percent: float,
    watch: Watch,
) -> _Laid:
    """Try tours of the best-looking layouts, then those with a way home along the border."""
    ranked = best_rows(place, params, direction_rad, watch)
    points, raster = samples_of(place), place.raster(SAMPLES)
    found = list[_Laid]()

    def take(rows: Rows, parts: list[Part] | None) -> None:
        laid = _tour(place, rows, parts or [], watch, starts=2, kicks=params.kicks // 6)
        if laid is not None:
            seldom = seldom_seen(place, laid.loop, points) if params.homes else 0.0
            lacks = max(0.0, wanted_percent - Seen(laid.parts, raster).percent) / 100
            lacks_m = LACKS * lacks * place.target.area / place.flier.spacing_m
            time_s = laid.loop.time_s + lacks_m / place.flier.speed_m_s
            more_s = flown_s(place.flier, laid.loop) - laid.loop.time_s
            cost_s = time_s * (1 + seldom) + more_s
            found.append(replace(laid, time_s=time_s + more_s, cost_s=cost_s))

    few = params.strung + min(params.anneal, 1)  # none gives way to the annealed
    for k, rows in enumerate(ranked[: SEVERAL * params.strung + 1]):
        if k >= few and not (found and found[0].several(place.flier)):
            break
        parts = parts_of(*clipped(rows, place.line_edges), rows.heights_m, rows.angle_rad)
        take(rows, parts)
        if len(parts) > MANY_PARTS and len(found) > params.strung // 5:
            break
    plain = sorted(found, key=lambda laid: laid.cost_s)
    for laid in plain[: params.homes]:
        for side in (0, 1):
            take(laid.rows, with_way_home(place, laid.rows, side))
    found.sort(key=lambda laid: laid.cost_s)
    limit_s = SLOWER * min((laid.time_s for laid in found), default=0.0)
    for laid in [laid for laid in found if laid.time_s <= limit_s] + plain:
        watch()
        if laid in plain or keeps_spacing(place, laid.loop, points):
            return laid
    return _point(place, ranked[0])


def _laid_in(place: Place, cut: Cut, params: SurveyParams, watch: Watch) -> _Laid:
    """Lay the lines of a region that is cut along common rows."""
    parts = lines_in_region(place, cut.rows, cut.borders)
    laid = _tour(place, cut.rows, parts, watch, starts=2, kicks=params.kicks // 3)
    return laid if laid is not None else _point(place, cut.rows)


def _completed(
    place: Place, laid: _Laid, wanted_percent: float, params: SurveyParams, watch: Watch
) -> tuple[Loop, float]:
    """Fill what is left out at the border, and look longer for the order."""
    raster = place.raster(params.samples)
    parts, percent = filled(place, laid.rows, laid.parts, wanted_percent, raster, watch)
    if len(parts) == len(laid.parts) and not params.kicks:
        return laid.loop, percent
    seed = 1 + params.variant
    better = _tour(place, laid.rows, parts, watch, starts=3, kicks=params.kicks, seed=seed)
    if better is None:
        return laid.loop, percent
    both = (flown_s(place.flier, better.loop), flown_s(place.flier, laid.loop))
    if len(parts) == len(laid.parts) and both[0] > both[1]:
        return laid.loop, percent
    return better.loop, percent


def survey(
    target: BaseGeometry,
    allowed: BaseGeometry,
    flier: Flier,
    *,
    coverage_percent: float,
    params: SurveyParams,
    observer: Observer,
    direction_rad: float | None = None,
    cut: Cut | None = None,
) -> Survey:
    """Plan closed tours of straight lines over a target.

    Parameters
    ----------
    target
        What is to be covered, (Multi)Polygon in metres.
    allowed
        Where legs may run, (Multi)Polygon. Where it falls into parts, each gets a loop of its own.
    coverage_percent
        Share of the target that must lie within reach of the lines, as far as that can be had.
    direction_rad
        Direction that lines must have; None looks for the best.
    cut
        Rows along which the target was cut off from its neighbours' ground; lines lie on them, or
        as evenly between them as the spacing allows.

    Raises
    ------
    Cancelled
        When the observer asks to stop.
    """

    def watch() -> None:
        report_progress(observer, "survey lines", 0.5)

    watch()
    inner = polygons_of(shapely.buffer(allowed, -INSET_M, join_style="mitre"))
    rooms = sorted(shapely.get_parts(inner), key=lambda part: -float(part.area))
    wanted = min(coverage_percent, FULL_PERCENT)
    loops, laid_rows, covered_m2 = list[Loop](), list[Rows](), 0.0
    for room in rooms:
        place = place_of(target, room, flier)
        if place is None:
            continue
        if cut is not None:
            laid = _laid_in(place, cut, params, watch)
        else:
            laid = _searched(place, params, direction_rad, wanted, watch)
        loop, percent = _completed(place, laid, wanted, params, watch)
        loops.append(loop)
        laid_rows.append(laid.rows)
        covered_m2 += percent / 100 * float(place.target.area)
    return Survey(
        loops=tuple(loops),
        rows=tuple(laid_rows),
        coverage_percent=min(100.0, 100 * covered_m2 / float(target.area)),
    )
