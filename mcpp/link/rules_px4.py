"""What PX4's parameters must be for a plan."""

import math
from collections.abc import Iterator
from typing import Final

from mcpp.link.needs import Needs
from mcpp.link.rules import ARMED_SPARE_S, Rule, Unfit, Values
from mcpp.link.rules_ardupilot import ROOM_M

PX4_NAMES: Final = (
    "GF_ACTION", "GF_MAX_HOR_DIST", "GF_MAX_VER_DIST", "NAV_DLL_ACT", "NAV_RCL_ACT",
    "COM_LOW_BAT_ACT", "BAT_LOW_THR", "BAT_CRIT_THR", "BAT_EMERGEN_THR", "RTL_TYPE",
    "RTL_RETURN_ALT", "RTL_DESCEND_ALT", "RTL_LAND_DELAY", "RTL_CONE_ANG", "MIS_DIST_1WP",
    "MIS_TKO_LAND_REQ", "NAV_ACC_RAD", "NAV_LOITER_RAD", "MPC_XY_CRUISE", "MPC_XY_VEL_MAX",
    "MPC_Z_V_AUTO_UP", "MPC_Z_V_AUTO_DN", "MPC_LAND_SPEED", "MPC_LAND_ALT1", "MPC_LAND_ALT2",
    "MPC_ACC_HOR", "MPC_JERK_AUTO", "MPC_TKO_SPEED", "TRIG_MODE", "COM_DISARM_PRFLT",
)  # fmt: skip
_RETURN: Final = 3.0
_CUTS: Final = {5.0: "ends the flight by cutting the motors", 6.0: "cuts the motors in the air"}


def _fence(values: Values, needs: Needs) -> Iterator[Unfit]:
    action = values.get("GF_ACTION")
    if needs.fenced and action is not None:
        why = {
            0.0: "its fence is off",
            1.0: "a breach is only told, nothing is done",
            4.0: "a breach cuts the motors in the air",
        }.get(action)
        if why:
            yield Unfit("GF_ACTION", action, _RETURN, why)
    for name, reach_m, what in (
        ("GF_MAX_HOR_DIST", needs.farthest_m + needs.turn_radius_m, "goes {:.0f} m from home"),
        ("GF_MAX_VER_DIST", needs.highest_m, "climbs to {:.0f} m"),
    ):
        limit = values.get(name, 0.0)
        if 0 < limit < reach_m:
            why = f"the mission {what.format(reach_m)}: it finds the mission infeasible"
            yield Unfit(name, limit, math.ceil(reach_m + ROOM_M), why)


def _lost_links(values: Values, needs: Needs) -> Iterator[Unfit]:
    del needs
    for name, what in (("NAV_RCL_ACT", "remote control"), ("NAV_DLL_ACT", "ground station")):
        if name in values and values[name] in _CUTS:
            why = f"a lost {what} {_CUTS[values[name]]}"
            yield Unfit(name, values[name], 2.0, why)


def _batteries(values: Values, needs: Needs) -> Iterator[Unfit]:
    acts = values.get("COM_LOW_BAT_ACT")
    if acts == 0:
        why = "it does not come home when its battery is low"
        yield Unfit("COM_LOW_BAT_ACT", 0.0, _RETURN, why, blocks=False)
    share = values.get("BAT_CRIT_THR", 0.0)
    if acts and share > needs.reserve + 0.02:
        yield Unfit(
            "BAT_CRIT_THR",
            share,
            round(needs.reserve, 2),
            f"it comes home with {100 * share:.0f} % left, the plan uses all but"
            f" {100 * needs.reserve:.0f} %",
        )


