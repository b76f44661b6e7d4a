"""A sortie as the apps see it that fly files of waypoints: points, speeds, photos, and parts.

Such an app takes so many waypoints and no more. A sortie with more of them is cut into parts, which
are flown on one battery: each ends hovering where the next begins, and the last one goes home.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mcpp.export.mission_item import SAME_PLACE_M, rounded_lon_lat_deg
from mcpp.export.targets import AppLimits
from mcpp.flight.looks import looks_m
from mcpp.ground.frame import LocalFrame
from mcpp.ground.photo_places import photo_steps
from mcpp.model import FloatArray, LegKind, LonLat, Plan, Sortie, Vehicle


@dataclass(frozen=True, slots=True)
class AppPoint:
    """A waypoint.

    Attributes
    ----------
    xyz_m
        Shape (3,): east, north, height above the launch point.
    speed_m_s
        From here on.
    photo
        Whether a photo is taken here while it hovers.
    survey
        Whether the leg from here on surveys.
    look
        What the nose is kept towards from here on: longitude, latitude, height above the launch
        point; None is along the leg.
    nose_deg
        Direction of that from the middle of the leg, 0 to 360 degrees from north.
    """

    xyz_m: FloatArray
    speed_m_s: float
    photo: bool
    survey: bool
    look: tuple[float, float, float] | None = None
    nose_deg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some of a sortie's points, of which an app takes no more at once.

    Attributes
    ----------
    number, of
        Its number from 1 on, and how many parts there are.
    """

    points: tuple[AppPoint, ...]
    number: int
    of: int

    @property
    def last(self) -> bool:
        """Whether nothing follows: then the vehicle goes home or lands."""
        return self.number == self.of

    def places(self, plan: Plan) -> list[LonLat]:
        """Give the points as longitude and latitude, to 1e-7 degrees."""
        frame = LocalFrame(plan.origin_lon_lat_deg)
        return [rounded_lon_lat_deg(frame, point.xyz_m.tolist()) for point in self.points]


def app_points(plan: Plan, sortie: Sortie, limits: AppLimits) -> tuple[AppPoint, ...]:
    """List the points from above the launch point to above the landing point.

    Each lies off the one before. Speeds are held to the app's own; longer legs than it takes get
    points on their way.
    """
    vehicle = plan.problem.vehicles[sortie.uav]
    hover = vehicle.trigger == "hover"
    points: list[AppPoint] = []
    looks = _Looks(plan, sortie)
    for leg in range(1, len(sortie.kind)):
        if sortie.kind[leg] == LegKind.LAND:
            break
        speed = round(min(float(sortie.speed_m_s[leg]), limits.speed_m_s), 2)
        survey = bool(sortie.kind[leg] == LegKind.SURVEY)
        start, end = sortie.xyz_m[leg], sortie.xyz_m[leg + 1]
        if not points:
            points.append(AppPoint(start, speed, photo=False, survey=survey))
        photo = points[-1].photo or (survey and hover)
        look = looks.of(leg)
        points[-1] = AppPoint(points[-1].xyz_m, speed, photo, survey, *look)
        length_m = math.dist(start, end)
        if length_m < 0.01:
            continue
        step_m = vehicle.trigger_distance_m or vehicle.spacing_m
        steps = photo_steps(length_m, step_m) if survey and hover else 1
        steps = max(steps, math.ceil(length_m / limits.longest_leg_m))
        for i in range(1, steps + 1):
            place = start + (end - start) * (i / steps)
            points.append(AppPoint(place, speed, survey and hover, survey, *look))
    if points:
        points[-1] = replace(points[-1], survey=False, look=None, nose_deg=None)
    return tuple(points)


class _Looks:
    """What is looked at on each leg, in degrees."""

    def __init__(self, plan: Plan, sortie: Sortie) -> None:
        self.frame = LocalFrame(plan.origin_lon_lat_deg)
        self.sortie, self.looks = sortie, looks_m(plan.problem, sortie)

    def of(self, leg: int) -> tuple[tuple[float, float, float] | None, float | None]:
        look = self.looks[leg]
        if look is None:
            return None, None
        east, north = look[:2] - self.sortie.xyz_m[leg : leg + 2, :2].mean(axis=0)
        nose = round(math.degrees(math.atan2(east, north)) % 360.0, 1) % 360.0
        return (*rounded_lon_lat_deg(self.frame, look), look[2]), nose


def survey_runs(points: Sequence[AppPoint]) -> list[tuple[int, int]]:
    """Give the numbers of the first and last point of each run of survey legs."""
    runs: list[tuple[int, int]] = []
    for i, point in enumerate(points[:-1]):
        if not point.survey:
            continue
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def parts(plan: Plan, sortie: Sortie, limits: AppLimits) -> tuple[Part, ...]:
    """Cut a sortie into parts of as many points as an app takes, behind survey lines if it can be.

    Each part begins with the last point of the one before, whose photo has been taken there.
    """
    points, most = app_points(plan, sortie, limits), limits.points
    pieces: list[tuple[AppPoint, ...]] = []
    while len(points) > most:
        last = most - 1
        between = (i for i in range(last, most // 2, -1) if not points[i].survey)
        last = next(between, last)
        pieces.append((*points[:last], replace(points[last], survey=False)))
        points = (replace(points[last], photo=False), *points[last + 1 :])
    pieces.append(points)
    return tuple(Part(points=piece, number=i + 1, of=len(pieces)) for i, piece in enumerate(pieces))


def headings_deg(vehicle: Vehicle, points: Sequence[AppPoint]) -> list[float]:
    """Turn the nose along the leg that begins at each point, 0 to 360 degrees from north.

    Straight up, and at the end, it stays as before.
    """
    if vehicle.heading == "fixed":
        return [round(vehicle.heading_deg % 360.0, 1) % 360.0] * len(points)
    found: list[float | None] = []
    for here, there in zip(points, (*points[1:], *points[-1:]), strict=True):
        east, north = there.xyz_m[:2] - here.xyz_m[:2]
        moves = math.hypot(east, north) > 0.05
        if here.nose_deg is not None:
            found.append(here.nose_deg)
            continue
        course = round(math.degrees(math.atan2(east, north)) % 360.0, 1) % 360.0
        found.append(course if moves else found[-1] if found else None)
    first = next((course for course in found if course is not None), 0.0)
    return [first if course is None else course for course in found]


def returns_home(sortie: Sortie) -> bool:
    """Whether it lands where it took off."""
    return math.dist(sortie.home_m, sortie.xyz_m[-1, :2]) <= SAME_PLACE_M
