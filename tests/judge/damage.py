"""Files and plans in damage, drawn from a seed."""

import copy
import hashlib
import json
import math
from collections.abc import Iterator
from random import Random
from typing import Any

from tests.judge.missions import mission_of

FORMATS = ("mission", "geojson", "kml", "plan")


def geojson_of(mission: Any) -> str:
    """Give the area of a mission as GeoJSON."""
    rings = [mission["area"][0]["outer_lon_lat_deg"]]
    rings = [[*ring, ring[0]] for ring in rings]
    feature = {
        "type": "Feature",
        "properties": {"name": "field", "type": "area"},
        "geometry": {"type": "Polygon", "coordinates": rings},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def kml_of(mission: Any) -> str:
    """Give the area of a mission as KML."""
    ring = mission["area"][0]["outer_lon_lat_deg"]
    places = " ".join(f"{lon},{lat},0" for lon, lat in [*ring, ring[0]])
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        "<Document><Placemark><name>field</name><Polygon><outerBoundaryIs><LinearRing>"
        f"<coordinates>{places}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        "</Placemark></Document></kml>"
    )


def damaged(data: bytes, random: Random) -> bytes:
    """Change some bytes: flipped, cut, doubled, swapped for hostile ones."""
    out = bytearray(data)
    hostile = [b"1e999", b"NaN", b"-", b"\xff\xfe", b"null", b"[[", b'"', b"9" * 400, b"\x00",
               "‮".encode(), b"true", b"{}"]  # fmt: skip
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(out)) if out else 0
        how = random.randrange(5)
        if how == 0 and out:
            out[at] = random.randrange(256)
        elif how == 1:
            del out[at : at + random.randint(1, 40)]
        elif how == 2:
            out[at:at] = out[at : at + random.randint(1, 60)]
        elif how == 3:
            out[at : at + random.randint(0, 6)] = random.choice(hostile)
        else:
            del out[random.randrange(len(out) + 1) :]
    return bytes(out)


def file_of(seed: int, plan_text: str) -> tuple[str, str, bytes]:
    """Draw a damaged file: its format, its name and its bytes."""
    random = Random(seed)
    kind = random.choice(FORMATS)
    _, mission = mission_of(random.randrange(10_000))
    text = {
        "mission": lambda: json.dumps(mission),
        "geojson": lambda: geojson_of(mission),
        "kml": lambda: kml_of(mission),
        "plan": lambda: plan_text,
    }[kind]()
    ending = {"mission": "json", "geojson": "geojson", "kml": "kml", "plan": "json"}[kind]
    return kind, f"damaged.{ending}", damaged(text.encode(), random)


def numbers_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths to all numbers of parsed JSON."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from numbers_in(part, (*path, key))
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from numbers_in(part, (*path, i))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path


def digest_of(value: dict[str, Any]) -> str:
    """Digest as README tells it: SHA-256 of all other parts as sorted, compact JSON."""
    parts = {key: part for key, part in value.items() if key != "digest"}
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def tampered(plan: Any, seed: int) -> tuple[str, Any]:
    """Change one number of a plan, moved, doubled or not a number, and sign it anew."""
    random = Random(seed)
    parts = {key: plan[key] for key in ("problem", "solution", "sorties", "origin_lon_lat_deg")}
    paths = list(numbers_in(parts))
    path = random.choice(paths)
    changed = copy.deepcopy(plan)
    place: Any = changed
    for step in path[:-1]:
        place = place[step]
    old = place[path[-1]]
    how = random.choice(["moved", "doubled", "not a number", "huge", "turned"])
    place[path[-1]] = {
        "moved": old + random.choice([-30.0, -1.0, 1.0, 7.0, 300.0]),
        "doubled": 2 * old,
        "not a number": math.nan,
        "huge": 2.0**64,
        "turned": -old,
    }[how]
    changed["digest"] = digest_of(changed)
    return f"{path[0]}.{path[-1] if isinstance(path[-1], str) else path[-2]}, {how}", changed
