"""Paths from anyone's GeoJSON, or from one of our plans."""

from pathlib import Path
from typing import Any

import numpy as np
import shapely

from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.io.geojson import geojson_features
from mcpp.io.plan import is_plan, plan_from_json
from mcpp.io.text import parse_json, read_text
from mcpp.model import FloatArray

_NOT_SURVEYED = {"transit", "return", "takeoff", "land"}


def _joined(lines: list[FloatArray]) -> list[FloatArray]:
    """Join lines that begin where the one before ended."""
    paths: list[FloatArray] = []
    for line in lines:
        if paths and np.array_equal(paths[-1][-1], line[0]):
            paths[-1] = np.vstack([paths[-1], line[1:]])
        else:
            paths.append(line)
    return paths


def _from_geojson(value: Any, name: str, *, all_legs: bool) -> list[FloatArray]:
    by_uav: dict[str, list[FloatArray]] = {}
    for properties, shape in geojson_features(value, name):
        if "LineString" not in shape.geom_type:
            continue
        if not all_legs and str(properties.get("kind", "")).lower() in _NOT_SURVEYED:
            continue
        lines = by_uav.setdefault(str(properties.get("uav", len(by_uav))), [])
        lines += [shapely.get_coordinates(part) for part in shapely.get_parts(shape)]
    return [path for lines in by_uav.values() for path in _joined(lines)]


def _from_plan(value: Any, name: str, *, all_legs: bool) -> list[FloatArray]:
    plan = plan_from_json(value, name)
    frame = LocalFrame(plan.origin_lon_lat_deg)
    if all_legs:
        return [frame.to_deg(sortie.xyz_m[:, :2]) for sortie in plan.sorties]
    return [frame.to_deg(route.xy_m) for route in plan.solution.routes if len(route.xy_m)]


def read_paths(path: str | Path, *, all_legs: bool = False) -> list[FloatArray]:
    """Read the paths of a file, longitude and latitude in degrees, each of shape (n, 2).

    Lines of one ``uav`` that continue each other are one path. Lines whose ``kind`` says that they
    survey nothing are left out.

    Parameters
    ----------
    all_legs
        Read those too.

    Raises
    ------
    InputError
        When the file has no path.
    """
    value = parse_json(read_text(path), str(path))
    read = _from_plan if is_plan(value) else _from_geojson
    paths = read(value, str(path), all_legs=all_legs)
    if not paths:
        msg = f"{path}: it has no LineString that could be a path"
        raise InputError(msg)
    return paths
