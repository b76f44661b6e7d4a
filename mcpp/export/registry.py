"""Export formats by name: the one place that knows them all."""

import difflib
import importlib
import re
from dataclasses import dataclass
from typing import Literal

from mcpp.errors import ExportError
from mcpp.model import Plan, Sortie


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One export format.

    Attributes
    ----------
    suffix
        Of its files, with the dot.
    per
        Whether one file holds a sortie or the whole plan.
    stem
        Name of the file of a whole plan, without the suffix.
    module
        Where its function is; imported when it is wanted.
    """

    name: str
    title: str
    suffix: str
    per: Literal["sortie", "plan"]
    module: str
    function: str = "to_text"
    stem: str = "mission"


_FORMATS = (
    Format(
        name="qgc-plan",
        title="QGroundControl .plan with geofence and rally points",
        suffix=".plan",
        per="sortie",
        module="mcpp.export.qgc_plan",
    ),
    Format(
        name="waypoints",
        title='"QGC WPL 110" for Mission Planner and MAVProxy',
        suffix=".waypoints",
        per="sortie",
        module="mcpp.export.waypoints",
    ),
    Format(
        name="geojson",
        title="routes, regions, no-fly zones and launch points",
        suffix=".geojson",
        per="plan",
        module="mcpp.export.geojson",
        stem="routes",
    ),
    Format(
        name="kml",
        title="routes and regions for Google Earth",
        suffix=".kml",
        per="plan",
        module="mcpp.export.kml",
        stem="routes",
    ),
    Format(
        name="csv",
        title="waypoints with their times",
        suffix=".csv",
        per="plan",
        module="mcpp.export.csv",
        stem="waypoints",
    ),
    Format(
        name="report",
        title="report with map, figures and timeline, for any browser",
        suffix=".html",
        per="plan",
        module="mcpp.report_html",
        function="report_html",
        stem="report",
    ),
)


def names() -> tuple[str, ...]:
    """List the names of all formats."""
    return tuple(form.name for form in _FORMATS)


def get(name: str) -> Format:
    """Find a format.

    Raises
    ------
    ExportError
        When no format has that name; the nearest one is suggested.
    """
    for form in _FORMATS:
        if form.name == name:
            return form
    near = difflib.get_close_matches(name, names(), n=1, cutoff=0.4)
    hint = f": did you mean {near[0]!r}?" if near else f": there are {', '.join(names())}"
    msg = f"format {name!r} is not known{hint}"
    raise ExportError(msg)


def file_stem(plan: Plan, sortie: Sortie) -> str:
    """Name the file of a sortie: the UAV's id, with the sortie's number where there are several.

    What a file system may not take is replaced; ids that then look alike get their index.
    """
    stems = [re.sub(r"[^\w.-]+", "_", vehicle.id).strip("._") for vehicle in plan.problem.vehicles]
    stem = stems[sortie.uav] or "uav"
    if [other.casefold() for other in stems].count(stems[sortie.uav].casefold()) > 1:
        stem = f"{stem}-uav{sortie.uav + 1}"
    several = sum(other.uav == sortie.uav for other in plan.sorties) > 1
    return f"{stem}-{sortie.number}" if several else stem


def render(plan: Plan, name: str) -> dict[str, str]:
    """Write a plan in a format: file names to texts. Same plan, same texts.

    Raises
    ------
    ExportError
    """
    form = get(name)
    to_text = getattr(importlib.import_module(form.module), form.function)
    if form.per == "plan":
        return {form.stem + form.suffix: to_text(plan)}
    return {file_stem(plan, sortie) + form.suffix: to_text(plan, sortie) for sortie in plan.sorties}
