"""What a plan file keeps of shapes."""

import json
from dataclasses import replace

import shapely

from mcpp.io.plan import plan_from_json, plan_to_json
from tests.plans import good_plan


def test_a_region_that_rounding_would_fold_over_can_be_read_again() -> None:
    notched = shapely.Polygon(
        [(0, 0), (9, 0), (9, 9), (5.0000004, 9), (5.0000003, 5), (5.0000002, 9), (0, 9)]
    )
    assert notched.is_valid
    assert not shapely.from_wkt(shapely.to_wkt(notched, rounding_precision=6)).is_valid
    plan = good_plan()
    plan = replace(plan, solution=replace(plan.solution, regions=(notched, notched)))
    text = plan_to_json(plan)
    again = plan_from_json(json.loads(text), "plan")
    assert plan_to_json(again) == text
    for region in again.solution.regions:
        assert region.is_valid
        assert abs(region.area - 81) < 1e-4
