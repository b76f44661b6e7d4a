"""Several tours joined to one."""

import numpy as np
import shapely

from mcpp.ground.transit import FreeSpace
from planners.joining import join_tours


def square(x, y, side=10.0):
    xy = np.array([[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]], float)
    return xy, np.ones(4, bool)


def length_m(xy):
    return float(np.hypot(*np.diff(xy, axis=0).T).sum())


def test_joined_tours_keep_all_their_survey_legs_and_stay_legal():
    ground = shapely.box(-5, -5, 105, 105).difference(shapely.box(30, -10, 40, 90))
    tours = [square(0, 0), square(60, 0), square(0, 80)]
    (xy, survey), cut_off = join_tours(tours, FreeSpace(ground))
    assert not cut_off
    assert np.array_equal(xy[0], xy[-1])
    assert ground.covers(shapely.LineString(xy))
    legs = np.hypot(*np.diff(xy, axis=0).T)
    assert legs[survey].sum() == 120
    assert survey.sum() == 12


def test_a_tour_without_a_way_is_handed_back():
    ground = shapely.union(shapely.box(-5, -5, 20, 20), shapely.box(50, -5, 80, 20))
    (xy, _), cut_off = join_tours([square(0, 0), square(60, 0)], FreeSpace(ground))
    assert length_m(xy) == 40
    assert len(cut_off) == 1


def test_nothing_joined_is_nothing():
    (xy, survey), cut_off = join_tours([], FreeSpace(shapely.box(0, 0, 1, 1)))
    assert len(xy) == len(survey) == len(cut_off) == 0
