"""Batteries, chargers, and when a UAV has landed for good: against a minute-by-minute twin."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, strategies as st

from mcpp.model import Vehicle
from mcpp.problem.batteries import Batteries
from mcpp.problem.finish import FinishModel, finish_together_s, shares_together

VEHICLE = Vehicle(
    id="a", start_m=None, landing_m=None, share=1.0, spacing_m=20, reach_m=15, endurance_s=600
)


def model(**changes) -> FinishModel:
    vehicle = {k: v for k, v in changes.items() if hasattr(VEHICLE, k)}
    own = {k: v for k, v in changes.items() if k not in vehicle}
    facts = {"whole_s": 2000.0, "once_s": 60.0, "again_s": 100.0, **own}
    return FinishModel(vehicle=replace(VEHICLE, **vehicle), **facts)


def flown_s(of: FinishModel, share: float) -> float:
    """Naive twin: fly second by second, land when the battery or the work is over."""
    work_s, at_s, flight, landed = share * of.whole_s, of.wait_s, 0, []
    while True:
        way_s = of.again_s if flight else of.once_s
        done_s = min(work_s, of.vehicle.endurance_s - way_s)
        work_s -= done_s
        at_s += way_s + done_s
        landed.append(at_s)
        flight += 1
        if work_s <= 1e-9:
            return at_s
        at_s += of.vehicle.swap_s
        spare = of.vehicle.batteries
        if spare is not None and flight >= spare:
            at_s = max(at_s, landed[flight - spare] + of.vehicle.charge_s)


shares = st.floats(0.01, 1.0)
models = st.builds(
    model,
    whole_s=st.floats(100, 6000),
    once_s=st.floats(10, 200),
    again_s=st.floats(10, 300),
    wait_s=st.floats(0, 100),
    batteries=st.sampled_from([None, 1, 2, 3]),
    swap_s=st.floats(0, 300),
    charge_s=st.sampled_from([0.0, 700.0, 3600.0]),
)


@given(models, shares)
def test_the_end_is_that_of_flying_second_by_second(of, share) -> None:
    assert of.finish_s(share) == pytest.approx(flown_s(of, share), abs=1e-3)


@given(models, shares)
def test_the_share_by_a_time_is_the_largest_that_ends_then(of, share) -> None:
    end_s = of.finish_s(share)
    found = of.share_by(end_s + 1e-6)
    assert found >= share - 1e-6
    assert of.finish_s(min(found, 1.0)) <= end_s + 1e-3


SHORT = {"whole_s": 100.0, "once_s": 10.0, "again_s": 10.0}


@given(st.lists(models, min_size=2, max_size=6))
@example([model(**SHORT), model(**SHORT), model(**SHORT, wait_s=52.0)])
def test_together_no_other_division_ends_earlier_and_whoever_ends_early_is_full(fleet) -> None:
    found = shares_together(fleet)
    assert sum(found) == pytest.approx(1)
    end_s = finish_together_s(fleet)
    rng = np.random.default_rng(1)
    for other in rng.dirichlet(np.ones(len(fleet)), 30):
        latest = max(m.finish_s(s) for m, s in zip(fleet, other, strict=True))
        assert end_s <= latest * 1.01 + 1
    ends_s = [one.finish_s(share) for one, share in zip(fleet, found, strict=True)]
    if found[int(np.argmax(ends_s))] < 2e-3:  # the last has as little as anybody may have
        return
    for one, share, own_s in zip(fleet, found, ends_s, strict=True):
        early = end_s - own_s
        assert early < 1 + 0.01 * end_s or one.full(share) or share > 0.99 or share < 2e-3


def test_a_full_battery_is_told_from_one_with_room() -> None:
    of = model()
    full = (600 - 60) / 2000
    assert of.full(full)
    assert of.flights(full) == 1
    assert not of.full(0.8 * full)
    assert of.flights(1.05 * full) == 2


def test_a_second_battery_brings_the_end_forward() -> None:
    lone = [model(batteries=1), model(batteries=1)]
    spare = [model(batteries=2), model(batteries=2)]
    assert finish_together_s(lone) > 3600
    assert finish_together_s(spare) == pytest.approx(1160 + 180)


def test_few_chargers_take_one_battery_after_the_other() -> None:
    fleet = [replace(VEHICLE, id=name, batteries=1, charge_s=1000.0) for name in "ab"]
    many, few = Batteries(fleet), Batteries(fleet, 1)
    for one in (many, few):
        one.flown(0, 100.0)
        one.flown(1, 200.0)
    assert [many.ready_s(i, t) for i, t in ((0, 100.0), (1, 200.0))] == [1100, 1200]
    assert [few.ready_s(i, t) for i, t in ((0, 100.0), (1, 200.0))] == [1100, 2100]


def test_a_battery_is_charged_in_a_gap_before_one_that_came_earlier_to_the_queue() -> None:
    fleet = [replace(VEHICLE, id=name, batteries=1, charge_s=100.0) for name in "abc"]
    few = Batteries(fleet, 1)
    few.flown(0, 500.0)
    few.flown(1, 100.0)
    few.flown(2, 450.0)
    assert few.ready_s(1, 100.0) == 280  # the swap takes longer
    assert few.ready_s(2, 450.0) == 700


def test_as_many_flights_as_batteries_wait_for_no_charge() -> None:
    fleet = [replace(VEHICLE, batteries=2, charge_s=5000.0)]
    one = Batteries(fleet)
    one.flown(0, 600.0)
    assert one.ready_s(0, 600.0) == 780
    one.flown(0, 1380.0)
    assert one.ready_s(0, 1380.0) == 5600
