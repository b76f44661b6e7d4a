"""The options of a search: where what is searched for may be, and the pattern to be flown."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

import click

from mcpp.cli.options import LonLatType, NumberRange, as_one
from mcpp.errors import InputError
from mcpp.io.likely import read_likely
from mcpp.model import LonLat, Mission, PatternKind, SearchPattern

_OPTIONS = (
    click.option(
        "--likely",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Where what is searched for may be: polygons with a weight, in any format of shapes, "
        "or a GeoTIFF of weights. The likeliest ground is then flown early.",
    ),
    click.option(
        "--elsewhere",
        type=NumberRange(min=0, max=1e9),
        metavar="WEIGHT",
        help="Weight of the area outside these polygons; 0 unless given.",
    ),
    click.option(
        "--detection",
        type=NumberRange(min=0, max=1, min_open=True),
        metavar="PART",
        help="How likely one pass within reach finds it, 0 to 1; 1 unless given.",
    ),
    click.option(
        "--pattern",
        type=click.Choice(get_args(PatternKind)),
        help="Fly a search pattern, its lines the scan distance apart.",
    ),
    click.option(
        "--datum",
        type=LonLatType(),
        help="Where an expanding square or a sector search begins.",
    ),
    click.option(
        "--radius", type=float, metavar="M", help="How far from the datum it is searched."
    ),
    click.option(
        "--first-leg",
        type=float,
        metavar="DEG",
        help="Course of the first leg, from north, clockwise.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """What the user said about the search."""

    likely: Path | None
    elsewhere: float | None
    detection: float | None
    pattern: PatternKind | None
    datum_lon_lat_deg: LonLat | None
    radius_m: float | None
    direction_deg: float | None


def _gathered(given: dict[str, Any]) -> SearchOptions:
    return SearchOptions(
        likely=given.pop("likely"),
        elsewhere=given.pop("elsewhere"),
        detection=given.pop("detection"),
        pattern=given.pop("pattern"),
        datum_lon_lat_deg=given.pop("datum"),
        radius_m=given.pop("radius"),
        direction_deg=given.pop("first_leg"),
    )


search_options = as_one("search", _OPTIONS, _gathered)
"""Gives a command the options; it gets them as one `SearchOptions`, named `search`."""


def with_search(mission: Mission, search: SearchOptions) -> Mission:
    """Put what the user said about the search into a mission.

    Raises
    ------
    InputError
    """
    chances = mission.probability if search.likely is None else read_likely(search.likely)
    changes = {"elsewhere_weight": search.elsewhere, "detection": search.detection}
    given: dict[str, Any] = {key: value for key, value in changes.items() if value is not None}
    if given and chances is None:
        names = " and ".join(f"--{key.partition('_')[0]}" for key in given)
        raise InputError(f"{names}: the mission has no probability map: give one by --likely")
    if chances is not None:
        chances = replace(chances, **given)
    return replace(mission, probability=chances, search=_pattern(mission, search))


def _pattern(mission: Mission, search: SearchOptions) -> SearchPattern | None:
    places = {
        "datum_lon_lat_deg": search.datum_lon_lat_deg,
        "radius_m": search.radius_m,
        "direction_deg": search.direction_deg,
    }
    given: dict[str, Any] = {key: value for key, value in places.items() if value is not None}
    pattern = mission.search
    if search.pattern is not None:
        pattern = SearchPattern(kind=search.pattern)
    if pattern is None and given:
        options = {
            "datum_lon_lat_deg": "--datum", "radius_m": "--radius", "direction_deg": "--first-leg"
        }  # fmt: skip
        names = ", ".join(options[key] for key in given)
        raise InputError(f"{names}: the mission has no search pattern: give one by --pattern")
    return None if pattern is None else replace(pattern, **given)
