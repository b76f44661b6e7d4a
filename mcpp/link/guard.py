"""Is this the vehicle that the plan means? Asked before anything is written to it."""

from dataclasses import dataclass, replace
from typing import Final

from pyproj import Geod

from mcpp.errors import LinkError
from mcpp.link.channel import Port
from mcpp.link.commands import ask_interval, read_param, request_message
from mcpp.link.loop import Steps
from mcpp.link.protocol import Times, wait_for
from mcpp.link.wire import Message, dialect
from mcpp.model import AircraftKind, Autopilot, LonLat

SIMULATED_MARK: Final = b"mcppsim"
"""First bytes of `flight_custom_version` of the vehicles of `mcpp simulate`."""

_EARTH: Final = Geod(ellps="WGS84")
_KINDS: Final[dict[AircraftKind, frozenset[int]]] = {
    "multirotor": frozenset({2, 3, 4, 13, 14, 15, 29, 35}),
    "fixed-wing": frozenset({1}),
    "vtol": frozenset({19, 20, 21, 22, 23, 24, 25}),
}
_AUTOPILOTS: Final[dict[int, Autopilot]] = {3: "ardupilot", 12: "px4"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """What must hold before an upload; each can be loosened.

    Attributes
    ----------
    start_within_m
        Farthest that a vehicle may stand from its planned start; None does not ask.
    same_kind, same_autopilot
        Aircraft and autopilot must be those of the plan.
    disarmed
        Motors must be off.
    """

    start_within_m: float | None = 100.0
    same_kind: bool = True
    same_autopilot: bool = True
    disarmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The vehicle that a plan means."""

    kind: AircraftKind
    autopilot: Autopilot
    start_lon_lat_deg: LonLat | None = None


def distance_m(a: LonLat, b: LonLat) -> float:
    """Shortest distance over the ellipsoid, m."""
    return float(_EARTH.inv(*a, *b)[2])


def autopilot_of(heartbeat: Message) -> Autopilot:
    """Which of the autopilots that mcpp knows; "generic" for all others."""
    return _AUTOPILOTS.get(heartbeat.autopilot, "generic")


def is_armed(heartbeat: Message) -> bool:
    """Whether the motors are armed."""
    return bool(heartbeat.base_mode & dialect.MAV_MODE_FLAG_SAFETY_ARMED)


def kind_of(vehicle_type: int) -> AircraftKind:
    """Kind of aircraft that a MAV_TYPE means; "multirotor" for one that is not known."""
    return next((kind for kind, types in _KINDS.items() if vehicle_type in types), "multirotor")


def is_wing(heartbeat: Message) -> bool:
    """Whether a vehicle calls itself a fixed wing or VTOL: ArduPlane flies both."""
    return bool(heartbeat.type in _KINDS["fixed-wing"] | _KINDS["vtol"])


def hear_vehicle(port: Port, times: Times) -> Steps[Message]:
    """Wait for the vehicle's heartbeat.

    Raises
    ------
    LinkError
        When none comes, or when another or more than one vehicle is there.
    """
    # On a link of its own with no system id, the one vehicle heard is taken: so listen long enough
    # for a second to show itself (heartbeats come once a second).
    unnamed = port.system is None
    if port.heartbeat is None:
        yield from wait_for(port, lambda _: port.heartbeat is not None, times.hear_s)
    if unnamed and port.heartbeat is not None:
        yield from wait_for(port, lambda _: False, times.reply_s)
    heard = sorted(port.channel.systems_heard)
    address = port.channel.address
    if port.heartbeat is None:
        others = f"; heard only system {', '.join(map(str, heard))}" if heard else ""
        wanted = "a vehicle" if port.system is None else f"system {port.system}"
        msg = f"no heartbeat of {wanted} on {address} within {times.hear_s:g} s{others}"
        raise LinkError(msg)
    if unnamed and len(heard) > 1:
        msg = (
            f"several vehicles on {address} (systems {', '.join(map(str, heard))}): say which,"
            f" as in --uav {port.uav}={address}@{heard[0]}"
        )
        raise LinkError(msg)
    return port.heartbeat


def check_identity(
    port: Port, expected: Expected, guards: Guards, times: Times
) -> Steps[Autopilot]:
    """Refuse a vehicle that is not the planned one.

    Returns
    -------
    Autopilot
        What flies it.

    Raises
    ------
    LinkError
        Naming what is found and what was expected.
    """
    heartbeat = yield from hear_vehicle(port, times)
    found = autopilot_of(heartbeat)
    if guards.same_autopilot and expected.autopilot not in ("generic", found):
        msg = f"autopilot is {found}, the plan is for {expected.autopilot}"
        raise LinkError(msg)
    if guards.same_kind and heartbeat.type not in _KINDS[expected.kind] | {0}:
        yield from _check_quadplane(port, heartbeat, expected, times)
    if guards.disarmed and is_armed(heartbeat):
        msg = "vehicle is armed; disarm it first"
        raise LinkError(msg)
    if guards.start_within_m is not None and expected.start_lon_lat_deg is not None:
        position = yield from find_position(port, times)
        away_m = distance_m(position, expected.start_lon_lat_deg)
        if away_m > guards.start_within_m:
            msg = (
                f"vehicle is {away_m:,.0f} m from its planned start;"
                f" {guards.start_within_m:g} m are allowed"
            )
            raise LinkError(msg)
    return found


def _check_quadplane(
    port: Port, heartbeat: Message, expected: Expected, times: Times
) -> Steps[None]:
    """Refuse another kind of aircraft, unless it is a quadplane that calls itself a fixed wing.

    ArduPilot's quadplanes do so unless Q_MAV_TYPE is set; Q_ENABLE tells them apart.
    """
    msg = f"vehicle is a {_type_name(heartbeat.type)}, the plan is for a {expected.kind}"
    if expected.kind == "vtol" and heartbeat.type in _KINDS["fixed-wing"]:
        if autopilot_of(heartbeat) == "ardupilot":
            enabled = yield from read_param(port, "Q_ENABLE", times)
            if enabled:
                return
            told = "it does not tell" if enabled is None else "it is 0"
            msg += f" (a quadplane would have Q_ENABLE 1: {told})"
        msg += "; --any-kind takes it as it is"
    raise LinkError(msg)


def _type_name(number: int) -> str:
    entry = dialect.enums["MAV_TYPE"].get(number)
    name = entry.name if entry else f"type {number}"
    return name.removeprefix("MAV_TYPE_").lower().replace("_", " ")


def find_position(port: Port, times: Times) -> Steps[LonLat]:
    """Where the vehicle is.

    Raises
    ------
    LinkError
        When it does not know yet.
    """
    deadline = port.now() + times.position_s
    while port.now() < deadline:
        ask_interval(port, dialect.MAVLINK_MSG_ID_GLOBAL_POSITION_INT, 0.5)
        message = yield from wait_for(port, _has_fix, times.reply_s)
        if message is not None:
            return message.lon / 1e7, message.lat / 1e7
    msg = f"vehicle tells no position within {times.position_s:g} s: wait for GPS"
    raise LinkError(msg)


def _has_fix(message: Message) -> bool:
    return message.get_type() == "GLOBAL_POSITION_INT" and (message.lat, message.lon) != (0, 0)


def find_simulated(port: Port, times: Times) -> Steps[bool]:
    """Whether the vehicle is certainly a simulation; in doubt it is real.

    Certain are, over a link that can not leave this computer: a vehicle of `mcpp simulate`, which
    says so in its version, ArduPilot's SITL, the only one with the parameter SIM_SPEEDUP, and a PX4
    that says in its heartbeat, or in SYS_HITL, that its motors are simulated.
    """
    if not port.channel.address.loopback:
        return False
    brief = replace(times, retries=1)  # silence counts as real, and that is the safe side
    version = yield from request_message(
        port, dialect.MAVLINK_MSG_ID_AUTOPILOT_VERSION, times=brief
    )
    if version is not None and bytes(version.flight_custom_version).startswith(SIMULATED_MARK):
        return True
    if port.heartbeat is None:
        return False
    autopilot = autopilot_of(port.heartbeat)
    if autopilot == "ardupilot":
        return (yield from read_param(port, "SIM_SPEEDUP", brief)) is not None
    if autopilot == "px4":
        if port.heartbeat.base_mode & dialect.MAV_MODE_FLAG_HIL_ENABLED:
            return True
        return ((yield from read_param(port, "SYS_HITL", brief)) or 0.0) > 0
    return False
