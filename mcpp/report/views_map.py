"""Map of how many photos see each point, with gaps and the places of the photos."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry.base import BaseGeometry

from mcpp.ground.frame import LocalFrame
from mcpp.ground.views import Views
from mcpp.model import BoolArray, FloatArray
from mcpp.report.colors import uav_color
from mcpp.report.map import MapParts, draw_polygon, map_parts, safe
from mcpp.report.views_png import views_png

_OPACITY = 0.85

_DOTS = """
var shots = {shots};
for (var name in shots) {{
    var group = L.layerGroup();
    shots[name].places.forEach(function (place) {{
        L.circleMarker(place, {{radius: 2, weight: 0, fillOpacity: 0.9,
            fillColor: shots[name].color, interactive: false}}).addTo(group);
    }});
    group.addTo({map});
    {layers}.addOverlay(group, name);
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ViewsPicture:
    """All that the map shows.

    Attributes
    ----------
    short
        Shape of `views`: which samples lack views.
    gaps
        Shape in metres and what to say of it.
    photos_m
        For each UAV the places of its photos, shape (n, 2).
    """

    frame: LocalFrame
    area: BaseGeometry
    views: Views
    short: BoolArray
    gaps: Sequence[tuple[BaseGeometry, str]]
    photos_m: Mapping[str, FloatArray]


def draw_views_map(picture: ViewsPicture) -> MapParts:
    """Render the map. Same views, same text."""
    import folium
    from folium.raster_layers import ImageOverlay

    frame, views = picture.frame, picture.views
    lon, lat = frame.origin_lon_lat_deg
    figure = folium.Figure()
    world = folium.Map(
        location=[lat, lon], tiles=None, control_scale=True, zoom_snap=0.25, max_zoom=24,
        prefer_canvas=True,
    )  # fmt: skip
    world.add_to(figure)
    draw_polygon(
        picture.area, frame, world, "area", color="#2d3a33", weight=1.5, fill=True,
        fill_color="#ffffff", fill_opacity=1.0, interactive=False,
    )  # fmt: skip
    rows, columns = views.counts.shape
    corners = frame.to_deg(
        [
            (views.west_m, views.south_m),
            (views.west_m + columns * views.step_m, views.south_m + rows * views.step_m),
        ]
    )
    bounds = [[round(float(one), 7) for one in corner[::-1]] for corner in corners]
    data = base64.b64encode(views_png(views, picture.short, opacity=_OPACITY)).decode("ascii")
    ImageOverlay(f"data:image/png;base64,{data}", bounds=bounds, name="Views").add_to(world)
    gaps = folium.FeatureGroup(name="Gaps")
    for shape, words in picture.gaps:
        draw_polygon(shape, frame, gaps, safe(words), color="#B3261E", weight=2, fill=False)
    gaps.add_to(world)
    layers = folium.LayerControl(collapsed=True, position="topright")
    layers.add_to(world)
    world.fit_bounds(bounds, padding=(18, 18))
    shots = {
        name: {
            "color": uav_color(i),
            "places": [[round(float(b), 6), round(float(a), 6)] for a, b in frame.to_deg(xy)],
        }
        for i, (name, xy) in enumerate(picture.photos_m.items())
    }
    dots = _DOTS.format(
        shots=json.dumps(shots).replace("</", "<\\/"), map=world.get_name(),
        layers=f"{layers.get_name()}",
    )  # fmt: skip
    world.add_child(_script(dots))
    return map_parts(figure)


def _script(text: str) -> Any:
    """Make a folium element that runs after the layers before it."""
    from branca import element as branca
    from jinja2 import Template

    kind: Any = branca.MacroElement
    element = kind()
    element._name = "Shots"  # noqa: SLF001 - folium names its variables after it
    element._template = Template(  # noqa: SLF001 - the one way to give a single element a script
        "{% macro script(this, kwargs) %}{{ this.text }}{% endmacro %}"
    )
    element.text = text
    return element
