"""Who flies on, with what left to do, in the ground as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from mcpp.errors import InfeasibleError
from mcpp.flight.legs import Airway
from mcpp.flight.terrain import Terrain
from mcpp.ground.frame import LocalFrame
from mcpp.ground.transit import FreeSpace
from mcpp.model import Begun, FloatArray, LegKind, Plan, Problem, Route, Sortie
from mcpp.problem.space import passes_over, space_of, way_space_of
from mcpp.replan.flights import Flier, Flights, flight, rest_of
from mcpp.replan.pieces import (
    HAIR_M,
    NOTHING,
    Piece,
    inside,
    joined,
    of_sortie,
    route_of,
    shifted,
    split_at,
)
from mcpp.replan.placing import off_line, placed
from mcpp.replan.state import FleetState, UavState

NEAR_LINES = 2.5
"""Ways shorter than so many line spacings are flown at the height of the survey."""
MOST_GRACE_S = 10.0
"""No autopilot takes longer to come up to speed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """One UAV of the plan, and what it has done and has left.

    Attributes
    ----------
    done
        What it has surveyed.
    kept
        Its flights to come as they were planned, on the new clock; the first goes on from where it
        is. Empty where it has to fly otherwise.
    grace_s
        What its kept flight is timed longer than planned because it is taken to begin at rest. A
        UAV that goes on as planned does not stop, so its battery need not last for that.
    """

    flier: Flier
    done: tuple[Piece, ...]
    kept: tuple[Sortie, ...]
    lost: bool
    grace_s: float = 0.0

    @property
    def weak(self) -> bool:
        """Whether it can not fly on as planned, and has work left."""
        return not self.kept and any(not piece.empty for piece in self.flier.pieces)


def _is_landing(sortie: Sortie, one: UavState) -> bool:
    """Tell whether a UAV comes down on its launch point: it is left to land as planned."""
    return (
        one.status == "flying"
        and sortie.number == one.sortie
        and one.point == len(sortie.xyz_m) - 1
        and sortie.kind[-1] == LegKind.LAND
    )


def _over(sortie: Sortie, one: UavState) -> bool:
    """Whether a sortie that has begun is flown to its end."""
    if sortie.number != one.sortie:
        return False
    return one.status == "ground" or (one.point or 0) >= len(sortie.xyz_m)


def _grace_s(flier: Flier, now: Sortie | None, point: int | None) -> float:
    """Measure what going on as planned takes longer from rest than from the midst of a flight."""
    if now is None or point is None or flier.at_m is None:
        return 0.0
    begin, leg = now.xyz_m[point - 1], now.xyz_m[point] - now.xyz_m[point - 1]
    part = float((flier.at_m - begin) @ leg) / max(float(leg @ leg), 1e-9)
    at_s = np.interp(part, (0.0, 1.0), now.time_s[point - 1 : point + 1])
    longer_s = float(rest_of(now, point, flier).time_s[-1]) - float(now.time_s[-1] - at_s)
    return min(max(longer_s, 0.0), MOST_GRACE_S)


