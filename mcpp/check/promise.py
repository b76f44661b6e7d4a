"""What a plan keeps of its promise: distance of neighbouring lines, overlaps, views.

Measured on what is flown, with code that no planner uses. The promise of mapping is that away from
the border the next survey line on either side is at most the scan distance away, and that the
ground is seen by `min_views` photos.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.check.ground import Ground
from mcpp.check.photos import Photos, lens_of, photos_of
from mcpp.ground.views import Views, count_views
from mcpp.model import (
    Finding,
    FloatArray,
    IntArray,
    KeptFigures,
    LegKind,
    LineDistances,
    Plan,
    Spread,
)
from mcpp.stops import heed

TOO_FAR = 0.52
"""Spacings from all lines: half a spacing, with 4 % for rounding and lines that bend a little."""
BROKEN_PERCENT = 0.1
"""More deep ground than this too far from all lines breaks the promise."""
USUAL_VIEWS = 0.6
"""Part of the views that the overlaps give on even ground, which is asked for by default: what is
left at the border of a plain survey, where half the photos are missing."""
_AT_ONCE = 1000
"""Places whose next line is looked for between two looks at the observer."""
_PROMISING = {"auto", "regions", "corridor"}
"""Planners that choose only plans which keep it; who names another one is told what it misses."""
DIRECTION_DEG, DIRECTION_PART = 3.0, 0.6
"""Lines run as asked within that angle; the rest are ways along the border and round zones."""
_SAMPLES = 120_000
_EVERY = 0.25
"""Distance of the places where lines are looked aside from, in spacings."""
_LOOK = 3.0
"""How far they look, in spacings."""
_PARALLEL_DEG = 30.0
_CAP = 8


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What was measured.

    Attributes
    ----------
    uavs
        For each UAV.
    views
        Photos that see each sample; None where no UAV takes any.
    min_views
        What is asked for.
    far_m
        A place of deep ground that is too far from all lines, or None.
    """

    uavs: tuple[KeptFigures, ...]
    fleet: KeptFigures
    views: Views | None
    min_views: int | None
    far_m: tuple[float, float] | None


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """Survey legs as flown: ends of shape (n, 2), unit vectors, lengths, whose they are."""

    begin: FloatArray
    end: FloatArray
    unit: FloatArray
    length: FloatArray
    uav: IntArray


def wanted_views(plan: Plan) -> int | None:
    """Photos that are to see each point: the mission's number, or what its overlaps usually give.

    Returns
    -------
    None where no UAV takes photos.
    """
    cameras = [i for i in range(len(plan.problem.vehicles)) if lens_of(plan, i) is not None]
    if not cameras or plan.problem.walls:
        return None
    if plan.mission.flight.min_views is not None:
        return plan.mission.flight.min_views
    usual = []
    for i in cameras:
        vehicle, camera = plan.problem.vehicles[i], lens_of(plan, i)
        if camera is not None and vehicle.trigger_distance_m:
            across = 2 * camera.right * vehicle.height_m / vehicle.spacing_m
            along = 2 * camera.up * vehicle.height_m / vehicle.trigger_distance_m
            usual.append(max(1, math.ceil(USUAL_VIEWS * across * along - 0.05)))
    return min(usual)


