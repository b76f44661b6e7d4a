"""Only what is missing is flown again, and after that the ground has what it was promised."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from mcpp.after.refly import refly
from mcpp.after.verify import verify
from mcpp.cli.main import cli
from mcpp.errors import InfeasibleError, InputError
from mcpp.io.plan import plan_to_json, read_plan
from mcpp.problem.localize import frame_of, localize
from tests.flown import Click, changed, clicks, surveyed, without, write_photos

PLAN = surveyed()
CLICKS = clicks(PLAN)
LOST = frozenset(random.Random(5).sample(range(len(CLICKS)), len(CLICKS) // 20))
_SECOND = [click for click in CLICKS if click.uav == 1]
_HALF_S = _SECOND[len(_SECOND) // 2].time_s

FLIGHTS: dict[str, list[Click]] = {
    "5 % of the photos lost": without(CLICKS, lambda i, _: i in LOST),
    "a line left out": without(CLICKS, lambda _, c: c.uav == 0 and c.line == 2),
    "a UAV stopped half-way": without(CLICKS, lambda _, c: c.uav == 1 and c.time_s >= _HALF_S),
    "a gimbal stuck forward": changed(CLICKS, lambda c: c.uav == 0, pitch_deg=-15.0),
    "20 m too high": changed(CLICKS, lambda c: c.uav == 0, height_m=80.0),
    "20 m too low": changed(CLICKS, lambda c: c.uav == 0, height_m=40.0),
}


@pytest.mark.parametrize("name", FLIGHTS)
def test_a_second_flight_closes_the_gaps_with_little_more_than_the_missing_lines(
    tmp_path: Path, name: str
):
    first = write_photos(tmp_path / "first", FLIGHTS[name])
    found = verify(PLAN, [first])
    assert not found.complete
    again = refly(found)
    assert again.plan.report.safe
    assert again.gaps_left_m2 == 0
    assert again.survey_m <= 1.15 * again.missing_m
    assert sum(uav.survey_m for uav in again.plan.report.uavs) == pytest.approx(again.survey_m)
    photos = clicks(again.plan)
    assert len(photos) == again.photos <= found.fleet.missing
    second = write_photos(tmp_path / "second", photos)
    assert verify(PLAN, [first, second]).complete


def test_the_pieces_lie_on_the_lines_at_their_height(tmp_path: Path):
    again = refly(verify(PLAN, [write_photos(tmp_path, FLIGHTS["a UAV stopped half-way"])]))
    flown = {(c.lon, c.lat) for c in CLICKS}
    lost = [c for c in CLICKS if c not in FLIGHTS["a UAV stopped half-way"]]
    photos = clicks(again.plan)
    assert all(c.height_m == pytest.approx(60.0, abs=0.01) for c in photos)
    assert len(flown) > len(lost) == len(photos)
    places = np.array([(c.lon, c.lat) for c in lost])
    for c in photos:
        away = np.hypot(*((places - (c.lon, c.lat)) * (84_500, 111_000)).T)
        assert away.min() < 2.0


def test_every_missing_photo_is_flown_when_asked(tmp_path: Path):
    found = verify(PLAN, [write_photos(tmp_path / "a", FLIGHTS["5 % of the photos lost"])])
    least, every = refly(found), refly(found, every=True)
    assert least.photos < every.photos == len(LOST)
    second = write_photos(tmp_path / "b", clicks(every.plan))
    whole = verify(PLAN, [tmp_path / "a", second])
    assert whole.fleet.missing == 0


def test_the_rest_is_divided_over_the_uavs_that_are_left(tmp_path: Path):
    found = verify(PLAN, [write_photos(tmp_path, without(CLICKS, lambda _, c: c.uav == 1))])
    both, one = refly(found), refly(found, without=["uav2"])
    assert {sortie.uav for sortie in both.plan.sorties} == {0, 1}
    assert {sortie.uav for sortie in one.plan.sorties} == {0}
    times = [uav.flight_time_s for uav in both.plan.report.uavs]
    assert min(times) > 0.5 * max(times)
    assert max(times) < 0.8 * one.plan.report.uavs[0].flight_time_s


def test_what_can_not_be_flown_is_told(tmp_path: Path):
    found = verify(PLAN, [write_photos(tmp_path / "a", FLIGHTS["a line left out"])])
    with pytest.raises(InputError, match="no UAV 'uav9'"):
        refly(found, without=["uav9"])
    with pytest.raises(InputError, match="no UAV is left"):
        refly(found, without=["uav1", "uav2"])
    with pytest.raises(InputError, match=r"outside 1\.\.1000"):
        refly(found, batteries={"uav1": 0})
    whole = verify(PLAN, [write_photos(tmp_path / "b", CLICKS)])
    with pytest.raises(InputError, match="nothing is missing"):
        refly(whole)
    area = verify(replace(PLAN.mission, uavs=()), [tmp_path / "a"])
    with pytest.raises(InputError, match="needs a plan"):
        refly(area)


def test_batteries_that_do_not_last_are_told(tmp_path: Path):
    uavs = tuple(replace(uav, endurance_s=600.0) for uav in PLAN.mission.uavs)
    mission = replace(PLAN.mission, uavs=uavs)
    small = replace(PLAN, mission=mission, problem=localize(mission, frame_of(mission)))
    found = verify(small, [write_photos(tmp_path, CLICKS[:3])])
    with pytest.raises(InfeasibleError, match="batteries, 1 are left"):
        refly(found, without=["uav2"], batteries={"uav1": 1})
    again = refly(found, without=["uav2"], batteries={"uav1": 9})
    assert len(again.plan.sorties) > 1


def test_another_camera_does_not_stand_in(tmp_path: Path):
    vehicles = (
        PLAN.problem.vehicles[0],
        replace(PLAN.problem.vehicles[1], camera="Sony QX1 16 mm"),
    )
    mixed = replace(PLAN, problem=replace(PLAN.problem, vehicles=vehicles))
    found = verify(mixed, [write_photos(tmp_path, FLIGHTS["a line left out"])])
    with pytest.raises(InfeasibleError, match="takes the photos of uav1"):
        refly(found, without=["uav1"])


def test_the_command_writes_a_plan_like_any(tmp_path: Path):
    plan_file = tmp_path / "plan.json"
    plan_file.write_text(plan_to_json(PLAN), encoding="utf-8")
    photos = write_photos(tmp_path / "photos", FLIGHTS["a line left out"])
    out = tmp_path / "refly"
    arguments = [
        "-q",
        "refly",
        str(plan_file),
        str(photos),
        "-o",
        str(out),
        "--batteries",
        "uav1=2",
    ]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    assert "28 photos in 1 pieces of lines" in done.output
    again = read_plan(out / "plan.json")
    assert len(again.sorties) == 1
    assert (out / "report.html").is_file()
    assert len(list(out.glob("*.plan"))) == 1
    wrong = CliRunner().invoke(cli, [*arguments[:-1], "uav1=two", "--overwrite"])
    assert wrong.exit_code == 1
    assert "give a whole number, as in uav1=2" in wrong.output
