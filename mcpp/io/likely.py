"""A probability map from a file: polygons with weights in any format of shapes, or a GeoTIFF."""

from pathlib import Path

import shapely

from mcpp.errors import InputError
from mcpp.io.importing import read_shapes
from mcpp.io.shapes import Shape
from mcpp.model import LikelyArea, ProbabilityMap

RASTER_SUFFIXES = (".tif", ".tiff")
WEIGHT_NAMES = ("weight", "probability", "poc", "poa")
"""Attributes that may hold the weight of a polygon, the first that is there."""


def read_likely(path: str | Path, *, crs: str | None = None) -> ProbabilityMap:
    """Read where what is searched for may be.

    Each polygon has its weight in an attribute ``weight``, ``probability``, ``poc`` or ``poa``; a
    polygon with none has weight 1.

    Raises
    ------
    InputError
    """
    place = Path(path)
    if place.suffix.lower() in RASTER_SUFFIXES:
        return ProbabilityMap(raster=str(path))
    shapes = read_shapes(place, crs).shapes
    areas = tuple(
        _area(shape, f"{path}: polygon {i + 1}")
        for i, shape in enumerate(s for s in shapes if s.kind == "polygon" and not s.flaw)
    )
    if not areas:
        raise InputError(f"{path}: it has no polygon that could be a likely area")
    return ProbabilityMap(areas=areas)


def _area(shape: Shape, where: str) -> LikelyArea:
    if len(shape.geometry.interiors):
        raise InputError(f"{where} has holes: draw the likely ground without them")
    ring = shapely.get_coordinates(shape.geometry.exterior)[:-1]
    return LikelyArea(
        outer_lon_lat_deg=tuple((float(lon), float(lat)) for lon, lat in ring),
        weight=_weight(shape, where),
        name=shape.name,
    )


def _weight(shape: Shape, where: str) -> float:
    by_name = {key.lower(): value for key, value in shape.properties.items()}
    for name in WEIGHT_NAMES:
        value = by_name.get(name)
        if value is None:
            continue
        try:
            weight = float(value)
        except ValueError:
            weight = -1.0
        if isinstance(value, bool) or not 0 < weight <= 1e9:
            raise InputError(f"{where}: {name} {value!r} is no weight: give a number above 0")
        return weight
    return 1.0
