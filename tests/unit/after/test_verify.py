"""Photos and logs of a simulated flight, held against its plan."""

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
from click.testing import CliRunner
from rasterio import Affine
from shapely.geometry import Polygon

from mcpp.after.output import gaps_geojson, verification_json
from mcpp.after.page import verification_html
from mcpp.after.result import Verification
from mcpp.after.setting import Wishes
from mcpp.after.verify import verify
from mcpp.cli.main import cli
from mcpp.errors import InputError
from mcpp.io.plan import plan_to_json
from mcpp.link.sim_flight import GROUND_M
from tests.flown import CAMERA, Click, changed, clicks, surveyed, without, write_photos
from tests.flown_logs import write_bin, write_tlog, write_ulog

PLAN = surveyed()
CLICKS = clicks(PLAN)


def _photos(tmp_path: Path, taken: list[Click], **how) -> Verification:
    return verify(PLAN, [write_photos(tmp_path / "photos", taken, **how)])


def _codes(found: Verification, uav: str | None = None) -> set[str]:
    return {f.code for f in found.findings if uav is None or f.uav == uav}


def _as_planned(found: Verification) -> None:
    assert found.complete
    assert not found.gaps
    assert found.fleet.missing == 0
    assert found.views.mean == pytest.approx(found.views.planned_mean, rel=0.01)
    assert found.views.median == found.views.planned_median


@pytest.mark.parametrize("maker", ["dji", "parrot", "sony", None])
def test_photos_of_a_whole_flight_give_back_the_planned_views(tmp_path: Path, maker: str | None):
    found = _photos(tmp_path, CLICKS, maker=maker)
    _as_planned(found)
    assert found.fleet.photos == len(CLICKS) == found.fleet.planned
    assert found.fleet.frontlap is not None
    assert found.fleet.frontlap.median == pytest.approx(0.75, abs=0.005)
    assert found.fleet.sidelap is not None
    assert found.fleet.sidelap.median == pytest.approx(0.70, abs=0.005)
    assert found.fleet.off_line_m is not None
    assert found.fleet.off_line_m.worst_5_percent < 0.1
    assert ("height-unknown" in _codes(found)) == (maker in {"parrot", None})


def test_logs_of_three_kinds_give_back_the_planned_views(tmp_path: Path):
    first = [click for click in CLICKS if click.uav == 0]
    second = [click for click in CLICKS if click.uav == 1]
    _as_planned(verify(PLAN, [write_tlog(tmp_path / "both.tlog", PLAN, CLICKS)]))
    one, two = tmp_path / "1.bin", tmp_path / "2.ulg"
    _as_planned(verify(PLAN, [write_bin(one, PLAN, first), write_ulog(two, PLAN, second)]))


def test_receivers_without_corrections_make_no_gaps(tmp_path: Path):
    rng = np.random.default_rng(7)
    shaken = [
        replace(click, lon=click.lon + e / 84_000, lat=click.lat + n / 111_000,
                height_m=click.height_m + h, yaw_deg=click.yaw_deg + y)
        for click, (e, n, h, y) in zip(
            CLICKS, rng.normal(0, (1.5, 1.5, 1.5, 2.0), (len(CLICKS), 4)), strict=True)
    ]  # fmt: skip
    found = _photos(tmp_path, shaken)
    assert found.complete
    assert found.fleet.missing == 0
    assert not _codes(found)


