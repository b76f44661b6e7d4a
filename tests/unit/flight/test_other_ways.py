"""Other ways over the same ground: turned, entered elsewhere, and home by the legs of the tour."""

from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import box

from mcpp.flight.fly import airway_of, flights_alone, fly
from mcpp.flight.other_ways import Limits, other_ways
from mcpp.flight.sorties import PORTABLE_ITEMS
from mcpp.ground.transit import FreeSpace
from mcpp.model import LegKind, Route, Solution
from tests.strategies import problem_of

LIMITS = Limits(PORTABLE_ITEMS)
PROBLEM = problem_of(box(0, 0, 400, 400))
LOOP = np.array(
    [(20, 20), (380, 20), (380, 40), (20, 40), (20, 60), (380, 60), (380, 90), (10, 90)]
)
ROUTE = Route(
    uav=0,
    xy_m=np.vstack([LOOP, LOOP[:1]]).astype(float),
    survey=np.array([True, False, True, False, True, False, False, False]),
)


def surveyed(sortie) -> set[frozenset[tuple[float, float]]]:
    """Survey legs, whichever way they are flown."""
    on = np.flatnonzero(sortie.kind == LegKind.SURVEY)
    places = [tuple(np.round(xy, 3).tolist()) for xy in sortie.xyz_m[:, :2]]
    return {frozenset((places[i], places[i + 1])) for i in on}


def alone_and_others(problem, route):
    space = FreeSpace(problem.allowed)
    flights = flights_alone(problem, route, space)
    airway = airway_of(problem, route.uav, flights[0].xyz_m[0, :2], space=space)
    return flights, other_ways(airway, route, flights, LIMITS)


@pytest.mark.parametrize("start_m", [(20.0, 20.0), (200.0, 300.0), None])
def test_all_ways_survey_the_same_lines_and_begin_where_they_may(start_m) -> None:
    vehicle = replace(PROBLEM.vehicles[0], start_m=start_m, landing_m=None)
    problem = replace(PROBLEM, vehicles=(vehicle,))
    (given,), (steps,) = alone_and_others(problem, ROUTE)
    turned, elsewhere = [step() for step in steps]
    assert len(turned) == 1
    assert len(elsewhere) > 2
    for one in (*turned, *elsewhere):
        assert surveyed(one) == surveyed(given)
        assert np.array_equal(one.xyz_m[0], one.xyz_m[-1])
    # turned, the first line is flown last
    lines = [s.xyz_m[np.flatnonzero(s.kind == LegKind.SURVEY)[0], :2] for s in (given, *turned)]
    assert not np.array_equal(*lines)
    places = {tuple(one.xyz_m[0, :2]) for one in elsewhere}
    if start_m is None:
        assert places <= {tuple(point) for point in LOOP.astype(float)}
        assert len(places) > 1
    else:
        assert places == {start_m}


def test_a_route_in_order_and_one_too_long_for_the_battery_have_no_other_way() -> None:
    vehicle = replace(PROBLEM.vehicles[0], start_m=(20.0, 20.0))
    problem = replace(PROBLEM, vehicles=(vehicle,))
    _, (steps,) = alone_and_others(problem, replace(ROUTE, in_order=True))
    assert not steps
    (given,), (steps,) = alone_and_others(problem, ROUTE)
    airway = airway_of(problem, 0, given.xyz_m[0, :2])
    short = replace(vehicle, endurance_s=float(given.time_s[-1]) - 20.0)
    (steps,) = other_ways(replace(airway, vehicle=short), ROUTE, (given,), LIMITS)
    assert [step() for step in steps] == [[], []]
    (steps,) = other_ways(airway, ROUTE, (given,), Limits(3))
    assert [step() for step in steps] == [[], []]


def test_each_flight_of_several_can_be_turned() -> None:
    vehicle = replace(PROBLEM.vehicles[0], start_m=(20.0, 20.0), endurance_s=300.0)
    problem = replace(PROBLEM, vehicles=(vehicle,))
    flights, others = alone_and_others(problem, ROUTE)
    assert len(flights) > 1
    assert len(others) == len(flights)
    for given, (step,) in zip(flights, others, strict=True):
        (turned,) = step()
        assert (turned.uav, turned.number) == (given.uav, given.number)
        assert surveyed(turned) == surveyed(given)
        assert turned.time_s[-1] <= vehicle.endurance_s


def test_home_by_the_legs_of_the_tour_where_that_is_faster() -> None:
    """A climb to a high way home takes longer than the rest of the tour at its own height."""
    vehicle = replace(PROBLEM.vehicles[0], start_m=(20.0, 20.0), return_height_m=110.0)
    (sortie,) = fly(
        replace(PROBLEM, vehicles=(vehicle,)), Solution(planner="by hand", routes=(ROUTE,))
    )
    assert LegKind.RETURN not in sortie.kind
    assert sortie.xyz_m[-2, :2].tolist() == [20.0, 20.0]
