"""Where each UAV launches and lands, and how that came, as words for tables."""

import numpy as np

from mcpp.ground.frame import LocalFrame
from mcpp.model import FloatArray, Plan, Uav

LAUNCH_HEAD = ("Launch point", "Landing point", "How chosen")
_SAME_M = 0.2


def any_moved(plan: Plan) -> bool:
    """Whether mcpp moved the launch or landing point of a UAV to a spot of its own."""
    return any(
        uav.given_start_lon_lat_deg or uav.given_landing_lon_lat_deg for uav in plan.mission.uavs
    )


def launch_rows(plan: Plan) -> list[tuple[int, tuple[str, str, str]]]:
    """List, for each UAV that flies, latitude and longitude of both, and how they were chosen."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    first = {sortie.uav: sortie for sortie in reversed(plan.sorties)}
    rows = []
    for i, uav in enumerate(plan.mission.uavs):
        if i in first:
            start_m, end_m = first[i].home_m, first[i].xyz_m[-1, :2]
            same = float(np.hypot(*(end_m - start_m))) <= _SAME_M
            end = "the same" if same else _place(frame, end_m)
            rows.append((i, (_place(frame, start_m), end, _how(uav, frame))))
    return rows


def spot_words(plan: Plan, uav: int) -> str:
    """Tell the crew where to set a UAV whose points were moved; "" for another."""
    one = plan.mission.uavs[uav]
    rows = dict(launch_rows(plan))
    if uav not in rows or not (one.given_start_lon_lat_deg or one.given_landing_lon_lat_deg):
        return ""
    start, end, how = rows[uav]
    return (
        f"It has spots of its own ({how} from what was given; latitude, longitude): launch at "
        f"{start}, landing {'there' if end == 'the same' else f'at {end}'}."
    )


def _place(frame: LocalFrame, at_m: FloatArray) -> str:
    lon, lat = frame.to_deg(at_m)
    return f"{float(lat):.6f}, {float(lon):.6f}"


def _how(uav: Uav, frame: LocalFrame) -> str:
    if uav.start_lon_lat_deg is None:
        return "chosen by mcpp"
    moved = [
        f"{what} moved {float(np.hypot(*(frame.to_m(at) - frame.to_m(given)))):.1f} m"
        for what, at, given in (
            ("launch", uav.start_lon_lat_deg, uav.given_start_lon_lat_deg),
            ("landing", uav.landing_lon_lat_deg, uav.given_landing_lon_lat_deg),
        )
        if at is not None and given is not None
    ]
    return ", ".join(moved) or "given"
