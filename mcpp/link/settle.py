"""What a vehicle is left with when an upload breaks off: put in order if possible, and told."""

from dataclasses import dataclass, field
from typing import Final

from mcpp.link.channel import Port
from mcpp.link.loop import Steps
from mcpp.link.protocol import Times, clear_items
from mcpp.link.words import FENCE, KIND_NAMES, MISSION
from mcpp.model import Autopilot

DEAD_AFTER_S: Final = 5.0
"""A link is taken for dead when nothing was heard for so long; heartbeats come each second."""


@dataclass(slots=True)
class Writing:
    """What is known about the list now being written, and the kinds written before."""

    kind: int = FENCE
    begun: bool = False
    sent: bool = False
    confirmed: bool = False
    done: list[int] = field(default_factory=list)


def settle(
    port: Port, autopilot: Autopilot, times: Times, writing: Writing, *, dead: bool
) -> Steps[str]:
    """Clear what may be a mixture, and say what the vehicle holds."""
    name = KIND_NAMES[writing.kind]
    if autopilot == "px4" and not writing.sent:
        # PX4 writes to the second of two stores and switches when all is there.
        return rest_words(writing, f"PX4 keeps the {name} it had before")
    if autopilot == "px4" and dead:
        which = "the new" if writing.confirmed else "its old or the new"
        return rest_words(writing, f"it holds {which} {name}, not verified: upload again")
    cleared = not dead and (yield from clear_items(port, writing.kind, times))
    if cleared:
        return rest_words(writing, f"its {name} was cleared, it holds none now: upload again")
    return rest_words(
        writing, f"its {name} may be a mixture of old and new items: do not fly it, upload again"
    )


def rest_words(writing: Writing, words: str) -> str:
    """Add what became of the lists before and after the one that broke."""
    parts = [words] if words else []
    if writing.done:
        parts.append(f"its {' and '.join(KIND_NAMES[kind] for kind in writing.done)} are new")
    if writing.kind != MISSION:
        parts.append("its mission is the old one")
    return ", ".join(parts)
