"""The flight settings that few missions change."""

from gui.fields.field import (
    Field,
    angle,
    choice,
    integer,
    length,
    part,
    seconds,
    speed,
    time,
    with_limits,
)
from gui.i18n import tr
from mcpp.model import FlightSettings


def seldom_fields() -> list[Field]:
    """List them, by what they are about."""
    return with_limits(FlightSettings, [*_ways(), *_photos(), *_ground_crew(), *_accepted()])


def ground_fields() -> list[Field]:
    """List what goes with ground heights."""
    return with_limits(
        FlightSettings,
        [
            length(
                "terrain_tolerance_m",
                tr("Follow the ground to"),
                tr("A waypoint is added where the ground leaves the straight line by more."),
            )
        ],
    )


def _ways() -> list[Field]:
    from_aircraft = tr("from the aircraft")
    return [
        length(
            "takeoff_height_m",
            tr("Take-off height"),
            tr("Straight up to here first; then on to the transit height."),
            tr("as transit"),
        ),
        speed("climb_m_s", tr("Climb speed"), tr("Going up."), from_aircraft),
        speed("descent_m_s", tr("Descent speed"), tr("Going down."), from_aircraft),
        length(
            "turn_overshoot_m",
            tr("On beyond each line"),
            tr("How far it flies straight on before it turns; photos stop with the line."),
        ),
        length(
            "lead_in_m",
            tr("Straight before each line"),
            tr("How far before a line it is on it already."),
        ),
        choice(
            "heading",
            tr("Nose"),
            tr("Along the flight, or in one direction all the time."),
            lambda: ("along", "fixed"),
        ),
        angle("heading_deg", tr("Nose points to"), tr("Where it is fixed: 0° is north.")),
        part(
            "timing_tolerance",
            tr("Time may be off by"),
            tr("How early or late a UAV may be while all keep apart: part of its flight so far."),
        ),
        seconds(
            "timing_tolerance_s",
            tr("Time off, at least"),
            tr("How early or late a UAV may be at least while all keep apart."),
        ),
    ]


def _photos() -> list[Field]:
    return [
        integer(
            "min_views",
            tr("Photos of each place"),
            tr("How many photos are to see each point of the area at least."),
            tr("from overlaps"),
        ),
        Field(
            "portrait",
            tr("Camera turned upright"),
            tr("Its long side lies along the flight."),
            "flag",
        ),
        length(
            "seen_width_m",
            tr("Width seen or covered"),
            tr("In which a search finds a person, or which a sprayer covers."),
            tr("from the camera"),
        ),
        seconds("hover_s", tr("Hover for a photo"), tr("Where the trigger is hovering.")),
    ]


def _ground_crew() -> list[Field]:
    return [
        time(
            "battery_swap_s",
            tr("Battery change"),
            tr("Time on the ground between two flights of a UAV."),
        ),
        time(
            "charge_s",
            tr("Charging time"),
            tr("Of an empty battery; counted where there are fewer batteries than flights."),
        ),
        integer("chargers", tr("Chargers"), tr("Batteries charged at a time."), tr("enough")),
        seconds(
            "pad_clear_s",
            tr("Launch point clear after"),
            tr("Time to clear a launch point which UAVs share."),
        ),
        choice(
            "launch_spots",
            tr("Launch points"),
            tr("Given: as placed. Apart: those that UAVs share become spots beside each other."),
            lambda: ("given", "apart"),
        ),
    ]


def _accepted() -> list[Field]:
    return [
        Field(
            "accept_low_separation",
            tr("Accept UAVs that come near"),
            tr("Let a plan pass that does not keep UAVs apart as asked for."),
            "flag",
        ),
        Field(
            "fly_over_zones",
            tr("Fly over low zones"),
            tr("Zones that end 10 m or more below all flights; only where the ground is level."),
            "flag",
        ),
        Field(
            "transit_over_zones",
            tr("Ways over low zones"),
            tr("Ways there and back may pass over zones whose top is given, high enough above."),
            "flag",
        ),
    ]
