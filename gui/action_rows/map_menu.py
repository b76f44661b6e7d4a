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
    ]
