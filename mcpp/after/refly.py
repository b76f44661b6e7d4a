"""The least extra flight that gives the ground what it was promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mcpp.after.divide import Piece, divided
from mcpp.after.footprints import uav_footprints
from mcpp.after.lines import Hole
from mcpp.after.planned import Line
from mcpp.after.promise import lacking, views_of
from mcpp.after.result import Basis, Verification
from mcpp.api import recheck
from mcpp.errors import InfeasibleError, InputError
from mcpp.flight.fly import fly
from mcpp.flight.terrain import mission_terrain
from mcpp.ground.frame import LocalFrame
from mcpp.model import Begun, Finding, FloatArray, IntArray, Plan, Route
from mcpp.planner import NullObserver, Observer, report_progress

RUN_ON_M = 5.0
"""A piece goes on after its last photo, so that the trigger fires there: by so much, but a quarter
of a step or more, and half a step or less."""
_STAGE = "planning what is missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refly:
    """A plan of what is missing, and what it will do.

    Attributes
    ----------
    missing_m
        Length that the missing photos have on their lines.
    survey_m
        Length of the survey legs of the new plan.
    gaps_left_m2
        Ground that will still have too few photos.
    """

    plan: Plan
    pieces: int
    photos: int
    missing_m: float
    survey_m: float
    gaps_left_m2: float


def refly(
    found: Verification,
    *,
    without: Sequence[str] = (),
    batteries: Mapping[str, int] | None = None,
    every: bool = False,
    observer: Observer | None = None,
) -> Refly:
    """Plan the photos that are missing, on the same lines, as high, with the same cameras.

    Parameters
    ----------
    without
        Ids of UAVs that do not fly.
    batteries
        Batteries that are left, by id; a UAV that is not named has what the mission gives it.
    every
        Take every missing photo again, also where enough others see the ground.

    Raises
    ------
    InputError
        Where there is no plan with photos, a UAV is unknown, or nothing is missing.
    InfeasibleError
        Where no UAV that is left can fly a piece, or the batteries do not last.
    Cancelled
    """
    watcher = NullObserver() if observer is None else observer
    basis = found.basis
    plan, planned, lines = basis.setting.plan, basis.setting.planned, basis.lines
    if plan is None or planned is None or lines is None:
        msg = "refly: it needs a plan whose UAVs take photos: give its plan.json"
        raise InputError(msg)
    report_progress(watcher, _STAGE, 0.0)
    holes, left_m2 = _needed(basis, lines.holes, every=every)
    if not holes:
        msg = (
            "nothing is missing: the ground has what it was promised"
            if found.complete
            else "refly: no photo of the plan is missing that would close the gaps: plan them "
            "anew, from 'mcpp verify --gaps'"
        )
        raise InputError(msg)
    report_progress(watcher, _STAGE, 0.4)
    left = _left(plan, without, batteries or {})
    pieces = [_piece(planned.lines[hole.line], hole) for hole in holes]
    routes = divided(left, pieces, frozenset(without), watcher)
    report_progress(watcher, _STAGE, 0.8)
    begun = _begun(left, planned.lines, holes, frozenset(without))
    again = _flown(replace(left, begun=begun), routes, batteries or {})
    missing_m = sum(hole.missing * planned.lines[hole.line].step_m for hole in lines.holes)
    report_progress(watcher, _STAGE, 1.0)
    return Refly(
        plan=_told(again, len(pieces), left_m2),
        pieces=len(pieces),
        photos=sum(hole.missing for hole in holes),
        missing_m=missing_m,
        survey_m=sum(uav.survey_m for uav in again.report.uavs),
        gaps_left_m2=left_m2,
    )


def _left(plan: Plan, without: Sequence[str], batteries: Mapping[str, int]) -> Plan:
    """Put the batteries that are left into a plan; refuse UAVs that it has not."""
    ids = [vehicle.id for vehicle in plan.problem.vehicles]
    for name in (*without, *batteries):
        if name not in ids:
            msg = f"refly: there is no UAV {name!r}: give one of {', '.join(ids)}"
            raise InputError(msg)
    if set(without) >= set(ids):
        msg = "refly: no UAV is left to fly: name fewer with --without"
        raise InputError(msg)
    for name, count in batteries.items():
        if not 1 <= count <= 1000:
            msg = (
                f"refly: {name}: {count} batteries is outside 1..1000: leave a UAV out by --without"
            )
            raise InputError(msg)
    vehicles = tuple(
        replace(vehicle, batteries=batteries.get(vehicle.id, vehicle.batteries))
        for vehicle in plan.problem.vehicles
    )
    uavs = tuple(
        replace(uav, batteries=batteries.get(uav.id, uav.batteries)) for uav in plan.mission.uavs
    )
    return replace(
        plan,
        mission=replace(plan.mission, uavs=uavs),
        problem=replace(plan.problem, vehicles=vehicles),
    )


def _piece(line: Line, hole: Hole) -> Piece:
    """Leg that takes the missing photos of a hole, the first at its begin."""
    if hole.missing >= line.last - line.first:
        begin_m, end_m = line.begin_m, line.end_m
        return Piece(uav=line.uav, begin_m=begin_m, end_m=end_m, along=line.along)
    first, last = (min(max(one, 0.0), line.length_m) for one in hole.photos_m)
    return Piece(
        uav=line.uav,
        begin_m=line.at_m(first),
        end_m=line.at_m(last),
        along=line.along,
        run_on_m=min(max(RUN_ON_M, line.step_m / 4), line.step_m / 2),
        room_m=(first, line.length_m - last),
    )


# ------------------------------------------------------------------ which photos the ground needs


@dataclass(frozen=True, slots=True, eq=False)
class _Patch:
    """Views that the photos of a hole add, within a window of the samples."""

    window: tuple[slice, slice]
    counts: IntArray


def _patch(basis: Basis, footprints: FloatArray) -> _Patch:
    views = views_of(basis.promise, footprints)
    rows, columns = (
        np.flatnonzero(views.counts.any(axis=1)),
        np.flatnonzero(views.counts.any(axis=0)),
    )
    if not len(rows):
        return _Patch((slice(0, 0), slice(0, 0)), views.counts[:0, :0])
    window = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    return _Patch(window, views.counts[window].copy())


def _needed(basis: Basis, holes: Sequence[Hole], *, every: bool) -> tuple[list[Hole], float]:
    """Choose the holes that the ground needs; and the gaps that are left then, m2.

    All missing photos together give what the plan gives. Holes are then left as they are, the
    smallest first, while the ground keeps its promise; the others are flown whole.
    """
    patches = [_patch(basis, _hole_footprints(basis, hole)) for hole in holes]
    counts = basis.views.counts.astype(np.int32)
    for patch in patches:
        counts[patch.window] += patch.counts
    full = replace(basis.views, counts=counts.copy())
    left_m2 = float(lacking(basis.promise, full).sum()) * basis.promise.step_m**2
    if every:
        return list(holes), left_m2
    kept: list[Hole] = []
    order = sorted(range(len(holes)), key=lambda i: (holes[i].missing, i))
    for i in order:
        if _spared(basis, counts, patches[i]):
            counts[patches[i].window] -= patches[i].counts
        else:
            kept.append(holes[i])
    return sorted(kept, key=lambda hole: (hole.line, hole.from_m)), left_m2


def _spared(basis: Basis, counts: IntArray, patch: _Patch) -> bool:
    """Whether the ground keeps its promise without some photos."""
    if not patch.counts.size:
        return True
    window = patch.window
    after = counts[window] - patch.counts
    short = basis.views.inside[window] & (after < basis.promise.wanted[window]) & (patch.counts > 0)
    if not short.any():
        return True
    part = replace(basis.views, counts=after, inside=basis.views.inside[window])
    promise = replace(basis.promise, wanted=basis.promise.wanted[window])
    return not (lacking(promise, part) & (patch.counts > 0)).any()


def _hole_footprints(basis: Basis, hole: Hole) -> FloatArray:
    first, last = hole.photos_m
    return _footprints_at(basis, hole, np.linspace(first, last, hole.missing))


def _footprints_at(basis: Basis, hole: Hole, along_m: FloatArray) -> FloatArray:
    setting = basis.setting
    if setting.planned is None:
        return np.empty((0, 4, 2))
    line = setting.planned.lines[hole.line]
    xyz = np.array([line.at_m(float(one)) for one in along_m]).reshape(-1, 3)
    heading = np.full(len(xyz), setting.planned.heading_deg[line.first])
    return uav_footprints(setting, line.uav, xyz, heading)


# ------------------------------------------------------------------------------------- the flight


def _begun(
    plan: Plan, lines: Sequence[Line], holes: Sequence[Hole], without: frozenset[str]
) -> Begun:
    """Tell what the last flight did: the lines but for the pieces that are flown again.

    Between the last photo before a piece and the first one of it the line is surveyed, by both.
    """
    vehicles = plan.problem.vehicles
    surveyed = [] if plan.begun is None else list(plan.begun.surveyed)
    for index, line in enumerate(lines):
        at = 0.0
        for hole in [one for one in holes if one.line == index]:
            first, last = hole.photos_m
            surveyed += _span(line, at, first) if first > line.step_m / 2 else []
            at = max(last, at)
        surveyed += _span(line, at, line.length_m) if line.length_m - at > line.step_m else []
    return Begun(
        time_s=0.0,
        at_m=(None,) * len(vehicles),
        battery_s=tuple(vehicle.endurance_s for vehicle in vehicles),
        lost=tuple(i for i, vehicle in enumerate(vehicles) if vehicle.id in without),
        surveyed=tuple(surveyed),
    )


def _span(line: Line, from_m: float, to_m: float) -> list[Route]:
    if to_m - from_m < 1e-3:
        return []
    ends = np.array([line.at_m(from_m)[:2], line.at_m(to_m)[:2]])
    return [Route(uav=line.uav, xy_m=ends, survey=np.array([True]))]


def _flown(plan: Plan, routes: tuple[Route, ...], batteries: Mapping[str, int]) -> Plan:
    """Make flights of routes, and check them."""
    solution = replace(
        plan.solution, planner="refly", routes=routes, regions=(), grid=None, labels=None,
        dropped=(), alternatives=(), stopped=False,
    )  # fmt: skip
    terrain = mission_terrain(plan.mission, LocalFrame(plan.origin_lon_lat_deg), plan.problem)
    sorties = fly(plan.problem, solution, terrain=terrain)
    for index, vehicle in enumerate(plan.problem.vehicles):
        flights = sum(sortie.uav == index for sortie in sorties)
        if vehicle.id in batteries and flights > batteries[vehicle.id]:
            msg = (
                f"{vehicle.id}: its part takes {flights} batteries, {batteries[vehicle.id]} are "
                "left: give more, or let more UAVs fly"
            )
            raise InfeasibleError(msg)
    return recheck(replace(plan, solution=solution, sorties=sorties))


def _told(plan: Plan, pieces: int, left_m2: float) -> Plan:
    """Say in the report what such a plan flies, and what it can not mend."""
    kept = plan.report.findings
    message = f"this flight takes only what the last one left, in {pieces} pieces of lines"
    own = [Finding(level="note", code="refly", message=message)]
    if left_m2 >= 1.0:
        own.append(
            Finding(
                level="warning",
                code="gaps-left",
                message=f"{left_m2:,.0f} m2 will still be on fewer photos than promised",
            )
        )
    return replace(plan, report=replace(plan.report, findings=(*own, *kept)))
