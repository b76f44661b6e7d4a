"""How it is searched: the pattern of a search crew, and where to look first."""

from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import search_edits
from gui.fields import Field, likely_fields, pattern_fields
from gui.i18n import tr
from gui.panels.area import ActionButton
from gui.panels.forms import FieldForm, label
from gui.session import Session
from gui.settings import Settings
from mcpp.model import SearchPattern

NO_PATTERN = SimpleNamespace(**dict.fromkeys(field.name for field in fields(SearchPattern)))


class SearchPanel(QWidget):
    """Edits pattern and likely ground; it shows itself for a search, or where there is either."""

    def __init__(self, session: Session, settings: Settings, button: ActionButton) -> None:
        super().__init__()
        self._session = session
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(tr("Search"), "title"))
        self.pattern = FieldForm(pattern_fields(), settings, self._pattern, self._write_pattern)
        layout.addWidget(self.pattern)
        self.pick = button("draw.datum")
        self.state = label("", "quiet", wrap=True)
        self.buttons = {name: button(name) for name in ("map.likely", "map.likely_remove")}
        for made in (self.pick, *self.buttons.values()):
            made.setProperty("framed", True)
        layout.addLayout(_row(self.pick))
        layout.addWidget(self.state)
        layout.addLayout(_row(*self.buttons.values()))
        self.likely = FieldForm(
            likely_fields(), settings, lambda: session.mission.probability, self._write_likely
        )
        layout.addWidget(self.likely)
        session.mission_changed.connect(self.refresh)
        self.refresh()

    def _pattern(self) -> SearchPattern | SimpleNamespace:
        return self._session.mission.search or NO_PATTERN

    def refresh(self) -> None:
        """Show the mission as it is now."""
        mission = self._session.mission
        search, chances = mission.search, mission.probability
        self.setVisible(
            mission.flight.purpose == "search" or search is not None or chances is not None
        )
        self.pattern.refresh()
        for key in ("datum_lon_lat_deg", "direction_deg"):
            self.pattern.show_row(key, on=search is not None)
        self.pattern.show_row(
            "radius_m", on=search is not None and search_edits.has_radius(search.kind)
        )
        self.pick.setVisible(search is not None)
        if chances is None:
            words = tr("No likely ground: all of the area is searched alike.")
        elif chances.raster is not None:
            words = tr("Likely ground: {0}", Path(chances.raster).name)
        else:
            words = tr("Likely ground: polygons, {0} in all", len(chances.areas))
        self.state.setText(words)
        self.state.setToolTip("" if chances is None else chances.raster or "")
        self.likely.setVisible(chances is not None)
        self.likely.refresh()
        if chances is not None:
            self.likely.show_row("elsewhere_weight", on=chances.raster is None)

    def _write_pattern(self, field: Field, value: object) -> None:
        changed = search_edits.change_search(self._session.mission, **{field.key: value})
        self._session.edit(tr("Change {0}", field.title), changed)

    def _write_likely(self, field: Field, value: object) -> None:
        changed = search_edits.change_likely(self._session.mission, **{field.key: value})
        self._session.edit(tr("Change {0}", field.title), changed)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