def measure_kept(plan: Plan, ground: Ground) -> Kept:
    """Measure the promise on the sorties of a plan.

    Raises
    ------
    InputError
        When the mission's terrain file can not be read.
    """
    vehicles = plan.problem.vehicles
    lines = _lines_of(plan)
    photos = photos_of(plan)
    # of a plan that goes on, the photos that were taken are not here to be counted
    min_views = wanted_views(plan) if plan.begun is None else None
    step = math.sqrt(ground.target.area / _SAMPLES)
    spacing = np.array([v.spacing_m for v in vehicles])
    near = count_views(_capsules(lines, TOO_FAR * spacing[lines.uav]), ground.target, step_m=step)
    views = None
    heed("checking")
    if len(photos.uav):
        views = count_views(photos.footprints_m, ground.target, step_m=step)
    aside = _next_lines_m(lines, spacing, ground)
    room = _room(ground)
    uavs, deep_all, far_all = [], np.zeros_like(near.inside), np.zeros_like(near.inside)
    for i, vehicle in enumerate(vehicles):
        own = _own_ground(plan, i, lines, near)
        deep = own & near.within(room.buffer(-vehicle.spacing_m)).inside
        if not plan.sorties:  # nothing is flown that could keep anything
            deep = np.zeros_like(deep)
        far = deep & (near.counts == 0)
        if vehicle.keeps_spacing:
            deep_all |= deep
            far_all |= far
        uavs.append(
            KeptFigures(
                next_line=_distances(aside[lines.uav == i]),
                too_far_percent=_percent(far, deep),
                **_overlaps(plan, i, photos, aside, lines),
                views=None
                if views is None or min_views is None
                else _masked(views, own).figures(min_views),
                photos=int((photos.uav == i).sum()),
                gsd_m=vehicle.gsd_m,
            )
        )
    rows, columns = np.nonzero(far_all)
    place = None
    if len(rows):
        k = len(rows) // 2
        place = (
            near.west_m + (float(columns[k]) + 0.5) * step,
            near.south_m + (float(rows[k]) + 0.5) * step,
        )
    fleet = KeptFigures(
        next_line=_distances(aside),
        too_far_percent=_percent(far_all, deep_all),
        views=None if views is None or min_views is None else views.figures(min_views),
        photos=len(photos.uav),
    )
    return Kept(uavs=tuple(uavs), fleet=fleet, views=views, min_views=min_views, far_m=place)


def promise_findings(plan: Plan, ground: Ground, kept: Kept) -> Iterator[Finding]:
    """Say where the promise is broken: ``spacing``, ``direction``, ``views``."""
    for i, vehicle in enumerate(plan.problem.vehicles):
        figures = kept.uavs[i]
        far = figures.too_far_percent
        if not vehicle.keeps_spacing or far is None or far <= BROKEN_PERCENT:
            continue
        message = (
            f"{vehicle.id}: {far:.2f} % of the ground away from the border is farther than "
            f"{TOO_FAR * vehicle.spacing_m:.1f} m from all lines ({vehicle.spacing_m:.1f} m "
            "between them were asked for)"
        )
        if figures.next_line is not None:
            message += f", the next line is {figures.next_line.most_m:.1f} m away at most"
        yield Finding(
            level="error" if plan.mission.planner.name in _PROMISING else "warning",
            code="spacing",
            message=message,
            uav=vehicle.id,
            lon_lat_deg=None if kept.far_m is None else ground.lon_lat_deg(kept.far_m),
        )
    yield from _direction_findings(plan)
    views = kept.fleet.views
    asked = plan.mission.flight.min_views
    if views is not None and asked is not None and views.short_percent > 0:
        yield Finding(
            level="warning",
            code="views",
            message=(
                f"{views.short_percent:.1f} % of the ground is seen by fewer than {asked} photos, "
                f"the worst of it by {views.least}; all but 5 % by {views.p5} or more"
            ),
        )


def _direction_findings(plan: Plan) -> Iterator[Finding]:
    """Say whose lines do not run as they were asked to: code ``direction``."""
    lines = _lines_of(plan)
    for i, vehicle in enumerate(plan.problem.vehicles):
        own = lines.uav == i
        if vehicle.direction_deg is None or not own.any():
            continue
        wanted = vehicle.direction_deg + np.array([0.0, plan.mission.crosshatch_deg or 0.0])
        heading = np.degrees(np.arctan2(lines.unit[own, 0], lines.unit[own, 1]))
        off = np.abs((heading[:, None] - wanted + 90.0) % 180.0 - 90.0).min(axis=1)
        part = float(lines.length[own][off <= DIRECTION_DEG].sum() / lines.length[own].sum())
        if part < DIRECTION_PART:
            yield Finding(
                level="warning",
                code="direction",
                message=(
                    f"{vehicle.id}: {100 * part:.0f} % of its survey lines run at "
                    f"{vehicle.direction_deg:.0f} degrees from north as asked"
                ),
                uav=vehicle.id,
            )


