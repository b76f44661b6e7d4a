"""What becomes of a finished drawing: a part of the mission, and what is selected."""

from dataclasses import replace
from typing import Literal

from gui import edits
from gui.i18n import tr
from gui.session import Session
from gui.theme import Theme
from mcpp.model import AreaPart, Corridor, Mission, NoFlyZone, Ring, Structure, StructureKind

CORRIDOR_WIDTH_M = 30.0
"""Of the first corridor; the next ones are as wide as the last."""
DISTANCE_M, LOWEST_M = 15.0, 15.0
"""Of the first structure; the next ones are flown as the last."""
Target = Literal["area", "crew", "zone", "perimeter", "orbit"]
"""What an outline or a circle stands for."""


def ink_of(target: Target, theme: Theme) -> str:
    """Colour in which a tool draws: that of what becomes of it."""
    return {"zone": theme.zone, "crew": theme.crew}.get(target, theme.accent)


def finish_ring(session: Session, target: Target, ring: Ring) -> None:
    """Add a drawn ring to the mission."""
    if target == "area":
        session.edit(tr("Draw area"), edits.add_area(session.mission, ring))
        session.select(edits.ShapeRef("area", len(session.mission.area) - 1))
    elif target == "crew":
        part = AreaPart(outer_lon_lat_deg=ring)
        session.edit(tr("Draw ground for the crew"), edits.add_crew(session.mission, part))
        session.select(edits.ShapeRef("crew", len(session.mission.crew_area) - 1))
    elif target == "zone":
        finish_zone(session, edits.polygon_zone(ring))
    else:
        perimeter = structure_along(session.mission, "perimeter", ring)
        finish_along(session, tr("Draw perimeter"), perimeter)


def finish_zone(session: Session, zone: NoFlyZone) -> None:
    """Add a drawn no-fly zone to the mission."""
    session.edit(tr("Draw no-fly zone"), edits.add_zone(session.mission, zone))
    session.select(edits.ShapeRef("zone", len(session.mission.no_fly_zones) - 1))


def finish_along(session: Session, step: str, along: Corridor | Structure) -> None:
    """Add a drawn corridor or structure to the mission, as a step of this name."""
    changed, ref = edits.add_along(session.mission, along)
    session.edit(step, changed)
    session.select(ref)


def corridor_along(mission: Mission, line: Ring) -> Corridor:
    """Make a corridor, as wide as the last one of a mission."""
    last = mission.corridors[-1:]
    width_m = last[0].width_m if last else CORRIDOR_WIDTH_M
    return Corridor(line_lon_lat_deg=line, width_m=width_m)


def structure_along(
    mission: Mission, kind: StructureKind, line: Ring, radius_m: float = 0.0
) -> Structure:
    """Make a structure, flown as far away and as high as the last one of a mission."""
    flown = Structure(
        kind=kind,
        line_lon_lat_deg=line,
        distance_m=DISTANCE_M,
        lowest_m=LOWEST_M,
        radius_m=radius_m,
    )
    for last in mission.structures[-1:]:
        flown = replace(
            flown,
            distance_m=last.distance_m,
            lowest_m=last.lowest_m,
            highest_m=last.highest_m,
            step_m=last.step_m,
        )
    return flown
