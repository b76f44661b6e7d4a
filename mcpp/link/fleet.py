"""From a plan to what each vehicle is to hold, over which link."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mcpp.errors import InputError
from mcpp.export.items import fence_items, mission_items, rally_items, wire_items
from mcpp.flight.starts import file_wait_s, start_delay_s
from mcpp.ground.frame import LocalFrame
from mcpp.link.guard import Expected
from mcpp.link.needs import needs_of
from mcpp.link.transport import parse_address
from mcpp.link.upload import VehicleLoad
from mcpp.link.watch import Watched
from mcpp.link.way_home import way_home_of
from mcpp.model import Plan, Sortie

DEFAULT_LINK: Final = "udp:127.0.0.1:14550"
"""Where ground stations listen, and where simulated vehicles speak unless told otherwise."""


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """A link as the user gives it, ``ADDRESS`` or ``ADDRESS@SYSTEM``."""

    address: str
    system_id: int | None = None


def parse_choice(text: str) -> LinkChoice:
    """Read ``udp:127.0.0.1:14550`` or ``udp:127.0.0.1:14550@3``.

    Raises
    ------
    InputError
        When it is neither.
    """
    address, at, number = text.partition("@")
    parse_address(address)
    if not at:
        return LinkChoice(address)
    if not number.isdigit() or not 1 <= int(number) <= 255:
        msg = f"link {text!r}: system id {number!r} is not within 1 to 255"
        raise InputError(msg)
    return LinkChoice(address, int(number))


def fleet_links(
    plan: Plan, given: Mapping[str, str], *, common: str | None = None
) -> dict[str, LinkChoice]:
    """Settle the link and system id of each UAV of a plan.

    What is given for a UAV goes before the mission file, and that before the link `common` to all.
    Vehicles that share a link are told apart by system id: where none is given, it is the UAV's
    place in the fleet, counted from 1. On a link of its own, the vehicle that speaks is taken.

    Raises
    ------
    InputError
        For a UAV that the plan has not, or a system id that two on one link would have.
    """
    names = [uav.id for uav in plan.mission.uavs]
    for name in given:
        if name not in names:
            msg = f"--uav {name}: the plan has no such UAV; it has {', '.join(names)}"
            raise InputError(msg)
    choices = {
        uav.id: parse_choice(given.get(uav.id) or uav.link or common or DEFAULT_LINK)
        for uav in plan.mission.uavs
    }
    users = Counter(parse_address(choice.address) for choice in choices.values())
    result: dict[str, LinkChoice] = {}
    for place, uav in enumerate(plan.mission.uavs, start=1):
        choice = choices[uav.id]
        system = choice.system_id or uav.system_id
        if system is None and users[parse_address(choice.address)] > 1:
            system = place
        result[uav.id] = LinkChoice(choice.address, system)
    _check_told_apart(result)
    return result


def _check_told_apart(choices: Mapping[str, LinkChoice]) -> None:
    seen: dict[tuple[str, int | None], str] = {}
    for name, choice in choices.items():
        place = (str(parse_address(choice.address)), choice.system_id)
        if place in seen:
            msg = (
                f"{seen[place]} and {name} have link {place[0]} and system id {place[1]}:"
                f" give each its own, as in --uav {name}={place[0]}@2"
            )
            raise InputError(msg)
        seen[place] = name


def all_system_ids(choices: Mapping[str, LinkChoice]) -> dict[str, int]:
    """Settle a system id for each UAV: its place in the fleet, from 1, where none is chosen."""
    return {
        uav: choice.system_id or place for place, (uav, choice) in enumerate(choices.items(), 1)
    }


def sortie_of(plan: Plan, uav: int, number: int) -> Sortie | None:
    """Find a UAV's sortie by its number, counted from 1."""
    return next((s for s in plan.sorties if (s.uav, s.number) == (uav, number)), None)


def fleet_loads(
    plan: Plan, choices: Mapping[str, LinkChoice], *, sortie: int = 1
) -> tuple[VehicleLoad, ...]:
    """Make what each vehicle is to hold for one sortie; UAVs that have none are left out.

    Raises
    ------
    InputError
        When no UAV has a sortie of that number.
    ExportError
        When a UAV can not be fenced.
    """
    frame = LocalFrame(plan.origin_lon_lat_deg)
    loads = []
    for index, uav in enumerate(plan.mission.uavs):
        flown = sortie_of(plan, index, sortie)
        if flown is None:
            continue
        vehicle = plan.problem.vehicles[index]
        lon, lat = frame.to_deg(flown.home_m)
        mission = wire_items(mission_items(plan, flown))
        fence = wire_items(fence_items(plan, index))
        rally = wire_items(rally_items(plan, index))
        loads.append(
            VehicleLoad(
                uav=uav.id,
                mission=mission,
                fence=fence,
                rally=rally,
                needs=needs_of(plan, flown, mission, fenced=bool(fence), rally_points=len(rally)),
                way_home=way_home_of(plan, flown, mission),
                expected=Expected(
                    kind=vehicle.kind,
                    autopilot=vehicle.autopilot,
                    start_lon_lat_deg=(float(lon), float(lat)),
                ),
                system_id=choices[uav.id].system_id,
            )
        )
    if not loads:
        most = max((s.number for s in plan.sorties), default=0)
        msg = f"sortie {sortie}: no UAV has one; the plan has sorties 1 to {most}"
        raise InputError(msg)
    return tuple(loads)


def watched_fleet(
    plan: Plan,
    loads: Sequence[VehicleLoad],
    choices: Mapping[str, LinkChoice],
    *,
    sortie: int = 1,
) -> list[Watched]:
    """Describe the UAVs of `loads` to the watcher, with their planned times."""
    times_s = _times_s(plan, sortie)
    return [
        Watched(
            uav=load.uav,
            link=choices[load.uav].address,
            system_id=choices[load.uav].system_id,
            mission=load.mission,
            start_lon_lat_deg=load.expected.start_lon_lat_deg,
            planned_s=times_s[load.uav][1] - times_s[load.uav][0] + _waits_s(load),
            home_first=load.expected.autopilot == "ardupilot",
        )
        for load in loads
    ]


def _waits_s(load: VehicleLoad) -> float:
    """How long its mission waits on the ground, motors armed."""
    return load.needs.ground_wait_s if load.needs is not None else 0.0


def start_delays_s(plan: Plan, *, sortie: int = 1) -> dict[str, float]:
    """Seconds by UAV id from the first start of a sortie to each UAV's own.

    What the missions wait by themselves is not in it.
    """
    return {
        plan.mission.uavs[flown.uav].id: max(
            start_delay_s(plan, flown) - file_wait_s(plan, flown), 0.0
        )
        for flown in plan.sorties
        if flown.number == sortie
    }


def _times_s(plan: Plan, sortie: int) -> dict[str, tuple[float, float]]:
    """Start and end of each UAV's sortie of that number, in seconds of the mission."""
    return {
        plan.mission.uavs[flown.uav].id: (float(flown.time_s[0]), float(flown.time_s[-1]))
        for flown in plan.sorties
        if flown.number == sortie
    }
