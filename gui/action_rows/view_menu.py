"""Actions of the menu View."""

from functools import partial
from typing import TYPE_CHECKING

from gui.actions import ActionRow
from gui.i18n import tr
from gui.map.plan_layer import LAYERS
from gui.units import UnitSystem

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def view_rows(w: "MainWindow") -> list[ActionRow]:
    """List what changes what is seen."""
    return [*_move(w), *_layers(w), *_themes(w), *_units(w), *_panels(w)]


def _move(w: "MainWindow") -> list[ActionRow]:
    return [
        ActionRow(
            "view.fit",
            tr("Show &all"),
            tr("Show the whole mission"),
            w.map.fit,
            "Ctrl+0",
            "fit",
            short=tr("Show all"),
        ),
        ActionRow(
            "view.zoom_in",
            tr("Zoom &in"),
            tr("Look closer"),
            lambda: w.map.view.zoom_by(1),
            "Ctrl++",
            "zoom-in",
        ),
        ActionRow(
            "view.zoom_out",
            tr("Zoom &out"),
            tr("See more"),
            lambda: w.map.view.zoom_by(-1),
            "Ctrl+-",
            "zoom-out",
        ),
        ActionRow(
            "view.place",
            tr("Go to a p&lace"),
            tr("Type coordinates or a name"),
            w.map.place_box.setFocus,
            "Ctrl+G",
            "search",
        ),
        ActionRow(
            "view.play",
            tr("&Play the flight"),
            tr("Play the flight of the whole fleet, or stop it"),
            w.looks.toggle_play,
            "Ctrl+Space",
            "play",
            enabled=lambda: bool(w.map.plan_layer.tracks),
            short=tr("Play"),
        ),
    ]


def _layers(w: "MainWindow") -> list[ActionRow]:
    titles = {
        "regions": tr("&Regions"),
        "paths": tr("&Paths"),
        "arrows": tr("&Arrows"),
        "photos": tr("P&hotos"),
        "coverage": tr("&Coverage map"),
        "gaps": tr("&Gaps"),
    }
    return [
        ActionRow(
            f"view.layer_{name}",
            titles[name],
            tr("Show or hide on the map"),
            partial(w.looks.toggle_layer, name),
            checked=partial(w.map.plan_layer.visible.__contains__, name),
        )
        for name in LAYERS
    ]


def _themes(w: "MainWindow") -> list[ActionRow]:
    def theme(name: str, title: str) -> ActionRow:
        return ActionRow(
            f"view.theme_{name}",
            title,
            tr("Colours of the windows"),
            partial(w.looks.set_theme, name),
            checked=lambda: w.settings.theme == name,
            group="theme",
        )

    return [
        theme("system", tr("Colours of the system")),
        theme("light", tr("Light")),
        theme("dark", tr("Dark")),
        theme("contrast", tr("High contrast")),
        ActionRow(
            "view.field_mode",
            tr("&Field mode: large buttons"),
            tr("For gloves and touch screens: buttons and handles of 48 pixels"),
            w.looks.toggle_field_mode,
            checked=lambda: w.settings.field_mode,
        ),
    ]


def _units(w: "MainWindow") -> list[ActionRow]:
    def units(system: UnitSystem, title: str) -> ActionRow:
        return ActionRow(
            f"view.units_{system.value}",
            title,
            tr("Units of all values"),
            partial(w.looks.set_units, system),
            checked=lambda: w.settings.units is system,
            group="units",
        )

    return [
        units(UnitSystem.METRIC, tr("Metres")),
        units(UnitSystem.IMPERIAL, tr("Feet and miles")),
    ]


def _panels(w: "MainWindow") -> list[ActionRow]:
    return [
        ActionRow(
            "view.layers",
            tr("What the &map shows…"),
            tr("Show and hide layers and backgrounds"),
            w.looks.corner_bar_menu,
            "L",
            "layers",
        ),
        ActionRow(
            "view.map_only",
            tr("&Only the map"),
            tr("Hide all panels, or bring them back"),
            lambda: w.docks.toggle_all(),
            "F11",
        ),
        ActionRow(
            "view.layout",
            tr("&Reset the layout"),
            tr("Put all panels back in their places"),
            w.reset_layout,
        ),
    ]
