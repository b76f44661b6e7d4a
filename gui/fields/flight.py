"""The flight settings of the whole fleet."""

from gui.fields.field import Field, angle, choice, gsd, length, part, speed, with_limits
from gui.i18n import tr
from mcpp.model import FlightSettings


def flight_fields() -> list[Field]:
    """List the flight settings."""
    return with_limits(FlightSettings, [*_heights(), *_camera(), *_safety()])


def photo_fields() -> list[Field]:
    """List what the photos follow from: height or resolution, and both overlaps."""
    return with_limits(FlightSettings, _photos())


def _heights() -> list[Field]:
    same = tr("as survey")
    return [
        choice(
            "purpose",
            tr("Purpose"),
            tr(
                "Mapping: photos that overlap. Search: video, camera looking ahead. Coverage: "
                "spraying or sampling, each place once."
            ),
            lambda: ("mapping", "search", "coverage"),
        ),
        length(
            "transit_height_m",
            tr("Transit height"),
            tr("Height on the way to the first line."),
            same,
        ),
        length(
            "return_height_m",
            tr("Return height"),
            tr("Height on the way back."),
            same,
        ),
        length(
            "max_height_m",
            tr("Highest allowed"),
            tr("No leg is planned above it. Often 120 m by law."),
        ),
    ]


def _photos() -> list[Field]:
    return [
        length(
            "height_m",
            tr("Survey height"),
            tr("On the survey lines, above the launch point or, where it is known, the ground."),
            tr("from GSD"),
        ),
        gsd(
            "gsd_m",
            tr("Ground resolution"),
            tr("What one pixel shows (GSD); with it, each camera gets its own height."),
            tr("from height"),
        ),
        part(
            "sidelap",
            tr("Side overlap"),
            tr("Of photos on neighbouring lines; with a camera it gives the line distance."),
            tr("not used"),
        ),
        part(
            "frontlap",
            tr("Forward overlap"),
            tr("Of photos one after the other; with a camera it gives the photo distance."),
            tr("from the camera"),
        ),
    ]


def _camera() -> list[Field]:
    return [
        choice(
            "trigger",
            tr("Camera trigger"),
            tr("By distance, hovering for each photo, or none."),
            lambda: ("distance", "hover", "none"),
            tr("automatic"),
        ),
        angle(
            "gimbal_pitch_deg",
            tr("Gimbal pitch"),
            tr("-90° looks straight down."),
            tr("from purpose"),
        ),
    ]


def _safety() -> list[Field]:
    return [
        speed("wind_m_s", tr("Wind speed"), tr("Flight times are reckoned with it.")),
        angle(
            "wind_from_deg",
            tr("Wind comes from"),
            tr("0° is north, 90° is east."),
        ),
        part(
            "reserve",
            tr("Battery reserve"),
            tr("Part of the battery that no flight uses."),
            tr("of aircraft"),
        ),
        length(
            "separation_m",
            tr("Keep apart, across"),
            tr("Two UAVs in the air keep this distance, or the height distance."),
        ),
        length(
            "vertical_separation_m",
            tr("Keep apart, in height"),
            tr("Two UAVs in the air keep this height distance, or the distance across."),
        ),
        choice(
            "height_frame",
            tr("Waypoint heights are above"),
            tr("Home: the launch point. Terrain: the ground, with a terrain file and ArduPilot."),
            lambda: ("home", "terrain"),
        ),
        choice(
            "start_delays",
            tr("Later starts are kept by"),
            tr("Station: mcpp or the crew. File: the missions wait themselves, motors armed."),
            lambda: ("station", "file"),
        ),
        length(
            "tracking_margin_m",
            tr("UAVs stray by"),
            tr("Added to the buffers of zones and border: some 1.6 m at 5 m/s, 3 m at 10 m/s."),
        ),
        Field(
            "accept_unfenced",
            tr("Accept missions no fence fits"),
            tr("They are written though it takes no fence about all zones and holes."),
            "flag",
        ),
    ]
