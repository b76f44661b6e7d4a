"""How many UAVs: rows, knee and fastest fleet."""

from dataclasses import replace

import pytest
from shapely.geometry import box

from mcpp.api import plan
from mcpp.errors import InputError
from mcpp.model import AreaPart, Mission, PlannerChoice, Uav
from mcpp.study.plot import study_png
from mcpp.study.sizes import StudyCosts, StudyRow, fastest, fleet_of, knee, row_of, study
from tests.strategies import ring_lon_lat_deg

PNG = b"\x89PNG\r\n\x1a\n"


def field(side_m: float = 240.0, uavs: tuple[Uav, ...] = (Uav(id="a"),)) -> Mission:
    return Mission(
        area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, side_m, side_m))),),
        uavs=uavs,
        scan_distance_m=20,
        planner=PlannerChoice(name="darp-stc", params={"placement.steps": 200}),
    )


def curve(*finish_s: float, per_uav_s: float = 0.0) -> tuple[StudyRow, ...]:
    return tuple(
        StudyRow(uavs=n, finish_s=value, deploy_s=per_uav_s * n)
        for n, value in enumerate(finish_s, start=1)
    )


def test_the_knee_of_an_elbow_is_its_corner():
    rows = curve(1000, 600, 200, 190, 180, 170, 160)
    found = knee(rows)
    assert found is not None
    assert found.uavs == 3


def test_the_knee_of_time_shared_evenly_is_near_the_root_of_the_number():
    """For y = 1/x on 1..n the point farthest below the chord is at x = sqrt(n)."""
    found = knee(curve(*[3600 / n for n in range(1, 17)]))
    assert found is not None
    assert found.uavs == 4


def test_a_flat_curve_wants_the_smallest_fleet():
    rows = curve(300, 300, 300, 300)
    assert knee(rows) == rows[0]
    assert fastest(rows) == rows[0]


def test_two_points_have_no_knee_and_none_have_no_fastest():
    assert knee(curve(200, 100)) is None
    assert fastest(()) is None
    assert fastest((StudyRow(uavs=1, error="no"),)) is None


def test_the_fastest_counts_the_time_to_deploy():
    rows = curve(1200, 600, 400, 300, 240, per_uav_s=180)
    found = fastest(rows)
    assert found is not None
    assert found.uavs == 3  # 400 + 540 against 600 + 360 and 300 + 720
    assert found.total_s == 940


def test_rows_without_figures_are_left_out_of_both():
    bad = StudyRow(uavs=3, error="no room")
    rows = (*curve(1000, 300), bad, *curve(0, 0, 0, 250, 240)[3:])
    found, best = knee(rows), fastest(rows)
    assert found is not None
    assert best is not None
    assert (found.uavs, best.uavs) == (2, 5)


def test_a_fleet_takes_the_missions_uavs_in_turn():
    mission = field(
        uavs=(
            Uav(id="a", share=0.5, system_id=3, start_lon_lat_deg=(22.92, 40.63)),
            Uav(id="b", share=0.5, speed_m_s=8.0),
        )
    )
    fleet = fleet_of(mission, 5).uavs
    assert [uav.id for uav in fleet] == ["a", "b", "a-2", "b-2", "a-3"]
    assert [uav.speed_m_s for uav in fleet] == [None, 8.0, None, 8.0, None]
    assert all(uav.share is None for uav in fleet)
    assert [uav.system_id for uav in fleet] == [3, None, None, None, None]
    assert fleet_of(mission, 1).uavs[0].id == "a"


@pytest.mark.parametrize("count", [0, -1])
def test_a_fleet_of_none_is_refused(count):
    with pytest.raises(InputError, match="--uavs"):
        fleet_of(field(), count)


def test_a_study_without_a_model_uav_is_refused():
    with pytest.raises(InputError, match="uavs: there is none"):
        study(replace(field(), uavs=()), (1, 2), StudyCosts())


def test_a_row_holds_the_figures_of_its_plan():
    mission = fleet_of(field(uavs=(Uav(id="a", endurance_s=400),)), 2)
    finished = plan(mission)
    costs = StudyCosts(setup_s=100, setup_per_uav_s=10, per_flight_hour=36, per_swap=2)
    row = row_of(finished, costs)
    flown_s = sum(s.time_s[-1] - s.time_s[0] for s in finished.sorties)
    assert row.uavs == 2
    assert row.swaps == len(finished.sorties) - 2 > 0
    assert row.finish_s == max(s.time_s[-1] for s in finished.sorties)
    assert row.deploy_s == 120
    assert row.flight_s == pytest.approx(flown_s)
    assert row.cost == pytest.approx(flown_s / 100 + 2 * row.swaps)
    assert row.total_s == row.deploy_s + row.finish_s


def test_rows_do_not_depend_on_the_number_of_workers():
    mission, counts, costs = field(), (1, 2, 3), StudyCosts(per_swap=1.0)
    seen: list[int] = []
    alone = study(mission, counts, costs, workers=1, on_row=lambda row: seen.append(row.uavs))
    assert sorted(seen) == [1, 2, 3]
    assert study(mission, counts, costs, workers=2) == alone
    assert [row.uavs for row in alone] == [1, 2, 3]
    assert alone[0].finish_s > alone[1].finish_s > alone[2].finish_s
    assert study_png(alone) == study_png(alone)


def test_a_fleet_that_finds_no_plan_is_told_in_its_row():
    rows = study(field(80.0), (2, 90), StudyCosts(), workers=2)
    assert rows[0].error == ""
    assert "90 UAVs" in rows[1].error
    assert rows[1].finish_s == 0
    assert "\n" not in rows[1].error
    assert study_png(rows).startswith(PNG)


def test_a_picture_is_drawn_even_where_nothing_can_be_flown():
    assert study_png((StudyRow(uavs=1, error="no"),)).startswith(PNG)
