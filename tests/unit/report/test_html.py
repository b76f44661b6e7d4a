import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from mcpp.clock import minutes
from mcpp.model import Finding, LegKind, Plan, Solution
from mcpp.report.colors import UAV_COLORS
from mcpp.report.facts import photos
from mcpp.report.html import report_html
from mcpp.report.map import Background, arrows_m
from mcpp.report.timeline import timeline_svg
from tests.plan_doubles import hand_plan, small_mission

LOADING = {"src", "srcset", "href", "data", "poster", "action", "background"}
PNG = b"\x89PNG\r\n\x1a\n"


class Page(HTMLParser):
    """Collects what a browser would load, the tags, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.words: list[str] = []
        self.styles: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [(tag, v or "") for k, v in attrs if k in LOADING and tag != "a"]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["style"]:
            self.styles.append(data)
        elif self.tags[-1:] != ["script"]:
            self.words.append(data)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return hand_plan()


@pytest.fixture(scope="module")
def text(plan) -> str:
    return report_html(plan)


def own_script(text: str) -> str:
    """Pick the script of the map, without Leaflet's."""
    return text[text.rindex("<script>") :]


def test_the_page_loads_nothing_from_the_internet(text):
    page = Page(text)
    assert page.loads == []
    style = "\n".join(page.styles)
    assert "@import" not in style
    assert all(url.startswith("data:") for url in re.findall(r"url\((.*?)\)", style))
    assert "http" not in own_script(text)
    assert not {"iframe", "img", "link", "object"} & set(page.tags)


def test_the_script_of_the_map_asks_for_no_tiles_icons_or_popups(text):
    script = own_script(text)
    for word in ("tileLayer", "L.icon", "AwesomeMarkers", "$(", "bindPopup", "L.marker"):
        assert word not in script
    assert "L.map" in script
    assert script.count("L.circleMarker") == 3


def test_the_same_plan_gives_the_same_bytes(text):
    assert report_html(hand_plan()) == text
    assert not re.search(r"(?<![0-9a-zA-Z+/])[0-9a-f]{32}(?![0-9a-zA-Z+/])", own_script(text))


def test_the_page_tells_name_seed_version_and_scan_distance(text):
    words = " ".join(" ".join(Page(text).words).split())
    for fact in ("two fields", "seed 7", "mcpp 0.0.0", "scan distance 40 m", "planner lines"):
        assert fact in words


def test_the_page_tells_the_figures(text):
    words = " ".join(" ".join(Page(text).words).split())
    for fact in (
        "91.25 %",
        "0.4 %",
        "10:40",
        "no plan below 8:20",
        "3,300 m",
        "no plan below 2,900 m",
        "50.0 % 52.0 % 1,650 m 73 % 14 20 5:10 2 75 % 10:40",
        "spiral takes longer 11:40 3,400 m 92.00 %",
        "warning coverage 91.2 %, wanted 99 %",
    ):
        assert fact in re.sub(r"\s+", " ", words)


def test_every_uav_is_drawn_in_its_own_colour(text):
    script = own_script(text)
    assert f'"color": "{UAV_COLORS[0]}"' in script
    assert f'"color": "{UAV_COLORS[1]}"' in script
    assert len(set(UAV_COLORS)) == len(UAV_COLORS)


def test_names_are_escaped_everywhere():
    evil = "`${alert(1)}`</script><b>\\"
    plan = hand_plan(replace(small_mission(), name=evil))
    uavs = tuple(
        replace(vehicle, id=evil + str(i)) for i, vehicle in enumerate(plan.problem.vehicles)
    )
    plan = replace(plan, problem=replace(plan.problem, vehicles=uavs))
    text = report_html(plan)
    assert evil not in text
    assert "${alert" not in own_script(text)
    assert text.count("</script>") == 2


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ((), "checked: no faults"),
        (("note",), "checked: no faults"),
        (("note", "warning"), "checked: see warnings"),
        (("warning", "error"), "not safe to fly"),
    ],
)
def test_the_badge_tells_the_worst_finding(plan, levels, words):
    found = tuple(Finding(level=level, code="x", message=level) for level in levels)
    text = report_html(replace(plan, report=replace(plan.report, findings=found)))
    assert words in text


def test_errors_come_first(plan):
    found = tuple(
        Finding(level=level, code="x", message=f"this is a {level}")
        for level in ("note", "warning", "error")
    )
    text = report_html(replace(plan, report=replace(plan.report, findings=found)))
    places = [text.index(f"this is a {level}") for level in ("error", "warning", "note")]
    assert places == sorted(places)


def test_a_background_picture_is_put_inside(plan):
    background = Background(
        png=PNG, south_west_lon_lat_deg=(22.9, 40.6), north_east_lon_lat_deg=(23.0, 40.7)
    )
    script = own_script(report_html(plan, background=background))
    assert "data:image/png;base64,iVBORw0KGgo=" in script
    assert "[[40.6, 22.9], [40.7, 23.0]]" in script


def test_a_plan_in_which_nothing_flies_has_a_report_too(plan):
    empty = replace(
        plan, sorties=(), solution=Solution(planner="none", routes=()), report=plan.report
    )
    assert "0 of 2" in report_html(empty)
    assert timeline_svg(empty) == ""


def test_the_timeline_has_a_bar_for_each_sortie(plan):
    drawn = timeline_svg(plan)
    assert drawn.count("<rect") >= 3 + 3
    assert drawn.count("battery swap 3:00") == 1
    assert "one, sortie 2: 8:00 to" in drawn


@pytest.mark.parametrize(("time_s", "words"), [(0, "0:00"), (59.6, "1:00"), (3661, "1:01:01")])
def test_times_are_minutes_and_seconds(time_s, words):
    assert minutes(time_s) == words


def test_arrows_point_the_way_that_is_flown(plan):
    for sortie in plan.sorties:
        triangles = arrows_m(sortie)
        assert len(triangles) >= 4
        for tip, left, right in triangles:
            steps = np.diff(sortie.xyz_m[:, :2], axis=0)
            middle = sortie.xyz_m[:-1, :2] + steps / 2
            leg = int(np.argmin(np.hypot(*(middle - (tip + left + right) / 3).T)))
            assert sortie.kind[leg] == LegKind.SURVEY
            assert (tip - (left + right) / 2) @ steps[leg] > 0


def test_photos_are_counted_from_each_start_of_the_trigger(plan):
    # four lines of 160 m, one photo at the start and one each 12.5 m
    assert photos(plan, plan.sorties[0]) == 4 * (1 + 12)
    assert photos(hand_plan(trigger="hover", trigger_distance_m=50.0), plan.sorties[0]) == 4 * 5
    assert photos(hand_plan(trigger="none"), plan.sorties[0]) == 0
