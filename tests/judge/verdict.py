"""Judges a plan's folder from its mission and the files that a vehicle is given."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from tests.judge.clocks import STEP_S, clock_of, clocked, odd_legs, set_to_plan, shares
from tests.judge.flying import FENCE_POINTS, Flown, Metres, read_folder

SLACK_M = 0.1
POINT_M = 0.5
MODEL_PART, MODEL_S = 0.6, 40.0
"""How far a flight's whole time by the plan may be from this model, which knows no autopilot."""


def judge(folder: Path) -> list[str]:
    """Faults of a plan's folder, in words; empty where there is none."""
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    mission = plan["mission"]
    metres, flown = read_folder(folder, mission)
    claims = list(plan["sorties"])
    names = [uav["id"] for uav in mission["uavs"]]
    said = {(names[s["uav"]], s["number"]): s for s in claims}
    faults = [f"{len(flown)} files for {len(claims)} sorties"] if len(flown) != len(claims) else []
    shift_m = metres.points([plan["origin_lon_lat_deg"]])[0]
    for one in flown:
        faults += [f"{one.uav}: {fault}" for fault in _timed(one, said, shift_m)]
        faults += [f"{one.uav}: {fault}" for fault in _alone(one, mission, metres)]
    faults += _apart(flown, mission)
    faults += _covered(flown, plan, metres)
    return faults


def _timed(one: Flown, said: dict[tuple[str, int], Any], shift_m: np.ndarray) -> Iterator[str]:
    """Hold a flight's times against the plan's, and set its clock to them."""
    claim = said.get((one.uav, one.sortie))
    if claim is None or not _same_points(one, claim, shift_m):
        yield "its file flies other points than the plan"
        return
    plan_s = np.array(claim["time_s"]) - claim["time_s"][0]
    yield from odd_legs(one, plan_s)
    own_s, claimed_s = float(one.times_s[-1]), float(plan_s[-1])
    if abs(claimed_s - own_s) > MODEL_PART * own_s + MODEL_S:
        yield f"{claimed_s:.0f} s claimed, {own_s:.0f} s flown"
    set_to_plan(one, plan_s)


def _same_points(one: Flown, claim: dict[str, Any], shift_m: np.ndarray) -> bool:
    """Whether a file's corners are the points of the plan, whose metres have another origin."""
    points = np.array(claim["xyz_m"])
    if points.shape != one.corners_m.shape:
        return False
    away = one.corners_m - points
    away[:, :2] -= shift_m
    return bool((np.abs(away) < POINT_M).all())


def _zones(mission: dict[str, Any], metres: Metres) -> Iterator[BaseGeometry]:
    for zone in mission["no_fly_zones"]:
        if "radius_m" in zone:
            centre = Point(metres.points([zone["center_lon_lat_deg"]])[0])
            yield centre.buffer(zone["radius_m"] + zone["buffer_m"] - SLACK_M, quad_segs=64)
        else:
            shape = metres.polygon(zone["outer_lon_lat_deg"])
            yield shape.buffer(zone["buffer_m"] - SLACK_M, join_style="round", quad_segs=64)


def _area(mission: dict[str, Any], metres: Metres) -> BaseGeometry:
    parts = []
    for part in mission["area"]:
        holes = [metres.polygon(ring) for ring in part["holes_lon_lat_deg"]]
        parts.append(metres.polygon(part["outer_lon_lat_deg"]).difference(shapely.union_all(holes)))
    return shapely.union_all(parts)


def _usable_s(mission: dict[str, Any], uav: str) -> float:
    own = next(u for u in mission["uavs"] if u["id"] == uav)
    reserve = mission["flight"]["reserve"]
    return (own["endurance_s"] or 1860.0) * (1 - (0.2 if reserve is None else reserve))


def _alone(one: Flown, mission: dict[str, Any], metres: Metres) -> Iterator[str]:
    """Ground, zones, heights, endurance and fence of one flight."""
    claimed_s = float(one.times_s[-1])
    way = LineString(one.corners_m[:, :2])
    area = _area(mission, metres)
    own = next(u for u in mission["uavs"] if u["id"] == one.uav)
    start = own["start_lon_lat_deg"]
    within = start is None or area.contains(Point(metres.points([start])[0]))
    room = area.difference(shapely.union_all(list(_zones(mission, metres))))
    if within and room.geom_type == "Polygon":  # else a corridor may join its parts
        outside_m = way.difference(area.buffer(mission["overshoot_m"] + SLACK_M)).length
        if outside_m > 0:
            yield f"{outside_m:.1f} m outside the area"
    for zone in _zones(mission, metres):
        if way.intersection(zone).length > 0:
            yield f"{way.intersection(zone).length:.1f} m in a zone"
    top = float(one.corners_m[:, 2].max())
    if top > mission["flight"]["max_height_m"] + SLACK_M:
        yield f"{top:.0f} m high"
    if (one.corners_m[1:-1, 2] < 1.0 - SLACK_M).any():
        yield f"a corner {one.corners_m[1:-1, 2].min():.1f} m high"
    if claimed_s > _usable_s(mission, one.uav) + 1.0:
        yield f"{claimed_s:.0f} s in the air on a battery of {_usable_s(mission, one.uav):.0f} s"
    yield from _fence(one, mission, metres, way, own["autopilot"])


