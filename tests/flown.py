"""Flights of the simulated fleet, and the photos that they would leave.

The photos come from the simulation of the exported items, not from the plan; their headers are
written by piexif. Logs: `tests.flown_logs`.
"""

import io
import math
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import gmtime, strftime
from types import SimpleNamespace
from typing import Any

import numpy as np
import piexif
from PIL import Image
from shapely.geometry import box

from mcpp.api import recheck
from mcpp.export.items import flight_items, wire_items
from mcpp.flight.fly import fly
from mcpp.ground.frame import LocalFrame
from mcpp.link.sim_flight import GROUND_M, Flight
from mcpp.model import (
    NO_FIGURES,
    AreaPart,
    FlightSettings,
    Mission,
    Plan,
    Report,
    Route,
    Solution,
    Sortie,
    Uav,
)
from mcpp.problem.localize import frame_of, localize
from tests.strategies import ring_lon_lat_deg

CAMERA = "DJI Phantom 4 Pro"
SIZE_PX = (5472, 3648)
FOCAL_MM, FOCAL_35_MM = 8.8, 24
BEGIN_S = 1_760_000_000.0
"""When the flights begin, seconds since 1970."""
_DJI = "http://www.dji.com/drone-dji/1.0/"


@dataclass(frozen=True)
class Click:
    """One photo of the simulation."""

    uav: int
    time_s: float
    lon: float
    lat: float
    height_m: float
    yaw_deg: float
    pitch_deg: float = -90.0
    line: int = 0


def _lines(width_m: float, first_m: float, count: int, spacing_m: float) -> Route:
    """Parallel lines from west to east and back, joined by legs that survey nothing."""
    points = []
    for i in range(count):
        ends = [(2.0, first_m + i * spacing_m), (width_m - 2.0, first_m + i * spacing_m)]
        points += ends if i % 2 == 0 else ends[::-1]
    survey = [i % 2 == 0 for i in range(len(points) - 1)]
    return Route(uav=0, xy_m=np.array(points), survey=np.array(survey))


@cache
def surveyed(
    width_m: float = 420.0,
    lines: int = 5,
    uavs: int = 2,
    sidelap: float = 0.7,
    frontlap: float = 0.75,
) -> Plan:
    """A plan of a rectangle, photographed from 60 m on straight lines 27 m apart, 15 m steps."""
    spacing_m = 90.0 * (1 - sidelap)
    depth_m = spacing_m * lines * uavs
    ring = ring_lon_lat_deg(box(0, 0, width_m, depth_m))
    starts = ring_lon_lat_deg(box(10, 10, width_m - 10, depth_m - 10))
    mission = Mission(
        name="field",
        area=(AreaPart(outer_lon_lat_deg=ring),),
        uavs=tuple(
            Uav(id=f"uav{i + 1}", camera=CAMERA, system_id=i + 1, start_lon_lat_deg=starts[i % 4])
            for i in range(uavs)
        ),
        coverage_percent=96.0,
        flight=FlightSettings(height_m=60.0, sidelap=sidelap, frontlap=frontlap),
    )
    frame = frame_of(mission)
    problem = localize(mission, frame)
    corner = frame.to_m(np.array(ring)).min(axis=0)
    routes = []
    for i in range(uavs):
        own = _lines(width_m, spacing_m * (0.5 + lines * i), lines, spacing_m)
        routes.append(Route(uav=i, xy_m=own.xy_m + corner, survey=own.survey))
    solution = Solution(planner="by hand", routes=tuple(routes))
    return recheck(
        Plan(
            mission=mission,
            origin_lon_lat_deg=frame.origin_lon_lat_deg,
            problem=problem,
            solution=solution,
            sorties=fly(problem, solution),
            report=Report(uavs=(), fleet=NO_FIGURES),
            version="0",
        )
    )


