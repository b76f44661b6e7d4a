"""Cuts of a tour into flights: all of it flown, within batteries, never longer than greedy cuts."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from shapely.geometry import box

from mcpp.errors import InfeasibleError
from mcpp.flight.cuts import foretold_s, well_cut, without_straights
from mcpp.flight.fly import airway_of
from mcpp.flight.legs import Airway
from mcpp.flight.sorties import PORTABLE_ITEMS, cut_route
from mcpp.model import LegKind
from tests.strategies import problem_of


def rows(width: float, count: int, step: float) -> np.ndarray:
    """A closed tour of survey lines, back along one side."""
    points = [(0.0, 0.0)]
    for k in range(count):
        xs = (10.0, width) if k % 2 == 0 else (width, 10.0)
        points += [(x, 10.0 + k * step) for x in xs]
    return np.array([*points, (0.0, points[-1][1]), (0.0, 0.0)])


def airway(endurance_s: float, start=(5.0, 5.0), **changes) -> Airway:
    problem = problem_of(box(-5, -5, 800, 700), starts_m=(start,), spacing_m=30)
    vehicle = replace(problem.vehicles[0], endurance_s=endurance_s, **changes)
    return airway_of(replace(problem, vehicles=(vehicle,)), 0, np.array(start))


def survey_line(sorties) -> shapely.Geometry:
    lines = []
    for s in sorties:
        for k in np.flatnonzero(s.kind == LegKind.SURVEY):
            lines.append(shapely.LineString(s.xyz_m[k : k + 2, :2]))
    return shapely.union_all(lines)


def cut(of: Airway, xy, survey):
    greedy = cut_route(of, xy, survey)
    return greedy, well_cut(of, xy, survey, greedy, max_items=PORTABLE_ITEMS)


@settings(max_examples=15)
@given(
    st.floats(200, 700),
    st.integers(4, 20),
    st.floats(260, 900),
    st.tuples(st.floats(0, 700), st.floats(0, 600)),
)
def test_cuts_lose_nothing_keep_batteries_and_never_take_longer(width, count, lasts_s, start):
    xy = rows(width, count, 30.0)
    survey = np.ones(len(xy) - 1, bool)
    survey[[0, -1, -2]] = False
    of = airway(lasts_s, start)
    try:
        greedy, found = cut(of, xy, survey)
    except InfeasibleError:
        return
    assert found[-1].time_s[-1] <= greedy[-1].time_s[-1] + 1e-6
    whole = survey_line(greedy)
    assert survey_line(found).length == pytest.approx(whole.length, rel=1e-6)
    assert shapely.hausdorff_distance(survey_line(found), whole) < 1e-3
    for i, sortie in enumerate(found):
        assert sortie.number == i + 1
        assert sortie.time_s[-1] - sortie.time_s[0] <= lasts_s + 1e-6


def test_a_tour_is_cut_where_the_way_home_is_short():
    xy = rows(700.0, 16, 30.0)
    survey = np.ones(len(xy) - 1, bool)
    greedy, found = cut(airway(900.0), xy, survey)
    assert len(found) == len(greedy) > 2
    assert sum(ways_m(s) for s in found) < 0.9 * sum(ways_m(s) for s in greedy)


def ways_m(sortie) -> float:
    steps = np.hypot(*np.diff(sortie.xyz_m[:, :2], axis=0).T)
    return float(steps[(sortie.kind == LegKind.TRANSIT) | (sortie.kind == LegKind.RETURN)].sum())


def test_one_flight_stays_as_it_is():
    xy = rows(200.0, 4, 30.0)
    greedy, found = cut(airway(4000.0), xy, np.ones(len(xy) - 1, bool))
    assert found is greedy


def test_points_on_a_straight_are_left_out_but_where_the_kind_changes():
    xy = np.array([(0, 0), (1, 0), (2, 0), (3, 0), (3, 1.0)])
    survey = np.array([False, True, True, True])
    points, mask = without_straights(xy, survey)
    assert points.tolist() == [[0, 0], [1, 0], [3, 0], [3, 1]]
    assert mask.tolist() == [False, True, True]


def test_a_first_leg_too_short_to_be_flown_alone_leaves_the_greedy_flights():
    """Of a ten-thousandth of a millimetre: it is merged away, and no way can be measured by it."""
    xy = rows(700.0, 16, 30.0)
    xy = np.insert(xy, 2, xy[1] + [1e-7, 0.0], axis=0)
    survey = np.ones(len(xy) - 1, bool)
    survey[[0, -1, -2]] = False
    greedy, found = cut(airway(900.0), xy, survey)
    assert len(greedy) > 1
    assert found is greedy


def two_places() -> tuple[np.ndarray, np.ndarray]:
    """Rows at either end of 700 m, and ways between them."""
    west = np.array([(0, 0), (100, 0), (100, 30), (0, 30), (0, 60), (100, 60)], float)
    xy = np.vstack([west, west[::-1] + np.array([600, 0]), west[:1]])
    survey = np.ones(len(xy) - 1, bool)
    survey[[5, 11]] = False
    return xy, survey


def test_a_way_between_two_flights_is_not_flown_and_takes_no_battery():
    xy, survey = two_places()
    start = (350.0, 30.0)
    west = cut_route(airway(4000.0, start), xy[:6], survey[:5])
    assert len(west) == 1
    lasts_s = float(west[0].time_s[-1]) + 5.0
    _, found = cut(airway(lasts_s, start), xy, survey)
    assert len(found) == 2


def test_what_is_foretold_is_what_the_flights_take():
    for width, count, lasts_s in ((700.0, 16, 900.0), (400.0, 12, 500.0), (600.0, 9, 700.0)):
        xy = rows(width, count, 30.0)
        survey = np.ones(len(xy) - 1, bool)
        survey[[0, -1, -2]] = False
        of = airway(lasts_s)
        _, found = cut(of, xy, survey)
        assert len(found) > 1
        assert foretold_s(of, xy, survey) == pytest.approx(found[-1].time_s[-1], rel=0.02)


def test_charging_is_foretold_where_batteries_are_fewer_than_flights():
    xy, survey = two_places()
    few, lasts_s = (350.0, 30.0), 330.0
    many = foretold_s(airway(lasts_s, few), xy, survey)
    two = foretold_s(airway(lasts_s, few, batteries=2, charge_s=5000.0), xy, survey)
    one = foretold_s(airway(lasts_s, few, batteries=1, charge_s=5000.0), xy, survey)
    swap_s = airway(lasts_s, few).vehicle.swap_s
    assert two == pytest.approx(many)
    assert one == pytest.approx(many - swap_s + 5000.0)


def test_a_route_too_far_away_is_foretold_never_to_end():
    xy, survey = two_places()
    assert foretold_s(airway(60.0), xy, survey) == np.inf


def test_the_first_flight_is_the_one_with_which_charging_is_waited_for_least():
    xy = rows(700.0, 16, 30.0)
    survey = np.ones(len(xy) - 1, bool)
    survey[[0, -1, -2]] = False
    of = airway(900.0, batteries=2, charge_s=3000.0)
    _, found = cut(of, xy, survey)
    took_s = [float(s.time_s[-1] - s.time_s[0]) for s in found]
    assert len(took_s) > 2

    def lands_s(order) -> float:
        ends: list[float] = []
        for flight_s in order:
            ready_s = ends[-1] + of.vehicle.swap_s if ends else 0.0
            if len(ends) > 1:
                ready_s = max(ready_s, ends[-2] + 3000.0)
            ends.append(ready_s + flight_s)
        return ends[-1]

    turned = [took_s[k:] + took_s[:k] for k in range(len(took_s))]
    assert lands_s(took_s) == pytest.approx(min(lands_s(one) for one in turned), abs=0.01)
