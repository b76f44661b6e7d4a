"""Cameras and gimbals that speak MAVLink, before the start and in flight."""

import dataclasses
from typing import Any

import pytest

from mcpp.export.items import Command, flight_items, wire_items
from mcpp.export.plan_lint import lint_plan
from mcpp.link.camera import MavlinkCamera, room_notes, room_problems
from mcpp.link.needs import Needs
from mcpp.link.preflight import Limits, Preflight
from mcpp.link.sim_camera import SimCamera
from mcpp.link.sim_params import set_up_params
from mcpp.link.wire import Codec, dialect
from mcpp.model import Autopilot
from tests.link_doubles import Sim, World
from tests.link_field import Field
from tests.plan_doubles import hand_plan
from tests.unit.link.test_endings import ended, survey_load

V2 = set_up_params("ardupilot") | {"CAM1_TYPE": 6.0}
NEEDS = Needs(trigger="distance", photo_every_m=10.0)


def checked(
    camera: SimCamera | None, params: dict[str, float] = V2, part: Any = None, **limits: Any
) -> Preflight:
    sim = Sim(World(), "ardupilot", params=params)
    sim.vehicle.camera = camera
    load = dataclasses.replace(survey_load("ardupilot"), needs=NEEDS)
    field = Field(sim, loads=[load])
    if part is not None:
        part(sim)
        field.wait(2.0)
    (result,) = field.pilot.preflight(Limits(**limits))
    return result


class CameraPart:
    """A camera as a component of its own, 100, beside an autopilot that knows of none."""

    def __init__(self, sim: Sim, camera: SimCamera) -> None:
        self.sim, self.camera, self.codec = sim, camera, Codec(sim.system, 100)
        self.asked: list[int] = []
        self.on = sim.wire.to_vehicle
        sim.wire.to_vehicle = self.receive
        self.beat()

    def say(self, message: Any) -> None:
        self.sim.wire.from_vehicle(self.codec.encode(message))

    def beat(self) -> None:
        self.say(dialect.MAVLink_heartbeat_message(30, 8, 0, 0, 3, 3))
        self.sim.world.at(1.0, self.beat)

    def receive(self, data: bytes) -> None:
        for message in Codec(1, 100).decode(data):
            if message.get_type() == "COMMAND_LONG" and message.target_component == 100:
                self.asked.append(int(message.param1))
                if message.param1 == 259:
                    self.say(self.camera.information())
                elif message.param1 == 261:
                    self.say(self.camera.room())
                return
        self.on(data)


def test_a_camera_that_answers_with_room_lets_the_vehicle_start() -> None:
    result = checked(SimCamera())
    assert result.passed, result.problems
    assert not [note for note in result.notes if "camera" in note]


def test_a_camera_that_should_answer_and_does_not_keeps_the_vehicle_down() -> None:
    (problem,) = checked(None).problems
    assert problem == "no camera answers, though CAM1_TYPE is 6: no photo may be taken"
    # the older protocol has no answer; and a crew may say that the camera shoots by itself
    for result in (checked(None, V2 | {"CAM1_TYPE": 5.0}), checked(None, own_camera=True)):
        assert result.passed
        assert any("no camera answers" in note for note in result.notes)
    # one on a servo can not answer: nothing is asked
    assert not [n for n in checked(None, V2 | {"CAM1_TYPE": 1.0}).notes if "camera answers" in n]


def test_a_storage_that_is_full_or_missing_is_told() -> None:
    # 22 photos of 20 MP: 22 * 19,961,856 * 0.15 / 2^20 = 62.8 MiB at least, 209.4 MiB usually
    (problem,) = checked(SimCamera(free_mib=60.0)).problems
    assert problem == (
        "its camera simulated has room for 60 MiB: 22 photos need at least 63 MiB (2.9 each)"
    )
    tight = checked(SimCamera(free_mib=200.0))
    assert tight.passed
    assert any("22 photos need about 209 MiB (9.5 each)" in note for note in tight.notes)
    for status, words in ((0, "has no storage in it"), (1, "not formatted")):
        (problem,) = checked(SimCamera(storage=status)).problems
        assert words in problem


def test_a_camera_of_unknown_storage_is_let_be() -> None:
    for camera in (
        MavlinkCamera(component=100, model="x", pixels=20_000_000),
        MavlinkCamera(component=100, model="x", pixels=0, storage=2, free_mib=1.0),
        MavlinkCamera(component=100, model="x", pixels=20_000_000, storage=3),
    ):
        assert not [*room_problems(camera, 1000), *room_notes(camera, 1000)]


def test_a_camera_that_is_a_component_of_its_own_is_asked_itself() -> None:
    parts: list[CameraPart] = []
    servo = V2 | {"CAM1_TYPE": 1.0}
    full = checked(None, servo, lambda sim: parts.append(CameraPart(sim, SimCamera(free_mib=1.0))))
    assert parts[0].asked == [259, 261]
    assert any("has room for 1 MiB" in problem for problem in full.problems)


def test_a_gimbal_that_does_not_reach_the_planned_tilt_is_told() -> None:
    (problem,) = checked(SimCamera(low_deg=-30.0)).problems
    assert problem == "its gimbal tilts from -30 to 30 deg: the plan points the camera to -90 deg"
    assert checked(SimCamera(low_deg=-90.0)).passed


@pytest.mark.parametrize("autopilot", ["ardupilot", "px4"])
def test_a_mission_points_the_camera_by_the_gimbal_protocol_that_is_asked_for(
    autopilot: Autopilot,
) -> None:
    plan = hand_plan(autopilot=autopilot)
    vehicle = dataclasses.replace(
        plan.problem.vehicles[0], gimbal="manager", trigger="distance", trigger_distance_m=10.0
    )
    problem = dataclasses.replace(plan.problem, vehicles=(vehicle, plan.problem.vehicles[1]))
    plan = dataclasses.replace(plan, problem=problem)
    items = flight_items(plan, plan.sorties[0])
    (tilt,) = [i for i in items if i.command == Command.DO_GIMBAL_MANAGER_PITCHYAW]
    assert tilt.params[:2] == (-90.0, 0.0)
    assert tilt.frame == 2
    assert not [i for i in items if i.command == Command.DO_MOUNT_CONTROL]
    assert not [fault for fault in lint_plan(plan) if "item" in fault]
    sim = Sim(World(), autopilot)
    assert all(sim.vehicle.rules.check_item(message_of(item)) == 0 for item in wire_items(items))


def message_of(item: Any) -> Any:
    from mcpp.link.wire import item_message

    return item_message(item, 0, 0, (1, 1))


def test_photos_that_the_camera_tells_count_and_those_that_failed_do_not() -> None:
    field = Field(Sim(World(), "px4"), loads=[survey_load("px4")])
    field.launch()
    sim = field.sims["u1"]
    field.poll(lambda: field.watcher.states["u1"].armed)
    camera = Codec(1, 100)
    for number, result in ((1, 1), (2, 0), (3, 1)):
        told = dialect.MAVLink_camera_image_captured_message(
            0, 0, 0, 0, 0, 0, 0, [1.0, 0.0, 0.0, 0.0], number, result, b""
        )
        sim.wire.from_vehicle(camera.encode(told))
    field.wait(0.5)
    assert field.watcher.states["u1"].photos == 2
    assert [e.text for e in field.events if e.kind == "photos"] == [
        "a photo failed, the camera says"
    ]
    assert ended(field).ending == "done"