def test_photos_lost_here_and_there_are_counted_line_by_line(tmp_path: Path):
    lost = set(random.Random(5).sample(range(len(CLICKS)), len(CLICKS) // 20))
    found = _photos(tmp_path, without(CLICKS, lambda i, _: i in lost))
    assert found.fleet.missing == len(lost)
    assert sum(line.missing for line in found.lines) == len(lost)
    for i, uav in enumerate(found.uavs):
        assert uav.missing == sum(CLICKS[k].uav == i for k in lost)
    assert "photos-missing" in _codes(found)
    assert not found.complete


def test_a_line_left_out_is_named(tmp_path: Path):
    found = _photos(tmp_path, without(CLICKS, lambda _, c: c.uav == 0 and c.line == 2))
    (line,) = found.lines
    assert (line.uav, line.line, line.missing) == ("uav1", 3, line.planned)
    assert found.uavs[0].lines_left_out == 1
    assert "line-left-out" in _codes(found, "uav1")
    assert not found.complete
    frame_gap = Polygon(found.gaps[0].ring_lon_lat_deg)
    assert frame_gap.is_valid
    assert found.gaps_m2 > 10_000


def test_a_uav_that_stops_half_way_is_named_with_what_is_missing(tmp_path: Path):
    second = [click for click in CLICKS if click.uav == 1]
    half = second[len(second) // 2].time_s
    found = _photos(tmp_path, without(CLICKS, lambda _, c: c.uav == 1 and c.time_s >= half))
    stopped = next(f for f in found.findings if f.code == "stopped")
    assert stopped.uav == "uav2"
    assert "before line 4 of 5" in stopped.message
    assert stopped.amount_m == pytest.approx(2 * 416.0, abs=1.0)
    assert found.uavs[1].missing == len(second) // 2
    assert found.uavs[0].missing == 0


def test_a_uav_that_never_flew_is_named(tmp_path: Path):
    found = _photos(tmp_path, without(CLICKS, lambda _, c: c.uav == 1))
    assert "not-flown" in _codes(found, "uav2")
    assert "not-flown" not in _codes(found, "uav1")


def test_a_gimbal_stuck_forward_does_not_count(tmp_path: Path):
    found = _photos(tmp_path, changed(CLICKS, lambda c: c.uav == 0, pitch_deg=-15.0))
    assert found.uavs[0].tilted == found.uavs[0].photos == found.uavs[0].missing
    assert found.uavs[1].tilted == found.uavs[1].missing == 0
    message = next(f.message for f in found.findings if f.code == "gimbal")
    assert "look 75 degrees away" in message
    assert not found.complete


@pytest.mark.parametrize(("height_m", "code"), [(80.0, "too-coarse"), (40.0, "too-low")])
def test_heights_wrong_by_20_m_are_named(tmp_path: Path, height_m: float, code: str):
    found = _photos(tmp_path, changed(CLICKS, lambda c: c.uav == 0, height_m=height_m))
    assert {code, "height"} <= _codes(found, "uav1")
    assert not {code, "height"} & _codes(found, "uav2")
    rise = found.uavs[0].rise_m
    assert rise is not None
    assert rise.median == pytest.approx(height_m - 60.0, abs=0.1)
    assert not found.complete


@pytest.mark.parametrize("place", [True, False])
def test_a_clock_one_hour_off_is_found_by_the_log_and_taken_off(tmp_path: Path, place: bool):
    log = write_tlog(tmp_path / "day.tlog", PLAN, CLICKS)
    folder = write_photos(tmp_path / "photos", CLICKS, clock_s=3600.0, by_uav=True, place=place,
                          maker="dji" if place else None)  # fmt: skip
    found = verify(PLAN, [folder, log])
    _as_planned(found)
    assert len(found.clocks) == 2
    for clock in found.clocks:
        assert clock.ahead_s == pytest.approx(3600.0, abs=0.6)
    clock_words = [f.message for f in found.findings if f.code == "clock"]
    assert len(clock_words) == 2
    assert all("1:00:00 h ahead of" in words for words in clock_words)


def test_a_clock_one_hour_off_is_found_beside_the_fleet(tmp_path: Path):
    found = _photos(tmp_path, CLICKS, clock_s=lambda click: 3600.0 * (click.uav == 1))
    late = next(f for f in found.findings if f.code == "clock-fleet")
    assert late.uav == "uav2"
    assert "1.00 h later" in late.message


def test_photos_whose_rhythm_fits_in_two_ways_are_not_guessed_at(tmp_path: Path):
    log = write_tlog(tmp_path / "day.tlog", PLAN, CLICKS)
    # three of five lines that are alike: the first three, or the last?
    first = [click for click in CLICKS if click.uav == 0 and click.line < 3]
    folder = write_photos(tmp_path / "photos", first, place=False, maker=None, by_uav=True)
    found = verify(PLAN, [folder, log])
    assert "unplaced" in _codes(found)
    assert not found.complete


def test_triggers_that_left_no_photo_are_counted(tmp_path: Path):
    log = write_tlog(tmp_path / "day.tlog", PLAN, CLICKS)
    folder = write_photos(tmp_path / "photos", without(CLICKS, lambda i, _: i in {20, 21, 90}),
                          by_uav=True)  # fmt: skip
    found = verify(PLAN, [folder, log])
    words = next(f.message for f in found.findings if f.code == "no-photo")
    assert "3 of 140 triggers left no photo" in words
    assert found.fleet.photos == len(CLICKS) - 3


def test_two_logs_of_one_flight_count_once(tmp_path: Path):
    first = [click for click in CLICKS if click.uav == 0]
    logs = [
        write_tlog(tmp_path / "a.tlog", PLAN, first),
        write_bin(tmp_path / "b.bin", PLAN, first),
    ]
    found = verify(PLAN, logs)
    assert found.fleet.photos == len(first)
    assert "same-flight" in _codes(found)


def test_an_area_alone_tells_where_fewer_than_three_photos_look(tmp_path: Path):
    mission = replace(PLAN.mission, uavs=())
    folder = write_photos(tmp_path / "photos", without(CLICKS, lambda _, c: c.uav == 1))
    found = verify(mission, [folder])
    assert not found.complete
    # the photos of the other half look 45 m across, less where only two of them do
    assert 0.3 < found.gaps_m2 / found.area_m2 < 0.5
    assert found.views.planned_mean == 0
    whole = verify(mission, [write_photos(tmp_path / "all", CLICKS)])
    assert whole.complete
    assert not verify(mission, [tmp_path / "all"], wishes=Wishes(least_views=40)).complete


def test_an_area_needs_heights_and_a_lens(tmp_path: Path):
    mission = replace(PLAN.mission, uavs=())
    table = tmp_path / "photos.csv"
    rows = [f"{c.lat},{c.lon},{c.yaw_deg}" for c in CLICKS]
    table.write_text("\n".join(["latitude,longitude,heading", *rows]), encoding="utf-8")
    with pytest.raises(InputError, match="--height"):
        verify(mission, [table])
    with pytest.raises(InputError, match="--camera"):
        verify(mission, [table], wishes=Wishes(height_m=60.0))
    assert verify(mission, [table], wishes=Wishes(height_m=60.0, camera=CAMERA)).complete
    with pytest.raises(InputError, match="height: 0 is outside"):
        Wishes(height_m=0.0)


def test_a_uav_that_the_plan_has_not_is_refused(tmp_path: Path):
    folder = write_photos(tmp_path / "photos", CLICKS[:5])
    with pytest.raises(InputError, match="there is no UAV 'uav9'"):
        verify(PLAN, [f"uav9={folder}"])


def test_same_flight_same_text_and_gaps_that_a_plan_can_be_made_of(tmp_path: Path):
    found = _photos(tmp_path, without(CLICKS, lambda _, c: c.uav == 0 and c.line == 2))
    again = verify(PLAN, [tmp_path / "photos"])
    assert verification_json(found) == verification_json(again)
    assert verification_html(found) == verification_html(again)
    value = json.loads(verification_json(found))
    assert value["complete"] is False
    assert len(value["gaps"]) == len(found.gaps)
    gaps = json.loads(gaps_geojson(found))
    assert len(gaps["features"]) == len(found.gaps)
    page = verification_html(found)
    assert "not complete" in page
    assert "http://" not in page.split("<body>")[1].split("<script>")[0]


def test_the_command_writes_what_was_asked_and_tells_by_its_status(tmp_path: Path):
    plan_file = tmp_path / "plan.json"
    plan_file.write_text(plan_to_json(PLAN), encoding="utf-8")
    whole = write_photos(tmp_path / "whole", CLICKS)
    part = write_photos(tmp_path / "part", without(CLICKS, lambda _, c: c.uav == 1))
    run = CliRunner().invoke
    good = run(cli, ["-q", "verify", str(plan_file), str(whole)])
    assert good.exit_code == 0, good.output
    assert "complete" in good.output
    gaps, page = tmp_path / "gaps.geojson", tmp_path / "page.html"
    arguments = [
        "-q",
        "verify",
        str(plan_file),
        str(part),
        "--gaps",
        str(gaps),
        "--report",
        str(page),
    ]
    bad = run(cli, arguments)
    assert bad.exit_code == 1, bad.output
    assert "mcpp refly" in bad.output
    assert gaps.is_file()
    assert page.is_file()
    refused = run(cli, arguments)
    assert refused.exit_code == 1
    assert "already there" in refused.output
    # the gaps are an area of their own
    area = run(cli, ["-q", "verify", str(gaps), str(whole), "--json"])
    assert area.exit_code == 0, area.output
    assert json.loads(area.stdout)["complete"] is True


def test_ground_heights_tell_how_high_photos_were_that_only_tell_their_altitude(tmp_path: Path):
    ridge = tmp_path / "ground.tif"
    lon, lat = PLAN.origin_lon_lat_deg
    step = 0.0002
    size = 60
    # the simulated ground lies at 400 m; half of it, in the north, is 20 m lower here
    heights = np.full((size, size), GROUND_M, dtype=np.float32)
    heights[: size // 2] -= 20.0
    corner = (lon - size / 2 * step, lat + size / 2 * step)
    with rasterio.open(
        ridge, "w", driver="GTiff", width=size, height=size, count=1, dtype="float32",
        crs="EPSG:4326", transform=Affine(step, 0, corner[0], 0, -step, corner[1]),
    ) as file:  # fmt: skip
        file.write(heights, 1)
    flight = replace(PLAN.mission.flight, terrain=str(ridge))
    mission = replace(PLAN.mission, uavs=(), flight=flight)
    folder = write_photos(tmp_path / "photos", CLICKS, maker="parrot")
    found = verify(mission, [folder])
    assert "height-unknown" not in _codes(found)
    taken = found.basis.taken
    south = taken.xy_m[:, 1] < -20.0
    assert taken.height_m[south] == pytest.approx(60.0, abs=0.1)
    north = taken.xy_m[:, 1] > 20.0
    assert taken.height_m[north] == pytest.approx(80.0, abs=0.1)
    widths = np.ptp(taken.footprints[:, :, 1], axis=1)
    assert np.median(widths[north]) == pytest.approx(np.median(widths[south]) * 80 / 60, rel=0.02)
