"""The tiles of the Copernicus DEM: their names, and which of them a piece of the Earth needs.

Source: https://copernicus-dem-30m.s3.amazonaws.com/readme.html. A tile is one degree square and is
named by its south-west corner; its pixels lie on whole arc seconds, so that it reaches half a pixel
further north and west than its name says. Where there is only sea there is no tile. GLO-30 also
leaves out a few countries, for which GLO-90 has tiles.
"""

import math
from dataclasses import dataclass
from typing import Literal

Product = Literal["GLO-30", "GLO-90"]
_CODE: dict[Product, int] = {"GLO-30": 10, "GLO-90": 30}  # tenths of an arc second
_SECONDS: dict[Product, float] = {"GLO-30": 1.0, "GLO-90": 3.0}
_WIDENING = ((50, 1.0), (60, 1.5), (70, 2.0), (80, 3.0), (85, 5.0), (90, 10.0))


@dataclass(frozen=True, slots=True, order=True)
class Square:
    """A square degree, by its south-west corner in whole degrees."""

    south_deg: int
    west_deg: int

    def name(self, product: Product) -> str:
        """Name of its tile, which is that of the file without ``.tif``, and of its folder."""
        lat = f"{'N' if self.south_deg >= 0 else 'S'}{abs(self.south_deg):02d}"
        lon = f"{'E' if self.west_deg >= 0 else 'W'}{abs(self.west_deg):03d}"
        return f"Copernicus_DSM_COG_{_CODE[product]}_{lat}_00_{lon}_00_DEM"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """A piece of the Earth between two parallels and two meridians, degrees."""

    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float


def pixel_deg(square: Square, product: Product) -> tuple[float, float]:
    """Width and height of a tile's pixels, degrees; they are wider towards the poles."""
    seconds = _SECONDS[product]
    farthest = max(abs(square.south_deg), abs(square.south_deg + 1))
    times = next(times for limit, times in _WIDENING if farthest <= limit)
    return times * seconds / 3600, seconds / 3600


def squares_of(bounds: Bounds) -> tuple[Square, ...]:
    """List the square degrees whose tiles hold a piece of the Earth, from south-west on."""
    half = 0.5 * _SECONDS["GLO-30"] / 3600
    found = []
    # tiles begin half a pixel north of their south edge, so the one below holds that edge
    for south in range(
        math.floor(bounds.south_deg - half), math.floor(bounds.north_deg - half) + 1
    ):
        wide = 0.5 * pixel_deg(Square(south, 0), "GLO-30")[0]
        first, last = math.floor(bounds.west_deg + wide), math.floor(bounds.east_deg + wide)
        found += [Square(south, west) for west in range(first, last + 1)]
    return tuple(found)
