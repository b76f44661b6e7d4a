"""Which app takes an aircraft's missions, in which format, and what its crew has to know.

What an aircraft can not be given at all is told before anything is planned.
"""

import math
from collections.abc import Iterator

from mcpp.equipment import App
from mcpp.export.dji_aircraft import NUMBERS
from mcpp.export.targets import FileApp, app_limits
from mcpp.model import Finding, Mission, Vehicle
from mcpp.problem.aircraft import find_aircraft

FORMATS: dict[App, tuple[str, ...]] = {
    "mavlink": ("qgc-plan", "waypoints"),
    "dji-pilot": ("wpml",),
    "dji-fly": ("dji-fly",),
    "litchi": ("litchi",),
    "potensic": ("potensic",),
    "none": (),
}
"""The formats of `mcpp.export.registry` that an app reads."""
TIMER_S = (2, 3, 5, 7, 10, 15, 20, 30, 60)
"""What the timer of the apps can be set to, that takes photos by itself."""
CREW_WORDS: dict[App, str] = {
    "mavlink": "Open the .plan in QGroundControl or the .waypoints in Mission Planner, or send it "
    "with mcpp upload.",
    "dji-pilot": "DJI Pilot 2: copy the .kmz to the controller and import it as a flight route. It "
    "holds no geofence: set the zones in the app. Look at the route before you fly it.",
    "dji-fly": "DJI Fly imports no files: save any waypoint flight in the app, and put the .kmz in "
    "its place in the app's folder 'waypoint' under that flight's own name. It holds no geofence. "
    "Look at the route before you fly it.",
    "litchi": "Litchi: import the .csv in the Mission Hub, without 'Above Ground'. Set Path Mode "
    "to 'Straight Lines', Heading Mode to 'Custom', and Finish Action to 'None' for a part that "
    "another follows, else to 'Return to Home', or to 'Land' where it lands elsewhere. It holds no "
    "geofence.",
    "potensic": "PotensicPro imports no files: unpack the .zip into the folder in which the app "
    "keeps its own waypoint flights, which takes a phone that lets a cable there. It holds no "
    "geofence. Look at the route before you fly it.",
    "none": "mcpp writes no file for it: fly by the map of report.html.",
}


def app_of(mission: Mission, uav: int) -> App:
    """Name what takes the missions of a UAV.

    Raises
    ------
    InputError
        When its aircraft is not known.
    """
    one = mission.uavs[uav]
    field = f"uavs[{uav}].aircraft"
    craft = find_aircraft(one.aircraft, mission.aircraft, field=field)
    if craft.app != "dji-pilot" or craft.name.casefold() in NUMBERS:
        return craft.app
    return "none"  # DJI Pilot 2 reads no route without the aircraft's number


def file_app_of(mission: Mission, uav: int) -> FileApp | None:
    """Name the app that flies a UAV's files; None where there is none, or over MAVLink."""
    app = app_of(mission, uav)
    return None if app == "mavlink" or app == "none" else app


def path_words(mission: Mission) -> Iterator[tuple[str, str]]:
    """Tell, UAV by UAV, which can not be given its flights, or only with trouble: id and words.

    Raises
    ------
    InputError
    """
    for i, uav in enumerate(mission.uavs):
        app = app_of(mission, i)
        craft = find_aircraft(uav.aircraft, mission.aircraft)
        if app == "none":
            why = (
                "the aircraft's number is not known, which DJI Pilot 2 wants"
                if craft.app == "dji-pilot"
                else "its app is 'none'"
            )
            words = f"mcpp writes no file that a {uav.aircraft!r} flies ({why}): fly it by hand"
            yield uav.id, words
        elif app != "mavlink" and craft.kind != "multirotor":
            yield uav.id, f"{app_limits(app).label} flies multirotors, and no {craft.kind}"
        elif app == "potensic":
            words = "PotensicPro opens no files: its flights are put into its own folder by a cable"
            yield uav.id, words


def path_findings(mission: Mission) -> tuple[Finding, ...]:
    """Tell `path_words` as warnings."""
    return tuple(
        Finding(level="warning", code="export-path", message=f"{uav}: {words}", uav=uav)
        for uav, words in path_words(mission)
    )


def timer_s(vehicle: Vehicle) -> int | None:
    """Choose the timer that takes the photos of a vehicle: at least as many as were asked for.

    None where even the shortest is too slow, or where no photos are taken by distance.
    """
    distance_m = vehicle.trigger_distance_m
    if vehicle.trigger != "distance" or not distance_m:
        return None
    between_s = distance_m / vehicle.speed_m_s
    return max((s for s in TIMER_S if s <= between_s + 1e-6), default=None)


def slowest_timer_words(vehicle: Vehicle) -> str:
    """Say how fast the vehicle may fly that the shortest timer keeps up."""
    speed = math.floor(10 * (vehicle.trigger_distance_m or 0.0) / TIMER_S[0]) / 10
    return f"survey at {speed:g} m/s or slower"
