"""Take-offs in their order, what they wait for, and what the exports and the report say of them."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio

from mcpp.export.items import MissionItem, home_item, mission_items
from mcpp.export.lint import lint
from mcpp.export.qgc_plan import to_text
from mcpp.flight.starts import starts
from mcpp.model import LonLat, Plan
from mcpp.report.cells import Named
from mcpp.report.html import report_html
from mcpp.report.tables import gaps_table, sortie_table
from tests.plan_doubles import hand_plan


def write_flat_ground(path: Path, lon_lat_deg: LonLat, height_m: float) -> None:
    lon, lat = lon_lat_deg
    with rasterio.open(
        path, "w", driver="GTiff", width=200, height=200, count=1, dtype="float32",
        crs="EPSG:4326", transform=rasterio.Affine(1e-4, 0, lon - 0.01, 0, -1e-4, lat + 0.01),
    ) as out:  # fmt: skip
        out.write(np.full((200, 200), height_m, "float32"), 1)


def later(plan: Plan, index: int, delay_s: float) -> Plan:
    sorties = list(plan.sorties)
    sorties[index] = replace(sorties[index], time_s=sorties[index].time_s + delay_s)
    return replace(plan, sorties=tuple(sorties))


@pytest.fixture(scope="module")
def staggered() -> Plan:
    return later(hand_plan(), 2, 40.0)


def test_take_offs_are_listed_in_their_order_with_what_they_wait_for(staggered):
    found = starts(staggered)
    assert [start.sortie for start in found] == [0, 2, 1]
    assert [start.at_s for start in found] == [0.0, 40.0, 480.0]
    landed_s = float(staggered.sorties[0].time_s[-1])
    wait_s = 480.0 - landed_s - staggered.problem.vehicles[0].swap_s
    assert [start.waits_s for start in found] == pytest.approx([0.0, 40.0, wait_s])


def test_the_plan_file_says_when_the_sortie_takes_off(staggered):
    found = json.loads(to_text(staggered, staggered.sorties[2]))["mcpp"]
    assert found == {"uav": "two", "sortie": 1, "takeOffAfterS": 40.0}


def test_no_mission_waits_on_the_ground_with_armed_motors(staggered):
    for sortie in staggered.sorties:
        assert all(item.command != 93 for item in mission_items(staggered, sortie))


@pytest.mark.parametrize("target", ["ardupilot", "px4"])
def test_a_delay_before_the_take_off_is_named_by_the_linter(staggered, target):
    sortie = staggered.sorties[0 if target == "ardupilot" else 2]
    items = list(mission_items(staggered, sortie))
    delay = MissionItem(command=93, frame=2, params=(40.0, -1.0, -1.0, -1.0))
    items.insert(1 if target == "ardupilot" else 0, delay)
    (fault,) = lint(items, [], [], target)
    assert "NAV_DELAY" in fault
    assert "disarms after 10 s" in fault


def test_the_report_says_who_waits_and_that_no_file_holds_it(staggered):
    text = report_html(staggered)
    assert "0:40 to keep apart" in text
    assert "mission files do not hold a take-off back" in text
    flight = replace(staggered.mission.flight, start_delays="file")
    waiting = replace(staggered, mission=replace(staggered.mission, flight=flight))
    assert "the missions wait for them on the ground" in report_html(waiting)
    table = sortie_table(staggered)
    assert table is not None
    assert [row[0] for row in table.rows] == [Named(0, "one"), Named(1, "two"), Named(0, "one")]


def test_the_report_tells_heights_photos_battery_and_gaps(staggered):
    text = report_html(staggered)
    for words in ("Least battery left", "Nearest in the air", "Photos", "Ground not covered"):
        assert words in text
    assert "survey; ways up to 60 m" in text
    assert "3 sorties, 1 battery swap" in text
    gaps = gaps_table(staggered)
    assert gaps is not None
    assert all(str(row[-1]).endswith(" m²") for row in gaps.rows)


def test_home_has_the_height_of_the_ground_model(tmp_path):
    plan = hand_plan()
    path = tmp_path / "ground.tif"
    write_flat_ground(path, plan.origin_lon_lat_deg, 231.5)
    flight = replace(plan.mission.flight, terrain=str(path))
    high = replace(plan, mission=replace(plan.mission, flight=flight))
    assert home_item(plan, plan.sorties[0]).alt_m == 0.0
    assert home_item(high, plan.sorties[0]).alt_m == pytest.approx(231.5)
    document = json.loads(to_text(high, plan.sorties[0]))
    assert document["mission"]["plannedHomePosition"][2] == pytest.approx(231.5)
