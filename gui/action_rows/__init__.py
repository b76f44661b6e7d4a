"""The rows of the table of actions, for one window, menu by menu."""

from typing import TYPE_CHECKING

from gui.action_rows.draw_menu import draw_rows
from gui.action_rows.edit_menu import edit_rows
from gui.action_rows.file_menu import file_rows
from gui.action_rows.help_menu import help_rows
from gui.action_rows.map_menu import map_rows
from gui.action_rows.plan_menu import fly_rows, plan_rows
from gui.action_rows.view_menu import view_rows
from gui.actions import ActionRow
from gui.i18n import tr

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


def all_rows(w: "MainWindow") -> list[ActionRow]:
    """List all actions of a window."""
    return [
        *file_rows(w),
        *edit_rows(w),
        *draw_rows(w),
        *plan_rows(w),
        *fly_rows(w),
        *view_rows(w),
        *map_rows(w),
        *help_rows(w),
    ]
