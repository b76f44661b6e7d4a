"""Pydantic at the file's edge: JSON values straight into our frozen dataclasses."""

import difflib
import json
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from mcpp.errors import InputError
from mcpp.model import (
    AreaPart,
    CircleZone,
    Corridor,
    FlightSettings,
    Forecast,
    Mission,
    PlannerChoice,
    PolygonZone,
    Structure,
    Uav,
)

_UNION_TAGS = {"PolygonZone", "CircleZone"}


@cache
def _known_names() -> tuple[str, ...]:
    types = (
        Mission,
        AreaPart,
        Corridor,
        Structure,
        PolygonZone,
        CircleZone,
        Uav,
        FlightSettings,
        Forecast,
        PlannerChoice,
    )
    return tuple(sorted({f.name for t in types for f in fields(t)}))


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return the validator of a type, made once."""
    return TypeAdapter(kind)


def _path(location: tuple[int | str, ...]) -> str:
    text = ""
    for step in location:
        if step in _UNION_TAGS:
            continue
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text or "the file"


def _line(error: Mapping[str, Any]) -> str:
    where, value, kind = _path(error["loc"]), error["input"], error["type"]
    if kind in {"extra_forbidden", "unexpected_keyword_argument"}:
        key = str(error["loc"][-1])
        near = [n for n in difflib.get_close_matches(key, _known_names(), n=1) if n != key]
        hint = f"; did you mean {near[0]!r}?" if near else "; 'mcpp schema' lists the known keys"
        return f"{where}: unknown key{hint}"
    if kind in {"missing", "missing_argument", "missing_keyword_only_argument"}:
        return f"{where}: it is missing; 'mcpp schema' says what it is"
    if kind in {"too_long", "too_short"} and "_lon_lat_deg" in where:
        return f"{where}: {json.dumps(value)}: give two numbers, longitude and latitude"
    shown = json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    wanted = "input should be an object" if kind == "dataclass_type" else str(error["msg"]).lower()
    return f"{where}: {shown}: {wanted}"


def _relevant(errors: list[Any]) -> Any:
    """Choose the error to tell: of a union's branches, the one that got farthest."""
    errors = sorted(errors, key=lambda e: "missing" in e["type"])  # a misspelt key explains more
    plain = [e for e in errors if not _UNION_TAGS & set(e["loc"])]
    if plain:
        return plain[0]
    missing = {
        tag: sum("missing" in e["type"] for e in errors if tag in e["loc"]) for tag in _UNION_TAGS
    }
    best = min(sorted(missing), key=lambda tag: missing[tag])
    return next((e for e in errors if best in e["loc"]), errors[0])


def validated(kind: Any, value: Any, name: str) -> Any:
    """Read JSON values into a dataclass; neither true nor "80" is a number.

    Raises
    ------
    InputError
        One line: the file's name, the field, the value, what would be right.
    """
    try:
        return adapter(kind).validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
        more = f" (and {len(details) - 1} more)" if len(details) > 1 else ""
        msg = f"{name}: {_line(_relevant(list(details)))}{more}"
        raise InputError(msg) from None
