"""Attitude, heights and speed that makers put into the XMP packet of a photo.

The forms are DJI's ``drone-dji``, Parrot's ``drone-parrot``, and the ``Camera`` names of Pix4D,
which senseFly, Parrot, Autel and the geotaggers of Sony cameras write. An entry is an attribute or
an element. Packets are XML without a document type; one that declares any is refused, so that no
entity can be expanded.
"""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from mcpp.errors import InputError

_PIX4D = "pix4d.com/camera"
_NADIR_LIMIT_DEG = -45.0


def xmp_entries(packet: bytes) -> dict[str, str]:
    """Read the simple entries of a packet by local name; those of Pix4D as ``Camera:Name``.

    Raises
    ------
    InputError
        When it is no XML, or declares a document type.
    """
    text = packet.strip(b"\x00 \r\n\t")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        msg = "its XMP packet declares a document type"
        raise InputError(msg)
    try:
        root = ET.fromstring(text)  # no document type: nothing can be expanded
    except (ET.ParseError, ValueError) as error:
        msg = f"its XMP packet is no XML: {error}"
        raise InputError(msg) from None
    return dict(_pairs(root))


def _pairs(root: ET.Element) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        for name, value in element.attrib.items():
            yield _short(name), value.strip()
        if element.text and element.text.strip():
            yield _short(element.tag), element.text.strip()


def _short(name: str) -> str:
    namespace, _, local = name.rpartition("}")
    return f"Camera:{local}" if _PIX4D in namespace.lower() else local


def number(text: str | None) -> float | None:
    """Read a number or a fraction, as in ``+12.5`` or ``125/10``; None where it is neither."""
    if text is None:
        return None
    above, slash, below = text.partition("/")
    try:
        value = float(above) / float(below) if slash else float(above)
    except (ValueError, ZeroDivisionError):
        return None
    return value if abs(value) < 1e9 else None


def _first(entries: dict[str, str], *names: str) -> float | None:
    return next((v for name in names if (v := number(entries.get(name))) is not None), None)


def _pitch_deg(entries: dict[str, str]) -> float | None:
    """Pitch with -90 straight down.

    Pix4D counts from straight down, 90 being the horizon ahead; but some Parrot and Autel write the
    gimbal's own -90 there. More than 45 degrees astern no survey looks, so that a value down there
    is the gimbal's.
    """
    own = _first(entries, "GimbalPitchDegree", "CameraPitchDegree")
    if own is not None:
        return own
    from_nadir = _first(entries, "Camera:Pitch")
    if from_nadir is None or from_nadir <= _NADIR_LIMIT_DEG:
        return from_nadir
    return from_nadir - 90.0


def pose_of(entries: dict[str, str]) -> dict[str, Any]:
    """Fields of a `Shot` that the entries of a packet give."""
    body = [
        _first(entries, f"Flight{axis}Degree", f"Drone{axis}Degree")
        for axis in ("Pitch", "Roll", "Yaw")
    ]
    speeds = [_first(entries, f"Flight{axis}Speed") for axis in "XY"]
    found: dict[str, Any] = {
        "pitch_deg": _pitch_deg(entries),
        "yaw_deg": _first(entries, "GimbalYawDegree", "CameraYawDegree", "Camera:Yaw"),
        "roll_deg": _first(entries, "GimbalRollDegree", "CameraRollDegree", "Camera:Roll"),
        "above_launch_m": _first(entries, "RelativeAltitude", "Camera:AboveGroundAltitude"),
        "altitude_m": _first(entries, "AbsoluteAltitude"),
        "body_deg": tuple(body) if None not in body else None,
        "serial": entries.get("DroneSerialNumber", ""),
    }
    east, north = speeds
    if east is not None and north is not None:
        found["speed_m_s"] = (east**2 + north**2) ** 0.5
    lat, lon = _first(entries, "GpsLatitude"), _first(entries, "GpsLongitude", "GpsLongtitude")
    if lat is not None and lon is not None and (lat, lon) != (0.0, 0.0):
        found["lon_lat_deg"] = (lon, lat)
    return {name: value for name, value in found.items() if value not in (None, "")}
