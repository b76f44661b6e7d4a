"""What each kind of autopilot and app takes: limits that exports keep and the linter checks.

The figures of autopilots are what ArduCopter 4.5.6 and PX4 1.16.1 did in simulation, or, where
their source says less than that, what the source says. A target that is not known gets what both
take.
"""

import math
from dataclasses import dataclass
from typing import Literal

from mcpp.model import Autopilot

Target = Literal["ardupilot", "px4", "generic", "portable"]
FileApp = Literal["dji-pilot", "dji-fly", "litchi", "potensic"]
"""Apps that fly a file of waypoints; nothing is sent to them over MAVLink."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLimits:
    """Limits of one target.

    Attributes
    ----------
    mission_items
        Most items of one mission, the home row included where there is one.
    fence_points
        Most fence points as `fence_points` counts them.
    rally_points
        Most rally points.
    home_row
        Whether item 0 of an upload is home; None where it may be either.
    position_frames
        MAV_FRAME numbers taken for items with a position.
    command_frames
        MAV_FRAME numbers taken for items without one.
    nan_params
        Which of p1 to p4 may be NaN.
    unsupported
        MAV_CMD numbers that the target refuses.
    many_inclusions
        Whether a point may lie in any one of several inclusion zones.
    """

    name: Target
    label: str
    mission_items: int
    fence_points: int
    rally_points: int
    home_row: bool | None
    position_frames: frozenset[int]
    command_frames: frozenset[int]
    nan_params: frozenset[int]
    unsupported: frozenset[int]
    many_inclusions: bool


_ARDUPILOT = TargetLimits(
    name="ardupilot",
    label="ArduPilot",
    mission_items=650,
    fence_points=68,
    rally_points=46,
    home_row=True,
    position_frames=frozenset({0, 2, 3, 5, 6, 10, 11}),
    command_frames=frozenset({0, 2, 3, 5, 6, 10, 11}),
    nan_params=frozenset({4}),
    unsupported=frozenset({195, 197}),
    many_inclusions=False,
)
_PX4 = TargetLimits(
    name="px4",
    label="PX4",
    mission_items=500,
    fence_points=60,
    rally_points=10,
    home_row=False,
    position_frames=frozenset({0, 3, 5, 6}),
    command_frames=frozenset({2}),
    nan_params=frozenset({1, 2, 3, 4}),
    unsupported=frozenset(),
    many_inclusions=True,
)


def _common(name: Target, label: str) -> TargetLimits:
    return TargetLimits(
        name=name,
        label=label,
        mission_items=min(_ARDUPILOT.mission_items, _PX4.mission_items),
        fence_points=min(_ARDUPILOT.fence_points, _PX4.fence_points),
        rally_points=min(_ARDUPILOT.rally_points, _PX4.rally_points),
        home_row=None,
        position_frames=frozenset({3, 6}),
        command_frames=frozenset({2}),
        nan_params=_ARDUPILOT.nan_params & _PX4.nan_params,
        unsupported=_ARDUPILOT.unsupported | _PX4.unsupported,
        many_inclusions=False,
    )


def limits(target: Target | Autopilot) -> TargetLimits:
    """Limits of a target; ``portable`` is what all of them take."""
    match target:
        case "ardupilot":
            return _ARDUPILOT
        case "px4":
            return _PX4
        case "generic":
            return _common("generic", "an unknown autopilot")
        case "portable":
            return _common("portable", "all autopilots")


def fence_points(polygon_sizes: tuple[int, ...], circles: int) -> int:
    """Count fence points as the tightest storage does.

    ArduPilot keeps 8 bytes a corner, 2 a polygon and 13 a circle: so each circle counts as two
    corners, and four polygons after the first as one.
    """
    more = max(len(polygon_sizes) - 1, 0)
    return sum(polygon_sizes) + 2 * circles + -(-more // 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppLimits:
    """Limits of an app that flies files.

    Attributes
    ----------
    points
        Most waypoints of one file.
    speed_m_s
        The fastest that it flies.
    shortest_leg_m, longest_leg_m
        Between two waypoints.
    height_m
        Lowest and highest waypoint above the launch point.
    photos_by_distance
        Whether it takes photos by distance flown; else by its timer, or at points.
    hover_s
        The longest wait at a point.
    hovers_at_end
        Whether a flight may end in the air, so that another goes on from there.
    """

    name: FileApp
    label: str
    points: int
    speed_m_s: float
    shortest_leg_m: float
    longest_leg_m: float
    height_m: tuple[float, float]
    photos_by_distance: bool
    hover_s: float
    hovers_at_end: bool = True


_APPS = (
    # DJI Cloud API, WPML 1.0.2: index up to 65535, speeds up to 15 m/s, heights up to 1500 m.
    AppLimits(
        name="dji-pilot",
        label="DJI Pilot 2",
        points=65_535,
        speed_m_s=15.0,
        shortest_leg_m=0.01,
        longest_leg_m=math.inf,
        height_m=(-1500.0, 1500.0),
        photos_by_distance=True,
        hover_s=3600.0,
    ),
    # YMapper issue 8 (99 points; 12 m/s on an RC 2), FlyPath issue 3 and DroneTM issue 612 (no
    # photos by distance or time); legs and heights as the DJI SDK has them.
    AppLimits(
        name="dji-fly",
        label="DJI Fly",
        points=99,
        speed_m_s=12.0,
        shortest_leg_m=0.5,
        longest_leg_m=1999.0,
        height_m=(-200.0, 500.0),
        photos_by_distance=False,
        hover_s=32.0,
    ),
    # Litchi's forum, "DJI SDK limits to keep in mind"; litchiutilities.com, "Litchi CSV format".
    AppLimits(
        name="litchi",
        label="Litchi",
        points=99,
        speed_m_s=15.0,
        shortest_leg_m=0.6,
        longest_leg_m=1999.0,
        height_m=(-200.0, 500.0),
        photos_by_distance=True,
        hover_s=32.0,
    ),
    # DroneTM: 50 points (pull request 545), 8 m/s, and no end but the return; nothing is known of
    # its legs, and of its heights only the 120 m that it is sold with.
    AppLimits(
        name="potensic",
        label="PotensicPro",
        points=50,
        speed_m_s=8.0,
        shortest_leg_m=0.5,
        longest_leg_m=math.inf,
        height_m=(0.0, 120.0),
        photos_by_distance=False,
        hover_s=32.0,
        hovers_at_end=False,
    ),
)


def app_limits(app: FileApp) -> AppLimits:
    """Limits of an app that flies files."""
    return next(limits for limits in _APPS if limits.name == app)
