"""Terrain data of a vehicle that flies heights above the ground: is it there, and is it the plan's.

Source: mavlink-devguide, `services/terrain`: TERRAIN_CHECK is answered by a TERRAIN_REPORT of that
place, with a spacing of 0 where the vehicle holds no data.
"""

from typing import Final

from mcpp.link.channel import Port
from mcpp.link.loop import Steps
from mcpp.link.needs import Needs
from mcpp.link.protocol import Times, wait_for
from mcpp.link.wire import Message, dialect

_NEAR: Final = 2  # of 1e-7 degrees


def check_terrain(port: Port, needs: Needs, times: Times) -> Steps[list[str]]:
    """Hold the vehicle's ground against the plan's at some waypoints; problems in words.

    Heights are compared from the launch point on: the zero of two terrain models need not agree.
    """
    reports: list[Message] = []
    for lon, lat, _ in needs.terrain_samples:
        report = yield from _ask(port, round(lat * 1e7), round(lon * 1e7), times)
        if report is None:
            return ["it does not tell its terrain data (TERRAIN_REPORT): set TERRAIN_ENABLE to 1"]
        if report.spacing == 0:
            loading = f", {report.pending} parts still loading" if report.pending else ""
            place = f"it has no terrain data at {lat:.5f}, {lon:.5f}{loading}"
            cure = "connect a ground station that serves it, or put it on its memory card"
            return [f"{place}: {cure}"]
        reports.append(report)
    if not reports:
        return []
    launch_m = reports[0].terrain_height - needs.terrain_samples[0][2]
    off = [
        (report.terrain_height - launch_m - ground_m, lon, lat)
        for report, (lon, lat, ground_m) in zip(reports, needs.terrain_samples, strict=True)
    ]
    worst_m, lon, lat = max(off, key=lambda each: abs(each[0]))
    if abs(worst_m) <= needs.terrain_tolerance_m:
        return []
    side = "higher" if worst_m > 0 else "lower"
    off_by = f"its terrain data is {abs(worst_m):.0f} m {side} than the plan's"
    allowed = f"{needs.terrain_tolerance_m:g} m are allowed (flight.terrain_tolerance_m)"
    return [f"{off_by} at {lat:.5f}, {lon:.5f}: {allowed}"]


def _ask(port: Port, lat: int, lon: int, times: Times) -> Steps[Message | None]:
    def here(message: Message) -> bool:
        return message.get_type() == "TERRAIN_REPORT" and bool(
            max(abs(message.lat - lat), abs(message.lon - lon)) <= _NEAR
        )

    for _ in range(times.retries + 1):
        port.send(dialect.MAVLink_terrain_check_message(lat, lon))
        message = yield from wait_for(port, here, times.reply_s / 3)
        if message is not None:
            return message
    return None
