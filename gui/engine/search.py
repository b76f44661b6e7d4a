"""What the windows ask of a search: the map of where what is searched for may be."""

from dataclasses import replace
from pathlib import Path

from mcpp.model import Mission


def with_likely(mission: Mission, path: Path) -> Mission:
    """Take the likely ground of a file: polygons with weights, or a raster.

    What the mission says of detection and of the ground elsewhere stays; a raster has weights for
    all ground.

    Raises
    ------
    McppError
        In one line.
    """
    from mcpp.io.likely import read_likely

    found, before = read_likely(path), mission.probability
    if before is not None:
        found = replace(
            before,
            areas=found.areas,
            raster=found.raster,
            elsewhere_weight=0.0 if found.raster else before.elsewhere_weight,
        )
    return replace(mission, probability=found)
