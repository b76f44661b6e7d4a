"""ArduPilot's own logs (.bin): POS, and CAM or TRIG for photos."""

import math
from pathlib import Path
from typing import Any

from mcpp.after.shots import Log
from mcpp.after.track import TrackBuilder
from mcpp.errors import InputError

_HEAD = b"\xa3\x95"
_PHOTO_FIELDS = {
    "altitude_m": ("Alt",),
    "above_launch_m": ("RelAlt",),
    "body_pitch_deg": ("Pitch", "P"),  # shorter since Copter 4.2
    "body_roll_deg": ("Roll", "R"),
    "body_yaw_deg": ("Yaw", "Y"),
}


def _first(message: Any, *names: str) -> float:
    return next((float(v) for n in names if (v := getattr(message, n, None)) is not None), math.nan)


def read_dataflash(path: Path) -> Log:
    """Read a log of one vehicle.

    CAM is the camera's own feedback, TRIG the moment at which it was triggered; where the log has
    both, CAM goes first. Height above launch is POS.RelHomeAlt.

    Raises
    ------
    InputError
    """
    from pymavlink.DFReader import DFReader_binary

    with path.open("rb") as file:
        if file.read(2) != _HEAD:
            msg = "it is no ArduPilot log"
            raise InputError(msg)
    reader: Any = DFReader_binary.__new__(DFReader_binary)
    try:
        reader.__init__(str(path))
    except Exception as error:  # the reader raises what it likes on a broken log
        handle = getattr(reader, "filehandle", None)
        if handle is not None:  # and leaves its file open
            handle.close()
        msg = f"it is no readable ArduPilot log: {error}"
        raise InputError(msg) from None
    track = TrackBuilder(path.name, "ArduPilot log")
    photos: dict[str, list[tuple[float, tuple[float, float], dict[str, float]]]] = {}
    try:
        while (message := reader.recv_match(type=["POS", "CAM", "TRIG", "PARM"])) is not None:
            kind, time_s = message.get_type(), float(message._timestamp)  # noqa: SLF001
            if kind == "PARM":
                if message.Name in {"SYSID_THISMAV", "MAV_SYSID"}:
                    track.system_id = int(message.Value)
            elif kind == "POS":
                home = float(getattr(message, "RelHomeAlt", math.nan))
                track.add(time_s, message.Lng, message.Lat, altitude_m=message.Alt,
                          above_launch_m=home)  # fmt: skip
            else:
                told = {name: _first(message, *fields) for name, fields in _PHOTO_FIELDS.items()}
                photos.setdefault(kind, []).append((time_s, (message.Lng, message.Lat), told))
    except AttributeError as error:
        msg = f"its messages lack {error}"
        raise InputError(msg) from None
    finally:
        reader.close()
    for time_s, place, told in photos.get("CAM") or photos.get("TRIG") or []:
        track.photo(time_s, place, **told)
    return track.log()
