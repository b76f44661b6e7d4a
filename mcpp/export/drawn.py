"""Area, zones and flights of a plan as shapes in degrees, for the formats that draw them."""

from collections.abc import Iterator

from shapely.geometry import Polygon, shape

from mcpp.export.geojson import start_features, zone_features
from mcpp.ground.frame import LocalFrame
from mcpp.model import LonLat, Plan, Sortie


def area_features(plan: Plan) -> Iterator[tuple[str, Polygon]]:
    """Yield the parts of the area with their holes: name and polygon."""
    for part in plan.mission.area:
        yield part.name, Polygon(part.outer_lon_lat_deg, part.holes_lon_lat_deg)


def zone_polygons(plan: Plan) -> Iterator[tuple[str, Polygon]]:
    """Yield the no-fly zones without their buffers, round ones as corners: name and polygon."""
    for feature in zone_features(plan):
        yield str(feature["properties"]["name"]), shape(feature["geometry"])


def places(plan: Plan) -> Iterator[tuple[str, str, LonLat]]:
    """Yield where UAVs take off and land, each place once: "home" or "landing", UAV, place."""
    seen = set()
    for feature in start_features(plan):
        facts = feature["properties"]
        lon, lat = feature["geometry"]["coordinates"]
        place = ("home" if facts["type"] == "start" else "landing", facts["uav"], (lon, lat))
        if place not in seen:
            seen.add(place)
            yield place


def flight_line(plan: Plan, sortie: Sortie) -> list[tuple[float, float, float]]:
    """List the points of a flight in the air: longitude, latitude, height above its launch."""
    places = LocalFrame(plan.origin_lon_lat_deg).to_deg(sortie.xyz_m[1:-1, :2])
    return [
        (round(float(lon), 7), round(float(lat), 7), round(float(z), 2))
        for (lon, lat), z in zip(places, sortie.xyz_m[1:-1, 2], strict=True)
    ]
