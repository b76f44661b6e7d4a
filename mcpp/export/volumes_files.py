"""Volumes as files: GeoJSON for people and maps, ASTM F3548-21 JSON for U-space and UTM.

Source of the form: the OpenAPI of ASTM F3548-21 (github.com/astm-utm/Protocol, utm.yaml),
``OperationalIntentDetails``. Its heights are above the WGS84 ellipsoid, its times in UTC.
"""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from shapely.geometry.polygon import orient

from mcpp.export.registry import file_stem
from mcpp.export.volumes import Margins, Meeting, Volume
from mcpp.ground.frame import LocalFrame
from mcpp.model import Plan

Launches = Mapping[tuple[int, int], float]
"""Height of the launch point of each flight, by UAV and number, above the WGS84 ellipsoid."""


def _utc(at: datetime, seconds: float) -> str:
    moment = (at + timedelta(seconds=seconds)).astimezone(UTC)
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def span(at: datetime, volume: Volume) -> tuple[str, str]:
    """Give begin and end of a volume in UTC, to whole seconds and not shortened by that."""
    return _utc(at, math.floor(volume.begin_s)), _utc(at, math.ceil(volume.end_s))


def _corners(volume: Volume, frame: LocalFrame) -> list[list[float]]:
    ring = np.array(orient(volume.outline_m).exterior.coords)[:-1]
    corners = np.round(frame.to_deg(ring), 7)
    return [[float(lon), float(lat)] for lon, lat in corners]


def volumes_geojson(
    plan: Plan,
    volumes: Sequence[Volume],
    meets: Sequence[Meeting],
    *,
    at: datetime,
    margins: Margins,
    w84_m: Launches | None,
) -> str:
    """Write volumes as a FeatureCollection, with where two of them meet.

    Heights are above the launch point; above the ellipsoid too where `w84_m` knows them.
    """
    frame = LocalFrame(plan.origin_lon_lat_deg)
    features: list[dict[str, Any]] = []
    for volume in volumes:
        corners = _corners(volume, frame)
        begin, end = span(at, volume)
        facts: dict[str, Any] = {
            "type": "volume",
            "uav": plan.problem.vehicles[volume.uav].id,
            "sortie": volume.sortie,
            "lower_above_launch_m": math.floor(volume.lower_m),
            "upper_above_launch_m": math.ceil(volume.upper_m),
            "time_start": begin,
            "time_end": end,
        }
        if w84_m is not None:
            launch_m = w84_m[volume.uav, volume.sortie]
            facts["lower_w84_m"] = math.floor(launch_m + volume.lower_m)
            facts["upper_w84_m"] = math.ceil(launch_m + volume.upper_m)
        ring = [*corners, corners[0]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": facts, "geometry": geometry})
    for meet in meets:
        one, two = volumes[meet.first], volumes[meet.second]
        lon, lat = np.round(frame.to_deg((meet.x_m, meet.y_m)), 7)
        facts = {
            "type": "meeting",
            "uavs": [plan.problem.vehicles[volume.uav].id for volume in (one, two)],
            "sorties": [one.sortie, two.sortie],
            "time_start": _utc(at, math.floor(meet.begin_s)),
            "time_end": _utc(at, math.ceil(meet.end_s)),
        }
        place = {"type": "Point", "coordinates": [float(lon), float(lat)]}
        features.append({"type": "Feature", "properties": facts, "geometry": place})
    document = {
        "type": "FeatureCollection",
        "drawn": {
            "margin_m": margins.aside_m,
            "height_margin_m": margins.height_m,
            "timing_tolerance": plan.problem.timing_tolerance,
            "timing_tolerance_s": plan.problem.timing_tolerance_s,
        },
        "features": features,
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def _volume_4d(volume: Volume, frame: LocalFrame, at: datetime, launch_m: float) -> dict[str, Any]:
    begin, end = span(at, volume)

    def height(value_m: float) -> dict[str, Any]:
        return {"value": float(value_m), "reference": "W84", "units": "M"}

    vertices = [{"lng": lon, "lat": lat} for lon, lat in _corners(volume, frame)]
    return {
        "volume": {
            "outline_polygon": {"vertices": vertices},
            "altitude_lower": height(math.floor(launch_m + volume.lower_m)),
            "altitude_upper": height(math.ceil(launch_m + volume.upper_m)),
        },
        "time_start": {"value": begin, "format": "RFC3339"},
        "time_end": {"value": end, "format": "RFC3339"},
    }


def f3548_files(
    plan: Plan, volumes: Sequence[Volume], *, at: datetime, w84_m: Launches
) -> dict[str, str]:
    """Write the details of one operational intent per flight: file names to contents."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    files = {}
    for sortie in plan.sorties:
        own = [v for v in volumes if (v.uav, v.sortie) == (sortie.uav, sortie.number)]
        launch_m = w84_m[sortie.uav, sortie.number]
        details = {
            "volumes": [_volume_4d(volume, frame, at, launch_m) for volume in own],
            "off_nominal_volumes": [],
            "priority": 0,
        }
        text = json.dumps(details, indent=1, allow_nan=False) + "\n"
        files[f"{file_stem(plan, sortie)}.f3548.json"] = text
    return files
