"""Tables of the report."""

import math
from collections.abc import Iterable

import numpy as np
from shapely.geometry import Point, Polygon

from mcpp.check.gaps import gaps_m
from mcpp.clock import minutes
from mcpp.flight.starts import Start, starts
from mcpp.ground.frame import LocalFrame
from mcpp.model import Finding, KeptFigures, Plan, Sortie
from mcpp.report.cells import Cell, Named, Strong, Table
from mcpp.report.facts import battery_left, photos, plan_approaches
from mcpp.report.kept import line_words, photo_words
from mcpp.report.launches import LAUNCH_HEAD, launch_rows

_WORST_PAIRS = 6
_WORST_GAPS = 6


def length(length_m: float) -> str:
    """Write a length in metres, or in kilometres from 10 km on."""
    return f"{length_m:,.0f} m" if length_m < 10_000 else f"{length_m / 1000:,.1f} km"


def uav_table(plan: Plan) -> Table:
    """Share, length, turns, time and sorties of each UAV."""
    asked = any(uav.share_asked for uav in plan.report.uavs)
    head = (
        "UAV", *(("Share asked", "given") if asked else ("Share",)), "Length", "Survey part",
        "Turns", "Waypoints", "In the air", "Sorties", "Battery used", "Lands at",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            Named(i, uav.id),
            *([f"{uav.share_wanted * 100:.1f} %" if uav.share_asked else "-"] if asked else []),
            f"{uav.share_given * 100:.1f} %",
            length(uav.length_m),
            f"{uav.survey_part * 100:.0f} %",
            str(uav.turns),
            str(uav.waypoints),
            minutes(uav.flight_time_s),
            str(uav.sorties),
            f"{uav.battery_used * 100:.0f} %",
            minutes(uav.landing_s),
        )
        for i, uav in enumerate(plan.report.uavs)
    ]
    return Table(head, rows)


def kept_table(plan: Plan) -> Table | None:
    """Lay out what lines and photos keep: of several values the worst comes first."""
    wanted = plan.report.fleet.min_views
    head = ["", "Lines asked", "Next line: most, p95, median", "Ground too far"]
    if wanted is not None:
        head += ["Sidelap: least, p5, median", "Frontlap", "Views: least, p1, p5, median",
                 f"Ground under {wanted} views", "Photos", "GSD"]  # fmt: skip
    head.append("In the air if each waypoint is a stop")
    rows: list[tuple[Cell, str, KeptFigures, str]] = [
        (Named(i, uav.id), f"{vehicle.spacing_m:.1f} m", uav.kept, minutes(uav.stops_time_s))
        for i, (uav, vehicle) in enumerate(
            zip(plan.report.uavs, plan.problem.vehicles, strict=False)
        )
    ]
    if not rows or plan.problem.walls:  # passes by structures are told as findings
        return None
    rows.append(("all", "", plan.report.fleet.kept, ""))
    return Table(
        head,
        [(name, asked, *_kept_cells(kept, wanted), stops) for name, asked, kept, stops in rows],
    )


def _kept_cells(kept: KeptFigures, wanted: int | None) -> list[str]:
    return [*line_words(kept), *(photo_words(kept) if wanted is not None else ())]


def flight_table(plan: Plan) -> Table:
    """Heights, speeds, line spacing and camera work of each UAV."""
    head = (
        "UAV", "Autopilot", "Camera", "Survey height", "Way there", "Way back", "Speed", "Lines",
        "GSD", "Photos",
    )  # fmt: skip
    rows = []
    for i, vehicle in enumerate(plan.problem.vehicles):
        there, back = vehicle.transit_height_m, vehicle.return_height_m
        shots = sum(photos(plan, sortie) for sortie in plan.sorties if sortie.uav == i)
        rows.append(
            (
                Named(i, vehicle.id),
                vehicle.autopilot,
                vehicle.camera or "none",
                f"{vehicle.height_m:.0f} m",
                f"{vehicle.height_m if there is None else there:.0f} m",
                f"{vehicle.height_m if back is None else back:.0f} m",
                f"{vehicle.speed_m_s:.1f} m/s",
                f"{vehicle.spacing_m:.1f} m",
                "-" if vehicle.gsd_m is None else f"{vehicle.gsd_m * 100:.1f} cm",
                str(shots) if shots else "-",
            )
        )
    return Table(head, rows, text_columns=3)


def launch_table(plan: Plan) -> Table | None:
    """Launch and landing points, latitude first; None where nothing flies."""
    rows = [(Named(i, plan.mission.uavs[i].id), *words) for i, words in launch_rows(plan)]
    return Table(("UAV", *LAUNCH_HEAD), rows, text_columns=4) if rows else None


