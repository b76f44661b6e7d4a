"""Third step: what the photos follow from, which lines follow, heights, wind, safety."""

from types import SimpleNamespace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import edits, engine
from gui.fields import Field, flight_fields, line_fields, photo_fields, seldom_fields
from gui.i18n import tr
from gui.models.photo_rows import PhotoRowsModel
from gui.panels.fold import Fold
from gui.panels.forms import FieldForm, label
from gui.panels.result_table import WordsTable
from gui.session import Session
from gui.settings import Settings
from mcpp.model import Mission


class FlightPanel(QWidget):
    """Edits the flight settings; shows beside them what follows for each UAV.

    Parameters
    ----------
    search
        Edits how it is searched, if it is.
    ground
        Tells above what the heights are.
    """

    def __init__(
        self, session: Session, settings: Settings, search: QWidget, ground: QWidget
    ) -> None:
        super().__init__()
        self._session = session
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(label(tr("Photos and lines"), "title"))
        self.photos = FieldForm(photo_fields(), settings, self._photo_values, self._write_photo)
        layout.addWidget(self.photos)
        self.lines = FieldForm(line_fields(), settings, lambda: session.mission, self._write_line)
        layout.addWidget(self.lines)
        self.rows = PhotoRowsModel(session, settings, self)
        self.table = WordsTable(tr("What follows for each UAV"), self.rows, 0)
        layout.addWidget(self.table.title)
        layout.addWidget(self.table)
        layout.addWidget(search)
        layout.addWidget(label(tr("Heights and safety"), "title"))
        self.form = FieldForm(
            flight_fields(), settings, lambda: session.mission.flight, self._write
        )
        layout.addWidget(self.form)
        layout.addWidget(ground)
        self.more = FieldForm(
            seldom_fields(), settings, lambda: session.mission.flight, self._write
        )
        self.fold = Fold(tr("More values"), tr("What few missions change"), (self.more,))
        layout.addWidget(self.fold)
        layout.addWidget(self.more)
        layout.addStretch(1)
        session.mission_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the mission as it is now."""
        mission = self._session.mission
        known: dict[str, object] = {}
        for uav in mission.uavs[:1]:
            figures = engine.photo_figures(mission, uav)
            if isinstance(figures, engine.PhotoFigures):
                known = {"height_m": figures.height_m, "gsd_m": figures.gsd_m}
                known["sidelap"] = figures.sidelap
        self.photos.refresh(known)
        self.lines.refresh()
        self.lines.show_row("scan_distance_m", on=not _overlap_rules(mission))
        self.form.refresh()
        self.more.refresh()

    def _photo_values(self) -> SimpleNamespace:
        """Give what is asked for: of height and resolution one, the other follows."""
        flight = self._session.mission.flight
        return SimpleNamespace(
            height_m=flight.height_m if flight.gsd_m is None else None,
            gsd_m=flight.gsd_m,
            sidelap=flight.sidelap,
            frontlap=flight.frontlap,
        )

    def _write_photo(self, field: Field, value: object) -> None:
        changes: dict[str, object] = {field.key: value}
        if field.key == "height_m":
            if value is None:  # then the resolution rules, which is asked for in its own field
                self.refresh()
                return
            changes["gsd_m"] = None
        changed = edits.change_flight(self._session.mission, **changes)
        self._session.edit(tr("Change {0}", field.title), changed)

    def _write_line(self, field: Field, value: object) -> None:
        changes: dict[str, object] = {field.key: value}
        if field.key == "direction_deg":
            changes["direction_edge_lon_lat_deg"] = None
        changed = edits.change_mission(self._session.mission, **changes)
        self._session.edit(tr("Change {0}", field.title), changed)

    def _write(self, field: Field, value: object) -> None:
        changed = edits.change_flight(self._session.mission, **{field.key: value})
        self._session.edit(tr("Change {0}", field.title), changed)


def _overlap_rules(mission: Mission) -> bool:
    """Whether the lines of all UAVs follow from the overlap, and a typed distance from nothing."""
    cameras = bool(mission.uavs) and all(uav.camera for uav in mission.uavs)
    return cameras and mission.flight.sidelap is not None
