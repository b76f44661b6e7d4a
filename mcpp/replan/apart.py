"""Keeps the flights of a fleet apart that is in the air already, and gives them their times."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mcpp.flight.deconflict import Flight, Placed, Sky, apart_of, launch_ground_m
from mcpp.flight.sorties import PORTABLE_ITEMS, can_be_loaded
from mcpp.flight.terrain import Terrain
from mcpp.model import FloatArray, Problem, Sortie
from mcpp.problem.batteries import Batteries
from mcpp.replan.flights import Flier, Flights, flight
from mcpp.replan.pieces import of_sortie

_LONGEST_HOLD_S = 120.0
_LONG_WAIT_S = 30.0


def held(sortie: Sortie, seconds: float) -> Sortie:
    """Let a UAV in the air hold where it is before it flies on."""
    return replace(sortie, time_s=sortie.time_s + seconds)


def timed(
    fleet: Sequence[Flights],
    problem: Problem,
    terrain: Terrain | None,
    way_home: Sequence[Sortie] = (),
    kept: Sequence[Sortie] = (),
) -> tuple[Sortie, ...] | None:
    """Give all flights their times; None where those in the air can not be kept apart.

    What is in the air flies on, or holds where it is for a while first; a UAV on the ground takes
    off when it fits, and flies its part the other way round where it would wait long otherwise.

    Parameters
    ----------
    way_home
        Flights that no one steers any more, of UAVs that are lost: all others keep away.
    kept
        Flights as they were planned, which are not turned round.
    """
    sky = Sky(apart_of(problem), problem.vehicles, problem.pad_clear_s)

    def taken(sorties: Sequence[Sortie]) -> list[Flight]:
        heights_m = launch_ground_m(sorties, terrain)
        return [sky.flight(s, float(h)) for s, h in zip(sorties, heights_m, strict=True)]

    placed = [Placed(flight, 0.0, 0.0) for flight in taken(way_home)]
    fliers = {flights.flier.airway.uav: flights.flier for flights in fleet}
    batteries = _batteries(problem, fliers)
    landed_s: dict[int, float] = {}
    first_s: dict[int, float] = {}
    flights = taken([sortie for one in fleet for sortie in one.made])
    out: dict[int, Placed] = {}

    def ready_s(k: int) -> float:
        uav = flights[k].sortie.uav
        if uav in landed_s:
            return batteries.ready_s(uav, landed_s[uav])
        return fliers[uav].ready_s

    def begin(k: int, at_s: float) -> None:
        uav = flights[k].sortie.uav
        out[k] = Placed(flights[k], at_s, first_s.setdefault(uav, at_s))
        landed_s[uav] = out[k].end_s
        batteries.flown(uav, landed_s[uav])
        placed.append(out[k])

    for k, one in enumerate(flights):
        if one.sortie.airborne:
            hold_s = sky.begin_s(one, placed, 0.0, None)
            if hold_s > 0:
                lasts_s = fliers[one.sortie.uav].battery_s
                (flights[k],) = taken([held(one.sortie, hold_s)])
                waits_too = sky.begin_s(flights[k], placed, 0.0, None) > 0
                if hold_s > _LONGEST_HOLD_S or waits_too or flights[k].took_s > lasts_s:
                    return None
            begin(k, 0.0)
    left = [k for k in range(len(flights)) if k not in out]
    while left:
        nexts = {flights[k].sortie.uav: k for k in reversed(left)}
        k = min(nexts.values(), key=lambda k: (ready_s(k), k))
        left.remove(k)
        first = first_s.get(flights[k].sortie.uav)
        at_s = sky.begin_s(flights[k], placed, ready_s(k), first)
        sortie = flights[k].sortie
        if at_s - ready_s(k) > _LONG_WAIT_S and not any(sortie is one for one in kept):
            back = turned(sortie, fliers[sortie.uav])
            (other,) = taken([back]) if back is not None else (flights[k],)
            back_s = sky.begin_s(other, placed, ready_s(k), first)
            if back_s + other.took_s < at_s + flights[k].took_s:
                flights[k], at_s = other, back_s
        begin(k, at_s)
    return tuple(out[k].taken_off for k in range(len(flights)))


def turned(sortie: Sortie, flier: Flier) -> Sortie | None:
    """Fly what a flight from the ground surveys the other way round; None where it can not be."""
    vehicle = flier.airway.vehicle
    begin_s = float(sortie.time_s[0])
    piece = of_sortie(sortie).reversed()
    found = flight(flier, piece, airborne=False, number=sortie.number, begin_s=begin_s)
    fits = float(found.time_s[-1]) - begin_s <= vehicle.endurance_s
    return found if fits and can_be_loaded(vehicle, found, PORTABLE_ITEMS) else None


def _batteries(problem: Problem, fliers: dict[int, Flier]) -> Batteries:
    batteries = Batteries(problem.vehicles, problem.chargers)
    for uav, flier in fliers.items():
        for landed_s in flier.landed_s:
            batteries.flown(uav, landed_s)
    return batteries


def way_home_m(launch_m: FloatArray, at_m: FloatArray, return_h: float) -> FloatArray:
    """Points of the way that a UAV takes by itself when it has lost its link, shape (n, 3)."""
    height = max(return_h, float(at_m[2]))
    return np.array(
        [at_m, [at_m[0], at_m[1], height], [*launch_m, height], [*launch_m, 0.0]], dtype=np.float64
    )
