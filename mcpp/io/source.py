"""Any file that says what to plan: our mission, the Java back-end's input, or shapes."""

from pathlib import Path

from mcpp.io.areas import VECTOR_SUFFIXES, area_from_geojson, area_from_vector_file, mission_of_area
from mcpp.io.java import is_java_input, mission_from_java
from mcpp.io.mission import mission_from_json
from mcpp.io.text import parse_json, read_text
from mcpp.model import Mission


def read_source(
    path: str | Path, *, uavs: int | None = None, scan_distance_m: float | None = None
) -> Mission:
    """Read a mission from any supported file; ``-`` is standard input.

    Parameters
    ----------
    uavs
        Number of equal UAVs, for a file of shapes; None is one.
    scan_distance_m
        Line spacing, for a file of shapes that names none.

    Raises
    ------
    InputError
    """
    count = 1 if uavs is None else uavs
    if Path(path).suffix.lower() in VECTOR_SUFFIXES:
        return mission_of_area(
            area_from_vector_file(path), uavs=count, scan_distance_m=scan_distance_m
        )
    value = parse_json(read_text(path), str(path))
    if isinstance(value, dict) and "type" in value and "area" not in value:
        area = area_from_geojson(value, str(path))
        return mission_of_area(area, uavs=count, scan_distance_m=scan_distance_m)
    if is_java_input(value):
        return mission_from_java(value, str(path))
    return mission_from_json(value, str(path))
