"""Parameters that end or spoil a flight: named, set with read-back, kept and restored."""

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner

from mcpp.cli.main import cli
from mcpp.errors import InputError
from mcpp.io.plan import plan_to_json
from mcpp.link.commands import Param
from mcpp.link.kept import drop_values, keep_values, read_kept
from mcpp.link.needs import Needs
from mcpp.link.param_file import param_file_text
from mcpp.link.parameters import (
    NAMES,
    check_parameters,
    family_of,
    unfit_parameters,
    write_parameters,
)
from mcpp.link.preflight import Limits, margin_notes
from mcpp.link.rules import Family
from mcpp.link.sim_params import firmware_defaults, set_up_params
from mcpp.link.upload import VehicleLoad
from mcpp.link.wire import dialect
from mcpp.model import AircraftKind, Autopilot
from tests.link_doubles import START, Sim, World, link_to, load, mission, waypoint
from tests.link_field import Field
from tests.plan_doubles import hand_plan

FAR = Needs(farthest_m=412.0, highest_m=120.0, return_height_m=65.0, first_m=80.0)
WING = Needs(kind="fixed-wing", farthest_m=400.0, turn_radius_m=40.0, speed_m_s=18.0, lands=True)


def wanted(family: Family, values: dict[str, float], needs: Needs = FAR) -> dict[str, float | None]:
    return {u.name: u.wanted for u in unfit_parameters(family, values, needs) if u.blocks}


def copter(**changes: float) -> dict[str, float]:
    return firmware_defaults("ardupilot") | changes


def px4(**changes: float) -> dict[str, float]:
    return firmware_defaults("px4") | changes


def test_the_fence_by_the_book_is_named_with_circle_and_ceiling() -> None:
    found = wanted("copter", copter(FENCE_ENABLE=1.0))
    assert found == {"FENCE_RADIUS": 434.0, "FENCE_ALT_MAX": 142.0}
    assert wanted("copter", copter(FENCE_ENABLE=1.0, FENCE_TYPE=4.0)) == {}


@pytest.mark.parametrize(
    ("family", "changes", "name", "right"),
    [
        ("copter", {}, "FENCE_ENABLE", 1.0),
        ("copter", {"FENCE_TYPE": 3.0}, "FENCE_TYPE", 7.0),
        ("copter", {"FENCE_ACTION": 0.0}, "FENCE_ACTION", 1.0),
        ("copter", {"FENCE_TYPE": 12.0, "FENCE_ALT_MIN": 5.0}, "FENCE_ALT_MIN", -10.0),
        ("copter", {"RTL_ALT": 20_000.0}, "RTL_ALT", 6500.0),
        ("copter", {"RTL_ALT_FINAL": 500.0}, "RTL_ALT_FINAL", 0.0),
        ("copter", {"WPNAV_RADIUS": 1000.0}, "WPNAV_RADIUS", 200.0),
        ("copter", {"BATT_FS_LOW_ACT": 2.0, "BATT_LOW_MAH": 1650.0}, "BATT_LOW_MAH", 660.0),
        ("px4", {"GF_ACTION": 0.0}, "GF_ACTION", 3.0),
        ("px4", {"GF_ACTION": 1.0}, "GF_ACTION", 3.0),
        ("px4", {"GF_ACTION": 4.0}, "GF_ACTION", 3.0),
        ("px4", {"GF_MAX_HOR_DIST": 100.0}, "GF_MAX_HOR_DIST", 432.0),
        ("px4", {"GF_MAX_VER_DIST": 40.0}, "GF_MAX_VER_DIST", 140.0),
        ("px4", {"NAV_RCL_ACT": 6.0}, "NAV_RCL_ACT", 2.0),
        ("px4", {"NAV_DLL_ACT": 5.0}, "NAV_DLL_ACT", 2.0),
        ("px4", {"MIS_DIST_1WP": 50.0}, "MIS_DIST_1WP", 100.0),
        ("px4", {"MIS_TKO_LAND_REQ": 2.0}, "MIS_TKO_LAND_REQ", 1.0),
        ("px4", {"RTL_RETURN_ALT": 200.0}, "RTL_RETURN_ALT", 65.0),
        ("px4", {"RTL_LAND_DELAY": -1.0}, "RTL_LAND_DELAY", 0.0),
        ("px4", {"MPC_XY_VEL_MAX": 3.0}, "MPC_XY_VEL_MAX", 5.0),
    ],
)
def test_each_value_that_ends_the_flight_is_named_with_what_is_right(
    family: Family, changes: dict[str, float], name: str, right: float
) -> None:
    values = (copter if family == "copter" else px4)(**changes)
    assert wanted(family, values)[name] == right


def test_px4_holds_at_its_fence_and_is_left_alone() -> None:
    assert wanted("px4", px4()) == {}


