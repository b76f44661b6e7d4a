"""The doubles take for legs, ends and whole flights what the real autopilots took."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mcpp.link.motion import Ability
from mcpp.link.sim_flight import Flight
from mcpp.link.sim_pace import pace_for, pace_of, plain
from mcpp.link.wire import dialect
from mcpp.model import Autopilot, AutopilotMotion, LegKind, Vehicle
from mcpp.problem.autopilot import ARDUCOPTER, PX4_MULTIROTOR

FLOWN = json.loads((Path(__file__).parents[2] / "golden" / "flown.json").read_text())
NAMES: dict[Autopilot, tuple[str, AutopilotMotion]] = {
    "ardupilot": ("ArduCopter 4.5.6", ARDUCOPTER),
    "px4": ("PX4 1.16.1", PX4_MULTIROTOR),
}


def item(command: int, flight: Flight, xyz_m: np.ndarray, speed: float = 0.0):
    lon, lat = flight._frame.to_deg(xyz_m[:2])
    return dialect.MAVLink_mission_item_int_message(
        0, 0, 0, 6, command, 0, 1, 0, speed, 0, 0, round(lat * 1e7), round(lon * 1e7), xyz_m[2]
    )


def flown(autopilot: Autopilot, given: dict[str, Any]) -> tuple[float, list[float]]:
    """Fly a recorded mission in the double: armed time, and the time of each inner leg."""
    xyz = np.array(given["xyz_m"])
    flight = Flight(
        home_lon_lat_deg=(8.0, 47.0), endurance_s=1e5, ability=Ability(climb_m_s=3.0),
        motion=NAMES[autopilot][1], pace=pace_of(autopilot),
    )  # fmt: skip
    xyz[:, :2] -= xyz[0, :2]
    ways = [item(16, flight, point) for point in xyz[2:-1]]
    speed = dialect.MAVLink_mission_item_int_message(0, 0, 0, 2, 178, 0, 1, 1, 5, -1, 0, 0, 0, 0)
    flight.load([item(22, flight, xyz[1]), speed, *ways, item(21, flight, xyz[-1])], 0)
    flight.armed = True
    flight.change("mission")
    reached: dict[int, float] = {}
    while flight.armed and flight.time_s < 3000:
        reached |= {h.item: h.time_s for h in flight.advance(0.5) if h.what == "reached"}
    times = [reached[0], *(reached[i] for i in range(2, 2 + len(ways)))]
    return flight.time_s, np.diff(times).tolist()


@pytest.mark.parametrize("autopilot", NAMES)
def test_the_doubles_take_what_was_flown(autopilot: Autopilot) -> None:
    name = NAMES[autopilot][0]
    table = FLOWN["ratios"][name]
    took: dict[int, float] = dict.fromkeys(range(len(table)), 0.0)
    plain_s: dict[int, float] = dict.fromkeys(range(len(table)), 0.0)
    for given in FLOWN["flights"]:
        armed_s, legs = flown(autopilot, given)
        assert armed_s == pytest.approx(given["armed_s"][name], rel=0.03)
        xyz, kind = np.array(given["xyz_m"]), given["kind"]
        for i, seconds in enumerate(legs, start=1):
            length = math.dist(xyz[i], xyz[i + 1])
            if kind[i] == LegKind.SURVEY:
                row = next(r for r, (low, high, *_) in enumerate(table) if low <= length < high)
                took[row] += seconds
                plain_s[row] += given["plain_s"][i]
    for row, (least, _, low, high) in enumerate(table):
        assert low - 0.03 <= took[row] / plain_s[row] <= high + 0.03, (least, name)


def test_the_pace_follows_length_and_speed() -> None:
    pace = pace_of("ardupilot")
    assert pace(5, 5) == pytest.approx(1.57)
    assert pace(15, 10) == pytest.approx(1.265)
    assert pace(30, 7.5) == pytest.approx((0.92 + 1.165) / 2)
    assert pace(500, 20) == pace(500, 10)
    assert pace_of("generic") is plain
    own = Vehicle(id="a", start_m=None, landing_m=None, share=1.0, spacing_m=20.0, reach_m=15.0)
    assert pace_for(own)(5, 5) == 1.0  # an ideal motion is not its autopilot's
