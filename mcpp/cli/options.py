"""Options and arguments that several commands share."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from mcpp.clock import time_of_day
from mcpp.model import LonLat, Mission

Value = TypeVar("Value")
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class LonLatType(click.ParamType[LonLat]):
    """A place as ``LON,LAT`` in degrees."""

    name = "LON,LAT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> LonLat:
        try:
            lon, lat = (float(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is not LON,LAT in degrees, as in 24.41,40.93", param, ctx)
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lat) <= 90):
            self.fail(f"{value!r}: latitude is outside -90..90 (longitude comes first)", param, ctx)
        return lon, lat


class NumberRange(click.FloatRange):
    """A number between limits, which "nan" is not: no comparison with it finds it outside."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value!r} is no number in the range {self._describe_range()}.", param, ctx)
        return number


class KeyValueType(click.ParamType[tuple[str, str]]):
    """A planner's parameter as ``KEY=VALUE``."""

    name = "KEY=VALUE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        key, equals, text = str(value).partition("=")
        if not (key and equals):
            self.fail(f"{value!r} is not KEY=VALUE", param, ctx)
        return key.strip(), text.strip()


def each_once(
    ctx: click.Context, param: click.Parameter, pairs: tuple[tuple[str, Value], ...]
) -> tuple[tuple[str, Value], ...]:
    """Refuse a key that is given twice, of which one value would go unheard: a callback."""
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise click.BadParameter(f"{key!r} is given twice: give it once", ctx, param)
    return pairs


def pairs_option(*names: str, metavar: str | None = None, text: str) -> Decorator:
    """Make an option of ``KEY=VALUE`` that may be repeated, each key once."""
    return click.option(
        *names, type=KeyValueType(), multiple=True, callback=each_once, metavar=metavar, help=text
    )


class MomentType(click.ParamType[datetime]):
    """A moment with its offset from UTC."""

    name = "TIME"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        return time_of_day(str(value))


def at_option(*, required: bool = False) -> Decorator:
    """Make the option ``--at``: when the mission starts."""
    return click.option(
        "--at",
        type=MomentType(),
        required=required,
        help="When the mission starts, as in 2026-05-01T09:00+02:00.",
    )


overwrite_option: Decorator = click.option(
    "--overwrite", is_flag=True, help="Replace files that are already there."
)
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


planner_option: Decorator = click.option(
    "--planner", metavar="NAME", help="One of those that 'mcpp planners' lists."
)


spots_option: Decorator = click.option(
    "--spots/--no-spots",
    default=None,
    help="Give UAVs that share a launch or landing point spots of their own beside it, or none.",
)


def with_spots(mission: Mission, spots: bool | None) -> Mission:
    """Let a mission give UAVs spots of their own, or keep points as given; None leaves it."""
    if spots is None:
        return mission
    flight = replace(mission.flight, launch_spots="apart" if spots else "given")
    return replace(mission, flight=flight)


def scan_distance_option(where: str = "") -> Decorator:
    """Make the option ``--scan-distance``; `where` says for which files."""
    return click.option(
        "--scan-distance",
        type=float,
        metavar="M",
        help=f"Distance of neighbouring survey lines{where}.",
    )


def output_option(text: str, *, default: str | None = None) -> Decorator:
    """Make the option ``-o``."""
    return click.option(
        "-o", "--output", type=click.Path(path_type=Path), default=default, help=text
    )


def as_one(
    name: str,
    options: Sequence[Decorator],
    gather: Callable[[dict[str, Any]], Any],
) -> Decorator:
    """Give a command several options, which it gets as one argument.

    Parameters
    ----------
    gather
        Takes the values of these options out of all that were given, and makes the argument.
    """

    def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def gathered(*args: Any, **given: Any) -> Any:
            one = gather(given)
            return function(*args, **{name: one}, **given)

        command: Callable[..., Any] = gathered
        for option in reversed(options):
            command = option(command)
        return command

    return decorated
