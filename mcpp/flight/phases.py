"""The phases of a flight's motion: evenly changing speed each, in step with its pass times.

Where two legs are blended their corner is cut; here the vehicle stays on the legs, and is at the
corner at the time at which it is nearest to it. That is off by no more than the autopilot's corner
radius.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mcpp.flight.motion import Legs, flown_legs, hover_s, landing_parts_m
from mcpp.ground.blend import gained_m, s_curve
from mcpp.model import FloatArray, IntArray, LegKind, Sortie, Vehicle

_Piece = tuple[float, float, float]
"""Duration, speed at its begin and at its end."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Phases:
    """The continuous motion of a flight: pieces of straight way with evenly changing speed.

    In the fraction ``u`` of its time, a phase from speed ``v`` to speed ``w`` has gone the part
    ``(2 v u + (w - v) u^2) / (v + w)`` of its way; one that begins and ends at one place holds.

    Attributes
    ----------
    time_s
        Shape (m + 1,): where each phase begins, and the end of the last.
    leg
        Shape (m,): leg of the flight that each phase is part of; that of a hold ends in its place.
    begin_m, end_m
        Shape (m, 3).
    begin_m_s, end_m_s
        Shape (m,): speed along the way.
    spread_m
        Shape (m,): how far from its way a phase may be on the map: a wing that turns in a circle.
    """

    time_s: FloatArray
    leg: IntArray
    begin_m: FloatArray
    end_m: FloatArray
    begin_m_s: FloatArray
    end_m_s: FloatArray
    spread_m: FloatArray


def sortie_phases(sortie: Sortie, vehicle: Vehicle, *, begin_s: float) -> Phases:
    """Continuous motion of a sortie that begins at `begin_s`.

    One that begins in the air holds where it is until its first time, and is there from `begin_s`,
    the start of the plan, on.
    """
    hover = hover_s(sortie.kind, vehicle)
    if sortie.airborne and sortie.time_s[0] > 0:
        hover = np.zeros(len(sortie.xyz_m)) if hover is None else hover.copy()
        hover[0] += float(sortie.time_s[0])
    return flight_phases(sortie.xyz_m, sortie.kind, vehicle, begin_s=begin_s, hover=hover)


def flight_phases(
    xyz_m: FloatArray,
    kind: IntArray,
    vehicle: Vehicle,
    *,
    begin_s: float = 0.0,
    hover: FloatArray | None = None,
) -> Phases:
    """Continuous motion of a flight that comes to its first point at `begin_s`, at rest.

    The times of its points are those of `mcpp.flight.motion.pass_times_s`.

    Parameters
    ----------
    xyz_m
        Shape (n, 3), n >= 2.
    kind, hover
        As `pass_times_s` takes them.

    Raises
    ------
    InfeasibleError
        When the wind is too strong.
    """
    legs = flown_legs(xyz_m, kind, vehicle, hover=hover)
    spread_m = 2 * vehicle.turn_radius_m if vehicle.turn == "loiter" else 0.0
    rows: list[tuple[float, ...]] = []
    if legs.wait_s[0] > 0:
        rows.append((0, float(legs.wait_s[0]), 0.0, 0.0, 0.0, 0.0, 0.0))
    for i in range(len(legs.took_s)):
        done = 0.0
        idle_s = vehicle.motion.takeoff_delay_s if i == 0 and kind[0] == LegKind.TAKEOFF else 0.0
        if idle_s > 0:
            rows.append((i, idle_s, 0.0, 0.0, 0.0, 0.0, 0.0))
        pieces = list(_pieces(i, legs, xyz_m, kind, vehicle))
        whole = (float(legs.length_m[i]), float(legs.took_s[i]) - idle_s)
        for lasts, v, w in _in_step(pieces, *whole):
            part = lasts * (v + w) / 2 / max(float(legs.length_m[i]), 1e-12)
            rows.append((i, lasts, v, w, done, min(done + part, 1.0), 0.0))
            done += part
        if legs.wait_s[i + 1] > 0:
            rows.append((i, float(legs.wait_s[i + 1]), 0.0, 0.0, 1.0, 1.0, spread_m))
    table = np.array(rows, dtype=np.float64).reshape(-1, 7)
    leg = table[:, 0].astype(np.int32)
    table[:, 5][np.diff(leg, append=-1) != 0] = 1.0  # a leg ends at its end, whatever was rounded
    first, way = xyz_m[leg], (xyz_m[1:] - xyz_m[:-1])[leg]
    return Phases(
        time_s=np.concatenate([[begin_s], begin_s + np.cumsum(table[:, 1])]),
        leg=leg,
        begin_m=first + way * table[:, 4:5],
        end_m=np.where(table[:, 5:6] == 1.0, xyz_m[1:][leg], first + way * table[:, 5:6]),
        begin_m_s=table[:, 2],
        end_m_s=table[:, 3],
        spread_m=table[:, 6],
    )


