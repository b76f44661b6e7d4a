"""Parameters of a fleet: read, held against the plan, set with read-back, kept and restored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mcpp.errors import Cancelled, LinkError
from mcpp.link.channel import Port
from mcpp.link.commands import Param, read_params, write_param
from mcpp.link.guard import Guards, autopilot_of, check_identity, hear_vehicle, is_armed, is_wing
from mcpp.link.loop import LinkLoop, Steps
from mcpp.link.needs import Needs
from mcpp.link.protocol import Times, wait_for
from mcpp.link.rules import Family, Unfit, Values
from mcpp.link.rules_ardupilot import COPTER_NAMES, COPTER_RULES, PLANE_NAMES, PLANE_RULES
from mcpp.link.rules_px4 import PX4_NAMES, PX4_RULES
from mcpp.link.transfer import NullTransferObserver, serve_all
from mcpp.link.upload import VehicleLoad
from mcpp.link.vehicle_motion import motion_from
from mcpp.model import Autopilot, AutopilotMotion

NAMES: Final = {"copter": COPTER_NAMES, "plane": PLANE_NAMES, "px4": PX4_NAMES}
"""Parameters that the rules of each family look at."""

_RULES: Final = {"copter": COPTER_RULES, "plane": PLANE_RULES, "px4": PX4_RULES}


def family_of(autopilot: Autopilot, *, wing: bool) -> Family | None:
    """Whose parameters a vehicle has; None for an autopilot that is not known."""
    if autopilot == "ardupilot":
        return "plane" if wing else "copter"
    return "px4" if autopilot == "px4" else None


def unfit_parameters(family: Family, values: Values, needs: Needs) -> tuple[Unfit, ...]:
    """Hold the parameters of one vehicle against its plan.

    Returns
    -------
    tuple of Unfit
        Those that end or spoil the flight first, then advice.
    """
    found = [unfit for rule in _RULES[family] for unfit in rule(values, needs)]
    return tuple(sorted(found, key=lambda unfit: not unfit.blocks))


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterCheck:
    """Parameters of one vehicle beside what its plan asks for.

    Attributes
    ----------
    held
        As read; empty where nothing could be read.
    unfit
        What does not suit the plan.
    motion
        How a multirotor moves by its parameters, where they were read.
    reason
        Why nothing could be read.
    """

    uav: str
    autopilot: Autopilot = "generic"
    system_id: int | None = None
    held: Mapping[str, Param]
    unfit: tuple[Unfit, ...] = ()
    motion: AutopilotMotion | None = None
    reason: str = ""

    def changes(self, given: Mapping[str, float] | None = None) -> dict[str, float]:
        """Values to write: what is wanted, and what the user gives for a name goes before it."""
        wanted = {u.name: u.wanted for u in self.unfit if u.wanted is not None} | dict(given or {})
        return {
            name: value
            for name, value in wanted.items()
            if name in self.held and self.held[name].value != value
        }


def read_vehicle_params(
    port: Port, load: VehicleLoad, times: Times, given: Sequence[str] = ()
) -> Steps[ParameterCheck]:
    """Read the parameters that matter to a load, and hold them against it."""
    heartbeat = port.heartbeat
    family = None
    if heartbeat is not None:
        family = family_of(autopilot_of(heartbeat), wing=is_wing(heartbeat))
    if heartbeat is None or family is None:
        return ParameterCheck(uav=load.uav, held={}, reason="its parameters are not known")
    held = yield from read_params(port, (*NAMES[family], *given), times)
    values = {name: param.value for name, param in held.items()}
    needs = load.needs or Needs(kind=load.expected.kind, fenced=bool(load.fence))
    return ParameterCheck(
        uav=load.uav,
        autopilot=autopilot_of(heartbeat),
        system_id=port.system,
        held=held,
        unfit=unfit_parameters(family, values, needs),
        motion=motion_from(family, values) if held else None,
        reason="" if held else "it tells no parameters",
    )


def check_parameters(
    loads: Sequence[VehicleLoad],
    links: Mapping[str, str],
    *,
    given: Sequence[str] = (),
    times: Times | None = None,
    key: bytes | None = None,
    loop: LinkLoop | None = None,
) -> tuple[ParameterCheck, ...]:
    """Read and judge the parameters of all vehicles at once; nothing is written.

    Parameters
    ----------
    links
        Address by UAV id.
    given
        Further parameters to read.
    """
    by_uav = {load.uav: load for load in loads}
    patience = times or Times()
    guards = Guards(start_within_m=None, disarmed=False)

    def steps(port: Port) -> Steps[ParameterCheck]:
        load = by_uav[port.uav]
        try:
            yield from check_identity(port, load.expected, guards, patience)
            return (yield from read_vehicle_params(port, load, patience, given))
        except (LinkError, Cancelled) as error:
            return ParameterCheck(uav=port.uav, held={}, reason=str(error))

    return serve_all(
        {load.uav: load.system_id for load in loads},
        links,
        steps,
        lambda uav, error: ParameterCheck(uav=uav, held={}, reason=str(error)),
        observer=NullTransferObserver(),
        key=key,
        loop=loop,
    )


def write_vehicle_params(
    port: Port, values: Mapping[str, Param], times: Times
) -> Steps[tuple[str, ...]]:
    """Write parameters to one vehicle, each read back.

    Returns
    -------
    tuple of str
        What went wrong; the first failure ends the writing.
    """
    yield from wait_for(port, lambda m: m.get_type() == "HEARTBEAT", times.reply_s)  # as it is now
    if port.heartbeat is not None and is_armed(port.heartbeat):
        return ("vehicle is armed: its parameters are left alone",)
    try:
        for name, param in values.items():
            yield from write_param(port, name, param.value, param.type, times)
    except (LinkError, Cancelled) as error:
        return (str(error),)
    return ()


def write_parameters(
    values: Mapping[str, Mapping[str, Param]],
    links: Mapping[str, str],
    system_ids: Mapping[str, int | None],
    *,
    times: Times | None = None,
    key: bytes | None = None,
    loop: LinkLoop | None = None,
) -> dict[str, tuple[str, ...]]:
    """Write parameters to all vehicles at once.

    Parameters
    ----------
    values
        Parameters by name, by UAV id.

    Returns
    -------
    dict
        What went wrong, by UAV id; nothing where all was written and read back.
    """
    patience = times or Times()

    def steps(port: Port) -> Steps[tuple[str, ...]]:
        try:
            yield from hear_vehicle(port, patience)
        except (LinkError, Cancelled) as error:
            return (str(error),)
        return (yield from write_vehicle_params(port, values[port.uav], patience))

    results = serve_all(
        {uav: system_ids.get(uav) for uav in values},
        links,
        steps,
        lambda _uav, error: (str(error),),
        observer=NullTransferObserver(),
        key=key,
        loop=loop,
    )
    return dict(zip(values, results, strict=True))
