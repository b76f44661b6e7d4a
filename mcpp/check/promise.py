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

from mcpp.check.ground import Ground
from mcpp.check.lines import Lines, capsules, lines_of, next_lines_m, room_of
from mcpp.check.photos import Photos, lens_of, photos_of
from mcpp.ground.views import Views, count_views
from mcpp.model import (
    APART,
    BROKEN_PERCENT,
    Finding,
    FloatArray,
    KeptFigures,
    LineDistances,
    Plan,
    Spread,
)
from mcpp.stops import heed

USUAL_VIEWS = 0.6
"""Part of the views that the overlaps give on even ground, which is asked for by default: what is
left at the border of a plain survey, where half the photos are missing."""
_PROMISING = {"auto", "regions", "corridor"}
"""Planners that choose only plans which keep it; who names another one is told what it misses."""
DIRECTION_DEG, DIRECTION_PART = 3.0, 0.6
"""Lines run as asked within that angle; the rest are ways along the border and round zones."""
_SAMPLES = 120_000


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
    lines = lines_of(plan)
    photos = photos_of(plan)
    # of a plan that goes on, the photos that were taken are not here to be counted
    min_views = wanted_views(plan) if plan.begun is None else None
    step = math.sqrt(ground.target.area / _SAMPLES)
    spacing = np.array([v.spacing_m for v in vehicles])
    near = count_views(capsules(lines, APART * spacing[lines.uav]), ground.target, step_m=step)
    views = None
    heed("checking")
    if len(photos.uav):
        views = count_views(photos.footprints_m, ground.target, step_m=step)
    aside = next_lines_m(lines, spacing, ground)
    room = room_of(ground)
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
            f"{APART * vehicle.spacing_m:.1f} m from all lines ({vehicle.spacing_m:.1f} m "
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
    lines = lines_of(plan)
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


def _own_ground(plan: Plan, uav: int, lines: Lines, samples: Views) -> np.ndarray:
    """Mark the samples that are this UAV's to see: its region, or what lies along its lines."""
    regions = plan.solution.regions
    if len(regions) == len(plan.problem.vehicles):
        return np.asarray(samples.within(regions[uav]).inside)
    own = lines.uav == uav
    mine = Lines(lines.begin[own], lines.end[own], lines.unit[own], lines.length[own],
                  lines.uav[own])  # fmt: skip
    reach = np.full(int(own.sum()), plan.problem.vehicles[uav].spacing_m)
    rows, columns = samples.counts.shape
    box = shapely.box(
        samples.west_m,
        samples.south_m,
        samples.west_m + (columns - 1) * samples.step_m,
        samples.south_m + (rows - 1) * samples.step_m,
    )
    along = count_views(capsules(mine, reach), box, step_m=samples.step_m).counts
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
    plan: Plan, uav: int, photos: Photos, aside: FloatArray, lines: Lines
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
