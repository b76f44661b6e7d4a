"""The values of the area: how it is covered, and its no-fly zones."""

from typing import get_args

from gui.fields.field import Field, angle, choice, length, percent, place, with_limits
from gui.i18n import tr
from mcpp.model import CircleZone, Corridor, Mission, PolygonZone, Structure, StructureSide


def mission_fields() -> list[Field]:
    """List the values of the mission itself."""
    return with_limits(
        Mission,
        [
            percent(
                "coverage_percent",
                tr("Coverage wanted"),
                tr("Part of the area that must be within the sensor's reach."),
            ),
            length(
                "border_buffer_m",
                tr("Keep inside the border by"),
                tr("All legs stay at least so far inside the area."),
            ),
            length(
                "overshoot_m",
                tr("May leave the area by"),
                tr("Turns may reach so far beyond the border. 0: strictly inside."),
            ),
            Field(
                "keep_apart",
                tr("A region of its own for each UAV"),
                tr("No two UAVs survey the same ground: the safest way to fly together."),
                "flag",
            ),
        ],
    )


def line_fields() -> list[Field]:
    """List how far apart survey lines are, and which way they run."""
    return with_limits(
        Mission,
        [
            length(
                "scan_distance_m",
                tr("Line distance"),
                tr("For UAVs without a camera, and where no side overlap is asked for."),
                tr("from the overlap"),
            ),
            angle(
                "direction_deg",
                tr("Way of the lines"),
                tr("From north, clockwise; or drag the knob on the map, or choose an edge there."),
                tr("automatic"),
            ),
            angle(
                "crosshatch_deg",
                tr("Second pass turned by"),
                tr("Cover the ground again with lines turned by so much. Empty: once."),
                tr("no second"),
            ),
        ],
    )


def zone_fields(*, circle: bool) -> list[Field]:
    """List the values of a no-fly zone."""
    fields = [
        Field("name", tr("Name"), tr("What is there."), "text", optional=True),
        length(
            "buffer_m",
            tr("Keep away by"),
            tr("All legs stay at least so far from the zone."),
        ),
    ]
    if circle:
        fields += [
            length(
                "radius_m",
                tr("Radius"),
                tr("Of the zone, without its buffer."),
            ),
            place("center_lon_lat_deg", tr("Centre"), tr("Latitude, longitude.")),
        ]
    return with_limits(CircleZone if circle else PolygonZone, fields)


def crew_fields() -> list[Field]:
    """List the values of ground where the crew can stand."""
    return [Field("name", tr("Name"), tr("What is there."), "text", optional=True)]


def corridor_fields() -> list[Field]:
    """List the values of a corridor."""
    return with_limits(
        Corridor,
        [
            Field("name", tr("Name"), tr("What is there."), "text", optional=True),
            length(
                "width_m",
                tr("Width"),
                tr("Of the ground that is surveyed, half of it to each side of the line."),
            ),
        ],
    )


def structure_fields() -> list[Field]:
    """List the values of a structure."""
    return with_limits(
        Structure,
        [
            Field("name", tr("Name"), tr("What is there."), "text", optional=True),
            length("radius_m", tr("Radius"), tr("Of the structure itself.")),
            choice(
                "side",
                tr("Flown on the"),
                tr("On which side of the wall, looking along its line."),
                lambda: get_args(StructureSide),
                name_of={"left": tr("left"), "right": tr("right")}.__getitem__,
            ),
            length(
                "distance_m",
                tr("Distance"),
                tr("Between the way flown and the surface of the structure."),
            ),
            length("lowest_m", tr("Lowest pass"), tr("Its height above the launch point.")),
            length(
                "highest_m",
                tr("Highest pass"),
                tr("Its height above the launch point. Empty: there is one pass."),
                tr("one pass"),
            ),
            length(
                "step_m",
                tr("From pass to pass"),
                tr("Height from one pass to the next, at most."),
                tr("from the overlap"),
            ),
        ],
    )
