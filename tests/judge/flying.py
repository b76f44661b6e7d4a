"""Flies written .plan files second by second: shapely and pyproj only, no code of mcpp.

A flight climbs, speeds up, cruises, brakes and stops at corners; how long it takes by this model is
held against what the plan says, leg by leg. Its clock is then set to the plan's at every corner
(`tests.judge.clocks`), for that is what the plan promises.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

STEP_S = 1.0
TAKEOFF, WAYPOINT, SPEED, RETURN, LAND = 22, 16, 178, 20, 21
CLIMB_M_S, DESCENT_M_S, ACCELERATION_M_S2 = 2.5, 1.5, 2.0
TAKEOFF_S = {"ardupilot": 4.5, "px4": 7.0, "generic": 0.0}
"""From arming until it climbs."""
SLOW_M, SLOW_M_S = 10.0, 0.5
"""The last metres of a landing."""
FENCE_POINTS = {"ardupilot": 68, "px4": 60, "generic": 60}


class Metres:
    """Local metres about a place."""

    def __init__(self, lon_deg: float, lat_deg: float) -> None:
        local = CRS.from_proj4(f"+proj=aeqd +lat_0={lat_deg} +lon_0={lon_deg} +datum=WGS84")
        self._to = Transformer.from_crs("EPSG:4326", local, always_xy=True)
        self._lon_deg = lon_deg

    def points(self, lon_lat: Any) -> np.ndarray:
        places = np.asarray(lon_lat, dtype=float).reshape(-1, 2).copy()
        places[:, 0] = (places[:, 0] - self._lon_deg + 180.0) % 360.0 - 180.0 + self._lon_deg
        return np.column_stack(self._to.transform(places[:, 0], places[:, 1]))

    def polygon(self, ring: Any) -> BaseGeometry:
        return shapely.make_valid(Polygon(self.points(ring)))


@dataclass
class Flown:
    """One written mission: its corners, and where it is second by second.

    `corner_s` are the times at its corners, all times since its take-off.
    """

    uav: str
    sortie: int
    begin_s: float
    corners_m: np.ndarray
    corner_s: np.ndarray
    times_s: np.ndarray
    places_m: np.ndarray
    fence: dict[str, Any]

    def at(self, when_s: np.ndarray) -> np.ndarray:
        """Places at some times since its take-off, shape (n, 3)."""
        return np.column_stack(
            [np.interp(when_s, self.times_s, self.places_m[:, k]) for k in range(3)]
        )


def corners_of(document: dict[str, Any], metres: Metres) -> tuple[np.ndarray, list[float]]:
    """Points of a mission in metres, (n, 3), and the speed told for each leg."""
    home_lat, home_lon, _ = document["mission"]["plannedHomePosition"]
    home = metres.points([(home_lon, home_lat)])[0]
    points, speeds, speed = [(*home, 0.0)], [], 5.0
    for item in document["mission"]["items"]:
        command, params = item["command"], item["params"]
        if command == SPEED:
            speed = params[1]
        elif command in (TAKEOFF, WAYPOINT):
            place = metres.points([(params[5], params[4])])[0]
            points.append((*place, params[6]))
            speeds.append(speed)
        elif command in (RETURN, LAND):
            end = home if command == RETURN else metres.points([(params[5], params[4])])[0]
            if math.dist(points[-1][:2], end) > 0.5:
                points.append((*end, points[-1][2]))
                speeds.append(speed)
            points.append((*end, 0.0))
            speeds.append(speed)
    return np.array(points), speeds


def fly(
    points: np.ndarray, speeds: list[float], idle_s: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Times, places and the times at the corners of a flight that stops at each sharp corner."""
    times, places, now = [0.0, idle_s], [points[0], points[0]], idle_s
    corner_s = [0.0]
    enter = 0.0
    for i, speed in enumerate(speeds):
        way = points[i + 1] - points[i]
        length = float(np.linalg.norm(way))
        if length < 1e-6:
            corner_s.append(now)
            continue
        flat = math.hypot(*way[:2])
        if flat < 0.05 * length:
            speed = CLIMB_M_S if way[2] > 0 else DESCENT_M_S
        leave = 0.0
        if i + 1 < len(speeds):
            ahead = points[i + 2] - points[i + 1]
            size = float(np.linalg.norm(ahead))
            if size > 1e-6 and float(way @ ahead) / length / size > math.cos(math.radians(30)):
                leave = min(speed, speeds[i + 1])
        leave = min(leave, math.sqrt(enter**2 + 2 * ACCELERATION_M_S2 * length))
        gone, v = 0.0, enter
        while gone < length - 1e-9:
            brake = (v * v - leave * leave) / (2 * ACCELERATION_M_S2)
            v = v - 0.1 * ACCELERATION_M_S2 if brake >= length - gone else v + 0.02 * 10
            v = min(max(v, 0.2), max(speed, 0.2))
            if flat < 0.05 * length and way[2] < 0 and points[i][2] - gone < SLOW_M:
                v = SLOW_M_S if points[i + 1][2] < 0.5 else v
            gone = min(gone + 0.1 * v, length)
            now += 0.1
            times.append(now)
            places.append(points[i] + way * (gone / length))
        enter = leave
        corner_s.append(now)
    return np.array(times), np.array(places), np.array(corner_s)


def read_folder(folder: Path, mission: dict[str, Any]) -> tuple[Metres, list[Flown]]:
    """Fly all missions of a plan's folder."""
    ring = np.array(mission["area"][0]["outer_lon_lat_deg"])
    metres = Metres(*ring[0])
    flown = []
    for path in sorted(folder.glob("*.plan")):
        document = json.loads(path.read_text(encoding="utf-8"))
        corners, speeds = corners_of(document, metres)
        told = document["mcpp"]
        autopilot = next(u["autopilot"] for u in mission["uavs"] if u["id"] == told["uav"])
        times, places, corner_s = fly(corners, speeds, TAKEOFF_S[autopilot])
        flown.append(
            Flown(
                uav=told["uav"],
                sortie=told["sortie"],
                begin_s=float(told["takeOffAfterS"]),
                corners_m=corners,
                corner_s=corner_s,
                times_s=times,
                places_m=places,
                fence=document["geoFence"],
            )
        )
    return metres, flown
