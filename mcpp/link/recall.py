"""Calling a vehicle home along the planned way, and taking a new mission in the air."""

from collections.abc import Sequence
from typing import Final

from mcpp.errors import InfeasibleError, LinkError
from mcpp.export.items import Command, MissionItem
from mcpp.link.channel import Port
from mcpp.link.commands import send_command
from mcpp.link.diff import differences
from mcpp.link.guard import autopilot_of, find_position
from mcpp.link.loop import Steps
from mcpp.link.orders import check_flying, resume, set_mode
from mcpp.link.protocol import Times, TransferError, upload_items, wait_for
from mcpp.link.read_back import download_items
from mcpp.link.way_home import WayHome
from mcpp.link.wire import dialect
from mcpp.link.words import FENCE, MISSION, result_words

_OK: Final[int] = dialect.MAV_RESULT_ACCEPTED


def come_home(port: Port, times: Times, way: WayHome | None) -> Steps[str]:
    """Fly the planned way home, from where the vehicle is.

    It goes on with the return part of its mission where the straight way there is legal; else it
    holds, takes a short return mission, and flies that.

    Returns
    -------
    str
        What it does, in words.

    Raises
    ------
    LinkError
        When it is on the ground, or neither way can be flown; it holds then.
    """
    check_flying(port, "call back")
    if way is None:
        msg = "its planned way home is not known: the order rtl flies straight to the launch point"
        raise LinkError(msg)
    here = yield from find_position(port, times)
    yield from stop_photos(port, times)
    first = way.first_return if way.may_jump(here) else None
    if first is not None and (yield from jump_to(port, first, len(way.mission), times)):
        yield from resume(port, times)
        return "flies the return part of its mission"
    yield from set_mode(port, "hold", times)
    here = yield from find_position(port, times)
    try:
        items = way.items_from(here)
    except InfeasibleError as error:
        msg = f"holds: no legal way home ({error}); the order rtl flies straight"
        raise LinkError(msg) from error
    yield from take_mission(port, items, times)
    return f"flies a short return mission of {len(items)} items: upload its mission again later"


def take_mission(
    port: Port, items: Sequence[MissionItem], times: Times, *, first: int | None = None
) -> Steps[None]:
    """Give a vehicle in the air another mission while it holds, verify it, and have it flown.

    Parameters
    ----------
    first
        Item to begin with; None is the first that is flown.

    Raises
    ------
    LinkError
        When it does not hold the mission as given, or does not fly it; it holds then.
    """
    yield from hold_mission(port, items, times)
    yield from fly_mission(port, items, times, first=first)


def hold_mission(port: Port, items: Sequence[MissionItem], times: Times) -> Steps[None]:
    """Give a vehicle in the air another mission and verify it; it goes on holding.

    Raises
    ------
    LinkError
        When it does not hold the mission as given.
    """
    check_flying(port, "give another mission to")
    yield from set_mode(port, "hold", times)
    yield from _take_list(port, items, MISSION, times)


def fly_mission(
    port: Port,
    items: Sequence[MissionItem],
    times: Times,
    *,
    first: int | None = None,
    hold_s: float = 0.0,
) -> Steps[None]:
    """Have a vehicle that holds fly the mission that it has taken.

    Parameters
    ----------
    first
        Item to begin with; None is the first that is flown.
    hold_s
        How long it goes on holding: until the way is clear.

    Raises
    ------
    LinkError
        When it does not fly it; it holds then.
    """
    autopilot = "generic" if port.heartbeat is None else autopilot_of(port.heartbeat)
    yield from wait_for(port, lambda _: False, hold_s)
    begin = (1 if autopilot == "ardupilot" else 0) if first is None else first
    if not (yield from jump_to(port, begin, len(items), times)):
        raise LinkError(f"holds: it does not go to item {begin} of its new mission")
    yield from resume(port, times)


def take_fence(port: Port, items: Sequence[MissionItem], times: Times) -> Steps[None]:
    """Give a vehicle in the air another fence while it holds, and verify it.

    Raises
    ------
    LinkError
        When it does not hold the fence as given; it holds its position then.
    """
    check_flying(port, "give another fence to")
    yield from set_mode(port, "hold", times)
    yield from _take_list(port, items, FENCE, times)


def _take_list(port: Port, items: Sequence[MissionItem], kind: int, times: Times) -> Steps[None]:
    autopilot = "generic" if port.heartbeat is None else autopilot_of(port.heartbeat)
    failure = TransferError("not tried")
    for _ in range(times.attempts):
        try:
            yield from upload_items(port, items, kind, times, _nobody)
            found = yield from download_items(port, kind, times, _nobody)
        except TransferError as error:
            failure = error
            continue
        wrong = differences(items, found, kind=kind, autopilot=autopilot)
        if not wrong:
            return
        failure = TransferError(f"read back: {wrong[0]}")
    msg = f"holds: {failure}; the order rtl flies straight"
    raise LinkError(msg)


def _nobody(_done: int, _of: int) -> None:
    """Tell nobody of the transfer."""


def stop_photos(port: Port, times: Times) -> Steps[None]:
    """Stop the photos of the line that it leaves; a vehicle without a camera may refuse."""
    yield from send_command(port, int(Command.DO_SET_CAM_TRIGG_DIST), (0.0,), times=times)


def jump_to(port: Port, item: int, total: int, times: Times) -> Steps[bool]:
    """Have the vehicle go on with an item of its mission; whether it says that it does.

    Parameters
    ----------
    total
        Items of the mission that is meant: another number on the vehicle is another mission.
    """
    command = dialect.MAV_CMD_DO_SET_MISSION_CURRENT
    result = yield from send_command(port, command, (float(item),), times=times)
    for _ in range(times.retries + 1):
        if result != _OK:  # older firmware knows the message alone
            port.send(dialect.MAVLink_mission_set_current_message(*port.target, item))
        message = yield from wait_for(
            port, lambda m: m.get_type() == "MISSION_CURRENT" and m.seq >= item, times.reply_s
        )
        if message is not None:
            told = int(message.total)
            return told in (0, 65535, total, total - 1)
    return False


def straight_home(port: Port, times: Times) -> Steps[str]:
    """Have the autopilot return by itself: straight, whatever lies between.

    Raises
    ------
    LinkError
        When the vehicle is on the ground, or refuses both the command and the mode.
    """
    check_flying(port, "call back")
    command = dialect.MAV_CMD_NAV_RETURN_TO_LAUNCH
    result = yield from send_command(port, command, times=times)
    if result != _OK:
        try:
            yield from set_mode(port, "return", times)
        except LinkError as error:
            raise LinkError(f"{error} (the command: {result_words(result)})") from error
    return "flies straight home"
