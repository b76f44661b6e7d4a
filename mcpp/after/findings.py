"""Puts what went wrong on a flight into words."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import numpy as np

from mcpp.after.planned import PlannedPhotos
from mcpp.after.result import Basis, UavFlown, Verification
from mcpp.model import BoolArray, Finding

SWITCH_S = 600.0
"""Take-offs are held back by hand; clocks are not believed to differ for less."""
RISE_NOTE_M = 5.0
OFF_LINE_SHARE = 0.25
_PITCH_WORDS = {True: "the planned one", False: "straight down"}


def findings_of(found: Verification, *, no_height: int, no_lens: int) -> Verification:
    """Return a verification with all its findings, the worst first."""
    basis = found.basis
    listed = [
        *_gaps(found),
        *_stopped_and_left_out(found),
        *basis.gathered.findings,
        *_unplaced(no_height, no_lens),
    ]
    for index, uav in enumerate(found.uavs):
        listed += _of_uav(basis, uav, index)
    listed += _late(basis)
    order = {"error": 0, "warning": 1, "note": 2}
    named = [
        one if one.uav is None else replace(one, message=f"{one.uav}: {one.message}")
        for one in listed
    ]
    return replace(found, findings=tuple(sorted(named, key=lambda one: order[one.level])))


def _gaps(found: Verification) -> Iterator[Finding]:
    if found.gaps:
        first = found.gaps[0]
        yield Finding(
            level="error",
            code="gaps",
            message=(
                f"{len(found.gaps)} gaps, {found.gaps_m2:,.0f} m2: promised is "
                f"{found.promised}; the largest has {first.area_m2:,.0f} m2 and down to "
                f"{first.least_views} photos of {first.wanted_views}"
            ),
            lon_lat_deg=first.lon_lat_deg,
            amount_m=None,
        )


def _unplaced(no_height: int, no_lens: int) -> Iterator[Finding]:
    for count, what, cure in (
        (no_height, "height above ground", "--height, --ground or --terrain"),
        (no_lens, "lens", "--camera"),
    ):
        if count:
            message = f"{count} photos tell no {what} and are left out: give {cure}"
            yield Finding(level="warning", code="left-out", message=message)


def _stopped_and_left_out(found: Verification) -> Iterator[Finding]:
    """Name sorties that end early, then lines without any photo."""
    basis = found.basis
    planned = basis.setting.planned
    if planned is None or basis.lines is None:
        return
    bare = _bare_lines(basis, planned)
    lines = [(i, line) for i, line in enumerate(planned.lines) if line.last > line.first]
    for (uav, sortie), group in groupby(lines, key=lambda item: (item[1].uav, item[1].sortie)):
        own = list(group)
        name = basis.setting.mission.uavs[uav].id
        left = [bool(bare[i]) for i, _ in own]
        tail = next((k for k, one in enumerate(reversed(left)) if not one), len(left))
        if tail == len(left):
            message = f"sortie {sortie}: not one usable photo of its {len(own)} lines"
            yield Finding(level="error", code="not-flown", message=message, uav=name)
            continue
        if tail > 1:
            last = own[-tail][1]
            missed_m = sum(line.length_m for _, line in own[-tail:])
            message = (
                f"sortie {sortie}: photos stop before line {last.number} of {len(own)}: "
                f"{missed_m:,.0f} m of lines are missing"
            )
            yield Finding(level="error", code="stopped", message=message, uav=name,
                          lon_lat_deg=_place(basis, last.begin_m), amount_m=missed_m)  # fmt: skip
        kept = own[: len(own) - tail] if tail > 1 else own
        for i, line in kept:
            if bare[i]:
                message = (
                    f"sortie {sortie}: line {line.number} ({line.length_m:,.0f} m) was left out: "
                    f"{line.last - line.first} photos"
                )
                yield Finding(
                    level="error",
                    code="line-left-out",
                    message=message,
                    uav=name,
                    lon_lat_deg=_place(basis, line.begin_m),
                    amount_m=line.length_m,
                )


def _place(basis: Basis, xyz_m: np.ndarray) -> tuple[float, float]:
    lon, lat = np.round(basis.setting.frame.to_deg(xyz_m[:2]), 7)
    return float(lon), float(lat)


def _bare_lines(basis: Basis, planned: PlannedPhotos) -> BoolArray:
    """Which lines lack all their photos."""
    missing = np.zeros(len(planned.lines), dtype=np.int64)
    for hole in basis.lines.holes if basis.lines else ():
        missing[hole.line] += hole.missing
    counts = np.array([line.last - line.first for line in planned.lines])
    return np.asarray((counts > 0) & (missing >= counts))


def _of_uav(basis: Basis, uav: UavFlown, index: int) -> Iterator[Finding]:
    def warn(code: str, message: str, amount_m: float | None = None) -> Finding:
        return Finding(level="warning", code=code, message=message, uav=uav.id, amount_m=amount_m)

    if uav.missing:
        yield warn("photos-missing", f"{uav.missing} of {uav.planned} planned photos are missing")
    mine = basis.taken.uav == index
    if uav.tilted:
        sight = basis.taken.off_nadir_deg[mine]
        wanted = basis.setting.off_nadir_deg(index)
        far = sight[np.abs(sight - wanted) > 1e-9]
        worst = far[np.argsort(-np.abs(far - wanted))][: uav.tilted]
        yield warn(
            "gimbal",
            f"{uav.tilted} photos look {np.median(worst):.0f} degrees away from straight down, "
            f"where {wanted:.0f} are planned: they do not count",
        )
    if uav.too_coarse:
        yield warn(
            "too-coarse",
            f"{uav.too_coarse} photos have pixels over 15 % larger than planned: they do not count",
        )
    if uav.too_low:
        yield warn("too-low", f"{uav.too_low} photos were taken over 15 % lower than planned")
    if uav.rise_m is not None and abs(uav.rise_m.median) > RISE_NOTE_M:
        word = "above" if uav.rise_m.median > 0 else "below"
        yield warn(
            "height",
            f"half of the photos were taken {abs(uav.rise_m.median):.0f} m {word} the planned "
            "height, or farther off",
            uav.rise_m.median,
        )
    spacing = basis.setting.spacing_m(index) if basis.setting.plan else 0.0
    if uav.off_line_m is not None and uav.off_line_m.worst_5_percent > OFF_LINE_SHARE * spacing:
        off_m = uav.off_line_m.worst_5_percent
        yield warn("off-line", f"5 % of the photos lie {off_m:.1f} m or more off their line", off_m)
    if uav.blurred:
        yield warn("blur", f"{uav.blurred} photos moved over 1 pixel during the exposure")
    yield from _assumed(basis, uav, mine)


def _assumed(basis: Basis, uav: UavFlown, mine: BoolArray) -> Iterator[Finding]:
    taken = basis.taken
    plan = basis.setting.plan is not None
    height = (
        "the planned one" if plan and basis.setting.wishes.height_m is None else "that of --height"
    )
    for code, which, what in (
        ("height-unknown", ~taken.height_told, f"height above the ground: {height}"),
        ("gimbal-unknown", ~taken.pitch_told, f"gimbal pitch: {_PITCH_WORDS[plan]}"),
    ):
        count = int((which & mine).sum())
        if count:
            message = f"{count} of {uav.photos} photos tell no {what} is taken"
            yield Finding(level="note", code=code, message=message, uav=uav.id)
    count = int((taken.other_lens & mine).sum())
    if count:
        message = f"{count} photos tell another focal length than the plan: theirs is taken"
        yield Finding(level="warning", code="lens", message=message, uav=uav.id)


def _late(basis: Basis) -> Iterator[Finding]:
    """Name UAVs whose photos lie at other times beside the rest of the fleet than planned."""
    planned, taken = basis.setting.planned, basis.taken
    if planned is None or not len(planned.time_s):
        return
    stamps = np.array([np.nan if s.stamp_s is None else s.stamp_s for s in taken.shots])
    ahead = {c.group: c.ahead_s for c in basis.gathered.clocks}
    stamps -= np.array([ahead.get(s.group, 0.0) for s in taken.shots])
    late = {}
    for index in np.unique(taken.uav).tolist():
        on = np.flatnonzero((taken.uav == index) & (taken.nearest >= 0) & np.isfinite(stamps))
        if len(on):
            late[index] = float(np.median(stamps[on] - planned.time_s[taken.nearest[on]]))
    if len(late) < 2:
        return
    middle = float(np.median(list(late.values())))
    if len(late) == 2:
        middle = min(late.values())
    for index, value in late.items():
        if abs(value - middle) > SWITCH_S:
            hours = abs(value - middle) / 3600
            word = "later" if value > middle else "earlier"
            message = (
                f"its photos are {hours:.2f} h {word} beside the other UAVs' than planned: "
                "it flew then, or its clock is off"
            )
            yield Finding(level="warning", code="clock-fleet", message=message,
                          uav=basis.gathered.names[index])  # fmt: skip
