"""Joins photos with logs: one list of photos, each with its UAV, on clocks that agree."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.spatial import KDTree

from mcpp.after.clocks import (
    CLEAR_PHOTOS,
    TOLERANCE_S,
    ClockOffset,
    against_events,
    against_receiver,
    against_track,
)
from mcpp.after.owners import Owners, told_owner
from mcpp.after.setting import Setting
from mcpp.after.shots import Flown, Log, Shot, Unused
from mcpp.after.track import located
from mcpp.ground.frame import LocalFrame
from mcpp.model import Finding, IntArray

SAME_PLACE_M = 2.0
SAME_SHARE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gathered:
    """Photos that have a place, and what was found on the way.

    Attributes
    ----------
    uav
        Shape (n,): index of the UAV of each photo; of the group where there is no plan.
    names
        Id of each UAV, or name of each group.
    """

    shots: tuple[Shot, ...]
    uav: IntArray
    names: tuple[str, ...]
    clocks: tuple[ClockOffset, ...]
    unused: tuple[Unused, ...]
    findings: tuple[Finding, ...]


def gather(setting: Setting, flown: Flown) -> Gathered:
    """Join photos and logs of all UAVs.

    Photos of a UAV go before the photos that its logs tell of; these then place photos without a
    position, and fill in heights and speeds.

    Raises
    ------
    InputError
        When the user names a UAV that the plan has not.
    """
    findings: list[Finding] = []
    clocks: list[ClockOffset] = []
    unused = list(flown.unused)
    groups = _groups(flown.shots)
    groups = {name: _without_twins(shots, findings) for name, shots in groups.items()}
    logs = _without_copies(flown.logs, setting.frame, findings)
    owner_of = _OwnerReader(setting, flown)
    joined: dict[str, list[Shot]] = {}
    served: set[str] = set()
    for name, shots in groups.items():
        clock = against_receiver(shots)
        clocks += [clock] if clock else []
        best = _best_log(name, shots, logs, owner_of)
        if best is not None:
            offset, log = best
            clocks.append(offset)
            served.add(log.name)
            shots = [located(shot, log, offset.ahead_s) for shot in shots]
            findings += _unanswered(shots, log, offset)
        joined[name] = [shot for shot in shots if shot.lon_lat_deg is not None]
        lost = len(shots) - len(joined[name])
        if lost:
            reason = f"{lost} photos tell no position, and no log does"
            unused.append(Unused(name=name, reason=reason))
            findings += [_unplaced(name, lost)] if logs and best is None else []
    for log in logs:
        if log.name in served:
            continue
        joined[log.name] = [shot for shot in log.shots if shot.lon_lat_deg is not None]
        if not joined[log.name]:
            unused.append(Unused(name=log.name, reason="it tells a way, but of no photo"))
    findings += _clock_findings(clocks)
    systems = {log.name: log.system_id for log in logs}
    return _assembled(setting, joined, systems, flown, clocks, unused, findings)


def _groups(shots: tuple[Shot, ...]) -> dict[str, list[Shot]]:
    groups: dict[str, list[Shot]] = {}
    for shot in shots:
        groups.setdefault(shot.group, []).append(shot)
    return groups


def _without_twins(shots: list[Shot], findings: list[Finding]) -> list[Shot]:
    """Leave out the DNG beside a JPEG of the same name, and a second row of a table."""
    kept: dict[str, Shot] = {}
    for shot in shots:
        stem = shot.name.rpartition(".")[0] or shot.name
        before = kept.get(stem)
        if before is None or (before.lon_lat_deg is None and shot.lon_lat_deg is not None):
            kept[stem] = shot
    twins = len(shots) - len(kept)
    if twins:
        findings.append(
            Finding(
                level="note",
                code="twins",
                message=f"{shots[0].group}: {twins} photos are there twice: each counts once",
            )
        )
    return list(kept.values())


def _without_copies(logs: tuple[Log, ...], frame: LocalFrame, findings: list[Finding]) -> list[Log]:
    """Leave out logs of a flight that another log tells of with more photos."""
    kept: list[Log] = []
    for log in sorted(logs, key=lambda one: (-len(one.shots), one.name)):
        twin = next((one for one in kept if _same_flight(one, log, frame)), None)
        if twin is None:
            kept.append(log)
            continue
        message = f"{log.name}: it tells of the same flight as {twin.name}: its photos count once"
        findings.append(Finding(level="note", code="same-flight", message=message))
    return sorted(kept, key=lambda one: one.name)


def _same_flight(first: Log, second: Log, frame: LocalFrame) -> bool:
    places = [
        np.array([s.lon_lat_deg for s in log.shots if s.lon_lat_deg is not None])
        for log in (first, second)
    ]
    if not all(len(one) for one in places):
        return False
    away, _ = KDTree(frame.to_m(places[0])).query(frame.to_m(places[1]))
    return float(np.mean(away <= SAME_PLACE_M)) >= SAME_SHARE


class _OwnerReader:
    """Finds the UAV that words name: the user's, a folder's, a log's."""

    def __init__(self, setting: Setting, flown: Flown) -> None:
        self._plan, self._owners = setting.plan, flown.owners

    def __call__(self, group: str, system_id: int | None = None) -> int | None:
        if self._plan is None:
            return None
        return told_owner(self._plan, group, self._owners, system_id)


