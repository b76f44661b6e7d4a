"""Deals a way out among UAVs that fly on, each a part of it, so that the last lands earliest.

The parts lie along the way in the order of the UAVs; each is flown forth or back, at the end of the
flight under way as far as its battery lasts, then in flights of their own. What each would take is
estimated for all cuts at once; the flights are made of the best ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from mcpp.flight.motion import hover_s, pass_times_s
from mcpp.model import FloatArray, LegKind, Vehicle
from mcpp.replan.flights import Flier, Flights
from mcpp.replan.pieces import Divided, Piece

_ALL_ORDERS = 4
"""Fleets up to this size are tried in every order."""
_TURNS = 6
_MOST_HANDS = 8
"""Of a large fleet those are asked that would be done first with a little of the work."""
_HALVINGS = 22
_EVEN_S = 0.1
"""Ends are evened out no further."""
_WORTH = 0.02
"""Part of the rest by which one more UAV must bring the end forward to be given work."""
_LEAST_S = 15.0
"""A part shorter than this is not worth a way."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hand:
    """A UAV that may take a part.

    Attributes
    ----------
    end_m
        Where its last flight ends its work, shape (2,).
    work_end_s, left_s
        When that is, and how long the battery lasts from then on.
    lands_s
        When it has landed for good, if it takes nothing.
    ready_s
        When it could take off once more.
    late_s
        How much later than estimated it has turned out to land.
    """

    uav: int
    flier: Flier
    end_m: FloatArray
    work_end_s: float
    left_s: float
    lands_s: float
    ready_s: float
    late_s: float = 0.0


def hand_of(flights: Flights) -> Hand:
    """Tell where a UAV stands at the end of its flights."""
    flier, vehicle = flights.flier, flights.flier.airway.vehicle
    if not flights.made:
        return Hand(
            uav=flier.airway.uav,
            flier=flier,
            end_m=flier.airway.launch_m,
            work_end_s=flier.ready_s,
            left_s=0.0,
            lands_s=0.0,
            ready_s=flier.ready_s,
        )
    last = flights.made[-1]
    at_work = np.flatnonzero((last.kind == LegKind.SURVEY) | (last.kind == LegKind.CONNECT))
    end = int(at_work[-1]) + 1 if len(at_work) else 0
    lasts_s = flier.battery_s if last.airborne else vehicle.endurance_s
    return Hand(
        uav=flier.airway.uav,
        flier=flier,
        end_m=np.asarray(last.xyz_m[end, :2]),
        work_end_s=float(last.time_s[end]),
        left_s=lasts_s - float(last.time_s[end] - last.time_s[0]),
        lands_s=float(last.time_s[-1]),
        ready_s=flights.next_s,
    )


