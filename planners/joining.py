"""Join several closed tours to one."""

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.ground.transit import FreeSpace
from mcpp.model import BoolArray, FloatArray

Tour = tuple[FloatArray, BoolArray]


def _opened(tour: Tour, at: int) -> Tour:
    """Turn a closed tour so that it begins and ends at its point `at`."""
    xy, survey = tour
    loop = np.roll(xy[:-1], -at, axis=0)
    return np.vstack([loop, loop[:1]]), np.roll(survey, -at)


def _spliced(main: Tour, at: int, side: Tour, way: FloatArray) -> Tour:
    """Fly from point `at` of `main` along `way` to `side`, around it, and back the same way."""
    xy, survey = main
    there = np.zeros(len(way) - 1, bool)
    points = [xy[: at + 1], way[1:-1], side[0], way[1:-1][::-1], xy[at:]]
    legs = [survey[:at], there, side[1], there, survey[at:]]
    return np.vstack(points), np.concatenate(legs)


def join_tours(tours: list[Tour], space: FreeSpace) -> tuple[Tour, list[Tour]]:
    """Join closed tours to one closed tour: each is entered from where the way to it is shortest.

    Parameters
    ----------
    tours
        Points, shape (n, 2), first repeated at the end, and survey mask, shape (n - 1,).
    space
        Where the ways between them may run.

    Returns
    -------
    The joined tour, and the tours to which no legal way leads.
    """
    if not tours:
        return (np.empty((0, 2)), np.empty(0, bool)), []
    order = sorted(range(len(tours)), key=lambda i: (-len(tours[i][0]), i))
    joined, waiting, cut_off = tours[order[0]], [tours[i] for i in order[1:]], []
    while waiting:
        table = [space.distances(joined[0][:-1], tour[0][:-1]) for tour in waiting]
        k = min(range(len(waiting)), key=lambda i: (float(table[i].min()), i))
        side = waiting.pop(k)
        at, entry = np.unravel_index(int(np.argmin(table[k])), table[k].shape)
        try:
            way = space.path(joined[0][at], side[0][entry])
        except InfeasibleError:
            cut_off.append(side)
            continue
        joined = _spliced(joined, int(at), _opened(side, int(entry)), way)
    return joined, cut_off
