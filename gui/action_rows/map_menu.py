"""Actions of the menu Map: the backgrounds."""

from functools import partial
from typing import TYPE_CHECKING

from gui.actions import ActionRow
from gui.i18n import tr

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def map_rows(w: "MainWindow") -> list[ActionRow]:
    """List the backgrounds, and what is done with them."""
    grounds = w.backgrounds

    def ground(name: str, title: str, tip: str) -> ActionRow:
        return ActionRow(
            f"map.{name}",
            title,
            tip,
            partial(grounds.choose, name),
            checked=lambda: grounds.provider_id == name,
            group="map",
        )

    return [
        ground(
            "none",
            tr("&No map server (plain grid)"),
            tr("A plain background with coordinates; needs no internet"),
        ),
        *(
            ground(each.id, each.title, f"{each.attribution} {each.terms}".strip())
            for each in grounds.offered()
        ),
        ActionRow(
            "map.own",
            tr("&Own tile server…"),
            tr("Address of a server of your own"),
            w.sources.choose_own_server,
        ),
        ActionRow(
            "map.file",
            tr("Add &MBTiles or GeoTIFF…"),
            tr("Lay a file over the background; works without internet"),
            w.sources.add_background,
        ),
        ActionRow(
            "map.remove",
            tr("&Remove files"),
            tr("Take MBTiles and GeoTIFF files away"),
            grounds.remove_files,
            enabled=lambda: bool(grounds.files),
        ),
        ActionRow(
            "map.terms",
            tr("&Terms of the map server…"),
            tr("Whose pictures these are, and what they may be used for"),
            w.sources.show_terms,
            enabled=lambda: bool(grounds.terms()[0]),
        ),
        ActionRow(
            "map.prefetch",
            tr("&Fetch what is visible"),
            tr("Keep the tiles of this view for work offline, where the provider allows it"),
            w.sources.prefetch,
        ),
        *_ground(w),
        *_likely(w),
    ]


def _ground(w: "MainWindow") -> list[ActionRow]:
    return [
        ActionRow(
            "map.ground_file",
            tr("Choose &ground heights…"),
            tr("Keep all heights above the ground of a GeoTIFF of your own"),
            w.ground_actions.choose,
            "Ctrl+Shift+G",
            short=tr("File…"),
        ),
        ActionRow(
            "map.ground_load",
            tr("&Load ground heights"),
            tr("Load the Copernicus surface model about the mission, free for all; needs internet"),
            w.ground.load,
            enabled=lambda: (
                bool(w.session.mission.area or w.session.mission.corridors) and not w.ground.loading
            ),
            short=tr("Load"),
        ),
        ActionRow(
            "map.ground_remove",
            tr("Remo&ve ground heights"),
            tr("Keep all heights above the launch points again"),
            w.ground.remove,
            enabled=lambda: w.ground.file is not None,
            short=tr("Remove"),
        ),
        ActionRow(
            "map.hill_shade",
            tr("&Hill shade"),
            tr("Show the ground heights as light and shade"),
            w.ground_actions.toggle_shade,
            enabled=lambda: w.ground.file is not None,
            checked=lambda: w.backgrounds.shaded,
        ),
    ]


def _likely(w: "MainWindow") -> list[ActionRow]:
    return [
        ActionRow(
            "map.likely",
            tr("Choose l&ikely ground…"),
            tr("Search first where a file says: polygons with weights, or a raster"),
            w.search_actions.choose,
            short=tr("Likely ground…"),
        ),
        ActionRow(
            "map.likely_remove",
            tr("Remove lik&ely ground"),
            tr("Search all of the area alike"),
            w.search_actions.remove,
            enabled=lambda: w.session.mission.probability is not None,
            short=tr("Remove"),
        ),
    ]
