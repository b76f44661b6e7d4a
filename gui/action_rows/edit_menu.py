"""Actions of the menus Edit and Draw."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from gui.actions import ActionRow
from gui.i18n import tr

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def edit_rows(w: "MainWindow") -> list[ActionRow]:
    """List what changes what is there."""
    stack = w.session.undo_stack
    return [
        ActionRow(
            "edit.undo",
            tr("&Undo"),
            tr("Take the last step back"),
            stack.undo,
            "Ctrl+Z",
            "undo",
            enabled=stack.canUndo,
            short=tr("Undo"),
        ),
        ActionRow(
            "edit.redo",
            tr("&Redo"),
            tr("Do the step again"),
            stack.redo,
            "Ctrl+Y",
            "redo",
            enabled=stack.canRedo,
            short=tr("Redo"),
            also=("Ctrl+Shift+Z",),
        ),
        *_clip_rows(w),
        ActionRow(
            "edit.insert",
            tr("&Insert corner"),
            tr("Insert a corner after the selected one; on the longest edge if none is selected"),
            w.shapes.insert_corner,
            "Insert",
            enabled=w.shapes.has_edges,
        ),
        ActionRow(
            "edit.delete",
            tr("&Delete"),
            tr("Delete the selected corner, shape or UAV"),
            w.shapes.delete_selected,
            "Delete",
            "delete",
            enabled=lambda: w.session.selection is not None,
            short=tr("Delete"),
        ),
        ActionRow(
            "edit.coordinates",
            tr("&Coordinates…"),
            tr("Type exact coordinates of what is selected; of a new area if nothing is"),
            w.shapes.edit_coordinates,
            "Ctrl+K",
            "edit",
            short=tr("Coordinates"),
        ),
        ActionRow(
            "edit.along_edge",
            tr("&Lines along this edge"),
            tr("Survey lines run along the edge after the selected corner; the longest if none is"),
            w.shapes.lines_along_edge,
            enabled=w.shapes.has_area_edge,
        ),
        ActionRow(
            "edit.any_direction",
            tr("Lines in &any direction"),
            tr("The planner chooses which way survey lines run"),
            w.shapes.lines_any_way,
            enabled=w.shapes.has_direction,
        ),
        ActionRow(
            "edit.landing",
            tr("Land at the &middle of the map"),
            tr("The selected UAV lands at the middle of the map"),
            w.shapes.land_here,
            enabled=lambda: w.session.selection is not None and w.session.selection.kind == "uav",
        ),
    ]


def _clip_rows(w: "MainWindow") -> list[ActionRow]:
    def some() -> bool:
        return w.session.selection is not None

    clips = w.clips
    return [
        ActionRow(
            "edit.cut",
            tr("Cu&t"),
            tr("Copy what is selected, and delete it"),
            clips.cut,
            "Ctrl+X",
            enabled=some,
        ),
        ActionRow(
            "edit.copy",
            tr("&Copy"),
            tr("Copy what is selected"),
            clips.copy,
            "Ctrl+C",
            enabled=some,
        ),
        ActionRow(
            "edit.paste",
            tr("&Paste"),
            tr("Put what was copied where the pointer is"),
            clips.paste,
            "Ctrl+V",
            enabled=clips.may_paste,
        ),
        ActionRow(
            "edit.duplicate",
            tr("D&uplicate"),
            tr("Put a copy of what is selected beside it"),
            clips.duplicate,
            "Ctrl+D",
            enabled=some,
        ),
        ActionRow(
            "edit.select_all",
            tr("Select &all"),
            tr("Select all shapes and UAVs; Shift+click adds one"),
            clips.select_all,
            "Ctrl+A",
        ),
        ActionRow(
            "edit.turn_left",
            tr("Turn &left"),
            tr("Turn what is selected by 5°; drag the round handle for any angle"),
            lambda: clips.turn(-5.0),
            "Ctrl+[",
            enabled=some,
        ),
        ActionRow(
            "edit.turn_right",
            tr("Turn ri&ght"),
            tr("Turn what is selected by 5°; drag the round handle for any angle"),
            lambda: clips.turn(5.0),
            "Ctrl+]",
            enabled=some,
        ),
    ]


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
