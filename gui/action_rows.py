"""The rows of the table of actions, for one window."""

from functools import partial
from typing import TYPE_CHECKING

from gui.actions import ActionRow
from gui.i18n import tr
from gui.map.plan_layer import LAYERS
from gui.units import UnitSystem

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def menus() -> list[tuple[str, str]]:
    """List the menus: id and title, in their order."""
    return [
        ("file", tr("&File")),
        ("edit", tr("&Edit")),
        ("draw", tr("&Draw")),
        ("plan", tr("&Plan")),
        ("fly", tr("F&ly")),
        ("view", tr("&View")),
        ("map", tr("&Map")),
        ("help", tr("&Help")),
    ]


def file_rows(w: "MainWindow") -> list[ActionRow]:
    """List what is done with files."""
    files = w.files
    return [
        ActionRow(
            "file.new",
            tr("&New mission"),
            tr("Begin with an empty mission"),
            w.do.new_mission,
            "Ctrl+N",
            "file",
            "new",
            short=tr("New"),
        ),
        ActionRow(
            "file.open",
            tr("&Open…"),
            tr("Open a mission, a plan, KML, GeoJSON, a shapefile, a GeoPackage or a map"),
            files.choose_and_open,
            "Ctrl+O",
            "file",
            "open",
            short=tr("Open"),
        ),
        ActionRow(
            "file.import",
            tr("&Import shapes…"),
            tr("Add the areas and zones of a file to this mission"),
            files.choose_and_import,
            "Ctrl+I",
            "file",
            short=tr("Import"),
        ),
        ActionRow(
            "file.sample",
            tr("Open the &sample"),
            tr("Look at a finished mission: three UAVs over one field"),
            files.open_sample,
            "",
            "file",
            "sample",
        ),
        ActionRow(
            "file.save",
            tr("&Save"),
            tr("Save the mission"),
            files.save,
            "Ctrl+S",
            "file",
            "save",
            enabled=lambda: w.session.dirty or w.session.path is None,
            short=tr("Save"),
        ),
        ActionRow(
            "file.save_as",
            tr("Save &as…"),
            tr("Save the mission in another file"),
            files.save_as,
            "Ctrl+Shift+S",
            "file",
        ),
        ActionRow(
            "file.export",
            tr("&Export…"),
            tr("Write files for the autopilots, maps and the report"),
            w.do.export,
            "Ctrl+E",
            "file",
            "export",
            enabled=lambda: w.session.finished is not None,
            short=tr("Export"),
        ),
        ActionRow(
            "file.report",
            tr("&Report…"),
            tr("Save the report and open it in the browser, where it can be printed"),
            w.do.save_report,
            "Ctrl+P",
            "file",
            "report",
            enabled=lambda: w.session.finished is not None,
        ),
        ActionRow(
            "file.picture",
            tr("&Copy picture of the map"),
            tr("Copy what the map shows, to paste it elsewhere"),
            w.do.copy_picture,
            "Ctrl+Shift+C",
            "file",
            "picture",
        ),
        ActionRow(
            "file.welcome",
            tr("&Welcome panel"),
            tr("New, open, recent and sample missions"),
            w.show_welcome,
            "F2",
            "file",
        ),
        ActionRow("file.quit", tr("&Quit"), tr("Close the program"), w.close, "Ctrl+Q", "file"),
    ]


def edit_rows(w: "MainWindow") -> list[ActionRow]:
    """List what changes what is there."""
    stack, chosen = w.session.undo_stack, lambda: w.session.selection is not None
    return [
        ActionRow(
            "edit.undo",
            tr("&Undo"),
            tr("Take the last step back"),
            stack.undo,
            "Ctrl+Z",
            "edit",
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
            "edit",
            "redo",
            enabled=stack.canRedo,
            short=tr("Redo"),
        ),
        ActionRow(
            "edit.delete",
            tr("&Delete"),
            tr("Delete the selected corner, shape or UAV"),
            w.do.delete_selected,
            "Delete",
            "edit",
            "delete",
            enabled=chosen,
            short=tr("Delete"),
        ),
        ActionRow(
            "edit.coordinates",
            tr("&Coordinates…"),
            tr("Type exact coordinates of what is selected; of a new area if nothing is"),
            w.do.edit_coordinates,
            "Ctrl+K",
            "edit",
            "edit",
            short=tr("Coordinates"),
        ),
        ActionRow(
            "edit.landing",
            tr("Land at the &middle of the map"),
            tr("The selected UAV lands at the middle of the map"),
            w.do.land_here,
            "",
            "edit",
            enabled=lambda: w.session.selection is not None and w.session.selection.kind == "uav",
        ),
    ]


