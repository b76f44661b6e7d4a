"""Points that mcpp moved are told, and are errors where they must not be."""

from dataclasses import replace

import pytest
from shapely.geometry import box

from mcpp.api import plan
from mcpp.check.ground import ground_of
from mcpp.check.report import check
from mcpp.check.spots import spot_findings
from mcpp.export.folder import output_contents
from mcpp.model import AreaPart, Finding, FlightSettings, Mission, Plan, PlannerChoice, Uav
from mcpp.report.html import report_html
from mcpp.report.launches import launch_rows
from tests.plans import lon_lat
from tests.strategies import ring_lon_lat_deg


def part(x0: float, y0: float, x1: float, y1: float) -> AreaPart:
    return AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(box(x0, y0, x1, y1)))


def mission(*, planner: str = "draft", uavs: int = 3, **more) -> Mission:
    return Mission(
        area=(part(0, 0, 300, 240),),
        uavs=tuple(Uav(id=f"u{i}", start_lon_lat_deg=lon_lat(150, 5)) for i in range(uavs)),
        scan_distance_m=30,
        planner=PlannerChoice(name=planner),
        flight=FlightSettings(launch_spots="apart"),
        **more,
    )


@pytest.fixture(scope="module")
def planned() -> Plan:
    return plan(mission())


def moved(of: Plan, *, start: tuple[float, float], **more) -> Plan:
    """Say something else of the second UAV, as a changed file would."""
    uavs = list(of.mission.uavs)
    uavs[1] = replace(uavs[1], start_lon_lat_deg=start, **more)
    return replace(of, mission=replace(of.mission, uavs=tuple(uavs)))


def found_in(of: Plan) -> list[Finding]:
    return list(spot_findings(of, ground_of(of.mission, of.origin_lon_lat_deg)))


def test_a_plan_launches_from_the_spots_and_says_so_everywhere(planned: Plan) -> None:
    assert planned.report.safe
    (note,) = [f for f in planned.report.findings if f.code == "launch-spots"]
    assert note.level == "note"
    assert "u1 launch point 13.0 m, u2 launch point 13.0 m" in note.message
    assert not [f for f in planned.report.findings if f.code == "launch-points"]
    rows = [words for _, words in launch_rows(planned)]
    assert [how for _, _, how in rows] == ["given", "launch moved 13.0 m", "launch moved 13.0 m"]
    assert all(end == "the same" for _, end, _ in rows)
    page = report_html(planned)
    assert "Launch points" in page
    assert all(place in page for place, _, _ in rows)
    readme = str(output_contents(planned)["README.txt"])
    told = " ".join(readme.split())
    assert f"launch at {rows[1][0]}, landing there." in told
    assert rows[0][0] not in told


def test_spots_that_were_moved_too_far_are_errors(planned: Plan) -> None:
    """Three in a row, 15 m apart at most, are 45 m long."""
    assert [f.level for f in found_in(moved(planned, start=lon_lat(194, 5)))] == ["note"]
    error, _ = found_in(moved(planned, start=lon_lat(196, 5)))
    assert error.level == "error"
    assert error.amount_m == pytest.approx(46, abs=0.1)
    assert "farther than a row of 45 m" in error.message


def test_spots_outside_the_area_are_errors(planned: Plan) -> None:
    error, _ = found_in(moved(planned, start=lon_lat(150, -7)))
    assert "7.0 m farther outside the area" in error.message
    beside = moved(planned, start=lon_lat(150, -7), given_start_lon_lat_deg=lon_lat(150, -8))
    assert [f.level for f in found_in(beside)] == ["note"]


def test_a_file_that_says_another_spot_than_is_flown_fails(planned: Plan) -> None:
    codes = {f.code for f in check(moved(planned, start=lon_lat(170, 5))) if f.level == "error"}
    assert "ends" in codes


def test_spots_outside_the_ground_for_the_crew_are_errors(planned: Plan) -> None:
    of = replace(planned, mission=replace(planned.mission, crew_area=(part(145, 0, 155, 10),)))
    levels = {f.uav: f.level for f in check(of) if f.code == "crew"}
    assert levels == {"u1": "error", "u2": "error"}  # u0 was given its place, and stands inside


def test_who_shares_a_spot_for_want_of_room_is_told_what_would_help() -> None:
    found = plan(mission(crew_area=(part(149, 0, 164, 6),)))
    assert found.report.safe
    (warning,) = [f for f in found.report.findings if f.code == "launch-points"]
    assert "2 of 3 have spots of their own, for 1 no room was found" in warning.message


def test_spots_let_the_fleet_land_earlier() -> None:
    """At one point four land one after another, some 50 s apart; on spots they need not."""
    apart = mission(planner="auto", uavs=4)
    given = replace(apart, flight=replace(apart.flight, launch_spots="given"))
    one_s, own_s = (plan(each).report.fleet.finish_s for each in (given, apart))
    assert own_s < one_s - 50
