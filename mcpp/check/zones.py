"""What is worth knowing about no-fly zones."""

import shapely

from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import area_shape, zone_shape
from mcpp.model import Finding, Mission, NoFlyZone, is_heeded


def zone_findings(mission: Mission, frame: LocalFrame) -> tuple[Finding, ...]:
    """Name no-fly zones that the user waived, and those that lie outside the area."""
    area = area_shape(mission, frame)
    found = []
    for i, zone in enumerate(mission.no_fly_zones):
        if not is_heeded(zone, mission.flight):
            found += _not_heeded(zone.name or f"no_fly_zones[{i}]", zone)
            continue
        shape = zone_shape(f"no_fly_zones[{i}]", zone, frame)
        if not shapely.intersects(shape, area):
            name = zone.name or f"no_fly_zones[{i}]"
            lon, lat = frame.to_deg(shapely.get_coordinates(shape.centroid)[0])
            found.append(
                Finding(
                    level="note",
                    code="zone-outside",
                    message=f"no-fly zone {name!r} lies outside the area: only transits heed it",
                    lon_lat_deg=(float(lon), float(lat)),
                )
            )
    return tuple(found)


def _not_heeded(name: str, zone: NoFlyZone) -> list[Finding]:
    if zone.waived:
        message = f"no-fly zone {name!r} is waived: {zone.waived}"
        return [Finding(level="warning", code="zone-waived", message=message)]
    message = f"no-fly zone {name!r} begins at {zone.floor_m:g} m, above all flights"
    return [Finding(level="note", code="zone-above", message=message)]
