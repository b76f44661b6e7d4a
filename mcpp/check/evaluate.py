"""The figures of arXiv 2201.07030 for any set of paths over an area with no-fly zones.

The rules were recovered from the figures published with the paper; with them the published paths
give the published counts sample for sample. They are:

- metres are east and north in the tangent plane at the first vertex of the area;
- a straight segment covers what lies within r of it, r = tan(73.4 deg / 2) x scan distance;
- the samples are a square grid inside the area less the no-fly zones, one of whose points is the
  minimum corner of the area's bounding box less r;
- PoC is the share of samples that a segment covers, PoOC of those that more than one covers;
- turns are the points of a path, first and last included, points on a straight leg left out.

Beside these stand figures that need no samples: the exactly covered area, the metres outside the
area and inside no-fly zones, the stops, and the time with a full stop at each of them.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely.geometry import LineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

from mcpp.errors import GeometryError, InputError
from mcpp.ground.coverage import corner_points, covered_area, sample_coverage
from mcpp.ground.kinematics import count_stops, route_time_s
from mcpp.model import FloatArray, LonLat

HALF_VIEW_TAN = math.tan(math.radians(73.4) / 2)
"""Footprint radius in scan distances, `mcpp.model.FOOTPRINT_RADIUS` in full."""

SPEED_M_S = 5.0
ACCELERATION_M_S2 = 2.0
FINEST_STEP_M = 0.5
WANTED_SAMPLES = 1_000_000
FARTHEST_M = 100_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PathFigures:
    """Figures of one path, or of all together.

    Attributes
    ----------
    poc_percent, pooc_percent
        Share of the samples that are covered, and covered by more than one straight segment.
    coverage_percent
        Covered share of the area, from exact geometry.
    turns
        Points of the path, both ends included, points on a straight leg left out.
    stops
        Corners over 30 degrees, for a closed path also that at its ends.
    length_per_1000_m2
        Metres of path for 1000 m2 of the whole area less the no-fly zones.
    time_s
        Time to fly it; for all paths together that of the longest.
    outside_m, no_fly_m
        Length that runs outside the area, and inside a no-fly zone.
    """

    poc_percent: float
    pooc_percent: float
    coverage_percent: float
    turns: int
    stops: int
    length_m: float
    length_per_1000_m2: float
    time_s: float
    outside_m: float
    no_fly_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Figures of each path and of the fleet, and what they were measured with.

    Attributes
    ----------
    area_m2
        Area less the no-fly zones.
    samples
        Samples inside it.
    """

    paths: tuple[PathFigures, ...]
    fleet: PathFigures
    area_m2: float
    scan_distance_m: float
    footprint_radius_m: float
    sample_step_m: float
    samples: int


@dataclass(frozen=True, slots=True)
class _Ground:
    """Area and zones in metres, and how they are measured."""

    area: BaseGeometry
    no_fly: BaseGeometry
    target: BaseGeometry
    radius_m: float
    step_m: float
    speed_m_s: float
    acceleration_m_s2: float


def evaluate(
    area_lon_lat: BaseGeometry,
    zones_lon_lat: Sequence[BaseGeometry],
    paths_lon_lat: Sequence[LineString | npt.ArrayLike],
    scan_distance_m: float,
    *,
    sample_step_m: float | None = None,
    footprint_radius_m: float | None = None,
    speed_m_s: float = SPEED_M_S,
    acceleration_m_s2: float = ACCELERATION_M_S2,
) -> Evaluation:
    """Measure paths as the paper does.

    Parameters
    ----------
    area_lon_lat
        (Multi)Polygon in degrees.
    zones_lon_lat
        No-fly zones in degrees; they may overlap and stick out of the area.
    paths_lon_lat
        One path a UAV: LineStrings, or arrays of shape (n, 2) with longitude and latitude.
    scan_distance_m
        Distance of neighbouring survey lines; it sets the footprint unless that is given.
    sample_step_m
        None takes 0.5 m, doubled until the area has at most a million samples. The published
        figures were taken with 2 m on most areas.
    footprint_radius_m
        None is tan(73.4 deg / 2) scan distances.

    Raises
    ------
    InputError
        A number that is not above 0; no path; a path with a point that is no position, or is
        farther than 100 km from the area.
    GeometryError
        An area that is empty, or that the no-fly zones cover.
    """
    radius_m = HALF_VIEW_TAN * scan_distance_m if footprint_radius_m is None else footprint_radius_m
    given = {
        "scan_distance_m": scan_distance_m,
        "footprint_radius_m": radius_m,
        "sample_step_m": 1.0 if sample_step_m is None else sample_step_m,
        "speed_m_s": speed_m_s,
        "acceleration_m_s2": acceleration_m_s2,
    }
    for name, value in given.items():
        if not 0 < value < math.inf:
            raise InputError(f"{name}: {value} can not be; give a number above 0")
    if not paths_lon_lat:
        raise InputError("paths: there is none; give at least one LineString")
    area, no_fly, paths = _in_metres(area_lon_lat, zones_lon_lat, paths_lon_lat)
    target = area.difference(no_fly)
    if target.area <= 0:
        raise GeometryError("area: nothing of it is left outside the no-fly zones")
    ground = _Ground(
        area,
        no_fly,
        target,
        radius_m,
        sample_step(target.area) if sample_step_m is None else sample_step_m,
        speed_m_s,
        acceleration_m_s2,
    )
    each = tuple(_figures([path], ground)[0] for path in paths)
    fleet, samples = _figures(paths, ground)
    return Evaluation(
        paths=each,
        fleet=fleet,
        area_m2=target.area,
        scan_distance_m=scan_distance_m,
        footprint_radius_m=radius_m,
        sample_step_m=ground.step_m,
        samples=samples,
    )


