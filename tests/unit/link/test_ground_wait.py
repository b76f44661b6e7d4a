"""Starts that the missions keep themselves: NAV_DELAY, and what keeps a vehicle armed for it."""

import dataclasses

import pytest

from mcpp.errors import InputError
from mcpp.export.items import Command, mission_items
from mcpp.export.plan_lint import lint_plan
from mcpp.link.fleet import fleet_links, fleet_loads, start_delays_s, watched_fleet
from mcpp.link.needs import Needs
from mcpp.link.parameters import unfit_parameters
from mcpp.link.rules import Family
from mcpp.link.sim_params import firmware_defaults, set_up_params
from mcpp.model import Autopilot, Plan, StartDelays
from mcpp.problem.localize import frame_of, localize
from tests.link_doubles import Sim, World
from tests.link_field import Field
from tests.plan_doubles import hand_plan
from tests.unit.flight.test_wing import wing_plan

AUTOPILOTS: tuple[Autopilot, ...] = ("ardupilot", "px4")
WAIT_S = 40


def plan_of(autopilot: Autopilot, start_delays: StartDelays = "file") -> Plan:
    """Two UAVs; the second takes off 40 s after the first."""
    plan = hand_plan(autopilot=autopilot)
    first, second = plan.sorties[0], next(s for s in plan.sorties if s.uav == 1)
    begin_s = float(second.time_s[0])
    later = dataclasses.replace(second, time_s=second.time_s - begin_s + WAIT_S)
    early = dataclasses.replace(first, time_s=first.time_s - float(first.time_s[0]))
    uavs = tuple(dataclasses.replace(uav, autopilot=autopilot) for uav in plan.mission.uavs)
    flight = dataclasses.replace(plan.mission.flight, start_delays=start_delays)
    mission = dataclasses.replace(plan.mission, uavs=uavs, flight=flight)
    return dataclasses.replace(plan, mission=mission, sorties=(early, later))


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_the_later_mission_waits_before_its_take_off_and_the_first_does_not(
    autopilot: Autopilot,
) -> None:
    plan = plan_of(autopilot)
    for sortie, wait_s in zip(plan.sorties, (None, WAIT_S), strict=True):
        items = mission_items(plan, sortie)
        first = items[1 if autopilot == "ardupilot" else 0]
        waits = [item for item in items if item.command == Command.NAV_DELAY]
        assert (first.command == Command.NAV_DELAY) == (wait_s is not None)
        assert [item.params for item in waits] == ([(40.0, -1.0, -1.0, -1.0)] if wait_s else [])
        assert all(item.frame == 2 for item in waits)
    name = {"ardupilot": "DISARM_DELAY", "px4": "COM_DISARM_PRFLT"}[autopilot]
    (fault,) = [fault for fault in lint_plan(plan) if "NAV_DELAY" in fault]
    assert f"or set {name} above 40 (mcpp params does)" in fault
    for sortie in plan_of(autopilot, "station").sorties:
        items = mission_items(plan_of(autopilot, "station"), sortie)
        assert not [item for item in items if item.command == Command.NAV_DELAY]


def test_a_wait_that_is_too_long_for_armed_motors_is_left_to_the_crew() -> None:
    plan = plan_of("ardupilot")
    early, later = plan.sorties
    late = dataclasses.replace(later, time_s=later.time_s + 900 - WAIT_S)
    plan = dataclasses.replace(plan, sorties=(early, late))
    assert not [i for i in mission_items(plan, late) if i.command == Command.NAV_DELAY]
    assert start_delays_s(plan) == {"one": 0.0, "two": 900.0}
    (fault,) = [fault for fault in lint_plan(plan) if "900 s" in fault]
    assert "start it then" in fault


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_who_keeps_the_starts_keeps_them_once(autopilot: Autopilot) -> None:
    assert start_delays_s(plan_of(autopilot, "station")) == {"one": 0.0, "two": 40.0}
    assert start_delays_s(plan_of(autopilot)) == {"one": 0.0, "two": 0.0}
    planned = {}
    kinds: tuple[StartDelays, ...] = ("station", "file")
    for kept in kinds:
        plan = plan_of(autopilot, kept)
        links = fleet_links(plan, {})
        watched = watched_fleet(plan, fleet_loads(plan, links), links)
        planned[kept] = [vehicle.planned_s for vehicle in watched]
    assert planned["file"][0] == planned["station"][0]
    assert planned["file"][1] == pytest.approx((planned["station"][1] or 0.0) + WAIT_S)


