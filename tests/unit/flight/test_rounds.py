"""Fleets that fly several times: no worse than the orders it begins with, apart, batteries kept."""

from itertools import permutations

import numpy as np
import pytest

from mcpp.flight.deconflict import Flight, Placed, Sky
from mcpp.flight.rounds import Rounds
from mcpp.problem.batteries import Batteries
from tests.unit.flight.test_deconflict import APART, CRAFT, sortie_of

COUNT = 3
VEHICLES = [CRAFT] * COUNT


def crossing_flights() -> tuple[Sky, list[list[Flight]]]:
    """Each UAV twice out on a spoke and back across the next one's; the second time farther."""
    sky, ways = Sky(APART, VEHICLES), []
    for uav in range(COUNT):
        for number in (1, 2):
            angle, length_m = 2 * np.pi * uav / 5, 60.0 * number + 45.0 * uav
            out = 40 + np.array([np.cos(angle), np.sin(angle)]) * length_m
            back = 40 + np.array([np.cos(angle + 1.2), np.sin(angle + 1.2)]) * 0.6 * length_m
            home = (15.0 * uav, 0.0)
            points = [(*home, 0), (*home, 50), (*out, 50), (*back, 50), (*home, 50), (*home, 0)]
            ways.append([sky.flight(sortie_of(uav, points, number=number), 0.0)])
    return sky, ways


def placed_in(sky: Sky, ways, order) -> list[Placed]:
    """The slow way: one after another, each at the first time that nothing forbids."""
    batteries, out = Batteries(VEHICLES), dict[int, Placed]()
    ended: dict[int, float] = {}
    first: dict[int, float] = {}
    for i in order:
        flight = ways[i][0]
        uav = flight.sortie.uav
        ready_s = batteries.ready_s(uav, ended[uav]) if uav in ended else 0.0
        begin_s = sky.begin_s(flight, [*out.values()], ready_s, first.get(uav))
        out[i] = Placed(flight, begin_s, first.setdefault(uav, begin_s))
        ended[uav] = out[i].end_s
        batteries.flown(uav, ended[uav])
    return [out[i] for i in range(len(ways))]


def ends_s(placed: list[Placed]) -> tuple[float, float]:
    ends: dict[int, float] = {}
    for one in placed:
        ends[one.flight.sortie.uav] = one.end_s
    return round(max(ends.values()), 5), round(sum(ends.values()), 5)


def test_the_order_found_is_as_good_as_the_best_of_all() -> None:
    sky, ways = crossing_flights()
    number = [own[0].sortie.number for own in ways]
    legal = [
        order
        for order in permutations(range(len(ways)))
        if all(order.index(i) < order.index(i + 1) for i in range(0, len(ways), 2))
    ]
    assert number == [1, 2] * COUNT
    every = [ends_s(placed_in(sky, ways, order)) for order in legal]
    assert min(every) < sorted(every)[len(every) // 2]  # the order makes a difference here
    found = Rounds(sky, ways, VEHICLES, None).best(lambda _wanted: False)
    assert ends_s(found) == pytest.approx(min(every), abs=1e-4)
    again = Rounds(sky, ways, VEHICLES, None).best(lambda _wanted: False)
    assert [one.begin_s for one in again] == [one.begin_s for one in found]


def test_a_way_round_is_asked_for_only_where_a_flight_waits() -> None:
    sky, ways = crossing_flights()
    asked: list[set[int]] = []

    def more(wanted: set[int]) -> bool:
        asked.append(wanted)
        if len(asked) > 1:
            return False
        for i in wanted:
            sortie = ways[i][0].sortie
            turned = sortie_of(sortie.uav, sortie.xyz_m[::-1], number=sortie.number)
            ways[i].append(sky.flight(turned, 0.0))
        return True

    given = Rounds(sky, ways, VEHICLES, None).best(lambda _wanted: False)
    found = Rounds(sky, ways, VEHICLES, None).best(more)
    assert asked[0]
    assert ends_s(found) <= ends_s(given)
    lone = [own for own in ways if own[0].sortie.uav == 0]
    asked.clear()
    Rounds(sky, lone, VEHICLES, None).best(more)
    assert not any(asked)
