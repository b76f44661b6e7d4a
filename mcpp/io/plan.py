"""The plan file: all that was decided, in a form that can be checked and flown again.

Metres and seconds are written to 1e-4; shapes are WKT in metres of the local frame.
"""

from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.io.mission import mission_from_json, mission_value
from mcpp.io.text import dump_json, parse_json, read_text
from mcpp.io.validation import adapter, validated
from mcpp.model import (
    Alternative,
    CoverageGrid,
    Dropped,
    Placement,
    Plan,
    Problem,
    Report,
    Route,
    Solution,
    Sortie,
    Vehicle,
)

FORMAT = "mcpp-plan"
VERSION = 1
_DIGITS = 4


def _plain(kind: Any, value: Any) -> Any:
    return adapter(kind).dump_python(value, mode="json")


def _numbers(array: np.ndarray[Any, Any]) -> Any:
    if array.dtype.kind == "f":
        return (np.round(array, _DIGITS) + 0.0).tolist()
    return array.tolist()


def _wkt(shape: BaseGeometry | None) -> str | None:
    return None if shape is None else str(shapely.to_wkt(shape, rounding_precision=6))


def _shape(text: Any, where: str) -> BaseGeometry:
    try:
        return shapely.from_wkt(text)
    except (shapely.errors.ShapelyError, TypeError) as error:
        msg = f"{where}: it is no shape in WKT: {str(error).splitlines()[0]}"
        raise InputError(msg) from None


def _problem_value(problem: Problem) -> dict[str, Any]:
    return {
        "target_m": _wkt(problem.target),
        "allowed_m": _wkt(problem.allowed),
        "no_fly_m": _wkt(problem.no_fly),
        "shut_in_m": _wkt(problem.shut_in),
        "corridors_m": [_wkt(c) for c in problem.corridors],
        "coverage_percent": problem.coverage_percent,
        "keep_apart": problem.keep_apart,
        "balance": problem.balance,
        "separation_m": problem.separation_m,
        "vertical_separation_m": problem.vertical_separation_m,
        "pad_clear_s": problem.pad_clear_s,
        "chargers": problem.chargers,
        "timing_tolerance": problem.timing_tolerance,
        "timing_tolerance_s": problem.timing_tolerance_s,
        "vehicles": _plain(tuple[Vehicle, ...], problem.vehicles),
    }


def _problem(value: dict[str, Any]) -> Problem:
    return Problem(
        target=_shape(value["target_m"], "problem.target_m"),
        allowed=_shape(value["allowed_m"], "problem.allowed_m"),
        no_fly=_shape(value["no_fly_m"], "problem.no_fly_m"),
        shut_in=_shape(value["shut_in_m"], "problem.shut_in_m"),
        corridors=tuple(
            None if c is None else _shape(c, "problem.corridors_m") for c in value["corridors_m"]
        ),
        coverage_percent=value["coverage_percent"],
        keep_apart=value["keep_apart"],
        balance=value["balance"],
        separation_m=value["separation_m"],
        vertical_separation_m=value["vertical_separation_m"],
        pad_clear_s=value["pad_clear_s"],
        chargers=value["chargers"],
        timing_tolerance=value["timing_tolerance"],
        timing_tolerance_s=value["timing_tolerance_s"],
        vehicles=validated(tuple[Vehicle, ...], value["vehicles"], "problem.vehicles"),
    )


def _grid_value(grid: CoverageGrid | None) -> dict[str, Any] | None:
    if grid is None:
        return None
    return {
        "placement": _plain(Placement, grid.placement),
        "cell_m": grid.cell_m,
        "cells": _numbers(grid.cells),
        "neighbours": _numbers(grid.neighbours),
    }


def _grid(value: dict[str, Any] | None) -> CoverageGrid | None:
    if value is None:
        return None
    return CoverageGrid(
        placement=validated(Placement, value["placement"], "solution.grid.placement"),
        cell_m=value["cell_m"],
        cells=value["cells"],
        neighbours=value["neighbours"],
    )


