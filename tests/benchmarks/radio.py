"""Uploads of a fleet over a bad radio, in the doubles' time: ``python -m tests.benchmarks.radio``.

Each vehicle has a link of its own that loses a part of all messages in both directions and delays
each by up to half a second. Time is the doubles' own, so that figures do not depend on the machine;
the processor's seconds beside them do.
"""

import sys
import time
from dataclasses import dataclass

from mcpp.link.upload import upload_fleet
from tests.link_doubles import Radio, World, craft, holds_all_of, link_to, load


@dataclass(frozen=True)
class Figures:
    """How the uploads to one fleet went."""

    vehicles: int
    items: int
    verified: int
    took_s: float
    messages: int
    processor_s: float

    def __str__(self) -> str:
        return (
            f"{self.vehicles} vehicles of {self.items} items: {self.verified} verified in"
            f" {self.took_s:.0f} s of the links' time, {self.messages} messages sent,"
            f" {self.processor_s:.1f} s of the processor"
        )


def measure(
    vehicles: int, points: int, radio: Radio, *, seed: int = 1, key: bytes | None = None
) -> Figures:
    """Upload to a fleet of both autopilots in turns, and see that what is verified is held."""
    world = World(seed)
    kinds = ["ardupilot" if number % 2 else "px4" for number in range(1, vehicles + 1)]
    fleet = [
        craft(kind, world=world, system=i, radio=radio, key=key)
        for i, kind in enumerate(kinds, start=1)
    ]
    loads = [
        load(kind, uav=f"u{i}", system=i, points=points) for i, kind in enumerate(kinds, start=1)
    ]
    links = {what.uav: link_to(vehicle) for what, vehicle in zip(loads, fleet, strict=True)}
    began_s = time.process_time()
    results = upload_fleet(loads, links, loop=world.loop(key))
    spent_s = time.process_time() - began_s
    for result, vehicle, what in zip(results, fleet, loads, strict=True):
        assert not result.verified or holds_all_of(vehicle, what)
        assert result.verified or result.holds
    return Figures(
        vehicles=vehicles,
        items=len(loads[0].mission),
        verified=sum(result.verified for result in results),
        took_s=world.now_s,
        messages=sum(vehicle.wire.sent for vehicle in fleet),
        processor_s=spent_s,
    )


def main() -> int:
    """Print the figures."""
    bad = Radio(drop=0.3, delay_s=0.5)
    for words, radio, key in (
        ("a good link", Radio(), None),
        ("30 % loss, up to 500 ms of delay", bad, None),
        ("the same, signed both ways", bad, bytes(range(32))),
    ):
        for points in (40, 200):
            figures = measure(20, points, radio, key=key)
            sys.stdout.write(f"{words}: {figures}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
