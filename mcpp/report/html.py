"""The report: one HTML page with map, figures, findings and timeline that needs no internet."""

from collections.abc import Callable

from mcpp.clock import minutes
from mcpp.flight.starts import starts
from mcpp.model import Plan
from mcpp.report.cells import Key, Named
from mcpp.report.colors import CREW_COLOR, LIKELY_COLOR, NO_FLY_COLOR
from mcpp.report.facts import (
    battery_fact,
    coverage_words,
    heights_fact,
    nearest_fact,
    photos_fact,
    sorties_words,
)
from mcpp.report.map import Background, draw_map
from mcpp.report.plan_views import views_figure
from mcpp.report.render import render
from mcpp.report.search import curve_svg, search_table
from mcpp.report.shapes import shapes_table
from mcpp.report.tables import (
    alternatives_table,
    by_level,
    flight_table,
    gaps_table,
    kept_table,
    launch_table,
    length,
    separation_table,
    sortie_table,
    uav_table,
)
from mcpp.report.timeline import timeline_svg


def report_html(plan: Plan, *, background: Background | None = None) -> str:
    """Write the report of a plan. Same plan, same text.

    Parameters
    ----------
    background
        A picture to lie under the map; without it the ground is plain.
    """
    badge, badge_words = _badge(plan)
    return render(
        "report.html",
        title=plan.mission.name or "Coverage mission",
        map=draw_map(plan, background),
        badge=badge,
        badge_words=badge_words,
        facts=_facts(plan),
        cards=_cards(plan),
        uavs=[Named(i, vehicle.id) for i, vehicle in enumerate(plan.problem.vehicles)],
        keys=_keys(plan),
        uav_table=uav_table(plan),
        findings=by_level(plan.report.findings),
        alternatives=alternatives_table(plan),
        separation=separation_table(plan),
        search=search_table(plan),
        curve=curve_svg(plan),
        timeline=timeline_svg(plan),
        kept=kept_table(plan),
        views=views_figure(plan),
        launches=launch_table(plan),
        sorties=sortie_table(plan),
        flight=flight_table(plan),
        shapes=shapes_table(plan),
        gaps=gaps_table(plan),
        footer=_footer(plan),
    )


def _badge(plan: Plan) -> tuple[str, str]:
    levels = {finding.level for finding in plan.report.findings}
    if "error" in levels:
        return "error", "not safe to fly"
    if "warning" in levels:
        return "warning", "checked: see warnings"
    return "good", "checked: no faults"


def _facts(plan: Plan) -> tuple[tuple[str, str], ...]:
    spacings = sorted({vehicle.spacing_m for vehicle in plan.problem.vehicles})
    spacing = " / ".join(dict.fromkeys(f"{round(value, 1):g}" for value in spacings))
    return (
        ("planner", plan.solution.planner),
        ("scan distance", f"{spacing} m"),
        ("seed", str(plan.mission.seed)),
        ("mcpp", plan.version),
    )


def _cards(plan: Plan) -> tuple[tuple[str, str, str], ...]:
    fleet = plan.report.fleet
    flying = len({sortie.uav for sortie in plan.sorties})
    return (
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


def _bound(write: Callable[[float], str], value: float) -> str:
    if value <= 0:
        return "no bound known"
    return f"no plan below {write(value)}"


def _keys(plan: Plan) -> list[Key]:
    keys = [
        Key(kind="line", color="#5b6875", words="survey"),
        Key(kind="dashes", color="#5b6875", words="way there, back, between"),
    ]
    if plan.mission.probability is not None and plan.mission.probability.areas:
        words = "likely ground, by its weight"
        keys.append(Key(kind="box", color=LIKELY_COLOR, words=words, opacity=0.25))
    if plan.mission.no_fly_zones:
        keys.append(Key(kind="box", color=NO_FLY_COLOR, words="no-fly zone", opacity=0.3))
    if plan.mission.crew_area:
        keys.append(Key(kind="box", color=CREW_COLOR, words="crew area", opacity=0.15))
    return [*keys, Key(kind="box", color="#3b3b3b", words="not covered", opacity=0.35)]


def _footer(plan: Plan) -> str:
    terrain = plan.mission.flight.terrain
    heights = (
        "Heights of waypoints are above the launch point; the ground model kept the survey height"
        " above ground."
        if terrain
        else "Heights are above the launch point: no ground model was given."
    )
    if plan.mission.flight.height_frame == "terrain":
        heights = "Heights of waypoints are above the ground, which the vehicle itself has to know."
    times = "Times count from the start of the mission"
    late = any(start.at_s > 0 for start in starts(plan))
    if late and plan.mission.flight.start_delays == "file":
        times += "; the missions wait for them on the ground, motors armed: start all at once."
    elif late:
        times += "; mission files do not hold a take-off back, so the crew or mcpp fly does."
    return f"{heights} {times.rstrip('.')}."
