"""Ground that neighbours share: nothing where they meet, and all of it where they overlap."""

import pytest
import shapely
from shapely.geometry import Polygon, box

from mcpp.ground.overlay import joined_ground, shared_ground

BESIDE = 0.49999999999999994
"""The next number below a half."""


def test_triangles_on_either_side_of_a_line_share_nothing() -> None:
    # they overlap by a triangle of 3e-17; shapely.intersection alone gives the whole of one
    low = Polygon([(1, 1), (0, 0.5), (0, 0)])
    high = Polygon([(1, 1), (0, BESIDE), (0, 1)])
    assert shared_ground(low, high).area == 0
    assert shared_ground(high, low).area == 0


def test_two_pieces_of_a_field_cut_along_a_row_share_nothing() -> None:
    # the second lies below the lower edge of the first, from its right end to about its middle
    above = Polygon(
        [
            (-128.24397050106907, 17.992407281777634),
            (-124.66234476670324, 43.517034974474875),
            (251.5031897544244, -9.266654304723122),
            (247.89403924763877, -34.787425263029874),
        ]
    )
    below = Polygon(
        [
            (23.827631492769143, -3.3463393485287676),
            (247.89403924763877, -34.787425263029874),
            (244.28488874085312, -60.30819622133662),
            (20.24600499432814, -28.870972486444423),
        ]
    )
    assert shared_ground(above, below).area == pytest.approx(0, abs=1e-3)
    assert shared_ground(below, above).area == pytest.approx(0, abs=1e-3)


def test_what_is_shared_keeps_its_area() -> None:
    shared = shared_ground(box(0, 0, 200.5, 200), box(200, 0, 400, 200))
    assert shared.area == pytest.approx(100.0, abs=1e-3)
    assert shapely.equals(shared, box(200, 0, 200.5, 200))


def test_a_piece_of_a_field_shares_itself_and_adds_nothing() -> None:
    # cut across at half its height and turned: by shapely alone they share nothing
    field = Polygon([(-93, -96), (-31, -82), (60, 181)])
    piece = Polygon(
        [(-16.500000000000007, 42.5), (60, 181), (11.252859535953649, 40.11540723028362)]
    )
    assert field.area == 7516
    assert shared_ground(field, piece).area == pytest.approx(piece.area, abs=1e-3)
    assert joined_ground([piece, field]).area == pytest.approx(7516, abs=1e-3)
