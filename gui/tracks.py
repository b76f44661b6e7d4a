"""Flights as arrays for the eye: where each UAV is on the map, how high, and when."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from gui.map.mercator import Projection, metres_per_unit
from mcpp.ground.frame import LocalFrame
from mcpp.model import BoolArray, FloatArray, IntArray, LegKind, Plan


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """One sortie on the map.

    Attributes
    ----------
    xy
        Shape (n, 2), map units.
    kind
        Shape (n - 1,): `LegKind` of each leg.
    speed_m_s
        Shape (n - 1,).
    """

    uav: int
    name: str
    number: int
    xy: FloatArray
    height_m: FloatArray
    time_s: FloatArray
    kind: IntArray
    speed_m_s: FloatArray

    @property
    def survey(self) -> BoolArray:
        """Shape (n - 1,): whether a leg covers ground."""
        on: BoolArray = self.kind == LegKind.SURVEY
        return on


def lay_tracks(plan: Plan, projection: Projection) -> Iterator[Track]:
    """Lay the sorties of a plan on the map, one after the other."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    for sortie in plan.sorties:
        if len(sortie.xyz_m) < 2:
            continue
        yield Track(
            uav=sortie.uav,
            name=plan.problem.vehicles[sortie.uav].id,
            number=sortie.number,
            xy=projection.to_map(frame.to_deg(sortie.xyz_m[:, :2])),
            height_m=sortie.xyz_m[:, 2],
            time_s=sortie.time_s,
            kind=sortie.kind,
            speed_m_s=sortie.speed_m_s,
        )


def tracks_of(plan: Plan, projection: Projection) -> list[Track]:
    """Lay all sorties of a plan on the map."""
    return list(lay_tracks(plan, projection))


def regions_of(plan: Plan, projection: Projection) -> list[list[list[FloatArray]]]:
    """Lay the regions on the map: for each UAV its polygons, for each of them its rings."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    return [polygons_on_map(region, frame, projection) for region in plan.solution.regions]


def polygons_on_map(
    shape: shapely.geometry.base.BaseGeometry, frame: LocalFrame, projection: Projection
) -> list[list[FloatArray]]:
    """Lay a shape in metres of the local frame on the map: rings of each polygon."""
    return [
        [
            projection.to_map(frame.to_deg(shapely.get_coordinates(ring)))
            for ring in (part.exterior, *part.interiors)
        ]
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon" and not part.is_empty
    ]


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a UAV is at a moment."""

    x: float
    y: float
    height_m: float
    flying: bool
    track: int


def moments_at(tracks: list[Track], time_s: float) -> dict[int, Moment]:
    """Find where each UAV is; before its first take-off and between sorties it stands."""
    found: dict[int, Moment] = {}
    for index, track in enumerate(tracks):
        before = found.get(track.uav)
        if before is not None and time_s < track.time_s[0]:
            continue  # it stands where the last sortie ended
        at = [
            float(np.interp(time_s, track.time_s, values))
            for values in (track.xy[:, 0], track.xy[:, 1], track.height_m)
        ]
        flying = bool(track.time_s[0] < time_s < track.time_s[-1])
        found[track.uav] = Moment(at[0], at[1], at[2], flying, index)
    return found


def end_s(tracks: list[Track]) -> float:
    """When the last UAV has landed."""
    return max((float(track.time_s[-1]) for track in tracks), default=0.0)


@dataclass(frozen=True, slots=True)
class Near:
    """The leg of a track that is nearest to a place, and the height and time there."""

    track: int
    leg: int
    gap: float
    height_m: float
    time_s: float


def nearest(tracks: list[Track], x: float, y: float) -> Near | None:
    """Find the leg nearest to a place on the map."""
    best: Near | None = None
    point = np.array([x, y])
    for index, track in enumerate(tracks):
        step = np.diff(track.xy, axis=0)
        squared = (step**2).sum(axis=1)
        part = ((point - track.xy[:-1]) * step).sum(axis=1) / np.where(squared > 0, squared, 1.0)
        part = np.clip(part, 0.0, 1.0)
        gaps = np.hypot(*(track.xy[:-1] + part[:, None] * step - point).T)
        leg = int(gaps.argmin())
        if best is None or gaps[leg] < best.gap:
            ends = [
                float(values[leg] + part[leg] * (values[leg + 1] - values[leg]))
                for values in (track.height_m, track.time_s)
            ]
            best = Near(index, leg, float(gaps[leg]), ends[0], ends[1])
    return best


def metres_at(plan: Plan) -> float:
    """Ground distance of one map unit at a plan's origin."""
    return metres_per_unit(plan.origin_lon_lat_deg[1])


def spaced_points(track: Track, spacing: float) -> tuple[FloatArray, FloatArray]:
    """Find points along a track at equal distances on the map, and its direction there.

    Returns
    -------
    points, directions
        Shape (k, 2) each; the directions are of length 1.
    """
    step = np.diff(track.xy, axis=0)
    length = np.hypot(step[:, 0], step[:, 1])
    ends = np.concatenate([[0.0], np.cumsum(length)])
    at = np.arange(spacing / 2, ends[-1], spacing)
    leg = np.clip(np.searchsorted(ends, at, side="right") - 1, 0, len(step) - 1)
    direction = step[leg] / np.maximum(length[leg], 1e-300)[:, None]
    return track.xy[leg] + direction * (at - ends[leg])[:, None], direction


def photo_points(track: Track, distance: float) -> tuple[FloatArray, FloatArray]:
    """Find where photos are taken: at equal distances along each run of survey legs.

    Parameters
    ----------
    distance
        Between photos, in map units.
    """
    step = np.diff(track.xy, axis=0)
    length = np.hypot(step[:, 0], step[:, 1])
    passed = np.concatenate([[0.0], np.cumsum(length)])
    edges = np.diff(np.concatenate([[False], track.survey, [False]]).astype(np.int8))
    first, last = np.flatnonzero(edges > 0), np.flatnonzero(edges < 0)  # legs of each run
    count = np.ceil((passed[last] - passed[first]) / distance).astype(np.int64)
    number = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    at = np.repeat(passed[first], count) + distance * number
    leg = np.searchsorted(passed, at, side="right") - 1
    leg = np.clip(leg, np.repeat(first, count), np.repeat(last, count) - 1)
    direction = step[leg] / np.maximum(length[leg], 1e-300)[:, None]
    return track.xy[leg] + direction * (at - passed[leg])[:, None], direction
