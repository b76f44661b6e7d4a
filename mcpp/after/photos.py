"""Headers of photo files: JPEG, DNG and TIFF, without their pixels."""

import logging
import math
import struct
from calendar import timegm
from pathlib import Path
from time import strptime
from typing import Any, BinaryIO

import exifread
from exifread.core.exceptions import ExifNotFound, InvalidExif

from mcpp.after.shots import Shot
from mcpp.after.xmp import pose_of, xmp_entries
from mcpp.errors import InputError

JPEG_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe"})
TIFF_SUFFIXES = frozenset({".dng", ".tif", ".tiff"})
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\x00"
_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MOST_SEGMENTS = 200

logging.getLogger("exifread").setLevel(logging.CRITICAL)  # what it can not read is told by us

Tags = dict[str, Any]


def read_photo(path: Path, group: str) -> Shot:
    """Read what one photo tells of itself.

    Raises
    ------
    InputError
        When it is no photo, or is broken before its headers end.
    """
    try:
        with path.open("rb") as file:
            jpeg = path.suffix.lower() in JPEG_SUFFIXES
            size, packet = _jpeg_headers(file) if jpeg else (None, None)
            file.seek(0)
            tags = exifread.process_file(file, details=not jpeg, extract_thumbnail=False)
    except OSError as error:
        msg = f"it can not be read: {error.strerror}"
        raise InputError(msg) from None
    except (
        ExifNotFound,
        InvalidExif,
        struct.error,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
    ) as error:
        msg = f"its headers are broken: {error}"
        raise InputError(msg) from None
    if jpeg and size is None:
        msg = "it ends before its pixels begin"
        raise InputError(msg)
    if not tags and not packet:
        msg = "it has no EXIF header" if jpeg else "it is no TIFF or DNG file"
        raise InputError(msg)
    if packet is None and "Image ApplicationNotes" in tags:
        packet = bytes(tags["Image ApplicationNotes"].values)
    return _shot(path.name, group, tags, size or _tiff_size(tags), packet)


def _jpeg_headers(file: BinaryIO) -> tuple[tuple[int, int] | None, bytes | None]:
    """Walk the segments of a JPEG up to its pixels: width and height, and the XMP packet."""
    if file.read(2) != b"\xff\xd8":
        msg = "it is no JPEG file"
        raise InputError(msg)
    packet = None
    for _ in range(_MOST_SEGMENTS):
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF:
            break
        marker, length = head[1], int.from_bytes(head[2:], "big")
        if marker in _SIZE_MARKERS:
            frame = file.read(5)
            return (int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[1:3], "big")), packet
        if marker == 0xDA or length < 2:
            break
        body = file.read(length - 2) if marker == 0xE1 else b""
        if body.startswith(_XMP_HEAD) and packet is None:
            packet = body[len(_XMP_HEAD) :]
        if marker != 0xE1:
            file.seek(length - 2, 1)
    return None, packet


def _tiff_size(tags: Tags) -> tuple[int, int] | None:
    """Largest image of the file: a DNG keeps a preview in front of the picture."""
    sizes = []
    for name, tag in tags.items():
        where, _, what = name.rpartition(" ")
        if what in {"ImageWidth", "ExifImageWidth"}:
            other = tags.get(
                f"{where} {'ImageLength' if what == 'ImageWidth' else 'ExifImageLength'}"
            )
            if other is not None:
                sizes.append((int(tag.values[0]), int(other.values[0])))
    return max(sizes, key=lambda size: size[0] * size[1]) if sizes else None


def _number(tags: Tags, name: str) -> float | None:
    tag = tags.get(name)
    if tag is None or not tag.values:
        return None
    try:
        value = float(tag.values[0])
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None


def _text(tags: Tags, *names: str) -> str:
    for name in names:
        if name in tags:
            text = str(tags[name].values).strip("\x00 ")
            if text:
                return text
    return ""


def _degrees(tags: Tags, name: str, negative: str) -> float | None:
    tag = tags.get(f"GPS {name}")
    if tag is None or len(tag.values) != 3:
        return None
    try:
        degrees, minutes, seconds = (float(part) for part in tag.values)
    except (TypeError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    return -value if _text(tags, f"GPS {name}Ref").upper().startswith(negative) else value


def _place(tags: Tags) -> tuple[float, float] | None:
    """Longitude and latitude; none where the receiver had no fix and left zeros."""
    lat, lon = _degrees(tags, "GPSLatitude", "S"), _degrees(tags, "GPSLongitude", "W")
    if lat is None or lon is None or not (abs(lat) <= 90 and abs(lon) <= 180):
        return None
    return None if (lat, lon) == (0.0, 0.0) else (lon, lat)


def _seconds(text: str) -> float | None:
    """Read ``2025:04:16 07:25:57`` as UTC."""
    try:
        return float(timegm(strptime(text[:19].replace("-", ":"), "%Y:%m:%d %H:%M:%S")))
    except (ValueError, OverflowError):
        return None


def _stamp_s(tags: Tags) -> float | None:
    whole = _seconds(_text(tags, "EXIF DateTimeOriginal", "Image DateTime"))
    if whole is None:
        return None
    part = _text(tags, "EXIF SubSecTimeOriginal", "EXIF SubSecTime")
    if part.isdigit():
        whole += int(part) / 10 ** len(part)
    offset = _text(tags, "EXIF OffsetTimeOriginal", "EXIF OffsetTime")
    if len(offset) == 6 and offset[0] in "+-" and offset[1:3].isdigit() and offset[4:].isdigit():
        seconds = int(offset[1:3]) * 3600 + int(offset[4:]) * 60
        whole -= seconds if offset[0] == "+" else -seconds
    return whole


def _gps_s(tags: Tags) -> float | None:
    date, clock = _text(tags, "GPS GPSDate"), tags.get("GPS GPSTimeStamp")
    day = _seconds(f"{date} 00:00:00") if date else None
    if day is None or clock is None or len(clock.values) != 3:
        return None
    try:
        hours, minutes, seconds = (float(part) for part in clock.values)
    except (TypeError, ZeroDivisionError):
        return None
    return day + 3600 * hours + 60 * minutes + seconds


def _altitude_m(tags: Tags) -> float | None:
    value = _number(tags, "GPS GPSAltitude")
    return -value if value is not None and _number(tags, "GPS GPSAltitudeRef") == 1 else value


def _shot(
    name: str, group: str, tags: Tags, size: tuple[int, int] | None, packet: bytes | None
) -> Shot:
    pose = pose_of(xmp_entries(packet)) if packet else {}
    fields = {
        "lon_lat_deg": _place(tags),
        "altitude_m": _altitude_m(tags),
        "stamp_s": _stamp_s(tags),
        "gps_s": _gps_s(tags),
        "yaw_deg": _number(tags, "GPS GPSImgDirection"),
        "exposure_s": _number(tags, "EXIF ExposureTime"),
        "make": _text(tags, "Image Make"),
        "model": _text(tags, "Image Model"),
        "serial": _text(tags, "EXIF BodySerialNumber", "Image CameraSerialNumber"),
        "focal_mm": _number(tags, "EXIF FocalLength"),
        "focal_35_mm": _number(tags, "EXIF FocalLengthIn35mmFilm"),
    }
    told = {key: value for key, value in fields.items() if value is not None and value != ""}
    if size is not None:
        told |= {"width_px": size[0], "height_px": size[1]}
    place = told.get("lon_lat_deg") or pose.pop("lon_lat_deg", None)
    return Shot(name=name, group=group, **{**told, **pose, "lon_lat_deg": place})