def sortie_table(plan: Plan) -> Table | None:
    """Who takes off when, and why not earlier; battery, way and photos, by time of take-off."""
    head = (
        "UAV", "Sortie", "Waits", "Takes off at", "Lands at", "Time", "Battery left", "Length",
        "Photos",
    )  # fmt: skip
    rows = []
    for start in starts(plan):
        sortie = plan.sorties[start.sortie]
        end_s = float(sortie.time_s[-1])
        shots = photos(plan, sortie)
        rows.append(
            (
                Named(sortie.uav, plan.problem.vehicles[sortie.uav].id),
                str(sortie.number),
                _waits(start),
                minutes(start.at_s),
                minutes(end_s),
                minutes(end_s - start.at_s),
                _left(plan, sortie),
                length(float(np.linalg.norm(np.diff(sortie.xyz_m, axis=0), axis=1).sum())),
                str(shots) if shots else "-",
            )
        )
    return Table(head, rows) if rows else None


def _waits(start: Start) -> str:
    parts = [
        f"{minutes(seconds)} {why}"
        for seconds, why in ((start.charges_s, "to charge"), (start.waits_s, "to keep apart"))
        if seconds
    ]
    return ", ".join(parts) or "-"


def _left(plan: Plan, sortie: Sortie) -> str:
    left, reserve = battery_left(plan, sortie)
    return f"{100 * left:.0f} % (reserve {100 * reserve:.0f} %)"


def gaps_table(plan: Plan) -> Table | None:
    """List the largest pieces of ground not covered, and where; None where there is none."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    parts = sorted(gaps_m(plan).geoms, key=lambda part: (-part.area, part.bounds))
    rows = []
    for part in parts[:_WORST_GAPS]:
        lon, lat = frame.to_deg(np.array(part.representative_point().coords[0]))
        rows.append(
            (f"{float(lat):.6f}, {float(lon):.6f}", _reason(plan, part), f"{part.area:,.0f} m²")
        )
    if len(parts) > _WORST_GAPS:
        rest = sum(part.area for part in parts[_WORST_GAPS:])
        rows.append((f"{len(parts) - _WORST_GAPS} smaller ones", "", f"{rest:,.0f} m²"))
    return Table(("Latitude, longitude", "Where", "Area"), rows, text_columns=2) if rows else None


def _reason(plan: Plan, part: Polygon) -> str:
    """Say why a piece is not covered: what the planner left out there, or what lies near it."""
    for left in plan.solution.dropped:
        if part.distance(Point(left.x_m, left.y_m)) < 1.0:
            return left.reason
    if part.distance(plan.problem.no_fly) < 1.0:
        return "beside a no-fly zone and its buffer"
    return "at the border" if part.distance(plan.problem.ground.boundary) < 1.0 else "between lines"


def alternatives_table(plan: Plan) -> Table | None:
    """List what other planners would have given; None where none was tried."""
    found = plan.solution.alternatives
    if not found:
        return None
    rows = [
        (
            Strong(other.planner) if other.chosen else other.planner,
            other.reason or ("chosen" if other.chosen else ""),
            *(
                (minutes(other.finish_s), length(other.length_m), f"{other.coverage_percent:.2f} %")
                if other.length_m > 0
                else ("-", "-", "-")
            ),
        )
        for other in found
    ]
    return Table(("Planner", "", "Finishes", "Length", "Coverage"), rows, text_columns=2)


def separation_table(plan: Plan) -> Table | None:
    """List the closest pairs of sorties in the air together; None where there is no pair."""
    problem = plan.problem
    pairs = plan_approaches(plan)
    if not pairs:
        return None

    def name(index: int) -> Named:
        sortie = plan.sorties[index]
        return Named(sortie.uav, f"{problem.vehicles[sortie.uav].id} {sortie.number}")

    def least(distance_m: float, time_s: float) -> tuple[str, str]:
        found = math.isfinite(distance_m)
        return (f"{distance_m:.1f} m", minutes(time_s)) if found else ("never near", "-")

    worst = sorted(pairs, key=lambda pair: (pair.horizontal_m, pair.vertical_m))[:_WORST_PAIRS]
    rows = [
        (
            name(pair.first),
            name(pair.second),
            *least(pair.horizontal_m, pair.horizontal_time_s),
            *least(pair.vertical_m, pair.vertical_time_s),
        )
        for pair in worst
    ]
    words = (
        f"Wanted: {problem.separation_m:g} m on the map, or"
        f" {problem.vertical_separation_m:g} m in height."
    )
    head = ("Sortie", "and sortie", "Nearest at like heights", "at", "Above each other", "at")
    return Table(head, rows, text_columns=2, words=words)


def by_level(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings: errors first."""
    order = {"error": 0, "warning": 1, "note": 2}
    return sorted(findings, key=lambda finding: order[finding.level])