class Fleet:
    """The UAVs of a plan as they stand at a time.

    Raises
    ------
    InfeasibleError
        When a UAV that flies has no legal way to go on.
    """

    def __init__(
        self,
        plan: Plan,
        state: FleetState,
        states: Sequence[UavState],
        problem: Problem,
        terrain: Terrain | None,
    ) -> None:
        self.plan, self.problem, self.terrain = plan, problem, terrain
        self.frame, self.now_s = LocalFrame(plan.origin_lon_lat_deg), state.time_s
        self._spaces: dict[bytes, FreeSpace] = {}
        joined_states = [UavState(id=uav.id, status="ground") for uav in state.joins]
        self.standings = tuple(
            self._standing(i, one) for i, one in enumerate([*states, *joined_states])
        )

    def airway(self, uav: int) -> Airway:
        """Gather what the flights of one UAV have in common."""
        vehicle = self.problem.vehicles[uav]
        ground = space_of(self.problem, uav)
        space = self._spaces.setdefault(ground.wkb, FreeSpace(ground))
        over = None
        if passes_over(self.problem, uav):
            ways = way_space_of(self.problem, uav)
            over = self._spaces.setdefault(ways.wkb, FreeSpace(ways))
        start_m = vehicle.start_m
        if start_m is None:  # it joins, and may start anywhere
            place = self.problem.allowed.representative_point()
            start_m = (float(place.x), float(place.y))
        return Airway(
            uav=uav,
            vehicle=vehicle,
            launch_m=np.array(start_m),
            landing_m=np.array(vehicle.landing_m or start_m),
            space=space,
            terrain=self.terrain,
            over=over,
        )

    def near_m(self, uav: int) -> float:
        """Longest way that a UAV flies at the height of the survey."""
        return NEAR_LINES * self.problem.vehicles[uav].spacing_m

    def joined(self, uav: int, pieces: Sequence[Piece]) -> Piece:
        """Join pieces by ways that a UAV may fly."""
        return joined(list(pieces), self.airway(uav).space, self.near_m(uav))

    def _standing(self, uav: int, one: UavState) -> Standing:
        own = sorted((s for s in self.plan.sorties if s.uav == uav), key=lambda s: s.number)
        flown = [s for s in own if s.number < one.sortie or _over(s, one) or _is_landing(s, one)]
        now = next((s for s in own if s.number == one.sortie and s not in flown), None)
        later = [s for s in own if s.number > one.sortie]
        done, left = [of_sortie(s) for s in flown], [of_sortie(s) for s in later]
        at_m = None
        if now is not None and one.lon_lat_deg is not None and one.point is not None:
            at_m = np.array([*self.frame.to_m(one.lon_lat_deg), one.height_m or 0.0])
            if one.status == "flying":
                at_m = self._placed(uav, now, one.point, at_m)
            before, after = split_at(now, one.point, at_m[:2])
            done.append(before)
            left.insert(0, after)
        lost, flying = one.status == "lost", one.status == "flying" and now is not None
        airway = self.airway(uav)
        room = space_of(self.problem, uav)
        pieces = [inside(piece, room, airway.space, self.near_m(uav)) for piece in left]
        landed_s = tuple(float(s.time_s[-1]) - self.now_s for s in flown)
        flier = Flier(
            airway=airway,
            at_m=at_m,
            battery_s=one.battery_s or 0.0 if flying else airway.vehicle.endurance_s,
            number=one.sortie if flying else one.sortie + 1,
            ready_s=max(0.0, landed_s[-1] + airway.vehicle.swap_s) if landed_s else 0.0,
            landed_s=tuple(min(t, 0.0) for t in landed_s),
            pieces=tuple(pieces),
        )
        kept: tuple[Sortie, ...] = ()
        grace_s = 0.0
        if not lost and all(a is b for a, b in zip(pieces, left, strict=True)):
            grace_s = _grace_s(flier, now if flying else None, one.point)
            kept = self._kept(flier, now if flying else None, one.point, later, grace_s)
        return Standing(flier=flier, done=tuple(done), kept=kept, lost=lost, grace_s=grace_s)

    def _placed(self, uav: int, now: Sortie, point: int, told_m: FloatArray) -> FloatArray:
        """Put a UAV onto its line, and refuse one that is where it may not be."""
        vehicle, room = self.problem.vehicles[uav], way_space_of(self.problem, uav)
        return placed(vehicle, uav, room, now, point, told_m, ceiling=self.terrain is None)

    def _kept(
        self,
        flier: Flier,
        now: Sortie | None,
        point: int | None,
        later: Sequence[Sortie],
        grace_s: float,
    ) -> tuple[Sortie, ...]:
        """Give the flights to come as they were planned; none where they are no longer possible."""
        flights = Flights(flier)
        room = space_of(self.problem, flier.airway.uav)
        if now is not None and point is not None:
            if flier.at_m is not None and off_line(flier.airway.vehicle, now, point, flier.at_m):
                return ()
            rest = rest_of(now, point, flier)
            if float(rest.time_s[-1]) > flier.battery_s + grace_s:
                return ()
            flights.add(rest)
        for sortie in later:
            planned_s = float(sortie.time_s[0]) - self.now_s
            flights.add(shifted(sortie, max(planned_s, flights.next_s)))
        for sortie in flights.made:
            ahead = sortie.xyz_m[1 if len(sortie.xyz_m) > 2 else 0 :, :2]
            if not shapely.covers(room.buffer(HAIR_M), shapely.LineString(ahead)):
                return ()
        return tuple(flights.made)

    def flights(self, standing: Standing) -> Flights:
        """Make the flights of a UAV: as planned where they can be, else anew from its pieces."""
        flights = Flights(standing.flier)
        if standing.kept:
            for sortie in standing.kept:
                flights.add(sortie)
            return flights
        for piece in standing.flier.pieces:
            if not piece.empty or (standing.flier.at_m is not None and not flights.made):
                flights.fly(piece)
        if standing.flier.at_m is not None and not flights.made:
            flights.fly(NOTHING)
        return flights

    def check_can_land(self, standing: Standing) -> None:
        """Refuse a UAV in the air whose battery does not last home, however it flies there.

        Raises
        ------
        InfeasibleError
        """
        flier = standing.flier
        if standing.lost or flier.at_m is None or standing.kept:
            return
        home = flight(flier, NOTHING, airborne=True, number=flier.number, begin_s=0.0)
        if float(home.time_s[-1]) > flier.battery_s:
            msg = (
                f"{flier.airway.vehicle.id}: its battery lasts {max(flier.battery_s, 0.0):.0f} s, "
                f"the way home takes {home.time_s[-1]:.0f} s: land it at once, and tell of it as "
                "lost"
            )
            raise InfeasibleError(msg, witness=(flier.airway.uav,))

    def begun(self) -> Begun:
        """Tell what the new plan goes on from."""
        before: tuple[Route, ...] = () if self.plan.begun is None else self.plan.begun.surveyed
        base_s = 0.0 if self.plan.begun is None else self.plan.begun.time_s
        return Begun(
            time_s=base_s + self.now_s,
            at_m=tuple(
                None
                if s.lost or s.flier.at_m is None
                else (float(s.flier.at_m[0]), float(s.flier.at_m[1]), float(s.flier.at_m[2]))
                for s in self.standings
            ),
            battery_s=tuple(s.flier.battery_s + s.grace_s for s in self.standings),
            lost=tuple(i for i, s in enumerate(self.standings) if s.lost),
            surveyed=(
                *before,
                *(
                    route_of(i, piece)
                    for i, s in enumerate(self.standings)
                    for piece in s.done
                    if not piece.empty
                ),
            ),
        )