def _track(finished: Plan, sortie: Sortie) -> list[Any]:
    items = wire_items(flight_items(finished, sortie))
    messages = [
        SimpleNamespace(
            command=item.command, frame=item.frame, z=item.alt_m,
            x=round(item.lat_deg * 1e7), y=round(item.lon_deg * 1e7),
            **{f"param{i}": value for i, value in enumerate(item.params, start=1)},
        )
        for item in items
    ]  # fmt: skip
    frame = LocalFrame(finished.origin_lon_lat_deg)
    lon, lat = frame.to_deg(sortie.xyz_m[0, :2])
    flight = Flight(home_lon_lat_deg=(float(lon), float(lat)), endurance_s=1e6)
    flight.load(messages, 0)
    flight.armed = True
    flight.change("mission")
    while flight.armed and flight.time_s < 7200:
        flight.advance(0.2)
    return list(flight.track)


@cache
def tracks(finished: Plan) -> tuple[tuple[Sortie, tuple[Any, ...]], ...]:
    return tuple((sortie, tuple(_track(finished, sortie))) for sortie in finished.sorties)


def clicks(finished: Plan) -> list[Click]:
    """Photos of all sorties: at once when the trigger starts, then by distance over ground."""
    frame = LocalFrame(finished.origin_lon_lat_deg)
    found: list[Click] = []
    for sortie, track in tracks(finished):
        step_m = finished.problem.vehicles[sortie.uav].trigger_distance_m
        assert step_m is not None
        xy = frame.to_m(np.array([(p.lon_deg, p.lat_deg) for p in track]))
        due: float | None = None
        line = 0
        for i in range(1, len(track)):
            if not track[i - 1].camera:
                line += due is not None
                due = None
                continue
            length = math.hypot(*(xy[i] - xy[i - 1]))
            due = 0.0 if due is None else due
            while due <= length:  # at once where the trigger starts, moved or not
                part = due / length if length else 0.0
                x, y = xy[i - 1] + part * (xy[i] - xy[i - 1])
                lon, lat = frame.to_deg((x, y))
                ahead = next(j for j in range(i, len(xy)) if np.any(xy[j] != xy[i - 1]))
                east, north = xy[ahead] - xy[i - 1]
                found.append(
                    Click(
                        uav=sortie.uav,
                        time_s=sortie.time_s[0] + _mix(track[i - 1].time_s, track[i].time_s, part),
                        lon=float(lon),
                        lat=float(lat),
                        height_m=_mix(track[i - 1].height_m, track[i].height_m, part),
                        yaw_deg=math.degrees(math.atan2(east, north)) % 360,
                        line=line,
                    )
                )
                due += step_m
            due -= length
    return found


def _mix(a: float, b: float, part: float) -> float:
    return float(a + part * (b - a))


def _dms(degrees: float) -> tuple[tuple[int, int], ...]:
    whole = abs(degrees)
    minutes = (whole % 1) * 60
    return ((int(whole), 1), (int(minutes), 1), (round((minutes % 1) * 60 * 1e6), 1_000_000))


@cache
def _blank(size_px: tuple[int, int]) -> bytes:
    """A JPEG whose frame header tells `size_px`, and whose pixels are no picture of that size."""
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, "JPEG")
    data = bytearray(buffer.getvalue())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", size_px[1], size_px[0])
    return bytes(data)


def xmp_packet(click: Click, maker: str) -> bytes:
    """Attitude and height in the form of a maker: dji, parrot, or sony (Pix4D's names)."""
    names = {
        "dji": {
            "GimbalPitchDegree": f"{click.pitch_deg:+.2f}",
            "GimbalYawDegree": f"{(click.yaw_deg + 180) % 360 - 180:+.2f}",
            "GimbalRollDegree": "+0.00",
            "RelativeAltitude": f"{click.height_m:+.2f}",
            "AbsoluteAltitude": f"{click.height_m + GROUND_M:+.2f}",
            "FlightXSpeed": "+3.00",
            "FlightYSpeed": "+4.00",
        },
        "parrot": {
            "CameraPitchDegree": f"{click.pitch_deg:.6f}",
            "CameraYawDegree": f"{click.yaw_deg:.6f}",
            "CameraRollDegree": "0.000000",
        },
        "sony": {
            "Pitch": f"{click.pitch_deg + 90:.3f}",
            "Yaw": f"{click.yaw_deg:.3f}",
            "Roll": "0",
            "AboveGroundAltitude": f"{round(click.height_m * 1000)}/1000",
        },
    }
    space = {
        "dji": _DJI,
        "parrot": "http://www.parrot.com/drone-parrot/1.0/",
        "sony": "http://pix4d.com/camera/1.0/",
    }[maker]
    head = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    )
    if maker == "dji":
        told = " ".join(f'm:{name}="{value}"' for name, value in names[maker].items())
        body = f'<rdf:Description xmlns:m="{space}" {told}/>'
    else:
        told = "".join(f"<m:{name}>{value}</m:{name}>" for name, value in names[maker].items())
        body = f'<rdf:Description xmlns:m="{space}">{told}</rdf:Description>'
    return f"{head}{body}</rdf:RDF></x:xmpmeta>".encode()


