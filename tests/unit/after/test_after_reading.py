"""Headers of photos, logs and tables: what is read, and what is refused with a reason."""

import io
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import piexif
import pytest
from PIL import Image

from mcpp.after.clocks import against_events
from mcpp.after.logs import read_logs
from mcpp.after.photos import read_photo
from mcpp.after.positions import degrees, read_positions
from mcpp.after.reading import named_source, read_flown
from mcpp.after.shots import Log, Shot
from mcpp.after.xmp import xmp_entries
from mcpp.errors import InputError
from tests.flown import BEGIN_S, SIZE_PX, Click, clicks, surveyed, write_photos, xmp_packet
from tests.flown_logs import write_bin, write_tlog, write_ulog

CLICK = Click(uav=0, time_s=12.25, lon=-13.2, lat=8.466, height_m=60.0, yaw_deg=270.0)


@pytest.mark.parametrize("maker", ["dji", "parrot", "sony"])
def test_a_jpeg_tells_place_time_lens_and_attitude(tmp_path: Path, maker: str):
    folder = write_photos(tmp_path / "photos", [CLICK], maker=maker)
    shot = read_photo(folder / "DJI_0001.JPG", "photos")
    assert shot.lon_lat_deg == pytest.approx((CLICK.lon, CLICK.lat), abs=1e-7)
    assert shot.stamp_s == pytest.approx(BEGIN_S + 12.25, abs=0.01)
    assert shot.pitch_deg == pytest.approx(-90.0)
    assert shot.yaw_deg is not None
    assert shot.yaw_deg % 360 == pytest.approx(270.0)
    assert (shot.width_px, shot.height_px) == SIZE_PX
    assert shot.focal_mm == pytest.approx(8.8)
    assert shot.exposure_s == pytest.approx(0.001)
    if maker == "parrot":
        assert shot.above_launch_m is None
        assert shot.altitude_m == pytest.approx(460.0)
    else:
        assert shot.above_launch_m == pytest.approx(60.0)
    if maker == "dji":
        assert shot.speed_m_s == pytest.approx(5.0)


def test_a_gimbal_angle_in_the_names_of_pix4d_is_not_turned_over(tmp_path: Path):
    level = write_photos(tmp_path / "a", [replace(CLICK, pitch_deg=0.0)], maker="sony")
    assert read_photo(level / "DJI_0001.JPG", "a").pitch_deg == pytest.approx(0.0)
    # some makers write the gimbal's own -90 under the same name
    packet = xmp_packet(replace(CLICK, pitch_deg=-180.0), "sony").decode()
    assert ">-90.000<" in packet
    shots = write_photos(tmp_path / "b", [replace(CLICK, pitch_deg=-180.0)], maker="sony")
    assert read_photo(shots / "DJI_0001.JPG", "b").pitch_deg == pytest.approx(-90.0)


def test_a_camera_in_local_time_is_set_by_its_offset(tmp_path: Path):
    image = io.BytesIO()
    own = {
        piexif.ExifIFD.DateTimeOriginal: "2025:07:01 12:00:00",
        piexif.ExifIFD.OffsetTimeOriginal: "+02:00",
    }
    gps = {
        piexif.GPSIFD.GPSDateStamp: "2025:07:01",
        piexif.GPSIFD.GPSTimeStamp: ((10, 1), (0, 1), (5, 1)),
    }
    Image.new("RGB", (8, 8)).save(image, "JPEG", exif=piexif.dump({"Exif": own, "GPS": gps}))
    path = tmp_path / "a.jpg"
    path.write_bytes(image.getvalue())
    shot = read_photo(path, "a")
    assert shot.stamp_s is not None
    assert shot.gps_s is not None
    assert shot.gps_s - shot.stamp_s == pytest.approx(5.0)


def test_a_dng_tells_the_size_of_its_picture_not_of_its_preview(tmp_path: Path):
    path = tmp_path / "a.dng"
    packet = xmp_packet(CLICK, "dji")
    path.write_bytes(_dng(packet))
    shot = read_photo(path, "a")
    assert (shot.width_px, shot.height_px) == (5280, 3956)
    assert shot.pitch_deg == pytest.approx(-90.0)
    assert shot.lon_lat_deg == pytest.approx((-13.5, 8.5))


