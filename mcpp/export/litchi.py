"""CSV of the Litchi Mission Hub, in parts of 99 points.

Columns as Litchi itself writes them (litchiutilities.com, *Litchi CSV format*; the file that comes
with the package litchi_wp). Heights are above the launch point (altitudemode 0). A corner has no
curve, so that Litchi stops there and keeps to the legs that were checked. The photo interval holds
from its point to the next one. What Litchi keeps for a whole mission (heading mode, path mode, what
it does at the end) has no place in the file: `mcpp.export.readme` tells it.
"""

import csv
import io
from collections.abc import Iterator

from mcpp.errors import ExportError
from mcpp.export.app_route import AppPoint, Part, headings_deg, parts
from mcpp.export.targets import app_limits
from mcpp.model import Plan, Sortie, Vehicle

_LIMITS = app_limits("litchi")
_ACTIONS = 15
_STAY, _PHOTO, _NONE = 0, 1, -1
_INTERPOLATE = 2  # gimbal mode: the given pitch, here the same at both ends
COLUMNS = (
    *("latitude", "longitude", "altitude(m)", "heading(deg)", "curvesize(m)", "rotationdir"),
    *("gimbalmode", "gimbalpitchangle"),
    *(f"action{what}{i + 1}" for i in range(_ACTIONS) for what in ("type", "param")),
    *("altitudemode", "speed(m/s)", "poi_latitude", "poi_longitude", "poi_altitude(m)"),
    *("poi_altitudemode", "photo_timeinterval", "photo_distinterval"),
)


def takes(plan: Plan, sortie: Sortie) -> bool:
    """Whether the sortie is one of a multirotor: Litchi flies no others."""
    return plan.problem.vehicles[sortie.uav].kind == "multirotor"


def to_parts(plan: Plan, sortie: Sortie) -> tuple[str, ...]:
    """Write one sortie as a table a part.

    Raises
    ------
    ExportError
        For a wing.
    """
    vehicle = plan.problem.vehicles[sortie.uav]
    if not takes(plan, sortie):
        msg = f"litchi: {vehicle.id} is a {vehicle.kind}: Litchi flies multirotors"
        raise ExportError(msg)
    return tuple(_table(plan, vehicle, part) for part in parts(plan, sortie, _LIMITS))


def _table(plan: Plan, vehicle: Vehicle, part: Part) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    headings = headings_deg(vehicle, part.points)
    for point, (lon, lat), heading_deg in zip(
        part.points, part.places(plan), headings, strict=True
    ):
        actions = list(_actions(vehicle, point))
        actions += [(_NONE, 0)] * (_ACTIONS - len(actions))
        table.writerow(
            [
                *(f"{lat:.7f}", f"{lon:.7f}", f"{point.xyz_m[2]:.2f}", f"{heading_deg:.1f}"),
                *(0, 0, _INTERPOLATE, f"{vehicle.gimbal_pitch_deg:g}"),
                *(value for action in actions for value in action),
                *(0, f"{point.speed_m_s:g}", 0, 0, 0, 0, -1, _interval(vehicle, point)),
            ]
        )
    return out.getvalue()


def _interval(vehicle: Vehicle, point: AppPoint) -> str:
    by_distance = vehicle.trigger == "distance" and point.survey
    every_m = vehicle.trigger_distance_m if by_distance else None
    return "-1" if every_m is None else f"{every_m:.2f}"


def _actions(vehicle: Vehicle, point: AppPoint) -> Iterator[tuple[int, int]]:
    if point.photo:
        if vehicle.hover_s > 0:
            yield _STAY, round(1000 * min(vehicle.hover_s, _LIMITS.hover_s))
        yield _PHOTO, 0
