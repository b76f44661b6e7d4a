"""Deals out what is left among those that fly on, and keeps their flights apart.

What need not change stays as it is. What a lost UAV leaves, or one with a weak battery can not do,
is dealt out along its own way (`mcpp.replan.deal`); for a UAV that joins, ways are taken from those
that would land last.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.flight.motion import leg_speeds_m_s, pass_times_s
from mcpp.model import LegKind, Problem, Sortie
from mcpp.replan.apart import timed, way_home_m
from mcpp.replan.deal import Hand, Way, deals, hand_of
from mcpp.replan.fleet import Fleet, Standing
from mcpp.replan.flights import Flights
from mcpp.replan.ground import ground_of_piece
from mcpp.replan.pieces import NOTHING, Piece, of_sortie

CoverGround = Callable[[Problem, int, BaseGeometry], Piece]
"""Covers ground anew with the lines of one UAV."""
_ALIKE = 1e-6
_GAIN = 0.03
"""Ground is passed on as long as the end of those that do comes forward by this part."""
_NEVER_S = 1e9
_TRIES = 6
_COMPARED = 2
"""Deals that keep all apart, of which the one is taken that ends earliest."""
_CORRECTIONS = 3
"""Times that a deal is made anew with what flying it has shown."""


class Work:
    """The flights of those that fly on, as they are given more."""

    def __init__(self, fleet: Fleet, cover: CoverGround | None) -> None:
        self.fleet, self.cover = fleet, cover
        self.notes: list[str] = []
        self._refused_s = _NEVER_S  # earliest end of the deals that do not keep all apart
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
                self.notes.append(
                    f"{flights.flier.airway.vehicle.id}: lands first and flies on then: in the air "
                    "it can not be kept apart from the others as they fly; it has landed "
                    f"{lands_s(landing) - lands_s(flights):.0f} s later for that"
                )
                return sorties
        msg = "the UAVs in the air can not be kept apart as they fly: call some of them home"
        raise InfeasibleError(msg)

    def _timed(self, flights: dict[int, Flights]) -> tuple[Sortie, ...] | None:
        every = [flights[i] for i in sorted(flights)]
        kept = [sortie for standing in self.fleet.standings for sortie in standing.kept]
        return timed(every, self.fleet.problem, self.fleet.terrain, self.way_home, kept)

    def deal(self, piece: Piece, giver: int) -> None:
        """Deal out what one leaves among all that can fly it."""
        if piece.empty:
            return
        spacing_m = self.fleet.problem.vehicles[giver].spacing_m
        vehicles = self.fleet.problem.vehicles
        able = [i for i in self.flights if vehicles[i].spacing_m >= spacing_m * (1 - _ALIKE)]
        tried = [self._dealt(piece, able)] if able else []
        if self.cover is not None and len(able) < len(self.flights):
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
        self.flights, self.sorties = min(found, key=lambda one: finish_s(one[1]))

    def _dealt(
        self, piece: Piece, able: Sequence[int]
    ) -> tuple[dict[int, Flights], tuple[Sortie, ...]] | None:
        """Try the best deals until some keep all apart; the last resort is to land before.

        Then one alone lands first, or else all do.
        """
        hands = [hand_of(self.flights[i]) for i in able]
        self._refused_s = _NEVER_S
        in_air_s = None
        for first in self._who_lands_first(hands):
            found = self._corrected(piece, first)
            in_air_s = self._refused_s if in_air_s is None else in_air_s
            if found is not None:
                self._note_landing(hands, first, finish_s(found[1]) - in_air_s)
                return found
        return None

    def _who_lands_first(self, hands: Sequence[Hand]) -> Iterator[list[Hand]]:
        """List who may land before it takes more: nobody, one alone, all."""

        def landing(uavs: Sequence[int]) -> list[Hand]:
            return [replace(h, left_s=-_NEVER_S) if h.uav in uavs else h for h in hands]

        yield list(hands)
        aloft = [h.uav for h in hands if h.left_s > 0]
        if len(aloft) > 1:
            yield from (landing([uav]) for uav in aloft)
        yield landing([hand.uav for hand in hands])

    def _corrected(
        self, piece: Piece, hands: Sequence[Hand]
    ) -> tuple[dict[int, Flights], tuple[Sortie, ...]] | None:
        """Deal, and deal anew with what flying it has shown."""
        best: tuple[dict[int, Flights], tuple[Sortie, ...]] | None = None
        for _ in range(_CORRECTIONS):
            found = self._best_apart(piece, hands)
            if found is None:
                break
            flights, sorties, late_s = found
            if best is None or finish_s(sorties) < finish_s(best[1]):
                best = flights, sorties
            hands = [replace(h, late_s=h.late_s + late_s.get(h.uav, 0.0)) for h in hands]
        return best

    def _note_landing(self, hands: Sequence[Hand], chosen: Sequence[Hand], later_s: float) -> None:
        """Say who lands before it takes its part, why, and what that costs."""
        ids = [
            self.fleet.problem.vehicles[after.uav].id
            for before, after in zip(hands, chosen, strict=True)
            if after.left_s < before.left_s and before.left_s > 0
        ]
        if not ids:
            return
        self.notes.append(
            f"{', '.join(ids)}: lands before it takes more: with it in the air no division keeps "
            f"the UAVs apart; all have landed about {max(later_s, 0.0):.0f} s later for that"
        )

    def _best_apart(
        self, piece: Piece, hands: Sequence[Hand]
    ) -> tuple[dict[int, Flights], tuple[Sortie, ...], dict[int, float]] | None:
        """Make the best deals that keep all apart, with how late each lands against estimates.

        Of the first few the one is taken that ends earliest: estimates know of no waits.
        """
        way = Way(piece, hands)
        best: tuple[dict[int, Flights], tuple[Sortie, ...], dict[int, float]] | None = None
        seen: list[list[tuple[int, int, int]]] = []
        for parts in deals(way, hands)[:_TRIES]:
            cuts = [(hand.uav, first, last) for hand, first, last in parts]
            if cuts in seen:
                continue
            flights = dict(self.flights)
            foretold_s = {}
            try:
                for hand, first, last in parts:
                    given = way.fine.part(first, last)
                    if way.turned(hand, first, last):
                        given = given.reversed()
                    flights[hand.uav] = self._with(hand, given)
                    foretold_s[hand.uav] = float(way.lands_s(hand, first)[last - first])
            except InfeasibleError as error:
                hands = [hand for hand in hands if hand.uav not in error.witness]
                if error.witness and hands:  # it is too far away for one of them
                    return self._best_apart(piece, hands)
                continue
            sorties = self._timed(flights)
            if sorties is None:
                as_if_alone_s = max(lands_s(one) for one in flights.values())
                self._refused_s = min(self._refused_s, as_if_alone_s)
                continue
            if best is None or finish_s(sorties) < finish_s(best[1]):
                ends_s = {s.uav: float(s.time_s[-1]) for s in sorties}
                late_s = {uav: ends_s[uav] - told_s for uav, told_s in foretold_s.items()}
                best = flights, sorties, late_s
            seen.append(cuts)
            if len(seen) == _COMPARED:
                break
        return best

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
        tried = [flights, longer, *self._in_fewer(before, hand.uav, given)]
        return min(tried, key=lands_s)

    def _in_fewer(self, before: Flights, uav: int, given: Piece) -> list[Flights]:
        """Fly all that a UAV has left in as few flights as its batteries allow, where that goes."""
        if len(before.made) < 2:
            return []
        pieces = [of_sortie(sortie) for sortie in before.made]
        anew = Flights(before.flier)
        try:
            anew.fly(self.fleet.joined(uav, [*pieces, given]))
        except InfeasibleError:
            return []
        return [anew]

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
        if found is None or finish_s(found[1]) > finish_s(sorties) + 1e-6:
            return False
        pair = {giver, *able}
        after_s = max(float(s.time_s[-1]) for s in found[1] if s.uav in pair)
        if after_s > (1 - _GAIN) * max(lands_s(before[i]) for i in pair):
            return False
        self.flights, self.sorties = found
        return True

    def even_out(self) -> None:
        """Let those that land first take over from those that land last, as long as that pays."""
        for _ in range(2 * len(self.flights)):
            ends = {i: lands_s(flights) for i, flights in self.flights.items()}
            by_end = sorted(ends, key=lambda i: (ends[i], i))
            latest = by_end[-1]
            if not any(self.relieve(latest, [taker]) for taker in by_end[:2] if taker != latest):
                break


def lands_s(flights: Flights) -> float:
    """Tell when a UAV has landed from the last of its flights, kept apart or not; 0 for none."""
    return float(flights.made[-1].time_s[-1]) if flights.made else 0.0


def finish_s(sorties: Sequence[Sortie] | None) -> float:
    """Tell when all have landed; 0 where nobody flies."""
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
