"""Divides what is left among those that fly on; what need not change stays as it is.

The survey lines stay where they were, so that what was covered is not covered again and nothing is
left out between; who flies them changes. What a lost UAV leaves, or one with a weak battery can not
do, is dealt out along its own way (`mcpp.replan.deal`); for a UAV that joins, ways are taken from
those that would land last.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.flight.motion import leg_speeds_m_s, pass_times_s
from mcpp.flight.terrain import mission_terrain
from mcpp.ground.frame import LocalFrame
from mcpp.model import NO_FIGURES, LegKind, Mission, Plan, Problem, Report, Solution, Sortie
from mcpp.replan.apart import timed, way_home_m
from mcpp.replan.deal import Hand, Way, deals, hand_of
from mcpp.replan.fleet import Fleet, Standing
from mcpp.replan.flights import Flights
from mcpp.replan.ground import ground_of_piece
from mcpp.replan.mission_now import ground_now
from mcpp.replan.pieces import NOTHING, Piece, of_sortie, route_of
from mcpp.replan.state import FleetState, completed

CoverGround = Callable[[Problem, int, BaseGeometry], Piece]
"""Covers ground anew with the lines of one UAV."""
_ALIKE = 1e-6
_GAIN = 0.03
"""Ground is passed on as long as the end of those that do comes forward by this part."""
_NEVER_S = 1e9
_TRIES = 6
_CORRECTIONS = 3
"""Times that a deal is made anew with what flying it has shown."""


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
    """

    plan: Plan
    changes: tuple[Change, ...]
    finish_before_s: float
    finish_s: float


