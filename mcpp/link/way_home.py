"""The planned way home of one UAV: from wherever it is, legally.

A return to launch flies straight, through no-fly zones and through the vehicle's own fence. So a
recall goes on with the return part of the mission that the vehicle holds, where the straight way to
its first waypoint is legal, or flies a short mission along the shortest legal way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from mcpp.errors import InfeasibleError
from mcpp.export.items import Command, Frame, MissionItem, wire_items
from mcpp.ground.frame import LocalFrame
from mcpp.ground.transit import FreeSpace
from mcpp.link.wire import has_position
from mcpp.model import Autopilot, FloatArray, LonLat, Plan, Sortie
from mcpp.problem.space import passes_over, space_of, way_space_of

RETURN_COMMENT: Final = "return"
"""`MissionItem.comment` of the waypoints of the planned way home."""

_ENDS: Final = (Command.NAV_RETURN_TO_LAUNCH, Command.NAV_LAND, Command.NAV_VTOL_LAND)
_TURN_PARTS: Final = (1.0, 0.5, 0.25)
_SAME_M: Final = 0.5
_INSET_M: Final = 0.05  # a place that the wind blew over the border is led back this far inside


@dataclass(frozen=True, kw_only=True, eq=False)
class WayHome:
    """How one UAV comes home.

    Attributes
    ----------
    mission
        As the vehicle holds it.
    first_return
        Index of the mission's item with which the way home begins; None where it has no such part.
    space
        Where its legs may run, (Multi)Polygon in metres of `frame`.
    ways
        Where its way home may run at its own height.
    no_fly
        The buffered no-fly zones that it may not pass over.
    landing_m
        East and north, metres.
    height_m, speed_m_s
        Of the way home.
    wing
        It flies on wings.
    turn_radius_m
        How wide it turns; a short return mission keeps so far from zones and border where it can.
    """

    frame: LocalFrame
    space: BaseGeometry
    ways: BaseGeometry
    no_fly: BaseGeometry
    mission: tuple[MissionItem, ...]
    first_return: int | None
    landing_m: tuple[float, float]
    height_m: float
    speed_m_s: float
    autopilot: Autopilot
    wing: bool = False
    turn_radius_m: float = 0.0

    @cached_property
    def _free(self) -> FreeSpace:
        return FreeSpace(self.space)

    @cached_property
    def _free_ways(self) -> FreeSpace:
        return FreeSpace(self.ways)

    def may_jump(self, lon_lat_deg: LonLat) -> bool:
        """Whether the straight way from a place to the mission's return part is legal."""
        entry = self._entry()
        if entry is None:
            return False
        here = self._here(lon_lat_deg)
        return here is not None and bool(self._free.legal([here], [entry])[0])

    def items_from(self, lon_lat_deg: LonLat) -> tuple[MissionItem, ...]:
        """Make a short mission from a place along the shortest legal way to the landing.

        Returns
        -------
        tuple of MissionItem
            As the autopilot counts them, with the frames of the wire.

        Raises
        ------
        InfeasibleError
            When no legal way leads home.
        """
        here = self._here(lon_lat_deg)
        if here is None:
            raise InfeasibleError("no-fly zones lie between it and the ground where it may fly")
        way = self._wide_way(here, self._legal_landing())
        if len(way) == 2 and np.allclose(way[0], way[1], atol=0.5):
            way = way[1:]
        items = [self._waypoint(place) for place in way]
        kind = 0.0 if self.wing else 1.0  # through the air, or over the ground
        speed = MissionItem(
            command=int(Command.DO_CHANGE_SPEED),
            frame=int(Frame.NONE),
            params=(kind, self.speed_m_s, -1.0, 0.0),
        )
        ended = (*items[:1], speed, *items[1:], *self._ending())
        home = self.mission[:1] if self.autopilot == "ardupilot" else ()
        return (*home, *wire_items(ended))

    def _wide_way(self, here: FloatArray, landing: FloatArray) -> FloatArray:
        """Find the shortest way that leaves a wing room to turn; at worst the shortest legal one.

        Raises
        ------
        InfeasibleError
            When no legal way leads home.
        """
        for part in _TURN_PARTS if self.turn_radius_m > 0 else ():
            room = self.space.buffer(-part * self.turn_radius_m, quad_segs=4)
            inner = [self._into(room, place) for place in (here, landing)]
            if inner[0] is None or inner[1] is None:
                continue
            try:
                way = FreeSpace(room).path(inner[0], inner[1])
            except InfeasibleError:
                continue
            whole = np.vstack([here, way, landing])
            steps = np.linalg.norm(np.diff(whole, axis=0), axis=1)
            whole = whole[np.concatenate([[True], steps > _SAME_M])]
            if self._free.legal(whole[:-1], whole[1:]).all():
                return np.asarray(whole)
        return np.asarray(self._free_ways.path(here, landing))

    @staticmethod
    def _into(room: BaseGeometry, place: FloatArray) -> FloatArray | None:
        """Take a place, or the nearest of a room; None where the room is empty."""
        if room.is_empty:
            return None
        point = Point(place)
        if not room.covers(point):
            point = nearest_points(point, shapely.buffer(room, -_INSET_M))[1]
        return None if point.is_empty else np.array([point.x, point.y])

    def _entry(self) -> FloatArray | None:
        """Find where the mission's return part begins, metres."""
        if self.first_return is None:
            return None
        for item in self.mission[self.first_return :]:
            if item.command == Command.NAV_RETURN_TO_LAUNCH:
                return np.array(self.landing_m)
            if has_position(item):
                return np.asarray(self.frame.to_m((item.lon_deg, item.lat_deg)))
        return None

    def _legal_landing(self) -> FloatArray:
        """Take the landing point, or the nearest legal place where it lies on the border itself."""
        landing = Point(self.landing_m)
        if not self.ways.covers(landing):
            landing = nearest_points(landing, self.ways.buffer(-_INSET_M))[1]
        return np.array([landing.x, landing.y])

    def _here(self, lon_lat_deg: LonLat) -> FloatArray | None:
        """Where it is, or the nearest legal place; None where a zone parts it from there."""
        here = Point(self.frame.to_m(lon_lat_deg))
        if self.ways.covers(here):
            return np.array([here.x, here.y])
        room = self.ways.buffer(-_INSET_M)
        _, near = nearest_points(here, self.ways if room.is_empty else room)
        if self.no_fly and LineString([here, near]).intersects(self.no_fly):
            back = shapely.intersection(LineString([here, near]), self.no_fly)
            if not self.no_fly.covers(here) or back.length > here.distance(self.ways) + 1e-6:
                return None
        return np.array([near.x, near.y])

    def _waypoint(self, place_m: FloatArray) -> MissionItem:
        lon, lat = np.round(self.frame.to_deg(place_m), 7)
        return MissionItem(
            command=int(Command.NAV_WAYPOINT),
            frame=int(Frame.RELATIVE),
            params=(0.0, 0.0, 0.0, 0.0 if self.autopilot == "ardupilot" else float("nan")),
            lat_deg=float(lat),
            lon_deg=float(lon),
            alt_m=round(self.height_m, 2),
            comment=RETURN_COMMENT,
        )

    def _ending(self) -> tuple[MissionItem, ...]:
        """How the mission itself ends: its return item, or its landing with what leads to it."""
        starts = [i for i, m in enumerate(self.mission) if m.command == Command.DO_LAND_START]
        if starts:
            return self.mission[starts[-1] :]
        return tuple(item for item in self.mission if item.command in _ENDS)[-1:]


