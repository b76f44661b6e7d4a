"""Where photos are taken: worked examples by hand, and a naive twin along the whole way."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mcpp.ground.photo_places import photo_places, photo_steps


def places(lengths, survey, step_m, *, hovers=False):
    mask = np.array(survey, dtype=np.bool_)
    return list(photo_places(np.array(lengths, float), mask, step_m, hovers=hovers))


def test_a_trigger_by_distance_measures_on_round_a_corner_and_begins_anew_with_a_run():
    found = places([25.0, 25.0, 40.0, 10.0], [True, True, False, True], 10.0)
    assert [leg for leg, _ in found] == [0, 0, 0, 1, 1, 1, 3, 3]
    parts = [part for _, part in found]
    assert parts == pytest.approx([0.0, 0.4, 0.8, 0.2, 0.6, 1.0, 0.0, 1.0])


def test_a_hovering_uav_stops_at_even_steps_and_once_at_a_corner():
    found = places([20.0, 9.0], [True, True], 10.0, hovers=True)
    assert found == [(0, 0.0), (0, 0.5), (0, 1.0), (1, 1.0)]


def test_a_step_that_is_met_but_for_rounding_is_no_step_more():
    assert photo_steps(30.0, 10.0) == photo_steps(30.0 + 1e-9, 10.0) == 3
    assert photo_steps(30.1, 10.0) == 4
    assert photo_steps(0.5, 10.0) == 1


@given(st.lists(st.floats(1.0, 80.0), min_size=1, max_size=6), st.floats(2.0, 30.0))
def test_photos_of_a_run_stand_at_every_step_of_its_way(lengths, step_m):
    way = np.concatenate([[0.0], np.cumsum(lengths)])
    found = [
        way[leg] + part * lengths[leg]
        for leg, part in places(lengths, [True] * len(lengths), step_m)
    ]
    count = math.floor((way[-1] + 1e-6) / step_m) + 1
    assert found == pytest.approx([k * step_m for k in range(count)], abs=1e-6)
