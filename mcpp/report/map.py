"""The map of the report: folium's Leaflet layers, with everything they need inside the page.

folium would load Leaflet and more from servers. Only its map and its layers are rendered here;
Leaflet itself is put into the page from the package `xstatic-leaflet`.
"""

import base64
import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from shapely.geometry import Polygon

from mcpp.check.gaps import gaps_m
from mcpp.export.geojson import crew_features, shape_geometry, zone_features
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import area_shape, polygons_of
from mcpp.model import FloatArray, LegKind, LonLat, Plan, Sortie
from mcpp.model.runs import leg_runs
from mcpp.report.colors import CREW_COLOR, LIKELY_COLOR, NO_FLY_COLOR, uav_color
from mcpp.report.shapes import named_parts

LatLon = list[float]
_RANDOM_ID = re.compile(r"(?<=_)[0-9a-f]{32}")
_CSS_IMAGE = re.compile(r"url\((images/[\w.-]+)\)")
_OLD_BROWSER = re.compile(r"\s*behavior: url\(#default#VML\);")
_ARROWS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """A picture under the map, such as a mosaic of map tiles: PNG and its corners."""

    png: bytes
    south_west_lon_lat_deg: LonLat
    north_east_lon_lat_deg: LonLat


@dataclass(frozen=True, slots=True)
class MapParts:
    """What the page takes in: styles, scripts, the element of the map, and its own script."""

    css: str
    library: str
    element: str
    script: str


def leaflet() -> tuple[str, str]:
    """Leaflet's style sheet, with its pictures inside, and its script."""
    from xstatic.pkg import leaflet as package

    folder = Path(package.BASE_DIR)

    def picture(match: re.Match[str]) -> str:
        data = base64.b64encode((folder / match[1]).read_bytes()).decode("ascii")
        return f"url(data:image/png;base64,{data})"

    css = (folder / "leaflet.css").read_text(encoding="utf-8")
    css = _CSS_IMAGE.sub(picture, _OLD_BROWSER.sub("", css))
    script = (folder / "leaflet.js").read_text(encoding="utf-8")
    return css, re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "\n", script)


def safe(text: str) -> str:
    """Text for HTML inside a JavaScript template string."""
    return html.escape(text).replace("`", "&#96;").replace("$", "&#36;").replace("\\", "&#92;")


def _lat_lon(xy_m: FloatArray, frame: LocalFrame) -> list[LatLon]:
    return [[round(float(lat), 7), round(float(lon), 7)] for lon, lat in frame.to_deg(xy_m)]


def _swap(rings: Any) -> Any:
    """GeoJSON's longitude, latitude to Leaflet's latitude, longitude, at any depth."""
    if isinstance(rings[0], (int, float)):
        return [rings[1], rings[0]]
    return [_swap(ring) for ring in rings]


def draw_polygon(shape: Any, frame: LocalFrame, parent: Any, tooltip: str, **style: Any) -> None:
    """Draw a (Multi)Polygon in metres, with its holes."""
    for part in polygons_of(shape):
        _rings(shape_geometry(part, frame)["coordinates"], parent, tooltip, **style)


def _rings(coordinates: Any, parent: Any, tooltip: str, **style: Any) -> None:
    import folium

    folium.Polygon(_swap(coordinates), tooltip=safe(tooltip) or None, **style).add_to(parent)


def draw_map(plan: Plan, background: Background | None = None) -> MapParts:
    """Render the map of a plan. Same plan, same text."""
    import folium

    frame = LocalFrame(plan.origin_lon_lat_deg)
    area = area_shape(plan.mission, frame)
    lon, lat = plan.origin_lon_lat_deg
    figure = folium.Figure()
    world = folium.Map(
        location=[lat, lon], tiles=None, control_scale=True, zoom_snap=0.25, max_zoom=24
    )
    world.add_to(figure)
    if background is not None:
        _add_background(background, world)
    draw_polygon(
        area, frame, world, "area", color="#2d3a33", weight=1.5, fill=True, fill_color="#ffffff",
        fill_opacity=0.0 if background else 1.0, interactive=False,
    )  # fmt: skip
    for name, part in named_parts(plan):
        draw_polygon(part, frame, world, name, color="#2d3a33", weight=2.5, fill=False)
    _add_likely(plan, world)
    _add_regions(plan, frame, world)
    _add_ground(plan, frame, world)
    for uav, vehicle in enumerate(plan.problem.vehicles):
        own = [sortie for sortie in plan.sorties if sortie.uav == uav]
        if own:
            group = folium.FeatureGroup(name=f"Route of {safe(vehicle.id)}")
            for sortie in own:
                _add_route(plan, sortie, frame, group)
            group.add_to(world)
    _add_starts(plan, frame, world)
    folium.LayerControl(collapsed=True, position="topright").add_to(world)
    world.fit_bounds(_bounds(plan, area, frame), padding=(18, 18))
    return map_parts(figure)