def _solution_value(solution: Solution) -> dict[str, Any]:
    return {
        "planner": solution.planner,
        "routes": [
            {
                "uav": route.uav,
                "xy_m": _numbers(route.xy_m),
                "survey": [int(s) for s in route.survey],
            }
            for route in solution.routes
        ],
        "regions_m": [_wkt(region) for region in solution.regions],
        "grid": _grid_value(solution.grid),
        "labels": None if solution.labels is None else _numbers(solution.labels),
        "dropped": _plain(tuple[Dropped, ...], solution.dropped),
        "alternatives": _plain(tuple[Alternative, ...], solution.alternatives),
    }


def _solution(value: dict[str, Any]) -> Solution:
    labels = value["labels"]
    return Solution(
        planner=value["planner"],
        routes=tuple(
            Route(uav=r["uav"], xy_m=r["xy_m"], survey=np.array(r["survey"], bool))
            for r in value["routes"]
        ),
        regions=tuple(_shape(r, "solution.regions_m") for r in value["regions_m"]),
        grid=_grid(value["grid"]),
        labels=None if labels is None else np.array(labels, dtype=np.int32),
        dropped=validated(tuple[Dropped, ...], value["dropped"], "solution.dropped"),
        alternatives=validated(
            tuple[Alternative, ...], value["alternatives"], "solution.alternatives"
        ),
    )


def _sortie_value(sortie: Sortie) -> dict[str, Any]:
    return {
        "uav": sortie.uav,
        "number": sortie.number,
        "xyz_m": _numbers(sortie.xyz_m),
        "kind": _numbers(sortie.kind),
        "speed_m_s": _numbers(sortie.speed_m_s),
        "time_s": _numbers(sortie.time_s),
    }


def plan_value(plan: Plan) -> dict[str, Any]:
    """Return the plan as plain JSON values."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "mcpp_version": plan.version,
        "seed": plan.mission.seed,
        "mission": mission_value(plan.mission),
        "origin_lon_lat_deg": list(plan.origin_lon_lat_deg),
        "problem": _problem_value(plan.problem),
        "solution": _solution_value(plan.solution),
        "sorties": [_sortie_value(sortie) for sortie in plan.sorties],
        "report": _plain(Report, plan.report),
    }


def plan_to_json(plan: Plan) -> str:
    """Return the text of a plan file."""
    return dump_json(plan_value(plan))


def is_plan(value: Any) -> bool:
    """Tell whether parsed JSON is a plan file."""
    return isinstance(value, dict) and value.get("format") == FORMAT


def plan_from_json(value: Any, name: str = "plan") -> Plan:
    """Read a plan from parsed JSON.

    Raises
    ------
    InputError
    """
    if not is_plan(value):
        msg = f"{name}: it is no plan file: format is not {FORMAT!r}"
        raise InputError(msg)
    if value.get("version") != VERSION:
        msg = f"{name}: version: {value.get('version')!r}: this mcpp reads version {VERSION}"
        raise InputError(msg)
    try:
        lon, lat = value["origin_lon_lat_deg"]
        return Plan(
            mission=mission_from_json(value["mission"], name),
            origin_lon_lat_deg=(float(lon), float(lat)),
            problem=_problem(value["problem"]),
            solution=_solution(value["solution"]),
            sorties=tuple(Sortie(**sortie) for sortie in value["sorties"]),
            report=validated(Report, value["report"], f"{name}: report"),
            version=value["mcpp_version"],
        )
    except KeyError as error:
        msg = f"{name}: {error.args[0]}: it is missing"
        raise InputError(msg) from None
    except (TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        msg = f"{name}: it is damaged: {str(error).splitlines()[0]}"
        raise InputError(msg) from None


def read_plan(path: str | Path) -> Plan:
    """Read a plan file; ``-`` is standard input.

    Raises
    ------
    InputError
    """
    return plan_from_json(parse_json(read_text(path), str(path)), str(path))
