"""Actions of the menu Help."""

from functools import partial
from typing import TYPE_CHECKING

from gui.actions import ActionRow
from gui.i18n import tr

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def help_rows(w: "MainWindow") -> list[ActionRow]:
    """List what explains the program, and its languages."""

    def language(code: str, title: str) -> ActionRow:
        return ActionRow(
            f"help.language_{code or 'system'}",
            title,
            tr("Language of the window"),
            partial(w.looks.set_language, code),
            checked=lambda: w.settings.get("language", "") == code,
            group="language",
        )

    return [
        ActionRow("help.keys", tr("&Keyboard"), tr("All shortcuts"), w.words.show_keys, "F1"),
        ActionRow("help.about", tr("&About"), tr("Version and licence"), w.words.show_about),
        *(language(code, title) for code, title in w.looks.languages()),
    ]
