"""What is on the vehicles of a fleet, and where it differs from the plan."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mcpp.errors import Cancelled, LinkError
from mcpp.export.items import MissionItem
from mcpp.link.channel import Port
from mcpp.link.diff import Difference, differences
from mcpp.link.guard import autopilot_of, hear_vehicle
from mcpp.link.loop import LinkLoop, Steps
from mcpp.link.protocol import OnItem, Times, TransferError
from mcpp.link.read_back import download_items
from mcpp.link.transfer import NullTransferObserver, TransferObserver, serve_all
from mcpp.link.upload import VehicleLoad
from mcpp.link.words import FENCE, KIND_NAMES, MISSION, RALLY, describe_command
from mcpp.model import Autopilot


@dataclass(frozen=True, slots=True, kw_only=True)
class OnVehicle:
    """What one vehicle holds, or why that is not known.

    Attributes
    ----------
    missing
        Kinds of list that the vehicle does not know of.
    """

    uav: str
    autopilot: Autopilot = "generic"
    system_id: int | None = None
    mission: tuple[MissionItem, ...] = ()
    fence: tuple[MissionItem, ...] = ()
    rally: tuple[MissionItem, ...] = ()
    missing: tuple[int, ...] = ()
    reason: str = ""

    @property
    def known(self) -> bool:
        """Whether all was read."""
        return not self.reason

    def items(self, kind: int) -> tuple[MissionItem, ...]:
        """Give the list of a kind."""
        return {MISSION: self.mission, FENCE: self.fence, RALLY: self.rally}[kind]


def download_fleet(
    links: Mapping[str, str],
    system_ids: Mapping[str, int | None],
    *,
    times: Times | None = None,
    key: bytes | None = None,
    observer: TransferObserver | None = None,
    loop: LinkLoop | None = None,
) -> tuple[OnVehicle, ...]:
    """Read mission, fence and rally points of all vehicles at once; nothing is written.

    Parameters
    ----------
    links, system_ids
        Address, and system id or None, by UAV id.

    Returns
    -------
    tuple of OnVehicle
        One per link, in their order.
    """
    watcher = observer or NullTransferObserver()
    return serve_all(
        {uav: system_ids.get(uav) for uav in links},
        links,
        lambda port: read_vehicle(port, times or Times(), watcher),
        lambda uav, error: OnVehicle(uav=uav, reason=str(error)),
        observer=watcher,
        key=key,
        loop=loop,
    )


def read_vehicle(port: Port, times: Times, observer: TransferObserver) -> Steps[OnVehicle]:
    """Read the three lists of one vehicle."""
    lists: dict[int, tuple[MissionItem, ...]] = {}
    missing: list[int] = []
    autopilot: Autopilot = "generic"
    try:
        autopilot = autopilot_of((yield from hear_vehicle(port, times)))
        for kind in (MISSION, FENCE, RALLY):

            def tell(done: int, total: int, name: str = KIND_NAMES[kind]) -> None:
                observer.on_transfer(port.uav, name, done, total)

            found = yield from _read_list(port, kind, times, tell)
            lists[kind] = found or ()
            if found is None:
                missing.append(kind)
    except (LinkError, Cancelled) as error:
        return OnVehicle(uav=port.uav, system_id=port.system, reason=str(error))
    return OnVehicle(
        uav=port.uav,
        autopilot=autopilot,
        system_id=port.system,
        mission=lists[MISSION],
        fence=lists[FENCE],
        rally=lists[RALLY],
        missing=tuple(missing),
    )


def _read_list(
    port: Port, kind: int, times: Times, tell: OnItem
) -> Steps[tuple[MissionItem, ...] | None]:
    """Read one list, again if it breaks off; None where the vehicle does not know of such."""
    failure = TransferError(f"{KIND_NAMES[kind]}: not tried")
    for _ in range(times.attempts):
        try:
            return (yield from download_items(port, kind, times, tell))
        except TransferError as error:
            if error.final and kind != MISSION:
                return None
            failure = error
    raise failure


def compare_fleet(
    loads: Sequence[VehicleLoad], found: Sequence[OnVehicle]
) -> dict[str, tuple[Difference, ...]]:
    """Differences by UAV id between the plan and what was read; unread vehicles are left out."""
    by_uav = {vehicle.uav: vehicle for vehicle in found if vehicle.known}
    result: dict[str, tuple[Difference, ...]] = {}
    for load in loads:
        vehicle = by_uav.get(load.uav)
        if vehicle is not None:
            result[load.uav] = tuple(
                difference
                for kind in (MISSION, FENCE, RALLY)
                for difference in differences(
                    load.items(kind),
                    vehicle.items(kind),
                    kind=kind,
                    autopilot=vehicle.autopilot,
                )
            )
    return result


def items_value(items: Sequence[MissionItem]) -> list[dict[str, Any]]:
    """Write items as plain values for JSON; NaN, which JSON has not, becomes null."""
    return [
        {
            "command": item.command,
            "name": describe_command(item.command),
            "frame": item.frame,
            "params": [None if math.isnan(value) else value for value in item.params],
            "lat_deg": round(item.lat_deg, 7),
            "lon_deg": round(item.lon_deg, 7),
            "alt_m": round(item.alt_m, 3),
        }
        for item in items
    ]
