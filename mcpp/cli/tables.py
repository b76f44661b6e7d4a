"""Tables for the terminal."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mcpp.clock import minutes
from mcpp.model import Finding, Plan
from mcpp.report.kept import line_words, photo_words
from mcpp.report.launches import LAUNCH_HEAD, any_moved, launch_rows
from mcpp.report.search import search_rows


def plain_table(*columns: str, title: str | None = None) -> Table:
    """Make a table without frames, that fits a narrow terminal; the first column is text."""
    table = Table(title=title, title_justify="left", header_style="bold", box=SIMPLE_HEAD)
    for i, name in enumerate(columns):
        table.add_column(name, justify="right" if i else "left", no_wrap=not i)
    return table


def _above(value: float, bound: float) -> str:
    return f"{100 * (value / bound - 1):+.1f} %" if bound > 0 else "unknown"


def _percent(part: float) -> str:
    return f"{100 * part:.1f}%"


def _length(length_m: float) -> str:
    return f"{length_m:,.0f} m" if length_m < 10_000 else f"{length_m / 1000:,.1f} km"


def plan_tables(plan: Plan) -> list[Table]:
    """Make the tables of a plan: one row per UAV, then the fleet."""
    asked = any(figures.share_asked for figures in plan.report.uavs)
    uavs = plain_table(
        "UAV",
        *(["share\nasked"] if asked else []),
        "share\ngiven" if asked else "share",
        "length",
        "survey\npart",
        "way-\npoints",
        "in the\nair",
        "sorties",
        "battery\nused",
        "lands\nat",
    )
    uavs.padding = (0, 1, 0, 0)
    for figures in plan.report.uavs:
        wanted = [_percent(figures.share_wanted)] if figures.share_asked else ["-"]
        uavs.add_row(
            figures.id,
            *(wanted if asked else []),
            _percent(figures.share_given),
            _length(figures.length_m),
            f"{100 * figures.survey_part:.0f}%",
            str(figures.waypoints),
            minutes(figures.flight_time_s),
            str(figures.sorties),
            f"{100 * figures.battery_used:.0f}%",
            minutes(figures.landing_s),
        )
    fleet = plan.report.fleet
    total = plain_table("fleet", "")
    rows = [
        ("planner", plan.solution.planner),
        ("area", f"{fleet.area_m2 / 10_000:,.2f} ha"),
        ("coverage", f"{fleet.coverage_percent:.2f} %"),
        ("overlap", f"{fleet.overlap_percent:.1f} %"),
        ("length", f"{fleet.length_m:,.0f} m"),
        ("above its lower bound", _above(fleet.length_m, fleet.lower_bound_length_m)),
        ("finishing time", minutes(fleet.finish_s)),
        ("above its lower bound", _above(fleet.finish_s, fleet.lower_bound_finish_s)),
    ]
    for row in rows:
        total.add_row(*row)
    return [uavs, *kept_tables(plan), *_launch_tables(plan), total, *_search_tables(plan)]


def _launch_tables(plan: Plan) -> list[Table]:
    """List launch points where they are not those that were given."""
    if not any_moved(plan):
        return []
    table = plain_table("UAV", *(name.lower() for name in LAUNCH_HEAD))
    for i, words in launch_rows(plan):
        table.add_row(plan.mission.uavs[i].id, *words)
    return [table]


def _search_tables(plan: Plan) -> list[Table]:
    figures = plan.report.search
    if figures is None:
        return []
    search = plain_table("search", "")
    for row in search_rows(plan, figures):
        search.add_row(*row)
    return [search]


def kept_tables(plan: Plan) -> list[Table]:
    """Make the tables of what the lines and photos of each UAV keep, and of all together.

    Past structures there are none: their passes are told as findings.
    """
    if plan.problem.walls:
        return []
    uavs, fleet = plan.report.uavs, plan.report.fleet
    lines = plain_table(
        "lines", "asked", "next line: most / p95 / median", "too far", "if each point is a stop"
    )
    spacings = [f"{vehicle.spacing_m:.1f} m" for vehicle in plan.problem.vehicles]
    for uav, asked in zip(uavs, spacings, strict=False):
        lines.add_row(uav.id, asked, *line_words(uav.kept), minutes(uav.stops_time_s))
    if len(uavs) > 1:
        lines.add_row("all", "", *line_words(fleet.kept), "")
    if fleet.min_views is None:
        return [lines]
    photos = plain_table(
        "photos", "sidelap", "frontlap", "views", f"under {fleet.min_views}", "count", "GSD"
    )
    for uav in uavs:
        photos.add_row(uav.id, *photo_words(uav.kept))
    if len(uavs) > 1:
        photos.add_row("all", *photo_words(fleet.kept))
    photos.caption = "of several values: the least, (1 %,) 5 % of all, the median"
    photos.caption_justify = "left"
    return [lines, photos]


def print_plan(plan: Plan, console: Console) -> None:
    """Print a plan's tables and findings."""
    for table in plan_tables(plan):
        console.print(table)
    print_findings(plan.report.findings, console)


def print_findings(findings: Sequence[Finding], console: Console) -> None:
    """Print what was found, a line each."""
    colours = {"error": "red", "warning": "yellow", "note": "cyan"}
    for finding in findings:
        level = f"[{colours[finding.level]}]{finding.level}[/]"
        console.print(f"{level}: {escape(finding.message)}", highlight=False)
