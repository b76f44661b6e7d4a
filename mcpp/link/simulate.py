"""A simulated fleet on this computer: any number of vehicles, one process, MAVLink on loopback.

It lets the whole job be seen with no autopilot installed: plan, upload, fly, watch. The vehicles
are kinematics (`mcpp.link.motion`) and say so; they follow the mission rules of the autopilots that
they stand in for (`mcpp.link.personality`).
"""

import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Self

import numpy as np

from mcpp.errors import InputError, McppError
from mcpp.export.heights import ground_heights
from mcpp.export.items import mission_items
from mcpp.export.wing import is_wing, wing_ways
from mcpp.ground.frame import LocalFrame
from mcpp.link.fleet import DEFAULT_LINK
from mcpp.link.motion import Ability
from mcpp.link.needs import needs_of
from mcpp.link.personality import PERSONALITIES
from mcpp.link.sim_flight import Flight
from mcpp.link.sim_pace import pace_for
from mcpp.link.sim_params import firmware_defaults, set_up_params
from mcpp.link.sim_track import GroundOf, level
from mcpp.link.sim_vehicle import SimVehicle
from mcpp.link.sim_wing import WingFlight
from mcpp.link.transport import (
    Address,
    LinkKind,
    Peer,
    Transport,
    open_transport,
    parse_address,
    wait_for_any,
)
from mcpp.link.wire import Codec, dialect
from mcpp.link.words import MISSION
from mcpp.model import AircraftKind, LonLat, Plan, Sortie

_TICK_S: Final = 0.05
_FORGET_S: Final = 10.0
_OTHER_END: Final[dict[LinkKind, LinkKind]] = {
    "udpin": "udpout",
    "udpout": "udpin",
    "tcp": "tcpin",
    "tcpin": "tcp",
}
_TYPES: Final[dict[AircraftKind, int]] = {
    "multirotor": dialect.MAV_TYPE_QUADROTOR,
    "fixed-wing": dialect.MAV_TYPE_FIXED_WING,
    "vtol": dialect.MAV_TYPE_VTOL_TILTROTOR,
}


@dataclass(slots=True)
class _Outlet:
    """One address with the vehicles that speak through it."""

    transport: Transport
    decoder: Codec
    vehicles: list[SimVehicle] = field(default_factory=list)
    peers: dict[Peer, float] = field(default_factory=dict)


