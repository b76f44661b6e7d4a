"""Orders of take-offs: judged as placing flight by flight does, and of few UAVs the best of all."""

from itertools import permutations

import numpy as np
import pytest

from mcpp.flight.deconflict import Flight, Placed, Sky
from mcpp.flight.turns import Turns
from tests.unit.flight.test_deconflict import APART, CRAFT, sortie_of


def spokes(count: int) -> tuple[Sky, list[Flight]]:
    """Flights from one place, each out along its own spoke and back across the next one's."""
    sky = Sky(APART, [CRAFT] * count, pad_clear_s=30.0)
    flights = []
    for i in range(count):
        angle, length_m = 2 * np.pi * i / 7, 150.0 + 35.0 * i
        out = np.array([np.cos(angle), np.sin(angle)]) * length_m
        back = np.array([np.cos(angle + 1.2), np.sin(angle + 1.2)]) * 0.6 * length_m
        points = [(0, 0, 0), (0, 0, 50), (*out, 50), (*back, 50), (0, 0, 50), (0, 0, 0)]
        flights.append(sky.flight(sortie_of(i, points), 0.0))
    return sky, flights


def placed_ends_s(sky: Sky, flights: list[Flight], order) -> tuple[float, float]:
    """The slow way: one after another, each at the first time that nothing forbids."""
    placed: list[Placed] = []
    for i in order:
        at_s = sky.begin_s(flights[i], placed, 0.0, None)
        placed.append(Placed(flights[i], at_s, at_s))
    ends = [one.end_s for one in placed]
    return max(ends), sum(ends)


def test_an_order_is_judged_as_placing_one_flight_after_another_does() -> None:
    sky, flights = spokes(4)
    turns = Turns(sky, flights)
    waits = set()
    for order in permutations(range(4)):
        slow = placed_ends_s(sky, flights, order)
        assert turns.ends_s(order) == pytest.approx(slow, abs=1e-5)
        waits.add(round(slow[0], 3))
    assert len(waits) > 1  # the order makes a difference here


def test_of_few_uavs_no_order_is_better() -> None:
    sky, flights = spokes(5)
    best = Turns(sky, flights).best([list(range(5))])
    least = min(placed_ends_s(sky, flights, order) for order in permutations(range(5)))
    assert placed_ends_s(sky, flights, best) == pytest.approx(least, abs=1e-5)


def test_of_many_uavs_the_order_found_is_no_worse_than_those_given() -> None:
    sky, flights = spokes(9)
    given = [list(range(9)), list(range(8, -1, -1))]
    turns = Turns(sky, flights)
    best = turns.best(given)
    assert sorted(best) == list(range(9))
    assert turns.ends_s(best) <= min(map(turns.ends_s, given))
    assert best == turns.best(given)
