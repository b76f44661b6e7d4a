"""GeoJSON (RFC 7946) of a plan: routes by kind of leg, regions, no-fly zones, launch points.

Positions are longitude, latitude and, on routes, height above the launch point in metres; outer
rings run counter-clockwise. Coordinates have 7 decimals.
"""

import json
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import polygons_of
from mcpp.model import CircleZone, FloatArray, LegKind, Plan, Sortie
from mcpp.model.runs import leg_runs

Feature = dict[str, Any]
_CIRCLE_SEGMENTS = 16


def to_text(plan: Plan) -> str:
    """Write the whole plan as a FeatureCollection."""
    features = [*zone_features(plan), *crew_features(plan)]
    features += [*region_features(plan), *start_features(plan)]
    for sortie in plan.sorties:
        features += route_features(plan, sortie)
    document = {"type": "FeatureCollection", "features": features}
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def _feature(geometry: dict[str, Any], **properties: object) -> Feature:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def route_features(plan: Plan, sortie: Sortie) -> list[Feature]:
    """One line a run of like legs; take-off and landing, which have no length, are left out."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    places = frame.to_deg(sortie.xyz_m[:, :2])
    features = []
    for kind, first, last in leg_runs(sortie):
        if kind in (LegKind.TAKEOFF, LegKind.LAND):
            continue
        line = [
            [round(float(lon), 7), round(float(lat), 7), round(float(height_m), 2)]
            for (lon, lat), height_m in zip(
                places[first : last + 1], sortie.xyz_m[first : last + 1, 2], strict=True
            )
        ]
        features.append(
            _feature(
                {"type": "LineString", "coordinates": line},
                type="route",
                uav=plan.problem.vehicles[sortie.uav].id,
                sortie=sortie.number,
                kind=kind.name.lower(),
                start_s=round(float(sortie.time_s[first]), 1),
                end_s=round(float(sortie.time_s[last]), 1),
            )
        )
    return features


def shape_geometry(shape: BaseGeometry, frame: LocalFrame) -> dict[str, Any]:
    """Turn a (Multi)Polygon in metres into GeoJSON in degrees, right-hand rule kept."""
    parts = []
    for part in polygons_of(shape):
        turned = shapely.geometry.polygon.orient(part)
        rings = [turned.exterior, *turned.interiors]
        parts.append([_ring(np.array(ring.coords), frame) for ring in rings])
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def _ring(xy_m: FloatArray, frame: LocalFrame) -> list[list[float]]:
    return [[round(float(lon), 7), round(float(lat), 7)] for lon, lat in frame.to_deg(xy_m)]


def region_features(plan: Plan) -> list[Feature]:
    """Draw the ground of each UAV, where the planner keeps regions."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    return [
        _feature(shape_geometry(region, frame), type="region", uav=vehicle.id)
        for vehicle, region in zip(plan.problem.vehicles, plan.solution.regions, strict=False)
        if not region.is_empty
    ]


def zone_features(plan: Plan) -> list[Feature]:
    """No-fly zones without their buffers; round ones as a polygon with centre and radius."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    features = []
    for zone in plan.mission.no_fly_zones:
        facts: dict[str, object] = {"type": "no-fly", "name": zone.name, "buffer_m": zone.buffer_m}
        more = {name: getattr(zone, name) for name in ("floor_m", "ceiling_m", "times", "waived")}
        facts |= {name: value for name, value in more.items() if value not in (None, "")}
        if isinstance(zone, CircleZone):
            shape = Point(frame.to_m(zone.center_lon_lat_deg)).buffer(
                zone.radius_m, quad_segs=_CIRCLE_SEGMENTS
            )
            facts |= {"radius_m": zone.radius_m, "center": list(zone.center_lon_lat_deg)}
        else:
            shape = frame.shape_to_m(Polygon(zone.outer_lon_lat_deg))
        features.append(_feature(shape_geometry(shape, frame), **facts))
    return features


def crew_features(plan: Plan) -> list[Feature]:
    """Ground where the crew can stand."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    return [
        _feature(
            shape_geometry(
                frame.shape_to_m(Polygon(part.outer_lon_lat_deg, part.holes_lon_lat_deg)), frame
            ),
            type="crew",
            name=part.name,
        )
        for part in plan.mission.crew_area
    ]


def start_features(plan: Plan) -> list[Feature]:
    """Launch point of each sortie, and its landing point where that is another."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    features = []
    for sortie in plan.sorties:
        ends = {"start": sortie.home_m, "landing": sortie.xyz_m[-1, :2]}
        if np.allclose(ends["start"], ends["landing"], atol=0.01):
            del ends["landing"]
        for kind, place in ends.items():
            lon, lat = frame.to_deg(place)
            features.append(
                _feature(
                    {"type": "Point", "coordinates": [round(float(lon), 7), round(float(lat), 7)]},
                    type=kind,
                    uav=plan.problem.vehicles[sortie.uav].id,
                    sortie=sortie.number,
                    time_s=round(float(sortie.time_s[0 if kind == "start" else -1]), 1),
                )
            )
    return features