def test_a_camera_that_is_not_set_up_is_named() -> None:
    shooting = dataclasses.replace(FAR, trigger="distance")
    assert wanted("copter", copter(FENCE_ENABLE=1.0, FENCE_TYPE=4.0), shooting) == {
        "CAM1_TYPE": None
    }
    assert wanted("px4", px4(), shooting) == {"TRIG_MODE": 4.0}
    assert wanted("px4", px4(TRIG_MODE=4.0), shooting) == {}


def test_a_wing_with_default_radii_and_no_landing_is_named() -> None:
    values = firmware_defaults("ardupilot", "fixed-wing") | {"FENCE_ENABLE": 1.0}
    found = wanted("plane", values | {"FENCE_TYPE": 4.0}, WING)
    assert found == {"WP_RADIUS": 10.0, "WP_LOITER_RAD": 40.0, "RTL_AUTOLAND": 2.0}
    hovering = dataclasses.replace(WING, kind="vtol", lands=False)
    quadplane = firmware_defaults("ardupilot", "vtol")
    assert wanted("plane", quadplane, hovering)["Q_RTL_MODE"] == 1.0


@pytest.mark.parametrize("autopilot", ["ardupilot", "px4"])
@pytest.mark.parametrize("kind", ["multirotor", "fixed-wing", "vtol"])
def test_what_is_wanted_leaves_nothing_to_be_wanted(
    autopilot: Autopilot, kind: AircraftKind
) -> None:
    needs = dataclasses.replace(
        FAR, kind=kind, trigger="distance", turn_radius_m=30.0, speed_m_s=12.0
    )
    family = family_of(autopilot, wing=kind != "multirotor")
    assert family is not None
    values = set_up_params(autopilot, kind, needs)
    assert [u for u in unfit_parameters(family, values, needs) if u.blocks] == []
    assert set(values) & set(NAMES[family])


def far_load(autopilot: str) -> VehicleLoad:
    """A mission that leads 400 m away, with the fence that the doubles draw (1 km)."""
    lon, lat = START
    return dataclasses.replace(
        load(autopilot, uav="u1"),
        mission=(
            *mission(autopilot)[:-1],
            waypoint(lat + 400 / 111_195, lon),
            mission(autopilot)[-1],
        ),
        needs=dataclasses.replace(FAR, highest_m=60.0, farthest_m=400.0),
    )


def flown(autopilot: str, params: dict[str, float]) -> Field:
    """Fly the far mission without asking the preflight's word on parameters."""
    field = Field(
        Sim(World(), autopilot, params=params),
        loads=[dataclasses.replace(far_load(autopilot), needs=Needs(fenced=False))],
    )
    field.launch()
    field.poll(lambda: not field.sims["u1"].flight.armed and field.sims["u1"].flight.track)
    return field


def test_a_copter_with_the_fence_by_the_book_turns_back_and_one_that_was_checked_does_not() -> None:
    lost = flown("ardupilot", copter(FENCE_ENABLE=1.0))
    assert "fence breach" in lost.kinds()
    assert "finished" not in lost.kinds() or max(lost.watcher.trackers["u1"].reached) < 10
    kept = flown("ardupilot", copter(FENCE_ENABLE=1.0, FENCE_RADIUS=422.0))
    assert "fence breach" not in kept.kinds()


def test_preflight_tells_it_and_setting_makes_the_vehicle_ready() -> None:
    field = Field(
        Sim(World(), "ardupilot", params=copter(FENCE_ENABLE=1.0, CAM1_TYPE=1.0)),
        loads=[far_load("ardupilot")],
    )
    (result,) = field.pilot.preflight()
    assert not result.passed
    assert any(
        problem.startswith("FENCE_RADIUS is 300: the mission goes 400 m from home")
        and problem.endswith("set it to 422")
        for problem in result.problems
    )
    checked = result.parameters
    assert checked is not None
    changes = checked.changes()
    assert changes["FENCE_RADIUS"] == 422
    written = {name: Param(value, checked.held[name].type) for name, value in changes.items()}
    assert write_parameters({"u1": written}, {}, {}, loop=field.watcher.loop) == {"u1": ()}
    assert field.sims["u1"].vehicle.params["FENCE_RADIUS"] == 422
    assert field.pilot.preflight()[0].passed


def test_px4s_whole_numbers_travel_as_bytes_both_ways() -> None:
    sim = Sim(World(), "px4", params=px4(GF_ACTION=4.0))
    what = dataclasses.replace(far_load("px4"), uav="u1")
    links = {"u1": link_to(sim)}
    loop = sim.world.loop()
    (checked,) = check_parameters([what], links, loop=loop)
    assert checked.held["GF_ACTION"] == Param(4.0, int(dialect.MAV_PARAM_TYPE_INT32))
    new = {"u1": {"GF_ACTION": Param(3.0, checked.held["GF_ACTION"].type)}}
    assert write_parameters(new, links, {"u1": 1}, loop=loop) == {"u1": ()}
    assert sim.vehicle.params["GF_ACTION"] == 3.0