def map_parts(figure: Any) -> MapParts:
    """Render a folium figure. Same figure, same text."""
    css, library = leaflet()
    figure.render()
    names: dict[str, str] = {}

    def stable(match: re.Match[str]) -> str:
        return names.setdefault(match[0], str(len(names) + 1))

    element = _RANDOM_ID.sub(stable, figure.html.render())
    script = _RANDOM_ID.sub(stable, figure.script.render())
    return MapParts(css, library, element, script)


def _bounds(plan: Plan, area: Any, frame: LocalFrame) -> list[LatLon]:
    west, south, east, north = area.bounds
    points = [np.array([[west, south], [east, north], [west, north], [east, south]])]
    points += [sortie.xyz_m[:, :2] for sortie in plan.sorties]
    corners = np.array(_lat_lon(np.vstack(points), frame))
    return [corners.min(axis=0).tolist(), corners.max(axis=0).tolist()]


def _add_background(background: Background, parent: Any) -> None:
    from folium.raster_layers import ImageOverlay

    (west, south), (east, north) = (
        background.south_west_lon_lat_deg,
        background.north_east_lon_lat_deg,
    )
    data = base64.b64encode(background.png).decode("ascii")
    ImageOverlay(
        f"data:image/png;base64,{data}", bounds=[[south, west], [north, east]], name="Background"
    ).add_to(parent)


def _add_likely(plan: Plan, parent: Any) -> None:
    """Draw the polygons of the probability map, the denser the stronger."""
    chances = plan.mission.probability
    areas = () if chances is None else chances.areas
    frame = LocalFrame(plan.origin_lon_lat_deg)
    sizes = [float(Polygon(frame.to_m(area.outer_lon_lat_deg)).area) for area in areas]
    most = max((area.weight / size for area, size in zip(areas, sizes, strict=True)), default=1.0)
    for area, size in zip(areas, sizes, strict=True):
        _rings(
            [[list(place) for place in area.outer_lon_lat_deg]],
            parent,
            f"{area.name or 'likely ground'}: weight {area.weight:g}",
            color=LIKELY_COLOR,
            weight=1,
            fill=True,
            fill_color=LIKELY_COLOR,
            fill_opacity=round(0.08 + 0.3 * area.weight / size / most, 3),
        )


def _add_regions(plan: Plan, frame: LocalFrame, parent: Any) -> None:
    import folium

    if not plan.solution.regions:
        return
    group = folium.FeatureGroup(name="Regions")
    for i, (vehicle, region) in enumerate(
        zip(plan.problem.vehicles, plan.solution.regions, strict=False)
    ):
        draw_polygon(
            region, frame, group, f"region of {vehicle.id}", color=uav_color(i), weight=0.5,
            opacity=0.5, fill=True, fill_color=uav_color(i), fill_opacity=0.14,
        )  # fmt: skip
    group.add_to(parent)


