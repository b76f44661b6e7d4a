"""Export formats by name: the one place that knows them all."""

import importlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from mcpp.errors import ExportError, did_you_mean
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
    named
        Name of the module's function that gives the stem instead; none for a fixed one.
    module
        Where its function is; imported when it is wanted.
    some
        Name of the module's function that says which sorties it takes; none for all.
    in_parts
        Whether its function gives several files for a sortie that its app takes in parts.
    """

    name: str
    title: str
    suffix: str
    per: Literal["sortie", "plan"]
    module: str
    function: str = "to_text"
    some: str = ""
    in_parts: bool = False
    stem: str = "mission"
    named: str = ""


_FORMATS = (
    Format(
        name="qgc-plan",
        title="QGroundControl .plan with geofence and rally points",
        suffix=".plan",
        per="sortie",
        module="mcpp.export.qgc_plan",
    ),
    Format(
        name="qgc-survey",
        title="QGroundControl .plan with surveys that can be edited there",
        suffix="-survey.plan",
        per="sortie",
        module="mcpp.export.qgc_survey",
        some="takes",
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
        name="gpx",
        title="routes, area and zones for handheld devices",
        suffix=".gpx",
        per="plan",
        module="mcpp.export.gpx",
        stem="routes",
    ),
    Format(
        name="gpkg",
        title="GeoPackage of routes, regions, area and zones",
        suffix=".gpkg",
        per="plan",
        module="mcpp.export.gis",
        function="to_gpkg",
        stem="plan",
    ),
    Format(
        name="dxf",
        title="drawing in metres of the UTM zone",
        suffix=".dxf",
        per="plan",
        module="mcpp.export.gis",
        function="to_dxf",
        named="dxf_stem",
    ),
    Format(
        name="wpml",
        title="KMZ for DJI Pilot 2, of DJI aircraft only; never flown",
        suffix=".kmz",
        per="sortie",
        module="mcpp.export.wpml",
        function="to_bytes",
        some="takes",
    ),
    Format(
        name="dji-fly",
        title="KMZ for DJI Fly (Mini, Air), in parts of 99 points; never flown",
        suffix=".kmz",
        per="sortie",
        module="mcpp.export.dji_fly",
        function="to_parts",
        some="takes",
        in_parts=True,
    ),
    Format(
        name="litchi",
        title="CSV for the Litchi Mission Hub, in parts of 99 points; never flown",
        suffix=".csv",
        per="sortie",
        module="mcpp.export.litchi",
        function="to_parts",
        some="takes",
        in_parts=True,
    ),
    Format(
        name="potensic",
        title="mission of Potensic's app for the Atom 2; never flown",
        suffix=".zip",
        per="sortie",
        module="mcpp.export.potensic",
        function="to_bytes",
        some="takes",
    ),
    Format(
        name="report",
        title="report with map, figures and timeline, for any browser",
        suffix=".html",
        per="plan",
        module="mcpp.report.html",
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
        When no format has that name; those that may be meant are told.
    """
    for form in _FORMATS:
        if form.name == name:
            return form
    hint = did_you_mean(name, names()) or f"there are {', '.join(names())}"
    msg = f"format {name!r} is not known: {hint}"
    raise ExportError(msg)


def file_stem(plan: Plan, sortie: Sortie) -> str:
    """Name the file of a sortie: the UAV's id, with the sortie's number where there are several.

    What a file system may not take is replaced. Ids that then look alike, or like the second flight
    of another UAV, get their index.
    """
    stems = [re.sub(r"[^\w.-]+", "_", vehicle.id).strip("._") for vehicle in plan.problem.vehicles]

    def name(one: Sortie, *, indexed: bool = False) -> str:
        stem = stems[one.uav] or "uav"
        stem = f"{stem}-uav{one.uav + 1}" if indexed else stem
        several = sum(other.uav == one.uav for other in plan.sorties) > 1
        return f"{stem}-{one.number}" if several else stem

    taken = Counter(name(one).casefold() for one in plan.sorties)
    alike = any(taken[name(one).casefold()] > 1 for one in plan.sorties if one.uav == sortie.uav)
    same_id = [stem.casefold() for stem in stems].count(stems[sortie.uav].casefold()) > 1
    return name(sortie, indexed=alike or same_id)


def sortie_files(plan: Plan, sortie: Sortie, name: str) -> dict[str, str | bytes]:
    """Write one sortie in a format: file names to contents, one for each of its parts.

    Raises
    ------
    ExportError
        When it can not be written.
    """
    form = get(name)
    made = getattr(importlib.import_module(form.module), form.function)(plan, sortie)
    contents: tuple[str | bytes, ...] = made if form.in_parts else (made,)
    stem, count = file_stem(plan, sortie), len(contents)
    return {
        (f"{stem}-part{i}of{count}" if count > 1 else stem) + form.suffix: content
        for i, content in enumerate(contents, start=1)
    }


def render(plan: Plan, name: str) -> dict[str, str | bytes]:
    """Write a plan in a format: file names to contents. Same plan, same contents.

    Raises
    ------
    ExportError
        When a sortie can not be written, or the format takes none of them.
    """
    form = get(name)
    module = importlib.import_module(form.module)
    if form.per == "plan":
        stem = getattr(module, form.named)(plan) if form.named else form.stem
        return {stem + form.suffix: getattr(module, form.function)(plan)}
    sorties = plan.sorties
    if form.some:
        takes = getattr(module, form.some)
        # with none left the first one tells why
        sorties = tuple(s for s in sorties if takes(plan, s)) or sorties[:1]
    return together(sortie_files(plan, sortie, name) for sortie in sorties)


def together(found: Iterable[dict[str, str | bytes]]) -> dict[str, str | bytes]:
    """Put files together, none of which may have the name of another.

    Raises
    ------
    ExportError
    """
    files: dict[str, str | bytes] = {}
    for some in found:
        twice = next((file for file in some if file in files), None)
        if twice:
            msg = f"{twice}: two sorties would have this file: give the UAVs ids that differ more"
            raise ExportError(msg)
        files |= some
    return files
