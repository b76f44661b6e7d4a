"""Whole flights: the same tests for mcpp's doubles and for real simulators (``make sitl``)."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mcpp.link.commands import Param
from mcpp.link.fleet import fleet_links, fleet_loads, watched_fleet
from mcpp.link.fly import FleetPilot
from mcpp.link.guard import Guards
from mcpp.link.parameters import write_parameters
from mcpp.link.preflight import Limits
from mcpp.link.upload import upload_fleet
from mcpp.link.watch import FleetWatcher
from mcpp.model import Plan
from tests.plan_doubles import hand_plan
from tests.sitl.simulators import VEHICLES, Vehicle, running
from tests.unit.flight.test_wing import wing_plan

if TYPE_CHECKING:
    from mcpp.link.state import Event

LONGEST_S = 400.0
LIMITS = Limits(
    battery_percent=0,
    own_camera=False,
    guards=Guards(start_within_m=None),
    said_simulated=frozenset("w"),
)


def plan_for(vehicle: Vehicle) -> Plan:
    """One UAV with the autopilot and kind of a vehicle."""
    if vehicle.kind != "multirotor":
        return wing_plan(vehicle.kind)
    plan = hand_plan(autopilot=vehicle.autopilot)
    uav = replace(plan.mission.uavs[0], id="w", autopilot=vehicle.autopilot)
    return replace(
        plan,
        mission=replace(plan.mission, uavs=(uav,)),
        problem=replace(plan.problem, vehicles=(replace(plan.problem.vehicles[0], id="w"),)),
        sorties=plan.sorties[:1],
    )


class Crew:
    """Who watches one vehicle and gives it orders."""

    def __init__(self, plan: Plan, link: str) -> None:
        choices = fleet_links(plan, {"w": link})
        loads = fleet_loads(plan, choices)
        self.events: list[Event] = []
        self.done: list[tuple[str, str]] = []
        self.watcher = FleetWatcher(
            watched_fleet(plan, loads, choices), on_event=self.events.append
        )
        self.pilot = FleetPilot(self.watcher, loads)
        self.loads = loads

    def poll(self, until: Callable[[], object]) -> None:
        deadline_s = time.monotonic() + LONGEST_S
        while not until():
            assert time.monotonic() < deadline_s, (self.watcher.states, self.events[-5:])
            self.watcher.poll()

    def make_ready(self) -> None:
        """Upload, and set the parameters that do not suit the plan."""
        (result,) = upload_fleet(
            self.loads, {}, guards=Guards(start_within_m=None), loop=self.watcher.loop
        )
        assert result.verified, result
        (checked,) = self.pilot.preflight(LIMITS)
        assert checked.parameters is not None
        held, wanted = checked.parameters.held, checked.parameters.changes({"CAM1_TYPE": 1.0})
        values = {"w": {name: Param(value, held[name].type) for name, value in wanted.items()}}
        assert write_parameters(values, {}, {}, loop=self.watcher.loop) == {"w": ()}
        (checked,) = self.pilot.preflight(LIMITS)
        assert checked.passed, checked.problems

    def launch(self) -> None:
        self.pilot.launch(lambda uav, problem: self.done.append((uav, problem)), confirmed=["w"])
        self.poll(lambda: self.done)
        assert self.done == [("w", "")]


@contextmanager
def crew_of(vehicle: Vehicle, folder: Path, *, as_shipped: bool = False) -> Iterator[Crew]:
    plan = plan_for(vehicle)
    with running(vehicle, plan, folder, as_shipped=as_shipped) as link:
        crew = Crew(plan, link)
        try:
            yield crew
        finally:
            crew.watcher.close()


every_vehicle = pytest.mark.parametrize("vehicle", VEHICLES, ids=lambda vehicle: vehicle.name)


@every_vehicle
def test_as_shipped_it_is_not_ready_and_setting_parameters_makes_it_so(
    vehicle: Vehicle, tmp_path: Path
) -> None:
    with crew_of(vehicle, tmp_path, as_shipped=True) as crew:
        (before,) = crew.pilot.preflight(LIMITS)
        assert not before.passed
        crew.make_ready()


@every_vehicle
def test_a_mission_is_flown_to_its_end_with_its_photos_inside_its_fence(
    vehicle: Vehicle, tmp_path: Path
) -> None:
    with crew_of(vehicle, tmp_path) as crew:
        crew.make_ready()
        crew.launch()
        crew.poll(lambda: crew.watcher.states["w"].ending)
        state = crew.watcher.states["w"]
        assert state.ending == "done", state.ending_text
        assert state.photos == pytest.approx(state.photos_planned, rel=0.05, abs=2)
        assert "fence breach" not in [event.kind for event in crew.events]


@every_vehicle
def test_a_recall_comes_home_inside_the_fence(vehicle: Vehicle, tmp_path: Path) -> None:
    with crew_of(vehicle, tmp_path) as crew:
        crew.make_ready()
        crew.launch()
        crew.poll(lambda: (crew.watcher.states["w"].item or 0) >= 8)
        crew.pilot.order("return", lambda uav, problem: crew.done.append((uav, problem)))
        crew.poll(lambda: crew.watcher.states["w"].ending)
        assert crew.done[-1] == ("w", "")
        assert crew.watcher.states["w"].ending == "returned"
        assert "fence breach" not in [event.kind for event in crew.events]
