"""Ground heights: loading and checking files of them, and the ground under flights."""

import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mcpp.errors import InputError
from mcpp.model import FloatArray, IntArray, LegKind, Mission, Plan, Sortie

if TYPE_CHECKING:
    from mcpp.flight.terrain import Terrain
    from mcpp.planner import Observer
    from mcpp.terrain.fetch import Fetched

SAMPLE_M = 10.0
MOST_SAMPLES = 4000
"""Of one sortie: more than there are pixels to draw them."""


@dataclass(frozen=True, slots=True, eq=False)
class GroundProfile:
    """A sortie over the ground under it.

    Attributes
    ----------
    time_s, height_m, ground_m
        Shape (n,): seconds of the plan; heights of the UAV and of the ground, both above the
        ground at its launch point.
    lowest
        Where it is nearest to the ground on its way, without take-off and landing; None where it
        has no other legs.
    """

    uav: int
    number: int
    time_s: FloatArray
    height_m: FloatArray
    ground_m: FloatArray
    lowest: int | None

    @property
    def above_ground_m(self) -> FloatArray:
        """Shape (n,): height above the ground below."""
        return self.height_m - self.ground_m

    def height_at(self, time_s: float) -> float:
        """Height of the UAV at a time, above the ground at its launch point."""
        return float(np.interp(time_s, self.time_s, self.height_m))

    def ground_at(self, time_s: float) -> float:
        """Height of the ground under the UAV at a time, above that at its launch point."""
        return float(np.interp(time_s, self.time_s, self.ground_m))


def ground_file(mission: Mission, folder: Path) -> Path:
    """Name a file in a folder for the ground heights of a mission's places."""
    from mcpp.terrain.fetch import places_of

    places = places_of(mission)
    lon, lat = places[0]
    mark = zlib.crc32(repr(places).encode())
    return folder / f"ground_{lat:.3f}_{lon:.3f}_{mark:08x}.tif"


def fetch_ground(mission: Mission, path: Path, observer: "Observer") -> "Fetched":
    """Load the ground heights of a mission into a file.

    Raises
    ------
    McppError
    """
    from mcpp.terrain.fetch import fetch_terrain, places_of
    from mcpp.terrain.store import default_store

    path.parent.mkdir(parents=True, exist_ok=True)
    store = default_store()
    return fetch_terrain(places_of(mission), path, store=store, overwrite=True, observer=observer)


def ground_caveats() -> tuple[str, ...]:
    """List what a user must know of the heights that are loaded."""
    from mcpp.terrain.fetch import CAVEATS

    return CAVEATS


def with_ground(mission: Mission, path: Path) -> Mission:
    """Let a mission keep its heights above the ground of a file.

    Raises
    ------
    InputError
        When the file holds no ground heights, or none of the mission's area and launch points.
    """
    from mcpp.flight.terrain import read_terrain
    from mcpp.ground.frame import frame_at
    from mcpp.terrain.fetch import places_of
    from mcpp.terrain.setting import with_terrain

    changed = with_terrain(mission, path)
    places = places_of(mission) if mission.area or mission.corridors else []
    if places:
        frame = frame_at(places)
        xy_m = frame.to_m(places)
        terrain = read_terrain(changed, frame, xy_m)
        if terrain is not None:
            terrain.ground_m(xy_m)
    elif not path.is_file():
        msg = f"flight.terrain: there is no file {str(path)!r}"
        raise InputError(msg)
    return changed


def without_ground(mission: Mission) -> Mission:
    """Let a mission keep its heights above the launch points."""
    return replace(mission, flight=replace(mission.flight, terrain=None))


def ground_profiles(plan: Plan) -> tuple[GroundProfile, ...]:
    """Lay the ground under each sortie of a plan; level ground where it has no file of heights.

    Raises
    ------
    InputError
        When the file can not be read.
    """
    from mcpp.flight.terrain import mission_terrain
    from mcpp.ground.frame import LocalFrame

    frame = LocalFrame(plan.origin_lon_lat_deg)
    terrain = mission_terrain(plan.mission, frame, plan.problem)
    return tuple(_profile(sortie, terrain) for sortie in plan.sorties if len(sortie.kind))


def _profile(sortie: Sortie, terrain: "Terrain | None") -> GroundProfile:
    place_m, time_s, kind = sortie.xyz_m, sortie.time_s, sortie.kind
    ground_m = np.zeros(len(place_m))
    if terrain is not None:
        place_m, time_s, kind = _sampled(sortie)
        launch_m = float(terrain.ground_m(sortie.home_m.reshape(1, 2))[0])
        ground_m = terrain.ground_m(place_m[:, :2]) - launch_m
    on_way = np.flatnonzero((kind != LegKind.TAKEOFF) & (kind != LegKind.LAND))
    above_m = (place_m[:-1, 2] - ground_m[:-1])[on_way]
    return GroundProfile(
        uav=sortie.uav,
        number=sortie.number,
        time_s=time_s,
        height_m=place_m[:, 2],
        ground_m=ground_m,
        lowest=int(on_way[np.argmin(above_m)]) if len(on_way) else None,
    )


def _sampled(sortie: Sortie) -> tuple[FloatArray, FloatArray, IntArray]:
    """Take places along a sortie, shape (n, 3), their times and the kinds of legs between them."""
    xyz_m, time_s = sortie.xyz_m, sortie.time_s
    lengths_m = np.linalg.norm(np.diff(xyz_m, axis=0), axis=1)
    step_m = max(SAMPLE_M, float(lengths_m.sum()) / MOST_SAMPLES)
    count = np.maximum(np.ceil(lengths_m / step_m).astype(np.int64), 1)
    leg = np.repeat(np.arange(len(count)), count)
    part = (np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)) / count[leg]
    places = xyz_m[leg] + part[:, None] * (xyz_m[leg + 1] - xyz_m[leg])
    times = time_s[leg] + part * (time_s[leg + 1] - time_s[leg])
    return (
        np.concatenate([places, xyz_m[-1:]]),
        np.concatenate([times, time_s[-1:]]),
        sortie.kind[leg],
    )
