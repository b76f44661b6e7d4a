"""A UAV is lost in the air: the others take its rest on a word, and finish the ground."""

from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import box

from mcpp.api import plan
from mcpp.errors import InfeasibleError, InputError
from mcpp.ground.coverage import covered_area
from mcpp.ground.frame import LocalFrame
from mcpp.link.dividing import Dividing
from mcpp.link.fleet import fleet_links, fleet_loads, start_delays_s
from mcpp.model import AreaPart, FlightSettings, Mission, Plan, PlannerChoice, Uav
from tests.link_doubles import Sim, World
from tests.link_field import Field
from tests.plans import lon_lat
from tests.strategies import ring_lon_lat_deg

AREA = box(0, 0, 260, 200)
PLACES = {"a": (15.0, 15.0), "b": (245.0, 15.0), "c": (130.0, 185.0)}
SLACK_PERCENT = 0.5


@pytest.fixture(scope="module")
def three() -> Plan:
    """Three like UAVs over a small field, each from a place of its own."""
    return plan(
        Mission(
            area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(AREA)),),
            uavs=tuple(
                Uav(id=name, autopilot="px4", start_lon_lat_deg=lon_lat(*place), height_m=30.0)
                for name, place in PLACES.items()
            ),
            scan_distance_m=25,
            planner=PlannerChoice(name="draft"),
            flight=FlightSettings(height_m=30.0),
        )
    )


class Air(Field):
    """A fleet in the air that flies a plan."""

    def __init__(self, of: Plan):
        loads = fleet_loads(of, fleet_links(of, {}))
        world = World()
        sims = []
        for number, load in enumerate(loads, start=1):
            home = load.expected.start_lon_lat_deg
            assert home is not None
            sims.append(Sim(world, "px4", name=load.uav, system=number, home=home))
        told = [replace(load, system_id=n) for n, load in enumerate(loads, start=1)]
        super().__init__(*sims, loads=told, delays_s=start_delays_s(of))
        self.plan = of
        self.dividing = Dividing(of, self.pilot)
        self.launch()

    def flown(self, uav: str) -> float:
        return self.watcher.states[uav].flown

    def silence(self, uav: str) -> None:
        """Its motors stop, and nothing is heard of it any more."""
        self.sims[uav].wire.alive = False
        self.sims[uav].flight.cut_motors()

    def landed(self, *uavs: str) -> bool:
        return all(self.watcher.states[uav].ending for uav in uavs)

    def covered_percent(self) -> float:
        """What lies within reach of what was flown with survey speed at survey height."""
        problem = self.plan.problem
        frame = LocalFrame(self.plan.origin_lon_lat_deg)
        paths = []
        for sim in self.sims.values():
            track = sim.flight.track
            xy = frame.to_m([(p.lon_deg, p.lat_deg) for p in track])
            level = np.array([abs(p.height_m - 30.0) < 1.0 for p in track])
            edges = np.flatnonzero(np.diff(np.concatenate([[0], level.astype(int), [0]])))
            paths += [xy[a:b] for a, b in edges.reshape(-1, 2) if b - a > 1]
        reach_m = problem.vehicles[0].reach_m
        area = covered_area(paths, [reach_m] * len(paths), problem.target)
        return float(100 * area / problem.target.area)

    def nearest_m(self, one: str, other: str) -> float:
        """How near two came in the air at like heights, by their tracks."""
        frame = LocalFrame(self.plan.origin_lon_lat_deg)
        tracks = []
        for uav in (one, other):
            track = [p for p in self.sims[uav].flight.track if p.height_m > 2.0]
            xy = frame.to_m([(p.lon_deg, p.lat_deg) for p in track])
            tracks.append((np.array([p.time_s for p in track]), xy,
                           np.array([p.height_m for p in track])))  # fmt: skip
        (t, xy, h), (t2, xy2, h2) = tracks
        k = np.clip(np.searchsorted(t2, t), 0, len(t2) - 1)
        near = (np.abs(t2[k] - t) < 0.5) & (np.abs(h2[k] - h) < 4.0)
        away = np.hypot(*(xy - xy2[k]).T)[near]
        return float(away.min(initial=np.inf))


