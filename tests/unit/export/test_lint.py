import math
from dataclasses import replace

import pytest

from mcpp.export.fence import fence_of
from mcpp.export.items import (
    Command,
    MissionItem,
    items_of_fence,
    mission_items,
    rally_items,
    wire_items,
)
from mcpp.export.lint import lint
from mcpp.export.plan_lint import lint_plan
from mcpp.export.targets import Target
from mcpp.model import Plan
from tests.plan_doubles import hand_plan

TARGETS = ("ardupilot", "px4", "generic", "portable")
HOME = MissionItem(command=16, frame=0, lat_deg=40.0, lon_deg=20.0)
POINT = MissionItem(command=16, frame=3, lat_deg=40.0, lon_deg=20.0, alt_m=50.0)
OPEN = replace(POINT, params=(0.0, 0.0, 0.0, math.nan))
TAKEOFF = replace(POINT, command=22)
RETURN = MissionItem(command=20, frame=2)
CORNER = MissionItem(command=5001, frame=3, params=(4.0, 0.0, 0.0, 0.0), lat_deg=40.0, lon_deg=20.0)
RALLY = MissionItem(command=5100, frame=3, lat_deg=40.0, lon_deg=20.0, alt_m=30.0)


def mission(target: str, *items: MissionItem) -> list[MissionItem]:
    home = [HOME] if target == "ardupilot" else []
    return [*home, TAKEOFF, *items, RETURN]


def faults(target: Target, *items: MissionItem) -> str:
    return "\n".join(lint(mission(target, *items), [], [], target))


def ring(corners: int, command: int = 5001) -> list[MissionItem]:
    return [replace(CORNER, command=command, params=(float(corners), 0.0, 0.0, 0.0))] * corners


@pytest.fixture(scope="module")
def plan() -> Plan:
    return hand_plan()


@pytest.mark.parametrize("target", TARGETS)
def test_a_good_mission_passes(target):
    point = OPEN if target == "px4" else POINT
    assert lint(mission(target, point), ring(4), [RALLY], target) == []


def test_a_plan_passes_for_its_own_autopilots_in_files_and_on_the_wire(plan):
    assert lint_plan(plan) == []
    for sortie in plan.sorties:
        autopilot = plan.problem.vehicles[sortie.uav].autopilot
        items = wire_items(mission_items(plan, sortie))
        fence = wire_items(items_of_fence(fence_of(plan, sortie.uav)))
        assert lint(items, fence, wire_items(rally_items(plan, sortie.uav)), autopilot) == []


@pytest.mark.parametrize("heading", ["along", "fixed"])
@pytest.mark.parametrize("trigger", ["distance", "hover", "none"])
@pytest.mark.parametrize("kind", ["multirotor", "fixed-wing", "vtol"])
def test_all_that_mcpp_writes_for_px4_passes(heading, trigger, kind):
    given = {"autopilot": "px4", "heading": heading, "trigger": trigger, "kind": kind}
    found = lint_plan(hand_plan(**given))
    assert found == []


def test_a_plan_for_the_wrong_target_is_named(plan):
    found = lint_plan(plan, "px4")
    (line,) = [fault for fault in found if fault.startswith("one, sortie 1: ")]
    assert "it is for ardupilot: plan it with autopilot 'px4'" in line
    assert "item 0 is a home row: PX4 has none and would fly to it" in line
    assert "two, sortie 1: it is for px4" in "\n".join(lint_plan(plan, "ardupilot"))


def test_a_fault_of_many_items_is_one_line():
    low = replace(POINT, alt_m=-5.0)
    (line,) = lint(mission("ardupilot", low, low, low), [], [], "ardupilot")
    assert line.endswith("(and 2 more such items, up to 4)")


def test_heights_below_home_are_right_over_a_terrain_model():
    low = replace(POINT, alt_m=-5.0)
    assert lint(mission("ardupilot", low), [], [], "ardupilot", over_terrain=True) == []


@pytest.mark.parametrize(("target", "most"), [("ardupilot", 650), ("px4", 500), ("portable", 500)])
def test_the_number_of_items(target, most):
    point = OPEN if target == "px4" else POINT
    fits = most - len(mission(target))
    assert faults(target, *[point] * fits) == ""
    assert f"{most + 1} items" in faults(target, *[point] * (fits + 1))


@pytest.mark.parametrize(("target", "most"), [("ardupilot", 68), ("px4", 60), ("portable", 60)])
def test_the_number_of_fence_points(target, most):
    assert lint(mission(target), ring(most), [], target) == []
    assert f"{most + 1} points" in lint(mission(target), ring(most + 1), [], target)[0]


@pytest.mark.parametrize(("target", "most"), [("ardupilot", 46), ("px4", 10), ("portable", 10)])
def test_the_number_of_rally_points(target, most):
    assert lint(mission(target), [], [RALLY] * most, target) == []
    assert f"{most + 1} rally points" in lint(mission(target), [], [RALLY] * (most + 1), target)[0]


def test_a_missing_home_row_is_named_for_ardupilot():
    assert "item 0 is not home" in lint([TAKEOFF, POINT, RETURN], [], [], "ardupilot")[0]
    assert "item 0 is not home" in "".join(lint([], [], [], "ardupilot"))


def test_a_missing_take_off_is_named():
    assert "no take-off" in lint([HOME, POINT, RETURN], [], [], "ardupilot")[0]


