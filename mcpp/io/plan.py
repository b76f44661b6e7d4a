"""The plan file: all that was decided, in a form that can be checked and flown again.

Metres and seconds are written to 1e-4; shapes are WKT in metres of the local frame.
"""

import hashlib
import json
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError, shown
from mcpp.io.mission import mission_from_json, mission_value
from mcpp.io.text import dump_json, parse_json, read_text
from mcpp.io.validation import adapter, validated
from mcpp.model import (
    Alternative,
    Begun,
    CoverageGrid,
    Dropped,
    LonLat,
    Placement,
    Plan,
    Problem,
    Report,
    Route,
    Solution,
    Sortie,
    Strip,
    Vehicle,
    Wall,
)

FORMAT = "mcpp-plan"
VERSION = 1
_DIGITS = 4
_SHAPE_DIGITS = 6
_FARTHEST_M = 1e7


def _plain(kind: Any, value: Any) -> Any:
    return adapter(kind).dump_python(value, mode="json")


def _numbers(array: np.ndarray[Any, Any]) -> Any:
    if array.dtype.kind == "f":
        return (np.round(array, _DIGITS) + 0.0).tolist()
    return array.tolist()


def _wkt(shape: BaseGeometry | None) -> str | None:
    """Write a shape to the micron; where that folds an edge over, laid on that grid as a whole."""
    if shape is None:
        return None
    text = str(shapely.to_wkt(shape, rounding_precision=_SHAPE_DIGITS))
    if not shapely.from_wkt(text).is_valid:
        on_grid = shapely.set_precision(shape, 10.0**-_SHAPE_DIGITS)
        text = str(shapely.to_wkt(on_grid, rounding_precision=_SHAPE_DIGITS))
    return text


def _shape(text: Any, where: str) -> BaseGeometry:
    try:
        with np.errstate(all="ignore"):  # a number beyond all bounds is refused below
            shape = shapely.from_wkt(text)
    except (shapely.errors.ShapelyError, TypeError):
        shape = None
    if shape is None or shape.geom_type not in {"Polygon", "MultiPolygon", "GeometryCollection"}:
        msg = f"{where}: {shown(text)}: it is no polygon in WKT"
        raise InputError(msg)
    places = shapely.get_coordinates(shape)
    if not (np.isfinite(places).all() and (np.abs(places) < _FARTHEST_M).all()):
        msg = f"{where}: a point is not a number, or is absurdly far from the area"
        raise InputError(msg)
    if not shape.is_valid:
        msg = f"{where}: {shapely.is_valid_reason(shape)}: it is no valid polygon"
        raise InputError(msg)
    return shape


@cache
def _plain_fields() -> tuple[str, ...]:
    """Fields of a problem that are no shapes, strips and vehicles, in their order.

    One that a file of an older mcpp lacks has its default, which the check holds against the
    mission.
    """
    shapes = {"target", "allowed", "no_fly", "shut_in", "corridors", "ways"}
    own_way = {*shapes, "vehicles", "strips", "walls"}
    return tuple(field.name for field in fields(Problem) if field.name not in own_way)


def _problem_value(problem: Problem) -> dict[str, Any]:
    return {
        "target_m": _wkt(problem.target),
        "allowed_m": _wkt(problem.allowed),
        "no_fly_m": _wkt(problem.no_fly),
        "shut_in_m": _wkt(problem.shut_in),
        "corridors_m": [_wkt(c) for c in problem.corridors],
        **({"ways_m": [_wkt(way) for way in problem.ways]} if problem.ways else {}),
        **{name: getattr(problem, name) for name in _plain_fields()},
        "strips": _plain(tuple[Strip, ...], problem.strips),
        "walls": _plain(tuple[Wall, ...], problem.walls),
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
        ways=tuple(
            None if way is None else _shape(way, "problem.ways_m")
            for way in value.get("ways_m", ())
        ),
        **{name: value[name] for name in _plain_fields() if name in value},
        strips=validated(tuple[Strip, ...], value.get("strips", []), "problem.strips"),
        walls=validated(tuple[Wall, ...], value.get("walls", []), "problem.walls"),
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
        cells=_array(value["cells"], "solution.grid.cells", np.int32, 2),
        neighbours=_array(value["neighbours"], "solution.grid.neighbours", np.int32, 4),
    )


def _route_value(route: Route) -> dict[str, Any]:
    return {
        "uav": route.uav,
        "xy_m": _numbers(route.xy_m),
        "survey": [int(s) for s in route.survey],
        "in_order": route.in_order,
        **({} if route.height_m is None else {"height_m": _numbers(route.height_m)}),
    }


def _solution_value(solution: Solution) -> dict[str, Any]:
    return {
        "planner": solution.planner,
        "routes": [_route_value(route) for route in solution.routes],
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
        routes=tuple(_route(r, f"solution.routes[{i}]") for i, r in enumerate(value["routes"])),
        regions=tuple(_shape(r, "solution.regions_m") for r in value["regions_m"]),
        grid=_grid(value["grid"]),
        labels=None if labels is None else _array(labels, "solution.labels", np.int32),
        dropped=validated(tuple[Dropped, ...], value["dropped"], "solution.dropped"),
        alternatives=validated(
            tuple[Alternative, ...], value["alternatives"], "solution.alternatives"
        ),
    )


