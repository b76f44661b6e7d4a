"""The exports of the plan by hand, byte for byte: renew with --update-golden and read the diff."""

import pytest

from mcpp.export.registry import render
from tests.plan_doubles import hand_plan

NAMES = ("qgc-plan", "waypoints", "geojson", "kml", "csv")


@pytest.mark.parametrize("name", NAMES)
def test_exports_are_what_they_were(golden, name):
    for path, text in render(hand_plan(), name).items():
        golden(path, text)


def test_a_hovering_wing_is_what_it_was(golden):
    plan = hand_plan(trigger="hover", trigger_distance_m=80.0, kind="vtol", autopilot="px4")
    golden("hover.plan", render(plan, "qgc-plan")["two.plan"])
