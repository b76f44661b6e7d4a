"""Divides pieces of lines among UAVs so that all end early, and puts them in order."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.ground.transit import FreeSpace
from mcpp.model import FloatArray, Plan, Problem, Route, Vehicle
from mcpp.planner import Observer, report_progress

_STAGE = "dividing the pieces"
_TURN_S = 5.0
"""Time that a stop between two pieces costs beside the way."""
_ROUNDS = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """A straight survey leg, which may be flown either way.

    Attributes
    ----------
    begin_m, end_m
        Where its first and its last photo belong, shape (3,).
    run_on_m
        How far a leg must go on after its last photo.
    room_m
        How far it may go on beyond `begin_m`, and beyond `end_m`, on the line.
    """

    uav: int
    begin_m: FloatArray
    end_m: FloatArray
    along: FloatArray
    run_on_m: float = 0.0
    room_m: tuple[float, float] = (0.0, 0.0)

    @property
    def length_m(self) -> float:
        """Length over ground."""
        return math.hypot(*(self.end_m - self.begin_m)[:2]) + self.run_on_m

    def leg_m(self, *, forward: bool) -> FloatArray:
        """Make the leg, shape (2, 2); at the very end of a line it begins the earlier."""
        first, last = self.begin_m[:2], self.end_m[:2]
        way, room_m = self.along, self.room_m[1]
        if not forward:
            first, last, way, room_m = last, first, -way, self.room_m[0]
        on_m = min(self.run_on_m, room_m)
        short_m = max(self.run_on_m - on_m - math.hypot(*(last - first)), 0.0)
        return np.array([first - short_m * way, last + on_m * way])


def _alike(plan: Plan, first: int, second: int) -> bool:
    """Whether two UAVs take the same photos: camera, height, steps, and where it looks."""
    a, b = plan.problem.vehicles[first], plan.problem.vehicles[second]
    return (
        a.camera == b.camera
        and a.trigger == b.trigger
        and abs(a.height_m - b.height_m) < 0.5
        and abs((a.trigger_distance_m or 0.0) - (b.trigger_distance_m or 0.0)) < 0.01
        and abs(a.gimbal_pitch_deg - b.gimbal_pitch_deg) < 0.1
        and a.heading == b.heading
        and (a.heading == "along" or abs(a.heading_deg - b.heading_deg) < 0.1)
    )


class _Tours:
    """Order and direction of the pieces of each UAV: piece i forward is 2 i, backward 2 i + 1."""

    def __init__(self, problem: Problem, pieces: Sequence[Piece], flying: Sequence[int]) -> None:
        self.pieces, self.flying = pieces, list(flying)
        self.tours: dict[int, list[int]] = {uav: [] for uav in flying}
        vehicles = problem.vehicles
        begin = np.array([p.begin_m[:2] for p in pieces]).reshape(-1, 2)
        end = np.array([p.end_m[:2] for p in pieces]).reshape(-1, 2)
        middle = np.vstack([begin, end]).mean(axis=0)
        self.entry = np.stack([begin, end], axis=1).reshape(-1, 2)
        self.exit = np.stack([end, begin], axis=1).reshape(-1, 2)
        homes = [np.array(_place(vehicles[u].start_m, middle)) for u in flying]
        lands = [np.array(_place(vehicles[u].landing_m, middle)) for u in flying]
        space = FreeSpace(problem.allowed)
        self.between = space.distances(self.exit, self.entry)
        # launch points may lie outside the area, where corridors lead: as the crow flies
        self.out = {u: np.hypot(*(self.entry - h).T) for u, h in zip(flying, homes, strict=True)}
        self.back = {u: np.hypot(*(self.exit - h).T) for u, h in zip(flying, lands, strict=True)}
        self.speed = {u: _speeds(vehicles[u]) for u in flying}

    def time_s(self, uav: int, tour: Sequence[int]) -> float:
        """Reckon the time of a tour."""
        if not tour:
            return 0.0
        survey, transit = self.speed[uav]
        work_m = sum(self.pieces[one // 2].length_m for one in tour)
        way_m = float(self.out[uav][tour[0]] + self.back[uav][tour[-1]])
        way_m += sum(float(self.between[a, b]) for a, b in pairwise(tour))
        return work_m / survey + way_m / transit + _TURN_S * len(tour)

    def best_insertion(self, uav: int, tour: Sequence[int], piece: int) -> tuple[float, list[int]]:
        """Find the cheapest place of a piece in a tour: the tour's time then, and the tour."""
        survey, transit = self.speed[uav]
        best, found = math.inf, [*tour, 2 * piece]
        if not tour:
            states = (2 * piece, 2 * piece + 1)
            state = min(states, key=lambda s: float(self.out[uav][s] + self.back[uav][s]))
            return self.time_s(uav, [state]), [state]
        order = np.array(tour)
        for state in (2 * piece, 2 * piece + 1):
            into = np.concatenate([[self.out[uav][state]], self.between[order, state]])
            onward = np.concatenate([self.between[state, order], [self.back[uav][state]]])
            was = np.concatenate(
                [
                    [self.out[uav][order[0]]],
                    self.between[order[:-1], order[1:]],
                    [self.back[uav][order[-1]]],
                ]
            )
            added = into + onward - was
            place = int(np.argmin(added))
            if added[place] < best:
                best, found = float(added[place]), [*tour[:place], state, *tour[place:]]
        added_s = best / transit + self.pieces[piece].length_m / survey + _TURN_S
        return self.time_s(uav, tour) + added_s, found


