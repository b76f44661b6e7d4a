"""Verified upload of mission, fence and rally points to a whole fleet at once.

Fence and rally points go first, so that a mission is only ever complete together with its fence.
"Done" is said only when all three were read back and are what was planned.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mcpp.errors import Cancelled, LinkError
from mcpp.export.items import MissionItem
from mcpp.link.channel import Port
from mcpp.link.diff import differences
from mcpp.link.guard import Expected, Guards, check_identity
from mcpp.link.loop import LinkLoop, Steps
from mcpp.link.needs import Needs
from mcpp.link.protocol import (
    Times,
    TransferError,
    send_cancel,
    upload_items,
)
from mcpp.link.read_back import download_items
from mcpp.link.settle import DEAD_AFTER_S, Writing, rest_words, settle
from mcpp.link.stations import others_words
from mcpp.link.transfer import NullTransferObserver, TransferObserver, serve_all
from mcpp.link.way_home import WayHome
from mcpp.link.words import FENCE, KIND_NAMES, MISSION, RALLY
from mcpp.model import Autopilot

State = Literal["verified", "failed", "cancelled"]
_ORDER: Final = (FENCE, RALLY, MISSION)


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleLoad:
    """What one vehicle is to hold, and which vehicle that is.

    Attributes
    ----------
    mission
        Items in order; for ArduPilot with the home item in front.
    fence, rally
        Empty lists empty the vehicle's.
    system_id
        None takes the one vehicle that speaks on the link.
    needs
        What the flight asks of the vehicle's parameters, where that is known.
    way_home
        How it comes home legally, where that is known.
    """

    uav: str
    mission: tuple[MissionItem, ...]
    fence: tuple[MissionItem, ...] = ()
    rally: tuple[MissionItem, ...] = ()
    expected: Expected
    system_id: int | None = None
    needs: Needs | None = None
    way_home: WayHome | None = None

    def items(self, kind: int) -> tuple[MissionItem, ...]:
        """Give the list of a kind."""
        return {MISSION: self.mission, FENCE: self.fence, RALLY: self.rally}[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadResult:
    """How the upload to one vehicle ended.

    Attributes
    ----------
    reason
        Why it failed: item and cause in words.
    holds
        What the vehicle holds now.
    item
        Index of the item it broke at.
    """

    uav: str
    state: State
    items: int = 0
    reason: str = ""
    holds: str = ""
    item: int | None = None

    @property
    def verified(self) -> bool:
        """All was read back and is as planned."""
        return self.state == "verified"

    def __str__(self) -> str:
        if self.verified:
            return f"{self.uav}: {self.items} items uploaded, read back and found as planned"
        return f"{self.uav}: {self.state}: {self.reason}; {self.holds}"


@dataclass(slots=True)
class _Progress:
    """Turns the items of a stage into those of the whole upload of a vehicle."""

    uav: str
    observer: TransferObserver
    total: int
    before: int = 0
    stage: str = ""

    def begin(self, stage: str, before: int) -> None:
        self.stage, self.before = stage, before
        self.on_item(0, 0)

    def on_item(self, done: int, of: int) -> None:
        del of
        self.observer.on_transfer(
            self.uav, self.stage, min(self.before + done, self.total), self.total
        )


def upload_fleet(
    loads: Sequence[VehicleLoad],
    links: Mapping[str, str],
    *,
    guards: Guards | None = None,
    times: Times | None = None,
    key: bytes | None = None,
    observer: TransferObserver | None = None,
    loop: LinkLoop | None = None,
) -> tuple[UploadResult, ...]:
    """Upload to all vehicles at once, read everything back and compare.

    A failure on one vehicle does not stop the others.

    Parameters
    ----------
    links
        Address by UAV id; several vehicles may share one if each has a system id.
    key
        32 bytes for MAVLink 2 signing.
    loop
        Open links to use; a new loop is opened and closed otherwise.

    Returns
    -------
    tuple of UploadResult
        One per load, in their order.
    """
    watcher = observer or NullTransferObserver()
    by_uav = {load.uav: load for load in loads}

    def steps(port: Port) -> Steps[UploadResult]:
        return upload_vehicle(port, by_uav[port.uav], guards or Guards(), times or Times(), watcher)

    return serve_all(
        {load.uav: load.system_id for load in loads},
        links,
        steps,
        _untouched,
        observer=watcher,
        key=key,
        loop=loop,
    )


def upload_vehicle(
    port: Port, load: VehicleLoad, guards: Guards, times: Times, observer: TransferObserver
) -> Steps[UploadResult]:
    """Check the vehicle, write and verify its three lists, and leave a clear state behind."""
    total = 2 * sum(len(load.items(kind)) for kind in _ORDER)
    progress = _Progress(load.uav, observer, total)
    writing = Writing()
    autopilot: Autopilot = "generic"
    try:
        progress.begin("looking for the vehicle", 0)
        autopilot = yield from check_identity(port, load.expected, guards, times)
        before = 0
        for kind in _ORDER:
            items = load.items(kind)
            writing.kind, writing.begun, writing.sent, writing.confirmed = kind, False, False, False
            yield from _write_verified(port, items, autopilot, times, progress, writing, before)
            writing.done.append(kind)
            before += 2 * len(items)
    except (LinkError, Cancelled) as error:
        return (yield from _give_up(port, load, error, autopilot, times, writing))
    progress.begin("verified", total)
    return UploadResult(uav=load.uav, state="verified", items=total // 2)


def _write_verified(
    port: Port,
    items: Sequence[MissionItem],
    autopilot: Autopilot,
    times: Times,
    progress: _Progress,
    writing: Writing,
    before: int,
) -> Steps[None]:
    kind, name = writing.kind, KIND_NAMES[writing.kind]
    if not items and (yield from _has_none(port, kind, times)):
        return
    failure = TransferError(f"{name}: not tried")
    for _ in range(times.attempts):
        try:
            writing.begun, writing.sent, writing.confirmed = True, False, False
            progress.begin(name, before)
            writing.confirmed = yield from upload_items(port, items, kind, times, progress.on_item)
            writing.sent = True
            progress.begin(f"{name} read-back", before + len(items))
            found = yield from download_items(port, kind, times, progress.on_item)
        except TransferError as error:
            failure = error
            if error.final:
                raise
        else:
            wrong = differences(items, found, kind=kind, autopilot=autopilot)
            if not wrong:
                return
            more = f" (and {len(wrong) - 1} more differences)" if len(wrong) > 1 else ""
            reason = f"read back: {wrong[0]}{more}{others_words(port)}"
            failure = TransferError(reason, item=wrong[0].item)
        if port.now() - port.heard_s > DEAD_AFTER_S:
            break
    raise failure


def _has_none(port: Port, kind: int, times: Times) -> Steps[bool]:
    """Whether the vehicle holds no such list, or knows of none: nothing to empty."""
    try:
        found = yield from download_items(port, kind, times, lambda _done, _of: None)
    except TransferError as error:
        if error.final:
            return True
        raise
    return not found


def _give_up(
    port: Port,
    load: VehicleLoad,
    error: LinkError | Cancelled,
    autopilot: Autopilot,
    times: Times,
    writing: Writing,
) -> Steps[UploadResult]:
    """Leave the vehicle in a clear state, and say which."""
    silent_s = port.now() - port.heard_s
    reason = str(error)
    if DEAD_AFTER_S < silent_s < math.inf:
        reason += f" (link lost: nothing heard for {silent_s:.0f} s)"
    if not writing.begun:
        holds = "nothing was written to it" if not writing.done else rest_words(writing, "")
    else:
        send_cancel(port, writing.kind)
        holds = yield from settle(port, autopilot, times, writing, dead=silent_s > DEAD_AFTER_S)
    return UploadResult(
        uav=load.uav,
        state="cancelled" if isinstance(error, Cancelled) else "failed",
        reason=reason,
        holds=holds,
        item=getattr(error, "item", None),
    )


def _untouched(uav: str, error: LinkError) -> UploadResult:
    return UploadResult(
        uav=uav, state="failed", reason=str(error), holds="nothing was written to it"
    )
