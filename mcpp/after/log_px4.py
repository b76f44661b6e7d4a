"""PX4's logs (.ulg): vehicle_global_position or the receiver, and camera_capture or the trigger."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from mcpp.after.shots import Log
from mcpp.after.track import TrackBuilder
from mcpp.errors import InputError
from mcpp.model import FloatArray

_TOPICS = [
    "vehicle_global_position",
    "vehicle_gps_position",
    "camera_capture",
    "camera_trigger",
    "home_position",
    "vehicle_attitude",
]


def read_ulog(path: Path) -> Log:
    """Read a log of one vehicle.

    Its clock counts from boot; what the receiver tells of UTC sets it, where it tells any.

    Raises
    ------
    InputError
    """
    from pyulog import ULog
    from pyulog.exceptions import ULogException

    try:
        with path.open("rb") as file:
            log = ULog(file, _TOPICS)
    except (ULogException, ValueError, IndexError, KeyError, TypeError) as error:
        msg = f"it is no readable PX4 log: {error}"
        raise InputError(msg) from None
    topics: dict[str, dict[str, Any]] = {}
    for data in log.data_list:
        topics.setdefault(data.name, data.data)
    if "vehicle_global_position" not in topics and "vehicle_gps_position" not in topics:
        msg = "it tells no position: neither vehicle_global_position nor vehicle_gps_position"
        raise InputError(msg)
    track = TrackBuilder(path.name, "PX4 log", _system_id(log.initial_parameters))
    shift_s = _utc_shift_s(topics)
    home_m = _home_m(topics)
    _add_positions(track, topics, shift_s, home_m)
    _add_photos(track, topics, shift_s, home_m)
    return replace(track.log(), broken=bool(log.file_corruption))


def _system_id(parameters: dict[str, Any]) -> int | None:
    value = parameters.get("MAV_SYS_ID")
    return None if value is None else int(value)


def _seconds(topic: dict[str, Any]) -> FloatArray:
    return np.asarray(topic["timestamp"], dtype=np.float64) / 1e6


def _utc_shift_s(topics: dict[str, dict[str, Any]]) -> float:
    """How far UTC is ahead of the time since boot; 0 where the log does not tell."""
    for name, field in (
        ("vehicle_gps_position", "time_utc_usec"),
        ("camera_capture", "timestamp_utc"),
    ):
        topic = topics.get(name)
        if topic is None or field not in topic:
            continue
        utc = np.asarray(topic[field], dtype=np.float64) / 1e6
        told = utc > 1e9
        if told.any():
            return float(np.median((utc - _seconds(topic))[told]))
    return 0.0


def _home_m(topics: dict[str, dict[str, Any]]) -> float:
    home = topics.get("home_position")
    if home is None or not len(home["alt"]):
        return math.nan
    return float(home["alt"][-1])


def _places(topic: dict[str, Any]) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Longitude, latitude in degrees and height in metres, whatever the version of the message."""
    if "latitude_deg" in topic:
        names, scales = ("longitude_deg", "latitude_deg", "altitude_msl_m"), (1.0, 1.0, 1.0)
    elif np.issubdtype(np.asarray(topic["lat"]).dtype, np.integer):
        names, scales = ("lon", "lat", "alt"), (1e-7, 1e-7, 1e-3)
    else:
        names, scales = ("lon", "lat", "alt"), (1.0, 1.0, 1.0)
    lon, lat, alt = (
        np.asarray(topic[name], dtype=np.float64) * scale
        for name, scale in zip(names, scales, strict=True)
    )
    return lon, lat, alt


def _add_positions(
    track: TrackBuilder, topics: dict[str, dict[str, Any]], shift_s: float, home_m: float
) -> None:
    topic = topics.get("vehicle_global_position") or topics["vehicle_gps_position"]
    columns = (_seconds(topic) + shift_s, *_places(topic))
    for time_s, lon, lat, alt in zip(*(column.tolist() for column in columns), strict=True):
        track.add(time_s, lon, lat, altitude_m=alt, above_launch_m=alt - home_m)


def _add_photos(
    track: TrackBuilder, topics: dict[str, dict[str, Any]], shift_s: float, home_m: float
) -> None:
    capture = topics.get("camera_capture")
    if capture is not None and len(capture["timestamp"]):
        results = np.asarray(capture.get("result", np.ones(len(capture["timestamp"]))))
        lon, lat, alt = _places(capture)
        for i, time_s in enumerate((_seconds(capture) + shift_s).tolist()):
            if results[i] == 1:
                place = (float(lon[i]), float(lat[i]))
                track.photo(time_s, place, altitude_m=float(alt[i]),
                            above_launch_m=float(alt[i]) - home_m)  # fmt: skip
        return
    trigger = topics.get("camera_trigger")
    if trigger is None:
        return
    feedback = np.asarray(trigger.get("feedback", np.zeros(len(trigger["timestamp"]))))
    for time_s, told_back in zip(_seconds(trigger) + shift_s, feedback, strict=True):
        if not told_back or feedback.all():
            track.photo(float(time_s), None)
