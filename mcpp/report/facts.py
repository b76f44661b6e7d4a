"""Figures that the report draws from a plan: photos, heights, separation, gaps."""

import math

import numpy as np

from mcpp.check.flights import plan_approaches as measured_approaches
from mcpp.check.gaps import gaps_m
from mcpp.check.photos import places_of
from mcpp.check.separation import Approach
from mcpp.clock import minutes
from mcpp.flight.terrain import mission_terrain
from mcpp.ground.frame import LocalFrame
from mcpp.model import Plan, Sortie


def photos(plan: Plan, sortie: Sortie) -> int:
    """Count the photos of a sortie."""
    return len(places_of(sortie, plan.problem.vehicles[sortie.uav]))


def plan_approaches(plan: Plan) -> tuple[Approach, ...]:
    """Measure how near each two sorties come, on the ground model where the mission has one."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    terrain = mission_terrain(plan.mission, frame, plan.problem)
    return measured_approaches(plan, terrain=terrain)


def coverage_words(plan: Plan) -> str:
    """Say what coverage was wanted, and how much ground is left in how many pieces."""
    gaps = gaps_m(plan)
    words = f"wanted {plan.problem.coverage_percent:g} %"
    if gaps.is_empty:
        return f"{words}, no gaps"
    return f"{words}, {len(gaps.geoms)} gaps, {gaps.area:,.0f} m²"


def sorties_words(plan: Plan) -> str:
    """Count sorties and battery swaps."""
    swaps = len(plan.sorties) - len({sortie.uav for sortie in plan.sorties})
    return f"{_counted(len(plan.sorties), 'sortie')}, {_counted(swaps, 'battery swap')}"


def _counted(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"


def _span(low: float, high: float, form: str) -> str:
    a, b = format(low, form), format(high, form)
    return a if a == b else f"{a} to {b}"


def heights_fact(plan: Plan) -> tuple[str, str]:
    """Survey heights, and the highest point of all ways, above the launch points."""
    if not plan.sorties:
        return "-", "nothing flies"
    flown = sorted({sortie.uav for sortie in plan.sorties})
    heights = [plan.problem.vehicles[uav].height_m for uav in flown]
    top_m = max(float(sortie.xyz_m[:, 2].max()) for sortie in plan.sorties)
    return f"{_span(min(heights), max(heights), '.0f')} m", f"survey; ways up to {top_m:.0f} m"


def photos_fact(plan: Plan) -> tuple[str, str]:
    """Count the photos of all UAVs, and the ground that a pixel covers."""
    total = sum(photos(plan, sortie) for sortie in plan.sorties)
    if not total:
        return "none", "no camera is triggered"
    gsd = [100 * v.gsd_m for v in plan.problem.vehicles if v.gsd_m is not None]
    if not gsd:
        return f"{total:,}", "ground sample distance not known"
    return f"{total:,}", f"{_span(min(gsd), max(gsd), '.1f')} cm a pixel"


def nearest_fact(plan: Plan) -> tuple[str, str]:
    """Least distance of two UAVs at like heights, and when."""
    pairs = plan_approaches(plan)
    near = [pair for pair in pairs if math.isfinite(pair.horizontal_m)]
    if near:
        first = min(near, key=lambda pair: (pair.horizontal_m, pair.first, pair.second))
        wanted = f"wanted {plan.problem.separation_m:g} m"
        return f"{first.horizontal_m:.1f} m", f"at {minutes(first.horizontal_time_s)}, {wanted}"
    if pairs:
        return "by height", f"{plan.problem.vertical_separation_m:g} m or more at all times"
    return "-", "never two in the air"


def battery_left(plan: Plan, sortie: Sortie) -> tuple[float, float]:
    """Part of a full battery that is left after a sortie, and the part that is kept in reserve."""
    vehicle = plan.problem.vehicles[sortie.uav]
    full_s = vehicle.endurance_s + vehicle.reserve_s
    used_s = float(sortie.time_s[-1] - sortie.time_s[0])
    return 1 - used_s / full_s, vehicle.reserve_s / full_s


def battery_fact(plan: Plan) -> tuple[str, str]:
    """Least battery left after any sortie, and whose it is."""
    if not plan.sorties:
        return "-", "nothing flies"
    worst = min(plan.sorties, key=lambda s: float(np.subtract(*battery_left(plan, s))))
    left, reserve = battery_left(plan, worst)
    name = plan.problem.vehicles[worst.uav].id
    return f"{100 * left:.0f} %", f"{name}, sortie {worst.number}; reserve {100 * reserve:.0f} %"
