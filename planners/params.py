"""Parameters of planners: frozen dataclasses whose fields say what they mean and their limits.

A field's ``metadata`` holds ``help``, ``unit``, ``minimum``, ``maximum`` and ``choices``, as made
by `param`. The command line's ``-P tree.moves=2000``, the mission file and the GUI's form all come
from that.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

from mcpp.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = float | int | bool | str
T = TypeVar("T", bound="DataclassInstance")


def param(
    default: Any,
    text: str,
    *,
    unit: str = "",
    minimum: float | None = None,
    maximum: float | None = None,
    choices: tuple[str, ...] = (),
) -> Any:
    """Declare a parameter field."""
    limits = {"minimum": minimum, "maximum": maximum, "choices": choices}
    return field(default=default, metadata={"help": text, "unit": unit, **limits})


@dataclass(frozen=True, slots=True, kw_only=True)
class ParamInfo:
    """What a user may know of one parameter."""

    name: str
    default: Value
    help: str
    unit: str
    minimum: float | None
    maximum: float | None
    choices: tuple[str, ...]


def _limits(owner: type, item: Field[Any]) -> dict[str, Any]:
    """Return what a field says of itself; the choices of a Literal need no saying."""
    choices = get_args(get_type_hints(owner)[item.name])
    plain = {"unit": "", "minimum": None, "maximum": None, "choices": choices}
    return {**plain, **{key: value for key, value in item.metadata.items() if value != ()}}


def list_params(params: "DataclassInstance", prefix: str = "") -> Iterator[ParamInfo]:
    """List the parameters that a user may set, nested ones as ``stage.field``."""
    for item in fields(params):
        value = getattr(params, item.name)
        if is_dataclass(value) and not isinstance(value, type):
            yield from list_params(value, f"{prefix}{item.name}.")
        elif item.metadata:
            yield ParamInfo(
                name=f"{prefix}{item.name}", default=value, **_limits(type(params), item)
            )


def params_of(planner: object) -> list[ParamInfo]:
    """List the parameters of a planner; none where it has none."""
    params = getattr(planner, "params", None)
    return [*list_params(params)] if is_dataclass(params) and not isinstance(params, type) else []


def _converted(name: str, value: Value, default: Value, limits: dict[str, Any]) -> Value:
    kind = type(default)
    if kind is bool:
        words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        if str(value).lower() not in words:
            msg = f"planner.params.{name}: {value!r} is neither true nor false"
            raise InputError(msg)
        return words[str(value).lower()]
    try:
        number = 0.0 if kind is str else float(value)
        if math.isnan(number) or (kind is int and not number.is_integer()):
            raise ValueError  # noqa: TRY301  # told below, with all other wrong numbers
        converted: Value = kind(float(value)) if kind in {int, float} else str(value)
    except ValueError:
        what = "a whole number" if kind is int else "a number"
        msg = f"planner.params.{name}: {value!r} is not {what}"
        raise InputError(msg) from None
    low, high, choices = (limits[key] for key in ("minimum", "maximum", "choices"))
    if isinstance(converted, str):
        if choices and converted not in choices:
            msg = f"planner.params.{name}: {value!r} is none of {', '.join(choices)}"
            raise InputError(msg)
    elif (low is not None and converted < low) or (high is not None and converted > high):
        span = f"{'' if low is None else f'{low:g}'}..{'' if high is None else f'{high:g}'}"
        msg = f"planner.params.{name}: {value!r} is outside {span}"
        raise InputError(msg)
    return converted


def _with(params: T, name: str, path: list[str], value: Value) -> T:
    by_name = {item.name: item for item in fields(params)}
    item = by_name.get(path[0])
    inner: Any = getattr(params, path[0]) if item else None
    if item and len(path) > 1 and is_dataclass(inner) and not isinstance(inner, type):
        return replace(params, **{path[0]: _with(inner, name, path[1:], value)})
    if item and len(path) == 1 and item.metadata:
        return replace(
            params, **{path[0]: _converted(name, value, inner, _limits(type(params), item))}
        )
    raise KeyError(name)


def configured(params: T, changes: Mapping[str, Value]) -> T:
    """Set parameters by their dotted names.

    Raises
    ------
    InputError
        For an unknown name or a value outside its limits.
    """
    for name, value in changes.items():
        try:
            params = _with(params, name, name.split("."), value)
        except KeyError:
            known = [info.name for info in list_params(params)]
            hint = did_you_mean(name, known) or f"known: {', '.join(known) or 'none'}"
            msg = f"planner.params.{name}: unknown parameter; {hint}"
            raise InputError(msg) from None
    return params
