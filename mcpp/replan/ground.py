"""Ground that a way leaves uncovered, where it has to be covered with other lines."""

from collections.abc import Mapping

import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.ground.coverage import covered_shape, survey_runs
from mcpp.model import FloatArray, Vehicle
from mcpp.replan.fleet import Fleet
from mcpp.replan.flights import Flights
from mcpp.replan.pieces import Piece, of_sortie

_SLIVER = 0.1
"""Strips narrower than this part of the line spacing are left to whoever flies beside them."""

_LAP = 0.25


def _half_m(vehicle: Vehicle) -> float:
    """How far ground belongs to a line: a camera sees farther than its lines may lie apart."""
    return vehicle.spacing_m / 2 if vehicle.keeps_spacing else vehicle.reach_m


def _lap_m(vehicle: Vehicle) -> float:
    """How far new lines reach into ground of others: their first may lie that far inside theirs."""
    return _LAP * vehicle.spacing_m if vehicle.keeps_spacing else 0.0


def ground_of_piece(
    piece: Piece, giver: int, fleet: Fleet, flights: Mapping[int, Flights]
) -> BaseGeometry:
    """Find the ground that a way covers and no one else has covered or will."""
    problem = fleet.problem
    vehicles = problem.vehicles
    mine = survey_runs(piece.xy_m, piece.survey)
    paths: list[FloatArray] = []
    halves, reaches = [], []
    for i, standing in enumerate(fleet.standings):
        own = list(standing.done)
        if i in flights:
            own += [of_sortie(sortie) for sortie in flights[i].made]
        lines = [run for p in own for run in survey_runs(p.xy_m, p.survey)]
        paths += lines
        halves += [_half_m(vehicles[i])] * len(lines)
        reaches += [vehicles[i].reach_m] * len(lines)
    target, lap_m = problem.target, _lap_m(vehicles[giver])
    wide_m = _half_m(vehicles[giver]) + lap_m
    theirs = covered_shape(paths, halves, target).buffer(-lap_m)
    near = shapely.difference(covered_shape(mine, wide_m, target), theirs)
    seen = covered_shape(mine, vehicles[giver].reach_m, target)
    alone = shapely.difference(seen, covered_shape(paths, reaches, target))
    left = shapely.union(near, alone)
    thin_m = _SLIVER * problem.spacing_m
    opened = left.buffer(-thin_m).buffer(thin_m).intersection(problem.target)
    parts = [
        part
        for part in shapely.get_parts(opened)
        if part.geom_type == "Polygon" and part.area > problem.spacing_m**2
    ]
    return shapely.MultiPolygon(parts)
