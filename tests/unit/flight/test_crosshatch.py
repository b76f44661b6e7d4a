"""A second pass with turned lines: over the same ground, joined to the first, checked."""

from dataclasses import replace

import numpy as np
import pytest

from mcpp.api import plan
from mcpp.errors import InfeasibleError, InputError
from mcpp.model import PlannerChoice


def directions(found, uav: int) -> np.ndarray:
    """Directions of the survey legs of a route, degrees from north, and their lengths."""
    route = found.solution.routes[uav]
    steps = np.diff(route.xy_m, axis=0)[route.survey]
    angles = np.degrees(np.arctan2(steps[:, 0], steps[:, 1])) % 180
    return np.column_stack([angles, np.hypot(*steps.T)])


def along(found, uav: int, angle: float) -> float:
    """Metres surveyed within 3 degrees of a direction."""
    angles, lengths = directions(found, uav).T
    off = np.abs((angles - angle + 90) % 180 - 90)
    return float(lengths[off < 3].sum())


def test_the_second_pass_is_turned_and_stays_in_the_regions(small_mission):
    mission = replace(small_mission, direction_deg=30.0)
    once = plan(mission)
    twice = plan(replace(mission, crosshatch_deg=90.0))
    assert twice.report.safe, [f.message for f in twice.report.findings if f.level == "error"]
    for uav in range(len(mission.uavs)):
        first, second = along(twice, uav, 30.0), along(twice, uav, 120.0)
        assert first == pytest.approx(along(once, uav, 30.0), rel=0.05)
        assert second > 0.5 * first
    assert twice.report.fleet.coverage_percent >= once.report.fleet.coverage_percent - 0.01
    assert twice.report.fleet.length_m > 1.6 * once.report.fleet.length_m
    assert [r.wkt for r in twice.solution.regions] == [r.wkt for r in once.solution.regions]


def test_a_planner_that_does_not_turn_its_lines_is_named(small_mission):
    wanted = replace(small_mission, crosshatch_deg=90.0, planner=PlannerChoice(name="darp-stc"))
    with pytest.raises(InfeasibleError, match="crosshatch_deg: planner 'darp-stc' does not turn"):
        plan(wanted)


def test_no_turn_is_refused(small_mission):
    with pytest.raises(InputError, match=r"crosshatch_deg: 0 deg is outside 1\.\.179 deg"):
        plan(replace(small_mission, crosshatch_deg=0.0))