def _place(place: tuple[float, float] | None, middle: FloatArray) -> FloatArray:
    return np.asarray(middle if place is None else place, dtype=np.float64)


def _speeds(vehicle: Vehicle) -> tuple[float, float]:
    return vehicle.speed_m_s, vehicle.transit_speed_m_s


def divided(
    plan: Plan,
    pieces: Sequence[Piece],
    without: frozenset[str],
    observer: Observer,
) -> tuple[Route, ...]:
    """Give each piece to a UAV that takes the same photos, so that the last lands early.

    Raises
    ------
    InfeasibleError
        When no UAV that flies takes the photos of a piece, or no legal way joins pieces.
    Cancelled
    """
    problem = plan.problem
    flying = [i for i, vehicle in enumerate(problem.vehicles) if vehicle.id not in without]
    able = [[u for u in flying if _alike(plan, u, piece.uav)] for piece in pieces]
    for one, uavs in zip(pieces, able, strict=True):
        if not uavs:
            name = problem.vehicles[one.uav].id
            msg = f"no UAV that is left takes the photos of {name}: same camera, height and steps"
            raise InfeasibleError(msg, witness=(one.uav,))
    tours = _Tours(problem, pieces, flying)
    order = sorted(range(len(pieces)), key=lambda i: (-pieces[i].length_m, i))
    for done, piece in enumerate(order):
        if done % 16 == 0:
            report_progress(observer, _STAGE, done / (2 * len(order)))
        _insert(tours, able, piece)
    for turn in range(_ROUNDS):
        report_progress(observer, _STAGE, 0.5 + turn / (2 * _ROUNDS))
        if not _moved_any(tours, able, order):
            break
    report_progress(observer, _STAGE, 1.0)
    space = FreeSpace(problem.allowed)
    return tuple(
        _route(space, uav, pieces, tours.tours.get(uav, [])) for uav in range(len(problem.vehicles))
    )


def _insert(tours: _Tours, able: Sequence[Sequence[int]], piece: int) -> None:
    """Put a piece where the latest landing, and then all flying, grows least."""
    times = {uav: tours.time_s(uav, tour) for uav, tour in tours.tours.items()}
    best: tuple[float, float, int, list[int]] | None = None
    for uav in able[piece]:
        time_s, tour = tours.best_insertion(uav, tours.tours[uav], piece)
        latest = max(time_s, *(t for u, t in times.items() if u != uav), 0.0)
        key = (latest + 0.1 * (time_s - times[uav]), time_s, uav, tour)
        if best is None or key[:3] < best[:3]:
            best = key
    if best is not None:
        tours.tours[best[2]] = best[3]


def _moved_any(tours: _Tours, able: Sequence[Sequence[int]], order: Sequence[int]) -> bool:
    """Take each piece out once and put it where it is best; whether anything grew better."""
    before = _worth(tours)
    for piece in order:
        for uav, tour in tours.tours.items():
            if 2 * piece in tour or 2 * piece + 1 in tour:
                kept = dict(tours.tours)
                worth = _worth(tours)
                tours.tours[uav] = [one for one in tour if one // 2 != piece]
                _insert(tours, able, piece)
                if _worth(tours) >= worth - 1e-9:
                    tours.tours = kept
                break
    return _worth(tours) < before - 1e-6


def _worth(tours: _Tours) -> float:
    times = [tours.time_s(uav, tour) for uav, tour in tours.tours.items()]
    return max(times) + 0.1 * sum(times)


def _route(space: FreeSpace, uav: int, pieces: Sequence[Piece], tour: Sequence[int]) -> Route:
    """Join the pieces of a tour by shortest legal ways.

    Raises
    ------
    InfeasibleError
    """
    points: list[FloatArray] = []
    survey: list[bool] = []
    for state in tour:
        piece = pieces[state // 2]
        ends = piece.leg_m(forward=state % 2 == 0)
        if points:
            way = space.path(points[-1], ends[0])[1:]
            points += list(way)
            survey += [False] * len(way)
        else:
            points.append(ends[0])
        points.append(ends[1])
        survey.append(True)
    xy = np.array(points).reshape(-1, 2)
    return Route(uav=uav, xy_m=xy, survey=np.array(survey, dtype=np.bool_))
