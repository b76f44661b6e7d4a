"""Heights above the ground: written for ArduPilot, flown over its own data, refused elsewhere."""

import dataclasses
import json
import math
from pathlib import Path

import numpy as np
import pytest

from mcpp.errors import InputError
from mcpp.export.items import Command, mission_items, wire_items
from mcpp.export.plan_lint import lint_plan
from mcpp.export.qgc_plan import to_text
from mcpp.ground.frame import LocalFrame
from mcpp.link.fleet import fleet_links, fleet_loads
from mcpp.link.needs import Needs
from mcpp.link.parameters import unfit_parameters
from mcpp.link.sim_params import firmware_defaults
from mcpp.link.simulate import simulated_vehicles
from mcpp.model import Plan
from mcpp.problem.localize import localize
from tests.link_doubles import Sim, World
from tests.link_field import Field
from tests.plan_doubles import hand_plan
from tests.unit.flight.test_terrain import write_tiff


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """The hand-made plan over a hill, heights above the ground."""
    plan = hand_plan(autopilot="ardupilot")
    path = tmp_path / "hill.tif"
    write_tiff(path, LocalFrame(plan.origin_lon_lat_deg), half_m=900.0)
    uavs = tuple(dataclasses.replace(uav, autopilot="ardupilot") for uav in plan.mission.uavs)
    flight = dataclasses.replace(plan.mission.flight, terrain=str(path), height_frame="terrain")
    mission = dataclasses.replace(plan.mission, uavs=uavs, flight=flight)
    return dataclasses.replace(plan, mission=mission)


def field_of(plan: Plan, **changes: object) -> Field:
    load = dataclasses.replace(fleet_loads(plan, fleet_links(plan, {}))[0], system_id=1)
    (vehicle, *_) = simulated_vehicles(plan, system_ids={"one": 1, "two": 2})
    for name, value in changes.items():
        setattr(vehicle.flight, name, value)
    sim = Sim(World(), "ardupilot", name="one", params=vehicle.params, flight=vehicle.flight)
    return Field(sim, loads=[load])


def test_waypoints_are_written_above_the_ground_and_fly_where_they_were_planned(
    plan: Plan,
) -> None:
    sortie = plan.sorties[0]
    home = dataclasses.replace(
        plan, mission=dataclasses.replace(plan.mission, flight=dataclasses.replace(
            plan.mission.flight, height_frame="home")))  # fmt: skip
    flight = simulated_vehicles(plan, system_ids={"one": 1, "two": 2})[0].flight
    lower = []
    for above, relative in zip(
        mission_items(plan, sortie), mission_items(home, sortie), strict=True
    ):
        if above.command == Command.NAV_WAYPOINT and relative.frame == 3:
            assert above.frame == 10
            ground_m = flight.ground_m((above.lon_deg, above.lat_deg))
            assert above.alt_m + ground_m == pytest.approx(relative.alt_m, abs=0.03)
            lower.append(above.alt_m - relative.alt_m)
        else:
            assert above == relative
    assert max(map(abs, lower)) > 1  # the ground is not level
    assert {item.frame for item in wire_items(mission_items(plan, sortie))} <= {2, 5, 6, 11}
    document = json.loads(to_text(plan, sortie))
    modes = {i["AltitudeMode"] for i in document["mission"]["items"] if i["frame"] == 10}
    assert modes == {4}
    assert not [fault for fault in lint_plan(plan) if "terrain" in fault]


def test_a_flight_above_the_ground_is_checked_and_flown_to_its_end(plan: Plan) -> None:
    field = field_of(plan)
    (result,) = field.pilot.preflight()
    assert result.passed, result.problems
    field.launch()
    field.poll(lambda: field.watcher.states["one"].ending, 3000)
    assert field.watcher.states["one"].ending == "done"
    wanted = plan.sorties[0].xyz_m[1:-1]
    track = np.array([(p.lon_deg, p.lat_deg, p.height_m) for p in field.sims["one"].flight.track])
    flown = np.column_stack([LocalFrame(plan.origin_lon_lat_deg).to_m(track[:, :2]), track[:, 2]])
    for point in wanted:
        assert np.linalg.norm(flown - point, axis=1).min() < 0.6


@pytest.mark.parametrize(
    ("ground", "words"),
    [
        (lambda _place: math.nan, "it has no terrain data at"),
        (None, "than the plan's at"),
    ],
)
def test_terrain_data_that_is_missing_or_another_keeps_it_down(plan, ground, words) -> None:
    load = fleet_loads(plan, fleet_links(plan, {}))[0]
    start = load.expected.start_lon_lat_deg
    assert start is not None
    if ground is None:

        def ground(place):
            return 0.0 if math.dist(place, start) < 1e-5 else 40.0

    field = field_of(plan, ground_m=ground)
    (result,) = field.pilot.preflight()
    assert any(words in problem for problem in result.problems), result.problems


def test_a_vehicle_that_looks_at_no_terrain_is_named() -> None:
    needs = Needs(terrain_samples=((8.0, 47.0, 0.0),))
    for family, kind in (("copter", "multirotor"), ("plane", "fixed-wing")):
        held = firmware_defaults("ardupilot", kind) | {"TERRAIN_ENABLE": 0.0}  # type: ignore[arg-type]
        (found,) = [
            unfit for unfit in unfit_parameters(family, held, needs)  # type: ignore[arg-type]
            if unfit.name == "TERRAIN_ENABLE"
        ]  # fmt: skip
        assert (found.wanted, found.blocks) == (1.0, True)


def test_heights_above_the_ground_are_refused_without_ground_and_for_px4(plan: Plan) -> None:
    frame = LocalFrame(plan.origin_lon_lat_deg)
    bare = dataclasses.replace(plan.mission.flight, terrain=None)
    with pytest.raises(InputError, match=r"flight\.height_frame: .* name flight\.terrain"):
        localize(dataclasses.replace(plan.mission, flight=bare), frame)
    uavs = (dataclasses.replace(plan.mission.uavs[0], autopilot="px4"), plan.mission.uavs[1])
    with pytest.raises(InputError, match="for ArduPilot alone: one has px4"):
        localize(dataclasses.replace(plan.mission, uavs=uavs), frame)
