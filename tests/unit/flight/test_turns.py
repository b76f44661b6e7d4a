"""Orders of take-offs and ways round: judged as placing them is; of few UAVs the best of all."""

from collections.abc import Sequence
from itertools import permutations, product

import numpy as np
import pytest

from mcpp.flight.deconflict import Flight, Placed, Sky
from mcpp.flight.turns import Turn, Turns
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


def given_turns(order: Sequence[int]) -> list[Turn]:
    return [(uav, 0) for uav in order]


def both_ways(count: int) -> tuple[Sky, list[list[Flight]]]:
    """Spokes, each with the same points the other way round."""
    sky, flights = spokes(count)
    return sky, [
        [one, sky.flight(sortie_of(i, one.sortie.xyz_m[::-1]), 0.0)]
        for i, one in enumerate(flights)
    ]


def row_pieces(count: int) -> tuple[Sky, list[list[Flight]]]:
    """Neighbours along rows: each flies its strip and back, given in turn this way and that.

    Two neighbours come within 10 m of each other at the line between their strips only.
    """
    sky = Sky(APART, [CRAFT] * count)
    ways = []
    for i in range(count):
        left, middle, right = 200.0 * i + 2, 200.0 * i + 100, 200.0 * i + 198
        corners = [(right, 0), (right, 60), (left, 60), (left, 0)]
        ring = [(x, y, 50) for x, y in [(middle, 0), *corners, (middle, 0)]]
        there, back = sky.flight(sortie_of(i, ring), 0.0), sky.flight(sortie_of(i, ring[::-1]), 0.0)
        ways.append([there, back] if i % 2 == 0 else [back, there])
    return sky, ways


def test_an_order_is_judged_as_placing_one_flight_after_another_does() -> None:
    sky, flights = spokes(4)
    turns = Turns(sky, [[flight] for flight in flights])
    waits = set()
    for order in permutations(range(4)):
        slow = placed_ends_s(sky, flights, order)
        assert turns.ends_s(given_turns(order)) == pytest.approx(slow, abs=1e-5)
        waits.add(round(slow[0], 3))
    assert len(waits) > 1  # the order makes a difference here


def test_of_few_uavs_no_order_is_better() -> None:
    sky, flights = spokes(5)
    best = Turns(sky, [[flight] for flight in flights]).best([given_turns(range(5))])
    least = min(placed_ends_s(sky, flights, order) for order in permutations(range(5)))
    assert placed_ends_s(sky, flights, [uav for uav, _ in best]) == pytest.approx(least, abs=1e-5)


@pytest.mark.parametrize("make", [both_ways, row_pieces])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_of_few_uavs_no_order_with_any_ways_round_is_better(make, count) -> None:
    sky, ways = make(count)
    best = Turns(sky, ways).best([given_turns(range(count))])
    least = min(
        placed_ends_s(sky, [own[way] for own, way in zip(ways, chosen, strict=True)], order)
        for order in permutations(range(count))
        for chosen in product(range(2), repeat=count)
    )
    chosen = dict(best)
    flown = [ways[uav][chosen[uav]] for uav in range(count)]
    assert placed_ends_s(sky, flown, [uav for uav, _ in best]) == pytest.approx(least, abs=1e-5)


def test_neighbours_that_fly_round_alike_do_not_wait() -> None:
    """At each line between two strips the one comes in the middle of its tour, the other not."""
    sky, ways = row_pieces(6)
    turns = Turns(sky, ways)
    assert max(turns.begins_s(given_turns(range(6))).values()) > 0
    best = turns.best([given_turns(range(6))])
    assert max(turns.begins_s(best).values()) == 0
    assert turns.held_up(best) == set()


def test_flights_that_meet_nobody_stay_as_they_are() -> None:
    """The third would be faster another way, and is far away from those that wait."""
    sky, ways = row_pieces(2)
    sky = Sky(APART, [CRAFT] * 3)
    far = [sky.flight(sortie_of(2, [(2900, 0, 50), (2900, y, 50)]), 0.0) for y in (50, 40)]
    best = Turns(sky, [*ways, far]).best([given_turns((2, 0, 1))])
    assert (2, 0) in best
    assert {uav for uav, _ in best} == {0, 1, 2}


def test_of_many_uavs_the_order_found_is_no_worse_than_those_given() -> None:
    sky, ways = both_ways(13)
    given = [given_turns(range(13)), given_turns(range(12, -1, -1))]
    turns = Turns(sky, ways)
    best = turns.best(given)
    assert sorted(uav for uav, _ in best) == list(range(13))
    assert turns.ends_s(best) < min(map(turns.ends_s, given))
    assert best == turns.best(given)