class SimulatedFleet:
    """Serves simulated vehicles; a context that runs them in a thread of its own.

    Parameters
    ----------
    links
        For each vehicle's name the link as the ground station writes it: the fleet takes its other
        end.
    key
        32 bytes for MAVLink 2 signing.

    Raises
    ------
    InputError
        When a link is a serial port or leaves this computer.
    LinkError
        When one can not be opened.
    """

    def __init__(
        self,
        vehicles: Sequence[SimVehicle],
        links: Mapping[str, str],
        *,
        key: bytes | None = None,
        clock: Callable[[], float] = time.monotonic,
        opener: Callable[[Address], Transport] = open_transport,
    ) -> None:
        self.vehicles = tuple(vehicles)
        self._clock = clock
        self._codecs: dict[str, Codec] = {}
        self._outlets: dict[Address, _Outlet] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._next_tick = 0.0
        try:
            for number, vehicle in enumerate(vehicles):
                address = other_end(parse_address(links[vehicle.name]))
                outlet = self._outlets.get(address)
                if outlet is None:
                    outlet = _Outlet(opener(address), Codec(vehicle.system, 1, key=key))
                    self._outlets[address] = outlet
                outlet.vehicles.append(vehicle)
                self._codecs[vehicle.name] = Codec(vehicle.system, 1, key=key, link_id=number % 256)
        except McppError:
            self.close()
            raise

    @property
    def landed(self) -> bool:
        """Whether all vehicles that have a mission have flown and landed."""
        flown = [v for v in self.vehicles if v.server.lists[MISSION]]
        return bool(flown) and all(v.flight.track and not v.flight.armed for v in flown)

    def poll(self, longest_s: float = _TICK_S) -> None:
        """Serve what comes in, and let the vehicles fly on."""
        outlets = {id(outlet.transport): outlet for outlet in self._outlets.values()}
        pause_s = min(longest_s, max(self._next_tick - self._clock(), 0.0))
        for transport in wait_for_any([o.transport for o in self._outlets.values()], pause_s):
            self._serve(outlets[id(transport)])
        now_s = self._clock()
        if now_s >= self._next_tick:
            self._next_tick = now_s + _TICK_S
            for outlet in self._outlets.values():
                self._tick(outlet, now_s)

    def _serve(self, outlet: _Outlet) -> None:
        now_s = self._clock()
        for data, peer in outlet.transport.read():
            outlet.peers[peer] = now_s
            for message in outlet.decoder.decode(data):
                for vehicle in outlet.vehicles:
                    for answer in vehicle.receive(message, now_s):
                        outlet.transport.write(self._codecs[vehicle.name].encode(answer), peer)

    def _tick(self, outlet: _Outlet, now_s: float) -> None:
        for peer in [p for p, heard_s in outlet.peers.items() if now_s - heard_s > _FORGET_S]:
            del outlet.peers[peer]
        for vehicle in outlet.vehicles:
            for message in vehicle.tick(now_s):
                frame = self._codecs[vehicle.name].encode(message)
                for peer in list(outlet.peers) or [None]:
                    outlet.transport.write(frame, peer)

    def run(self, should_stop: Callable[[], bool]) -> None:
        """Serve until `should_stop` says so."""
        while not should_stop():
            self.poll()

    def __enter__(self) -> Self:
        self._thread = threading.Thread(
            target=self.run, args=(self._stopping.is_set,), name="mcpp-simulate", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        self.close()

    def close(self) -> None:
        """Close all links."""
        for outlet in self._outlets.values():
            outlet.transport.close()


def other_end(address: Address) -> Address:
    """Turn the ground's end of a link into the vehicle's.

    Raises
    ------
    InputError
        When it leads out of this computer.
    """
    if not address.loopback:
        msg = f"link {address}: a simulated vehicle speaks on loopback only, as {DEFAULT_LINK}"
        raise InputError(msg)
    return Address(_OTHER_END[address.kind], address.host, address.number)


def simulated_vehicles(
    plan: Plan,
    *,
    sortie: int = 1,
    speedup: float = 1.0,
    system_ids: Mapping[str, int],
    as_shipped: bool = False,
) -> tuple[SimVehicle, ...]:
    """Put a vehicle at each planned launch point, with the speeds and endurance of the plan.

    Parameters
    ----------
    sortie
        Number of the sortie that is to be flown; UAVs that have none stay away.
    speedup
        Seconds of flight in one second.
    as_shipped
        With their firmware's default parameters, as nobody has set them up.
    """
    started_s = time.monotonic()
    vehicles = []
    for flown in plan.sorties:
        if flown.number == sortie:
            uav = plan.mission.uavs[flown.uav]
            vehicle = plan.problem.vehicles[flown.uav]
            vehicles.append(
                SimVehicle(
                    uav.id,
                    system_ids[uav.id],
                    PERSONALITIES[vehicle.autopilot],
                    _flight(plan, flown),
                    vehicle_type=_TYPES[vehicle.kind],
                    params=_params(plan, flown, as_shipped=as_shipped),
                    speedup=speedup,
                    started_s=started_s,
                )
            )
    return tuple(vehicles)


def _params(plan: Plan, sortie: Sortie, *, as_shipped: bool) -> dict[str, float]:
    vehicle = plan.problem.vehicles[sortie.uav]
    if as_shipped:
        return firmware_defaults(vehicle.autopilot, vehicle.kind)
    needs = needs_of(plan, sortie, mission_items(plan, sortie))
    return set_up_params(vehicle.autopilot, vehicle.kind, needs)


def _flight(plan: Plan, sortie: Sortie) -> Flight:
    vehicle = plan.problem.vehicles[sortie.uav]
    lon, lat = LocalFrame(plan.origin_lon_lat_deg).to_deg(sortie.home_m)
    common: dict[str, Any] = {
        "home_lon_lat_deg": (round(float(lon), 7), round(float(lat), 7)),
        "cruise_m_s": vehicle.transit_speed_m_s,
        "endurance_s": vehicle.endurance_s + vehicle.reserve_s,
        "first": 1 if PERSONALITIES[vehicle.autopilot].keeps_home else 0,
        "ability": Ability(
            acceleration_m_s2=vehicle.acceleration_m_s2,
            climb_m_s=vehicle.climb_m_s,
            sink_m_s=vehicle.descent_m_s,
        ),
        "motion": vehicle.motion,
    }
    if is_wing(vehicle):
        return WingFlight(**common, takeoff_deg=wing_ways(plan, sortie).takeoff_deg)
    return Flight(**common, pace=pace_for(vehicle), ground_m=_ground_of(plan, sortie))


def _ground_of(plan: Plan, sortie: Sortie) -> GroundOf:
    """Give the ground of the plan's own terrain model, where its heights are above that."""
    heights = ground_heights(plan, sortie)
    if heights is None:
        return level
    frame = LocalFrame(plan.origin_lon_lat_deg)

    @cache
    def ground_m(place: LonLat) -> float:
        try:
            return float(heights.above_launch_m(np.array([frame.to_m(place)]))[0])
        except InputError:
            return math.nan

    return ground_m


def flight_log(vehicles: Sequence[SimVehicle]) -> dict[str, Any]:
    """Make a GeoJSON of what was flown: one LineString a vehicle, for `mcpp evaluate` and maps.

    Its properties hold, point by point, the time, the item under way and whether the camera was on,
    and beside them the items reached with their times.
    """
    features = []
    for vehicle in vehicles:
        track = vehicle.flight.track
        if len(track) < 2:
            continue
        reached = [h for h in vehicle.happenings if h.what == "reached"]
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "uav": vehicle.name,
                    "system_id": vehicle.system,
                    "simulated": True,
                    "items": len(vehicle.server.lists[MISSION]),
                    "reached": [h.item for h in reached],
                    "reached_s": [round(h.time_s, 2) for h in reached],
                    "landed": any(h.what == "landed" for h in vehicle.happenings),
                    "time_s": [round(p.time_s, 2) for p in track],
                    "item": [p.item for p in track],
                    "camera": [p.camera for p in track],
                },
                "geometry": {
                    "type": "LineString",
                    "coordinates": [
                        [round(p.lon_deg, 8), round(p.lat_deg, 8), round(p.height_m, 2)]
                        for p in track
                    ],
                },
            }
        )
    return {"type": "FeatureCollection", "features": features}
