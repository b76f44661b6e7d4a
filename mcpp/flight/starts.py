"""When each sortie takes off, and which ones are held back to keep UAVs apart.

A mission file can not hold a vehicle back safely: NAV_DELAY before the take-off would run with
armed motors on the ground, and ArduPilot (DISARM_DELAY) and PX4 (COM_DISARM_PRFLT) disarm after 10
seconds there, both by default. So the time of the take-off is told to the crew, and `mcpp fly`
keeps it.
"""

from dataclasses import dataclass

from mcpp.model import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Take-off of one sortie.

    Attributes
    ----------
    sortie
        Index into `Plan.sorties`.
    at_s
        Time of the take-off, from the start of the mission.
    waits_s
        How much later that is than the UAV would be ready: from the start of the mission on, or
        from its landing and the battery swap.
    """

    sortie: int
    at_s: float
    waits_s: float


def starts(plan: Plan) -> tuple[Start, ...]:
    """List the take-offs of a plan in their order; the first UAV goes first of equals."""
    ready_s: dict[int, float] = {}
    found = []
    by_number = sorted(range(len(plan.sorties)), key=lambda k: plan.sorties[k].number)
    for k in by_number:
        sortie = plan.sorties[k]
        at_s = float(sortie.time_s[0])
        wait_s = max(at_s - ready_s.get(sortie.uav, 0.0), 0.0)
        found.append(Start(sortie=k, at_s=at_s, waits_s=wait_s if wait_s > 0.05 else 0.0))
        swap_s = plan.problem.vehicles[sortie.uav].swap_s
        ready_s[sortie.uav] = float(sortie.time_s[-1]) + swap_s
    return tuple(sorted(found, key=lambda s: (s.at_s, plan.sorties[s.sortie].uav)))
