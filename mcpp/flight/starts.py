"""When each sortie takes off, and which ones are held back to keep UAVs apart.

A mission file does not hold a vehicle back by itself: NAV_DELAY before the take-off runs with armed
motors on the ground, and ArduPilot (DISARM_DELAY) and PX4 (COM_DISARM_PRFLT) disarm after 10
seconds there, both by default. So the time of the take-off is told to the crew, and `mcpp fly`
keeps it; with `FlightSettings.start_delays` "file" the files wait, and the preflight asks for the
parameters.
"""

from dataclasses import dataclass

from mcpp.model import Plan, Sortie
from mcpp.problem.batteries import Batteries

LONGEST_WAIT_S = 115
"""Longest wait with armed motors: with 10 s to spare below the most that ArduCopter stays armed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Take-off of one sortie.

    Attributes
    ----------
    sortie
        Index into `Plan.sorties`.
    at_s
        Time of the take-off, from the start of the mission.
    charges_s
        How long after its landing and the battery swap a charged battery is at hand.
    waits_s
        How much later still it takes off, or than the start of the mission.
    """

    sortie: int
    at_s: float
    charges_s: float
    waits_s: float


def starts(plan: Plan) -> tuple[Start, ...]:
    """List the take-offs of a plan in their order; the first UAV goes first of equals."""
    batteries = Batteries(plan.problem.vehicles, plan.problem.chargers)
    landed_s: dict[int, float] = {}
    found = []
    in_order = sorted(range(len(plan.sorties)), key=lambda k: float(plan.sorties[k].time_s[0]))
    for k in in_order:
        sortie = plan.sorties[k]
        uav, at_s = sortie.uav, float(sortie.time_s[0])
        swapped_s = ready_s = 0.0
        if uav in landed_s:
            swapped_s = landed_s[uav] + plan.problem.vehicles[uav].swap_s
            ready_s = min(batteries.ready_s(uav, landed_s[uav]), max(at_s, swapped_s))
        charges_s, waits_s = ready_s - swapped_s, max(at_s - ready_s, 0.0)
        found.append(
            Start(
                sortie=k,
                at_s=at_s,
                charges_s=charges_s if charges_s > 0.05 else 0.0,
                waits_s=waits_s if waits_s > 0.05 else 0.0,
            )
        )
        landed_s[uav] = float(sortie.time_s[-1])
        batteries.flown(uav, landed_s[uav])
    return tuple(sorted(found, key=lambda s: (s.at_s, plan.sorties[s.sortie].uav)))


def start_delay_s(plan: Plan, sortie: Sortie) -> float:
    """Give how much later than the first of its number a sortie takes off."""
    alike = [float(other.time_s[0]) for other in plan.sorties if other.number == sortie.number]
    return float(sortie.time_s[0]) - min(alike)


def file_wait_s(plan: Plan, sortie: Sortie) -> int:
    """Give how many whole seconds its mission itself waits before its take-off.

    None where the wait would be longer than a vehicle should stand with armed motors: then the crew
    keeps it, as ever. None either beside others that are in the air already: they share no start
    from which it could count.
    """
    if plan.mission.flight.start_delays != "file" or any(s.airborne for s in plan.sorties):
        return 0
    wait_s = round(start_delay_s(plan, sortie))
    return wait_s if wait_s <= LONGEST_WAIT_S else 0
