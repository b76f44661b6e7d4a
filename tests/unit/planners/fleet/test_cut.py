"""One tour cut into pieces that end together."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from planners.fleet.cut import CutProblem, cut_tour


def problem(steps, stops, onto, off, per_m, per_stop):
    rolled = np.roll(np.asarray(stops, float), -1)
    return CutProblem(
        along_m=np.concatenate([[0.0], np.cumsum(np.tile(np.asarray(steps, float), 2))]),
        stops=np.concatenate([[0.0], np.cumsum(np.tile(rolled, 2))]),
        onto_s=np.array(onto, float),
        off_s=np.array(off, float),
        s_per_m=np.array(per_m, float),
        s_per_stop=np.array(per_stop, float),
    )


def piece_s(p, steps, stops, u, first, last):
    """Time of a piece, counted step by step."""
    if last == first:
        return 0.0
    m = len(steps)
    length = sum(steps[k % m] for k in range(first, last))
    inside = sum(stops[k % m] for k in range(first + 1, last))
    fly = length * p.s_per_m[u] + (inside + 1) * p.s_per_stop[u]
    return p.onto_s[u, first % m] + fly + p.off_s[u, last % m]


def best_of_all(p, steps, stops):
    """Least finishing time over all offsets and cuts, in the given order."""
    m, n = len(steps), len(p.s_per_m)
    best = np.inf
    for offset in range(m):
        for inner in itertools.combinations_with_replacement(range(offset, offset + m + 1), n - 1):
            ends = [offset, *inner, offset + m]
            times = [piece_s(p, steps, stops, u, ends[u], ends[u + 1]) for u in range(n)]
            best = min(best, max(times))
    return best


numbers = st.integers(1, 30)


@settings(max_examples=60)
@given(st.data(), st.integers(3, 7), st.integers(1, 3))
def test_without_transits_no_cut_is_better(data, m, n):
    steps = data.draw(st.lists(numbers, min_size=m, max_size=m))
    stops = data.draw(st.lists(st.integers(0, 1), min_size=m, max_size=m))
    per_m = data.draw(st.lists(st.floats(0.5, 2.0), min_size=n, max_size=n))
    p = problem(steps, stops, np.zeros((n, m)), np.zeros((n, m)), per_m, [1.0] * n)
    cut = cut_tour(p, np.arange(n)[None], np.arange(m))
    times = [piece_s(p, steps, stops, u, a, b) for u, a, b in cut]
    assert max(times) <= best_of_all(p, steps, stops) * (1 + 1e-3)
    assert cut[0][1] + m == cut[-1][2]
    assert all(before[2] == after[1] for before, after in itertools.pairwise(cut))


def test_equal_uavs_finish_together():
    m = 1000
    p = problem(np.ones(m), np.zeros(m), np.zeros((4, m)), np.zeros((4, m)), [0.2] * 4, [0.0] * 4)
    cut = cut_tour(p, np.arange(4)[None], np.array([0, 10]))
    assert [b - a for _, a, b in cut] == [250] * 4


def test_a_faster_uav_takes_more():
    m = 1000
    p = problem(np.ones(m), np.zeros(m), np.zeros((2, m)), np.zeros((2, m)), [0.1, 0.3], [0.0] * 2)
    lengths = {u: b - a for u, a, b in cut_tour(p, np.array([[0, 1]]), np.array([0]))}
    assert lengths[0] == pytest.approx(750, abs=2)


def test_transits_count():
    """The UAV that starts far away gets the shorter piece, and both end together."""
    m = 1000
    onto = np.stack([np.zeros(m), np.full(m, 20.0)])
    p = problem(np.ones(m), np.zeros(m), onto, onto, [0.2, 0.2], [0.0, 0.0])
    cut = cut_tour(p, np.array([[0, 1]]), np.array([0]))
    times = [piece_s(p, np.ones(m), np.zeros(m), u, a, b) for u, a, b in cut]
    assert times == pytest.approx([120, 120], abs=0.5)