def replan(plan: Plan, state: FleetState, *, cover: CoverGround) -> Replanned:
    """Go on with a plan from where the fleet is.

    Parameters
    ----------
    cover
        Makes lines for another UAV, where its own lie closer together than those that are left.

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
    work = _Work(fleet, cover)
    for i, standing in enumerate(fleet.standings):
        if standing.lost:
            work.deal(fleet.joined(i, standing.flier.pieces), i)
    for i, standing in enumerate(fleet.standings):
        if not standing.lost and standing.weak:
            work.relieve(i, [k for k in work.flights if k != i])
    if state.joins:
        work.even_out()
    return _finished(plan, state, mission, fleet, work)


class _Work:
    """The flights of those that fly on, as they are given more."""

    def __init__(self, fleet: Fleet, cover: CoverGround) -> None:
        self.fleet, self.cover = fleet, cover
        self.flights = {
            i: fleet.flights(standing)
            for i, standing in enumerate(fleet.standings)
            if not standing.lost
        }
        self.way_home = tuple(
            way
            for i, standing in enumerate(fleet.standings)
            if (way := _way_home(fleet, i, standing)) is not None
        )
        sorties = self._timed(self.flights)
        self.sorties = self._one_lands_first() if sorties is None else sorties

    def _one_lands_first(self) -> tuple[Sortie, ...]:
        """Call home one of those that come too near to each other, and let it fly on later."""
        for i, flights in list(self.flights.items()):
            if flights.flier.at_m is None:
                continue
            landing = Flights(flights.flier)
            landing.fly(NOTHING)
            for sortie in flights.made:
                landing.fly(of_sortie(sortie))
            sorties = self._timed({**self.flights, i: landing})
            if sorties is not None:
                self.flights[i] = landing
                return sorties
        msg = "the UAVs in the air can not be kept apart as they fly: call some of them home"
        raise InfeasibleError(msg)

    def _timed(self, flights: dict[int, Flights]) -> tuple[Sortie, ...] | None:
        every = [flights[i] for i in sorted(flights)]
        return timed(every, self.fleet.problem, self.fleet.terrain, self.way_home)

    def deal(self, piece: Piece, giver: int) -> None:
        """Deal out what one leaves among all that can fly it."""
        if piece.empty:
            return
        spacing_m = self.fleet.problem.vehicles[giver].spacing_m
        vehicles = self.fleet.problem.vehicles
        able = [i for i in self.flights if vehicles[i].spacing_m >= spacing_m * (1 - _ALIKE)]
        tried = [self._dealt(piece, able)] if able else []
        if len(able) < len(self.flights):
            finest = min(self.flights, key=lambda i: vehicles[i].spacing_m)
            ground = ground_of_piece(piece, giver, self.fleet, self.flights)
            if not ground.is_empty:
                anew = self.cover(self.fleet.problem, finest, ground)
                tried.append(self._dealt(anew, list(self.flights)))
        found = [one for one in tried if one is not None]
        if not found:
            ids = ", ".join(vehicles[i].id for i in self.flights)
            msg = f"what {vehicles[giver].id} leaves can not be dealt to {ids}: none can fly it"
            raise InfeasibleError(msg)
        self.flights, self.sorties = min(found, key=lambda one: _finish_s(one[1]))

    def _dealt(
        self, piece: Piece, able: Sequence[int]
    ) -> tuple[dict[int, Flights], tuple[Sortie, ...]] | None:
        """Try the best deals until one keeps all apart; the last resort is to land before."""
        best: tuple[dict[int, Flights], tuple[Sortie, ...]] | None = None
        hands = [hand_of(self.flights[i]) for i in able]
        for landing_first in (False, True):
            if landing_first:
                hands = [replace(hand, left_s=-_NEVER_S) for hand in hands]
            for _ in range(_CORRECTIONS):
                found = self._first_apart(piece, hands)
                if found is None:
                    break
                flights, sorties, late_s = found
                if best is None or _finish_s(sorties) < _finish_s(best[1]):
                    best = flights, sorties
                hands = [replace(h, late_s=h.late_s + late_s.get(h.uav, 0.0)) for h in hands]
            if best is not None:
                return best
        return None

    def _first_apart(
        self, piece: Piece, hands: Sequence[Hand]
    ) -> tuple[dict[int, Flights], tuple[Sortie, ...], dict[int, float]] | None:
        """Make the best deal that keeps all apart, with how late each lands against estimates."""
        way = Way(piece, hands)
        for parts in deals(way, hands)[:_TRIES]:
            flights = dict(self.flights)
            late_s = {}
            try:
                for hand, first, last in parts:
                    given = way.fine.part(first, last)
                    if way.turned(hand, first, last):
                        given = given.reversed()
                    flights[hand.uav] = self._with(hand, given)
                    foretold_s = float(way.lands_s(hand, first)[last - first])
                    late_s[hand.uav] = _lands_s(flights[hand.uav]) - foretold_s
            except InfeasibleError as error:
                hands = [hand for hand in hands if hand.uav not in error.witness]
                if error.witness and hands:  # it is too far away for one of them
                    return self._first_apart(piece, hands)
                continue
            sorties = self._timed(flights)
            if sorties is not None:
                return flights, sorties, late_s
        return None

    def _with(self, hand: Hand, given: Piece) -> Flights:
        """Give a UAV more: at the end of its last flight, or in flights of its own."""
        before = self.flights[hand.uav]
        flights = Flights(before.flier)
        alone = not before.made or hand.left_s <= 0
        for sortie in before.made if alone else before.made[:-1]:
            flights.add(sortie)
        if alone:
            flights.fly(given)
            return flights
        last = of_sortie(before.made[-1])
        flights.fly(self.fleet.joined(hand.uav, [last, given]))
        longer = Flights(before.flier)
        for sortie in before.made:
            longer.add(sortie)
        longer.fly(given)
        return min(flights, longer, key=lambda one: float(one.made[-1].time_s[-1]))

    def relieve(self, giver: int, others: Sequence[int]) -> bool:
        """Deal out anew what one has left, to it and others; kept where that pays."""
        vehicles = self.fleet.problem.vehicles
        least_m = vehicles[giver].spacing_m * (1 - _ALIKE)
        able = [i for i in others if vehicles[i].spacing_m >= least_m]
        before, sorties = self.flights, self.sorties
        whole = self.fleet.joined(giver, [of_sortie(s) for s in before[giver].made])
        if not able or whole.empty:
            return False
        emptied = Flights(before[giver].flier)
        if emptied.flier.at_m is not None:
            emptied.fly(NOTHING)
        self.flights = {**before, giver: emptied}
        found = self._dealt(whole, [giver, *able])
        self.flights = before
        if found is None or _finish_s(found[1]) > _finish_s(sorties) + 1e-6:
            return False
        pair = {giver, *able}
        after_s = max(float(s.time_s[-1]) for s in found[1] if s.uav in pair)
        if after_s > (1 - _GAIN) * max(_lands_s(before[i]) for i in pair):
            return False
        self.flights, self.sorties = found
        return True

    def even_out(self) -> None:
        """Let those that land first take over from those that land last, as long as that pays."""
        for _ in range(2 * len(self.flights)):
            ends = {i: _lands_s(flights) for i, flights in self.flights.items()}
            by_end = sorted(ends, key=lambda i: (ends[i], i))
            latest = by_end[-1]
            if not any(self.relieve(latest, [taker]) for taker in by_end[:2] if taker != latest):
                break


def _lands_s(flights: Flights) -> float:
    return float(flights.made[-1].time_s[-1]) if flights.made else 0.0


def _finish_s(sorties: Sequence[Sortie] | None) -> float:
    return max((float(s.time_s[-1]) for s in sorties or ()), default=0.0)


def _way_home(fleet: Fleet, uav: int, standing: Standing) -> Sortie | None:
    """Foretell the way of a lost UAV that may come home by itself."""
    if not standing.lost or standing.flier.at_m is None:
        return None
    airway = standing.flier.airway
    vehicle = airway.vehicle
    return_h = vehicle.height_m if vehicle.return_height_m is None else vehicle.return_height_m
    xyz = way_home_m(airway.launch_m, standing.flier.at_m, return_h)
    xyz = xyz[np.concatenate([[True], np.linalg.norm(np.diff(xyz, axis=0), axis=1) > 1e-6])]
    kind = np.full(len(xyz) - 1, int(LegKind.RETURN), dtype=np.int32)
    return Sortie(
        uav=uav,
        number=standing.flier.number,
        xyz_m=xyz,
        kind=kind,
        speed_m_s=leg_speeds_m_s(xyz, kind, vehicle),
        time_s=pass_times_s(xyz, kind, vehicle),
        launch_m=airway.launch_m,
    )


def _finished(
    plan: Plan, state: FleetState, mission: Mission, fleet: Fleet, work: _Work
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
        finish_before_s=_finish_s(plan.sorties),
        finish_s=max((c.lands_s for c in changes if c.lands_s is not None), default=state.time_s),
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
