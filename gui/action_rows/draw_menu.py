"""Actions of the menu Draw: the tools of the map."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from gui.actions import ActionRow
from gui.i18n import tr

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def draw_rows(w: "MainWindow") -> list[ActionRow]:
    """List the tools."""

    def tool(
        name: str,
        title: str,
        tip: str,
        keys: str,
        short: str,
        enabled: Callable[[], bool] | None = None,
    ) -> ActionRow:
        return ActionRow(
            f"draw.{name}",
            title,
            tip,
            partial(w.use_tool, name),
            keys,
            name.replace("_", "-"),
            enabled=enabled,
            checked=lambda: w.tool_name == name,
            group="tools",
            short=short,
        )

    return [
        tool(
            "select",
            tr("&Select and edit"),
            tr("Select; drag corners, the + between them, the cross, and UAVs"),
            "V",
            tr("Select"),
        ),
        tool(
            "area",
            tr("&Area: polygon"),
            tr("Draw the area, corner by corner"),
            "A",
            tr("Area"),
        ),
        tool(
            "area_rectangle",
            tr("Area: rectangle"),
            tr("Draw the area as a rectangle"),
            "Shift+A",
            tr("Rectangle"),
        ),
        tool(
            "area_circle",
            tr("Area: circle"),
            tr("Draw the area as a circle"),
            "Shift+C",
            tr("Circle"),
        ),
        tool(
            "corridor",
            tr("&Corridor"),
            tr("Draw a line that is surveyed along: a road, a river, a power line"),
            "K",
            tr("Corridor"),
        ),
        tool(
            "orbit",
            tr("&Orbit round a structure"),
            tr("Draw a mast or a tower as a circle: it is flown round, the camera towards it"),
            "O",
            tr("Orbit"),
        ),
        tool(
            "perimeter",
            tr("&Perimeter of a structure"),
            tr("Draw a building as a polygon: it is flown round outside, the camera towards it"),
            "",
            tr("Perimeter"),
        ),
        tool(
            "facade",
            tr("&Facade"),
            tr("Draw a wall as a line: it is flown along one side, the camera towards it"),
            "",
            tr("Facade"),
        ),
        tool(
            "zone",
            tr("&No-fly zone: polygon"),
            tr("Draw a no-fly zone, corner by corner"),
            "Z",
            tr("No-fly"),
        ),
        tool(
            "zone_rectangle",
            tr("No-fly zone: rectangle"),
            tr("Draw a no-fly zone as a rectangle"),
            "Shift+Z",
            tr("Rectangle"),
        ),
        tool(
            "zone_circle",
            tr("No-fly zone: circle"),
            tr("Draw a no-fly zone as a circle"),
            "C",
            tr("Circle"),
        ),
        tool(
            "crew",
            tr("&Ground for the crew: polygon"),
            tr("Draw where the crew can stand, in the area or not: open launch points lie there"),
            "G",
            tr("Crew"),
        ),
        tool(
            "crew_rectangle",
            tr("Ground for the crew: rectangle"),
            tr("Draw where the crew can stand as a rectangle"),
            "Shift+G",
            tr("Rectangle"),
        ),
        tool(
            "crew_circle",
            tr("Ground for the crew: circle"),
            tr("Draw where the crew can stand as a circle"),
            "",
            tr("Circle"),
        ),
        tool("uav", tr("Place &UAVs"), tr("Click where UAVs take off"), "U", tr("UAVs")),
        tool(
            "datum",
            tr("&Datum of the search pattern"),
            tr("Click where the search pattern begins"),
            "",
            tr("Pick on the map"),
            lambda: w.session.mission.search is not None,
        ),
        tool(
            "measure",
            tr("&Measure"),
            tr("Measure distances and directions"),
            "M",
            tr("Measure"),
        ),
    ]