def _array(value: Any, where: str, dtype: Any, width: int = 0) -> np.ndarray[Any, Any]:
    """Read a list of numbers, or of rows of `width` numbers."""
    try:
        found = np.array(value, dtype=np.float64)
        fits = found.ndim == (2 if width else 1) and (not width or found.shape[1:] == (width,))
        if found.size == 0:
            found, fits = found.reshape((0, width) if width else 0), True
        whole = np.issubdtype(dtype, np.floating) or bool((found == np.rint(found)).all())
        with np.errstate(invalid="raise"):
            numbers = found.astype(dtype)
    except (TypeError, ValueError, OverflowError, FloatingPointError):
        fits = whole = False
    if not (fits and whole):
        rows = f"rows of {width} numbers" if width else "numbers"
        msg = f"{where}: it is no list of {rows}"
        raise InputError(msg)
    return np.asarray(numbers)


def _whole(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        msg = f"{where}: {shown(value)}: it is no whole number from 0 up"
        raise InputError(msg)
    return value


def _route(value: dict[str, Any], where: str) -> Route:
    return Route(
        uav=_whole(value["uav"], f"{where}.uav"),
        xy_m=_array(value["xy_m"], f"{where}.xy_m", np.float64, 2),
        survey=_array(value["survey"], f"{where}.survey", np.int32).astype(bool),
        in_order=value.get("in_order") is True,
        height_m=None
        if value.get("height_m") is None
        else _array(value["height_m"], f"{where}.height_m", np.float64),
    )


def _sortie(value: dict[str, Any], where: str) -> Sortie:
    return Sortie(
        uav=_whole(value["uav"], f"{where}.uav"),
        number=_whole(value["number"], f"{where}.number"),
        xyz_m=_array(value["xyz_m"], f"{where}.xyz_m", np.float64, 3),
        kind=_array(value["kind"], f"{where}.kind", np.int32),
        speed_m_s=_array(value["speed_m_s"], f"{where}.speed_m_s", np.float64),
        time_s=_array(value["time_s"], f"{where}.time_s", np.float64),
        launch_m=None
        if value.get("launch_m") is None
        else _array(value["launch_m"], f"{where}.launch_m", np.float64),
    )


def _sortie_value(sortie: Sortie) -> dict[str, Any]:
    return {
        "uav": sortie.uav,
        "number": sortie.number,
        "xyz_m": _numbers(sortie.xyz_m),
        "kind": _numbers(sortie.kind),
        "speed_m_s": _numbers(sortie.speed_m_s),
        "time_s": _numbers(sortie.time_s),
        "launch_m": None if sortie.launch_m is None else _numbers(sortie.launch_m),
    }


def digest_of(value: dict[str, Any]) -> str:
    """Digest of all parts of a plan file but the digest itself, whatever their order and layout."""
    parts = {key: part for key, part in value.items() if key != "digest"}
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _begun_value(begun: Begun | None) -> dict[str, Any] | None:
    if begun is None:
        return None
    return {
        "time_s": begun.time_s,
        "at_m": [None if at is None else list(at) for at in begun.at_m],
        "battery_s": list(begun.battery_s),
        "lost": list(begun.lost),
        "surveyed": [_route_value(route) for route in begun.surveyed],
    }


def _begun(value: dict[str, Any] | None) -> Begun | None:
    if value is None:
        return None
    places = tuple[tuple[float, float, float] | None, ...]
    return Begun(
        time_s=validated(float, value["time_s"], "begun.time_s"),
        at_m=validated(places, value["at_m"], "begun.at_m"),
        battery_s=validated(tuple[float, ...], value["battery_s"], "begun.battery_s"),
        lost=validated(tuple[int, ...], value["lost"], "begun.lost"),
        surveyed=tuple(_route(r, f"begun.surveyed[{i}]") for i, r in enumerate(value["surveyed"])),
    )


def plan_value(plan: Plan) -> dict[str, Any]:
    """Return the plan as plain JSON values, with their digest."""
    value = _parts(plan)
    return {**value, "digest": digest_of(value)}


def _parts(plan: Plan) -> dict[str, Any]:
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
        "begun": _begun_value(plan.begun),
        "report": _plain(Report, plan.report),
    }


def plan_to_json(plan: Plan) -> str:
    """Return the text of a plan file."""
    return dump_json(plan_value(plan))


def is_plan(value: Any) -> bool:
    """Tell whether parsed JSON is a plan file."""
    return isinstance(value, dict) and value.get("format") == FORMAT


def _origin(value: Any) -> LonLat:
    lon, lat = value
    if not (abs(lon) <= 180.0 and abs(lat) <= 90.0):
        msg = f"origin_lon_lat_deg: {lon:g}, {lat:g} is no place on Earth"
        raise InputError(msg)
    return float(lon), float(lat)


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
        return Plan(
            mission=mission_from_json(value["mission"], name),
            origin_lon_lat_deg=_origin(value["origin_lon_lat_deg"]),
            problem=_problem(value["problem"]),
            solution=_solution(value["solution"]),
            sorties=tuple(_sortie(s, f"sorties[{i}]") for i, s in enumerate(value["sorties"])),
            report=validated(Report, value["report"], f"{name}: report"),
            version=value["mcpp_version"],
            edited=value.get("digest") != digest_of(value),
            begun=_begun(value.get("begun")),
        )
    except KeyError as error:
        msg = f"{name}: {error.args[0]}: it is missing"
        raise InputError(msg) from None
    except InputError:
        raise
    except (TypeError, ValueError, OverflowError, AttributeError, LookupError) as error:
        msg = f"{name}: it is damaged: {shown(str(error).partition(chr(10))[0])}"
        raise InputError(msg) from None


def read_plan(path: str | Path) -> Plan:
    """Read a plan file; ``-`` is standard input.

    Raises
    ------
    InputError
    """
    return plan_from_json(parse_json(read_text(path), str(path)), str(path))
