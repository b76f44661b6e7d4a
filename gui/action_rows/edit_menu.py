"""Actions of the menu Edit."""

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
        *_launch_rows(w),
    ]


def _launch_rows(w: "MainWindow") -> list[ActionRow]:
    launches = w.launches
    return [
        ActionRow(
            "edit.starts_open",
            tr("Let mcpp ch&oose the launch points"),
            tr("Leave all launch points open: they are chosen on the ground for the crew"),
            launches.leave_open,
            enabled=launches.has_given,
            short=tr("Leave open"),
        ),
        ActionRow(
            "edit.starts_keep",
            tr("&Keep the chosen launch points"),
            tr("Make the launch points that mcpp chose for this plan your own, to move them"),
            launches.keep_chosen,
            enabled=launches.has_chosen,
            short=tr("Keep chosen"),
        ),
        ActionRow(
            "edit.starts_apart",
            tr("&Give launch points of their own"),
            tr("UAVs that share a launch point get spots beside it; again, and all are as given"),
            launches.spread,
            enabled=launches.may_spread,
            checked=launches.are_apart,
            short=tr("Own spots"),
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
