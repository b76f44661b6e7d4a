"""Logs that the flights of `tests.flown` would leave: .tlog, ArduPilot's .bin, PX4's ULog.

Written by pymavlink, and by writers made here from the descriptions of the formats.
"""

import io
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pymavlink.dialects.v20 import all as mavlink

from mcpp.link.sim_flight import GROUND_M
from mcpp.model import Plan
from tests.flown import BEGIN_S, Click, tracks


def write_tlog(path: Path, finished: Plan, taken: Iterable[Click], *, photos: bool = True) -> Path:
    """A .tlog of one vehicle or more: positions at 5 Hz, and CAMERA_FEEDBACK."""
    frames: list[tuple[float, bytes]] = []

    def add(time_s: float, system: int, message: Any) -> None:
        link = mavlink.MAVLink(None, srcSystem=system, srcComponent=1)
        frames.append((time_s, message.pack(link)))

    uavs = {click.uav for click in taken}
    for sortie, track in tracks(finished):
        if sortie.uav not in uavs:
            continue
        for point in track:
            time_s = BEGIN_S + float(sortie.time_s[0]) + point.time_s
            add(time_s, sortie.uav + 1, mavlink.MAVLink_global_position_int_message(
                round(point.time_s * 1000), round(point.lat_deg * 1e7), round(point.lon_deg * 1e7),
                round((point.height_m + GROUND_M) * 1000), round(point.height_m * 1000),
                0, 0, 0, 0xFFFF))  # fmt: skip
    for number, click in enumerate(taken if photos else ()):
        time_s = BEGIN_S + click.time_s
        add(time_s, click.uav + 1, mavlink.MAVLink_camera_feedback_message(
            round(time_s * 1e6), click.uav + 1, 0, number, round(click.lat * 1e7),
            round(click.lon * 1e7), click.height_m + GROUND_M, click.height_m,
            0.0, 0.0, click.yaw_deg, 0.0, 0, 0))  # fmt: skip
    frames.sort(key=lambda frame: frame[0])
    path.write_bytes(b"".join(struct.pack(">Q", round(t * 1e6)) + data for t, data in frames))
    return path


_BIN_FORMATS = (
    (128, "FMT", "BBnNZ", "Type,Length,Name,Format,Columns"),
    (64, "PARM", "QNff", "TimeUS,Name,Value,Default"),
    (130, "GPS", "QBBIHBcLLeffffB",
     "TimeUS,I,Status,GMS,GWk,NSats,HDop,Lat,Lng,Alt,Spd,GCrs,VZ,Yaw,U"),
    (131, "POS", "QLLfff", "TimeUS,Lat,Lng,Alt,RelHomeAlt,RelOriginAlt"),
    (132, "CAM", "QBHIHLLffffff", "TimeUS,I,Img,GPSTime,GPSWeek,Lat,Lng,Alt,RelAlt,GPSAlt,R,P,Y"),
)  # fmt: skip
_PACKED = {"Q": "Q", "B": "B", "n": "4s", "N": "16s", "Z": "64s", "f": "f", "L": "i", "I": "I",
           "H": "H", "c": "h", "e": "i"}  # fmt: skip
_GPS_EPOCH_S, _LEAP_S = 315_964_800, 18