def _fence(
    one: Flown, mission: dict[str, Any], metres: Metres, way: LineString, autopilot: str
) -> Iterator[str]:
    polygons, circles = one.fence["polygons"], one.fence["circles"]
    points = sum(len(p["polygon"]) for p in polygons) + 2 * len(circles)
    if points > FENCE_POINTS[autopilot] and not mission["flight"]["accept_unfenced"]:
        yield f"{points} fence points"
    shapes = []
    for polygon in polygons:
        shape = metres.polygon([(lon, lat) for lat, lon in polygon["polygon"]])
        if polygon["inclusion"]:
            if not shape.buffer(SLACK_M).covers(way):
                yield "it leaves its fence"
            inside = shape
        else:
            shapes.append(shape)
    for circle in circles:
        lat, lon = circle["circle"]["center"]
        shapes.append(Point(metres.points([(lon, lat)])[0]).buffer(circle["circle"]["radius"]))
    for shape in shapes:
        if way.intersects(shape.buffer(-SLACK_M)):
            yield "its way runs through an exclusion of its own fence"
    for zone in _zones({**mission, "no_fly_zones": _bare(mission)}, metres):
        near = zone.buffer(-0.5).intersection(inside)
        if near.difference(shapely.union_all(shapes).buffer(0.1)).area > 0.5:
            yield "a zone within its fence is not fenced"


def _bare(mission: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**zone, "buffer_m": 0.0} for zone in mission["no_fly_zones"]]


def _apart(flown: list[Flown], mission: dict[str, Any]) -> Iterator[str]:
    """Every two flights, each as early or late as the plan says it bears."""
    flight = mission["flight"]
    if flight["accept_low_separation"]:
        return
    flat_m, tall_m = flight["separation_m"], flight["vertical_separation_m"]
    first_s: dict[str, float] = {}
    for one in flown:
        first_s[one.uav] = min(first_s.get(one.uav, np.inf), one.begin_s)

    for a, b in itertools.combinations(flown, 2):
        if a.uav == b.uav:
            continue
        clocks = [clock_of(one, first_s[one.uav], flight) for one in (a, b)]
        for share_a, share_b in shares(f"{a.uav} {a.sortie} {b.uav} {b.sortie}"):
            (ta, pa), (tb, pb) = clocked(a, clocks[0], share_a), clocked(b, clocks[1], share_b)
            begin, end = max(ta[0], tb[0]), min(ta[-1], tb[-1])
            if begin >= end:
                continue
            when = np.arange(begin, end, STEP_S)
            away = np.array(
                [np.interp(when, ta, pa[:, k]) - np.interp(when, tb, pb[:, k]) for k in range(3)]
            )
            near = np.hypot(away[0], away[1]) < flat_m - 0.5
            if tall_m > 0:
                near &= np.abs(away[2]) < tall_m - 0.3
            if near.any():
                k = int(np.argmax(near))
                flat = float(np.hypot(*away[:2, k]))
                yield f"{a.uav} and {b.uav}: {flat:.1f} m apart at {when[k]:.0f} s"
                break


def _covered(flown: list[Flown], plan: dict[str, Any], metres: Metres) -> Iterator[str]:
    """What lies within reach of the legs at survey height is at least what is claimed."""
    mission, vehicles = plan["mission"], plan["problem"]["vehicles"]
    by_name = {vehicle["id"]: vehicle for vehicle in vehicles}
    seen = []
    for one in flown:
        vehicle = by_name[one.uav]
        spacing = vehicle["spacing_m"]
        reach = min(vehicle["reach_m"], 0.7454 * spacing)
        level = np.abs(one.corners_m[:, 2] - vehicle["height_m"]) < 0.2
        for i in np.flatnonzero(level[1:] & level[:-1]):
            seen.append(LineString(one.corners_m[i : i + 2, :2]).buffer(reach, quad_segs=16))
    bare = list(_zones({**mission, "no_fly_zones": _bare(mission)}, metres))
    target = _area(mission, metres).difference(shapely.union_all(bare))
    share = 100 * shapely.union_all(seen).intersection(target).area / target.area
    claimed = plan["report"]["fleet"]["coverage_percent"]
    if share < claimed - 0.5:
        yield f"{claimed:.2f} % claimed, {share:.2f} % within reach"
