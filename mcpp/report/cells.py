"""What tables and legends of a page are made of; the templates draw and escape it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mcpp.report.colors import uav_color


@dataclass(frozen=True, slots=True)
class Named:
    """A UAV's name behind its colour."""

    uav: int
    name: str

    @property
    def color(self) -> str:
        """Colour of the UAV, as ``#rrggbb``."""
        return uav_color(self.uav)


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An entry of a legend: a sample and what it means."""

    kind: Literal["line", "dashes", "box"]
    color: str
    words: str
    opacity: float = 1.0


Cell = str | Named | Strong


@dataclass(frozen=True, slots=True)
class Table:
    """A table; columns after the first `text_columns` hold numbers. `words` stand above it."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    text_columns: int = 1
    words: str = ""
