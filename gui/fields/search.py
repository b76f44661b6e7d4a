"""The values of a search: its pattern, and how likely what is searched for is where."""

from typing import get_args

from gui.fields.field import Field, angle, choice, length, number, part, place, with_limits
from gui.i18n import tr
from mcpp.model import PatternKind, ProbabilityMap, SearchPattern


def pattern_fields() -> list[Field]:
    """List the values of a search pattern."""
    names = {
        "expanding-square": tr("Expanding square"),
        "sector": tr("Sector search"),
        "parallel-track": tr("Parallel tracks"),
        "creeping-line": tr("Creeping line"),
    }
    return with_limits(
        SearchPattern,
        [
            choice(
                "kind",
                tr("Search pattern"),
                tr("Flown in place of the shortest way, with all turns to the right."),
                lambda: get_args(PatternKind),
                tr("none"),
                name_of=names.__getitem__,
            ),
            place(
                "datum_lon_lat_deg",
                tr("Datum"),
                tr("Where what is searched for most likely is; of tracks, the side to begin at."),
                tr("none"),
            ),
            length(
                "radius_m",
                tr("Search radius"),
                tr("How far from the datum it is searched. A sector search needs one."),
                tr("whole area"),
            ),
            angle(
                "direction_deg",
                tr("First leg"),
                tr("Its course from north, clockwise."),
                tr("automatic"),
            ),
        ],
    )


def likely_fields() -> list[Field]:
    """List what goes with a map of where what is searched for may be."""
    return with_limits(
        ProbabilityMap,
        [
            number(
                "elsewhere_weight",
                tr("Weight elsewhere"),
                tr("How likely it is outside all likely areas, against their weights."),
            ),
            part(
                "detection",
                tr("Found in one pass"),
                tr("How likely a UAV that passes within its reach finds it."),
            ),
            part(
                "longer",
                tr("May take longer by"),
                tr("How much later than without the map all may have landed."),
            ),
        ],
    )
