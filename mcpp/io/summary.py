"""What a mission will be made of, in words: told before anything is planned."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import shapely

from mcpp.errors import one_line
from mcpp.io.missions import ZONE_WIDTH_M, area_ha, length_m, settled
from mcpp.io.roles import NO_WORD
from mcpp.io.shapes import Imported, Shape, counted
from mcpp.model import Mission

_MOST_NAMES = 4
_LEAST_OVERLAP_HA = 0.01
_MOST_COMPARED = 2000


def place_words(lon_lat_deg: npt.ArrayLike) -> str:
    """Name the middle of some points to a tenth of a degree, as in "48.2 N 11.3 E".

    What is no place in degrees gives no words: it is refused by and by, with what would be right.
    """
    points = np.asarray(lon_lat_deg, dtype=float).reshape(-1, 2)
    if not (np.abs(points) <= (360.0, 90.0)).all():
        return ""
    lon, lat = np.mean(points, axis=0)
    lon = (lon + 180) % 360 - 180
    return f"{abs(lat):.1f} {'N' if lat >= 0 else 'S'} {abs(lon):.1f} {'E' if lon >= 0 else 'W'}"


def _names(shapes: Iterable[Shape]) -> str:
    names = list(dict.fromkeys(repr(s.name) for s in shapes if s.name))
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return f" ({', '.join(names[:_MOST_NAMES])}{more})" if names else ""


def _part(shapes: Sequence[Shape], one: str, many: str | None = None, more: str = "") -> list[str]:
    return [f"{counted(len(shapes), one, many)}{more}{_names(shapes)}"] if shapes else []


def summary(imported: Imported, zone_width_m: float = ZONE_WIDTH_M) -> list[str]:
    """Say in a first line what areas, zones, holes and points there are, and where.

    A line each then tells what was read otherwise than it stands, what is not used, and by which
    option it would be.
    """
    imported = settled(imported)
    by = {
        role: [s for s in imported.shapes if s.role == role]
        for role in ("area", "corridor", "hole", "zone", "launch", "unused")
    }
    ground = sum(area_ha(s) for s in by["area"])
    drawn = [s for s in by["zone"] if s.kind == "polygon"]
    thin = [s for s in by["zone"] if s.kind == "line"]
    spots = [s for s in by["zone"] if s.kind == "point"]
    inner = sum(len(s.geometry.interiors) for s in by["area"])
    size = f" of {ground:,.2f} ha" if np.isfinite(ground) else ""
    parts = [
        *_part(by["area"], "area", more=size),
        *_part(by["corridor"], "corridor", more=f" of {_length_km(by['corridor']):,.2f} km"),
        *_part(drawn, "no-fly zone"),
        *_part(thin, "line", more=f" as no-fly {'zone' if len(thin) == 1 else 'zones'}"),
        *_part(spots, "point", more=f" as no-fly {'zone' if len(spots) == 1 else 'zones'}"),
        *([counted(inner + len(by["hole"]), "hole")] if inner or by["hole"] else []),
        *_part(by["launch"], "launch point"),
    ]
    corners = [shapely.get_coordinates(s.geometry) for s in (*by["area"], *by["corridor"])]
    place = place_words(np.concatenate(corners)) if corners else ""
    where = f"; at {place}" if place else ""
    lines = [f"{imported.name}: {', '.join(parts) or 'nothing'}{where}"]
    lines += _holes(by["hole"])
    if thin or spots:
        lines.append(f"zones of lines and points are {zone_width_m:g} m wide (--zone-width)")
    lines += [*_overlaps(by["area"]), *_unused(by["unused"]), *imported.notes]
    return [one_line(line) for line in lines]


def _length_km(lines: Sequence[Shape]) -> float:
    return sum(length_m(shape) for shape in lines) / 1000


def _holes(holes: Sequence[Shape]) -> list[str]:
    if not holes:
        return []
    are = "is a hole: it says" if len(holes) == 1 else "are holes: they say"
    what = f"{counted(len(holes), 'polygon')} inside another{_names(holes)}"
    return [f"{what} {are} nothing else (--areas, --zones)"]


def _overlaps(areas: Sequence[Shape]) -> list[str]:
    if not 1 < len(areas) <= _MOST_COMPARED:
        return []
    shapes = np.array([shapely.make_valid(s.geometry) for s in areas], object)
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    told = []
    for i, j in pairs[:, pairs[0] < pairs[1]].T:
        shared = shapely.intersection(shapes[i], shapes[j])
        ha = area_ha(Shape(geometry=shared)) if shared.area else 0.0
        if ha >= _LEAST_OVERLAP_HA:
            told.append((areas[i].title, areas[j].title, ha))
    if not told:
        return []
    one, other, ha = max(told, key=lambda pair: pair[2])
    more = f", and {len(told) - 1} more pairs" if len(told) > 1 else ""
    return [f"areas {one!r} and {other!r} overlap by {ha:,.2f} ha{more}: that is flown once"]


def _unused(unused: Sequence[Shape]) -> list[str]:
    lines = []
    for (kind, why, flawed), count in Counter(
        (s.kind, s.why, bool(s.flaw)) for s in unused
    ).items():
        some = [s for s in unused if (s.kind, s.why) == (kind, why)]
        what = f"{counted(count, kind)}{_names(some)} not used: {why}"
        options = {
            "point": "--launch, --zones",
            "line": "--corridors, --zones",
            "polygon": "--areas, --zones",
        }
        ask = why == NO_WORD and not flawed
        lines.append(f"{what} ({options[kind]})" if ask else what)
    return lines


def _searched(mission: Mission) -> list[str]:
    chances, pattern = mission.probability, mission.search
    told = [] if pattern is None else [f"search pattern {pattern.kind}"]
    if chances is None:
        return told
    return [
        *told,
        "a raster of weights" if chances.raster else counted(len(chances.areas), "likely area"),
    ]


def mission_summary(mission: Mission) -> str:
    """Say in one line what a mission holds, and where."""
    holes = sum(len(part.holes_lon_lat_deg) for part in mission.area)
    starts = sum(uav.start_lon_lat_deg is not None for uav in mission.uavs)
    corners = [point for part in mission.area for point in part.outer_lon_lat_deg]
    corners += [point for one in mission.along for point in one.line_lon_lat_deg]
    corridors, structures = len(mission.corridors), len(mission.structures)
    parts = [
        *([counted(len(mission.area), "area")] if mission.area or not mission.along else []),
        *([counted(corridors, "corridor")] if corridors else []),
        *([counted(structures, "structure")] if structures else []),
        *([counted(len(mission.no_fly_zones), "no-fly zone")] if mission.no_fly_zones else []),
        *([counted(holes, "hole")] if holes else []),
        *([counted(starts, "launch point")] if starts else []),
        *_searched(mission),
        *([counted(len(mission.crew_area), "crew area")] if mission.crew_area else []),
    ]
    place = place_words(corners) if corners else ""
    where = f"; at {place}" if place else ""
    return one_line(f"{mission.name or 'mission'}: {', '.join(parts)}{where}")