def exif_of(click: Click, *, place: bool = True, clock_s: float = 0.0) -> bytes:
    """An EXIF header as piexif writes it."""
    stamp = BEGIN_S + click.time_s + clock_s
    gps = {}
    if place:
        gps = {
            piexif.GPSIFD.GPSLatitudeRef: "N" if click.lat >= 0 else "S",
            piexif.GPSIFD.GPSLatitude: _dms(click.lat),
            piexif.GPSIFD.GPSLongitudeRef: "E" if click.lon >= 0 else "W",
            piexif.GPSIFD.GPSLongitude: _dms(click.lon),
            piexif.GPSIFD.GPSAltitudeRef: 0,
            piexif.GPSIFD.GPSAltitude: (round((click.height_m + GROUND_M) * 1000), 1000),
        }
    own = {
        piexif.ExifIFD.DateTimeOriginal: strftime("%Y:%m:%d %H:%M:%S", gmtime(stamp)),
        piexif.ExifIFD.SubSecTimeOriginal: f"{int(stamp % 1 * 100):02d}",
        piexif.ExifIFD.OffsetTimeOriginal: "+00:00",
        piexif.ExifIFD.ExposureTime: (1, 1000),
        piexif.ExifIFD.FocalLength: (round(FOCAL_MM * 10), 10),
        piexif.ExifIFD.FocalLengthIn35mmFilm: FOCAL_35_MM,
        piexif.ExifIFD.BodySerialNumber: f"SN{click.uav}",
    }
    image = {piexif.ImageIFD.Make: "DJI", piexif.ImageIFD.Model: "FC6310"}
    return bytes(piexif.dump({"0th": image, "Exif": own, "GPS": gps}))


def write_photos(
    folder: Path,
    taken: Iterable[Click],
    *,
    maker: str | None = "dji",
    place: bool = True,
    clock_s: float | Callable[[Click], float] = 0.0,
    by_uav: bool = False,
) -> Path:
    """Write a JPEG for each photo; all into one folder, or into one for each UAV."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, click in enumerate(taken, start=1):
        own = folder / f"uav{click.uav + 1}" if by_uav else folder
        own.mkdir(exist_ok=True)
        ahead = clock_s(click) if callable(clock_s) else clock_s
        data = io.BytesIO()
        piexif.insert(exif_of(click, place=place, clock_s=ahead), _blank(SIZE_PX), data)
        photo = data.getvalue()
        if maker is not None:
            packet = b"http://ns.adobe.com/xap/1.0/\x00" + xmp_packet(click, maker)
            segment = b"\xff\xe1" + struct.pack(">H", len(packet) + 2) + packet
            photo = photo[:2] + segment + photo[2:]
        (own / f"DJI_{number:04d}.JPG").write_bytes(photo)
    return folder


def without(taken: Iterable[Click], drop: Callable[[int, Click], bool]) -> list[Click]:
    return [click for i, click in enumerate(taken) if not drop(i, click)]


def changed(taken: Iterable[Click], which: Callable[[Click], bool], **changes: Any) -> list[Click]:
    return [replace(click, **changes) if which(click) else click for click in taken]
