"""The input file of the Java back-end mCPP-optimized-DARP, with the same meaning.

``droneNo``, ``scanningDensity``, ``polygon`` and ``obstacles`` as lists of ``lat``/``long``,
``pathsStrictlyInPoly``, ``initialPos``, ``rPortions``; empty lists mean "choose". The UAVs fly at
the back-end's own 3 m/s.
"""

import math
from typing import Any

from mcpp.errors import InputError
from mcpp.model import (
    FOOTPRINT_RADIUS,
    AreaPart,
    FlightSettings,
    LonLat,
    Mission,
    PolygonZone,
    Ring,
    Uav,
)

KEYS = {
    "droneNo",
    "scanningDensity",
    "polygon",
    "obstacles",
    "pathsStrictlyInPoly",
    "initialPos",
    "rPortions",
}
_REQUIRED = {"droneNo", "scanningDensity", "polygon"}
JAVA_SPEED_M_S = 3.0
MOST_UAVS = 1000


def is_java_input(value: Any) -> bool:
    """Tell whether parsed JSON looks like the Java back-end's file."""
    return isinstance(value, dict) and bool({"droneNo", "scanningDensity"} & value.keys())


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        msg = f"{name}: {value!r} is not a number"
        raise InputError(msg)
    return float(value)


def _list(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        msg = f"{name}: {value!r} is not a list"
        raise InputError(msg)
    return value


def _points(name: str, value: Any) -> Ring:
    points: list[LonLat] = []
    for i, point in enumerate(_list(name, value)):
        if not isinstance(point, dict) or not {"lat", "long"} <= point.keys():
            msg = f'{name}[{i}]: {point!r} is not {{"lat": ..., "long": ...}}'
            raise InputError(msg)
        lon = _number(f"{name}[{i}].long", point["long"])
        points.append((lon, _number(f"{name}[{i}].lat", point["lat"])))
    return tuple(points)


def _ring(name: str, value: Any) -> Ring:
    points = _points(name, value)
    closed = len(points) > 1 and points[0] == points[-1]
    return points[:-1] if closed else points


def _count(name: str, value: Any) -> int:
    number = _number(name, value)
    if number != int(number) or not 1 <= number <= MOST_UAVS:
        msg = f"{name}: {value!r} is not a whole number from 1 to {MOST_UAVS}"
        raise InputError(msg)
    return int(number)


def _per_uav(name: str, values: list[Any], count: int) -> list[Any]:
    if values and len(values) != count:
        msg = f"{name}: {len(values)} entries for {count} UAVs: give one each, or []"
        raise InputError(msg)
    return values or [None] * count


def mission_from_java(value: dict[str, Any], name: str) -> Mission:
    """Read the Java back-end's parsed input.

    Its tours are judged by the evaluation of its paper: a place is covered within
    `FOOTPRINT_RADIUS` scan distances of them. ``pathsStrictlyInPoly`` false is its "better
    coverage" mode: a mega-cell counts when its centre lies inside, so that
    paths may leave the area by up to one scan distance.

    Raises
    ------
    InputError
    """
    for key in value:
        if key not in KEYS:
            msg = f"{name}: {key}: unknown key; the known ones are {', '.join(sorted(KEYS))}"
            raise InputError(msg)
    missing = sorted(_REQUIRED - value.keys())
    if missing:
        msg = f"{name}: {missing[0]}: it is missing"
        raise InputError(msg)
    count = _count(f"{name}: droneNo", value["droneNo"])
    strict = value.get("pathsStrictlyInPoly", True)
    if not isinstance(strict, bool):
        msg = f"{name}: pathsStrictlyInPoly: {strict!r} is neither true nor false"
        raise InputError(msg)
    scan_m = _number(f"{name}: scanningDensity", value["scanningDensity"])
    starts = _per_uav(
        f"{name}: initialPos",
        list(_points(f"{name}: initialPos", value.get("initialPos", []))),
        count,
    )
    shares = _per_uav(
        f"{name}: rPortions", _list(f"{name}: rPortions", value.get("rPortions", [])), count
    )
    obstacles = _list(f"{name}: obstacles", value.get("obstacles", []))
    return Mission(
        area=(AreaPart(outer_lon_lat_deg=_ring(f"{name}: polygon", value["polygon"])),),
        no_fly_zones=tuple(
            PolygonZone(outer_lon_lat_deg=_ring(f"{name}: obstacles[{i}]", ring))
            for i, ring in enumerate(obstacles)
        ),
        uavs=tuple(
            Uav(
                id=f"uav{i + 1}",
                start_lon_lat_deg=starts[i],
                share=None if shares[i] is None else _number(f"{name}: rPortions[{i}]", shares[i]),
                speed_m_s=JAVA_SPEED_M_S,
                scan_distance_m=scan_m,
            )
            for i in range(count)
        ),
        scan_distance_m=scan_m,
        flight=FlightSettings(purpose="coverage", seen_width_m=2 * FOOTPRINT_RADIUS * scan_m),
        overshoot_m=0.0 if strict else max(scan_m, 0.0),
    )