def draw_rows(w: "MainWindow") -> list[ActionRow]:
    """List the tools."""
    words = {
        "select": (
            tr("&Select and edit"),
            tr("Select; drag corners, the + between them, the cross, and UAVs"),
            "V",
            "select",
            tr("Select"),
        ),
        "area": (
            tr("&Area: polygon"),
            tr("Draw the area, corner by corner"),
            "A",
            "area",
            tr("Area"),
        ),
        "area_rectangle": (
            tr("Area: rectangle"),
            tr("Draw the area as a rectangle"),
            "Shift+A",
            "area-rectangle",
            tr("Rectangle"),
        ),
        "area_circle": (
            tr("Area: circle"),
            tr("Draw the area as a circle"),
            "Ctrl+Shift+A",
            "area-circle",
            tr("Circle"),
        ),
        "zone": (
            tr("&No-fly zone: polygon"),
            tr("Draw a no-fly zone, corner by corner"),
            "Z",
            "zone",
            tr("No-fly"),
        ),
        "zone_rectangle": (
            tr("No-fly zone: rectangle"),
            tr("Draw a no-fly zone as a rectangle"),
            "Shift+Z",
            "zone-rectangle",
            tr("Rectangle"),
        ),
        "zone_circle": (
            tr("No-fly zone: circle"),
            tr("Draw a no-fly zone as a circle"),
            "Ctrl+Shift+Z",
            "zone-circle",
            tr("Circle"),
        ),
        "uav": (tr("Place &UAVs"), tr("Click where UAVs take off"), "U", "uav", tr("UAVs")),
        "measure": (
            tr("&Measure"),
            tr("Measure distances and directions"),
            "M",
            "measure",
            tr("Measure"),
        ),
    }
    return [
        ActionRow(
            f"draw.{name}",
            title,
            tip,
            partial(w.use_tool, name),
            keys,
            "draw",
            picture,
            checked=partial(_is_tool, w, name),
            group="tools",
            short=short,
        )
        for name, (title, tip, keys, picture, short) in words.items()
    ]


def plan_rows(w: "MainWindow") -> list[ActionRow]:
    """List what is done with plans."""
    planning = w.planning
    return [
        ActionRow(
            "plan.run",
            tr("&Plan"),
            tr("Make the plan"),
            planning.plan,
            "F5",
            "plan",
            "plan",
            enabled=lambda: not planning.running and not planning.obstacle(),
            short=tr("Plan"),
        ),
        ActionRow(
            "plan.cancel",
            tr("&Cancel"),
            tr("Stop planning"),
            planning.cancel,
            "Ctrl+.",
            "plan",
            "cancel",
            enabled=lambda: planning.running,
        ),
        ActionRow(
            "plan.draft",
            tr("&Live draft"),
            tr("Draft the plan while the mission changes"),
            w.do.toggle_drafts,
            "",
            "plan",
            checked=lambda: planning.drafts_wanted,
        ),
        ActionRow(
            "plan.compare",
            tr("Compare &planners"),
            tr("Plan with each planner, one after the other, and keep all results"),
            w.do.compare_planners,
            "",
            "plan",
            enabled=lambda: not planning.running and not planning.obstacle(),
        ),
        ActionRow(
            "fly.panel",
            tr("&Fly panel"),
            tr("Connect, upload, watch"),
            w.do.show_fly,
            "Ctrl+L",
            "fly",
            "fly",
            short=tr("Fly"),
        ),
    ]


