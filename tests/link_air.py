"""A fleet of three in the air of its own world, that flies a plan by mcpp's pilot."""

from dataclasses import replace

import numpy as np
from shapely.geometry import box

from mcpp.api import plan
from mcpp.ground.coverage import covered_area
from mcpp.ground.frame import LocalFrame
from mcpp.link.dividing import Dividing
from mcpp.link.fleet import fleet_links, fleet_loads, start_delays_s
from mcpp.link.sim_params import set_up_params
from mcpp.model import AreaPart, FlightSettings, Mission, Plan, PlannerChoice, Uav
from tests.link_doubles import Sim, World
from tests.link_field import Field
from tests.plans import lon_lat
from tests.strategies import ring_lon_lat_deg

AREA = box(0, 0, 260, 200)
PLACES = {"a": (15.0, 15.0), "b": (245.0, 15.0), "c": (130.0, 185.0)}


def plan_of_three(**uav) -> Plan:
    """Three like UAVs over a small field, each from a place of its own."""
    return plan(
        Mission(
            area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(AREA)),),
            uavs=tuple(
                Uav(
                    id=name,
                    autopilot="px4",
                    start_lon_lat_deg=lon_lat(*place),
                    height_m=30.0,
                    **uav,
                )
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
            held = set_up_params("px4", needs=load.needs)
            sims.append(Sim(world, "px4", name=load.uav, system=number, home=home, params=held))
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
            if not track:
                continue
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