def _add_ground(plan: Plan, frame: LocalFrame, parent: Any) -> None:
    import folium

    gaps = gaps_m(plan)
    if not gaps.is_empty:
        group = folium.FeatureGroup(name="Not covered")
        for part in gaps.geoms:
            draw_polygon(
                part, frame, group, f"not covered, {part.area:.0f} m²", color="#3b3b3b",
                weight=0.8, fill=True, fill_color="#3b3b3b", fill_opacity=0.35,
            )  # fmt: skip
        group.add_to(parent)
    if plan.mission.crew_area:
        group = folium.FeatureGroup(name="Crew area")
        for feature in crew_features(plan):
            _rings(
                feature["geometry"]["coordinates"], group,
                feature["properties"]["name"] or "here the crew can stand", color=CREW_COLOR,
                weight=1.5, dash_array="6 3", fill=True, fill_color=CREW_COLOR, fill_opacity=0.15,
            )  # fmt: skip
        group.add_to(parent)
    if plan.mission.no_fly_zones:
        group = folium.FeatureGroup(name="No-fly zones")
        if not plan.problem.no_fly.is_empty:
            draw_polygon(
                plan.problem.no_fly, frame, group, "kept away from", color=NO_FLY_COLOR,
                weight=1, dash_array="4 4", fill=False,
            )  # fmt: skip
        for feature in zone_features(plan):
            _rings(
                feature["geometry"]["coordinates"], group,
                feature["properties"]["name"] or "no-fly zone", color=NO_FLY_COLOR, weight=1.5,
                fill=True, fill_color=NO_FLY_COLOR, fill_opacity=0.3,
            )  # fmt: skip
        group.add_to(parent)


def _add_route(plan: Plan, sortie: Sortie, frame: LocalFrame, parent: Any) -> None:
    import folium

    vehicle, color = plan.problem.vehicles[sortie.uav], uav_color(sortie.uav)
    for kind, first, last in leg_runs(sortie):
        if kind in (LegKind.TAKEOFF, LegKind.LAND):
            continue
        points = sortie.xyz_m[first : last + 1, :2]
        work = kind == LegKind.SURVEY
        words = f"{vehicle.id}, sortie {sortie.number}: {kind.name.lower()}"
        folium.PolyLine(  # type: ignore[no-untyped-call]  # folium types all but its lines
            _lat_lon(points, frame), color=color, weight=2.4 if work else 1.4,
            opacity=0.95 if work else 0.75, dash_array=None if work else "2 5",
            tooltip=safe(words),
        ).add_to(parent)  # fmt: skip
    for triangle in arrows_m(sortie):
        folium.Polygon(
            _lat_lon(triangle, frame), color=color, weight=1, fill=True, fill_color=color,
            fill_opacity=1.0,
        ).add_to(parent)  # fmt: skip


def arrows_m(sortie: Sortie) -> list[FloatArray]:
    """Triangles on the longest survey legs that show which way they are flown, in metres."""
    steps = np.diff(sortie.xyz_m[:, :2], axis=0)
    length = np.hypot(steps[:, 0], steps[:, 1])
    legs = [i for i in np.argsort(-length, kind="stable") if sortie.kind[i] == LegKind.SURVEY]
    extent_m = float(np.ptp(sortie.xyz_m[:, :2], axis=0).max())
    size = max(extent_m / 55.0, 0.5)
    triangles = []
    for i in sorted(legs[:_ARROWS]):
        if length[i] < 2 * size:
            continue
        along = steps[i] / length[i]
        across = np.array([-along[1], along[0]])
        middle = sortie.xyz_m[i, :2] + steps[i] / 2
        back = middle - along * size * 0.6
        triangles.append(
            np.array(
                [middle + along * size, back + across * size * 0.6, back - across * size * 0.6]
            )
        )
    return triangles


def _add_starts(plan: Plan, frame: LocalFrame, parent: Any) -> None:
    import folium

    group = folium.FeatureGroup(name="Launch and landing")
    seen: set[tuple[int, float, float]] = set()
    for sortie in plan.sorties:
        vehicle = plan.problem.vehicles[sortie.uav]
        for place, word in ((sortie.home_m, "launch"), (sortie.xyz_m[-1], "landing")):
            key = (sortie.uav, round(float(place[0]), 1), round(float(place[1]), 1))
            if key in seen:
                continue
            seen.add(key)
            folium.CircleMarker(
                _lat_lon(place[None, :2], frame)[0], radius=7 if word == "launch" else 5,
                color="#ffffff", weight=2, fill=True, fill_color=uav_color(sortie.uav),
                fill_opacity=1.0, tooltip=safe(f"{word} of {vehicle.id}"),
            ).add_to(group)  # fmt: skip
    group.add_to(parent)
