"""Missions by families, drawn from a seed alone."""

import math
from collections.abc import Callable
from random import Random
from typing import Any

Place = tuple[float, float]
METRES_A_DEGREE = 111_320.0


class Draw:
    """A mission being drawn about a place on Earth."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.lon, self.lat = self.random.choice(
            [(22.5, 39.6), (-3.0, 53.0), (179.999, -17.0), (11.0, 84.9), (0.0, 0.0), (-70.0, -54.0)]
        )
        self.turn = self.random.uniform(0, math.pi)
        self.size_m = self.random.choice([60, 150, 250, 400])
        self.scan_m = self.size_m / self.random.choice([5, 8, 12])

    def place(self, x_m: float, y_m: float) -> list[float]:
        c, s = math.cos(self.turn), math.sin(self.turn)
        x, y = c * x_m - s * y_m, s * x_m + c * y_m
        across = METRES_A_DEGREE * math.cos(math.radians(self.lat))
        lon = (self.lon + x / across + 180.0) % 360.0 - 180.0
        return [round(lon, 8), round(self.lat + y / METRES_A_DEGREE, 8)]

    def ring(self, points: list[Place]) -> list[list[float]]:
        return [self.place(x, y) for x, y in points]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> list[Place]:
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def _mission(draw: Draw, outer: list[Place], holes: list[list[Place]] | None = None) -> Any:
    return {
        "version": 1,
        "area": [
            {
                "outer_lon_lat_deg": draw.ring(outer),
                "holes_lon_lat_deg": [draw.ring(hole) for hole in holes or []],
            }
        ],
        "uavs": [{"id": "u0"}],
        "scan_distance_m": round(draw.scan_m, 3),
        "planner": {"name": "draft"},
        "flight": {},
        "seed": draw.random.randrange(1000),
    }


def strip(draw: Draw) -> Any:
    wide = draw.scan_m * draw.random.uniform(0.8, 3)
    return _mission(draw, draw.box(0, 0, draw.size_m * 2, wide))


def comb(draw: Draw) -> Any:
    teeth, w = draw.random.randint(2, 4), draw.size_m / 6
    outer: list[Place] = [(0.0, 0.0)]
    for i in range(teeth):
        x = 2 * i * w
        outer += [(x + w, 0.0)] if i == 0 else [(x, w), (x, 0.0), (x + w, 0.0)]
        outer += [(x + w, w)]
    outer += [(outer[-1][0], 3 * w), (0.0, 3 * w)]
    return _mission(draw, outer)


def spiral(draw: Draw) -> Any:
    w = draw.size_m / 7
    outer = [(0, 0), (7, 0), (7, 7), (1, 7), (1, 2), (5, 2), (5, 5), (3, 5), (3, 4), (4, 4), (4, 3),
             (2, 3), (2, 6), (6, 6), (6, 1), (0, 1)]  # fmt: skip
    return _mission(draw, [(x * w, y * w) for x, y in outer])


def u_shape(draw: Draw) -> Any:
    w = draw.size_m / 3
    outer = [(0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3)]
    return _mission(draw, [(x * w, y * w) for x, y in outer])


def islands(draw: Draw) -> Any:
    mission = _mission(draw, draw.box(0, 0, draw.size_m, draw.size_m / 2))
    gap = draw.random.uniform(5, 60)
    other = draw.ring(draw.box(draw.size_m + gap, 0, 1.6 * draw.size_m + gap, draw.size_m / 2))
    mission["area"].append({"outer_lon_lat_deg": other, "holes_lon_lat_deg": []})
    return mission


def neck(draw: Draw) -> Any:
    s, w = draw.size_m, draw.random.uniform(0.5, 12)
    outer = [(0, 0), (s / 2, 0), (s / 2, s / 4 - w), (s, s / 4 - w), (s, 0), (1.5 * s, 0),
             (1.5 * s, s / 2), (s, s / 2), (s, s / 4 + w), (s / 2, s / 4 + w), (s / 2, s / 2),
             (0, s / 2)]  # fmt: skip
    return _mission(draw, outer)


def tiny_zones(draw: Draw) -> Any:
    s = draw.size_m
    mission = _mission(draw, draw.box(0, 0, s, s))
    zones = []
    for i in range(draw.random.randint(1, 12)):
        x, y = draw.random.uniform(0, s), draw.random.uniform(0, s)
        zone: dict[str, Any] = {"name": f"z{i}", "buffer_m": draw.random.choice([0.0, 2.0, 5.0])}
        if draw.random.random() < 0.5:
            zone |= {"center_lon_lat_deg": draw.place(x, y), "radius_m": draw.random.uniform(1, 8)}
        else:
            side = draw.random.uniform(1, 12)
            zone["outer_lon_lat_deg"] = draw.ring(draw.box(x, y, x + side, y + side))
        zones.append(zone)
    mission["no_fly_zones"] = zones
    return mission


def sliver(draw: Draw) -> Any:
    s = draw.size_m
    return _mission(draw, [(0, 0), (2 * s, draw.random.uniform(0.5, 8)), (s, s / 3)])


def hole(draw: Draw) -> Any:
    s = draw.size_m
    return _mission(draw, draw.box(0, 0, s, s), [draw.box(0.4 * s, 0.3 * s, 0.7 * s, 0.6 * s)])


SHAPES: tuple[Callable[[Draw], Any], ...] = (
    strip, comb, spiral, u_shape, islands, neck, tiny_zones, sliver, hole,
)  # fmt: skip
FLEETS = ("one", "free", "shared launch", "mixed", "tight separation", "low ceiling", "sorties")


def mission_of(seed: int) -> tuple[str, Any]:
    """Draw a mission; its kind says which family of shape and fleet it is of."""
    draw = Draw(seed)
    shape = draw.random.choice(SHAPES)
    mission = shape(draw)
    fleet = draw.random.choice(FLEETS)
    count = 1 if fleet == "one" else draw.random.randint(2, 4)
    uavs: list[dict[str, Any]] = [{"id": f"u{i}"} for i in range(count)]
    spot = draw.place(draw.random.uniform(0, draw.size_m / 4), draw.random.uniform(-30, 20))
    for i, uav in enumerate(uavs):
        uav["speed_m_s"] = draw.random.choice([3.0, 5.0, 8.0, 12.0])
        uav["autopilot"] = draw.random.choice(["ardupilot", "px4", "generic"])
        if fleet == "shared launch":
            uav["start_lon_lat_deg"] = spot
        elif fleet in {"tight separation", "mixed", "low ceiling"}:
            uav["start_lon_lat_deg"] = draw.place(12.0 * i + 3, draw.random.uniform(-5, 15))
        if fleet == "mixed":
            uav["height_m"] = draw.random.choice([40.0, 60.0, 80.0])
            uav["endurance_s"] = draw.random.choice([900.0, 1860.0, 3600.0])
        if fleet == "sorties":
            uav["endurance_s"] = draw.random.choice([240.0, 300.0, 420.0])
    if fleet == "tight separation":
        mission["flight"]["separation_m"] = draw.random.choice([3.0, 10.0, 25.0, 60.0])
        mission["flight"]["vertical_separation_m"] = draw.random.choice([0.0, 3.0, 5.0, 15.0])
    if fleet == "low ceiling":
        mission["flight"]["max_height_m"] = draw.random.choice([60.0, 65.0, 72.0])
    if draw.random.random() < 0.3:
        mission["keep_apart"] = False
    mission["uavs"] = uavs
    return f"{shape.__name__}, {fleet}", mission
