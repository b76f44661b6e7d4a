"""The report: one HTML page with map, figures, findings and timeline that needs no internet."""

import html
from collections.abc import Callable, Iterable

from mcpp.clock import minutes
from mcpp.flight.starts import starts
from mcpp.model import Plan
from mcpp.report.facts import (
    battery_fact,
    coverage_words,
    heights_fact,
    nearest_fact,
    photos_fact,
    sorties_words,
)
from mcpp.report.map import Background, MapParts, draw_map
from mcpp.report.plan_views import views_figure
from mcpp.report.shapes import shapes_table
from mcpp.report.style import CSS
from mcpp.report.tables import (
    alternatives_table,
    findings_list,
    flight_table,
    gaps_table,
    kept_table,
    length,
    separation_table,
    sortie_table,
    swatch,
    uav_table,
)
from mcpp.report.timeline import timeline_svg

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{leaflet_css}</style>
<style>{css}</style>
<script>{leaflet}</script>
</head>
<body>
<main>
{body}
</main>
<script>
{script}
</script>
</body>
</html>
"""


def report_html(plan: Plan, *, background: Background | None = None) -> str:
    """Write the report of a plan. Same plan, same text.

    Parameters
    ----------
    background
        A picture to lie under the map; without it the ground is plain.
    """
    drawn = draw_map(plan, background)
    title = plan.mission.name or "Coverage mission"
    return page(title, drawn, _body(plan, title, drawn.element))


def page(title: str, drawn: MapParts, body: str) -> str:
    """Put a body about a map into a page that needs no internet."""
    whole: str = _PAGE.format(
        title=html.escape(f"{title} - mcpp"),
        leaflet_css=drawn.css,
        css=CSS,
        leaflet=drawn.library,
        body=body,
        script=drawn.script,
    )
    return whole


def _body(plan: Plan, title: str, element: str) -> str:
    left = f'<section class="map">{element}{_legend(plan)}</section>'
    right = [
        section("UAVs", uav_table(plan)),
        section("Findings", findings_list(plan.report.findings)),
        section("Planners compared", alternatives_table(plan)),
        section("Distance between UAVs in the air", separation_table(plan)),
    ]
    below = section("Timeline", timeline_svg(plan))
    below += section("What lines and photos keep", kept_table(plan) + views_figure(plan))
    below += section("Take-offs and landings", sortie_table(plan))
    below += section("Flight", flight_table(plan))
    below += section("Areas and zones", shapes_table(plan))
    below += section("Ground not covered", gaps_table(plan))
    return "\n".join(
        [
            _header(plan, title),
            _cards(plan),
            f'<div class="columns">{left}<div class="stack">{"".join(right)}</div></div>',
            f'<div class="stack below">{below}</div>',
            _footer(plan),
        ]
    )


def section(title: str, content: str) -> str:
    """Put a heading over some HTML; nothing where there is none."""
    return f"<section><h2>{html.escape(title)}</h2>{content}</section>" if content else ""


def _header(plan: Plan, title: str) -> str:
    levels = {finding.level for finding in plan.report.findings}
    kind, words = "good", "checked: no faults"
    if "error" in levels:
        kind, words = "error", "not safe to fly"
    elif "warning" in levels:
        kind, words = "warning", "checked: see warnings"
    spacings = sorted({vehicle.spacing_m for vehicle in plan.problem.vehicles})
    spacing = " / ".join(dict.fromkeys(f"{round(value, 1):g}" for value in spacings))
    facts = (
        ("planner", plan.solution.planner),
        ("scan distance", f"{spacing} m"),
        ("seed", str(plan.mission.seed)),
        ("mcpp", plan.version),
    )
    listed = " · ".join(f"{name} <b>{html.escape(value)}</b>" for name, value in facts)
    return (
        f'<header><h1>{html.escape(title)}</h1><span class="badge {kind}">{words}</span>'
        f'<p class="facts">{listed}</p></header>'
    )


def _cards(plan: Plan) -> str:
    fleet = plan.report.fleet
    flying = len({sortie.uav for sortie in plan.sorties})
    entries = (
        ("Area", f"{fleet.area_m2 / 10_000:,.1f} ha", f"{fleet.area_m2:,.0f} m²"),
        ("Coverage", f"{fleet.coverage_percent:.2f} %", coverage_words(plan)),
        ("Overlap", f"{fleet.overlap_percent:.1f} %", "seen more than once"),
        ("Finished after", minutes(fleet.finish_s), _bound(minutes, fleet.lower_bound_finish_s)),
        ("Length", length(fleet.length_m), _bound(length, fleet.lower_bound_length_m)),
        ("UAVs flying", f"{flying} of {len(plan.problem.vehicles)}", sorties_words(plan)),
        ("Heights", *heights_fact(plan)),
        ("Photos", *photos_fact(plan)),
        ("Nearest in the air", *nearest_fact(plan)),
        ("Least battery left", *battery_fact(plan)),
    )
    return cards(entries)


def cards(entries: Iterable[tuple[str, str, str]]) -> str:
    """Lay out cards: a label, a value, and what stands under it, all HTML."""
    return (
        '<div class="cards">'
        + "".join(
            f'<div class="card"><div class="label">{label}</div><div class="value">{value}</div>'
            f'<div class="under">{under}</div></div>'
            for label, value, under in entries
        )
        + "</div>"
    )


def _bound(write: Callable[[float], str], value: float) -> str:
    if value <= 0:
        return "no bound known"
    return f"no plan below {write(value)}"


def _legend(plan: Plan) -> str:
    def line(dashed: str) -> str:
        return (
            '<svg width="26" height="12"><line x1="1" y1="6" x2="25" y2="6" stroke="#5b6875"'
            f' stroke-width="2.4" {dashed}/></svg>'
        )

    def box(fill: str, opacity: str) -> str:
        return (
            f'<svg width="14" height="12"><rect width="14" height="12" rx="2" fill="{fill}"'
            f' fill-opacity="{opacity}" stroke="{fill}"/></svg>'
        )

    entries = [swatch(i, vehicle.id) for i, vehicle in enumerate(plan.problem.vehicles)]
    dashed = 'stroke-dasharray="2 5"'
    entries += [f"{line('')}survey", f"{line(dashed)}way there, back, between"]
    if plan.mission.no_fly_zones:
        entries.append(f"{box('#B3261E', '0.3')}no-fly zone")
    entries.append(f"{box('#3b3b3b', '0.35')}not covered")
    return '<div class="legend">' + "".join(f"<span>{e}</span>" for e in entries) + "</div>"


def _footer(plan: Plan) -> str:
    terrain = plan.mission.flight.terrain
    heights = (
        "Heights of waypoints are above the launch point; the ground model kept the survey height"
        " above ground."
        if terrain
        else "Heights are above the launch point: no ground model was given."
    )
    times = "Times count from the start of the mission"
    late = any(start.at_s > 0 for start in starts(plan))
    times += "; mission files can not hold a take-off back, so the crew or mcpp fly does." * late
    return f"<footer>{heights} {times.rstrip('.')}.</footer>"