def _dng(packet: bytes) -> bytes:
    """A little-endian TIFF: a preview in front, the picture in a sub-directory, XMP, and GPS."""
    parts: list[bytes] = []
    at = 8 + 2 + 6 * 12 + 4

    def block(data: bytes) -> int:
        nonlocal at
        parts.append(data)
        at += len(data)
        return at - len(data)

    def entry(tag: int, kind: int, count: int, value: int) -> bytes:
        return struct.pack("<HHII", tag, kind, count, value)

    packet_at = block(packet)
    sub = struct.pack("<H", 2) + entry(256, 4, 1, 5280) + entry(257, 4, 1, 3956) + bytes(4)
    sub_at = block(sub)
    lat_at = block(struct.pack("<6I", 8, 1, 30, 1, 0, 1))
    lon_at = block(struct.pack("<6I", 13, 1, 30, 1, 0, 1))
    north, west = int.from_bytes(b"N\0\0\0", "little"), int.from_bytes(b"W\0\0\0", "little")
    gps = struct.pack("<H", 4) + entry(1, 2, 2, north) + entry(2, 5, 3, lat_at)
    gps += entry(3, 2, 2, west) + entry(4, 5, 3, lon_at) + bytes(4)
    gps_at = block(gps)
    head = struct.pack("<H", 6) + entry(256, 4, 1, 160) + entry(257, 4, 1, 120)
    head += entry(330, 4, 1, sub_at) + entry(700, 1, len(packet), packet_at)
    head += entry(34853, 4, 1, gps_at) + entry(254, 4, 1, 1) + bytes(4)
    return b"II*\0" + struct.pack("<I", 8) + head + b"".join(parts)


