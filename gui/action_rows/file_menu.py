"""Actions of the menu File."""

from typing import TYPE_CHECKING

from gui.actions import ActionRow
from gui.i18n import tr

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def file_rows(w: "MainWindow") -> list[ActionRow]:
    """List what is done with files."""
    return [*_begin(w), *_write(w)]


def _begin(w: "MainWindow") -> list[ActionRow]:
    files = w.files
    return [
        ActionRow(
            "file.new",
            tr("&New mission"),
            tr("Begin with an empty mission"),
            w.missions.new_mission,
            "Ctrl+N",
            "new",
            short=tr("New"),
        ),
        ActionRow(
            "file.open",
            tr("&Open…"),
            tr("Open a mission, a plan, KML, GeoJSON, a shapefile, a GeoPackage or a map"),
            files.choose_and_open,
            "Ctrl+O",
            "open",
            short=tr("Open"),
        ),
        ActionRow(
            "file.import",
            tr("&Import shapes…"),
            tr("Add the areas and zones of a file to this mission"),
            files.choose_and_import,
            "Ctrl+I",
            short=tr("Import"),
        ),
        ActionRow(
            "file.close",
            tr("Clos&e"),
            tr("Put the mission away and begin with an empty one"),
            w.missions.close_mission,
            "Ctrl+W",
        ),
        ActionRow(
            "file.sample",
            tr("Open the &sample"),
            tr("Look at a finished mission: three UAVs over one field"),
            files.open_sample,
            icon="sample",
        ),
    ]


def _write(w: "MainWindow") -> list[ActionRow]:
    def planned() -> bool:
        return w.session.finished is not None

    return [
        ActionRow(
            "file.save",
            tr("&Save"),
            tr("Save the mission"),
            w.files.save,
            "Ctrl+S",
            "save",
            enabled=lambda: w.session.dirty or w.session.path is None,
            short=tr("Save"),
        ),
        ActionRow(
            "file.save_as",
            tr("Save &as…"),
            tr("Save the mission in another file"),
            w.files.save_as,
            "Ctrl+Shift+S",
        ),
        ActionRow(
            "file.export",
            tr("&Export…"),
            tr("Write files for the autopilots, maps and the report"),
            w.outputs.export,
            "Ctrl+E",
            "export",
            enabled=planned,
            short=tr("Export"),
        ),
        ActionRow(
            "file.report",
            tr("&Report…"),
            tr("Save the report and open it in the browser, where it can be printed"),
            w.outputs.save_report,
            "Ctrl+R",
            "report",
            enabled=planned,
        ),
        ActionRow(
            "file.print",
            tr("&Print…"),
            tr("Print the map as it is seen, with the figures of the plan"),
            w.outputs.print_map,
            "Ctrl+P",
        ),
        ActionRow(
            "file.preview",
            tr("Print previe&w…"),
            tr("Look at the sheet before it is printed"),
            w.outputs.preview_print,
        ),
        ActionRow(
            "file.picture",
            tr("&Copy picture of the map"),
            tr("Copy what the map shows, to paste it elsewhere"),
            w.outputs.copy_picture,
            "Ctrl+Shift+C",
            "picture",
        ),
        ActionRow(
            "file.welcome",
            tr("&Welcome panel"),
            tr("New, open, recent and sample missions"),
            w.show_welcome,
            "F2",
        ),
        ActionRow(
            "file.preferences",
            tr("Pre&ferences…"),
            tr("Language, units, colours, size of buttons"),
            w.looks.show_preferences,
            "Ctrl+,",
        ),
        ActionRow("file.quit", tr("&Quit"), tr("Close the program"), w.close, "Ctrl+Q"),
    ]
