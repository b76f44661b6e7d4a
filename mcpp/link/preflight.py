"""What must be true before a vehicle may start: asked of the vehicle itself, not assumed."""

from dataclasses import dataclass, field
from typing import Final

from mcpp.errors import LinkError
from mcpp.link.camera import (
    CAMERA_PARTS,
    find_camera,
    find_gimbal,
    room_notes,
    room_problems,
    tilt_problem,
)
from mcpp.link.channel import Port
from mcpp.link.diff import broken_off_at, differences
from mcpp.link.download import read_vehicle
from mcpp.link.guard import Guards, check_identity, distance_m, find_simulated
from mcpp.link.loop import Steps
from mcpp.link.needs import Needs
from mcpp.link.parameters import ParameterCheck, read_vehicle_params
from mcpp.link.photos import planned_photos
from mcpp.link.protocol import Times, wait_for
from mcpp.link.state import VehicleState
from mcpp.link.stations import others_heard, station_words
from mcpp.link.terrain import check_terrain
from mcpp.link.told import Told
from mcpp.link.tracker import VehicleTracker
from mcpp.link.transfer import NullTransferObserver
from mcpp.link.upload import VehicleLoad
from mcpp.link.wire import dialect
from mcpp.link.words import FENCE, KIND_NAMES, MISSION, RALLY
from mcpp.model import LonLat
from mcpp.problem.autopilot import strays_m

UPLOAD_BROKE_OFF: Final = "an upload of its mission broke off"

