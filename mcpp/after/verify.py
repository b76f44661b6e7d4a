"""Was the ground covered as promised? Photos and logs against a plan, or against an area."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import Polygon

from mcpp.after.findings import findings_of
from mcpp.after.footprints import planned_footprints
from mcpp.after.gather import gather
from mcpp.after.lines import OnLines, on_lines
from mcpp.after.overlaps import blur_px, frontlaps, sidelaps, spread
from mcpp.after.promise import (
    Promise,
    area_promise,
    gap_shapes,
    lacking,
    plan_promise,
    views_of,
)
from mcpp.after.reading import read_flown
from mcpp.after.result import Basis, Gap, LineFlown, Spread, UavFlown, Verification, ViewsFlown
from mcpp.after.setting import Setting, Wishes, setting_of
from mcpp.after.shots import Flown
from mcpp.after.taken import Taken, taken_photos
from mcpp.ground.frame import LocalFrame
from mcpp.model import BoolArray, FloatArray, LonLat, Mission, Plan, Ring
from mcpp.planner import NullObserver, Observer, report_progress

TILT_DEG = 15.0
"""A camera that looks farther from where the plan points it does not show the ground as planned."""
HEIGHT_SHARE = 0.15
"""The same of a height that differs by more: pixels become coarser, or overlap is lost."""
BLURRED_PX = 1.0
_STAGE = "holding photos against the plan"
_NO_PLAN_STAGE = "holding photos against the area"


def verify(
    source: Plan | Mission,
    photos_and_logs: Sequence[str | Path],
    *,
    wishes: Wishes | None = None,
    observer: Observer | None = None,
) -> Verification:
    """Read photos and logs, and hold them against a plan or an area.

    Raises
    ------
    InputError
        When nothing can be read or placed.
    Cancelled
    """
    watcher = NullObserver() if observer is None else observer
    setting = setting_of(source, wishes or Wishes())
    return verified(setting, read_flown(photos_and_logs, watcher), watcher)


def verified(setting: Setting, flown: Flown, observer: Observer) -> Verification:
    """Hold what was read against a setting.

    Raises
    ------
    InputError
        When no photo can be placed, or none has a height or a lens.
    Cancelled
    """
    stage = _STAGE if setting.plan else _NO_PLAN_STAGE
    report_progress(observer, stage, 0.0)
    gathered = gather(setting, flown)
    report_progress(observer, stage, 0.2)
    taken, no_height, no_lens = taken_photos(setting, gathered)
    tilted, coarse, low = _faults(setting, taken)
    usable = ~tilted & ~coarse & np.isfinite(taken.footprints).all(axis=(1, 2))
    lines = None
    if setting.planned is not None and len(setting.planned.xyz_m):
        lines = on_lines(setting, setting.planned, taken, usable & ~low)
    report_progress(observer, stage, 0.4)
    promise = promise_of(setting, taken)
    report_progress(observer, stage, 0.6)
    views = views_of(promise, taken.footprints[usable])
    short = lacking(promise, views)
    basis = Basis(
        setting=setting, gathered=gathered, taken=taken, promise=promise, views=views,
        short=short, usable=usable, lines=lines,
    )  # fmt: skip
    report_progress(observer, stage, 0.8)
    gaps = _gaps(basis)
    fleet, uavs = _flown_figures(basis, tilted, coarse, low)
    found = Verification(
        complete=not gaps and all(one.code != "unplaced" for one in gathered.findings),
        promised=_promise_words(setting),
        area_m2=float(setting.target.area),
        gaps_m2=math.fsum(gap.area_m2 for gap in gaps),
        fleet=fleet,
        uavs=uavs,
        views=_views_flown(basis),
        gaps=gaps,
        lines=_lines_flown(setting, lines),
        clocks=gathered.clocks,
        unused=gathered.unused,
        findings=(),
        basis=basis,
    )
    report_progress(observer, stage, 1.0)
    return findings_of(found, no_height=no_height, no_lens=no_lens)


def promise_of(setting: Setting, taken: Taken) -> Promise:
    """Make the promise of a setting."""
    least = setting.wishes.least_views
    footprints = planned_footprints(setting)
    if setting.plan is None or not np.isfinite(footprints).all(axis=(1, 2)).any():
        side = float(np.median(np.minimum(taken.across_m, taken.along_m)))
        return area_promise(setting.target, side_m=side, least_views=least)
    vehicles = setting.plan.problem.vehicles
    lenses = [(setting.lens_of(i), vehicle.height_m) for i, vehicle in enumerate(vehicles)]
    sides = [2 * height * min(own.right, own.up) for own, height in lenses if own is not None]
    steps = [vehicle.trigger_distance_m or 0.0 for vehicle in vehicles]
    return plan_promise(
        setting.target, footprints, side_m=min(sides), trigger_m=max(steps), least_views=least
    )


def _faults(setting: Setting, taken: Taken) -> tuple[BoolArray, BoolArray, BoolArray]:
    """Which photos look away, are too coarse, are too low; shape (n,) each."""
    none = np.zeros(len(taken.xy_m), dtype=np.bool_)
    if setting.plan is None or setting.planned is None:
        return none, none, none
    vehicles = setting.plan.problem.vehicles
    pitch = np.array([vehicle.gimbal_pitch_deg for vehicle in vehicles])[taken.uav]
    tilted = np.abs(taken.off_nadir_deg - (90.0 + pitch)) > TILT_DEG
    gsd = np.array([math.nan if v.gsd_m is None else v.gsd_m for v in vehicles])[taken.uav]
    with np.errstate(invalid="ignore"):
        coarse = taken.gsd_m > (1 + HEIGHT_SHARE) * gsd
    heights = np.array([vehicle.height_m for vehicle in vehicles])[taken.uav]
    low = taken.height_m < (1 - HEIGHT_SHARE) * heights
    return tilted, coarse & ~tilted, low & ~tilted


def _promise_words(setting: Setting) -> str:
    least = setting.wishes.least_views
    if least is not None:
        return f"each point on {least} photos or more"
    if setting.planned is not None and len(setting.planned.xyz_m):
        return "each point on 85 % or more of the photos that the plan gives it"
    return "each point on 3 photos or more"


def _ring(frame: LocalFrame, ring: object) -> Ring:
    points = np.round(frame.to_deg(shapely.get_coordinates(ring)[:-1]), 7)
    return tuple((float(lon), float(lat)) for lon, lat in points)


def _gaps(basis: Basis) -> tuple[Gap, ...]:
    frame = basis.setting.frame
    gaps = []
    for number, shape in enumerate(gap_shapes(basis.promise, basis.views, basis.short), start=1):
        lon, lat = np.round(
            frame.to_deg(shapely.get_coordinates(shapely.point_on_surface(shape))[0]), 7
        )
        least, wanted = _within_gap(basis, shape)
        gaps.append(
            Gap(
                number=number,
                area_m2=round(float(shape.area), 1),
                least_views=least,
                wanted_views=wanted,
                lon_lat_deg=(float(lon), float(lat)),
                ring_lon_lat_deg=_ring(frame, shape.exterior),
                holes_lon_lat_deg=tuple(_ring(frame, hole) for hole in shape.interiors),
            )
        )
    return tuple(gaps)


def _within_gap(basis: Basis, shape: Polygon) -> tuple[int, int]:
    """Fewest views in a gap, and the most wanted there: looked up in its bounding box."""
    views = basis.views
    west, south, east, north = shape.bounds
    first_row = max(int((south - views.south_m) / views.step_m) - 1, 0)
    last_row = int((north - views.south_m) / views.step_m) + 2
    first = max(int((west - views.west_m) / views.step_m) - 1, 0)
    last = int((east - views.west_m) / views.step_m) + 2
    box = (slice(first_row, last_row), slice(first, last))
    short = basis.short[box]
    if not short.any():
        return 0, 0
    counts, wanted = views.counts[box][short], basis.promise.wanted[box][short]
    return int(counts.min()), int(wanted.max())


def _views_flown(basis: Basis) -> ViewsFlown:
    inside = basis.views.inside
    seen = basis.views.counts[inside]
    planned = None if basis.promise.planned is None else basis.promise.planned.counts[inside]
    return ViewsFlown(
        mean=float(seen.mean()),
        median=int(np.median(seen)),
        p5=int(np.percentile(seen, 5.0, method="lower")),
        least=int(seen.min()),
        planned_mean=0.0 if planned is None else float(planned.mean()),
        planned_median=0 if planned is None else int(np.median(planned)),
        unseen_percent=100.0 * float((seen == 0).mean()),
        short_percent=100.0 * float(basis.short[inside].mean()),
    )


def _flown_figures(
    basis: Basis, tilted: BoolArray, coarse: BoolArray, low: BoolArray
) -> tuple[UavFlown, tuple[UavFlown, ...]]:
    taken, lines, planned = basis.taken, basis.lines, basis.setting.planned
    front = frontlaps(taken, lines, basis.usable)
    side = sidelaps(taken, basis.usable)
    blur = blur_px(taken)

    def figures(name: str, which: BoolArray, uav: int | None) -> UavFlown:
        mine = [
            (i, line)
            for i, line in enumerate(planned.lines if planned else ())
            if line.last > line.first and uav in {None, line.uav}
        ]
        missing: dict[int, int] = {}
        for hole in lines.holes if lines else ():
            missing[hole.line] = missing.get(hole.line, 0) + hole.missing
        with np.errstate(invalid="ignore"):
            blurred = int((blur[which] > BLURRED_PX).sum())
        return UavFlown(
            id=name,
            photos=int(which.sum()),
            usable=int((which & basis.usable).sum()),
            planned=sum(line.last - line.first for _, line in mine),
            missing=sum(missing.get(i, 0) for i, _ in mine),
            lines=len(mine),
            lines_left_out=sum(missing.get(i, 0) >= line.last - line.first for i, line in mine),
            tilted=int((which & tilted).sum()),
            too_coarse=int((which & coarse).sum()),
            too_low=int((which & low).sum()),
            blurred=blurred,
            frontlap=spread(front[which], high_is_bad=False),
            sidelap=spread(side[which].ravel(), high_is_bad=False),
            off_line_m=spread(np.abs(lines.across_m[which]), high_is_bad=True) if lines else None,
            rise_m=_rise_spread(lines, which, taken.height_told),
            blur_px=spread(blur[which], high_is_bad=True),
        )

    everything = np.ones(len(taken.xy_m), dtype=np.bool_)
    names = basis.gathered.names
    uavs = tuple(figures(name, taken.uav == i, i) for i, name in enumerate(names))
    return figures("fleet", everything, None), uavs


def _rise_spread(lines: OnLines | None, which: BoolArray, told: BoolArray) -> Spread | None:
    """Height above the line, where it was told: middle, and the rise with the largest amount."""
    if lines is None:
        return None
    rise = lines.rise_m[which & told]
    rise = rise[np.isfinite(rise)]
    if not len(rise):
        return None
    low, high = np.percentile(rise, [5.0, 95.0])
    worst = high if abs(high) >= abs(low) else low
    return Spread(median=float(np.median(rise)), worst_5_percent=float(worst))


def _lines_flown(setting: Setting, lines: OnLines | None) -> tuple[LineFlown, ...]:
    planned = setting.planned
    if lines is None or planned is None:
        return ()
    missing: dict[int, int] = {}
    for hole in lines.holes:
        missing[hole.line] = missing.get(hole.line, 0) + hole.missing

    def place(xyz_m: FloatArray) -> LonLat:
        lon, lat = np.round(setting.frame.to_deg(xyz_m[:2]), 7)
        return float(lon), float(lat)

    found = []
    for index, count in sorted(missing.items()):
        line = planned.lines[index]
        found.append(
            LineFlown(
                uav=setting.mission.uavs[line.uav].id,
                sortie=line.sortie,
                line=line.number,
                planned=line.last - line.first,
                missing=count,
                begin_lon_lat_deg=place(line.begin_m),
                end_lon_lat_deg=place(line.end_m),
            )
        )
    return tuple(found)