class Way:
    """A way to be dealt out, with what each UAV would need for its parts.

    Parameters
    ----------
    steps
        In how many steps it may be cut, about.
    """

    def __init__(self, piece: Piece, hands: Sequence[Hand], *, steps: int = 400) -> None:
        length_m = float(np.hypot(*np.diff(piece.xy_m, axis=0).T).sum())
        finest_m = min(hand.flier.airway.vehicle.spacing_m for hand in hands)
        self.fine = Divided(piece, max(length_m / steps, finest_m / 2))
        self._clock_s = {hand.uav: self._pass_s(hand.flier.airway.vehicle) for hand in hands}
        self._from_end_s = {h.uav: self._ways_s(h, h.end_m) for h in hands}
        self._from_home_s = {h.uav: self._ways_s(h, h.flier.airway.launch_m) for h in hands}
        self._to_home_s = {h.uav: self._ways_s(h, h.flier.airway.landing_m) for h in hands}
        self._lands: dict[tuple[int, int], FloatArray] = {}

    def _pass_s(self, vehicle: Vehicle) -> FloatArray:
        """When a UAV passes each point, from rest at the first."""
        points = len(self.fine.xy_m)
        xyz = np.column_stack([self.fine.xy_m, np.full(points, vehicle.height_m)])
        kind = np.where(self.fine.survey, int(LegKind.SURVEY), int(LegKind.CONNECT))
        kind = kind.astype(np.int32)
        return pass_times_s(xyz, kind, vehicle, hover=hover_s(kind, vehicle))

    def _ways_s(self, hand: Hand, place_m: FloatArray) -> FloatArray:
        airway = hand.flier.airway
        vehicle = airway.vehicle
        way_m = airway.ways.distances(place_m, self.fine.xy_m)[0]
        return np.asarray(
            way_m / vehicle.transit_speed_m_s
            + vehicle.transit_speed_m_s / vehicle.acceleration_m_s2
        )

    def lands_s(self, hand: Hand, first: int) -> FloatArray:
        """Estimate when a UAV has landed for good with the part from `first` to each point.

        Returns
        -------
        Shape (n - first,): the first entry is for nothing.
        """
        key = (hand.uav, first)
        if key not in self._lands:  # other orders ask for the same
            forth = self._lands_s(hand, first, turned=False)
            back = self._lands_s(hand, first, turned=True)
            found = np.minimum(forth, back) + hand.late_s
            found[0] = hand.lands_s
            self._lands[key] = found
        return self._lands[key]

    def soonest_s(self, hand: Hand) -> float:
        """Tell when a UAV could be home from the nearest point of the way."""
        ways_s = self._from_end_s[hand.uav] + self._to_home_s[hand.uav]
        return hand.work_end_s + float(ways_s.min())

    def turned(self, hand: Hand, first: int, last: int) -> bool:
        """Whether a part is better flown back to front."""
        forth = self._lands_s(hand, first, turned=False)[last - first]
        return bool(self._lands_s(hand, first, turned=True)[last - first] < forth)

    def _lands_s(self, hand: Hand, first: int, *, turned: bool) -> FloatArray:
        vehicle = hand.flier.airway.vehicle
        clock_s = self._clock_s[hand.uav]
        work_s = clock_s[first:] - clock_s[first]
        n = len(work_s)
        ends = (slice(first, None), np.full(n, first))
        begin, end = ends[::-1] if not turned else ends
        there_s = self._from_end_s[hand.uav][begin]
        out_s, home_s = self._from_home_s[hand.uav][begin], self._to_home_s[hand.uav][end]
        survey_h = vehicle.height_m
        top_m = max(survey_h, vehicle.transit_height_m or 0.0, vehicle.return_height_m or 0.0)
        climb_s, sink_s = 1 / vehicle.climb_m_s, 1 / vehicle.descent_m_s
        rise_s = (top_m - survey_h) * (climb_s + sink_s)
        down_s = top_m * sink_s + (top_m - survey_h) * climb_s
        once_s = out_s + home_s + top_m * climb_s + (top_m - survey_h) * sink_s + down_s
        room_s = np.maximum(vehicle.endurance_s - once_s, 1.0)
        swap_s = vehicle.swap_s
        if vehicle.batteries is not None:
            spare = vehicle.batteries - len(hand.flier.landed_s) - len(hand.flier.pieces)
            swap_s = swap_s if spare > 0 else max(swap_s, vehicle.charge_s)

        def flown_s(left_s: FloatArray, ready_s: FloatArray | float) -> FloatArray:
            count = np.maximum(np.ceil(left_s / room_s - 1e-9), 1.0)
            found_s = ready_s + left_s + count * once_s + (count - 1) * swap_s
            return np.asarray(np.where(once_s + _LEAST_S < vehicle.endurance_s, found_s, np.inf))

        alone_s = flown_s(work_s, hand.ready_s)
        here_s = hand.left_s - there_s - rise_s - home_s - down_s
        ends_s = hand.work_end_s + there_s + rise_s + work_s + home_s + down_s
        split_s = flown_s(np.maximum(work_s - here_s, 0.0), hand.work_end_s + hand.left_s + swap_s)
        with_s = np.where(work_s <= here_s, ends_s, np.where(here_s > 0, split_s, np.inf))
        return np.minimum(alone_s, with_s)

    def cut(self, order: Sequence[Hand], end_s: float) -> list[tuple[Hand, int, int]] | None:
        """Give each UAV as much as it can do by `end_s`; None where that is not all."""
        at, last = 0, len(self.fine.xy_m) - 1
        parts = []
        for hand in order:
            fits = np.flatnonzero(self.lands_s(hand, at) <= end_s)
            to = at + int(fits[-1]) if len(fits) else at
            if to > at and self._clock_s[hand.uav][to] - self._clock_s[hand.uav][at] > _LEAST_S:
                parts.append((hand, at, to))
                at = to
            if at == last:
                return parts
        return None

    def best_cut(self, order: Sequence[Hand]) -> tuple[float, list[tuple[Hand, int, int]]]:
        """Find the earliest end with the UAVs in one order along the way, and their parts."""
        low = 0.0
        last = len(self.fine.xy_m) - 1
        high = max(float(self.lands_s(order[0], 0)[last]), *(h.lands_s for h in order)) + 1.0
        best = self.cut(order, high) or [(order[0], 0, last)]
        for _ in range(_HALVINGS):
            if high - low < _EVEN_S:
                break
            middle = (low + high) / 2
            found = self.cut(order, middle)
            low, high = (low, middle) if found else (middle, high)
            best = found or best
        return high, best


def orders(way: Way, hands: Sequence[Hand]) -> Iterator[tuple[Hand, ...]]:
    """List orders of the UAVs along the way: all of few, else by where they come from."""
    if len(hands) <= _ALL_ORDERS:
        yield from permutations(hands)
        return
    nearest = np.array([np.argmin(np.hypot(*(way.fine.xy_m - h.end_m).T)) for h in hands])
    by_place = tuple(hands[i] for i in np.argsort(nearest, kind="stable"))
    for k in range(min(len(by_place), _TURNS)):
        yield (*by_place[k:], *by_place[:k])


def deals(way: Way, hands: Sequence[Hand]) -> list[list[tuple[Hand, int, int]]]:
    """List ways to deal it out, the best first: fewer UAVs where more bring little."""
    hands = sorted(hands, key=way.soonest_s)[:_MOST_HANDS]
    found = sorted((way.best_cut(order) for order in orders(way, hands)), key=lambda deal: deal[0])
    best_s, best = found[0]
    fewer = best
    while len(fewer) > 1:
        fallback_s = max(hand.lands_s for hand in hands)
        tries = [way.best_cut([hand for hand, *_ in fewer if hand is not out]) for out, *_ in fewer]
        end_s, parts = min(tries, key=lambda deal: deal[0])
        if max(end_s, fallback_s) > (1 + _WORTH) * max(best_s, fallback_s):
            break
        fewer = parts
    return [fewer, *(parts for _, parts in found)]
