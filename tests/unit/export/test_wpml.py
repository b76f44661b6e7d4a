"""DJI's KMZ, read back with the standard library alone."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from mcpp.errors import ExportError
from mcpp.export.registry import render
from mcpp.export.wpml import to_bytes
from mcpp.ground.frame import LocalFrame
from mcpp.model import LegKind, Plan
from tests.plan_doubles import hand_plan, small_mission
from tests.wpml_reader import NAMES, marks, opened, text


def dji_plan(aircraft: str = "dji-mavic-3e", **vehicle) -> Plan:
    mission = small_mission()
    uavs = tuple(replace(uav, aircraft=aircraft) for uav in mission.uavs)
    return hand_plan(replace(mission, uavs=uavs), **vehicle)


def waylines(plan: Plan, index: int = 0) -> ET.Element:
    return opened(to_bytes(plan, plan.sorties[index]))["wpmz/waylines.wpml"]


def test_the_archive_holds_a_template_and_waylines_of_the_same_points():
    plan = dji_plan()
    files = opened(to_bytes(plan, plan.sorties[0]))
    assert list(files) == ["wpmz/template.kml", "wpmz/waylines.wpml"]
    places = [
        [text(mark, "k:Point/k:coordinates") for mark in marks(root)] for root in files.values()
    ]
    assert places[0] == places[1]
    for root in files.values():
        assert [text(mark, "w:index") for mark in marks(root)] == [
            str(i) for i in range(len(marks(root)))
        ]


def test_an_aircraft_in_other_letters_is_the_same_one():
    shouted, said = dji_plan("DJI-Mavic-3E"), dji_plan()
    assert list(render(shouted, "wpml").values()) == list(render(said, "wpml").values())


def test_the_same_sortie_gives_the_same_bytes():
    assert to_bytes(dji_plan(), dji_plan().sorties[0]) == to_bytes(
        dji_plan(), dji_plan().sorties[0]
    )


def test_points_are_longitude_latitude_and_height_above_the_launch_point():
    plan = dji_plan()
    sortie = plan.sorties[0]
    found = np.array(
        [
            [float(v) for v in text(mark, "k:Point/k:coordinates").split(",")]
            for mark in marks(waylines(plan))
        ]
    )
    heights = [float(text(mark, "w:executeHeight")) for mark in marks(waylines(plan))]
    want = sortie.xyz_m[1:-1]
    keep = [0, *(i for i in range(1, len(want)) if not np.allclose(want[i], want[i - 1]))]
    xy = LocalFrame(plan.origin_lon_lat_deg).to_m(found)
    assert np.abs(xy - want[keep][:, :2]).max() < 0.02
    assert heights == pytest.approx(want[keep][:, 2].tolist(), abs=0.01)
    assert text(waylines(plan), ".//w:executeHeightMode") == "relativeToStartPoint"


@pytest.mark.parametrize(
    ("aircraft", "number", "payload"),
    [
        ("dji-mavic-3e", "77", "66"),
        ("dji-matrice-30", "67", "52"),
        ("dji-matrice-300", "60", None),
        ("dji-matrice-350", "89", None),
    ],
)
def test_aircraft_and_payload_have_the_numbers_of_the_source(aircraft, number, payload):
    for root in opened(to_bytes(dji_plan(aircraft), dji_plan(aircraft).sorties[0])).values():
        assert text(root, ".//w:droneInfo/w:droneEnumValue") == number
        assert root.findtext(".//w:payloadEnumValue", namespaces=NAMES) == payload


def test_the_configuration_is_in_range_and_returns_home():
    for root in opened(to_bytes(dji_plan(), dji_plan().sorties[0])).values():
        config = root.find(".//w:missionConfig", NAMES)
        assert config is not None
        assert text(config, "w:finishAction") == "goHome"
        assert text(config, "w:flyToWaylineMode") == "safely"
        assert float(text(config, "w:takeOffSecurityHeight")) >= 8
        assert float(text(config, "w:globalRTHHeight")) >= 60
        assert 0 < float(text(config, "w:globalTransitionalSpeed")) <= 15


def test_it_lands_where_it_is_meant_to_when_that_is_not_home():
    assert text(waylines(dji_plan(), 2), ".//w:finishAction") == "autoLand"


def test_fast_aircraft_are_held_to_the_limit():
    plan = dji_plan(transit_speed_m_s=21.0, speed_m_s=17.0)
    sortie = replace(plan.sorties[0], speed_m_s=np.full(len(plan.sorties[0].kind), 18.0))
    root = opened(to_bytes(plan, sortie))["wpmz/waylines.wpml"]
    assert {text(mark, "w:waypointSpeed") for mark in marks(root)} == {"15"}
    assert text(root, ".//w:globalTransitionalSpeed") == "15"


def test_photos_are_taken_by_distance_on_survey_legs_alone():
    plan = dji_plan(trigger_distance_m=12.5)
    sortie = plan.sorties[0]
    root = waylines(plan)
    groups = root.findall(".//w:actionGroup", NAMES)
    assert [text(group, "w:actionGroupId") for group in groups] == ["0", "1", "2", "3"]
    points = [text(mark, "k:Point/k:coordinates") for mark in marks(root)]
    frame = LocalFrame(plan.origin_lon_lat_deg)
    legs = np.flatnonzero(sortie.kind == LegKind.SURVEY)
    for group, leg in zip(groups, legs, strict=True):
        assert text(group, "w:actionTrigger/w:actionTriggerType") == "multipleDistance"
        assert text(group, "w:actionTrigger/w:actionTriggerParam") == "12.5"
        assert text(group, "w:action/w:actionActuatorFunc") == "takePhoto"
        for name, end in (("Start", leg), ("End", leg + 1)):
            place = points[int(text(group, f"w:actionGroup{name}Index"))].split(",")
            at = frame.to_m(np.array([float(value) for value in place]))
            assert np.hypot(*(at - sortie.xyz_m[end, :2])) < 0.02


def test_hovering_takes_one_photo_at_each_stop():
    root = waylines(dji_plan(trigger="hover", trigger_distance_m=50.0, hover_s=2.0))
    groups = root.findall(".//w:actionGroup", NAMES)
    assert len(groups) == 4 * 5  # four lines of 160 m: both ends and three stops between
    for group in groups:
        assert text(group, "w:actionGroupStartIndex") == text(group, "w:actionGroupEndIndex")
        functions = [e.text for e in group.findall(".//w:actionActuatorFunc", NAMES)]
        assert functions == ["hover", "takePhoto"]


def test_the_gimbal_is_pointed_before_the_route_and_after_each_interruption():
    root = waylines(dji_plan(gimbal_pitch_deg=-60.0))
    start = root.find(".//w:startActionGroup", NAMES)
    assert start is not None
    assert text(start, ".//w:gimbalPitchRotateAngle") == "-60"


def test_a_held_heading_lies_between_minus_180_and_180():
    root = waylines(dji_plan(heading="fixed", heading_deg=270.0))
    assert text(root, ".//w:waypointHeadingAngle") == "-90"
    assert text(waylines(dji_plan()), ".//w:waypointHeadingMode") == "followWayline"


def test_a_mixed_fleet_writes_the_files_of_its_dji_aircraft():
    mission = small_mission()
    uavs = (mission.uavs[0], replace(mission.uavs[1], aircraft="dji-matrice-350"))
    assert list(render(hand_plan(replace(mission, uavs=uavs)), "wpml")) == ["two.kmz"]


def test_a_fleet_without_dji_aircraft_is_refused_in_a_line():
    with pytest.raises(ExportError, match="one is a 'generic-multirotor': there are dji-matrice"):
        render(hand_plan(), "wpml")