_FIX_3D: Final = 3
_OFF_M: Final = 5.0
"""A GNSS receiver on open ground is less far off."""
_CAMERA_V2: Final = 6.0
_MAVLINK_CAMERAS: Final = (5.0, _CAMERA_V2)
_CAMERA_PARAMS: Final = frozenset({"CAM1_TYPE", "TRIG_MODE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a preflight check asks for.

    Attributes
    ----------
    battery_percent
        Least charge; a vehicle that does not tell it passes with a note.
    guards
        Identity, distance to the planned start, disarmed.
    own_camera
        The camera shoots by itself: the vehicle need not trigger it.
    said_simulated
        UAVs of which the user says that they are simulations; it counts on links of this computer
        alone.
    """

    battery_percent: int = 60
    guards: Guards = field(default_factory=Guards)
    own_camera: bool = False
    said_simulated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Preflight:
    """Result for one vehicle.

    Attributes
    ----------
    problems
        Each keeps it on the ground.
    notes
        What could not be asked.
    simulated
        Certainly no real vehicle.
    parameters
        Its parameters beside what the plan asks for; None where it was not reached.
    """

    uav: str
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    simulated: bool = False
    parameters: ParameterCheck | None = None

    @property
    def broke_off(self) -> bool:
        """Whether it holds a mixture that an upload left when it broke off."""
        return any(problem.startswith(UPLOAD_BROKE_OFF) for problem in self.problems)

    @property
    def passed(self) -> bool:
        """Nothing keeps it on the ground."""
        return not self.problems


def check_vehicle(
    port: Port, tracker: VehicleTracker, load: VehicleLoad, limits: Limits, times: Times
) -> Steps[Preflight]:
    """Check one vehicle before its start; nothing is written to it."""
    problems: list[str] = []
    notes: list[str] = []
    simulated = False
    checked: ParameterCheck | None = None
    try:
        yield from check_identity(port, load.expected, limits.guards, times)
        yield from wait_for(port, lambda _: _complete(tracker.state), times.position_s)
        if tracker.state.ready is False and not tracker.told.checks:
            yield from ask_checks(port, tracker.told, times)
        _check_state(tracker, limits, problems, notes)
        notes += place_notes(tracker.state.lon_lat_deg, load.expected.start_lon_lat_deg)
        notes += [station_words(station) for station in others_heard(port)]
        problems += yield from _check_lists(port, load, times)
        checked = yield from read_vehicle_params(port, load, times)
        _judge(checked, limits, problems, notes)
        if load.needs is not None:
            wrong, more = yield from _check_camera(port, load, checked, limits, times)
            problems += wrong
            notes += more
            notes += margin_notes(load.needs)
            problems += yield from check_terrain(port, load.needs, times)
        simulated = yield from find_simulated(port, times)
        if load.uav in limits.said_simulated:
            simulated = simulated or port.channel.address.loopback
    except LinkError as error:
        problems.append(str(error))
    return Preflight(load.uav, tuple(problems), tuple(notes), simulated, checked)


def _complete(state: VehicleState) -> bool:
    return None not in (state.gps_fix, state.lon_lat_deg, state.battery_percent, state.ready)


def ask_checks(port: Port, told: Told, times: Times) -> Steps[None]:
    """Have the vehicle run its checks before arming, and listen to what it complains of."""
    before = told.failure
    command = dialect.MAV_CMD_RUN_PREARM_CHECKS
    port.send(dialect.MAVLink_command_long_message(*port.target, command, 0, *[0.0] * 7))
    yield from wait_for(port, lambda _: bool(told.checks), times.reply_s)
    if told.checks:
        told.failure = "; ".join(told.checks)
    elif told.failure == before:
        yield from wait_for(port, lambda _: told.failure != before, times.reply_s)


def _check_state(
    tracker: VehicleTracker, limits: Limits, problems: list[str], notes: list[str]
) -> None:
    state, told = tracker.state, tracker.told
    if state.gps_fix is None:
        notes.append("tells no GPS state")
    elif state.gps_fix < _FIX_3D:
        problems.append(f"GPS fix {state.gps_fix}: a 3-D fix ({_FIX_3D}) is needed")
    if state.battery_percent is None:
        notes.append("tells no battery charge")
    elif state.battery_percent < limits.battery_percent:
        problems.append(
            f"battery {state.battery_percent} %: at least {limits.battery_percent} % is needed"
        )
    if state.ready is False:
        why = "; ".join(told.checks) or told.failure
        problems.append("its own pre-arm check fails" + (f": {why}" if why else ""))


def place_notes(here: LonLat | None, start: LonLat | None) -> list[str]:
    """Say how far a vehicle stands from its launch point, where that is farther than GNSS errs."""
    away_m = 0.0 if here is None or start is None else distance_m(here, start)
    if away_m <= _OFF_M:
        return []
    return [f"stands {away_m:.0f} m from its launch point, and others may launch from near there"]


def _check_lists(port: Port, load: VehicleLoad, times: Times) -> Steps[list[str]]:
    """Compare what it holds with the plan."""
    found = yield from read_vehicle(port, times, NullTransferObserver())
    if not found.known:
        return [found.reason]
    problems = []
    for kind in (MISSION, FENCE, RALLY):
        wrong = differences(
            load.items(kind), found.items(kind), kind=kind, autopilot=found.autopilot
        )
        broken = (
            broken_off_at(load.mission, found.mission, autopilot=found.autopilot)
            if kind == MISSION and wrong
            else None
        )
        if broken is not None:
            problems.append(broken_words(broken, len(load.mission)))
        elif wrong:
            problems.append(f"{KIND_NAMES[kind]} is not the planned one: {wrong[0]}")
    return problems


def broken_words(held: int, planned: int) -> str:
    """Say that a vehicle holds the beginning of its mission and something else."""
    return (
        f"{UPLOAD_BROKE_OFF}: it holds the first {held} of {planned} planned items and others"
        " after them: upload again"
    )


def margin_notes(needs: Needs) -> list[str]:
    """Say how far beside its line such a vehicle flies, where the plan holds less of it."""
    beside_m = strays_m(needs.kind, needs.autopilot, needs.speed_m_s)
    if needs.tracking_margin_m >= beside_m:
        return []
    held = "buffers of zones do not hold that"
    if needs.tracking_margin_m > 0:
        held = f"buffers hold {needs.tracking_margin_m:g} m of it"
    seen = f"flies up to {beside_m:g} m beside its line at {needs.speed_m_s:g} m/s"
    return [f"{seen}: {held}; flight.tracking_margin_m: {beside_m:g} adds it"]


def _check_camera(
    port: Port, load: VehicleLoad, checked: ParameterCheck, limits: Limits, times: Times
) -> Steps[tuple[list[str], list[str]]]:
    """Ask a camera that speaks MAVLink, and its gimbal; problems and notes."""
    needs, kind = load.needs, checked.held.get("CAM1_TYPE")
    if needs is None or needs.trigger == "none":
        return [], []
    relied_on = kind is not None and kind.value in _MAVLINK_CAMERAS
    if not relied_on and not any(part in CAMERA_PARTS for part in port.components):
        return [], []
    problems: list[str] = []
    notes: list[str] = []
    camera = yield from find_camera(port, times)
    photos = sum(planned_photos(load.mission, load.expected.start_lon_lat_deg)[-1:])
    if camera is not None:
        problems += room_problems(camera, photos)
        notes += room_notes(camera, photos)
    elif relied_on and kind is not None:
        silent = f"no camera answers, though CAM1_TYPE is {kind.value:g}: no photo may be taken"
        # of the older protocol a camera may trigger and say nothing
        firm = kind.value == _CAMERA_V2 and not limits.own_camera
        (problems if firm else notes).append(silent)
    gimbal = yield from find_gimbal(port, times)
    tilt = tilt_problem(gimbal, needs) if gimbal is not None else ""
    if tilt:
        problems.append(tilt)
    return problems, notes


def _judge(checked: ParameterCheck, limits: Limits, problems: list[str], notes: list[str]) -> None:
    """Turn what does not suit the plan into problems and notes."""
    if checked.reason:
        notes.append(checked.reason)
    for unfit in checked.unfit:
        if unfit.name in _CAMERA_PARAMS and limits.own_camera:
            continue
        (problems if unfit.blocks else notes).append(str(unfit))