def test_an_armed_vehicle_keeps_its_parameters() -> None:
    sim = Sim(World(), "px4")
    sim.flight.armed = True
    new = {"u1": {"GF_ACTION": Param(5.0, 6)}}
    (problems,) = write_parameters(
        new, {"u1": link_to(sim)}, {"u1": 1}, loop=sim.world.loop()
    ).values()
    assert problems == ("vehicle is armed: its parameters are left alone",)
    assert sim.vehicle.params["GF_ACTION"] == 3.0


def test_a_camera_of_its_own_needs_no_trigger() -> None:
    shooting = dataclasses.replace(
        far_load("px4"), needs=dataclasses.replace(FAR, trigger="distance")
    )
    field = Field(Sim(World(), "px4", params=px4(GF_ACTION=3.0)), loads=[shooting])
    assert not field.pilot.preflight()[0].passed
    assert field.pilot.preflight(Limits(own_camera=True))[0].passed


def test_the_oldest_values_are_kept_until_they_are_restored(tmp_path: Path) -> None:
    path = tmp_path / "before.json"
    keep_values(path, {"a": {"RTL_ALT": Param(1500.0, 9)}})
    keep_values(path, {"a": {"RTL_ALT": Param(6500.0, 9)}, "b": {"GF_ACTION": Param(0.0, 6)}})
    assert read_kept(path)["a"]["RTL_ALT"] == Param(1500.0, 9)
    drop_values(path, {"a": None})
    assert list(read_kept(path)) == ["b"]
    drop_values(path, {"b": None})
    assert not path.exists()
    path.write_text("{}")
    with pytest.raises(InputError, match="former parameter values"):
        read_kept(path)


def test_parameter_files_are_those_of_the_ground_stations() -> None:
    params = {"RTL_ALT": Param(6500.0, 9), "CAM1_TYPE": Param(1.0, 2)}
    assert param_file_text(params, "ardupilot") == "CAM1_TYPE,1\nRTL_ALT,6500\n"
    assert param_file_text({"GF_ACTION": Param(3.0, 6)}, "px4", system_id=2).splitlines()[1] == (
        "2\t1\tGF_ACTION\t3\t6"
    )


def test_a_quadplane_that_calls_itself_a_plane_is_asked() -> None:
    plan = dataclasses.replace(
        far_load("ardupilot"),
        expected=dataclasses.replace(far_load("ardupilot").expected, kind="vtol"),
    )

    def reason(**params: float) -> str:
        values = firmware_defaults("ardupilot", "vtol") | params
        sim = Sim(World(), "ardupilot", vehicle_type=1, params=values)
        (checked,) = check_parameters([plan], {"u1": link_to(sim)}, loop=sim.world.loop())
        return checked.reason

    assert reason() == ""
    assert "Q_ENABLE 1: it is 0" in reason(Q_ENABLE=0.0)


def test_the_command_writes_a_file_per_vehicle_without_any_vehicle(tmp_path: Path) -> None:
    plan_file = tmp_path / "plan.json"
    plan_file.write_text(plan_to_json(hand_plan()))
    ask = ["params", str(plan_file), "--offline", "-o", str(tmp_path / "p")]
    result = CliRunner().invoke(cli, ask)
    assert result.exit_code == 1, result.output
    assert "one: FENCE_ENABLE is 0: its fence is off: set it to 1" in result.output
    assert "two: TRIG_MODE is 0: the mission's photos are not taken: set it to 4" in result.output
    assert sorted(path.name for path in (tmp_path / "p").iterdir()) == ["one.param", "two.params"]
    assert "FENCE_ENABLE,1\n" in (tmp_path / "p" / "one.param").read_text()
    again = CliRunner().invoke(cli, ask)
    assert "already there" in again.output


def test_how_far_it_strays_is_told_where_the_plan_s_buffers_do_not_hold_it() -> None:
    (told,) = margin_notes(Needs(autopilot="ardupilot", speed_m_s=10.0))
    assert told == (
        "flies up to 3.2 m beside its line at 10 m/s: buffers of zones do not hold that;"
        " flight.tracking_margin_m: 3.2 adds it"
    )
    (part,) = margin_notes(Needs(autopilot="px4", speed_m_s=5.0, tracking_margin_m=1.0))
    assert "up to 1.5 m" in part
    assert "buffers hold 1 m of it" in part
    assert margin_notes(Needs(autopilot="px4", speed_m_s=5.0, tracking_margin_m=1.5)) == []
    (wing,) = margin_notes(Needs(kind="fixed-wing", speed_m_s=20.0))
    assert "up to 9 m" in wing
