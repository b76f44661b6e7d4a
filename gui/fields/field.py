"""One value that a user can edit: how it is named, limited, shown and read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from gui import engine
from gui.engine_words import in_words
from gui.i18n import tr
from gui.units import (
    Quantity,
    UnitSystem,
    decimal,
    lon_lat_text,
    number_text,
    parse_lon_lat,
    parse_number,
    unit_of,
)
from mcpp.errors import InputError
from mcpp.limits import limits_of

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Kind = Literal["number", "integer", "part", "text", "name", "choice", "place", "flag"]


@dataclass(frozen=True, slots=True)
class Field:
    """One value.

    Attributes
    ----------
    key
        Name of the attribute.
    kind
        ``part`` is 0 to 1 inside and percent outside.
    low, high
        Limits in SI units.
    optional
        Whether it may be empty, which is None; `empty` says what that means.
    choices
        Gives the values of a choice.
    name_of
        Gives the words for one of them.
    sign
        Of a unit that is the same in all systems of units; empty for that of the quantity.
    """

    key: str
    title: str
    help: str
    kind: Kind = "number"
    quantity: Quantity = Quantity.NUMBER
    low: float = 0.0
    high: float = 1e9
    optional: bool = False
    empty: str = ""
    choices: Callable[[], tuple[str, ...]] | None = None
    name_of: Callable[[str], str] = in_words
    sign: str = ""

    def unit(self, units: UnitSystem) -> str:
        """Sign of the unit in which it is shown."""
        if self.sign:
            return self.sign
        return "%" if self.kind == "part" else unit_of(self.quantity, units).symbol

    def limits(self, units: UnitSystem) -> str:
        """Limits in words; empty where there are none."""
        if self.kind not in {"number", "integer", "part"}:
            return ""
        low, high = (self.show(limit, units) for limit in (self.low, self.high))
        gap = "" if self.unit(units) in {"", "°"} else " "
        if self.high >= 1e9:
            return tr("{0} or more", f"{low}{gap}{self.unit(units)}")
        return tr("{0} to {1}", low, f"{high}{gap}{self.unit(units)}")

    def show(self, value: Any, units: UnitSystem) -> str:
        """Write a value as it is edited, without its unit."""
        if value is None:
            return ""
        if self.kind == "number":
            return number_text(value, self.quantity, units)
        if self.kind == "part":
            return decimal(f"{100 * value:.4g}")
        if self.kind == "integer":
            return str(int(value))
        if self.kind == "place":
            return lon_lat_text(value)
        return self.name_of(value) if self.kind == "choice" else str(value)

    def parse(self, text: str, units: UnitSystem) -> Any:
        """Read a value as typed.

        Raises
        ------
        InputError
            In one line that says what would be right.
        """
        text = text.strip()
        if not text and self.kind not in {"text", "name"}:
            if self.optional:
                return None
            raise InputError(tr("{0} is missing: {1}", self.title, self.limits(units)))
        if self.kind in {"text", "name", "choice"}:
            return self._parse_words(text)
        if self.kind == "place":
            try:
                return parse_lon_lat(text)
            except ValueError:
                words = tr("no place on Earth; latitude, longitude as in 40.9302, 24.4090")
                raise InputError(f"{text!r}: {words}") from None
        return self._parse_number(text, units)

    def _parse_words(self, text: str) -> str | None:
        if not text and self.optional:
            return None
        if not text:
            raise InputError(tr("{0} is missing", self.title))
        if self.choices is not None and text not in self.choices():
            raise InputError(tr("{0}: choose one of {1}", self.title, ", ".join(self.choices())))
        if self.kind == "name" and not engine.names_a_file(text):
            raise InputError(tr("{0!r}: use letters, digits, - _ and . without spaces", text))
        return text

    def _parse_number(self, text: str, units: UnitSystem) -> float | int:
        try:
            if self.kind == "integer":
                value: float = int(text)
            elif self.kind == "part":
                value = parse_number(text.removesuffix("%"), Quantity.NUMBER, units) / 100
            else:
                value = parse_number(text, self.quantity, units)
        except ValueError:
            what = tr("a whole number") if self.kind == "integer" else tr("a number")
            raise InputError(tr("{0!r} is not {1}", text, what)) from None
        slack = 1e-9 * max(abs(self.low), abs(self.high))
        if not self.low - slack <= value <= self.high + slack:
            raise InputError(tr("{0}: {1}", self.title, self.limits(units)))
        return value


def _within(
    kind: Kind,
    quantity: Quantity,
    key: str,
    title: str,
    words: str,
    empty: str = "",
) -> Field:
    return Field(key, title, words, kind, quantity, optional=bool(empty), empty=empty)


def with_limits(kind: "type[DataclassInstance]", items: Iterable[Field]) -> list[Field]:
    """Give fields the limits which the type that holds their values declares."""
    limits = limits_of(kind)
    return [
        replace(item, low=limits[item.key].low, high=limits[item.key].high)
        if item.key in limits
        else item
        for item in items
    ]


# Each makes a field from its key, title and help; it may be empty where the last argument says
# what that means. Its limits come from the type of the mission that holds it (`with_limits`).
angle = partial(_within, "number", Quantity.ANGLE)
integer = partial(_within, "integer", Quantity.NUMBER)
length = partial(_within, "number", Quantity.LENGTH)
number = partial(_within, "number", Quantity.NUMBER)
part = partial(_within, "part", Quantity.NUMBER)
percent = partial(_within, "number", Quantity.PERCENT)
gsd = partial(_within, "number", Quantity.GSD)
speed = partial(_within, "number", Quantity.SPEED)
time = partial(_within, "number", Quantity.TIME)
seconds = partial(_within, "number", Quantity.SECONDS)


def choice(
    key: str,
    title: str,
    words: str,
    choices: Callable[[], tuple[str, ...]],
    empty: str = "",
    name_of: Callable[[str], str] = in_words,
) -> Field:
    """Make the field of one of some words."""
    return Field(
        key,
        title,
        words,
        "choice",
        choices=choices,
        optional=bool(empty),
        empty=empty,
        name_of=name_of,
    )


def place(key: str, title: str, words: str, empty: str = "") -> Field:
    """Make the field of a place on Earth."""
    return Field(key, title, words, "place", optional=bool(empty), empty=empty)