def sample_step(area_m2: float) -> float:
    """Half a metre, doubled until the area has at most a million samples."""
    step_m = FINEST_STEP_M
    while area_m2 / step_m**2 > WANTED_SAMPLES:
        step_m *= 2
    return step_m


def _in_metres(
    area_lon_lat: BaseGeometry,
    zones_lon_lat: Sequence[BaseGeometry],
    paths_lon_lat: Sequence[LineString | npt.ArrayLike],
) -> tuple[BaseGeometry, BaseGeometry, list[FloatArray]]:
    """Area, union of the zones and paths in the tangent plane at the first vertex of the area."""
    vertices = shapely.get_coordinates(area_lon_lat)
    if len(vertices) == 0 or not area_lon_lat.is_valid:
        why = shapely.is_valid_reason(area_lon_lat) if len(vertices) else "it has no vertices"
        raise GeometryError(f"area: {why}; give a polygon that does not cross itself")
    to_m = _tangent_plane((float(vertices[0, 0]), float(vertices[0, 1])))
    area = shapely.transform(shapely.force_2d(area_lon_lat), lambda xy: to_m("area", xy))
    zones = [
        shapely.make_valid(
            shapely.transform(
                shapely.force_2d(zone), lambda xy, i=index: to_m(f"no_fly_zones[{i}]", xy)
            )
        )
        for index, zone in enumerate(zones_lon_lat)
    ]
    paths = []
    for index, path in enumerate(paths_lon_lat):
        points = (
            shapely.get_coordinates(path)
            if isinstance(path, LineString)
            else np.asarray(path, dtype=np.float64).reshape(-1, 2)
        )
        paths.append(to_m(f"paths[{index}]", points))
    return area, shapely.union_all(zones) if zones else MultiPolygon(), paths


def _tangent_plane(lon_lat_deg: LonLat) -> Callable[[str, FloatArray], FloatArray]:
    """Make the conversion to east and north in the plane that touches WGS84 at a point.

    Its first argument names what is converted, for the error. A point beyond 100 km is refused:
    so far from the point of contact the plane says nothing, and the input is likely mistaken.
    """
    lon, lat = lon_lat_deg
    transformer = Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"
        " +step +proj=cart +ellps=WGS84"
        f" +step +proj=topocentric +ellps=WGS84 +lon_0={lon!r} +lat_0={lat!r} +h_0=0"
    )

    def to_m(name: str, points: FloatArray) -> FloatArray:
        wrong = ~np.isfinite(points).all(axis=1) | (np.abs(points) > (360, 90)).any(axis=1)
        if not wrong.any():
            east, north, up = transformer.transform(
                points[:, 0], points[:, 1], np.zeros(len(points))
            )
            wrong = np.sqrt(east**2 + north**2 + up**2) > FARTHEST_M
        if wrong.any():
            index = int(np.flatnonzero(wrong)[0])
            lon_lat = ", ".join(f"{value:.7g}" for value in points[index])
            raise InputError(
                f"{name}: point {index} at longitude, latitude {lon_lat} is not within "
                f"{FARTHEST_M / 1000:.0f} km of the area's first vertex; longitude comes first"
            )
        return np.stack([east, north], axis=-1)

    return to_m


def _figures(paths: Sequence[FloatArray], ground: _Ground) -> tuple[PathFigures, int]:
    """Figures of some paths together, and the number of samples."""
    west, south, _, _ = ground.area.bounds
    counts = sample_coverage(
        paths,
        ground.radius_m,
        ground.target,
        step_m=ground.step_m,
        corner_m=(west - ground.radius_m, south - ground.radius_m),
    )
    corners = [corner_points(path) for path in paths]
    length_m = sum(_length_m(points) for points in corners)
    figures = PathFigures(
        poc_percent=counts.covered_percent,
        pooc_percent=counts.repeated_percent,
        coverage_percent=100.0
        * covered_area(paths, ground.radius_m, ground.target)
        / ground.target.area,
        turns=sum(len(points) for points in corners),
        stops=sum(
            count_stops(points, closed=_is_closed(path))
            for points, path in zip(corners, paths, strict=True)
        ),
        length_m=length_m,
        length_per_1000_m2=1000.0 * length_m / ground.target.area,
        time_s=max(
            route_time_s(
                points, speed_m_s=ground.speed_m_s, acceleration_m_s2=ground.acceleration_m_s2
            )
            for points in corners
        ),
        outside_m=sum(_part_m(points, ground.area, inside=False) for points in corners),
        no_fly_m=sum(_part_m(points, ground.no_fly, inside=True) for points in corners),
    )
    return figures, counts.samples


def _is_closed(path: FloatArray) -> bool:
    return len(path) > 2 and bool(np.allclose(path[0], path[-1], rtol=0, atol=0.02))


def _length_m(points: FloatArray) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def _part_m(points: FloatArray, shape: BaseGeometry, *, inside: bool) -> float:
    """Length of a path inside or outside a shape, leg by leg: a line flown twice counts twice."""
    if len(points) < 2:
        return 0.0
    legs = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
    parts = shapely.intersection(legs, shape) if inside else shapely.difference(legs, shape)
    return float(shapely.length(parts).sum())