def test_items_before_the_take_off_are_named():
    speed = MissionItem(command=178, frame=2, params=(1.0, 5.0, -1.0, 0.0))
    found = lint([HOME, speed, TAKEOFF, RETURN], [], [], "ardupilot")
    assert found == [
        "item 1 (DO_CHANGE_SPEED 178) stands before the take-off: ArduPilot would skip it or refuse"
    ]


@pytest.mark.parametrize("command", [Command.NAV_RETURN_TO_LAUNCH, Command.DO_SET_CAM_TRIGG_DIST])
def test_px4_wants_the_mission_frame_for_commands(command):
    item = MissionItem(command=int(command), frame=3)
    assert "frame 3, which PX4 refuses: use 2" in faults("px4", item)
    assert faults("ardupilot", item) == ""


@pytest.mark.parametrize("frame", [10, 11])
def test_heights_above_terrain_are_refused_by_px4_alone(frame):
    assert "above terrain" in faults("px4", replace(OPEN, frame=frame))
    assert "above terrain" in faults("portable", replace(POINT, frame=frame))
    assert faults("ardupilot", replace(POINT, frame=frame)) == ""


@pytest.mark.parametrize("target", TARGETS)
def test_a_waypoint_in_the_mission_frame_is_named(target):
    assert "has frame 2: use 3" in faults(target, replace(OPEN, frame=2))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_ardupilot_wants_numbers_in_p1_to_p3(number):
    p1, p2, p3 = (math.nan if i == number else 0.0 for i in (1, 2, 3))
    item = replace(POINT, params=(p1, p2, p3, 0.0))
    assert f"no number in p{number}" in faults("ardupilot", item)
    assert f"no number in p{number}" not in faults("px4", item)


def test_ardupilot_takes_an_open_heading():
    assert faults("ardupilot", OPEN) == ""


def test_px4_would_turn_north_for_a_zero():
    assert "turn the nose north" in faults("px4", POINT)
    assert faults("ardupilot", POINT) == ""


def test_an_infinite_parameter_is_named():
    assert "infinite p2" in faults("px4", replace(OPEN, params=(0.0, math.inf, 0.0, math.nan)))


@pytest.mark.parametrize(("command", "frame"), [(195, 3), (197, 2)])
def test_regions_of_interest_are_refused_by_ardupilot(command, frame):
    item = replace(POINT, command=command, frame=frame)
    assert f"{command}) is not supported by ArduPilot" in faults("ardupilot", item)
    assert "not supported" not in faults("px4", item)


def test_a_held_heading_is_read_otherwise():
    yaw = MissionItem(command=115, frame=2, params=(30.0, 0.0, 0.0, 0.0))
    assert "WP_YAW_BEHAVIOR" in faults("ardupilot", yaw)
    assert "not flown by PX4" in faults("px4", yaw)


@pytest.mark.parametrize("target", TARGETS)
def test_places_that_are_none_are_named(target):
    assert "latitude 120" in faults(target, replace(OPEN, lat_deg=120.0))
    assert "longitude 181" in faults(target, replace(OPEN, lon_deg=181.0))
    assert "latitude nan" in faults(target, replace(OPEN, lat_deg=math.nan))
    assert "no position" in faults(target, replace(OPEN, lat_deg=0.0, lon_deg=0.0))
    assert "no height" in faults(target, replace(OPEN, alt_m=math.nan))
    assert "flown into the ground" in faults(target, replace(OPEN, alt_m=-1.0))


def test_photos_that_nothing_stops_are_named():
    start = MissionItem(command=206, frame=2, params=(10.0, 0.0, 1.0, 0.0))
    stop = MissionItem(command=206, frame=2)
    assert "nothing stops before the landing" in faults("px4", start, OPEN)
    assert faults("px4", start, OPEN, stop) == ""
    assert "nothing stops" in lint([TAKEOFF, start, OPEN], [], [], "px4")[0]


def test_several_inclusions_are_named_where_only_their_common_part_counts():
    both = [*ring(4), *ring(4)]
    assert "2 inclusions" in lint(mission("ardupilot"), both, [], "ardupilot")[0]
    assert "2 inclusions" in lint(mission("portable"), both, [], "portable")[0]
    assert lint(mission("px4"), both, [], "px4") == []
    circle = replace(CORNER, command=5003, params=(50.0, 0.0, 0.0, 0.0))
    assert "2 inclusions" in lint(mission("ardupilot"), [*ring(4), circle], [], "ardupilot")[0]


@pytest.mark.parametrize(
    "corners", [[*ring(4)[:3]], [*ring(2)], [*ring(4)[:2], *ring(4, 5002)[:2]]]
)
def test_a_wrong_number_of_corners_is_named(corners):
    assert "corners, which is not what follows" in "".join(
        lint(mission("ardupilot"), corners, [], "ardupilot")
    )


def test_circles_need_a_radius():
    circle = replace(CORNER, command=5004, params=(0.0, 0.0, 0.0, 0.0))
    assert "radius 0 m" in lint(mission("px4"), [circle], [], "px4")[0]


def test_strangers_in_fence_and_rally_are_named():
    assert "does not belong in a fence" in lint(mission("px4"), [OPEN], [], "px4")[0]
    assert "does not belong among rally" in lint(mission("px4"), [], [OPEN], "px4")[0]


def test_a_fence_corner_beyond_the_pole_is_named():
    corners = [replace(corner, lat_deg=91.0) for corner in ring(3)]
    assert "fence item 0" in lint(mission("px4"), corners, [], "px4")[0]
