"""Whether each place along a structure is passed at every height, at its distance."""

from collections.abc import Iterator

import numpy as np
import shapely

from mcpp.check.ground import Facade, Ground
from mcpp.model import Finding, LegKind, Plan, Wall

STATION_M = 1.0
"""Distance of the places along the way past a structure that are looked at."""
OFF_M = 0.5
"""How far a pass may be from the place where it is meant, on the map."""
HEIGHT_M = 0.1
SHOWN_PERCENT = 0.05


def pass_findings(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """Say what of the structures is not passed: ``passes``, ``hidden``, ``structure``.

    What lies in a no-fly zone can not be flown past, which is a warning; anything else is an error.
    """
    if plan.begun is not None:
        return
    drawn = ground.zones[: len(ground.zones) - len(ground.facades)]
    closed = shapely.union_all([zone.shape for zone in drawn]).buffer(OFF_M)
    for facade, wall in zip(ground.facades, plan.problem.walls, strict=True):
        stations = _stations(facade)
        hidden = shapely.intersects(closed, stations)
        missed = np.zeros(len(stations), dtype=np.bool_)
        for height_m in wall.heights_m:
            missed |= ~hidden & ~_passed(plan, height_m, stations)
        percent = 100.0 * float(missed.mean())
        if missed.any():
            place = stations[int(np.flatnonzero(missed)[0])]
            yield Finding(
                level="error",
                code="passes",
                message=(
                    f"structure {facade.name!r}: {percent:.1f} % of the way past it is not flown "
                    f"at all {len(wall.heights_m)} heights"
                ),
                lon_lat_deg=ground.lon_lat_deg((place.x, place.y)),
            )
        part = 100.0 * float(hidden.mean())
        if part > SHOWN_PERCENT:
            message = (
                f"structure {facade.name!r}: {part:.1f} % of the way past it lies in no-fly zones "
                "and is not flown"
            )
            yield Finding(level="warning", code="hidden", message=message)
        yield _note(facade, wall)


def _note(facade: Facade, wall: Wall) -> Finding:
    low, high = wall.heights_m[0], wall.heights_m[-1]
    count = len(wall.heights_m)
    passes = f"1 pass at {low:g} m" if count == 1 else f"{count} passes at {low:g} to {high:g} m"
    message = (
        f"structure {facade.name!r}: {passes}, {wall.distance_m:g} m from it, "
        f"{facade.way.length:.0f} m long"
    )
    return Finding(level="note", code="structure", message=message)


def _stations(facade: Facade) -> np.ndarray:
    count = max(2, round(facade.way.length / STATION_M))
    at = (np.arange(count) + 0.5) * facade.way.length / count
    found: np.ndarray = shapely.line_interpolate_point(facade.way, at)
    return found


def _passed(plan: Plan, height_m: float, stations: np.ndarray) -> np.ndarray:
    """Tell which stations a survey leg at a height passes near enough."""
    legs = []
    for sortie in plan.sorties:
        level = np.abs(sortie.xyz_m[:, 2] - height_m) <= HEIGHT_M
        on = (sortie.kind == LegKind.SURVEY) & level[:-1] & level[1:]
        ends = np.stack([sortie.xyz_m[:-1, :2][on], sortie.xyz_m[1:, :2][on]], axis=1)
        legs += list(shapely.linestrings(ends)) if len(ends) else []
    if not legs:
        return np.zeros(len(stations), dtype=np.bool_)
    flown = shapely.MultiLineString(legs)
    shapely.prepare(flown)
    found: np.ndarray = shapely.dwithin(flown, stations, OFF_M)
    return found
