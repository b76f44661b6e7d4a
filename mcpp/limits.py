"""Limits and units of values, said once: with the field that holds the value.

The engine's validation, the JSON schema of the mission file and the forms of the desktop app read
them from here.
"""

import math
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from mcpp.errors import InputError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_KEY = "limits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The span in which a value is accepted.

    Attributes
    ----------
    low, high
        Both accepted, but for a `low` that is `open_low`.
    unit
        Sign of the SI unit; "part" is 0 to 1.
    """

    low: float
    high: float
    unit: str = ""
    open_low: bool = False

    def holds(self, value: float) -> bool:
        """Tell whether a value is accepted; what is not finite never is."""
        above = value > self.low if self.open_low else value >= self.low
        return math.isfinite(value) and above and value <= self.high

    def words(self) -> str:
        """Say the span, as in "0..60 m/s"."""
        unit = "(a part, not percent)" if self.unit == "part" else self.unit
        more = " (more than 0)" if self.open_low and self.low == 0 else ""
        return f"{self.low:g}..{self.high:g} {unit}".rstrip() + more


def limited(
    low: float, high: float, unit: str = "", *, default: Any = MISSING, open_low: bool = False
) -> Any:
    """Declare a dataclass field whose value lies in a span; None passes where it is allowed."""
    limits = Limits(low=low, high=high, unit=unit, open_low=open_low)
    return field(default=default, metadata={_KEY: limits})


def limits_of(kind: "type[DataclassInstance]") -> dict[str, Limits]:
    """Return the limits of all fields of a type that have any, by name."""
    return {item.name: item.metadata[_KEY] for item in fields(kind) if _KEY in item.metadata}


def _outside(value: "DataclassInstance") -> Iterator[tuple[str, float, Limits]]:
    for name, limits in limits_of(type(value)).items():
        number = getattr(value, name)
        if number is not None and not limits.holds(number):
            yield name, number, limits


def check_limits(value: "DataclassInstance", where: str = "") -> None:
    """Refuse a value of which a field lies outside its limits.

    Parameters
    ----------
    where
        How the value is called in the message, as in ``uavs[0]``.

    Raises
    ------
    InputError
        Naming the field, its value and the span.
    """
    for name, number, limits in _outside(value):
        unit = f" {limits.unit}" if limits.unit not in {"", "part"} else ""
        label = f"{where}.{name}" if where else name
        msg = f"{label}: {number:g}{unit} is outside {limits.words()}"
        raise InputError(msg)
