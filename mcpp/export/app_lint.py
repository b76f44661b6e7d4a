"""What an app that flies files would refuse, or fly otherwise than it was planned."""

import math
from collections.abc import Iterator
from itertools import pairwise

from mcpp.export.app_route import app_points, parts
from mcpp.export.app_words import slowest_timer_words, timer_s
from mcpp.export.targets import AppLimits, FileApp, app_limits
from mcpp.flight.looks import looks_m
from mcpp.model import LegKind, Plan, Sortie, Vehicle

CHANGE_S = 60.0
"""Time to load the next part while the vehicle hovers: what a crew needs that knows how."""


def app_faults(plan: Plan, sortie: Sortie, app: FileApp) -> Iterator[str]:
    """Yield one line for each thing of a sortie that its app does not take as it is meant."""
    limits, vehicle = app_limits(app), plan.problem.vehicles[sortie.uav]
    if vehicle.kind != "multirotor":
        yield f"it is a {vehicle.kind}: {limits.label} flies multirotors"
        return
    if sortie.airborne:
        yield f"it begins in the air: {limits.label} begins on the ground: land it first"
    if any(look is not None for look in looks_m(plan.problem, sortie)):
        yield (
            f"it is to look at a structure, which no file for {limits.label} tells: its photos"
            " would show the way ahead"
        )
    yield from _legs(plan, sortie, limits)
    yield from _speeds(sortie, vehicle, limits)
    yield from _photos(vehicle, limits)
    yield from _parts(plan, sortie, limits)


def _legs(plan: Plan, sortie: Sortie, limits: AppLimits) -> Iterator[str]:
    points = app_points(plan, sortie, limits)
    low_m, high_m = limits.height_m
    heights = [float(point.xyz_m[2]) for point in points]
    if heights and (min(heights) < low_m or max(heights) > high_m):
        odd_m = max(heights) if max(heights) > high_m else min(heights)
        yield (
            f"a waypoint is {odd_m:.0f} m above the launch point: {limits.label} takes"
            f" {low_m:g} to {high_m:g} m"
        )
    legs = [math.dist(a.xyz_m, b.xyz_m) for a, b in pairwise(points)]
    short = [leg for leg in legs if leg < limits.shortest_leg_m]
    if short:
        yield (
            f"{len(short)} legs are shorter than {limits.shortest_leg_m:g} m, which"
            f" {limits.label} refuses: simplify the area's border"
        )


def _speeds(sortie: Sortie, vehicle: Vehicle, limits: AppLimits) -> Iterator[str]:
    flown = [
        float(speed)
        for speed, kind in zip(sortie.speed_m_s, sortie.kind, strict=True)
        if kind not in (LegKind.TAKEOFF, LegKind.LAND)
    ]
    if flown and max(flown) > limits.speed_m_s + 0.01:
        yield (
            f"it is to fly {max(flown):g} m/s: {limits.label} flies {limits.speed_m_s:g}, and"
            " longer than foretold: give lower speeds"
        )
    if vehicle.motion.corner != "halt":
        yield (
            f"{limits.label} stops at each waypoint, which the times do not count: give the"
            " aircraft the motion {'corner': 'halt'}"
        )
    if vehicle.trigger == "hover" and vehicle.hover_s > limits.hover_s:
        yield f"it hovers {vehicle.hover_s:g} s for a photo: {limits.label} {limits.hover_s:g} s"


def _photos(vehicle: Vehicle, limits: AppLimits) -> Iterator[str]:
    if vehicle.trigger != "distance" or limits.photos_by_distance:
        return
    seconds = timer_s(vehicle)
    if seconds is None:
        yield (
            f"{limits.label} takes no photos by distance, and its timer none every"
            f" {vehicle.trigger_distance_m:.1f} m at {vehicle.speed_m_s:g} m/s:"
            f" {slowest_timer_words(vehicle)}, or trigger 'hover'"
        )
    else:
        yield (
            f"{limits.label} takes no photos by distance: start its timer at {seconds} s before"
            " the first line by hand, or plan with trigger 'hover'"
        )


def _parts(plan: Plan, sortie: Sortie, limits: AppLimits) -> Iterator[str]:
    count = len(parts(plan, sortie, limits))
    if count < 2:
        return
    if not limits.hovers_at_end:
        yield (
            f"it has more than {limits.points} waypoints, and {limits.label} can not hover at the"
            f" end: give the aircraft most_points {limits.points}"
        )
        return
    vehicle = plan.problem.vehicles[sortie.uav]
    took_s = float(sortie.time_s[-1] - sortie.time_s[0]) + (count - 1) * CHANGE_S
    if took_s > vehicle.endurance_s:
        yield (
            f"it is flown in {count} parts: with {CHANGE_S:g} s to load each next one it takes"
            f" {took_s / 60:.1f} of {vehicle.endurance_s / 60:.1f} usable minutes: give the"
            f" aircraft most_points {limits.points}, or a greater reserve"
        )
