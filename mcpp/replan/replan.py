"""Divides what is left among those that fly on; what need not change stays as it is.

The survey lines stay where they were, so that what was covered is not covered again and nothing is
left out between; who flies them changes. What a lost UAV leaves, or one with a weak battery can not
do, is dealt out along its own way (`mcpp.replan.work`); for a UAV that joins, ways are taken from
those that would land last.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.flight.terrain import mission_terrain
from mcpp.ground.frame import LocalFrame
from mcpp.model import NO_FIGURES, Mission, Plan, Report, Solution, Sortie
from mcpp.replan.fleet import Fleet, Standing
from mcpp.replan.mission_now import ground_now
from mcpp.replan.pieces import of_sortie, route_of
from mcpp.replan.state import FleetState, completed
from mcpp.replan.work import CoverGround, Work, finish_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of one UAV.

    Attributes
    ----------
    lands_before_s, lands_s
        When it would have landed for good, and when it does, on the clock of the plan before; None
        where it does not fly.
    survey_before_m, survey_m
        Length of the survey lines that it had left, and that it has now.
    """

    id: str
    lost: bool
    changed: bool
    lands_before_s: float | None
    lands_s: float | None
    survey_before_m: float
    survey_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """A new plan, and what differs from the one before.

    Attributes
    ----------
    plan
        From now on: its times count from the state's `time_s`. Its report is still empty.
    finish_before_s, finish_s
        When all have landed, on the clock of the plan before.
    notes
        What was given up for safety, and what that costs, in words.
    """

    plan: Plan
    changes: tuple[Change, ...]
    finish_before_s: float
    finish_s: float
    notes: tuple[str, ...] = ()


def replan(plan: Plan, state: FleetState, *, cover: CoverGround | None) -> Replanned:
    """Go on with a plan from where the fleet is.

    Parameters
    ----------
    cover
        Makes lines for another UAV, where its own lie closer together than those that are left;
        None leaves these to UAVs that can fly them as they are.

    Raises
    ------
    InputError
        When the state does not fit the plan.
    InfeasibleError
        When no UAV is left, a battery does not last home, or no division keeps UAVs apart.
    """
    if plan.problem.walls:
        msg = (
            "a plan past structures is not replanned: let the others land, and plan what a UAV has "
            "left with 'mcpp resume PLAN --uav ID --waypoint N'"
        )
        raise InfeasibleError(msg)
    states = completed(plan, state)
    mission, problem = ground_now(plan, state, states)
    terrain = mission_terrain(mission, LocalFrame(plan.origin_lon_lat_deg), problem)
    fleet = Fleet(plan, state, states, problem, terrain)
    if all(standing.lost for standing in fleet.standings):
        msg = "no UAV is left to fly on"
        raise InfeasibleError(msg)
    for standing in fleet.standings:
        fleet.check_can_land(standing)
    work = Work(fleet, cover)
    for i, standing in enumerate(fleet.standings):
        if standing.lost:
            work.deal(fleet.joined(i, standing.flier.pieces), i)
    for i, standing in enumerate(fleet.standings):
        if not standing.lost and standing.weak:
            work.relieve(i, [k for k in work.flights if k != i])
    if state.joins:
        work.even_out()
    return _finished(plan, state, mission, fleet, work)


def _finished(
    plan: Plan, state: FleetState, mission: Mission, fleet: Fleet, work: Work
) -> Replanned:
    sorties = work.sorties or ()
    routes = []
    for i in range(len(fleet.standings)):
        own = [of_sortie(s) for s in sorties if s.uav == i]
        routes.append(route_of(i, fleet.joined(i, own)))
    new = Plan(
        mission=mission,
        origin_lon_lat_deg=plan.origin_lon_lat_deg,
        problem=fleet.problem,
        solution=Solution(
            planner=plan.solution.planner, routes=tuple(routes), dropped=plan.solution.dropped
        ),
        sorties=sorties,
        report=Report(uavs=(), fleet=NO_FIGURES),
        version=plan.version,
        begun=fleet.begun(),
    )
    changes = tuple(
        _change(plan, i, standing, sorties, state.time_s)
        for i, standing in enumerate(fleet.standings)
    )
    return Replanned(
        plan=new,
        changes=changes,
        finish_before_s=finish_s(plan.sorties),
        finish_s=max((c.lands_s for c in changes if c.lands_s is not None), default=state.time_s),
        notes=tuple(dict.fromkeys(work.notes)),
    )


def _change(
    plan: Plan, uav: int, standing: Standing, sorties: Sequence[Sortie], now_s: float
) -> Change:
    own = [s for s in sorties if s.uav == uav]
    before = [s for s in plan.sorties if s.uav == uav]
    kept = len(own) == len(standing.kept) and all(
        a.xyz_m.shape == b.xyz_m.shape and np.allclose(a.xyz_m, b.xyz_m)
        for a, b in zip(own, standing.kept, strict=True)
    )
    ends_s = max((float(s.time_s[-1]) for s in own), default=None)
    landed_s = max(standing.flier.landed_s, default=None)
    if ends_s is None and not standing.lost and landed_s is not None:
        ends_s = landed_s
    return Change(
        id=standing.flier.airway.vehicle.id,
        lost=standing.lost,
        changed=not kept,
        lands_before_s=max((float(s.time_s[-1]) for s in before), default=None),
        lands_s=None if ends_s is None else now_s + ends_s,
        survey_before_m=sum(piece.survey_m for piece in standing.flier.pieces),
        survey_m=sum(of_sortie(s).survey_m for s in own),
    )