def _in_step(pieces: list[_Piece], length_m: float, took_s: float) -> list[_Piece]:
    """Stretch the pieces of a leg to its whole length in its whole time.

    They differ from it by what a blended corner cuts off.
    """
    pieces = [piece for piece in pieces if piece[0] > 1e-9]
    way = sum(lasts * (v + w) / 2 for lasts, v, w in pieces)
    time = sum(lasts for lasts, _, _ in pieces)
    if not way > 0:
        return []
    slower = took_s / time
    faster = length_m / (way * slower)
    return [(lasts * slower, v * faster, w * faster) for lasts, v, w in pieces]


def _pieces(
    i: int, legs: Legs, xyz_m: FloatArray, kind: IntArray, vehicle: Vehicle
) -> Iterator[_Piece]:
    """Yield the phases of one leg between leaving its begin and reaching its end."""
    length, rate = float(legs.length_m[i]), float(legs.acceleration_m_s2[i])
    if length < 1e-9:
        return
    top = float(legs.top_m_s[i])
    if i == len(kind) - 1 and kind[i] == LegKind.LAND:
        fast_m, slow_m = landing_parts_m(xyz_m, vehicle)
        if slow_m > 0:
            slow = vehicle.motion.landing_slow_m_s
            yield from _ramps(fast_m, 0.0, min(slow, top), top, rate)
            yield slow_m / slow, slow, slow
            return
    if vehicle.turn == "stop" and vehicle.motion.corner == "blend":
        yield from _curve(i, legs, vehicle)
        return
    yield from _ramps(length, float(legs.pass_m_s[i]), float(legs.pass_m_s[i + 1]), top, rate)


def _ramps(length: float, begin: float, end: float, top: float, rate: float) -> Iterator[_Piece]:
    peak = min(top, float(np.sqrt((begin**2 + end**2) / 2 + rate * length)))
    peak = max(peak, begin, end, 1e-9)
    rest = max(length - (2 * peak**2 - begin**2 - end**2) / (2 * rate), 0.0)
    yield (peak - begin) / rate, begin, peak
    yield rest / peak, peak, peak
    yield (peak - end) / rate, peak, end


def _curve(i: int, legs: Legs, vehicle: Vehicle) -> Iterator[_Piece]:
    """Speeding up, cruising and braking of an S-curve, between the middles of its blends.

    Growing and falling acceleration are taken as an even one, which is right in speed at both ends
    and in the middle.
    """
    motion = vehicle.motion
    time, _, peak, ramp, gain = s_curve(
        float(legs.length_m[i]),
        float(legs.top_m_s[i]),
        float(legs.acceleration_m_s2[i]),
        motion.jerk_m_s3,
        motion.jerk_build_up_s,
    )
    first, last = float(legs.over_s[i]) / 2, time - float(legs.over_s[i + 1]) / 2

    def speed(at: float) -> float:
        return float(gained_m(min(at, time - at, gain), peak, ramp, gain)[1])

    up, down = min(max(gain, first), last), max(min(time - gain, last), first)
    yield up - first, speed(first), speed(up)
    yield max(down - up, 0.0), speed(up), speed(down)
    yield last - max(down, up), speed(max(down, up)), speed(last)
