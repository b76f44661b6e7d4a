"""How one sortie becomes mission items, from take-off to landing.

Commands follow the mission protocol's page (mavlink.io); what differs between autopilots is in
`mcpp.export.targets`.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mcpp.export.heights import GroundHeights
from mcpp.export.mission_item import (
    SAME_PLACE_M,
    Command,
    Frame,
    MissionItem,
    rounded_lon_lat_deg,
)
from mcpp.export.wing import TAKEOFF_HEIGHT_M, WingWays
from mcpp.flight.looks import looks_m
from mcpp.flight.starts import file_wait_s
from mcpp.ground.frame import LocalFrame
from mcpp.ground.photo_places import photo_steps
from mcpp.model import LegKind, Plan, Sortie, Vehicle

_ROI_LOCATION = 3.0  # MAV_ROI_LOCATION; p1 = 0 ends it
_MOUNT_BY_MAVLINK = 2.0  # MAV_MOUNT_MODE_MAVLINK_TARGETING


def _do(command: Command, comment: str, *params: float, p7: float = 0.0) -> MissionItem:
    p1, p2, p3, p4 = (*params, *[0.0] * (4 - len(params)))
    return MissionItem(
        command=int(command),
        frame=int(Frame.NONE),
        params=(p1, p2, p3, p4),
        alt_m=p7,
        comment=comment,
    )


@dataclass(frozen=True, slots=True)
class SortieWriter:
    """Makes the items of one sortie; `ways` are those of a wing, `heights` of the ground below."""

    plan: Plan
    sortie: Sortie
    ways: WingWays | None = None
    heights: GroundHeights | None = None

    @property
    def vehicle(self) -> Vehicle:
        return self.plan.problem.vehicles[self.sortie.uav]

    def yaw_deg(self) -> float:
        """p4: PX4 keeps a given heading, and its own default for NaN; ArduPilot reads neither."""
        if self.vehicle.autopilot != "px4":
            return 0.0
        # North is 360: a 0 looks like a value that nobody set, and `mcpp.export.lint` warns of it.
        fixed = self.vehicle.heading == "fixed" and self.vehicle.kind == "multirotor"
        return (self.vehicle.heading_deg % 360.0 or 360.0) if fixed else math.nan

    def at(
        self, xyz_m: Sequence[float], command: Command, comment: str, *, p1: float = 0.0
    ) -> MissionItem:
        """Make an item with a position."""
        lon, lat = rounded_lon_lat_deg(LocalFrame(self.plan.origin_lon_lat_deg), xyz_m)
        height_m, frame = float(xyz_m[2]), Frame.RELATIVE
        if self.heights is not None and command == Command.NAV_WAYPOINT:
            height_m, frame = self.heights.above_ground_m(xyz_m), Frame.TERRAIN
        return MissionItem(
            command=int(command),
            frame=int(frame),
            params=(p1, 0.0, 0.0, self.yaw_deg()),
            lat_deg=lat,
            lon_deg=lon,
            alt_m=round(height_m, 2),
            comment=comment,
        )

    def waits(self) -> Iterator[MissionItem]:
        """Wait for its turn on the ground, where the mission's file is to keep it."""
        wait_s = file_wait_s(self.plan, self.sortie)
        if wait_s > 0:
            unused = -1.0  # no time of the day
            yield _do(Command.NAV_DELAY, "wait for its start", wait_s, unused, unused, unused)

    def takeoff(self) -> Iterator[MissionItem]:
        """Straight up; a fixed wing straight ahead, then in a circle up to the height to go at."""
        over = self.sortie.xyz_m[1].tolist()
        ways = self.ways
        if ways is None or ways.takeoff_m is None:
            vtol = self.vehicle.kind == "vtol"
            yield self.at(
                over, Command.NAV_VTOL_TAKEOFF if vtol else Command.NAV_TAKEOFF, "take off"
            )
            return
        up_m = min(over[2], TAKEOFF_HEIGHT_M)
        place = (*ways.takeoff_m.tolist(), up_m)
        words = f"take off on course {ways.takeoff_deg:.0f} deg"
        yield self.at(place, Command.NAV_TAKEOFF, words, p1=15.0)
        if ways.climb_m is not None:
            yield self.circle((*ways.climb_m.tolist(), over[2]), "climb in a circle")

    def circle(self, xyz_m: Sequence[float], comment: str) -> MissionItem:
        """Make an item that circles until a height is reached, and leaves towards the next."""
        item = self.at(xyz_m, Command.NAV_LOITER_TO_ALT, comment)
        radius_m = float(round(self.vehicle.turn_radius_m))
        return replace(item, params=(1.0, radius_m, 0.0, 1.0))

    def set_up(self) -> Iterator[MissionItem]:
        """Gimbal and heading: stated anew in each sortie."""
        vehicle = self.vehicle
        if vehicle.camera is not None or vehicle.trigger != "none":
            yield self.tilt()
        turnable = vehicle.kind == "multirotor" and vehicle.autopilot != "px4"
        if vehicle.heading == "fixed" and turnable:
            yield _do(Command.CONDITION_YAW, "hold the heading", vehicle.heading_deg % 360.0)

    def tilt(self) -> MissionItem:
        """Point the camera by the gimbal protocol that the vehicle is said to have."""
        words, pitch_deg = "point the camera", self.vehicle.gimbal_pitch_deg
        if self.vehicle.gimbal == "mount":
            return _do(Command.DO_MOUNT_CONTROL, words, pitch_deg, p7=_MOUNT_BY_MAVLINK)
        # PX4 takes a rate that is a number for a wish; ArduPilot refuses NaN, and a 0 is none there
        rate = math.nan if self.vehicle.autopilot == "px4" else 0.0
        return _do(Command.DO_GIMBAL_MANAGER_PITCHYAW, words, pitch_deg, 0.0, rate, rate)

    def speed_m_s(self, leg: int) -> float:
        """Speed to ask for: over the ground, for a wing through the air."""
        if self.vehicle.kind == "multirotor":
            return round(float(self.sortie.speed_m_s[leg]), 2)
        work = self.sortie.kind[leg] in (LegKind.SURVEY, LegKind.CONNECT)
        return round(self.vehicle.speed_m_s if work else self.vehicle.transit_speed_m_s, 2)

    def change_speed(self, speed_m_s: float) -> MissionItem:
        # Type 1 suits both autopilots on a multirotor; a wing keeps an air speed, type 0.
        kind = 1.0 if self.vehicle.kind == "multirotor" else 0.0
        return _do(Command.DO_CHANGE_SPEED, f"{speed_m_s:g} m/s", kind, speed_m_s, -1.0)

    def trigger(self, *, on: bool) -> MissionItem:
        distance = self.vehicle.trigger_distance_m
        if on and distance is not None:
            first_now = 1.0
            return _do(
                Command.DO_SET_CAM_TRIGG_DIST, "photos on", round(distance, 3), 0.0, first_now
            )
        return _do(Command.DO_SET_CAM_TRIGG_DIST, "photos off")

    def hovers(self, leg: int) -> Iterator[MissionItem]:
        """Stop and take a photo at even steps along a survey leg, its end included."""
        a, b = self.sortie.xyz_m[leg], self.sortie.xyz_m[leg + 1]
        step_m = self.vehicle.trigger_distance_m or self.vehicle.spacing_m
        count = photo_steps(float(np.linalg.norm(b - a)), step_m)
        for i in range(1, count + 1):
            place = (a + (b - a) * (i / count)).tolist()
            yield self.at(place, Command.NAV_WAYPOINT, "stop", p1=round(self.vehicle.hover_s, 1))
            yield self.photo()

    def look(self, at_m: tuple[float, float, float] | None) -> MissionItem:
        """Turn nose and camera to a place, or along the flight again.

        ArduPilot takes the older DO_SET_ROI alone, PX4 that too.
        """
        if at_m is None:
            return _do(Command.DO_SET_ROI, "look ahead again")
        item = self.at(at_m, Command.DO_SET_ROI, "look at the structure", p1=_ROI_LOCATION)
        return replace(item, params=(_ROI_LOCATION, 0.0, 0.0, 0.0))

    def photo(self) -> MissionItem:
        return _do(Command.IMAGE_START_CAPTURE, "photo", 0.0, 0.0, 1.0)

    def landing(self) -> Iterator[MissionItem]:
        last = self.sortie.xyz_m[-1]
        if self.ways is not None:
            yield _do(Command.DO_LAND_START, "landing begins")
            if self.ways.approach_m is not None:
                fix = (*self.ways.approach_m.tolist(), self.ways.approach_height_m)
                yield self.circle(fix, "descend in a circle")
                yield self.at(last.tolist(), Command.NAV_LAND, "land")
            else:
                yield self.at(last.tolist(), Command.NAV_VTOL_LAND, "land")
        elif math.dist(self.sortie.home_m, last[:2]) <= SAME_PLACE_M:
            yield _do(Command.NAV_RETURN_TO_LAUNCH, "return and land")
        else:
            yield self.at(last.tolist(), Command.NAV_LAND, "land")

    def items(self) -> Iterator[MissionItem]:
        """Make all items in order. A DO item acts when the position item before it is reached."""
        if not self.sortie.airborne:
            yield from self.waits()
            yield from self.takeoff()
        yield from self.set_up()
        by_distance = self.vehicle.trigger == "distance" and bool(self.vehicle.trigger_distance_m)
        speed_m_s, shooting = math.nan, False
        kinds = [LegKind(int(kind)) for kind in self.sortie.kind]
        looks, looking = looks_m(self.plan.problem, self.sortie), None
        for leg, kind in enumerate(kinds):
            if kind == LegKind.TAKEOFF:
                continue
            if kind == LegKind.LAND:
                break
            surveying = kind == LegKind.SURVEY
            if shooting and not surveying:
                if by_distance:
                    yield self.trigger(on=False)
                shooting = False
            if looks[leg] != looking and kind != LegKind.CONNECT:
                looking = looks[leg]
                yield self.look(looking)
            wanted = self.speed_m_s(leg)
            if not abs(wanted - speed_m_s) < 0.05:
                speed_m_s = wanted
                yield self.change_speed(wanted)
            if surveying and not shooting:
                shooting = True
                if by_distance:
                    yield self.trigger(on=True)
                elif self.vehicle.trigger == "hover":
                    yield self.photo()
            if surveying and self.vehicle.trigger == "hover":
                yield from self.hovers(leg)
            else:
                place = self.sortie.xyz_m[leg + 1].tolist()
                yield self.at(place, Command.NAV_WAYPOINT, kind.name.lower())
        if shooting and by_distance:
            yield self.trigger(on=False)
        if looking is not None:
            yield self.look(None)
        yield from self.landing()