def way_home_of(plan: Plan, sortie: Sortie, mission: Sequence[MissionItem]) -> WayHome:
    """Gather how one UAV comes home from its sortie.

    Parameters
    ----------
    mission
        The sortie's items as the vehicle holds them.
    """
    vehicle = plan.problem.vehicles[sortie.uav]
    landing = sortie.xyz_m[-1, :2]
    # With a terrain model the ground may rise on the way: then at the height of its highest point.
    height_m = float(sortie.xyz_m[-2, 2])
    if plan.mission.flight.terrain is not None:
        height_m = max(height_m, float(sortie.xyz_m[:, 2].max()))
    ways = way_space_of(plan.problem, sortie.uav)
    no_fly = plan.problem.no_fly
    if passes_over(plan.problem, sortie.uav):
        no_fly = no_fly.difference(ways)
        return_m = vehicle.return_height_m
        height_m = max(height_m, vehicle.height_m if return_m is None else return_m)
    return WayHome(
        frame=LocalFrame(plan.origin_lon_lat_deg),
        space=space_of(plan.problem, sortie.uav),
        ways=ways,
        no_fly=no_fly,
        mission=tuple(mission),
        first_return=first_return(mission),
        landing_m=(float(landing[0]), float(landing[1])),
        height_m=height_m,
        speed_m_s=round(vehicle.transit_speed_m_s, 2),
        autopilot=vehicle.autopilot,
        wing=vehicle.kind != "multirotor",
        turn_radius_m=vehicle.turn_radius_m if vehicle.kind != "multirotor" else 0.0,
    )


def first_return(mission: Sequence[MissionItem]) -> int | None:
    """Index of the first item of the way home, with the commands that go before its waypoint.

    Without waypoints of its own the way home is the return or the landing itself.
    """
    own = [i for i, item in enumerate(mission) if item.comment == RETURN_COMMENT]
    ends = [i for i, item in enumerate(mission) if item.command == Command.DO_LAND_START]
    ends = ends or [i for i, item in enumerate(mission) if item.command in _ENDS]
    if not own and not ends:
        return None
    first = (own or ends[-1:])[0]
    while first > 1 and not has_position(mission[first - 1]):
        first -= 1
    return first