def _return(values: Values, needs: Needs) -> Iterator[Unfit]:
    height_m = values.get("RTL_RETURN_ALT", needs.return_height_m)
    ceiling_m = needs.ceiling_m
    if values.get("GF_MAX_VER_DIST", 0.0) > 0:
        ceiling_m = min(ceiling_m, values["GF_MAX_VER_DIST"])
    wanted = float(round(min(needs.return_height_m, ceiling_m), 1))
    if height_m > ceiling_m:
        why = f"a return would climb above the limit of {ceiling_m:.0f} m"
        yield Unfit("RTL_RETURN_ALT", height_m, wanted, why)
    elif height_m < needs.return_height_m - 0.5:
        why = f"a return by radio loss is lower than the planned {needs.return_height_m:.0f} m"
        yield Unfit("RTL_RETURN_ALT", height_m, wanted, why, blocks=False)
    if values.get("RTL_LAND_DELAY", 0.0) < 0:
        why = "a return ends circling and does not land"
        yield Unfit("RTL_LAND_DELAY", values["RTL_LAND_DELAY"], 0.0, why)
    if needs.rally_points and values.get("RTL_TYPE", 3.0) != 3:
        why = "a return by radio loss may pass the planned rally points by"
        yield Unfit("RTL_TYPE", values["RTL_TYPE"], 3.0, why, blocks=False)


def _mission(values: Values, needs: Needs) -> Iterator[Unfit]:
    limit_m = values.get("MIS_DIST_1WP", 0.0)
    if 0 < limit_m < needs.first_m:
        why = f"the first waypoint is {needs.first_m:.0f} m away: it finds the mission infeasible"
        yield Unfit("MIS_DIST_1WP", limit_m, math.ceil(needs.first_m + ROOM_M), why)
    asked = values.get("MIS_TKO_LAND_REQ", 0.0)
    if asked in (2, 3, 4) and not needs.lands:
        why = "the mission ends in a return, not in a landing: it finds the mission infeasible"
        yield Unfit("MIS_TKO_LAND_REQ", asked, 1.0, why)
    radius_m = values.get("NAV_ACC_RAD", 0.0)
    most_m = max(needs.turn_radius_m / 4, 5.0) if needs.turn_radius_m else needs.spacing_m / 4
    if radius_m > max(most_m, 2.0):
        why = f"waypoints count as reached {radius_m:g} m away: corners are cut"
        yield Unfit("NAV_ACC_RAD", radius_m, float(max(round(most_m), 2)), why)


def _speeds(values: Values, needs: Needs) -> Iterator[Unfit]:
    if needs.kind != "multirotor":
        return
    limit = values.get("MPC_XY_VEL_MAX", needs.speed_m_s)
    if limit < needs.speed_m_s:
        why = f"{needs.speed_m_s:g} m/s are planned: the flight takes longer"
        yield Unfit("MPC_XY_VEL_MAX", limit, needs.speed_m_s, why)
    for name, planned, what in (
        ("MPC_Z_V_AUTO_UP", needs.climb_m_s, "climb"),
        ("MPC_Z_V_AUTO_DN", needs.descent_m_s, "descent"),
    ):
        found = values.get(name, planned)
        if found < 0.8 * planned:
            why = f"{what} at {planned:g} m/s is planned: the flight takes longer"
            yield Unfit(name, found, planned, why, blocks=False)


def _camera(values: Values, needs: Needs) -> Iterator[Unfit]:
    mode = values.get("TRIG_MODE")
    if needs.trigger == "distance" and mode is not None and mode != 4:
        why = "the mission's photos are not taken" if mode == 0 else "photos are not the mission's"
        yield Unfit("TRIG_MODE", mode, 4.0, why)


def _ground_wait(values: Values, needs: Needs) -> Iterator[Unfit]:
    after_s = values.get("COM_DISARM_PRFLT", 0.0)
    if needs.ground_wait_s > 0 and 0 < after_s < needs.ground_wait_s + ARMED_SPARE_S / 2:
        why = f"its mission waits {needs.ground_wait_s:g} s on the ground and it disarms before"
        yield Unfit(
            "COM_DISARM_PRFLT", after_s, math.ceil(needs.ground_wait_s + ARMED_SPARE_S), why
        )


PX4_RULES: Final[tuple[Rule, ...]] = (
    _fence,
    _lost_links,
    _batteries,
    _return,
    _mission,
    _speeds,
    _camera,
    _ground_wait,
)