@pytest.mark.parametrize("part", [0.02, 0.2, 0.5, 0.8])
def test_the_others_finish_the_ground_from_the_air(three: Plan, part: float) -> None:
    air = Air(three)
    air.poll(lambda: air.flown("b") >= part)
    air.silence("b")
    air.poll(lambda: air.dividing.lost())
    assert air.dividing.lost() == ("b",)
    found = air.dividing.proposed(["b"])
    given = air.dividing.send(found, air.on_done)
    assert given
    air.poll(lambda: air.landed("a", "c"), 1500)
    assert [(uav, problem) for uav, problem in air.done if problem] == []
    assert air.watcher.states["a"].ending == air.watcher.states["c"].ending == "done"
    planned = three.report.fleet.coverage_percent
    assert air.covered_percent() >= planned - SLACK_PERCENT
    assert air.nearest_m("a", "c") > 9.0
    assert "fence breach" not in air.kinds("a") + air.kinds("c")


def test_nothing_is_sent_without_a_word(three: Plan) -> None:
    air = Air(three)
    air.poll(lambda: air.flown("a") >= 0.3)
    before = {uav: list(sim.vehicle.server.lists[0]) for uav, sim in air.sims.items()}
    air.dividing.proposed(["b"])
    air.wait(5)
    assert {uav: list(sim.vehicle.server.lists[0]) for uav, sim in air.sims.items()} == before
    assert all(air.watcher.states[uav].mode != "hold" for uav in PLACES)


def test_a_second_loss_before_the_word_asks_for_a_new_division(three: Plan) -> None:
    air = Air(three)
    air.poll(lambda: air.flown("a") >= 0.3)
    air.silence("b")
    air.poll(lambda: air.dividing.lost())
    found = air.dividing.proposed(["b"])
    air.silence("c")
    air.poll(lambda: len(air.dividing.lost()) == 2)
    with pytest.raises(InputError, match="c: lost meanwhile: say replan again"):
        air.dividing.send(found, air.on_done)
    again = air.dividing.proposed(air.dividing.lost())
    assert [change.id for change in again.changes if change.lost] == ["b", "c"]
    air.dividing.send(again, air.on_done)
    air.poll(lambda: air.landed("a"), 2000)
    assert air.watcher.states["a"].ending == "done"
    assert air.covered_percent() >= three.report.fleet.coverage_percent - SLACK_PERCENT


def test_a_link_that_dies_while_missions_are_given_leaves_a_clear_state(three: Plan) -> None:
    air = Air(three)
    air.poll(lambda: air.flown("a") >= 0.3)
    air.silence("b")
    air.poll(lambda: air.dividing.lost())
    given = air.dividing.send(air.dividing.proposed(["b"]), air.on_done)
    assert set(given) == {"a", "c"}
    air.sims[given[0]].wire.alive = False
    air.poll(lambda: not air.dividing.sending)
    told = dict(air.done[len(PLACES) :])
    assert told[given[0]]  # in words
    assert told[given[1]] == ""
    air.silence(given[0])
    air.poll(lambda: len(air.dividing.lost()) == 2)
    air.dividing.send(air.dividing.proposed(air.dividing.lost()), air.on_done)
    air.poll(lambda: air.landed(given[1]), 2000)
    assert air.watcher.states[given[1]].ending == "done"
    assert air.covered_percent() >= three.report.fleet.coverage_percent - SLACK_PERCENT


def test_who_is_lost_must_be_of_the_fleet_and_somebody_left(three: Plan) -> None:
    air = Air(three)
    with pytest.raises(InputError, match="nobody is lost"):
        air.dividing.proposed([])
    with pytest.raises(InputError, match="no such UAV; there are a, b, c"):
        air.dividing.proposed(["d"])
    air.poll(lambda: air.flown("a") >= 0.1)
    with pytest.raises(InfeasibleError, match="no UAV is left"):
        air.dividing.proposed(["a", "b", "c"])
