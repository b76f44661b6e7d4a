"""Fixed wing and VTOL: their items, their fence, and the whole flight against the double."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, Polygon, box

from mcpp.export.fence import fence_of
from mcpp.export.items import mission_items, wire_items
from mcpp.export.plan_lint import lint_plan
from mcpp.export.wing import ROOM_RADII, wing_ways
from mcpp.flight.sorties import item_bound
from mcpp.ground.frame import LocalFrame
from mcpp.link.fleet import fleet_links, fleet_loads
from mcpp.link.sim_params import firmware_defaults
from mcpp.link.simulate import simulated_vehicles
from mcpp.link.wire import item_message
from mcpp.model import AircraftKind, AreaPart, CircleZone, Mission, Plan, Sortie, Uav
from mcpp.problem.localize import frame_of, localize
from tests.link_doubles import Sim, World
from tests.link_field import Field
from tests.plan_doubles import hand_plan, lawn_xyz_m, sortie_of
from tests.strategies import ANCHOR_LON_LAT_DEG, points_lon_lat_deg, ring_lon_lat_deg

KINDS: tuple[AircraftKind, ...] = ("fixed-wing", "vtol")
PRESETS = {"fixed-wing": "generic-fixed-wing", "vtol": "deltaquad-vtol"}
LINES_M = (20.0, 60.0, 100.0, 140.0, 180.0)


def wing_plan(kind: AircraftKind = "fixed-wing", *, zones: Any = (), **vehicle: Any) -> Plan:
    """One wing over 500 x 200 m: five lines, launch and landing at a corner."""
    place = points_lon_lat_deg(np.array([[10.0, 10.0]]))[0]
    mission = Mission(
        area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 500, 200))),),
        no_fly_zones=zones,
        uavs=(Uav(id="w", start_lon_lat_deg=place, aircraft=PRESETS[kind]),),
        scan_distance_m=40,
    )
    frame = frame_of(mission)
    problem = localize(mission, frame)
    corner = frame.to_m(ANCHOR_LON_LAT_DEG)
    problem = replace(
        problem,
        vehicles=(
            replace(problem.vehicles[0], trigger="distance", trigger_distance_m=12.5, **vehicle),
        ),
    )

    def moved(points: list[list[float]]) -> list[list[float]]:
        return [[x + corner[0], y + corner[1], z] for x, y, z in points]

    start = (float(corner[0] + 10), float(corner[1] + 10))
    flown = sortie_of(0, start, start, moved(lawn_xyz_m(10, 490, LINES_M)))
    return replace(
        hand_plan(),
        mission=mission,
        origin_lon_lat_deg=frame.origin_lon_lat_deg,
        problem=problem,
        sorties=(flown,),
    )


def fence_shape(plan: Plan) -> Polygon:
    return LocalFrame(plan.origin_lon_lat_deg).shape_to_m(
        Polygon(fence_of(plan, 0).inclusion_lon_lat_deg)
    )


def off_the_lines_m(plan: Plan, sim: Sim) -> np.ndarray:
    """How far from its survey lines the vehicle was while its camera was on."""
    sortie, frame = plan.sorties[0], LocalFrame(plan.origin_lon_lat_deg)
    lines = shapely.union_all(
        [
            shapely.linestrings(sortie.xyz_m[i : i + 2, :2])
            for i, kind in enumerate(sortie.kind)
            if kind == 2
        ]
    )
    track = sim.flight.track
    places = frame.to_m([(p.lon_deg, p.lat_deg) for p in track if p.camera])
    return np.asarray(shapely.distance(lines, shapely.points(places)))


def flown(plan: Plan, *, params: dict[str, float] | None = None) -> tuple[Field, Sim]:
    (vehicle,) = simulated_vehicles(plan, system_ids={"w": 1})
    sim = Sim(
        World(),
        "ardupilot",
        name="w",
        kind=plan.problem.vehicles[0].kind,
        flight=vehicle.flight,
        params=vehicle.params | (params or {}),
        speedup=10.0,
    )
    (load,) = fleet_loads(plan, fleet_links(plan, {}))
    field = Field(sim, loads=[replace(load, system_id=1)])
    field.launch()
    return field, sim


@pytest.mark.parametrize("kind", KINDS)
def test_a_wing_keeps_to_its_lines_and_its_fence_and_lands(kind: AircraftKind) -> None:
    plan = wing_plan(kind)
    field, sim = flown(plan)
    field.poll(lambda: field.watcher.states["w"].finished, 900)
    assert "fence breach" not in field.kinds("w")
    away = off_the_lines_m(plan, sim)
    assert len(away) > 100
    assert np.percentile(away, 95) <= 5.0
    assert math.hypot(*sim.flight.body.position[:2]) < 20.0
    assert sim.flight.height_m < 0.1


def test_default_radii_leave_the_lines_as_was_seen_and_preflight_says_so() -> None:
    plan = wing_plan()
    asked = firmware_defaults("ardupilot", "fixed-wing")
    wide = {name: asked[name] for name in ("WP_RADIUS", "WP_LOITER_RAD", "RTL_AUTOLAND")}
    (vehicle,) = simulated_vehicles(plan, system_ids={"w": 1})
    sim = Sim(World(), "ardupilot", name="w", kind="fixed-wing", flight=vehicle.flight,
              params=vehicle.params | wide)  # fmt: skip
    (load,) = fleet_loads(plan, fleet_links(plan, {}))
    field = Field(sim, loads=[replace(load, system_id=1)])
    (result,) = field.pilot.preflight()
    told = " ".join(result.problems)
    for words in ("WP_RADIUS is 50", "WP_LOITER_RAD is 80", "RTL_AUTOLAND is 0"):
        assert words in told


def test_a_return_circles_for_ever_unless_the_parameters_let_it_land() -> None:
    plan = wing_plan()
    for autoland, lands in ((0.0, False), (2.0, True)):
        (vehicle,) = simulated_vehicles(plan, system_ids={"w": 1})
        flight = vehicle.flight
        flight.params = vehicle.params | {"RTL_AUTOLAND": autoland}  # type: ignore[attr-defined]
        flight.load(vehicle.server.lists[0] or messages(plan), 1)
        flight.armed = True
        flight.change("mission")
        flight.advance(60.0)
        flight.change("return")
        flight.advance(900.0)
        assert flight.armed is not lands


def messages(plan: Plan) -> list[Any]:
    items = wire_items(mission_items(plan, plan.sorties[0]))
    return [item_message(item, seq, 0, (1, 1)) for seq, item in enumerate(items)]


def test_the_items_take_off_climb_lead_in_and_land() -> None:
    plan = wing_plan()
    items = mission_items(plan, plan.sorties[0])
    commands = [item.command for item in items]
    assert commands[:2] == [16, 22]
    assert commands[-3:] == [189, 31, 21]
    assert items[1].alt_m <= 30.0
    assert 20 not in commands
    assert lint_plan(plan) == []
    vtol = mission_items(wing_plan("vtol"), wing_plan("vtol").sorties[0])
    assert [item.command for item in vtol][-2:] == [189, 85]
    assert vtol[1].command == 84


def test_each_line_has_a_lead_in_of_three_radii_outside_it() -> None:
    plan = wing_plan()
    led = wing_ways(plan, plan.sorties[0]).sortie
    survey = np.flatnonzero(led.kind == 2)
    assert len(survey) == len(LINES_M)
    for leg in survey:
        lead, a, b, out = led.xyz_m[leg - 1 : leg + 3, :2]
        unit = (b - a) / np.linalg.norm(b - a)
        assert (a - lead) @ unit == pytest.approx(120.0)
        assert (out - b) @ unit == pytest.approx(20.0)


def test_the_fence_holds_take_off_turns_and_approach() -> None:
    plan = wing_plan()
    ways, inside = wing_ways(plan, plan.sorties[0]), fence_shape(plan)
    assert inside.contains(ways.room)
    assert ways.takeoff_m is not None
    assert ways.approach_m is not None
    for place in (ways.takeoff_m, ways.approach_m):
        assert inside.boundary.distance(Point(place)) >= ROOM_RADII * 40.0 - 1.0


def test_wind_turns_take_off_and_landing_into_it() -> None:
    plan = wing_plan(wind_m_s=(0.0, -5.0))  # from the north
    ways = wing_ways(plan, plan.sorties[0])
    assert ways.takeoff_deg == pytest.approx(0.0, abs=1e-9)
    assert ways.approach_m is not None
    assert ways.approach_m[1] < plan.sorties[0].xyz_m[-1, 1] - 100


def test_a_zone_in_the_way_turns_the_climb_out_and_shortens_leads() -> None:
    clear = wing_plan(wind_m_s=(0.0, -5.0))
    mast = CircleZone(
        name="mast",
        center_lon_lat_deg=points_lon_lat_deg(np.array([[10.0, 240.0]]))[0],
        radius_m=20,
    )
    plan = wing_plan(wind_m_s=(0.0, -5.0), zones=(mast,))
    ways = wing_ways(plan, plan.sorties[0])
    assert abs((ways.takeoff_deg + 180) % 360 - 180) >= 15
    assert not shapely.intersects(plan.problem.no_fly, Point(ways.takeoff_m).buffer(40.0))
    assert wing_ways(clear, clear.sorties[0]).takeoff_deg == pytest.approx(0.0, abs=1e-9)


def test_lines_too_short_for_a_wing_are_named() -> None:
    plan = wing_plan()
    sortie = plan.sorties[0]
    short = sortie.xyz_m.copy()
    short[3:-3, 0] = short[3, 0] + (short[3:-3, 0] - short[3, 0]) / 10.0
    plan = replace(plan, sorties=(replace(sortie, xyz_m=short),))
    assert any("shorter than two turn radii (80 m)" in fault for fault in lint_plan(plan))


def test_the_bound_of_items_counts_the_leads() -> None:
    plan = wing_plan()
    sortie: Sortie = plan.sorties[0]
    assert len(mission_items(plan, sortie)) <= item_bound(sortie, wing=True)
