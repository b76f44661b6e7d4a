"""Which UAV took what."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

import numpy as np
from scipy.spatial import KDTree

from mcpp.after.planned import PlannedPhotos
from mcpp.after.shots import Log, Shot
from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.model import FloatArray, IntArray, Plan

CLEAR_SHARE = 0.8
"""A group belongs to one UAV where so many of its photos lie at that UAV's lines."""


def told_owner(plan: Plan, group: str, owners: dict[str, str], system_id: int | None) -> int | None:
    """UAV that the user, a folder's name or the MAVLink system id names; None where none does.

    Raises
    ------
    InputError
        When the user names a UAV that the plan has not.
    """
    ids = [uav.id for uav in plan.mission.uavs]
    named = owners.get(group)
    if named is not None:
        if named not in ids:
            msg = f"{named}={group}: there is no UAV {named!r}: give one of {', '.join(ids)}"
            raise InputError(msg)
        return ids.index(named)
    parts = {part.split(" (")[0] for part in PurePosixPath(group).parts}
    parts |= {PurePosixPath(part).stem for part in parts}
    inside = [i for i, name in enumerate(ids) if name in parts]
    if len(inside) == 1:
        return inside[0]
    if system_id is not None:
        same = [i for i, uav in enumerate(plan.mission.uavs) if uav.system_id == system_id]
        return same[0] if len(same) == 1 else None
    return None


class Owners:
    """Finds the UAV of photos by the lines at which they lie."""

    def __init__(self, plan: Plan, planned: PlannedPhotos, frame: LocalFrame) -> None:
        self._plan, self._frame = plan, frame
        xy, uav = _lines_m(plan, planned)
        self._tree = KDTree(xy) if len(xy) else None
        self._uav = uav

    def _nearest(self, xy_m: FloatArray) -> IntArray:
        if self._tree is None:
            return np.zeros(len(xy_m), dtype=np.int32)
        _, nearest = self._tree.query(xy_m)
        return np.asarray(self._uav[nearest], dtype=np.int32)

    def of_photos(self, shots: Sequence[Shot], owner: int | None) -> IntArray:
        """UAV of each photo of a group, shape (n,): one for all where most lie at its lines."""
        if owner is not None:
            return np.full(len(shots), owner, dtype=np.int32)
        found = self._nearest(self._frame.to_m(np.array([s.lon_lat_deg for s in shots])))
        votes = Counter(found.tolist())
        winner, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
        if count >= CLEAR_SHARE * len(shots):
            return np.full(len(shots), winner, dtype=np.int32)
        return found

    def of_log(self, log: Log, owner: int | None) -> int:
        """UAV of a log."""
        if owner is not None:
            return owner
        places = [s.lon_lat_deg for s in log.shots if s.lon_lat_deg is not None]
        lon_lat = np.array(places) if places else log.lon_lat_deg
        found = self._nearest(self._frame.to_m(lon_lat))
        return int(min(Counter(found.tolist()).items(), key=lambda item: (-item[1], item[0]))[0])


def _lines_m(plan: Plan, planned: PlannedPhotos) -> tuple[FloatArray, IntArray]:
    """Planned photos, or points of the survey lines where none are planned."""
    if len(planned.xyz_m):
        return np.asarray(planned.xyz_m[:, :2]), np.asarray(planned.uav)
    points, uav = [np.empty((0, 2))], []
    for line in planned.lines:
        count = max(2, int(line.length_m / max(plan.problem.vehicles[line.uav].spacing_m / 2, 1.0)))
        part = np.linspace(0.0, 1.0, count)[:, None]
        points.append(line.begin_m[:2] + part * (line.end_m - line.begin_m)[:2])
        uav += [line.uav] * count
    return np.vstack(points), np.array(uav, dtype=np.int32)
