"""Flights of what is left: from the air or from the ground, each within its battery."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.flight.legs import Airway
from mcpp.flight.motion import hover_s, leg_speeds_m_s, pass_times_s
from mcpp.flight.sorties import CUT_STEP_LINES, PORTABLE_ITEMS, can_be_loaded
from mcpp.flight.terrain import follow_ground
from mcpp.model import FloatArray, IntArray, LegKind, Sortie
from mcpp.problem.batteries import Batteries
from mcpp.replan.pieces import Divided, Piece

_SAME_M = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flier:
    """A UAV that flies on.

    Attributes
    ----------
    at_m
        Where it is in the air, shape (3,), height above its launch point; None on the ground.
    battery_s
        How long the battery under way lasts; on the ground all of the next one.
    number
        Of its next flight, or of the one under way.
    ready_s
        When it can take off, where it is on the ground.
    landed_s
        When its flights before ended, all at 0 or earlier.
    pieces
        What it has to do, a piece for each flight; the first is of the flight under way.
    """

    airway: Airway
    at_m: FloatArray | None
    battery_s: float
    number: int
    ready_s: float
    landed_s: tuple[float, ...]
    pieces: tuple[Piece, ...]


def _heights(piece: Piece, survey_h: float, transit_h: float) -> tuple[FloatArray, IntArray]:
    """Give a piece its heights: it climbs and comes down where a way at transit height begins."""
    points, kinds = [np.array([*piece.xy_m[0], transit_h if piece.high[0] else survey_h])], []
    for leg, high in enumerate(piece.high):
        level = transit_h if high else survey_h
        if abs(level - points[-1][2]) > 1e-6:
            points.append(np.array([*piece.xy_m[leg], level]))
            kinds.append(int(LegKind.TRANSIT))
        points.append(np.array([*piece.xy_m[leg + 1], level]))
        on = LegKind.SURVEY if piece.survey[leg] else LegKind.CONNECT
        kinds.append(int(LegKind.TRANSIT if high else on))
    return np.array(points), np.array(kinds, dtype=np.int32)


def _way(xy_m: FloatArray, height_m: float) -> FloatArray:
    return np.column_stack([xy_m, np.full(len(xy_m), height_m)])


def flight(flier: Flier, piece: Piece, *, airborne: bool, number: int, begin_s: float) -> Sortie:
    """Fly a piece, from where the UAV is or from its launch point, and land.

    The ways there and back are those of `mcpp.flight.legs.Airway`: straight up, at the height of
    transits, and back at that of the way home. A piece that surveys nothing is the way home.

    Raises
    ------
    InfeasibleError
        When there is no legal way.
    """
    airway, vehicle = flier.airway, flier.airway.vehicle
    survey_h = vehicle.height_m
    transit_h = survey_h if vehicle.transit_height_m is None else vehicle.transit_height_m
    return_h = survey_h if vehicle.return_height_m is None else vehicle.return_height_m
    start = flier.at_m if airborne and flier.at_m is not None else np.array([*airway.launch_m, 0.0])
    blocks, kinds = [start[None]], []
    last = start
    if airborne and airway.terrain is not None:
        # heights above ground, as all others here: `follow_ground` turns them back
        below = airway.terrain.ground_m(np.vstack([airway.launch_m, start[:2]]))
        last = start + np.array([0.0, 0.0, below[0] - below[1]])
        blocks = [last[None]]
    if not piece.empty:
        near = float(np.hypot(*(piece.xy_m[0] - start[:2]))) <= _SAME_M
        if not near:
            way = _way(airway.path(start[:2], piece.xy_m[0]), transit_h)
            blocks.append(way)
            kinds += [int(LegKind.TRANSIT)] * len(way)
        body, body_kinds = _heights(piece, survey_h, transit_h)
        # what is left of a leg begins where the UAV is, all but a hand's breadth
        on_leg = near and airborne and abs(last[2] - survey_h) <= _SAME_M
        blocks.append(body[1:] if on_leg else body)
        kinds += ([] if on_leg else [int(LegKind.TRANSIT)]) + body_kinds.tolist()
        last = body[-1]
    back = airway.path(last[:2], airway.landing_m)
    if float(np.hypot(*(back[-1] - back[0]))) > 1e-3:
        blocks.append(_way(back, return_h))
        kinds += [int(LegKind.RETURN)] * len(back)
    blocks.append(np.array([[*airway.landing_m, 0.0]]))
    kinds.append(int(LegKind.LAND))
    xyz, kind = np.vstack(blocks), np.array(kinds, dtype=np.int32)
    if not airborne:
        kind[0] = LegKind.TAKEOFF
    moved = np.linalg.norm(np.diff(xyz, axis=0), axis=1) > 1e-6
    xyz, kind = xyz[np.concatenate([[True], moved])], kind[moved]
    if airway.terrain is not None:
        xyz, kind = _over_ground(airway, xyz, kind, airborne=airborne)
    hover = hover_s(kind, vehicle)
    return Sortie(
        uav=airway.uav,
        number=number,
        xyz_m=xyz,
        kind=kind,
        speed_m_s=leg_speeds_m_s(xyz, kind, vehicle),
        time_s=begin_s + pass_times_s(xyz, kind, vehicle, hover=hover),
        launch_m=airway.launch_m if airborne else None,
    )


def _over_ground(
    airway: Airway, xyz_m: FloatArray, kind: IntArray, *, airborne: bool
) -> tuple[FloatArray, IntArray]:
    assert airway.terrain is not None
    if not airborne:
        return follow_ground(xyz_m, kind, airway.terrain)
    # heights count from the launch point, which is put before and taken away again
    launch = np.array([[*airway.launch_m, 0.0]])
    full = np.concatenate([[int(LegKind.TRANSIT)], kind]).astype(np.int32)
    points, kinds = follow_ground(np.vstack([launch, xyz_m]), full, airway.terrain)
    begin = int(np.argmin(np.hypot(*(points[1:, :2] - xyz_m[0, :2]).T))) + 1
    return points[begin:], kinds[begin:]


def rest_of(sortie: Sortie, point: int, flier: Flier) -> Sortie:
    """Fly on as planned from where a UAV is; it begins at rest."""
    assert flier.at_m is not None
    vehicle = flier.airway.vehicle
    xyz, kind = np.vstack([flier.at_m[None], sortie.xyz_m[point:]]), sortie.kind[point - 1 :]
    moved = np.linalg.norm(np.diff(xyz, axis=0), axis=1) > 1e-6
    moved[-1] = True
    xyz, kind = xyz[np.concatenate([[True], moved])], kind[moved]
    return Sortie(
        uav=sortie.uav,
        number=sortie.number,
        xyz_m=xyz,
        kind=kind,
        speed_m_s=leg_speeds_m_s(xyz, kind, vehicle),
        time_s=pass_times_s(xyz, kind, vehicle, hover=hover_s(kind, vehicle)),
        launch_m=flier.airway.launch_m,
    )


class Flights:
    """Makes the flights of one UAV one after another, batteries at hand."""

    def __init__(self, flier: Flier) -> None:
        self.flier = flier
        self.made: list[Sortie] = []
        self._batteries = Batteries([flier.airway.vehicle])
        for landed_s in flier.landed_s:
            self._batteries.flown(0, landed_s)

    @property
    def next_s(self) -> float:
        """When the UAV can take off for one more flight."""
        if not self.made:
            return self.flier.ready_s
        return self._batteries.ready_s(0, float(self.made[-1].time_s[-1]))

    @property
    def next_number(self) -> int:
        """Give the number of the next flight."""
        return self.made[-1].number + 1 if self.made else self.flier.number

    def add(self, sortie: Sortie) -> None:
        """Take a flight that is made."""
        self.made.append(sortie)
        self._batteries.flown(0, float(sortie.time_s[-1]))

    def fly(self, piece: Piece) -> None:
        """Fly a piece in as few flights as the batteries allow.

        Raises
        ------
        InfeasibleError
            When a part of it is too far away for a battery.
        """
        flier = self.flier
        step_m = max(CUT_STEP_LINES * flier.airway.vehicle.spacing_m, 10.0)
        fine = Divided(piece, step_m)
        at, end = 0, fine.legs
        if not self.made and flier.at_m is not None:
            at = self._farthest(fine, 0, end, airborne=True)
            self.add(self._built(fine.part(0, at), airborne=True))
        while not fine.part(at, end).empty:
            last = self._farthest(fine, at, end, airborne=False)
            if last == at:
                msg = (
                    f"{flier.airway.vehicle.id}: what is left is too far away for one battery: "
                    "move its launch point nearer or give it a larger battery"
                )
                raise InfeasibleError(msg, witness=(flier.airway.uav,))
            self.add(self._built(fine.part(at, last), airborne=False))
            at = last

    def _built(self, piece: Piece, *, airborne: bool) -> Sortie:
        return flight(
            self.flier,
            piece,
            airborne=airborne,
            number=self.next_number,
            begin_s=0.0 if airborne else self.next_s,
        )

    def _farthest(self, fine: Divided, first: int, end: int, *, airborne: bool) -> int:
        """Find the point up to which one flight can go; `first` where none is."""
        vehicle = self.flier.airway.vehicle
        lasts_s = self.flier.battery_s if airborne else vehicle.endurance_s

        def fits(last: int) -> bool:
            sortie = self._built(fine.part(first, last), airborne=airborne)
            if float(sortie.time_s[-1] - sortie.time_s[0]) > lasts_s:
                return False
            return can_be_loaded(vehicle, sortie, PORTABLE_ITEMS)

        return _last_that(fits, first, end)


def _last_that(fits: Callable[[int], bool], first: int, end: int) -> int:
    if first == end or fits(end):
        return end
    good, bad = first, end
    while bad - good > 1:
        middle = (good + bad) // 2
        if fits(middle):
            good = middle
        else:
            bad = middle
    return good
