"""What PX4 means by its events: those that say why it does not arm, fly the mission or fly on.

PX4 ships the sentences of its events in a file of the very firmware, which no ground station has
offline. But the number of an event is a hash of its name, and names stay: so the events that
matter to a crew are told here in mcpp's own words, for PX4 1.14 to 1.16, and all others by number,
severity and the STATUSTEXT beside them. Source of names and arguments: PX4-Autopilot,
`src/modules/commander`, `src/modules/navigator`, `src/lib/events/enums.json`; of the hash:
`Tools/px4events/srcparser.py`.
"""

import struct
from typing import Final

AUTOPILOT_EVENTS: Final = 1 << 24
"""Component of the events of the autopilot itself, above the 24 bits of the hash."""

SEVERITIES: Final = (
    "emergency", "alert", "critical", "error", "warning", "notice", "info", "debug", "protocol",
    "disabled",
)  # fmt: skip

_CHECK: Final = "IB"  # modes it concerns and index of the component go first in each check
_ACTIONS: Final = (
    "no action", "a warning", "position control", "altitude control", "stabilized flight", "hold",
    "return", "landing", "descent", "disarming", "termination",
)  # fmt: skip
_CAUSES: Final = (
    "", "manual control lost", "ground station lost", "low battery", "critical battery",
    "emergency battery", "too little flight time left",
)  # fmt: skip

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # name: form of its arguments, sentence; {0} is the first
    "commander_arm_denied_calibrating": ("", "arming denied: it is calibrating"),
    "commander_arm_denied_throttle_center": ("", "arming denied: throttle above centre"),
    "commander_arm_denied_throttle_high": ("", "arming denied: throttle not at zero"),
    "commander_arm_denied_not_manual": ("", "arming denied: not in manual mode"),
    "commander_arm_denied_resolve_failures": ("", "arming denied: its checks fail"),
    "commander_disarm_denied_not_landed": ("", "disarming denied: not landed"),
    "commander_failsafe_enter_generic": ("IB", "failsafe: {1:action}"),
    "commander_failsafe_enter_generic_warn": ("I", "failsafe: a warning"),
    "commander_failsafe_enter_generic_hold": ("IBH", "failsafe: {1:action} in {2} s"),
    "commander_failsafe_enter": ("IBB", "failsafe, {2:cause}: {1:action}"),
    "commander_failsafe_enter_hold": ("IBHB", "failsafe, {3:cause}: {1:action} in {2} s"),
    "commander_failsafe_enter_warn": ("IB", "failsafe, {1:cause}: a warning"),
    "commander_failsafe_enter_low_bat": ("", "failsafe: low battery, return advised"),
    "commander_failsafe_enter_crit_bat_warn": ("", "failsafe: critical battery, land now"),
    "commander_failsafe_enter_crit_low_bat_warn": ("", "failsafe: battery empty, land at once"),
    "commander_failsafe_enter_low_flight_time_warn": (
        "", "failsafe: too little flight time left, return advised"),
    "commander_rc_lost": ("", "manual control lost"),
    "navigator_mis_unsup_cmd": ("HH", "mission rejected: item {0} has command {1}, not supported"),
    "navigator_mis_takeoff_too_low": ("f", "mission rejected: take-off lower than {0:.1f} m"),
    "navigator_mis_takeoff_not_first": ("", "mission rejected: take-off is not its first waypoint"),
    "navigator_mis_takeoff_missing": ("", "mission rejected: it has no take-off"),
    "navigator_mis_land_missing": ("", "mission rejected: it has no landing"),
    "navigator_mis_takeoff_or_land_missing": (
        "", "mission rejected: it lacks take-off or landing"),
    "navigator_mis_add_land_or_rm_to": ("", "mission rejected: take-off without a landing"),
    "navigator_mis_add_to_or_rm_land": ("", "mission rejected: landing without a take-off"),
    "navigator_mis_multiple_land": ("", "mission rejected: more than one landing start"),
    "navigator_mis_invalid_land": ("", "mission rejected: its landing start leads nowhere"),
    "navigator_mis_starts_w_landing": ("", "mission rejected: it starts with a landing"),
    "navigator_mis_first_wp_too_far": (
        "II", "mission rejected: first waypoint {0} m away, {1} m allowed (MIS_DIST_1WP)"),
    "navigator_mis_wp_dist_too_far": (
        "II", "mission rejected: waypoints {0} m apart, {1} m allowed (MIS_DIST_WPS)"),
    "navigator_mis_no_home_rel_alt": ("h", "mission rejected: item {0} needs a home position"),
    "navigator_mis_wp_below_home": ("h", "mission item {0} lies below home"),
    "navigator_mis_no_pos_lock": ("", "not ready for the mission: no position"),
    "navigator_mis_geofence_violation": ("h", "mission rejected: item {0} breaks the geofence"),
    "navigator_mis_geofence_no_home2": ("", "mission rejected: its geofence needs a home position"),
    "mavlink_mission_op_timeout": ("", "mission transfer given up: no answer"),
    "mavlink_mission_getlist_busy": ("", "mission upload refused: another one is under way"),
    "mavlink_mission_partner_id_mismatch": (
        "", "mission message refused: another ground station transfers"),
    "check_system_flight_term_active": (_CHECK, "flight termination is active"),
    "check_system_usb_connected": (_CHECK, "USB is connected"),
    "check_system_no_global_pos": (_CHECK, "no global position"),
    "check_system_no_home_pos": (_CHECK, "no home position"),
    "check_system_safety_button": (_CHECK, "the safety button is not pressed"),
    "check_system_arm_auth_failed": (_CHECK, "arming is not authorised"),
    "check_system_vtol_in_transition": (_CHECK, "in transition"),
    "check_system_vtol_in_fw_mode": (_CHECK, "not in multicopter mode"),
    "check_modes_cannot_takeoff": (_CHECK, "its mode does not allow arming"),
    "check_modes_angular_velocity": (_CHECK, "no valid angular velocity"),
    "check_modes_attitude": (_CHECK, "no valid attitude"),
    "check_modes_local_pos": (_CHECK, "no valid position estimate"),
    "check_modes_global_pos": (_CHECK, "no valid global position estimate"),
    "check_modes_local_alt": (_CHECK, "no valid height estimate"),
    "check_modes_mission": (_CHECK, "no valid mission"),
    "check_modes_home_position": (_CHECK, "home position not set"),
    "check_modes_manual_control": (_CHECK, "no manual control"),
    "check_modes_not_supported": (_CHECK, "its mode is not supported"),
    "check_battery_missing": (_CHECK + "B", "battery {2} is missing"),
    "check_battery_disconnected": (_CHECK + "B", "battery {2} is disconnected"),
    "check_battery_low": (_CHECK, "battery low"),
    "check_battery_critical": (_CHECK, "battery critical"),
    "check_battery_emergency": (_CHECK, "battery nearly empty"),
    "check_battery_unhealthy": (_CHECK, "battery unhealthy"),
    "check_battery_fault": (_CHECK + "BBB", "battery {2} reports a fault"),
    "check_battery_rem_flight_time_low": (_CHECK, "too little flight time left"),
    "check_rc_dl_no_dllink": (_CHECK, "no connection to a ground station"),
    "check_gf_violation_max_hor_dist": (_CHECK, "beyond the geofence's distance (GF_MAX_HOR_DIST)"),
    "check_gf_violation_max_alt": (_CHECK, "above the geofence's height (GF_MAX_VER_DIST)"),
    "check_gf_violation_custom_gf": (_CHECK, "outside the geofence"),
    "check_gf_no_home": (_CHECK, "its geofence returns, and there is no home position"),
    "check_estimator_missing_data": (_CHECK, "estimator not started yet"),
    "check_estimator_hor_vel_not_stable": (_CHECK, "horizontal velocity unstable"),
    "check_estimator_vert_vel_not_stable": (_CHECK, "vertical velocity unstable"),
    "check_estimator_hor_pos_not_stable": (_CHECK, "horizontal position unstable"),
    "check_estimator_hgt_not_stable": (_CHECK, "height estimate unstable"),
    "check_estimator_mag_interference": (_CHECK + "ffff", "strong magnetic interference"),
    "check_estimator_gps_fix_too_low": (_CHECK, "GPS fix too low"),
    "check_estimator_gps_num_sats_too_low": (_CHECK, "too few GPS satellites"),
    "check_estimator_gps_pdop_too_high": (_CHECK, "GPS PDOP too high"),
    "check_estimator_gps_hor_pos_err_too_high": (_CHECK, "GPS horizontal error too high"),
    "check_estimator_gps_vert_pos_err_too_high": (_CHECK, "GPS vertical error too high"),
    "check_estimator_gps_speed_acc_too_low": (_CHECK, "GPS speed too inaccurate"),
    "check_estimator_gps_hor_pos_drift_too_high": (_CHECK, "GPS drifts horizontally"),
    "check_estimator_gps_vert_pos_drift_too_high": (_CHECK, "GPS drifts vertically"),
    "check_estimator_gps_hor_speed_drift_too_high": (_CHECK, "GPS horizontal speed drifts"),
    "check_estimator_gps_vert_speed_drift_too_high": (_CHECK, "GPS vertical speed drifts"),
    "check_estimator_gps_spoofed": (_CHECK, "GPS signal spoofed"),
    "check_estimator_gps_not_fusing": (_CHECK, "estimator does not use GPS"),
    "check_estimator_gps_generic": (_CHECK, "GPS quality poor"),
    "check_estimator_gnss_fusion_stopped": ("", "GPS is used no more"),
    "check_estimator_gnss_warning_spoofing": ("", "GPS signal spoofed"),
    "check_estimator_high_accel_bias": (_CHECK + "Bfff", "accelerometer bias too high"),
    "check_estimator_high_gyro_bias": (_CHECK + "Bfff", "gyroscope bias too high"),
    "check_mag_missing": (_CHECK + "B", "compass {2} is missing"),
    "check_mag_no_data": (_CHECK + "B", "no data from compass {2}"),
    "check_mag_not_calibrated": (_CHECK + "B", "compass {2} is not calibrated"),
    "check_mag_fault": (_CHECK + "B", "compass {2} is at fault"),
    "check_mag_sys_has_mag_missing": (_CHECK + "BB", "{2} compasses found, {3} needed"),
    "check_mag_consistency": (_CHECK + "h", "compasses differ by {2} degrees"),
}  # fmt: skip