def test_files_that_can_not_be_used_are_counted_and_named(tmp_path: Path):
    folder = write_photos(tmp_path / "photos", [CLICK])
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "cut.jpg").write_bytes((folder / "DJI_0001.JPG").read_bytes()[:700])
    (folder / "notes.txt").write_text("windy", encoding="utf-8")
    (folder / "bad.ulg").write_bytes(b"ULog")
    (folder / "bad.bin").write_bytes(b"12345678")
    (folder / "bad.tlog").write_bytes(b"12345678" * 9)
    (folder / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    Image.new("RGB", (8, 8)).save(folder / "plain.jpg")
    flown = read_flown([folder, folder / "DJI_0001.JPG"])
    assert [shot.name for shot in flown.shots] == ["DJI_0001.JPG"]
    reasons = {one.name: one.reason for one in flown.unused}
    assert set(reasons) == {"empty.jpg", "cut.jpg", "notes.txt", "bad.ulg", "bad.bin", "bad.tlog",
                            "bad.csv", "plain.jpg"}  # fmt: skip
    assert "no EXIF" in reasons["plain.jpg"]
    assert "latitude" in reasons["bad.csv"]


def test_nothing_to_read_is_an_error_that_names_the_first_file(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("windy", encoding="utf-8")
    with pytest.raises(InputError, match=r"notes\.txt"):
        read_flown([tmp_path])
    with pytest.raises(InputError, match="no such file"):
        read_flown([tmp_path / "nowhere"])


def test_xmp_with_a_document_type_is_refused():
    with pytest.raises(InputError, match="document type"):
        xmp_entries(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(InputError, match="no XML"):
        xmp_entries(b"<a>")


def test_a_source_may_name_its_uav(tmp_path: Path):
    assert named_source(f"uav2={tmp_path}") == ("uav2", tmp_path)
    odd = tmp_path / "a=b"
    odd.mkdir()
    assert named_source(str(odd)) == (None, odd)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8 deg 27' 55.22\" N", 8.465339),
        ("13° 12' 0.92\" W", -13.200256),
        ("-13.2", -13.2),
        ("8,5", 8.5),
        ("north", None),
    ],
)
def test_degrees_in_a_table(text: str, value: float | None):
    assert degrees(text) == (None if value is None else pytest.approx(value, abs=1e-6))


def test_a_table_as_exiftool_prints_it(tmp_path: Path):
    path = tmp_path / "photos.csv"
    path.write_text(
        "SourceFile,FileName,DateTimeOriginal,GPSLatitude,GPSLongitude,AbsoluteAltitude,"
        "GimbalPitchDegree,FlightYawDegree\n"
        './a/1.JPG,1.JPG,2025:04:16 07:25:57,"8 deg 27\' 55.22"" N","13 deg 12\' 0.92"" W",'
        "+390.734,-80.00,-89.60\n"
        "./a/2.JPG,2.JPG,2025:04:16 07:25:59,,,+390.7,-80.00,-89.60\n",
        encoding="utf-8",
    )
    shots, bad = read_positions(path, "photos.csv")
    assert bad == 1
    (shot,) = shots
    assert shot.name == "1.JPG"
    assert shot.altitude_m == pytest.approx(390.734)
    assert shot.pitch_deg == pytest.approx(-80.0)
    assert shot.stamp_s == pytest.approx(1_744_788_357.0)


@pytest.mark.parametrize("kind", ["tlog", "bin", "ulg"])
def test_a_log_tells_way_photos_and_whose_it_is(tmp_path: Path, kind: str):
    plan = surveyed()
    mine = [click for click in clicks(plan) if click.uav == 1]
    writer = {"tlog": write_tlog, "bin": write_bin, "ulg": write_ulog}[kind]
    (log,) = read_logs(writer(tmp_path / f"flight.{kind}", plan, mine))
    assert log.system_id == 2
    assert log.utc
    assert len(log.shots) == len(mine)
    first = log.shots[0]
    assert first.lon_lat_deg == pytest.approx((mine[0].lon, mine[0].lat), abs=2e-7)
    assert first.above_launch_m == pytest.approx(mine[0].height_m, abs=0.01)
    assert first.stamp_s == pytest.approx(BEGIN_S + mine[0].time_s, abs=0.6)
    assert np.nanmax(log.above_launch_m) >= 60.0


def _log(times: np.ndarray) -> Log:
    shots = tuple(Shot(name=str(i), group="log", stamp_s=float(t)) for i, t in enumerate(times))
    empty = np.empty(0)
    return Log(name="log", kind="tlog", time_s=empty, lon_lat_deg=np.empty((0, 2)),
               altitude_m=empty, above_launch_m=empty, yaw_deg=empty, shots=shots)  # fmt: skip


def test_a_rhythm_sets_a_clock_and_an_even_one_does_not():
    rng = np.random.default_rng(3)
    times = 1.7e9 + np.cumsum(rng.uniform(2.0, 9.0, 60))
    shots = [Shot(name=str(i), group="g", stamp_s=float(t + 3600.2)) for i, t in enumerate(times)]
    found = against_events(shots[5:], _log(times))
    assert found is not None
    assert found.ahead_s == pytest.approx(3600.2, abs=0.05)
    even = 1.7e9 + 3.0 * np.arange(60)
    shots = [Shot(name=str(i), group="g", stamp_s=float(t)) for i, t in enumerate(even[5:40])]
    assert against_events(shots, _log(even)) is None


@pytest.mark.parametrize("kind", ["jpg", "dng", "tlog", "bin", "ulg", "csv"])
def test_wrong_bytes_cost_one_file_and_never_the_reading(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
):
    plan = surveyed()
    mine = [click for click in clicks(plan) if click.uav == 0][:5]
    path = tmp_path / f"a.{kind}"
    if kind == "jpg":
        path.write_bytes((write_photos(tmp_path / "p", mine[:1]) / "DJI_0001.JPG").read_bytes())
    elif kind == "dng":
        path.write_bytes(_dng(xmp_packet(CLICK, "dji")))
    elif kind == "csv":
        path.write_text("file,lat,lon\n1.jpg,40.1,22.1\n", encoding="utf-8")
    else:
        {"tlog": write_tlog, "bin": write_bin, "ulg": write_ulog}[kind](path, plan, mine)
    whole = path.read_bytes()[:60_000]
    good = write_photos(tmp_path / "good", mine[:1])
    rng = np.random.default_rng(11)
    for _ in range(12):
        data = np.frombuffer(whole, np.uint8).copy()
        places = rng.integers(0, min(len(data), 3000), 4)
        data[places] = rng.integers(0, 256, 4)
        path.write_bytes(data.tobytes())
        flown = read_flown([good, path])
        assert flown.shots[0].name == "DJI_0001.JPG"
        read = len(flown.shots) > 1 or bool(flown.logs)
        assert read or [one.name for one in flown.unused] == [path.name]
    assert capsys.readouterr().out == ""
