"""The session: steps that can be undone, results that fit or do not."""

from dataclasses import replace

import pytest

from gui import edits
from gui.edits import ShapeRef
from gui.session import MOST_RESULTS, Session, same_flight
from mcpp import api
from mcpp.model import CircleZone
from mcpp.planner import NullObserver
from mcpp.problem.spots import with_launch_spots
from tests.gui_tests.plans import simple_plan


def test_a_step_is_undone_and_redone(session: Session, small_mission):
    session.open(small_mission, None)
    session.edit("Space", replace(small_mission, scan_distance_m=30.0))
    assert session.undo_stack.undoText() == "Space"
    session.undo_stack.undo()
    assert session.mission == small_mission
    session.undo_stack.redo()
    assert session.mission.scan_distance_m == 30.0


def test_moves_of_one_drag_are_one_step(session: Session, small_mission):
    session.open(small_mission, None)
    for lat in (48.1, 48.2, 48.3):
        moved = edits.move_vertex(session.mission, ShapeRef("area", 0, vertex=1), (16.0, lat))
        session.edit("Move corner", moved, merge="drag 1")
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.mission == small_mission


def test_what_changes_nothing_is_no_step(session: Session, small_mission):
    session.open(small_mission, None)
    session.edit("Nothing", replace(small_mission))
    assert session.undo_stack.count() == 0
    assert not session.dirty


def test_a_result_fits_again_after_undo(session: Session, small_mission, small_plan):
    session.open(small_mission, None)
    session.add_result(small_mission, small_plan)
    assert session.finished is not None
    session.edit("Space", replace(small_mission, scan_distance_m=30.0))
    assert session.finished is None
    session.undo_stack.undo()
    assert session.finished is not None


def test_a_new_name_keeps_the_plan(small_mission):
    assert same_flight(small_mission, replace(small_mission, name="other"))
    assert not same_flight(small_mission, replace(small_mission, seed=2))


def test_a_launch_point_that_was_moved_aside_keeps_the_plan_and_a_dragged_one_is_given(
    small_mission,
):
    flight = replace(small_mission.flight, launch_spots="apart")
    start = small_mission.uavs[0].start_lon_lat_deg
    at_one = tuple(replace(u, start_lon_lat_deg=start) for u in small_mission.uavs)
    asked = replace(small_mission, flight=flight, uavs=at_one)
    spread = with_launch_spots(asked)
    assert spread != asked
    assert same_flight(asked, spread)
    dragged = edits.change_uav(spread, 1, start_lon_lat_deg=(22.922, 40.631))
    assert dragged.uavs[1].given_start_lon_lat_deg is None
    assert not same_flight(asked, dragged)


def test_a_draft_gives_way_to_the_plan(session: Session, small_mission, small_plan):
    session.open(small_mission, None)
    session.set_draft(small_mission, small_plan)
    assert session.is_draft
    assert session.plan is small_plan
    finished = simple_plan(small_mission)
    session.add_result(small_mission, finished)
    assert not session.is_draft
    assert session.plan is finished


def test_a_result_of_other_settings_can_be_looked_at(session: Session, small_mission, small_plan):
    session.open(small_mission, None)
    first = session.add_result(small_mission, small_plan)
    session.edit("Space", replace(small_mission, scan_distance_m=30.0))
    assert session.plan is None
    session.look_at(first)
    assert session.plan is small_plan
    assert session.finished is None


def test_the_selection_goes_with_its_shape(session: Session, small_mission):
    session.open(small_mission, None)
    session.select(ShapeRef("zone", 1))
    session.edit("Delete", edits.delete(session.mission, ShapeRef("zone", 1)))
    assert session.selection is None


def test_deleting_a_corner_of_a_triangle_deletes_the_shape(session: Session):
    mission = edits.add_area(session.mission, ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)))
    assert edits.delete(mission, ShapeRef("area", 0, vertex=1)).area == ()


def test_a_circle_moves_by_its_centre(small_mission):
    moved = edits.with_ring(small_mission, ShapeRef("zone", 1), ((16.0, 48.0),))
    zone = moved.no_fly_zones[1]
    assert isinstance(zone, CircleZone)
    assert zone.center_lon_lat_deg == (16.0, 48.0)


@pytest.mark.parametrize("count", [1, 3])
def test_added_uavs_have_names_of_their_own(session: Session, count):
    mission = session.mission
    for _ in range(count):
        mission = edits.add_uav(mission, (16.0, 48.0))
    assert [uav.id for uav in mission.uavs] == [f"UAV-{n}" for n in range(1, count + 1)]
    mission = edits.delete(mission, ShapeRef("uav", 0))
    assert edits.add_uav(mission, None).uavs[-1].id == "UAV-1"


def test_all_shapes_are_listed(small_mission):
    kinds = [ref.kind for ref in edits.shapes(small_mission)]
    assert kinds == ["area", "zone", "zone", "uav", "uav"]
    assert all(edits.exists(small_mission, ref) for ref in edits.shapes(small_mission))
    assert not edits.exists(small_mission, ShapeRef("uav", 2))


def test_the_oldest_results_go_and_the_shown_one_stays(session: Session, small_mission, small_plan):
    session.open(small_mission, None)
    other = replace(small_mission, scan_distance_m=30.0)
    first = session.add_result(small_mission, small_plan)
    for _ in range(MOST_RESULTS + 5):
        session.add_result(other, small_plan)
    assert len(session.results) == MOST_RESULTS
    assert session.results[0] is first is session.shown
    assert session.results[-1].number == MOST_RESULTS + 6
    assert len({result.number for result in session.results}) == MOST_RESULTS


def test_what_the_app_makes_the_planners_take(session: Session):
    ring = ((16.0, 48.0), (16.004, 48.0), (16.004, 48.003), (16.0, 48.003))
    mission = edits.add_area(session.mission, ring)
    zone = CircleZone(center_lon_lat_deg=(16.002, 48.0015), radius_m=20.0)
    mission = edits.add_zone(mission, zone)
    for lon in (16.0005, 16.0035):
        mission = edits.add_uav(mission, (lon, 48.0003))
    plan = api.draft(mission, NullObserver())
    assert plan.report.fleet.coverage_percent > 90
    assert [uav.id for uav in plan.report.uavs] == ["UAV-1", "UAV-2"]
