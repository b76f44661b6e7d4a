"""Readers given any value in any place: each ends in a result or in one line."""

import copy
import json
import math
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from mcpp.api import recheck
from mcpp.errors import InputError, McppError
from mcpp.io.airspace import read_airspace
from mcpp.io.importing import chosen, read_shapes
from mcpp.io.mission import mission_from_json, mission_value
from mcpp.io.missions import mission_from
from mcpp.io.plan import plan_from_json, plan_to_json
from mcpp.io.roles import Choice
from tests.plan_doubles import hand_plan

ODD_NUMBERS = (0, -0.0, -1, 1e-9, 91, 181, 2**53 + 1, 2**64, 1e308, math.nan, math.inf, -math.inf)
ODD_TEXTS = ("", "0", "NaN", "x" * 500, "\x00", "\n", "\u202e", "\ud800", "a/../b", "Polygon", "é")
scalar = st.one_of(
    st.none(), st.booleans(), st.sampled_from(ODD_NUMBERS), st.floats(), st.integers(),
    st.sampled_from(ODD_TEXTS), st.text(max_size=8),
)  # fmt: skip
anything = st.recursive(
    scalar,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths to all values within, containers too."""
    if path:
        yield path
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value if isinstance(value, list) else ())
    )
    for key, part in parts:
        yield from places(part, (*path, key))


@st.composite
def changed(draw: st.DrawFn, make: Callable[[], Any]) -> Any:
    """A sound value in which one to three parts are left out, doubled or replaced by anything."""
    value = copy.deepcopy(make())
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(value)) or [()]))
        if not path:
            break
        inside = value
        for step in path[:-1]:
            inside = inside[step]
        how = draw(st.sampled_from(["out", "twice", "any", "any", "any"]))
        if how == "out":
            del inside[path[-1]]
        elif how == "twice":
            inside[path[-1]] = [inside[path[-1]], copy.deepcopy(inside[path[-1]])]
        else:
            inside[path[-1]] = draw(anything)
    return value


def ends_well(read: Callable[[], object]) -> None:
    """Read, or be refused in one line that a terminal can show."""
    try:
        read()
    except McppError as error:
        words = str(error)
    else:
        return
    assert "\n" not in words
    assert "\u202e" not in words
    assert len(words) < 1200


@cache
def a_plan() -> Any:
    return json.loads(plan_to_json(hand_plan()))


def a_mission() -> Any:
    value = mission_value(hand_plan().mission)
    value["no_fly_zones"] = [
        {"center_lon_lat_deg": [8.5, 47.4], "radius_m": 5.0, "name": "mast"},
        {"outer_lon_lat_deg": [[8.5, 47.4], [8.501, 47.4], [8.5, 47.401]], "buffer_m": 3.0},
    ]
    return value


RING = [[8.5, 47.4], [8.504, 47.4], [8.504, 47.402], [8.5, 47.402], [8.5, 47.4]]


def a_collection() -> Any:
    shapes = [
        {"type": "Polygon", "coordinates": [RING]},
        {"type": "MultiPolygon", "coordinates": [[RING]]},
        {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": RING[0]}]},
        {"type": "LineString", "coordinates": RING},
    ]
    rows = [{"type": "Feature", "properties": {"type": "no-fly"}, "geometry": s} for s in shapes]
    rows[0]["properties"] = {"name": "field", "role": "area"}
    return {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "EPSG:4326"}},
        "features": rows,
    }


def a_ground_station_plan() -> Any:
    corners = [[lat, lon] for lon, lat in RING]
    return {
        "fileType": "Plan",
        "geoFence": {
            "polygons": [{"inclusion": False, "polygon": corners}],
            "circles": [{"inclusion": False, "circle": {"center": corners[0], "radius": 5}}],
        },
        "rallyPoints": {"points": [[47.4, 8.5, 20]]},
        "mission": {
            "plannedHomePosition": [47.4, 8.5, 0],
            "items": [
                {"type": "SimpleItem", "command": 16, "params": [0, 0, 0, None, 47.4, 8.5, 50]},
                {"type": "ComplexItem", "complexItemType": "survey", "polygon": corners},
            ],
        },
    }  # fmt: skip


MONDAYS = {"day": ["MON"], "startTime": "08:00", "endTime": "17:00"}


def an_ed269() -> Any:
    volume = {
        "horizontalProjection": {"type": "Polygon", "coordinates": [RING]},
        "lowerLimit": 0, "upperLimit": 120, "uomDimensions": "M",
        "lowerVerticalReference": "AGL", "upperVerticalReference": "AGL",
    }  # fmt: skip
    round_one = {"type": "Circle", "center": RING[0], "radius": 60}
    return {
        "features": [
            {
                "identifier": "A1", "name": "plant", "restriction": "PROHIBITED",
                "reason": ["OTHER"],
                "applicability": [
                    {"permanent": "NO", "schedule": [MONDAYS]}],
                "geometry": [volume, {**volume, "horizontalProjection": round_one}],
            }
        ]
    }  # fmt: skip


def an_openaip() -> Any:
    limit = {"value": 2500, "unit": 1, "referenceDatum": 1}
    facts = {
        "name": "CTR",
        "type": 4,
        "icaoClass": 3,
        "upperLimit": limit,
        "lowerLimit": {**limit, "value": 0},
    }
    shape = {"type": "Polygon", "coordinates": [RING]}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": facts, "geometry": shape}],
    }


@given(changed(a_mission))
def test_missions(value: Any) -> None:
    ends_well(lambda: mission_from_json(value))


@settings(max_examples=60)
@given(changed(a_plan))
def test_plans_and_their_check(value: Any) -> None:
    ends_well(lambda: recheck(plan_from_json(value)))


@pytest.mark.parametrize("number", ["1e999", "-1e400", "nan", "9" * 400])
def test_a_shape_of_a_plan_beyond_all_bounds(number: str) -> None:
    value = copy.deepcopy(a_plan())
    value["problem"]["target_m"] = f"POLYGON ((0 0, {number} 0, 1 1, 0 0))"
    with pytest.raises(InputError, match=r"target_m: .*(not a number|no polygon)"):
        plan_from_json(value)


def read_all(path: Path) -> None:
    mission_from(chosen(read_shapes(path, None), Choice()), scan_distance_m=20.0)


@pytest.mark.parametrize(
    ("name", "make", "read"),
    [
        ("f.geojson", a_collection, read_all),
        ("f.plan", a_ground_station_plan, read_all),
        ("zones.json", an_ed269, read_airspace),
        ("zones.geojson", an_openaip, read_airspace),
    ],
)
def test_files_of_json(tmp_path: Path, name: str, make: Callable[[], Any], read: Any) -> None:
    path = tmp_path / name
    path.write_text(json.dumps(make()), encoding="utf-8")
    read(path)

    @settings(suppress_health_check=[HealthCheck.nested_given], max_examples=60)
    @given(changed(make))
    def ends(value: Any) -> None:
        path.write_text(json.dumps(value), encoding="utf-8")
        ends_well(lambda: read(path))

    ends()


number = st.one_of(
    st.sampled_from(
        ("0", "-1", "8.5", "47.4", "1e999", "nan", "9" * 400, "", "x", "1,5", "+", "1e-320")
    ),
    st.floats(-200, 200).map(lambda v: f"{v:g}"),
)
pair = st.tuples(number, number).map(" ".join)
ring = st.lists(pair, max_size=6).map(lambda pairs: f"({', '.join(pairs)})")
wkt = st.one_of(
    st.tuples(
        st.sampled_from(
            (
                "POLYGON",
                "POLYGON Z",
                "MULTIPOLYGON",
                "LINESTRING",
                "POINT",
                "POINT EMPTY",
                "CURVE",
                "",
                "SRID=4326;POLYGON",
            )
        ),
        st.one_of(
            ring,
            ring.map("({})".format),
            ring.map("(({}))".format),
            st.lists(ring, max_size=3).map(",".join),
        ),
    ).map("".join),
    st.text(max_size=20),
)
kml = st.tuples(
    st.sampled_from(("Polygon", "LineString", "Point", "MultiGeometry", "gx:Track", "Model")),
    st.lists(st.tuples(number, number, number).map(",".join), max_size=6).map(" ".join),
    st.text("ab&<>\"'\n\u202e", max_size=6),
).map(
    lambda parts: (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>'
        f"{parts[2]}</name><{parts[0]}><outerBoundaryIs><LinearRing><coordinates>{parts[1]}"
        f"</coordinates></LinearRing></outerBoundaryIs><coordinates>{parts[1]}</coordinates>"
        f"</{parts[0]}></Placemark></Document></kml>"
    )
)
degrees = st.tuples(st.integers(-10, 200), st.integers(-1, 70), st.sampled_from("NSEWX")).map(
    lambda d: f"{d[0]}:{d[1]}:00 {d[2]}"
)
place = st.tuples(degrees, degrees).map(" ".join)
openair_line = st.one_of(
    st.sampled_from(
        ["AC R", "AC CTR", "AC", "AN ZONE", "AN", "AL SFC", "AH FL95", "AH 2500ft AMSL", "AH x"]
    ),
    st.sampled_from(
        ["V D=-", "V D=+", "V X=47:24:00 N 008:30:00 E", "* words", "", "SP 0,1,2", "AT x"]
    ),
    place.map("DP {}".format),
    number.map("DC {}".format),
    st.tuples(number, number, number).map(lambda n: "DA " + ", ".join(n)),
    st.tuples(place, place).map(lambda d: f"DB {d[0]}, {d[1]}"),
)
openair = st.lists(openair_line, max_size=14).map(
    lambda lines: "\n".join(["AC R", "AN A", "AL SFC", "AH 500ft", *lines])
)


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("f.wkt", wkt, read_all),
        ("f.kml", kml, read_all),
        ("f.fen", st.lists(pair, max_size=8).map("\n".join), read_all),
        ("f.poly", st.lists(pair, max_size=8).map("\n".join), read_all),
        (
            "f.csv",
            st.lists(st.tuples(number, number).map(",".join), max_size=8).map(
                lambda rows: "\n".join(["lat,lon", *rows])
            ),
            read_all,
        ),
        ("zones.txt", openair, read_airspace),
    ],
)
def test_files_of_text(tmp_path: Path, name: str, text: st.SearchStrategy[str], read: Any) -> None:
    path = tmp_path / name

    @settings(suppress_health_check=[HealthCheck.nested_given], max_examples=80)
    @given(text)
    def ends(words: str) -> None:
        path.write_bytes(words.encode("utf-8", "replace"))
        ends_well(lambda: read(path))

    ends()