def _best_log(
    name: str, shots: list[Shot], logs: list[Log], owner_of: _OwnerReader
) -> tuple[ClockOffset, Log] | None:
    """Find the log on which most photos of a group agree; none where two logs do alike.

    Photos that tell their place fit one way only; the rhythm of others may fit several.
    """
    owner = owner_of(name)
    placed = any(shot.lon_lat_deg is not None for shot in shots)
    fitting: list[tuple[ClockOffset, Log]] = []
    for log in logs:
        other = owner_of(log.name, log.system_id)
        if owner is not None and other is not None and owner != other:
            continue
        offset = against_track(shots, log) if placed else against_events(shots, log)
        fitting += [] if offset is None else [(offset, log)]
    fitting.sort(key=lambda one: -one[0].photos)
    if not fitting:
        return None
    rivals = [one for one in fitting if fitting[0][0].photos - one[0].photos < CLEAR_PHOTOS]
    return fitting[0] if placed or len(rivals) == 1 else None


def _unplaced(name: str, lost: int) -> Finding:
    return Finding(
        level="error",
        code="unplaced",
        message=(
            f"{name}: {lost} photos tell no position, and their times fit no log in one way only: "
            "tell whose they are with UAV=PATH, or give a table of positions"
        ),
    )


def _unanswered(shots: list[Shot], log: Log, offset: ClockOffset) -> Iterator[Finding]:
    """Name triggers of a log that left no photo."""
    stamps = np.sort([s.stamp_s - offset.ahead_s for s in shots if s.stamp_s is not None])
    events = np.array([s.stamp_s for s in log.shots if s.stamp_s is not None])
    if not len(stamps) or not len(events):
        return
    after = np.searchsorted(stamps, events)
    near = [
        np.abs(stamps[np.clip(after + shift, 0, len(stamps) - 1)] - events) for shift in (-1, 0)
    ]
    lost = int((np.minimum(*near) > TOLERANCE_S / 2 + 0.2).sum())
    if lost:
        yield Finding(
            level="warning",
            code="no-photo",
            message=f"{log.name}: {lost} of {len(events)} triggers left no photo",
        )


def _clock_findings(clocks: list[ClockOffset]) -> Iterator[Finding]:
    for clock in clocks:
        if abs(clock.ahead_s) <= TOLERANCE_S:
            continue
        word = "ahead of" if clock.ahead_s > 0 else "behind"
        yield Finding(
            level="warning",
            code="clock",
            message=(
                f"{clock.group}: its clock is {_clock_words(abs(clock.ahead_s))} {word} "
                f"{clock.against}: taken into account"
            ),
        )


def _clock_words(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d} h"


def _assembled(
    setting: Setting,
    joined: dict[str, list[Shot]],
    systems: dict[str, int | None],
    flown: Flown,
    clocks: list[ClockOffset],
    unused: list[Unused],
    findings: list[Finding],
) -> Gathered:
    shots: list[Shot] = []
    uav: list[IntArray] = [np.empty(0, dtype=np.int32)]
    names = tuple(one.id for one in setting.mission.uavs) if setting.plan else tuple(joined)
    owners = None
    if setting.plan is not None and setting.planned is not None:
        owners = Owners(setting.plan, setting.planned, setting.frame)
    for number, (name, own) in enumerate(joined.items()):
        if not own:
            continue
        shots += own
        if owners is None or setting.plan is None:
            uav.append(np.full(len(own), number, dtype=np.int32))
            continue
        told = told_owner(setting.plan, name, flown.owners, systems.get(name))
        uav.append(owners.of_photos(own, told))
    return Gathered(
        shots=tuple(shots),
        uav=np.concatenate(uav),
        names=names,
        clocks=tuple(clocks),
        unused=tuple(unused),
        findings=tuple(findings),
    )
