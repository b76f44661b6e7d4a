"""The direction of survey lines that a user asks for."""

from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import Polygon

from mcpp.errors import InputError
from mcpp.model import AreaPart, Mission, Uav
from mcpp.problem.localize import frame_of, localize
from tests.strategies import points_lon_lat_deg, ring_lon_lat_deg

# its south edge rises 100 m over 400 m eastwards
SLANTED = Polygon([(0, 0), (400, 100), (400, 400), (0, 300)])


def mission(**changes) -> Mission:
    good = Mission(
        area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(SLANTED)),),
        uavs=(Uav(id="a"), Uav(id="b")),
        scan_distance_m=20,
    )
    return replace(good, **changes)


def directions(wanted: Mission) -> list[float | None]:
    return [vehicle.direction_deg for vehicle in localize(wanted, frame_of(wanted)).vehicles]


def place(x_m: float, y_m: float):
    return points_lon_lat_deg(np.array([[x_m, y_m]]))[0]


def test_the_mission_speaks_for_all_and_a_uav_for_itself():
    assert directions(mission()) == [None, None]
    assert directions(mission(direction_deg=30.0)) == [30.0, 30.0]
    own = mission(direction_deg=30.0, uavs=(Uav(id="a", direction_deg=200.0), Uav(id="b")))
    assert directions(own) == [20.0, 30.0]
    assert directions(mission(direction_deg=-180.0)) == [0.0, 0.0]
    assert directions(mission(direction_deg=-1e-15)) == [0.0, 0.0]


def test_lines_run_along_the_edge_nearest_to_a_place():
    south = np.degrees(np.arctan2(400, 100))
    assert directions(mission(direction_edge_lon_lat_deg=place(200, 20))) == pytest.approx(
        [south, south], abs=0.01
    )
    west = directions(mission(direction_edge_lon_lat_deg=place(-30, 150)))[0]
    assert west is not None
    assert min(west, 180 - west) < 0.01


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"direction_deg": 400.0}, "^direction_deg: 400 deg is outside -360..360 deg"),
        ({"direction_deg": float("nan")}, "direction_deg: nan deg"),
        (
            {"uavs": (Uav(id="a", direction_deg=10.0, direction_edge_lon_lat_deg=(22.9, 40.6)),)},
            r"uavs\[0\].direction_deg, uavs\[0\].direction_edge_lon_lat_deg: give one of them",
        ),
        ({"direction_edge_lon_lat_deg": (10.0, 100.0)}, "direction_edge_lon_lat_deg: latitude 100"),
    ],
)
def test_what_is_no_direction_is_refused(changes, words):
    with pytest.raises(InputError, match=words):
        directions(mission(**changes))
