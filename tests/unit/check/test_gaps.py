"""Ground left uncovered, by hand: a lawn over a box."""

from dataclasses import replace

import pytest
import shapely

from mcpp.check.gaps import gaps_m
from mcpp.model import LegKind
from tests.plan_doubles import hand_plan


def test_what_lies_out_of_reach_of_every_survey_leg_is_a_gap():
    plan = hand_plan()
    reach = [vehicle.reach_m for vehicle in plan.problem.vehicles]
    naive = plan.problem.ground
    for sortie in plan.sorties:
        legs = [
            shapely.LineString(sortie.xyz_m[i : i + 2, :2]).buffer(reach[sortie.uav])
            for i in range(len(sortie.kind))
            if sortie.kind[i] == LegKind.SURVEY
        ]
        naive = naive.difference(shapely.union_all(legs))
    assert gaps_m(plan).area == pytest.approx(naive.area, rel=1e-3)
    assert gaps_m(replace(plan, sorties=())).area == pytest.approx(plan.problem.ground.area)
