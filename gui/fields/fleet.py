"""The values of a UAV."""

from collections.abc import Callable

from gui import engine
from gui.edits import empty_mission
from gui.fields.field import (
    Field,
    angle,
    choice,
    integer,
    length,
    part,
    place,
    speed,
    time,
    with_limits,
)
from gui.i18n import tr
from mcpp.model import Mission, Uav


def uav_fields(mission: Callable[[], Mission] | None = None) -> list[Field]:
    """List the values of a UAV, the most used first.

    Parameters
    ----------
    mission
        Gives the mission whose own cameras and aircraft are offered beside the built-in ones.
    """
    return with_limits(Uav, [*_often(mission or empty_mission), *_seldom()])


def _often(mission: Callable[[], Mission]) -> list[Field]:
    from_aircraft, automatic = tr("from the aircraft"), tr("automatic")
    return [
        Field("id", tr("Name"), tr("What you call it; used in file names."), "name"),
        choice(
            "aircraft",
            tr("Aircraft"),
            tr("Preset with speed, climb, turns and battery; it brings its camera."),
            lambda: engine.aircraft_names(mission()),
            name_of=engine.readable,
        ),
        choice(
            "camera",
            tr("Camera"),
            tr("With a camera, overlap gives line distance and photo distance."),
            lambda: engine.camera_names(mission()),
            tr("none"),
            name_of=str,
        ),
        speed(
            "speed_m_s",
            tr("Survey speed"),
            tr("Speed on the survey lines."),
            from_aircraft,
        ),
        time(
            "endurance_s",
            tr("Battery time"),
            tr("Flight time of a full battery; the reserve is taken off it."),
            from_aircraft,
        ),
        part(
            "share",
            tr("Share"),
            tr("Wanted part of the area. Leave empty for all: then all finish together."),
            automatic,
        ),
        place(
            "start_lon_lat_deg",
            tr("Launch point"),
            tr("Where it takes off. Empty: mcpp chooses, on ground for the crew if that is drawn."),
            automatic,
        ),
        place(
            "landing_lon_lat_deg",
            tr("Landing point"),
            tr("Where it lands, if not where it took off."),
            tr("launch point"),
        ),
    ]


def _seldom() -> list[Field]:
    from_mission = tr("from the mission")
    return [
        length(
            "height_m",
            tr("Survey height"),
            tr("On the survey lines, above the launch point or, where it is known, the ground."),
            from_mission,
        ),
        length(
            "scan_distance_m",
            tr("Line distance"),
            tr("Its own distance between survey lines."),
            from_mission,
        ),
        angle(
            "direction_deg",
            tr("Way of its lines"),
            tr("From north, clockwise."),
            from_mission,
        ),
        speed(
            "transit_speed_m_s",
            tr("Transit speed"),
            tr("Speed on the way to the area and back."),
            tr("from the aircraft"),
        ),
        integer(
            "batteries",
            tr("Batteries"),
            tr("How many it has; empty is as many as it needs."),
            tr("enough"),
        ),
        choice(
            "autopilot",
            tr("Autopilot"),
            tr("For whom files and uploads are written."),
            lambda: ("ardupilot", "px4", "generic"),
        ),
        choice(
            "gimbal",
            tr("Gimbal"),
            tr("Mount: the older command, which all know. Manager: MAVLink's second protocol."),
            lambda: ("mount", "manager"),
        ),
        integer(
            "system_id",
            tr("System id"),
            tr("MAVLink id of the vehicle; uploads to another one are refused."),
            tr("any"),
        ),
        Field(
            "link",
            tr("Link"),
            tr("Connection for upload, as in udp:127.0.0.1:14550 or serial:/dev/ttyUSB0:57600."),
            "text",
            optional=True,
            empty=tr("none"),
        ),
    ]