def _lines_of(plan: Plan) -> _Lines:
    begin, end, uav = [np.empty((0, 2))], [np.empty((0, 2))], [np.empty(0, np.int32)]
    for sortie in plan.sorties:
        on = sortie.kind == LegKind.SURVEY
        begin.append(sortie.xyz_m[:-1, :2][on])
        end.append(sortie.xyz_m[1:, :2][on])
        uav.append(np.full(int(on.sum()), sortie.uav, dtype=np.int32))
    for route in () if plan.begun is None else plan.begun.surveyed:
        begin.append(route.xy_m[:-1][route.survey])
        end.append(route.xy_m[1:][route.survey])
        uav.append(np.full(int(route.survey.sum()), route.uav, dtype=np.int32))
    first, last, owner = np.vstack(begin), np.vstack(end), np.concatenate(uav)
    length = np.hypot(*(last - first).T)
    real = length > 1e-6
    unit = (last - first)[real] / length[real, None]
    return _Lines(first[real], last[real], unit, length[real], owner[real])


def _room(ground: Ground) -> BaseGeometry:
    """Ground that a line can lie on: away from its border lines have neighbours on both sides."""
    room = shapely.buffer(ground.area, min(ground.margin_m, 0.0), join_style="mitre")
    return shapely.difference(room, shapely.union_all([zone.shape for zone in ground.zones]))


def _capsules(lines: _Lines, reach: FloatArray) -> FloatArray:
    """Ground within reach of each leg, as polygons of shape (n, k, 2), drawn from inside."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, _CAP + 1)
    left = np.stack([-lines.unit[:, 1], lines.unit[:, 0]], axis=1)
    ahead = (
        np.cos(angle)[None, :, None] * lines.unit[:, None, :]
        + np.sin(angle)[None, :, None] * left[:, None, :]
    ) * reach[:, None, None]
    return np.concatenate([lines.end[:, None, :] + ahead, lines.begin[:, None, :] - ahead], axis=1)


def _own_ground(plan: Plan, uav: int, lines: _Lines, samples: Views) -> np.ndarray:
    """Mark the samples that are this UAV's to see: its region, or what lies along its lines."""
    regions = plan.solution.regions
    if len(regions) == len(plan.problem.vehicles):
        return np.asarray(samples.within(regions[uav]).inside)
    own = lines.uav == uav
    mine = _Lines(lines.begin[own], lines.end[own], lines.unit[own], lines.length[own],
                  lines.uav[own])  # fmt: skip
    reach = np.full(int(own.sum()), plan.problem.vehicles[uav].spacing_m)
    rows, columns = samples.counts.shape
    box = shapely.box(
        samples.west_m,
        samples.south_m,
        samples.west_m + (columns - 1) * samples.step_m,
        samples.south_m + (rows - 1) * samples.step_m,
    )
    along = count_views(_capsules(mine, reach), box, step_m=samples.step_m).counts
    return np.asarray(samples.inside & (along[:rows, :columns] > 0))


def _masked(views: Views, own: np.ndarray) -> Views:
    return Views(
        counts=views.counts,
        inside=views.inside & own,
        west_m=views.west_m,
        south_m=views.south_m,
        step_m=views.step_m,
    )


def _percent(some: np.ndarray, all_: np.ndarray) -> float | None:
    count = int(all_.sum())
    return 100.0 * int(some.sum()) / count if count else None


def _next_lines_m(lines: _Lines, spacing: FloatArray, ground: Ground) -> FloatArray:
    """Distance to the next parallel line on either side, the median over each leg's places.

    Returns
    -------
    Shape (n, 2, k), k places at most on each leg: not a number where the border comes first.
    """
    own = spacing[lines.uav] if len(lines.uav) else np.empty(0)
    most = int(max((np.ceil(lines.length / (_EVERY * own))).max(initial=1), 1))
    found = np.full((len(lines.length), 2, most), np.nan)
    if not len(lines.length):
        return found
    count = np.maximum(np.ceil(lines.length / (_EVERY * own)), 1).astype(int)
    leg = np.repeat(np.arange(len(count)), count)
    number = np.concatenate([np.arange(n) for n in count])
    place = (
        lines.begin[leg]
        + ((number + 0.5) / count[leg] * lines.length[leg])[:, None] * (lines.unit[leg])
    )
    left = np.stack([-lines.unit[leg, 1], lines.unit[leg, 0]], axis=1)
    tree = shapely.STRtree(shapely.linestrings(np.stack([lines.begin, lines.end], axis=1)))
    border = shapely.STRtree(_border_edges(_room(ground)))
    for side, sign in enumerate((1.0, -1.0)):
        tips = place + sign * _LOOK * own[leg][:, None] * left
        rays = shapely.linestrings(np.stack([place, tips], axis=1))
        next_m, edge_m = np.empty(len(rays)), np.empty(len(rays))
        for first in range(0, len(rays), _AT_ONCE):
            heed("checking")
            some = slice(first, first + _AT_ONCE)
            next_m[some] = _first_hit(rays[some], place[some], tips[some], tree, lines, leg[some])
            edge_m[some] = _first_edge(rays[some], place[some], border)
        found[leg, side, number] = np.where(next_m <= edge_m, next_m, np.nan)
    return found