@pytest.mark.parametrize(
    ("family", "autopilot", "name"),
    [("copter", "ardupilot", "DISARM_DELAY"), ("px4", "px4", "COM_DISARM_PRFLT")],
)
def test_the_parameter_that_ends_the_wait_is_named(
    family: Family, autopilot: Autopilot, name: str
) -> None:
    def wanted(wait_s: float, value: float | None = None) -> float | None:
        held = firmware_defaults(autopilot) | ({} if value is None else {name: value})
        found = unfit_parameters(family, held, Needs(ground_wait_s=wait_s, autopilot=autopilot))
        return next((unfit.wanted for unfit in found if unfit.name == name), None)

    assert wanted(0.0) is None
    assert wanted(40.0) == 50.0
    assert wanted(40.0, 46.0) is None
    assert wanted(40.0, 0.0) is None  # never disarms
    # ArduCopter's is at most 127 s: beyond that, never
    assert wanted(300.0) == (0.0 if family == "copter" else 310.0)


def field_of(autopilot: Autopilot, **params: float) -> Field:
    plan = plan_of(autopilot)
    loads = [
        dataclasses.replace(load, system_id=number)
        for number, load in enumerate(fleet_loads(plan, fleet_links(plan, {})), start=1)
    ]
    world = World()
    sims = []
    for number, load in enumerate(loads, start=1):
        held = set_up_params(autopilot, needs=load.needs) | params
        start = load.expected.start_lon_lat_deg
        assert start is not None
        sims.append(Sim(world, autopilot, system=number, name=load.uav, home=start, params=held))
    return Field(*sims, loads=loads)


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_vehicles_that_are_started_at_once_take_off_as_planned(autopilot: Autopilot) -> None:
    field = field_of(autopilot)
    field.launch()
    took_off: dict[str, float] = {}

    def all_up() -> bool:
        for name, sim in field.sims.items():
            if sim.flight.height_m > 1:
                took_off.setdefault(name, field.world.now_s)
        return len(took_off) == 2

    field.poll(all_up)
    assert took_off["two"] - took_off["one"] == pytest.approx(WAIT_S, abs=1.0)
    assert not any("idle" in event.text for event in field.events)


@pytest.mark.parametrize("autopilot", AUTOPILOTS)
def test_with_default_parameters_the_waiting_vehicle_is_not_started(autopilot: Autopilot) -> None:
    field = field_of(autopilot, DISARM_DELAY=10.0, COM_DISARM_PRFLT=10.0)
    results = {result.uav: result for result in field.pilot.preflight()}
    assert results["one"].passed
    (problem,) = results["two"].problems
    assert "waits 40 s on the ground and it disarms before: set it to 50" in problem
    # and what would happen to one that were started: the double disarms after 10 s
    sim = field.sims["two"]
    sim.flight.armed = True
    sim.flight.change("mission")
    field.wait(15.0)
    assert not sim.flight.armed
    assert "Disarmed: idle on the ground" in [event.text for event in field.events]


def test_wings_do_not_wait_on_the_ground() -> None:
    mission = wing_plan("fixed-wing").mission
    flight = dataclasses.replace(mission.flight, start_delays="file")
    mission = dataclasses.replace(mission, flight=flight)
    with pytest.raises(InputError, match=r"flight\.start_delays: .* w \(a wing\)"):
        localize(mission, frame_of(mission))
