"""A plan on its way from the planner's process to the window."""

import numpy as np
import pytest

from gui import engine
from mcpp import api
from mcpp.io.plan import plan_from_json, plan_to_json
from mcpp.io.text import parse_json


def test_a_packed_plan_is_what_its_file_would_be(small_mission):
    plan = api.draft(small_mission)
    text = plan_to_json(plan)
    unpacked = engine.unpack_plan(engine.pack_plan(plan))
    assert plan_to_json(unpacked) == text
    read = plan_from_json(parse_json(text, "plan"))
    for one, other in zip(unpacked.sorties, read.sorties, strict=True):
        assert np.array_equal(one.xyz_m, other.xyz_m)
        assert np.array_equal(one.time_s, other.time_s)


def test_an_unpacked_plan_can_not_be_written_to(small_mission):
    plan = engine.unpack_plan(engine.pack_plan(api.draft(small_mission)))
    arrays: list[np.ndarray] = [sortie.xyz_m for sortie in plan.sorties]
    arrays += [route.xy_m for route in plan.solution.routes]
    if plan.solution.grid is not None:
        arrays.append(plan.solution.grid.cells)
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
