"""Tables of the report, as HTML."""

import html
import math
from collections.abc import Iterable, Sequence

import numpy as np

from mcpp.colors import uav_color
from mcpp.deconflict import Approach, approaches
from mcpp.export.geojson import leg_runs
from mcpp.model import Finding, LegKind, Plan, Sortie
from mcpp.report_timeline import minutes

_WORST_PAIRS = 6


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, text_columns: int = 1) -> str:
    """Make a table from cells that are HTML; columns after the first ones hold numbers."""

    def cell(tag: str, i: int, content: str) -> str:
        return (
            f"<{tag}>{content}</{tag}>"
            if i < text_columns
            else f'<{tag} class="n">{content}</{tag}>'
        )

    lines = ["<div class='scroll'><table><thead><tr>"]
    lines += [cell("th", i, word) for i, word in enumerate(head)]
    lines.append("</tr></thead><tbody>")
    for row in rows:
        cells = "".join(cell("td", i, content) for i, content in enumerate(row))
        lines.append(f"<tr>{cells}</tr>")
    lines.append("</tbody></table></div>")
    return "\n".join(lines)


def swatch(uav: int, name: str) -> str:
    """Write a UAV's name behind its colour."""
    return f'<span class="dot" style="background:{uav_color(uav)}"></span>{html.escape(name)}'


def length(length_m: float) -> str:
    """Write a length in metres, or in kilometres from 10 km on."""
    return f"{length_m:,.0f} m" if length_m < 10_000 else f"{length_m / 1000:,.1f} km"


def photos(plan: Plan, sortie: Sortie) -> int:
    """Photos of a sortie: the first at the start of each run of survey legs, then by distance."""
    vehicle = plan.problem.vehicles[sortie.uav]
    step_m = vehicle.trigger_distance_m
    if vehicle.trigger == "none" or not step_m:
        return 0
    steps = np.linalg.norm(np.diff(sortie.xyz_m, axis=0), axis=1)
    runs = [(a, b) for kind, a, b in leg_runs(sortie) if kind == LegKind.SURVEY]
    if vehicle.trigger == "hover":
        hovers = [np.maximum(np.ceil(steps[a:b] / step_m - 1e-6), 1).sum() for a, b in runs]
        return int(sum(hovers)) + len(runs)
    return sum(int(steps[a:b].sum() / step_m) + 1 for a, b in runs)


def uav_table(plan: Plan) -> str:
    """Share, length, turns, time and sorties of each UAV."""
    head = ("UAV", "Share asked", "given", "Length", "Survey", "Turns", "Time", "Sorties")
    rows = [
        (
            swatch(i, uav.id),
            f"{uav.share_wanted * 100:.1f} %",
            f"{uav.share_given * 100:.1f} %",
            length(uav.length_m),
            length(uav.survey_m),
            str(uav.turns),
            minutes(uav.flight_time_s),
            str(uav.sorties),
        )
        for i, uav in enumerate(plan.report.uavs)
    ]
    return table(head, rows)


def flight_table(plan: Plan) -> str:
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
                swatch(i, vehicle.id),
                vehicle.autopilot,
                html.escape(vehicle.camera or "none"),
                f"{vehicle.height_m:.0f} m",
                f"{vehicle.height_m if there is None else there:.0f} m",
                f"{vehicle.height_m if back is None else back:.0f} m",
                f"{vehicle.speed_m_s:.1f} m/s",
                f"{vehicle.spacing_m:.1f} m",
                "-" if vehicle.gsd_m is None else f"{vehicle.gsd_m * 100:.1f} cm",
                str(shots) if shots else "-",
            )
        )
    return table(head, rows, text_columns=3)


def sortie_table(plan: Plan) -> str:
    """Take-off, landing, way and photos of each sortie, by time of take-off."""
    head = ("UAV", "Sortie", "Takes off at", "Lands at", "Time", "Length", "Photos")
    rows = []
    for sortie in sorted(plan.sorties, key=lambda s: (float(s.time_s[0]), s.uav)):
        start_s, end_s = float(sortie.time_s[0]), float(sortie.time_s[-1])
        shots = photos(plan, sortie)
        rows.append(
            (
                swatch(sortie.uav, plan.problem.vehicles[sortie.uav].id),
                str(sortie.number),
                minutes(start_s),
                minutes(end_s),
                minutes(end_s - start_s),
                length(float(np.linalg.norm(np.diff(sortie.xyz_m, axis=0), axis=1).sum())),
                str(shots) if shots else "-",
            )
        )
    return table(head, rows) if rows else ""


def alternatives_table(plan: Plan) -> str:
    """List what other planners would have given; empty text where none was tried."""
    found = plan.solution.alternatives
    if not found:
        return ""
    rows = [
        (
            f"<strong>{html.escape(other.planner)}</strong>"
            if other.chosen
            else html.escape(other.planner),
            html.escape(other.reason or ("chosen" if other.chosen else "")),
            *(
                (minutes(other.finish_s), length(other.length_m), f"{other.coverage_percent:.2f} %")
                if other.length_m > 0
                else ("-", "-", "-")
            ),
        )
        for other in found
    ]
    return table(("Planner", "", "Finishes", "Length", "Coverage"), rows, text_columns=2)


def separation_table(plan: Plan) -> str:
    """List the closest pairs of sorties in the air together; empty text where there is no pair."""
    problem = plan.problem
    pairs = approaches(
        plan.sorties,
        separation_m=problem.separation_m,
        vertical_separation_m=problem.vertical_separation_m,
    )
    if not pairs:
        return ""

    def name(index: int) -> str:
        sortie = plan.sorties[index]
        return f"{swatch(sortie.uav, problem.vehicles[sortie.uav].id)} {sortie.number}"

    def least(pair: Approach) -> tuple[str, str]:
        if math.isfinite(pair.horizontal_m):
            return f"{pair.horizontal_m:.1f} m apart", minutes(pair.horizontal_time_s)
        if math.isfinite(pair.vertical_m):
            return f"{pair.vertical_m:.1f} m in height", minutes(pair.vertical_time_s)
        return "never near", "-"

    worst = sorted(pairs, key=lambda pair: (pair.horizontal_m, pair.vertical_m))[:_WORST_PAIRS]
    rows = [(name(pair.first), name(pair.second), *least(pair)) for pair in worst]
    return table(("Sortie", "and sortie", "Nearest", "at"), rows, text_columns=2)


def findings_list(findings: Sequence[Finding]) -> str:
    """All findings, errors first."""
    if not findings:
        return '<p class="quiet">The check found nothing.</p>'
    order = {"error": 0, "warning": 1, "note": 2}
    lines = ["<ul class='findings'>"]
    for finding in sorted(findings, key=lambda f: order[f.level]):
        who = f"<b>{html.escape(finding.uav)}</b> " if finding.uav else ""
        lines.append(
            f'<li class="{finding.level}"><span class="tag">{finding.level}</span>'
            f"<span>{who}{html.escape(finding.message)}</span></li>"
        )
    lines.append("</ul>")
    return "\n".join(lines)
