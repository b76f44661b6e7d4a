"""What a vehicle is given of a plan, as MAVLink items: missions, fence, rally points.

There is no file format and no wire in it.
"""

from collections.abc import Iterator

from mcpp.export.fence import Fence, fence_of
from mcpp.export.heights import ground_heights
from mcpp.export.mission_item import (
    Command,
    Frame,
    MissionItem,
    rounded_lon_lat_deg,
    wire_items,
)
from mcpp.export.sortie_writer import SortieWriter
from mcpp.export.wing import is_wing, wing_ways
from mcpp.flight.lost_link import lost_link
from mcpp.flight.terrain import read_terrain
from mcpp.ground.frame import LocalFrame
from mcpp.model import LonLat, Plan, Sortie

__all__ = [
    "Command",
    "Frame",
    "MissionItem",
    "fence_items",
    "flight_items",
    "home_item",
    "items_of_fence",
    "mission_items",
    "rally_items",
    "rounded_lon_lat_deg",
    "wire_items",
]


def home_item(plan: Plan, sortie: Sortie) -> MissionItem:
    """Row 0 of ArduPilot's lists: the launch point.

    Its height above the sea is that of the mission's terrain model, and 0 where there is none: the
    autopilot puts its own there when it is armed.

    Raises
    ------
    InputError
        When the terrain model can not be read.
    """
    frame = LocalFrame(plan.origin_lon_lat_deg)
    lon, lat = rounded_lon_lat_deg(frame, sortie.home_m.tolist())
    launch_m = sortie.home_m.reshape(1, 2)
    terrain = read_terrain(plan.mission, frame, launch_m)
    return MissionItem(
        command=int(Command.NAV_WAYPOINT),
        frame=int(Frame.ABSOLUTE),
        lat_deg=lat,
        lon_deg=lon,
        alt_m=0.0 if terrain is None else round(float(terrain.ground_m(launch_m)[0]), 2),
        comment="home",
    )


def flight_items(plan: Plan, sortie: Sortie) -> tuple[MissionItem, ...]:
    """Items of a sortie from take-off to landing, without a home row.

    The speed is stated wherever it changes; the trigger is on along survey legs alone, so that
    each start has its stop before the turn or the way home.
    """
    if is_wing(plan.problem.vehicles[sortie.uav]):
        ways = wing_ways(plan, sortie)
        return tuple(
            SortieWriter(plan, ways.sortie, ways, ground_heights(plan, ways.sortie)).items()
        )
    return tuple(SortieWriter(plan, sortie, heights=ground_heights(plan, sortie)).items())


def mission_items(plan: Plan, sortie: Sortie) -> tuple[MissionItem, ...]:
    """Items of a sortie as its autopilot counts them: ArduPilot's start with the home row."""
    items = flight_items(plan, sortie)
    if plan.problem.vehicles[sortie.uav].autopilot == "ardupilot":
        return (home_item(plan, sortie), *items)
    return items


def fence_items(plan: Plan, uav: int) -> tuple[MissionItem, ...]:
    """Geofence of a UAV as items for an upload.

    Raises
    ------
    ExportError
        When the legs of the UAV can not be fenced.
    """
    return items_of_fence(fence_of(plan, uav))


def items_of_fence(fence: Fence) -> tuple[MissionItem, ...]:
    """Items of a geofence: the inclusion, the exclusions, the circles."""

    def corners(ring: tuple[LonLat, ...], command: Command) -> Iterator[MissionItem]:
        for lon, lat in ring:
            yield MissionItem(
                command=int(command),
                frame=int(Frame.RELATIVE),
                params=(float(len(ring)), 0.0, 0.0, 0.0),
                lat_deg=lat,
                lon_deg=lon,
            )

    items = [*corners(fence.inclusion_lon_lat_deg, Command.FENCE_POLYGON_INCLUSION)]
    for ring in fence.exclusions_lon_lat_deg:
        items += corners(ring, Command.FENCE_POLYGON_EXCLUSION)
    for (lon, lat), radius_m in fence.circles:
        items.append(
            MissionItem(
                command=int(Command.FENCE_CIRCLE_EXCLUSION),
                frame=int(Frame.RELATIVE),
                params=(radius_m, 0.0, 0.0, 0.0),
                lat_deg=lat,
                lon_deg=lon,
            )
        )
    return tuple(items)


def rally_items(plan: Plan, uav: int) -> tuple[MissionItem, ...]:
    """Rally points of a UAV: landing points that are not its launch point, and `lost_link`'s.

    A rally point at the launch point would say nothing that home does not say.
    """
    frame = LocalFrame(plan.origin_lon_lat_deg)
    own = [sortie for sortie in plan.sorties if sortie.uav == uav]
    # The point before the landing hangs over it, at the height of the way back.
    height_m = max((float(sortie.xyz_m[-2, 2]) for sortie in own), default=0.0)
    places = {rounded_lon_lat_deg(frame, xy.tolist()): None for xy in lost_link(plan, uav).rally_m}
    return tuple(
        MissionItem(
            command=int(Command.RALLY_POINT),
            frame=int(Frame.RELATIVE),
            lat_deg=lat,
            lon_deg=lon,
            alt_m=round(height_m, 2),
        )
        for lon, lat in places
    )
