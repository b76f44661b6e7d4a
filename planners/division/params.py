"""Parameters of the division."""

from dataclasses import dataclass
from typing import Literal

from planners.params import param


@dataclass(frozen=True, slots=True, kw_only=True)
class DarpParams:
    """Parameters of the division."""

    method: Literal["auto", "darp", "growth"] = param(
        "auto",
        "DARP's iteration, weighted growth, or the better of both",
        choices=("auto", "darp", "growth"),
    )
    max_iterations: int = param(80, "most rounds of DARP's iteration", minimum=1, maximum=100_000)
    growth_iterations: int = param(16, "most rounds of weighted growth", minimum=1, maximum=1000)
    random_level: float = param(0.0001, "DARP's random element", minimum=0.0, maximum=0.5)
    connectivity_variation: float = param(
        0.01, "strength of DARP's connectivity multiplier", minimum=0.0, maximum=0.5
    )
    distance: Literal["euclidean", "geodesic"] = param(
        "euclidean",
        "DARP's evaluation maps: straight, or in steps around obstacles",
        choices=("euclidean", "geodesic"),
    )
    restarts: int = param(
        12, "further draws when sizes can not be made exact", minimum=0, maximum=1000
    )
    smooth_rounds: int = param(4, "rounds of shortening the borders", minimum=0, maximum=100)
    hold_starts: bool = param(
        default=False, text="refuse a division in which a region does not hold its UAV's start"
    )
    allow_uneven: bool = param(
        default=False, text="accept other sizes where connected regions can not meet the shares"
    )
    tolerance_cells: int = param(
        1,
        "cells a share may be missed by to keep a region in one piece",
        unit="cells",
        minimum=0,
        maximum=1_000_000,
    )
