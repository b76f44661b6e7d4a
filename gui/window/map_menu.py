"""What the map offers for what lies under the pointer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QMenu

from gui.i18n import tr

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def map_menu(window: "MainWindow", at: QPoint) -> QMenu:
    """Make a menu of what can be done with what lies at a place of the screen, and there."""
    menu = QMenu(window)
    port = window.map.view.viewport()
    place = window.map.view.place_at(QPointF(port.mapFromGlobal(at)))
    chosen = window.session.selection
    names: list[str] = []
    if chosen is not None:
        names += ["edit.insert"] if window.shapes.has_edges() else []
        names += ["edit.along_edge"] if window.shapes.has_area_edge() else []
        names += ["edit.any_direction"] if window.shapes.has_direction() else []
        names += ["edit.coordinates", "edit.cut", "edit.copy", "edit.duplicate", "edit.delete"]
    else:
        names += ["edit.paste", "draw.area", "draw.corridor", "draw.zone", "draw.uav", "draw.crew"]
    menu.addActions([window.actions_table[name] for name in names])
    menu.addSeparator()
    if chosen is not None and chosen.kind == "uav":
        menu.addAction(tr("Land here"), lambda: window.shapes.land_at(place))
    menu.addAction(tr("Place a UAV here"), lambda: window.shapes.place_uav(place))
    menu.addAction(
        tr("Copy the coordinates of this place"), lambda: window.shapes.copy_place(place)
    )
    menu.addAction(window.actions_table["view.fit"])
    return menu
