"""Degrees to metres and back, in a local frame chosen for the area."""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from mcpp.model import FloatArray, LonLat


@lru_cache(maxsize=64)  # a frame is made for every point of a flight, a conversion takes 20 ms
def _conversions(lon_deg: float, lat_deg: float) -> tuple[Transformer, Transformer]:
    """Degrees to metres about a place, and back."""
    local = f"+proj=aeqd +lat_0={lat_deg!r} +lon_0={lon_deg!r} +datum=WGS84 +units=m +no_defs"
    geographic = "+proj=longlat +datum=WGS84 +no_defs"
    return (
        Transformer.from_crs(geographic, local, always_xy=True),
        Transformer.from_crs(local, geographic, always_xy=True),
    )


@dataclass(frozen=True, slots=True)
class LocalFrame:
    """East and north in metres about `origin_lon_lat_deg`: azimuthal equidistant on WGS84.

    Distances from the origin are true; ten kilometres away, distances across are too long by four
    parts in ten million. It holds at the antimeridian and at the poles. Snyder, *Map Projections:
    A Working Manual* (1987), section 25.
    """

    origin_lon_lat_deg: LonLat
    _forward: Transformer = field(init=False, repr=False, compare=False)
    _back: Transformer = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        forward, back = _conversions(*self.origin_lon_lat_deg)
        object.__setattr__(self, "_forward", forward)
        object.__setattr__(self, "_back", back)

    def to_m(self, lon_lat_deg: npt.ArrayLike) -> FloatArray:
        """Longitudes and latitudes, shape (..., 2), to east and north in metres."""
        points = np.asarray(lon_lat_deg, dtype=np.float64)
        east, north = self._forward.transform(points[..., 0], points[..., 1])
        return np.stack([east, north], axis=-1)

    def to_deg(self, xy_m: npt.ArrayLike) -> FloatArray:
        """East and north in metres, shape (..., 2), to longitudes and latitudes."""
        points = np.asarray(xy_m, dtype=np.float64)
        lon, lat = self._back.transform(points[..., 0], points[..., 1])
        return np.stack([lon, lat], axis=-1)

    def shape_to_m(self, shape: BaseGeometry) -> BaseGeometry:
        """Convert a shapely geometry in degrees to one in metres."""
        return shapely.transform(shape, self.to_m)

    def shape_to_deg(self, shape: BaseGeometry) -> BaseGeometry:
        """Convert a shapely geometry in metres to one in degrees."""
        return shapely.transform(shape, self.to_deg)


def frame_at(lon_lat_deg: npt.ArrayLike) -> LocalFrame:
    """Make the frame about the middle of some points.

    The middle is taken on the sphere, so that an area across the antimeridian or round a pole is
    no special case; it is rounded to 1e-7 degrees.

    Parameters
    ----------
    lon_lat_deg
        Shape (n, 2).
    """
    lon, lat = np.radians(np.asarray(lon_lat_deg, dtype=np.float64)).T
    x, y, z = (
        (np.cos(lat) * np.cos(lon)).mean(),
        (np.cos(lat) * np.sin(lon)).mean(),
        np.sin(lat).mean(),
    )
    middle = (float(np.degrees(np.arctan2(y, x))), float(np.degrees(np.arctan2(z, np.hypot(x, y)))))
    return LocalFrame((round(middle[0], 7), round(middle[1], 7)))
