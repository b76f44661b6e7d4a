"""Ways beyond line ends: straight, without photos, inside the allowed space."""

from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import box

from mcpp.flight.fly import fly
from mcpp.flight.run_outs import with_run_outs
from mcpp.ground.transit import FreeSpace
from mcpp.model import LegKind, Route, Solution, Vehicle
from tests.strategies import problem_of

LINES = np.array([[20, 20], [380, 20], [380, 40], [20, 40], [20, 60], [380, 60.0]])
SURVEY = np.array([True, False, True, False, True])


def vehicle(overshoot: float, lead_in: float) -> Vehicle:
    return Vehicle(
        id="a", start_m=None, landing_m=None, share=1.0, spacing_m=20.0, reach_m=15.0,
        turn_overshoot_m=overshoot, lead_in_m=lead_in,
    )  # fmt: skip


def lengthened(overshoot, lead_in, space=box(0, 0, 400, 100), xy=LINES, survey=SURVEY):  # noqa: B008
    return with_run_outs(xy, survey, vehicle(overshoot, lead_in), FreeSpace(space))


def test_nothing_is_added_unless_asked_for():
    xy, survey = lengthened(0, 0)
    assert xy is LINES
    assert survey is SURVEY


def test_each_line_gets_a_way_into_it_and_one_past_its_end():
    xy, survey = lengthened(15, 10)
    expected = [
        (10, 20), (20, 20), (380, 20), (395, 20), (390, 40), (380, 40), (20, 40), (5, 40),
        (10, 60), (20, 60), (380, 60), (395, 60),
    ]  # fmt: skip
    np.testing.assert_allclose(xy, expected)
    on = [False, True, False, False, False, True, False, False, False, True, False]
    assert survey.tolist() == on


def test_the_lines_themselves_stay_as_they_are():
    xy, survey = lengthened(15, 10)
    legs = {(tuple(a), tuple(b)) for a, b, on in zip(xy, xy[1:], survey, strict=False) if on}
    assert legs == {
        (tuple(a), tuple(b)) for a, b, on in zip(LINES, LINES[1:], SURVEY, strict=False) if on
    }


def test_where_there_is_less_room_less_is_flown():
    xy, _ = lengthened(16, 0, space=box(0, 0, 393, 100))
    assert xy[:, 0].max() == 380 + 0.75 * 16
    xy, _ = lengthened(16, 16, space=box(20, 0, 380, 100))
    np.testing.assert_array_equal(xy, LINES)
    notched = box(0, 0, 400, 100).difference(box(388, 25, 400, 35))  # in the way of the turn
    xy, _ = lengthened(16, 16, space=notched)
    assert FreeSpace(notched).legal(xy[:-1], xy[1:]).all()


def test_a_way_straight_on_is_left_alone():
    xy = np.array([[20, 20], [100, 20], [140, 20], [300, 20.0]])
    survey = np.array([True, False, True])
    found, on = lengthened(15, 15, xy=xy, survey=survey)
    np.testing.assert_allclose(found, [[5, 20], *xy.tolist(), [315, 20]])
    assert on.tolist() == [False, True, False, True, False]


@pytest.mark.parametrize("overshoot", [0.0, 12.0])
def test_flights_take_longer_and_survey_the_same(overshoot):
    problem = problem_of(box(0, 0, 400, 100))
    vehicles = tuple(replace(v, turn_overshoot_m=overshoot) for v in problem.vehicles)
    problem = replace(problem, vehicles=vehicles)
    route = Route(uav=0, xy_m=LINES, survey=SURVEY)
    (sortie,) = fly(problem, Solution(planner="by hand", routes=(route,)))
    on = sortie.kind == LegKind.SURVEY
    length = np.linalg.norm(np.diff(sortie.xyz_m, axis=0), axis=1)
    assert length[on].sum() == pytest.approx(3 * 360)
    assert (sortie.xyz_m[:, 0].max() == pytest.approx(392.0)) == (overshoot > 0)