def write_bin(path: Path, finished: Plan, taken: Iterable[Click]) -> Path:
    """A dataflash log of one vehicle in ArduPilot's own format, columns as its Copter 4.5 has."""
    rows: list[bytes] = []
    kinds = {name: (number, form) for number, name, form, _ in _BIN_FORMATS}

    def row(name: str, *values: Any) -> None:
        number, form = kinds[name]
        packed = struct.pack("<" + "".join(_PACKED[c] for c in form), *values)
        rows.append(bytes([0xA3, 0x95, number]) + packed)

    for number, name, form, columns in _BIN_FORMATS:
        size = 3 + struct.calcsize("<" + "".join(_PACKED[c] for c in form))
        row("FMT", number, size, name.encode(), form.encode(), columns.encode())
    taken = list(taken)
    uav = taken[0].uav
    row("PARM", 1, b"SYSID_THISMAV", float(uav + 1), 1.0)
    for sortie, track in tracks(finished):
        if sortie.uav != uav:
            continue
        begin = float(sortie.time_s[0])
        for point in track[::5]:
            gps = BEGIN_S + begin + point.time_s - _GPS_EPOCH_S + _LEAP_S
            boot = round((begin + point.time_s) * 1e6) + 1000
            lat, lon = round(point.lat_deg * 1e7), round(point.lon_deg * 1e7)
            week, alt = int(gps // 604_800), round((point.height_m + GROUND_M) * 100)
            row("GPS", boot, 0, 3, round(gps % 604_800 * 1000), week, 14, 80,
                lat, lon, alt, 5.0, 0.0, 0.0, 0.0, 1)  # fmt: skip
            row("POS", boot, lat, lon, point.height_m + GROUND_M, point.height_m, point.height_m)
    for number, click in enumerate(taken):
        gps = BEGIN_S + click.time_s - _GPS_EPOCH_S + _LEAP_S
        row("CAM", round(click.time_s * 1e6) + 1000, 0, number, round(gps % 604_800 * 1000),
            int(gps // 604_800), round(click.lat * 1e7), round(click.lon * 1e7),
            click.height_m + GROUND_M, click.height_m, click.height_m + GROUND_M,
            0.0, 0.0, click.yaw_deg)  # fmt: skip
    path.write_bytes(b"".join(rows))
    return path


_ULOG_TYPES = {"uint64_t": "Q", "double": "d", "float": "f", "uint32_t": "I", "int8_t": "b"}
_GPS_FIELDS = (
    "uint64_t timestamp;uint64_t time_utc_usec;double latitude_deg;double longitude_deg;"
    "double altitude_msl_m;"
)
_CAPTURE_FIELDS = (
    "uint64_t timestamp;uint64_t timestamp_utc;double lat;double lon;float alt;uint32_t seq;"
    "int8_t result;"
)
_ULOG_TOPICS: tuple[tuple[str, str], ...] = (
    ("vehicle_global_position", "uint64_t timestamp;double lat;double lon;float alt;"),
    ("home_position", "uint64_t timestamp;double lat;double lon;float alt;"),
    ("vehicle_gps_position", _GPS_FIELDS),
    ("camera_capture", _CAPTURE_FIELDS),
)


def write_ulog(path: Path, finished: Plan, taken: Iterable[Click]) -> Path:
    """A ULog of one vehicle, written from the description of the format."""
    out = io.BytesIO()
    out.write(b"\x55\x4c\x6f\x67\x01\x12\x35\x01" + struct.pack("<Q", 1000))

    def message(kind: str, body: bytes) -> None:
        out.write(struct.pack("<HB", len(body), ord(kind)) + body)

    message("B", bytes(40))
    for name, fields in _ULOG_TOPICS:
        message("F", f"{name}:{fields}".encode())
    taken = list(taken)
    key = b"int32_t MAV_SYS_ID"
    message("P", bytes([len(key)]) + key + struct.pack("<i", taken[0].uav + 1))
    for number, (name, _) in enumerate(_ULOG_TOPICS):
        message("A", struct.pack("<BH", 0, number) + name.encode())
    numbers = {name: i for i, (name, _) in enumerate(_ULOG_TOPICS)}

    def data(name: str, *values: Any) -> None:
        kinds = [part.split()[0] for part in _ULOG_TOPICS[numbers[name]][1].split(";") if part]
        packed = struct.pack("<" + "".join(_ULOG_TYPES[kind] for kind in kinds), *values)
        message("D", struct.pack("<H", numbers[name]) + packed)

    boot_s = 50.0
    rows: list[tuple[float, str, tuple[Any, ...]]] = []
    for sortie, track in tracks(finished):
        if sortie.uav != taken[0].uav:
            continue
        for point in track[::5]:
            at = float(sortie.time_s[0]) + point.time_s
            stamp, alt = round((boot_s + at) * 1e6), point.height_m + GROUND_M
            place = (point.lat_deg, point.lon_deg)
            if not rows:
                rows.append((at, "home_position", (stamp, *place, GROUND_M)))
            rows.append((at, "vehicle_global_position", (stamp, *place, alt)))
            utc = round((BEGIN_S + at) * 1e6)
            rows.append((at, "vehicle_gps_position", (stamp, utc, *place, alt)))
    for number, click in enumerate(taken):
        stamp = round((boot_s + click.time_s) * 1e6)
        utc = round((BEGIN_S + click.time_s) * 1e6)
        told = (stamp, utc, click.lat, click.lon, click.height_m + GROUND_M, number, 1)
        rows.append((click.time_s, "camera_capture", told))
    for _, name, values in sorted(rows, key=lambda one: one[0]):
        data(name, *values)
    path.write_bytes(out.getvalue())
    return path
