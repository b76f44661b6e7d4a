"""A verification as JSON, and its gaps as GeoJSON."""

from dataclasses import asdict, fields
from typing import Any

from mcpp.after.result import Verification
from mcpp.io.text import dump_json
from mcpp.model import Ring

FORMAT = "mcpp-verification"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 7)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return value


def verification_json(found: Verification) -> str:
    """Write all figures, gaps and findings; same flight, same text."""
    value: dict[str, Any] = {"format": FORMAT, "version": 1}
    for one in fields(found):
        if one.name == "basis":
            continue
        held = getattr(found, one.name)
        if isinstance(held, tuple):
            value[one.name] = [asdict(item) for item in held]
        else:
            value[one.name] = held if isinstance(held, bool | str | float) else asdict(held)
    return dump_json(_rounded(value))


def _closed(ring: Ring) -> list[list[float]]:
    return [[lon, lat] for lon, lat in (*ring, ring[0])]


def gaps_geojson(found: Verification) -> str:
    """Write the gaps as polygons; `mcpp plan` takes such a file as an area."""
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "properties": {
                "gap": gap.number,
                "area_m2": gap.area_m2,
                "least_views": gap.least_views,
                "wanted_views": gap.wanted_views,
            },
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    _closed(gap.ring_lon_lat_deg),
                    *(_closed(hole) for hole in gap.holes_lon_lat_deg),
                ],
            },
        }
        for gap in found.gaps
    ]
    return dump_json({"type": "FeatureCollection", "features": features})
