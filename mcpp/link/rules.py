"""Parameters of a vehicle that can end or spoil a planned flight, held against the plan.

A rule looks at what was read and at the plan's `Needs`; what it does not find it does not judge, so
that another firmware's parameter set gives fewer findings, never wrong ones. The values and what
follows from them were observed on ArduCopter and ArduPlane 4.5.6 and PX4 1.16.1, or stand in those
programs' own parameter documentation.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from mcpp.link.needs import Needs

ARMED_SPARE_S = 10.0
"""What the time after which a vehicle disarms on the ground is to be above its wait there."""

Values = Mapping[str, float]
"""Parameters by name, as read from a vehicle."""

Family = Literal["copter", "plane", "px4"]
Rule = Callable[[Values, Needs], Iterator["Unfit"]]


@dataclass(frozen=True, slots=True)
class Unfit:
    """A parameter whose value does not suit the plan.

    Attributes
    ----------
    wanted
        What would be right; None where only the crew can know.
    blocks
        Whether it ends or spoils the flight; otherwise it is advice.
    """

    name: str
    found: float
    wanted: float | None
    why: str
    blocks: bool = True

    def __str__(self) -> str:
        cure = "" if self.wanted is None else f": set it to {self.wanted:g}"
        return f"{self.name} is {self.found:g}: {self.why}{cure}"