def view_rows(w: "MainWindow") -> list[ActionRow]:
    """List what changes what is seen."""
    view, layer = w.map.view, w.map.plan_layer
    titles = {
        "regions": tr("&Regions"),
        "paths": tr("&Paths"),
        "arrows": tr("&Arrows"),
        "photos": tr("P&hotos"),
        "coverage": tr("&Coverage map"),
        "gaps": tr("&Gaps"),
    }
    rows = [
        ActionRow(
            "view.fit",
            tr("Show &all"),
            tr("Show the whole mission"),
            w.map.fit,
            "Ctrl+0",
            "view",
            "fit",
            short=tr("Show all"),
        ),
        ActionRow(
            "view.zoom_in",
            tr("Zoom &in"),
            tr("Look closer"),
            lambda: view.zoom_by(1),
            "Ctrl++",
            "view",
            "zoom-in",
            short="",
        ),
        ActionRow(
            "view.zoom_out",
            tr("Zoom &out"),
            tr("See more"),
            lambda: view.zoom_by(-1),
            "Ctrl+-",
            "view",
            "zoom-out",
            short="",
        ),
        ActionRow(
            "view.place",
            tr("Go to a p&lace"),
            tr("Type coordinates or a name"),
            w.map.place_box.setFocus,
            "Ctrl+G",
            "view",
            "search",
        ),
        ActionRow(
            "view.play",
            tr("&Play the flight"),
            tr("Play the flight of the whole fleet, or stop it"),
            w.do.toggle_play,
            "Ctrl+Space",
            "view",
            "play",
            enabled=lambda: bool(layer.tracks),
            short=tr("Play"),
        ),
    ]
    rows += [
        ActionRow(
            f"view.layer_{name}",
            titles[name],
            tr("Show or hide on the map"),
            partial(w.do.toggle_layer, name),
            "",
            "view",
            checked=partial(layer.visible.__contains__, name),
        )
        for name in LAYERS
    ]
    for name, title in (
        ("system", tr("Colours of the system")),
        ("light", tr("Light")),
        ("dark", tr("Dark")),
    ):
        rows.append(
            ActionRow(
                f"view.theme_{name}",
                title,
                tr("Colours of the windows"),
                partial(w.do.set_theme, name),
                "",
                "view",
                checked=partial(_is_theme, w, name),
                group="theme",
            )
        )
    for system, title in (
        (UnitSystem.METRIC, tr("Metres")),
        (UnitSystem.IMPERIAL, tr("Feet and miles")),
    ):
        rows.append(
            ActionRow(
                f"view.units_{system.value}",
                title,
                tr("Units of all values"),
                partial(w.do.set_units, system),
                "",
                "view",
                checked=partial(_has_units, w, system),
                group="units",
            )
        )
    rows += [
        ActionRow(
            "view.layers",
            tr("What the &map shows…"),
            tr("Show and hide layers and backgrounds"),
            w.do.corner_bar_menu,
            "L",
            "view",
            "layers",
        ),
        ActionRow(
            "view.layout",
            tr("&Reset the layout"),
            tr("Put all panels back in their places"),
            w.reset_layout,
            "",
            "view",
        ),
    ]
    return rows


def map_rows(w: "MainWindow") -> list[ActionRow]:
    """List the backgrounds."""
    grounds = w.backgrounds
    rows = [
        ActionRow(
            "map.none",
            tr("&No map server (plain grid)"),
            tr("A plain background with coordinates; needs no internet"),
            lambda: grounds.choose("none"),
            "",
            "map",
            checked=lambda: grounds.provider_id == "none",
            group="map",
        ),
    ]
    rows += [
        ActionRow(
            f"map.{each.id}",
            each.title,
            each.attribution,
            partial(grounds.choose, each.id),
            "",
            "map",
            checked=partial(_has_ground, w, each.id),
            group="map",
        )
        for each in grounds.offered()
    ]
    rows += [
        ActionRow(
            "map.own",
            tr("&Own tile server…"),
            tr("Address of a server of your own"),
            w.do.choose_own_server,
            "",
            "map",
        ),
        ActionRow(
            "map.file",
            tr("Add &MBTiles or GeoTIFF…"),
            tr("Lay a file over the background; works without internet"),
            w.do.add_background,
            "",
            "map",
        ),
        ActionRow(
            "map.remove",
            tr("&Remove files"),
            tr("Take MBTiles and GeoTIFF files away"),
            grounds.remove_files,
            "",
            "map",
            enabled=lambda: bool(grounds.files),
        ),
        ActionRow(
            "map.prefetch",
            tr("&Fetch what is visible"),
            tr("Keep the tiles of this view for work offline, where the provider allows it"),
            w.do.prefetch,
            "",
            "map",
        ),
        ActionRow("help.keys", tr("&Keyboard"), tr("All shortcuts"), w.do.show_keys, "F1", "help"),
        ActionRow(
            "help.about", tr("&About"), tr("Version and licence"), w.do.show_about, "", "help"
        ),
    ]
    for code, title in w.do.languages():
        rows.append(
            ActionRow(
                f"help.language_{code or 'system'}",
                title,
                tr("Language, from the next start on"),
                partial(w.do.set_language, code),
                "",
                "help",
                checked=partial(_has_language, w, code),
                group="language",
            )
        )
    return rows


def _is_tool(w: "MainWindow", name: str) -> bool:
    return w.tool_name == name


def _is_theme(w: "MainWindow", name: str) -> bool:
    return w.settings.theme == name


def _has_units(w: "MainWindow", system: UnitSystem) -> bool:
    return w.settings.units is system


def _has_ground(w: "MainWindow", name: str) -> bool:
    return w.backgrounds.provider_id == name


def _has_language(w: "MainWindow", code: str) -> bool:
    return w.settings.get("language", "") == code


def all_rows(w: "MainWindow") -> list[ActionRow]:
    """List all actions of a window."""
    return [
        *file_rows(w),
        *edit_rows(w),
        *draw_rows(w),
        *plan_rows(w),
        *view_rows(w),
        *map_rows(w),
    ]