def event_id(name: str) -> int:
    """Work out the number of an event of the autopilot: 24 bits of the FNV-1a hash of its name."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x1000193 & 0xFFFFFFFF
    return AUTOPILOT_EVENTS | value & 0xFFFFFF


CHECKS_BEGIN: Final = event_id("commander_arming_check_summary")
CHECKS_END: Final = event_id("commander_health_summary")
"""What frames the report of its checks."""

_BY_ID: Final = {event_id(name): name for name in _SENTENCES}


class _Word:
    """A number that a sentence may show as a word of a table."""

    def __init__(self, number: float) -> None:
        self._number = number

    def __format__(self, spec: str) -> str:
        table = {"action": _ACTIONS, "cause": _CAUSES}.get(spec)
        if table is None:
            return format(self._number, spec)
        index = int(self._number)
        return table[index] if index < len(table) else str(index)


def name_of(number: int) -> str:
    """Name of an event; empty for one that is not known here."""
    return _BY_ID.get(number, "")


def is_check(number: int) -> bool:
    """Whether an event is one of the checks before arming."""
    return name_of(number).startswith("check_")


def sentence_of(number: int, arguments: bytes) -> str | None:
    """Say what an event means, in words; None for one that is not known here."""
    name = _BY_ID.get(number)
    if name is None:
        return None
    form, words = _SENTENCES[name]
    size = struct.calcsize("<" + form)
    values = struct.unpack("<" + form, arguments.ljust(size, b"\x00")[:size])
    return words.format(*map(_Word, values))
