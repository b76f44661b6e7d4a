"""QGroundControl's survey: the keys that its readers ask for, and our own items in it."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely

from mcpp.errors import ExportError
from mcpp.export import qgc_plan, qgc_survey
from mcpp.ground.frame import LocalFrame
from mcpp.io.qgc import qgc_shapes
from mcpp.model import Plan
from tests.plan_doubles import hand_plan, small_mission

BOOL, NUMBER, TEXT, LIST, OBJECT = bool, (int, float), str, list, dict
SURVEY_KEYS = {  # SurveyComplexItem::_loadV4V5 and QGCMapPolygon::loadFromJson
    "type": TEXT, "complexItemType": TEXT, "entryLocation": NUMBER, "angle": NUMBER,
    "flyAlternateTransects": BOOL, "splitConcavePolygons": BOOL, "version": NUMBER, "polygon": LIST,
    "TransectStyleComplexItem": OBJECT,
}  # fmt: skip
TRANSECT_KEYS = {  # TransectStyleComplexItem::_load
    "version": NUMBER, "TurnAroundDistance": NUMBER, "CameraTriggerInTurnAround": BOOL,
    "HoverAndCapture": BOOL, "Refly90Degrees": BOOL, "CameraCalc": OBJECT, "FollowTerrain": BOOL,
    "VisualTransectPoints": LIST, "Items": LIST, "CameraShots": NUMBER,
}  # fmt: skip
CAMERA_KEYS = {  # CameraCalc::load, of a camera by hand
    "version": NUMBER, "CameraName": TEXT, "AdjustedFootprintSide": NUMBER,
    "AdjustedFootprintFrontal": NUMBER, "DistanceToSurface": NUMBER,
    "DistanceToSurfaceRelative": BOOL,
}  # fmt: skip


@pytest.fixture(scope="module")
def open_ground() -> Plan:
    return hand_plan(replace(small_mission(), no_fly_zones=()))


def items_of(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["mission"]["items"]
    return found


def survey_of(plan: Plan, index: int) -> dict[str, Any]:
    text = qgc_survey.to_text(plan, plan.sorties[index])
    (survey,) = [item for item in items_of(text) if item["type"] == "ComplexItem"]
    return survey


def holds(value: dict[str, Any], keys: dict[str, Any]) -> None:
    assert value.keys() == keys.keys()
    for key, kind in keys.items():
        assert isinstance(value[key], kind), key
        assert kind is BOOL or not isinstance(value[key], bool), key


def test_a_survey_has_all_that_its_readers_ask_for(open_ground):
    survey = survey_of(open_ground, 0)
    transect = survey["TransectStyleComplexItem"]
    holds(survey, SURVEY_KEYS)
    holds(transect, TRANSECT_KEYS)
    holds(transect["CameraCalc"], CAMERA_KEYS)
    assert (survey["version"], transect["version"], transect["CameraCalc"]["version"]) == (5, 1, 1)
    assert transect["CameraCalc"]["CameraName"] == "Manual (no camera specs)"
    assert transect["CameraCalc"]["AdjustedFootprintSide"] == 40
    assert transect["CameraCalc"]["AdjustedFootprintFrontal"] == 12.5
    assert survey["angle"] == pytest.approx(90.0, abs=0.1)  # lines run east and west


@pytest.mark.parametrize("index", [0, 1, 2])
@pytest.mark.parametrize("trigger", ["distance", "hover"])
def test_the_vehicle_is_sent_our_items_one_by_one(index, trigger):
    plan = hand_plan(trigger=trigger)
    sortie = plan.sorties[index]
    flat: list[dict[str, Any]] = []
    for item in items_of(qgc_survey.to_text(plan, sortie)):
        inner = item.get("TransectStyleComplexItem")
        flat += [item] if inner is None else inner["Items"]
    assert flat == items_of(qgc_plan.to_text(plan, sortie))


def test_no_speed_outside_the_survey_lets_qgc_draw_it_anew(open_ground):
    document = json.loads(qgc_survey.to_text(open_ground, open_ground.sorties[0]))
    assert document["mission"]["hoverSpeed"] == 5  # what a survey has when it is loaded
    outside = [item["command"] for item in document["mission"]["items"] if "command" in item]
    assert outside == [22, 20]


def surveys_of(plan: Plan, index: int) -> list[dict[str, Any]]:
    text = qgc_survey.to_text(plan, plan.sorties[index])
    return [item for item in items_of(text) if item["type"] == "ComplexItem"]


@pytest.mark.parametrize(("zones", "counts"), [(False, [1, 1, 1]), (True, [2, 1, 2])])
def test_what_qgc_may_draw_lies_where_the_uav_may_fly(open_ground, zones, counts):
    """The barn lies among the lines of the first flight, the mast among those of the third."""
    plan = hand_plan() if zones else open_ground
    frame = LocalFrame(plan.origin_lon_lat_deg)
    for index, sortie in enumerate(plan.sorties):
        surveys = surveys_of(plan, index)
        assert len(surveys) == counts[index]
        grounds = []
        for survey in surveys:
            corners = [(lon, lat) for lat, lon in survey["polygon"]]
            grounds.append(shapely.Polygon(frame.to_m(corners)))
            assert grounds[-1].convex_hull.area == pytest.approx(grounds[-1].area, rel=1e-4)
            assert plan.problem.allowed.buffer(0.1).covers(grounds[-1])
        legs = sortie.xyz_m[[i + k for i in np.flatnonzero(sortie.kind == 2) for k in (0, 1)], :2]
        lines = shapely.linestrings(legs.reshape(-1, 2, 2))
        covered = shapely.union_all(grounds).buffer(0.1)
        assert all(covered.covers(line) for line in lines)


def test_what_begins_in_the_air_is_refused(open_ground):
    airborne = replace(open_ground.sorties[0], launch_m=open_ground.sorties[0].xyz_m[0, :2])
    with pytest.raises(
        ExportError, match=r"one is a wing, begins in the air, or follows .* qgc-plan"
    ):
        qgc_survey.to_text(open_ground, airborne)


def test_a_flight_over_hills_is_refused_for_what_qgc_draws_is_level(open_ground):
    flight = replace(open_ground.mission.flight, terrain="hills.tif")
    hilly = replace(open_ground, mission=replace(open_ground.mission, flight=flight))
    with pytest.raises(ExportError, match="follows a terrain model: use qgc-plan"):
        qgc_survey.to_text(hilly, hilly.sorties[0])


def test_our_own_reader_finds_the_survey(open_ground):
    text = qgc_survey.to_text(open_ground, open_ground.sorties[0])
    shapes, _ = qgc_shapes(json.loads(text), "x", "x")
    assert [s.layer for s in shapes if s.properties.get("role") == "area"] == ["survey"]
