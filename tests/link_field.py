"""Simulated vehicles in a world of their own, their missions uploaded, a watcher and a pilot."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from mcpp.link.fly import FleetPilot
from mcpp.link.upload import VehicleLoad, upload_fleet
from mcpp.link.watch import FleetWatcher, Watched
from tests.link_doubles import Sim, link_to, load

if TYPE_CHECKING:
    from mcpp.link.state import Event, VehicleState


class Field:
    """Some simulated vehicles with their missions uploaded, a watcher and a pilot."""

    def __init__(
        self,
        *sims: Sim,
        points: int = 4,
        delays_s: dict[str, float] | None = None,
        loads: Sequence[VehicleLoad] | None = None,
        **pilot: Any,
    ):
        self.world = sims[0].world
        self.sims = {sim.vehicle.name: sim for sim in sims}
        self.loads = list(loads or [self.load_of(sim, points) for sim in sims])
        links = {sim.vehicle.name: link_to(sim) for sim in sims}
        results = upload_fleet(self.loads, links, loop=self.world.loop())
        assert all(result.verified for result in results), results
        for sim in sims:
            sim.wire.alive = True
        self.events: list[Event] = []
        self.states: list[VehicleState] = []
        self.done: list[tuple[str, str]] = []
        watched = [
            Watched(
                uav=load.uav,
                link=links[load.uav],
                system_id=load.system_id,
                mission=load.mission,
                start_lon_lat_deg=load.expected.start_lon_lat_deg,
                planned_s=100.0,
                home_first=load.expected.autopilot == "ardupilot",
            )
            for load in self.loads
        ]
        self.watcher = FleetWatcher(
            watched,
            on_event=self.events.append,
            on_state=self.states.append,
            loop=self.world.loop(),
        )
        self.pilot = FleetPilot(self.watcher, self.loads, delays_s=delays_s, **pilot)

    @staticmethod
    def load_of(sim: Sim, points: int) -> VehicleLoad:
        autopilot = sim.vehicle.rules.autopilot
        return load(autopilot, uav=sim.vehicle.name, system=sim.system, points=points)

    def on_done(self, uav: str, problem: str) -> None:
        self.done.append((uav, problem))

    def poll(self, until: Callable[[], Any], longest_s: float = 600.0) -> None:
        end_s = self.world.now_s + longest_s
        while not until():
            assert self.world.now_s < end_s, (self.watcher.states, self.events[-5:])
            self.watcher.poll()

    def wait(self, seconds: float) -> None:
        end_s = self.world.now_s + seconds
        self.poll(lambda: self.world.now_s >= end_s)

    def launch(self) -> None:
        assert all(result.passed for result in self.pilot.preflight())
        self.pilot.launch(self.on_done)

    def kinds(self, uav: str = "u1") -> list[str]:
        return [event.kind for event in self.events if event.uav == uav]