def _border_edges(room: BaseGeometry) -> np.ndarray:
    rings = shapely.get_rings(shapely.get_parts(room))
    edges = [shapely.get_coordinates(ring) for ring in rings]
    ends = [np.stack([xy[:-1], xy[1:]], axis=1) for xy in edges]
    lines: np.ndarray = shapely.linestrings(np.concatenate(ends))
    return lines


def _first_edge(rays: np.ndarray, place: FloatArray, border: shapely.STRtree) -> FloatArray:
    first = np.full(len(rays), np.inf)
    ray, edge = border.query(rays, predicate="intersects")
    met = shapely.intersection(rays[ray], border.geometries[edge])
    np.minimum.at(first, ray, shapely.distance(shapely.points(place[ray]), met))
    return first


def _first_hit(
    rays: np.ndarray,
    place: FloatArray,
    tips: FloatArray,
    tree: shapely.STRtree,
    lines: _Lines,
    leg: np.ndarray,
) -> FloatArray:
    """Distance along each ray to the first other leg that runs about parallel to its own."""
    first = np.full(len(rays), np.inf)
    ray, other = tree.query(rays, predicate="intersects")
    turn = np.abs((lines.unit[leg[ray]] * lines.unit[other]).sum(axis=1))
    alike = (other != leg[ray]) & (turn > math.cos(math.radians(_PARALLEL_DEG)))
    ray, other = ray[alike], other[alike]
    met = shapely.intersection(rays[ray], tree.geometries[other])
    away = shapely.distance(shapely.points(place[ray]), met)
    apart = away > 0.02 * np.hypot(*(tips - place)[ray].T) / _LOOK  # the same line, flown on
    np.minimum.at(first, ray[apart], away[apart])
    return first


def _distances(aside: FloatArray) -> LineDistances | None:
    known = aside[np.isfinite(aside)]
    if not len(known):
        return None
    median, p90, p95 = np.percentile(known, [50, 90, 95])
    return LineDistances(
        median_m=float(median), p90_m=float(p90), p95_m=float(p95), most_m=float(known.max())
    )


def _spread(values: FloatArray) -> Spread | None:
    known = values[np.isfinite(values)]
    if not len(known):
        return None
    p5, median = np.percentile(known, [5, 50])
    return Spread(least=float(known.min()), p5=float(p5), median=float(median))


def _overlaps(
    plan: Plan, uav: int, photos: Photos, aside: FloatArray, lines: _Lines
) -> dict[str, Spread | None]:
    """Sidelap and frontlap of one UAV, as parts of what a photo sees across and along its way."""
    camera = lens_of(plan, uav)
    own = np.flatnonzero(photos.uav == uav)
    if camera is None or not len(own):
        return {"sidelap": None, "frontlap": None}
    across_m = 2 * camera.right * float(np.median(photos.above_m[own]))
    after, before = own[1:], own[:-1]
    joined = photos.leg[after] == photos.leg[before]
    step_m = np.hypot(*(photos.xy_m[after] - photos.xy_m[before])[joined].T)
    lower_m = np.minimum(photos.above_m[after], photos.above_m[before])[joined]
    return {
        "sidelap": _spread(np.maximum(1 - aside[lines.uav == uav] / across_m, 0.0)),
        "frontlap": _spread(np.maximum(1 - step_m / (2 * camera.up * lower_m), 0.0)),
    }
